"""The two word engines behind one interface: jieba, the reference, and rjieba, the same algorithm compiled.

Both read the same dictionary and look for the path of words with the greatest product of frequencies. Terms take part
in that search with a weight of their own, so that where a term and a word compete for a character the better path wins.

The hidden Markov model of both, which joins leftover characters into words nobody knows, stays off: many of the words
that it makes only once in the reports at hand run across a word boundary (更/多智/驾车/型). The price is that names of
persons fall apart. What is new in a report and marked there is found by `discover` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from emphasis.errors import EmphasisError

EngineName = Literal["jieba", "rjieba"]
Weighted = tuple[str, int]


class Engine(Protocol):
    """What segmentation asks of a word engine."""

    name: EngineName

    cut: Callable[[str], list[str]]
    """The words of a text, which joined are the text again; a character that is not Han is an element of its own."""

    def tag(self, word: str) -> str:
        """The part of speech that the dictionary gives; empty if the word is not in the dictionary or not a path."""
        ...

    def focus(self, base: tuple[Weighted, ...], local: tuple[str, ...]) -> None:
        """Know these words besides the dictionary, and no others.

        Parameters
        ----------
        base : tuple of (str, int)
            Words that stay for the engine's life, and the weight of each; 0 for the least weight with which the word
            wins over its own parts, -1 to take it out.
        local : tuple of str
            Words of one report, forgotten when another report's words come.

        Raises
        ------
        ValueError
            If the engine already serves another `base`.
        """
        ...


class _Learning:
    """What both engines share: which words they were taught, and taking the local ones back."""

    name: EngineName
    cut: Callable[[str], list[str]]

    def __init__(self) -> None:
        self._base: tuple[Weighted, ...] | None = None
        self._known: frozenset[str] = frozenset()
        self._local: tuple[str, ...] = ()
        self._fresh: list[str] = []
        self._before: dict[str, int] = {}

    def focus(self, base: tuple[Weighted, ...], local: tuple[str, ...]) -> None:
        if base is self._base and local is self._local:
            return
        if self._base is None:
            self._base, self._known = base, frozenset(word for word, _ in base)
            # What is taken out goes first, then shorter words: a term must win over the path through its parts.
            for word, weight in sorted(base, key=lambda pair: (pair[1] >= 0, len(pair[0]), pair)):
                if weight:
                    self._set(word, max(weight, 0))
                else:
                    self._learn(word)
        elif base is not self._base and base != self._base:
            raise ValueError("an engine serves one lexicon: make another engine for another lexicon")
        # Each gets the weight back that it had: paths of nearly the same weight must not depend on reports that came before.
        for word in self._fresh:
            self._set(word, self._before[word])
        self._local = local
        fresh = (word for word in set(local) if word not in self._known and self.cut(word) != [word])
        self._fresh = sorted(fresh, key=lambda word: (len(word), word))
        for word in self._fresh:
            if word not in self._before:
                self._before[word] = self._weight(word)
            self._learn(word)

    def _learn(self, word: str) -> None:
        """Give a word the least weight with which it wins over its parts; none if it is the best path already."""
        if self.cut(word) != [word]:
            self._set(word, self._suggest(word))

    def tag(self, word: str) -> str:
        raise NotImplementedError

    def _suggest(self, word: str) -> int:
        raise NotImplementedError

    def _weight(self, word: str) -> int:
        raise NotImplementedError

    def _set(self, word: str, weight: int) -> None:
        raise NotImplementedError


class JiebaEngine(_Learning):
    """jieba 0.42.1. Reads its dictionary once, for frequencies and parts of speech, and leaves no cache file behind."""

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
        for word in self._tags:  # jieba follows prefixes; one that is no word counts 0
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        self._tokenizer.FREQ = frequencies
        self._tokenizer.total = total
        self._tokenizer.initialized = True
        self.cut = partial(self._tokenizer.lcut, HMM=False)

    def tag(self, word: str) -> str:
        """The dictionary's part of speech of a word; empty for one that it lacks."""
        return self._tags.get(word, "")

    def _suggest(self, word: str) -> int:
        return int(self._tokenizer.suggest_freq(word))

    def _weight(self, word: str) -> int:
        return int(self._tokenizer.FREQ.get(word, 0))

    def _set(self, word: str, weight: int) -> None:
        tokenizer = self._tokenizer
        tokenizer.total += weight - tokenizer.FREQ.get(word, 0)
        tokenizer.FREQ[word] = weight
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)


class RjiebaEngine(_Learning):
    """jieba-rs: the same dictionary, compiled into the library."""

    name: EngineName = "rjieba"

    def __init__(self) -> None:
        import rjieba  # noqa: PLC0415 - only this engine needs it

        super().__init__()
        self._jieba: Any = rjieba.Jieba()
        self.cut = partial(self._jieba.cut, hmm=False)

    def tag(self, word: str) -> str:
        """The dictionary's part of speech of a word; empty for one that it lacks."""
        tagged: list[tuple[str, str]] = self._jieba.tag(word, hmm=False)
        return tagged[0][1] if len(tagged) == 1 and self._jieba.has_word(word) else ""

    def _suggest(self, word: str) -> int:
        return int(self._jieba.suggest_freq(word))

    def _weight(self, word: str) -> int:
        # jieba-rs does not tell weights: they are those of jieba's dictionary.
        return _listed_weight(word) if self._jieba.has_word(word) else 0

    def _set(self, word: str, weight: int) -> None:
        self._jieba.add_word(word, weight, self.tag(word))


def _listed_weight(word: str) -> int:
    """The weight that jieba's dictionary gives; 0 for a word that is not in it."""
    text = _dictionary()
    at = text.find(f"\n{word} ".encode())
    return int(text[at : text.find(b"\n", at + 1)].split(b" ")[1]) if at >= 0 else 0


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise EmphasisError("the package jieba is not installed; make the environment anew")
    return b"\n" + Path(spec.origin).with_name("dict.txt").read_bytes() + b"\n"


_ENGINES = {"jieba": JiebaEngine, "rjieba": RjiebaEngine}


def make_engine(name: EngineName) -> Engine:
    """The engine of that name, with its dictionary in memory.

    Raises
    ------
    EmphasisError
        If there is no such engine.
    """
    if name not in _ENGINES:
        raise EmphasisError(f"segmenter: {name!r} is not an engine; use one of {', '.join(_ENGINES)}")
    return _ENGINES[name]()
