// Light or dark colours: those of the system until a reader chooses, then the reader's.
// A line in the head of each page applies the choice before anything is painted.

import { find, root } from "./dom.js";

function isDark() {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return (root.dataset.theme || system) === "dark";
}

function keepScheme(name) {
  try {
    localStorage.setItem("theme", name);
  } catch {
    // without storage (private windows) the choice holds for this page only
  }
}

export function startScheme() {
  const button = find(".scheme");
  const sayOther = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `${button.textContent} colours`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keepScheme(root.dataset.theme);
    sayOther();
  });
  button.hidden = false;
  sayOther();
}
