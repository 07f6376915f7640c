"""Theme dictionaries: read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from emphasis.errors import EmphasisError
from emphasis.measures.foreign_dictionaries import categories, is_foreign
from emphasis.run.fingerprint import contents
from emphasis.store.markup import fault_of_yaml, from_yaml
from emphasis.store.written import read_written, written_rows
from emphasis.text import fold, squeeze

_KEYS = {"label", "label_en", "status", "source", "words"}
_OPTIONAL = "exceptions"
_STATUS = ("cited", "compiled")
_MEASURED = ("precision", "recall")
_OF_TESTS = (
    "theme",
    "sha256",
    "n",
    *(f"{p}{end}" for p in _MEASURED for end in ("", "_low", "_high")),
    "kappa",
    "read_by",
)
# The full stop in PM2.5 and the plus at the end of 互联网+ are part of a name; elsewhere they suggest a regular expression.
_PATTERN = re.compile(r"[|*?^$(){}\[\]\\]|(?<!\d)\.|\.(?!\d)|\+(?!$)|^\+")


@dataclass(frozen=True)
class Theme:
    """The words that represent a theme, half-width and without spaces.

    The name is the stem of the file; the status is ``cited`` when `source` is a publication, ``compiled`` when the list was
    made here; exceptions are longer strings in which no word is counted (绿色通道).
    """

    name: str
    label: str
    label_en: str
    status: str
    source: str
    words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


def load_themes(files: Iterable[Path | str]) -> tuple[Theme, ...]:
    """Read theme dictionaries, sorted by name: those of this project's form, and those of cntext and quanteda.

    Of the latter each innermost category is a theme, named like the file and the categories that lead to it
    (``file_category``); `emphasis.measures.foreign_dictionaries.categories` says what becomes of wildcards and weights.

    Raises
    ------
    EmphasisError
        With file and entry: a key that is missing or unknown, an empty word, a single character, a sign of a regular
        expression, a word that is listed twice, an exception that contains no word of the list, weights; two themes of one name.
    """
    themes = [theme for file in files for theme in _load(Path(file))]
    if not themes:
        raise EmphasisError("themes: no dictionary found; put .yaml files into the folder that `themes` names")
    names = [theme.name for theme in themes]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise EmphasisError(f"themes: two dictionaries give a theme of the name {twice}; rename a file or a category")
    return tuple(sorted(themes, key=lambda theme: theme.name))


@dataclass(frozen=True)
class Tested:
    """How well a dictionary finds the sentences about its theme, as readers told who saw none of its hits.

    Precision and recall with the bounds of their 95 % intervals, from n sentences; kappa of two readings; who read.
    """

    n: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    kappa: float
    read_by: str


def load_tested(file: Path | None, dictionaries: Iterable[Path | str]) -> dict[str, Tested]:
    """Results of validation by theme, from validation.tsv: of the dictionaries that are still those that were tested.

    Parameters
    ----------
    file : Path, optional
        Table with tabs; its column sha256 has the hash of what the dictionary said when it was tested.
    dictionaries : iterable of Path
        The files of the dictionaries.

    Raises
    ------
    EmphasisError
        With file and line: a column that is missing, a figure that is no number.
    """
    if file is None:
        return {}
    now = {Path(path).stem: contents(Path(path)) for path in dictionaries}
    rows = written_rows(file, _OF_TESTS)
    return {
        row["theme"]: _tested(row, f"{file}, line {number}")
        for number, row in rows
        if now.get(row["theme"]) == row["sha256"]
    }


def _tested(row: dict[str, str], where: str) -> Tested:
    try:
        precision, recall = ((float(row[p]), float(row[f"{p}_low"]), float(row[f"{p}_high"])) for p in _MEASURED)
        kappa = float(row["kappa"]) if row["kappa"] else float("nan")
        return Tested(int(row["n"]), precision, recall, kappa, row["read_by"])
    except ValueError as error:
        raise EmphasisError(f"{where}: {error}; write numbers, precision and recall with their bounds") from None


def overlap_notes(themes: Iterable[Theme]) -> Iterator[str]:
    """Messages on dictionaries that are valid but may surprise: words inside other words, words of two themes."""
    owner: dict[str, str] = {}
    for theme in themes:
        for short, long in product(theme.words, theme.words):
            if short != long and short in long:
                yield f"{theme.name}: {short} is part of {long}; where {long} stands, it alone is counted"
        for word in theme.words:
            if word in owner:
                yield f"{theme.name}: {word} is a word of {owner[word]} too and counts for both"
            owner[word] = theme.name


def theme_files(folder: Path) -> list[Path]:
    """The dictionaries in a folder, by name."""
    return sorted(file for ending in ("yaml", "yml") for file in folder.glob(f"*.{ending}"))


def _load(file: Path) -> list[Theme]:
    try:
        data = from_yaml(read_written(file))
    except yaml.YAMLError as error:
        raise EmphasisError(f"{file}: not YAML: {fault_of_yaml(error)}; correct it") from None
    if is_foreign(data, _KEYS | {_OPTIONAL}):
        return list(_foreign(data, file))
    if not isinstance(data, dict) or set(data) - {_OPTIONAL} != _KEYS:
        found = sorted(map(str, data)) if isinstance(data, dict) else "no keys"
        keys = ", ".join(sorted(_KEYS))
        raise EmphasisError(f"{file}: the keys are {keys} and, if needed, {_OPTIONAL}; found {found}")
    texts = {key: str(data[key] or "").strip() for key in ("label", "label_en", "source")}
    for key, text in texts.items():
        if not text:
            raise EmphasisError(f"{file}: {key} is empty; write something there")
    if data["status"] not in _STATUS:
        raise EmphasisError(f"{file}: status is {data['status']!r}; allowed: {', '.join(_STATUS)}")
    words = _words(data, "words", file)
    exceptions = _words(data, _OPTIONAL, file) if _OPTIONAL in data else ()
    for number, entry in enumerate(exceptions, 1):
        if not any(word in entry and word != entry for word in words):
            raise EmphasisError(f"{file}, exception {number}: {entry} holds no word of the list; delete it")
    return [Theme(file.stem, status=data["status"], words=words, exceptions=exceptions, **texts)]


def _foreign(data: dict[str, Any], file: Path) -> Iterator[Theme]:
    """A theme for each category of a dictionary of cntext or quanteda; of a single one it has the name of the file."""
    found = list(categories(data, file))
    for path, entries, source in found:
        name = "_".join([file.stem, *path] if len(found) > 1 else [file.stem])
        where = f"{file}, {' > '.join(path)}"
        words = tuple(dict.fromkeys(_word(entry, where) for entry in entries))
        yield Theme(
            re.sub(r"\W", "_", name) if len(found) > 1 else name,
            " · ".join(path),
            " · ".join(path),
            "cited" if source else "compiled",
            source or f"Read from {file.name}, which does not say where its words are from.",
            words,
        )


def _words(data: dict[str, Any], key: str, file: Path) -> tuple[str, ...]:
    if not isinstance(data[key], list) or not data[key]:
        raise EmphasisError(f"{file}: {key} has to be a list with at least one word")
    words: dict[str, int] = {}
    for number, entry in enumerate(data[key], 1):
        kind = key.removesuffix("s")
        where = f"{file}, {kind} {number}"
        word = _word(entry, where)
        if word in words:
            raise EmphasisError(f"{where}: {word} stands there already as {kind} {words[word]}; delete one")
        words[word] = number
    return tuple(words)


def _word(entry: Any, where: str) -> str:
    if not isinstance(entry, str):
        raise EmphasisError(f"{where}: {entry!r} is empty or no text; write a word, or put it in quotation marks")
    word = squeeze(fold(entry))[0]
    if not word:
        raise EmphasisError(f"{where}: empty; an empty word would match everywhere: delete it")
    if sign := _PATTERN.search(word):
        raise EmphasisError(f"{where}: {word} has {sign[0]!r}; words are plain text, no patterns: list each word")
    if len(word) < 2:
        raise EmphasisError(
            f"{where}: {word} is a single character, which is part of too many words; write longer words"
        )
    return word
