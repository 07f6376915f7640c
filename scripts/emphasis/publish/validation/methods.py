"""What a paper says of the validation, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from emphasis.publish.validation.key import Key
from emphasis.publish.validation.questions import ALL, AREA, Question
from emphasis.publish.validation.scores import DECIDED, FIRST


def methods_paragraphs(key: Key, scores: pd.DataFrame, agreements: pd.DataFrame, questions: Sequence[Question]) -> str:
    """One paragraph in each language, as Markdown: the draw, the coders' agreement, precision and recall with intervals.

    The codes that were decided are quoted once they are there, else those of the first coder, which is said.

    Parameters
    ----------
    key : Key
    scores, agreements : DataFrame
        As `emphasis.publish.validation.scores` makes them.
    questions : sequence of Question
    """
    coder = DECIDED if DECIDED in set(scores["coder"]) else FIRST
    own = scores[scores["coder"] == coder].set_index("name")
    labels = _labels(questions)
    # Of policy areas the agreement on all together is told.
    shown = agreements.set_index("name")
    shown = shown.loc[[ALL]] if ALL in shown.index else shown
    return "".join(f"{_paragraph(key, own, shown, labels, coder, words)}\n\n" for words in (_EN, _ZH)).rstrip() + "\n"


@dataclass(frozen=True)
class _Words:
    """The phrases of one language."""

    language: int
    frame: str
    agreed: str
    figures: str
    interval: str
    separator: str
    both: str
    first: str
    accuracy: str


_EN = _Words(
    0,
    "We drew {n} of {all:,} sentences of {reports} reports, stratified by the program's codes ({strata} strata; half of the draw in "
    "equal parts, half in proportion). Two coders coded them independently and without seeing the program's codes. They agreed as "
    "follows (share coded alike, Cohen's kappa, Krippendorff's alpha with its 95 % bootstrap interval): {agreed}. Measured by "
    "{whose} and weighted by inverse inclusion probabilities, precision and recall are, with 95 % intervals (Wilson's with the "
    "effective number of sentences; for recall by MOVER): {figures}.{accuracy}",
    "{name} {agreed:.1f} %, κ = {kappa:.2f}, α = {alpha:.2f} [{alpha_low:.2f}, {alpha_high:.2f}]",
    "{name} {precision} and {recall}",
    "{value:.2f} [{low:.2f}, {high:.2f}]",
    "; ",
    "the codes that both coders gave or decided on",
    "the first coder's codes (disagreements have not been decided)",
    " Of all sentences, a share of {recall} is coded as by the coders.",
)
_ZH = _Words(
    1,
    "从{reports}份报告的{all}个句子中，按程序编码分{strata}层抽取{n}句（一半等额分配，一半按比例分配），由两位编码员在不知道程序编码的情况下独立编码。"
    "两人的一致程度（一致率、Cohen's κ、Krippendorff's α及其95%自助法置信区间）为：{agreed}。以{whose}为准，按入样概率的倒数加权，"
    "查准率与查全率及其95%置信区间（按有效句数计算的Wilson区间，查全率用MOVER法）为：{figures}。{accuracy}",
    "{name}{agreed:.1f}%，κ={kappa:.2f}，α={alpha:.2f}（{alpha_low:.2f}～{alpha_high:.2f}）",
    "{name}{precision}和{recall}",
    "{value:.2f}（{low:.2f}～{high:.2f}）",
    "；",
    "两位编码员一致或商定的编码",
    "第一位编码员的编码（分歧尚未商定）",
    "全部句子中，程序编码与人工编码一致的占{recall}。",
)


def _labels(questions: Sequence[Question]) -> dict[str, tuple[str, str]]:
    """English and Chinese names of what figures are of."""
    if [question.name for question in questions] != [AREA]:
        return {question.name: (question.en, question.zh) for question in questions}
    found = {ALL: ("policy area", "政策领域")}
    for code, label in questions[0].options:
        _, zh, en = label.split(" ", 2)
        found[code] = (f"{code} {en}", f"{code} {zh}")
    return found


def _paragraph(
    key: Key,
    own: pd.DataFrame,
    agreements: pd.DataFrame,
    labels: dict[str, tuple[str, str]],
    coder: str,
    words: _Words,
) -> str:
    def name(of: object) -> str:
        return labels[str(of)][words.language]

    def bounds(row: Any, figure: str) -> str:
        return words.interval.format(value=row[figure], low=row[f"{figure}_low"], high=row[f"{figure}_high"])

    agreed = [
        words.agreed.format(
            **{str(key): value for key, value in row.items()} | {"name": name(of), "agreed": 100 * row["agreed"]}
        )
        for of, row in agreements.iterrows()
    ]
    figures = [
        words.figures.format(name=name(of), precision=bounds(row, "precision"), recall=bounds(row, "recall"))
        for of, row in own.iterrows()
        if of != ALL
    ]
    return words.frame.format(
        n=len(key.table),
        all=int(key.about["sentences"]),
        reports=int(key.about["reports"]),
        strata=len(key.about["strata"]),
        agreed=words.separator.join(agreed),
        figures=words.separator.join(figures),
        whose=words.both if coder == DECIDED else words.first,
        accuracy=words.accuracy.format(recall=bounds(own.loc[ALL], "recall")) if ALL in own.index else "",
    )
