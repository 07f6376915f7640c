// What there is, and how far it can be trusted.

async function overview(id, query) {
  // What one report says is more than that there is one.
  if (REPORTS.length === 1 && INDEX.shown.length === 1) return reports(INDEX.shown[0], { part: query.part });
  const titles = REPORTS.map((about) => about.year).filter(Boolean);
  const left = rows(INDEX.warnings).filter(({ report_id }) => !REPORT.has(report_id));
  const sum = (name) => REPORTS.reduce((total, about) => total + (about[name] ?? 0), 0);
  const [from, to] = [Math.min(...titles), Math.max(...titles)];
  const years = !titles.length ? "–" : from === to ? String(from) : `${from}–${to}`;
  const low = REPORTS.filter(({ confidence }) => confidence !== "high").length;
  const facts = t("several.facts", { n: number(REPORTS.length), years, characters: number(sum("n_chars")), warnings: number(rows(INDEX.warnings).length) });
  return [
    el("h1", {}, t("several.title")),
    el("p", { class: "lead" }, facts, " ", button(t("several.list"), () => byId("reports").scrollIntoView(), { class: "plain" })),
    INDEX.limited && el("p", { class: BESIDE.size ? "note" : "warn" }, t(BESIDE.size ? "overview.beside" : "overview.limited", { n: INDEX.shown.length, all: INDEX.wanted })),
    await several(query),
    el("h2", { id: "reports" }, t("overview.reports.title")),
    el("p", { class: "note" }, t("overview.lead")),
    reportTable(),
    el("h2", {}, t("trust")),
    el("ul", { class: "trust" },
      el("li", {}, low ? t("trust.outline", { n: low, all: REPORTS.length }) : t("trust.outline.all")),
      el("li", {}, topicsTrust()),
      el("li", {}, t("trust.themes", { n: INDEX.themes.filter(({ status }) => status === "compiled").length, all: INDEX.themes.length })),
      el("li", {}, t("trust.rates")),
      left.length ? el("li", {}, t("trust.left", { n: left.length })) : null),
    el("h2", {}, t("warnings")),
    warnings(rows(INDEX.warnings)),
  ];
}

const NOISE = "not distinguishable from noise";

/** What the verdict on a model as a whole allows. */
function modelVerdict(verdict) {
  if (!verdict) return "none";
  if (verdict === NOISE) return "noise";
  return verdict === "kept" ? "believed" : "limited";
}

/** The verdict on the model that comes first for a report: of all reports, the reference basis, or its own. */
function firstVerdict({ report_id }) {
  return ["corpus", "basis", `self:${report_id}`].map((name) => INDEX.verdicts[name]).find(Boolean);
}

function topicsTrust() {
  const all = Object.values(INDEX.verdicts).map(modelVerdict);
  const good = all.filter((verdict) => verdict === "believed").length;
  return all.length ? t("trust.topics", { n: good, all: all.length }) : t("trust.topics.none");
}

function confidence(grade) {
  return el("span", { class: `grade ${grade}` }, named("confidence", grade));
}

function reportTable() {
  const verdict = (about) => named("model", modelVerdict(firstVerdict(about)));
  const columns = [
    { name: "report_id", label: t("report"), show: (r) => canOpen(r.report_id) ? link(toReport(r.report_id), chinese(reportName(r))) : chinese(reportName(r)) },
    { name: "region", label: t("region"), chinese: true },
    { name: "year", label: t("year"), show: (r) => String(r.year ?? "") },
    { name: "confidence", label: t("confidence"), title: t("confidence.title"), show: (r) => confidence(r.confidence) },
    { name: "topics", label: t("topics.model"), value: verdict, show: verdict },
    { name: "n_chars", label: t("characters"), number: 0 },
    { name: "n_level1", label: t("level1"), number: 0 },
    { name: "n_level2", label: t("level2"), number: 0 },
    { name: "n_warnings", label: t("warnings"), number: 0 },
  ];
  return table({ caption: t("overview.reports.title"), columns, rows: REPORTS, file: "reports" });
}

/** The text of a warning in the language of the page; in English where there is no other. */
const inLanguage = (warning, name) => (language === "zh" && warning[`${name}_zh`]) || el("span", { lang: "en" }, warning[name]);

function warnings(list) {
  return table({
    caption: t("warnings"),
    columns: [
      { name: "report_id", label: t("report"), chinese: true },
      { name: "code", label: t("warning.code") },
      { name: "message", label: t("warning.message"), value: (w) => inLanguage(w, "message"), show: (w) => inLanguage(w, "message") },
      { name: "suggestion", label: t("warning.suggestion"), value: (w) => inLanguage(w, "suggestion"), show: (w) => inLanguage(w, "suggestion") },
      { name: "snippet", label: t("warning.snippet"), chinese: true, class: "long" },
    ],
    rows: list,
    file: "warnings",
    empty: t("warnings.none"),
  });
}
