"""The texts of the workbook: heads of columns, instructions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from emphasis.publish.validation.questions import AREA, Question
from emphasis.store.markup import from_yaml

WORDS: dict[str, dict[str, str]] = from_yaml(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))

INSTRUCTIONS = "instructions"
CODES = "codes"
CODERS = ("coder 1", "coder 2")
DECIDED = "decided"
"""Sheets of the workbook."""

BEFORE_CODES = ("number", "heading", "before", "sentence", "after")
"""Columns in front of the codes."""


def head(name: str) -> str:
    """The head of a column in both languages."""
    return f"{WORDS[name]['zh']} {WORDS[name]['en']}"


def instruction_lines(questions: Sequence[Question], codebook: str, draw: str) -> list[tuple[str, str]]:
    """The sheet of instructions: pairs of Chinese and English, the last but definitions the draw's id under its head.

    Parameters
    ----------
    questions : sequence of Question
    codebook : str
        The codebook of policy areas; not used for themes.
    draw : str
    """
    of_areas = [question.name for question in questions] == [AREA]
    common = ("title", "save", "coders", "unit", "rows", "decided", "back")
    lines = [(WORDS[name]["zh"], WORDS[name]["en"]) for name in (*common, "areas" if of_areas else "themes")]
    lines += [(head("draw"), draw), ("", "")]
    if of_areas:
        return lines + [("", line) for line in codebook.splitlines()]
    return lines + [text for q in questions for text in ((q.zh, q.en), (q.asked_zh, q.asked_en), ("", ""))]
