"""Reports as a panel of regions and years, for regressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from emphasis.measures.best_report import best_first
from emphasis.measures.dictionaries import Theme
from emphasis.measures.frequency import PARTS
from emphasis.measures.report_pairs import placed_reports
from emphasis.measures.themes import DEFAULT
from emphasis.store.stata import stata_names
from emphasis.store.tables import Field, Schema

_LENGTHS = {"n_words": "words", "n_characters": "characters", "n_sentences": "sentences"}
_WHOLE, *_, _PLAN = PARTS
_PREFIXES = {_WHOLE: "", _PLAN: "plan_"}
"""The parts that are measured, and what the names of their variables begin with."""
_OF_REGION = ["region", "adcode", "region_level", "province"]


def panel(reports: pd.DataFrame, values: pd.DataFrame, extra: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row for each region and each year of the corpus, also where there is no report.

    ``theme_<name>`` is the attention to a theme in the whole report under the default definition of `theme_values`: the share
    of its tokens; ``plan_theme_<name>`` is the same in the plan alone. The lengths are those that the definitions divide by, and
    ``plan_n_words`` is 0 where a report has no plan. The panel is balanced: where a region has no report
    for a year, ``missing`` says so and the measures are empty. Years without any report are left out. Of several reports
    for one region and year the one that stands for it is used (`best_first`), and ``note`` names the others; reports without a known region or year
    are left out. A region is identified by its adcode (the nation, which has none, by its name).

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv.
    values : DataFrame
        As made by `emphasis.measures.themes.theme_values`.
    extra : DataFrame, optional
        report_id, and additional variables.

    Returns
    -------
    DataFrame
        adcode, region, region_level, province, year, report_id, confidence, n_words, n_characters, n_sentences, the same lengths
        of the plan, a column for each theme in the whole and in the plan, the columns of `extra`, missing, note.
    """
    measures = pd.concat(
        [_measures(values[values["part"] == part], start) for part, start in _PREFIXES.items()], axis=1
    )
    # Without rows, pandas would make numbers of the ids.
    measures = measures.rename_axis("report_id").reset_index().astype({"report_id": "str"})
    if extra is not None:
        measures = measures.merge(extra, on="report_id", how="left")
    known = best_first(placed_reports(reports))
    cells = known.groupby(["place", "year"])["report_id"].agg(list)
    # A region has the name that its latest report gives it.
    regions = known.sort_values("year", ascending=False, kind="stable").drop_duplicates("place")
    every = pd.MultiIndex.from_product([sorted(regions["place"]), sorted(set(known["year"]))], names=["place", "year"])
    table = regions.set_index("place")[_OF_REGION].join(pd.DataFrame(index=every), how="right").reset_index()
    found = [cells.get((p, y), []) for p, y in zip(table["place"], table["year"], strict=True)]
    table["report_id"] = pd.Series([ids[0] if ids else "" for ids in found], index=table.index, dtype="str")
    table["note"] = ["also: " + ", ".join(ids[1:]) if len(ids) > 1 else "" for ids in found]
    table["confidence"] = table["report_id"].map(known.set_index("report_id")["confidence"]).fillna("")
    table = table.merge(measures, on="report_id", how="left")
    table["missing"] = ""
    table.loc[~(table["n_words"] > 0), "missing"] = "no counted text"
    table.loc[table["report_id"] == "", "missing"] = "no report"
    return table.drop(columns="place")


def _measures(values: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Attention to each theme in one part of the reports, and the lengths of it, by report."""
    shares = values[values["definition"] == DEFAULT].pivot(index="report_id", columns="theme", values="value")
    measures = shares.rename_axis(columns=None).add_prefix("theme_")
    for name, definition in _LENGTHS.items():
        rows = values[values["definition"] == definition].drop_duplicates("report_id").set_index("report_id")
        measures[name] = rows["denominator"]
    return measures.add_prefix(prefix)


def panel_schema(base: Schema, themes: Sequence[Theme], extra: Sequence[Field] = ()) -> Schema:
    """The schema of a panel: that of the fixed columns, and before `missing` a column for each theme and the extra ones."""
    share = {"minimum": 0, "maximum": 1}
    own = tuple(
        Field(f"{start}theme_{t.name}", "number", f"Attention{where} to {t.label_en} ({t.label})", 6, share)
        for start, where in ((_PREFIXES[_WHOLE], ""), (_PREFIXES[_PLAN], " in plan"))
        for t in themes
    )
    last = next(i for i, field in enumerate(base.fields) if field.name == "missing")
    return replace(base, fields=base.fields[:last] + own + tuple(extra) + base.fields[last:])


def codebook(schema: Schema, themes: Sequence[Theme]) -> pd.DataFrame:
    """The meaning of each variable of a panel and the source of its dictionary: panel_codebook.csv."""
    of_theme = {
        f"{start}theme_{t.name}": (DEFAULT, t.status, t.source, len(t.words))
        for start in _PREFIXES.values()
        for t in themes
    }
    names = stata_names(schema.columns)
    rows = [
        (position, field.name, names[field.name], field.type, field.description, *of_theme.get(field.name, (None,) * 4))
        for position, field in enumerate(schema.fields, 1)
    ]
    columns = ["position", "variable", "stata_name", "type", "label", "definition", "status", "source", "n_words"]
    return pd.DataFrame(rows, columns=columns)
