"""The headings of a speech: which paragraphs carry one, at which level, and where it ends.

1. The paragraphs that may be headings are collected: those that begin with a number, and short lines like titles.
2. `levels.assign_levels` gives each a level or rejects it.
3. The words of each are located: 一、2024年工作回顾 is a line of its own, （一）工业稳步增长。产值… runs into its paragraph.
4. Lists are dropped. In 重点是：|一是办好实事；|二是稳定就业； the numbers run on, but no item has text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from emphasis.ingest.body import OPENING, SALUTATION, TITLE
from emphasis.ingest.levels import ONLY_TOP, PLAIN, TEXT_COST, TEXT_COST_OTHER, PossibleHeading, assign_levels
from emphasis.ingest.paragraphs import LONG_LINE, RANK, Paragraph, find_marker, find_spaced_marker, key_of
from emphasis.ingest.table_rows import rows_of_tables
from emphasis.ingest.unnumbered import nest_sections
from emphasis.text import UNSEEN, chinese_numeral, trim, visible

LONGEST_HEADING = 70
"""Characters beyond which a first sentence is a statement, not a heading."""

LONGEST_MINOR_HEADING = 40
"""The same for the styles that number headings and lists alike: 一是, 第一，, 1."""

MOST_CANDIDATES = 2000
"""A report has fewer than a hundred numbered paragraphs; a file with more than this is a table or a list."""

PAUSE = re.compile(
    r"(?:各位|诸位)代表|(?:过去|这)?[一二三四五]年(?:多)?来|过去(?:的)?[一二三四五]年|回顾过去|刚刚过去|与此同时|同时,我们|在(?:充分)?(?:肯定|总结|看到)"
    r"|我们(?:也|还|更|必须|要)?(?:十分)?(?:清醒|深刻)|总之|综上|上述|以上|(?:认真|高质量|科学|扎实)?编制.{0,4}[“\"]?十[四五六七]五|今年将?(?:开展|启动|编制)"
    r"|新(?:的)?(?:征程|使命|形势|时代新)|应对新|使命|面对新|让我们"
)
"""Words with which a paragraph after the last subsection returns to the level above: 各位代表！ 一年来，…"""

TOPIC = re.compile(
    r"回顾|总结|(?:工作|任务)(?:安排|部署|建议|目标|思路|重点)?$|安排|总体要求|自身建设|结束语|结语|主要(?:目标|任务|成就)|预期目标|问题和?(?:困难|挑战|不足)?$"
    r"|^(?:关于|20\d\d年|今年|过去)"
)
"""Words of chapter headings without a number."""

FAREWELL = re.compile(r"结束语|结语")
TOPIC_COST, TITLE_COST = 7.0, 2.5
"""Cost of taking an unnumbered line for text: one with the words of a chapter heading, and any other that could be one."""
_LIST_REACH = 3000
"""Characters before a list item in which the item before it is looked for."""

_CJK = re.compile(r"[\u3400-\u9fff]")
_NOT_PLAIN = re.compile(
    r"[。！？!?；;：:，,、…~-]$|^[—\-–(\[（【*#·•○●◆■□☆★><|/\"”《]|\d{1,2}日[)]?$|^(?:\d{4}|二[〇○零].{2})年\d{0,2}.{0,3}月"
    r"|^(?:来源|作者|编辑|时间|发布|字体|首页|点击|图为|分享|打印|下载|扫码)|https?:|www\.|@|鼓掌|掌声|^第?\d+页?$"
    r"|[上下]一[页篇条]|记者.{0,4}摄|本页|网站?$|二维码|查看"
)
_SENTENCE_STOP = re.compile(r"[。！？!?“”‘’「」『』]")
_GAP = re.compile(r"[\u3000\u2003]+|[ \u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and where it is: indices of paragraphs and offsets into the text."""

    paragraph: int
    last: int  # the paragraph in which it ends: the same, or the next if a line break splits it
    level: int
    style: str
    ordinal: int  # the number it carries; 0 for none
    start: int  # of the number
    text_start: int  # of the words after it
    text_end: int
    sentence_end: int  # the same with the final 。
    standalone: bool


def find_headings(text: str, paragraphs: Sequence[Paragraph], first: int, end: int) -> tuple[list[Heading], list[int]]:
    r"""The headings among ``paragraphs[first:end]``, in order, and the indices of numbered paragraphs that fit no series.

    Examples
    --------
    >>> from emphasis.ingest.paragraphs import split_paragraphs
    >>> text = "一、回顾\n（一）工业向好。产值增长。\n（二）农业丰收。\n再创新高。\n二、安排\n要稳中求进。"
    >>> [(h.level, text[h.text_start : h.text_end]) for h in find_headings(text, split_paragraphs(text), 0, 6)[0]]
    [(1, '回顾'), (2, '工业向好'), (2, '农业丰收'), (1, '安排')]
    """
    candidates = _candidates(text, paragraphs, first, end)
    if len(candidates) > MOST_CANDIDATES:
        return [], [candidate.paragraph for candidate in candidates[:1]]
    found: list[Heading] = []
    unplaced: list[int] = []
    for candidate, level in zip(candidates, assign_levels(candidates), strict=True):
        if level:
            found.append(_locate(text, paragraphs, candidate, level, end))
        elif candidate.number and _is_notable(text, paragraphs[candidate.paragraph].start, candidate):
            unplaced.append(candidate.paragraph)
    return _nest_unnumbered(text, _drop_lists(text, paragraphs, _drop_overlaps(found), end)), unplaced


def _nest_unnumbered(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings, with sections below chapters where those at the top are lines of their own without a number."""
    if any(h.level == 1 and (h.style != PLAIN or not h.standalone) for h in headings):
        return headings
    levels = nest_sections([key_of(text[h.text_start : h.text_end]) for h in headings], [h.level for h in headings])
    return [replace(heading, level=level) for heading, level in zip(headings, levels, strict=True)]


def _is_notable(text: str, start: int, candidate: PossibleHeading) -> bool:
    """Whether a numbered paragraph that fits no series should be reported because it may be a heading.

    An item of a list that began inside an earlier paragraph is not: …一是… and then 二是 at the start of the next.
    """
    if candidate.text_cost >= TEXT_COST["paren"]:
        return True
    before = chinese_numeral(candidate.number - 1)
    forms = {"is": f"{before}是", "ordinal": f"第{before}"}
    words = forms.get(candidate.style)
    return words is not None and candidate.number > 1 and words not in text[max(0, start - _LIST_REACH) : start]


def _candidates(text: str, paragraphs: Sequence[Paragraph], first: int, end: int) -> list[PossibleHeading]:
    """The paragraphs that may be headings, in order."""
    found: list[PossibleHeading] = []
    rows = rows_of_tables(text, paragraphs, first, end)
    plain = [i for i in range(first, end) if i not in rows and _looks_plain(paragraphs, i, end)]
    # So many short lines are the text's layout, not its titles.
    if len(plain) > max(12, 0.3 * (end - first)):
        plain = [i for i in plain if TOPIC.search(paragraphs[i].key)]
    titles = frozenset(plain)
    pause = False
    for i in (i for i in range(first, end) if i not in rows):
        key = paragraphs[i].key
        marker = find_marker(key)
        if marker is None and i in titles:
            marker = find_spaced_marker(text, paragraphs[i].start, paragraphs[i].end)
        if marker is not None:
            cost = TEXT_COST.get(marker.style, TEXT_COST_OTHER)
            found.append(PossibleHeading(i, marker.style, marker.number, marker.length, cost, pause))
            pause = False
        elif i in titles:
            found.append(PossibleHeading(i, PLAIN, 0, 0, _plain_text_cost(key), pause))
            pause = False
        elif PAUSE.match(key):
            pause = True
    return found


def _plain_text_cost(key: str) -> float:
    """Cost of taking a line that could be a heading without a number for ordinary text."""
    if FAREWELL.fullmatch(key):
        return ONLY_TOP
    return TOPIC_COST if len(key) <= 25 and TOPIC.search(key) else TITLE_COST


def _looks_plain(paragraphs: Sequence[Paragraph], i: int, end: int) -> bool:
    """Whether a paragraph without a number could be a heading: a short line that does not end as prose does."""
    key = paragraphs[i].key
    if not 2 < len(key) <= LONG_LINE or i + 1 >= end or _NOT_PLAIN.search(key):
        return False
    if len(_CJK.findall(key)) < 0.45 * len(key) or any(p.match(key) for p in (SALUTATION, TITLE, OPENING)):
        return False
    return any(
        len(p.key) >= 15 or p.tail.endswith(("。", "!", ":")) or find_marker(p.key) for p in paragraphs[i + 1 : i + 3]
    )


def _locate(text: str, paragraphs: Sequence[Paragraph], candidate: PossibleHeading, level: int, end: int) -> Heading:
    """The heading with the offsets of its number, words and sentence."""
    paragraph = paragraphs[candidate.paragraph]
    last = candidate.paragraph
    start = paragraph.start
    words, _ = trim(text, _skip_visible(text, start, candidate.marker), paragraph.end)
    stop = paragraph.end
    if last + 1 < end and _goes_on(candidate, paragraph, paragraphs[last + 1], empty=words >= paragraph.end):
        last += 1
        stop = paragraphs[last].end
        words, _ = trim(text, words, stop)
    sentence = _first_sentence(text, words, stop)
    standalone = sentence >= stop
    bare = sentence
    while bare > words and text[bare - 1] in "。.．：:":
        bare -= 1
    if bare - words > LONG_LINE and (gap := _GAP.search(text, words + 2, min(words + LONG_LINE, bare - 1))):
        bare = sentence = gap.start()
        standalone = False
    return Heading(
        candidate.paragraph, last, level, candidate.style, candidate.number, start, words, bare, sentence, standalone
    )


def _goes_on(candidate: PossibleHeading, paragraph: Paragraph, following: Paragraph, *, empty: bool) -> bool:
    """Whether a heading continues in the next paragraph: a number alone, or a line that breaks off in mid-phrase (…和)."""
    key = following.key
    if find_marker(key) or SALUTATION.match(key):
        return False
    if empty:
        return candidate.style != "bare" or (len(key) <= LONG_LINE and not _NOT_PLAIN.search(key))
    if not paragraph.is_short or len(paragraph.key) > LONGEST_HEADING or len(key) > LONG_LINE or _NOT_PLAIN.search(key):
        return False
    return paragraph.key[-1] in "、,和与及的" or key[0] in "、,和与及的"


def _skip_visible(text: str, start: int, count: int) -> int:
    """The offset after `count` visible characters."""
    while count:
        if text[start] not in UNSEEN:
            count -= 1
        start += 1
    return start


def _first_sentence(text: str, start: int, end: int) -> int:
    """The end of the first sentence; a full stop inside quotation marks does not end it."""
    depth = 0
    for match in _SENTENCE_STOP.finditer(text, start, end):
        mark = match.group()
        if mark in "“‘「『":
            depth += 1
        elif mark in "”’」』":
            depth = max(0, depth - 1)
        elif depth == 0:
            return match.end()
    if depth and (stop := text.find("。", start, end)) >= 0:
        return stop + 1
    return end


def _drop_overlaps(headings: list[Heading]) -> list[Heading]:
    """Without the headings in a paragraph that completes the heading before."""
    kept: list[Heading] = []
    for heading in headings:
        if not kept or heading.paragraph > kept[-1].last:
            kept.append(heading)
    return kept


def _drop_lists(text: str, paragraphs: Sequence[Paragraph], headings: list[Heading], end: int) -> list[Heading]:
    """Without the series that are lists: their members are statements, not headings of what follows."""
    dropped: set[int] = set()
    for members in _leaf_series(headings):
        if headings[members[0]].level < 2:
            continue
        titled = sum(_has_text(text, paragraphs, headings, i, end) for i in members)
        lengths = sorted(_length(text, headings[i]) for i in members)
        longest = LONGEST_HEADING if RANK.get(headings[members[0]].style, 0) < RANK["is"] else LONGEST_MINOR_HEADING
        if titled < 0.5 * len(members) or lengths[len(lengths) // 2] > longest:
            dropped.update(members)
    return [heading for i, heading in enumerate(headings) if i not in dropped]


def _leaf_series(headings: Sequence[Heading]) -> list[list[int]]:
    """Series at the bottom of the outline: indices of headings of one style under one parent, none with headings below."""
    series: list[list[int]] = []
    opened: dict[int, list[int]] = {}
    for i, heading in enumerate(headings):
        for deeper in [level for level in opened if level > heading.level]:
            del opened[deeper]
        if i and headings[i - 1].level < heading.level:
            opened[headings[i - 1].level].clear()  # one of its members has headings below
        current = opened.get(heading.level)
        if current and headings[current[-1]].style == heading.style and heading.ordinal != 1:
            current.append(i)
        else:
            opened[heading.level] = [i]
            series.append(opened[heading.level])
    return [members for members in series if members]


def _length(text: str, heading: Heading) -> int:
    """Visible characters of a heading."""
    return len(visible(text[heading.text_start : heading.text_end]))


def _has_text(text: str, paragraphs: Sequence[Paragraph], headings: Sequence[Heading], i: int, end: int) -> bool:
    """Whether a heading is followed by text of its own."""
    heading = headings[i]
    if not heading.standalone:
        return _length(text, heading) <= LONGEST_HEADING
    closed = heading.sentence_end > heading.text_end or paragraphs[heading.last].tail.endswith((";", ",", "、"))
    following = headings[i + 1].paragraph if i + 1 < len(headings) else end
    is_last = following - heading.last > 1 and (i + 1 == len(headings) or headings[i + 1].level < heading.level)
    if is_last and closed:
        earlier = headings[i - 1]
        return i == 0 or not earlier.standalone or earlier.paragraph + 1 < heading.paragraph
    return following - heading.last > 1 or not closed
