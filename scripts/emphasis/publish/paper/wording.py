"""Values of the tables in words, in both languages; a value that is not listed is printed as it stands."""

from __future__ import annotations

import re

from emphasis.publish.paper.table import Both, Cell, plain
from emphasis.store.results import Row

_WORDS = {
    "whole": Both("Whole report", "全文"),
    "review": Both("Review", "工作回顾"),
    "plan": Both("Plan", "工作安排"),
    "problems": Both("Problems", "存在问题"),
    "closing": Both("Closing", "结束语"),
    "front": Both("Front matter", "篇首"),
    "annex": Both("Annex", "附录"),
    "footer": Both("Footer", "篇尾"),
    "true": Both("yes", "是"),
    "false": Both("no", "否"),
    "high": Both("high", "高"),
    "medium": Both("medium", "中"),
    "low": Both("low", "低"),
    "cited": Both("cited", "引自文献"),
    "compiled": Both("compiled", "自编"),
    "better than noise": Both("better than noise", "优于随机打乱的文本"),
    "not distinguishable from noise": Both("not distinguishable from noise", "与随机打乱的文本无法区分"),
    "enough": Both("enough", "足够"),
    "coherence_npmi": Both("Coherence (NPMI)", "主题一致性（NPMI）"),
    "stability_jaccard": Both("Stability (Jaccard)", "主题稳定性（Jaccard）"),
    "k_curve": Both("Held-out completion", "留出补全得分"),
    "model": Both("Share of topics that are kept", "保留的主题占比"),
    "place": Both("Order in which to read the models", "阅读次序"),
    "kept": Both("kept", "保留"),
    "weak": Both("weak", "较弱"),
    "main result": Both("main result", "主要结果"),
    "beside it": Both("beside it", "参考结果"),
    "tried": Both("tried", "已试"),
    "chosen": Both("chosen", "选定"),
    "n_documents": Both("Documents", "文档数"),
    "n_words": Both("Words", "词数"),
    "same measure": Both("same measure", "口径一致"),
    "different action": Both("different action", "动作不同"),
    "different threshold": Both("different threshold", "门槛不同"),
    "different horizon": Both("different horizon", "期限不同"),
    "different definition": Both("different definition", "指标定义不同"),
    "growth_rate": Both("growth rate", "增速"),
    "level": Both("level", "总量"),
    "count": Both("count", "数量"),
    "share": Both("share", "比重"),
    "rank": Both("rank", "位次"),
    "change": Both("change", "增减量"),
    "multiple": Both("multiple", "倍数"),
    "duration": Both("duration", "时长"),
    "national": Both("national", "国家"),
    "province": Both("province", "省级"),
    "prefecture": Both("prefecture", "地级"),
    "county": Both("county", "县级"),
}

_DIFFERS = re.compile(r"different (measure|unit): (.*) and (.*)")

# What binds a figure: the sign before it in English, the words before and behind it in Chinese.
_BINDS = {
    "ge": ("≥ ", "", "以上"),
    "gt": ("> ", "超过", ""),
    "le": ("≤ ", "", "以内"),
    "lt": ("< ", "低于", ""),
    "approx": ("≈ ", "", "左右"),
    "approx_above": ("≈ ", "略高于", ""),
    "near_below": ("≈ ", "接近", ""),
}
_WITHOUT_FIGURE = {
    "gt_relational": Both("above another quantity", "高于参照指标"),
    "lt_relational": Both("below another quantity", "低于参照指标"),
    "sync_relational": Both("in step with another quantity", "与参照指标同步"),
}


def word(value: str) -> Cell:
    """A value of a table in both languages, as far as it is known here."""
    if differs := _DIFFERS.fullmatch(value):
        kind, one, other = differs.groups()
        first, second = (item if isinstance(item, Both) else Both(item, item) for item in (word(one), word(other)))
        what = {"measure": "计量方式不同", "unit": "单位不同"}[kind]
        return Both(
            f"different {kind}: {first.en or 'none'} and {second.en or 'none'}",
            f"{what}：{first.zh or '无'}与{second.zh or '无'}",
        )
    return _WORDS.get(value, value)


def target(comparator: str, value: str, high: str, unit: str) -> Cell:
    """A target as figure with what binds it.

    Examples
    --------
    >>> target("ge", "5.5000", "", "%")
    Both(en='≥ 5.5%', zh='5.5%以上')
    >>> target("range", "5.0000", "6.0000", "%")
    '5–6%'
    """
    if not value:
        return _WITHOUT_FIGURE.get(comparator, Both("no figure", "无数值"))
    if high:
        return f"{plain(value)}{'→' if comparator == 'from_to' else '–'}{plain(high)}{unit}"
    figure = plain(value) + unit
    sign, before, behind = _BINDS.get(comparator, ("", "", ""))
    return Both(sign + figure, before + figure + behind) if sign else figure


def place(report: Row) -> Both:
    """Region and year of a report, or its id where they are not known."""
    region, year = report["region"], report["year"]
    if not region or not year:
        return Both(report["report_id"], report["report_id"])
    name = "国务院" if report["region_level"] == "national" else region
    return Both(f"{name}, {year}", f"{name}{year}年")
