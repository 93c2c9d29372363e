// How a record is linked and cited: its address to copy, and author, year, title and address as text, BibTeX and RIS.

import { find, make, makeButton, root } from "./dom.js";

const SHOWN_MS = 2000; // speed: so long a button says that it has copied
const TEX = /[&%$#_{}]/g;

/** Return what the page knows of the book: author, year, book, edition and public address ("" for none). */
function bookOf() {
  return JSON.parse(find('meta[name="evidence-citation"]')?.content || "{}");
}

/** Return the address of a place of the book: its public one, or the one of this copy. */
export function addressOf(path) {
  const { address } = bookOf();
  return address ? address + path : new URL(root.dataset.root + path, document.baseURI).href;
}

export async function copyText(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = text; // a page in a folder may not copy: then it can be marked
    return;
  }
  setTimeout(() => {
    button.textContent = before;
  }, SHOWN_MS);
}

/** Give a file to the reader. */
export function saveFile(name, text, type) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(href);
}

function tex(text) {
  return text.replace(TEX, "\\$&");
}

function citations({ id, title, address }) {
  const { author, year, book, edition } = bookOf();
  return {
    text: `${author} (${year}). ${title}. In: ${book}, ${edition}. ${address}`,
    bib: `@misc{${id},\n  author = {{${tex(author)}}},\n  year = {${year}},\n  title = {{${tex(title)}}},\n  howpublished = {${tex(`In: ${book}, ${edition}`)}},\n  url = {${address}},\n}\n`,
    ris: `TY  - DATA\r\nAU  - ${author}\r\nPY  - ${year}\r\nTI  - ${title}\r\nT2  - ${book}\r\nET  - ${edition}\r\nUR  - ${address}\r\nER  - \r\n`,
  };
}

/** Return the tools of a record: `{ id, title, path }`. */
export function citeTools({ id, title, path }) {
  const address = addressOf(path);
  const said = citations({ id, title, address });
  const text = make("p", { textContent: said.text, hidden: true });
  const cite = makeButton("Cite", () => {
    text.hidden = !text.hidden;
    cite.setAttribute("aria-expanded", String(!text.hidden));
  });
  cite.setAttribute("aria-expanded", "false");
  const link = makeButton("Copy link", () => copyText(address, link));
  const bib = makeButton("BibTeX", () => saveFile(`${id}.bib`, said.bib, "application/x-bibtex"));
  const ris = makeButton("RIS", () =>
    saveFile(`${id}.ris`, said.ris, "application/x-research-info-systems"),
  );
  return make("div", { className: "ways" }, link, cite, bib, ris, text);
}
