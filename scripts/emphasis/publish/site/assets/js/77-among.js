// A report among the others: what sets it apart, what came and went, how alike they are.

async function among(report) {
  const all = await together(report);
  const own = (name) => rows(all[name]).filter(({ report_id }) => report_id === report.id);
  const [words_, tests, changes, rates, alike] = ["keyness_across", "keyness_across_comparisons", "term_changes", "term_change_rates", "similarity"].map(own);
  if (!tests.length && !alike.length) return null;
  return [
    el("h2", {}, t("among")),
    tests.map((test) => apart(report, test, words_.filter(({ reference }) => reference === test.reference))),
    rates.length ? changed(report, changes, rates) : null,
    alike.length ? similar(report, alike) : null,
  ];
}

function otherName(id) {
  return REPORT.has(id) ? reportName(REPORT.get(id)) : id;
}

function apart(report, test, found) {
  const name = test.reference === "others" ? t("among.others") : otherName(test.reference);
  return [
    el("p", { class: test.verdict === "found" ? "good" : "warn" }, t("among.test", { name, verdict: verdictOf(test) })),
    found.length ? table({
      caption: t("among.words", { name }),
      columns: [
        { name: "term", label: t("word"), chinese: true },
        { name: "n_target", label: t("n"), number: 0, show: (r) => link(toWord(r.term, report.id, { part: "whole" }), number(r.n_target)) },
        { name: "n_reference", label: t("among.n"), number: 0, show: (r) => test.reference === "others" ? link(address("kwic", "", { q: r.term, part: "whole" }), number(r.n_reference)) : link(toWord(r.term, test.reference, { part: "whole" }), number(r.n_reference)) },
        { name: "log_odds", label: t("among.log_odds"), title: t("among.log_odds.title"), number: 2 },
        { name: "q_bh", label: "q", title: t("q.title", { test: testName(found) }), number: 4 },
      ],
      rows: found,
      file: `keyness-${report.id}-${test.reference}`,
      limit: 20,
    }) : null,
  ];
}

function changed(report, changes, rates) {
  const place = (row) => (row.change === "new" ? report.id : row.previous_id);
  return [
    rates.map((rate) => el("p", {}, t(`among.rate.${rate.change}`, {
      n: number(rate.n_terms), absent: number(rate.n_absent), changed: number(rate.n_changed), earlier: number(rate.n_earlier),
    }), rate.n_later ? ` ${t("among.back", { back: number(rate.n_back), changed: number(rate.n_changed), later: number(rate.n_later) })}` : "",
    rate.absent_base === null ? "" : ` ${t("among.base", { years: percent(rate.absent_halves), base: percent(rate.absent_base) })}`)),
    changes.length ? changeTable(report, changes.filter((row) => !row.within), place) : null,
  ];
}

function changeTable(report, changes, place) {
  return table({
    caption: t("among.changes", { name: otherName(changes[0].previous_id) }),
    columns: [
      { name: "term", label: t("word"), chinese: true },
      { name: "change", label: t("among.change"), value: (r) => r.change, show: (r) => named("change", r.change) },
      { name: "n", label: t("n"), number: 0, show: (r) => (canOpen(place(r)) ? link(toWord(r.term, place(r), { part: "whole" }), number(r.n)) : number(r.n)) },
      { name: "n_later_with", label: t("among.later"), title: t("among.later.title"), number: 0, show: (r) => (r.n_later ? `${number(r.n_later_with)} / ${number(r.n_later)}` : "") },
    ],
    rows: changes,
    file: `term-changes-${report.id}`,
    limit: 20,
  });
}

function similar(report, alike) {
  return table({
    caption: t("among.similar"),
    columns: [
      { name: "other_id", label: t("report"), value: (r) => r.other_id, show: (r) => link(address("compare", "", { a: report.id, as: "whole", b: r.other_id, bs: "whole" }), chinese(otherName(r.other_id))) },
      { name: "relation", label: t("among.relation"), value: (r) => r.relation, show: (r) => named("relation", r.relation) },
      { name: "cosine", label: t("among.cosine"), unit: "0–1", number: 3 },
      { name: "bar", label: t("share.bar"), value: (r) => r.cosine, show: (r) => bar(r.cosine) },
      { name: "baseline", label: t("among.baseline"), title: t("among.baseline.title"), number: 3 },
    ],
    rows: alike,
    file: `similarity-${report.id}`,
    limit: 20,
  });
}
