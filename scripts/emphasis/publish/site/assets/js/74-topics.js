// Topic models: first what can be believed of one, and only then what it found.

async function topics(id, query) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("topics")), el("p", { class: "note" }, absent(id))];
  const place = new Map(rows(report.block.topic_diagnostics).filter((row) => row.measure === "place").map((row) => [row.model, row.value]));
  const models = [...new Set(report.block.topic_diagnostics.model ?? [])].sort((a, b) => (place.get(a) ?? 9) - (place.get(b) ?? 9));
  const model_ = models.includes(query.model) ? query.model : models[0];
  const of = (name) => rows(report.block[name]).filter((row) => row.model === model_);
  // What a model covers is given for every report; here for this one. How the number of topics was chosen comes last.
  const findings = of("topic_diagnostics").filter(({ measure }) => !measure.startsWith("coverage:") || measure === `coverage:${report.id}`)
    .sort((a, b) => (a.measure === "k_curve") - (b.measure === "k_curve"));
  const verdict = modelVerdict(INDEX.verdicts[model_]);
  const good = verdict !== "noise" && verdict !== "none";
  return [
    el("h1", {}, t("topics")),
    el("div", { class: "choices" },
      reportChoice(report.id, (value) => { location.hash = address("topics", value); }),
      models.length > 1 ? select(t("topics.model"), models.map((m) => [m, modelName(m)]), model_, (value) => { location.hash = address("topics", report.id, { model: value }); }) : null,
      el("p", { class: verdict === "believed" ? "good" : "warn", id: "verdict" }, t(`topics.verdict.${verdict}`))),
    good ? topicList(report, of, model_, Number(query.topic) || 0) : null,
    good && query.topic ? topicPassages(report, of, Number(query.topic)) : null,
    good ? [folded(t("topics.shares"), () => topicShares(report, of)), folded(t("topics.words"), () => topicWords(report, of)), query.topic ? null : folded(t("topics.passages"), () => topicPassages(report, of))] : null,
    folded(t("topics.diagnostics"), () => [el("p", { class: "note" }, t("topics.lead")), diagnostics(report, findings)]),
  ];
}

/** The topics that are more than noise, the largest first, those of set phrases last: label, words, shares in review and plan. */
function topicList(report, of, model_, chosen) {
  const verdicts = new Map(of("topic_verdicts").map((row) => [row.topic, row]));
  const shares = new Map(of("topic_parts").map((row) => [`${row.topic} ${row.part}`, row]));
  const words_ = new Map();
  for (const row of of("topics")) words_.set(row.topic, [...(words_.get(row.topic) ?? []), row]);
  const share = (topic, part) => shares.get(`${topic} ${part}`)?.share ?? null;
  const every = [...words_.keys()];
  const list = every.filter((topic) => verdicts.get(topic)?.verdict !== NOISE);
  const formula = (topic) => verdicts.get(topic)?.kind === "formula";
  list.sort((a, b) => formula(a) - formula(b) || (share(b, "whole") ?? 0) - (share(a, "whole") ?? 0) || a - b);
  const most = Math.max(...list.flatMap((topic) => PARTS.map((part) => share(topic, part) ?? 0)), 0.01) * 1.05;
  const line = (topic) => {
    const [first] = words_.get(topic);
    const [whole, review, plan] = PARTS.map((part) => share(topic, part));
    const said = t("topics.strip", { whole: percent1(whole), review: percent1(review), plan: percent1(plan) });
    const weak = verdicts.get(topic)?.verdict === "weak";
    return el("li", { class: `${formula(topic) ? "formula" : ""}${topic === chosen ? " chosen" : ""}` },
      el("span", { class: "what" }, link(address("topics", report.id, { model: model_, topic }), chinese(first.label)), weak ? el("small", {}, ` ${named("verdict", "weak")}`) : "", formula(topic) ? el("small", {}, ` ${t("topics.formula")}`) : ""),
      el("span", { class: "value" }, percent1(whole)),
      el("span", { class: "strip", role: "img", "aria-label": said, title: said },
        review !== null && plan !== null && span_("moved", Math.min(review, plan), Math.max(review, plan), most),
        review !== null && el("span", { class: "point review", style: { left: place(review, most) } }),
        plan !== null && el("span", { class: "point plan", style: { left: place(plan, most) } })),
      el("span", { class: "terms" }, words_.get(topic).slice(0, 5).map(({ term }) => [link(toWord(term, report.id, { part: "whole" }), chinese(term)), " "])));
  };
  return [
    el("p", { class: "legend" }, t("topics.list"), " ", el("span", { class: "dot review" }), ` ${t("part.review")} `, el("span", { class: "dot plan" }), ` ${t("part.plan")}`),
    el("ul", { class: "topiclist" }, list.map(line)),
    every.length > list.length ? el("p", { class: "note" }, t("topics.hidden", { n: every.length - list.length })) : null,
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

/** Topics of a model that are no better than those of shuffled words. */
const noisy = (of) => new Set(of("topic_verdicts").filter((row) => row.verdict === NOISE).map((row) => row.topic));

const topicLabel = (row) => `${row.topic}. ${row.label}`;

/** The words of each topic, the heaviest first; a word leads to its passages. */
function topicWords(report, of) {
  const words_ = new Map();
  for (const row of of("topics")) words_.set(row.topic, [...(words_.get(row.topic) ?? []), row]);
  const verdicts = new Map(of("topic_verdicts").map((row) => [row.topic, row.verdict]));
  return [el("p", { class: "note" }, t("topics.words.note")), table({
    caption: t("topics.words"),
    columns: [
      { name: "topic", label: t("topic"), value: (r) => r[0].topic, show: (r) => String(r[0].topic) },
      { name: "label", label: t("label"), value: (r) => r[0].label, show: (r) => chinese(r[0].label) },
      { name: "verdict", label: t("verdict"), value: (r) => verdicts.get(r[0].topic) ?? "", show: (r) => named("verdict", verdicts.get(r[0].topic) ?? "") },
      { name: "terms", label: t("words"), value: (r) => r.map(({ term }) => term).join(" "),
        show: (r) => r.map(({ term }) => [link(toWord(term, report.id, { part: "whole" }), chinese(term)), " "]) },
      { name: "exclusivity", label: t("exclusivity"), title: t("exclusivity.title"), number: 2, value: (r) => Number((r.reduce((sum, { exclusivity }) => sum + exclusivity, 0) / r.length).toFixed(4)) },
    ],
    rows: [...words_.values()].filter(([{ topic }]) => verdicts.get(topic) !== NOISE),
    file: `topics-${report.id}`,
  })];
}

function topicShares(report, of) {
  const labels = new Map(of("topics").map((row) => [row.topic, topicLabel(row)]));
  const noise = noisy(of);
  const data = of("topic_sections").filter(({ section_id, topic }) => report.place.has(section_id) && !noise.has(topic)).map((row) => ({
    section: sectionLabel(report, row.section_id), topic: labels.get(row.topic) ?? String(row.topic),
    share: row.prevalence, interval: interval(row), href: toSection(report.id, row.section_id),
  }));
  return [chart("topics", data, t("chart.topics.caption")), table({
    caption: t("topics.shares"),
    columns: [
      { name: "section_id", label: t("section"), show: (r) => sectionLink(report, r.section_id) },
      { name: "topic", label: t("topic"), value: (r) => r.topic, show: (r) => chinese(labels.get(r.topic) ?? r.topic) },
      { name: "prevalence", label: t("share"), number: 4, show: (r) => percent(r.prevalence) },
      { name: "interval", label: t("interval"), title: t("interval.title"), value: (r) => r.low === null ? "" : `${r.low}–${r.high}`, show: interval },
      { name: "bar", label: t("share.bar"), value: (r) => r.prevalence, show: (r) => bar(r.prevalence) },
    ],
    rows: of("topic_sections").filter(({ topic }) => !noise.has(topic)),
    file: `topic-sections-${report.id}`,
  })];
}

function topicPassages(report, of, chosen = 0) {
  const labels = new Map(of("topics").map((row) => [row.topic, topicLabel(row)]));
  const noise = noisy(of);
  const sentence = ({ sentence_id }) => report.byNumber.get(sentence_id);
  const passage = (row) => sentence(row).text;
  const area = (row) => sentence(row).area;
  const list = of("topic_passages").filter(({ topic }) => !noise.has(topic) && (!chosen || topic === chosen));
  return [chosen ? el("h2", {}, t("topics.passages")) : null, table({
    caption: t("topics.passages"),
    columns: [
      { name: "topic", label: t("topic"), value: (r) => r.topic, show: (r) => chinese(labels.get(r.topic) ?? r.topic) },
      { name: "rank", label: t("rank"), number: 0 },
      areaColumn(area),
      { name: "text", label: t("sentence"), class: "long", value: passage, show: (r) => link(toSentence(report.id, r.sentence_id), chinese(passage(r))) },
    ],
    rows: list,
    file: `topic-passages-${report.id}`,
    pick: chosen ? null : areaPick(list, area),
    filter: !chosen,
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
