// The book's menu. Where it does not fit beside the page, a link leads to it; the script makes
// the link a button that opens and closes it.

import { find } from "./dom.js";

/** Scroll a long menu to the entry of this page. */
function showCurrent(book) {
  const current = find("[aria-current]", book);
  if (current && current.offsetTop > book.clientHeight) {
    book.scrollTop = current.offsetTop - book.clientHeight / 2;
  }
}

export function startMenu() {
  const button = find(".menu");
  const book = find("#book-menu");
  const isOpen = () => book.classList.contains("open");
  const setOpen = (open) => {
    book.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };

  button.setAttribute("role", "button");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    setOpen(!isOpen());
  });
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      button.click();
    }
  });
  // Between button and menu stand title and search: Escape closes from there too,
  // unless it has just closed a card.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !event.defaultPrevented) {
      setOpen(false);
      button.focus();
    }
  });
  showCurrent(book);
}
