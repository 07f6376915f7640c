"""The parser against hand-made annotations; they and their reports lie beside the checkout and are not part of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from score_structure import gold_files, report_file, score_report  # noqa: E402

from emphasis.ingest.report import ingest  # noqa: E402

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


def test_no_report_at_hand_is_graded_low() -> None:
    files = [p for p in sorted((SHARED / "reports").rglob("*")) if p.is_file()]
    grades = {path.name: ingest(path, path.stem).confidence for path in files}
    assert len(grades) >= 25
    assert "low" not in grades.values(), grades
