"""Borders of words inside a longer word: 污染 / 防治 / 攻坚战, but none in 印度尼西亚."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Any

_NAMES = ("nr", "ns", "nt", "nz")


@lru_cache(maxsize=65_536)
def inner_borders(word: str) -> tuple[int, ...]:
    """Offsets inside a word at which another word begins.

    A term is split as the general dictionary splits it, without the policy terms: 污染防治攻坚战 is 污染 / 防治 / 攻坚战. Of the words
    that the dictionary itself has, only regular compounds are split, four characters made of two words of two each
    (生态 / 环境). Proper names are not (there is no 印度 in 印度尼西亚), nor are words with an affix (污染物, 产业化, 农民工), which
    are words in their own right.

    Examples
    --------
    >>> inner_borders("污染防治攻坚战"), inner_borders("生态环境"), inner_borders("印度尼西亚"), inner_borders("污染物")
    ((2, 4), (2,), (), ())
    """
    words: list[str] = _engine().cut(word, hmm=False)
    ends = list(accumulate(map(len, words)))
    halves = [end - 2 for inner, end in zip(words, ends, strict=True) if _is_compound(inner)]
    return tuple(sorted(ends[:-1] + halves))


def _is_compound(word: str) -> bool:
    """Whether a word is a regular compound, two words of two characters each, and no proper name."""
    engine = _engine()
    regular = len(word) == 4 and engine.has_word(word[:2]) and engine.has_word(word[2:])
    return regular and not engine.tag(word, hmm=False)[0][1].startswith(_NAMES)


@lru_cache(maxsize=1)
def _engine() -> Any:
    import rjieba  # noqa: PLC0415 - its dictionary is read only when it is needed

    return rjieba.Jieba()
