"""Where a report itself marks a term: quotation marks, titles, lists, version numbers, names with a telling last part.

Each function returns strings as they stand in the normalised text of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from emphasis.segment.model import Entry, Token
from emphasis.segment.vocabulary import EVENTS, GENERIC, ORGANISATIONS, PLACES, STREETS

_QUOTED = re.compile('[“"「『‘]([^“”"「」『』‘’。！？!?；;：:,，]{2,24})[”"」』’]')
_TITLE = re.compile("《([^《》。！？!?；;,，]{4,20})》")
_VERSION = re.compile(r"[\u4e00-\u9fd5]{2,8}\d\.\d版")
_LIST = re.compile('[^，,。；;：:！!？?“”"《》（）()—…|]+')
_COMMA = re.compile("、")
MARK = re.compile('[“"「『‘《版]')
"""What a text has in it that quotes something, names a document or names a version."""

# Words that make a quoted string a remark instead of a term: 改革成效最为明显, 总理还是我们的总理.
_REMARK = re.compile(
    "[()（）的了着把被最更很就都也还又已让吗呢吧你我他她它这那]|不要|使得|要|必须|应该|我们|是(?!非)|既|若"
)
_COUNTED = re.compile("[一二两三四五六七八九十百千万双][\u4e00-\u9fd5]")
_HAN = re.compile("[\u4e00-\u9fd5]")

NAMED_BY: dict[str, str] = (
    dict.fromkeys(PLACES, "ns") | dict.fromkeys(ORGANISATIONS, "nt") | dict.fromkeys(EVENTS, "nz")
)
"""Last parts that make what stands before them a proper name, and the part of speech of the whole."""

_FUNCTION = frozenset("的和与及或在等对从将把为以向由经被使让是有跨")
_NAME_PARTS = frozenset({"ns", "nr", "nz", "nrt", "nrfg", "nt", "x"})


def quoted(text: str) -> Iterator[tuple[str, int]]:
    """Terms in quotation marks, and where each begins.

    A row of four names and more (个转企、小升规…) gives each; a numbered slogan stays whole (一中心、五高地).

    Examples
    --------
    >>> [term for term, _ in quoted("锚定“一中心、五高地”，推进“厂网一体化”，获评“改革成效最为明显”")]
    ['一中心、五高地', '厂网一体化']
    """
    for match in _QUOTED.finditer(text):
        whole, start = match[1], match.start(1)
        parts = whole.split("、")
        if len(parts) > 1 and len(whole) <= 12 and all(_COUNTED.match(part) for part in parts):
            parts = [whole]
        row = len(parts) > 1
        if row and len(parts) < 4:
            continue  # 立足防、超前治、科学救: clauses, not names
        for part in parts:
            if 2 <= len(part) <= (4 if row else 12) and _is_name(part):
                yield part, start
            start += len(part) + 1


def titled(text: str) -> Iterator[str]:
    """Names of documents, in their own marks, without the marks; those too long to be cited whole are left out."""
    for match in _TITLE.finditer(text):
        if _is_name(match[1]) and not re.search("[、“”]", match[1]):
            yield match[1]


def versions(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Names with a version: 人才政策3.0版. The name begins where a token begins and no verb stands."""
    # Most texts have none, and a search for this sign is much faster than one for the pattern.
    for match in _VERSION.finditer(text) if "版" in text else ():
        number = next((t for t in tokens if match.start() < t.end <= match.end() and t.token[0].isdigit()), None)
        before = [t for t in tokens if number and match.start() <= t.start and t.end <= number.start]
        while before and not before[0].pos.startswith(("n", "b", "j")):
            before = before[1:]
        if before and number:
            yield text[before[0].start : match.end()]


def lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """Spans of the members of each row A、B、C of three and more; the first and last may hold more than a name."""
    for row in _LIST.finditer(text):
        ends = [row.start() - 1, *(sign.start() for sign in _COMMA.finditer(text, *row.span())), row.end()]
        if len(ends) > 3:
            yield [(before + 1, end) for before, end in pairwise(ends)]


def is_last_part(entry: Entry) -> bool:
    """Whether a token may be the telling last part of a proper name."""
    return entry.token in NAMED_BY and entry.kind != "number"


def names(tokens: Sequence[Token]) -> Iterator[tuple[str, str, list[Token]]]:
    """Proper names made of a name and a telling last part: 龙嘉机场, 东荣大路, 长春理工大学.

    Yields
    ------
    tuple
        The name, its part of speech, its tokens.
    """
    for at, last in enumerate(tokens):
        if last.token not in NAMED_BY or last.kind == "number" or _continues(tokens, at):
            continue
        first = at
        while first and tokens[first - 1].end == tokens[first].start and at - first < 4 and _names(tokens[first - 1]):
            first -= 1
        while first < at and tokens[first].token in GENERIC:
            first += 1
        parts = list(tokens[first : at + 1])
        length = sum(len(t.token) for t in parts)
        if len(parts) > 1 and 4 <= length <= 12 and _begins_name(tokens, first, last.token):
            yield "".join(t.token for t in parts), NAMED_BY[last.token], parts


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name goes on: 兰州铁路 / 枢纽."""
    return at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].token in NAMED_BY


def _begins_name(tokens: Sequence[Token], first: int, last: str) -> bool:
    """Whether a proper name begins at a token: not inside one that the dictionary cut up (张 / 江 / 高新区)."""
    token = tokens[first]
    proper = token.pos in _NAME_PARTS and token.token not in NAMED_BY
    if len(token.token) < 2 and not (last in STREETS and token.token in "东南西北中"):
        return False
    if not proper and last not in STREETS:
        return False
    if first and tokens[first - 1].end == token.start:
        before = tokens[first - 1].token
        return before not in {"至", "到"} and (len(before) > 1 or before in _FUNCTION)
    return True


def _names(token: Token) -> bool:
    """Whether a token can stand inside a proper name before its last part."""
    if token.kind == "number":
        return False
    return (
        token.token in GENERIC
        or token.pos in _NAME_PARTS
        or token.token in NAMED_BY
        or token.pos in {"n", "b", "f", "s", "j"}
    )


def _is_name(text: str) -> bool:
    return len(_HAN.findall(text)) >= 2 and not _REMARK.search(text) and not text[0].isdigit()
