"""Measure how like each other reports are, and which terms come, go, and are first used where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.report_pairs import History, histories, related_pairs, year_pairs
from emphasis.measures.report_terms import ReportTerms, load_report_terms
from emphasis.measures.similarity import similarity as compare
from emphasis.measures.term_changes import FirstUsesBefore, first_use, term_changes
from emphasis.measures.word_search import HalvedText
from emphasis.run.step import Step, run_step
from emphasis.store.kept import Block, MadeFrom
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
    with step.kept(*CHANGES) as kept:
        before = kept.known(keys)
        new = [history for history in known if history.report_id not in before]
        made = dict(zip(CHANGES, term_changes(terms, new, text_of), strict=True))
        made = {name: table.sort_values("report_id", kind="stable") for name, table in made.items()}
        places = {name: report_slices(table) for name, table in made.items()}

        def rows() -> Iterator[Mapping[str, pd.DataFrame] | tuple[str, Mapping[str, Block]]]:
            for are_known, run in groupby(sorted(keys), key=before.__contains__):
                if are_known:
                    yield from ((report_id, kept.rows(report_id)) for report_id in run)
                    continue
                some = list(run)
                of = {name: [own[one] for one in some if one in own] for name, own in places.items()}
                yield {
                    name: table.iloc[own[0].start : own[-1].stop] if (own := of[name]) else table.iloc[:0]
                    for name, table in made.items()
                }

        step.append(rows(), CHANGES)
        kept.keep(keys)


def similarity(step: Step) -> None:
    reports = step.table("reports")
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n", "n_alone"])
    sentences = step.stored("sentences", ("report_id", "paragraph", "text"))

    def text_of(report_id: str) -> HalvedText:
        own = simplify_sentences(sentences.of([report_id]), step.params.simplify)
        return HalvedText.of(zip(own["paragraph"], own["text"], strict=True))

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
