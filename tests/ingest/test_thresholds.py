"""The thresholds of roles and of confidence: each is tested on both sides, so that a test fails if it moves."""

from __future__ import annotations

import ast
from dataclasses import replace
from string import Formatter

import pytest
import yaml

from emphasis.ingest.checks import WEIGHTS, ParsedText, check, grade
from emphasis.ingest.metadata import MetadataEvidence
from emphasis.ingest.paragraphs import Paragraph, split_paragraphs
from emphasis.ingest.records import Metadata, ReportWarning, Role, Section, Source
from emphasis.ingest.regions import RegionMention
from emphasis.ingest.report import parse
from emphasis.ingest.roles import (
    closing_start,
    is_about_problems,
    role_by_wording,
    role_of_heading,
    roles_of_headings,
)
from support import ROOT
from support.outline_cases import FAREWELL, OPENING, PROSE

INGEST = ROOT / "scripts/emphasis/ingest"


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    found = split_paragraphs("\n".join(texts))
    assert len(found) == len(texts)
    return found


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        ("工业 农业 教育 卫生", "review review plan plan"),
        ("工业 农业 教育 卫生 文化", "review review review plan plan"),
        ("工作回顾 工业 农业 教育 卫生 文化", "review review review plan plan plan"),
        ("工作安排 工业 农业 教育", "plan plan plan plan"),
        ("主要问题 工业 农业 教育", "problems plan plan plan"),
        ("工业 工作回顾 农业 工作安排 教育 卫生", "review review review plan plan plan"),
        ("工业", "review"),
        ("", ""),
    ],
)
def test_a_heading_without_a_cue_follows_the_one_before_and_from_the_middle_on_plans(headings: str, roles: str) -> None:
    assert roles_of_headings(headings.split(), 2025) == roles.split()


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("2024年工作回顾", "review"),
        ("过去五年", "review"),
        ("今年的工作打算", "plan"),
        ("存在的主要问题", "problems"),
        ("困难和问题", "problems"),
        ("结束语", "closing"),
        ("目标完成情况", "review"),  # the last cue decides
        ("工作总结与下一步安排", "plan"),
        ("2024年：工业", "review"),
        ("2025年：工业", "plan"),
        ("2026年：工业", "plan"),
        ("2026年工作回顾", "review"),  # a cue counts more than a year
        ("工业", None),
    ],
)
def test_the_cues_of_a_heading(heading: str, role: Role | None) -> None:
    assert role_of_heading(heading, 2025) == role


def test_a_year_in_a_heading_is_no_cue_where_the_year_of_the_plan_is_unknown() -> None:
    assert role_of_heading("2024年：工业", None) is None


@pytest.mark.parametrize(("length", "found"), [(900, True), (901, False)])
def test_the_farewell_begins_with_an_address_near_the_end(length: int, found: bool) -> None:
    speech = paragraphs(PROSE, PROSE, "各位代表！" + "好" * (length - 5))
    assert closing_start(speech, 0, 3) == (2 if found else 3)


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("让我们" + "好" * 497, True),
        ("让我们" + "好" * 498, False),
        ("好" * 37 + "让我们。", True),
        ("好" * 38 + "让我们。", False),
    ],
)
def test_a_short_paragraph_that_begins_like_a_farewell_leads_to_it(before: str, found: bool) -> None:
    speech = paragraphs(PROSE, before, "各位代表！现在是好时候。")
    assert closing_start(speech, 0, 3) == (1 if found else 2)


@pytest.mark.parametrize(("length", "found"), [(30, True), (31, False)])
def test_a_slogan_is_short(length: int, found: bool) -> None:
    speech = paragraphs(PROSE, PROSE, "好" * (length - 1) + "！")
    assert closing_start(speech, 0, 3) == (2 if found else 3)


@pytest.mark.parametrize(("place", "found"), [(66, True), (67, False)])
def test_problems_are_named_at_the_beginning_of_a_paragraph(place: int, found: bool) -> None:
    (paragraph,) = paragraphs("好" * place + "清醒认识到差距。")
    assert is_about_problems(paragraph) is found


def test_a_paragraph_that_ends_with_a_remedy_is_about_problems_if_it_names_some() -> None:
    lack, praise = paragraphs(
        "好" * 80 + "发展质量不高，要认真加以解决。", "好" * 80 + "发展质量很高，要认真加以解决。"
    )
    assert is_about_problems(lack)
    assert not is_about_problems(praise)


def test_a_speech_without_headings_is_a_review_unless_more_paragraphs_plan() -> None:
    assert role_by_wording(paragraphs("过去一年增产。", "今年要增产。")) == "review"
    assert role_by_wording(paragraphs("过去一年增产。", "今年要增产。", "必须节约。")) == "plan"


@pytest.mark.parametrize(
    ("codes", "confidence"),
    [
        ("", "high"),
        ("source-elsewhere traditional-text", "high"),
        ("series-gap", "medium"),
        ("series-gap no-region", "medium"),
        ("series-gap no-region no-year", "low"),
        ("large-front", "medium"),
        ("large-front series-gap", "low"),
        ("series-gap series-gap series-gap series-gap", "medium"),  # a kind counts once
    ],
)
def test_confidence_is_medium_from_a_weight_of_1_and_low_from_3(codes: str, confidence: str) -> None:
    assert grade(ReportWarning(code, "", "") for code in codes.split()) == confidence


def test_only_a_report_that_cannot_be_used_is_low_by_a_single_warning() -> None:
    alone = {code: grade([ReportWarning(code, "", "")]) for code in WEIGHTS}
    assert {code for code, confidence in alone.items() if confidence == "low"} == {
        "unreadable", "empty", "parser-failed", "no-headings",
    }  # fmt: skip
    assert {code for code, confidence in alone.items() if confidence == "high"} == {
        "source-elsewhere",
        "traditional-text",
    }
    assert {code for code, weight in WEIGHTS.items() if weight == 2} == {
        "damaged-text", "series-start", "large-front", "short-speech", "wrong-override", "wrong-outline",
    }  # fmt: skip


def test_a_warning_is_given_the_facts_that_its_words_need() -> None:
    kinds = yaml.safe_load((INGEST / "warnings.yaml").read_text(encoding="utf-8"))
    given: dict[str, set[str]] = {}
    for file in INGEST.glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "warn":
                # `warn(code)` of the missing roles takes its codes from a tuple; their words need no facts.
                codes = [call.args[0].value] if isinstance(call.args[0], ast.Constant) else ["no-review", "no-plan"]
                given |= {str(code): {str(keyword.arg) for keyword in call.keywords} for code in codes}
    needed = {
        code: {
            name
            for words in (kind["message"], kind["suggestion"])
            for _, name, _, _ in Formatter().parse(words)
            if name
        }
        for code, kind in kinds.items()
    }
    assert given == needed


NOWHERE = RegionMention()
SOUND = Metadata(region="长春市", region_level="prefecture", adcode="220100", province="吉林省", year=2025)


def section(section_id: str, start: int, end: int, role: Role, level: int, heading: str = "标题") -> Section:
    parent = section_id.rpartition(".")[0]
    return Section(section_id, parent, level, "", heading if level else "", True, role, start, end, start)


def codes(*sections: Section) -> set[str]:
    """Codes of the warnings about a report of these sections."""
    text = "好" * sections[-1].end
    evidence = MetadataEvidence(NOWHERE, NOWHERE, NOWHERE, NOWHERE, {})
    return {warning.code for warning in check(ParsedText(text, False, (), None, sections, SOUND, evidence))}


def speech(length: int, *, front: int = 100, chapters: int = 2) -> list[Section]:
    """Front matter, and a speech of `length` characters that consists of a review and plans."""
    cuts = [front + length * i // chapters for i in range(chapters + 1)]
    roles: list[Role] = ["review", *["plan"] * (chapters - 1)]  # type: ignore[list-item]
    return [
        section("0", 0, front, "front", 0),
        *(section(str(i + 1), cuts[i], cuts[i + 1], role, 1) for i, role in enumerate(roles)),
    ]


@pytest.mark.parametrize(("length", "expected"), [(3_000, set()), (2_999, {"short-speech"})])
def test_a_speech_has_3000_characters(length: int, expected: set[str]) -> None:
    assert codes(*speech(length)) == expected


@pytest.mark.parametrize(("front", "expected"), [(3_000, set()), (3_001, {"large-front"})])
def test_front_matter_has_at_most_3000_characters(front: int, expected: set[str]) -> None:
    assert codes(*speech(5_000, front=front)) == expected


@pytest.mark.parametrize(
    ("before", "opening", "expected"),
    [(3_000, 3_000, set()), (3_001, 10, {"large-front"}), (10, 3_001, {"large-front"})],
)
def test_so_do_the_opening_words_and_what_precedes_them(before: int, opening: int, expected: set[str]) -> None:
    front, *chapters = speech(5_000, front=before + opening)
    assert codes(front, section("0.1", before, before + opening, "front", 0), *chapters) == expected


@pytest.mark.parametrize(("length", "expected"), [(36_000, set()), (36_003, {"coarse-outline"})])
def test_a_heading_has_at_most_12000_characters_of_speech(length: int, expected: set[str]) -> None:
    assert codes(*speech(length, chapters=3)) == expected


@pytest.mark.parametrize(("length", "expected"), [(1_000, set()), (999, {"thin-level-2"}), (0, set())])
def test_level_2_has_a_quarter_of_the_speech_or_nothing(length: int, expected: set[str]) -> None:
    front, review, plan = speech(4_000)
    below = [section("2.1", plan.end - length, plan.end, "plan", 2)] if length else []
    assert codes(front, review, plan, *below) == expected


@pytest.mark.parametrize(("length", "expected"), [(70, set()), (71, {"long-heading"})])
def test_a_heading_has_at_most_70_characters(length: int, expected: set[str]) -> None:
    front, review, plan = speech(4_000)
    assert codes(front, replace(review, heading="好" * length), plan) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("一、 二、 - -", set()),
        ("- - 一、 二、", set()),
        ("一、 二、 -", {"mixed-siblings"}),
        ("- 一、 二、 -", {"mixed-siblings"}),
    ],
)
def test_unnumbered_siblings_are_a_series_if_they_are_consecutive_and_several(numbers: str, expected: set[str]) -> None:
    front, *chapters = speech(8_000, chapters=len(numbers.split()))
    numbered = [replace(s, number=n.strip("-")) for s, n in zip(chapters, numbers.split(), strict=True)]
    assert codes(front, *numbered) == expected


@pytest.mark.parametrize(
    ("date", "agrees"), [("2024年11月1日", True), ("2024年10月31日", False), ("2025年3月5日", True)]
)
def test_a_meeting_in_november_or_december_plans_for_the_next_year(date: str, agrees: bool) -> None:
    text = f"政府工作报告\n{date}\n{OPENING}一、2024年工作回顾\n{PROSE}\n二、2025年工作安排\n{PROSE}\n{FAREWELL}\n"
    found = {warning.code for warning in parse(Source("report.txt", "", "utf-8", text), "report").warnings}
    assert ("years-disagree" not in found) is agrees
