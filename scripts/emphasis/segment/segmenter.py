"""From the text of a sentence to its tokens."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from emphasis.segment.claims import Claim, MixedTerms, find_claims
from emphasis.segment.engines import Engine, WeightedWord
from emphasis.segment.lexicon import USER, OrdinaryWord, Term
from emphasis.segment.occurrences import occurrences
from emphasis.segment.tokens import Kind, Token, TokenTable, TokenType, Vocabulary, is_numeral
from emphasis.text import INVISIBLE, SPACES, fold

_GAP = re.compile(f"[{re.escape(SPACES + INVISIBLE)}]+")
_LATIN = re.compile("[0-9A-Za-z]")
_HAN = re.compile("[\u4e00-\u9fd5]*")
_BREAK = "\n"
_MASK, _CLAIM = "|", "\x01"
"""What the engine sees instead of a claim of three characters is ``\\x01||``, so that each claim comes back as one \\x01."""

_NEEDS_CHANGE = re.compile(f"[{_CLAIM}{re.escape(SPACES + INVISIBLE)}\uff01-\uff5e](?<![，；：！？])")
"""What must be folded or left out before rules can read the text; full-width punctuation may stay."""
_BETWEEN_DIGITS = re.compile(r"[，：](?<=\d.)(?=\d)")
"""What reads as one number or a time of day only after folding: 5，100 and 5,100."""
_FOLDED_MARKS = frozenset(",;:!?")
"""What folding makes of the punctuation that may stay."""
_NO_TOKEN, _CLAIMED = -1, -2
"""In place of the number of a type."""


class Segmenter:
    """Cuts text into tokens, with the terms kept whole.

    What rules claim (numbers, Latin words, terms that contain digits or Latin letters) is hidden from the engine; all
    other terms take part in its search for the best path, so that the better path wins where they overlap a word:
    化解和平台 is 化解 / 和 / 平台, without 和平.

    `engine` serves one lexicon, whose `terms` these are; several segmenters for it may share the engine. `words` are
    those that the engine's dictionary lacks.

    Examples
    --------
    >>> from emphasis.segment.engines import make_engine
    >>> segmenter = Segmenter(make_engine("rjieba"), [Term("新质生产力", "policy", "curated")])
    >>> [t.token for t in segmenter.tokens("发展新质生产力，增长5.5%。")]
    ['发展', '新质生产力', '增长', '5.5%']
    """

    def __init__(self, engine: Engine, terms: Iterable[Term], words: Iterable[OrdinaryWord] = ()) -> None:
        self._engine = engine
        self._local: tuple[str, ...] = ()
        known: list[TokenType] = []
        first: set[str] = set()
        mixed: list[tuple[str, str]] = []
        weights: dict[str, int] = {}
        for word in words:
            weights[word.word] = word.weight
            if word.weight >= 0:
                known.append(TokenType(word.word, word.pos, "word"))
        for term in terms:
            for text in (term.term, *term.aliases):
                if _is_mixed(text):
                    mixed.append((text, term.pos))
                else:
                    weights.setdefault(text, 0)
                    known.append(TokenType(text, term.pos, "term"))
                    if term.source != USER:
                        first.add(text)
        self._base: tuple[WeightedWord, ...] = tuple(sorted(weights.items()))
        self._mixed = MixedTerms(mixed)
        self._with_marks = tuple(text for text, _ in mixed if not _FOLDED_MARKS.isdisjoint(text))
        self._own: dict[str, int] = {}
        self._numbers = _TypeNumbers(engine, Vocabulary(), {_CLAIM: _CLAIMED})
        self._numbers.learn(known)
        self._borders = _TermBorders(self._numbers, first)

    def with_terms(self, terms: Iterable[Term], words: Iterable[OrdinaryWord] = ()) -> Segmenter:
        """A segmenter that knows the terms and words of one report, too; this one is unchanged.

        Of the words those are left out that the dictionary or the lexicon has.
        """
        other = object.__new__(Segmenter)
        other._engine, other._base = self._engine, self._base
        mixed: list[tuple[str, str]] = []
        plain: list[TokenType] = []
        for term in terms:
            if _is_mixed(term.term):
                mixed.append((term.term, term.pos))
            else:
                plain.append(TokenType(term.term, term.pos, "term"))
        new = [w for w in words if not (_is_mixed(w.word) or self._knows(w.word) or self._engine.tag(w.word))]
        plain = [*(TokenType(w.word, w.pos, "word") for w in new), *plain]
        other._local = tuple(sorted({*self._local, *(token_type.token for token_type in plain)}))
        other._mixed = self._mixed.with_terms(mixed)
        other._with_marks = (*self._with_marks, *(text for text, _ in mixed if not _FOLDED_MARKS.isdisjoint(text)))
        other._numbers, other._borders = self._numbers, self._borders
        other._own = self._own | self._numbers.given(plain)
        return other

    def _knows(self, word: str) -> bool:
        return word in self._own or word in self._numbers

    def tokens(self, text: str) -> list[Token]:
        """The tokens of `text`, a sentence or any other passage as it is in the file, in order."""
        return self.table([text]).row(0)

    def table_from(
        self, texts: Sequence[str], plain: Sequence[str], known: TokenTable, new: Iterable[Term]
    ) -> TokenTable:
        """The tokens of many texts, as `table` gives them, where most are known.

        A term changes the tokens of no text but those that hold it, so that only these are cut again, and those in which normalising
        moved something.

        Parameters
        ----------
        texts : sequence of str
        plain : sequence of str
            The same texts, as `lexicon.normalise` gives them.
        known : TokenTable
            The tokens of `plain` by the segmenter whose `with_terms` gave this one.
        new : iterable of Term
            The terms that were given to `with_terms`.
        """
        printed_bases, bases = _bases(texts), _bases(plain)
        again = np.diff(printed_bases) != np.diff(bases)
        folded = [match.start() for match in _BETWEEN_DIGITS.finditer(_BREAK.join(texts))]
        again[np.searchsorted(printed_bases, folded, side="right") - 1] = True
        found = [at for at, _ in occurrences(_BREAK.join(plain), {*self._with_marks, *(term.term for term in new)})]
        again[np.searchsorted(bases, found, side="right") - 1] = True
        lines = np.flatnonzero(again)
        cut = self.table([texts[line] for line in lines.tolist()])
        kept = ~again[known.text]
        owners = np.concatenate([known.text[kept], lines[cut.text]])
        order = np.argsort(owners, kind="stable")
        pairs = (known.type, cut.type), (known.start, cut.start), (known.end, cut.end)
        columns = (np.concatenate([before[kept], after])[order] for before, after in pairs)
        return TokenTable(self._numbers.vocabulary, len(texts), owners[order], *columns)

    def table(self, texts: Sequence[str]) -> TokenTable:
        """The tokens of many texts, such as the sentences of a report, which is much faster than text by text.

        Rows are in the order of the texts; `start` and `end` are offsets into the text of the row.
        """
        flat = [
            _flatten(fold(text).replace(_CLAIM, _MASK)) if _NEEDS_CHANGE.search(text) else (text, None)
            for text in texts
        ]
        joined = _BREAK.join([text for text, _ in flat])
        claims = self._claims(joined)
        self._engine.set_words(self._base, self._local)
        words = self._engine.cut(_mask(joined, claims) if claims else joined)
        # No Python statement runs for each word: with the compiled engine that is where the time would go.
        types = self._numbers.of(words, self._own)
        ends = np.cumsum(np.fromiter(map(len, words), dtype="int64", count=len(words)))
        starts = ends - np.diff(ends, prepend=0)
        self._borders.move(types, starts, ends)
        kept = types != _NO_TOKEN
        types, starts, ends = types[kept], starts[kept], ends[kept]
        if claims:
            # Of each claim the engine gave back its first character only (see _MASK), in the order of the claims.
            claimed = types == _CLAIMED
            number = self._numbers.vocabulary.number
            types[claimed] = [number((joined[start:end], pos, kind)) for start, end, pos, kind in claims]
            ends[claimed] = [end for _, end, _, _ in claims]
        bases = _bases([text for text, _ in flat])
        owners = np.repeat(np.arange(len(flat)), np.diff(np.searchsorted(starts, bases)))
        starts, ends = starts - bases[owners], ends - bases[owners]
        for i, (_, offsets) in enumerate(flat):
            if offsets is not None:
                own = slice(*np.searchsorted(owners, [i, i + 1]))
                starts[own] = [offsets[at] for at in starts[own].tolist()]
                ends[own] = [offsets[at - 1] + 1 for at in ends[own].tolist()]
        return TokenTable(self._numbers.vocabulary, len(texts), owners, types, starts, ends)

    def _claims(self, flat: str) -> list[Claim]:
        """Spans that are hidden from the engine: mixed terms, and what rules find outside them."""
        found = find_claims(flat)
        terms = self._mixed.find(flat, found)
        if not terms:
            return found
        covered = {at for term in terms for at in range(term.start, term.end)}
        free = [f for f in found if covered.isdisjoint(range(f.start, f.end))]
        return sorted(free + terms)


class _TypeNumbers(dict[str, int]):
    """The number of the type of each word that an engine has given so far.

    Those of a report's own words are given with the words, so that the engine is asked for the part of speech of a word once, not
    for each report.
    """

    def __init__(self, engine: Engine, vocabulary: Vocabulary, known: Mapping[str, int]) -> None:
        super().__init__(known)
        self._engine, self.vocabulary = engine, vocabulary

    def given(self, types: Iterable[TokenType]) -> dict[str, int]:
        """The numbers of the types of some words; of two for one word the last is used."""
        return {token_type.token: self.vocabulary.number(token_type) for token_type in types}

    def learn(self, types: Iterable[TokenType]) -> None:
        """Add the types of some words."""
        self.update(self.given(types))

    def of(self, words: Sequence[str], own: Mapping[str, int]) -> np.ndarray:
        """The number of each word; `own` takes precedence over the words known so far."""
        hidden = {word: self[word] for word in own if word in self}
        self.update(own)
        try:
            return np.fromiter(map(self.__getitem__, words), dtype="int64", count=len(words))
        finally:
            for word in own:
                del self[word]
            self.update(hidden)

    def __missing__(self, word: str) -> int:
        if word[0].isalnum():
            pos = self._engine.tag(word) or "x"
            kind: Kind = "number" if is_numeral(word, pos) else "word"
            self[word] = self.vocabulary.number(TokenType(word, pos, kind))
        else:
            self[word] = _NO_TOKEN
        return self[word]


class _TermBorders:
    """Where two terms overlap: the border of two tokens of which one order of terms keeps the first whole, the other the second.

    The three words of 现代 / 服务业 / 增加值 can be cut as 现代服务业 / 增加值 or as 现代 / 服务业增加值. Both paths have two tokens, so the
    engine decides by how frequent 现代 and 增加值 are alone in its dictionary, which says nothing of what belongs together. A
    Chinese compound has its head last, and what stands before it joins from the left; so the first term is kept. That holds for
    terms of the lexicon (`first`): one that a user adds or a report shows takes no other term's place.
    """

    def __init__(self, numbers: _TypeNumbers, first: Collection[str]) -> None:
        self._numbers, self._first = numbers, frozenset(first)
        # Pairs of types, the number of the first in the upper half.
        self._moved: dict[int, tuple[int, int, int]] = {}
        self._unmoved: set[int] = set()

    def move(self, types: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> None:
        """Move the borders in the columns of tokens, which are changed in place; the number of tokens stays the same."""
        # _CLAIMED and _NO_TOKEN are numbers of no type.
        parts = self._numbers.vocabulary.feature(_part, np.maximum(types, 0))
        parts[types < 0] = _NEITHER
        places = np.flatnonzero((parts[:-1] != _NEITHER) & (parts[1:] == _LONG_TERM))
        pairs = (types[places] << _SHIFT) + types[places + 1]
        moved, after = list[tuple[int, int, int, int]](), -1
        for place, pair in zip(places.tolist(), pairs.tolist(), strict=True):
            # What is left of a term after its border has moved is no term.
            if pair not in self._unmoved and place != after and (better := self._moved_border(pair)):
                moved.append((place, *better))
                after = place + 1
        if moved:
            here, firsts, seconds, shifts = np.array(moved).T
            types[here], types[here + 1] = firsts, seconds
            ends[here] += shifts
            starts[here + 1] += shifts

    def _moved_border(self, pair: int) -> tuple[int, int, int] | None:
        if pair not in self._moved:
            better = self._better(pair >> _SHIFT, pair & (1 << _SHIFT) - 1)
            if better is None:
                self._unmoved.add(pair)
                return None
            self._moved[pair] = better
        return self._moved[pair]

    def _better(self, first: int, second: int) -> tuple[int, int, int] | None:
        """The types of the better cut and how far the border moves; None if there is none."""
        types, numbers = self._numbers.vocabulary.types, self._numbers
        word, term = types[first].token, types[second].token
        if word in _ATTRIBUTES:
            return None
        for shift in range(len(term) - 2, 0, -1):
            if word + term[:shift] in self._first:
                rest = numbers[term[shift:]]
                if rest >= 0 and (types[rest].kind == "term" or types[rest].pos != "x"):
                    return numbers[word + term[:shift]], rest, shift
        return None


_ATTRIBUTES = frozenset("党新省市县区州")
"""What stands alone before a term: 省 / 人大代表, 新 / 产业工人."""


_SHIFT = 32
_NEITHER, _WORD, _LONG_TERM = 0, 1, 2


def _part(token_type: TokenType) -> int:
    """What a token of a type can be where two terms overlap: one of the last three numbers. A long term is a word, too."""
    token, _, kind = token_type
    if kind == "term":
        return _LONG_TERM if len(token) >= 4 else _WORD
    return _WORD if kind == "word" else _NEITHER


@lru_cache(maxsize=65_536)
def _is_mixed(text: str) -> bool:
    """Whether rules or engines would split a term: it contains Latin letters, digits, signs or a long numeral."""
    return not _HAN.fullmatch(text) or bool(find_claims(text))


def _bases(texts: Sequence[str]) -> np.ndarray:
    """Where each text begins when they are joined by `_BREAK`, and where one more would; int array of shape (n + 1,)."""
    return np.cumsum([0, *map(len, texts)]) + np.arange(len(texts) + 1) * len(_BREAK)


def _flatten(text: str) -> tuple[str, list[int] | None]:
    """The text without gaps, and the former offset of each character; None if there was no gap.

    A gap between two Latin words is kept, as one space: 政 府 becomes 政府 with the offsets 0 and 2, but New  York New York.
    """
    if not _GAP.search(text):
        return text, None
    offsets: list[int] = []
    kept = []
    position = 0
    for gap in [*_GAP.finditer(text), None]:
        start, end = gap.span() if gap else (len(text), len(text))
        kept.append(text[position:start])
        offsets.extend(range(position, start))
        if gap and start and end < len(text) and _LATIN.match(text[start - 1]) and _LATIN.match(text[end]):
            kept.append(" ")
            offsets.append(start)
        position = end
    return "".join(kept), offsets


def _mask(text: str, claims: list[Claim]) -> str:
    """The text with claims replaced by signs, one for each character, so that offsets are unchanged; see `_MASK`."""
    parts = []
    position = 0
    for claim in claims:
        parts += [text[position : claim.start], _CLAIM + _MASK * (claim.end - claim.start - 1)]
        position = claim.end
    return "".join(parts) + text[position:]
