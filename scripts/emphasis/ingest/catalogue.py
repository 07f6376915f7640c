"""The kinds of warnings about a report, from ``warnings.yaml``: weight, message and suggestion by code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emphasis.ingest.records import ReportWarning
from emphasis.store.markup import from_yaml

_KINDS: dict[str, dict[str, Any]] = from_yaml(Path(__file__).with_name("warnings.yaml").read_text(encoding="utf-8"))

WEIGHTS: dict[str, int] = {code: kind["weight"] for code, kind in _KINDS.items()}
"""How much each kind of warning lowers the confidence in a report; a kind counts once however often it occurs."""

_SNIPPET = 60


def warn(code: str, text: str = "", start: int | None = None, **facts: object) -> ReportWarning:
    """The warning of this code, with `facts` put into its words, about `text` at `start` or about the whole report.

    Examples
    --------
    >>> warn("series-repeat", "一、回顾 一、安排", 5, number="一、", before=1).message
    '一、 follows number 1.'
    """
    kind = _KINDS[code]
    snippet = "" if start is None else " ".join(text[start : start + 2 * _SNIPPET].split())[:_SNIPPET]
    return ReportWarning(code, kind["message"].format(**facts), kind["suggestion"].format(**facts), start, snippet)
