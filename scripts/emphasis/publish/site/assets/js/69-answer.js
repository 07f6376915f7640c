// What a report says in short: three findings, the ribbon of its areas, their shares, where it stands. The view of one report opens with it.

function answer(report, query) {
  const { about, block: { findings } } = report;
  const { peers } = findings;
  return [
    el("h1", { lang: "zh-CN" }, reportName(about)),
    el("p", { class: "lead" }, [about.region && chinese(about.region), String(about.year ?? ""), t("answer.length", { n: number(count(report, { part: "whole" }).size) }), t(`answer.peers.${peers.state}`, peersText(peers))].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]))),
    reportChoice(report.id, (value) => { location.hash = toReport(value); }),
    el("div", { class: "findings" }, stressedCard(report), missingCard(report), movedCard(report)),
    areasPart(report, query),
    standingPart(report),
    peersPart(report),
  ];
}

/** The words for a group of peers. */
function peersText({ n, levels, years }) {
  const level = levels.length === 1 ? named("peers.level", levels[0]) : t("peers.level.mixed");
  const span = !years.length ? "" : years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`;
  return { n, level, years: span };
}

/** Pieces of a sentence: terms and areas lead to their passages. */
function pieces(report, list) {
  return list.map((piece) => {
    if (typeof piece === "string") return piece;
    if (piece.term) return link(toWord(piece.term, report.id, { part: piece.part }), chinese(piece.text));
    return link(toArea(piece.area, report.id, { part: piece.part }), piece.text);
  });
}

function card(report, kind, head, body, more) {
  const said = report.block.findings.said[language][kind];
  return el("section", { class: `finding ${kind}` },
    el("p", { class: "kicker" }, head),
    said ? [el("h2", {}, pieces(report, said.title)), body(), el("p", { class: "note" }, pieces(report, said.note), kind === "moved" && report.about.confidence !== "high" ? [" ", t(`confidence.${report.about.confidence}.means`)] : ""), more && el("p", { class: "more" }, more())]
      : el("p", { class: "note" }, kind === "moved" ? t("finding.moved.absent") : t(`finding.absent.${report.block.findings.peers.state}`)));
}

/** A small table of a finding: numbers aligned, no tools. */
function mini(heads, lines, label) {
  return el("table", { class: "mini" }, el("caption", { class: "hidden" }, label),
    el("thead", {}, el("tr", {}, heads.map(([text, title], i) => el("th", { scope: "col", class: i ? "number" : "", title }, text)))),
    el("tbody", {}, lines.map((cells) => el("tr", {}, cells.map((cell, i) => (i ? el("td", { class: "number" }, cell) : el("th", { scope: "row" }, cell)))))));
}

const ofPeers = (share, n) => peersWith(Math.round(share * n), n);

function stressedCard(report) {
  const found = report.block.findings.stressed;
  return card(report, "stressed", t("finding.stressed.head"), () => [mini(
    [[t("word")], [t("here"), t("n.title")], [t("expected"), t("expected.title")], [t("peers.with"), t("peers.with.title")]],
    found.terms.map((row) => [chinese(row.term), link(toWord(row.term, report.id, { part: "whole" }), number(row.n)), row.expected.toFixed(1), ofPeers(row.peers_with, found.n_peers)]),
    t("finding.stressed.head"),
  ), noneNote(found.terms)], () => link(address("peers", report.id, { list: "distinctive" }), t("finding.stressed.more", { n: found.n_listed })));
}

function missingCard(report) {
  const found = report.block.findings.missing;
  return card(report, "missing", t("finding.missing.head"), () => mini(
    [[t("word")], [t("peers.with"), t("peers.with.title")], [t("chance"), t("chance.title")]],
    found.terms.map((row) => [chinese(row.term), ofPeers(row.peers_with, found.n_peers), `${Math.round(100 * row.chance)}%`]),
    t("finding.missing.head"),
  ), () => link(address("peers", report.id, { list: "missing" }), t("finding.missing.more", { n: found.n_listed })));
}

function movedCard(report) {
  const found = report.block.findings.moved;
  const cell = (row, part, value) => link(toArea(row.area, report.id, { part }), percent1(value));
  return card(report, "moved", t("finding.moved.head"), () => mini(
    [[t("area")], [t("part.review")], [t("part.plan")], [t("change.points"), t("change.points.title")]],
    found.areas.map((row) => [[el("span", { class: `swatch ${areaClass(row.area)}` }), areaName(row.area)], cell(row, "review", row.share_other), cell(row, "plan", row.share),
      el("span", { title: row.low === null ? t("interval.none") : `${t("interval")} ${points(row.low)} – ${points(row.high)}` }, points(row.change), row.sure ? " *" : "")]),
    t("finding.moved.head"),
  ), () => link(address("compare", "", { a: report.id, as: "review", b: report.id, bs: "plan" }), t("finding.moved.more")));
}

const points = (value) => (value === null ? "" : `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)}`);

/** The ribbon with the shares of areas below, which are its legend and its filter. */
function areasPart(report, query) {
  if (!report.sentences.some(({ area }) => area)) return null;
  const part = PARTS.includes(query.part) ? query.part : "whole";
  const drawn = ribbon(report);
  const first = sharesOf(report, "whole").filter(({ code, major }) => code !== "0" && !major).slice(0, 3);
  return el("section", { class: "areas" },
    el("h2", {}, t("ribbon.title", Object.fromEntries(first.map((row, i) => [`a${i}`, row[language]]).concat(first.map((row, i) => [`s${i}`, percent1(row.share)]))))),
    drawn.node,
    el("h3", {}, t("shares.title", { part: named("part", part) })),
    el("p", { class: "note" }, t("shares.how"), " ", t("shares.press"), " ", standingOf(report, "area", part).length ? t("shares.peers") : t("shares.alone")),
    select(t("part"), PARTS.map((p) => [p, named("part", p)]), part, (value) => change({ part: value })),
    shareList(report, part, { choose: drawn.show, part }),
    el("p", { class: "note" }, coderNote(), " ", link(address("areas", report.id), t("areas.more"))));
}

const PARTS = ["whole", "review", "plan"];

/** Who coded, and how well. */
function coderNote() {
  const coder = INDEX.coder;
  return coder ? t("coder.note", { accuracy: percent0(coder.accuracy), n: number(coder.n) }) : t("coder.unknown");
}

const percent0 = (value) => (value === null || value === undefined ? "" : `${Math.round(100 * value)}%`);

/** What is told first: not targets in numbers of things, which say how large a region is, nor an area that others are parts of, or none. */
function isEmphasis({ kind, measure }) {
  if (kind === "target") return INDEX.target_names[measure]?.unit === "%";
  return kind !== "area" || (measure !== "0" && !AREA.get(measure)?.sum);
}

function standingPart(report) {
  const all = standingOf(report, "", "whole").concat(standingOf(report, "target", "plan"));
  if (!all.length) return null;
  const position = ({ value, peer_low: low, peer_high: high }) => (high > low ? (value - low) / (high - low) : Math.sign(value - low));
  const told = all.filter(isEmphasis);
  const out = told.filter(outside).sort((a, b) => position(b) - position(a));
  const kinds = ["area", "theme", "topic", "target", "structure"].filter((kind) => all.some((row) => row.kind === kind));
  return el("section", {},
    el("h2", {}, t("standing.title", { out: out.length, all: told.length, n: report.block.findings.peers.n })),
    el("p", { class: "note" }, t("standing.how", { chance: Math.round(told.length / 10) })),
    out.length ? standingList(out, true) : null,
    el("details", {}, el("summary", {}, t("standing.all", { all: all.length })),
      kinds.map((kind) => [el("h3", {}, named("standing", kind)), standingList(all.filter((row) => row.kind === kind).sort((a, b) => position(b) - position(a)))])));
}

function peersPart(report) {
  const { peers } = report.block.findings;
  const list = rows(report.block.peers);
  if (peers.state === "none") return el("p", { class: "note" }, t("peers.none"));
  return el("details", { class: "peersof" },
    el("summary", {}, t(`peers.summary.${peers.state}`, peersText(peers))),
    el("p", { class: "note" }, peers.rules.map((rule) => named("peers.rule", rule)).join(" ")),
    el("ul", { class: "names", lang: "zh-CN" }, list.map((peer) => el("li", {}, peer.peer_title || `${peer.peer_region}${peer.peer_year}`))));
}
