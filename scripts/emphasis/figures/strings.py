"""The words of pictures that are not from a report, in Chinese and English; names of reports; which sections are shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from emphasis.topics.verdicts import BETTER, NOISE, TOO_LITTLE

LANGUAGES = ("zh", "en")

_STRINGS: dict[str, tuple[str, str]] = {
    # Titles
    "profile.title": ("{report}：各节篇幅与主题", "{report}: length and themes of its sections"),
    "themes.title": ("{report}：回顾与安排的主题份额", "{report}: themes in review and plan"),
    "terms.title": ("{report}：各节的特征词", "{report}: distinctive terms of its sections"),
    "topics.title": ("{report}：各节的话题占比", "{report}: topics of its sections"),
    "targets.title": ("{report}：上年完成与今年目标", "{report}: outturns and targets"),
    "network.title": ("{report}：词语共现网络", "{report}: terms that stand together"),
    "trends.title": ("历年主题份额", "Themes over the years"),
    "regions.title": ("各地区的主题份额", "Themes by region"),
    "reuse.title": ("报告之间的文本重复", "Text shared between reports"),
    "similarity.title": ("报告之间的用词相似度", "Similarity of vocabulary"),
    # Parts
    "whole": ("全文", "whole report"),
    "review": ("工作回顾", "review"),
    "plan": ("工作安排", "plan"),
    "other": ("其他部分", "other parts"),
    # Axes and legends
    "tokens": ("词数", "words"),
    "share": ("占词数的比例（%）", "share of words (%)"),
    "share_of_section": ("主题词占本节词数的比例（%）", "theme's share of the section's words (%)"),
    "share_of_report": ("主题词占全文词数的比例（%）", "theme's share of the report's words (%)"),
    "tfidf": ("TF-IDF（条长）；数字为出现次数", "TF-IDF (length); figures are counts"),
    "distinct": ("关键性检验显著（q < {q}）", "keyness test: q < {q}"),
    "not_distinct": ("不显著或未检验", "not significant, or not tested"),
    "prevalence": ("话题占本节的比例（%）", "topic's share of the section (%)"),
    "above_equal": ("95% 区间下限高于平均份额 1/{k}", "interval lies above an equal share, 1/{k}"),
    "topic": ("话题", "topic"),
    "outturn": ("上年完成", "outturn, last year"),
    "target": ("今年目标", "target, this year"),
    "year": ("年份", "year"),
    "reused": ("行中报告的文字见于列中报告的比例（%）", "share of the row's text that stands in the column's (%)"),
    "column_largest": ("该列最大值", "largest of the column"),
    "cosine": ("余弦相似度", "cosine similarity"),
    "not_compared": ("未比较", "not compared"),
    "single_years": ("其他地区（各年一点）", "other regions, a point a year"),
    # Notes
    "profile.note": (
        "计数部分共 {n} 词。条长为各节词数；色块为该主题词典的词语占本节词数的比例。词典收词多少不一，宜在同一列内比较。",
        "{n} words in the counted parts. Bars: words of each section. Cells: share of the section's words that are in the theme's "
        "dictionary. Dictionaries differ in size: compare within a column.",
    ),
    "themes.note": (
        "主题词典的词语占该部分词数的比例（回顾 {n_review} 词，安排 {n_plan} 词）。词典收词多少不一，宜比较同一主题的两点。",
        "Share of the part's words that are in the theme's dictionary ({n_review} words of review, {n_plan} of plan). "
        "Dictionaries differ in size: compare the two points of a theme.",
    ),
    "themes.one_part": (
        "报告未识别出{part}，故只有一点。",
        "No {part} was recognised in this report, so there is one point.",
    ),
    "terms.note": (
        "每节列出 TF-IDF 最高、且至少出现 2 次的 {words} 个词。TF-IDF 只排序，不检验；检验以该节与报告其余部分相比。",
        "The {words} terms of each section with the highest TF-IDF and at least 2 occurrences. TF-IDF ranks and does not "
        "test; the test compares the section with the rest of the report.",
    ),
    "terms.none": (
        "本报告没有一个词的检验显著：各节太短，条形只作描述。",
        "No term passes the test here: the sections are short, and the bars only describe.",
    ),
    "topics.note": (
        "模型 {model}，{k} 个话题中在本报告占比最大的 {shown} 个；格中为占比（%）。话题由词语共现推断，并非报告自己的提法。",
        "Model {model}: of its {k} topics the {shown} largest in this report; figures in cells are shares (%). Topics are "
        "inferred from words that occur together; the report does not speak of them.",
    ),
    "topics.left_noise": (
        "另有 {n} 个话题与噪声无法区分，不画。",
        "{n} topics cannot be told from noise and are left out.",
    ),
    "topics.weak": ("弱", "weak"),
    "topics.formula": ("套语", "formula"),
    "topics.comma": ("、", ", "),
    "topics.marks": ("（{marks}）", " ({marks})"),
    "targets.note": (
        "每行两条按两者中较大的值等比绘制，行与行之间不可比较。只列完成数与目标数口径一致、单位相同的指标。",
        "The bars of a row are to scale with each other; rows are not comparable. Only indicators whose outturn and target "
        "measure the same thing in the same unit.",
    ),
    "targets.negative": ("负值不画条。", "Negative values have no bar."),
    "network.note": (
        "{sentences} 个句子；{nodes} 个词（字号按含该词的句数），{edges} 条连线：同句共现至少 {least} 次，NPMI 不低于 {threshold}，"
        "越粗越强。位置只为清晰，距离没有含义。",
        "{sentences} sentences; {nodes} terms, set by the number of sentences that have them; {edges} lines: at least {least} "
        "sentences together and NPMI of {threshold} or more, the stronger the thicker. Distances have no meaning.",
    ),
    "trends.note": (
        "主题词占全文词数的比例（%），各图纵轴不同，从 0 起。{reports} 份报告；没有报告的年份以直线相连。",
        "Share of the report's words (%); each panel has its own scale, from 0. {reports} reports; years without a report are "
        "bridged.",
    ),
    "regions.note": (
        "各地区最近一年的报告，{n} 个地区。词典收词多少不一，宜在同一列内比较。",
        "The latest report of each region; {n} regions. Dictionaries differ in size: compare within a column.",
    ),
    "reuse.note": (
        "至少连续 8 个字相同，不计标点与空白；只比较上年、上级与同级同年的报告（{n} 对）。套话亦计入。",
        "Passages of 8 characters or more, white space and punctuation left out. Compared are the year before, the superior "
        "level and neighbours of the same year. Pairs: {n}. Formulas count.",
    ),
    "similarity.note": (
        "关键词按 TF-IDF 加权；只比较上年、上级与同级同年的报告（{n} 对）。",
        "Keywords weighed by TF-IDF. Compared are the year before, the superior level and neighbours of the same year. "
        "Pairs: {n}.",
    ),
    "left_out": ("另有 {n} 项未画，见表格。", "{n} more are not drawn; see the table."),
    # Why nothing is drawn
    "nothing": ("未作图", "Nothing is drawn"),
    "no_sections": ("报告没有识别出带标题的章节。", "No section with a heading was found in this report."),
    "no_themes": (
        "报告没有可计数的文字，或没有主题词典。",
        "The report has no counted text, or there are no dictionaries.",
    ),
    "no_terms": ("没有任何一节有出现 2 次以上的特征词。", "No section has a distinctive term that occurs twice."),
    "no_targets": (
        "没有口径一致、单位相同的完成数与目标数。",
        "No outturn and target measure the same thing in the same unit.",
    ),
    "no_network": (
        "没有两个词同句共现至少 {least} 次且 NPMI 不低于 {threshold}（{sentences} 个句子）。",
        "No two terms stand together in {least} sentences with NPMI of {threshold} or more ({sentences} sentences).",
    ),
    "no_topics": ("这份报告没有拟合话题模型。", "No topic model was fitted on this report."),
    "topics.noise": (
        "话题模型与噪声无法区分，故不画出。下列为模型在报告上的值，括号内为同一模型在打乱词语后的 95% 区间：",
        "The topic model cannot be told from noise, so it is not drawn. Its values on the report, with the 95% range of the "
        "same model on shuffled words:",
    ),
    "topics.noise_row": (
        "{model} · {measure}：{value}（噪声 {low} 至 {high}），{verdict}",
        "{model} · {measure}: {value} (noise {low} to {high}), {verdict}",
    ),
    NOISE: ("与噪声无法区分", "not distinguishable from noise"),
    BETTER: ("优于噪声", "better than noise"),
    TOO_LITTLE: ("文字太少", "too little text"),
    "model": ("模型", "model"),
    "coherence_npmi": ("连贯性（NPMI）", "coherence (NPMI)"),
    "stability_jaccard": ("稳定性（Jaccard）", "stability (Jaccard)"),
    "topics.reason_row": ("{model} · {measure}：{verdict}", "{model} · {measure}: {verdict}"),
    "no_years": ("没有一个地区有两年以上的报告。", "No region has reports of two years or more."),
    "no_regions": ("没有地区已知的报告。", "No report has a known region."),
    "no_pairs": ("没有可以比较的报告。", "No reports can be compared."),
    # Word clouds
    "cloud.size": (
        "字号：字的面积与每万词出现次数成正比，本报告各图同一尺度。条形为出现次数，各图自成尺度。{counted} 词。",
        "Area of a character: occurrences per 10,000 words, on one scale in all clouds of this report. Bars: counts, each "
        "picture on a scale of its own. {counted} words.",
    ),
    "cloud.review": ("回顾部分的频率为安排部分的 2 倍以上", "at least twice as frequent in the review"),
    "cloud.plan": ("安排部分的频率为回顾部分的 2 倍以上", "at least twice as frequent in the plan"),
    "cloud.equal": ("两部分相近", "about equal"),
    "cloud.only": ("仅见于本节", "only in this section"),
    "cloud.twice": ("频率为报告其余部分的 2 倍以上", "at least twice the rate elsewhere"),
    "cloud.other": ("其他", "other"),
}


def say(key: str, language: str, **values: object) -> str:
    """The text of a key in one language, with values inserted.

    Examples
    --------
    >>> say("left_out", "en", n=3)
    '3 more are not drawn; see the table.'
    """
    text = _STRINGS[key][LANGUAGES.index(language)]
    return text.format(**values) if values else text


def say_if_known(key: str, language: str) -> str:
    """The text of a key, or the key itself if it is a value of a table without a text."""
    return say(key, language) if key in _STRINGS else key


def all_keys() -> list[str]:
    """Every key."""
    return list(_STRINGS)


def all_texts() -> list[str]:
    """Every text, before values are inserted."""
    return [text for pair in _STRINGS.values() for text in pair]


MOST_SECTIONS = 32
"""Sections in a picture, at most: a page of a journal has no room for more."""


def report_title(reports: pd.DataFrame) -> str:
    """Place and year of a report, or its id if they are not known.

    Parameters
    ----------
    reports : DataFrame
        As in reports.csv, of one report.
    """
    report = reports.iloc[0]
    if report["region"] and not pd.isna(report["year"]):
        return f"{_place(report)}{report['year']}年政府工作报告"
    return str(report["report_id"])


def report_names(reports: pd.DataFrame) -> dict[str, str]:
    """Short names of reports by id: place and year; the id if they are not known or two reports share them."""
    names = {}
    for _, report in reports.iterrows():
        known = report["region"] and not pd.isna(report["year"])
        names[str(report["report_id"])] = f"{_place(report)} {report['year']}" if known else str(report["report_id"])
    twice = pd.Series(names).duplicated(keep=False)
    return {report_id: report_id if twice[report_id] else name for report_id, name in names.items()}


def _place(report: pd.Series[Any]) -> str:
    return "国务院" if report["region_level"] == "national" else str(report["region"])


def shown_sections(sections: pd.DataFrame) -> pd.DataFrame:
    """The sections of level 2 and the undivided sections of level 1, in the order of the report.

    Parameters
    ----------
    sections : DataFrame
        As in sections.csv, of one report.
    """
    headed = sections[sections["level"] > 0]
    divided = set(headed.loc[headed["level"] == 2, "parent_id"])
    return headed[(headed["level"] == 2) | ((headed["level"] == 1) & ~headed["section_id"].isin(divided))]
