// Two reports, parts or sections beside each other, word by word.

async function comparison(id, query) {
  const a = { report: REPORT.has(query.a) ? query.a : INDEX.shown[0], scope: query.as || "review" };
  const b = { report: REPORT.has(query.b) ? query.b : INDEX.shown[0], scope: query.bs || "plan" };
  const [one, other] = [await openReport(a.report), await openReport(b.report)];
  if (!one || !other) return [el("h1", {}, t("compare")), el("p", { class: "note" }, absent(one ? b.report : a.report))];
  const chosen = (report, own, side) => el("fieldset", {}, el("legend", {}, t(`compare.${side}`)),
    reportChoice(report.id, (value) => change({ [side]: value, [`${side}s`]: "whole" })),
    select(t("part"), scopes(report), own.scope, (value) => change({ [`${side}s`]: value })));
  const sides = [{ report: one, ...scoped(one, a.scope) }, { report: other, ...scoped(other, b.scope) }];
  return [
    el("h1", {}, t("compare")),
    el("p", { class: "lead" }, t("compare.lead")),
    el("div", { class: "sides" }, chosen(one, a, "a"), chosen(other, b, "b")),
    comparedWords(sides, tested(one, a, b)),
    el("h2", {}, t("themes")),
    await comparedThemes(sides),
  ];
}

/** Parts and sections of a report to choose from. */
function scopes(report) {
  const parts = ["whole", "review", "plan"].filter((part) => sentencesOf(report, { part }).length);
  const sections = report.sections.filter(({ level, counted }) => level > 0 && level < 3 && counted);
  return [...parts.map((part) => [part, named("part", part)]), ...sections.map((s) => [s.section_id, `${s.section_id} ${sectionName(s)}`, "zh-CN"])];
}

function scoped(report, scope) {
  const section = report.sections[report.place.get(scope)];
  return section ? { scope: { section: scope }, name: `${shortName(report.about)} ${scope} ${sectionName(section)}` } : { scope: { part: scope }, name: `${shortName(report.about)} ${named("part", scope)}` };
}

/** The test of plan against review of one report, when that is what is compared. */
function tested(report, a, b) {
  if (a.report !== b.report || ![a.scope, b.scope].every((s) => ["review", "plan"].includes(s)) || a.scope === b.scope) return null;
  const about = rows(report.block.keyness_comparisons).find(({ comparison: c }) => c === "part");
  const words = rows(report.block.keyness);
  return about ? { about, name: testName(words), q: new Map(words.map((row) => [row.term, row.q_bh])) } : null;
}

/** What the test behind some rows of a keyness table is called. */
function testName(words) {
  return named("test", words.find(({ test: name }) => name)?.test ?? "");
}

/** What a test of a comparison found, in a sentence. */
function verdictOf(about) {
  return t(`compare.test.${about.verdict}`, { n: about.n_found, all: about.n_tested, q: INDEX.max_q, unit: named("unit", about.unit ?? "paragraph") });
}

function comparedWords([a, b], test) {
  const [left, right] = [count(a.report, a.scope), count(b.report, b.scope)];
  const terms = new Set([...left.of.keys(), ...right.of.keys()]);
  const list = [...terms].map((term) => {
    const [m, n] = [left.of.get(term)?.n ?? 0, right.of.get(term)?.n ?? 0];
    const ratio = Math.log2((n + 0.5) / (right.size + 1)) - Math.log2((m + 0.5) / (left.size + 1));
    return { term, m, n, rateA: (10_000 * m) / left.size, rateB: (10_000 * n) / right.size, ratio, q: test?.q.get(term) ?? null };
  }).filter(({ m, n }) => m + n > 2).sort((x, y) => Math.abs(y.rateB - y.rateA) - Math.abs(x.rateB - x.rateA));
  const most = Math.max(...list.map(({ rateA, rateB }) => Math.max(rateA, rateB)), 1e-9);
  const per = (side) => `${t("unit.per_10k")}, ${side.name}`;
  const columns = [
    { name: "term", label: t("word"), chinese: true },
    { name: "n_a", label: t("compare.n.a"), unit: a.name, number: 0, value: (w) => w.m, show: (w) => link(toWord(w.term, a.report.id, a.scope), number(w.m)) },
    { name: "per_10k_a", label: t("compare.rate.a"), unit: per(a), number: 1, value: (w) => Number(w.rateA.toFixed(4)), show: (w) => w.rateA.toFixed(1) },
    { name: "n_b", label: t("compare.n.b"), unit: b.name, number: 0, value: (w) => w.n, show: (w) => link(toWord(w.term, b.report.id, b.scope), number(w.n)) },
    { name: "per_10k_b", label: t("compare.rate.b"), unit: per(b), number: 1, value: (w) => Number(w.rateB.toFixed(4)), show: (w) => w.rateB.toFixed(1) },
    { name: "bars", label: t("share.bar"), value: (w) => Number((w.rateB - w.rateA).toFixed(4)), show: (w) => [bar(w.rateA / most, "review"), bar(w.rateB / most, "plan")] },
    { name: "log_ratio", label: t("log_ratio"), unit: t("unit.log2"), title: t("log_ratio.title"), number: 2, value: (w) => Number(w.ratio.toFixed(4)), show: (w) => number(w.ratio, 2, { fixed: true }) },
  ];
  if (test) columns.push({ name: "q_bh", label: "q", title: t("q.title", { test: test.name }), number: 3, value: (w) => w.q, show: (w) => (w.q === null ? el("span", { class: "zero", title: t("q.untested") }, "–") : number(w.q, 3, { fixed: true })) });
  return [
    el("h2", {}, t("words")),
    el("p", { class: "legend" }, el("span", { class: "dot review" }), ` ${t("compare.a")}: ${a.name} (${number(left.size)} ${t("tokens")})`, el("br"), el("span", { class: "dot plan" }), ` ${t("compare.b")}: ${b.name} (${number(right.size)} ${t("tokens")})`),
    el("p", { class: test && test.about.verdict === "found" ? "good" : "warn" }, test ? verdictOf(test.about) : t("compare.untested")),
    table({ caption: t("compare.words"), columns, rows: list, file: "comparison" }),
  ];
}

async function comparedThemes([a, b]) {
  const all = await together(a.report, b.report);
  const words_ = rows(all.themes).filter(({ definition }) => definition === "words");
  /** Hits and share of words: those of theme_sections.csv for a section, of themes.csv for a part. */
  const share = ({ report, scope }, theme) => {
    if (scope.section) {
      const row = rows(report.block.theme_sections).find((r) => r.section_id === scope.section && r.theme === theme);
      return { hits: row?.hits ?? 0, share: row?.share ?? 0 };
    }
    const row = words_.find((r) => r.report_id === report.id && r.part === scope.part && r.theme === theme);
    return { hits: themeHits(all, report).get(`${theme} ${scope.part}`) ?? 0, share: row?.value ?? 0 };
  };
  const list = INDEX.themes.map(({ name }) => ({ theme: name, a: share(a, name), b: share(b, name) }));
  const most = Math.max(...list.flatMap((row) => [row.a.share, row.b.share]), 1e-9);
  const side = (key, { report, scope, name: own }) => [
    { name: `hits_${key}`, label: t(`compare.hits.${key}`), unit: own, number: 0, value: (r) => r[key].hits, show: (r) => link(toTheme(r.theme, report.id, scope), number(r[key].hits)) },
    { name: `share_${key}`, label: t(`compare.share.${key}`), unit: `${t("unit.share.words")}, ${own}`, number: 6, value: (r) => Number(r[key].share.toFixed(6)), show: (r) => percent(r[key].share) },
  ];
  return table({
    caption: t("compare.themes"),
    columns: [
      { name: "theme", label: t("theme"), show: (r) => themeName(r.theme) }, ...side("a", a), ...side("b", b),
      { name: "bars", label: t("share.bar"), value: (r) => r.b.share - r.a.share, show: (r) => [bar(r.a.share / most, "review"), bar(r.b.share / most, "plan")] },
    ],
    rows: list,
    file: "comparison-themes",
  });
}
