"""What lies inside a token: by examples, by invariants over the lexicon, and that terms of the user move no rate of a word."""

import doctest
import random
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from emphasis.ingest.report import ingest
from emphasis.ingest.tables import tabulate_reports
from emphasis.measures.counting import Counting
from emphasis.measures.counts import Counts, count_terms
from emphasis.measures.frequency import frequency_parts
from emphasis.segment import vocabulary
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, Term, load_lexicon, load_stopwords, load_words
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import token_table
from emphasis.segment.vocabulary import Units, cut_token, inner_borders, places_inside, vocabulary_table
from emphasis.store.tables import apply_types, check
from support import ROOT

LEXICON = load_lexicon(ROOT / "config/lexicon")
WORDS = load_words(ROOT / "config/lexicon/words.tsv")

CUTS = [
    ("a term of three words", "污染防治攻坚战", "污染 防治 攻坚 战"),
    ("a compound of the dictionary", "生态环境", "生态 环境"),
    ("a longer word of the dictionary", "劳动生产率", "劳动 生产 率"),
    ("affixes", "产业链", "产业 链"),
    ("affixes", "高质量", "高 质量"),
    ("of two ways the one with the more usual stem", "高效率", "高 效率"),
    ("an affix after three characters", "城镇化率", "城镇 化 率"),
    ("money is no people", "人民币", "人民币"),
    ("people's life is no livelihood", "人民生活", "人民 生活"),
    ("another sense", "社会主义", "社会主义"),
    ("the dictionary's 中国 is not in it", "发展中国家", "发展中 国家"),
    ("a name in foreign sounds", "印度尼西亚", "印度尼西亚"),
    ("a name of words", "中国人民银行", "中国 人民 银行"),
    ("a place with its rank", "长春市", "长春 市"),
    ("digits and signs", "5.5%", "5.5%"),
    ("Latin before a word", "5G网络", "5G 网络"),
    ("short words stay", "经济", "经济"),
]


@pytest.mark.parametrize(("token", "words"), [case[1:] for case in CUTS], ids=[f"{c[0]}-{c[1]}" for c in CUTS])
def test_words_inside(token: str, words: str) -> None:
    assert " ".join(cut_token(token).words) == words


def test_every_term_is_the_sum_of_its_words() -> None:
    for term in LEXICON.by_text:
        cut = cut_token(term)
        assert "".join(cut.words) == term
        assert all(0 <= first < end <= len(cut.words) and end - first < len(cut.words) for first, end in cut.longer)
        assert all(places_inside(term, word) for word in cut.words)
        # What is a word of the finest cut is not cut further where it stands alone.
        assert all(len(cut_token(word).words) == 1 for word in cut.words if len(word) > 1)


def test_terms_inside_terms_and_words_that_the_dictionary_lacks() -> None:
    units = Units(LEXICON, WORDS)
    held = {unit.text: (n, unit.kind) for unit, n in units.of("基础设施投资").items()}
    assert held["基础设施"] == (1, "term")
    assert held["投资"] == (1, "word")
    assert "基础设施投资" not in held
    assert units.of("经济") == Counter()


def test_the_table(schemas) -> None:  # type: ignore[no-untyped-def]
    table = vocabulary_table(["数字经济", "经济", "5.5%", "经济"], Units(Lexicon((Term("数字经济", "policy", "x"),))))
    assert check(table, schemas["vocabulary"])[["token", "unit", "n", "is_word"]].values.tolist() == [
        ["5.5%", "5.5%", 1, True],
        ["数字经济", "数字", 1, True],
        ["数字经济", "数字经济", 1, False],
        ["数字经济", "经济", 1, True],
        ["经济", "经济", 1, True],
    ]


def test_lists_are_well_formed() -> None:
    table = pd.read_csv(ROOT / "scripts/emphasis/segment/vocabulary.tsv", sep="\t", dtype=str)
    assert table["word"].is_unique
    assert table.notna().all(axis=None)
    for row in table.itertuples():
        assert row.words.replace(" ", "") == row.word
    # Judged one by one; affixes open many more.
    assert (~table["word"].str.contains("…")).sum() >= 150


@pytest.mark.parametrize("module", [vocabulary])
def test_examples_in_docstrings(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.fixture(scope="module")
def parsed() -> dict[str, pd.DataFrame]:
    return tabulate_reports([ingest(ROOT / "seeds/changchun-2025.txt", "changchun-2025")])


def rates(sentences, outline, terms, schemas) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    lexicon = Lexicon((*LEXICON.terms, *terms))
    table = Segmenter(make_engine("rjieba"), lexicon.terms, WORDS).table(sentences["text"].tolist())
    tokens = apply_types(token_table(sentences, [table]), schemas["tokens"])
    held = vocabulary_table(tokens["token"].unique(), Units(lexicon, WORDS))
    counting = Counting(
        ("review", "problems", "plan", "closing"), load_stopwords(ROOT / "config/lexicon/stopwords.txt"), 2
    )
    counts = count_terms(tokens, sentences, outline, held, counting)
    found = frequency_parts(Counts.of(counts)).astype({"part": str, "term": str})
    return tokens, found.set_index(["part", "term"])[["n", "per_10k"]]


@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_terms_more_change_no_rate_of_another_word(parsed, schemas, seed) -> None:  # type: ignore[no-untyped-def]
    sentences, outline = parsed["sentences"], parsed["outline"]
    tokens, before = rates(sentences, outline, (), schemas)
    words = tokens[tokens["kind"].isin(["word", "term"])]
    pairs = {
        (a, b)
        for a, b, s, t, x, y in zip(
            *(
                words[c].tolist()[:-1] if i == 0 else words[c].tolist()[1:]
                for c, i in (
                    ("token", 0),
                    ("token", 1),
                    ("sentence_id", 0),
                    ("sentence_id", 1),
                    ("end", 0),
                    ("start", 1),
                )
            ),
            strict=True,
        )
        if s == t and x == y and len(a) > 1 and len(b) > 1 and a + b not in LEXICON
    }
    sampled = random.Random(seed).sample(sorted(pairs), 20)
    chosen = [a + b for a, b in sampled]
    _, after = rates(sentences, outline, [Term(text, "policy", "user") for text in chosen], schemas)
    both = before.merge(after, left_index=True, right_index=True, suffixes=("_before", "_after"), how="outer")
    # A term of the lexicon that runs over the border of two tokens is inside the one that they have become: 垃圾转运站.
    over = {t for a, b in sampled for t in LEXICON.by_text if 0 <= (a + b).find(t) < len(a) < (a + b).find(t) + len(t)}
    both = both[~both.index.get_level_values("term").isin([*chosen, *over])]
    moved = both[(both["per_10k_before"] != both["per_10k_after"])]
    assert moved.empty, moved


def test_borders_are_inside() -> None:
    assert inner_borders("") == ()
    assert replace(cut_token("经济"), words=("经济",)).borders == ()
