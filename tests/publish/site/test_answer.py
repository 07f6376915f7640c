"""What a report says in short, its ribbon and its areas, as a person uses them."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from emphasis.areas.scheme import read_scheme
from emphasis.measures.themes import DEFAULT
from emphasis.publish.site.areas import areas_index
from support import REPORT, ROOT
from support.browser import watched
from support.page import THEME, page_of

WHOLE = f"#/report/{REPORT}"


@pytest.fixture(scope="module")
def coded(results):
    return pd.read_parquet(results / "corpus/areas.parquet").set_index("sentence_id")


def table(results, name, **types):
    read = pd.read_csv(results / f"tables/{name}.csv", keep_default_na=False, na_values=[""], dtype=types)
    return read[read["report_id"] == REPORT]


def test_a_report_opens_with_its_findings_from_the_tables(page, results):
    page.go(WHOLE)
    cards = page.page.locator(".finding")
    assert cards.count() == 3
    distinctive = table(results, "distinctive").query("part == 'whole' and rank > 0").sort_values("rank")
    shown = page.page.locator(".finding.stressed tbody tr")
    for row, expected in zip(shown.all(), distinctive.itertuples(), strict=False):
        cells = row.locator("th, td").all_inner_texts()
        assert cells[:2] == [expected.term, str(expected.n)]
        assert cells[3] == f"{round(expected.peers_with * expected.n_peers)} of {expected.n_peers}"
    missing = table(results, "missing").query("part == 'whole' and rank > 0")
    named = set(page.page.locator(".finding.missing tbody th").all_inner_texts())
    assert named <= set(missing["term"]) and len(named) == 5
    smallest = distinctive["q_bh"].min()
    assert f"{smallest:.2g}" in page.page.locator(".finding.stressed .note").inner_text() or smallest < 0.05


def test_a_finding_leads_to_its_sentences(page):
    page.go(WHOLE)
    cell = page.page.locator(".finding.stressed tbody a").first
    n = int(cell.inner_text())
    page.follow(".finding.stressed tbody a")
    assert page.page.locator(".kwic a.place").count() == n
    page.go(WHOLE)
    page.follow(".finding.stressed h2 a")
    assert page.page.locator(".kwic a.place").count() == n


def test_the_plans_areas_lead_to_its_sentences(page, coded, results):
    page.go(WHOLE)
    first = page.page.locator(".finding.moved tbody tr").first
    change = table(results, "area_changes", area=str).query(
        "comparison == 'plan against review' and area not in ['0', '15']"
    )
    expected = change.loc[change["change"].abs().idxmax()]
    assert f"{100 * expected['share']:.1f}%" in first.inner_text()
    first.locator("a").last.click()
    page.page.wait_for_selector("#count")
    rows = page.page.locator("div.table").first.locator("tbody tr")
    sections = pd.read_csv(results / "corpus/sections.csv", keep_default_na=False).query("report_id == @REPORT")
    plan = set(sections.loc[sections["role"] == "plan", "section_id"])
    sentences = pd.read_parquet(results / "corpus/sentences.parquet").set_index("sentence_id")
    own = coded[
        (coded["area"] == expected["area"]) & coded.index.isin(sentences.index[sentences["section_id"].isin(plan)])
    ]
    assert rows.count() == len(own[own["report_id"] == REPORT]) > 0


def test_the_ribbon_has_every_sentence_in_its_area_and_leads_to_it(page, coded, results):
    page.go(WHOLE)
    cells = page.page.locator(".ribbon .run a")
    own = coded[coded["report_id"] == REPORT]
    assert cells.count() == len(own)
    assert cells.evaluate_all("list => list.map(a => a.dataset.area)") == own["area"].tolist()
    sentences = pd.read_parquet(results / "corpus/sentences.parquet").set_index("sentence_id")["text"]
    widths = cells.evaluate_all("list => list.map(a => +getComputedStyle(a).flexGrow)")
    assert widths == sentences.loc[own.index].str.len().tolist()
    wanted = cells.nth(100)
    wanted.hover()
    assert sentences.loc[own.index[100]][:20] in page.page.locator(".readout").inner_text()
    wanted.click()
    page.page.wait_for_selector(".sentence.here")
    assert page.page.locator(".sentence.here").inner_text() == sentences.loc[own.index[100]]


def test_the_ribbon_is_one_stop_of_the_keyboard(page):
    page.go(WHOLE)
    assert (
        page.page.locator(".ribbon a[tabindex='0']").evaluate_all("l => l.filter(a => a.closest('.run')).length") == 1
    )
    page.page.locator(".run a").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.page.keyboard.press(key)
    assert page.page.evaluate("document.activeElement.getAttribute('href')") == f"#/report/{REPORT}?n=12"
    label = page.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.match(r"Sentence 12, [a-z]", label)
    page.page.keyboard.press("End")
    assert page.page.evaluate("document.activeElement === [...document.querySelectorAll('.run a')].at(-1)")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".sentence.here")


def test_the_legend_is_the_filter_and_its_shares_are_those_of_the_table(page, results):
    page.go(WHOLE)
    areas = table(results, "areas", area=str).query("part == 'whole'").set_index("area_en")
    names = page.page.locator(".shares > ul > li:not(.axisline)")
    for row in names.all():
        name, value = row.locator(".areabutton").inner_text(), row.locator(".value").inner_text()
        assert value == f"{100 * areas.loc[name, 'share'] + 1e-9:.1f}%", name
    page.page.get_by_role("button", name="business").click()
    shown = page.page.locator(".run a:not(.off)").evaluate_all("list => [...new Set(list.map(a => a.dataset.area))]")
    assert set(shown) <= {"15a", "15b", "15c", "15d"} and shown
    page.page.get_by_role("button", name="education").click()
    shown = page.page.locator(".run a:not(.off)").evaluate_all("list => [...new Set(list.map(a => a.dataset.area))]")
    assert "6" in shown and "15a" in shown
    for name in ("business", "education"):
        page.page.get_by_role("button", name=name).click()
    assert page.page.locator(".run a.off").count() == 0


def test_lists_of_sentences_are_narrowed_to_an_area(page, coded):
    page.go(f"#/kwic/{REPORT}?q=企业")
    every = page.page.locator(".kwic li").count()
    page.page.get_by_label("Policy area").select_option("15d")
    page.page.locator("form.search button").click()
    page.page.wait_for_function("n => document.querySelectorAll('.kwic li').length < n", arg=every)
    hrefs = page.page.locator(".kwic a.place").evaluate_all("list => list.map(a => a.getAttribute('href'))")
    assert hrefs and {coded.loc[h.removeprefix("#/report/").replace("?n=", ":"), "area"] for h in hrefs} == {"15d"}
    page.go(f"#/targets/{REPORT}")
    for caption in ("Outturn and target", "Every figure", "Tasks of the plan"):
        box = page.page.locator("div.table").filter(has=page.page.locator("caption", has_text=caption)).first
        label = box.locator("select option").nth(1).inner_text()
        box.locator("select").select_option(index=1)
        labels = box.locator("tbody .arealabel").all_inner_texts()
        assert labels and set(labels) == {label}, caption


def test_the_targets_that_are_counted_are_all_of_them(page, results):
    targets, pairs = (pd.read_csv(results / f"tables/{name}.csv") for name in ("targets", "target_pairs"))
    own, of_pairs = (table[table["report_id"] == REPORT] for table in (targets, pairs))
    total = (own["period"] == "target").sum()
    assert total > len(of_pairs)
    page.go(f"#/targets/{REPORT}")
    said = page.page.locator("main").inner_text()
    assert f"The report has {total} statements of targets. {len(of_pairs)} pairs" in said
    assert f"of which {of_pairs['comparable'].sum()} can be compared" in said


def test_no_peer_with_a_term_is_explained(page):
    """The reference holds counts, not texts: that no peer counts a term does not say that none has its characters."""
    page.go(f"#/peers/{REPORT}")
    cells = page.page.locator("div.table").first.locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert any(cell.startswith("0 of") for cell in cells)
    assert all(cell.startswith("0 of") == cell.endswith("†") for cell in cells)
    assert "† No peer counts it as a term" in page.page.locator("main").inner_text()


def test_each_sentence_of_the_text_says_its_area(page, coded):
    page.go(f"#/report/{REPORT}?s=s2.8")
    titles = page.page.locator(".text .sentence").evaluate_all("list => list.map(s => [s.id, s.title])")
    names = read_scheme(ROOT / "config/areas/areas.tsv").names_en
    assert len(titles) == 15
    for name, title in titles:
        assert title.startswith(names[coded.loc[f"{REPORT}:{name.removeprefix('s-')}", "area"]])


def test_how_well_the_coder_codes_is_that_of_its_validation(page):
    page.go(f"#/areas/{REPORT}")
    validation = pd.read_csv(ROOT / "config/areas/validation.tsv", sep="\t", dtype={"area": str})
    held_out = validation[validation["sample"] == "held-out reports"].set_index("area")
    listed = page.saved("Accuracy by area")
    assert len(listed) == len(held_out) - 1
    names = read_scheme(ROOT / "config/areas/areas.tsv").names_en
    for row in listed:
        area = next(code for code in held_out.index if names.get(code) == row["area"])
        assert (float(row["precision"]), float(row["recall"])) == tuple(held_out.loc[area, ["precision", "recall"]])
    page.page.locator("summary", has_text="What is taken for what").click()
    confusion = pd.read_csv(ROOT / "config/areas/confusion.tsv", sep="\t", dtype={"area": str}).set_index("area")
    cells = page.page.locator("table.confusion tbody tr").first.locator("td").all_inner_texts()
    assert [0 if cell == "·" else int(cell) for cell in cells] == confusion.iloc[0].tolist()


def test_shares_of_themes_in_a_comparison_are_those_of_the_table(page, results):
    page.go(f"#/compare?a={REPORT}&as=review&b={REPORT}&bs=plan")
    themes = table(results, "themes").query("definition == 'words'").set_index(["part", "theme"])["value"]
    listed = page.saved("Attention to themes in A and B")
    assert len(listed) == themes["review"].size
    for row in listed:
        theme = row["theme"]
        assert (float(row["share_a"]), float(row["share_b"])) == (
            pytest.approx(themes["review", theme], abs=1e-6), pytest.approx(themes["plan", theme], abs=1e-6)
        )  # fmt: skip


def test_a_topic_view_is_one_screen_without_noise(page, results):
    page.page.set_viewport_size({"width": 1440, "height": 900})
    page.go(f"#/topics/{REPORT}?model=basis")
    verdicts = pd.read_csv(results / "tables/topic_verdicts.csv")
    own = verdicts[(verdicts["model"] == "basis") & (verdicts["verdict"] != "not distinguishable from noise")]
    labels = page.page.locator(".topiclist .what a").all_inner_texts()
    assert sorted(labels) == sorted(own["label"])
    box = page.page.locator(".topiclist").bounding_box()
    assert box["y"] + box["height"] <= 900
    page.follow(".topiclist .what a")
    assert 0 < page.page.locator("div.table tbody tr").count() <= 3


def test_tables_say_that_they_are_wider_than_the_screen(browser, results):
    with watched(browser, results / "site/index.html", viewport={"width": 390, "height": 800}) as seen:
        seen.go(f"#/targets/{REPORT}")
        assert seen.page.locator(".sideways:visible").count() >= 2
        assert seen.page.locator(".scroll").first.evaluate("n => n.scrollWidth > n.clientWidth")


def test_a_chinese_reader_gets_chinese_texts_and_files(browser, results):
    with watched(browser, results / "site/index.html", locale="zh-CN") as seen:
        seen.go(WHOLE)
        assert "与同类报告相比" in seen.page.locator(".finding.stressed h2").inner_text()
        seen.go(f"#/targets/{REPORT}")
        rows = seen.saved("完成情况与目标")
        assert {"指标", "目标单位", "完成情况限定语", "原因"} <= set(rows[0])
        assert not re.search("[a-z]{4}", "".join(rows[0]["原因"]))
        seen.go("#/report/hostile")
        warning = seen.page.locator("div.table").filter(has=seen.page.locator("caption", has_text="提示")).first
        texts = warning.locator("tbody td:nth-child(3), tbody td:nth-child(4)").all_inner_texts()
        assert texts and all(re.search("[\u4e00-\u9fff]", text) for text in texts)
        seen.go(f"#/compare?a={REPORT}&as=review&b={REPORT}&bs=plan")
        heads = seen.saved("甲乙词语比较")[0]
        assert any("次/万词" in head and "长春市 2025 回顾" in head for head in heads)


def test_a_text_of_another_kind_is_no_year_of_a_region(browser, schemas, tmp_path):
    """A report on law-based government of the same year comes first by name: the share did not fall from 13 %."""
    place = {"region": "龙华区", "region_level": "county", "adcode": "440309", "n_chars": 9_000}
    reports = [
        place | {"report_id": "a", "year": 2020, "confidence": "low"},
        place | {"report_id": "b", "year": 2020, "confidence": "high"},
        place | {"report_id": "r", "year": 2024, "confidence": "high"},
        # Another county of this name.
        place | {"report_id": "s", "year": 2024, "confidence": "high", "adcode": "520100"},
    ]
    theme = {"part": "whole", "theme": THEME.name, "definition": DEFAULT, "numerator": 1, "denominator": 9}
    shares = zip("abrs", (0.13, 0.02, 0.01, 0.9), strict=True)
    themes = [theme | {"report_id": name, "value": value} for name, value in shares]
    file = tmp_path / "index.html"
    area = {"report_id": "r", "part": "whole", "area": "1", "n": 1, "share": 1.0, "share_characters": 1.0}
    file.write_text(page_of(schemas, {"reports": reports, "themes": themes, "areas": [area]}), encoding="utf-8")
    with watched(browser, file) as seen:
        seen.go("#/")
        assert "only the 1 of 4 reports whose text is in this page" in seen.page.locator("#block-stress").inner_text()
        block = seen.page.locator("#block-moved")
        assert "from 2.00% in 2020 to 1.00% in 2024" in block.locator("h2").inner_text()
        assert "of their region and year beside them are left out: 1." in block.inner_text()
        assert block.locator(".panels > *").count() == 1


def test_without_peers_it_says_so_and_shows_what_stands(browser, schemas, tmp_path):
    file = tmp_path / "index.html"
    coded = {
        "report_id": "r",
        "sentence_id": "r:1",
        "area": "7",
        "second": "",
        "p": 0.9,
        "corrected": False,
        "start": 0,
        "end": 9,
    }
    share = {
        "report_id": "r",
        "part": "whole",
        "section_id": "",
        "area": "7",
        "n": 1,
        "share": 1.0,
        "share_characters": 1.0,
    }
    file.write_text(page_of(schemas, {"sentence_areas": [coded], "areas": [share]}), encoding="utf-8")
    with watched(browser, file) as seen:
        seen.go("#/")
        said = seen.page.locator("main").inner_text()
        assert "Not compared: no peers were found" in said and "No peers: nothing is compared" in said
        assert seen.page.locator(".run a").count() == 1
        assert seen.page.locator(".shares .value").first.inner_text() == "100.0%"
        peer = {
            "report_id": "r",
            "peer": "p",
            "peer_title": "题",
            "peer_year": 2025,
            "peer_region_level": "county",
            "rule": "level",
            "compared": False,
        }
    file.write_text(page_of(schemas, {"peers": [peer]}), encoding="utf-8")
    with watched(browser, file) as seen:
        assert "fewer than five reports near this one" in seen.go("#/").locator("main").inner_text()


def test_shares_of_areas_stand_beside_those_of_peers(browser, schemas, tmp_path):
    """From standing.csv, for whatever it has: here an area, of which 3 of 4 peers are below."""
    file = tmp_path / "index.html"
    share = {
        "report_id": "r",
        "part": "whole",
        "section_id": "",
        "area": "7",
        "n": 1,
        "share": 0.2,
        "low": 0.1,
        "high": 0.3,
    }
    standing = {"report_id": "r", "kind": "area", "measure": "7", "part": "whole", "value": 0.2, "peer_low": 0.05}
    standing |= {"peer_median": 0.1, "peer_high": 0.25, "percentile": 70.0, "rank": 2, "n_peers": 4}
    file.write_text(
        page_of(schemas, {"areas": [share], "standing": [standing], "sentence_areas": []}), encoding="utf-8"
    )
    with watched(browser, file) as seen:
        seen.go("#/areas")
        row = seen.page.locator(".shares > ul > li:not(.axisline)")
        assert row.locator(".rank").inner_text() == "2nd highest of 5"
        left, width = (row.locator(".strip .peers").evaluate(f"n => n.style.{name}") for name in ("left", "width"))
        # The axis ends with the interval, at 30 %.
        assert float(left.rstrip("%")) == pytest.approx(100 / 6, rel=1e-4) and "66.6667" in width
        assert "peers: low 5.0%, median 10.0%, high 25.0%" in row.locator(".strip").get_attribute("aria-label")


def test_one_report_alone_opens_with_its_answer_and_its_text_is_a_view(browser, schemas, tmp_path):
    file = tmp_path / "index.html"
    file.write_text(page_of(schemas), encoding="utf-8")
    with watched(browser, file) as seen:
        seen.go("#/")
        assert seen.page.locator("nav#nav a[aria-current]").inner_text() == "In short"
        seen.follow("nav#nav li:nth-child(2) a")
        assert seen.page.locator(".text").count() == 1
        assert seen.page.locator("nav#nav a[aria-current]").inner_text() == "Text"


def test_a_coder_without_validation_is_no_error():
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    index = areas_index(scheme, None, None)
    assert index["coder"] is None and [area["code"] for area in index["areas"]] == list(scheme.listed)
    assert [area["code"] for area in index["areas"] if area.get("major") == "15"] == ["15a", "15b", "15c", "15d"]
