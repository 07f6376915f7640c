"""Find the years from which on policy areas, themes and chosen terms have another share in the reports of a region."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from emphasis.measures.change_points import Shares
from emphasis.measures.change_points import change_points as find
from emphasis.measures.frequency import PARTS
from emphasis.measures.themes import DEFAULT
from emphasis.measures.word_search import WordSearch, report_text
from emphasis.run.step import Step, run_step

WHOLE = PARTS[0]


def shares(kind: str, table: pd.DataFrame) -> Shares:
    """Of a kind, from report_id, item, n and size, which is the same for all items of a report."""
    wide = table.pivot(index="report_id", columns="item", values="n")
    size = table.drop_duplicates("report_id").set_index("report_id")["size"].reindex(wide.index)
    known = (wide.notna().all(axis=1) & (size > 0)).to_numpy()
    wide, size = wide[known], size[known]
    return Shares(kind, wide.columns.tolist(), wide.index.tolist(), wide.to_numpy("float64"), size.to_numpy("float64"))


def terms(step: Step) -> Shares:
    """The chosen terms, as often as their characters stand in the text, for each 10,000 words."""
    sizes = step.table("report_sizes", ["report_id", "n_words"]).sort_values("report_id")
    chosen = [one for one in zip(sizes["report_id"], sizes["n_words"].tolist(), strict=True) if one[1]]
    search, sentences = WordSearch(step.params.terms), step.stored("sentences", ("report_id", "text"))
    n = np.zeros((len(chosen), len(step.params.terms)))
    for place, (report_id, _) in enumerate(chosen):
        n[place] = search.count(report_text(sentences, report_id, simplify=step.params.simplify))
    return Shares("term", step.params.terms, [name for name, _ in chosen], n, np.array([n for _, n in chosen]) / 10_000)


def measures(step: Step) -> Iterator[Shares]:
    areas = step.rows("areas", ["report_id", "area", "share"], part=WHOLE)
    yield shares("area", areas.rename(columns={"area": "item", "share": "n"}).assign(size=1.0))
    themes = step.rows("themes", ["report_id", "theme", "numerator", "denominator"], part=WHOLE, definition=DEFAULT)
    yield shares("theme", themes.rename(columns={"theme": "item", "numerator": "n", "denominator": "size"}))
    if step.params.terms:
        yield terms(step)


def change_points(step: Step) -> None:
    step.write(
        {"change_points": find(list(measures(step)), step.table("reports"), step.params.draws, step.params.seed)}
    )


if __name__ == "__main__":
    run_step(change_points, snakemake)
