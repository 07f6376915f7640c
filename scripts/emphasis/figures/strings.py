"""The words of pictures that are not from a report, in Chinese and English; names of reports; which sections are shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from emphasis.sections import section_number
from emphasis.store.markup import from_yaml

LANGUAGES = ("zh", "en")

PARTS = ("whole", "review", "plan")
"""Parts that have a cloud, besides sections."""

MOST_SECTIONS = 32
"""Sections in a picture, at most: a page of a journal has no room for more."""


@cache
def all_texts() -> dict[str, dict[str, str]]:
    """Every text by key and language, before values are inserted: words.yaml, a rule's input wherever pictures are drawn."""
    texts: dict[str, dict[str, str]] = from_yaml(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return texts


def say(key: str, language: str, **values: object) -> str:
    """The text of a key in one language, with values inserted.

    Examples
    --------
    >>> say("left_out", "en", n=3)
    '3 more are not drawn; see the table.'
    """
    text = all_texts()[key][language]
    return text.format(**values) if values else text


def say_if_known(key: str, language: str) -> str:
    """The text of a key, or the key itself if it is a value of a table without a text."""
    return say(key, language) if key in all_texts() else key


def together(language: str, *texts: str) -> str:
    """Sentences of a note one after the other; empty ones are skipped.

    Examples
    --------
    >>> together("en", "One.", "", "Two."), together("zh", "一。", "二。")
    ('One. Two.', '一。二。')
    """
    return (" " if language == "en" else "").join(filter(None, texts))


def report_title(reports: pd.DataFrame) -> str:
    """Place and year of the one report in these rows of reports.csv, or its id if they are not known."""
    return _name(reports.iloc[0], "{}{}年政府工作报告")


def report_names(reports: pd.DataFrame) -> dict[str, str]:
    """Short names of reports by id: place and year; the id if they are not known or two reports share them."""
    names = {str(report["report_id"]): _name(report, "{} {}") for _, report in reports.iterrows()}
    twice = pd.Series(names).duplicated(keep=False)
    return {report_id: report_id if twice[report_id] else name for report_id, name in names.items()}


def cloud_name(section_id: str) -> str:
    """The name of the cloud of a section, which is that of its files."""
    return f"section-{section_number(section_id)}"


def cloud_heading(sections: Path, report_id: str, name: str, language: str) -> str:
    """What a cloud is of: the part of a report, or the number and heading of a section.

    `sections` is the file sections.csv; `name` is the cloud's, as whole or section-2.3.
    """
    if name in PARTS:
        return say(name, language)
    columns = ["report_id", "section_id", "number", "heading"]
    table = pd.read_csv(sections, usecols=columns, dtype=str, keep_default_na=False)
    own = table[(table["report_id"] == report_id) & (table["section_id"].map(cloud_name) == name)]
    return "".join(own[["number", "heading"]].iloc[0]) if len(own) else name


def _name(report: pd.Series[Any], form: str) -> str:
    if not report["region"] or pd.isna(report["year"]):
        return str(report["report_id"])
    return form.format("国务院" if report["region_level"] == "national" else report["region"], report["year"])


def shown_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """The sections of level 2 and the undivided sections of level 1 in sections.csv of one report, in its order."""
    headed = sections[sections["level"] > 0]
    divided = set(headed.loc[headed["level"] == 2, "parent_id"])
    return headed[(headed["level"] == 2) | ((headed["level"] == 1) & ~headed["section_id"].isin(divided))]
