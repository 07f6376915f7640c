"""Compare the reports of a batch with their peers in the reference: what they stress, what they pass over, where they stand."""

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from emphasis.measures.places import place_names
from emphasis.reference.compare import TABLES, Yardstick, compare_reports
from emphasis.reference.folder import read_reference
from emphasis.reference.measured import (
    TABLES_OF_FIGURES,
    comparable_reference,
    comparable_subjects,
    definitions,
    measured_figures,
)
from emphasis.reference.subjects import BASIS, SUBJECT_COLUMNS, main_subjects, topic_names
from emphasis.reference.variants import OtherNames
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import lexicon_among, load_words
from emphasis.segment.vocabulary import Units
from emphasis.targets.indicators import Variable, load_indicators, load_variables
from emphasis.topics.basis import read_basis

COLUMNS = {
    "counts": None,
    "sentences": ("report_id", "section_id", "text"),
    **TABLES_OF_FIGURES,
}


def peers(step: Step) -> None:
    reports = step.table("reports")

    # Made when a report is to be compared: where all rows of a batch are taken over, none is.
    @cache
    def yardstick() -> tuple[Yardstick, Sequence[Variable], Mapping[int, str]]:
        basis = read_basis(step.files("basis")[0].parent)
        meanings = definitions(step.files("dictionaries"), step.files("basis"), step.files("areas_coder"))
        reference = comparable_reference(read_reference(step.files("reference")[0].parent), meanings)
        subjects = comparable_subjects(main_subjects(step.table("areas", SUBJECT_COLUMNS)), reference, meanings)
        lexicon = lexicon_among(step.files)
        indicators = load_indicators(step.file("indicators"))
        names = OtherNames.known(lexicon, indicators, step.file("other_names"), step.file("not_everywhere"))
        units = Units(lexicon, load_words(step.file("words")))
        made = Yardstick(reference, step.params.peers, subjects, place_names(reports), units, names)
        return made, load_variables(step.file("variables")), topic_names(basis.labels)

    def compare(some: dict[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
        made, variables, topics = yardstick()
        return compare_reports(
            made, reports, some["counts"], some["sentences"], measured_figures(some, variables, topics)
        )

    # Models of one's own reports change with each that is added; only the topics of the basis are compared.
    step.append_by_report(COLUMNS, compare, TABLES, as_codes=["counts"], only={"topic_parts": ("model", BASIS)})


if __name__ == "__main__":
    run_step(peers, snakemake)
