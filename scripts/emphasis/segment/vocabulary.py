"""The words and terms that lie inside a token: 污染, 防治, 攻坚战 and 攻坚 in 污染防治攻坚战, but no 印度 in 印度尼西亚.

Tokens keep policy terms whole; readers ask for words. So the text has two layers. The words are those of the general dictionary,
whatever terms the lexicon has; terms are spans over words. What a token holds depends on the token alone, never on the text
around it: the dictionary's best path through a text runs through both ends of a term, so that it cuts the term as it would
cut the text without it, and a term that is added to the lexicon moves no count of a word.

Words of the dictionary are opened where they are regular compounds:

- four characters that are two words of two (生态 / 环境), and longer ones that consist of such words (劳动 / 生产率);
- others with an affix that vocabulary.tsv lists, where the stem is a word (产业 / 链, but 人民币 is no 人民);
- not names in another language's sounds (罗马尼亚) nor what ends in 主义, whose first word has another sense there.

What vocabulary.tsv says of a single word, with the reason, goes before these rules.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from emphasis.segment.claims import find_claims
from emphasis.segment.engines import dictionary_weight
from emphasis.segment.lexicon import Lexicon, OrdinaryWord
from emphasis.segment.tokens import Kind, is_numeral

if TYPE_CHECKING:
    import pandas as pd

_NAMES = ("nr", "ns")
_FOREIGN_NAME = "nrt"
_USUAL = 100
"""What the dictionary calls a name is opened where both halves are words at least so frequent: 黄河 / 流域, but not 马来西亚. Its
tags are often wrong (绿水青山 is no place), so that the tag alone does not decide. Read off the list of its names."""
_DOCTRINE = "主义"


class Unit(NamedTuple):
    """A word or term inside a token, the token itself among them; `is_word` marks the words of the finest cut."""

    text: str
    pos: str
    kind: Kind
    is_word: bool


@dataclass(frozen=True)
class Inside:
    """A token cut into its smallest words, and the longer words of the dictionary that these form, as spans."""

    words: tuple[str, ...]
    longer: tuple[tuple[int, int], ...] = ()
    """First word and end of each longer word, the token itself not among them."""

    @property
    def borders(self) -> tuple[int, ...]:
        """Offsets inside the token at which a word begins."""
        return tuple(accumulate(map(len, self.words[:-1])))


@lru_cache(maxsize=65_536)
def cut_token(token: str) -> Inside:
    """The words inside a token, as the general dictionary has them.

    Examples
    --------
    >>> cut_token("污染防治攻坚战").words, cut_token("污染防治攻坚战").longer
    (('污染', '防治', '攻坚', '战'), ((2, 4),))
    >>> [cut_token(word).words for word in ("生态环境", "产业链", "人民币", "印度尼西亚", "5.5%")]
    [('生态', '环境'), ('产业', '链'), ('人民币',), ('印度尼西亚',), ('5.5%',)]
    """
    if len(token) < SHORTEST or _is_claimed(token):
        return Inside((token,))
    words: list[str] = []
    longer: list[tuple[int, int]] = []
    for part in _lists().words.get(token) or _engine().cut(token, hmm=False):
        _open(part, words, longer)
    return Inside(tuple(words), tuple(span for span in longer if span != (0, len(words))))


SHORTEST = 3
"""Shorter tokens are words."""


@lru_cache(maxsize=65_536)
def inner_borders(token: str) -> tuple[int, ...]:
    """Offsets inside a token at which a word begins.

    Examples
    --------
    >>> inner_borders("污染防治攻坚战"), inner_borders("印度尼西亚")
    ((2, 4, 6), ())
    """
    return cut_token(token).borders


def places_inside(token: str, unit: str) -> list[tuple[int, int]]:
    """Where a token holds a word or term, at the borders of words; itself is one place.

    Examples
    --------
    >>> places_inside("污染防治攻坚战", "攻坚战"), places_inside("人民生活", "民生")
    ([(4, 7)], [])
    """
    borders = {0, *inner_borders(token), len(token)}
    starts = (at for at in range(len(token)) if token.startswith(unit, at))
    return [(at, at + len(unit)) for at in starts if {at, at + len(unit)} <= borders]


def _open(word: str, words: list[str], longer: list[tuple[int, int]]) -> None:
    """Append the smallest words of a word of the dictionary, and the spans of it and of the words between."""
    first, parts = len(words), _parts(word)
    if len(parts) == 1:
        words.append(word)
        return
    for part in parts:
        _open(part, words, longer)
    longer.append((first, len(words)))


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    """The words that a word of the dictionary consists of, itself alone if it is not to be opened."""
    if word in _lists().words:
        return _lists().words[word]
    if len(word) < SHORTEST or word.endswith(_DOCTRINE) or not _engine().has_word(word):
        return (word,)
    tag: str = _engine().tag(word, hmm=False)[0][1]
    if tag.startswith(_FOREIGN_NAME):
        return (word,)
    found = _fewest_words(word)
    if len(found) == 1:
        return _stem_and_affix(word)
    if tag.startswith(_NAMES) and min(map(dictionary_weight, found)) < _USUAL:
        return (word,)
    return found


def _stem_and_affix(word: str) -> tuple[str, ...]:
    """A word as stem and affix of one character, of two ways the one with the more usual stem; itself if there is none."""
    lists = _lists()
    ways = [(word[:-1], word[-1:])] if word[-1] in lists.suffixes else []
    ways += [(word[:1], word[1:])] if word[0] in lists.prefixes else []
    known = [(dictionary_weight(max(way, key=len)), way) for way in ways]
    weight, found = max(known, default=(0, (word,)))
    return found if weight else (word,)


def _fewest_words(word: str) -> tuple[str, ...]:
    """The fewest shorter words of the dictionary, of two characters or more, that make up a word; of several the most usual."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0, ()), *(None for _ in word)]
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            before, part = best[start], word[start:end]
            if before is None or part == word or not _engine().has_word(part):
                continue
            # A word more costs more than any difference in frequency.
            cost = before[0] + 1_000 - log(dictionary_weight(part) + 1)
            if best[end] is None or (cost, (*before[1], part)) < best[end]:  # type: ignore[operator]
                best[end] = (cost, (*before[1], part))
    found = best[-1]
    return found[1] if found else (word,)


def _is_claimed(token: str) -> bool:
    """Whether rules made the token, as they make numbers and Latin words."""
    found = find_claims(token)
    return bool(found) and (found[0].start, found[0].end) == (0, len(token))


class _Lists(NamedTuple):
    """What vocabulary.tsv says: words with what they consist of, a word that stays closed with itself; affixes that open words."""

    words: Mapping[str, tuple[str, ...]]
    suffixes: frozenset[str]
    prefixes: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["word"]: tuple(row["words"].split(" ")) for row in csv.DictReader(file, delimiter="\t")}
    suffixes = frozenset(row[-1] for row in rows if row.startswith(_STEM))
    prefixes = frozenset(row[0] for row in rows if row.endswith(_STEM))
    return _Lists({word: parts for word, parts in rows.items() if _STEM not in word}, suffixes, prefixes)


_STEM = "…"
"""Stands for the stem in a row about an affix."""


@lru_cache(maxsize=1)
def _engine() -> Any:
    import rjieba  # noqa: PLC0415 - its dictionary is read only when it is needed

    return rjieba.Jieba()


def read_dictionary() -> None:
    """Read what words are cut by, once: where steps are forks of one process, they have it in common."""
    _lists()
    _engine()
    dictionary_weight("")


@dataclass
class Units:
    """What the tokens of texts that were segmented with a lexicon hold.

    `terms` of the lexicon and ordinary `words` that the dictionary lacks are found at the borders of words, also where they
    overlap.

    Examples
    --------
    >>> from emphasis.segment.lexicon import Lexicon, Term
    >>> units = Units(Lexicon((Term("数字经济", "policy", "curated"),)))
    >>> [(unit.text, unit.kind, unit.is_word, n) for unit, n in units.of("数字经济核心产业").items()]
    [('数字', 'word', True, 1), ('经济', 'word', True, 1), ('核心', 'word', True, 1), ('产业', 'word', True, 1), ('数字经济', 'term', False, 1)]
    """

    lexicon: Lexicon
    words: Iterable[OrdinaryWord] = ()
    _known: dict[str, tuple[str, Kind]] = field(init=False)
    _units: dict[tuple[str, bool], Unit] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._known = {word.word: (word.pos, "word") for word in self.words if word.weight >= 0}
        self._known |= {text: (term.pos, "term") for text, term in self.lexicon.by_text.items()}

    def of(self, token: str) -> Counter[Unit]:
        """The words and terms inside a token, which is not among them, and how often it holds each."""
        found = Counter[Unit]()
        cut = cut_token(token)
        if len(cut.words) == 1:
            return found
        for word in cut.words:
            found[self._unit(word, is_word=True)] += 1
        spans = set(cut.longer)
        offsets = (0, *cut.borders, len(token))
        for first in range(len(cut.words)):
            for end in range(first + 2, len(cut.words) + 1):
                if token[offsets[first] : offsets[end]] in self._known:
                    spans.add((first, end))
        spans.discard((0, len(cut.words)))
        for first, end in sorted(spans):
            found[self._unit(token[offsets[first] : offsets[end]], is_word=False)] += 1
        return found

    def _unit(self, text: str, *, is_word: bool) -> Unit:
        found = self._units.get((text, is_word))
        if found is None:
            found = self._units[text, is_word] = Unit(text, *(self._known.get(text) or _class_of(text)), is_word)
        return found


@lru_cache(maxsize=65_536)
def _class_of(word: str) -> tuple[str, Kind]:
    """Part of speech and kind of a word that is in no list, as the segmenter gives them."""
    if claims := find_claims(word):
        return claims[0].pos, claims[0].kind
    tagged = _engine().tag(word, hmm=False)
    pos: str = tagged[0][1] if len(tagged) == 1 and _engine().has_word(word) else "x"
    return pos, "number" if is_numeral(word, pos) else "word"


def vocabulary_table(tokens: Iterable[str], units: Units) -> pd.DataFrame:
    """What tokens hold, as in vocabulary.parquet.

    Returns
    -------
    DataFrame
        token, unit, n, pos, kind, is_word; a row for each word or term of each token, the token itself among them, with the
        number of its occurrences in the token and its word class, and whether it is a word of the finest cut. Sorted; of the
        tokens themselves the word class is empty, since tokens.parquet has it for each of their uses.
    """
    import pandas as pd  # noqa: PLC0415 - the command that shows evidence opens tokens and needs no tables

    rows: list[tuple[str, str, int, str, str, bool]] = []
    for token in sorted(set(tokens)):
        held = units.of(token)
        rows.append((token, token, 1, "", "", not held))
        if held:
            rows += sorted((token, unit.text, n, unit.pos, unit.kind, unit.is_word) for unit, n in held.items())
    return pd.DataFrame(rows, columns=["token", "unit", "n", "pos", "kind", "is_word"])
