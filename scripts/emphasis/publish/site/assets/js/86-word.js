// A word: how often it is said in each report, over the years and regions, and what stands near it.

/** Words of the counted text of a report or part, as rates are divided by. */
function wordsIn(report, scope) {
  let size = 0;
  for (const sentence of sentencesOf(report, scope)) if (sentence.section.counted) for (const token of sentence.tokens) size += token.words;
  return size;
}

/** The probability that a Poisson count of this mean is below n. */
function below(n, mean) {
  let [sum, term] = [0, Math.exp(-mean)];
  for (let k = 0; k < n; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

const MANY_TIMES = 100;

/** Ends of the 95 % interval of a count whose occurrences fall independently of each other: exact, of many by Byar's approximation. */
function poisson(n) {
  const byar = (m, z) => m * (1 - 1 / (9 * m) + z / (3 * Math.sqrt(m))) ** 3;
  if (n > MANY_TIMES) return { low: byar(n, -1.96), high: byar(n + 1, 1.96) };
  const mean = (m, wanted) => {
    let [low, high] = [0, 2 * n + 10];
    for (let i = 0; i < 50; i += 1) {
      const middle = (low + high) / 2;
      if (below(m, middle) > wanted) low = middle;
      else high = middle;
    }
    return low;
  };
  return { low: n ? mean(n, 0.975) : 0, high: mean(n + 1, 0.025) };
}

/** Each report with its occurrences and their rate, zero where it has none. */
function wordCounts(texts, asked) {
  const part = asked.part || "whole";
  return texts.map((report) => {
    const n = find([report], { ...asked, part }).length;
    const size = wordsIn(report, { part });
    const [rate, ends] = [(10_000 * n) / size, poisson(n)];
    const href = address("kwic", report.id, { q: asked.q, theme: asked.theme, mode: asked.mode === "text" ? "text" : "", part });
    return { report, about: report.about, n, size, value: rate, low: (10_000 * ends.low) / size, high: (10_000 * ends.high) / size, href };
  }).filter(({ size }) => size > 0);
}

/** How a word moved over the years, a panel for each region, and its count in every report. */
function wordPart(texts, asked, id) {
  if (id && CAN_OPEN.length > 1) {
    return el("p", {}, link(address("kwic", "", { q: asked.q, theme: asked.theme, mode: asked.mode === "text" ? "text" : "", part: asked.part }), t("word.everywhere")));
  }
  if (texts.length < 2 || asked.area) return null;
  const list = wordCounts(texts, asked);
  if (!list.length) return null;
  const name = asked.theme ? themeName(asked.theme) : asked.q;
  const labelled = list.map((row) => ({ ...row, label: t("word.point", { report: shortName(row.about), n: number(row.n), rate: row.value.toFixed(1), low: row.low.toFixed(1), high: row.high.toFixed(1) }) }));
  const regions = byRegion(labelled).filter(({ years }) => years > 1).sort((a, b) => b.years - a.years || (a.region < b.region ? -1 : 1));
  const drawn = panels(labelled, { show: (value) => value.toFixed(1), name });
  return el("section", { class: "block word" },
    el("h2", {}, wordTitle(list, regions, name)),
    drawn ? [drawn, el("p", { class: "note" }, t("word.panels"))] : el("p", { class: "note" }, t("word.oneyear")),
    countTable(list, name));
}

function wordTitle(list, regions, name) {
  const n = list.filter((row) => row.n).length;
  if (!regions.length || !n) return t("word.in", { word: name, n, all: list.length });
  const [{ region, points }] = regions;
  const [from, to] = [points[0], points.at(-1)];
  return t("word.moved", { word: name, n, all: list.length, region, y0: from.about.year, y1: to.about.year, from: from.value.toFixed(1), to: to.value.toFixed(1), sure: t(from.low > to.high || to.low > from.high ? "word.sure" : "word.unsure") });
}

function countTable(list, name) {
  const most = Math.max(...list.map(({ value }) => value), 1e-9);
  return folded(t("word.table", { n: list.length }), () => table({
    caption: t("kwic.distribution"),
    columns: [
      { name: "report_id", label: t("report"), value: (r) => r.report.id, show: (r) => link(r.href, chinese(reportName(r.about))) },
      { name: "level", label: t("level"), value: (r) => r.about.region_level, show: (r) => levelName(r.about.region_level) },
      { name: "region", label: t("region"), value: (r) => r.about.region, chinese: true },
      { name: "year", label: t("year"), value: (r) => r.about.year, show: (r) => String(r.about.year ?? "") },
      { name: "hits", label: t("n"), unit: t("unit.times"), number: 0, value: (r) => r.n, show: (r) => (r.n ? link(r.href, number(r.n)) : el("span", { class: "zero" }, "0")) },
      { name: "size", label: t("words.all"), unit: t("tokens"), number: 0 },
      { name: "rate", label: t("kwic.rate"), title: t("kwic.rate.title"), unit: t("unit.per_10k"), number: 4, value: (r) => Number(r.value.toFixed(4)), show: (r) => [r.value.toFixed(1), bar(r.value / most)] },
      { name: "low", label: t("interval.low"), title: t("word.interval.title"), unit: t("unit.per_10k"), number: 1, value: (r) => Number(r.low.toFixed(4)), show: (r) => r.low.toFixed(1) },
      { name: "high", label: t("interval.high"), title: t("word.interval.title"), unit: t("unit.per_10k"), number: 1, value: (r) => Number(r.high.toFixed(4)), show: (r) => r.high.toFixed(1) },
    ],
    rows: byLevel([...list].sort((a, b) => (a.about.region < b.about.region ? -1 : a.about.region > b.about.region ? 1 : a.about.year - b.about.year))).flatMap(([, own]) => own),
    file: `word-${name}`,
  }));
}

const WINDOW = 5;

/** Strength of a collocation: 14 where two always go together, one less for half as often (Rychlý's log Dice). */
const logDice = (both, x, y) => 14 + Math.log2((2 * both) / (x + y));

/**
 * What stands near the occurrences: keywords within five tokens to either side, and in the same sentence.
 *
 * Within the window `both` is the number of pairs in which each occurrence of either word is used once, so that a word said twice near
 * one occurrence does not count double; in sentences it is the sentences that have both.
 */
function collocates(texts, asked, found) {
  const bySentence = new Map();
  for (const hit of found) bySentence.set(hit.sentence, [...(bySentence.get(hit.sentence) ?? []), hit]);
  const of = new Map();
  const get = (term) => { if (!of.has(term)) of.set(term, { term, nodes: 0, tokens: 0, sentences: 0 }); return of.get(term); };
  for (const [sentence, hits] of bySentence) {
    const free = sentence.tokens.map((token) => token.keyword && !hits.some(({ start, end }) => token.start < end && start < token.end));
    const near = new Map();
    for (const { start, end } of hits) {
      const first = sentence.tokens.findIndex((token) => token.end > start);
      const after_ = sentence.tokens.findIndex((token) => token.start >= end);
      const last = after_ < 0 ? sentence.tokens.length : after_;
      const terms = new Set();
      for (let i = Math.max(0, first - WINDOW); i < Math.min(sentence.tokens.length, last + WINDOW); i += 1) {
        if (!free[i]) continue;
        terms.add(sentence.tokens[i].token);
        near.set(i, sentence.tokens[i].token);
      }
      for (const term of terms) get(term).nodes += 1;
    }
    for (const term of near.values()) get(term).tokens += 1;
    for (const term of new Set(sentence.tokens.filter((_, i) => free[i]).map(({ token }) => token))) get(term).sentences += 1;
  }
  const all = new Map();
  for (const report of texts) {
    for (const sentence of sentencesOf(report, asked)) {
      const had = new Set();
      for (const { token, keyword } of sentence.tokens) {
        if (!keyword || !of.has(token)) continue;
        const total = all.get(token) ?? { n: 0, sentences: 0 };
        total.n += 1;
        if (!had.has(token)) total.sentences += 1;
        had.add(token);
        all.set(token, total);
      }
    }
  }
  return [...of.values()].map((row) => {
    const total = all.get(row.term);
    const near = Math.min(row.nodes, row.tokens);
    return { term: row.term, near, sentences: row.sentences, n: total.n, dice: near ? logDice(near, found.length, total.n) : null, diceSentence: logDice(row.sentences, bySentence.size, total.sentences) };
  }).filter(({ sentences }) => sentences > 1).sort((a, b) => (b.dice ?? -99) - (a.dice ?? -99) || b.diceSentence - a.diceSentence || (a.term < b.term ? -1 : 1));
}

function collocatesPart(texts, asked, found, id) {
  if (found.length < 3) return null;
  const list = collocates(texts, asked, found);
  if (!list.length) return null;
  const both = (term) => address("kwic", id, { q: asked.q, theme: asked.theme, mode: asked.mode === "text" ? "text" : "", s: asked.section, part: asked.part, area: asked.area, with: term });
  const dice = (name, label, unit) => ({ name, label: t(label), title: t("collocates.dice.title"), unit, number: 2, show: (r) => (r[name] === null ? "" : r[name].toFixed(1)) });
  return el("details", { class: "collocates" },
    el("summary", {}, t("collocates.title", { words: list.slice(0, 8).map(({ term }) => term).join("、") })),
    el("p", { class: "note" }, t("collocates.note")),
    table({
      caption: t("collocates"),
      columns: [
        { name: "term", label: t("word"), chinese: true, value: (r) => r.term, show: (r) => link(both(r.term), r.term) },
        { name: "near", label: t("collocates.near"), title: t("collocates.near.title"), unit: t("unit.times"), number: 0 },
        dice("dice", "collocates.dice", "log2"),
        { name: "sentences", label: t("collocates.sentences"), unit: t("unit.sentences"), number: 0, show: (r) => link(both(r.term), number(r.sentences)) },
        dice("diceSentence", "collocates.dice.sentence", "log2"),
        { name: "n", label: t("collocates.n"), unit: t("unit.times"), number: 0, show: (r) => link(address("kwic", id, { q: r.term }), number(r.n)) },
      ],
      rows: list, file: `collocates-${asked.theme || asked.q}`, limit: 20,
    }));
}
