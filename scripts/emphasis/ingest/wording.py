"""Whether a passage reads like a review or like a plan, by the words that the two kinds of text use.

A review says 去年, 完成了, 增长5.5%, 位居全国; a plan says 今年, 要, 加快, 确保, 5.5%左右. For each word of
``role_words.tsv`` the share of the passage's sentences that contain it is taken; the weighted sum of the shares is the
log-odds of a plan against a review,

    z = w0 + w1·x1 + ... + wk·xk,    x = sentences with the word / sentences.

The weights are those of a logistic regression (ridge penalty, both roles weighted alike) over pieces of eight sentences
from chapters whose heading says what they are. `scripts/tools/fit_role_words.py` fits them anew from a folder of reports
and tells how often the sign of z is wrong for chapters of reports left out of the fit (ten parts, each report in one).
For 45 national reports of 1955-2025, 39 of provinces of 2025 and 2026 and 90 of Guangdong and of Shenzhen and its districts:
6 of 392 chapters wrong (1.5 %), and 471 of 7,979 pieces (5.9 %). Chapters without a clear heading are harder: of 93 that readers
called review or plan, the wording alone names the role of 82 (88 %), with the order of chapters 88 (95 %). The words were
chosen with these reports in view, so expect a little less elsewhere.
A passage of fewer than eight sentences has z in proportion to their number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from emphasis.ingest.paragraphs import key_of

WORDS_FILE = Path(__file__).with_name("role_words.tsv")
INTERCEPT = "(intercept)"
"""The first row of the table: the constant of the sum."""

PIECE = 8
"""Sentences from which the weights were fitted, and from which z counts in full."""

_NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")
_STOP = re.compile(r"[。;!?]")
_BREAK = "\n"
"""Between statements, which have no white space."""


@cache
def _weights() -> tuple[float, tuple[tuple[str, float], ...]]:
    """The constant, and the words with their weights."""
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = {row["word"]: float(row["weight"]) for row in csv.DictReader(file, delimiter="\t")}
    return rows.pop(INTERCEPT), tuple(rows.items())


def split_statements(text: str) -> list[str]:
    """The different sentences and clauses of a passage, half-width, with 0 for every number, so that 增长0 stands for any rate.

    Examples
    --------
    >>> split_statements("产值增长5.5％。要加快发展；")
    ['产值增长0%', '要加快发展']
    """
    return list(dict.fromkeys(part for part in _STOP.split(_NUMBER.sub("0", key_of(text))) if part))


def shares(statements: Sequence[str], words: Sequence[str]) -> list[float]:
    """The share of the statements that contain each word; zeros if there are none."""
    text = _BREAK.join(statements)
    return [_count_lines(text, word) / max(1, len(statements)) for word in words]


def _count_lines(text: str, word: str) -> int:
    """How many lines of a text contain a word; found in the text as a whole, since most lines have few of the words."""
    n, at = 0, text.find(word)
    while at >= 0:
        n += 1
        end = text.find(_BREAK, at)
        at = text.find(word, end) if end >= 0 else -1
    return n


def plan_log_odds(text: str) -> float:
    """The log-odds that the wording of a passage is that of a plan: above 0 for a plan, below for a review.

    Examples
    --------
    >>> plan_log_odds("去年完成了投资，产值增长5.5%。") < 0 < plan_log_odds("今年要加快发展，确保产值增长5.5%左右。")
    True
    >>> plan_log_odds("")
    0.0
    """
    statements = split_statements(text)
    if not statements:
        return 0.0
    constant, weights = _weights()
    found = shares(statements, [word for word, _ in weights])
    full = constant + sum(weight * share for (_, weight), share in zip(weights, found, strict=True))
    return full * min(1.0, len(statements) / PIECE)
