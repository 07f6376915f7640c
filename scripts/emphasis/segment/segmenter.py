"""From the text of a sentence to its tokens."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, compress, repeat
from operator import sub

from emphasis.segment import rules
from emphasis.segment.engines import Engine, Weighted
from emphasis.segment.lexicon import Term, Word
from emphasis.segment.mixed import MixedTerms
from emphasis.segment.model import Token, TokenTable
from emphasis.text import INVISIBLE, SPACES, fold

_GAP = re.compile(f"[{re.escape(SPACES + INVISIBLE)}]+")
_LATIN = re.compile("[0-9A-Za-z]")
_BREAK = "\n"
_MASK, _CLAIM = "|", "\x01"
"""What the engine sees instead of a claimed span: one sign for its first character, another for the others."""
_NUMERAL_WORD = re.compile("[零〇一二三四五六七八九十百千万亿两几数半多余]+")

_ODD = re.compile(f"[{_CLAIM}{re.escape(SPACES + INVISIBLE)}\uff01-\uff5e](?<![，；：！？])")
"""What has to be folded or left out before rules can read the text; wide signs that only separate may stay."""


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
        known: dict[str, str] = {}
        mixed: list[tuple[str, str]] = []
        weights: dict[str, int] = {}
        for word in words:
            weights[word.word] = word.weight
            if word.weight >= 0:
                known[word.word] = _class(word.pos, "word")
        for term in terms:
            for text in (term.term, *term.aliases):
                if _is_mixed(text):
                    mixed.append((text, term.pos))
                else:
                    weights.setdefault(text, 0)
                    known[text] = _class(term.pos, "term")
        self._base = tuple(sorted(weights.items()))
        self._mixed = MixedTerms(mixed)
        self._classes = _Classes(known, engine)

    def with_terms(self, terms: Iterable[Term]) -> Segmenter:
        """A segmenter that also knows the terms of one report; this one stays as it is."""
        other = object.__new__(Segmenter)
        other._engine, other._base = self._engine, self._base
        plain = {t.term: t.pos for t in terms if not _is_mixed(t.term)}
        mixed = [(t.term, t.pos) for t in terms if _is_mixed(t.term)]
        other._local = tuple(sorted(plain))
        other._mixed = self._mixed.extended(mixed)
        known = {text: _class(pos, "term") for text, pos in plain.items()}
        other._classes = _Classes(self._classes | known, self._engine)
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
        table = self.table([text])
        return [*map(Token, table.token, table.pos, table.kind, table.start, table.end)]

    def rows(self, texts: Sequence[str]) -> list[list[Token]]:
        """The tokens of each text, as `tokens` gives them."""
        table = self.table(texts)
        tokens = [*map(Token, table.token, table.pos, table.kind, table.start, table.end)]
        ends = [bisect_right(table.text, i) for i in range(len(texts))]
        return [tokens[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def table(self, texts: Sequence[str]) -> TokenTable:
        """The tokens of many texts, column by column: for a step that writes them, much faster than one by one.

        Parameters
        ----------
        texts : sequence of str
            The sentences of a report, say.

        Returns
        -------
        TokenTable
            Rows in the order of the texts; `start` and `end` are offsets into the text of the row.
        """
        flat = [_flatten(fold(text).replace(_CLAIM, _MASK)) if _ODD.search(text) else (text, None) for text in texts]
        joined = _BREAK.join([text for text, _ in flat])
        claimed = self._claims(joined)
        self._engine.focus(self._base, self._local)
        words = self._engine.cut(_masked(joined, claimed) if claimed else joined)
        # No Python code runs per word: with the compiled engine that is where the time would go.
        classes = [*map(self._classes.__getitem__, words)]
        ends = [*accumulate(map(len, words))]
        starts = [*compress(chain((0,), ends), classes)]
        ends = [*compress(ends, classes)]
        words = [*compress(words, classes)]
        classes = [*filter(None, classes)]
        tags = [*map(_POS.__getitem__, classes)]
        kinds = [*map(_KIND.__getitem__, classes)]
        if claimed:
            at = -1
            for claim in claimed:
                at = kinds.index(_CLAIM, at + 1)
                words[at], ends[at] = joined[claim.start : claim.end], claim.end
                tags[at], kinds[at] = claim.pos, claim.kind
        return _by_text(flat, TokenTable([], words, tags, kinds, starts, ends))  # type: ignore[arg-type]

    def _claims(self, flat: str) -> list[rules.Found]:
        """Spans that do not go to the engine: terms that it would cut at a sign, and what rules find."""
        found = rules.find(flat)
        terms = self._mixed.find(flat, found)
        if not terms:
            return found
        covered = {at for term in terms for at in range(term.start, term.end)}
        free = [f for f in found if covered.isdisjoint(range(f.start, f.end))]
        return sorted(free + terms)


def _by_text(flat: Sequence[tuple[str, list[int] | None]], table: TokenTable) -> TokenTable:
    """The table with the number of the text in each row, and offsets into the text as it was given."""
    counts, bases = [], []
    base = first = 0
    for text, _ in flat:
        end = base + len(text)
        last = bisect_left(table.start, end, first)
        counts.append(last - first)
        bases.append(base)
        base, first = end + len(_BREAK), last
    numbers = [*chain.from_iterable(map(repeat, range(len(flat)), counts))]
    shifts = [*chain.from_iterable(map(repeat, bases, counts))]
    starts, ends = [*map(sub, table.start, shifts)], [*map(sub, table.end, shifts)]
    first = 0
    for (_, places), count in zip(flat, counts, strict=True):
        if places is not None:
            for at in range(first, first + count):
                starts[at], ends[at] = places[starts[at]], places[ends[at] - 1] + 1
        first += count
    return table._replace(text=numbers, start=starts, end=ends)


_POS: dict[str, str] = {}
_KIND: dict[str, str] = {}


def _class(pos: str, kind: str) -> str:
    """One string for a part of speech and a kind together, so that each word is looked up once."""
    name = sys.intern(f"{pos} {kind}")
    _POS[name], _KIND[name] = pos, kind
    return name


class _Classes(dict[str, str]):
    """Part of speech and kind of each word met so far; empty for what yields no token."""

    def __init__(self, known: dict[str, str], engine: Engine) -> None:
        super().__init__(known)
        self._engine = engine
        self[_CLAIM] = _class("x", _CLAIM)

    def __missing__(self, word: str) -> str:
        if not word[0].isalnum():
            name = ""
        else:
            pos = self._engine.tag(word) or "x"
            name = _class(pos, "number" if pos == "m" and _NUMERAL_WORD.match(word) else "word")
        self[word] = name
        return name


def _is_mixed(text: str) -> bool:
    """Whether rules or engines would cut the term: it holds Latin letters, digits, signs or a long numeral."""
    return any(not "\u4e00" <= c <= "\u9fd5" for c in text) or bool(rules.find(text))


def _flatten(text: str) -> tuple[str, list[int] | None]:
    """The text without gaps, and where each character stood; None if there was no gap.

    A gap between two Latin words stays, as one space: they are two words.
    """
    if not _GAP.search(text):
        return text, None
    places: list[int] = []
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
        parts.append(_CLAIM + _MASK * (claim.end - claim.start - 1))
        position = claim.end
    parts.append(text[position:])
    return "".join(parts)
