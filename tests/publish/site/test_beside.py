"""Reports of which the page does not carry the text: files beside it, opened and searched from disk."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from emphasis.areas.scheme import read_scheme
from emphasis.publish.site.beside import (
    beside_index,
    file_stem,
    own_comparisons,
    own_rows,
    register,
    searched_text,
    stamp,
)
from emphasis.text import fold, visible
from support import REPORT, ROOT
from support.browser import watched
from support.page import ENDS, THEME, made, page_of
from support.project import Project, hashes, made_once

SCHEME = read_scheme(ROOT / "config/areas/areas.tsv")
ODD = ["a", "A", "北州市 2025", "50%", "a#b", "a?b&c", "../a", "a'b", "con", "é", "e\u0301", "x" * 200]
ONE = ("--config", 'site={"limit": 1}')


def opened(script):
    """The name, the stamp and the data that a file hands to the page."""
    name, made_from, packed = re.fullmatch(r'policyEmphasis\((".*?"),(".*?"),"([\w+/=]*)"\);\n', script).groups()
    return json.loads(name), json.loads(made_from), json.loads(gzip.decompress(base64.b64decode(packed)))


def test_names_of_files_are_safe_whatever_the_id():
    stems = [file_stem(report_id) for report_id in ODD]
    assert all(re.fullmatch("[0-9a-f]{16}", stem) for stem in stems)
    assert len(set(stems)) == len(ODD)


def test_a_file_is_one_call_that_nothing_in_the_data_ends():
    script = register(f"0-of-1/{ENDS}", ENDS, {"text": ENDS})
    assert opened(script) == (f"0-of-1/{ENDS}", ENDS, {"text": ENDS})
    assert not re.search(r"[<>&\u2028\u2029]", script) and script.count("\n") == 1
    assert script == register(f"0-of-1/{ENDS}", ENDS, {"text": ENDS})


def test_a_stamp_tells_what_the_page_could_not_read():
    own = stamp("1", [THEME], SCHEME)
    assert own == stamp("1", [THEME], SCHEME)
    assert len({own, stamp("2", [THEME], SCHEME), stamp("1", [], SCHEME)}) == 3


def test_the_index_has_the_reports_that_could_be_read():
    reports = pd.DataFrame({"report_id": ["a", "b"], "sha256": ["1", "2"]})
    index = beside_index({"0-of-2": ["b", "lost"], "1-of-2": ["gone"]}, reports, [THEME], SCHEME)
    assert index == {"beside": {"0-of-2": {"b": [file_stem("b"), stamp("2", [THEME], SCHEME)]}}}
    assert beside_index({"1-of-2": ["gone"]}, reports, [THEME], SCHEME) == {}


def test_the_page_may_load_scripts_only_if_some_lie_beside_it(schemas):
    beside = {"beside": {"0-of-1": {"b": ["stem", "stamp"]}}}
    assert "strict-dynamic" not in page_of(schemas)
    assert "strict-dynamic" in page_of(schemas, index=beside)


def test_searched_text_has_a_character_of_part_and_area_for_each_sentence(schemas):
    sentence = {"report_id": "r", "paragraph": 1, "start": 0, "end": 9}
    texts = [("r:1", "s1", "一、 ＧＤＰ\u200b，"), ("r:2", "s2", "发展\n新"), ("r:3", "s3", "完")]
    roles = [("s1", "review"), ("s2", "plan"), ("s3", "annex")]
    tables, _ = made(
        schemas,
        sentences=[sentence | {"sentence_id": n, "section_id": s, "text": t} for n, s, t in texts],
        sections=[{"report_id": "r", "section_id": s, "role": role} for s, role in roles],
        sentence_areas=[{"report_id": "r", "sentence_id": "r:2", "area": SCHEME.listed[2]}],
    )
    found = searched_text("r", tables, ("review", "plan"), SCHEME)
    assert found == {"text": "一、GDP,\n发展新\n完", "part": "230", "area": "030"}


def test_own_rows_are_those_of_the_reports_and_of_their_models(schemas):
    tables, own = made(
        schemas,
        tasks=[{"report_id": "a", "position": 1}, {"report_id": "b", "position": 1}],
        topics=[{"model": "self:a"}, {"model": "self:b"}, {"model": "corpus"}],
        themes=[
            {"report_id": "a", "theme": "t", "definition": "words"},
            {"report_id": "a", "theme": "t", "definition": "per_10k"},
            {"report_id": "b", "theme": "t", "definition": "per_10k"},
        ],
    )
    pairs = pd.DataFrame({"target_sentence_id": ["a:1", "c:1", "c:1"], "outturn_sentence_id": ["b:1", "d:1", "a:2"]})
    found = own_rows(["a"], {"tasks": tables["tasks"], "topics": tables["topics"], "target_attainment": pairs})
    assert found["tasks"]["report_id"].tolist() == ["a"] and found["topics"]["model"].tolist() == ["self:a"]
    assert found["target_attainment"].index.size == 2
    assert own_rows(["a"], {"target_attainment": pairs.iloc[:0]})["target_attainment"].empty
    # The page has the attention of every report by the default definition already.
    block = own_comparisons("a", tables, own)
    assert block["themes"]["report_id"] == ["a"] and block["themes"]["definition"] == ["per_10k"]


@pytest.fixture(scope="session")
def project(results, tmp_path_factory):
    """The project of the other tests of the page, which now has the text of one of its three reports."""

    def make(folder):
        project = Project.at(results.parent).copy_to(folder)
        run = project.run("site", *ONE)
        assert run.status == 0, run.output
        # Everything else is what it was.
        assert run.rules == {"page", "page_reports", "site"}, run.output

    return Project.at(made_once(tmp_path_factory, "beside", make))


@pytest.fixture
def seen(browser, project):
    with watched(browser, project.results / "site/index.html", beside=True) as seen:
        yield seen


def search(seen, q, **values):
    seen.go(f"#/kwic?{'&'.join(f'{k}={v}' for k, v in {'q': q, **values}.items())}")
    seen.page.wait_for_selector("#everywhere:not([aria-busy]) .table, #everywhere:not([aria-busy]) .note")
    return seen.page.locator("#everywhere")


def test_every_report_is_in_the_page_or_beside_it(project, results):
    files = sorted((project.results / "site/reports/0-of-1").glob("*.js"))
    assert {file.stem for file in files} == {file_stem("hostile"), file_stem("made-2024"), "texts"}
    names = {opened(file.read_text(encoding="utf-8"))[0] for file in files}
    assert names == {f"0-of-1/{file.stem}" for file in files}
    own, all_in = project.results / "site/index.html", results / "site/index.html"
    assert own.stat().st_size < all_in.stat().st_size


def test_a_report_beside_the_page_reads_as_one_in_it(browser, seen, results):
    """Each view of it: words, numbers and tables, the answer first."""
    views = ["report", "report?s=s2", "areas", "peers", "themes?definition=per_10k", "topics", "targets"]
    with watched(browser, results / "site/index.html") as whole:
        for view in views:
            name, _, query = view.partition("?")
            address = f"#/{name}/made-2024" + (f"?{query}" if query else "")
            texts = [page.go(address).locator("main").inner_text() for page in (seen, whole)]
            if name == "themes":
                # The table of all reports has values by this definition of those whose text was opened.
                texts = [text.split("Hits by section")[0] for text in texts]
            assert texts[0] == texts[1], view
            assert len(texts[0]) > 300


def test_two_reports_beside_the_page_are_compared(seen, browser, results):
    address = "#/compare?a=made-2024&as=whole&b=hostile&bs=whole"
    with watched(browser, results / "site/index.html") as whole:
        assert seen.go(address).locator("main").inner_text() == whole.go(address).locator("main").inner_text()


@pytest.mark.parametrize(
    ("q", "values"),
    [
        ("打通断头路", {}),
        ("发展", {}),
        ("，", {}),
        ("ＧＤＰ", {}),
        ("没有这个词组", {}),
        ("发展", {"part": "plan"}),
        ("质生产", {"mode": "text"}),
    ],
)
def test_a_string_is_counted_in_all_reports_as_python_counts_it(seen, project, sentences, q, values):
    box = search(seen, q, **values)
    sections = pd.read_csv(project.results / "corpus/sections.csv", keep_default_na=False)
    own = sentences.merge(sections[["report_id", "section_id", "role"]], on=["report_id", "section_id"])
    if "part" in values:
        own = own[own["role"] == values["part"]]
    wanted = visible(fold(q))
    n = own["text"].map(lambda text: visible(fold(text)).count(wanted))
    expected = n.groupby(own["report_id"]).sum().reindex(["changchun-2025", "hostile", "made-2024"], fill_value=0)
    having = n.gt(0).groupby(own["report_id"]).sum()
    rows = seen.saved("Occurrences by report")
    assert {row["report_id"]: int(row["hits"]) for row in rows} == expected.to_dict()
    assert {row["report_id"]: int(row["sentences"]) for row in rows} == having.reindex(
        expected.index, fill_value=0
    ).to_dict()
    assert [int(row["hits"]) for row in rows] == sorted(expected, reverse=True)
    assert (
        f"stands {expected.sum():,} times, in {(expected > 0).sum()} of 3 reports"
        in box.locator("h2").first.inner_text()
    )


def test_what_only_a_report_beside_the_page_has_leads_to_its_sentence(seen, sentences):
    search(seen, "打通断头路")
    seen.follow("#everywhere tbody tr:first-child a")
    assert "made-2024" in seen.page.url
    assert seen.page.locator(".kwic mark").all_inner_texts() == ["打通断头路"]
    seen.follow(".kwic a.place")
    text = sentences.loc[sentences["text"].str.contains("打通断头路"), "text"].item()
    assert seen.page.locator(".sentence.here").inner_text() == text


def test_a_string_is_counted_by_year_and_region(seen):
    box = search(seen, "地区生产总值")
    box.locator("details > summary").evaluate_all("list => list.forEach(summary => summary.click())")
    years = {row["year"]: int(row["hits"]) for row in seen.saved("Occurrences: Year")}
    listed = seen.saved("Occurrences by report")
    assert years == {
        year: sum(int(r["hits"]) for r in listed if r["year"] == year) for year in {r["year"] for r in listed}
    }
    assert sum(int(row["hits"]) for row in seen.saved("Occurrences: Region")) == sum(years.values()) > 0


def test_a_list_of_words_says_where_it_is_counted(seen):
    assert "1 reports that the page carries" in search(seen, "发展、经济").inner_text()


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_a_page_without_its_folder_says_so(browser, project, tmp_path, language):
    shutil.copy(project.results / "site/index.html", tmp_path / "alone.html")
    said = {"en-GB": "Copy the whole folder site", "zh-CN": "请复制整个 site 文件夹"}[language]
    with watched(browser, tmp_path / "alone.html", beside=True, locale=language) as seen:
        for view in ("report", "areas", "peers", "themes", "topics", "targets", "kwic"):
            assert said in seen.go(f"#/{view}/made-2024?q=发展").locator("main").inner_text()
        assert said in search(seen, "发展").inner_text()
        # What the page carries is shown all the same.
        assert seen.page.locator(".kwic li").count() > 10
        lost = [text for text in seen.complaints if "ERR_FILE_NOT_FOUND" in text]
        assert lost and lost == seen.complaints
        seen.complaints.clear()


def test_a_file_of_another_run_is_not_shown(browser, project, tmp_path):
    site = shutil.copytree(project.results / "site", tmp_path / "site")
    file = site / "reports/0-of-1" / f"{file_stem('made-2024')}.js"
    name, made_from, data = opened(file.read_text(encoding="utf-8"))
    file.write_text(register(name, made_from[::-1], data), encoding="utf-8")
    with watched(browser, site / "index.html", beside=True) as seen:
        assert "another run" in seen.go("#/report/made-2024").locator("main").inner_text()
        assert seen.go("#/report/hostile").locator(".cloud li").count()


@pytest.mark.parametrize(("locale", "scheme", "width"), [("en-GB", "light", 1280), ("zh-CN", "dark", 390)])
def test_search_of_all_reports_is_accessible(browser, project, locale, scheme, width):
    options = {"locale": locale, "color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watched(browser, project.results / "site/index.html", beside=True, **options) as seen:
        box = search(seen, "发展")
        box.locator("details > summary").evaluate_all("list => list.forEach(summary => summary.click())")
        assert box.locator(".table").count() == 3
        faults = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(seen.page).response["violations"]]
        assert not faults
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        levels = seen.page.locator("h1, h2, h3").evaluate_all("list => list.map(h => +h.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1 and set(levels[1:]) <= {2, 3}
        assert "3" in seen.go("#/overview").locator("main .note").first.inner_text()


def test_a_damaged_file_is_made_again_and_rest_can_be_off(project, tmp_path):
    copy = project.copy_to(tmp_path / "copy")
    before = hashes(copy.results)
    file = copy.results / "site/reports/0-of-1" / f"{file_stem('hostile')}.js"
    file.write_text("damaged", encoding="utf-8")
    run = copy.run("site", *ONE)
    assert run.status == 0 and run.rules == {"page_reports", "site"}, run.output
    assert hashes(copy.results)[f"site/reports/0-of-1/{file.name}"] == before[f"site/reports/0-of-1/{file.name}"]
    # The manifest lists them.
    asked = copy.run("-n", "-p", "all", *ONE)
    assert asked.status == 0 and "page_reports" not in asked.rules
    run = copy.run("site", "--config", 'site={"limit": 1, "rest": false}')
    assert run.status == 0 and run.rules == {"page", "site"}, run.output
    page = (copy.results / "site/index.html").read_text(encoding="utf-8")
    assert '"beside"' not in page and "strict-dynamic" not in page
    assert REPORT in page
