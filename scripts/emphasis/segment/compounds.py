"""Where words begin inside a longer word: 污染 / 防治 / 攻坚战, but 印度尼西亚 in one piece."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Any

_NAMES = ("nr", "ns", "nt", "nz")
_REGULAR = 4


@lru_cache(maxsize=65_536)
def inner_borders(word: str) -> tuple[int, ...]:
    """Offsets inside a word at which another word begins.

    A term is cut as the general dictionary cuts it, without the policy terms: 污染防治攻坚战 is 污染 / 防治 / 攻坚战. Of what the
    dictionary itself has as one word, only the regular compound is opened, four characters made of two words of two
    (生态 / 环境). Proper names stay closed (印度尼西亚 has no 印度 in it), and so do words with an affix (污染物, 产业化, 农民工),
    which are words of their own.

    Examples
    --------
    >>> inner_borders("污染防治攻坚战"), inner_borders("生态环境"), inner_borders("印度尼西亚"), inner_borders("污染物")
    ((2, 4), (2,), (), ())
    """
    engine = _engine()
    pieces: list[str] = engine.cut(word, hmm=False)
    ends = list(accumulate(map(len, pieces)))
    found = ends[:-1]
    for piece, end in zip(pieces, ends, strict=True):
        half = _REGULAR // 2
        if len(piece) == _REGULAR and _one(piece[:half]) and _one(piece[half:]) and not _is_name(piece):
            found.append(end - half)
    return tuple(sorted(found))


def _one(word: str) -> bool:
    return bool(_engine().has_word(word))


def _is_name(word: str) -> bool:
    return str(_engine().tag(word, hmm=False)[0][1]).startswith(_NAMES)


@lru_cache(maxsize=1)
def _engine() -> Any:
    import rjieba  # noqa: PLC0415 - its dictionary is read when the first word is asked for

    return rjieba.Jieba()
