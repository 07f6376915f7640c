"""Two segmentation engines with one interface: jieba, the reference, and rjieba, the same algorithm compiled.

Both read the same dictionary and look for the path of words with the greatest product of frequencies. Terms take part
in that search with a weight of their own, so that where a term and a word compete for a character the better path wins.

The hidden Markov model of both, which joins leftover characters into words that no dictionary has, is off: of the words that
it made only once in the reports tried, many ran across a word boundary (更/多智/驾车/型). The price is that personal names are
split. New words that a report marks as such are found by `term_discovery` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from emphasis.errors import EmphasisError

EngineName = Literal["jieba", "rjieba"]
WeightedWord = tuple[str, int]


class Engine(Protocol):
    """What segmentation needs of an engine."""

    name: EngineName

    cut: Callable[[str], list[str]]
    """The words of a text; joined, they are the text again. A character that is not Han is an element by itself."""

    def tag(self, word: str) -> str:
        """The part of speech in the dictionary; empty for a word that it lacks or that the engine would split."""
        ...

    def set_words(self, base: tuple[WeightedWord, ...], local: tuple[str, ...]) -> None:
        """Know these words in addition to the dictionary, and no others.

        `base` has words for the engine's lifetime, with weights: 0 for the least weight with which the word wins over
        its own parts, -1 to remove it. `local` has the words of one report, which the next call replaces. ValueError if
        the engine has another `base` already.
        """
        ...


class _TrainedEngine:
    """What both engines share: adding words to the dictionary, and removing those of one report again."""

    name: EngineName
    cut: Callable[[str], list[str]]

    def __init__(self) -> None:
        self._base: tuple[WeightedWord, ...] | None = None
        self._known: frozenset[str] = frozenset()
        self._local: tuple[str, ...] = ()
        self._taught: list[str] = []
        self._former: dict[str, int] = {}

    def set_words(self, base: tuple[WeightedWord, ...], local: tuple[str, ...]) -> None:
        if base is self._base and local is self._local:
            return
        if self._base is None:
            self._base, self._known = base, frozenset(word for word, _ in base)
            # Words to be removed come first, then short words before long ones: a term must win over the path through its parts.
            for word, weight in sorted(base, key=lambda pair: (pair[1] >= 0, len(pair[0]), pair)):
                if weight:
                    self._set_weight(word, max(weight, 0))
                else:
                    self._learn(word)
        elif base is not self._base and base != self._base:
            raise ValueError("an engine serves one lexicon: make another engine for another lexicon")
        # Words of the last report get their former weights back: which of two nearly equal paths wins must not depend on the
        # reports before.
        for word in self._taught:
            self._set_weight(word, self._former[word])
        self._local = local
        new = (word for word in set(local) if word not in self._known and self.cut(word) != [word])
        self._taught = sorted(new, key=lambda word: (len(word), word))
        for word in self._taught:
            if word not in self._former:
                self._former[word] = self._weight(word)
            self._learn(word)

    def _learn(self, word: str) -> None:
        """Give a word the least weight with which it wins over its parts, unless it wins already."""
        if self.cut(word) != [word]:
            self._set_weight(word, self._suggest_weight(word))

    def tag(self, word: str) -> str:
        raise NotImplementedError

    def _suggest_weight(self, word: str) -> int:
        raise NotImplementedError

    def _weight(self, word: str) -> int:
        raise NotImplementedError

    def _set_weight(self, word: str, weight: int) -> None:
        raise NotImplementedError


class JiebaEngine(_TrainedEngine):
    """jieba 0.42.1. Reads its dictionary once, for frequencies and parts of speech, and writes no cache file."""

    name: EngineName = "jieba"

    def __init__(self) -> None:
        import jieba  # noqa: PLC0415 - only this engine needs it

        super().__init__()
        self._tags: dict[str, str] = {}
        self._tokenizer: Any = jieba.Tokenizer()
        frequencies: dict[str, int] = {}
        with self._tokenizer.get_dict_file() as file:
            for line in file.read().decode("utf-8").splitlines():
                word, count, tag = line.split(" ")
                frequencies[word] = int(count)
                self._tags[word] = tag
        total = sum(frequencies.values())
        for word in self._tags:  # jieba walks along prefixes and needs them all; one that is no word has frequency 0
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        self._tokenizer.FREQ = frequencies
        self._tokenizer.total = total
        self._tokenizer.initialized = True
        self.cut = partial(self._tokenizer.lcut, HMM=False)

    def tag(self, word: str) -> str:
        """The part of speech in the dictionary; empty for a word that it lacks."""
        return self._tags.get(word, "")

    def _suggest_weight(self, word: str) -> int:
        return int(self._tokenizer.suggest_freq(word))

    def _weight(self, word: str) -> int:
        return int(self._tokenizer.FREQ.get(word, 0))

    def _set_weight(self, word: str, weight: int) -> None:
        tokenizer = self._tokenizer
        tokenizer.total += weight - tokenizer.FREQ.get(word, 0)
        tokenizer.FREQ[word] = weight
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)


class RjiebaEngine(_TrainedEngine):
    """jieba-rs: the same dictionary, compiled into the library."""

    name: EngineName = "rjieba"

    def __init__(self) -> None:
        import rjieba  # noqa: PLC0415 - only this engine needs it

        super().__init__()
        self._jieba: Any = rjieba.Jieba()
        self._tags: dict[str, str] = {}
        self.cut = partial(self._jieba.cut, hmm=False)

    def tag(self, word: str) -> str:
        """The part of speech in the dictionary; empty for a word that it lacks."""
        tagged: list[tuple[str, str]] = self._jieba.tag(word, hmm=False)
        return tagged[0][1] if len(tagged) == 1 and self._jieba.has_word(word) else ""

    def _suggest_weight(self, word: str) -> int:
        return int(self._jieba.suggest_freq(word))

    def _weight(self, word: str) -> int:
        # jieba-rs has no way to ask for a weight; its weights are those of jieba's dictionary.
        return dictionary_weight(word) if self._jieba.has_word(word) else 0

    def _set_weight(self, word: str, weight: int) -> None:
        # What was said of a word when it was added stays: words of reports are taught and untaught again and again.
        if word not in self._tags:
            self._tags[word] = self.tag(word)
        self._jieba.add_word(word, weight, self._tags[word])


def dictionary_weight(word: str) -> int:
    """The weight of a word in jieba's dictionary; 0 if it is not there."""
    return _dictionary().get(word, 0)


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, int]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise EmphasisError("the package jieba is not installed; run `make env` again")
    # Each line is a word, its weight and its part of speech.
    fields = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").split()
    return dict(zip(fields[::3], map(int, fields[1::3]), strict=True))


_ENGINES = {"jieba": JiebaEngine, "rjieba": RjiebaEngine}


def make_engine(name: EngineName) -> Engine:
    """Make the engine of that name and load its dictionary; EmphasisError if there is no such engine."""
    if name not in _ENGINES:
        raise EmphasisError(f"segmenter: {name!r} is not an engine; use one of {', '.join(_ENGINES)}")
    return _ENGINES[name]()
