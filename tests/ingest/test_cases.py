"""Small difficult files that people's files resemble: each gives what is right for it."""

from pathlib import Path

import pytest

from emphasis.ingest.report import ingest
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from support import ROOT

# file: region, adcode, year, date, sections of level 1 and 2, characters of the text at least and at most, what is noted
CHANGCHUN = ("长春市", "220100", 2025, "2025-01-08")
CASES = {
    "short.txt": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "aspnet-form.html": (*CHANGCHUN, (2, 7), (740, 760), "short-speech"),
    "textarea.html": (*CHANGCHUN, (2, 7), (740, 740), "text-not-shown"),
    "hidden-copy.html": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "textbox.docx": (*CHANGCHUN, (2, 7), (740, 780), "short-speech"),
    "ruby-hidden.docx": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "toc.docx": (*CHANGCHUN, (2, 7), (740, 900), "short-speech"),
    "restart-override.docx": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "entities.txt": (*CHANGCHUN, (2, 7), (740, 740), "markup-in-text"),
    "report.md": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "nul.txt": (*CHANGCHUN, (2, 7), (740, 740), "control-characters"),
    "co2.txt": (*CHANGCHUN, (2, 7), (740, 760), "no-glyph"),
    "emoji.txt": (*CHANGCHUN, (2, 7), (740, 760), "no-glyph"),
    "year-2035.txt": ("长春市", "220100", 2021, "2021-01-08", (3, 8), (740, 900), "short-speech"),
    "pubdate-first.txt": ("长春市", "220100", 2024, "2024-01-08", (2, 7), (740, 800), "short-speech"),
    "shanghai-title.txt": ("上海市", "310000", 2024, "2024-01-08", (2, 7), (730, 760), "short-speech"),
    "zizhizhou.txt": ("凉山彝族自治州", "513400", 2024, "2024-01-08", (2, 7), (740, 760), "short-speech"),
    "suzhou-sip.txt": ("苏州工业园区", "", 2024, "2024-01-08", (2, 7), (740, 760), "zone-without-code"),
    "莱芜市-2018.txt": ("莱芜市", "371200", 2018, "2018-01-08", (2, 7), (740, 760), "short-speech"),
    "year-folders/b.txt": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
    "year-folders/2024/a.txt": (*CHANGCHUN, (2, 7), (740, 740), "short-speech"),
}


@pytest.mark.parametrize("file", CASES)
def test_case(shared: Path, file: str) -> None:
    region, adcode, year, date, levels, (fewest, most), noted = CASES[file]
    report = ingest(shared / "cases" / file, Path(file).stem)
    about = report.metadata
    assert (about.region, about.adcode, about.year, about.date) == (region, adcode, year, date)
    found = [section.level for section in report.sections]
    assert (found.count(1), found.count(2)) == levels
    assert fewest <= sum(len(sentence.text) for sentence in report.sentences) <= most
    codes = {warning.code for warning in report.warnings}
    assert noted in codes
    assert not codes & {"unknown-region", "two-regions"}
    aims = [q for q in extract(report, load_indicators(ROOT / "config/indicators.tsv")) if q.period == "target"]
    growth = [q for q in aims if q.indicator.endswith("地区生产总值")]
    assert [(q.value, q.unit, q.comparator) for q in growth] == [(6.0, "%", "approx")]


def test_no_remains_and_no_part_of_an_office_as_a_place(shared: Path) -> None:
    entities = ingest(shared / "cases/entities.txt", "entities")
    text = "".join(sentence.text for sentence in entities.sentences)
    assert "5.6%" in text and "nbsp" not in text and "br" not in text
    assert ingest(shared / "cases/shanghai-title.txt", "s").metadata.speaker_title in ("上海市市长", "市长")
    ruby = "".join(sentence.text for sentence in ingest(shared / "cases/ruby-hidden.docx", "r").sentences)
    assert "打好蓝天碧水净土保卫战，完成造林10万亩" in ruby and "新增养老床位1000张" in ruby and "外传" not in ruby


def test_every_case_is_tried(shared: Path) -> None:
    files = {str(file.relative_to(shared / "cases")) for file in (shared / "cases").rglob("*") if file.is_file()}
    assert files == {*CASES, "numbers.txt", "README.md"}
