"""Text files in the encodings of Chinese web pages and editors."""

from __future__ import annotations

import codecs

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import Reading

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""

_FREQUENT = frozenset(
    "的和发展工作政府建设年经济新大人民社会全一在中实加推进为成以高国强是改设会不有省市业农"
    "發展為實國強會業農設經濟進與個們來開關區學體動產對"
)
"""Characters that make up about a third of any report, simplified and traditional."""

_SAMPLE = 200_000


def read(data: bytes) -> Reading:
    """The text, with its line ends, and Python's name of its encoding.

    Raises
    ------
    EmphasisError
        If no encoding fits.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    # UTF-16 without a mark has a zero byte in each ASCII character; a stray one is no sign of it.
    if not encoding and data.count(0, 0, _SAMPLE) > 0.2 * len(data[:_SAMPLE]):
        encoding = _utf16_order(data)
    if encoding:
        return Reading(_decode(data, encoding), encoding)
    try:
        return Reading(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        encoding = detect_encoding(data)
        return Reading(_decode(data, encoding), encoding)


def detect_encoding(data: bytes) -> str:
    """The encoding of Chinese text that is not UTF-8.

    GB18030 and Big5 overlap: most bytes of one are also valid in the other, and so are pairs of bytes in UTF-16. The right one
    is that in which the bytes are characters that are frequent in reports.
    """
    best: tuple[float, str] = (0.0, "")
    utf16 = (_utf16_order(data),) if 0 in data[:_SAMPLE] else ()
    for encoding in (*utf16, "gb18030", "big5hkscs", "big5"):
        text = data[:_SAMPLE].decode(encoding, errors="replace")
        wide = [c for c in text if c > "\u2e7f"]
        score = sum(c in _FREQUENT for c in wide) / len(wide) - 5 * text.count("\ufffd") / len(text) if wide else 0.0
        if score > best[0] + 0.01:
            best = (score, encoding)
    if best[0] > 0.05:
        return best[1]
    if utf16 and data.count(0) > 0.01 * len(data):
        return utf16[0]
    from charset_normalizer import from_bytes  # noqa: PLC0415  # slow to import, rarely needed

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise EmphasisError("is not text in any known encoding; save it as UTF-8")
    return str(guess.encoding)


def _utf16_order(data: bytes) -> str:
    """UTF-16 without a byte order mark, in the byte order in which there are line ends."""
    little, big = data.count(b"\n\x00"), data.count(b"\x00\n")
    if not little and not big:
        little, big = data[1:4096:2].count(0), data[0:4096:2].count(0)
    return "utf-16-le" if little >= big else "utf-16-be"


def _decode(data: bytes, encoding: str) -> str:
    """The text, with U+FFFD for damaged bytes if they are few."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if damaged > 0.01 * len(text):
            found = f"as {encoding}, byte {error.start} and {damaged - 1:,} more cannot be read"
            raise EmphasisError(f"is damaged: {found}; save it as UTF-8") from error
        return text
