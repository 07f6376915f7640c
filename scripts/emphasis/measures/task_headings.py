"""Which headings of a plan name a task: not those on the situation, or on requirements and aims as a whole."""

from __future__ import annotations

import re

from emphasis.ingest.paragraphs import key_of

_TIME = r"(?:关于|当前|目前|今年|明年|今后|未来|面临的?|我国|我[省市县区]|国内外?|国际|经济社会|[一二三四五]年|一个时期|和|\d{4}年|[“\"]?十[一二三四五六七八]?五[”\"]?|时期|期间|发展的?|工作的?|政府)*"
_SITUATION = (
    r"(?:时代|历史|发展)?背景|(?:发展)?形势(?:分析|研判)?|发展环境|(?:发展)?(?:机遇|挑战|优势|条件)(?:(?:与|和|及|、)(?:风险)?(?:机遇|挑战))?|风险挑战"
    r"|[^,,、:]{2,6}(?:机遇|凸显|叠加|黄金|窗口|突破|攻坚|关键|交汇|转型|爬坡|成长|上升)期"
)
_FRAME = r"(?:指导思想|指导原则|基本原则|(?:总体|总的)?(?:要求|思路|考虑)|(?:主要|预期|奋斗|总体|总)?目标)"
_NO_TASK = re.compile(rf"{_TIME}(?:(?:{_SITUATION})|{_FRAME}(?:(?:与|和|及|、){_FRAME})*)")


def names_task(heading: str) -> bool:
    """Whether a heading of a plan names a task: 优化发展环境 does, 发展环境 does not.

    Examples
    --------
    >>> [
    ...     names_task(words)
    ...     for words in (
    ...         "着力扩大内需",
    ...         "抢抓战略机遇",
    ...         "关于“十五五”时期发展的时代背景",
    ...         "战略叠加机遇期",
    ...         "指导思想和主要目标",
    ...     )
    ... ]
    [True, True, False, False, False]
    """
    return _NO_TASK.fullmatch(key_of(heading).rstrip("。.:;")) is None
