// One report by its sections: text, words, themes.

async function reports(id, query) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("reports")), el("p", { class: "note" }, absent(id))];
  const chosen = Number(query.n) || 0;
  const sentence = report.byNumber.get(chosen);
  const sectionId = query.s ?? (sentence ? leading(report, sentence.section).section_id : "");
  const section = report.sections[report.place.get(sectionId)];
  if (!section) return [answer(report, query), await among(report), wholeView(report, query)];
  return [
    el("h1", { lang: "zh-CN" }, reportName(report.about)),
    reportChoice(report.id, (value) => { location.hash = toReport(value); }),
    el("div", { class: "columns" }, outline(report, sectionId), el("div", { class: "content" }, sectionView(report, section, query, chosen))),
  ];
}

function reportChoice(id, choose, label = t("report")) {
  if (CAN_OPEN.length < 2) return null;
  return el("div", { class: "choices" }, select(label, CAN_OPEN.map((name) => [name, reportName(REPORT.get(name)), "zh-CN"]), id, choose));
}

/** The section whose page shows a sentence: its own, or that of level 2 that holds it. */
function leading(report, section) {
  let own = section;
  while (own.parent_id && (own.level === 0 || own.level > 2)) own = report.sections[report.place.get(own.parent_id)];
  return own;
}

function outline(report, sectionId) {
  const here = (id) => (id === sectionId ? "page" : null);
  const items = report.sections.filter((section) => section.level > 0 || !section.parent_id);
  return el("nav", { class: "outline", "aria-label": t("outline") },
    el("details", { open: matchMedia("(min-width: 60rem)").matches },
      el("summary", {}, t("outline")),
      el("ul", {},
        el("li", {}, el("a", { href: toReport(report.id), "aria-current": here("") }, t("report.whole"))),
        items.map((section) =>
          el("li", { class: `level${section.level}` },
            el("a", { href: toSection(report.id, section.section_id), "aria-current": here(section.section_id) },
              section.level ? chinese(sectionName(section)) : named("role", section.role)))))));
}

function wholeView(report, query) {
  const { about } = report;
  const part = ["whole", "review", "plan"].includes(query.part) ? query.part : "whole";
  const own = rows(INDEX.warnings).filter(({ report_id }) => report_id === report.id);
  return [
    el("h2", {}, t("sections")),
    sectionTable(report),
    el("h2", {}, t("words")),
    select(t("part"), PARTS.map((p) => [p, named("part", p)]), part, (value) => change({ part: value })),
    words(report, { part }, named("part", part), part),
    Object.keys(INDEX.measures).length > 0 && [el("h2", {}, t("measures")), folded(t("measures.show"), () => measureTables(report))],
    el("h2", {}, t("caveats")),
    el("ul", { class: "trust" },
      el("li", {}, t("trust.rates")), el("li", {}, coderNote()),
      report.block.findings.peers.state === "compared" && el("li", {}, report.block.findings.peers.rules.map((rule) => named("peers.rule", rule)).join(" ")),
      el("li", {}, t("trust.themes", { n: INDEX.themes.filter(({ status }) => status === "compiled").length, all: INDEX.themes.length }))),
    own.length ? warnings(own) : null,
    el("h2", {}, t("report.about")),
    definitions([
      [t("region"), about.region && chinese(about.region)],
      [t("year"), String(about.year ?? "")],
      [t("meeting"), about.meeting && chinese(about.meeting)],
      [t("date"), about.date],
      [t("speaker"), about.speaker && chinese([about.speaker, about.speaker_title].filter(Boolean).join("，"))],
      [t("source"), about.source && chinese(about.source)],
      [t("file"), about.file],
      ["SHA-256", el("code", {}, about.sha256)],
      [t("confidence"), [confidence(about.confidence), " ", t(`confidence.${about.confidence}.means`)]],
    ]),
    chartLinks(report),
  ];
}

function words(report, scope, name, picture) {
  if (!count(report, scope).size) return el("p", { class: "note" }, t("words.not.counted"));
  return [
    el("figure", { class: "words" }, cloud(report, scope), el("figcaption", {}, t("cloud.caption"), " ", figureLinks(report, picture))),
    bars(report, scope, { caption: t("bars.caption", { name }), file: `words-${report.id}-${scope.section || scope.part}` }),
  ];
}

/** Where the pictures of the same words lie, beside the page. */
function figureLinks(report, name) {
  if (!(INDEX.figures[report.id] ?? []).includes(`clouds/${name}`)) return null;
  const path = `../figures/${encodeURIComponent(report.id)}/clouds/${encodeURIComponent(name)}`;
  return [t("figure.files"), " ", link(`${path}.svg`, "SVG"), " · ", link(`${path}.png`, "PNG")];
}

/** Links to the charts of a report, beside the page. */
function chartLinks(report) {
  const names = (INDEX.figures[report.id] ?? []).filter((name) => !name.includes("/"));
  if (!names.length) return null;
  const path = (name, ending) => `../figures/${encodeURIComponent(report.id)}/${name}.${ending}`;
  const links = names.map((name) => [t(`picture.${name}`), " (", link(path(name, "svg"), "SVG"), " · ", link(path(name, "pdf"), "PDF"), ") "]);
  return el("p", { class: "note" }, t("figure.files"), " ", links);
}

function sectionTable(report) {
  const first = (section) => count(report, { section: section.section_id }).words.filter((w) => !w.within).slice(0, 3);
  return table({
    caption: t("sections"),
    columns: [
      { name: "section_id", label: t("section"), value: (s) => s.section_id },
      { name: "heading", label: t("heading"), class: "wide", value: (s) => sectionName(s), show: (s) => link(toSection(report.id, s.section_id), chinese(sectionName(s))) },
      { name: "role", label: t("role"), show: (s) => named("role", s.role) },
      { name: "n_chars", label: t("characters"), number: 0 },
      { name: "n_sentences", label: t("sentences"), number: 0 },
      { name: "n_words", label: t("tokens"), number: 0 },
      { name: "words", label: t("words.first"), value: (s) => first(s).map(({ term, n }) => `${term} ${n}`).join(" "),
        show: (s) => first(s).map(({ term, n }) => [chinese(term), " ", link(toWord(term, report.id, { section: s.section_id }), number(n)), " "]) },
    ],
    rows: report.sections.filter(({ level, parent_id }) => level > 0 || !parent_id),
    file: `sections-${report.id}`,
  });
}

function sectionView(report, section, query, chosen) {
  const marks = query.marks ?? "terms";
  const scope = { section: section.section_id };
  const inside = report.sections.filter(({ section_id }) => within(section_id, section.section_id));
  const options = [["terms", t("marks.terms")], ["none", t("marks.none")], ...INDEX.themes.map((theme) => [theme.name, t("marks.theme", { theme: theme[language] })])];
  return [
    el("h2", { lang: section.level ? "zh-CN" : null }, sectionName(section)),
    el("p", { class: "note" }, t("section.note", { id: section.section_id, role: named("role", section.role), chars: number(section.n_chars), sentences: number(section.n_sentences), words: number(section.n_words) })),
    el("h3", {}, t("text")),
    select(t("marks"), options, marks, (value) => change({ marks: value })),
    el("div", { class: "text", lang: "zh-CN" }, inside.map((part, i) => [
      i && part.level > 0 ? el("h4", {}, sectionName(part)) : null,
      paragraphs(report, report.sentences.filter((s) => s.section === part), { marks, chosen }),
    ])),
    sectionAreas(report, section),
    el("h3", {}, t("words")),
    rows(report.block.distinctive).some(({ section_id: id }) => id === section.section_id) ? distinctiveTable(report, "section", section.section_id) : null,
    words(report, scope, sectionName(section), `section-${section.section_id.replace(/^s/, "")}`),
    section.counted ? [el("h3", {}, t("themes")), sectionThemes(report, section)] : null,
  ];
}

/** The areas of a section's sentences, in a line. */
function sectionAreas(report, { section_id: section }) {
  const list = sharesOf(report, section).filter(({ sum, n }) => !sum && n > 0);
  if (!list.length) return null;
  return [el("h3", {}, t("areas")), el("p", { class: "arealine" }, list.map((row) => [areaLabel(row.code), " ", link(toArea(row.code, report.id, { section }), t("areas.n", { n: number(row.n), share: percent1(row.share) })), " "]))];
}

function sectionThemes(report, section) {
  const own = rows(report.block.theme_sections).filter(({ section_id }) => section_id === section.section_id);
  const most = Math.max(...own.map(({ share }) => share ?? 0), 1e-9);
  return table({
    caption: t("themes.caption", { name: sectionName(section) }),
    columns: [
      { name: "theme", label: t("theme"), value: (r) => r.theme, show: (r) => themeName(r.theme) },
      { name: "hits", label: t("hits"), number: 0, show: (r) => link(toTheme(r.theme, report.id, { section: section.section_id }), number(r.hits)) },
      { name: "share", label: t("share"), title: t("share.title"), unit: t("unit.share.words"), number: 6, show: (r) => percent(r.share) },
      { name: "interval", label: t("interval"), title: t("interval.title"), value: (r) => r.low === null ? "" : `${r.low}–${r.high}`, show: interval },
      { name: "bar", label: t("share.bar"), value: (r) => r.share, show: (r) => bar((r.share ?? 0) / most) },
    ],
    rows: own.sort((a, b) => b.hits - a.hits),
    file: `themes-${report.id}-${section.section_id}`,
  });
}

const THEME = new Map(INDEX.themes.map((theme) => [theme.name, theme]));

function themeName(name) {
  return THEME.get(name)?.[language] ?? name;
}
