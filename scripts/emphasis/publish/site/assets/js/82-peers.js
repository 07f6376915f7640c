// A report against its peers in full: what it stresses, what it passes over, where it stands.

async function againstPeers(id, query) {
  const report = await openReport(id || INDEX.shown[0]);
  if (!report) return [el("h1", {}, t("peers")), el("p", { class: "note" }, absent(id))];
  const { peers } = report.block.findings;
  const part = PARTS.includes(query.part) ? query.part : "whole";
  const list = query.list === "missing" ? "missing" : "distinctive";
  return [
    el("h1", {}, t("peers")),
    el("p", { class: "lead" }, t(`peers.lead.${peers.state}`, peersText(peers))),
    el("h2", { lang: "zh-CN" }, reportName(report.about)),
    el("div", { class: "choices" },
      reportChoice(report.id, (value) => { location.hash = address("peers", value, query); }),
      select(t("peers.list"), ["distinctive", "missing"].map((name) => [name, t(`peers.list.${name}`)]), list, (value) => change({ list: value })),
      select(t("part"), PARTS.map((p) => [p, named("part", p)]), part, (value) => change({ part: value }))),
    peers.state === "compared" ? (list === "missing" ? missingTable(report, part) : distinctiveTable(report, part)) : null,
    standingTable(report, part),
    peersPart(report),
  ];
}

function distinctiveTable(report, part, section = "") {
  const own = rows(report.block.distinctive).filter((row) => row.part === part && row.section_id === section);
  const scope = section ? { section } : { part };
  const columns = [
    { name: "rank", label: t("rank"), number: 0 },
    { name: "term", label: t("word"), chinese: true },
    { name: "n", label: t("here"), unit: t("unit.times"), number: 0, show: (r) => link(toWord(r.term, report.id, scope), number(r.n)) },
    { name: "expected", label: t("expected"), title: t("expected.title"), unit: t("unit.times"), number: 2 },
    { name: "peers_with", label: t("peers.with"), title: t("peers.with.title"), unit: t("unit.reports"), number: 0, show: (r) => peersWith(r.peers_with, r.n_peers) },
    { name: "n_peers", label: t("peers.n"), number: 0, saved: true },
    { name: "ratio", label: t("ratio"), title: t("ratio.title"), number: 2 },
    { name: "q_bh", label: "q", title: t("q.peers.title"), number: 3, show: (r) => (r.q_bh === null ? el("span", { class: "zero" }, t("q.rare")) : r.q_bh < 0.001 ? "< 0.001" : number(r.q_bh, 3, { fixed: true })) },
  ];
  return [table({ caption: section ? t("section.peers") : t("peers.list.distinctive"), columns, rows: own, file: `distinctive-${report.id}-${section || part}`, limit: section ? 10 : 40, filter: !section }), noneNote(own)];
}

/** How many peers have a term; none is no proof that its characters stand in none of their texts, which the reference does not hold. */
const peersWith = (k, n) => `${t("of.peers", { k, n })}${k ? "" : "†"}`;

const noneNote = (list) => (list.some((row) => !row.peers_with) ? el("p", { class: "note" }, t("peers.with.none")) : null);


function missingTable(report, part) {
  return table({
    caption: t("peers.list.missing"),
    columns: [
      { name: "rank", label: t("rank"), number: 0 },
      { name: "term", label: t("word"), chinese: true },
      { name: "peers_with", label: t("peers.with"), title: t("peers.with.title"), unit: t("unit.reports"), number: 0, show: (r) => t("of.peers", { k: r.peers_with, n: r.n_peers }) },
      { name: "expected", label: t("expected"), title: t("expected.title"), unit: t("unit.times"), number: 2 },
      { name: "chance", label: t("chance"), title: t("chance.title"), unit: t("unit.share"), number: 4, show: (r) => `${Math.round(100 * r.chance)}%` },
      { name: "nearest", label: t("nearest"), title: t("nearest.title"), show: (r) => (r.nearest ? link(toWord(r.nearest, report.id, { part }), chinese(r.nearest)) : "") },
    ],
    rows: rows(report.block.missing).filter((row) => row.part === part),
    file: `missing-${report.id}-${part}`,
    limit: 40,
  });
}

/** Measures of a part of a report, those first that stand farthest from the middle of its peers; targets, all of the plan, with the whole. */
function standingTable(report, part) {
  const far = ({ percentile }) => (percentile === null ? 0 : Math.abs(percentile - 50));
  const own = rows(report.block.standing).filter((row) => row.part === part || (part === "whole" && row.kind === "target")).sort((a, b) => far(b) - far(a));
  const name = (row) => measureName(row);
  const text = (row) => (name(row) instanceof Node ? name(row).textContent : name(row));
  const value = (field, label) => ({ name: field, label: t(label), unit: t("unit.measure"), number: 6, show: (r) => measured(r, r[field]) });
  return [el("h2", {}, t("standing.table")), table({
    caption: t("standing.table"),
    columns: [
      { name: "measure", label: t("measure"), value: text, show: name },
      { name: "kind", label: t("kind.measure"), value: (r) => r.kind, show: (r) => named("standing", r.kind) },
      { name: "part", label: t("part"), value: (r) => r.part, show: (r) => named("part", r.part) },
      value("value", "value"), value("low", "interval.low"), value("high", "interval.high"),
      value("peer_low", "peers.low"), value("peer_median", "peers.median"), value("peer_high", "peers.high"),
      { name: "rank", label: t("rank"), number: 0, show: rankText },
    ],
    rows: own,
    file: `standing-${report.id}-${part}`,
    limit: 40,
    empty: t("peers.none"),
  })];
}
