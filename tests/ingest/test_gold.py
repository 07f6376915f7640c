"""The parser against manual annotations, which are outside the project, as are their reports."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from emphasis.ingest.paragraphs import key_of, split_paragraphs
from emphasis.ingest.readers import html as html_reader
from emphasis.ingest.records import Report, Source
from emphasis.ingest.report import ingest, parse
from support import ROOT, samples
from tools.score_structure import gold_files, report_file, score_report

SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold"

if not GOLD.is_dir():
    pytest.skip("the annotated reports are not here (../shared/gold)", allow_module_level=True)


@pytest.mark.parametrize("file", gold_files(GOLD), ids=lambda file: file.stem)
def test_structure_and_metadata_are_as_annotated(file: Path) -> None:
    gold = json.loads(file.read_text(encoding="utf-8"))
    path = report_file(gold, SHARED / "reports")
    assert path is not None, f"no report for {gold['file']}"
    score = score_report(gold, ingest(path, path.stem))
    assert (score.missed, score.extra, score.wrong_level, score.wrong) == ([], [], [], [])
    assert all(score.bounds.values()), score.bounds


def test_no_real_report_has_low_confidence() -> None:
    files = [p for p in sorted((SHARED / "reports").rglob("*")) if p.is_file()]
    reports = [ingest(path, path.stem) for path in files]
    assert len(reports) >= 25
    # One is a report on the budget and one on a five-year plan, whatever their file's name says.
    others = {r.source.file for r in reports if any(w.code == "other-genre" for w in r.warnings)}
    assert len(others) == 2
    assert {r.source.file for r in reports if r.confidence == "low"} == others


def lines(report: Report) -> list[str]:
    text = report.source.text
    return ["".join(text[p.start : p.end].split("\n")) for p in split_paragraphs(text)]


def lay_out_as_wiki(parts: list[str]) -> str:
    return "\n\n".join("\n".join((p[: len(p) // 3], p[len(p) // 3 : -9], p[-9:])) if len(p) > 60 else p for p in parts)


def lay_out_wrapped(parts: list[str]) -> str:
    return "\n".join(line for part in parts for line in wrap("　　" + part))


def wrap(words: str, width: float = 36) -> list[str]:
    set_lines, taken = [""], 0.0
    for c in words:
        taken += 0.5 if c.isascii() else 1
        if taken > width and c not in "，。、；：！”":
            set_lines.append("")
            taken = 1
        set_lines[-1] += c
    return set_lines


def lay_out_as_page(parts: list[str]) -> str:
    return html_reader.read(samples.page("\n".join(map(html.escape, parts))))[0]


LAYOUTS = {
    "a line per paragraph": "\n".join,
    "Windows line ends": "\r\n".join,
    "blank lines": "\n\n".join,
    "indented": lambda parts: "\n".join("　　" + p for p in parts),
    "half-width marks": lambda parts: "\n".join(parts).translate(str.maketrans("，（）：！", ",():!")),
    "wiki": lay_out_as_wiki,
    "wrapped": lay_out_wrapped,
    "a web page": lay_out_as_page,
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_layout_of_the_file_changes_nothing(layout: str) -> None:
    files = [p for p in sorted((SHARED / "reports").rglob("*")) if p.is_file()]
    for path in files[::3]:
        report = ingest(path, path.stem)
        again = parse(Source(path.name, "", "", LAYOUTS[layout](lines(report))), path.stem)
        for one in (report, again):
            assert one.sections
        outline = [[(s.section_id, s.role, key_of(s.heading)) for s in one.sections] for one in (report, again)]
        assert outline[0] == outline[1], path.name
