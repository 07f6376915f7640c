// Charts, drawn by Vega. The program comes with the page and is unpacked when the first chart is shown.

const CHARTS = JSON.parse(byId("charts").textContent);

function drawing() {
  return once("vega", async () => {
    // The page's policy knows this script by its hash and runs no other.
    document.head.append(el("script", {}, await unpack("vega")));
    return window.vegaEmbed;
  });
}

/** A figure with a chart; `rows` as its specification names them. What it shows stands in a table beside it, too. */
function chart(name, data, caption) {
  if (!data.length) return null;
  const place = el("div", { class: "chart", tabindex: isNarrow() ? "0" : null });
  const specification = { ...CHARTS[language][name], datasets: { rows: data } };
  specification.height = 22 * new Set(data.map(({ section }) => section)).size;
  // A map needs its width for the names of its columns; on a small screen it is moved sideways.
  if (isNarrow()) specification.width = 640;
  drawing().then((embed) => {
    // The view may have been left meanwhile.
    if (!place.isConnected) return null;
    const options = { ast: true, actions: false, renderer: "svg", logLevel: 1, defaultStyle: false, config: colours(), tooltip: { disableDefaultStyle: true } };
    return embed(place, specification, options);
  });
  return el("figure", {}, place, el("figcaption", {}, caption));
}

const isNarrow = () => matchMedia("(max-width: 40rem)").matches;

/** Colours and type of the page for the charts. */
function colours() {
  const page = getComputedStyle(document.documentElement);
  const colour = (name) => page.getPropertyValue(`--${name}`).trim();
  const [ink, soft, line] = [colour("ink"), colour("soft"), colour("line")];
  const narrow = isNarrow();
  return {
    background: null,
    font: colour("hei").replaceAll('"', "'"),
    view: { stroke: null },
    axis: { labelColor: ink, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontWeight: "normal" },
    axisY: { labelLimit: narrow ? 110 : 300 },
    axisXOrdinal: { grid: false },
    legend: { labelColor: ink, titleColor: soft, titleFontWeight: "normal", orient: narrow ? "bottom" : "right", columns: narrow ? 3 : 1, symbolLimit: 40 },
    range: { ramp: [colour("ramp-low"), colour("ramp-high")], heatmap: [colour("ramp-low"), colour("ramp-high")], category: colour("categories").split(" ") },
  };
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(false));
