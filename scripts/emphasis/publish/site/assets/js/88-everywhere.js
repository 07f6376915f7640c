// How often a string stands in each of all reports, by year and region.

/** A block that fills itself: what it needs is read when it is first asked for. */
function everywhere(asked, list, shown_) {
  if (!BESIDE.size || asked.theme || asked.section || !squeeze(asked.q).flat) return null;
  const box = el("section", { class: "block", id: "everywhere" });
  const n = number(INDEX.shown.length);
  if (list.length > 1) add(box, [el("h2", {}, t("everywhere.all")), el("p", { class: "note" }, t("everywhere.list", { n }))]);
  else fill_(box, asked, shown_);
  return [box, el("h2", {}, t("everywhere.carried", { n }))];
}

async function fill_(box, asked, shown_) {
  const bar_ = el("progress", { max: 1, value: 0, "aria-label": t("everywhere.reading") });
  const said = el("p", { class: "note" }, t("everywhere.reading"));
  box.setAttribute("aria-busy", "true");
  add(box, [el("h2", {}, t("everywhere.all")), said, bar_]);
  const texts = await openTexts((done, all) => { bar_.max = all; bar_.value = done; });
  const wanted = squeeze(asked.q).flat;
  const inPage = find(shown_, { ...asked, mode: "text" });
  const own = (id) => {
    const hits = inPage.filter(({ report }) => report.id === id);
    return { n: hits.length, sentences: new Set(hits.map(({ sentence }) => sentence.n)).size };
  };
  const list = [...shown_.map(({ id }) => ({ about: REPORT.get(id), ...own(id) })),
    ...texts.map((text) => ({ about: REPORT.get(text.id), ...countText(text, wanted, asked) }))];
  list.sort((a, b) => b.n - a.n || (a.about.report_id < b.about.report_id ? -1 : 1));
  box.replaceChildren();
  add(box, everywhereResults(list, asked, BESIDE.size - texts.length));
  box.removeAttribute("aria-busy");
  byId("status").textContent = box.querySelector("h2").textContent;
}

const total = (list, name) => list.reduce((sum, row) => sum + row[name], 0);

function everywhereResults(list, asked, unread) {
  const limited = asked.part || asked.area;
  const rate = ({ n, about }) => (about.n_chars ? (10_000 * n) / about.n_chars : null);
  const href = ({ about }) => address("kwic", about.report_id, { q: asked.q, mode: "text", part: asked.part, area: asked.area });
  const most = Math.max(...list.map(({ n }) => n), 1);
  const where = [asked.part && named("part", asked.part), asked.area && areaName(asked.area)].filter(Boolean).join(" · ");
  const drawn = () => panels(list.map((row) => ({ ...row, value: rate(row), low: null, high: null, href: href(row), label: t("everywhere.point", { report: shortName(row.about), n: number(row.n) }) })), { show: (value) => value.toFixed(1), name: asked.q });
  return [
    el("h2", {}, t("everywhere.found", { q: asked.q, n: number(total(list, "n")), reports: number(list.filter(({ n }) => n).length), all: number(list.length) })),
    unread ? el("p", { class: "warn" }, t("everywhere.unread", { n: number(unread) })) : null,
    el("p", { class: "note" }, t("everywhere.note"), where ? ` ${where}` : ""),
    table({
      caption: t("everywhere.table"),
      columns: [
        { name: "report_id", label: t("report"), value: (r) => r.about.report_id, show: (r) => link(href(r), chinese(reportName(r.about))) },
        { name: "level", label: t("level"), value: (r) => r.about.region_level, show: (r) => levelName(r.about.region_level) },
        { name: "region", label: t("region"), value: (r) => r.about.region, chinese: true },
        { name: "year", label: t("year"), value: (r) => r.about.year, show: (r) => String(r.about.year ?? "") },
        { name: "hits", label: t("n"), unit: t("unit.times"), number: 0, value: (r) => r.n, show: (r) => [r.n ? link(href(r), number(r.n)) : el("span", { class: "zero" }, "0"), bar(r.n / most)] },
        { name: "sentences", label: t("sentences"), unit: t("unit.sentences"), number: 0 },
        ...(limited ? [] : [{ name: "rate", label: t("everywhere.rate"), unit: t("everywhere.rate"), number: 2, value: (r) => (rate(r) === null ? null : Number(rate(r).toFixed(4))) }]),
      ],
      rows: list, file: `everywhere-${asked.q}`, limit: 15,
    }),
    folded(t("everywhere.by.year"), () => grouped(list, t("year"), "year", ({ about }) => about.year ?? "")),
    folded(t("everywhere.by.region"), () => [grouped(list, t("region"), "region", ({ about }) => about.region), limited ? null : drawn()]),
  ];
}

/** Hits of groups of reports: by year, or by region. */
function grouped(list, label, name, of) {
  const groups = new Map();
  for (const row of list) groups.set(of(row), [...(groups.get(of(row)) ?? []), row]);
  const rows_ = [...groups].map(([key, own]) => ({ key, reports: own.length, having: own.filter(({ n }) => n).length, hits: total(own, "n") }));
  return table({
    caption: t("everywhere.by", { by: label }),
    columns: [
      { name, label, value: (r) => r.key, show: (r) => chinese(String(r.key || "—")) },
      { name: "reports", label: t("reports"), number: 0 },
      { name: "having", label: t("everywhere.having"), number: 0 },
      { name: "hits", label: t("n"), unit: t("unit.times"), number: 0 },
    ],
    rows: rows_.sort((a, b) => compare(a.key, b.key, false)), file: `everywhere-${name}`, limit: 40,
  });
}
