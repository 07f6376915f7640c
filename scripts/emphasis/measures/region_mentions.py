"""Where a text names regions: names at borders of words, and what only looks like one."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from emphasis.ingest.regions import Region, regions_by_name

_INSTITUTION = re.compile(
    "大学|学院|交大|理工|师范|中医|医科|科技大学|中文大学|小学|中学|高中(?!端)|高级中学|学校|外国语学校|医院|附属|纪念|第?[一二三四五六七八九十]+(?:院|医院|人民医院|中学|小学)|"
    "银行|证券|交易所|日报|卫视|时代|合作组织|公报|宣言|协定"
)
"""What follows a short name in the name of something else: 宁德时代, 上海合作组织, 河南大学, 中山七院."""
_SPOT = re.compile(
    "(?:[东南西北中]?(?:大道|[路街])|[巷桥村镇屯寨头湾岭河山湖道]|(?:火车|高铁|地铁|[东南西北])?站|(?:国际)?机场|港|关)"
)
"""What makes a street, a water or another spot of a short name: 南京｜路, 长沙｜头, 坪山｜站, 龙岗｜河."""
_GOES_ON = re.compile("站[在上稳到]|关[爱心注切怀]")
"""What is no station and no pass: 深圳站在新的起点."""
_LOOKED_AT = 3
"""Words behind a name that may say what it is part of."""
_CUT_WRONGLY = frozenset("湖海江河山")
"""With which names begin that the segmenter finds in the name of another place: 观湖｜北, 前海｜南山."""
_NO_PART = frozenset(
    "在对与和及跟同或而为至让把向以到从由于往赴驻给使将被经除据继离入进出回来去过是有即叫像如的了着等之"
    "新大好美老原全各我其该本这那要能会可就都也还又再更最不已指看设推送上"
)
"""What stands before a name and is no part of one that begins there: 在海南, 新海南."""
_WORD_BEFORE = {
    "大庆": ("周年", "国庆"),
    "大同": ("世界", "天下"),
    "安康": ("幸福", "平安", "健康"),
    "来宾": ("各位", "嘉宾", "的"),
    "光明": ("前途", "前景", "向往", "追求", "走向"),
    "朝阳": ("金色",),
}
_WORD_AFTER = {
    "光明": ("前景", "正大", "未来", "前途", "磊落", "在前", "的前景", "的未来"),
    "朝阳": ("产业", "行业"),
    "日照": ("时数", "时间", "强"),
    "阿里": ("巴巴", "云"),
}
"""What says that the word is meant even where the region is near."""

Names = ChainMap[str, tuple[Region, ...] | None]
"""The regions that each name means, and None for what only begins a name: of those near the report's, and everywhere."""


class Mention(NamedTuple):
    """A name in a sentence: the place of its first token, offsets, and the regions that it can mean."""

    first: int
    start: int
    end: int
    name: str
    candidates: tuple[Region, ...]


@dataclass(frozen=True)
class Text:
    """The tokens of a report in order: words, offsets, sentences."""

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    sentence_ids: Sequence[str]

    def follows(self, i: int) -> bool:
        """Whether token i is there and nothing is between it and the one before it."""
        return (
            0 < i < len(self.words)
            and self.starts[i] == self.ends[i - 1]
            and self.sentence_ids[i] == self.sentence_ids[i - 1]
        )

    def after(self, i: int) -> Iterator[str]:
        """The next token from i on, the next two …, as far as nothing is between them."""
        said = ""
        for j in range(i, i + _LOOKED_AT):
            if not self.follows(j):
                break
            said += self.words[j]
            yield said

    @cached_property
    def different(self) -> frozenset[str]:
        """Its words, each once."""
        return frozenset(self.words)

    @cached_property
    def joined(self) -> str:
        """All tokens, those that do not follow another on lines of their own."""
        return "".join(word if self.follows(i) else f"\n{word}" for i, word in enumerate(self.words))


def mentions_in(text: Text, names: Names, places: frozenset[str]) -> Iterator[Mention]:
    """The names among the tokens, from left to right, none of which overlaps another."""
    # Few tokens begin a name.
    own, everywhere = names.maps
    words, past = text.words, 0
    for i in [i for i, word in enumerate(words) if word in everywhere or word in own]:
        if i < past:
            continue
        said, stop, after = "", i, i
        # `names` has None for what only begins a name.
        while after == i or text.follows(after):
            said += words[after]
            if said not in names:
                break
            after += 1
            if names[said]:
                stop = after
        name = "".join(words[i:stop])
        if stop > i and not (
            _is_part(text, stop, name) or _is_word(text, i, stop, name) or _is_cut(text, i, name, places)
        ):
            yield Mention(i, text.starts[i], text.ends[stop - 1], name, names[name] or ())
        past = stop


def _is_part(text: Text, stop: int, name: str) -> bool:
    """Whether a short name is part of the name of an institution, a street or a spot; its tokens end before `stop`."""
    if not text.follows(stop) or name in regions_by_name():
        return False
    after = list(text.after(stop))
    return bool(_INSTITUTION.match(after[-1])) or (any(map(_SPOT.fullmatch, after)) and not _GOES_ON.match(after[-1]))


def _is_word(text: Text, first: int, stop: int, name: str) -> bool:
    """Whether what is near says that a name which is an ordinary word too is one."""
    before = text.words[first - 1] if text.follows(first) else ""
    return before.endswith(_WORD_BEFORE.get(name, ())) or any(
        said in _WORD_AFTER.get(name, ()) for said in text.after(stop)
    )


def _is_cut(text: Text, first: int, name: str, places: frozenset[str]) -> bool:
    """Whether a name is what the segmenter has cut out of two: 湖北 in 罗湖北站, where the report has 罗湖 elsewhere, or it is among `places`."""
    if not text.follows(first):
        return False
    before, of_place = text.words[first - 1], name[0] in _CUT_WRONGLY
    if before in _NO_PART or not (of_place or len(before) == 1):
        return False
    others = {before + name[:n] for n in range(1, len(name))}
    if others & text.different or others & places:
        return True
    # A longer word may stand before anything: 建设海南, 建设海洋强省.
    return of_place and len(before) == 1 and text.joined.count(before + name[0]) > text.joined.count(before + name)
