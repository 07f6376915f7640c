// Topic models: first what can be believed of one, and only then what it found.

async function topics(id, query) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("topics")), el("p", { class: "note" }, t("report.absent"))];
  const place = new Map(rows(report.block.topic_diagnostics).filter((row) => row.measure === "place").map((row) => [row.model, row.value]));
  const models = [...new Set(report.block.topic_diagnostics.model ?? [])].sort((a, b) => (place.get(a) ?? 9) - (place.get(b) ?? 9));
  const model_ = models.includes(query.model) ? query.model : models[0];
  const of = (name) => rows(report.block[name]).filter((row) => row.model === model_);
  // What a model covers is given for every report; here for this one. How the number of topics was chosen comes last.
  const findings = of("topic_diagnostics").filter(({ measure }) => !measure.startsWith("coverage:") || measure === `coverage:${report.id}`)
    .sort((a, b) => (a.measure === "k_curve") - (b.measure === "k_curve"));
  const verdict = modelVerdict(INDEX.verdicts[model_]);
  return [
    el("h1", {}, t("topics")),
    el("p", { class: "lead" }, t("topics.lead")),
    el("div", { class: "choices" },
      reportChoice(report.id, (value) => { location.hash = address("topics", value); }),
      models.length > 1 ? select(t("topics.model"), models.map((m) => [m, modelName(m)]), model_, (value) => change({ model: value })) : null),
    el("h2", {}, el("span", { lang: "zh-CN" }, reportName(report.about)), models.length > 1 ? ` · ${modelName(model_)}` : ""),
    el("p", { class: verdict === "believed" ? "good" : "warn", id: "verdict" }, t(`topics.verdict.${verdict}`)),
    diagnostics(report, findings),
    verdict === "noise" || verdict === "none" ? null : [topicWords(report, of), topicShares(report, of), topicPassages(report, of)],
  ];
}

function modelName(name) {
  return name.startsWith("self:") ? t("topics.self") : named("topics.of", name);
}

function diagnostics(report, findings) {
  return table({
    caption: t("topics.diagnostics"),
    columns: [
      { name: "measure", label: t("measure"), value: (r) => r.measure, show: (r) => named("measure", r.measure.split(":")[0]) },
      { name: "k", label: t("topics.k"), number: 0 },
      { name: "value", label: t("value"), number: 3 },
      { name: "null_low", label: t("null.low"), number: 3 },
      { name: "null_high", label: t("null.high"), number: 3 },
      { name: "verdict", label: t("verdict"), value: (r) => r.verdict, show: (r) => named("verdict", r.verdict) },
    ],
    rows: findings,
    file: `topic-diagnostics-${report.id}`,
    filter: false,
    empty: t("topics.verdict.none"),
  });
}

const topicLabel = (row) => `${row.topic}. ${row.label}`;

/** The words of each topic, the heaviest first; a word leads to its passages. */
function topicWords(report, of) {
  const words_ = new Map();
  for (const row of of("topics")) words_.set(row.topic, [...(words_.get(row.topic) ?? []), row]);
  const verdicts = new Map(of("topic_verdicts").map((row) => [row.topic, row.verdict]));
  return [el("h2", {}, t("topics.words")), el("p", { class: "note" }, t("topics.words.note")), table({
    caption: t("topics.words"),
    columns: [
      { name: "topic", label: t("topic"), value: (r) => r[0].topic, show: (r) => String(r[0].topic) },
      { name: "label", label: t("label"), value: (r) => r[0].label, show: (r) => chinese(r[0].label) },
      { name: "verdict", label: t("verdict"), value: (r) => verdicts.get(r[0].topic) ?? "", show: (r) => named("verdict", verdicts.get(r[0].topic) ?? "") },
      { name: "terms", label: t("words"), value: (r) => r.map(({ term }) => term).join(" "),
        show: (r) => r.map(({ term }) => [link(toWord(term, report.id, { part: "whole" }), chinese(term)), " "]) },
      { name: "exclusivity", label: t("exclusivity"), title: t("exclusivity.title"), number: 2, value: (r) => Number((r.reduce((sum, { exclusivity }) => sum + exclusivity, 0) / r.length).toFixed(4)) },
    ],
    rows: [...words_.values()],
    file: `topics-${report.id}`,
  })];
}

function topicShares(report, of) {
  const labels = new Map(of("topics").map((row) => [row.topic, topicLabel(row)]));
  const noise = new Set(of("topic_verdicts").filter((row) => row.verdict === NOISE).map((row) => row.topic));
  const data = of("topic_sections").filter(({ section_id, topic }) => report.place.has(section_id) && !noise.has(topic)).map((row) => ({
    section: sectionLabel(report, row.section_id), topic: labels.get(row.topic) ?? String(row.topic),
    share: row.prevalence, interval: interval(row), href: toSection(report.id, row.section_id),
  }));
  return [el("h2", {}, t("topics.shares")), chart("topics", data, t("chart.topics.caption")), table({
    caption: t("topics.shares"),
    columns: [
      { name: "section_id", label: t("section"), show: (r) => sectionLink(report, r.section_id) },
      { name: "topic", label: t("topic"), value: (r) => r.topic, show: (r) => chinese(labels.get(r.topic) ?? r.topic) },
      { name: "prevalence", label: t("share"), number: 4, show: (r) => percent(r.prevalence) },
      { name: "interval", label: t("interval"), title: t("interval.title"), value: (r) => r.low === null ? "" : `${r.low}–${r.high}`, show: interval },
      { name: "bar", label: t("share.bar"), value: (r) => r.prevalence, show: (r) => bar(r.prevalence) },
    ],
    rows: of("topic_sections"),
    file: `topic-sections-${report.id}`,
  })];
}

function topicPassages(report, of) {
  const labels = new Map(of("topics").map((row) => [row.topic, topicLabel(row)]));
  const passage = ({ sentence_id }) => report.byNumber.get(sentence_id).text;
  return [el("h2", {}, t("topics.passages")), table({
    caption: t("topics.passages"),
    columns: [
      { name: "topic", label: t("topic"), value: (r) => r.topic, show: (r) => chinese(labels.get(r.topic) ?? r.topic) },
      { name: "rank", label: t("rank"), number: 0 },
      { name: "text", label: t("sentence"), class: "long", value: passage, show: (r) => link(toSentence(report.id, r.sentence_id), chinese(passage(r))) },
    ],
    rows: of("topic_passages"),
    file: `topic-passages-${report.id}`,
  })];
}

function sectionLink(report, id) {
  const section = report.sections[report.place.get(id)];
  return section ? link(toSection(report.id, id), chinese(`${id} ${sectionName(section)}`)) : id;
}

/** A section's place and heading, for a chart. */
function sectionLabel(report, id) {
  const section = report.sections[report.place.get(id)];
  return `${id} ${section.heading || named("role", section.role)}`;
}
