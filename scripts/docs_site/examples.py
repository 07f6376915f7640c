"""Measures of several reports, worked out by the library on texts and histories that are small enough to follow by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.measures.adoption import adoption, count_uses
from emphasis.measures.shared_text import NormalisedText, maximal_matches, shared_passages


class Shared(NamedTuple):
    """What a text shares with another."""

    passages: list[str]
    characters: int
    reused: int
    share: float


def shared(text: str, other: str) -> Shared:
    """What a text shares with another: its characters without white space and punctuation, the passages, their share."""
    one, two = (
        NormalisedText(name, pa.table({"text": [said], "section_id": ["s1"]}))
        for name, said in (("a", text), ("b", other))
    )
    found = shared_passages([maximal_matches(one, two)])
    passages = [one.text[start : start + size] for start, size in zip(found.start, found.size, strict=True)]
    n = len(one.text)
    return Shared(passages=passages, characters=n, reused=sum(map(len, passages)), share=sum(map(len, passages)) / n)


def first_uses(
    histories: Mapping[str, Mapping[int, int]], levels: Mapping[str, tuple[str, str]]
) -> dict[str, dict[str, Any]]:
    """The first use of a term in each region, as adoption.csv has it.

    Parameters
    ----------
    histories : mapping
        How often the reports of each region have the term, by year.
    levels : mapping
        Level and code of each region.
    """
    rows = [
        (f"{region}{year}", region, levels[region][1], levels[region][0], year, n)
        for region, years in histories.items()
        for year, n in years.items()
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "region", "adcode", "region_level", "year", "n"])
    reports = reports.assign(confidence="high", n_chars=9_000, date="").astype({"year": "Int64"})
    counted = dict(zip(reports["report_id"], reports["n"], strict=True))
    no_themes = pd.DataFrame(columns=["report_id", "theme", "n"])
    uses = count_uses(list(counted), ["term"], np.array([[n] for n in counted.values()]), no_themes, 1)
    table = pd.concat([adoption(some, reports)[0] for some in uses.chunks()]).astype("object")
    return {
        str(own["region"]): {str(key): value for key, value in own.items()}
        for own in table.where(table.notna(), None).to_dict("records")
    }
