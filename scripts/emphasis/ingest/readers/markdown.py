"""Markdown (.md): the text without its marks, one line as written."""

from __future__ import annotations

import re

from emphasis.ingest.readers import txt
from emphasis.ingest.readers.reading import Reading

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?:[A-Za-z_][A-Za-z_-]*+[ \t]*+:.*\r?\n|(?!---[ \t]*\r?\n)[ \t-].*\r?\n)*+---[ \t]*\r?\n"
)
_RULE = re.compile(r"^[ \t]*(?:(?:[-*_=][ \t]*){3,}|\|?[ \t]*:?-{2,}[-:| \t]*)$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|(\Z))")
_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,40}\]:?")
_STRONG = re.compile(r"(\*{1,3}|~~|`{1,2})(?=\S)(.{1,2000}?)(?<=\S)\1")
_MARK = re.compile(r"[*~`_]")
MOST_MARKS = 100
"""Marks of emphasis in a line; a line with more is no prose, and is left as it is."""
_UNDERLINED = re.compile(r"(?<![A-Za-z0-9_])(_{1,3})(?=\S)([^_\n]{1,2000})(?<=\S)\1(?![A-Za-z0-9_])")
_CELLS = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SET_ASIDE = 0xE100
_ASIDE = re.compile("[\ue121-\ue17e]")
_BREAK = re.compile(r"(?: {2,}|\\)$", re.MULTILINE)


_MARKED_LINE = re.compile(
    rb"^(?:\xe3\x80\x80|[ \t])*(?:#{1,6}[ \t]+[^\s#][^\r\n]*|\*\*[^*\r\n]+\*\*[ \t]*)\r?$", re.MULTILINE
)
"""A heading, or a line that is bold as a whole, in any encoding that has ASCII in it."""
_LEAST_MARKED = 3


def is_markdown(data: bytes) -> bool:
    r"""Whether a text file is in Markdown, whatever it is called: several of its lines are marked as headings are.

    Examples
    --------
    >>> is_markdown("**一、回顾**\n增长5%。\n**二、安排**\n要稳。\n**三、建设**".encode())
    True
    """
    return sum(1 for _ in _MARKED_LINE.finditer(data)) >= _LEAST_MARKED


def read(data: bytes) -> Reading:
    """The text of a Markdown file and its encoding."""
    text, encoding, notes = txt.read(data)
    return Reading(strip_marks(text), encoding, notes)


def strip_marks(text: str) -> str:
    r"""The text without the marks of headings, emphasis, links, lists, quotations, tables and breaks; lines stay lines.

    Examples
    --------
    >>> strip_marks("## 一、回顾\n**（一）工业。**增长5%，见[表](a.md)。")
    '一、回顾\n（一）工业。增长5%，见表。'
    """
    # What is escaped is no mark: it is put out of reach, and back at the end.
    text = _ESCAPE.sub(lambda match: chr(_SET_ASIDE + ord(match.group(1))), text)
    # A comment that nothing ends is none.
    text = _FRONT_MATTER.sub("", text.removeprefix("\ufeff"))
    text = _COMMENT.sub(lambda match: match.group() if match[1] is not None else "", text)
    text = _HEADING.sub(r"\1", _FENCE.sub("", _RULE.sub("", text)))
    text = _BULLET.sub(r"\1", _QUOTE.sub("", text))
    text = _CELLS.sub(lambda match: match.group(1).replace("|", " ").strip(), text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = "\n".join(_plain(line) if len(_MARK.findall(line)) <= MOST_MARKS else line for line in text.split("\n"))
    return _ASIDE.sub(lambda match: chr(ord(match.group()) - _SET_ASIDE), _BREAK.sub("", text))


def _plain(line: str) -> str:
    """A line without marks of emphasis."""
    for _ in range(2):  # **_both_**
        line = _UNDERLINED.sub(r"\2", _STRONG.sub(r"\2", line))
    return line
