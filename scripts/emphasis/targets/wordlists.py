"""The word lists of the grammar, read from ``config/targets/``, and how they are looked for.

The grammar itself, what may follow what, is code; the words it is made of are data: each file has groups of words, and each
group says in a comment what it is for. A group becomes either a `WordSet`, which finds the longest word at an end of a
phrase (推动|工业增加值), or part of a regular expression (`alternation`).

The lists are the same for all reports, and the patterns of the package are compiled from them once, when it is imported.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from emphasis.errors import EmphasisError
from emphasis.project import find
from emphasis.store.markup import fault_of_yaml, from_yaml
from emphasis.store.written import read_written
from emphasis.text import fold

FOLDER = find("config/targets")

Alternatives = Mapping[str, tuple[str, ...]]
"""For some words, what may or must not be next to them: each alternative a word or a regular expression."""


def words(file: str, group: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """The words of a group in a file, named without its ending (``clause``).

    Raises
    ------
    EmphasisError
        With file and group: what cannot be read, a group that is missing or empty, a word that is listed twice or is not
        half-width.
    """
    return _split(_group(folder / f"{file}.yaml", group), f"{folder / file}.yaml: {group}")


def words_by_key(file: str, group: str, folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """The words of a group that has a line for each key (``ge: 不低于 不少于``); raises as `words` does."""
    where = f"{folder / file}.yaml: {group}"
    lines = _group(folder / f"{file}.yaml", group)
    if not isinstance(lines, dict) or not lines:
        raise EmphasisError(f"{where} needs lines of the form `key: word word`")
    return {str(key): _split(text, f"{where}: {key}") for key, text in lines.items()}


def alternatives(file: str, group: str, owners: Iterable[str], folder: Path = FOLDER) -> Alternatives:
    """What a group lets follow or precede some of the words `owners`.

    Raises as `words` does, also for a key that is not among `owners`, and for what is no regular expression.
    """
    found, known = words_by_key(file, group, folder), set(owners)
    for word, neighbours in found.items():
        where = f"{folder / file}.yaml: {group}: {word}"
        if word not in known:
            raise EmphasisError(f"{where} is not among the words that this group is about; correct or delete the line")
        for neighbour in neighbours:
            try:
                re.compile(neighbour)
            except re.error as error:
                raise EmphasisError(f"{where}: {neighbour} is no regular expression ({error}); correct it") from None
    return found


def _group(path: Path, group: str) -> Any:
    groups = _groups(path)
    if group not in groups:
        raise EmphasisError(f"{path}: the group {group} is missing; restore it from the repository")
    return groups[group]


@cache
def _groups(path: Path) -> dict[str, Any]:
    try:
        groups = from_yaml(read_written(path))
    except yaml.YAMLError as error:
        raise EmphasisError(f"{path}: not YAML: {fault_of_yaml(error)}; correct it") from None
    if not isinstance(groups, dict):
        raise EmphasisError(f"{path}: has no groups; restore it from the repository")
    return groups


def _split(text: Any, where: str) -> tuple[str, ...]:
    if not isinstance(text, str) or not text.split():
        raise EmphasisError(f"{where} needs words, separated by white space")
    found = tuple(text.split())
    for word in found:
        if fold(word) != word:
            raise EmphasisError(f"{where}: write {word} half-width, as {fold(word)}")
        if found.count(word) > 1:
            raise EmphasisError(f"{where}: {word} is listed twice; delete one")
    return found


def alternation(
    some: Iterable[str],
    only_before: Alternatives | None = None,
    not_before: Alternatives | None = None,
    not_after: Alternatives | None = None,
    inside: Collection[str] = (),
) -> str:
    """A regular expression for any of the words, the longest first, each only where its neighbours allow it.

    The words `inside` do not begin a text.

    Each alternative begins with its word, what must not precede it is asked afterwards: so `re` knows with which characters
    a match can begin, and looks nowhere else.

    Examples
    --------
    >>> alternation(["个", "个月"], not_before={"个": ("体", "性")}, not_after={"个月": ("整",)})
    '个月(?<!整个月)|个(?!体|性)'
    """
    parts = []
    for word in sorted(set(some), key=lambda w: (-len(w), w)):
        preceded = f"(?<=.{re.escape(word)})" if word in inside else ""
        preceded += "".join(f"(?<!{re.escape(before + word)})" for before in (not_after or {}).get(word, ()))
        wanted, barred = (only_before or {}).get(word, ()), (not_before or {}).get(word, ())
        followed = (f"(?={'|'.join(wanted)})" if wanted else "") + (f"(?!{'|'.join(barred)})" if barred else "")
        parts.append(re.escape(word) + preceded + followed)
    return "|".join(parts)


class WordSet:
    """A set of words that finds the longest of them at either end of a text.

    Which lengths to try is known from the first or the last character: most texts begin and end with none of the words.

    Examples
    --------
    >>> verbs = WordSet(("建", "新建", "改造提升"))
    >>> verbs.longest_prefix("新建学校"), verbs.longest_suffix("继续改造提升"), "改造" in verbs
    ('新建', '改造提升', False)
    """

    def __init__(self, some: Iterable[str]) -> None:
        self._words = frozenset(some)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def longest_prefix(self, text: str, at: int = 0) -> str:
        """The longest word that begins at `at`; empty if none does."""
        for size in self._by_first.get(text[at : at + 1], ()):
            if (word := text[at : at + size]) in self._words:
                return word
        return ""

    def longest_suffix(self, text: str) -> str:
        """The longest word that ends the text; empty if none does."""
        for size in self._by_last.get(text[-1:], ()):
            if (word := text[-size:]) in self._words:
                return word
        return ""


def _lengths(some: Iterable[str], position: int) -> dict[str, list[int]]:
    """For each character that words have at `position`, the lengths of those words, the longest first."""
    found: dict[str, set[int]] = {}
    for word in some:
        found.setdefault(word[position], set()).add(len(word))
    return {character: sorted(sizes, reverse=True) for character, sizes in found.items()}
