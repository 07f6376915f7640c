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
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    # Some phrases have fewer or more characters in the other script: their lines are converted character by character.
    lines = text.splitlines(keepends=True)
    return "".join(map(simplify_text, lines if len(lines) > 1 else text)) if len(text) > 1 else text


def simplify_sentences(sentences: pd.DataFrame, wanted: bool) -> pd.DataFrame:
    """Sentences (of sentences.parquet) in simplified characters if `wanted`: option `simplify` of the configuration."""
    return sentences.assign(text=sentences["text"].map(simplify_text)) if wanted and len(sentences) else sentences


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  # only traditional texts need it

    # As written in Taiwan and Hong Kong, where 着 is 著 (存在著, 沿著), too; 著名 and 著作 stay.
    return OpenCC("tw2s")
