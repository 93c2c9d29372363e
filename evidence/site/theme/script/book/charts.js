// Charts: live ones and pictures to keep. The engine of live charts is large; it is fetched when a
// reader asks for it, and never before.

import { find, findAll, loadScript, make, makeButton } from "./dom.js";

const ENGINE = "_static/vendor/vega.min.js";
const SCALE = 2; // pixels of a picture for each of the drawing
let engine;

/** Return the Vega specs of an exhibit by form ("wide", "narrow"). */
async function specsOf(key) {
  engine ||= loadScript(ENGINE);
  await engine;
  if (!window.evidenceExhibits?.[key]) await loadScript(`exhibits/${key}.js`);
  return window.evidenceExhibits[key];
}

/** Draw a live chart in place of the still one, which comes back if that fails. */
async function drawLive(holder, spec) {
  const still = [...holder.childNodes];
  const view = new vega.View(vega.parse(spec), { renderer: "svg", hover: true });
  holder.replaceChildren();
  try {
    await view.initialize(holder).runAsync();
  } catch (error) {
    holder.replaceChildren(...still);
    throw error;
  }
}

/** Say in place of the button how to use the chart, and move the focus there. */
function sayHint(button) {
  const textContent = "Point at a mark to read its values; the table has them all.";
  const hint = make("li", { textContent, tabIndex: -1 });
  button.parentElement.replaceWith(hint);
  hint.focus();
}

async function makeLive(figure, button) {
  const chart = find(".chart", figure);
  const key = figure.dataset.exhibit.split("/").pop();
  button.disabled = true;
  button.textContent = "Loading…";
  try {
    const specs = await specsOf(key);
    const form = find(".wide", chart).offsetParent ? "wide" : "narrow";
    await drawLive(find(`.${form}`, chart), specs[form]);
    chart.removeAttribute("role"); // it is no longer one picture
    chart.classList.add("live");
    sayHint(button);
  } catch {
    button.disabled = false;
    button.textContent = "Interactive chart could not be loaded; try again";
  }
}

/** Return a copy of a drawing that carries its colours itself, without the style sheet. */
function copyDrawing(svg) {
  const copy = svg.cloneNode(true);
  const { width, height } = svg.viewBox.baseVal;
  const copies = findAll("*", copy);
  findAll("*", svg).forEach((node, index) => {
    const style = getComputedStyle(node);
    for (const name of ["fill", "stroke"]) {
      if (node.hasAttribute(name)) copies[index].setAttribute(name, style[name]);
    }
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width * SCALE);
  copy.setAttribute("height", height * SCALE);
  return copy;
}

/** Return a drawing as an image, loaded. */
async function imageOf(svg) {
  const text = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  return image;
}

async function downloadPicture(figure) {
  const drawings = findAll(".chart svg", figure);
  const svg = drawings.find((node) => node.getClientRects().length) || drawings[0];
  const { width, height } = svg.viewBox.baseVal;
  const image = await imageOf(copyDrawing(svg));
  const canvas = make("canvas", { width: width * SCALE, height: height * SCALE });
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0);
  const download = `${figure.id.replace("exhibit-", "")}.png`;
  make("a", { href: canvas.toDataURL("image/png"), download }).click();
}

export function startCharts() {
  for (const figure of findAll("figure.exhibit")) {
    if (!find(".chart", figure)) continue;
    const png = makeButton("PNG", () => downloadPicture(figure));
    const explore = makeButton("Explore interactively", () => makeLive(figure, explore));
    find(".tools", figure).append(make("li", {}, png), make("li", {}, explore));
  }
}
