// A string in the text of all reports: of those in the page as everywhere else, of those beside it in files with the text alone.

/** The text of the reports beside the page, a file after the other; `tell` gets how many of them were read. */
async function openTexts(tell) {
  const folders = Object.keys(INDEX.beside ?? {});
  const read = (i) => i < folders.length && once(`texts ${folders[i]}`, () => load(`${folders[i]}/texts`));
  const texts = [];
  for (const i of folders.keys()) {
    tell(i, folders.length);
    // The next one is read from the disk while this one is unpacked.
    const [here] = [read(i), read(i + 1)];
    const found = await here;
    texts.push(...(found?.data ?? []).filter(({ id, stamp }) => BESIDE.get(id)?.stamp === stamp));
  }
  return texts;
}

/** Where the sentences of a text begin: each is a line. */
function beginningsOf(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

const PART_CODES = { review: ["2"], plan: ["3"], whole: ["1", "2", "3"] };

/** Occurrences of a string in a text, none overlapping another, and the sentences that have it: of all, of a part, of an area. */
function countText(own, wanted, { part = "", area = "" }) {
  const { text } = own;
  let at = text.indexOf(wanted);
  if (at < 0) return { n: 0, sentences: 0 };
  own.starts ??= beginningsOf(text);
  const code = area && String.fromCharCode(49 + INDEX.areas.findIndex((a) => a.code === area));
  let [n, sentences, line, last] = [0, 0, 0, -1];
  for (; at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    while (own.starts[line + 1] <= at) line += 1;
    if ((part && !PART_CODES[part].includes(own.part[line])) || (code && own.area[line] !== code)) continue;
    n += 1;
    sentences += line !== last;
    last = line;
  }
  return { n, sentences };
}
