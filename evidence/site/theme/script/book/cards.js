// Cards of records. Click, touch and Enter open the card of a number or a claim; a pointer that rests on it does so
// after a while. Escape, a press elsewhere, a swipe down on a phone and leaving it close it. A card that was opened on
// purpose is pinned: it stays while the pointer is away. Its head leads to the full record. Without script, or without
// popovers, a number stays a link to its record, and so it does for Ctrl, Shift and the middle button.

import { findAll, make, makeButton } from "./dom.js";

const OPEN_MS = 400; // speed: so long a pointer rests on a number before its card opens
const CLOSE_MS = 250; // speed: so long a card stays when the pointer has left
const GAP = 8; // layout: pixels between the words and the card
const EDGE = 8; // layout: pixels between card and window
const SWIPE = 60; // layout: pixels a finger moves down to close the sheet of a phone
const SHEET = matchMedia("(max-width: 40rem)");

const card = make("div", { id: "card" });
let owner = null; // the link whose card is open
let pinned = false;
let timer = 0;
let pointer = null; // where the pointer rests, in the window

/** Return the line of a link, which may be wrapped, that the pointer is on, or its first. */
function lineOf(boxes) {
  const isOn = (box) => pointer && pointer.y >= box.top && pointer.y <= box.bottom;
  return boxes.find(isOn) || boxes[0];
}

/** Put the card below the words of its link, or above them where there is more room: never over them. */
function placeCard() {
  for (const name of ["max-height", "top", "left"]) card.style.removeProperty(name);
  if (SHEET.matches) return;
  const boxes = [...owner.getClientRects()];
  if (!boxes.length) return;
  const { width, height } = card.getBoundingClientRect();
  const below = innerHeight - boxes.at(-1).bottom - 2 * GAP;
  const above = boxes[0].top - 2 * GAP;
  const isUnder = height <= below || below >= above;
  const top = isUnder ? boxes.at(-1).bottom + GAP : boxes[0].top - GAP - Math.min(height, above);
  const left = Math.max(EDGE, Math.min(lineOf(boxes).left, innerWidth - width - EDGE));
  card.style.maxHeight = `${isUnder ? below : above}px`;
  card.style.top = `${top}px`;
  card.style.left = `${left}px`;
}

function closeCard(refocus) {
  clearTimeout(timer);
  if (!owner) return;
  const last = owner;
  last.setAttribute("aria-expanded", "false");
  owner = null;
  pinned = false;
  card.hidePopover?.();
  if (refocus) last.focus({ preventScroll: true });
}

function fillCard(template) {
  const close = makeButton("×", () => closeCard(true));
  close.className = "close";
  close.setAttribute("aria-label", "Close");
  card.replaceChildren(template.content.cloneNode(true), close);
  card.scrollTop = 0;
}

function openCard(link, template, keep) {
  clearTimeout(timer);
  if (owner !== link) {
    closeCard(false);
    fillCard(template);
    link.after(card); // so that its links come next by Tab
    owner = link;
    link.setAttribute("aria-expanded", "true");
    card.showPopover();
    placeCard();
  }
  if (keep) pinned = true;
}

function leaveCard() {
  clearTimeout(timer);
  if (!pinned) timer = setTimeout(() => closeCard(false), CLOSE_MS);
}

/** Make the link of a record open its card. */
function giveCard(link, template) {
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("title");
  link.addEventListener("click", (event) => {
    const isForNewTab = event.ctrlKey || event.metaKey || event.shiftKey || event.button;
    if (isForNewTab) {
      clearTimeout(timer);
      return;
    }
    event.preventDefault();
    pointer = event.detail ? { y: event.clientY } : null;
    if (owner === link && pinned) closeCard(true);
    else openCard(link, template, true);
  });
  link.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || owner === link) return;
    pointer = { y: event.clientY };
    clearTimeout(timer);
    timer = setTimeout(() => openCard(link, template, false), OPEN_MS);
  });
  link.addEventListener("pointerenter", () => owner === link && clearTimeout(timer));
  link.addEventListener("pointerleave", leaveCard);
}

function closeOnEscape(event) {
  if (event.key === "Escape" && owner) {
    event.preventDefault();
    closeCard(pinned);
  }
}

function closeOnPress(event) {
  if (owner && !card.contains(event.target) && !owner.contains(event.target)) closeCard(false);
}

function closeOnFocus(event) {
  if (owner && pinned && !card.contains(event.target) && event.target !== owner) closeCard(false);
}

function followScroll(event) {
  if (!owner || event.target === card) return;
  if (pinned) placeCard();
  else closeCard(false);
}

/** Close the sheet of a phone when a finger draws it down from its top. */
function closeOnSwipe() {
  let start = null;
  card.addEventListener(
    "touchstart",
    (event) => {
      start = SHEET.matches && card.scrollTop === 0 ? event.touches[0].clientY : null;
    },
    { passive: true },
  );
  card.addEventListener(
    "touchend",
    (event) => {
      if (start !== null && event.changedTouches[0].clientY - start > SWIPE) closeCard(true);
    },
    { passive: true },
  );
}

export function startCards() {
  if (!card.showPopover) return;
  card.setAttribute("popover", "manual");
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "card-title");
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leaveCard);
  card.addEventListener("toggle", () => owner && placeCard(), true); // a part of it opened
  closeOnSwipe();

  const templates = new Map(
    findAll("template[data-record]").map((node) => [node.dataset.record, node]),
  );
  for (const link of findAll("a.record")) {
    const template = templates.get(link.hash.slice(1));
    if (template) giveCard(link, template);
  }
  addEventListener("keydown", closeOnEscape);
  addEventListener("pointerdown", closeOnPress);
  addEventListener("focusin", closeOnFocus);
  addEventListener("scroll", followScroll, { passive: true, capture: true });
}
