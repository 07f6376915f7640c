// Elements are made here and nowhere else: what comes from reports enters the page as text, never as markup.

const XMLNS = "http://www.w3.org/2000/svg";
const SVG_NAMES = new Set(["svg", "g", "rect", "circle", "line", "path", "text", "title"]);

/** An element. Attributes: `on…` a listener, `style` an object of properties, true an attribute without value. */
function el(name, attributes = {}, ...children) {
  const node = SVG_NAMES.has(name) ? document.createElementNS(XMLNS, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [property, v] of Object.entries(value)) node.style.setProperty(property, v);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

const byId = (id) => document.getElementById(id);

/** Text of a report, in the language it is in. */
const chinese = (...children) => el("span", { lang: "zh-CN" }, children);

function link(href, ...children) {
  return el("a", { href }, children);
}

/** A choice of one from several; `choose` gets the value. */
function select(label, options, value, choose) {
  const box = el(
    "select",
    { onchange: (event) => choose(event.target.value) },
    options.map(([key, text, lang]) => el("option", { value: key, selected: key === value, lang }, text)),
  );
  return el("label", { class: "field" }, el("span", {}, label), box);
}

function button(text, press, attributes = {}) {
  return el("button", { type: "button", onclick: press, ...attributes }, text);
}

function definitions(pairs) {
  return el("dl", {}, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** What is made when it is opened. */
function folded(summary, make) {
  const box = el("details", { ontoggle: () => { if (box.open && box.children.length < 2) add(box, [make()]); } }, el("summary", {}, summary));
  return box;
}

/** A file for the person, made in the page. */
function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
