// Where a word, a string or the hits of a theme stand.

const SKIPPED = /[\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060\ufeff\u001c-\u001f\u0085]/;

/** Text half-width and without white space, and where each of its characters stood. */
function squeeze(text) {
  let flat = "";
  const places = [];
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (SKIPPED.test(character)) continue;
    const code = character.charCodeAt(0);
    flat += code >= 0xff01 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : character;
    places.push(i);
  }
  return { flat, places };
}

function findText(sentence, wanted) {
  sentence.squeezed ??= squeeze(sentence.text);
  const { flat, places } = sentence.squeezed;
  const spans = [];
  for (let at = flat.indexOf(wanted); at >= 0; at = flat.indexOf(wanted, at + wanted.length)) {
    spans.push({ start: places[at], end: places[at + wanted.length - 1] + 1 });
  }
  return spans;
}

function findTheme(sentence, theme, word) {
  const spans = sentence.hits.filter((hit) => hit.theme === theme);
  return word ? spans.filter((s) => squeeze(sentence.text.slice(s.start, s.end)).flat === word) : spans;
}

/** Where a word stands, alone or inside a longer term, which then is its `holder`. */
function findWord(sentence, wanted) {
  return sentence.tokens.flatMap((token) => {
    if (token.token === wanted) return [token];
    if (!token.token.includes(wanted)) return [];
    return inside(token).filter(({ term }) => term === wanted).map((span) => ({ ...span, holder: token.token }));
  });
}

/** All occurrences: `mode` word (alone or in a term), text (a string, also across words) or theme. Several words are a list. */
function find(reports, { q = "", mode = "word", theme = "", section = "", part = "", area = "" }) {
  const wanted = squeeze(q).flat;
  const list = mode === "word" && !theme ? wordList(q) : [];
  const found = [];
  if (!wanted && !theme) return found;
  for (const report of reports) {
    for (const sentence of sentencesOf(report, { section, part, area })) {
      let spans;
      if (theme) spans = findTheme(sentence, theme, wanted);
      else if (list.length > 1) spans = findList(sentence, list);
      else if (mode === "word") spans = findWord(sentence, wanted);
      else spans = findText(sentence, wanted);
      for (const { start, end, holder } of spans) found.push({ report, sentence, start, end, holder });
    }
  }
  return found;
}

/** The words that all texts on the page have, for suggestions: by falling number. */
async function vocabulary() {
  return once("vocabulary", async () => {
    const n = new Map();
    for (const report of await openAll()) {
      for (const { term, n: own } of count(report, { part: "whole" }).words) n.set(term, (n.get(term) ?? 0) + own);
    }
    return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  });
}

/** Lines that are pasted into a field of one line become words of a list; the browser would join them into one. */
function pasted(event) {
  const lines = event.clipboardData.getData("text").trim().split(/\s*\n\s*/);
  if (lines.length < 2) return;
  event.preventDefault();
  const { target } = event;
  target.setRangeText(lines.join("、"), target.selectionStart, target.selectionEnd, "end");
}
