"""The step that reads reports: of which reports the rows of the run before are taken over, with the bytes of a run from scratch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from emphasis.ingest.corrections import write_outline
from emphasis.ingest.readers.table import read_rows
from emphasis.ingest.report import ingest_files
from emphasis.run.reports_folder import open_reports_folder
from emphasis.run.step import Step
from emphasis.store.kept import KeptTables
from steps.ingest import TABLES, ingest
from support import ROOT, samples
from support.jobs import Named, job

COLUMNS = {"text": ["text"], "report_id": ["report_id"], "region": ["region"], "year": ["year"]}
ID = "2025_长春市"
Run: TypeAlias = Callable[[], list[str]]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Four reports: two files in a folder, and two rows of a table."""
    seeds = tmp_path / "seeds"
    (seeds / "2025").mkdir(parents=True)
    other = samples.REPORT.replace("长春市", "吉林市")
    for name, text in (("长春市", samples.REPORT), ("吉林市", other)):
        (seeds / f"2025/{name}.txt").write_text(text, encoding="utf-8")
    rows = [f'"{name}","{text}"\n' for name, text in (("a", samples.REPORT), ("b", other))]
    (seeds / "t.csv").write_text("report_id,text\n" + "".join(rows), encoding="utf-8")
    return seeds


@pytest.fixture
def run(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that reads the reports, compares what was written with a run from scratch, and says whose rows were taken over."""
    metadata, number, known = tmp_path / "reports.tsv", iter(range(100)), KeptTables.known
    taken: list[list[str]] = []

    def watch(self: KeptTables, keys: dict[str, str]) -> set[str]:
        taken.append(sorted(known(self, keys)))
        return set(taken[-1])

    monkeypatch.setattr(KeptTables, "known", watch)

    def read(results: Path) -> dict[str, bytes]:
        folder = open_reports_folder(seeds, 8, lambda path: read_rows(path, COLUMNS))
        (batch,) = folder.batches
        given = Named(reports=folder.files_of(batch), outlines=folder.outlines_of(batch))
        given["schemas"] = [str(ROOT / f"workflow/schemas/tables/{name}.yaml") for name in TABLES]
        if metadata.exists():
            given["metadata"] = str(metadata)
        made = Named({name: str(results / f"corpus/{name}.csv") for name in TABLES})
        for file in made.values():
            Path(file).unlink(missing_ok=True)
        settings = {"reports": folder.reports_of(batch), "refused": folder.refused_of(batch), "columns": COLUMNS}
        ingest(Step(job(given, made, code="1", **settings)))
        return {name: Path(file).read_bytes() for name, file in made.items()}

    def both() -> list[str]:
        grown = read(tmp_path / "grown")
        assert grown == read(tmp_path / f"scratch-{next(number)}")
        assert taken[-1] == []
        return taken[-2]

    return both


def test_a_report_more_and_one_that_is_gone(run: Run, seeds: Path) -> None:
    assert run() == []
    (seeds / "2025/四平市.txt").write_text(samples.REPORT.replace("长春市", "四平市"), encoding="utf-8")
    assert run() == ["2025_吉林市", ID, "t_a", "t_b"]
    (seeds / "2025/吉林市.txt").unlink()
    assert run() == ["2025_四平市", ID, "t_a", "t_b"]


def test_what_is_corrected_of_one_report_makes_its_rows_anew(run: Run, seeds: Path, tmp_path: Path) -> None:
    run()
    metadata = tmp_path / "reports.tsv"
    metadata.write_text(f"report_id\ttitle\n{ID}\t报告\n", encoding="utf-8")
    assert run() == ["2025_吉林市", "t_a", "t_b"]
    (report,) = ingest_files([seeds / "2025/长春市.txt"], {}, [])
    outline = seeds / "2025/长春市.outline.yaml"
    outline.write_text(write_outline(report), encoding="utf-8")
    assert run() == ["2025_吉林市", "t_a", "t_b"]
    outline.write_text(outline.read_text(encoding="utf-8").replace("role: plan", "role: other", 1), encoding="utf-8")
    assert run() == ["2025_吉林市", "t_a", "t_b"]
    outline.unlink()
    metadata.write_text("report_id\ttitle\nt_a\t报告\n", encoding="utf-8")
    assert run() == ["2025_吉林市", "t_b"]


def test_a_file_under_another_name_is_another_report(run: Run, seeds: Path) -> None:
    """The folder's name may say the year: rows are not those of the same text elsewhere."""
    run()
    (seeds / "2025").rename(seeds / "2024")
    assert run() == ["t_a", "t_b"]


def test_a_row_that_changes_leaves_the_others(run: Run, seeds: Path) -> None:
    run()
    table = seeds / "t.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("各位代表", "同志们", 1), encoding="utf-8")
    assert run() == ["2025_吉林市", ID, "t_b"]


def test_what_could_not_be_read_is_tried_again(run: Run, seeds: Path) -> None:
    bad = seeds / "2025/坏.docx"
    bad.write_bytes(b"no document")
    run()
    assert run() == ["2025_吉林市", ID, "t_a", "t_b"]


def test_a_report_that_shares_its_id_with_a_refused_file_is_read_again(run: Run, seeds: Path) -> None:
    """Of two files of one name one is refused, and both have warnings under that id."""
    (seeds / "2025/长春市.md").write_text(samples.REPORT, encoding="utf-8")
    run()
    assert run() == ["2025_吉林市", "t_a", "t_b"]
    (seeds / "2025/长春市.md").unlink()
    assert run() == ["2025_吉林市", "t_a", "t_b"]
    assert run() == ["2025_吉林市", ID, "t_a", "t_b"]
