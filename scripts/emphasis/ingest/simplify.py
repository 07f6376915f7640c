"""Simplified characters for traditional ones, one for one, so that every offset stays valid."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_TRADITIONAL = frozenset("國發會業這為與個們來開關區學體動產對實經濟進設農務報勞")
_SIMPLIFIED = frozenset("国发会业这为与个们来开关区学体动产对实经济进设农务报劳")
_SAMPLE = 2_000


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters.

    Examples
    --------
    >>> is_traditional("國民經濟和社會發展"), is_traditional("国民经济和社会发展")
    (True, False)
    """
    middle = max(0, len(text) - _SAMPLE) // 3
    sample = text[middle : middle + _SAMPLE]
    return sum(sample.count(c) for c in _TRADITIONAL) > sum(sample.count(c) for c in _SIMPLIFIED)


def simplify_text(text: str) -> str:
    """The text in simplified characters, of the same length.

    Examples
    --------
    >>> simplify_text("國民經濟")
    '国民经济'
    """
    converter = _converter()
    converted = str(converter.convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_same_length(converter, line) for line in text.splitlines(keepends=True))


def simplify_sentences(sentences: pd.DataFrame, wanted: bool) -> pd.DataFrame:
    """Sentences with their text in simplified characters if `wanted`, and unchanged if not.

    Parameters
    ----------
    sentences : DataFrame
        As in sentences.parquet.
    wanted : bool
        The option `simplify` of the configuration.
    """
    return sentences.assign(text=sentences["text"].map(simplify_text)) if wanted and len(sentences) else sentences


def _same_length(converter: Any, line: str) -> str:
    """A line converted phrase by phrase if that keeps its length, otherwise character by character."""
    converted = str(converter.convert(line))
    if len(converted) == len(line):
        return converted
    characters = (str(converter.convert(c)) for c in line)
    return "".join(new if len(new) == 1 else c for new, c in zip(characters, line, strict=True))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  # only traditional texts need it

    return OpenCC("t2s")
