"""The warnings in Chinese: made from the English text, which tables hold, with the facts that stand in it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from emphasis.store.markup import from_yaml

_HERE = Path(__file__).parent
_FACT = re.compile(r"\{(\w+)(?::[^}]*)?\}")


@cache
def _texts(name: str) -> dict[str, Any]:
    data: dict[str, Any] = from_yaml((_HERE / name).read_text(encoding="utf-8"))
    return data


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What a template makes, with a group for each fact."""
    parts = _FACT.split(template)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)), re.DOTALL
    )


def in_chinese(code: str, message: str, suggestion: str) -> tuple[str, str]:
    """Message and suggestion of a warning in Chinese; what has no Chinese text, or says something else than its kind, is empty.

    Examples
    --------
    >>> in_chinese("long-heading", "A heading of 41 characters.", "See whether heading and text run into each other.")
    ('标题长达 41 字。', '请核对标题与正文是否连在一起。')
    """
    kind, chinese = _texts("warnings.yaml").get(code), _texts("warnings.zh.yaml").get(code)
    if kind is None or chinese is None:
        return "", ""
    facts: dict[str, str] = {}
    for name, text in (("message", message), ("suggestion", suggestion)):
        found = _pattern(kind[name]).fullmatch(text)
        if found is None:
            return "", ""
        facts |= {fact: _fact(value) for fact, value in found.groupdict().items()}
    return tuple(_FACT.sub(lambda match: facts[match[1]], chinese[name]) for name in ("message", "suggestion"))  # type: ignore[return-value]


def _fact(value: str) -> str:
    """A fact with its words in Chinese: one of the known ones, or a list that begins with them (title 2024, date 2025)."""
    words = _texts("warnings.zh.yaml")["facts"]
    if value in words:
        return str(words[value])
    parts = [part.split(" ", 1) for part in value.split(", ")]
    if all(part[0] in words for part in parts):
        return "，".join(" ".join([str(words[part[0]]), *part[1:]]) for part in parts)
    return value
