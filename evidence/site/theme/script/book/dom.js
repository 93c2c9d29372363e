// What every part of the script uses to find, make and load things.

export const root = document.documentElement;

export function find(selector, within = document) {
  return within.querySelector(selector);
}

export function findAll(selector, within = document) {
  return [...within.querySelectorAll(selector)];
}

/** Return the text of an element as it is cited: without what only keeps words on one line. */
export function plainText(node) {
  return node.textContent.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
}

/** Return a new element with properties ("textContent", "onclick", …) and children. */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** Return a new button that says what it does. */
export function makeButton(text, onclick) {
  return make("button", { type: "button", textContent: text, onclick });
}

/** Return the id that the address leads to; one that is written wrongly is taken as it stands. */
export function linkedId() {
  const written = location.hash.slice(1);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Load a script of the site; `path` starts at its root. Scripts run in the order in which they are asked for. */
export function loadScript(path) {
  return new Promise((done, failed) => {
    const src = root.dataset.root + path;
    document.head.append(make("script", { src, async: false, onload: done, onerror: failed }));
  });
}
