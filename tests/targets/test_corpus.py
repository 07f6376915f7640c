"""Reports outside the project: growth targets as readers gave them, and targets beside the outturns of the next year."""

import csv
from functools import cache
from pathlib import Path

import pytest

from emphasis.ingest.report import ingest
from emphasis.targets.entries import LedgerEntry
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.pairs import attainment, headline_target
from emphasis.targets.quantities import find_quantities
from emphasis.text import fold
from support import JUDGEMENTS, ROOT

TABLE = load_indicators(ROOT / "config" / "indicators.tsv")
LEAST_RIGHT = 55


@cache
def ledger(path: Path) -> list[LedgerEntry]:
    return extract(ingest(path, path.stem), TABLE)


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Path:
    if not (shared / "corpus").is_dir():
        pytest.skip(f"{shared / 'corpus'} is absent: the judged reports are not part of the project")
    return shared / "corpus"


def judged(name: str) -> list[dict[str, str]]:
    with (JUDGEMENTS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def test_growth_targets_of_all_reports(corpus: Path) -> None:
    """Value, range, comparator and measure, for every report that states one; the others have none."""
    wrong = []
    for row in judged("corpus_gdp_targets.tsv"):
        found = headline_target(ledger(corpus / row["file"]), "地区生产总值")
        got = found and (found.value, found.value_high, found.comparator, found.kind)
        expected = None
        if row["target"]:
            (stated,) = find_quantities(fold(row["target"]))
            expected = (stated.value, stated.high, stated.comparator, "growth_rate")
        if got != expected:
            wrong.append((row["file"], got, expected))
    assert wrong == []


def test_targets_meet_the_outturn_of_the_same_measure(corpus: Path) -> None:
    same = 0
    rows = judged("attainment.tsv")
    for row in rows:
        found = attainment(ledger(corpus / row["before"]), ledger(corpus / row["after"]), TABLE)
        starts = {(a.target.start, a.target.indicator): a.outturn for a in found}
        outturn = starts.get((int(row["target_start"]), row["indicator"]), "absent")
        start = "" if outturn is None else str(outturn.start) if isinstance(outturn, LedgerEntry) else outturn
        same += row["verdict"] == "right" and start == row["outturn_start"]
    assert len(rows) == 60
    assert sum(row["verdict"] == "right" for row in rows) >= LEAST_RIGHT
    assert same >= LEAST_RIGHT
