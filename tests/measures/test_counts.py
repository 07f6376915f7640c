"""Frequencies against a count by hand and against a plain loop."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures import frequency as measures
from emphasis.measures.counting import Counting
from emphasis.measures.counts import Counts, Paragraphs, count_in_paragraphs
from emphasis.measures.frequency import frequency_tables
from emphasis.store.tables import check
from support.token_rows import BODY, ROLES, counts, sections, sentences_of, tokens, vocabulary


def frequency(table):
    return measures.frequency(Counts.of(table))


def frequency_parts(table):
    return measures.frequency_parts(Counts.of(table))


def test_by_hand():
    text = tokens(
        ("s0", "导航 导航"),
        ("s1", "发展"),
        ("s1.1", "发展 的 发展 5%/number"),
        ("s1.1", "发展 改革"),
        ("s2.1", "改革 GDP/latin"),
    )
    table = frequency(counts(text, sections(), Counting(BODY, {"的"}, 2))).set_index(["section_id", "term"])
    # Section 1 spans 1.1: 7 words, the stop word and the number among them.
    assert table.loc[("s1", "发展")].drop("within").to_dict() == {
        "report_id": "r", "pos": "n", "kind": "word", "n": 4, "n_alone": 4, "per_10k": pytest.approx(40_000 / 7), "rank": 1,
        "n_sentences": 3,
    }  # fmt: skip
    assert table.loc[("s1.1", "发展"), "n"] == 3
    assert table.loc[("s1.1", "发展"), "per_10k"] == pytest.approx(30_000 / 6)
    assert table.loc[("s1.1", "发展"), "n_sentences"] == 2
    assert table.loc[("s1", "改革"), "rank"] == 2
    assert table.loc["s2"]["rank"].to_dict() == {"GDP": 1, "改革": 1}
    assert not {"的", "5%", "导航"} & set(table.index.get_level_values("term"))
    assert "s0" not in table.index.get_level_values("section_id")


def test_parts_follow_roles_not_sections():
    text = tokens(("s1.1", "发展"), ("s1.2", "问题"), ("s2.1", "发展 改革"), ("s3", "奋斗"))
    table = frequency_parts(counts(text, sections(), Counting(BODY))).set_index(["part", "term"])["n"].to_dict()
    assert table == {
        ("whole", "发展"): 2, ("whole", "问题"): 1, ("whole", "改革"): 1, ("whole", "奋斗"): 1,
        ("review", "发展"): 1, ("plan", "发展"): 1, ("plan", "改革"): 1,
    }  # fmt: skip


def test_a_section_with_numbers_and_stop_words_only_has_no_keyword():
    table = frequency(counts(tokens(("s1.1", "的 5%/number")), sections(), Counting(BODY, {"的"})))
    assert table.empty


def test_no_tokens_give_an_empty_table(schemas):
    nothing = tokens()
    tables = frequency_tables(counts(nothing, sections(), Counting(BODY)), sentences_of(nothing).assign(text=""))
    for name in ("frequency", "frequency_parts"):
        assert check(tables[name], schemas[name]).empty


def test_words_inside_terms_by_hand():
    text = tokens(("s1.1", "数字经济 发展 经济"), ("s1.1", "数字经济 的"))
    held = [("数字经济", "数字", "经济")]
    table = frequency(counts(text, sections(), Counting(BODY, {"的"}, 2), held)).set_index(["section_id", "term"])
    own = table.loc["s1.1"]
    assert own["n"].to_dict() == {"经济": 3, "数字": 2, "数字经济": 2, "发展": 1}
    assert own["n_alone"].to_dict() == {"经济": 1, "数字": 0, "数字经济": 2, "发展": 1}
    assert own["n_sentences"].to_dict() == {"经济": 2, "数字": 2, "数字经济": 2, "发展": 1}
    # Seven words of the finest cut: 数字 经济 发展 经济, 数字 经济 的.
    assert own.loc["经济", "per_10k"] == pytest.approx(30_000 / 7)
    assert own.loc["数字经济", "per_10k"] == pytest.approx(20_000 / 7)


def test_rates_do_not_depend_on_which_terms_are_kept_whole():
    counting = Counting(BODY, {"的"}, 2)
    cut = frequency(counts(tokens(("s1.1", "数字 经济 发展 的")), sections(), counting))
    kept = frequency(counts(tokens(("s1.1", "数字经济 发展 的")), sections(), counting, [("数字经济", "数字", "经济")]))
    both = cut.merge(kept, on=["section_id", "term"], suffixes=("_cut", "_kept"))
    assert len(both) == len(cut)
    assert (both["per_10k_cut"] == both["per_10k_kept"]).all()


def test_a_number_inside_a_term_is_no_keyword():
    text = tokens(("s1.1", "十四五规划"))
    found = counts(text, sections(), Counting(BODY, (), 1), [("十四五规划", "十四五", "规划")])
    assert found.set_index("term")["n_words"].to_dict() == {"十四五规划": 0, "十四五": 1, "规划": 1}
    with pytest.raises(ValueError, match="not in the vocabulary"):
        measures_of = tokens(("s1.1", "规划"))
        counts_without(measures_of)


def counts_without(text):
    from emphasis.measures.counts import count_terms  # noqa: PLC0415

    empty = counts(text, sections(), Counting(BODY)).iloc[:0]
    nothing = empty.assign(token="", unit="", is_word=False)[["token", "unit", "n", "pos", "kind", "is_word"]]
    return count_terms(text, sentences_of(text), sections(), nothing, Counting(BODY))


def test_strings_as_a_search_finds_them():
    sentences = [("s1.1", "人民 生活"), ("s1.2", "改善民生，人人人人有责"), ("s2.1", "民 生 工程")]
    text = tokens(("s1.1", "人民 生活"), ("s1.2", "改善 民生 人人"), ("s2.1", "民生 工程"))
    printed = sentences_of(text).assign(text=[words for _, words in sentences])
    table = frequency_tables(counts(text, sections(), Counting(BODY)), printed)["frequency_parts"]
    found = table.set_index(["part", "term"])["n_text"].to_dict()
    # 人民生活 has the characters of 民生; 人人 is found twice in four characters, since occurrences do not overlap.
    assert (found["whole", "民生"], found["review", "生活"], found["plan", "民生"]) == (3, 1, 1)
    assert found["whole", "人人"] == 2


TEXTS = st.lists(
    st.tuples(st.sampled_from(sorted(ROLES)), st.lists(st.sampled_from(["甲甲", "乙乙", "丙", "的"]), max_size=6))
)


@given(TEXTS)
def test_against_a_plain_loop(schemas, text):
    table = frequency(counts(tokens(*((s, " ".join(w)) for s, w in text)), sections(), Counting(BODY, {"的"}, 2)))
    check(table, schemas["frequency"])
    for section in ROLES:
        inside = [w for s, w in text if (s == section or s.startswith(section + ".")) and ROLES[s] in BODY]
        words = Counter(word for sentence in inside for word in sentence)
        expected = {w: n for w, n in words.items() if w not in ("的", "丙")}
        found = table[table["section_id"] == section].set_index("term")
        assert found["n"].to_dict() == expected
        for word, n in expected.items():
            assert found.loc[word, "per_10k"] == pytest.approx(10_000 * n / sum(words.values()))
            assert found.loc[word, "rank"] == 1 + sum(other > n for other in expected.values())
            assert found.loc[word, "n_sentences"] == sum(word in sentence for sentence in inside)


def test_paragraphs_without_the_table_are_those_of_the_table():
    text = tokens(
        ("s1", "发展"), ("s1.1", "发展 的 发展 5%/number 改革"), ("s1.1", "发展 改革"), ("s2.1", "改革 GDP/latin")
    )
    counting = Counting(BODY, {"的"}, 2)
    expected = Paragraphs.of(counts(text, sections(), counting))
    found = count_in_paragraphs(text, sentences_of(text), sections(), vocabulary(text), counting)
    assert found.vocabulary.tolist() == expected.vocabulary.tolist()
    assert found.sizes.tolist() == expected.sizes.tolist()
    assert found.units.to_numpy().tolist() == expected.units.to_numpy().tolist()
    for name in ("counts", "alone"):
        own, other = getattr(found, name), getattr(expected, name)
        assert own.toarray().tolist() == other.toarray().tolist() and own.nnz == other.nnz


def test_the_counts_of_each_report_are_those_that_it_has_alone():
    """Each of three reports from the table of all, one of them without the words of the others."""
    own = {
        "a": tokens(("s1", "发展 的 发展"), ("s1.1", "改革 5%/number")),
        "b": tokens(("s1.1", "数字 发展"), ("s1.1", "开放")),
        "c": tokens(("s2.1", "改革 改革 GDP/latin")),
    }
    made = {name: counts(table, sections(), Counting(BODY, {"的"}, 2)) for name, table in own.items()}
    made = {name: table.astype({"report_id": "str"}).assign(report_id=name) for name, table in made.items()}
    found = dict(Counts.of(pd.concat(made.values(), ignore_index=True)).by_report())
    assert list(found) == list(made)
    for name, table in made.items():
        expected = Counts.of(table)
        assert found[name].vocabulary.to_pylist() == expected.vocabulary.to_pylist()
        assert found[name].units.to_numpy().tolist() == expected.units.to_numpy().tolist()
        for values in ("sizes", "unit", "term", "n", "n_alone", "n_sentences"):
            assert getattr(found[name], values).tolist() == getattr(expected, values).tolist()
        for values in ("pos", "kind"):
            (places, names), (others, strings) = getattr(found[name], values), getattr(expected, values)
            assert names.take(places).to_pylist() == strings.take(others).to_pylist()
