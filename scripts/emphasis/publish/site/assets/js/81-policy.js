// Policy areas: shares by part and section, the sentences of an area, how well they are coded, how to correct a code.

async function policyAreas(id, query) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("areas")), el("p", { class: "note" }, absent(id))];
  const section = report.place.has(query.s) ? query.s : "";
  const part = PARTS.includes(query.part) ? query.part : "";
  const area = AREA.has(query.area) ? query.area : "";
  const scope = section || part || "whole";
  const go = (values) => { location.hash = address("areas", report.id, { area, part, s: section, ...values }); };
  const places = [...PARTS.map((p) => [p, named("part", p)]),
    ...report.sections.filter(({ level }) => level > 0 && level < 3).map((s) => [s.section_id, `${s.section_id} ${sectionName(s)}`, "zh-CN"])];
  const drawn = report.sentences.some((sentence) => sentence.area) ? ribbon(report) : null;
  if (area) drawn?.show(new Set([area]));
  return [
    el("h1", {}, area ? t("areas.of", { area: areaName(area) }) : t("areas")),
    el("p", { class: "lead" }, t("areas.lead")),
    el("div", { class: "choices" },
      reportChoice(report.id, (value) => { location.hash = address("areas", value, { area, part }); }),
      select(t("area"), [["", t("area.all")], ...AREAS.filter((a) => !a.sum).map((a) => [a.code, a[language]])], area, (value) => go({ area: value })),
      select(t("part"), places, scope, (value) => go(PARTS.includes(value) ? { part: value, s: "" } : { s: value, part: "" }))),
    drawn?.node,
    area ? areaSentences(report, area, { section, part }) : [
      el("h2", {}, t("shares.title", { part: PARTS.includes(scope) ? named("part", scope) : sectionName(report.sections[report.place.get(scope)]) })),
      el("p", { class: "note" }, t("shares.how"), " ", t("shares.press")),
      shareList(report, scope, { choose: drawn?.show, part: section ? "" : scope, section }),
      areaSections(report),
    ],
    coderPart(),
    el("h2", {}, t("correct")),
    el("p", {}, t("correct.how")),
    el("pre", { tabindex: "0" }, el("code", {}, `report_id\tsentence_id\tstart\tarea\n${report.id}\t${report.id}:${report.sentences.find((s) => s.area)?.n ?? 1}\t\t20`)),
  ];
}

function areaSentences(report, area, { section, part }) {
  const found = sentencesOf(report, { section, part }).filter((sentence) => sentence.area === area);
  return [
    el("p", { class: "count", id: "count" }, el("strong", {}, t("areas.found", { n: number(found.length), part: section ? section : named("part", part || "whole") }))),
    table({
      caption: t("areas.sentences", { area: areaName(area) }),
      columns: [
        { name: "section_id", label: t("section"), value: (s) => s.section.section_id, show: (s) => link(toSentence(report.id, s.n), s.section.section_id) },
        { name: "sentence", label: t("sentence"), class: "long", chinese: true, value: (s) => s.text, show: (s) => link(toSentence(report.id, s.n), s.text) },
        { name: "second", label: t("area.second"), value: (s) => s.second, show: (s) => areaLabel(s.second) },
        { name: "p", label: t("area.probability"), title: t("area.probability.title"), unit: "%", number: 0, show: (s) => `${s.p}%` },
      ],
      rows: found,
      file: `area-${area}-${report.id}`,
    }),
  ];
}

/** What each section is about: its areas with a sixth of the sentences or more. */
function areaSections(report) {
  const sections = report.sections.filter(({ level }) => level > 0 && level < 3);
  const list = sections.map((section) => ({ section, areas: sharesOf(report, section.section_id).filter(({ sum, code }) => !sum && code !== "0").sort((a, b) => b.share - a.share) }));
  return [el("h2", {}, t("sections")), table({
    caption: t("areas.sections"),
    columns: [
      { name: "section_id", label: t("section"), value: ({ section }) => section.section_id, show: ({ section }) => link(toSection(report.id, section.section_id), section.section_id) },
      { name: "heading", label: t("heading"), class: "wide", value: ({ section }) => sectionName(section), show: ({ section }) => chinese(sectionName(section)) },
      { name: "areas", label: t("areas.first"), class: "long", value: ({ areas }) => areas.slice(0, 3).map((a) => `${a[language]} ${percent1(a.share)}`).join("; "),
        show: ({ section, areas }) => areas.slice(0, 3).map((a) => [areaLabel(a.code), " ", link(toArea(a.code, report.id, { section: section.section_id }), percent1(a.share)), " "]) },
    ],
    rows: list.filter(({ areas }) => areas.length),
    file: `area-sections-${report.id}`,
  })];
}

/** How well the coder codes reports that it has not seen. */
function coderPart() {
  const coder = INDEX.coder;
  if (!coder) return [el("h2", {}, t("coder")), el("p", { class: "note" }, t("coder.unknown"))];
  const rate = (name, label) => ({ name, label: t(label), title: t(`${label}.title`), unit: t("unit.share"), number: 4, show: (r) => [percent0(r[name]), " ", el("span", { class: "rate" }, bar(r[name] ?? 0))] });
  const matrix = coder.codes && el("details", {}, el("summary", {}, t("coder.confusion")), el("p", { class: "note" }, t("coder.confusion.note")), confusion(coder));
  return [
    el("h2", {}, t("coder.title", { accuracy: percent0(coder.accuracy) })),
    el("p", {}, t("coder.how", { n: number(coder.n), f1: percent0(coder.f1) })),
    table({
      caption: t("coder.table"),
      columns: [
        { name: "area", label: t("area"), value: (r) => r[language], show: (r) => areaLabel(r.code) },
        { name: "n", label: t("coder.n"), unit: t("unit.sentences"), number: 0 },
        rate("precision", "coder.precision"), rate("recall", "coder.recall"),
      ],
      rows: AREAS.filter(({ n }) => n !== undefined),
      file: "area-accuracy",
      filter: false,
    }),
    matrix,
  ];
}

function confusion({ codes, confusion: counts }) {
  const most = (row) => Math.max(1, row.reduce((a, b) => a + b, 0));
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("coder.confusion") }, el("table", { class: "confusion" },
    el("caption", {}, t("coder.confusion")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("coder.read")), codes.map((code) => el("th", { scope: "col", title: areaName(code) }, code)))),
    el("tbody", {}, counts.map((row, i) => el("tr", {}, el("th", { scope: "row" }, `${codes[i]} ${areaName(codes[i])}`),
      row.map((n, k) => el("td", { class: n ? `heat${Math.ceil((4 * n) / most(row))}${i === k ? " right" : ""}` : "zero" }, n ? number(n) : "·")))))));
}
