// The data of the page: opened when they are asked for.

const INDEX = JSON.parse(byId("index").textContent);

/** Rows of a table that is stored by columns. */
function rows(table) {
  if (!table) return [];
  const names = Object.keys(table);
  return names.length ? table[names[0]].map((_, i) => Object.fromEntries(names.map((name) => [name, table[name][i]]))) : [];
}

const unpack = (id) => inflate(byId(id).textContent);

/** Text from what `pack_text` made of it. */
async function inflate(packed) {
  const characters = atob(packed);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

const opened = new Map();

/** Something made once and kept. */
function once(name, make) {
  if (!opened.has(name)) opened.set(name, make());
  return opened.get(name);
}

const REPORTS = rows(INDEX.reports);
const REPORT = new Map(REPORTS.map((report) => [report.report_id, report]));

/** Tables of several reports: of those in the page, and of others that are given and bring their own rows. */
async function together(...others) {
  const all = await once("together", async () => JSON.parse(await unpack("together")));
  return others.reduce((tables, report) => withRows(tables, report?.block.together ?? {}), all);
}

/** A report with its text, sections and words; null when it is neither in the page nor beside it. */
function openReport(id) {
  const place = INDEX.shown.indexOf(id);
  if (place < 0) return once(`beside ${id}`, () => openBeside(id));
  return once(`report-${place}`, async () => model(id, withModels(JSON.parse(await unpack(`report-${place}`)), await together())));
}

async function openAll(ids = INDEX.shown) {
  const reports = [];
  for (const id of ids) {
    const report = await openReport(id);
    if (report) reports.push(report);
  }
  return reports;
}

/** A report's block with what is said of topic models: its own stand in the block, those that it shares with others among all reports. */
function withModels(block, all) {
  const used = new Set(block.topic_sections.model);
  for (const name of ["topics", "topic_verdicts", "topic_diagnostics"]) {
    const list = [...rows(all[name]).filter(({ model }) => used.has(model)), ...rows(block[name])];
    block[name] = Object.fromEntries(Object.keys(block[name]).map((key) => [key, list.map((row) => row[key])]));
  }
  return block;
}

const KINDS = ["word", "term", "number", "latin"];

function model(id, block) {
  const sections = rows(block.sections);
  const place = new Map(sections.map((section, i) => [section.section_id, i]));
  const sentences = rows(block.sentences).map((s, i) => ({ ...s, i, section: sections[s.section], tokens: [], hits: [] }));
  addTokens(sentences, block.tokens);
  addAreas(sentences, block.areas);
  for (const hit of rows(block.hits)) sentences[hit.sentence].hits.push({ ...hit, theme: INDEX.themes[hit.theme].name });
  const byNumber = new Map(sentences.map((sentence) => [sentence.n, sentence]));
  return { id, about: REPORT.get(id), block, inner: new Set(block.tokens.inside), sections, place, sentences, byNumber };
}

/** Tokens of each sentence from their gaps and lengths. */
function addTokens(sentences, packed) {
  const other = new Map(packed.other.map((at, i) => [at, packed.as[i]]));
  let at = 0;
  for (const [i, sentence] of sentences.entries()) {
    let place = 0;
    for (let k = 0; k < packed.count[i]; k += 1, at += 1) {
      const start = place + packed.gap[at];
      place = start + packed.length[at];
      const kind = packed.kind[at];
      const token = other.get(at) ?? sentence.text.slice(start, place);
      const [words, ...spans] = packed.held[token] ?? [1];
      sentence.tokens.push({ token, start, end: place, kind: KINDS[kind >> 1], keyword: kind % 2 === 1, words, spans });
    }
  }
}

/** The policy area of each sentence, the next one where it is near, and the probability of the first in per cent. */
function addAreas(sentences, { area, second, p, corrected }) {
  const code = (at) => INDEX.areas[at]?.code ?? "";
  for (const [i, sentence] of sentences.entries()) Object.assign(sentence, { area: code(area[i]), second: code(second[i]), p: p[i], corrected: false });
  for (const i of corrected) sentences[i].corrected = true;
}

/** The words and terms inside a token: text and place, that of the token where it is printed with spaces. */
function inside({ token, start, end, spans }) {
  const found = [];
  const asPrinted = end - start === token.length;
  for (let k = 0; k < spans.length; k += 2) {
    const [at, length] = [spans[k], spans[k + 1]];
    found.push({ term: token.slice(at, at + length), ...(asPrinted ? { start: start + at, end: start + at + length } : { start, end }) });
  }
  return found;
}

const within = (sectionId, holder) => sectionId === holder || sectionId.startsWith(`${holder}.`);

/** Sentences of a section with its subsections, of a part (whole, review, plan: counted text), or of the whole file; of one area. */
function sentencesOf(report, { section = "", part = "", area = "" } = {}) {
  return report.sentences.filter(
    (s) =>
      (!area || s.area === area) &&
      (!section || within(s.section.section_id, section)) &&
      (!part || (s.section.counted && (part === "whole" || s.section.role === part))),
  );
}

/** Occurrences of each keyword, alone and inside terms, and all words in a section or part, as frequency.csv counts them. */
function count(report, scope) {
  const words = new Map();
  let size = 0;
  const add = (term, kind, alone, sentence) => {
    const word = words.get(term) ?? { term, kind, n: 0, alone: 0, sentences: new Set(), holders: new Map() };
    word.n += 1;
    word.alone += alone;
    if (alone) word.kind = kind;
    word.sentences.add(sentence.i);
    words.set(term, word);
  };
  for (const sentence of sentencesOf(report, scope)) {
    if (!sentence.section.counted) continue;
    for (const token of sentence.tokens) {
      size += token.words;
      if (token.keyword) add(token.token, token.kind, 1, sentence);
      const held = inside(token).filter(({ term }) => report.inner.has(term));
      for (const { term } of held) add(term, "word", 0, sentence);
      const spans = token.keyword ? [{ term: token.token, start: token.start, end: token.end }, ...held] : held;
      for (const a of spans) for (const b of spans) if (a !== b && a.term.length > b.term.length && a.start <= b.start && b.end <= a.end) {
        const { holders } = words.get(b.term);
        holders.set(a.term, (holders.get(a.term) ?? 0) + 1);
      }
    }
  }
  const list = [...words.values()].map((w) => ({ ...w, sentences: w.sentences.size, rate: (10_000 * w.n) / size, within: holder(w) }));
  list.sort((a, b) => b.n - a.n || (a.term < b.term ? -1 : 1));
  return { size, words: list, of: words };
}

/** The term that holds at least 80 % of a word's occurrences, if any: measures/nesting.py has the rule. */
function holder({ n, holders }) {
  const found = [...holders].filter(([, held]) => held >= 0.8 * n);
  found.sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1));
  return found.length ? found[0][0] : "";
}

/** The title, with place and year where it does not say them. */
function reportName(about) {
  const title = about.title || about.report_id;
  const more = [about.region, about.year].filter((word) => word && !title.includes(word));
  return more.length ? `${title}（${more.join("，")}）` : title;
}

/** Short name of a report where there is little room. */
function shortName(about) {
  return about.region && about.year ? `${about.region} ${about.year}` : reportName(about);
}

function sectionName(section) {
  const heading = `${section.number}${section.heading}`;
  return heading || named("role", section.role);
}
