// Cards of numbers. Click, touch, Enter and hover open the card of a record; Escape, leaving it or
// a click elsewhere close it. A card that was opened on purpose is pinned: it stays while the
// pointer is away. Without script, or without popovers, a number stays a link to its record.

import { findAll, make, makeButton } from "./dom.js";

const OPEN_MS = 200; // so long a pointer rests on a number before its card opens
const NEXT_MS = 60; // the same while another card is open
const CLOSE_MS = 250; // so long a card stays when the pointer has left
const GAP = 6; // pixels between number and card
const EDGE = 8; // pixels between card and window

const card = make("div", { id: "card" });
let owner = null; // the number whose card is open
let pinned = false;
let timer = 0;

/** Put the card below its number, or above it where there is more room: never over it. */
function placeCard() {
  const box = owner.getClientRects()[0] || owner.getBoundingClientRect();
  card.style.maxHeight = "";
  const { width, height } = card.getBoundingClientRect();
  const below = innerHeight - box.bottom - 2 * GAP;
  const above = box.top - 2 * GAP;
  const isUnder = height <= below || below >= above;
  const top = isUnder ? box.bottom + GAP : box.top - GAP - Math.min(height, above);
  const left = Math.max(EDGE, Math.min(box.left, innerWidth - width - EDGE));
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
  if (refocus) last.focus();
}

function fillCard(template) {
  const close = makeButton("×", () => closeCard(true));
  close.className = "close";
  close.setAttribute("aria-label", "Close");
  card.replaceChildren(template.content.cloneNode(true), close);
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
    if (isForNewTab) return;
    event.preventDefault();
    if (owner === link && pinned) closeCard(true);
    else openCard(link, template, true);
  });
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(() => openCard(link, template, false), owner ? NEXT_MS : OPEN_MS);
  });
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

function followScroll() {
  if (!owner) return;
  if (pinned) placeCard();
  else closeCard(false);
}

export function startCards() {
  if (!card.showPopover) return;
  card.setAttribute("popover", "manual");
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "card-title");
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leaveCard);

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
  addEventListener("scroll", followScroll, { passive: true });
}
