"""What is counted, and what it is divided by: the ground under every frequency.

Three notions, kept apart throughout:

tokens
    Every token of the counted parts of a report: words, terms, numbers, Latin. Punctuation is none. Rates are divided
    by these.
keywords
    The tokens that can stand in a keyword table: no numbers, no stop words, not shorter than a given length.
pieces
    The text between one heading and the next. A section without subsections is one piece; a section with subsections
    contributes its introduction. Pieces do not overlap and together are the counted text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from emphasis.sections import ancestors


@dataclass(frozen=True)
class Counting:
    """The choices behind a count.

    Attributes
    ----------
    roles : collection of str
        Parts of a report that are counted.
    stopwords : collection of str
        Tokens that are no keywords.
    min_length : int
        Shortest keyword, in characters.
    """

    roles: Collection[str]
    stopwords: Collection[str] = ()
    min_length: int = 1


def counted_tokens(tokens: pd.DataFrame, sections: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """The tokens in counted parts, with the columns `role` and `keyword` added.

    Parameters
    ----------
    tokens : DataFrame
        report_id, section_id, sentence_id, token, pos, kind; one row a token.
    sections : DataFrame
        report_id, section_id, role.
    counting : Counting
    """
    roles = sections[["report_id", "section_id", "role"]]
    joined = tokens.merge(roles, on=["report_id", "section_id"], how="left", validate="many_to_one")
    joined = joined[joined["role"].isin(list(counting.roles))].reset_index(drop=True)
    joined["keyword"] = (
        (joined["kind"] != "number")
        & ~joined["token"].isin(list(counting.stopwords))
        & (joined["token"].str.len() >= counting.min_length)
    )
    return joined


def with_ancestors(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `table` once for their section and once for each section that holds it."""
    table = table.assign(section_id=table["section_id"].map(ancestors))
    return table.explode("section_id", ignore_index=True)
