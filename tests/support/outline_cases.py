"""Small texts with the outline that a reader sees in them: the layouts that a survey of 84 reports found, and similar ones.

In `text`, a line `@` is a paragraph of prose, `@@` two, and `%` is prose without a line break before it (the rest of a
paragraph that begins with its heading). In `outline`, each line is a section: its id, its role, and its number and heading.
"""

from __future__ import annotations

from typing import NamedTuple

PROSE = "全市上下坚持稳中求进工作总基调，扎实推进各项工作，经济运行总体平稳、稳中有进，主要指标好于预期，社会大局保持和谐稳定。"
OPENING = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
FAREWELL = "各位代表！让我们更加紧密地团结起来，为实现全年目标而努力奋斗！"


class OutlineCase(NamedTuple):
    """A text in the notation above and its outline."""

    name: str
    text: str
    outline: str

    @property
    def source(self) -> str:
        """The text with its prose filled in, a salutation before it and a farewell after it."""
        return OPENING + fill(self.text.strip("\n")) + "\n" + FAREWELL + "\n"


def fill(text: str) -> str:
    """The text with prose for its signs."""
    return text.replace("@@", f"{PROSE}\n{PROSE}").replace("@", PROSE).replace("%", PROSE)


CASES = [
    OutlineCase(
        "the usual: 一、 and run-in （一）",
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n二、2025年工作安排\n@\n"
        "（一）扩大有效需求。%\n（二）推进科技创新。%",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\n"
        "s2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "1: unusual and invisible spaces, letter-spaced headings, spaced digits",
        "\u3000\u3000一、\u200b1 9 9 8 年 工 作 回 顾\n@\n\u2003\u2003（ 一 ）\u00a0工业稳步增长。%\n\u200d（二）农业再获丰收。%\n"
        "\u3000\u3000二、１９９９年工作安排\n@",
        "s1 review 一、1 9 9 8 年 工 作 回 顾\ns1.1 review （ 一 ）工业稳步增长\ns1.2 review （二）农业再获丰收\n"
        "s2 plan 二、１９９９年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "2: wiki text, a paragraph is a block between blank lines",
        "一、2021年\n工作回顾\n\n@\n过去一年\n，细颗粒物（PM\n2.5\n）浓度下降9.1%。\n\n一是\n工业稳步增长。\n@\n\n二是农业再获丰收。\n@\n\n"
        "@\n\n二、2022年工作安排\n\n@\n\n@\n",
        "s1 review 一、2021年工作回顾\ns1.1 review 一是工业稳步增长\ns1.2 review 二是农业再获丰收\ns2 plan 二、2022年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "3: （一） above 一、 as in 1981",
        "（一）关于今年的工作\n@\n一、农业有了发展\n@\n二、工业有了发展\n@\n（二）关于明年的任务\n@\n一、继续调整经济\n@\n二、改进经济工作\n@\n",
        "s1 review （一）关于今年的工作\ns1.1 review 一、农业有了发展\ns1.2 review 二、工业有了发展\ns2 plan （二）关于明年的任务\n"
        "s2.1 plan 一、继续调整经济\ns2.2 plan 二、改进经济工作\ns2.3 closing",
    ),
    OutlineCase(
        "3: 一、 at two levels and in a list, as in 1986",
        "一、计划执行情况的回顾\n@\n二、基本任务和方针\n@\n以上各项任务，是互相联系的。\n一、确定适度的增长率\n@\n二、规定恰当的投资规模\n@\n"
        "调整投资结构的方向是：\n一、继续增加能源的投资。\n二、适当控制非生产性建设。\n三、把更多资金用于技术改造。\n@\n三、重视科技进步\n@\n"
        "三、经济体制改革的任务\n@\n四、和平外交政策的任务\n@",
        "s1 review 一、计划执行情况的回顾\ns2 plan 二、基本任务和方针\ns2.1 plan 一、确定适度的增长率\ns2.2 plan 二、规定恰当的投资规模\n"
        "s2.3 plan 三、重视科技进步\ns3 plan 三、经济体制改革的任务\ns4 plan 四、和平外交政策的任务\ns4.1 closing",
    ),
    OutlineCase(
        "3: a number left out, a number twice",
        "一、2006年工作回顾\n@\n（一）工业稳步增长\n@\n（三）农业再获丰收\n@\n（四）民生持续改善\n@\n二、2007年工作安排\n@\n（一）扩大需求\n@\n"
        "（二）推进创新\n@\n（二）改善民生\n@\n（三）深化改革\n@",
        "s1 review 一、2006年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （三）农业再获丰收\ns1.3 review （四）民生持续改善\n"
        "s2 plan 二、2007年工作安排\ns2.1 plan （一）扩大需求\ns2.2 plan （二）推进创新\ns2.3 plan （二）改善民生\ns2.4 plan （三）深化改革\ns2.5 closing",
    ),
    OutlineCase(
        "3: two series under one parent, as in 山东 2025",
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n一年来，着重抓了以下工作：\n"
        "一是扎实抓好政策落实。%\n二是扎实抓好科技创新。%\n三是扎实抓好改革开放。%\n二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\ns1.4 review\n"
        "s1.5 review 一是扎实抓好政策落实\ns1.6 review 二是扎实抓好科技创新\ns1.7 review 三是扎实抓好改革开放\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "3: 一是 at level 3, and as a list inside a paragraph and across paragraphs",
        "一、2024年工作回顾\n@\n（一）工业稳步增长\n@\n一是优化结构。%\n二是改造升级。%\n（二）农业再获丰收\n主要体现在：一是增产；二是增收。\n"
        "（三）民生持续改善\n重点是：\n一是办好实事；\n二是稳定就业；\n三是健全保障。\n二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.1.1 review 一是优化结构\ns1.1.2 review 二是改造升级\n"
        "s1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "4: level 1 without numbers, as in 四川 2025",
        "2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n2025年工作安排建议\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n"
        "加强政府自身建设\n@\n（一）树牢正确政绩观。%\n（二）清正廉洁守底线。%",
        "s1 review 2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns2 plan 2025年工作安排建议\n"
        "s2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns3 plan 加强政府自身建设\ns3.1 plan （一）树牢正确政绩观\n"
        "s3.2 plan （二）清正廉洁守底线\ns3.3 closing",
    ),
    OutlineCase(
        "4: no numbers at all, as in 1983",
        "五年工作的回顾\n@@\n今后五年的经济建设\n@@\n今后五年的文化建设\n@@\n外交工作\n@@",
        "s1 review 五年工作的回顾\ns2 plan 今后五年的经济建设\ns3 plan 今后五年的文化建设\ns4 plan 外交工作\ns4.1 closing",
    ),
    OutlineCase("4: no headings, as in 1954 and 1975", "@@\n@@\n@@", "s1 review\ns2 closing"),
    OutlineCase(
        "4: bare numerals, as in 1960",
        "一\n@@\n二\n去年产值增长5.5%，取得了成绩。\n三\n今年要加快发展，确保产值增长5.5%左右。",
        "s1 review 一\ns2 review 二\ns3 plan 三\ns3.1 closing",
    ),
    OutlineCase(
        "4: a heading broken over two paragraphs, and a number on a line of its own",
        "一、2024年工作回顾\n@\n二、2025年总体要求、目标任务\n和重点工作\n@\n三、\n加强政府自身建设\n@",
        "s1 review 一、2024年工作回顾\ns2 plan 二、2025年总体要求、目标任务和重点工作\ns3 plan 三、加强政府自身建设\ns3.1 closing",
    ),
    OutlineCase(
        "4: a heading fused with its paragraph, as in 1987",
        "一、过去一年的回顾\u3000\u3000%\n@\n二、今年的主要任务\u3000\u3000%\n@",
        "s1 review 一、过去一年的回顾\ns2 plan 二、今年的主要任务\ns2.1 closing",
    ),
    OutlineCase(
        "4: a heading followed by no text",
        "一、2024年工作回顾\n（一）工业稳步增长\n（二）农业再获丰收\n@\n二、2025年工作安排\n（一）扩大有效需求\n@\n（二）推进科技创新\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns2 plan 二、2025年工作安排\n"
        "s2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "5: run-in to the first 。 outside quotation marks; stand-alone with 。",
        "一、2024年工作回顾。\n@\n（一）落实“稳住大盘。不折腾”的要求，工业增长。%\n（二）农业再获丰收。\n@\n二、2025年工作安排。\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）落实“稳住大盘。不折腾”的要求，工业增长\ns1.2 review （二）农业再获丰收\n"
        "s2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "6: short lines that are no headings",
        "一、2024年工作回顾\n@\n过去一年，我们主要做了以下工作。\n@\n各位代表！\n@\n二、2025年工作安排\n@\n重点做好八方面工作：\n@\n今年要重点做好以下工作。\n"
        "@\n继续办好10件惠民实事。\n@\n稳中求进！\n@",
        "s1 review 一、2024年工作回顾\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "7: paragraphs after the last subsection that speak for the level above",
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n一年来，政府自身建设得到加强。%\n"
        "各位代表！2024年的成绩来之不易。%\n同时，我们也清醒认识到，发展还面临不少困难和挑战。%\n二、2025年工作安排\n@\n（一）扩大有效需求。%\n"
        "（二）推进科技创新。%\n（三）深化改革开放。%\n认真编制“十五五”规划。%\n新征程、新使命对政府工作提出了更高要求。%",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\ns1.4 review\n"
        "s1.5 problems\ns2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns2.3 plan （三）深化改革开放\n"
        "s2.4 plan\ns2.5 closing",
    ),
    OutlineCase(
        "7: subsections of several paragraphs end where the text speaks for the whole again",
        "一、2024年工作回顾\n@\n（一）工业稳步增长\n@@\n（二）农业再获丰收\n@@\n与此同时，其他各项事业全面发展。%\n我们也清醒看到存在的问题。%\n"
        "二、2025年工作安排\n@\n（一）扩大有效需求\n@@\n（二）推进科技创新\n@@\n各位代表！军政军民团结是重要法宝。%",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review\ns1.4 problems\n"
        "s2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns2.3 plan\ns2.4 closing",
    ),
    OutlineCase(
        "problems between two series, and a list of them",
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n"
        "我们也清醒认识到，发展中还存在一些问题，主要有三个不足：\n一是产业层次还不高。%\n二是公共服务还有差距。%\n三是营商环境有待改善。%\n"
        "与此同时，政府工作还有薄弱环节，能力不足、作风不实的问题仍然存在。\n二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\ns1.4 problems\n"
        "s1.5 problems 一是产业层次还不高\ns1.6 problems 二是公共服务还有差距\ns1.7 problems 三是营商环境有待改善\ns1.8 problems\n"
        "s2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "problems between two series, of which the second are lessons, as in 2011",
        "一、过去五年的回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n我们清醒认识到，发展不平衡、不协调的问题依然突出。\n"
        "回顾五年的工作，我们有以下体会：\n一是必须坚持科学发展。%\n二是必须坚持改革开放。%\n二、今后五年的任务\n@",
        "s1 review 一、过去五年的回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns1.3 review （三）民生持续改善\ns1.4 problems\n"
        "s1.5 review\ns1.6 review 一是必须坚持科学发展\ns1.7 review 二是必须坚持改革开放\ns2 plan 二、今后五年的任务\ns2.1 closing",
    ),
    OutlineCase(
        "problems before the first section; what was met with is none",
        "一、2024年工作回顾\n过去一年，我市发展面临多重困难和严峻挑战，经济下行压力加大。%\n我们也清醒看到，发展还有不少短板，基础不强，必须采取措施加以解决。\n"
        "去年主要做了以下工作。%\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 problems\ns1.2 review\ns1.3 review （一）工业稳步增长\ns1.4 review （二）农业再获丰收\n"
        "s2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "lessons after problems",
        "一、过去五年的回顾\n@@\n我们也清醒看到，发展还面临不少困难和挑战，一些短板亟待补齐。我们要改进工作，不辜负全市人民的期待！\n"
        "五年的实践，使我们深切体会到，必须坚持改革开放。%\n二、今后五年的任务\n@",
        "s1 review 一、过去五年的回顾\ns1.1 problems\ns1.2 review\ns2 plan 二、今后五年的任务\ns2.1 closing",
    ),
    OutlineCase(
        "problems as a section of the review",
        "一、2024年工作回顾\n@\n（一）工业稳步增长\n@\n（二）着力解决突出问题\n@\n（三）存在的主要问题\n一是产业层次不高。\n二是公共服务不足。\n"
        "二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）着力解决突出问题\ns1.3 problems （三）存在的主要问题\n"
        "s1.4 problems\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "the outlook on the year ahead at the end of the review, as in the 1990s",
        "一、2024年工作回顾\n@@\n我们也清醒看到，发展还面临不少困难和问题，要认真加以解决。\n各位代表！\n"
        "2025年是关键的一年。要加快发展工业，确保增长5.5%左右。要抓好农业，力争增产。要推动改革，更好服务企业。\n二、继续扩大内需\n@\n三、深化改革开放\n@",
        "s1 review 一、2024年工作回顾\ns1.1 problems\ns1.2 plan\ns2 plan 二、继续扩大内需\ns3 plan 三、深化改革开放\ns3.1 closing",
    ),
    OutlineCase(
        "a chapter that looks back, then ahead",
        "一、2025年工作回顾\n@@\n二、“十四五”时期发展成就和“十五五”时期主要目标任务\n过去五年，完成了规划，取得了成绩。去年产值增长5.5%。建成了学校。\n"
        "“十五五”时期是关键时期。今后五年，要加快发展，确保增长5.5%左右。要推动改革。\n要抓好生产，力争增产，更好服务企业。\n三、2026年重点工作\n@",
        "s1 review 一、2025年工作回顾\ns2 plan 二、“十四五”时期发展成就和“十五五”时期主要目标任务\ns2.1 review\ns2.2 plan\n"
        "s3 plan 三、2026年重点工作\ns3.1 closing",
    ),
    OutlineCase(
        "a section of the plan that looks back, as in 2006",
        "一、去年工作回顾\n@\n二、关于“十一五”规划的说明\n@\n（一）编制规划的过程\n@\n（二）“十五”期间经济社会发展主要情况\n@\n"
        "（三）推动各项工作取得新成效\n@",
        "s1 review 一、去年工作回顾\ns2 plan 二、关于“十一五”规划的说明\ns2.1 plan （一）编制规划的过程\n"
        "s2.2 review （二）“十五”期间经济社会发展主要情况\ns2.3 plan （三）推动各项工作取得新成效\ns2.4 closing",
    ),
    OutlineCase(
        "the end of a first chapter whose beginning the file lacks",
        "一年来的成绩来之不易。@\n我们也清醒看到，发展还面临不少困难和问题，要认真加以解决。\n二、2025年工作安排\n@\n（一）扩大有效需求\n@\n（二）推进科技创新\n@",
        "s1 review\ns2 problems\ns3 plan 二、2025年工作安排\ns3.1 plan （一）扩大有效需求\ns3.2 plan （二）推进科技创新\ns3.3 closing",
    ),
    OutlineCase(
        "a speech without headings that looks back, then ahead",
        "去年完成了投资，产值增长5.5%。取得了成绩，建成了学校。\n我们也清醒看到，发展还面临不少困难和问题，要认真加以解决。\n"
        "今年要加快发展，确保增长5.5%左右。要推动改革，更好服务企业。\n要抓好生产，力争增产。要健全制度，鼓励创新。",
        "s1 review\ns2 problems\ns3 plan\ns4 closing",
    ),
    OutlineCase(
        "a plan that goes on from what was reached; aims read like a review, too",
        "一、2025年工作回顾\n@@\n二、关于“十五五”规划纲要（草案）的说明\n@\n"
        "“十四五”时期，经受住了考验。五年来完成了规划，取得了成绩。累计增长5.5%。成功建成了学校。连续获评先进。首次突破了100亿元。\n"
        "“十五五”时期，我市发展的主要目标是：经济实力显著提升，累计增长5.5%。率先建成了学校。成功突破了100亿元。取得了新成绩。首次达到前列。连续增长。\n@\n"
        "三、2026年重点工作\n@",
        "s1 review 一、2025年工作回顾\ns2 plan 二、关于“十五五”规划纲要（草案）的说明\ns2.1 review\ns2.2 plan\ns3 plan 三、2026年重点工作\ns3.1 closing",
    ),
    OutlineCase(
        "problems that begin within a paragraph",
        "一、2024年工作回顾\n@@\n各位代表！过去一年的成绩来之不易，我们战胜了困难和挑战，顶住了压力，在此表示衷心的感谢！"
        "同时，我们也清醒看到，发展基础还不牢固，公共服务存在短板。我们一定直面问题，全力改进。\n二、2025年工作安排\n@\n（一）扩大有效需求。%\n"
        "（二）推进科技创新。%\n（三）深化改革开放。%",
        "s1 review 一、2024年工作回顾\ns1.1 problems\ns2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\n"
        "s2.3 plan （三）深化改革开放\ns2.4 closing",
    ),
    OutlineCase(
        "problems told in the plan, where the review tells of none",
        "一、2024年工作回顾\n@@\n二、2025年总体要求\n今年是关键的一年。@\n我们也清醒看到存在的差距和挑战：产业基础薄弱，公共服务不足，营商环境有待改善，财政压力加大。\n"
        "面对机遇和挑战，我们要坚定信心。@\n三、2025年重点工作\n@",
        "s1 review 一、2024年工作回顾\ns2 plan 二、2025年总体要求\ns2.1 problems\ns2.2 plan\ns3 plan 三、2025年重点工作\ns3.1 closing",
    ),
    OutlineCase(
        "risks weighed in the plan, and problems again after those of the review",
        "一、2024年工作回顾\n@@\n我们也清醒看到，发展还面临不少困难和问题，要认真加以解决。\n二、2025年总体要求\n今年是关键的一年。@\n"
        "我们也清醒看到存在的差距和挑战：产业基础薄弱，公共服务不足，营商环境有待改善，财政压力加大。\n三、2025年重点工作\n@",
        "s1 review 一、2024年工作回顾\ns1.1 problems\ns2 plan 二、2025年总体要求\ns3 plan 三、2025年重点工作\ns3.1 closing",
    ),
    OutlineCase(
        "a speech without headings: a look ahead in the review, what is lacking in the words of tasks, a remark",
        "去年完成了投资，产值增长5.5%。取得了成绩，建成了学校。\n着眼未来发展，先后完成了规划，成功建成了学校。获评先进。"
        "我们也清醒看到，疫情防控的压力仍然巨大。\n连续增长5.5%，首次突破了100亿元。\n"
        "我们也清醒看到，要加快提升的短板还不少，应该抓好的薄弱环节还要强化，可以更好发挥的优势有待提升，力争加以解决。\n"
        "今年要加快发展，确保增长5.5%左右。要推动改革，更好服务企业。\n要抓好生产，力争增产。要健全制度，鼓励创新。",
        "s1 review\ns2 problems\ns3 plan\ns4 closing",
    ),
    OutlineCase(
        "a review without a heading before numbered tasks",
        "去年完成了投资，产值增长5.5%。取得了成绩，建成了学校。连续获评先进，成功突破了100亿元。首次达到前列。\n"
        "一、2025年总体要求\n@\n二、2025年工作安排\n@",
        "s1 review\ns2 plan 一、2025年总体要求\ns3 plan 二、2025年工作安排\ns3.1 closing",
    ),
    OutlineCase(
        "an introduction that looks back, as in 1955",
        "去年完成了投资，产值增长5.5%。取得了成绩，建成了学校。连续获评先进，成功突破了100亿元。首次达到前列。现在，我对计划作如下的说明。\n"
        "一、2025年总体要求\n@\n二、2025年工作安排\n@",
        "s1 plan 一、2025年总体要求\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "tasks in view of difficulties before the first section",
        "一、2024年工作回顾\n实现目标，要坚持稳中求进，既要清醒看到经济下行压力和挑战，又要坚定信心，加快发展，推动改革，更好服务企业，确保完成任务。\n"
        "（一）工业稳步增长。%\n（二）农业再获丰收。%\n二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "a comma after the number, and a bracket that is not opened",
        "一，2024年工作回顾\n@\n一）工业稳步增长。%\n二）农业再获丰收。%\n二，2025年工作安排\n@\n一）扩大有效需求。%\n二）推进科技创新。%\n"
        "一九五八，是跃进的一年。",
        "s1 review 一，2024年工作回顾\ns1.1 review 一）工业稳步增长\ns1.2 review 二）农业再获丰收\ns2 plan 二，2025年工作安排\n"
        "s2.1 plan 一）扩大有效需求\ns2.2 plan 二）推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "第一章 above 第一节",
        "第一章 2024年工作回顾\n@\n第一节 工业稳步增长\n@\n第二节 农业再获丰收\n@\n第二章 2025年工作安排\n@\n第一节 扩大有效需求\n@\n"
        "第二节 推进科技创新\n@\n第三节 深化改革开放\n@",
        "s1 review 第一章2024年工作回顾\ns1.1 review 第一节工业稳步增长\ns1.2 review 第二节农业再获丰收\ns2 plan 第二章2025年工作安排\n"
        "s2.1 plan 第一节扩大有效需求\ns2.2 plan 第二节推进科技创新\ns2.3 plan 第三节深化改革开放\ns2.4 closing",
    ),
    OutlineCase(
        "parts, chapters and four levels",
        "第一部分 2024年工作回顾\n@\n一、经济运行稳中向好\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n二、社会大局和谐稳定\n@\n第二部分 2025年工作安排\n@\n"
        "一、扩大有效需求\n@\n二、推进科技创新\n@",
        "s1 review 第一部分2024年工作回顾\ns1.1 review 一、经济运行稳中向好\ns1.1.1 review （一）工业稳步增长\ns1.1.2 review （二）农业再获丰收\n"
        "s1.2 review 二、社会大局和谐稳定\ns2 plan 第二部分2025年工作安排\ns2.1 plan 一、扩大有效需求\ns2.2 plan 二、推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "Arabic numbers below Chinese ones",
        "一、2024年工作回顾\n@\n1．工业稳步增长。%\n2．农业再获丰收。%\n二、2025年工作安排\n@\n（一）扩大有效需求\n@\n1.促进消费。%\n2.增加投资。%\n（二）推进科技创新\n"
        "@\n1.5亿元的项目开工建设。%",
        "s1 review 一、2024年工作回顾\ns1.1 review 1．工业稳步增长\ns1.2 review 2．农业再获丰收\ns2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\n"
        "s2.1.1 plan 1.促进消费\ns2.1.2 plan 2.增加投资\ns2.2 plan （二）推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "numbers set off by a space alone",
        "一\u3000\u3000二○二四年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n二\u3000\u3000二○二五年工作安排\n@",
        "s1 review 一二○二四年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns2 plan 二二○二五年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "level 2 without numbers below numbered level 1",
        "一、2024年工作回顾\n@\n经济运行稳中向好\n@@\n创新动能加快汇聚\n@@\n民生福祉持续增进\n@@\n二、2025年工作安排\n@\n着力扩大内需\n@@\n着力深化改革\n@@",
        "s1 review 一、2024年工作回顾\ns1.1 review 经济运行稳中向好\ns1.2 review 创新动能加快汇聚\ns1.3 review 民生福祉持续增进\n"
        "s2 plan 二、2025年工作安排\ns2.1 plan 着力扩大内需\ns2.2 plan 着力深化改革\ns2.3 closing",
    ),
    OutlineCase(
        "a term's end: five years back, five years ahead, this year",
        "一、过去五年工作回顾\n@\n（一）综合实力大幅跃升。%\n（二）城乡面貌显著变化。%\n（三）民生福祉持续增进。%\n二、今后五年总体要求和目标任务\n@\n三、2022年重点工作\n@\n"
        "（一）抓好疫情防控。%\n（二）稳定经济增长。%\n（三）持续改善民生。%\n四、切实加强政府自身建设\n@",
        "s1 review 一、过去五年工作回顾\ns1.1 review （一）综合实力大幅跃升\ns1.2 review （二）城乡面貌显著变化\ns1.3 review （三）民生福祉持续增进\n"
        "s2 plan 二、今后五年总体要求和目标任务\ns3 plan 三、2022年重点工作\ns3.1 plan （一）抓好疫情防控\ns3.2 plan （二）稳定经济增长\n"
        "s3.3 plan （三）持续改善民生\ns4 plan 四、切实加强政府自身建设\ns4.1 closing",
    ),
    OutlineCase(
        "the numbering of level 2 runs on through the report",
        "2024年工作回顾\n@\n一、工业稳步增长\n@\n二、农业再获丰收\n@\n2025年工作安排\n@\n三、扩大有效需求\n@\n四、推进科技创新\n@",
        "s1 review 2024年工作回顾\ns1.1 review 一、工业稳步增长\ns1.2 review 二、农业再获丰收\ns2 plan 2025年工作安排\ns2.1 plan 三、扩大有效需求\n"
        "s2.2 plan 四、推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "a closing chapter of its own",
        "一、2024年工作回顾\n@@\n二、2025年工作安排\n@@\n结束语\n@",
        "s1 review 一、2024年工作回顾\ns2 plan 二、2025年工作安排\ns3 closing 结束语",
    ),
    OutlineCase(
        "problems as a chapter",
        "一、2024年工作回顾\n@@\n二、存在的主要问题\n@@\n三、2025年工作安排\n@@",
        "s1 review 一、2024年工作回顾\ns2 problems 二、存在的主要问题\ns3 plan 三、2025年工作安排\ns3.1 closing",
    ),
    OutlineCase(
        "ten and more, with Arabic level 1",
        "1、2024年工作回顾\n@@\n2、2025年工作安排\n@\n"
        + "\n".join(
            f"（{n}）抓好第{n}方面工作。%"
            for n in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
        ),
        "s1 review 1、2024年工作回顾\ns2 plan 2、2025年工作安排\n"
        + "\n".join(
            f"s2.{i} plan （{n}）抓好第{n}方面工作"
            for i, n in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
        )
        + "\ns2.13 closing",
    ),
    OutlineCase(
        "lines that begin with numerals and are no headings",
        "一、2024年工作回顾\n@\n一、二、三产业融合发展，成效明显。%\n一是一，二是二，实事求是。\n@\n第一产业增加值增长3%。%\n三四线城市平稳发展。%\n十年来，变化巨大。%\n"
        "二、2025年工作安排\n@",
        "s1 review 一、2024年工作回顾\ns2 plan 二、2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "a misprinted number, page furniture between the paragraphs",
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n打印本页\n（一）农业再获丰收。%\n（三）民生持续改善。%\n新华社记者 摄\n- 12 -\n二、2025年工作安排\n@\n下一页\n"
        "（一）扩大有效需求。%\n（二）推进科技创新。%",
        "s1 review 一、2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （一）农业再获丰收\ns1.3 review （三）民生持续改善\n"
        "s2 plan 二、2025年工作安排\ns2.1 plan （一）扩大有效需求\ns2.2 plan （二）推进科技创新\ns2.3 closing",
    ),
    OutlineCase(
        "the first chapter has lost its number",
        "2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n二、2025年工作安排\n@\n三、加强政府自身建设\n@",
        "s1 review 2024年工作回顾\ns1.1 review （一）工业稳步增长\ns1.2 review （二）农业再获丰收\ns2 plan 二、2025年工作安排\n"
        "s3 plan 三、加强政府自身建设\ns3.1 closing",
    ),
    OutlineCase(
        "Arabic chapters that begin with a year",
        "1.2024年工作回顾\n@\n（1）工业稳步增长。%\n（2）农业再获丰收。%\n2.2025年工作安排\n@",
        "s1 review 1.2024年工作回顾\ns1.1 review （1）工业稳步增长\ns1.2 review （2）农业再获丰收\ns2 plan 2.2025年工作安排\ns2.1 closing",
    ),
    OutlineCase(
        "traditional characters",
        "一、2024年工作回顧\n過去一年，國民經濟和社會發展取得新成績，產業結構進一步優化，對外開放擴大。\n（一）經濟運行總體平穩。對內對外開放進一步擴大，發展質量提高。\n"
        "（二）農業生產穩定發展。糧食總產量再創歷史新高，農民收入增長。\n二、2025年工作任務\n為實現全年發展目標，要進一步擴大內需，推動產業發展。",
        "s1 review 一、2024年工作回顧\ns1.1 review （一）經濟運行總體平穩\ns1.2 review （二）農業生產穩定發展\ns2 plan 二、2025年工作任務\ns2.1 closing",
    ),
]
