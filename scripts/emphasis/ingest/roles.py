"""The roles of sections: review, problems, plan, closing.

The role of a chapter comes from the cues in its heading: 2024年工作回顾 is a review, 2025年工作安排 a plan. A heading
without a cue takes the role of the chapter before it, except that in the second half of the report a review gives way to
the plan. Inside chapters, paragraphs on problems and the farewell are recognised by their wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from emphasis.ingest.paragraphs import Paragraph, key_of
from emphasis.ingest.records import Role

_CUES: dict[Role, str] = {
    "closing": r"结束语|结语",
    "problems": r"(?:存在|面临)的.{0,12}(?:问题|困难|挑战|不足)|(?:主要|突出)(?:问题|困难)|困难和问题|问题和困难|差距与不足",
    "plan": r"安排|任务|部署|打算|设想|目标|思路|重点|要求|建议|取向|举措|对策|自身建设|预算|今后|未来|下一步|下一阶段|明年",
    "review": r"回顾|总结|成就|成绩|完成情况|执行情况|工作情况|基本情况|取得的|决算|(?:过去|上)(?:的)?(?:[一二三四五]|几)?年|[一三五]年来|体会|经验",
}
"""Cues in chapter headings. The last one decides, because a Chinese heading ends in its noun: 目标完成情况 is a review."""

_YEAR = re.compile(r"(\d{4})年")

PROBLEMS = re.compile(
    r"(?:清醒|深刻|充分)地?(?:的)?(?:认识|看到|意识)|(?:存在|面临)(?:着)?(?:的)?(?:一些|不少|许多|诸多|很多|以下)?.{0,10}(?:问题|困难|不足|挑战|差距)"
    r"|(?:困难|问题)(?:和|与)(?:挑战|不足|困难)|在(?:充分)?(?:肯定|总结|看到)(?:去年)?成绩的同时"
)
"""Words in the first sentences of a paragraph on problems."""

CLOSING = re.compile(
    r"让我们|更加紧密地?团结|新(?:的)?征程|新(?:的)?使命|使命(?:在肩|重在|催人|光荣)|万岁|谢谢|奋斗[!。]|(?:实干|奋斗).{0,8}(?:成就|创造|铸就|谱写)"
)
"""Words of the farewell. Broader than `body.PERORATION`, which alone must prove that a speech ends."""

_ADDRESS = re.compile(r"(?:各位|诸位)代表[!,:。]?")
LONGEST_FAREWELL = 900
"""Characters from the last address to the end; more is a topic of its own."""
LONGEST_LEAD = 500
"""Characters of a paragraph right before the farewell that may belong to it."""
LONGEST_SLOGAN = 30
"""Visible characters of a slogan after the farewell: 中国共产党万岁！"""


def roles_of_headings(headings: Sequence[str], year: int | None) -> list[Role]:
    """The roles of the chapters with these headings, in order.

    Parameters
    ----------
    year : int or None
        The year the report plans for.

    Examples
    --------
    >>> roles_of_headings(["2024年工作回顾", "2025年工作安排", "加强政府自身建设"], 2025)
    ['review', 'plan', 'plan']
    >>> roles_of_headings(["工业", "农业", "教育", "卫生"], 2025)
    ['review', 'review', 'plan', 'plan']
    """
    roles: list[Role] = []
    for position, heading in enumerate(headings):
        role = role_of_heading(heading, year)
        if role is None:
            is_past_review = bool(roles) and (roles[-1] != "review" or position * 2 >= len(headings))
            role = "plan" if is_past_review else "review"
        roles.append(role)
    return roles


def role_of_heading(heading: str, year: int | None) -> Role | None:
    """The role that a heading's own words name: by the last cue in it, or by a year; None if they name none."""
    key = key_of(heading)
    best: tuple[int, Role] | None = None
    for role, pattern in _CUES.items():
        for match in re.finditer(pattern, key):
            if best is None or match.end() > best[0]:
                best = (match.end(), role)
    if best is None and year and (named := _YEAR.search(key)):
        return "plan" if int(named.group(1)) >= year else "review"
    return best[1] if best else None


_REMEDY = re.compile(r"(?:加以|予以|认真|着力|努力|切实|逐步|全力|有效|积极)(?:改进|解决|克服|破解|应对|改正)。?$")
_LACK = re.compile(r"问题|困难|短板|不足|还需|还要|还不|不够|不强|不高|薄弱")


def is_about_problems(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins by naming shortcomings, or names some and ends with a promise to remedy them."""
    return bool(PROBLEMS.search(paragraph.key[:70]) or (_REMEDY.search(paragraph.tail) and _LACK.search(paragraph.key)))


def closing_start(paragraphs: Sequence[Paragraph], first: int, end: int) -> int:
    """The index of the first paragraph of the farewell that ends the speech; `end` if there is none.

    The farewell begins with the last address (各位代表！) if not much follows it. Otherwise it is the slogans at the end
    and a paragraph before them in the words of a farewell. Short paragraphs in such words right before it belong to it.
    """
    if first >= end:
        return end
    position = next((i for i in range(end - 1, first - 1, -1) if _ADDRESS.match(paragraphs[i].key)), end)
    if position == end or paragraphs[end - 1].end - paragraphs[position].start > LONGEST_FAREWELL:
        position = end
        while position > first and (
            len(paragraphs[position - 1].key) <= LONGEST_SLOGAN and paragraphs[position - 1].tail.endswith("!")
        ):
            position -= 1
        if position > first and _sounds_like_end(paragraphs[position - 1]):
            position -= 1
    while first < position < end and _leads_to_end(paragraphs[position - 1]):
        position -= 1
    return position


def _sounds_like_end(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins or ends in the words of a farewell."""
    return any(CLOSING.search(words) for words in (paragraph.key, paragraph.tail))


def _leads_to_end(paragraph: Paragraph) -> bool:
    """Whether a paragraph right before the farewell belongs to it."""
    return is_address(paragraph) or (
        paragraph.end - paragraph.start <= LONGEST_LEAD and CLOSING.search(paragraph.key[:40]) is not None
    )


def is_address(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but 各位代表！"""
    return _ADDRESS.fullmatch(paragraph.key) is not None


def role_by_wording(paragraphs: Sequence[Paragraph]) -> Role:
    """Review or plan for a speech without headings: which of the two more of its paragraphs speak of."""
    review = sum(bool(re.search(r"过去|去年|一年来|年来|以来|已经|取得", p.key)) for p in paragraphs)
    plan = sum(bool(re.search(r"今年|今后|明年|必须|应当|要继续|计划|我们要", p.key)) for p in paragraphs)
    return "review" if review >= plan else "plan"
