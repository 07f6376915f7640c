"""The bounds of the speech in a file, between the title block before it and the annexes and footer after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from emphasis.ingest.paragraphs import Paragraph, find_marker

SALUTATION = re.compile(
    r"(?:.{0,8}[,、])?(?:尊敬的)?(?:(?:各位|诸位)(?:人大)?(?:代表|委员|同志)|同志们|代表们)[^。;]{0,16}?[:!,]"
)
"""How a speech addresses its audience: 各位代表："""

OPENING = re.compile(r"(?:现在,?)?(?:请允许我|让我|我(?:谨|受)?).{0,4}代表.{0,24}(?:向|作|做|报告|提出)")
"""The formula that says on whose behalf the speaker reports: 我代表市人民政府，向大会报告工作"""

TITLE = re.compile(
    r"(?:.{0,30}(?:政府|管(?:理)?委(?:员)?会|行政公署|行署|革命委员会|人民委员会)(?:\d{4}年度?)?工作(?:的)?报告(?:[(].{0,12}[)])?"
    r"|.{2,16}区(?:\d{4}年度?)?工作报告|(?:\d{4}年度?)?.{2,16}区工作报告|工作报告)$"
)
"""The title of a report, which is a paragraph of its own."""

PERORATION = re.compile(r"让我们|更加紧密地?团结|奋斗[!。]|努力奋斗|万岁!|谢谢(?:大家|各位)")
"""Words that occur in the last paragraphs of a speech and hardly elsewhere."""

ANNEX = re.compile(
    r"(?:附(?:件|录|表|注)?[一二三四五六七八九十\d]{0,2}(?:$|[:.、)].{0,40}$|(?:名词|有关|相关|《|20\d\d).{0,36}$)"
    r"|(?:《?(?:20\d\d年)?.{0,12}政府工作报告》?)?.{0,10}(?:名词|用语|术语|词语|词汇|缩略语)(?:及.{0,6})?(?:解释|注释|说明|释义|注解)(?:[及和与]说明)?"
    r"(?:[(].{0,20}[)])?[)]?:?$"
    r"|.{0,8}(?:注释|名词解读)[:]?$|.{0,20}实事(?:项目)?(?:一览表|清单|计划表|项目表)$|.{0,12}指标测算说明:?$)"
)
"""A title of what is printed after the speech: 附件1, 名词解释, 《政府工作报告》有关用语说明, 十件民生实事一览表."""

_AFTER_FAREWELL = re.compile(
    r"小资料[:]?$|(?:20\d\d年度?)?(?:.{2,12}[省市县区州盟旗])?(?:政府)?(?:将)?(?:重点)?(?:办好|要办的)?(?:[十一二三四五六七八九两]{1,3}|\d{1,2})?[大件项类]?(?:方面)?(?:重点)?"
    r"(?:民生|惠民|便民|利民|为民(?:办)?)(?:实事|工程)(?:候选)?(?:项目|工程)?[:]?$"
)
"""A title of what is printed after the speech that may be a heading of its plan as well."""

_NOTE = re.compile(r"[①-⑳]|[\[〔【]\d{1,3}[\]〕】]|注\d{0,2}[:.]|\*{1,3}[^*]")
"""The beginning of a note below the speech, without a title above it."""

FOOTER = re.compile(
    r"[(【\[]?(?:(?:责任)?编辑|责编|(?:信息|文章|稿件|新闻)?来源|稿源|作者|撰稿|校对|审核|审签|初审|终审|时间|发布(?:时间|日期|单位|机构)|打印|"
    r"分享|扫一扫|扫码|字体|附件下载|关闭|返回|收藏|纠错|相关(?:链接|阅读|文章|新闻|稿件|文件|文档|报道|解读|信息)|》{1,3}点击|点击(?:图片|进入|查看|下载)|上一[篇条页]|下一[篇条页]|版权|主办[:]|"
    r"承办[:]|网站(?:标识|地图|声明|支持)|联系我们|关于我们|友情链接|技术支持|抄送[:]|印发[:]|共印\d|.{0,24}\d{4}年\d{1,2}月\d{1,2}日印发?[。]?$|本作品|本页面|本网站|取自|检索自|分类[:]|"
    r"Public ?domain|Copyright|©|(?:.{0,8}ICP备)|(?:.{0,10}公网安备)|.{0,16}维基文库)",
    re.IGNORECASE,
)
"""Words with which the footer of a web page begins; they count only after the end of the speech."""

_PROSE = re.compile(r"[。!?;]")

_CONTENTS = re.compile(r"(?:目录|目次|contents)$", re.IGNORECASE)
_PAGE = re.compile(r"[.…·•\-—]*\d{0,3}$")
LEAST_CONTENTS = 3
"""Lines of a contents list at least; each of them comes again as a heading."""
MOST_CONTENTS = 200
_LONGEST_ENTRY = 60

_ENTRY = re.compile(
    r"(?:[(（]?\d{1,3}[)）.、:]|[①-⑳⒈-⒛⑴-⒇]|[“\"《]|[(（]?[一二三四五六七八九十]{1,3}[)）.、]|序号|\d{1,2}$)|.{2,24}(?:[:]|是指|——)"
)
_WITHIN = 8
"""Paragraphs below the title of an annex in which its first entries are looked for."""
EARLIEST_ANNEX = 0.25
"""Share of the text before an annex at least, where no farewell comes before it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the parts of a file begin, as indices of their first paragraphs; each part ends where the next begins."""

    body: int  # the speech: its salutation, or else what `_find_body` finds
    opened: bool  # whether a salutation or an opening formula was found there
    end: int  # what follows the speech
    annexes: tuple[int, ...]
    footer: int  # the number of paragraphs if there is none
    closed: bool  # whether the speech ends with a peroration or an exclamation mark


def find_bounds(paragraphs: Sequence[Paragraph]) -> Bounds:
    """The bounds of the speech and of the parts around it."""
    body, opened = _find_body(paragraphs)
    last = _last_peroration(paragraphs, body)
    footer = _find_footer(paragraphs, body, last)
    annexes = _find_annexes(paragraphs, body, footer)
    if annexes:
        last = _last_peroration(paragraphs[: annexes[0]], body)
        footer = _find_footer(paragraphs, annexes[-1], None)
    end = annexes[0] if annexes else footer
    closed = last is not None or (end > body and paragraphs[end - 1].tail.endswith("!"))
    return Bounds(body, opened, end, annexes, footer, closed)


def _perorates(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins or ends in words of a peroration."""
    return any(PERORATION.search(words) for words in (paragraph.key, paragraph.tail))


def _find_body(paragraphs: Sequence[Paragraph]) -> tuple[int, bool]:
    """The first paragraph of the speech, and whether it is a salutation or, failing that, an opening formula.

    Without either, the speech begins with the first heading or with the first prose after the title.
    """
    listed = find_contents(paragraphs)
    text = range(listed.stop, len(paragraphs))
    first_heading = next((i for i in text if (m := find_marker(paragraphs[i].key)) and m.number == 1), len(paragraphs))
    for pattern in (SALUTATION, OPENING):
        for i, paragraph in enumerate(paragraphs[: first_heading + 1]):
            if i >= listed.stop and pattern.match(paragraph.key):
                return i, True
    title = max((i for i, p in enumerate(paragraphs[:first_heading]) if p.is_short and TITLE.match(p.key)), default=-1)
    for i in range(max(title + 1, listed.stop), len(paragraphs)):
        key = paragraphs[i].key
        if i >= first_heading or (len(key) > 40 and _PROSE.search(key)):
            return i, False
    return min(title + 1, len(paragraphs)), False


def find_contents(paragraphs: Sequence[Paragraph]) -> range:
    """The paragraphs of a list of contents before the speech; an empty range at 0 if there is none.

    Its lines are short and come again, without the number of a page, at the beginning of later paragraphs.
    """
    keys = [p.key for p in paragraphs]
    titled = next((i for i, key in enumerate(keys) if _CONTENTS.match(key)), None)
    start = next((i for i, key in enumerate(keys) if find_marker(key)), len(keys)) if titled is None else titled + 1
    end, found = start, 0
    for i in range(start, min(len(keys), start + MOST_CONTENTS)):
        words = _PAGE.sub("", keys[i])
        if len(keys[i]) > _LONGEST_ENTRY or len(words) < 2 or not any(key.startswith(words) for key in keys[i + 1 :]):
            break
        end, found = i + 1, found + 1
    if not LEAST_CONTENTS <= found < MOST_CONTENTS:
        return range(0)
    return range(start, end)


def _last_peroration(paragraphs: Sequence[Paragraph], body: int) -> int | None:
    """The last paragraph with words of a peroration, in the last two thirds of the file."""
    last_two_thirds = range(len(paragraphs) - 1, body + (len(paragraphs) - body) // 3, -1)
    return next((i for i in last_two_thirds if _perorates(paragraphs[i])), None)


def _find_annexes(paragraphs: Sequence[Paragraph], body: int, footer: int) -> tuple[int, ...]:
    """Titles of annexes after the speech; a title right below another continues it."""
    closing = next((i for i in range(body + (footer - body) // 4, footer) if _perorates(paragraphs[i])), None)
    if closing is None:
        closing = _first_with_entries(paragraphs, body, footer) - 1
    last = _last_peroration(paragraphs[:footer], body)
    found: list[int] = []
    for i in range(closing + 1, footer):
        after = last is not None and i > last
        is_title = _is_annex(paragraphs[i]) or (after and _AFTER_FAREWELL.match(paragraphs[i].key) is not None)
        # Notes have no title: the first of them begins an annex, unless one has begun already.
        if (is_title and (not found or i > found[-1] + 1)) or (after and not found and _NOTE.match(paragraphs[i].key)):
            found.append(i)
    return tuple(found)


def is_note(paragraph: Paragraph) -> bool:
    """Whether a paragraph that begins an annex is a note, and not its title."""
    return _NOTE.match(paragraph.key) is not None


def _is_annex(paragraph: Paragraph) -> bool:
    return len(paragraph.key) <= 45 and ANNEX.match(paragraph.key) is not None


def _first_with_entries(paragraphs: Sequence[Paragraph], body: int, footer: int) -> int:
    """The first title of an annex with entries below it, in a speech without a farewell; `footer` if there is none."""
    if body >= footer:
        return footer
    start, end = paragraphs[body].start, paragraphs[footer - 1].end
    for i in range(body, footer):
        far = paragraphs[i].start - start >= EARLIEST_ANNEX * (end - start)
        if far and _is_annex(paragraphs[i]):
            below = paragraphs[i + 1 : min(footer, i + 1 + _WITHIN)]
            if sum(_ENTRY.match(p.key) is not None for p in below) >= min(2, len(below)):
                return i
    return footer


def _find_footer(paragraphs: Sequence[Paragraph], body: int, last: int | None) -> int:
    """The first paragraph after which nothing belongs to the report."""
    total = len(paragraphs)
    if last is not None:
        for i in range(last + 1, total):
            if FOOTER.match(paragraphs[i].key):
                return i
    for i in range(total - 1, body, -1):
        key = paragraphs[i].key
        if FOOTER.match(key):
            total = i
        elif _PROSE.search(paragraphs[i].tail[-3:]) or len(key) > 60 or find_marker(key):
            break
    return total
