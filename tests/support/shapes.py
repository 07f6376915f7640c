"""Hostile shapes of text: each repeats what some rule may begin with, or has ever more of what some rule compares.

A rule that looks ahead or back without a bound, or compares each with each, takes time that grows with the square of the length. A
shape is a function from a number of characters to a text of that length.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

from emphasis.text import chinese_numeral

Shape = Callable[[int], str]

HEAD = (
    "2025年政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n市长 王子联\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2025年工作安排\n今年要做好以下工作。\n"
)
"""The beginning of a report; what follows stands in its plan, which every stage reads."""
ANNEX = f"{HEAD}要稳中求进。\n各位代表！让我们努力奋斗！\n附件1\n名词解释\n"
"""The same up to an annex, of whose entries a glossary is made."""

_CHARACTERS = (
    "一", "十", "亿", "〇", "1", "0", "９", "年", "龘", "的", "a", "Z", "%", "‰", " ", "\u3000", "\t", "\u200b", "\n", "\r\n", "\u2028",
    ".", "…", "—", "-", "～", "/", "*", "：", "；", "，", "、", "。", "！", "？", "·", "（", "）", "“", "”", '"', "《", "》", "[", "<", "&", "😀",
    "\u0301", "\ue000", "①", "\\",
)  # fmt: skip
_PATTERNS = (
    "一二", "（）", "“‘", "“新”", "《一》", "一、", "1,", "1,000", "1.5", "2025年", "2024-2025年", "5%", "增长5%", "增长5%，", "以上", "5%至", "一至",
    "1.2万个", "三千五百万元", "百分之", "一半", "翻番", "第1位", "第一", "达到：", "数字经济和", "数字经济、", "分别增长", "年 ", "1 ", "5G", "3.0版",
    "（一）", "主要预期目标是", "高于全国", "“十五五”", "1月", "前三季度", "控制在", "3:1", "-5%", "&amp;", "<p>", "5%、", "从1个", "分别5%、", "项目5个、", "一百分之", "5个由", "推进科技创新高质量发展，", "今年粮食总产量达到800亿斤以上。",
)  # fmt: skip
_LINES = (
    "一、回顾", "（一）工业稳步增长。产值增长5%。", "工作", "加强政府自身建设", "各位代表：", "一", "一是抓好落实。", "附件1\n名词解释", "1.“两重”：国家重大战略。",
    "让我们努力奋斗！", "同时，我们也看到问题。", "\u3000\u3000要稳中求进", "推进科技创新推进科技创新推进科技创新推进科技创新推进", "稳中求进。\n", "政府工作报告", "一、回顾……1",
    "指标\t2024年\t5%", "①起步", "来源：新华社", "2025年1月8日", "（一）“1.5%《，。增长至、",
)  # fmt: skip


def _repeated(unit: str) -> Shape:
    return lambda n: (unit * (n // len(unit) + 1))[:n]


def _growing(part: Callable[[random.Random, int], str]) -> Shape:
    """Parts by their number, until the text is long enough."""

    def shape(n: int) -> str:
        generator, parts, length = random.Random(1), [], 0
        for number in count():
            if length >= n:
                return "".join(parts)[:n]
            parts.append(part(generator, number))
            length += len(parts[-1])
        raise AssertionError

    return shape


def _word(generator: random.Random, length: int) -> str:
    return "".join(chr(generator.randrange(0x4E00, 0x9FA5)) for _ in range(length))


_LEVELS = ("一、回顾\n", "（一）工业\n", "1.增长\n", "（1）产值\n", "①起步\n", "一是快。\n", "第一，稳。\n")
_GROWING: dict[str, Callable[[random.Random, int], str]] = {
    "numbered chapters": lambda _, i: f"{chinese_numeral(i % 19 + 1)}、推进第{i}件工作\n要办好{i}件实事。\n",
    "nested lists": lambda _, i: _LEVELS[i % len(_LEVELS)],
    "new words": lambda g, _: _word(g, 3),
    "recurring words": lambda g, i: _word(random.Random(i // 3), 2) + "的",
    "distinct quotes": lambda g, _: f"“{_word(g, 4)}”",
    "distinct titles": lambda g, _: f"《{_word(g, 6)}》",
    "distinct members": lambda g, _: f"{_word(g, 4)}、数字经济、",
    "distinct numbers": lambda _, i: f"产量达到{i}.{i % 9}万吨，",
    "distinct lines": lambda g, _: f"{_word(g, 20)}。\n",
    "growing lines": lambda _, i: "工" * i + "。\n",
}  # fmt: skip

SHAPES: dict[str, Shape] = {
    **{repr(unit): _repeated(unit) for unit in (*_CHARACTERS, *_PATTERNS)},
    **{f"line {line!r}": _repeated(f"{line}\n") for line in _LINES},
    **{name: _growing(part) for name, part in _GROWING.items()},
}
