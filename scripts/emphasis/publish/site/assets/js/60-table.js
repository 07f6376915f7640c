// Tables: with a caption, to be filtered, sorted and taken along as CSV.

const ROWS = 100;

/**
 * A table.
 *
 * columns: name (of the field), label, number (decimals: right-aligned), show(row) gives the cell's content, value(row) what
 * is sorted by and written to CSV, chinese (text of a report). `first` says which rows are among the first that are shown.
 */
function table({ caption, columns, rows: all, file, sort = null, empty = t("table.none"), filter = true, limit = ROWS, first = () => true }) {
  const state = { sort, down: false, text: "", limit };
  const body = el("tbody");
  const shown = el("p", { class: "shown", "aria-live": "polite" });
  const value = (column, row) => (column.value ? column.value(row) : row[column.name]);
  const heads = columns.map((column) => {
    const press = () => {
      state.down = state.sort === column.name ? !state.down : column.number !== undefined;
      state.sort = column.name;
      fill();
    };
    const head = button([column.label, el("span", { class: "arrow", "aria-hidden": "true" })], press, { class: "head" });
    return el("th", { scope: "col", class: column.number === undefined ? "" : "number", title: column.title }, head);
  });

  function chosen() {
    const wanted = state.text.trim().toLowerCase();
    let list = wanted
      ? all.filter((row) => columns.some((column) => searched(column, row).includes(wanted)))
      : [...all];
    const column = columns.find(({ name }) => name === state.sort);
    if (column) {
      list = list
        .map((row) => [value(column, row), row])
        .sort(([a], [b]) => compare(a, b, state.down))
        .map(([, row]) => row);
    }
    return list;
  }

  function searched(column, row) {
    const cell = column.show ? column.show(row) : value(column, row);
    const text = cell instanceof Node ? cell.textContent : [cell].flat(Infinity).map((c) => c?.textContent ?? c ?? "").join("");
    return String(text).toLowerCase();
  }

  function fill() {
    const list = chosen();
    const some = list.length > state.limit && !state.text;
    body.replaceChildren(...(some ? list.filter(first) : list).slice(0, state.limit).map(line));
    columns.forEach((column, i) => {
      const sorted = state.sort === column.name;
      if (sorted) heads[i].setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else heads[i].removeAttribute("aria-sort");
    });
    const parts = [t(list.length === all.length ? "table.all" : "table.some", { n: number(list.length), all: number(all.length) })];
    if (list.length > state.limit) {
      parts.push(" ", t("table.first", { n: state.limit }), " ", button(t("table.more"), () => { state.limit = Infinity; fill(); }));
    }
    shown.replaceChildren();
    add(shown, parts);
  }

  function line(row) {
    return el("tr", {}, columns.map((column, i) => {
      const content = column.show ? column.show(row) : plain(column, value(column, row));
      const attributes = { class: column.number === undefined ? column.class : "number", lang: column.chinese ? "zh-CN" : null };
      return i === 0 ? el("th", { scope: "row", ...attributes }, content) : el("td", attributes, content);
    }));
  }

  if (!all.length) return el("div", { class: "table" }, el("p", { class: "caption" }, caption), el("p", { class: "note" }, empty));
  const box = el("input", { type: "search", oninput: (event) => { state.text = event.target.value; fill(); } });
  const tools = el("div", { class: "tabletools" },
    filter && el("label", { class: "field" }, el("span", {}, t("table.filter")), box),
    button(t("table.csv"), () => download(`${file}.csv`, csv(columns, chosen(), value), "text/csv;charset=utf-8")),
    shown,
  );
  fill();
  const scrolled = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), body));
  return el("div", { class: "table" }, tools, scrolled);
}

function plain(column, value) {
  return column.number === undefined || typeof value !== "number" ? value ?? "" : number(value, column.number);
}

/** Missing values come last in either direction. */
function compare(a, b, down) {
  const missing = (v) => v === null || v === undefined || v === "";
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN");
  return down ? -order : order;
}

/** CSV that spreadsheet programs open as UTF-8, and in which no text is taken for a formula. */
function csv(columns, list, value) {
  const cell = (raw) => {
    let text = raw === null || raw === undefined ? "" : String(raw);
    if (typeof raw === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ name }) => name), ...list.map((row) => columns.map((column) => value(column, row)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\n")}\n`;
}
