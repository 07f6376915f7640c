// Tables: with a caption, to be filtered, sorted and taken along as CSV.

const ROWS = 100;

/**
 * A table.
 *
 * columns: name (of the field), label, number (decimals: right-aligned), show(row) gives the cell's content, value(row) what
 * is sorted by, chinese (text of a report), unit (for the head in CSV), saved (only in CSV). `first` says which rows are among the
 * first that are shown; `pick` narrows rows by a choice: its label, what stands for all, the options, the value of a row.
 */
function table({ caption, columns: every, rows: all, file, sort = null, empty = t("table.none"), filter = true, limit = ROWS, first = () => true, pick = null }) {
  const state = { sort, down: false, text: "", picked: "", limit };
  const columns = every.filter(({ saved }) => !saved);
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
    if (state.picked) list = list.filter((row) => pick.value(row) === state.picked);
    const column = columns.find(({ name }) => name === state.sort);
    if (column) {
      list = list
        .map((row) => [value(column, row), row])
        .sort(([a], [b]) => compare(a, b, state.down))
        .map(([, row]) => row);
    }
    return list;
  }

  const searched = (column, row) => shownText(column, row, value).toLowerCase();

  function fill() {
    const list = chosen();
    const some = list.length > state.limit && !state.text && !state.picked;
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
  const picker = pick && pick.options.length > 1 && select(pick.label, [["", pick.all], ...pick.options], "", (chosen) => { state.picked = chosen; fill(); });
  const tools = el("div", { class: "tabletools" },
    picker,
    filter && el("label", { class: "field" }, el("span", {}, t("table.filter")), box),
    button(t("table.csv"), () => download(`${file}.csv`, csv(every, chosen(), value), "text/csv;charset=utf-8")),
    shown,
  );
  fill();
  return el("div", { class: "table" }, tools, scrolled(caption, el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), body)));
}

/** A table in a frame that is moved sideways; says so where it is wider than the screen. */
function scrolled(caption, content) {
  const frame_ = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption }, content);
  const hint = el("p", { class: "sideways", hidden: true }, t("table.sideways"));
  new ResizeObserver(() => { hint.hidden = frame_.scrollWidth <= frame_.clientWidth + 1; }).observe(frame_);
  return [hint, frame_];
}

/** What a cell shows, as text. */
function shownText(column, row, value) {
  const cell = column.show ? column.show(row) : value(column, row);
  return [cell].flat(Infinity).map((c) => c?.textContent ?? c ?? "").join("");
}

function plain(column, value) {
  return column.number === undefined || typeof value !== "number" ? value ?? "" : number(value, column.number, { fixed: true });
}

/** Missing values come last in either direction. */
function compare(a, b, down) {
  const missing = (v) => v === null || v === undefined || v === "";
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN");
  return down ? -order : order;
}

/** The name of a column in CSV: that of the tables in English, its label in Chinese; with the unit of its numbers. */
function headOf({ name, label, unit }) {
  if (language === "zh") return unit ? `${label ?? name}（${unit}）` : label ?? name;
  return unit ? `${name} [${unit}]` : name;
}

/**
 * CSV that spreadsheet programs open as UTF-8, and in which no text is taken for a formula. Numbers are those of the tables, codes in
 * the language of the page; a column of pictures has its number.
 */
function csv(columns, list, value) {
  const cell = (raw) => {
    let text = raw === null || raw === undefined ? "" : String(raw);
    if (typeof raw === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const content = (column, row) => {
    const own = value(column, row);
    const coded = language === "zh" && column.number === undefined && typeof own === "string" && own !== "" && column.show && !column.chinese && !/_id$/.test(column.name);
    return coded ? shownText(column, row, value) || own : own;
  };
  const lines = [columns.map(headOf), ...list.map((row) => columns.map((column) => content(column, row)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\n")}\n`;
}
