"""Frequencies against a count by hand and against a plain loop."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from emphasis.measures.counts import Counting
from emphasis.measures.frequency import frequency_tables
from emphasis.store.tables import check
from support.token_rows import BODY, ROLES, counts, sections, tokens


def frequency(table):
    return frequency_tables(table)["frequency"]


def frequency_parts(table):
    return frequency_tables(table)["frequency_parts"]


def test_by_hand():
    text = tokens(
        ("0", "导航 导航"),
        ("1", "发展"),
        ("1.1", "发展 的 发展 5%/number"),
        ("1.1", "发展 改革"),
        ("2.1", "改革 GDP/latin"),
    )
    table = frequency(counts(text, sections(), Counting(BODY, {"的"}, 2))).set_index(["section_id", "term"])
    # Section 1 spans 1.1: 7 tokens, the stop word and the number among them.
    assert table.loc[("1", "发展")].to_dict() == {
        "report_id": "r", "pos": "n", "kind": "word", "n": 4, "per_10k": pytest.approx(40_000 / 7), "rank": 1,
        "n_sentences": 3,
    }  # fmt: skip
    assert table.loc[("1.1", "发展"), "n"] == 3
    assert table.loc[("1.1", "发展"), "per_10k"] == pytest.approx(30_000 / 6)
    assert table.loc[("1.1", "发展"), "n_sentences"] == 2
    assert table.loc[("1", "改革"), "rank"] == 2
    assert table.loc["2"]["rank"].to_dict() == {"GDP": 1, "改革": 1}
    assert not {"的", "5%", "导航"} & set(table.index.get_level_values("term"))
    assert "0" not in table.index.get_level_values("section_id")


def test_parts_follow_roles_not_sections():
    text = tokens(("1.1", "发展"), ("1.2", "问题"), ("2.1", "发展 改革"), ("3", "奋斗"))
    table = frequency_parts(counts(text, sections(), Counting(BODY))).set_index(["part", "term"])["n"].to_dict()
    assert table == {
        ("whole", "发展"): 2, ("whole", "问题"): 1, ("whole", "改革"): 1, ("whole", "奋斗"): 1,
        ("review", "发展"): 1, ("plan", "发展"): 1, ("plan", "改革"): 1,
    }  # fmt: skip


@pytest.mark.parametrize("n", [1, 3, 40])
def test_intervals_against_scipy(n):
    text = tokens(("1.1", " ".join(["发展"] * n + ["的"] * 60)))
    row = frequency_parts(counts(text, sections(), Counting(BODY, {"的"}))).iloc[0]
    assert row["low"] == pytest.approx(10_000 / (n + 60) * chi2.ppf(0.025, 2 * n) / 2)
    assert row["high"] == pytest.approx(10_000 / (n + 60) * chi2.ppf(0.975, 2 * n + 2) / 2)
    # The definition: at either bound, so many or so few occurrences have a probability of 2.5 %.
    assert poisson.sf(n - 1, row["low"] * (n + 60) / 10_000) == pytest.approx(0.025)
    assert poisson.cdf(n, row["high"] * (n + 60) / 10_000) == pytest.approx(0.025)


def test_a_section_with_numbers_and_stop_words_only_has_no_keyword():
    table = frequency(counts(tokens(("1.1", "的 5%/number")), sections(), Counting(BODY, {"的"})))
    assert table.empty


def test_no_tokens_give_an_empty_table(schemas):
    for function, name in ((frequency, "frequency"), (frequency_parts, "frequency_parts")):
        assert check(function(counts(tokens(), sections(), Counting(BODY))), schemas[name]).empty


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
