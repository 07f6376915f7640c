"""The step that projects reports: rows of the run before are taken over while reports only come, with the bytes of a run from scratch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import synthetic
from emphasis.ingest.report import ingest_files
from emphasis.ingest.tables import tabulate_reports
from emphasis.run.step import Step
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports, token_table
from emphasis.store.kept import KeptTables
from emphasis.store.tables import Schema, concat, only, write
from steps.topic_shares import topic_shares
from support import ROOT
from support.jobs import Named, job

MADE = ("topic_sections", "topic_parts", "topic_evidence")
READ = ("tokens", "sentences", "outline")
LEXICON, TOPICS = ROOT / "config/lexicon", ROOT / "config/reference/topics"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, pd.DataFrame]]:
    """Tables of four made-up reports, by report."""
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "CHARACTERS", 4_000)
        synthetic.write(folder, 4, [ROOT / "seeds/changchun-2025.txt"])
    tables = tabulate_reports(ingest_files(sorted(folder.iterdir()), {}, []))
    lexicon = load_lexicon(LEXICON)
    segmenter = Segmenter(make_engine("rjieba"), lexicon.terms)
    cut = segment_reports(tables["sentences"], segmenter, lexicon, load_cue_words(LEXICON / "cue_words.txt"))
    tables["tokens"] = token_table(tables["sentences"], [report.tokens for report in cut])
    ids = sorted(tables["reports"]["report_id"])
    return {name: {table: only(tables[table], name) for table in READ} for name in ids}


class Runs:
    """Runs of the step, one after the other in one folder, each compared with one from scratch."""

    def __init__(self, folder: Path, reports: dict[str, dict[str, pd.DataFrame]], schemas: dict[str, Schema]) -> None:
        self.folder, self.reports, self.schemas = folder, reports, schemas
        self.n_taken: list[int] = []

    def compare(self, names: Sequence[str]) -> int:
        """The number of reports whose rows were taken over."""
        grown = self._run(names, "grown")
        assert self._run(names, f"scratch-{len(self.n_taken)}") == grown
        assert self.n_taken[-1] == 0
        return self.n_taken[-2]

    def _run(self, names: Sequence[str], results: str) -> dict[str, bytes]:
        folder = self.folder / results
        made = {name: folder / f"tables/{name}.parquet" for name in MADE}
        read = {name: folder / f"corpus/{name}.parquet" for name in (*READ, "topic_models")}
        for path in made.values():
            path.unlink(missing_ok=True)
        for name, path in read.items():
            rows = [self.reports[report_id][name] for report_id in names] if name in READ else []
            write(concat(rows, self.schemas[name]), path, self.schemas[name])
        given = Named({name: str(path) for name, path in read.items()})
        given["basis"] = [str(path) for path in sorted(TOPICS.glob("*.tsv"))]
        given |= {"stopwords": str(LEXICON / "stopwords.txt"), "ordinary": str(TOPICS / "ordinary.txt")}
        given["schemas"] = [str(ROOT / f"workflow/schemas/tables/{name}.yaml") for name in (*read, *made)]
        settings = {"paragraph_sentences": 8, "count_roles": ["review", "plan"], "code": "1"}
        topic_shares(Step(job(given, Named({name: str(path) for name, path in made.items()}), **settings)))
        return {name: path.read_bytes() for name, path in made.items()}


@pytest.fixture
def runs(
    tmp_path: Path,
    reports: dict[str, dict[str, pd.DataFrame]],
    schemas: dict[str, Schema],
    monkeypatch: pytest.MonkeyPatch,
) -> Runs:
    runs, known = Runs(tmp_path, dict(reports), schemas), KeptTables.known

    def watch(self: KeptTables, keys: dict[str, str], *, growing: bool = False) -> set[str]:
        found = known(self, keys, growing=growing)
        runs.n_taken.append(len(found))
        return found

    monkeypatch.setattr(KeptTables, "known", watch)
    return runs


def test_reports_that_come_push_out_evidence_of_others(runs: Runs) -> None:
    a, b, c, d = runs.reports
    assert runs.compare([b, c]) == 0
    assert runs.compare([b, c]) == 2
    assert runs.compare([a, b, c, d]) == 2
    evidence = pd.read_parquet(runs.folder / "grown/tables/topic_evidence.parquet")
    assert set(evidence["report_id"]) >= {a, b, c}


def test_where_a_report_goes_or_changes_all_are_looked_at_again(runs: Runs) -> None:
    """Evidence that it had pushed out comes back, which was not kept."""
    a, b, c, d = runs.reports
    assert runs.compare([a, b, c]) == 0
    before = pd.read_parquet(runs.folder / "grown/tables/topic_evidence.parquet")
    assert runs.compare([a, b]) == 0
    after = pd.read_parquet(runs.folder / "grown/tables/topic_evidence.parquet")
    assert set(after["text"]) - set(before["text"])
    tokens = runs.reports[b]["tokens"]
    runs.reports[b] = runs.reports[b] | {"tokens": tokens[tokens["token"] != "发展"]}
    assert runs.compare([a, b, d]) == 0
    assert runs.compare([a, b, c, d]) == 3
