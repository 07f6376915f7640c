"""The tokens of a batch of reports as a table."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from emphasis.sections import ancestors
from emphasis.segment.segmenter import Segmenter

COLUMNS = ["report_id", "section_id", "sentence_id", "position", "token", "pos", "kind", "start", "end"]


def token_table(sentences: pd.DataFrame, segmenter: Segmenter) -> pd.DataFrame:
    """Every token of the sentences of one report, with offsets into the report's text.

    Parameters
    ----------
    sentences : DataFrame
        report_id, section_id, sentence_id, start, text; in the order of the text.
    segmenter : Segmenter
    """
    rows: list[tuple[Any, ...]] = []
    columns = (sentences[name].tolist() for name in ("report_id", "section_id", "sentence_id", "start", "text"))
    for report_id, section_id, sentence_id, place, text in zip(*columns, strict=True):
        for token, pos, kind, start, end in segmenter.tokens(text):
            position = len(rows) + 1
            rows.append((report_id, section_id, sentence_id, position, token, pos, kind, place + start, place + end))
    return pd.DataFrame(rows, columns=COLUMNS)


def section_table(outline: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """The outline with the column n_tokens: tokens of each section, subsections included."""
    own = Counter(zip(tokens["report_id"], tokens["section_id"], strict=True))
    total: Counter[tuple[str, str]] = Counter()
    for (report_id, section_id), n in own.items():
        for holder in ancestors(section_id):
            total[report_id, holder] += n
    keys = zip(outline["report_id"], outline["section_id"], strict=True)
    return outline.assign(n_tokens=[total[key] for key in keys])
