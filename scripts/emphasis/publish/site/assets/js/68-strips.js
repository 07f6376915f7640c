// Strips: a value, its interval and what peers have, on one line.

const place = (value, most) => `${Math.max(0, Math.min(100, (100 * value) / most))}%`;

function span_(name, low, high, most) {
  return el("span", { class: name, style: { left: place(low, most), width: `calc(${place(high, most)} - ${place(low, most)})` } });
}

/** A share with its interval, and the usual range of peers with their median where they are known. */
function shareStrip({ share, low, high, peers }, most) {
  const parts = [t("strip.share", { share: percent1(share) })];
  if (low !== null) parts.push(t("strip.interval", { low: percent1(low), high: percent1(high) }));
  if (peers) parts.push(t("strip.peers", { low: percent1(peers.peer_low), median: percent1(peers.peer_median), high: percent1(peers.peer_high) }));
  return el("span", { class: "strip", role: "img", "aria-label": parts.join(", "), title: parts.join(", ") },
    peers && [span_("peers", peers.peer_low, peers.peer_high, most), el("span", { class: "median", style: { left: place(peers.peer_median, most) } })],
    low !== null && span_("spread", low, high, most),
    el("span", { class: "point", style: { left: place(share, most) } }));
}

const percent1 = (value) => (value === null || value === undefined ? "" : `${(100 * value).toFixed(1)}%`);

/** Marks of a common axis of shares, for the head of strips. */
function shareAxis(most) {
  const step = [0.02, 0.05, 0.1, 0.2].find((s) => most / s <= (isNarrow() ? 3 : 6)) ?? 0.25;
  const marks = [];
  for (let value = 0; value <= most + 1e-9; value += step) marks.push(value);
  return el("span", { class: "strip axis", "aria-hidden": "true" }, marks.map((value) => el("span", { style: { left: place(value, most) } }, `${Math.round(100 * value)}%`)));
}

/** The shares of areas in a part or section, the largest first; parts of an area under it. */
function sharesOf(report, scope) {
  const own = rows(report.block.areas.shares).filter((row) => row.scope === scope).map((row) => ({ ...AREAS[row.area], ...row }));
  const peers = new Map(standingOf(report, "area", scope).map((row) => [row.measure, row]));
  const list = own.map((row) => ({ ...row, peers: peers.get(row.code) ?? null }));
  const by = (a, b) => (a.code === "0") - (b.code === "0") || b.share - a.share || (a.code < b.code ? -1 : 1);
  return list.filter(({ major }) => !major).sort(by)
    .flatMap((row) => [row, ...(row.sum ? list.filter(({ major }) => major === row.code).sort(by) : [])]);
}

const SMALL = 0.01;

/**
 * Shares of areas as strips on one axis. With `choose`, names are buttons that are pressed for the areas that a ribbon shows. Areas of
 * which a part has less than a sentence in a hundred are folded away.
 */
function shareList(report, scope, { choose = null, part = "", section = "" } = {}) {
  const list = sharesOf(report, scope);
  const most = Math.max(...list.map(({ share, high }) => Math.max(share, high ?? 0)), 0.05);
  const chosen = new Set();
  const press = (event, row) => {
    const codes = row.sum ? AREAS.filter(({ major }) => major === row.code).map(({ code }) => code) : [row.code];
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    for (const code of codes) chosen[on ? "add" : "delete"](code);
    choose(chosen);
  };
  const line = (row) => el("li", { class: row.major ? "inner" : "" },
    choose ? button([el("span", { class: `swatch ${areaClass(row.code)}` }), row[language]], (event) => press(event, row), { class: "areabutton", "aria-pressed": "false" })
      : el("span", { class: "areabutton" }, el("span", { class: `swatch ${areaClass(row.code)}` }), row[language]),
    el("span", { class: "value" }, row.n && !row.sum ? link(toArea(row.code, report.id, { part, section }), percent1(row.share)) : percent1(row.share)),
    shareStrip(row, most),
    el("span", { class: "rank" }, row.peers ? rankText(row.peers) : ""));
  const small = list.filter((row) => row.share < SMALL && !row.major);
  const large = list.filter((row) => !small.includes(row) && (!row.major || row.share >= SMALL / 2));
  return el("div", { class: "shares" },
    el("ul", {}, el("li", { class: "axisline", "aria-hidden": "true" }, el("span"), el("span"), shareAxis(most), el("span")), large.map(line)),
    small.length > 0 && el("details", {}, el("summary", {}, t("shares.small", { n: small.length, names: small.map((row) => row[language]).join(language === "zh" ? "、" : "; ") })), el("ul", {}, small.map(line))));
}

const STANDING = new Map();

function standingOf(report, kind, part) {
  if (!STANDING.has(report.id)) STANDING.set(report.id, rows(report.block.standing));
  return STANDING.get(report.id).filter((row) => (!kind || row.kind === kind) && row.part === part);
}

/** Names and units of what standing compares. */
function measureName({ kind, measure }) {
  if (kind === "theme") return themeName(measure);
  if (kind === "area") return areaName(measure);
  if (kind === "topic") return chinese(measure);
  if (kind === "target") return INDEX.target_names[measure]?.[language] ?? measure;
  const known = named("structure", measure);
  return known === measure ? INDEX.measures.structure?.columns.find(({ name }) => name === measure)?.[language] ?? measure : known;
}

function measured({ kind, measure }, value) {
  if (value === null) return "";
  if (["theme", "topic", "area"].includes(kind)) return `${(100 * value).toFixed(kind === "theme" ? 2 : 1)}%`;
  const unit = kind === "target" ? INDEX.target_names[measure]?.unit ?? "" : "";
  return unit === "%" ? `${number(value, 2)}%` : number(value, Math.abs(value) < 1 ? 3 : 1);
}

/** The place of a report among itself and its peers, in words; those equal to it are told from percentile and rank. */
function rankText({ rank, percentile, n_peers: peers }) {
  const n = peers + 1;
  const middle = (percentile / 100) * n + 0.5;
  const equal = Math.max(1, Math.round(2 * (n + 1 - rank - middle) + 1));
  const low = n + 1 - rank - (equal - 1);
  if (equal >= n) return t("rank.all", { n });
  const tied = equal > 1 ? t("rank.tied") : "";
  if (rank === 1) return t("rank.highest", { n }) + tied;
  if (low === 1) return t("rank.lowest", { n }) + tied;
  return (rank <= low ? t("rank.high", { n, rank: ordinal(rank) }) : t("rank.low", { n, rank: ordinal(low) })) + tied;
}

function ordinal(n) {
  if (language === "zh") return String(n);
  const end = { one: "st", two: "nd", few: "rd", other: "th" }[new Intl.PluralRules("en", { type: "ordinal" }).select(n)];
  return `${n}${end}`;
}

const outside = ({ value, peer_low: low, peer_high: high }) => (value > high ? 1 : value < low ? -1 : 0);

/** Lines of standing, on a scale on which the usual range of peers, from 5 to 95 %, lies at the same place for each. */
function standingList(list, kinds = false) {
  const line = (row) => {
    const size = row.peer_high - row.peer_low;
    const x = (value) => (size > 0 ? Math.max(0.01, Math.min(0.99, 0.3 + (0.4 * (value - row.peer_low)) / size)) : 0.5 + 0.45 * Math.sign(value - row.peer_low));
    const range = t("strip.peers", { low: measured(row, row.peer_low), median: measured(row, row.peer_median), high: measured(row, row.peer_high) });
    return el("li", { class: outside(row) ? "out" : "" },
      el("span", { class: "what" }, measureName(row), kinds ? el("small", {}, ` ${named("standing.short", row.kind)}`) : ""),
      el("span", { class: "value" }, measured(row, row.value)),
      el("span", { class: "strip aligned", role: "img", "aria-label": range, title: range },
        span_("peers", 0.3, 0.7, 1), el("span", { class: "median", style: { left: place(x(row.peer_median), 1) } }),
        row.low !== null && span_("spread", x(row.low), x(row.high), 1), el("span", { class: "point", style: { left: place(x(row.value), 1) } })),
      el("span", { class: "rank" }, rankText(row)));
  };
  return el("ul", { class: "standing" }, list.map(line));
}
