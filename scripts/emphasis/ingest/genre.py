"""Whether a text is a government work report, as its title and its first words say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from emphasis.ingest.body import OPENING, Bounds
from emphasis.ingest.paragraphs import Paragraph, key_of

OTHER_GENRES: dict[str, str] = {
    "纪委工作报告": r"(?:纪律检查委员会|纪委(?:监委|常委会)?).{0,10}工作报告",
    "党代会报告": r"中国共产党.{0,20}(?:代表大会|委员会).{0,30}报告|(?:党代会|党员代表大会)(?:上的)?报告",
    "预算报告": r"(?:决算|预算|财政收支).{0,30}报告",
    "计划报告": r"(?:国民经济|经济和社会发展|农业发展|五年).{0,20}(?:计划|规划|纲要).{0,40}报告",
    "人大常委会工作报告": r"(?:人民代表大会|人大)常务?委(?:员会)?.{0,10}工作报告",
    "政协工作报告": r"(?:政治协商会议|政协).{0,20}工作报告",
    "法院工作报告": r"法院.{0,10}工作报告",
    "检察院工作报告": r"检察院.{0,10}工作报告",
    "法治政府建设报告": r"法治政府建设.{0,20}(?:报告|总结)",
    "政府信息公开年度报告": r"政府信息公开.{0,10}(?:年度报告|年报)",
    "统计公报": r"统计公报",
    "党委工作报告": r"(?:[省市县区州旗盟]|自治区)委(?:常委会|常务委员会|全委会).{0,10}工作报告",
    "群团工作报告": r"(?:总工会|共青团.{0,12}委员会|妇女?联(?:合会)?|工商(?:业)?联(?:合会)?|科(?:学技术)?协(?:会)?|文联|残(?:疾人)?联(?:合会)?"
    r"|红十字会|侨联).{0,12}工作报告",
    "报告的解读或说明": r"政府工作报告》?(?:的)?(?:图文|文字|政策)?解读|政府工作报告(?:[(].{1,8}[)])?》?起草(?:情况|过程)(?:的)?说明",
}
"""Texts that resemble a government work report in their language, by the words of their titles."""

_SUBJECT = re.compile(r"(?:作|做|提出|报告|提交)了?关于(.{2,80}?)的报告")
"""What a speaker says the report is about: 作关于第七个五年计划的报告."""
_REPORT = re.compile(r"政府工作(?:的)?报告|工作报告|(?:报告|汇报).{0,8}工作|作.{0,6}报告")
_GOVERNMENT = re.compile(r"政府|国务院|管(?:理)?委(?:员)?会|党工委|大会")
_FIRST = 5
"""Paragraphs of the speech that are its first words."""
_TITLES = 8
"""Paragraphs before the speech, counted back from it, that may hold its title."""


def other_genre(paragraphs: Sequence[Paragraph], bounds: Bounds, names: Sequence[str]) -> str:
    r"""What the text is instead of a government work report, by its first words, its title or its file's name; else empty.

    Examples
    --------
    >>> from emphasis.ingest.body import find_bounds
    >>> from emphasis.ingest.paragraphs import split_paragraphs
    >>> parts = split_paragraphs("各位代表：\n我代表国务院，作关于第七个五年计划的报告，请审议。\n一、任务\n要稳。")
    >>> other_genre(parts, find_bounds(parts), ())
    '计划报告'
    """
    opening = "".join(p.key for p in _first_words(paragraphs, bounds))
    if match := _SUBJECT.search(opening):
        subject = f"{match.group(1)}的报告"
        if found := _genre_of(subject):
            return found
    if re.search(r"代表中(?:国共产党|共).{0,24}委员会", opening):
        return "党代会报告"
    titles = [p.key for p in paragraphs[max(0, bounds.body - _TITLES) : bounds.body] if p.is_short]
    return next((found for words in (*titles, *map(key_of, names)) if (found := _genre_of(words, whole=True))), "")


def _genre_of(words: str, *, whole: bool = False) -> str:
    """The genre that a title names; with `whole`, one that ends with what it is, as titles do."""
    end = r"(?:[(].{0,20}[)]|[_\-—\d年]{0,8})?$" if whole else ""
    return next((genre for genre, pattern in OTHER_GENRES.items() if re.search(f"(?:{pattern}){end}", words)), "")


def _first_words(paragraphs: Sequence[Paragraph], bounds: Bounds) -> Sequence[Paragraph]:
    return paragraphs[bounds.body : min(bounds.end, bounds.body + _FIRST)]


def is_work_report(title: str, paragraphs: Sequence[Paragraph], bounds: Bounds) -> bool:
    """Whether title or first words say that this is a government work report."""
    if title:
        return True
    before = paragraphs[max(0, bounds.body - _TITLES) : bounds.body]
    if any("工作报告" in p.key for p in before if p.is_short):
        return True
    first = _first_words(paragraphs, bounds)
    return any(OPENING.match(p.key) or (_REPORT.search(p.key) and _GOVERNMENT.search(p.key)) for p in first)
