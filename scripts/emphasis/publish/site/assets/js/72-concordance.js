// Where a word stands: each occurrence in its line, each line a way to its sentence.

const AROUND = 36;
const LINES = 200;

async function concordance(id, query) {
  const wanted = query.mode === "text" ? "text" : "word";
  const asked = { q: query.q ?? "", mode: wanted, theme: query.theme ?? "", section: query.s ?? "", part: query.part ?? "", area: AREA.has(query.area) ? query.area : "" };
  const texts = await openAll(id ? [id] : INDEX.shown);
  if (id && !texts.length) return [el("h1", {}, t("kwic")), el("p", { class: "note" }, absent(id))];
  const every = find(texts, asked);
  const list = asked.mode === "word" && !asked.theme ? wordList(asked.q) : [];
  const near = query.with ?? "";
  const found = near ? every.filter(({ sentence }) => findWord(sentence, near).length) : every;
  sortLines(found, query.order);
  return [
    el("h1", {}, kwicTitle(asked, list)),
    searchForm(id, asked, query),
    !asked.q && !asked.theme ? await suggestions() : [
      id ? null : everywhere(asked, list, texts),
      asked.section || near ? null : list.length > 1 ? listPart(texts, asked, list, id) : wordPart(texts, asked, id),
      near ? null : collocatesPart(texts, asked, every, id),
      results(found, asked, id, query),
    ],
  ];
}

function kwicTitle(asked, list) {
  if (asked.theme) return t("kwic.theme", { theme: themeName(asked.theme) });
  if (list.length > 1) return t("list.title", { n: list.filter((word) => !isException(word)).length });
  return asked.q ? t("word.title", { word: asked.q }) : t("kwic");
}

function searchForm(id, asked, query) {
  const report = canOpen(id) ? id : "";
  const submit = (event) => {
    event.preventDefault();
    const values = new FormData(event.target);
    location.hash = address("kwic", values.get("report"), {
      q: values.get("q").trim(), mode: values.get("mode") === "text" ? "text" : "", part: values.get("part"), area: values.get("area"), order: values.get("order"),
    });
  };
  const field = (name, label, options, value) =>
    el("label", { class: "field" }, el("span", {}, label),
      el("select", { name }, options.map(([key, text, lang]) => el("option", { value: key, selected: key === value, lang }, text))));
  return el("form", { class: "search", role: "search", onsubmit: submit, "aria-label": t("kwic") },
    el("label", { class: "field wide" }, el("span", {}, t("kwic.word")),
      el("input", { type: "search", name: "q", value: asked.q, autocomplete: "off", lang: "zh-CN", placeholder: t("list.hint"), onpaste: pasted })),
    field("mode", t("kwic.mode"), [["word", t("kwic.mode.word")], ["text", t("kwic.mode.text")]], asked.mode),
    field("report", t("report"), [["", t(BESIDE.size ? "everywhere.all" : "all.reports")], ...CAN_OPEN.map((name) => [name, reportName(REPORT.get(name)), "zh-CN"])], report),
    field("part", t("part"), [["", t("part.all")], ...["whole", "review", "plan"].map((p) => [p, named("part", p)])], asked.part),
    field("area", t("area"), [["", t("area.all")], ...AREAS.filter(({ sum }) => !sum).map(({ code }) => [code, areaName(code)])], asked.area),
    field("order", t("kwic.order"), ["", "right", "left"].map((o) => [o, t(`kwic.order.${o || "text"}`)]), query.order ?? ""),
    el("button", { type: "submit", class: "main" }, t("kwic.search")));
}

const after = ({ sentence, end }) => sentence.text.slice(end, end + AROUND);
const before = ({ sentence, start }) => sentence.text.slice(Math.max(0, start - AROUND), start);
const backward = (text) => [...text].reverse().join("");

function sortLines(found, order) {
  const by = (key) => found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  if (order === "right") by(after);
  if (order === "left") by((hit) => backward(before(hit)));
}

function results(found, asked, id, query) {
  const where = [];
  if (asked.section && id) {
    const texts = found[0]?.report;
    const section = texts?.sections[texts.place.get(asked.section)];
    where.push(t("kwic.in.section", { section: section ? sectionName(section) : asked.section }));
  }
  if (query.with) where.push(t("kwic.with", { word: query.with }));
  if (asked.part) where.push(named("part", asked.part));
  if (asked.area) where.push(areaName(asked.area));
  const sentences = new Set(found.map((hit) => `${hit.report.id}:${hit.sentence.n}`)).size;
  const held = found.filter((hit) => hit.holder).length;
  const list = el("ol", { class: "kwic" });
  const more = el("p");
  const show = (limit) => {
    list.replaceChildren(...found.slice(0, limit).map((hit) => kwicLine(hit, !id && INDEX.shown.length > 1)));
    more.replaceChildren();
    if (found.length > limit) add(more, [t("table.first", { n: limit }), " ", button(t("table.more"), () => show(Infinity))]);
  };
  show(LINES);
  return [
    el("p", { class: "count", id: "count" },
      el("strong", {}, t("kwic.found", { n: number(found.length), sentences: number(sentences) })),
      held ? ` ${t("kwic.inside", { n: number(held) })}` : "", where.length ? ` ${where.join(" · ")} ` : " ",
      asked.section || asked.part || asked.area || query.with ? link(address("kwic", id, { q: asked.q, theme: asked.theme, mode: query.mode }), t("kwic.everywhere")) : null),
    asked.theme ? themeNote(asked.theme) : asked.mode === "word" ? el("p", { class: "note" }, t("kwic.mode.word.note")) : null,
    found.length ? [
      el("h2", {}, t("kwic.lines")), list, more,
      el("div", { class: "tabletools" }, button(t("table.csv"), () => kwicCsv(found))),
    ] : el("p", { class: "note" }, t("kwic.nothing")),
  ];
}

function kwicLine(hit, named_) {
  const { report, sentence, start, end } = hit;
  const place = [named_ ? shortName(report.about) : "", sentence.section.section_id].filter(Boolean).join(" · ");
  return el("li", {},
    el("a", { class: "place", href: toSentence(report.id, sentence.n), lang: "zh-CN", title: sectionName(sentence.section) }, place),
    el("span", { class: "line", lang: "zh-CN" },
      el("span", { class: "left" }, el("bdi", {}, before(hit) || "\u200b")), el("mark", {}, sentence.text.slice(start, end)), el("span", { class: "right" }, after(hit))),
    areaLabel(sentence.area));
}

function kwicCsv(found) {
  const fields = {
    report_id: (h) => h.report.id, sentence_id: (h) => `${h.report.id}:${h.sentence.n}`, section_id: (h) => h.sentence.section.section_id,
    area: (h) => h.sentence.area,
    start: (h) => h.sentence.start + h.start, end: (h) => h.sentence.start + h.end,
    left: before, match: (h) => h.sentence.text.slice(h.start, h.end), inside: (h) => h.holder ?? "", right: after, sentence: (h) => h.sentence.text,
  };
  const columns = Object.entries(fields).map(([name, value]) => ({ name, value, label: named("saved", name) }));
  download("concordance.csv", csv(columns, found, (column, row) => column.value(row)), "text/csv;charset=utf-8");
}

async function suggestions() {
  const words = (await vocabulary()).slice(0, 30);
  return [
    el("p", { class: "note" }, t("kwic.suggest")),
    el("ul", { class: "suggestions" }, words.map(([term, n]) => el("li", {}, link(address("kwic", "", { q: term, part: "whole" }), chinese(term), " ", el("span", { class: "n" }, number(n)))))),
  ];
}
