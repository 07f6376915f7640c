"""The longest known word at either end of a text."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

_LONGEST = 7


def longest_suffix(text: str, known: AbstractSet[str]) -> str:
    """The longest word of `known`, at most 7 characters, that ends `text`; empty if none does."""
    for size in range(min(_LONGEST, len(text)), 0, -1):
        if text[-size:] in known:
            return text[-size:]
    return ""


def longest_prefix(text: str, known: AbstractSet[str]) -> str:
    """The longest word of `known`, at most 7 characters, that begins `text`; empty if none does."""
    for size in range(min(_LONGEST, len(text)), 0, -1):
        if text[:size] in known:
            return text[:size]
    return ""
