"""Traditional characters as simplified ones, without moving a single character."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from emphasis.ingest.model import Report

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


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length: every offset stays valid.

    Examples
    --------
    >>> simplified("國民經濟")
    '国民经济'
    """
    converter = _converter()
    converted = str(converter.convert(text))
    if len(converted) == len(text):
        return converted
    return "".join(_same_length(converter, line) for line in text.splitlines(keepends=True))


def in_simplified(sentences: pd.DataFrame, wanted: bool) -> pd.DataFrame:
    """Sentences with their text in simplified characters, if that is wanted; all offsets as they were.

    Parameters
    ----------
    sentences : DataFrame
        As in sentences.parquet.
    wanted : bool
    """
    return sentences.assign(text=sentences["text"].map(simplified)) if wanted and len(sentences) else sentences


def simplify(report: Report) -> Report:
    """The report with its text, headings and sentences in simplified characters, all offsets as they were."""
    text = simplified(report.source.text)
    return replace(
        report,
        source=replace(report.source, text=text),
        sections=tuple(replace(s, heading=simplified(s.heading), number=simplified(s.number)) for s in report.sections),
        sentences=tuple(replace(s, text=text[s.start : s.end]) for s in report.sentences),
    )


def _same_length(converter: Any, line: str) -> str:
    converted = str(converter.convert(line))
    if len(converted) == len(line):
        return converted
    pieces = (str(converter.convert(c)) for c in line)
    return "".join(piece if len(piece) == 1 else c for piece, c in zip(pieces, line, strict=True))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  # only traditional texts need it

    return OpenCC("t2s")
