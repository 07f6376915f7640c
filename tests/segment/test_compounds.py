"""Terms that nothing marks: by examples, against a plain search token by token, and by the judgement of a reader."""

from __future__ import annotations

import csv
import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emphasis.segment.compounds import closed_compounds, unknown_words
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, normalise
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_discovery import find_terms
from emphasis.segment.tokens import Lines, Token, TokenType
from support import JUDGEMENTS
from support.reading import SEED, read_report

COMPOUNDS = [
    ("between a verb and a mark", "建成渔网储备库。", ["渔网储备库"]),
    ("before a word that says what is done", "推进渔网市场建设。", ["渔网市场"]),
    ("after a function word", "渔民和渔网市场。", ["渔网市场"]),
    ("what is done to a thing", "开展幕墙养护。", ["幕墙养护"]),
    ("a noun with an ending", "建成油画村。", ["油画村"]),
    ("a verb with an ending", "建成垂钓站。", ["垂钓站"]),
    ("three words", "建成渔网纤维市场。", ["渔网纤维市场"]),
    ("the beginning is not known", "鲜渔网市场。", []),
    ("nor is the end", "渔网市场价值。", []),
    ("a number belongs to what follows", "30渔网市场。", []),
    ("the last word names no thing", "渔网精神。", []),
    ("a general modifier", "配套市场。", []),
    ("what is done comes first", "整治市场。", []),
    ("a verb that the dictionary calls a noun", "力争渔网市场。", ["渔网市场"]),
]


def found(segmenter: Segmenter, cue_words: CueWords, text: str) -> list[str]:
    # Words that occur in a long text are rare in it.
    texts = [text, *(s.text for s in read_report(SEED).sentences)]
    closed = closed_compounds(Lines(texts, segmenter.table(texts)), cue_words)
    flat = normalise(text)
    return [term for term, _ in closed if term in flat]


@pytest.mark.parametrize(("text", "terms"), [case[1:] for case in COMPOUNDS], ids=[case[0] for case in COMPOUNDS])
def test_closed_compounds(segmenter: Segmenter, cue_words: CueWords, text: str, terms: list[str]) -> None:
    assert found(segmenter, cue_words, text) == terms


UNKNOWN = [
    ("three times between different neighbours", "新建芷蘅。加快芷蘅发展，提升芷蘅。", ["芷蘅"]),
    ("twice is too few", "新建芷蘅。加快芷蘅发展。", []),
    ("always before the same word", "新建芷蘅路。加快芷蘅路。提升芷蘅路，", ["芷蘅路"]),
    ("function words are no part", "芷的蘅。加快芷的蘅发展，提升芷的蘅。", []),
    ("a number is no part", "3蘅。加快3蘅发展，提升3蘅。", []),
    ("a classifier and a word", "新建3芷路，加快12芷路建设，提升5芷路。", []),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in UNKNOWN], ids=[case[0] for case in UNKNOWN])
def test_unknown_words(segmenter: Segmenter, cue_words: CueWords, text: str, words: list[str]) -> None:
    texts = [text, *(s.text for s in read_report(SEED).sentences)]
    recurring = unknown_words(Lines(texts, segmenter.table(texts)), cue_words)
    assert [word for word in recurring if word in text] == words


def plain_compounds(rows: list[list[Token]], cue_words: CueWords) -> list[tuple[str, str]]:
    """As `closed_compounds`, token by token."""
    counts = Counter(token[:3] for row in rows for token in row)
    total = sum(counts.values())
    occurrences: Counter[tuple[object, ...]] = Counter()
    closed: dict[tuple[object, ...], tuple[str, str, int]] = {}
    for row in rows:
        types = [TokenType(*token[:3]) for token in row]
        joins = [a.end == b.start for a, b in pairwise(row)]
        spans = [(n, at) for n in (2, 3) for at in range(len(row) - n + 1)]
        for size, first in spans:
            parts = types[first : first + size]
            text = "".join(part.token for part in parts)
            least = least_association(parts, cue_words)
            if not all(joins[first : first + size - 1]) or len(text) > 10 or least is None:
                continue
            key = (least, *parts)
            occurrences[key] += 1
            before = first > 0 and joins[first - 1] and cue_words.may_begin_compound(types[first - 1])
            stop = first + size
            after = stop < len(row) and joins[stop - 1] and cue_words.may_go_on(types[stop])
            if not (before or after):
                closed[key] = text, parts[-1].pos, size
    terms = set()
    for key, (text, pos, size) in closed.items():
        chance = sum(math.log(counts[part] / total) for part in key[1:])
        if round((math.log(occurrences[key] / total) - chance) / (size - 1), 3) > key[0]:
            terms.add((text, pos))
    return sorted(terms)


def least_association(parts: list[TokenType], cue_words: CueWords) -> float | None:
    """The association that these words need to form a term; None if they form none."""
    *before, last = parts
    whole = [cue_words.is_term(part) for part in parts]
    modifiers = [cue_words.modifies(part) and not term for part, term in zip(before, whole, strict=False)]
    if all(modifiers) and cue_words.names_thing(last) and not whole[-1]:
        return 4.0
    if len(parts) == 3:
        return None
    noun = cue_words.is_plain_noun(before[0])
    if noun and cue_words.names_activity(last):
        return 4.0
    derived = noun or (cue_words.is_verb(before[0]) and cue_words.is_verb_ending(last))
    return 2.0 if derived and cue_words.is_ending(last) else None


def test_compounds_are_those_of_a_plain_search(segmenter: Segmenter, cue_words: CueWords) -> None:
    texts = [normalise(s.text) for s in read_report(SEED).sentences]
    table = segmenter.table(texts)
    expected = plain_compounds(table.rows(), cue_words)
    assert len(expected) > 20
    assert sorted(set(closed_compounds(Lines(texts, table), cue_words))) == expected


@given(
    st.lists(
        st.lists(st.sampled_from("渔网 市场 纤维 绿化 建成 的 ， 村 接驳 站 3 数字经济".split()), max_size=7),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_compounds_of_any_text(segmenter: Segmenter, cue_words: CueWords, rows: list[list[str]]) -> None:
    texts = ["".join(row) for row in rows]
    table = segmenter.table(texts)
    lines = Lines(texts, table)
    assert sorted(set(closed_compounds(lines, cue_words))) == plain_compounds(table.rows(), cue_words)
    assert all(len(word) <= 5 for word in unknown_words(lines, cue_words))


def test_terms_that_nothing_marks_are_accepted_with_their_evidence(
    lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords
) -> None:
    texts = ["建成渔网储备库。", "新建芷蘅。", "加快芷蘅发展，提升芷蘅。"] + [
        normalise(s.text) for s in read_report(SEED).sentences
    ]
    accepted, _ = find_terms(texts, lexicon, segmenter, cue_words)
    evidence = {term.term: term.source for term in accepted}
    assert evidence["渔网储备库"] == "closed"
    assert evidence["芷蘅"] == "recurring"


def test_most_terms_that_reports_show_were_judged_real() -> None:
    with (JUDGEMENTS / "discovered_terms.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 100
    assert {row["verdict"] for row in rows} == {"yes", "no"}
    assert sum(row["verdict"] == "yes" for row in rows) >= 85
