// Where a word stands: each occurrence in its line, each line a way to its sentence.

const AROUND = 36;
const LINES = 200;

async function concordance(id, query) {
  const wanted = query.mode === "text" ? "text" : "word";
  const asked = { q: query.q ?? "", mode: wanted, theme: query.theme ?? "", section: query.s ?? "", part: query.part ?? "", area: AREA.has(query.area) ? query.area : "" };
  const texts = await openAll(id ? [id] : INDEX.shown);
  const found = find(texts, asked);
  sortLines(found, query.order);
  return [
    el("h1", {}, asked.theme ? t("kwic.theme", { theme: themeName(asked.theme) }) : t("kwic")),
    searchForm(id, asked, query),
    asked.q || asked.theme ? results(found, asked, id, query) : await suggestions(),
  ];
}

function searchForm(id, asked, query) {
  const report = INDEX.shown.includes(id) ? id : "";
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
      el("input", { type: "search", name: "q", value: asked.q, autocomplete: "off", lang: "zh-CN" })),
    field("mode", t("kwic.mode"), [["word", t("kwic.mode.word")], ["text", t("kwic.mode.text")]], asked.mode),
    field("report", t("report"), [["", t("all.reports")], ...INDEX.shown.map((name) => [name, reportName(REPORT.get(name)), "zh-CN"])], report),
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
      asked.section || asked.part || asked.area ? link(address("kwic", id, { q: asked.q, theme: asked.theme, mode: query.mode }), t("kwic.everywhere")) : null),
    asked.theme ? themeNote(asked.theme) : asked.mode === "word" ? el("p", { class: "note" }, t("kwic.mode.word.note")) : null,
    found.length ? [
      list, more,
      el("div", { class: "tabletools" }, button(t("table.csv"), () => kwicCsv(found))),
      !id && !asked.section ? distribution(found, asked) : null,
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

/** How the occurrences are spread over the reports. */
function distribution(found, asked) {
  const n = new Map();
  for (const { report } of found) n.set(report, (n.get(report) ?? 0) + 1);
  if (n.size < 2) return null;
  const list = [...n].map(([report, hits]) => ({ report, hits, size: count(report, { part: "whole" }).size }));
  return [el("h2", {}, t("kwic.distribution")), table({
    caption: t("kwic.distribution"),
    columns: [
      { name: "report_id", label: t("report"), value: (r) => r.report.id, show: (r) => chinese(reportName(r.report.about)) },
      { name: "year", label: t("year"), value: (r) => r.report.about.year, show: (r) => String(r.report.about.year ?? "") },
      { name: "hits", label: t("n"), number: 0, show: (r) => link(address("kwic", r.report.id, { q: asked.q, theme: asked.theme, mode: asked.mode === "text" ? "text" : "" }), number(r.hits)) },
      { name: "rate", label: t("kwic.rate"), title: t("kwic.rate.title"), number: 1, value: (r) => Number(((10_000 * r.hits) / r.size).toFixed(4)), show: (r) => ((10_000 * r.hits) / r.size).toFixed(1) },
    ],
    rows: list,
    file: "concordance-by-report",
  })];
}

async function suggestions() {
  const words = (await vocabulary()).slice(0, 30);
  return [
    el("p", { class: "note" }, t("kwic.suggest")),
    el("ul", { class: "suggestions" }, words.map(([term, n]) => el("li", {}, link(address("kwic", "", { q: term, part: "whole" }), chinese(term), " ", el("span", { class: "n" }, number(n)))))),
  ];
}
