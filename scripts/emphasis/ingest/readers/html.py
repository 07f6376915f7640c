"""Saved web pages: their visible text, one block per line."""

from __future__ import annotations

import re

from emphasis.errors import EmphasisError
from emphasis.ingest.readers import txt
from emphasis.ingest.readers.reading import Reading

MOST_TAGS = 60_000
"""Nested tags take time that grows with the square of their number: 10 s for this many."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_LIKE_GBK = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})

_LEFT_OUT = (
    "script, style, noscript, template, nav, header, footer, aside, form, iframe, object, embed, svg, canvas, select, "
    "button, input, textarea, head, audio, video, map, [hidden], [aria-hidden=true], .mw-editsection, .noprint"
)
"""Elements that are not visible as text, or that lead elsewhere."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = (
    "p, div, br, h1, h2, h3, h4, h5, h6, li, tr, td, th, table, ul, ol, dl, dt, dd, section, article, main, "
    "blockquote, pre, hr, center, figure, figcaption, caption, address, body"
)
_BREAK = "\ue000"
"""Marks the edge of a block-level element; from the private use area, so that no page contains it by accident."""
_EDGES = re.compile(rf"[ \t\n]*{_BREAK}[ \t\n{_BREAK}]*")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes) -> Reading:
    """The visible text of a page and the encoding it was saved in.

    Raises
    ------
    EmphasisError
        If it has more tags than a page of text.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  # only pages need it

    if (tags := data.count(b"<")) > MOST_TAGS:
        raise EmphasisError(f"has {tags:,} tags, a saved page fewer than {MOST_TAGS:,}; save its text as .txt")
    markup, encoding = _decode(data)
    tree = LexborHTMLParser(markup.replace(_BREAK, ""))
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    root = tree.body
    text = root.text(deep=True) if root is not None else ""
    return Reading(_EDGES.sub("\n", _SPACES.sub(" ", text)).strip(" \n" + _BREAK), encoding)


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
