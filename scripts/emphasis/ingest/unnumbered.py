"""Sections below chapters where neither has a number, as in texts that lost automatic numbering when they were copied.

    2024年工作回顾            chapter: it names a time, or looks back or ahead as a whole
    推动经济稳中向好          section
    2025年工作安排            chapter
    着力扩大有效需求          section

Without numbers all of them look alike. The words of a chapter tell it from its sections, if the report begins with one and has
several: two of them with sections, or one with many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_CHAPTER = re.compile(
    r"(?:19|20)\d\d年|[一二][九〇○零0][〇○零一二三四五六七八九]{2}年|(?:过去|今后|未来|上|去|今)(?:[的一二三四五几]|这)*年|新的一年|[一三五]年来的?(?:政府|工作)"
    r"|[“\"]?(?:十[一二三四五六七八]?|[六七八九])五[”\"]?(?:时期|期间|规划|计划)|回顾|总结|总体(?:要求|思路)|(?:工作|目标|主要|重点)(?:安排|部署|任务|打算|重点|目标|工作)"
    r"|结束语|结语|存在(?:的)?(?:主要|突出)?(?:问题|困难)"
)
"""Words of a chapter, which covers a time or a kind of passage; 自身建设 is as often a section."""
_LEAST_CHAPTERS, _LEAST_SECTIONS, _MANY_SECTIONS = 2, 2, 4
_MOST_DEEP = 4


def nest_sections(keys: Sequence[str], levels: Sequence[int]) -> list[int]:
    """The levels of headings of which those at the top have no number, with sections below chapters.

    Parameters
    ----------
    keys, levels : sequence of str and int
        The words of each heading, half-width without white space, and its level.

    Examples
    --------
    >>> keys = ["2024年工作回顾", "经济稳中向好", "民生持续改善", "2025年工作安排", "扩大有效需求", "推进科技创新"]
    >>> nest_sections(keys, [1] * 6)
    [1, 2, 2, 1, 2, 2]
    >>> nest_sections(keys[1:], [1] * 5)
    [1, 1, 1, 1, 1]
    """
    tops = [i for i, level in enumerate(levels) if level == 1]
    chapters = [i for i in tops if _CHAPTER.search(keys[i])]
    if not chapters or chapters[0] != tops[0] or len(chapters) < _LEAST_CHAPTERS:
        return [*levels]
    sections = [sum(start < i < end for i in tops) for start, end in pairwise([*chapters, len(levels)])]
    headed = sum(n >= _LEAST_SECTIONS for n in sections) >= _LEAST_CHAPTERS or max(sections) >= _MANY_SECTIONS
    if not headed or max(levels) >= _MOST_DEEP:
        return [*levels]
    return [level if i in chapters else level + 1 for i, level in enumerate(levels)]
