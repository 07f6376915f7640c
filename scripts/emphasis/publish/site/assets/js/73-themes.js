// Attention to themes: in a report and its parts, in its sections, over the reports.

async function themes(id, query) {
  const definition = INDEX.definitions.includes(query.definition) ? query.definition : INDEX.default;
  const report = await openReport(id || INDEX.shown[0]);
  const all = await together(report);
  const values = rows(all.themes).filter((row) => row.definition === definition);
  return [
    el("h1", {}, t("themes")),
    el("p", { class: "lead" }, t("themes.lead")),
    !report && el("p", { class: "note" }, absent(id)),
    report && [
      el("div", { class: "choices" },
        reportChoice(report.id, (value) => { location.hash = address("themes", value, query); }),
        select(t("definition"), INDEX.definitions.map((d) => [d, named("definition", d)]), definition, (value) => change({ definition: value }))),
      el("p", { class: "note" }, t(`definition.${definition}.means`)),
      el("h2", { lang: "zh-CN" }, reportName(report.about)),
      themeParts(report, values, definition, themeHits(all, report)),
      el("h2", {}, t("themes.sections")),
      themeGrid(report),
    ],
    REPORTS.length > 1 ? themeReports(values, query, definition) : null,
    el("h2", {}, t("themes.dictionaries")),
    el("p", { class: "note" }, t("themes.dictionaries.note")),
    INDEX.themes.map((theme) => el("details", {}, el("summary", {}, theme[language], " ", el("span", { class: "note" }, `${named("status", theme.status)} · ${t("themes.words", { n: theme.words.length })}`)),
      el("p", {}, theme.source), el("p", {}, testedNote(theme)), el("p", { lang: "zh-CN" }, theme.words.join("、")))),
  ];
}

const shown = (value, definition) => {
  if (value === null || value === undefined) return "";
  return ["words", "characters", "sentences"].includes(definition) ? percent(value) : value.toFixed(2);
};

/** Hits of each theme in each part of a report, as themes.csv counts them. */
function themeHits(all, report) {
  const own = rows(all.themes).filter((row) => row.report_id === report.id && row.definition === "per_10k");
  return new Map(own.map(({ theme, part, numerator }) => [`${theme} ${part}`, numerator]));
}

function themeParts(report, values, definition, hits) {
  const own = values.filter(({ report_id }) => report_id === report.id);
  const list = INDEX.themes.map((theme) => ({
    theme: theme.name,
    ...Object.fromEntries(["whole", "review", "plan"].map((part) => [part, own.find((row) => row.theme === theme.name && row.part === part)?.value ?? null])),
  }));
  const most = Math.max(...list.flatMap(({ review, plan }) => [review ?? 0, plan ?? 0]), 1e-9);
  const part = (name) => ({
    name, label: named("part", name), unit: named("unit.of", definition), number: 6,
    show: (row) => [shown(row[name], definition), " ", link(toTheme(row.theme, report.id, { part: name }), t("hits.n", { n: number(hits.get(`${row.theme} ${name}`) ?? 0) }))],
  });
  return [
    table({
      caption: t("themes.parts", { definition: named("definition", definition) }),
      columns: [
        { name: "theme", label: t("theme"), show: (row) => themeName(row.theme) },
        part("whole"), part("review"), part("plan"),
        { name: "change", label: t("themes.dumbbell"), value: (row) => (row.plan ?? 0) - (row.review ?? 0), show: (row) => dumbbell(row, most, definition) },
      ],
      rows: list.sort((a, b) => (b.whole ?? 0) - (a.whole ?? 0)),
      file: `themes-${report.id}-${definition}`,
    }),
    el("p", { class: "legend" }, el("span", { class: "dot review" }), " ", named("part", "review"), " ", el("span", { class: "dot plan" }), " ", named("part", "plan")),
  ];
}

function dumbbell({ review, plan }, most, definition) {
  if (review === null || plan === null) return "";
  const x = (value) => 8 + (144 * value) / most;
  const label = t("themes.dumbbell.label", { review: shown(review, definition), plan: shown(plan, definition) });
  return el("svg", { viewBox: "0 0 160 16", class: "dumbbell", role: "img", "aria-label": label },
    el("line", { x1: 8, x2: 152, y1: 8, y2: 8, class: "axis" }),
    el("line", { x1: x(review), x2: x(plan), y1: 8, y2: 8, class: "change" }),
    el("circle", { cx: x(review), cy: 8, r: 4.5, class: "review" }),
    el("circle", { cx: x(plan), cy: 8, r: 4.5, class: "plan" }));
}

function themeGrid(report) {
  const sections = report.sections.filter(({ level, counted }) => level > 0 && level < 3 && counted);
  const cells = new Map(rows(report.block.theme_sections).map((row) => [`${row.section_id} ${row.theme}`, row]));
  const most = Math.max(...sections.flatMap((s) => INDEX.themes.map(({ name }) => cells.get(`${s.section_id} ${name}`)?.share ?? 0)), 1e-9);
  const data = sections.flatMap((s) => INDEX.themes.map((theme) => {
    const row = cells.get(`${s.section_id} ${theme.name}`);
    return { section: `${s.section_id} ${s.heading}`, theme: theme[language], share: row?.share ?? 0, hits: row?.hits ?? 0, href: toTheme(theme.name, report.id, { section: s.section_id }) };
  }));
  return [chart("themes", data, t("chart.themes.caption")), table({
    caption: t("themes.grid"),
    columns: [
      { name: "section", label: t("section"), class: "wide", value: (s) => sectionName(s), show: (s) => link(toSection(report.id, s.section_id), chinese(`${s.section_id} ${sectionName(s)}`)) },
      ...INDEX.themes.map((theme) => ({
        name: theme.name, label: theme[language], unit: t("unit.hits"), number: 0,
        value: (s) => cells.get(`${s.section_id} ${theme.name}`)?.hits ?? 0,
        show: (s) => gridCell(report, s, theme, cells.get(`${s.section_id} ${theme.name}`), most),
      })),
    ],
    rows: sections,
    file: `theme-sections-${report.id}`,
  })];
}

function gridCell(report, section, theme, row, most) {
  if (!row?.hits) return el("span", { class: "zero" }, "0");
  return [link(toTheme(theme.name, report.id, { section: section.section_id }), number(row.hits)), bar((row.share ?? 0) / most)];
}

function themeReports(values, query, definition) {
  const theme = THEME.has(query.theme) ? query.theme : INDEX.themes[0].name;
  const own = values.filter((row) => row.theme === theme);
  const list = REPORTS.map((about) => ({
    about,
    ...Object.fromEntries(["whole", "review", "plan"].map((part) => [part, own.find((row) => row.report_id === about.report_id && row.part === part)?.value ?? null])),
  }));
  const most = Math.max(...list.map(({ whole }) => whole ?? 0), 1e-9);
  const cell = (part) => ({
    name: part, label: named("part", part), unit: named("unit.of", definition), number: 6,
    show: (row) => canOpen(row.about.report_id) ? link(toTheme(theme, row.about.report_id, { part }), shown(row[part], definition)) : shown(row[part], definition),
  });
  return [
    el("h2", {}, t("themes.reports")),
    select(t("theme"), INDEX.themes.map(({ name, ...labels }) => [name, labels[language]]), theme, (value) => change({ theme: value })),
    trend(list, theme, definition, values),
    table({
      caption: t("themes.reports.caption", { theme: themeName(theme), definition: named("definition", definition) }),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.about.report_id, show: (r) => chinese(reportName(r.about)) },
        { name: "region", label: t("region"), value: (r) => r.about.region, show: (r) => chinese(r.about.region) },
        { name: "year", label: t("year"), value: (r) => r.about.year, show: (r) => String(r.about.year ?? "") },
        cell("whole"), { name: "bar", label: t("share.bar"), value: (r) => r.whole, show: (r) => bar((r.whole ?? 0) / most) }, cell("review"), cell("plan"),
      ],
      rows: list,
      file: `theme-${theme}-${definition}`,
    }),
  ];
}

/** Attention by year, a panel for each region with reports of several years. */
function trend(list, theme, definition, values) {
  const whole = new Map(values.filter((row) => row.theme === theme && row.part === "whole").map((row) => [row.report_id, row]));
  const data = list.filter(({ whole: value }) => value !== null).map(({ about, whole: value }) => {
    const { low, high } = whole.get(about.report_id);
    const interval_ = low === null ? t("several.nointerval") : t("several.interval", { low: shown(low, definition), high: shown(high, definition) });
    const href = canOpen(about.report_id) ? toTheme(theme, about.report_id, { part: "whole" }) : address("themes", "", { theme });
    return { about, value, low, high, href, label: t("several.point", { report: shortName(about), value: shown(value, definition), interval: interval_ }) };
  });
  return el("div", { class: "block bare" }, panels(data, { show: (value) => shown(value, definition).replace(" ", ""), name: themeName(theme) }));
}

function testedNote({ tested }) {
  if (!tested) return t("themes.untested");
  const bounds = ([value, low, high]) => `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return t("themes.tested", { precision: bounds(tested.precision), recall: bounds(tested.recall), n: tested.n, by: tested.by });
}

function themeNote(name) {
  const theme = THEME.get(name);
  return theme ? el("details", {}, el("summary", {}, t("themes.dictionary", { theme: theme[language] })), el("p", {}, `${named("status", theme.status)}。${theme.source}`), el("p", {}, testedNote(theme)), el("p", { lang: "zh-CN" }, theme.words.join("、"))) : null;
}
