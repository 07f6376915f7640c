"""The page from the tables of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from emphasis.measures.counts import Counting
from emphasis.measures.dictionaries import Theme
from emphasis.publish.site.corpus import index, together
from emphasis.publish.site.page import Assets, render
from emphasis.publish.site.report import report_block
from emphasis.tables import Schema


def build_page(
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    *,
    themes: Sequence[Theme],
    counting: Counting,
    figures: Mapping[str, Sequence[str]],
    shown: Sequence[str],
    wanted: int,
    assets: Assets,
) -> str:
    """One HTML file.

    Parameters
    ----------
    tables, schemas : mapping
        The tables that `report.report_block` and `corpus.index` name, and their schemas.
    themes : sequence of Theme
    counting : Counting
    figures : mapping of str to sequence of str
        As `corpus.figure_names` gives them.
    shown : sequence of str
        Reports whose text the page carries; those that could not be read are passed over.
    wanted : int
        How many it would carry without a limit.
    assets : Assets
    """
    known = set(tables["reports"]["report_id"])
    present = [report_id for report_id in shown if report_id in known]
    first = index(tables, schemas, themes, present, figures)
    first |= {"limited": wanted > len(shown), "wanted": wanted}
    blocks = [report_block(report_id, tables, schemas, themes, counting) for report_id in present]
    return render(assets, first, together(tables, schemas, present), blocks)
