"""The words of pictures that are not from a report, in Chinese and English, and the names of clouds.

Rules ask for the names of clouds: nothing here imports pandas, which the process that plans a run does without.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from emphasis.sections import section_number
from emphasis.store.markup import from_yaml

LANGUAGES = ("zh", "en")

PARTS = ("whole", "review", "plan")
"""Parts that have a cloud, besides sections."""


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


def cloud_name(section_id: str) -> str:
    """The name of the cloud of a section, which is that of its files."""
    return f"section-{section_number(section_id)}"


def cloud_heading(sections: Path, report_id: str, name: str, language: str) -> str:
    """What a cloud is of: the part of a report, or the number and heading of a section.

    `sections` is the file sections.csv; `name` is the cloud's, as whole or section-2.3.
    """
    if name in PARTS:
        return say(name, language)
    with sections.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["report_id"] == report_id and cloud_name(row["section_id"]) == name:
                return row["number"] + row["heading"]
    return name
