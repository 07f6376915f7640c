"""The tables that a paper prints of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from emphasis.measures.dictionaries import Theme
from emphasis.measures.nesting import choose_shown
from emphasis.measures.testing import MAX_Q, SENTENCE
from emphasis.publish.paper.area_tables import area_names, area_table
from emphasis.publish.paper.kit_words import WORDS, make_table, region_and_year, target_in_words, translate, words
from emphasis.publish.paper.peer_tables import TargetName, distinctive_table, missing_table, standing_tables
from emphasis.publish.paper.table import MISSING, Bilingual, Cell, Table, format_number, format_probability
from emphasis.publish.paper.topic_tables import topic_tables
from emphasis.sections import section_order
from emphasis.store.results import Row
from emphasis.targets.entries import falls, name_of_change

REPORT_TABLES = (
    *("sections", "themes", "structure", "frequency_parts", "dispersion", "tfidf", "keyness", "keyness_comparisons"),
    *("target_pairs", "topic_sections", "areas", "distinctive", "missing", "standing", "peers"),
)
"""Results of a single report that its tables are made from; those of topic models come in addition."""
TOPIC_TABLES = ("topics", "topic_diagnostics")
CHANGE_TABLES = ("topic_changes", "area_changes")
"""Tables of all reports with the changes of each."""

SECTION_WORDS = 6

Rows = Mapping[str, Sequence[Row]]
"""The rows of one report by table."""


def report_tables(
    report: Row, rows: Rows, themes: Sequence[Theme], targets: Mapping[str, TargetName], most: int
) -> list[Table]:
    """Every table that the report has rows for.

    Parameters
    ----------
    report : Row
        Of reports.csv.
    rows : mapping of str to sequence of Row
        Those of this report in REPORT_TABLES, TOPIC_TABLES and CHANGE_TABLES.
    themes : sequence of Theme
    targets : mapping of str to TargetName
        Of the panel's variables.
    most : int
        Rows of the tables that list the first of many.
    """
    made = [
        distinctive_table(rows["distinctive"], rows["peers"]),
        missing_table(rows["missing"], rows["peers"]),
        *standing_tables(rows["standing"], rows["peers"], themes, targets, area_names(rows["areas"])),
        area_table(rows["areas"], rows["area_changes"]),
        _structure(rows),
        _frequency(rows, most),
        _tfidf(rows),
        _keyness(rows, most),
        _themes(rows, themes),
        _targets(rows),
        *topic_tables(rows["topics"], rows["topic_diagnostics"], rows["topic_changes"]),
    ]
    place, report_id = region_and_year(report), report["report_id"]
    return [
        replace(
            one,
            report_id=report_id,
            title=words("title.report", title=one.title, place=place),
            subject=one.title,
            group=place,
        )
        for one in made
        if one.rows
    ]


def _structure(rows: Rows) -> Table:
    roles = {"review": 0, "problems": 1, "plan": 2, "closing": 3}
    measured = [row for row in rows["structure"] if row["unit"] in ("report", "role")]
    measured.sort(key=lambda row: (row["unit"] != "report", roles.get(row["name"], len(roles)), row["name"]))
    lines = [
        (
            translate(row["name"]),
            format_number(row["share"], 1, 100),
            row["n_tokens"],
            row["n_sentences"],
            format_number(row["sentence_mean"], 1),
            format_number(row["mattr"], 3),
            format_number(row["four_character_share"], 1, 100),
        )
        for row in measured
    ]
    return make_table("structure", lines, WORDS["structure.note"])


def _frequency(rows: Rows, most: int) -> Table:
    spread = {row["term"]: row for row in rows["dispersion"]}
    # The file lists the most frequent first.
    whole = [row for row in rows["frequency_parts"] if row["part"] == "whole"]
    first = [whole[i] for i in choose_shown((r["term"] for r in whole), (r["within"] for r in whole), most)]
    lines = [
        (
            row["rank"],
            row["term"],
            row["n"],
            format_number(row["per_10k"], 1),
            f"{format_number(row['low'], 1)}–{format_number(row['high'], 1)}" if row["low"] != "" else MISSING,
            spread.get(row["term"], {}).get("range", MISSING),
            format_number(spread.get(row["term"], {}).get("dp_norm", ""), 2),
        )
        for row in first
    ]
    return make_table("frequency", lines, WORDS["frequency.note"])


def _tfidf(rows: Rows) -> Table:
    sections = {row["section_id"]: row for row in rows["sections"] if row["heading"]}
    ranked: dict[str, list[Row]] = {}
    for row in rows["tfidf"]:
        if row["rank"]:
            ranked.setdefault(row["section_id"], []).append(row)
    terms = {
        section: [
            own[i]["term"] for i in choose_shown((r["term"] for r in own), (r["within"] for r in own), SECTION_WORDS)
        ]
        for section, own in ranked.items()
    }
    named = [section for section in sorted(terms, key=section_order) if section in sections]
    lines = [
        (translate(sections[section]["role"]), sections[section]["heading"], "、".join(terms[section]))
        for section in named
    ]
    return make_table("tfidf", lines, WORDS["tfidf.note"])


def _keyness(rows: Rows, most: int) -> Table:
    # Names of the report's own region say nothing of its policy. Words that were found come first, the largest effects before others.
    ours = [row for row in rows["keyness"] if row["comparison"] == "part" and row["own_place"] == "false"]
    ours.sort(key=lambda row: (float(row["q_bh"] or 1) >= MAX_Q, -abs(float(row["log_odds"])), row["term"]))
    half = max(1, most // 2)
    chosen = [row for row in ours if float(row["log_odds"]) > 0][:half]
    chosen += [row for row in ours if float(row["log_odds"]) < 0][:half]
    tests = [WORDS[f"test.{test}"] for test in sorted({row["test"] for row in chosen} - {""})]
    named = Bilingual(", ".join(test.en for test in tests), "、".join(test.zh for test in tests))
    notes = [words("keyness.note", tests=named)]
    for verdict in [row for row in rows["keyness_comparisons"] if row["comparison"] == "part"][:1]:
        said = f"keyness.{verdict['verdict']}"
        about = {"keywords": verdict["n_keywords"], "tested": verdict["n_tested"], "found": verdict["n_found"]}
        notes.append(words(said, max_q=MAX_Q, **about))
        if verdict["unit"] == SENTENCE:
            notes.append(WORDS["keyness.sentence"])
    lines = [
        (
            row["term"],
            row["n_target"],
            row["n_reference"],
            format_number(row["per_10k_target"], 1),
            format_number(row["per_10k_reference"], 1),
            format_number(row["log_odds"], 2),
            format_probability(row["p"]),
            format_probability(row["q_bh"]),
        )
        for row in chosen
    ]
    return make_table("keyness", lines, *notes)


def _themes(rows: Rows, themes: Sequence[Theme]) -> Table:
    value = {(row["theme"], row["part"]): row["value"] for row in rows["themes"] if row["definition"] == "words"}
    lines: list[tuple[Cell, ...]] = []
    for theme in themes:
        if (theme.name, "whole") not in value:
            continue
        review, plan = value[theme.name, "review"], value[theme.name, "plan"]
        moved = str(round(float(plan) - float(review), 6)) if review and plan else ""
        mark = "*" * (theme.status == "compiled")
        shares = (format_number(share, 2, 100) for share in (value[theme.name, "whole"], review, plan, moved))
        lines.append((Bilingual(theme.label_en + mark, theme.label + mark), str(len(theme.words)), *shares))
    compiled = any(theme.status == "compiled" for theme in themes)
    return make_table("themes", lines, WORDS["themes.note"], *([WORDS["themes.compiled"]] if compiled else []))


def _signed(row: Row) -> str:
    """The outturn of a pair; negative where it fell and the target is a rise."""
    fell, aimed = (falls(row["kind"], row[name]) for name in ("outturn_direction", "direction"))
    return f"-{row['outturn_value']}" if fell != aimed else row["outturn_value"]


def _targets(rows: Rows) -> Table:
    lines = [
        (
            name_of_change(row["indicator"], row["kind"], row["direction"]),
            target_in_words(row["outturn_comparator"], _signed(row), "", row["outturn_unit"]),
            target_in_words(row["comparator"], row["target_value"], row["target_high"], row["target_unit"]),
            translate(row["reason"]),
        )
        for row in rows["target_pairs"]
    ]
    return make_table("targets", lines, WORDS["targets.note"])
