"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa

from emphasis.ingest.simplify import simplify_text
from emphasis.measures.report_pairs import History, histories, related_pairs, year_pairs
from emphasis.measures.report_terms import ReportTerms, load_report_terms
from emphasis.measures.similarity import similarity as compare
from emphasis.measures.term_changes import FirstUsesBefore, first_use, term_changes
from emphasis.measures.word_search import HalvedText
from emphasis.run.step import Step, run_step
from emphasis.store.batches import SpillFile
from emphasis.store.kept import MadeFrom
from emphasis.store.tables import report_slices

CHANGES = ("term_changes", "term_change_rates")


def append_changes(
    step: Step,
    made_from: MadeFrom,
    terms: ReportTerms,
    known: Sequence[History],
    text_of: Callable[[str], HalvedText],
) -> None:
    """Write the terms that come and go. They depend on all reports of a region, and on no others."""
    keys = {one.report_id: made_from.key(*one.earlier, one.report_id, *one.later, one.previous_id) for one in known}
    step.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=step.folder, prefix=".") as folder, step.kept(*CHANGES) as kept:
        before = kept.known(keys)
        # Made region by region and written report by report: in between they are too many for memory.
        made = {name: SpillFile(Path(folder, name), step.schemas[name].arrow) for name in CHANGES}
        new = [history for history in known if history.report_id not in before]
        for _, region in groupby(new, key=lambda history: history.place):
            for name, table in zip(CHANGES, term_changes(terms, list(region), text_of), strict=True):
                rows = pa.Table.from_pandas(table, made[name].schema, preserve_index=False)
                for report_id, own in report_slices(table).items():
                    made[name].put(report_id, rows[own])

        def rows_of(some: Sequence[str]) -> dict[str, pd.DataFrame]:
            return {name: pa.concat_tables(map(own.take, some)).to_pandas() for name, own in made.items()}

        step.append(kept.in_order(sorted(keys), before, rows_of), CHANGES)
        kept.keep(keys)


def similarity(step: Step) -> None:
    reports = step.table("reports")
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n", "n_alone"])
    sentences = step.stored("sentences", ("report_id", "paragraph", "text"))

    def text_of(report_id: str) -> HalvedText:
        own = sentences.arrow([report_id])
        texts = own["text"].to_pylist()
        texts = map(simplify_text, texts) if step.params.simplify else texts
        return HalvedText.of(zip(own["paragraph"].to_pylist(), texts, strict=True))

    years, made_from = year_pairs(reports), step.made_from()
    append_changes(step, made_from, terms, histories(reports, years), text_of)
    step.write({"similarity": compare(terms, reports, related_pairs(reports, years))})
    keys = {report_id: made_from.key(report_id) for report_id in made_from.reports}
    with step.kept("first_use") as kept:
        found = kept.table("first_use", ["term", "text_report_id"])
        before = FirstUsesBefore(dict(zip(found["term"], found["text_report_id"], strict=True)), kept.known(keys))
        step.write({"first_use": first_use(terms, reports, text_of, before)})
        kept.keep(keys)


if __name__ == "__main__":
    run_step(similarity, snakemake)
