// The words of the interface, in the language that the person chose.

const WORDS = JSON.parse(byId("words").textContent);
const REMEMBERED = "policy-emphasis.language";

function remembered() {
  // A browser may refuse storage to a file; the page then starts in the browser's language each time.
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

let language = ["en", "zh"].includes(remembered()) ? remembered() : navigator.language.startsWith("zh") ? "zh" : "en";

/** A text by name; `{x}` in it is replaced. */
function t(name, values = {}) {
  const text = WORDS[language][name];
  if (text === undefined) throw new Error(`no word ${name}`);
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** The text of a code such as a role or a verdict; the code itself where there is none. */
function named(group, code) {
  return WORDS[language][`${group}.${code}`] ?? code;
}

function setLanguage(chosen) {
  language = chosen;
  try {
    localStorage.setItem(REMEMBERED, chosen);
  } catch {
    // Not remembered, then.
  }
}

/** A number for reading: grouped by thousands, with so many decimals at most, or with just so many, as in the column of a table. */
function number(value, decimals = 0, { fixed = false } = {}) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const digits = { maximumFractionDigits: decimals, minimumFractionDigits: fixed ? decimals : 0 };
  return new Intl.NumberFormat("en", digits).format(value).replace("-", "−");
}

const percent = (value) =>
  value === null || value === undefined ? "" : `${(100 * value).toFixed(2)} %`;

/** The ends of a share's interval, or why there is none. */
const interval = ({ low, high }) => low === null ? el("span", { title: t("interval.none"), "aria-label": t("interval.none"), role: "note" }, "–") : `${percent(low)} – ${percent(high)}`;
