// What every part of the script uses to find, make and load things.

export const root = document.documentElement;
export const STEP_MS = 6; // speed: so long a step of work may take, and what it ends with

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

/** Return a count with its thousands apart; to ask the browser for it takes it long, the first time most. */
export function countText(count) {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Return what a generator returns, and let the browser answer the reader whenever its steps have taken their time. */
export async function inSteps(work) {
  let start = performance.now();
  let step = work.next();
  while (!step.done) {
    if (performance.now() - start >= STEP_MS) {
      await rest();
      start = performance.now();
    }
    step = work.next();
  }
  return step.value;
}

/** Return what a generator returns, all its steps at once. */
export function atOnce(work) {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function rest() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** Load a script of the site; `path` starts at its root. Scripts run in the order in which they are asked for. */
export function loadScript(path) {
  return new Promise((done, failed) => {
    const src = root.dataset.root + path;
    document.head.append(make("script", { src, async: false, onload: done, onerror: failed }));
  });
}
