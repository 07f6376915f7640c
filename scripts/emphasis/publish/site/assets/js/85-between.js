// Between reports: new terms, shared text, targets and the next year's outturns.

/** New terms of the latest report of each region that has one of the year before. */
function newPart(all) {
  const rates = rows(all.term_change_rates).filter(({ change: kind }) => kind === "new").map((row) => ({ ...row, about: REPORT.get(row.report_id) }));
  if (!rates.length) return null;
  const latest = byRegion(rates).map(({ points }) => points.at(-1));
  const ids = new Set(latest.map(({ report_id }) => report_id));
  const changes = rows(all.term_changes).filter((row) => row.change === "new" && !row.within && ids.has(row.report_id));
  const fresh = rows(all.fresh);
  const anywhere = new Set(fresh.map(({ term }) => term));
  // With few earlier reports much is new to a region; what is new to all of them comes first.
  const order = (a, b) => anywhere.has(b.term) - anywhere.has(a.term) || b.n_alone - a.n_alone || b.n - a.n;
  const list = latest.map((row) => ({ ...row, terms: changes.filter(({ report_id }) => report_id === row.report_id).sort(order).slice(0, 8) }));
  const year = fresh[0]?.year;
  const common = fresh.filter(({ n_first: n }) => n > 1);
  const comma = t("finding.comma");
  const counted = { year, all: REPORTS.filter((about) => about.year === year).length, earlier: REPORTS.filter((about) => about.year && about.year < year).length };
  const title = common.length ? t("several.new.title", { ...counted, terms: common.slice(0, 3).map(({ term, n_first: k }) => t("several.new.term", { term, k, all: counted.all })).join(comma) })
    : fresh.length ? t("several.new.single", { ...counted, term: fresh[0].term, report: shortName(REPORT.get(fresh[0].report_id)) }) : t("several.new.none");
  const mean = (name) => { const known = rates.filter((row) => row[name] !== null); return known.length ? [Math.min(...known.map((r) => r[name])), Math.max(...known.map((r) => r[name]))].map((v) => percent0(v)) : null; };
  const [years, base] = [mean("absent_halves"), mean("absent_base")];
  return block("new", title,
    el("p", { class: "note" }, joined(t("several.new.note"), years && base ? t("several.new.base", { y0: years[0], y1: years[1], b0: base[0], b1: base[1] }) : "")),
    fresh.length ? el("p", {}, t("several.new.fresh", counted), " ", fresh.slice(0, 15).map(({ term, n_first: k }, i) => [i ? comma : "", link(address("kwic", "", { q: term, part: "whole" }), chinese(term)), k > 1 ? ` (${k})` : ""])) : null,
    table({
      caption: t("several.new.table"),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.report_id, show: (r) => reportLink(r.about) },
        { name: "n_changed", label: t("several.new.n"), unit: t("unit.terms"), title: t("several.new.n.title"), number: 0 },
        { name: "n_terms", label: t("several.new.of"), unit: t("unit.terms"), number: 0 },
        { name: "n_earlier", label: t("several.new.earlier"), unit: t("unit.reports"), number: 0 },
        { name: "terms", label: t("several.new.first"), title: t("several.new.first.title"), class: "long", value: (r) => r.terms.map(({ term }) => term).join("、"), show: (r) => r.terms.map(({ term, n }) => [link(toWord(term, r.report_id, { part: "whole" }), chinese(term)), anywhere.has(term) ? "*" : "", ` ${number(n)} `]) },
      ],
      rows: list, file: "new-terms", limit: 15,
    }));
}

const RELATIONS = ["year before", "superior", "superior later", "neighbour"];

function sharedPart(all) {
  const list = rows(all.reuse).map((row) => ({ ...row, about: REPORT.get(INDEX.shown[row.report]), other: REPORT.get(row.other_id) })).filter(({ other }) => other);
  if (!list.length) return null;
  list.sort((a, b) => b.share_plain - a.share_plain);
  const first = (kind) => list.find(({ relation }) => relation === kind);
  const pair = (row) => ({ report: shortName(row.about), other: shortName(row.other), share: percent1(row.share_plain) });
  const across = [first("superior"), first("superior later")].filter(Boolean).sort((a, b) => b.share_plain - a.share_plain)[0] ?? first("neighbour");
  const own = first("year before");
  const title = own && across ? t("several.shared.both", { ...pair(own), report2: shortName(across.about), other2: shortName(across.other), share2: percent1(across.share_plain) }) : t("several.shared.one", pair(own ?? across));
  return block("shared", title,
    el("p", { class: "note" }, t("several.shared.note")),
    table({
      caption: t("several.shared.table"),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.about.report_id, show: (r) => reportLink(r.about) },
        { name: "other_id", label: t("several.shared.with"), value: (r) => r.other_id, show: (r) => (canOpen(r.other_id) ? link(address("compare", "", { a: r.about.report_id, as: "whole", b: r.other_id, bs: "whole" }), chinese(shortName(r.other))) : chinese(shortName(r.other))) },
        { name: "relation", label: t("among.relation"), value: (r) => r.relation, show: (r) => named("relation", r.relation) },
        { name: "share_plain", label: t("several.shared.share"), title: t("several.shared.share.title"), unit: t("unit.share.characters"), number: 6, show: (r) => [percent1(r.share_plain), bar(r.share_plain / list[0].share_plain)] },
        { name: "reused_plain", label: t("several.shared.characters"), unit: t("unit.characters"), number: 0 },
        { name: "passage", label: t("several.shared.longest"), class: "long", value: (r) => r.passage, show: (r) => (r.sentence ? [link(toSentence(r.about.report_id, r.sentence), chinese(cut(r.passage, 46))), r.other_sentence && canOpen(r.other_id) ? [" ", link(toSentence(r.other_id, r.other_sentence), t("several.shared.there"))] : ""] : "") },
      ],
      rows: list, file: "shared-text", limit: 12,
      first: (row) => list.filter(({ relation }) => relation === row.relation).indexOf(row) < 4,
      pick: { label: t("among.relation"), all: t("several.all"), options: RELATIONS.filter((kind) => list.some((r) => r.relation === kind)).map((kind) => [kind, named("relation", kind)]), value: (row) => row.relation },
    }));
}

/** The interval of a share k of n (Wilson, 95 %). */
function wilson(k, n) {
  const z = 1.96;
  const [middle, half] = [(k + (z * z) / 2) / (n + z * z), (z / (n + z * z)) * Math.sqrt((k * (n - k)) / n + (z * z) / 4)];
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const VERDICTS = ["met", "near", "missed", "not comparable", "not reported"];

function promisesPart(all) {
  const list = rows(all.target_attainment);
  if (!list.length) return null;
  const groups = new Map();
  for (const row of list) {
    const key = `${row.region} ${row.year}`;
    if (!groups.has(key)) groups.set(key, { region: row.region, year: row.year, id: idOf(row.target_sentence_id), next: idOf(row.outturn_sentence_id), rows: [], ...Object.fromEntries(VERDICTS.map((v) => [v, 0])) });
    const group = groups.get(key);
    group.rows.push(row);
    group.next ||= idOf(row.outturn_sentence_id);
    group[row.verdict] += 1;
  }
  const kept = list.filter(({ verdict }) => ["met", "near"].includes(verdict)).length;
  const checked = kept + list.filter(({ verdict }) => verdict === "missed").length;
  const silent = list.filter(({ verdict }) => verdict === "not reported").length;
  const ordered = [...groups.values()].sort((a, b) => b.year - a.year || (a.region < b.region ? -1 : 1));
  const about = (group) => REPORT.get(group.id) ?? { region_level: "" };
  const missed = (group) => group.rows.filter(({ verdict }) => verdict === "missed");
  const figure = (value, unit, id) => { const text = `${number(value, 2)}${unit}`; const report = idOf(id); return canOpen(report) ? link(toSentence(report, Number(id.split(":").at(-1))), text) : text; };
  const column = (verdict) => ({ name: verdict.replace(" ", "_"), label: named("verdict", verdict), unit: t("unit.targets"), number: 0, value: (r) => r[verdict] });
  return block("promises", checked ? t("several.promises.title", { kept, checked, share: percent0(kept / checked), silent }) : t("several.promises.none", { n: list.length }),
    el("p", { class: "note" }, joined(checked ? t("several.promises.note", { low: percent0(wilson(kept, checked).low), high: percent0(wilson(kept, checked).high) }) : "", t("several.promises.self"))),
    table({
      caption: t("several.promises.table"),
      columns: [
        { name: "region", label: t("region"), value: (r) => r.region, show: (r) => (canOpen(r.next || r.id) ? link(address("targets", r.next || r.id), chinese(r.region)) : chinese(r.region)) },
        { name: "year", label: t("several.promises.year"), value: (r) => r.year, show: (r) => String(r.year) },
        { name: "level", label: t("level"), value: (r) => about(r).region_level, show: (r) => levelName(about(r).region_level) },
        ...VERDICTS.map(column),
        { name: "missed_list", label: t("several.promises.missed"), class: "long", value: (r) => missed(r).map((m) => `${m.indicator} ${m.outturn_value}${m.outturn_unit}/${m.target_value}${m.target_unit}`).join("; "), show: (r) => missed(r).map((m) => [chinese(m.indicator), " ", figure(m.outturn_value, m.outturn_unit, m.outturn_sentence_id), " / ", figure(m.target_value, m.target_unit, m.target_sentence_id), "; "]) },
      ],
      rows: ordered, file: "promises", limit: 15,
    }));
}

const idOf = (sentence) => sentence.slice(0, Math.max(0, sentence.lastIndexOf(":")));
