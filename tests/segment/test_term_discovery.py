from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emphasis.ingest.records import Report
from emphasis.segment import term_evidence
from emphasis.segment.audit import StringIndex, TermCounter, candidate_rows, html_page
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, Term, normalise
from emphasis.segment.occurrences import code_points, occurrences
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports, token_table
from emphasis.segment.term_discovery import TermCandidate, find_shared_terms, find_terms
from emphasis.segment.term_evidence import NounPhrases
from emphasis.segment.tokens import Lines, Token, TokenType
from emphasis.store.tables import Schema, check
from support.reading import SEED, one_section_report, read_report

QUOTED = [
    ("a numbered slogan stays whole", "锚定“一中心、五高地”建设", ["一中心、五高地"]),
    (
        "an enumeration of names gives each",
        "抓好“个转企、小升规、规转股、股上市”",
        ["个转企", "小升规", "规转股", "股上市"],
    ),
    ("an enumeration of clauses gives none", "坚持“立足防、超前治、科学救”", []),
    ("a remark is no term", "被评为“改革成效最为明显”地区", []),
    ("parts with a plus between them", "推行“管委会+公司”模式", ["管委会+公司"]),
    ("too long", "推行“让数据多跑路群众少跑腿的工作方式方法”", []),
    ("a number alone", "落实“18条”", []),
]


def texts_of(report: Report) -> list[str]:
    return [normalise(s.text) for s in report.sentences]


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in QUOTED], ids=[case[0] for case in QUOTED])
def test_quoted_terms(text: str, found: list[str]) -> None:
    assert [term for term, _ in term_evidence.quoted_terms(text)] == found


NAMES = [
    ("a street", "东荣大路通车", ["东荣大路"]),
    ("an airport", "建设德州机场", ["德州机场"]),
    ("a university", "联合佛山大学共建", ["佛山大学"]),
    ("a generic phrase is no name", "加快全市示范区建设", []),
    ("the end of a name that was split is no name", "推进阿墟高新区建设", []),
    ("a name with two endings is one name", "建设兰州铁路枢纽", ["兰州铁路枢纽"]),
]


@pytest.mark.parametrize(("text", "found"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_proper_names(segmenter: Segmenter, cue_words: CueWords, text: str, found: list[str]) -> None:
    assert [name for name, _ in term_evidence.proper_names(segmenter.tokens(text), cue_words)] == found


def test_find_terms_with_evidence(lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords) -> None:
    text = "推进“厂网一体化”。实施人才政策9.0版。编制《云水名城保护规划》。建设玉溪机场。优化“优化服务点位设置”。"
    accepted, rest = find_terms(texts_of(one_section_report("r", text)), lexicon, segmenter, cue_words)
    assert {t.term: t.source for t in accepted} == {
        "厂网一体化": "quote",
        "人才政策9.0版": "version",
        "云水名城保护规划": "title",
        "玉溪机场": "name",
    }
    assert all(t.kind == "report" for t in accepted)
    assert [c.term for c in rest] == ["优化服务点位设置"]
    assert rest[0].evidence == ("remark",)


def test_a_repeated_compound_is_found(lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords) -> None:
    text = SEED.read_text(encoding="utf-8") + "\n冰雪装备产值增长。壮大冰雪装备。支持冰雪装备研发，发展冰雪装备。"
    accepted, _ = find_terms(texts_of(one_section_report("r", text)), lexicon, segmenter, cue_words)
    assert "冰雪装备" in {t.term for t in accepted if t.source.startswith("compound")}


def test_what_the_lexicon_has_is_not_found_again(lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords) -> None:
    accepted, rest = find_terms(texts_of(read_report(SEED)), lexicon, segmenter, cue_words)
    found = [t.term for t in accepted] + [c.term for c in rest]
    assert len(found) == len(set(found))
    assert not [term for term in found if term in lexicon]
    assert [t.term for t in accepted] == sorted(t.term for t in accepted)


def test_accepted_terms_come_out_as_tokens(lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords) -> None:
    report = read_report(SEED)
    accepted, _ = find_terms(texts_of(report), lexicon, segmenter, cue_words)
    rows = segmenter.with_terms(accepted).table([s.text for s in report.sentences]).rows()
    terms = {t.token for row in rows for t in row if t.kind == "term"}
    whole = [t.term for t in accepted if t.term in terms]
    assert len(accepted) > 20
    assert len(whole) >= 0.95 * len(accepted)


def candidates(*terms: str) -> list[TermCandidate]:
    return [TermCandidate(term, 1, ("repeat",), 5.0, False) for term in terms]


def test_shared_terms_are_counted_by_report() -> None:
    reports = [candidates("甲乙", "丙丁", "甲乙"), candidates("甲乙"), candidates("甲乙", "丙丁"), candidates("戊己")]
    assert find_shared_terms(reports, at_least=2) == [("甲乙", 3), ("丙丁", 2)]


@given(st.lists(st.sets(st.sampled_from([f"词{i}" for i in range(30)])), max_size=12))
def test_bounded_memory_never_counts_too_much(reports: list[set[str]]) -> None:
    exact = dict(find_shared_terms([candidates(*sorted(r)) for r in reports], at_least=1))
    bounded = dict(find_shared_terms([candidates(*sorted(r)) for r in reports], at_least=1, memory=5))
    assert all(n <= exact[term] for term, n in bounded.items())


def test_term_counts() -> None:
    count = TermCounter(
        [Term("数字经济", "policy", "curated"), Term("经济", "policy", "curated"), Term("农业", "policy", "x")]
    )
    count.add(["数字经济核心产业", "数字经济与经济"], dict.fromkeys(["数字经济核心产业", "数字经济", "与", "经济"], 1))
    assert [tuple(row.values()) for row in count.rows()] == [
        ("经济", "policy", "curated", 3, 1, 1 / 3),
        ("数字经济", "policy", "curated", 2, 1, 0.5),
    ]


def test_candidate_rows_join_reports() -> None:
    rows = candidate_rows(
        [TermCandidate("甲乙", 2, ("repeat",), 5.0, False), TermCandidate("甲乙", 3, ("list",), 6.0, False)],
        Lexicon(()),
        {"甲乙": 2},
    )
    assert [tuple(row.values()) for row in rows] == [("甲乙", 5, "list+repeat+shared", 6.0, False)]


@given(
    st.text(alphabet="经济发展", max_size=30), st.sets(st.text(alphabet="经济发展", min_size=2, max_size=4), max_size=8)
)
def test_all_occurrences_are_what_a_search_finds(text: str, strings: set[str]) -> None:
    expected = {(at, s) for s in strings for at in range(len(text)) if text.startswith(s, at)}
    found = [*occurrences(text, strings)]
    assert found == sorted(expected, key=lambda place: (place[0], len(place[1])))
    index = StringIndex(strings)
    assert index.named(index.counts(text)) == Counter(s for _, s in expected)


@given(st.text(alphabet=st.sampled_from("经济发展5%A<>&\"'。 "), max_size=40))
@settings(max_examples=60, deadline=None)
def test_html_shows_the_text_and_escapes_it(segmenter: Segmenter, text: str) -> None:
    import html  # noqa: PLC0415 - only here
    import re  # noqa: PLC0415

    report = one_section_report("<r>", text)
    page = html_page([(report, [segmenter.tokens(s.text) for s in report.sentences])])
    body = page[page.index("</summary>") :]
    assert "&lt;r&gt;" in page
    assert html.unescape(re.sub("<[^<>]*>", "", body)).split() == "".join(
        s.text + "\n" for s in report.sentences
    ).split() or (
        normalise(html.unescape(re.sub("<[^<>]*>", "", body))) == normalise("".join(s.text for s in report.sentences))
    )


@given(st.text(alphabet="甲乙丙、、、、，。（", max_size=40))
def test_an_enumeration_lies_between_other_signs(text: str) -> None:
    """Compared with a search character by character."""
    found, spans, start = [], [], 0
    for at, sign in enumerate([*text, "。"]):
        if sign in "、，。（":
            spans.append((start, at))
            start = at + 1
        if sign in "，。（":
            found += [spans] if len(spans) >= 3 else []
            spans = []
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end, number in zip(*(column.tolist() for column in term_evidence.enumerations(text)), strict=True):
        members[number].append((start, end))
    assert [members[number] for number in sorted(members)] == found


class PlainNounPhrases:
    """Noun phrases found and counted token by token; as `NounPhrases`."""

    def __init__(self, rows: list[list[Token]], cue_words: CueWords) -> None:
        self.cue_words = cue_words
        tokens = [token.token for row in rows for token in row]
        self.token_counts, self.total = Counter(tokens), len(tokens)
        self.seen: dict[str, list[tuple[list[Token], str, str]]] = {}
        for row in rows:
            for first, size in product(range(len(row)), (2, 3, 4)):
                self.add(row, first, first + size)

    def add(self, row: list[Token], first: int, stop: int) -> None:
        parts = row[first:stop]
        if stop > len(row) or any(a.end != b.start for a, b in pairwise(parts)):
            return
        text = "".join(t.token for t in parts)
        types = [TokenType(*token[:3]) for token in parts]
        if (
            len(text) > 12
            or not self.cue_words.ends_phrase(types[-1])
            or not all(map(self.cue_words.fits_phrase, types))
        ):
            return
        before = row[first - 1].token if first and row[first - 1].end == row[first].start else None
        after = row[stop].token if stop < len(row) and row[stop].start == parts[-1].end else None
        n = len(self.seen.get(text, ()))
        self.seen.setdefault(text, []).append((parts, before or f"before {n}", after or f"after {n}"))

    def association(self, text: str) -> float:
        parts = [t.token for t in self.seen[text][0][0]]
        expected = sum(math.log(self.token_counts[part] / self.total) for part in parts)
        return (math.log(len(self.seen[text]) / self.total) - expected) / (len(parts) - 1)

    def terms(self) -> list[tuple[str, str, str]]:
        good = [
            text
            for text, seen in self.seen.items()
            if len({before for _, before, _ in seen}) > 1
            and len({after for *_, after in seen}) > 1
            and round(self.association(text), 3) > 4
        ]
        found = []
        for text in sorted(good):
            parts = self.seen[text][0][0]
            inside = any(text in o and text != o and len(self.seen[o]) >= len(self.seen[text]) for o in good)
            if not inside and all(len(t.token) < 4 for t in parts):
                types = [TokenType(*token[:3]) for token in parts]
                found.append((text, parts[-1].pos, self.cue_words.forms_term(types[0], types[-1])))
        return found


@pytest.mark.parametrize("repeated", [1, 3])
def test_phrases_are_those_that_a_count_token_by_token_finds(
    segmenter: Segmenter, cue_words: CueWords, repeated: int
) -> None:
    texts = texts_of(read_report(SEED))
    texts += [text[len(text) // 3 :] for text in texts[::2]] * (repeated - 1)
    table = segmenter.table(texts)
    phrases, plain = NounPhrases(Lines(texts, table), cue_words), PlainNounPhrases(table.rows(), cue_words)
    assert len(plain.seen) > 300
    assert list(phrases.terms()) == plain.terms()
    assert plain.terms()
    assert [phrases.association(text) for text in plain.seen] == [
        pytest.approx(plain.association(text), abs=6e-4) for text in plain.seen
    ]
    assert phrases.association("没有这样的词组") == 0


@given(st.lists(st.lists(st.sampled_from("冰雪 装备 海河 实验室 ，、 5% 的 AI".split()), max_size=8), max_size=8))
@settings(max_examples=60, deadline=None)
def test_phrases_of_any_text(segmenter: Segmenter, cue_words: CueWords, rows: list[list[str]]) -> None:
    texts = ["".join(row) for row in rows]
    table = segmenter.table(texts)
    phrases, plain = NounPhrases(Lines(texts, table), cue_words), PlainNounPhrases(table.rows(), cue_words)
    assert list(phrases.terms()) == plain.terms()
    assert all(phrases.association(text) == pytest.approx(plain.association(text), abs=6e-4) for text in plain.seen)


def test_a_table_of_several_reports_is_that_of_each(
    lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords, schemas: dict[str, Schema]
) -> None:
    """Offsets, positions and terms are a report's own; a report without a token has no rows."""
    texts = {
        "a": ["推进“厂网一体化”改造。", "", "厂网一体化，2025年。"],
        "b": ["——", "。"],
        "c": ["推进厂网一体化改造。", "ＡＩ 大模型　应用。"],
    }
    rows = [
        (report, f"{report}:{n}", f"s{n}", n, 100 * n, 100 * n + len(text), text)
        for report, sentences in texts.items()
        for n, text in enumerate(sentences, 1)
    ]
    sentences = pd.DataFrame(rows, columns=schemas["sentences"].columns)
    segmented = segment_reports(sentences, segmenter, lexicon, cue_words)
    tokens = check(token_table(sentences, [report.tokens for report in segmented]), schemas["tokens"])
    expected = []
    for report, own in texts.items():
        accepted, _ = find_terms([*map(normalise, own)], lexicon, segmenter, cue_words)
        local = segmenter.with_terms(accepted)
        found = [(n, *token) for n, text in enumerate(own, 1) for token in local.tokens(text)]
        expected += [
            (report, f"s{n}", f"{report}:{n}", at, token, pos, kind, 100 * n + start, 100 * n + end)
            for at, (n, token, pos, kind, start, end) in enumerate(found, 1)
        ]
    assert tokens.to_numpy().tolist() == [list(row) for row in expected]
    assert "厂网一体化" in segmented[0].counts and "厂网一体化" not in segmented[2].counts
    assert [(term.term, term.source) for term in segmented[0].accepted] == [("厂网一体化", "quote")]
    assert token_table(sentences[:0], []).empty


@given(st.text(alphabet="经济发展", max_size=30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 6))
def test_equal_parts_of_a_text_have_equal_hashes(text: str, first: int, second: int, length: int) -> None:
    places = [at for at in (first, second) if at + length <= len(text)]
    starts = np.array(places, dtype="int64")
    hashes = term_evidence.span_hashes(code_points(text), starts, starts + length)
    alone = [
        term_evidence.span_hashes(code_points(text[at : at + length]), np.array([0]), np.array([length]))[0]
        for at in places
    ]
    assert hashes.tolist() == alone
    assert len({*hashes.tolist()}) == len({text[at : at + length] for at in places})
