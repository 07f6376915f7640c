"""From the text of a sentence to its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from emphasis.segment.claims import Claim, MixedTerms, find_claims
from emphasis.segment.engines import Engine, Weighted
from emphasis.segment.lexicon import Term, Word
from emphasis.segment.tokens import Entry, Kind, Token, TokenTable, Vocabulary
from emphasis.text import INVISIBLE, SPACES, fold

_GAP = re.compile(f"[{re.escape(SPACES + INVISIBLE)}]+")
_LATIN = re.compile("[0-9A-Za-z]")
_BREAK = "\n"
_MASK, _CLAIM = "|", "\x01"
"""What the engine sees instead of a claimed span: one sign for its first character, another for the others."""
_NUMERAL_WORD = re.compile("[零〇一二三四五六七八九十百千万亿两几数半多余]+")

_ODD = re.compile(f"[{_CLAIM}{re.escape(SPACES + INVISIBLE)}\uff01-\uff5e](?<![，；：！？])")
"""What has to be folded or left out before rules can read the text; wide signs that only separate may stay."""
_NO_TOKEN, _CLAIMED = -1, -2
"""In place of an entry's number."""


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
        known: list[Entry] = []
        mixed: list[tuple[str, str]] = []
        weights: dict[str, int] = {}
        for word in words:
            weights[word.word] = word.weight
            if word.weight >= 0:
                known.append(Entry(word.word, word.pos, "word"))
        for term in terms:
            for text in (term.term, *term.aliases):
                if _is_mixed(text):
                    mixed.append((text, term.pos))
                else:
                    weights.setdefault(text, 0)
                    known.append(Entry(text, term.pos, "term"))
        self._base = tuple(sorted(weights.items()))
        self._mixed = MixedTerms(mixed)
        self._words = _Words(engine, Vocabulary(), {_CLAIM: _CLAIMED})
        self._words.learn(known)

    def with_terms(self, terms: Iterable[Term]) -> Segmenter:
        """A segmenter that also knows the terms of one report; this one stays as it is."""
        other = object.__new__(Segmenter)
        other._engine, other._base = self._engine, self._base
        mixed = [(t.term, t.pos) for t in terms if _is_mixed(t.term)]
        plain = [Entry(t.term, t.pos, "term") for t in terms if not _is_mixed(t.term)]
        other._local = tuple(sorted({entry.token for entry in plain}))
        other._mixed = self._mixed.extended(mixed)
        other._words = self._words.copy()
        other._words.learn(plain)
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
        return self.table([text]).row(0)

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
        # No step of Python for each word: with the compiled engine that is where the time would go.
        entries = np.fromiter(map(self._words.__getitem__, words), dtype="int64", count=len(words))
        ends = np.cumsum(np.fromiter(map(len, words), dtype="int64", count=len(words)))
        starts = ends - np.diff(ends, prepend=0)
        kept = entries != _NO_TOKEN
        entries, starts, ends = entries[kept], starts[kept], ends[kept]
        if claimed:
            places = entries == _CLAIMED
            number = self._words.vocabulary.number
            entries[places] = [number(Entry(joined[c.start : c.end], c.pos, c.kind)) for c in claimed]
            ends[places] = [c.end for c in claimed]
        bases = np.cumsum([0, *(len(text) + len(_BREAK) for text, _ in flat)])
        owners = np.searchsorted(bases, starts, side="right") - 1
        starts, ends = starts - bases[owners], ends - bases[owners]
        for i, (_, gaps) in enumerate(flat):
            if gaps is not None:
                own = slice(*np.searchsorted(owners, [i, i + 1]))
                starts[own] = [gaps[at] for at in starts[own].tolist()]
                ends[own] = [gaps[at - 1] + 1 for at in ends[own].tolist()]
        return TokenTable(self._words.vocabulary, len(texts), owners, entries, starts, ends)

    def _claims(self, flat: str) -> list[Claim]:
        """Spans that do not go to the engine: terms that it would cut at a sign, and what rules find."""
        found = find_claims(flat)
        terms = self._mixed.find(flat, found)
        if not terms:
            return found
        covered = {at for term in terms for at in range(term.start, term.end)}
        free = [f for f in found if covered.isdisjoint(range(f.start, f.end))]
        return sorted(free + terms)


class _Words(dict[str, int]):
    """The number of the entry of each word that an engine gave so far."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self._engine, self.vocabulary = engine, vocabulary

    def copy(self) -> _Words:
        """The same, which learns by itself from now on."""
        return _Words(self._engine, self.vocabulary, self)

    def learn(self, entries: Iterable[Entry]) -> None:
        """Know the entries of some words; of two for one word the last counts."""
        self.update({entry.token: self.vocabulary.number(entry) for entry in entries})

    def __missing__(self, word: str) -> int:
        if word[0].isalnum():
            pos = self._engine.tag(word) or "x"
            kind: Kind = "number" if pos == "m" and _NUMERAL_WORD.match(word) else "word"
            self[word] = self.vocabulary.number(Entry(word, pos, kind))
        else:
            self[word] = _NO_TOKEN
        return self[word]


def _is_mixed(text: str) -> bool:
    """Whether rules or engines would cut the term: it holds Latin letters, digits, signs or a long numeral."""
    return any(not "\u4e00" <= c <= "\u9fd5" for c in text) or bool(find_claims(text))


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


def _masked(text: str, claimed: list[Claim]) -> str:
    """The text with a sign in place of each claimed character: the engine sees none of them, offsets stay."""
    parts = []
    position = 0
    for claim in claimed:
        parts.append(text[position : claim.start])
        parts.append(_CLAIM + _MASK * (claim.end - claim.start - 1))
        position = claim.end
    parts.append(text[position:])
    return "".join(parts)
