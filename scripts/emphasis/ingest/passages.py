"""Passages inside a chapter that have a role of their own: on shortcomings, and the farewell.

A passage on shortcomings says what is still lacking (存在不少困难和问题：一是…不足). Lessons (深刻认识到…必须…), thanks, and the
difficulties that a summary says were overcome are none. The farewell is salutation, thanks and calls (让我们…奋斗！). Tasks set
right before it, such as those on the government's own work (新征程对政府工作提出了更高要求。我们将…), belong to the plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from emphasis.ingest.paragraphs import Paragraph, key_of, paragraph_of
from emphasis.text import squeeze, trim

_SHORTCOMINGS = re.compile(
    r"(?:清醒|深切|充分)地?(?:的)?(?:认识|看到|意识)|(?:也|更|还)(?:要|应|必须)?看到"
    r"|(?:存在|面临)(?!的一个)(?:着)?(?:的)?(?:一些|不少|许多|诸多|很多|以下)?.{0,12}(?:问题|困难|不足|挑战|差距|短板|难题|矛盾|缺点)"
    r"|(?:困难|问题)(?:和|与)(?:挑战|不足|困难)|在(?:充分)?(?:肯定|总结|看到)(?:去年)?成绩的同时|问题(?:也)?不容(?:忽视|回避)"
)
"""Words in the first sentences of a paragraph on shortcomings."""

_ADMITTED = re.compile(
    r"(?:清醒|深切)地?(?:的)?(?:认识|看到|意识)|(?:也|更|还|应当|应该|必须)(?:要|应|必须)?看到|成绩的同时|问题(?:也)?不容(?:忽视|回避)"
    r"|(?:还|仍|依然)(?:然)?(?:存在|面临)(?:着|的)?(?:一些|不少|许多|诸多|很多)"
)
"""Of these the words that admit what is lacking, instead of telling what was met with: 过去一年，我们面临不少困难."""

_ADMISSION = re.compile(
    r"(?<=[。！!])(?:(?:但是?|同时|与此同时|当然|然而)[，,]?)?(?:(?:我们)?(?:也|还|更)?(?:要|必须|应该|应当)?(?:十分|充分)?(?:深切|清醒)地?(?:看到|认识|意识)"
    r"|(?:[^。！!，,]{0,16}[，,])?[^。！!，,]{0,20}(?:还|仍|依然)(?:然)?(?:存在|面临)(?:着|的)?(?:一些|不少|许多|诸多|很多))"
)
"""The beginning of a sentence that admits problems, after other sentences."""
_FALLS_SHORT = re.compile(
    r"短板|差距|不足|还需|还要|仍需|尚需|亟需|亟待|有待|还不|不够|不强|不高|薄弱|滞后|未能|未达|没有完成|缺点|清醒|不容忽视"
)
"""Words of what is lacking, not of what was met with, such as 挑战 and 压力."""
_LEAST_LACK_AFTER = 3
"""Different words of lack after it: 我们也清醒看到，压力仍然很大 is a remark."""
_LEAST_BEFORE = 40
"""Visible characters of a paragraph before it that make a passage of their own."""

_LACK = re.compile(
    r"问题|困难|短板|差距|不足|还需|还要|仍需|尚需|亟需|有待|还不|不够|不强|不高|不优|薄弱|滞后|矛盾|压力|挑战|缺点|不容忽视|不平衡"
)
_LEAST_LACK = 2
"""Different words of lack in what is known of the paragraph at least; one, where it says 清醒认识到."""

_OWNED = re.compile(
    r"(?:清醒|深切|深知|深感|深深地?感到|(?:深刻|清楚|充分)地?(?:认识|知道|看到|感到|意识))(?!.{0,4}(?:必须|只有|唯有))"
    r"|(?:不可|不能|不容|毋庸)否认|(?<!必须)(?<!敢于)(?<!勇于)正视|(?:必须|应当|应该)看到"
    r"|(?:问题|不足|差距|短板|困难)(?:也|更)?(?:不少|不可忽视|不容忽视|不容回避|需要正视|依然突出)|不尽如人意"
    r"|(?:还有|仍有|存在|面临|遇到)(?:着|了)?(?:一些|不少|许多|诸多|很多|较大).{0,8}(?:问题|差距|不足|短板|困难|沟坎|弱项)"
)
"""Words at the beginning of a paragraph that may own up to what is lacking, or draw lessons, or speak of chances and risks."""
_SHORTFALL = re.compile(
    r"不(?:够|强|高|优|大|快|实|宽|深|足|活|多|力|顺|畅|精|明显|到位|充分|平衡|协调|合理|完善|健全|完备|稳固|牢固|适应|满意|作为|担当)(?!于)"
    r"|还需|仍需|尚需|亟需|亟待|有待|还不|尚未|未能|未达|没有(?:完成|根本|达到)|短板|弱项|欠账|差距|薄弱|滞后|落后|乏力|匮乏|缺乏|隐患|制约|瓶颈"
    r"|偏[低小少弱慢]|较[低小弱差慢]|推诿|脆弱|矛盾|[上就入办用融招留][^，。；、]{0,2}难|困难(?!群众|职工|家庭|人员|学生|企业)|严峻|严重"
)
"""Words of what falls short, more of them than in `_LACK`: a list of what is lacking has many, lessons and tasks have few."""
_MANY_SHORTFALLS = 3
"""Different ones in what is known of a paragraph, from which one that owns up to something is on problems."""

_OVERCOME = re.compile(
    r"^(?:过去|刚刚过去|[一二三四五]年来).{0,24}(?:面临|面对|遇到|遭遇|困难(?:和|与)?挑战)|(?:回顾|回望|总结)(?:过去|这)?.{0,12}(?:面临|面对|遇到)"
    r"|(?:面临|面对)的(?:困难|挑战|形势).{0,6}(?:比|前所未有)|来之不易|根本在于"
)
"""A summary that says what was overcome, in the first sentence."""
_THANKS = re.compile(r"感谢|敬意|致敬|谢意")

_REMEDY = re.compile(
    r"(?:加以|予以|认真|着力|努力|切实|逐步|全力|有效|积极|得到)(?:改进|解决|克服|破解|应对|改正|整改)(?:这些问题)?[。!]?$"
)

_PROMISE = re.compile(
    r"不(?:会)?辜负.{0,24}(?:期待|期望|期盼|重托|厚望|信任)[。!]?$|(?:解决|克服|改进)这些(?:困难|问题|不足).{0,8}[。!]?$"
)
"""A promise at the end of a passage on problems in other words."""

_LESSONS = re.compile(
    r"体会|启示|启迪|有益的经验|宝贵经验|^(?:各位代表[!,:])?.{0,6}实践(?:再次|充分)?(?:证明|表明|告诉)"
)
"""Words in the first sentence of a paragraph on lessons."""

_ITEM = re.compile(r"[—–-]|[一二三四五六七八九十]是|第[一二三四五六七八九十],|其[一二三四五六七八九十]")
"""An item of a list."""

CALL = re.compile(r"让我们|更加紧密地?团结|万岁|谢谢|奋斗[!。]|(?:实干|奋斗).{0,8}(?:成就|创造|铸就|谱写)")
"""Words of the farewell. Broader than `body.PERORATION`, which alone must prove that a speech ends."""

_TASKS = re.compile(
    r"(?:对政府|政府(?:工作|系统|自身)|各级政府|自身建设|履职).{0,40}(?:要求|我们|必须|要|将|建设)|我们(?:将|要|必须|一定)(?!更加紧密|紧密|高举)"
)
"""Words of a paragraph that sets tasks, for the government itself as a rule."""
_SHORTEST_TASKS = 100
"""Visible characters, as far as they are known, of a paragraph on tasks."""

_ADDRESS = re.compile(r"(?:(?:各位|诸位)代表(?:[、,]同志们)?|(?:主任、)?各位副主任、(?:.{0,6}、)?各位委员)[!,:。]?")
LONGEST_FAREWELL = 900
"""Characters from the last address to the end, or of a last paragraph; more is a topic of its own."""
LONGEST_SLOGAN = 30
"""Visible characters of a slogan after the farewell: 中国共产党万岁！"""


def is_about_problems(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins by naming shortcomings, or names some and ends with a promise to remedy them."""
    if _THANKS.search(paragraph.tail):
        return False
    if _owns_up(paragraph):
        return True
    if _OVERCOME.search(paragraph.key[:50]):
        return False
    lacking = _words_of_lack(paragraph)
    named = _SHORTCOMINGS.search(paragraph.key[:90])
    least = 1 if named and "清醒" in paragraph.key[named.start() : 90] else _LEAST_LACK
    remedied = _ends_with_remedy(paragraph) and (named is not None or bool(lacking))
    return remedied or (named is not None and len(lacking) >= least)


def admits_problems(paragraph: Paragraph) -> bool:
    """Whether a paragraph about problems says that they are known or will be remedied, as a review does only after its achievements."""
    admitted = _ADMITTED.search(paragraph.key[:90]) or _ends_with_remedy(paragraph) or _owns_up(paragraph)
    return bool(admitted) and is_about_problems(paragraph)


def _owns_up(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins by owning up to something and lists much that falls short."""
    if not _OWNED.search(paragraph.key[:90]) or draws_lessons(paragraph):
        return False
    known = paragraph.key if paragraph.is_short else paragraph.key + paragraph.tail
    return len(set(_SHORTFALL.findall(known))) >= _MANY_SHORTFALLS


def cut_before_problems(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph in two, where problems are admitted after something else (…表示感谢！同时，我们也清醒看到…); else the paragraph alone."""
    words, places = squeeze(text[paragraph.start : paragraph.end])
    for match in _ADMISSION.finditer(words):
        at = paragraph.start + places[match.start()]
        parts = [paragraph_of(text, *trim(text, *span)) for span in _halves(paragraph, at)]
        before = key_of(words[: match.start()])
        if len(before) < _LEAST_BEFORE or _FALLS_SHORT.search(before):
            continue
        if admits_problems(parts[1]) and count_lack(text[at : paragraph.end]) >= _LEAST_LACK_AFTER:
            return parts
    return [paragraph]


def _halves(paragraph: Paragraph, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (paragraph.start, at), (at, paragraph.end)


def continues_problems(paragraph: Paragraph, before: Paragraph, *, listed: bool = False) -> bool:
    """Whether a paragraph below one on shortcomings still belongs to the passage: the promise to remedy them ends it.

    With `listed`, only items of a list do.
    """
    ended = listed or _ends_with_remedy(before) or _PROMISE.search(before.tail) is not None
    return not ended or _ITEM.match(paragraph.key) is not None


def names_lack(paragraph: Paragraph) -> bool:
    """Whether a paragraph has several words of lack."""
    return len(_words_of_lack(paragraph)) >= _LEAST_LACK


def count_lack(text: str) -> int:
    """How many different words of lack a text has."""
    return len(set(_LACK.findall(key_of(text))))


def _words_of_lack(paragraph: Paragraph) -> set[str]:
    return set(_LACK.findall(paragraph.key)) | set(_LACK.findall(paragraph.tail))


def draws_lessons(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins by drawing lessons: 五年的实践使我们体会到，必须…"""
    return _LESSONS.search(paragraph.key[:50]) is not None


def _ends_with_remedy(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends with a promise to remedy what it names: …切实加以解决。"""
    return _REMEDY.search(paragraph.tail) is not None


def closing_start(paragraphs: Sequence[Paragraph], first: int, end: int) -> int:
    """The index of the first paragraph of the farewell that ends the speech; `end` if there is none.

    The farewell begins with the last address (各位代表！) if not much follows it, without the tasks that may stand first.
    Otherwise it is the slogans at the end and a paragraph before them in the words of a farewell. Addresses and calls
    right before it belong to it.
    """
    if first >= end:
        return end
    position = next((i for i in range(end - 1, first - 1, -1) if _ADDRESS.match(paragraphs[i].key)), end)
    if position == end or paragraphs[end - 1].end - paragraphs[position].start > LONGEST_FAREWELL:
        position = end
        while position > first and _is_slogan(paragraphs[position - 1]):
            position -= 1
        if position > first and _is_farewell(paragraphs[position - 1]):
            position -= 1
    position = _after_tasks(paragraphs, position, end)
    while first < position < end and _leads_to_end(paragraphs[position - 1]):
        position -= 1
    return position


def _after_tasks(paragraphs: Sequence[Paragraph], position: int, end: int) -> int:
    """The first paragraph from `position` on after those that set tasks, if calls follow them."""
    last_call = max((i for i in range(position, end) if _calls(paragraphs[i])), default=position)
    return max((i + 1 for i in range(position, last_call) if _sets_tasks(paragraphs[i])), default=position)


def _sets_tasks(paragraph: Paragraph) -> bool:
    """Whether a paragraph sets tasks and calls on nobody."""
    is_long = len(paragraph.key) >= _SHORTEST_TASKS
    return is_long and not _calls(paragraph) and _TASKS.search(paragraph.key) is not None


def _is_slogan(paragraph: Paragraph) -> bool:
    return len(paragraph.key) <= LONGEST_SLOGAN and paragraph.tail.endswith("!")


def _calls(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins or ends in the words of a farewell."""
    return any(CALL.search(words) for words in (paragraph.key, paragraph.tail))


def _is_farewell(paragraph: Paragraph) -> bool:
    """Whether a paragraph in the words of a farewell is short enough to be one: a speech on one line is none."""
    return paragraph.end - paragraph.start <= LONGEST_FAREWELL and _calls(paragraph)


def _leads_to_end(paragraph: Paragraph) -> bool:
    """Whether a paragraph right before the farewell belongs to it."""
    return is_address(paragraph) or paragraph.key.startswith("让我们") or _is_slogan(paragraph)


def is_address(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but 各位代表！"""
    return _ADDRESS.fullmatch(paragraph.key) is not None
