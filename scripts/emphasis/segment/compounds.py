"""Terms of a report that nothing marks: compounds of two words that name a thing, and words that the dictionary lacks.

Most terms of a city's report occur once and stand without quotation marks (粮食储备库, 停车场改造). What shows them is their form:
a modifier and a last word that names a thing or an activity, between marks, verbs and function words, so that both ends are
known. A word that the dictionary lacks is cut into characters (香 / 蜜, 图 / 则); that these recur next to each other, between
different neighbours, shows that they are one word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from emphasis.segment.cue_words import CueWords
from emphasis.segment.term_evidence import mutual_information, parts_of_longer
from emphasis.segment.tokens import Lines, TokenType

_LEAST_ASSOCIATION = 4.0
"""In nats, as for repeated noun phrases: e^4, that is 55 times, as often together as by chance. It drops what general words form
with each other (文化设施, 监管制度)."""
_LEAST_OF_DERIVED = 2.0
"""Endings are frequent, and what has one is a word by its form."""
_MOST_WORDS, _MOST_CHARACTERS = 3, 10
_UNKNOWN_SIZES, _UNKNOWN_CHARACTERS = (2, 3), 5
_UNKNOWN_OCCURRENCES, _UNKNOWN_ASSOCIATION = 3, 5.0
"""An unknown word occurs so often in the report, has as many different neighbours on each side, and is bound so closely."""


def closed_compounds(lines: Lines, cue_words: CueWords) -> Iterator[tuple[str, str]]:
    """Compounds of two or three words whose last one names a thing or an activity, and the part of speech of that one.

    Somewhere in the report neither neighbour can belong to the compound: before it there is a mark, a verb or a function word,
    after it a mark, a verb, or a word that says what is done about it (建设). So 粮食储备库 is found in 建成粮食储备库, but in
    跨境货车运输 there is no 货车运输. A word with an ending (骑行 / 道) is such a compound, too.
    """
    tokens = lines.tokens
    if len(tokens.type) < _MOST_WORDS:
        return
    has = {of: tokens.feature(of) > 0 for of in cue_words.compound_features}
    modifier, noun = has[cue_words.modifies], has[cue_words.is_plain_noun]
    thing, ending = has[cue_words.names_thing], has[cue_words.is_ending]
    open_before = np.append(False, lines.adjacent & has[cue_words.may_begin_compound][:-1])
    open_after = np.append(lines.adjacent & has[cue_words.may_go_on][1:], False)
    whole_term = has[cue_words.is_term]
    modifier, thing = modifier & ~whole_term, thing & ~whole_term
    pairs = modifier[:-1] & thing[1:] | noun[:-1] & has[cue_words.names_activity][1:]
    derived = (noun[:-1] | has[cue_words.is_verb][:-1] & has[cue_words.is_verb_ending][1:]) & ending[1:]
    triples = modifier[:-2] & modifier[1:-1] & thing[2:] & lines.adjacent[1:]
    counts, types = tokens.occurrences, tokens.vocabulary.types
    for fitting, least in ((pairs, _LEAST_ASSOCIATION), (derived, _LEAST_OF_DERIVED), (triples, _LEAST_ASSOCIATION)):
        size = len(tokens.type) - len(fitting) + 1
        whole = fitting & lines.adjacent[: len(fitting)]
        whole &= lines.ends[size - 1 :] - lines.starts[: len(fitting)] <= _MOST_CHARACTERS
        closed = whole & ~open_before[: len(fitting)] & ~open_after[size - 1 :]
        windows = np.lib.stride_tricks.sliding_window_view(tokens.type, size)
        n = Counter(map(tuple, windows[whole].tolist()))
        for parts in sorted(set(map(tuple, windows[closed].tolist()))):
            if mutual_information(n[parts], [int(counts[part]) for part in parts], len(tokens.type)) > least:
                yield "".join(types[part].token for part in parts), types[parts[-1]].pos


def unknown_words(lines: Lines, cue_words: CueWords) -> Iterator[str]:
    """Words of up to five characters that the dictionary cuts, at least one of their parts a single character.

    They occur three times or more, next to three different tokens or marks on each side, and their parts are bound closely. Left
    out are parts of a longer such word that is as frequent, and what mostly follows a number: 条道路 in 32条道路 is a classifier and a
    word.
    """
    tokens = lines.tokens
    fits, single = tokens.feature(cue_words.fits_unknown_word) > 0, tokens.feature(_is_character) > 0
    after_number = np.append(False, (tokens.feature(_is_number) > 0)[:-1] & lines.adjacent)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for size in _UNKNOWN_SIZES:
        last = len(tokens.type) - size + 1
        if last <= 0:
            break
        here = np.logical_and.reduce([fits[i : last + i] for i in range(size)])
        here &= np.logical_or.reduce([single[i : last + i] for i in range(size)])
        here &= np.logical_and.reduce([lines.adjacent[i : last + i] for i in range(size - 1)])
        here &= lines.ends[size - 1 :] - lines.starts[:last] <= _UNKNOWN_CHARACTERS
        for first in np.flatnonzero(here).tolist():
            spans[lines.text[lines.starts[first] : lines.ends[first + size - 1]]].append((first, first + size))
    counts = tokens.occurrences
    good = {
        text: len(places)
        for text, places in spans.items()
        if len(places) >= _UNKNOWN_OCCURRENCES
        and 2 * sum(bool(after_number[first]) for first, _ in places) < len(places)
        and _is_bound(places, lines, counts)
    }
    yield from sorted(good.keys() - parts_of_longer(good))


def _is_character(token_type: TokenType) -> bool:
    return len(token_type.token) == 1


def _is_number(token_type: TokenType) -> bool:
    return token_type.kind == "number"


def _is_bound(places: list[tuple[int, int]], lines: Lines, counts: np.ndarray) -> bool:
    """Whether tokens at these places have different neighbours and occur together much more often than by chance."""
    tokens, adjacent = lines.tokens, lines.adjacent
    numbers = tokens.type
    before = {int(numbers[first - 1]) if first and adjacent[first - 1] else -1 - first for first, _ in places}
    after = {int(numbers[stop]) if stop <= len(adjacent) and adjacent[stop - 1] else -1 - stop for _, stop in places}
    if min(len(before), len(after)) < _UNKNOWN_OCCURRENCES:
        return False
    parts = counts[numbers[slice(*places[0])]].tolist()
    return mutual_information(len(places), parts, len(numbers)) > _UNKNOWN_ASSOCIATION
