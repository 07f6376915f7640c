// Policy areas: their names and colours, the area of a sentence, and the report as a ribbon of its sentences.

const AREAS = INDEX.areas;
const AREA = new Map(AREAS.map((area) => [area.code, area]));

const areaName = (code) => AREA.get(code)?.[language] ?? code;
const areaClass = (code) => `area area-${code}`;
const toArea = (area, report, { section = "", part = "" } = {}) => address("areas", report, { area, s: section, part });

/** A small label with the area's colour. */
function areaLabel(code) {
  return code ? el("span", { class: `arealabel ${areaClass(code)}` }, areaName(code)) : null;
}

/** The area of a sentence in words: with the next one where it is near, and how probable it is. */
function areaOf({ area, second, p, corrected }) {
  if (!area) return "";
  const sure = corrected ? t("area.corrected") : t("area.p", { p });
  return `${areaName(area)}${second ? ` / ${areaName(second)}` : ""} (${sure})`;
}

/** A choice of an area, of those that some rows have, for the head of a list. */
function areaChoice(codes) {
  const had = new Set(codes);
  return AREAS.filter(({ code }) => had.has(code)).map(({ code }) => [code, areaName(code)]);
}

/** How a table is narrowed to an area; `of` gives that of a row. */
function areaPick(list, of) {
  return { label: t("area"), all: t("area.all"), options: areaChoice(list.map(of)), value: of };
}

/** The column of a table that says the area. */
const areaColumn = (of) => ({ name: "area", label: t("area"), value: of, show: (row) => areaLabel(of(row)) });

/** Sentences in a line from which borders between them would be all that is seen. */
const MANY = 150;

const topOf = (section) => section.section_id.split(".")[0];

/**
 * Sentences in lines: one for each section of the first level; what is shorter than a twelfth of the text goes with its neighbour. On a
 * small screen lines break before a section of the second level, so that a third of the longest fits.
 */
function ribbonLines(report) {
  const lines = [];
  for (const sentence of report.sentences) {
    const top = topOf(sentence.section);
    if (lines.at(-1)?.top !== top) lines.push({ top, sentences: [], length: 0 });
    lines.at(-1).sentences.push(sentence);
    lines.at(-1).length += sentence.text.length;
  }
  const all = lines.reduce((sum, { length }) => sum + length, 0);
  const kept = [];
  let early = [];
  for (const line of lines) {
    if (line.length >= all / 12 || (line === lines.at(-1) && !kept.length)) {
      kept.push({ top: line.top, sentences: [...early, ...line.sentences] });
      early = [];
    } else if (kept.length) kept.at(-1).sentences.push(...line.sentences);
    else early.push(...line.sentences);
  }
  const measured_ = kept.map((line) => ({ ...line, length: lengthOf(line.sentences) }));
  return isNarrow() ? measured_.flatMap((line) => shorter(line, Math.max(...measured_.map(({ length }) => length)) / 3)) : measured_;
}

const lengthOf = (sentences) => sentences.reduce((sum, { text }) => sum + text.length, 0);

function shorter({ top, sentences, length }, most) {
  const lines = [];
  for (const sentence of sentences) {
    const last = lines.at(-1)?.sentences;
    const begins = last && ribbonSection(last.at(-1)) !== ribbonSection(sentence);
    if (!last || (begins && lengthOf(last) >= 0.8 * most)) lines.push({ top: lines.length ? "" : top, whole: length, sentences: [] });
    lines.at(-1).sentences.push(sentence);
  }
  // What little is left at the end goes with the line before.
  if (lines.length > 1 && lengthOf(lines.at(-1).sentences) < most / 3) lines.at(-2).sentences.push(...lines.pop().sentences);
  return lines.map((line) => ({ ...line, length: lengthOf(line.sentences) }));
}

/** Neighbouring sentences of one area in one section. */
function runs(sentences) {
  const found = [];
  for (const sentence of sentences) {
    const last = found.at(-1)?.at(-1);
    if (last && last.area === sentence.area && ribbonSection(last) === ribbonSection(sentence)) found.at(-1).push(sentence);
    else found.push([sentence]);
  }
  return found;
}

/** The part of an outline that the ribbon marks: sections of the first two levels. */
const ribbonSection = ({ section }) => section.section_id.split(".").slice(0, 2).join(".");

/**
 * The report from its first to its last sentence: a cell for each, as wide as its text is long, in the colour of its area. The arrow
 * keys move from cell to cell; `show(areas)` dims the cells of other areas.
 */
function ribbon(report) {
  const lines = ribbonLines(report);
  const longest = Math.max(...lines.map(({ length }) => length), 1);
  const cells = [];
  const hint = t("ribbon.hint");
  const readout = el("p", { class: "readout", "aria-hidden": "true" }, hint);
  const read = (sentence) => {
    readout.replaceChildren();
    add(readout, sentence ? [areaLabel(sentence.area), " ", el("span", { class: "where", lang: "zh-CN" }, sectionName(sentence.section)), " ", chinese(cut(sentence.text))] : hint);
  };
  const cell = (sentence) => {
    const node = el("a", {
      href: toSentence(report.id, sentence.n), tabindex: cells.length ? "-1" : "0", "data-area": sentence.area, style: { "flex-grow": sentence.text.length },
      "aria-label": t("ribbon.cell", { n: sentence.n, area: areaName(sentence.area) || t("area.none"), text: cut(sentence.text) }),
      onmouseenter: () => read(sentence), onfocus: () => read(sentence),
    });
    cells.push(node);
    return node;
  };
  const line = ({ top, sentences, length, whole }) => {
    const section = report.sections[report.place.get(top)];
    const width = { style: { width: `${(100 * length) / longest}%` } };
    let last = "";
    const bands = runs(sentences).map((run) => {
      const begins = last && last !== ribbonSection(run[0]);
      last = ribbonSection(run[0]);
      return el("div", { class: `run ${areaClass(run[0].area)}${begins ? " begins" : ""}`, style: { "flex-grow": lengthOf(run) } },
        el("span", { class: "runname", "aria-hidden": "true" }, areaName(run[0].area)), run.map(cell));
    });
    return el("div", { class: "ribbonline" },
      top && el("p", { class: "ribbonname" }, link(toSection(report.id, top), el("span", { lang: "zh-CN" }, sectionName(section))), ` ${t("ribbon.length", { n: number(whole ?? length) })}`),
      el("div", { class: "band", ...width }, bands),
      el("div", { class: "ticks", ...width, "aria-hidden": "true" }, ticks(report, sentences)));
  };
  const keys = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10 }[event.key];
    const at = cells.indexOf(event.target);
    if (at < 0 || (!step && !["Home", "End"].includes(event.key))) return;
    event.preventDefault();
    const next = event.key === "Home" ? 0 : event.key === "End" ? cells.length - 1 : Math.max(0, Math.min(cells.length - 1, at + step));
    cells[at].tabIndex = -1;
    cells[next].tabIndex = 0;
    cells[next].focus();
  };
  const node = el("div", { class: `ribbon${lines.some(({ sentences }) => sentences.length > MANY) ? " dense" : ""}`, role: "group", "aria-label": t("ribbon.label"), onkeydown: keys, onmouseleave: () => read(null) }, lines.map(line), readout);
  new ResizeObserver(() => nameRuns(node)).observe(node);
  const show = (areas) => {
    for (const one of cells) one.classList.toggle("off", areas.size > 0 && !areas.has(one.dataset.area));
    for (const run of node.querySelectorAll(".run")) run.classList.toggle("off", areas.size > 0 && !areas.has(run.querySelector("a").dataset.area));
  };
  return { node, show };
}

/** Show the names that their runs have room for, in up to three lines, two on a small screen. */
function nameRuns(node) {
  const names = [...node.querySelectorAll(".runname")];
  if (!names.length) return;
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(names[0]);
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const widths = new Map();
  for (const { textContent: name } of names) if (!widths.has(name)) widths.set(name, widthInLines(name, (text) => pen.measureText(text).width));
  const rooms = names.map((name) => name.parentElement.clientWidth);
  for (const [i, name] of names.entries()) name.classList.toggle("fits", widths.get(name.textContent) + 7 <= rooms[i]);
}

/** The least width in which a name stands in so many lines: cut between words, or anywhere in Chinese. */
function widthInLines(name, width) {
  const most = isNarrow() ? 2 : 3;
  const words = language === "zh" ? [...name] : name.split(" ").map((word) => `${word} `);
  const widest = Math.max(...words.map(width));
  for (let room = widest; ; room += 2) {
    let [lines, used] = [1, 0];
    for (const word of words) {
      if (used + width(word) > room) [lines, used] = [lines + 1, 0];
      used += width(word);
    }
    if (lines <= most) return room;
  }
}

/** Where sections begin, with the number that is printed before them. */
function ticks(report, sentences) {
  const groups = [];
  for (const sentence of sentences) {
    const name = ribbonSection(sentence);
    if (groups.at(-1)?.name !== name) groups.push({ name, list: [] });
    groups.at(-1).list.push(sentence);
  }
  return groups.map(({ name, list }) => {
    const section = report.sections[report.place.get(name)] ?? list[0].section;
    const shown = section.level > 1 ? section.number.replace(/[()（）、.．]/g, "") : "";
    return el("span", { class: shown ? "tick" : "tick bare", style: { "flex-grow": lengthOf(list) }, title: sectionName(section) }, el("span", {}, shown));
  });
}

const cut = (text, most = 70) => (text.length > most ? `${text.slice(0, most)}…` : text);
