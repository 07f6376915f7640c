"""Whether a text says otherwise what it lacks as a string."""

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.reference.variants import ALL_OF, NOT_EVERYWHERE, OTHER_NAMES, OtherNames, Said, read_other_names
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.targets.indicators import Indicators
from support import ROOT

LEXICON = Lexicon(
    (
        Term("小微企业", "policy", "x", aliases=("小型微型企业",)),
        Term("高效办成一件事", "programme", "x"),
        Term("提振消费专项行动", "programme", "x"),
        Term("高标准农田", "policy", "x"),
        Term("乡村振兴", "policy", "x"),
        Term("守正创新", "slogan", "x"),
    )
)
SUBJECTS = {"农田", "消费", "就业", "失业率", "民营", "减灾", "防灾", "林权", "振兴"}


def variant(term, text, tokens=()):
    names = OtherNames.known(LEXICON, Indicators({"CPI": "居民消费价格", "居民消费价格": "居民消费价格"}), OTHER_NAMES)
    return Said(text, names, SUBJECTS.__contains__, dict.fromkeys(tokens, 2)).variant(term)


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("居民消费价格", "CPI上涨1%", "CPI"),
        ("小微企业", "扶持小型微型企业", "小型微型企业"),
        ("小型微型企业", "扶持小微企业", "小微企业"),
        ("防灾减灾", "提高防灾救灾减灾能力", "防灾救灾减灾"),
        ("乡村全面振兴", "推进乡村振兴", "乡村振兴"),
        ("城镇新增就业", "新增城镇就业8万人", "新增城镇就业"),
        ("高标准农田", "整治农田", "农田"),
        ("集体林权", "农村集体经济", ""),
        # Characters in order, but not in one clause, or too far from each other.
        ("守正创新", "守正,创新", ""),
        ("守正创新", "守住正道谋求新意创造", ""),
        # A name is the thing itself, so that its words alone do not say it.
        ("高效办成一件事", "高效办理", ""),
        # What is left says too little.
        ("全国统一大市场", "全国碳市场", ""),
    ],
)
def test_what_is_said_otherwise(term, text, expected):
    assert variant(term, text) == expected


def test_a_short_form_counts_where_it_is_a_term_of_the_text():
    assert variant("文化旅游", "发展文旅", ["文旅"]) == "文旅"
    assert variant("文化旅游", "语文旅行") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展创业和职业培训", "创业和职业培训"),
        ("培训农民,支持大学生返乡创业", "培训…创业"),
        # In one sentence, of which a line has one.
        ("支持创业\n加强培训", ""),
        ("支持创业", ""),
    ],
)
def test_names_of_several_strings_are_said_in_one_sentence(tmp_path, text, expected):
    file = tmp_path / "names.tsv"
    file.write_text("term\tothers\n双创\t孵化器|创业&培训\n", encoding="utf-8")
    names = OtherNames.known(LEXICON, Indicators(), file)
    assert Said(text, names, SUBJECTS.__contains__, {}).variant("双创") == expected


def test_a_term_is_no_matter_of_regions_whose_code_begins_so():
    names = OtherNames.known(LEXICON, Indicators())
    terms = ["县域经济", "冰雪经济", "氢能"]
    assert names.elsewhere(terms, "310000") == [True, True, False]
    assert names.elsewhere(terms, "220100") == names.elsewhere(terms, "") == [False, False, False]


def test_slogans_and_policies_are_kept_apart():
    names = OtherNames.known(LEXICON, Indicators())
    assert names.slogans == {"守正创新"} and "守正创新" not in names.policies
    assert names.fixed == {"高效办成一件事", "提振消费专项行动", "守正创新"}


def test_the_list_of_other_names_has_each_term_once_and_none_for_itself():
    rows = read_other_names(ROOT / "config/reference/other_names.tsv")
    assert len({term for term, _ in rows}) == len(rows)
    assert [term for term, others in rows if any(term in other for other in others)] == []


def test_no_other_name_is_there_twice():
    """Where a string says a term, one that holds it says nothing more."""
    for term, others in read_other_names(ROOT / "config/reference/other_names.tsv"):
        plain = [name for name in others if ALL_OF not in name]
        held = [(name, other) for name in plain for other in plain if name != other and name in other]
        assert not held and len(set(others)) == len(others), term


def test_what_is_not_everywhere_names_regions():
    rows = read_other_names(NOT_EVERYWHERE)
    codes = pd.read_csv(ROOT / "config/regions.tsv", sep="\t", dtype=str, comment="#")["adcode"]
    assert len({term for term, _ in rows}) == len(rows)
    assert [start for _, starts in rows for start in starts if not codes.str.startswith(start).any()] == []


def test_a_malformed_line_is_named(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text("term\tothers\n民营企业\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match="民营企业"):
        read_other_names(file)
    with pytest.raises(EmphasisError, match="there is no such file"):
        read_other_names(tmp_path / "none.tsv")


@pytest.mark.parametrize("term", ["小微企业", "现代化产业体系", "防灾减灾救灾", "高标准农田", "高效办成一件事", "双创"])
def test_a_part_says_what_it_says_whether_the_whole_was_asked_or_not(term):
    """What the whole report does not say is not looked for in its parts; the rest is."""
    lines = ["支持小型微型企业创新。", "建设现代产业体系，防灾救灾减灾。", "支持创业，鼓励创新。", "保护农田。"]
    names = OtherNames.known(LEXICON, Indicators({}, {}), OTHER_NAMES)
    names = OtherNames(names.of | {"双创": (f"创业{ALL_OF}创新",)}, names.fixed, names.policies, names.slogans)
    whole = Said("\n".join(lines), names, SUBJECTS.__contains__, {})
    said = whole.variant(term)
    parts = [
        (Said(line, names, SUBJECTS.__contains__, {}, other).variant(term)) for line in lines for other in (None, whole)
    ]
    assert parts[::2] == parts[1::2]
    assert bool(said) == any(parts)
