"""Claims: spans that are made tokens by rule before an engine sees the text.

Rules find quantities, ordinals, Latin words, numbered roads and lines. The engines treat digits and Latin letters
differently, and neither knows 万亿元 as a unit. Claims are hidden from them, so that both give the same tokens.

A unit of measurement belongs to its number (260亿斤, 5.5%, 2025年). A classifier does not (230 / 个): it is a word of
its own, and a stop word.

Mixed terms contain Latin letters, digits, signs or long numerals: AI大模型, 联东U谷, 互联网+明厨亮灶, 二十届三中全会.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from emphasis.segment.tokens import Kind


class Claim(NamedTuple):
    """A span that a rule claims, with the part of speech and the kind of its token."""

    start: int
    end: int
    pos: str
    kind: Kind


_MULTIPLIER = "(?:[余多]?(?:万亿|百亿|千亿|十亿|百万|千万|十万|[万亿百千])[余多]?|[余多])?"

# The look-aheads refuse characters that begin another word: in 2023成立 the 成 of 成立 (to found) is not 成 (a tenth).
_UNITS = (
    "个百分点|个点|百分点|%|‰|℃|°C?"
    "|吨标准煤|吨标煤|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦时|吉瓦|瓦时|千伏安|千伏|伏|标准箱"
    "|平方公里|平方千米|平方米|立方米|公里|千米|海里|厘米|毫米|微米|纳米|米(?!兰|粉)|公顷|亩次?|平方(?!公|千|米)"
    "|公斤|千克|毫克|微克|吨公里|吨(?!位)|担(?!任|当|保|负|心)|斤|克(?!服|隆|难|敌|己)"
    "|美元|欧元|港元|港币|日元|英镑|卢布|元(?!旦|素|器|宇)|角(?!度|色|逐)"
    "|年代|年度|周年|年(?!轻|龄|均|产|报|会|内|终|货|间|度|味|检|审|薪)|个?月份?|世纪"
    "|日(?!本|报|均|前|益|常|后|子|用|产|夜|间)|号(?![线院楼召称码文令机])"
    "|小时|分钟|秒钟?|时(?![代期间候速常空节局尚差刻效长序])|点(?=\\d|钟|[以之]?[前后]|整)|天(?![然津地空文气安山水下府])"
    "|岁(?!月|末)|周(?![边年期转全密末围])|度(?!假|过|夏|冬|电|汛)|度电|倍|成(?![立为功果长绩员本效都交品套熟因就])"
)
_CLOCK = r"\d{4}(?P<between>[-/.])\d{1,2}(?P=between)\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?"
_DIGITS = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[-~—－～]\d+(?:\.\d+)?)?"
_SYMBOL_UNITS = "kWh|GWh|MWh|MW|GW|kW|KW|kV|KV|km|EFLOPS|TEU|TB|GB|PB|Gbps|Mbps|P"

_NUMERALS = "零〇○一二三四五六七八九十百千万亿两"
_D = "[一二两三四五六七八九]"
_TEN = f"{_D}?十{_D}?"
_HUNDRED = f"{_D}百(?:零?{_TEN}|零{_D})?"
_THOUSAND = f"{_D}千(?:零?{_HUNDRED}|零?{_TEN}|零{_D})?"
_MYRIAD = f"(?:{_THOUSAND}|{_HUNDRED}|{_TEN}|{_D})"
# Well-formed numerals only; malformed ones are names: 十四五, 十百千万, 三四线.
_HAN_NUMBER = f"(?:{_MYRIAD}[万亿]零?)*{_MYRIAD}?"
_HAN_END = f"(?!(?!千[瓦克米伏])[{_NUMERALS}几])"
_HAN_YEAR = "[一二][〇○零一二三四五六七八九]{3}"
_HAN_COMPLEX = f"百分之(?:{_HAN_NUMBER}(?:点[一二三四五六七八九零]+)?|几)|{_HAN_NUMBER}分之{_MYRIAD}"

_PATTERN = re.compile(
    rf"""
    (?P<road>(?:[GSX]\d{{1,4}}|\d{{2,4}})(?:国道|省道|县道)|[GS]\d{{1,4}}(?![\dA-Za-z.]) | \d{{1,2}}号线)
  | (?P<ordinal>第(?:\d+|[一二三四五六七八九十百零两]+)(?:季度|[届次批期轮个条位名代季章类步])?)
  | (?P<number>{_CLOCK}|(?:{_DIGITS})(?:(?:{_SYMBOL_UNITS})(?![A-Za-z0-9])|(?![A-Za-z]){_MULTIPLIER}(?:{_UNITS})?))
  | (?P<latin>\d*(?:\.\d+)?[A-Za-z](?:[A-Za-z0-9]|[-./&'·_@](?=[A-Za-z0-9]))*)
  | (?P<han>{_HAN_COMPLEX}|{_HAN_YEAR}(?:年|(?=[至到、—－-]))
      |{_HAN_NUMBER}{_HAN_END}(?:点[一二三四五六七八九零]+)?余?多?[万亿]?(?:{_UNITS})?)
    """,
    re.VERBOSE,
)
_START = re.compile(f"[0-9A-Za-z第{_NUMERALS}]")
"""Where a rule can apply; a plain set of characters, because this is tried at every character."""
_POSSIBLE = re.compile(f"{_START.pattern}(?:(?<![{_NUMERALS}])|(?={_START.pattern}|分之))")
"""Where a rule may apply: not at a numeral alone (三年, 一批, 两个 are words of the dictionary)."""
_RUN = re.compile(f"{_START.pattern}*")

_POS_AND_KIND: dict[str | None, tuple[str, Kind]] = {"road": ("nz", "term"), "latin": ("eng", "latin")}


def find_claims(text: str) -> list[Claim]:
    """Find the spans of `text` (folded, without inner spaces) that are tokens by rule, in order.

    Examples
    --------
    >>> line = "粮食260亿斤，增长5.5%，第四次普查，102国道，PM2.5，5G-A，六百二十七亿元"
    >>> [line[f.start : f.end] for f in find_claims(line)]
    ['260亿斤', '5.5%', '第四次', '102国道', 'PM2.5', '5G-A', '六百二十七亿元']
    """
    found = []
    position = 0
    while possible := _POSSIBLE.search(text, position):
        start = possible.start()
        match = _PATTERN.match(text, start)
        if match is None or (match.lastgroup == "han" and _is_word(match[0])):
            position = _RUN.match(text, start).end()  # type: ignore[union-attr]  # it matches everywhere
            continue
        pos, kind = _POS_AND_KIND.get(match.lastgroup, ("m", "number"))
        found.append(Claim(start, match.end(), pos, kind))
        position = match.end()
    return found


def _is_word(text: str) -> bool:
    """Whether Han numerals form an everyday word and not a number: 千万, 百万, 三千 (as in 三千弱水)."""
    return len(text) < 2 or (len(text) == 2 and text not in _TENS)


_TENS = frozenset(a + "十" for a in "二三四五六七八九") | frozenset("十" + b for b in "一二三四五六七八九")


_TermsByAnchor = dict[str, list[tuple[int, str, str]]]
"""Terms by an anchor, two characters inside them by which they are found; with its offset in the term and the part of speech."""

_INSIDE_WORD = re.compile("[0-9A-Za-z]{2}")
_SIGN = re.compile(r"[^\u4e00-\u9fd50-9A-Za-z\s]")


class MixedTerms:
    """Finds mixed terms in a text by an anchor: the first two characters of the number or Latin word in them (AI in AI大模型),
    or else their first sign and the character before it (网+ in 互联网+明厨亮灶).

    They are tokens wherever they occur, the longest first: a string such as 互联网+明厨亮灶 is no coincidence.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        by_claim: _TermsByAnchor = {}
        by_sign: _TermsByAnchor = {}
        for text, pos in terms:
            claim = next(iter(find_claims(text)), None)
            sign = _SIGN.search(text)
            if claim is not None:
                by_claim.setdefault(text[claim.start : claim.start + 2], []).append((claim.start, text, pos))
            elif sign is not None and sign.start():
                at = sign.start() - 1
                by_sign.setdefault(text[at : at + 2], []).append((at, text, pos))
        self._set(by_claim, by_sign)

    def _set(self, by_claim: _TermsByAnchor, by_sign: _TermsByAnchor) -> None:
        self._by_claim, self._by_sign = by_claim, by_sign
        # The character before the first sign of a term is no sign, so that no two anchors in a text overlap.
        self._signs = re.compile("|".join(map(re.escape, sorted(by_sign)))) if by_sign else None

    def with_terms(self, terms: Iterable[tuple[str, str]]) -> MixedTerms:
        """These terms and others; if there are no others, this object itself."""
        more = MixedTerms(terms)
        if not more._by_claim and not more._by_sign:
            return self
        more._set(_merge(self._by_claim, more._by_claim), _merge(self._by_sign, more._by_sign))
        return more

    def find(self, text: str, claims: list[Claim]) -> list[Claim]:
        """The terms in `text`, not overlapping, in order; `claims` is what the rules found there."""
        hits: list[tuple[int, int, int, str]] = []
        for start, _, _, _ in claims if self._by_claim else ():
            if terms := self._by_claim.get(text[start : start + 2]):
                hits += _terms_at(terms, text, start)
        for match in self._signs.finditer(text) if self._signs else ():
            hits += _terms_at(self._by_sign[match[0]], text, match.start())
        taken: list[Claim] = []
        covered: set[int] = set()
        for _, start, end, pos in sorted(hits):
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                taken.append(Claim(start, end, pos, "term"))
        return sorted(taken)


def _merge(some: _TermsByAnchor, more: _TermsByAnchor) -> _TermsByAnchor:
    return some | {key: [*some.get(key, ()), *terms] for key, terms in more.items()}


def _terms_at(terms: Iterable[tuple[int, str, str]], text: str, anchor: int) -> list[tuple[int, int, int, str]]:
    """(minus length, start, end, pos) of the terms that occur in `text` with their anchor at an offset; sorted, long ones lead."""
    placed = (
        (term, anchor - offset, anchor - offset + len(term), pos) for offset, term, pos in terms if anchor >= offset
    )
    return [
        (start - end, start, end, pos)
        for term, start, end, pos in placed
        if text.startswith(term, start) and not any(_INSIDE_WORD.match(text, at - 1) for at in (start, end) if at)
    ]
