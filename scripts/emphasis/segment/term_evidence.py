"""Evidence of terms in a report: quotation marks, titles, version numbers, proper names, enumerations, repeated noun phrases.

The functions read normalised text, a sentence or several as lines, or the tokens of a sentence, and give strings of that text;
repeated phrases (`NounPhrases`) need the whole report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np

from emphasis.segment.cue_words import PROPER_NOUNS, CueWords
from emphasis.segment.occurrences import code_points
from emphasis.segment.tokens import Lines, Token, TokenType

_QUOTED = re.compile('[“"「『‘]([^“”"「」『』‘’。！？!?；;：:,，\n]{2,24})[”"」』’]')
_TITLE = re.compile("《([^《》。！？!?；;,，\n]{4,20})》")
_VERSION = re.compile(r"[\u4e00-\u9fd5]{2,8}\d\.\d版")
_ENDS_OF_CLAUSES = '\n，,。；;：:！!？?“”"《》（）()—…|'
_COMMA = "、"

# Words that make a quoted string a remark and not a term: 改革成效最为明显, 总理还是我们的总理.
_REMARK = re.compile(
    "[()（）的了着把被最更很就都也还又已让吗呢吧你我他她它这那]|不要|使得|要|必须|应该|我们|是(?!非)|既|若"
)
_COUNTED = re.compile("[一二两三四五六七八九十百千万双][\u4e00-\u9fd5]")
_HAN = re.compile("[\u4e00-\u9fd5]")


def quoted_terms(text: str) -> Iterator[tuple[str, int]]:
    """Terms in quotation marks, and where each begins.

    An enumeration of four or more names gives each of them (个转企、小升规、规转股、股上市); a slogan whose members begin with
    numerals is one term (一中心、五高地).

    Examples
    --------
    >>> [term for term, _ in quoted_terms("锚定“一中心、五高地”，推进“厂网一体化”，获评“改革成效最为明显”")]
    ['一中心、五高地', '厂网一体化']
    """
    for match in _QUOTED.finditer(text):
        whole, start = match[1], match.start(1)
        parts = whole.split("、")
        if len(parts) > 1 and len(whole) <= 12 and all(_COUNTED.match(part) for part in parts):
            parts = [whole]
        several = len(parts) > 1
        if several and len(parts) < 4:
            continue  # 立足防、超前治、科学救: clauses, not names
        for part in parts:
            if 2 <= len(part) <= (4 if several else 12) and _may_be_term(part):
                yield part, start
            start += len(part) + 1


def document_titles(text: str) -> Iterator[tuple[str, int]]:
    """Titles of documents, without their marks 《》, and where each begins; those too long to be cited in full are left out."""
    for match in _TITLE.finditer(text):
        if _may_be_term(match[1]) and not re.search("[、“”]", match[1]):
            yield match[1], match.start(1)


def versioned_names(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Names with a version, such as 人才政策3.0版.

    The name begins with the first noun, attribute or abbreviation within eight characters before the number: in
    实施人才政策3.0版 the verb 实施 is not part of it.
    """
    # Few texts have any, and a search for this character is much faster than one for the pattern.
    for match in _VERSION.finditer(text) if "版" in text else ():
        first, last = (bisect_left(tokens, at, key=lambda t: t.start) for at in match.span())
        near = tokens[max(0, first - 1) : last]
        number = next((t for t in near if match.start() < t.end <= match.end() and t.token[0].isdigit()), None)
        before = [t for t in near if number and match.start() <= t.start and t.end <= number.start]
        while before and not before[0].pos.startswith(("n", "b", "j")):
            before = before[1:]
        if before and number:
            yield text[before[0].start : match.end()]


class Enumerated(NamedTuple):
    """The members of the enumerations in a text: int arrays of equal length, in the order of the text."""

    starts: np.ndarray  # starts, ends: offsets into the text
    ends: np.ndarray
    enumeration: np.ndarray  # to which of the enumerations each belongs, as a rising number


def enumerations(text: str) -> Enumerated:
    """The members of each enumeration A、B、C with three or more members.

    The first and the last can hold more than a member: in 发展氢能、低空经济、银发经济等产业 they are 发展氢能 and 银发经济等产业.
    """
    signs = _SIGNS[np.minimum(code_points(text), len(_SIGNS) - 1)]
    at = np.flatnonzero(signs)
    # A sign before the text and one after it end a clause, too.
    borders = np.concatenate([[-1], at, [len(text)]])
    is_end = np.concatenate([[True], signs[at] == _END, [True]])
    clause = np.cumsum(is_end[:-1])
    several = np.bincount(clause)[clause] >= 3
    return Enumerated(borders[:-1][several] + 1, borders[1:][several], clause[several])


_AND, _END = 1, 2
_SIGNS = np.zeros(1 << 16, dtype="int8")
"""For each character, the last standing for all beyond, whether it stands between members, ends a clause or does neither."""
_SIGNS[code_points(_COMMA)], _SIGNS[code_points(_ENDS_OF_CLAUSES)] = _AND, _END


def proper_names(tokens: Sequence[Token], cue_words: CueWords) -> Iterator[tuple[str, str]]:
    """Proper names that end with a cue word, and their parts of speech: 德州机场, 东荣大路, 佛山大学.

    From the last word the name is extended to the left, over up to four tokens that can be part of it; then words that
    begin no name are dropped: of 扩建 / 德州 / 国际 / 机场 the name is 德州国际机场.
    """
    for at in range(len(tokens)):
        if name := proper_name_at(tokens, at, cue_words):
            yield name


BEFORE_NAME, AFTER_NAME = 5, 1
"""Tokens before and after the last word of a name that decide what the name is."""


def proper_name_at(tokens: Sequence[Token], at: int, cue_words: CueWords) -> tuple[str, str] | None:
    """The proper name of which this token is the last word; see `proper_names`."""
    last = tokens[at]
    if last.token not in cue_words.name_endings or last.kind == "number" or _goes_on(tokens, at, cue_words):
        return None
    first = at
    while at - first < BEFORE_NAME - 1 and _adjacent(tokens, first) and cue_words.fits_name(tokens[first - 1]):
        first -= 1
    while first < at and tokens[first].token in cue_words.generic_modifiers:
        first += 1
    name = "".join(token.token for token in tokens[first : at + 1])
    if first < at and 4 <= len(name) <= 12 and _begins_name(tokens, first, last.token, cue_words):
        return name, cue_words.name_endings[last.token]
    return None


def _adjacent(tokens: Sequence[Token], at: int) -> bool:
    """Whether there is a token right before this one, with no punctuation between."""
    return at > 0 and tokens[at - 1].end == tokens[at].start


def _goes_on(tokens: Sequence[Token], at: int, cue_words: CueWords) -> bool:
    """Whether the next token is an ending, too, so that the name is longer: 兰州铁路 / 枢纽."""
    return at + 1 < len(tokens) and _adjacent(tokens, at + 1) and tokens[at + 1].token in cue_words.name_endings


def _begins_name(tokens: Sequence[Token], first: int, last: str, cue_words: CueWords) -> bool:
    """Whether a proper name begins at a token, and not inside a name that the dictionary cut up (张 / 江 / 高新区)."""
    token, of_street = tokens[first], last in cue_words.street_endings
    proper = token.pos in PROPER_NOUNS and token.token not in cue_words.name_endings
    short = len(token.token) < 2 and not (of_street and token.token in "东南西北中")
    if short or not (proper or of_street):
        return False
    before = tokens[first - 1].token if _adjacent(tokens, first) else ""
    return not before or (before not in {"至", "到"} and (len(before) > 1 or before in cue_words.function_words))


def _may_be_term(text: str) -> bool:
    return len(_HAN.findall(text)) >= 2 and not _REMARK.search(text) and not text[0].isdigit()


def mutual_information(n: int, parts: Sequence[int], total: int) -> float:
    """Mean pointwise mutual information of neighbouring tokens, in nats.

    That is log(p(phrase) / product of p(token)) / (tokens - 1), from the occurrences of the phrase (`n`), of each of its tokens
    (`parts`) and of all tokens of the report (`total`).

    Examples
    --------
    >>> mutual_information(2, [2, 4], 800)  # log of 2 * 800 / (2 * 4)
    5.298
    """
    expected = sum(log(part / total) for part in parts)
    return round((log(n / total) - expected) / (len(parts) - 1), 3)


def parts_of_longer(counts: Mapping[str, int]) -> set[str]:
    """The strings that are part of a longer one that is as frequent.

    Examples
    --------
    >>> parts_of_longer({"冰雪装备": 2, "冰雪装备产业": 2, "装备": 3})
    {'冰雪装备'}
    """
    # Each string has few parts, since none is long: looking them up takes less than comparing each string with each.
    found = set()
    for text, n in counts.items():
        for start in range(len(text)):
            for end in range(start + 1, len(text) + (start > 0)):
                if counts.get(part := text[start:end], n + 1) <= n:
                    found.add(part)
    return found


_FACTOR = 0x9E3779B97F4A7C15
_INVERSE = pow(_FACTOR, -1, 1 << 64)


def span_hashes(codes: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A number for each part of a text, the same for equal parts and mostly another for others; array of uint64 of shape (spans,).

    That is the sum of c_i f^i over the characters c_0, c_1 ... of the part, modulo 2^64, from sums over the whole text; after Karp
    and Rabin (1987).

    Parameters
    ----------
    codes : array of uint32, shape (n,)
        The characters of the text.
    starts, ends : int arrays of shape (spans,)
        Offsets of the parts.
    """
    powers, inverses = (np.full(len(codes) + 1, f, dtype="uint64") for f in (_FACTOR, _INVERSE))
    powers[:1] = inverses[:1] = 1
    sums = np.append(np.uint64(0), np.cumsum(codes * np.multiply.accumulate(powers)[:-1]))
    hashes: np.ndarray = (sums[ends] - sums[starts]) * np.multiply.accumulate(inverses)[starts]
    return hashes


_MOST_TOKENS, _MOST_CHARACTERS = 4, 12
_LEAST_ASSOCIATION = 4.0
"""In nats: two tokens occur together e^4, that is 55 times, as often as by chance; more tokens, 55 times for each gap."""


class NounPhrases:
    """The noun phrases of a report, two to four adjacent tokens each, with counts."""

    def __init__(self, lines: Lines, cue_words: CueWords) -> None:
        self._total = len(lines.tokens.type)
        self._lines, self._cue_words = lines, cue_words
        firsts, stops = self._find(cue_words)
        self._firsts, self._stops = firsts, stops
        self._starts, self._ends = lines.starts[firsts], lines.ends[stops - 1]
        # Most phrases occur once, which a hash of each shows without the string.
        hashes = span_hashes(code_points(lines.text), self._starts, self._ends)
        self._order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._order]
        again = np.zeros(len(hashes), dtype=bool)
        again[1:] = self._hashes[1:] == self._hashes[:-1]
        again[:-1] |= again[1:]
        found: dict[str, list[int]] = {}
        for place in self._order[again].tolist():
            found.setdefault(self._text(place), []).append(place)
        self._repeated = {text: places for text, places in found.items() if len(places) > 1}

    def _text(self, place: int) -> str:
        return self._lines.text[self._starts[place] : self._ends[place]]

    def _places(self, text: str) -> list[int]:
        """Where a phrase is among all phrases, in the order of the text; nowhere if the text is no phrase."""
        if text in self._repeated:
            return self._repeated[text]
        codes = code_points(text)
        wanted = span_hashes(codes, np.zeros(1, dtype="int64"), np.array([len(codes)]))[0]
        first, stop = np.searchsorted(self._hashes, wanted), np.searchsorted(self._hashes, wanted, side="right")
        return [place for place in self._order[first:stop].tolist() if self._text(place) == text]

    def _find(self, cue_words: CueWords) -> tuple[np.ndarray, np.ndarray]:
        """First token of each phrase and the token after its last, in the order of the text.

        For all places at once: `joins` says of each token whether it and the next one are adjacent parts of a phrase, and
        `whole`, whether a phrase of `size` tokens can begin there. For 壮大 / 冰雪 / 装备 / 产业 and size 3:

        ======  =====  =====  =====
        token   壮大   冰雪   装备
        joins   no     yes    yes
        whole   no     yes
        ======  =====  =====  =====
        """
        fits = self._lines.tokens.feature(cue_words.fits_phrase).astype(bool)
        can_end = self._lines.tokens.feature(cue_words.ends_phrase).astype(bool)
        starts, ends = self._lines.starts, self._lines.ends
        joins = self._lines.adjacent & fits[:-1] & fits[1:]
        firsts, sizes = [], []
        whole = joins
        for size in range(2, _MOST_TOKENS + 1):
            here = whole & can_end[size - 1 :] & (ends[size - 1 :] - starts[: 1 - size] <= _MOST_CHARACTERS)
            firsts.append(np.flatnonzero(here))
            sizes.append(np.full(len(firsts[-1]), size))
            whole = whole[:-1] & joins[size - 1 :]
        first, size_of = np.concatenate(firsts), np.concatenate(sizes)
        order = np.argsort(first, kind="stable")
        return first[order], (first + size_of)[order]

    def association(self, text: str) -> float:
        """Mutual information of the neighbouring tokens of a phrase (see `mutual_information`); 0 for any other string."""
        places = self._places(text)
        if not places:
            return 0.0
        parts = [self._lines.tokens.count(token_type.token) for token_type in self._types(places[0])]
        return mutual_information(len(places), parts, self._total)

    def terms(self) -> Iterator[tuple[str, str, bool]]:
        """Phrases that occur twice or more, next to different words on both sides, and bound more closely than by chance.

        Left out are parts of a longer such phrase that is as frequent, and phrases with a word of four characters or more,
        which is most often a term by itself. With each phrase come its part of speech and whether it has the form of a term:
        see `CueWords.forms_term`.
        """
        varying = (text for text, places in self._repeated.items() if self._varies(places))
        good = {text: len(self._repeated[text]) for text in varying if self.association(text) > _LEAST_ASSOCIATION}
        for text in sorted(good.keys() - parts_of_longer(good)):
            types = self._types(self._repeated[text][0])
            if not any(len(token_type.token) >= 4 for token_type in types):
                yield text, types[-1].pos, self._cue_words.forms_term(types[0], types[-1])

    def _varies(self, places: list[int]) -> bool:
        """Whether a phrase has two different neighbours or more on each side.

        If 冰雪装备 were always followed by 产业, the term would be 冰雪装备产业. Punctuation counts as a different neighbour
        each time (its place stands for it in the set): a term may well begin or end every clause it occurs in.
        """
        adjacent = self._lines.adjacent
        spans = [*zip(self._firsts[places].tolist(), self._stops[places].tolist(), strict=True)]
        left = {self._type(first - 1).token if first and adjacent[first - 1] else first for first, _ in spans}
        right = {self._type(stop).token if stop <= len(adjacent) and adjacent[stop - 1] else stop for _, stop in spans}
        return len(left) >= 2 and len(right) >= 2

    def _types(self, place: int) -> list[TokenType]:
        """The types of the tokens of a phrase."""
        return [self._type(at) for at in range(self._firsts[place], self._stops[place])]

    def _type(self, at: int) -> TokenType:
        tokens = self._lines.tokens
        return tokens.vocabulary.types[int(tokens.type[at])]
