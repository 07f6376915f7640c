// Outturn beside target, and every figure of a report with its sentence.

async function targets(id) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("targets")), el("p", { class: "note" }, absent(id))];
  const pairs = rows(report.block.target_pairs);
  const comparable = pairs.filter((row) => row.comparable).length;
  const total = rows(report.block.targets).filter((row) => row.period === "target").length;
  const all = await together(report);
  return [
    el("h1", {}, t("targets")),
    el("p", { class: "lead" }, t("targets.lead")),
    reportChoice(report.id, (value) => { location.hash = address("targets", value); }),
    el("h2", { lang: "zh-CN" }, reportName(report.about)),
    el("p", {}, t("targets.count", { n: comparable, all: pairs.length, total })),
    pairTable(report, pairs),
    el("h2", {}, t("targets.ledger")),
    ledger(report),
    taskTable(report),
    attainment(all),
    gaps(all, report),
  ];
}

function figure(value, high, unit, comparator) {
  if (value === null || value === undefined) return named("comparator", comparator ?? "");
  const range = high === null || high === undefined ? number(value, 4) : `${number(value, 4)}–${number(high, 4)}`;
  const printed = [range, unit ? chinese(unit.startsWith("%") ? unit : ` ${unit}`) : ""];
  if (!comparator || ["eq", "range", "from_to"].includes(comparator)) return printed;
  const bound = named("comparator", comparator);
  return language === "zh" ? [printed, " ", bound] : [bound, " ", printed];
}

/** An outturn with its bound; a fall that stands beside a rise, with its predicate. */
function outturn(row) {
  const shown = figure(row.outturn_value, null, row.outturn_unit, row.outturn_comparator);
  const apart = row.outturn_direction && row.outturn_direction !== row.direction && row.outturn_unit === "%";
  return apart ? [chinese(row.outturn_direction), " ", shown] : shown;
}

const toFigure = (report, n, ...content) => (n ? link(toSentence(report, n), content) : content);

function reason(text) {
  const [code, detail] = text.split(": ");
  return [named("reason", code), detail ? [language === "zh" ? "：" : ": ", detail.split(" and ").map((kind) => named("kind", kind)).join(language === "zh" ? "与" : " and ")] : ""];
}

/** The area of the sentence behind a figure. */
const areaAt = (report, n) => report.byNumber.get(n)?.area ?? "";

/** Columns of CSV alone: what a figure on the page has around its number. */
const saved = (...names) => names.map(([name, label, value]) => ({ name, label, saved: true, value }));

function pairTable(report, pairs) {
  const area = (row) => areaAt(report, row.target_sentence_id);
  return table({
    caption: t("targets.pairs"),
    columns: [
      { name: "indicator", label: t("indicator"), chinese: true },
      { name: "outturn_value", label: t("outturn"), number: 4, show: (r) => toFigure(report.id, r.outturn_sentence_id, outturn(r)) },
      { name: "target_value", label: t("target"), number: 4, show: (r) => toFigure(report.id, r.target_sentence_id, figure(r.target_value, r.target_high, r.target_unit, r.comparator)) },
      { name: "comparator", label: t("comparator"), show: (r) => named("comparator", r.comparator) },
      { name: "kind", label: t("kind"), value: (r) => r.kind, show: (r) => named("kind", r.kind) },
      { name: "comparable", label: t("comparable"), value: (r) => String(r.comparable), show: (r) => el("span", { class: r.comparable ? "yes" : "no" }, t(r.comparable ? "yes" : "no")) },
      { name: "reason", label: t("reason"), value: (r) => r.reason, show: (r) => reason(r.reason) },
      areaColumn(area),
      ...saved(["outturn_unit", t("saved.outturn_unit"), (r) => r.outturn_unit], ["outturn_comparator", t("saved.outturn_comparator"), (r) => r.outturn_comparator],
        ["target_unit", t("saved.target_unit"), (r) => r.target_unit], ["target_high", t("saved.target_high"), (r) => r.target_high]),
    ],
    rows: pairs,
    file: `target-pairs-${report.id}`,
    pick: areaPick(pairs, area),
    empty: t("targets.none"),
  });
}

function ledger(report) {
  // A statement is kept as its place in its sentence.
  const list = rows(report.block.targets);
  const area = (row) => areaAt(report, row.sentence_id);
  const statement = ({ text, sentence_id }) => (typeof text === "string" ? text : report.byNumber.get(sentence_id).text.slice(...text));
  return table({
    caption: t("targets.ledger"),
    columns: [
      { name: "indicator", label: t("indicator"), chinese: true },
      { name: "period", label: t("period"), value: (r) => r.period, show: (r) => named("period", r.period) },
      { name: "value", label: t("figure"), number: 4, show: (r) => toFigure(report.id, r.sentence_id, figure(r.value, r.value_high, r.unit, r.comparator)) },
      { name: "direction", label: t("direction"), chinese: true },
      { name: "kind", label: t("kind"), value: (r) => r.kind, show: (r) => named("kind", r.kind) },
      { name: "hardness", label: t("hardness"), value: (r) => r.hardness, show: (r) => named("hardness", r.hardness) },
      { name: "section_id", label: t("section"), show: (r) => link(toSection(report.id, r.section_id), r.section_id) },
      areaColumn(area),
      { name: "text", label: t("statement"), class: "long", value: statement, show: (r) => chinese(statement(r)) },
      ...saved(["unit", t("saved.unit"), (r) => r.unit], ["comparator", t("comparator"), (r) => r.comparator], ["value_high", t("saved.value_high"), (r) => r.value_high]),
    ],
    rows: list,
    file: `targets-${report.id}`,
    pick: areaPick(list, area),
    empty: t("targets.none"),
    limit: 50,
  });
}

/** The tasks of the plan in their order, each a section, with its area and theme; of two plans, which of them. */
function taskTable(report) {
  const list = rows(report.block.tasks);
  if (!list.length) return null;
  const named_ = (row) => (row.area_share === null ? "" : row.area);
  const plans = new Set(list.map((row) => row.horizon)).size;
  return [el("h2", {}, t("tasks")), el("p", { class: "note" }, t("tasks.note")), table({
    caption: t("tasks"),
    columns: [
      ...(plans > 1 ? [{ name: "horizon", label: t("tasks.horizon"), value: (r) => t(`tasks.horizon.${r.horizon}`) }] : []),
      { name: "position", label: t("tasks.position"), number: 0 },
      { name: "heading", label: t("heading"), class: "long", value: (r) => r.heading, show: (r) => (report.place.has(r.section_id) ? link(toSection(report.id, r.section_id), chinese(r.heading)) : chinese(r.heading)) },
      areaColumn(named_),
      { name: "area_share", label: t("tasks.area"), unit: t("unit.share"), number: 4, show: (r) => (r.area && report.place.has(r.section_id) ? link(toArea(r.area, report.id, { section: r.section_id }), percent1(r.area_share)) : percent1(r.area_share)) },
      { name: "theme", label: t("theme"), value: (r) => r.theme, show: (r) => (r.theme ? themeName(r.theme) : "–") },
      { name: "share", label: t("tasks.theme"), unit: t("unit.share.words"), number: 4, show: (r) => percent1(r.share) },
    ],
    rows: list,
    file: `tasks-${report.id}`,
    pick: areaPick(list, named_),
  })];
}

/** A sentence of any report by its full name. */
function toNamed(sentenceId, ...content) {
  const cut = sentenceId.lastIndexOf(":");
  const report = sentenceId.slice(0, cut);
  return cut > 0 && canOpen(report) ? link(toSentence(report, Number(sentenceId.slice(cut + 1))), content) : content;
}

function attainment(all) {
  if (!all.target_attainment) return null;
  return [el("h2", {}, t("attainment")), el("p", { class: "note" }, t("attainment.note")), table({
    caption: t("attainment"),
    columns: [
      { name: "region", label: t("region"), chinese: true },
      { name: "year", label: t("year"), show: (r) => String(r.year) },
      { name: "indicator", label: t("indicator"), chinese: true },
      { name: "target_value", label: t("target"), number: 4, show: (r) => toNamed(r.target_sentence_id, figure(r.target_value, r.target_high, r.target_unit, r.comparator)) },
      { name: "bound", label: t("bound"), value: (r) => r.bound, show: (r) => (r.bound ? named("bound", r.bound) : "") },
      { name: "outturn_value", label: t("outturn"), number: 4, show: (r) => toNamed(r.outturn_sentence_id, outturn(r)) },
      { name: "kind", label: t("kind"), value: (r) => r.kind, show: (r) => named("kind", r.kind) },
      { name: "difference", label: t("difference"), number: 4 },
      { name: "verdict", label: t("verdict"), value: (r) => r.verdict, show: (r) => named("verdict", r.verdict) },
    ],
    rows: rows(all.target_attainment),
    file: "target-attainment",
  })];
}

function gaps(all, report) {
  const own = rows(all.target_gaps).filter(({ report_id }) => report_id === report.id);
  if (!own.length) return null;
  return [el("h2", {}, t("gaps")), el("p", { class: "note" }, t("gaps.note")), table({
    caption: t("gaps"),
    columns: [
      { name: "indicator", label: t("indicator"), chinese: true },
      { name: "own_value", label: t("gaps.own"), number: 4, show: (r) => toNamed(r.own_sentence_id, figure(r.own_value, null, r.own_unit)) },
      { name: "superior_value", label: t("gaps.superior"), number: 4, show: (r) => toNamed(r.superior_sentence_id, figure(r.superior_value, null, r.superior_unit)) },
      { name: "superior_id", label: t("gaps.report"), show: (r) => chinese(REPORT.has(r.superior_id) ? shortName(REPORT.get(r.superior_id)) : r.superior_id) },
      { name: "difference", label: t("difference"), number: 4 },
      { name: "note", label: t("note"), value: (r) => r.note, show: (r) => named("note", r.note) },
    ],
    rows: own,
    file: `target-gaps-${report.id}`,
  })];
}
