"""The sentences that are drawn from, with the machine's codes; and what coders see of those that were drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from emphasis.measures.dictionaries import Theme
from emphasis.measures.theme_hits import theme_hits
from emphasis.publish.paper.workbook import CELL_CHARACTERS, NOT_IN_XML
from emphasis.publish.validation.coding_workbook import Shown
from emphasis.publish.validation.questions import AREA, NO, YES
from emphasis.sections import ancestors

_PLACE = ["report_id", "sentence_id", "section_id", "start", "end"]


def counted(sentences: pd.DataFrame, outline: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """The sentences of the counted parts, headings among them, as the measures count them."""
    roles_of = outline.set_index(["report_id", "section_id"])["role"]
    keys = pd.MultiIndex.from_frame(sentences[["report_id", "section_id"]])
    return sentences[roles_of.reindex(keys).isin(list(roles)).to_numpy()].reset_index(drop=True)


def theme_frame(sentences: pd.DataFrame, tokens: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Which sentences each theme hits: one of its words occurs, as `emphasis.measures.themes.theme_values` counts hits.

    Parameters
    ----------
    sentences, tokens : DataFrame
        As in sentences.parquet and tokens.parquet, all of one or more reports.

    Returns
    -------
    DataFrame
        report_id, sentence_id, section_id, start, end, and ``machine_<theme>``: 1 or 0.
    """
    frame = sentences[_PLACE].reset_index(drop=True)
    hits = theme_hits(sentences, tokens, themes)
    for theme in themes:
        own = hits.loc[hits["theme"] == theme.name, "sentence_id"]
        frame[f"machine_{theme.name}"] = np.where(frame["sentence_id"].isin(own), YES, NO)
    return frame


def area_frame(sentences: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The area of each sentence as the coder gives it; corrected ones too, which are no work of the coder's, are left out.

    Parameters
    ----------
    sentences, areas : DataFrame
        As in sentences.parquet and areas.parquet.
    """
    own = areas.loc[~areas["corrected"], ["report_id", "sentence_id", "area"]]
    found = sentences[_PLACE].merge(own, on=["report_id", "sentence_id"], how="inner")
    return found.rename(columns={"area": f"machine_{AREA}"})


def shown(drawn: pd.DataFrame, sentences: pd.DataFrame, outline: pd.DataFrame) -> list[Shown]:
    """What coders see of drawn sentences.

    Parameters
    ----------
    drawn : DataFrame
        number, report_id, sentence_id, section_id.
    sentences : DataFrame
        All sentences of the reports that were drawn from, in the order of the text: report_id, sentence_id, text.
    outline : DataFrame
        report_id, section_id, heading.
    """
    headings = outline.fillna({"heading": ""}).set_index(["report_id", "section_id"])["heading"].to_dict()
    ids, texts = sentences["report_id"].tolist(), [clean(text) for text in sentences["text"]]
    place = {key: i for i, key in enumerate(zip(ids, sentences["sentence_id"], strict=True))}
    found = []
    columns = (drawn[name] for name in ("number", "report_id", "sentence_id", "section_id"))
    for number, report_id, sentence_id, section_id in zip(*columns, strict=True):
        at = place[report_id, sentence_id]
        before = texts[at - 1] if at and ids[at - 1] == report_id else ""
        after = texts[at + 1] if at + 1 < len(ids) and ids[at + 1] == report_id else ""
        path = [headings.get((report_id, of), "") for of in reversed(ancestors(section_id))]
        heading = " › ".join(filter(None, path))
        found.append(Shown(int(number), clean(heading), before, texts[at], after))
    return found


def clean(text: str) -> str:
    """A text as a cell of a workbook can hold it."""
    return NOT_IN_XML.sub("\ufffd", " ".join(text.split()))[:CELL_CHARACTERS]
