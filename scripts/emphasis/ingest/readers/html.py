"""Saved web pages: their visible text, one block per line."""

from __future__ import annotations

import html
import re
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.catalogue import warn
from emphasis.ingest.readers import txt
from emphasis.ingest.readers.reading import Reading
from emphasis.text import visible

MOST_TAGS = 60_000
MOST_NESTED = 2_000
MOST_ATTRIBUTES = 2_000
"""Of one tag. Tags inside one another and attributes of one tag take time that grows with the square of their number."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_LIKE_GBK = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})

_LEFT_OUT = (
    "script, style, noscript, template, nav, header, footer, aside, iframe, object, embed, svg, canvas, select, "
    "button, input, head, audio, video, map, rt, rp, .mw-editsection, .noprint"
)
"""Elements that are not visible as text, or that lead elsewhere. Forms are none: some servers put a whole page into one."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|opacity\s*:\s*0\s*(?:;|!|$)|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:^|(?<=[{}@;]))([^{}@;]+)\{([^{}]*)\}")
_CONDITION = re.compile(r"@[^@{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"[a-zA-Z0-9]*(?:[.#][A-Za-z0-9_-]+)+$")
"""A plain selector by class or id. Elements as such are left alone, and so is what depends on where the mouse is."""
_LEAST_VISIBLE = 500
"""Characters; a page with fewer shows its text only after a click, or in a field of a form."""
_BLOCKS = (
    "p, div, form, textarea, br, h1, h2, h3, h4, h5, h6, li, tr, td, th, table, ul, ol, dl, dt, dd, section, article, main, "
    "blockquote, pre, hr, center, figure, figcaption, caption, address, body"
)
_BREAK = "\ue000"
"""Marks the edge of a block-level element; from the private use area, so that no page contains it by accident."""
_EDGES = re.compile(rf"[ \t\n]*{_BREAK}[ \t\n{_BREAK}]*")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AS_WRITTEN = re.compile(r"<(/?)(?:pre|textarea)\b", re.IGNORECASE)
"""Where elements begin and end in which line ends are seen."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)")
_WITHOUT_END = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option".split()
)
_TAG_OR_TEXT = re.compile(
    r"<(?:!--(?:[^-]|-(?!->))*+|(?:script|style|textarea|title)\b(?:[^<]|<(?!/(?:script|style|textarea|title)))*+"
    r"|([a-z])[^\s/>]*+)",
    re.IGNORECASE,
)
"""A comment or an element whose content is no markup, or else the name of a tag, with a group."""
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:=?[^\s/>=]++|=)(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|$)|'[^']*+(?:'|$)|[^\s>\"'][^\s>]*+)?+)?+"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def read(data: bytes) -> Reading:
    """The visible text of a page and the encoding it was saved in.

    Where next to nothing is visible, text in a field of a form or hidden text is read instead, and a note says so.

    Raises
    ------
    EmphasisError
        If it has more tags, nested tags or attributes than a page of text.
    """
    if (tags := data.count(b"<")) > MOST_TAGS:
        raise EmphasisError(f"has {tags:,} tags, a saved page fewer than {MOST_TAGS:,}; save its text as .txt")
    if (depth := _depth(data)) > MOST_NESTED:
        raise EmphasisError(f"nests {depth:,} tags, a saved page fewer than {MOST_NESTED:,}; save its text as .txt")
    markup, encoding = _decode(data)
    if (n := _most_attributes(markup)) > MOST_ATTRIBUTES:
        raise EmphasisError(
            f"has a tag with {n:,} attributes, a saved page fewer than {MOST_ATTRIBUTES:,}; save its text as .txt"
        )
    markup = _keep_line_ends(_unescape(markup.replace(_BREAK, "").replace("\x00", "")))
    text = _text(markup)
    notes = []
    if len(visible(text)) < _LEAST_VISIBLE:
        for kind in ("field", "hidden"):
            other = _text(markup, **{kind: True})
            if len(visible(other)) > 3 * len(visible(text)):
                text, notes = other, [warn("text-not-shown", where=kind)]
    return Reading(text, encoding, tuple(notes))


def _depth(data: bytes) -> int:
    """How many tags are open at a time at most, but for those that need no end."""
    depth = deepest = 0
    for tag in _TAG.finditer(data):
        if tag[2].lower() not in _WITHOUT_END:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _most_attributes(markup: str) -> int:
    """The largest number of attributes of a tag."""
    most = at = 0
    while (tag := _TAG_OR_TEXT.search(markup, at)) is not None:
        at, n = tag.end(), 0
        while tag[1] and (attribute := _ATTRIBUTE.match(markup, at)) is not None:
            at, n = attribute.end(), n + 1
        most = max(most, n)
    return most


def _keep_line_ends(markup: str) -> str:
    """Markup whose line ends are breaks where they are seen."""
    parts = []
    at = 0
    opened = False
    for match in _AS_WRITTEN.finditer(markup):
        part = markup[at : match.start()]
        parts.append(_LINE_END.sub(_BREAK, part) if opened else part)
        at, opened = match.start(), not match.group(1)
    return "".join([*parts, markup[at:]])


def _unescape(markup: str) -> str:
    """Markup with its entities as characters, but for those that would become markup.

    The library does not do it safely: some thousands of entities that stand for two characters each (``&nGt;``) end the process.
    """

    def character(match: re.Match[str]) -> str:
        plain = html.unescape(match.group())
        return match.group() if plain in ("<", ">", "&", '"', "'") else plain

    return _ENTITY.sub(character, markup)


def _text(markup: str, *, field: bool = False, hidden: bool = False) -> str:
    """The visible text; with `field`, that of fields of forms too, and with `hidden`, what is hidden too."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  # only pages need it

    tree = LexborHTMLParser(markup)
    if not hidden:
        _drop_hidden(tree)
    for node in tree.css(_LEFT_OUT if field else f"{_LEFT_OUT}, textarea"):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    root = tree.body
    text = root.text(deep=True) if root is not None else ""
    return _EDGES.sub("\n", _SPACES.sub(" ", text)).strip(" \n" + _BREAK)


def _drop_hidden(tree: Any) -> None:
    """Take out what is hidden by an attribute or by a rule of the page's own styles."""
    selectors = ["[hidden]", "[aria-hidden=true]"]
    for node in tree.css("style"):
        for names, rules in _RULE.findall(_CONDITION.sub("", node.text() or "")):
            if _HIDDEN.search(rules):
                selectors += [name.strip() for name in names.split(",") if _SELECTOR.match(name.strip())]
    for node in tree.css(", ".join(selectors)):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()


def _decode(data: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared.group(1).decode("ascii").lower()
        name = "gb18030" if name in _LIKE_GBK else name
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    text, encoding, _ = txt.read(data)
    return text, encoding
