"""Find the years from which on policy areas, themes and chosen terms have another share in the reports of a region."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from emphasis.measures.change_points import Shares
from emphasis.measures.change_points import change_points as find
from emphasis.measures.frequency import PARTS
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.themes import DEFAULT
from emphasis.measures.word_search import WordSearch, report_text
from emphasis.run.step import Step, run_step
from emphasis.store.kept import Block

WHOLE = PARTS[0]
TABLE = "change_points"


def shares(kind: str, table: pd.DataFrame) -> Shares:
    """Of a kind, from report_id, item, n and size, which is the same for all items of a report."""
    wide = table.pivot(index="report_id", columns="item", values="n")
    size = table.drop_duplicates("report_id").set_index("report_id")["size"].reindex(wide.index)
    known = (wide.notna().all(axis=1) & (size > 0)).to_numpy()
    wide, size = wide[known], size[known]
    return Shares(kind, wide.columns.tolist(), wide.index.tolist(), wide.to_numpy("float64"), size.to_numpy("float64"))


def terms(step: Step, report_ids: Collection[str]) -> Shares:
    """The chosen terms, as often as their characters stand in the text, for each 10,000 words."""
    sizes = step.rows("report_sizes", ["report_id", "n_words"], report_ids)
    chosen = [one for one in zip(sizes["report_id"], sizes["n_words"].tolist(), strict=True) if one[1]]
    search, sentences = WordSearch(step.params.terms), step.stored("sentences", ("report_id", "text"))
    n = np.zeros((len(chosen), len(step.params.terms)))
    for place, (report_id, _) in enumerate(chosen):
        n[place] = search.count(report_text(sentences, report_id, simplify=step.params.simplify))
    return Shares("term", step.params.terms, [name for name, _ in chosen], n, np.array([n for _, n in chosen]) / 10_000)


def measures(step: Step, report_ids: Collection[str]) -> Iterator[Shares]:
    """What these reports have of each kind. Each report has a row for every area and every theme."""
    areas = step.rows("areas", ["report_id", "area", "share"], report_ids, part=WHOLE)
    yield shares("area", areas.rename(columns={"area": "item", "share": "n"}).assign(size=1.0))
    columns = ["report_id", "theme", "numerator", "denominator"]
    themes = step.rows("themes", columns, report_ids, part=WHOLE, definition=DEFAULT)
    yield shares("theme", themes.rename(columns={"theme": "item", "numerator": "n", "denominator": "size"}))
    if step.params.terms:
        yield terms(step, report_ids)


def reports_by_region(reports: pd.DataFrame) -> dict[str, list[str]]:
    """By the name of a region, in their order, the reports that its rows are made from: those of each place of that name.

    A place is called what its last report calls it, so that the reports of one with several names count under each.
    """
    known = placed_reports(reports)
    of_place = known.groupby("place")["report_id"].agg(list)
    by_region: dict[str, list[str]] = {}
    for region, place in sorted(set(zip(known["region"], known["place"], strict=True))):
        by_region.setdefault(region, []).extend(of_place[place])
    return by_region


def change_points(step: Step) -> None:
    reports, made_from = step.table("reports"), step.made_from()
    by_region = reports_by_region(reports)
    keys = {region: made_from.key(*names) for region, names in by_region.items()}
    with step.kept(TABLE) as kept:
        known = kept.known(keys)
        new = {name for region, names in by_region.items() if region not in known for name in names}
        own = reports[reports["report_id"].isin(new)]
        found = find(list(measures(step, new)), own, step.params.draws, step.params.seed) if new else pd.DataFrame()

        def rows() -> Iterator[Mapping[str, pd.DataFrame] | tuple[str, Mapping[str, Block]]]:
            for region in by_region:
                if region in known:
                    yield region, kept.rows(region)
                elif len(found):
                    yield {TABLE: found[found["region"] == region]}

        step.append(rows(), [TABLE])
        kept.keep(keys)


if __name__ == "__main__":
    run_step(change_points, snakemake)
