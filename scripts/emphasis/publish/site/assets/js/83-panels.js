// Small charts side by side: one for each region, on the same axes. Years without a report are gaps that no line crosses.

const LEVELS = ["national", "province", "prefecture", "county", ""];
const levelName = (level) => (level ? named("peers.level", level) : t("level.unknown"));

/** Reports, or rows about them, by level of government: the nation first. */
function byLevel(list, of = (row) => row.about) {
  return LEVELS.map((level) => [level, list.filter((row) => (LEVELS.includes(of(row).region_level) ? of(row).region_level : "") === level)]).filter(([, rows_]) => rows_.length);
}

/** Groups by level, side by side: the nation first, then those that take least room. */
const inRows = (groups, size) => [...groups].sort((a, b) => (b.level === "national") - (a.level === "national") || size(a) - size(b));

/** What is ranked or followed over the years; a text of low confidence beside a better one of its year may be a page or of another kind. */
const soundOnes = (list) => list.filter(({ about }) => about.sound);

const UNSOUND = REPORTS.filter(({ sound }) => !sound).length;
const unsoundNote = () => (UNSOUND ? t("several.unsound", { n: UNSOUND }) : "");

/** Rows of reports as regions with their years in order; those without a year are left out. Several counties have one name. */
function byRegion(list) {
  const regions = new Map();
  for (const row of soundOnes(list).filter(({ about }) => about.year)) {
    const key = `${row.about.region_level} ${row.about.adcode || row.about.region}`;
    if (!regions.has(key)) regions.set(key, { region: row.about.region, level: row.about.region_level, points: [] });
    regions.get(key).points.push(row);
  }
  for (const region of regions.values()) {
    region.points.sort((a, b) => a.about.year - b.about.year || (a.about.report_id < b.about.report_id ? -1 : 1));
    region.region = region.points.at(-1).about.region;
    region.years = new Set(region.points.map(({ about }) => about.year)).size;
  }
  return [...regions.values()];
}

const MOST_PANELS = 18;

/**
 * A panel for each region with reports of at least two years, level by level.
 *
 * rows: about (the report), value, low, high (null without an interval), href, label (what is read for the point). `show` prints a
 * value on the axis. Every panel has the same years and the same values, from zero.
 */
function panels(list, { show: print, name }) {
  const regions = byRegion(list).filter(({ years }) => years > 1);
  if (!regions.length) return null;
  const points = regions.flatMap((region) => region.points);
  // Intervals of short texts run far beyond the values: at most half of a panel is left to them.
  const largest = Math.max(...points.map(({ value }) => value), 1e-9);
  const most = 1.04 * Math.min(2 * largest, Math.max(largest, ...points.map(({ high }) => high ?? 0)));
  const years = points.map(({ about }) => about.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const axes = { first, last, most, print };
  const levels = byLevel(regions.map((region) => ({ ...region, about: { region_level: region.level } }))).map(([level, rows_]) => ({ level, rows: rows_ }));
  const section = ({ level, rows: own }) => {
    own.sort((a, b) => b.years - a.years || (a.region < b.region ? -1 : 1));
    const draw = (some) => el("div", { class: "panels", role: "group", "aria-label": `${name}: ${levelName(level)}` }, some.map((region) => panel(region, axes)));
    return el("section", {}, el("h3", {}, levelName(level)), draw(own.slice(0, MOST_PANELS)),
      own.length > MOST_PANELS && folded(t("panels.more", { n: own.length - MOST_PANELS }), () => draw(own.slice(MOST_PANELS))));
  };
  return [el("p", { class: "note" }, joined(t("panels.axes", { first, last, most: print(most) }), unsoundNote())),
    el("div", { class: "bylevel" }, inRows(levels, ({ rows: own }) => own.length).map(section))];
}

function panel({ region, points }, { first, last, most, print }) {
  const x = (year) => (last > first ? 4 + (92 * (year - first)) / (last - first) : 50);
  const y = (value) => 100 - (100 * value) / most;
  const once_ = points.filter(({ about }) => points.filter((other) => other.about.year === about.year).length === 1);
  const lines = once_.slice(1).map((to, i) => [once_[i], to]).filter(([from, to]) => to.about.year === from.about.year + 1);
  const dot = (point) => el("a", {
    href: point.href, class: `dot_ ${point.value ? "" : "none"}`, "aria-label": point.label, title: point.label,
    style: { left: `${x(point.about.year)}%`, top: `${y(point.value)}%` },
  });
  const end = points.at(-1);
  return el("figure", { class: "panel" },
    el("figcaption", {}, chinese(region || "—"), " ", el("span", { class: "value" }, `${end.about.year}: ${print(end.value)}`)),
    el("div", { class: "plot" },
      el("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        points.filter(({ low }) => low !== null && low !== undefined).map(({ about, low, high }) => el("line", { x1: x(about.year), x2: x(about.year), y1: y(Math.min(low, most)), y2: y(Math.min(high, most)), class: "spread" })),
        lines.map(([from, to]) => el("line", { x1: x(from.about.year), x2: x(to.about.year), y1: y(from.value), y2: y(to.value), class: "rise" }))),
      points.map(dot)),
    el("p", { class: "ends", "aria-hidden": "true" }, el("span", {}, String(first)), last > first ? el("span", {}, String(last)) : ""));
}
