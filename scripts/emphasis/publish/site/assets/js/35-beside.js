// Reports that lie beside the page: each in a script of one call, which is loaded when the report is opened.

/** Folder, name and stamp of the file of each report beside the page. */
const BESIDE = new Map(Object.entries(INDEX.beside ?? {}).flatMap(([folder, files]) =>
  Object.entries(files).map(([id, [name, stamp]]) => [id, { name: `${folder}/${name}`, stamp }])));

/** Reports whose text can be read, here or beside the page. */
const CAN_OPEN = [...INDEX.shown, ...BESIDE.keys()].sort((a, b) => (a < b ? -1 : 1));
const canOpen = (id) => INDEX.shown.includes(id) || BESIDE.has(id);

const arrived = new Map();
const refused = new Map();

// What the files call.
globalThis.policyEmphasis = (name, stamp, packed) => arrived.set(name, { stamp, packed });

/** What a file beside the page has, with its stamp; null when there is no such file. */
function load(name) {
  return new Promise((resolve) => {
    const done = async () => {
      script.remove();
      const found = arrived.get(name);
      arrived.delete(name);
      resolve(found ? { stamp: found.stamp, data: JSON.parse(await inflate(found.packed)) } : null);
    };
    const script = el("script", { src: `reports/${name}.js`, onload: done, onerror: done });
    document.head.append(script);
  });
}

async function openBeside(id) {
  const { name, stamp } = BESIDE.get(id) ?? {};
  if (!name) return null;
  const found = await load(name);
  if (found?.stamp === stamp) return model(id, withModels(found.data, await together()));
  refused.set(id, found ? "beside.other" : "beside.missing");
  return null;
}

/** Why a report cannot be read. */
const absent = (id) => t(refused.get(id) ?? "report.absent");

/** Tables with more rows, without those that they have. */
function withRows(tables, more) {
  const out = { ...tables };
  for (const [name, table] of Object.entries(more)) {
    const had = new Set(rows(tables[name]).map((row) => JSON.stringify(row)));
    const fresh = rows(table).filter((row) => !had.has(JSON.stringify(row)));
    out[name] = Object.fromEntries(Object.keys(table).map((key) => [key, [...(tables[name]?.[key] ?? []), ...fresh.map((row) => row[key])]]));
  }
  return out;
}
