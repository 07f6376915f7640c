"""The documentation site: built strictly, whole without a network, the same in both languages, its numbers those of the reference."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from docs_site.examples import first_uses, shared
from docs_site.filling import filled, holds, row, rows, said, same
from docs_site.links import faults_of
from docs_site.sources import LANGUAGES, Sources
from emphasis.errors import EmphasisError
from support import ROOT

EXPLANATIONS = sorted(file.stem for file in (ROOT / "docs/source/explanation").glob("*[!N].md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, as `make docs` builds it: a warning of Sphinx, a link or an anchor that is not there make it fail."""
    target = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "docs_site.build", str(target)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return target


def test_filled_pages_are_up_to_date():
    pages = dict(filled())
    assert len(pages) == 2 * len(EXPLANATIONS) + 2
    for page, text in pages.items():
        assert page.read_text(encoding="utf-8") == text, f"{page.relative_to(ROOT)}: run make docs"


def test_every_explanation_has_formula_example_figure_and_limits():
    assert len(EXPLANATIONS) == 8
    for name in EXPLANATIONS:
        english, chinese = (
            (ROOT / f"docs/explanation/{name}{suffix}.md").read_text(encoding="utf-8") for suffix in ("", ".zh-CN")
        )
        for text, example, limits in (
            (english, "**Worked out", "cannot say\n"),
            (chinese, "**算例", "不能说明什么\n"),
        ):
            assert text.count("$$") >= 2 and example in text and "](../figures/" in text and limits in text, name


def test_pages_say_the_same_in_both_languages():
    """Headings of the same levels, the same formulas, pictures and links, tables as long; in worked examples the same numbers."""
    for name in [f"explanation/{name}" for name in EXPLANATIONS] + ["tutorial", "index", "areas"]:
        english, chinese = (
            (ROOT / f"docs/{name}{suffix}.md")
            .read_text(encoding="utf-8")
            .replace(".zh-CN", "")
            .replace(".zh.png", ".png")
            for suffix in ("", ".zh-CN")
        )
        for what, pattern in {
            "headings": r"^#+ ",
            "pictures": r"!\[.*?\]\((.*?)\)",
            "rows of tables": r"^\|",
            "code": r"^```.*?^```",
        }.items():
            one, two = (re.findall(pattern, text, re.MULTILINE | re.DOTALL) for text in (english, chinese))
            assert one == two or (what == "code" and len(one) == len(two)), (name, what)
        formulas = [
            [re.sub(r"\\text\{.*?\}", "", each) for each in re.findall(r"\$\$(.*?)\$\$", text, re.DOTALL)]
            for text in (english, chinese)
        ]
        assert formulas[0] == formulas[1], name
        links = [
            sorted({a for a in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]*)", t) if a != f"{Path(name).name}.md"})
            for t in (english, chinese)
        ]
        assert links[0] == links[1], name


def test_a_page_that_is_no_longer_true_is_refused():
    assert same(10_000 * 35 / 4277, 81.8331, 2) == "81.83"
    with pytest.raises(EmphasisError, match="the table has 81"):
        same(82.0, 81.8331, 2)
    with pytest.raises(EmphasisError, match="no longer true: less"):
        holds(bool(rows("areas", part="no such part")), "less")
    with pytest.raises(EmphasisError, match="no longer says"):
        said("scripts/emphasis/measures/similarity.py", "some 0.78 with the year before")
    with pytest.raises(EmphasisError, match="0 rows"):
        row("frequency_parts", term="没有这个词", part="whole")
    with pytest.raises(EmphasisError, match="no column shre"):
        _ = rows("areas")[0].shre


def test_small_examples_by_hand():
    found = shared("甲乙丙丁戊己庚辛，壬癸。", "乙丙丁戊己庚辛壬")
    assert (found.passages, found.characters, found.reused) == (["乙丙丁戊己庚辛壬"], 10, 8)
    # With seven characters in common nothing is shared.
    assert shared("甲乙丙丁戊己庚辛", "乙丙丁戊己庚辛子").passages == []
    levels = {"全国": ("national", ""), "吉林省": ("province", "220000")}
    uses = first_uses({"全国": {2023: 0, 2024: 1}, "吉林省": {2022: 0, 2025: 3}}, levels)
    assert [uses["吉林省"][name] for name in ("censoring", "earliest", "latest", "lag_nation")] == [
        "interval",
        2023,
        2025,
        1,
    ]


def test_every_page_of_docs_is_on_the_site():
    sources = Sources.read(ROOT)
    for file in sorted((ROOT / "docs").rglob("*.md")):
        name = file.relative_to(ROOT).as_posix()
        assert name.startswith("docs/source/") or name in sources.places, f"{name}: add it to docs/site/contents.yaml"
    for page in sources.pages():
        assert (ROOT / page["file"]).is_file(), page


def test_the_site_has_every_page_in_both_languages(site):
    pages = {
        language: {page.relative_to(site / language) for page in (site / language).rglob("*.html")}
        for language in LANGUAGES
    }
    assert pages["en"] == pages["zh"] and len(pages["en"]) > 30
    for place in Sources.read(ROOT).places.values():
        for language in LANGUAGES:
            text = (site / language / f"{place}.html").read_text(encoding="utf-8")
            assert f'lang="{ {"en": "en", "zh": "zh-CN"}[language] }"' in text
            assert f'href="{"../" * (place.count("/") + 1)}{ {"en": "zh", "zh": "en"}[language] }/{place}.html"' in text
    assert (site / "index.html").is_file()
    assert faults_of(site) == []


def test_formulas_are_set_without_a_script(site):
    for name in EXPLANATIONS:
        text = (site / f"en/explanation/{name}.html").read_text(encoding="utf-8")
        source = (ROOT / f"docs/explanation/{name}.md").read_text(encoding="utf-8")
        assert text.count('display="block"') == source.count("$$") // 2, name
        assert "$$" not in text and "MathJax" not in text


def test_no_mark_of_markdown_is_left(site):
    """A bold word whose last mark stands between a full stop and a letter is not bold: common in Chinese."""
    for page in sorted(site.rglob("*.html")):
        text = re.sub(r"<(pre|code|script|style)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "**" not in text and "](" not in re.sub("<[^>]*>", "", text), page


def test_the_site_is_small(site):
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) < 12_000_000


def test_faults_of_a_site_are_named(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html#there">.</a><a href="b.html#gone">.</a><a href="c.html">.</a><a href="../outside.html">.</a>'
        '<a href="https://example.org/">.</a><script src="https://example.org/x.js"></script>'
        '<link rel="stylesheet" href="//example.org/x.css"><img src="data:image/png;base64,AA==">',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="there">', encoding="utf-8")
    (tmp_path / "x.css").write_text("@font-face { src: url(https://example.org/font.woff2) }", encoding="utf-8")
    assert faults_of(tmp_path) == [
        "a.html: a link to b.html#gone, a page without this anchor",
        "a.html: a link to c.html, which is not there",
        "a.html: a link to ../outside.html, which is not there",
        "a.html: fetches https://example.org/x.js",
        "a.html: fetches //example.org/x.css",
        "x.css: fetches https://example.org/font.woff2",
    ]


def test_a_link_of_a_source_that_leads_nowhere_is_refused(tmp_path):
    contents = {
        "home": "docs/index.md",
        "elsewhere": {},
        "parts": [{"title": {"en": "All", "zh": "全部"}, "pages": [{"file": "docs/a.md"}]}],
    }
    (tmp_path / "docs/site").mkdir(parents=True)
    (tmp_path / "docs/site/contents.yaml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    (tmp_path / "docs/index.md").write_text("# Home\n\n[a](a.md), [data](../data.csv)\n", encoding="utf-8")
    (tmp_path / "docs/a.md").write_text("# A\n\n`[code](stays.md)` [b](b.md)\n", encoding="utf-8")
    (tmp_path / "data.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"docs/a\.md: a link to b\.md, which is not there"):
        Sources.read(tmp_path).lay_out("en", tmp_path / "out")
    (tmp_path / "docs/b.md").write_text("# B\n", encoding="utf-8")
    sources = Sources.read(tmp_path)
    sources.lay_out("en", tmp_path / "out")
    sources.copy_files(tmp_path / "out")
    assert "[data](files/data.csv)" in (tmp_path / "out/index.md").read_text(encoding="utf-8")
    assert (tmp_path / "out/files/data.csv").is_file()
    shutil.rmtree(tmp_path / "out")


@pytest.mark.browser
def test_chinese_is_found_from_disk_and_nothing_is_fetched(browser, site):
    """A word of the field that no dictionary of words has, half a term, and an English word."""
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for language, words, place in (
        ("zh", "设计效应", "explanation/counts.html"),
        ("zh", "左删失", "explanation/change.html"),
        ("en", "dispersion", "explanation/counts.html"),
        ("en", "新质生产力", "explanation/counts.html"),
    ):
        page.goto((site / language / "search.html").as_uri() + f"?q={words}")
        page.wait_for_selector(f"#search-results a[href*='{place}']", timeout=30_000)
    assert asked and all(url.startswith(("file:", "data:")) for url in asked)
