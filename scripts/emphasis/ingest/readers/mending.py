"""What a text brings along that is no text: control characters, remains of HTML, and characters that only look like others."""

from __future__ import annotations

import html
import re
import unicodedata

from emphasis.ingest.catalogue import warn
from emphasis.ingest.records import ReportWarning

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff]")
"""Control characters that are no white space, marks of annotations, and codes that are no characters."""
_SURROGATES = re.compile("[\ud800-\udfff]")

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&nbsp(?![A-Za-z0-9;])")
_BREAK = re.compile(r"<(?:br|hr)\b[^<>]{0,200}>[ \t]*(?:\r\n|\r|\n)?", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|td|th|table|tbody|h[1-6]|section|article|center)\b[^<>]{0,500}>", re.IGNORECASE
)
_INLINE = re.compile(
    r"</?(?:span|strong|b|em|i|u|a|font|img|sup|sub|o:p|html|head|body|meta|style|script|title|iframe)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_ESCAPED = 2
"""Times that markup may have been escaped: ``&amp;nbsp;``."""

_RADICALS = str.maketrans(
    "⺁⺟⺠⺩⺬⺶⺷⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂母民王示羊羊肉虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)  # fmt: skip
"""Radicals of the supplement (U+2E80 to U+2EFF) that look like a character, with that character.

Unicode decomposes only two of them; the others are in its table of equivalent unified ideographs.
"""
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def mend(text: str) -> tuple[str, tuple[ReportWarning, ...]]:
    """The text without what does not belong to it, and a note for each kind of thing that was mended.

    Characters that look like others keep their places. Where control characters or remains of HTML are taken out, offsets
    count in the text that is returned.
    """
    notes = []
    text, n_markup, example = _strip_markup(text)
    if n_markup:
        notes.append(warn("markup-in-text", count=n_markup, example=example))
    text, n_controls = _CONTROLS.subn("", text)
    if n_controls:
        notes.append(warn("control-characters", count=n_controls))
    text = _SURROGATES.sub("\ufffd", text)
    folded, n_folded = _LOOKALIKE.subn(_usual, text)
    if n_folded and folded != text:
        changed = next(i for i, (a, b) in enumerate(zip(text, folded, strict=True)) if a != b)
        n_changed = sum(a != b for a, b in zip(text, folded, strict=True))
        notes.append(warn("folded-characters", count=n_changed, example=text[changed], usual=folded[changed]))
    return folded, tuple(notes)


def _usual(match: re.Match[str]) -> str:
    """The usual character for a radical (⼯ for 工, U+2F2F) or a compatibility ideograph, one for one."""
    character = match.group()
    usual = unicodedata.normalize("NFKC", character)
    return usual.translate(_RADICALS) if len(usual) == 1 else character


def unescape(text: str) -> str:
    """The text with its entities as the characters that they stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _strip_markup(text: str) -> tuple[str, int, str]:
    """The text without tags and entities of HTML, how many there were, and the first."""
    count, example = 0, ""
    for _ in range(_ESCAPED):
        if "&" not in text and "<" not in text:
            break
        for pattern, plain in ((_BREAK, "\n"), (_BLOCK, "\n"), (_INLINE, "")):
            first = pattern.search(text)
            example = example or (first.group().strip() if first else "")
            text, n = pattern.subn(plain, text)
            count += n
        entities = [match.group() for match in _ENTITY.finditer(text) if html.unescape(match.group()) != match.group()]
        if not entities:
            break
        count += len(entities)
        example = example or entities[0]
        text = unescape(text)
    return text, count, example
