// The page's frame: its navigation, its language, and which view stands in it.

const VIEWS = { overview, report: reports, kwic: concordance, areas: policyAreas, peers: againstPeers, themes, topics, targets, compare: comparison };
const NAMES = { overview: "overview", report: "reports", kwic: "kwic", areas: "areas", peers: "peers", themes: "themes", topics: "topics", targets: "targets", compare: "compare" };

function frame() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  byId("skip").textContent = t("skip");
  byId("name").textContent = t("title");
  const { view } = current();
  const nav = byId("nav");
  nav.setAttribute("aria-label", t("views"));
  nav.replaceChildren(el("ul", {}, Object.entries(NAMES).map(([name, label]) => el("li", {}, el("a", navigation(name, label === NAMES[view]), t(navigationName(name)))))));
  const other = language === "zh" ? "en" : "zh";
  const toggle = byId("language");
  toggle.textContent = WORDS[other]["language.own"];
  toggle.lang = other === "zh" ? "zh-CN" : "en";
  quickSearch();
  byId("bottom").replaceChildren(...[t("bottom")].map((text) => el("p", {}, text)));
}

/** With one report, its answer is the overview, and its text is what the reports are. */
const alone = REPORTS.length === 1 && INDEX.shown.length === 1;
const navigationName = (name) => (alone && ["overview", "report"].includes(name) ? `alone.${name}` : NAMES[name]);

function navigation(name, here) {
  const { report, query } = current();
  const whole = alone && !query.s && !query.n && ["overview", "report"].includes(current().view);
  const [id] = INDEX.shown;
  const href = alone && name === "report" ? toSection(id, firstSection) : address(name, ["areas", "peers", "themes", "topics", "targets", "report"].includes(name) ? report : "");
  const at = alone && ["overview", "report"].includes(name) ? (name === "overview" ? whole : here && !whole) : here;
  return { href, "aria-current": at ? "page" : null };
}

/** The first section of every report but its front matter. */
const firstSection = "s1";

function quickSearch() {
  const form = byId("quick");
  form.setAttribute("aria-label", t("quick"));
  form.replaceChildren(
    el("label", {}, el("span", { class: "hidden" }, t("kwic.word")), el("input", { type: "search", name: "q", placeholder: t("quick"), autocomplete: "off", onpaste: pasted })),
    el("button", { type: "submit" }, t("kwic.search")));
}

let turn = 0;

/** Show the view that the address names. `moved`: the person went there, so focus goes along. */
async function show(moved) {
  const mine = (turn += 1);
  const { view, report, query } = current();
  const main = byId("main");
  frame();
  main.setAttribute("aria-busy", "true");
  let content;
  try {
    content = await (VIEWS[view] ?? overview)(report, query);
  } catch (error) {
    console.error(error);
    content = [el("h1", {}, t("failed")), el("p", { class: "warn" }, t("failed.what"))];
  }
  if (mine !== turn) return;
  main.replaceChildren();
  add(main, content);
  main.removeAttribute("aria-busy");
  const heading = main.querySelector("h1");
  document.title = heading ? `${heading.textContent} · ${t("title")}` : t("title");
  if (moved) land(main);
}

/** Where the eye and the focus go after a step: to the sentence that was asked for, else to the top of the view. */
function land(main) {
  const sentence = main.querySelector(".sentence.here");
  if (sentence) {
    sentence.focus({ preventScroll: true });
    sentence.scrollIntoView({ block: "center" });
  } else {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  byId("status").textContent = document.title;
}

byId("quick").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = address("kwic", "", { q: new FormData(event.target).get("q").trim() });
});
byId("skip").addEventListener("click", (event) => {
  // The address names the view, so a jump inside it is made here.
  event.preventDefault();
  byId("main").focus();
});
byId("language").addEventListener("click", () => {
  setLanguage(language === "zh" ? "en" : "zh");
  show(false);
});
let last = "";
addEventListener("hashchange", () => {
  const { view, report } = current();
  // A change of a setting inside a view keeps the place; a step to another view or a sentence does not.
  const step = `${view} ${report}`;
  show(step !== last || /[?&](n|s|q|theme)=/.test(location.hash));
  last = step;
});
last = `${current().view} ${current().report}`;
show(Boolean(current().query.n));
