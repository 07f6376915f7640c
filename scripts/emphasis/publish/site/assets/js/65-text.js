// Sentences with their terms or the hits of a theme marked, and words as bars and as a cloud.

/** A sentence's text with spans marked; `spans` in order, not overlapping. */
function marked(text, spans, kind) {
  const parts = [];
  let place = 0;
  for (const { start, end } of spans) {
    if (start < place) continue;
    parts.push(text.slice(place, start), el("mark", { class: kind }, text.slice(start, end)));
    place = end;
  }
  parts.push(text.slice(place));
  return parts;
}

/** The paragraphs of a section's own text, with the area named where it changes. */
function paragraphs(report, sentences, { marks, chosen }) {
  const out = [];
  let last = null;
  for (const sentence of sentences) {
    if (sentence.paragraph !== last?.paragraph) out.push(el("p"));
    const named_ = sentence.area && (sentence.area !== last?.area || sentence.paragraph !== last.paragraph);
    last = sentence;
    if (named_) out.at(-1).append(areaLabel(sentence.area));
    let spans = [];
    let kind = "term";
    if (marks === "terms") spans = sentence.tokens.filter((token) => token.kind === "term");
    else if (marks && marks !== "none") [spans, kind] = [findTheme(sentence, marks), "hit"];
    const here = sentence.n === chosen;
    out.at(-1).append(
      el("span", { id: `s-${sentence.n}`, class: `${here ? "sentence here" : "sentence"} ${areaClass(sentence.area)}`, title: areaOf(sentence) || null, tabindex: here ? "-1" : null },
        marked(sentence.text, spans, kind)),
    );
  }
  return out;
}

/** The most frequent words as a table with a bar for each; every count leads to its passages. */
function bars(report, scope, { limit = 20, caption, file }) {
  const { words, size } = count(report, scope);
  const most = words[0]?.n ?? 1;
  const tfidf = new Map(rows(report.block.tfidf)
    .filter((row) => row.section_id === scope.section).map((row) => [row.term, row.rank]));
  const columns = [
    { name: "term", label: t("word"), chinese: true },
    { name: "n", label: t("n"), unit: t("unit.times"), number: 0, show: (w) => link(toWord(w.term, report.id, scope), number(w.n)) },
    { name: "alone", label: t("n_alone"), title: t("n_alone.title"), number: 0 },
    { name: "bar", label: t("share.bar"), value: (w) => w.n, show: (w) => bar(w.n / most) },
    { name: "rate", label: t("per_10k"), unit: t("unit.per_10k"), number: 1, value: (w) => Number(w.rate.toFixed(4)), show: (w) => w.rate.toFixed(1) },
    { name: "sentences", label: t("sentences"), number: 0 },
  ];
  if (tfidf.size) {
    columns.push({ name: "tfidf_rank", label: t("tfidf.rank"), title: t("tfidf.title"), number: 0, value: (w) => tfidf.get(w.term) ?? null, show: (w) => tfidf.get(w.term) ?? "" });
  }
  return [
    el("p", { class: "note" }, t("bars.note", { words: number(size) })),
    table({ caption, columns, rows: words, file, limit, first: (w) => !w.within }),
  ];
}

function bar(share, kind = "") {
  return el("span", { class: `bar ${kind}`, "aria-hidden": "true" }, el("span", { style: { width: `${Math.max(0, Math.min(1, share)) * 100}%` } }));
}

/** The most frequent words with the area of their characters in proportion to their counts, which stand beside them. */
function cloud(report, scope, limit = 40) {
  const { words } = count(report, scope);
  const chosen = words.filter((w) => !w.within).slice(0, limit);
  if (!chosen.length) return null;
  const most = chosen[0].n;
  return el("ul", { class: "cloud", "aria-label": t("cloud.label") },
    chosen.map(({ term, n }) =>
      el("li", {}, el("a", { href: toWord(term, report.id, scope), style: { "font-size": `${Math.max(0.8, 2.6 * Math.sqrt(n / most)).toFixed(2)}rem` } },
        chinese(term), el("span", { class: "n" }, number(n))))));
}
