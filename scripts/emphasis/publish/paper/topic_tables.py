"""The topics of each model beside what the model can be believed for."""

from __future__ import annotations

from collections.abc import Sequence

from emphasis.publish.paper.build import figure, long, table, text
from emphasis.publish.paper.model import Both, Table, number, say
from emphasis.publish.paper.read import Row
from emphasis.publish.paper.wording import word

TOPIC_WORDS = 8


def topic_tables(
    topics: Sequence[Row], shares: Sequence[Row], diagnostics: Sequence[Row], sections: Sequence[Row]
) -> list[Table]:
    """The topics of each model with their share of the parts of the report, and what the model can be believed for.

    Parameters
    ----------
    topics, shares, diagnostics : sequence of Row
        Of topics.csv, topic_sections.csv and topic_diagnostics.csv.
    sections : sequence of Row
        Of the report; empty for a model of several reports, whose topics are then listed without shares.
    """
    # A part is a heading of level 1 in the review or the plan; only their shares fit beside the words.
    parts = [row for row in sections if row["level"] == "1" and row["role"] in ("review", "plan")]
    models = sorted({row["model"] for row in topics})
    made = []
    for model in models:
        ours = [row for row in topics if row["model"] == model]
        share = {(r["section_id"], r["topic"]): r for r in shares if r["model"] == model}
        words: dict[int, list[str]] = {}
        for row in sorted(ours, key=lambda r: (int(r["topic"]), int(r["rank"]))):
            words.setdefault(int(row["topic"]), []).append(row["term"])
        columns = [figure("Topic", "主题"), long("Words", "主题词")]
        columns += [figure(f"{p['heading']} (%)", f"{p['heading']}（%）") for p in parts]
        lines = [
            (
                str(topic),
                "、".join(terms[:TOPIC_WORDS]),
                *(number(share.get((p["section_id"], str(topic)), {}).get("prevalence", ""), 1, 100) for p in parts),
            )
            for topic, terms in words.items()
        ]
        verdicts = [row for row in diagnostics if row["model"] == model]
        name = "topics" if model.startswith("self:") else f"topics-{model.replace(':', '-')}"
        title = Both("Topics", "主题模型结果")
        # Measures of a single report (coverage:<report_id>) would be as many as there are reports.
        verdicts = [row for row in verdicts if ":" not in row["measure"]]
        made.append(table(name, title, columns, lines, *(_believed(row) for row in verdicts if row["null_high"])))
        # What a model of all reports can be believed for stands among the tables of all reports.
        if model.startswith("self:") or not sections:
            made.append(_diagnostics(f"{name}-diagnostics", verdicts))
    return made


def _believed(row: Row) -> Both:
    measure, verdict = word(row["measure"]), word(row["verdict"])
    figures = tuple(number(row[name], 2) for name in ("value", "null_low", "null_high"))
    return Both(
        "{}: {} ({}; shuffled text {} to {}).".format(say(measure, "en"), say(verdict, "en"), *figures),
        "{}：{}（实测{}，打乱文本{}至{}）。".format(say(measure, "zh"), say(verdict, "zh"), *figures),
    )


def _diagnostics(name: str, verdicts: Sequence[Row]) -> Table:
    return table(
        name,
        Both("What the topics can be believed for", "主题模型的可信程度"),
        [
            text("Measure", "指标"),
            figure("Topics", "主题数"),
            figure("Value", "实测值"),
            figure("Shuffled text, 2.5 %", "打乱文本2.5%分位"),
            figure("Shuffled text, 97.5 %", "打乱文本97.5%分位"),
            long("Verdict", "结论"),
        ],
        [
            (
                word(row["measure"]),
                row["k"],
                number(row["value"], 3),
                number(row["null_low"], 3),
                number(row["null_high"], 3),
                word(row["verdict"]),
            )
            for row in verdicts
        ],
        Both(
            "Shuffled text: the same sentences with all words dealt out anew.",
            "打乱文本：保持各句长度，将全部词随机重新分配。",
        ),
    )
