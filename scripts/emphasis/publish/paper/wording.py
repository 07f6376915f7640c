"""Values of the tables in words, in both languages; a value that is not listed is printed as it is."""

from __future__ import annotations

import re

from emphasis.publish.paper.table import Bilingual, Cell, strip_zeros
from emphasis.store.results import Row
from emphasis.topics.verdicts import BETTER, KEPT, MAIN_RESULT, NOISE, SECONDARY, WEAK

_WORDS = {
    "whole": Bilingual("Whole report", "全文"),
    "review": Bilingual("Review", "工作回顾"),
    "plan": Bilingual("Plan", "工作安排"),
    "problems": Bilingual("Problems", "存在问题"),
    "closing": Bilingual("Closing", "结束语"),
    "front": Bilingual("Front matter", "篇首"),
    "annex": Bilingual("Annex", "附录"),
    "footer": Bilingual("Footer", "篇尾"),
    "true": Bilingual("yes", "是"),
    "false": Bilingual("no", "否"),
    "high": Bilingual("high", "高"),
    "medium": Bilingual("medium", "中"),
    "low": Bilingual("low", "低"),
    "cited": Bilingual("cited", "引自文献"),
    "compiled": Bilingual("compiled", "自编"),
    BETTER: Bilingual("better than noise", "优于随机打乱的文本"),
    NOISE: Bilingual("not distinguishable from noise", "与随机打乱的文本无法区分"),
    "enough": Bilingual("enough", "足够"),
    "coherence_npmi": Bilingual("Coherence (NPMI)", "主题一致性（NPMI）"),
    "stability_jaccard": Bilingual("Stability (Jaccard)", "主题稳定性（Jaccard）"),
    "k_curve": Bilingual("Held-out completion", "留出补全得分"),
    "model": Bilingual("Share of topics that are kept", "保留的主题占比"),
    "place": Bilingual("Order in which to read the models", "阅读次序"),
    KEPT: Bilingual("kept", "保留"),
    WEAK: Bilingual("weak", "较弱"),
    MAIN_RESULT: Bilingual("main result", "主要结果"),
    SECONDARY: Bilingual("beside it", "参考结果"),
    "tried": Bilingual("tried", "已试"),
    "chosen": Bilingual("chosen", "选定"),
    "n_documents": Bilingual("Documents", "文档数"),
    "n_words": Bilingual("Words", "词数"),
    "same measure": Bilingual("same measure", "口径一致"),
    "different action": Bilingual("different action", "动作不同"),
    "different threshold": Bilingual("different threshold", "门槛不同"),
    "different horizon": Bilingual("different horizon", "期限不同"),
    "different definition": Bilingual("different definition", "指标定义不同"),
    "growth_rate": Bilingual("growth rate", "增速"),
    "level": Bilingual("level", "总量"),
    "count": Bilingual("count", "数量"),
    "share": Bilingual("share", "比重"),
    "rank": Bilingual("rank", "位次"),
    "change": Bilingual("change", "增减量"),
    "multiple": Bilingual("multiple", "倍数"),
    "duration": Bilingual("duration", "时长"),
    "national": Bilingual("national", "国家"),
    "province": Bilingual("province", "省级"),
    "prefecture": Bilingual("prefecture", "地级"),
    "county": Bilingual("county", "县级"),
}

_DIFFERS = re.compile(r"different (measure|unit): (.*) and (.*)")

# How a target bounds its quantity: the sign before it in English, the words before and after it in Chinese.
_BOUNDS = {
    "ge": ("≥ ", "", "以上"),
    "gt": ("> ", "超过", ""),
    "le": ("≤ ", "", "以内"),
    "lt": ("< ", "低于", ""),
    "approx": ("≈ ", "", "左右"),
    "approx_above": ("≈ ", "略高于", ""),
    "near_below": ("≈ ", "接近", ""),
}
_WITHOUT_QUANTITY = {
    "gt_relational": Bilingual("above another quantity", "高于参照指标"),
    "lt_relational": Bilingual("below another quantity", "低于参照指标"),
    "sync_relational": Bilingual("in step with another quantity", "与参照指标同步"),
}


def translate(value: str) -> Cell:
    """A value of a table in both languages; the value itself if it is not listed."""
    if differs := _DIFFERS.fullmatch(value):
        kind, one, other = differs.groups()
        first, second = (
            item if isinstance(item, Bilingual) else Bilingual(item, item)
            for item in (translate(one), translate(other))
        )
        what = {"measure": "计量方式不同", "unit": "单位不同"}[kind]
        return Bilingual(
            f"different {kind}: {first.en or 'none'} and {second.en or 'none'}",
            f"{what}：{first.zh or '无'}与{second.zh or '无'}",
        )
    return _WORDS.get(value, value)


def target_in_words(comparator: str, value: str, high: str, unit: str) -> Cell:
    """A target as a quantity with its bound.

    Examples
    --------
    >>> target_in_words("ge", "5.5000", "", "%")
    Bilingual(en='≥ 5.5%', zh='5.5%以上')
    >>> target_in_words("range", "5.0000", "6.0000", "%")
    '5–6%'
    """
    if not value:
        return _WITHOUT_QUANTITY.get(comparator, Bilingual("no figure", "无数值"))
    if high:
        return f"{strip_zeros(value)}{'→' if comparator == 'from_to' else '–'}{strip_zeros(high)}{unit}"
    quantity = strip_zeros(value) + unit
    sign, before, after = _BOUNDS.get(comparator, ("", "", ""))
    return Bilingual(sign + quantity, before + quantity + after) if sign else quantity


def region_and_year(report: Row) -> Bilingual:
    """Region and year of a report, or its id where they are not known."""
    region, year = report["region"], report["year"]
    if not region or not year:
        return Bilingual(report["report_id"], report["report_id"])
    name = "国务院" if report["region_level"] == "national" else region
    return Bilingual(f"{name}, {year}", f"{name}{year}年")
