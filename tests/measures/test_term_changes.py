"""New, vanished and first used terms, by what stands in the text."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from emphasis.measures.report_pairs import histories, year_pairs
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.term_changes import FirstUsesBefore, first_use, term_changes
from emphasis.measures.word_search import HalvedText, WordSearch
from emphasis.store.tables import check


def corpus(years, counts, texts):
    """Reports a, b, c, ... of one region; `counts` by term, what is not counted being 0, and paragraphs of each report."""
    names = [chr(ord("a") + i) for i in range(len(years))]
    vocabulary = sorted(counts)
    n = sparse.csr_array(np.array([counts[term] for term in vocabulary]).T)
    terms = ReportTerms(names, np.array(vocabulary, dtype=object), n, *[n.data] * 3, *[np.ones(len(names))] * 3)
    reports = pd.DataFrame(
        {"report_id": names, "region": "某市", "adcode": "1", "year": pd.array(years, dtype="Int64")}
    ).assign(confidence="high", n_chars=9_000, date="")
    text = {name: HalvedText.of(enumerate(own)) for name, own in zip(names, texts, strict=True)}
    return terms, reports, text.__getitem__


def changes(terms, reports, text_of, schemas):
    table, rates = term_changes(terms, histories(reports, year_pairs(reports)), text_of)
    return check(table, schemas["term_changes"]), check(rates, schemas["term_change_rates"])


COUNTS = {
    "数字经济": [0, 0, 2, 0],
    "冰雪": [0, 2, 2, 1],
    "绿色": [2, 0, 3, 0],
    "老旧": [0, 3, 0, 0],
    "稀有": [0, 1, 0, 0],
}
TEXTS = [
    ["绿色。", "绿色，数字经济产业。"],
    ["冰雪。", "冰雪，老旧小区，老旧，老旧，稀有。"],
    ["数字经济，冰雪，绿色。", "数字 经济，冰雪，绿色，绿色。"],
    ["冰雪，数字", "经济，老旧小区"],
]  # fmt: skip


def test_what_a_longer_term_of_the_same_change_says_is_marked(schemas):
    counts = {"超长期特别国债": [0, 2], "特别国债": [0, 2], "国债": [1, 3], "消费": [0, 4], "消费券": [0, 2]}
    texts = [["国债。"], ["超长期特别国债。超长期特别国债。国债。消费，消费，消费券，消费券。"]]
    table, _ = changes(*corpus([2024, 2025], counts, texts), schemas)
    # 国债 was there before, and half of what 消费 is said has nothing to do with 消费券.
    assert dict(zip(table["term"], table["within"].fillna(""), strict=True)) == {
        "超长期特别国债": "", "特别国债": "超长期特别国债", "消费": "", "消费券": "",
    }  # fmt: skip


def test_a_term_is_new_when_no_earlier_report_has_its_characters(schemas):
    table, rates = changes(*corpus([2020, 2021, 2022, 2023], COUNTS, TEXTS), schemas)
    rows = table.set_index(["report_id", "change", "term"])[["n", "n_earlier", "n_later", "n_later_with"]]
    found = {key: row.tolist() for key, row in rows.iterrows()}
    assert found == {
        ("b", "new", "冰雪"): [2, 1, 2, 2], ("b", "new", "老旧"): [3, 1, 2, 1], ("b", "vanished", "绿色"): [2, 1, 2, 1],
        # 数字经济 stands inside a longer word of the first year, and 绿色 was there before: neither is new in the third.
        ("c", "vanished", "老旧"): [3, 2, 1, 1],
        # 数字 and 经济 are in different sentences of the fourth.
        ("d", "vanished", "数字经济"): [2, 3, 0, 0], ("d", "vanished", "绿色"): [3, 3, 0, 0],
    }  # fmt: skip
    rates = rates.set_index(["report_id", "change"])
    assert rates.loc[("c", "new"), ["n_terms", "n_absent", "n_changed", "n_back"]].tolist() == [3, 2, 0, 0]
    assert rates.loc[("b", "new"), ["n_terms", "n_absent", "n_changed", "n_back"]].tolist() == [2, 2, 2, 2]
    assert rates.loc[("d", "vanished"), ["n_terms", "n_absent", "n_changed"]].tolist() == [3, 2, 2]
    assert rates.loc[("d", "vanished"), "share_absent"] == pytest.approx(2 / 3, abs=1e-4)
    assert pd.isna(rates.loc[("d", "vanished"), "n_back"])


def test_the_base_rate_is_that_of_two_halves_of_one_report(schemas):
    counts = {"甲乙": [0, 4], "丙丁": [2, 2], "戊己": [2, 2]}
    # Two halves of two paragraphs: 甲乙 is twice in both, 丙丁 and 戊己 twice in one each.
    texts = [["丙丁，戊己", "戊己，丙丁"], ["甲乙甲乙丙丁丙丁", "甲乙甲乙戊己戊己"]]
    _, rates = changes(*corpus([2020, 2021], counts, texts), schemas)
    new = rates.set_index("change").loc["new"]
    # Of the four words of the halves, the other half lacks two; both halves of the year before lack 甲乙.
    assert new["absent_base"] == 2 / 4
    assert new["absent_halves"] == 4 / 8
    assert rates.set_index("change").loc["vanished", ["absent_halves", "absent_base"]].isna().all()


def test_years_that_say_the_same_differ_as_two_halves_do(schemas):
    """Reports of 200 paragraphs that are drawn from one source: the share of absent terms is that of the base rate."""
    rng = np.random.default_rng(3)
    words = [chr(0x4E00 + i) + chr(0x5E00 + i) for i in range(1500)]
    weight = 1 / np.arange(1, 1501)
    texts = [["，".join(rng.choice(words, 12, p=weight / weight.sum())) for _ in range(200)] for _ in range(12)]
    counts = {word: ["，".join(text).count(word) for text in texts] for word in words}
    _, rates = changes(*corpus(range(2000, 2012), counts, texts), schemas)
    assert rates["absent_halves"].mean() == pytest.approx(rates["absent_base"].mean(), abs=0.02)
    assert rates["share_absent"].mean() < rates["absent_base"].mean()


def test_no_years_and_nothing_said_twice(schemas):
    table, rates = changes(*corpus([2020, 2022], {"甲乙": [2, 0]}, [["甲乙甲乙"], [""]]), schemas)
    assert table.empty
    assert rates.empty
    table, rates = changes(*corpus([2020, 2021], {"甲乙": [1, 0]}, [["甲乙"], []]), schemas)
    assert table.empty
    assert rates["n_terms"].tolist() == [0, 0]
    assert rates[["share_absent", "absent_halves", "absent_base"]].isna().all(axis=None)


def test_first_use(schemas):
    counts = {"数字经济": [0, 1, 1, 1], "民生": [0, 0, 2, 1], "冰雪": [1, 0, 0, 1]}
    texts = [["冰雪"], ["数字经济，人民生活"], ["民生，数字经济"], ["冰雪，数字经济，民生"]]
    terms, reports, text_of = corpus([2020, 2021, 2023, None], counts, texts)
    table = check(first_use(terms, reports, text_of), schemas["first_use"]).set_index("term")
    assert table.loc["数字经济"].tolist() == [2021, "b", 1, 1, 1, 2, 2021, "b"]
    # 民生 is counted in one report with a year, 冰雪 too.
    assert table.index.tolist() == ["数字经济"]
    reports["year"] = pd.array([2020, 2021, 2023, 2024], dtype="Int64")
    table = check(first_use(terms, reports, text_of), schemas["first_use"]).set_index("term")
    assert table.loc["民生"].tolist() == [2023, "c", 2, 2, 1, 2, 2021, "b"]
    assert table.loc["冰雪"].tolist() == [2020, "a", 1, 1, 1, 2, 2020, "a"]


@pytest.mark.parametrize("change", ["added", "taken away", "edited", "dated"])
@pytest.mark.parametrize("seed", range(4))
def test_first_uses_known_from_before_are_those_of_a_whole_search(change, seed):
    """A report is added, taken away, edited or of another year; others are read for those words only of which nothing is known."""
    rng = np.random.default_rng(seed)
    words, n_reports = ["甲乙", "丙丁", "戊己", "庚辛", "壬癸"], 8
    n = rng.integers(0, 2, (len(words), n_reports))
    texts = [["，".join(rng.choice(words, 2))] for _ in range(n_reports)]
    years = [2010 + int(year) for year in rng.permutation(n_reports)]
    changed = int(rng.integers(n_reports))
    names = [chr(ord("a") + i) for i in range(n_reports)]

    def corpus_of(chosen, n, texts, years):
        chosen = [names[i] for i in chosen]
        terms, reports, text_of = corpus(years, dict(zip(words, n.tolist(), strict=True)), texts)
        places = [names.index(name) for name in chosen]
        some = terms.n[places]
        values = [*[some.data] * 3, *[np.ones(len(chosen))] * 3]
        return ReportTerms(chosen, terms.vocabulary, some, *values), reports[reports["report_id"].isin(chosen)], text_of

    every = range(n_reports)
    without = [i for i in every if i != changed]
    first, second = (without, every) if change == "added" else (every, without if change == "taken away" else every)
    earlier = corpus_of(first, n, texts, years)
    if change == "edited":
        texts = [*texts[:changed], ["，".join(words[:3])], *texts[changed + 1 :]]
        n = n.copy()
        n[:, changed] = 1 - n[:, changed]
    if change == "dated":
        years = [*years[:changed], 2000, *years[changed + 1 :]]
    terms, reports, text_of = corpus_of(second, n, texts, years)
    found = first_use(*earlier).set_index("term")["text_report_id"].to_dict()
    read = []

    def noted(report_id):
        read.append(report_id)
        return text_of(report_id)

    same = {names[i] for i in without}
    now = first_use(terms, reports, noted, FirstUsesBefore(found, same))
    whole = first_use(terms, reports, text_of)
    pd.testing.assert_frame_equal(now, whole)
    if change == "added" and set(whole["term"]) <= found.keys():
        assert set(read) <= {names[changed]}


@given(st.lists(st.text("ab甲乙ＡA ", min_size=1, max_size=4), max_size=6), st.text("ab甲乙ＡA ", max_size=30))
def test_words_are_counted_wherever_they_stand(words, text):
    (half, other) = HalvedText.of([(1, text)])
    plain = text.replace(" ", "").replace("Ａ", "A")
    found = WordSearch(words).count(half)
    for word, n in zip(words, found.tolist(), strict=True):
        word = word.replace(" ", "").replace("Ａ", "A")  # noqa: PLW2901
        if word:
            assert n == plain.count(word)
    assert other == ""


def test_halves_have_every_paragraph_once_and_are_about_as_long():
    paragraphs = [(i // 2, "字" * (1 + i * 7 % 23)) for i in range(100)]
    halves = HalvedText.of(paragraphs)
    assert sorted("".join(halves).split()) == sorted(text for _, text in paragraphs)
    assert abs(len(halves.first) - len(halves.second)) < 50
    assert HalvedText.of([]) == ("", "")
