"""Where a text names regions, by hand: borders of words, names of several tokens, parts of other names."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence

import pytest

from emphasis.ingest.regions import Region
from emphasis.measures.region_mentions import Names, Text, mentions_in

HUBEI, LUOHU, HAINAN = (
    Region(code, name, 0, 9999) for code, name in (("420000", "湖北省"), ("440303", "罗湖区"), ("460000", "海南省"))
)
NAMES: Names = ChainMap(
    {"罗湖": (LUOHU,)}, {"湖北": (HUBEI,), "湖北省": (HUBEI,), "海南": (HAINAN,), "海南省": (HAINAN,)}
)


def found(words: Sequence[str], places: frozenset[str] = frozenset()) -> list[tuple[str, int, int]]:
    """Names with offsets, of words that follow each other in one sentence."""
    ends = [len("".join(words[: i + 1])) for i in range(len(words))]
    starts = [0, *ends[:-1]]
    text = Text(words, starts, ends, ["r:1"] * len(words))
    return [(mention.name, mention.start, mention.end) for mention in mentions_in(text, NAMES, places)]


def test_a_name_stands_at_the_borders_of_words() -> None:
    assert found(["支援", "湖北", "抗疫"]) == [("湖北", 2, 4)]
    assert found(["湖北省", "和", "海南"]) == [("湖北省", 0, 3), ("海南", 4, 6)]
    assert found(["支援湖北"]) == []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["推进", "罗", "湖北", "站", "规划"], frozenset(("罗湖",))),  # 罗湖 is near
        (["罗湖", "的", "罗", "湖北", "规划"], frozenset()),  # or stands elsewhere in the report
    ],
)
def test_what_the_segmenter_cut_out_of_two_names_is_none(words: list[str], places: frozenset[str]) -> None:
    assert "湖北" not in [name for name, *_ in found(words, places)]


@pytest.mark.parametrize("after", [["大学"], ["路"], ["火车", "站"], ["国际", "机场"]])
def test_the_name_of_something_else_is_no_region(after: list[str]) -> None:
    assert found(["在", "湖北", *after]) == []
    assert found(["在", "湖北省", *after]) == [("湖北省", 1, 4)]


def test_words_before_a_name_are_no_part_of_one() -> None:
    assert found(["与", "海南", "合作"], frozenset(("与海",))) == [("海南", 1, 3)]


def test_without_tokens_there_is_nothing() -> None:
    assert found([]) == []
