"""Dictionaries of other programs, cntext and quanteda, as lists of words by category.

cntext (https://github.com/hiDaDeng/cntext) keeps them under ``Dictionary``, with ``Desc`` and ``Refer`` beside it::

    Refer: 作者 (2020), 篇名, 刊名.
    Dictionary:
      进取: [创新, 突破]
      稳健: [稳妥, 风险]

quanteda (https://quanteda.io) writes categories, which may hold categories (`as.yaml`), and has patterns for words::

    环境:
      污染: [污染*, 排放]
      生态: [生态, 湿地]

Each innermost category becomes a theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from emphasis.errors import EmphasisError

_OF_CNTEXT = "Dictionary"
_AT_ENDS = "*"
_INSIDE = re.compile(r"[*?]")


class Category(NamedTuple):
    """A category: the names that lead to it, its words without the wildcards at their ends, and its source where the file states one."""

    path: tuple[str, ...]
    words: tuple[str, ...]
    source: str


def is_foreign(data: Any, own: set[str]) -> bool:
    """Whether a document is a dictionary of another program: a mapping with none of the keys that the themes here have."""
    return isinstance(data, dict) and bool(data) and not own & data.keys()


def categories(data: Mapping[str, Any], file: Path) -> Iterator[Category]:
    """The categories of a dictionary of cntext or quanteda.

    A wildcard at an end of a word is dropped: 污染* and *污染* are read as 污染, which is counted here where it stands as a word or
    in a term that it forms (污染防治), and under the definition per_10k_anywhere inside other words too (污染物). Words that are then
    equal are read once. Spaces between the parts of a word are dropped when words are read (环境 保护).

    Raises
    ------
    EmphasisError
        With file and category: weights, a wildcard inside a word, a category without words, one that holds something else.
    """
    source = str(data.get("Refer") or "").strip() if _OF_CNTEXT in data else ""
    held = data.get(_OF_CNTEXT, data)
    if not isinstance(held, dict) or not held:
        raise EmphasisError(f"{file}: {_OF_CNTEXT} has to hold categories with lists of words; it holds {held!r}")
    for name, value in held.items():
        yield from _categories((str(name),), value, source, file)


def _categories(path: tuple[str, ...], value: Any, source: str, file: Path) -> Iterator[Category]:
    where = f"{file}, {' > '.join(path)}"
    entries = value if isinstance(value, list) else [value]
    words = [_without_wildcards(entry, where) for entry in entries if not isinstance(entry, dict)]
    inner = [(name, held) for entry in entries if isinstance(entry, dict) for name, held in entry.items()]
    if not words and not inner:
        raise EmphasisError(f"{where}: has no word; write some, or delete the category")
    if words:
        yield Category(path, tuple(dict.fromkeys(words)), source)
    for name, held in inner:
        if isinstance(held, int | float) and not isinstance(held, bool):
            raise EmphasisError(f"{where}: {name} has the weight {held}. {_NO_WEIGHTS}")
        yield from _categories((*path, str(name)), held, source, file)


_NO_WEIGHTS = "Weights are not used, attention counts words: write the words of a category as a list, without numbers"


def _without_wildcards(entry: Any, where: str) -> str:
    if isinstance(entry, int | float) and not isinstance(entry, bool):
        raise EmphasisError(
            f"{where}: {entry} is a number. {_NO_WEIGHTS} (a word that is a number: in quotation marks)"
        )
    if not isinstance(entry, str) or not entry.strip(f"{_AT_ENDS} "):
        raise EmphasisError(f"{where}: {entry!r} is no word; write one, or delete it")
    word = entry.strip().strip(_AT_ENDS)
    if found := _INSIDE.search(word):
        raise EmphasisError(
            f"{where}: {entry} has {found[0]} inside the word; only * at its ends is read: list each word"
        )
    return word
