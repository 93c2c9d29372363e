// What axe-core is asked on a page, evaluated behind axe-core and from outside the page; `tests/site/axe.py` calls it.
//
// A page is made of kinds of elements and of looks of words, and most of them are on hundreds of pages. Each has a name
// that holds whatever a rule of axe judges it by; what has the name of one that has passed is not asked of again.
//
// - a kind: tag, attributes, what it stands in, what stands in it, whether it has a name, is a target, scrolls;
// - a look: colours, size and weight of words, what shows behind them, what lies over or under them;
// - a part of the plan of a page, which rules about it as a whole judge: each heading after another, each landmark,
//   words outside of these.

window.asked = (() => {
  const OF_COLOUR = ["color-contrast", "link-in-text-block"];
  const OF_PLAN =
    /^(bypass|region|landmark-|heading-order|page-has|document-title|html-|meta-|frame-|duplicate-id|accesskeys|skip-link)/;
  const BEHIND = "backgroundColor backgroundImage backgroundClip opacity filter mixBlendMode";
  const UNPAINTED = "rgba(0, 0, 0, 0);none;border-box;1;none;normal"; // of what does not show behind words
  const ORDER = "position zIndex overflow"; // counts where something lies over or under words
  const WORDS = "color fontWeight fontStyle textShadow textDecorationLine borderBottomStyle clipPath";
  const LARGE = 18; // CSS pixels; below it words are small whatever their weight
  const CONTROLS = "input, select, textarea, button, option";
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const NAMED =
    "a, button, summary, h1, h2, h3, h4, h5, h6, th, caption, legend, svg, img, dialog, table, [role], [tabindex]";
  // Without attributes no rule judges these, nor by them what they stand in or what stands in them.
  const PLAIN = "div, span, p, section, article, figure, b, i, em, strong, small, code, sup, sub";
  const JUDGED_BY_PARENT = "li, dt, dd, summary, legend, tr, td, th, [role]";
  const JUDGED_BY_CONTENT = "ul, ol, menu, dl, table, select, details, svg, video, audio, object, [role]";
  const LANDMARK = "header, nav, main, aside, footer, form, search, section, [role]";
  const REFERENCES =
    /^(aria-(labelledby|describedby|controls|owns|details|flowto|activedescendant|errormessage)|for|headers|list)$/;
  const WORDED = /^(title|alt|aria-label|aria-description|aria-roledescription|placeholder|label|summary)$/;
  const UNREAD =
    /^(class|data-.*|srcset|datetime|d|points|x|y|[xy][12]|c[xy]|r[xy]?|d[xy]|width|height|transform|viewBox|fill|stroke.*|font-.*|text-anchor|opacity|download|popovertarget|action)$/; // by rules about elements
  const JUDGED_IN_DRAWINGS = /^(role|aria-.*|tabindex|lang|xml:lang|href|id|onclick)$/;
  const PRESENT = /^(src|value|content|name)$/;
  const EACH = "kind each"; // of what no name holds all of
  const FEW = 8; // elements of a name that axe is asked of
  const TARGET = 24; // CSS pixels that a target needs, or has to keep from others

  let known; // what has been found out about the page as it is now

  // A short name of a text (cyrb53, 53 bits).
  function digest(text) {
    let one = 0xdeadbeef;
    let two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
  }

  const ownWords = (node) =>
    [...node.childNodes]
      .map((child) => (child.nodeType === 3 ? child.data.trim() : ""))
      .join(" ")
      .trim();
  const valuesOf = (style, names) =>
    names
      .split(" ")
      .map((name) => style[name])
      .join(";");
  const meet = (one, two) =>
    one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom;
  const squeezed = (text) => text.replace(/\s+/g, "").toLowerCase();

  // What is shown of the page, and of each element its style, its place and whether it has words or another name.
  function survey() {
    const styles = new Map();
    const places = new Map();
    const words = new Map();
    const ids = new Map();
    for (const node of document.querySelectorAll("[id]")) ids.set(node.id, (ids.get(node.id) ?? 0) + 1);
    const all = [document.documentElement, ...document.querySelectorAll("body, body *")];
    const nodes = all.filter((node) => node.checkVisibility({ visibilityProperty: true }));
    for (const node of nodes.toReversed()) {
      const named = node.getAttribute("aria-label") || node.getAttribute("alt") || ownWords(node);
      const within = [...node.children].some((child) => words.get(child));
      words.set(node, node.ariaHidden !== "true" && Boolean(named || within));
    }
    for (const node of nodes) {
      styles.set(node, getComputedStyle(node));
      places.set(node, node.getBoundingClientRect());
    }
    return { nodes, styles, places, words, ids, byName: new Map() };
  }

  // Whatever has a background and does not just follow what stands before it.
  function lifted(chainOf) {
    return known.nodes
      .filter((node) => {
        const style = known.styles.get(node);
        const isPainted = style.backgroundImage !== "none" || !/, 0\)$|transparent/.test(style.backgroundColor);
        const follows = style.position === "static" && style.transform === "none" && style.float === "none";
        return isPainted && node !== document.documentElement && !(follows && !style.margin.includes("-"));
      })
      .map((node) => ({ node, place: known.places.get(node), order: chainOf(node).order }));
  }

  function blockOf(node) {
    let block = node.parentElement;
    while (block && known.styles.get(block)?.display.startsWith("inline")) block = block.parentElement;
    return block;
  }

  // Whether words that are no links stand beside a link in its block: "yes", "no", or "lines" where lines are broken.
  function inSentence(link) {
    const block = blockOf(link);
    if (!block || !known.styles.get(link).display.startsWith("inline")) return "no";
    if (block.querySelector("br")) return "lines";
    const linked = [...block.querySelectorAll("a, button")].map((one) => squeezed(one.textContent).length);
    return squeezed(block.textContent).length > linked.reduce((sum, length) => sum + length, 0) ? "yes" : "no";
  }

  const styleOf = (node) => known.styles.get(node) ?? getComputedStyle(node);

  // What shows behind an element, from the page up to itself, and in which order it is painted.
  function chainsOf() {
    const chains = new Map([[null, { behind: "", order: "" }]]);
    return function chainOf(node) {
      if (!chains.has(node)) {
        const own = valuesOf(styleOf(node), BEHIND);
        const { behind, order } = chainOf(node.parentElement);
        chains.set(node, {
          behind: own === UNPAINTED ? behind : digest(`${behind};${own}`),
          order: digest(`${order};${own};${valuesOf(styleOf(node), ORDER)}`),
        });
      }
      return chains.get(node);
    };
  }

  function looks() {
    const chainOf = chainsOf();
    const over = lifted(chainOf);
    for (const node of known.nodes) {
      if (node.closest("svg")) continue; // axe measures no colour in drawings
      const isControl = node.matches(CONTROLS);
      if (!/[\p{L}\p{N}].|.[\p{L}\p{N}]/u.test(ownWords(node)) && !isControl) continue;
      const place = known.places.get(node);
      const met = over.filter((one) => !one.node.contains(node) && !node.contains(one.node) && meet(one.place, place));
      const unseen = place.width <= 1 || place.height <= 1 || place.right <= 0 || place.bottom + scrollY <= 0;
      const style = known.styles.get(node);
      const size = Number.parseFloat(style.fontSize);
      const parts = [
        node.matches("a") ? `a ${inSentence(node)} ${valuesOf(styleOf(blockOf(node)), WORDS)}` : isControl ? `${node.localName} ${node.disabled}` : "",
        unseen || size === 0 ? "unseen" : "",
        chainOf(node).behind,
        size < LARGE ? "small" : size,
        valuesOf(style, WORDS),
        met.length && [chainOf(node).order, ...met.map((one) => one.order).filter(unique)],
      ];
      note(`look ${parts[1]} ${digest(parts.join(";"))}`, node);
    }
  }

  // How an attribute counts: as it is, or only whether there is something, or whether what it names is there.
  function attribute(node, { name, value }) {
    if (name === "id") return known.ids.get(value) > 1 ? "id twice" : "";
    if (name === "style") return /important/.test(value) ? value : "";
    if (REFERENCES.test(name)) {
      const found = value.split(/\s+/).map((id) => document.getElementById(id));
      return `${name} ${found.map((one) => Boolean(one) && Boolean(one.textContent.trim() || one.ariaLabel))}`;
    }
    if (WORDED.test(name)) {
      const own = squeezed(node.textContent);
      return `${name} ${Boolean(value.trim())} ${squeezed(value).includes(own)} ${squeezed(value) === own}`;
    }
    if (name === "href")
      return `href ${value === "" ? "" : value[0] === "#" ? Boolean(document.getElementById(decodeURIComponent(value.slice(1)))) : "x"}`;
    return PRESENT.test(name) ? `${name} ${value.trim() !== ""}` : `${name}=${value}`;
  }

  const middleOf = ({ left, right, top, bottom }) => ({
    x: (left + right) / 2,
    y: (top + bottom) / 2,
  });
  const around = ({ x, y }, reach) => ({
    left: x - reach,
    right: x + reach,
    top: y - reach,
    bottom: y + reach,
  });
  const isLarge = ({ width, height }) => width >= TARGET && height >= TARGET;

  // Whether another target reaches into the round that a small one needs; two small ones need one each.
  const isNear = (middle, other) =>
    meet(other, around(middle, TARGET / 2)) ||
    (!isLarge(other) && meet(around(middleOf(other), TARGET / 2), around(middle, TARGET / 2)));

  // Whether a target is large enough, in a sentence, or free of others; one beside others is asked of each time.
  function asTarget(node, targets) {
    const place = known.places.get(node);
    if (isLarge(place)) return "large";
    const sentence = inSentence(node);
    if (sentence === "yes") return "in a sentence";
    const middle = middleOf(place);
    const near = targets.some(
      (other) => !other.contains(node) && !node.contains(other) && isNear(middle, known.places.get(other)),
    );
    return near || sentence === "lines" ? null : "small and free";
  }

  const kindOf = (child) => `${child.localName} ${child.getAttribute("role") ?? ""}`;

  // What stands in an element: which elements, and of lists of terms and of tables in which order.
  function within(node) {
    const children = [...node.children].filter((child) => known.words.has(child)).map(kindOf);
    if (node.localName === "dl")
      return children
        .map((kind, at) => `${kind}>${children[at + 1]}`)
        .filter(unique)
        .sort();
    if (node.localName === "table") {
      const rows = [...node.rows].map((row) => [...row.cells].map((one) => `${one.localName} ${one.scope}`));
      const shapes = rows.map((row) => `${row.filter((one, at) => one !== row[at - 1])}`);
      return [shapes[0], ...shapes.filter(unique).sort()];
    }
    return children.filter(unique).sort();
  }
  const unique = (one, at, all) => all.indexOf(one) === at;

  function kinds() {
    const chains = new Map(); // what an element stands in, each kind once, without what plays no part
    const mades = new Map();
    const targets = known.nodes.filter((node) => node.matches(FOCUSABLE));
    for (const node of known.nodes) {
      if (
        node.closest("svg") &&
        !node.matches("svg, a, title") &&
        ![...node.attributes].some(({ name }) => JUDGED_IN_DRAWINGS.test(name))
      )
        continue;
      const style = known.styles.get(node);
      const above = chains.get(node.parentElement) ?? [];
      const attributes = [...node.attributes]
        .filter(({ name }) => !UNREAD.test(name))
        .map((one) => attribute(node, one))
        .filter(Boolean)
        .sort();
      const made = `${node.localName} ${attributes}`;
      const isPlain = !attributes.length && node.matches(PLAIN);
      chains.set(node, isPlain || above.includes(made) ? above : [...above, made]);
      mades.set(node, made);
      const isNamed = node.matches(NAMED);
      const scrolls =
        /auto|scroll/.test(style.overflow) &&
        (node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight);
      const target = node.matches(FOCUSABLE) ? asTarget(node, targets) : "";
      const own = [
        made,
        (isNamed || node.ariaHidden || scrolls) && node.querySelector(FOCUSABLE) !== null,
        scrolls,
      ];
      if (!isPlain)
        own.push(
          above.join(),
          node.matches(JUDGED_BY_PARENT) && mades.get(node.parentElement),
          node.matches(JUDGED_BY_CONTENT) && within(node),
          ownWords(node) !== "",
          isNamed && known.words.get(node),
          target,
          node.labels && [...node.labels].map((label) => label.textContent.trim() !== ""),
        );
      note(target === null ? EACH : `kind ${digest(own.join(";"))}`, node);
    }
  }

  function plan() {
    const heard = known.nodes.filter((node) => !node.closest("[aria-hidden=true]"));
    const shown = (selector) => heard.filter((node) => node.matches(selector));
    const levels = shown("h1, h2, h3, h4, h5, h6, [role=heading]").map((node) => node.ariaLevel ?? node.localName);
    const marks = shown(LANDMARK).map((node) => {
      const name = node.ariaLabel ?? node.getAttribute("aria-labelledby") ?? "";
      return `${kindOf(node)} ${node.parentElement.closest(LANDMARK)?.localName} ${name}`;
    });
    const outside = known.nodes.filter((node) => ownWords(node) && !node.closest(LANDMARK));
    const parts = {
      page: [[document.title !== "", document.documentElement.lang, levels[0]]],
      viewport: [document.querySelector("meta[name=viewport]")?.content],
      headings: levels.map((level, at) => `${level}>${levels[at + 1]}`),
      titles: [levels.filter((level) => level === "h1").length],
      marks: marks.map(
        (mark) => `${mark.split(" ")[0]} ${mark.split(" ")[2]} ${marks.indexOf(mark) === marks.lastIndexOf(mark)}`,
      ),
      counts: [["main", "header", "footer"].map((name) => document.querySelectorAll(name).length)],
      outside: outside.map((node) => node.outerHTML),
      twice: [...known.ids].filter(([, count]) => count > 1),
      framed: shown("[accesskey], iframe, frame").map((node) => node.outerHTML),
    };
    for (const [kind, found] of Object.entries(parts))
      for (const one of found) note(`plan ${digest(`${kind} ${one}`)}`, document.documentElement);
  }

  function note(name, node) {
    if (!known.byName.has(name)) known.byName.set(name, []);
    known.byName.get(name).push(node);
  }

  // The names of what is shown on the page now; with `colours` only of its looks.
  function names(colours) {
    known = survey();
    looks();
    if (!colours) {
      kinds();
      plan();
    }
    return [...known.byName.keys()];
  }

  // Violations by what has these names, and the names of what has passed.
  async function ask(names, tags) {
    const some = (word) => names.filter((name) => name.startsWith(word));
    const nodesOf = (some) => some.flatMap((name) => known.byName.get(name).slice(0, name === EACH ? undefined : FEW));
    const rules = axe
      .getRules(tags)
      .filter((rule) => !rule.tags.includes("experimental"))
      .map((rule) => rule.ruleId);
    const own = rules.filter((id) => !OF_COLOUR.includes(id) && !OF_PLAN.test(id));
    const passed = [];
    const found = [];
    const run = async (include, values, more) => {
      const options = {
        runOnly: { type: "rule", values },
        resultTypes: ["violations"],
        selectors: false,
        ...more,
      };
      const result = await axe.run({ include }, options);
      found.push(
        ...result.violations.map(({ id, nodes }) => ({
          id,
          html: nodes[0].html,
          count: nodes.length,
        })),
      );
      return result;
    };
    if (some("plan").length)
      await run(
        [document.documentElement],
        rules.filter((id) => OF_PLAN.test(id)),
      );
    const kinds = some("kind");
    if (kinds.length) await run(nodesOf(kinds), own);
    if (!found.length) passed.push(...some("plan"), ...kinds.filter((name) => name !== EACH));
    const looks = some("look");
    if (looks.length) {
      const result = await run(nodesOf(looks), OF_COLOUR, {
        resultTypes: ["violations", "passes"],
        elementRef: true,
      });
      const contrast = result.passes.filter((rule) => rule.id === "color-contrast");
      const right = new Set(contrast.flatMap((rule) => rule.nodes.map((node) => node.element)));
      const isRight = (name) =>
        name.startsWith("look unseen") || known.byName.get(name).some((node) => right.has(node));
      if (!result.violations.length) passed.push(...looks.filter(isRight));
    }
    return { found, passed };
  }

  return { names, ask };
})();
