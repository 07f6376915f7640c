"""Find the terms that rise, fall and peak over the years of a region."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.term_trends import term_trends as follow
from emphasis.measures.word_search import WordSearch, report_text
from emphasis.measures.year_series import region_years
from emphasis.run.step import Step, run_step
from emphasis.store.kept import Block

TABLE = "term_trends"


def reports_by_region(step: Step, reports: pd.DataFrame) -> dict[str, list[str]]:
    """The reports of the regions of each name that are followed, in the order of the names."""
    sizes = step.table("report_sizes", ["report_id", "n_words"])
    by_region: dict[str, list[str]] = {}
    for region in region_years(reports, sizes[sizes["n_words"] > 0]["report_id"].tolist()):
        by_region.setdefault(region.region, []).extend(name for names in region.reports for name in names)
    return by_region


def trends(step: Step, reports: pd.DataFrame, report_ids: Sequence[str]) -> Iterator[pd.DataFrame]:
    """The trends of the regions of these reports, which are all that they have."""
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), ["n"], report_ids)
    sentences = step.stored("sentences", ("report_id", "text"))

    def in_text(names: Sequence[str], words: Sequence[str]) -> np.ndarray:
        search, found = WordSearch(words), np.zeros(len(words), dtype=bool)
        for report_id in names:
            found |= search.count(report_text(sentences, report_id, simplify=step.params.simplify)) > 0
        return found

    return follow(terms, reports, step.params.min_n, in_text, only_found=step.params.only_found)


def term_trends(step: Step) -> None:
    reports, made_from = step.table("reports"), step.made_from()
    by_region = reports_by_region(step, reports)
    keys = {region: made_from.key(*names) for region, names in by_region.items()}
    with step.kept(TABLE) as kept:
        known = kept.known(keys)
        new = [name for region, names in by_region.items() if region not in known for name in names]
        found = trends(step, reports, new) if new else iter(())

        def rows() -> Iterator[Mapping[str, pd.DataFrame] | tuple[str, Mapping[str, Block]]]:
            for region in by_region:
                yield (region, kept.rows(region)) if region in known else {TABLE: next(found)}

        step.append(rows(), [TABLE])
        kept.keep(keys)


if __name__ == "__main__":
    run_step(term_trends, snakemake)
