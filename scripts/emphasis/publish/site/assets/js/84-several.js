// What several reports say together: who stresses what, what moved, what is new, who shares text with whom, promises and outturns.

async function several(query) {
  const all = await together();
  const shares = rows(all.shares).map((row) => ({ ...row, ...AREAS[row.area], about: REPORT.get(INDEX.shown[row.report]) }));
  return [
    stressPart(all, shares, query),
    movedPart(all, shares, query),
    newPart(all),
    sharedPart(all),
    promisesPart(all),
  ];
}

/** A block of the first view: what it is about, its finding as the title, and the rest. */
function block(kind, title, ...rest) {
  return el("section", { class: "block", id: `block-${kind}` }, el("p", { class: "kicker" }, t(`several.${kind}`)), el("h2", {}, title), rest);
}

/** Sentences one after the other, as the language of the page joins them. */
const joined = (...parts) => parts.filter(Boolean).join(language === "zh" ? "" : " ");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const reportLink = (about) => link(toReport(about.report_id), chinese(shortName(about)));
const spread_ = ({ low, high }) => (low === null || low === undefined ? t("several.nointerval") : t("several.interval", { low: percent1(low), high: percent1(high) }));
const apart_ = (a, b) => a.low !== null && b.low !== null && (a.low > b.high || b.low > a.high);

/** Of each level the reports of one year: the latest that has at least two, else the latest. Ranks are never over several years. */
function cohorts(list, year) {
  return byLevel(soundOnes(list)).flatMap(([level, own]) => {
    const years = [...new Set(own.map(({ about }) => about.year))].sort((a, b) => b - a);
    const many = (y) => new Set(own.filter(({ about }) => about.year === y).map(({ about }) => about.report_id)).size > 1;
    const chosen = year ? years.find((y) => y === year) : years.find(many) ?? years[0];
    return chosen === undefined ? [] : [{ level, year: chosen, rows: own.filter(({ about }) => about.year === chosen) }];
  });
}

/** The area whose largest and smallest shares among reports of one level and year lie furthest apart, intervals considered. */
function widest(groups) {
  let best = null;
  for (const { rows: list } of groups) {
    for (const { code } of AREAS) {
      const own = list.filter((row) => row.code === code).sort((a, b) => b.share - a.share);
      if (code === "0" || own.length < 2) continue;
      const [high, low] = [own[0], own.at(-1)];
      const gap = (high.low ?? high.share) - (low.high ?? low.share);
      if (!best || gap > best.gap) best = { code, gap };
    }
  }
  return best?.code ?? AREAS.find(({ code }) => code !== "0").code;
}

const areaOptions = () => AREAS.filter(({ code }) => code !== "0").map((area) => [area.code, area[language]]);

function stressPart(all, shares, query) {
  if (!shares.length) return null;
  const years = [...new Set(shares.map(({ about }) => about.year).filter(Boolean))].sort((a, b) => b - a);
  const year = years.find((y) => String(y) === query.year);
  const groups = cohorts(shares, year);
  const code = AREA.has(query.area) && query.area !== "0" ? query.area : widest(groups);
  const ranked = groups.map((group) => ({ ...group, rows: group.rows.filter((row) => row.code === code).sort((a, b) => b.share - a.share) }));
  const [head] = [...ranked].sort((a, b) => b.rows.length - a.rows.length);
  const [first, last] = [head.rows[0], head.rows.at(-1)];
  const said = { area: capital(areaName(code)), n: head.rows.length, level: levelName(head.level), year: head.year ?? "", first: first.about.region || shortName(first.about), high: percent1(first.share), last: last.about.region || shortName(last.about), low: percent1(last.share) };
  const most = Math.max(...ranked.flatMap((group) => group.rows.map(({ share, high }) => Math.max(share, high ?? 0))), 0.02);
  const line = (row) => el("li", {}, el("span", { class: "areabutton" }, reportLink(row.about)),
    el("span", { class: "value" }, row.n && !row.sum ? link(toArea(code, row.about.report_id, { part: "whole" }), percent1(row.share)) : percent1(row.share)), shareStrip({ ...row, peers: null }, most));
  return block("stress", t(head.rows.length > 1 ? "several.stress.title" : "several.stress.one", said),
    el("p", { class: "note" }, head.rows.length > 1 ? joined(t("several.stress.note", { first: spread_(first), last: spread_(last) }), t(apart_(first, last) ? "several.apart" : "several.overlap"), unsoundNote(), query.area ? "" : t("several.chosen.area")) : t("several.stress.alone", { interval: spread_(first) })),
    REPORTS.length > INDEX.shown.length && el("p", { class: "note" }, t("several.stress.carried", { n: INDEX.shown.length, all: REPORTS.length })),
    el("div", { class: "choices" },
      select(t("area"), areaOptions(), code, (value) => change({ area: value })),
      select(t("year"), [["", t("several.latest")], ...years.map((y) => [String(y), String(y)])], year ? String(year) : "", (value) => change({ year: value }))),
    el("div", { class: "levels" }, inRows(ranked, ({ rows: own }) => own.length).map((group) => el("div", { class: "shares ranked" },
      el("h3", {}, t("several.group", { level: levelName(group.level), year: group.year ?? "" })),
      el("ul", {}, el("li", { class: "axisline", "aria-hidden": "true" }, el("span"), el("span"), shareAxis(most)), group.rows.slice(0, 12).map(line)),
      group.rows.length > 12 && el("details", {}, el("summary", {}, t("several.more", { n: group.rows.length - 12 })), el("ul", {}, group.rows.slice(12).map(line)))))),
    firstTerms(all, shares, new Set(groups.flatMap((group) => group.rows.map(({ about }) => about.report_id)))));
}

/** A line for each report, those of the ranking first: the areas it gives most and the terms that set it apart from its peers. */
function firstTerms(all, shares, ranked) {
  const terms = new Map();
  for (const row of rows(all.first)) terms.set(row.report, [...(terms.get(row.report) ?? []), row]);
  const list = INDEX.shown.map((id, i) => ({ about: REPORT.get(id), terms: terms.get(i) ?? [], areas: shares.filter((row) => row.report === i && row.code !== "0" && !row.sum).sort((a, b) => b.share - a.share).slice(0, 2) }));
  list.sort((a, b) => (b.about.year ?? 0) - (a.about.year ?? 0) || (a.about.region < b.about.region ? -1 : 1));
  const names = ({ terms: own }) => own.map(({ term }) => term).join("、");
  const [top] = list.flatMap((row) => row.terms.map((term) => ({ ...row, ...term }))).sort((a, b) => (b.n + 2) / (b.expected + 2) - (a.n + 2) / (a.expected + 2));
  return [
    top ? el("h3", {}, t("several.first.title", { term: top.term, report: shortName(top.about), n: number(top.n), expected: top.expected.toFixed(1), peers: top.n_peers })) : null,
    el("p", { class: "note" }, t("several.first.note")),
    table({
      caption: t("several.first"),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.about.report_id, show: (r) => reportLink(r.about) },
        { name: "level", label: t("level"), value: (r) => r.about.region_level, show: (r) => levelName(r.about.region_level) },
        { name: "terms", label: t("several.terms"), class: "long", value: names, show: (r) => r.terms.map(({ term, n, q_bh: q, expected }) => [el("span", { title: t("several.term.title", { n, expected: expected.toFixed(1), q: q === null ? t("q.rare") : q < 0.001 ? "< 0.001" : q.toFixed(3) }) }, link(toWord(term, r.about.report_id, { part: "whole" }), chinese(term)), q !== null && q < INDEX.max_q ? "*" : ""), " "]) },
        { name: "areas", label: t("areas.first"), class: "wide", value: (r) => r.areas.map((a) => `${a[language]} ${percent1(a.share)}`).join("; "), show: (r) => r.areas.map((a) => [areaLabel(a.code), " ", link(toArea(a.code, r.about.report_id, { part: "whole" }), percent1(a.share)), " "]) },
      ],
      rows: byLevel(list).flatMap(([, own]) => own), file: "first-terms", limit: 15, first: (row) => ranked.has(row.about.report_id),
    }),
  ];
}

/** What can be followed over the years: areas as shares of sentences, themes as shares of words. */
function followed(all, shares) {
  const areas = shares.filter(({ code }) => code !== "0").map((row) => ({ key: `area ${row.code}`, about: row.about, value: row.share, low: row.low, high: row.high, href: row.n && !row.sum ? toArea(row.code, row.about.report_id, { part: "whole" }) : toReport(row.about.report_id) }));
  const themes_ = rows(all.themes).filter(({ definition, part, value }) => definition === INDEX.default && part === "whole" && value !== null)
    .map((row) => ({ key: `theme ${row.theme}`, about: REPORT.get(row.report_id), value: row.value, low: row.low, high: row.high, href: canOpen(row.report_id) ? toTheme(row.theme, row.report_id, { part: "whole" }) : address("themes", "", { theme: row.theme }) }));
  return [...areas, ...themes_];
}

const followedName = (key) => (key.startsWith("area ") ? areaName(key.slice(5)) : themeName(key.slice(6)));

/** Changes from the first to the last year of each region, what stands out most from its intervals first. */
function moves(list) {
  const keys = new Map();
  for (const row of list) keys.set(row.key, [...(keys.get(row.key) ?? []), row]);
  const found = [...keys].flatMap(([key, own]) => byRegion(own).filter(({ years }) => years > 1).map((region) => {
    const [from, to] = [region.points[0], region.points.at(-1)];
    const size = (row) => (row.low === null ? row.value : row.high - row.low) / 2;
    return { key, region, from, to, sure: apart_(from, to), size: Math.abs(to.value - from.value) / Math.max(Math.hypot(size(from), size(to)), 1e-9) };
  }));
  return found.sort((a, b) => b.sure - a.sure || b.size - a.size || (a.key < b.key ? -1 : 1));
}

function movedPart(all, shares, query) {
  const list = followed(all, shares);
  const every = moves(list);
  if (!every.length) return null;
  const wanted = `${query.moved ?? ""}`.replace(":", " ");
  const known = every.some(({ key }) => key === wanted);
  const [move] = known ? every.filter(({ key }) => key === wanted) : every;
  const own = list.filter(({ key }) => key === move.key);
  const print = (value) => (move.key.startsWith("area") ? percent1(value) : percent(value).replace(" ", ""));
  const ends = ({ low, high }) => (low === null ? t("several.nointerval") : t("several.interval", { low: print(low), high: print(high) }));
  const said = (row) => t("several.point", { report: shortName(row.about), value: print(row.value), interval: ends(row) });
  const options = [...areaOptions().map(([code, name]) => [`area:${code}`, t("several.option", { kind: t("area"), name })]), ...INDEX.themes.map(({ name, ...labels }) => [`theme:${name}`, t("several.option", { kind: t("theme"), name: labels[language] })])];
  const single = byRegion(own).filter(({ years }) => years < 2).length;
  return block("moved", t("several.moved.title", { region: move.region.region, what: capital(followedName(move.key)), y0: move.from.about.year, y1: move.to.about.year, from: print(move.from.value), to: print(move.to.value) }),
    el("p", { class: "note" }, joined(t("several.moved.note", { from: ends(move.from), to: ends(move.to) }), t(move.sure ? "several.apart" : "several.overlap"), known ? "" : t("several.chosen.move", { n: number(every.length), sure: number(every.filter(({ sure }) => sure).length) }))),
    el("div", { class: "choices" }, select(t("several.followed"), options, move.key.replace(" ", ":"), (value) => change({ moved: value }))),
    panels(own.map((row) => ({ ...row, label: said(row) })), { show: print, name: followedName(move.key) }),
    el("p", { class: "note" }, joined(t("several.panels"), single ? t("several.single", { n: single }) : "")));
}
