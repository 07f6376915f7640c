// A list of words that a person types in: a theme of their own, counted as themes.csv counts.

const SHORTEST = 2;

const typedWords = (q) => q.split(/[、，,;；\s]+/).map((word) => squeeze(word).flat).filter((word) => word && word !== "-");
const isException = (word) => word.startsWith("-");
const bare = (word) => (isException(word) ? word.slice(1) : word);
const isShort = (word) => [...bare(word)].length < SHORTEST;

/**
 * The words of a list, separated by commas, 、, spaces or lines, the longest first; single characters are too short for a theme. With a
 * minus before it a string is an exception, in which nothing is counted.
 */
function wordList(q) {
  const words = typedWords(q);
  if (words.length < 2) return words;
  return [...new Set(words)].filter((word) => !isShort(word))
    .sort((a, b) => bare(b).length - bare(a).length || isException(b) - isException(a) || (a < b ? -1 : 1));
}

/** A sentence without white space: the borders of its tokens and of the words inside them, and the words. */
function layout(sentence) {
  if (sentence.layout) return sentence.layout;
  sentence.squeezed ??= squeeze(sentence.text);
  const { flat, places } = sentence.squeezed;
  const before_ = new Map(places.map((at, i) => [at, i]));
  const flatAt = (from, step) => { let at = from; while (at >= 0 && at < sentence.text.length && !before_.has(at)) at += step; return before_.get(at) ?? flat.length; };
  const tokens = [];
  const words = [];
  for (const token of sentence.tokens) {
    const [left, right] = [flatAt(token.start, 1), flatAt(token.end - 1, -1) + 1];
    const cuts = new Set([left, right]);
    for (let k = 0; k < token.spans.length; k += 2) cuts.add(left + token.spans[k]).add(left + token.spans[k] + token.spans[k + 1]);
    const borders = [...cuts].filter((at) => at <= right).sort((a, b) => a - b);
    tokens.push([left, right]);
    for (let k = 1; k < borders.length; k += 1) words.push([borders[k - 1], borders[k]]);
  }
  const side = (list, i) => new Set(list.map((span) => span[i]));
  sentence.layout = { flat, places, tokens, words, begins: side(words, 0), ends: side(words, 1), first: side(tokens, 0), last: side(tokens, 1) };
  return sentence.layout;
}

const BEGINNINGS = new WeakMap();

/** The entries of a list by their first character, in the order of the list. */
function beginnings(list) {
  if (!BEGINNINGS.has(list)) {
    const of = new Map();
    for (const entry of list) of.set(bare(entry)[0], [...(of.get(bare(entry)[0]) ?? []), entry]);
    BEGINNINGS.set(list, of);
  }
  return BEGINNINGS.get(list);
}

/**
 * Hits of a list in a sentence: from left to right, at each place the longest word, none overlapping another or an exception; at the borders
 * of words, and none that begins inside a token and runs past it. measures/theme_hits.py has the rule.
 */
function findList(sentence, list) {
  const { flat, places, tokens, begins, ends, first, last } = layout(sentence);
  const stands = (from, to) => begins.has(from) && ends.has(to) &&
    ((first.has(from) && last.has(to)) || tokens.some(([left, right]) => left <= from && to <= right));
  const of = beginnings(list);
  const spans = [];
  let at = 0;
  while (at < flat.length) {
    const entry = of.get(flat[at])?.find((w) => flat.startsWith(bare(w), at) && (isException(w) || stands(at, at + w.length)));
    const to = at + (entry ? bare(entry).length : 1);
    if (entry && !isException(entry)) spans.push({ start: places[at], end: places[to - 1] + 1, word: entry, flat: [at, to] });
    at = to;
  }
  return spans;
}

/** Hits of a list in a part or section, the words that they consist of or lie in, and all words. */
function countList(report, list, scope) {
  const total = { hits: 0, words: 0, size: 0, sentences: 0, of: new Map() };
  for (const sentence of sentencesOf(report, scope)) {
    if (!sentence.section.counted) continue;
    const spans = findList(sentence, list);
    const { words } = layout(sentence);
    total.size += words.length;
    total.hits += spans.length;
    total.sentences += spans.length > 0;
    total.words += words.filter(([left, right]) => spans.some(({ flat: [a, b] }) => left < b && a < right)).length;
    for (const { word } of spans) total.of.set(word, (total.of.get(word) ?? 0) + 1);
  }
  return { ...total, share: total.size ? total.words / total.size : null };
}

function listPart(texts, asked, list, id) {
  const list_ = texts.map((report) => ({ report, about: report.about, ...Object.fromEntries(PARTS.map((part) => [part, countList(report, list, { part })])) })).filter(({ whole }) => whole.size);
  const short = [...new Set(typedWords(asked.q).filter(isShort))];
  const of = new Map(list.filter((word) => !isException(word)).map((word) => [word, 0]));
  for (const { whole } of list_) for (const [word, n] of whole.of) of.set(word, of.get(word) + n);
  const href = (row, part) => address("kwic", row.report.id, { q: asked.q, part });
  const points_ = list_.map((row) => ({ about: row.about, value: row.whole.share, low: null, high: null, href: href(row, "whole"), label: t("list.point", { report: shortName(row.about), share: percent(row.whole.share), n: number(row.whole.hits) }) }));
  // Ranked among reports of one level and year, as everywhere.
  const [head] = cohorts(list_).sort((a, b) => b.rows.length - a.rows.length);
  const ranked = [...(head?.rows ?? [])].sort((a, b) => b.whole.share - a.whole.share);
  const cell = (part) => [
    { name: part, label: named("part", part), unit: t("unit.share.words"), number: 6, value: (r) => (r[part].share === null ? null : Number(r[part].share.toFixed(6))), show: (r) => [percent(r[part].share), " ", r[part].hits ? link(href(r, part), t("hits.n", { n: number(r[part].hits) })) : ""] },
    { name: `hits_${part}`, label: `${t("hits")} ${named("part", part)}`, unit: t("unit.hits"), number: 0, saved: true, value: (r) => r[part].hits },
  ];
  return el("section", { class: "block list" },
    el("h2", {}, listTitle(head, ranked)),
    el("p", { class: "note" }, t("list.how"), short.length ? ` ${t("list.short", { words: short.join("、") })}` : ""),
    id ? null : panels(points_, { show: (value) => percent(value).replace(" ", ""), name: t("list.name") }),
    table({
      caption: t("list.table"),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.report.id, show: (r) => link(toReport(r.report.id), chinese(shortName(r.about))) },
        { name: "level", label: t("level"), value: (r) => r.about.region_level, show: (r) => levelName(r.about.region_level) },
        ...PARTS.flatMap(cell),
      ],
      rows: byLevel(list_).flatMap(([, own]) => own), file: "own-theme", limit: 15, filter: list_.length > 5,
    }),
    id && list_.length ? listSections(list_[0].report, list, asked) : null,
    el("div", { class: "columns two" },
      el("div", {}, el("h3", {}, t("list.words")), el("p", {}, [...of].sort((a, b) => b[1] - a[1]).map(([word, n], i) => [i ? t("finding.comma") : "", n ? link(address("kwic", id, { q: word, part: "whole" }), chinese(word)) : chinese(word), ` ${number(n)}`]))),
      el("div", {}, el("h3", {}, t("list.yaml")), el("p", { class: "note" }, t("list.yaml.how")), el("pre", { tabindex: "0" }, el("code", { id: "yaml" }, yamlOf(list))), button(t("list.yaml.save"), () => download("my_theme.yaml", yamlOf(list), "text/yaml;charset=utf-8")))));
}

function listTitle(head, ranked) {
  if (!ranked.length) return t("kwic.nothing");
  const [most, least] = [ranked[0], ranked.at(-1)];
  if (ranked.length < 2) return t("list.one", { report: shortName(most.about), share: percent(most.whole.share), n: number(most.whole.hits) });
  return t("list.found", {
    n: ranked.length, level: levelName(head.level), year: head.year ?? "",
    most: shortName(most.about), share: percent(most.whole.share), least: shortName(least.about), low: percent(least.whole.share),
  });
}

function listSections(report, list, asked) {
  const sections = report.sections.filter(({ level, counted }) => level > 0 && level < 3 && counted).map((section) => ({ section, ...countList(report, list, { section: section.section_id }) }));
  const most = Math.max(...sections.map(({ share }) => share ?? 0), 1e-9);
  return table({
    caption: t("list.sections"),
    columns: [
      { name: "section_id", label: t("section"), value: (r) => r.section.section_id, show: (r) => link(toSection(report.id, r.section.section_id), r.section.section_id) },
      { name: "heading", label: t("heading"), class: "wide", value: (r) => sectionName(r.section), show: (r) => chinese(sectionName(r.section)) },
      { name: "hits", label: t("hits"), unit: t("unit.hits"), number: 0, show: (r) => (r.hits ? link(address("kwic", report.id, { q: asked.q, s: r.section.section_id }), number(r.hits)) : el("span", { class: "zero" }, "0")) },
      { name: "share", label: t("share"), title: t("share.title"), unit: t("unit.share.words"), number: 6, value: (r) => (r.share === null ? null : Number(r.share.toFixed(6))), show: (r) => [percent(r.share), bar((r.share ?? 0) / most)] },
    ],
    rows: sections, file: `own-theme-sections-${report.id}`, limit: 30,
  });
}

/** The list as a file of config/themes; words are quoted, so that none is taken for a number. */
function yamlOf(list) {
  const lines = (words) => [...words].sort((a, b) => (a < b ? -1 : 1)).map((word) => `  - ${JSON.stringify(bare(word))}`);
  const exceptions = list.filter(isException);
  return ["label: 我的主题", "label_en: My theme", "status: compiled", "source: Typed in on the page.", "words:", ...lines(list.filter((word) => !isException(word))),
    ...(exceptions.length ? ["exceptions:", ...lines(exceptions)] : []), ""].join("\n");
}
