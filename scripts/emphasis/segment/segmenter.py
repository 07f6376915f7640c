"""From the text of a sentence to its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from itertools import accumulate, compress
from operator import itemgetter

from emphasis.text import INVISIBLE, SPACES, fold
from emphasis.segment import rules
from emphasis.segment.engines import Engine, Weighted
from emphasis.segment.lexicon import Term, Word
from emphasis.segment.mixed import MixedTerms
from emphasis.segment.model import Kind, Token

_GAP = re.compile(f"[{re.escape(SPACES + INVISIBLE)}]+")
_LATIN = re.compile("[0-9A-Za-z]")
_MASK = "|"
_NUMERAL_WORD = re.compile("[零〇一二三四五六七八九十百千万亿两几数半多余]+")

_new_token = partial(tuple.__new__, Token)
_start = itemgetter(3)


class Segmenter:
    """Cuts text into tokens, with the terms kept whole.

    What rules claim (numbers, Latin words, terms with digits or Latin letters in them) is hidden from the engine; all
    other terms take part in its search for the best path, so that they cut no word: 国家 not in 一个国家庭院.

    Parameters
    ----------
    engine : Engine
        Serves one lexicon; several segmenters for the same lexicon may share it.
    terms : iterable of Term
        The lexicon's.
    words : iterable of Word
        Ordinary words the engine's dictionary lacks.

    Examples
    --------
    >>> from emphasis.segment.engines import make_engine
    >>> segmenter = Segmenter(make_engine("rjieba"), [Term("新质生产力", "policy", "curated")])
    >>> [t.token for t in segmenter.tokens("发展新质生产力，增长5.5%。")]
    ['发展', '新质生产力', '增长', '5.5%']
    """

    def __init__(self, engine: Engine, terms: Iterable[Term], words: Iterable[Word] = ()) -> None:
        self._engine = engine
        self._base: tuple[Weighted, ...] = ()
        self._local: tuple[str, ...] = ()
        known: dict[str, tuple[str, Kind]] = {}
        mixed: list[tuple[str, str]] = []
        weights: dict[str, int] = {}
        for word in words:
            weights[word.word] = word.weight
            known[word.word] = (word.pos, "word")
        for term in terms:
            for text in (term.term, *term.aliases):
                if _is_mixed(text):
                    mixed.append((text, term.pos))
                else:
                    weights.setdefault(text, 0)
                    known[text] = (term.pos, "term")
        self._base = tuple(sorted(weights.items()))
        self._mixed = MixedTerms(mixed)
        self._info = _Info(known, engine)

    def with_terms(self, terms: Iterable[Term]) -> Segmenter:
        """A segmenter that also knows the terms of one report; this one stays as it is."""
        other = object.__new__(Segmenter)
        other._engine, other._base = self._engine, self._base
        plain = {t.term: t.pos for t in terms if not _is_mixed(t.term)}
        mixed = [(t.term, t.pos) for t in terms if _is_mixed(t.term)]
        other._local = tuple(sorted(plain))
        other._mixed = self._mixed.extended(mixed)
        known: dict[str, tuple[str, Kind]] = {text: (pos, "term") for text, pos in plain.items()}
        other._info = _Info(self._info.known | known, self._engine)
        return other

    def tokens(self, text: str) -> list[Token]:
        """The tokens of `text`, in order; punctuation and white space yield none.

        Parameters
        ----------
        text : str
            A sentence or any other passage, as it stands in the file.

        Returns
        -------
        list of Token
            `start` and `end` are offsets into `text`.
        """
        flat, places = _flatten(fold(text))
        claimed = self._claims(flat)
        self._engine.focus(self._base, self._local)
        words = self._engine.cut(_masked(flat, claimed) if claimed else flat)
        if not words:
            return []
        tags, kinds = zip(*map(self._info.__getitem__, words), strict=True)
        ends = list(accumulate(map(len, words)))
        rows = zip(words, tags, kinds, [0, *ends], ends, strict=False)
        found: list[Token] = list(map(_new_token, compress(rows, kinds)))
        if claimed:
            found += [Token(flat[c.start : c.end], c.pos, c.kind, c.start, c.end) for c in claimed]
            found.sort(key=_start)
        if places is None:
            return found
        return [Token(t.token, t.pos, t.kind, places[t.start], places[t.end - 1] + 1) for t in found]

    def _claims(self, flat: str) -> list[rules.Found]:
        """Spans that do not go to the engine: terms with signs that rules or engines would cut at, and what rules find."""
        found = list(rules.find(flat))
        terms = self._mixed.find(flat, found)
        if not terms:
            return found
        free = [f for f in found if not any(f.start < t.end and t.start < f.end for t in terms)]
        return sorted(free + terms)


class _Info(dict[str, tuple[str, Kind | str]]):
    """Part of speech and kind of each word met so far; kind is empty for what yields no token."""

    def __init__(self, known: dict[str, tuple[str, Kind]], engine: Engine) -> None:
        super().__init__(known)
        self.known = known
        self._engine = engine

    def __missing__(self, word: str) -> tuple[str, Kind | str]:
        if not word[0].isalnum():
            value: tuple[str, Kind | str] = ("x", "")
        else:
            pos = self._engine.tag(word) or "x"
            value = (pos, "number" if pos == "m" and _NUMERAL_WORD.match(word) else "word")
        self[word] = value
        return value


def _is_mixed(text: str) -> bool:
    """Whether rules or engines would cut the term: it holds Latin letters, digits, signs, or a numeral of two characters."""
    return any(not "\u4e00" <= c <= "\u9fd5" for c in text) or next(rules.find(text), None) is not None


def _flatten(text: str) -> tuple[str, list[int] | None]:
    """The text without gaps, and where each character stood; None if there was no gap.

    A gap between two Latin words stays, as one space: they are two words.
    """
    if not _GAP.search(text):
        return text, None
    places = []
    kept = []
    position = 0
    for gap in [*_GAP.finditer(text), None]:
        start, end = gap.span() if gap else (len(text), len(text))
        kept.append(text[position:start])
        places.extend(range(position, start))
        if gap and start and end < len(text) and _LATIN.match(text[start - 1]) and _LATIN.match(text[end]):
            kept.append(" ")
            places.append(start)
        position = end
    return "".join(kept), places


def _masked(text: str, claimed: list[rules.Found]) -> str:
    """The text with a sign in place of each claimed character: the engine sees none of them, offsets stay."""
    parts = []
    position = 0
    for claim in claimed:
        parts.append(text[position : claim.start])
        parts.append(_MASK * (claim.end - claim.start))
        position = claim.end
    parts.append(text[position:])
    return "".join(parts)
