"""The tables of areas of some reports."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from emphasis.areas.coder import Coder
from emphasis.areas.corrections import Correction, corrected_rows
from emphasis.areas.features import read_texts
from emphasis.areas.scheme import Scheme
from emphasis.areas.shares import code_rows, correct, share_rows
from emphasis.store.codes import string_column, unsorted_codes


def area_tables(
    tables: dict[str, pd.DataFrame],
    coder: Coder,
    scheme: Scheme,
    corrections: Sequence[Correction],
    roles: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """The codes of the sentences of some reports, and shares.

    Parameters
    ----------
    tables : dict of DataFrames
        sentences, tokens, outline, vocabulary.
    coder : Coder
    scheme : Scheme
    corrections : sequence of Correction
    roles : sequence of str
        The parts that are counted.

    Returns
    -------
    dict
        sentence_areas and areas.
    """
    ordered = tables["sentences"].sort_values(["report_id", "start"], kind="stable").reset_index(drop=True)
    texts = read_texts(ordered, tables["tokens"], tables["outline"], tables["vocabulary"])
    corrected = corrected_rows(corrections, texts.table)
    probabilities = correct(coder.probabilities(texts), corrected)
    shares = share_rows(ordered, probabilities, tables["outline"], scheme, list(roles))
    place, codes = unsorted_codes(shares["area"])
    names = {"area_en": scheme.names_en, "area_zh": scheme.names_zh}
    named = shares.assign(
        **{
            column: string_column(pa.array([by_code[code] for code in codes.to_pylist()], pa.string()), place)
            for column, by_code in names.items()
        }
    )
    return {"sentence_areas": code_rows(texts.table, probabilities, corrected, scheme), "areas": named}
