"""Which terms lists leave out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.errors import EmphasisError
from emphasis.reference.lists import Nesting, ranks
from emphasis.reference.marks import MARKED_WORDS, Spread, called_regions, marked_words, marks_of


def mark(term, pos="n", n=5, *, other_level=True, places=("长春", "长春市")):
    return marks_of([term], [pos], np.array([n]), np.array([n / 24]), places, other_level=other_level)[0]


@pytest.mark.parametrize("term", ["全市", "市委", "市政协", "大街", "省政府", "市直单位", "我省"])
def test_words_of_a_level(term):
    assert mark(term) == "level"
    assert mark(term, other_level=False) == ""


def test_what_a_zone_is_called_is_a_word_of_its_level():
    assert mark("新区", places=("大鹏", "大鹏新区")) == "level"
    assert mark("新区") == mark("新区", other_level=False, places=("大鹏", "大鹏新区")) == ""


@pytest.mark.parametrize("term", ["增加", "尽快", "接近", "达到", "获评"])
def test_words_of_reporting(term):
    assert mark(term, "v") == mark(term, "v", other_level=False) == "reporting"


@pytest.mark.parametrize(
    ("term", "pos", "n", "expected"),
    [
        ("长春", "ns", 1, "place"),
        ("幸福长春行动计划", "n", 0, "place"),
        ("驻长", "v", 0, "place"),
        ("在川", "v", 0, "place"),
        ("在校", "v", 0, ""),
        ("豫东", "n", 0, "place"),
        ("豫东", "n", 9, ""),
        ("中车长客", "nt", 0, "name"),
        ("人民大街", "ns", 0, "name"),
        ("人民大街", "ns", 9, ""),
        # The dictionary takes these for places.
        ("城建", "ns", 0, ""),
        ("背街小巷", "n", 1, ""),
        ("玉米", "nr", 5, ""),
        ("汽车", "n", 24, ""),
        ("断头路", "n", 0, ""),
    ],
)
def test_names(term, pos, n, expected):
    assert mark(term, pos, n) == expected


def test_what_begins_with_a_name_is_one():
    found = marks_of(["北湖", "北湖未来科学城"], ["ns", "n"], np.zeros(2), np.zeros(2), (), other_level=True)
    assert found == ["name", "name"]


def test_what_a_text_calls_a_region_is_one():
    """光明, a name and a word, stands before 区 one time in two, 产业园 before 区 always, but it is no name around the region."""
    text = "大鹏新区、大鹏半岛。光明区追求光明。建设产业园区。"
    n = {"大鹏": 2, "光明": 2, "产业园": 1, "半岛": 1}
    assert called_regions(n, text, {"光明"}) == {"大鹏", "光明"}
    assert called_regions(n, text) == {"大鹏"} and called_regions(n | {"大鹏": 11}, text) == frozenset()
    few, many, peers = np.array([0]), np.array([9]), 24

    def marks(term, n, ordinary=()):
        regions = called_regions({term: 2}, text, ordinary)
        return marks_of([term], ["n"], n, n / peers, (), ordinary, other_level=True, regions=regions)

    assert marks("大鹏", few) == ["name"] and marks("大鹏", many) == [""]
    assert marks("光明", many, {"光明"}) == ["place"] and marks("光明", many) == [""]


NONE = float("nan")


@pytest.mark.parametrize(
    ("term", "pos", "concentration", "of_rare", "expected"),
    [
        ("建设", "n", 0.04, NONE, "general"),
        ("市民", "n", 0.40, NONE, "general"),
        ("汽车", "n", 0.57, NONE, ""),
        # Places and Latin words are names of something.
        ("粤港", "ns", 0.36, NONE, ""),
        ("AI", "eng", 0.39, NONE, ""),
        ("防治", "v", 0.45, NONE, "general"),
        # Rare words, of which it has to be known that they keep to no subject.
        ("海运", "n", NONE, 0.35, "general"),
        ("海运", "n", NONE, 0.45, ""),
        ("海运", "n", NONE, NONE, ""),
        ("灌装", "v", NONE, 0.45, "general"),
        ("灌装", "v", NONE, NONE, ""),
        ("灌装", "v", NONE, 0.55, ""),
        # Longer ones say of what they are.
        ("居民人均可支配收入", "n", 0.1, NONE, ""),
        # Time, place and idioms.
        ("晚间", "t", NONE, NONE, "general"),
        ("奋发有为者", "i", 1.0, NONE, "general"),
    ],
)
def test_words_of_any_subject(term, pos, concentration, of_rare, expected):
    def mark(*, special=False, compound=False, known=False):
        arrays = (np.array([value]) for value in (concentration, of_rare, special, compound, known))
        return marks_of([term], [pos], np.array([5]), np.array([0.2]), other_level=False, spread=Spread(*arrays))[0]

    assert mark() == expected
    # Specialities of few reports are none whatever subjects those speak of them under, nor are rare or telling terms of the lexicon.
    if np.isnan(concentration) and pos in ("n", "v"):
        assert mark(special=True) == mark(known=True) == ""
    assert mark(known=True) == (
        "general" if (concentration < 0.25 and len(term) <= 4) or (pos == "v" and concentration < 0.5) else ""
    )


def test_compounds_of_such_words():
    """治理能力, which hardly keeps to a subject itself; 基础研究 does."""

    def mark(concentration, compound=True):
        arrays = ([concentration], [NONE], [False], [compound], [True])
        spread = Spread(*map(np.array, arrays))
        return marks_of(["某某能力"], ["n"], np.array([5]), np.array([0.2]), other_level=False, spread=spread)[0]

    assert [mark(0.52), mark(1.26), mark(NONE), mark(0.52, compound=False)] == ["general", "", "", ""]


def test_listed_companies_are_names_and_listed_pieces_no_words():
    assert (mark("奥迪", n=1), mark("奥迪", n=9)) == ("name", "")
    assert mark("博会", n=9) == "general"


def test_every_listed_word_has_a_reason_and_stands_once():
    lines = [line for line in MARKED_WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines[1:]]
    assert all(len(row) == 3 and row[2] for row in rows)
    assert len(marked_words()) == len(rows)


def test_a_wrong_kind_is_named(tmp_path):
    file = tmp_path / "words.tsv"
    file.write_text("term\tkind\treason\n汽车\tcar\tno\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"汽车.*'car'.*level, reporting"):
        marked_words(file)
    with pytest.raises(EmphasisError, match="there is no such file"):
        marked_words(tmp_path / "none.tsv")


TERMS = ["历史", "历史建筑", "历史文化街区", "营商", "营商环境"]
N = np.array([7, 3, 2, 4, 4])
ALONE = np.array([1, 3, 2, 0, 4])


def test_a_word_of_several_terms_is_within_the_largest():
    nesting = Nesting(TERMS, N[None, :])
    assert nesting.within(0, np.arange(5), N, ALONE) == ["历史建筑", "", "", "营商环境", ""]
    # Where it stands alone more often, or no term has a third of it, it stays.
    assert nesting.within(0, np.arange(3), N, np.array([2, 3, 2, 0, 0]))[0] == ""
    assert nesting.within(0, np.array([0, 2]), N, ALONE)[0] == ""


def test_lists_count_what_they_show():
    assert ranks(
        ["汽车", "全市", "历史", "长春", "长春市"], ["", "", "历史建筑", "", ""], ["", "level", "", "", ""]
    ) == [
        1,
        None,
        None,
        2,
        None,
    ]


@given(st.lists(st.tuples(st.text("甲乙", min_size=1, max_size=4), st.integers(1, 9)), unique_by=lambda one: one[0]))
def test_of_terms_that_hold_each_other_the_first_is_listed(rows):
    """Against every pair of terms."""
    terms, n = [term for term, _ in rows], [times for _, times in rows]
    kept = []
    for i, term in enumerate(terms):
        pairs = [(i, j) if len(term) < len(terms[j]) else (j, i) for j in kept]
        if not any(terms[short] in terms[long] and 3 * n[long] >= n[short] for short, long in pairs):
            kept.append(i)
    nothing = [""] * len(terms)
    assert [i for i, rank in enumerate(ranks(terms, nothing, nothing, n)) if rank] == kept
