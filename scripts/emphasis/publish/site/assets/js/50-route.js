// Addresses inside the page: #/view/report?key=value. Each state of a view has one, so that it can be kept and sent.

function address(view, report = "", values = {}) {
  const query = new URLSearchParams(Object.entries(values).filter(([, v]) => v !== "" && v !== undefined && v !== null));
  const path = report ? `#/${view}/${encodeURIComponent(report)}` : `#/${view}`;
  return String(query) ? `${path}?${query}` : path;
}

function current() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, report] = path.split("/");
  return { view: view || "overview", report: decode(report ?? ""), query: Object.fromEntries([...new URLSearchParams(query)].map(lettered)) };
}

/** Sections of addresses that were kept from before ids had a letter: 2.10 is s2.10. */
function lettered([key, value]) {
  return [key, ["s", "as", "bs"].includes(key) && /^\d+(\.\d+)*$/.test(value) ? `s${value}` : value];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Go on in the same view with other values. */
function change(values) {
  const { view, report, query } = current();
  location.hash = address(view, report, { ...query, ...values });
}

const toReport = (id) => address("report", id);
const toSection = (id, section) => address("report", id, { s: section });
const toSentence = (id, n) => address("report", id, { n });
const toWord = (q, report, { section = "", part = "" } = {}) => address("kwic", report, { q, s: section, part });
const toTheme = (theme, report, { section = "", part = "" } = {}) => address("kwic", report, { theme, s: section, part });
