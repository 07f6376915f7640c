"""The page of a run, as a person uses it."""

from __future__ import annotations

import re
import shutil
import time
from itertools import pairwise

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from support import REPORT, ROOT
from support.browser import ATTACK, VIEWS, Watched, watched
from support.page import page_of


def lines(page: Watched) -> list[str]:
    """The addresses of the sentences that a concordance lists, in its order."""
    hrefs = page.page.locator(".kwic a.place").evaluate_all("list => list.map(a => a.getAttribute('href'))")
    return [href.removeprefix("#/report/").replace("?n=", ":") for href in hrefs]


def address(text: str, **values: str) -> str:
    return "#/kwic" + text + "?" + "&".join(f"{key}={value}" for key, value in values.items())


@pytest.mark.parametrize("word", ["企业", "经济", "新质生产力", "建设", "5%", "ＧＤＰ", "没有这个词"])
def test_a_word_is_found_where_it_stands_alone_and_inside_terms(page, tokens, results, word):
    page.go(address("", q=word, mode="word"))
    wanted = word.replace("ＧＤＰ", "GDP")
    vocabulary = pd.read_parquet(results / "corpus/vocabulary.parquet")
    times = vocabulary[vocabulary["unit"] == wanted].set_index("token")["n"]
    n = tokens["token"].map(times).fillna(0).astype(int)
    assert lines(page) == tokens["sentence_id"].repeat(n).tolist()
    inside = int(n[tokens["token"] != wanted].sum())
    said = page.page.locator("#count").inner_text()
    assert (f"{inside} of them inside longer terms" in said) == (inside > 0)


def test_a_term_that_is_never_a_token_is_found(page):
    page.go(address(f"/{REPORT}", q="数字经济"))
    assert len(lines(page)) == 2
    assert "2 of them inside longer terms" in page.page.locator("#count").inner_text()


@pytest.mark.parametrize("text", ["企业", "质生产", "，", "svg onload", "AI"])
def test_a_string_is_found_wherever_it_stands(page, sentences, text):
    page.go(address("", q=text.replace("&", "%26"), mode="text"))
    flat = sentences["text"].str.replace(r"\s", "", regex=True).str.translate({0xFF0C: ","})
    wanted = text.replace(" ", "").replace("，", ",")
    expected = [s for s, t in zip(sentences["sentence_id"], flat, strict=True) for _ in range(t.count(wanted))]
    more = page.page.get_by_role("button", name="Show all")
    if more.count():
        more.click()
    assert lines(page) == expected
    assert expected or text == "没有"


def test_a_line_lands_on_its_sentence(page, sentences):
    page.go(address("/" + REPORT, q="新质生产力"))
    target = lines(page)[-1]
    page.page.locator(".kwic a.place").last.click()
    page.page.wait_for_selector(".sentence.here")
    expected = sentences.set_index("sentence_id").loc[target, "text"]
    here = page.page.locator(".sentence.here")
    assert here.inner_text() == expected
    assert here.evaluate("node => node === document.activeElement")
    box = here.bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= 900


@pytest.mark.parametrize("scope", ["s1.3", "s2", "s2.10", "whole", "review", "plan"])
def test_counts_are_those_of_the_tables_and_lead_to_as_many_passages(page, results, scope):
    part = scope in ("whole", "review", "plan")
    page.go(f"#/report/{REPORT}?{'part' if part else 's'}={scope}")
    listed = page.saved("Words:")
    table = pd.read_csv(results / ("tables/frequency_parts.csv" if part else "tables/frequency.csv"))
    own = table[(table["report_id"] == REPORT) & (table["part" if part else "section_id"] == scope)]
    shown = {row["term"]: (int(row["n"]), float(row["rate"]), int(row["sentences"])) for row in listed}
    expected = {
        row.term: (row.n, row.per_10k, row.n_sentences)
        for row in own[["term", "n", "per_10k", "n_sentences"]].itertuples()
    }
    assert shown.keys() == expected.keys()
    for term, (n, rate, in_sentences) in expected.items():
        assert shown[term] == (n, pytest.approx(rate, abs=1e-4), in_sentences)
    top = 'div.table:has(caption:has-text("Words:")) td.number a'
    n = int(page.page.locator(top).first.inner_text())
    page.follow(top)
    assert len(lines(page)) == n == max(expected.values())[0]


def test_theme_hits_are_those_of_the_table_and_lead_to_as_many_passages(page, results):
    page.go(f"#/themes/{REPORT}")
    listed = page.saved("Hits by section")
    sections = pd.read_csv(results / "corpus/sections.csv", keep_default_na=False)
    sections = sections[(sections["report_id"] == REPORT) & sections["level"].between(1, 2)]
    themes = pd.read_csv(results / "tables/theme_sections.csv")
    hits = themes[themes["report_id"] == REPORT].set_index(["section_id", "theme"])["hits"]
    assert len(listed) == len(sections) == 20
    for section_id, row in zip(sections["section_id"], listed, strict=True):
        for theme in themes["theme"].unique():
            assert int(row[theme]) == hits[section_id, theme], (section_id, theme)
    # The hits are marked by the page, the numbers are from the table: both say the same.
    for section_id, theme in [("s2", "livelihood"), ("s1.3", "industry"), ("s2.10", "safety_risk")]:
        page.go(address("/" + REPORT, theme=theme, s=section_id))
        assert len(lines(page)) == hits[section_id, theme] > 0


def test_an_address_from_before_ids_had_a_letter_still_leads_to_its_section(page):
    page.go(f"#/report/{REPORT}?s=2.10")
    old = page.page.locator(".content").inner_text()
    page.go(f"#/report/{REPORT}?s=s2.10")
    assert page.page.locator(".content").inner_text() == old and "s2.10" in old


def test_measures_of_sections_are_those_of_the_table(page, results):
    page.go(f"#/report/{REPORT}").locator("summary", has_text="By section").click()
    listed = {row["section_id"]: row for row in page.saved("Structure and style")}
    structure = pd.read_csv(results / "tables/structure.csv", dtype="str", keep_default_na=False)
    own = structure[(structure["report_id"] == REPORT) & (structure["unit"] == "section")].set_index("name")
    assert listed.keys() == set(own.index)
    for section_id, row in own.iterrows():
        for name in ("n_sentences", "sentence_mean", "mattr", "four_character_share"):
            shown, expected = listed[section_id][name], row[name]
            assert shown == expected or float(shown) == float(expected), (section_id, name)


def test_figures_lead_to_their_sentences(page, results, sentences):
    page.go(f"#/targets/{REPORT}")
    pairs = pd.read_csv(results / "tables/target_pairs.csv")
    pairs = pairs[pairs["report_id"] == REPORT]
    listed = page.saved("Outturn and target")
    assert [row["indicator"] for row in listed] == pairs["indicator"].tolist()
    assert [row["reason"] for row in listed] == pairs["reason"].tolist()
    page.follow("div.table td.number a")
    expected = sentences.set_index("sentence_id").loc[pairs["outturn_sentence_id"].iloc[0], "text"]
    assert page.page.locator(".sentence.here").inner_text() == expected


def test_a_model_that_is_no_better_than_noise_is_not_shown(page, results):
    diagnostics = pd.read_csv(results / "tables/topic_diagnostics.csv")
    own = diagnostics[diagnostics["model"] == f"self:{REPORT}"]
    assert "not distinguishable from noise" in set(own["verdict"])
    page.go(f"#/topics/{REPORT}?model=self:{REPORT}")
    assert "Not distinguishable from noise" in page.page.locator("#verdict").inner_text()
    topics = pd.read_csv(results / "tables/topics.csv")
    topics = topics[topics["model"] == f"self:{REPORT}"]
    shown = page.page.locator("main").inner_text()
    assert not [label for label in topics["label"].unique() if label in shown]


def test_log_ratios_are_those_of_the_keyness_table(page, results):
    page.go(f"#/compare?a={REPORT}&as=review&b={REPORT}&bs=plan")
    keyness = pd.read_csv(results / "tables/keyness.csv")
    own = keyness[(keyness["report_id"] == REPORT) & (keyness["comparison"] == "part")].set_index("term")
    listed = {row["term"]: row for row in page.saved("Words of A and B")}
    assert set(own.index) <= set(listed)
    for term, row in own.iterrows():
        assert float(listed[term]["log_ratio"]) == pytest.approx(row["log_ratio"], abs=1e-4)
        assert (int(listed[term]["n_a"]), int(listed[term]["n_b"])) == (row["n_reference"], row["n_target"])
        # A word that was not tested has no q.
        assert float(listed[term]["q_bh"] or "nan") == pytest.approx(row["q_bh"], abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("test", ["permutation", "closed form"])
def test_a_comparison_names_its_test(browser, schemas, tmp_path, test):
    row = {"report_id": "r", "comparison": "part", "target": "plan", "reference": "review"}
    word = row | {"term": "产业", "n_target": 3, "n_reference": 1, "p": 0.5, "test": test, "q_bh": 0.5}
    verdict = row | {"unit": "sentence", "n_tested": 1, "n_found": 1, "verdict": "found"}
    place = {"report_id": "r", "section_id": "s1", "sentence_id": "r:1"}
    tokens = [place | {"token": "产业", "kind": "word", "start": i, "end": i + 2} for i in (0, 2, 4)]
    sentence = place | {"paragraph": 1, "start": 0, "end": 6, "text": "产业产业产业"}
    more = {"keyness": [word], "keyness_comparisons": [verdict], "sentences": [sentence], "tokens": tokens}
    file = tmp_path / "index.html"
    file.write_text(page_of(schemas, more), encoding="utf-8")
    with watched(browser, file) as page:
        page.go("#/compare?a=r&as=review&b=r&bs=plan")
        title = page.page.locator("th[title*='Benjamini-Hochberg']").get_attribute("title")
        assert title.startswith(
            {"permutation": "p of the permutation test", "closed form": "p of the closed-form test"}[test]
        )
        said = "Tested with sentences as units: 1 of 1 words tested differ beyond chance (q below 0.05)"
        assert said in page.page.locator("main").inner_text()


def test_tables_are_filtered_and_sorted(page):
    page.go(f"#/targets/{REPORT}")
    table = page.page.locator("div.table").first
    rows = table.locator("tbody tr")
    everything = rows.count()
    table.get_by_label("Filter").fill("different")
    assert 0 < rows.count() < everything
    assert all("different" in text for text in rows.all_inner_texts())
    table.get_by_label("Filter").fill("")
    table.get_by_role("button", name="Indicator").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="Indicator").click()
    assert table.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("view", VIEWS)
def test_text_of_a_report_never_runs(page, view):
    for rest in ("", "/hostile", "/hostile?s=1", "/hostile?q=img&mode=text", "/%3Cimg%20src=x%20onerror=run=1%3E"):
        page.go(f"#/{view}{rest}")
        page.page.wait_for_timeout(20)
        assert page.page.evaluate("window.run") is None
        assert page.page.locator("main img, main script, main b").count() == 0
    if view in ("overview", "report"):
        assert ATTACK in page.go(f"#/{view}/hostile?s=1").locator("main").inner_text()


def test_no_cell_of_a_csv_is_a_formula(page):
    page.go("#/targets/hostile")
    cells = [cell for row in page.saved("Every figure") for cell in row.values()]
    assert any("cmd()" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize(("locale", "scheme", "width"), [("en-GB", "light", 1280), ("zh-CN", "dark", 390)])
def test_the_page_is_accessible(browser, results, locale, scheme, width):
    axe = Axe()
    addresses = [f"#/{view}" for view in VIEWS]
    addresses += [f"#/report/{REPORT}?n=120", "#/kwic?q=企业", "#/kwic?q=数字经济、人工智能", "#/kwic?q=建设&with=产业"]
    addresses += [f"#/kwic/{REPORT}?q=数字经济，人工智能", "#/overview?area=7&year=2025&moved=theme:environment"]
    options = {"locale": locale, "color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watched(browser, results / "site/index.html", **options) as seen:
        for place in addresses:
            seen.go(place).locator(".collocates summary, .block > details > summary").evaluate_all(
                "l => l.forEach(s => s.click())"
            )
            found = axe.run(seen.page).response
            assert seen.page.locator("html").get_attribute("lang") == ("zh-CN" if locale == "zh-CN" else "en")
            assert len(found["passes"]) > 20, "axe looked at nothing"
            faults = [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]]
            assert not faults, (place, faults)


def test_headings_are_in_order(page):
    for view in VIEWS:
        levels = page.go(f"#/{view}").locator("h1, h2, h3, h4").evaluate_all("list => list.map(h => +h.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels)), (view, levels)


def test_the_language_is_remembered(page):
    page.go()
    page.page.locator("#language").click()
    page.page.wait_for_selector("html[lang=zh-CN]")
    page.go("#/themes")
    assert page.page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.page.locator("h1").inner_text() == "主题注意力"


def test_the_keyboard_is_enough(page):
    page.go()
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.id") == "skip"
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "main"
    assert page.page.locator("h1").inner_text() == "What the reports say"
    page.page.locator("#quick input").focus()
    page.page.keyboard.type("企业")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".kwic")
    assert page.page.evaluate("document.activeElement.id") == "main"
    page.page.locator(".kwic a.place").first.focus()
    outline = page.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".sentence.here")
    assert outline != "none"


@pytest.mark.parametrize("view", [*VIEWS, f"report/{REPORT}?s=2.3", "kwic?q=企业"])
def test_nothing_is_wider_than_a_telephone(browser, results, view):
    with watched(browser, results / "site/index.html", viewport={"width": 390, "height": 800}) as seen:
        assert seen.go(f"#/{view}").evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_opens_within_a_second(browser, results):
    """The fastest of five: what other programs do meanwhile only adds."""
    taken = []
    with watched(browser, results / "site/index.html") as seen:
        for _ in range(5):
            start = time.perf_counter()
            seen.go(f"#/report/{REPORT}")
            taken.append(time.perf_counter() - start)
    assert min(taken) < 1, taken


def test_the_page_stands_alone(browser, results, tmp_path):
    shutil.copy(results / "site/index.html", tmp_path / "elsewhere.html")
    with watched(browser, tmp_path / "elsewhere.html", offline=True) as seen:
        assert seen.go(f"#/report/{REPORT}").locator(".cloud li").count() == 40
    assert ROOT not in (tmp_path / "elsewhere.html").parents


def test_forty_reports_fit_into_six_megabytes(results):
    """Reckoned from the bundled report: what the page has besides it, and forty times one and a half of its bytes.

    Real reports of 20,000 characters take 1.4 times the bytes of the bundled one, which is half as long but full of figures.
    """
    text = (results / "site/index.html").read_text(encoding="utf-8")
    block = re.search(r'id="report-0">(.*?)</script>', text)[1]
    assert len(text.encode()) + 40 * 1.5 * len(block) < 6_000_000


def test_a_chart_is_drawn_and_its_marks_lead_to_the_passages(page, results):
    page.go(f"#/themes/{REPORT}")
    page.page.wait_for_selector(".chart svg")
    cells = page.page.locator(".chart .mark-rect.role-mark path")
    themes = pd.read_csv(results / "tables/theme_sections.csv").query("report_id == @REPORT")
    assert cells.count() == 20 * themes["theme"].nunique()
    cells.first.click()
    page.page.wait_for_selector("#count")
    page.settle()
    row = themes[themes["section_id"] == "s1"].iloc[0]
    assert page.page.url.endswith(f"#/kwic/{REPORT}?theme={row['theme']}&s=s1")
    assert len(lines(page)) == row["hits"] > 0


def test_charts_follow_the_colour_scheme(browser, results):
    with watched(browser, results / "site/index.html", color_scheme="dark") as seen:
        seen.go(f"#/themes/{REPORT}")
        seen.page.wait_for_selector(".chart svg")
        ink = seen.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()")
        fills = seen.page.locator(".chart .role-axis-label text").evaluate_all(
            "list => list.map(n => n.getAttribute('fill'))"
        )
        assert set(fills) == {ink}
