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
from emphasis.ingest.passages import closing_start, is_about_problems
from emphasis.ingest.records import Metadata, ReportWarning, Role, Section, Source
from emphasis.ingest.report import parse
from support import ROOT
from support.outline_cases import FAREWELL, OPENING, PROSE

INGEST = ROOT / "scripts/emphasis/ingest"


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    found = split_paragraphs("\n".join(texts))
    assert len(found) == len(texts)
    return found


@pytest.mark.parametrize(("length", "found"), [(900, True), (901, False)])
def test_the_farewell_begins_with_an_address_near_the_end(length: int, found: bool) -> None:
    speech = paragraphs(PROSE, PROSE, "各位代表！" + "好" * (length - 5))
    assert closing_start(speech, 0, 3) == (2 if found else 3)


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("让我们奋勇前进。", True),
        ("各位代表！", True),
        ("人民万岁！", True),
        ("新征程、新使命对政府工作提出了新的更高要求。", False),
        ("面对新形势，肩负新使命，我们将改进工作。", False),
    ],
)
def test_addresses_and_calls_lead_to_the_farewell_and_tasks_do_not(before: str, found: bool) -> None:
    speech = paragraphs(PROSE, before, "各位代表！现在是好时候。")
    assert closing_start(speech, 0, 3) == (1 if found else 2)


@pytest.mark.parametrize(("length", "found"), [(99, 1), (100, 2)])
def test_tasks_after_the_last_address_belong_to_the_plan(length: int, found: int) -> None:
    head = "各位代表！新征程对政府自身建设提出更高要求，我们将"
    speech = paragraphs(PROSE, head + "好" * (length - len(head) - 1) + "。", "让我们努力奋斗！")
    assert closing_start(speech, 0, 3) == found


@pytest.mark.parametrize(("length", "found"), [(900, True), (901, False)])
def test_a_speech_on_one_line_is_no_farewell(length: int, found: bool) -> None:
    speech = paragraphs(PROSE, "好" * (length - 3) + "奋斗！")
    assert closing_start(speech, 0, 2) == (1 if found else 2)


def test_tasks_without_a_call_after_them_are_part_of_the_farewell() -> None:
    speech = paragraphs(PROSE, "各位代表！新的一年，政府工作任务繁重，我们将" + "好" * 100 + "。")
    assert closing_start(speech, 0, 2) == 1


@pytest.mark.parametrize(("length", "found"), [(30, True), (31, False)])
def test_a_slogan_is_short(length: int, found: bool) -> None:
    speech = paragraphs(PROSE, PROSE, "好" * (length - 1) + "！")
    assert closing_start(speech, 0, 3) == (2 if found else 3)


@pytest.mark.parametrize(("place", "found"), [(86, True), (87, False)])
def test_problems_are_named_at_the_beginning_of_a_paragraph(place: int, found: bool) -> None:
    (paragraph,) = paragraphs("好" * place + "清醒认识到差距。")
    assert is_about_problems(paragraph) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("同时，我们也清醒认识到，发展还面临不少困难：产业基础薄弱。", True),
        ("发展还存在一些问题：创新能力不强。", True),
        ("各位代表，过去一年，我们深刻认识到，必须坚持党的领导，必须坚持人民至上。", False),
        ("回顾过去一年，面临的困难比预料的多，挑战比预想的大，发展基础薄弱，成绩来之不易。", False),
        ("面对存在的困难和不足，大家同舟共济。在此，我代表市政府，表示衷心的感谢！", False),
        ("加强团结是今天世界各国面临的一个重要问题。", False),
    ],
)
def test_lessons_thanks_and_what_was_overcome_are_no_problems(words: str, found: bool) -> None:
    (paragraph,) = paragraphs(words)
    assert is_about_problems(paragraph) is found


def test_a_paragraph_that_ends_with_a_remedy_is_about_problems_if_it_names_some() -> None:
    lack, praise = paragraphs(
        "好" * 80 + "发展质量不高，要认真加以解决。", "好" * 80 + "发展质量很高，要认真加以解决。"
    )
    assert is_about_problems(lack)
    assert not is_about_problems(praise)


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
        "unreadable", "empty", "parser-failed", "no-headings", "several-reports", "text-twice", "other-genre", "not-a-report",
    }  # fmt: skip
    assert {code for code, confidence in alone.items() if confidence == "high"} == {
        "control-characters",
        "folded-characters",
        "from-table",
        "markdown-in-text",
        "markup-in-text",
        "no-glyph",
        "page-marks",
        "source-elsewhere",
        "traditional-text",
        "zone-without-code",
        "region-from-name",
    }
    assert {code for code, weight in WEIGHTS.items() if weight == 2} == {
        "damaged-text", "series-start", "large-front", "short-speech", "wrong-override", "wrong-outline",
        "page-without-text", "cut-off",
    }  # fmt: skip


def test_a_warning_is_given_the_facts_that_its_words_need() -> None:
    kinds = yaml.safe_load((INGEST / "warnings.yaml").read_text(encoding="utf-8"))
    given: dict[str, set[str]] = {}
    for file in INGEST.rglob("*.py"):
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


SOUND = Metadata(region="长春市", region_level="prefecture", adcode="220100", province="吉林省", year=2025)


def section(section_id: str, start: int, end: int, role: Role, level: int, heading: str = "标题") -> Section:
    parent = section_id.rpartition(".")[0]
    return Section(section_id, parent, level, "", heading if level else "", True, role, start, end, start)


def codes(*sections: Section, words: str = "要达到5%") -> set[str]:
    """Codes of the warnings about a report of these sections, whose text is these words again and again."""
    text = (words * sections[-1].end)[: sections[-1].end]
    evidence = MetadataEvidence()
    return {warning.code for warning in check(ParsedText(text, False, (), None, sections, SOUND, evidence))}


def speech(length: int, *, front: int = 100, chapters: int = 2) -> list[Section]:
    """Front matter, and a speech of `length` characters that consists of a review and plans."""
    cuts = [front + length * i // chapters for i in range(chapters + 1)]
    roles: list[Role] = ["review", *["plan"] * (chapters - 1)]  # type: ignore[list-item]
    return [
        section("s0", 0, front, "front", 0),
        *(section(f"s{i + 1}", cuts[i], cuts[i + 1], role, 1) for i, role in enumerate(roles)),
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
    assert codes(front, section("s0.1", before, before + opening, "front", 0), *chapters) == expected


@pytest.mark.parametrize(("length", "expected"), [(36_000, set()), (36_003, {"coarse-outline"})])
def test_a_heading_has_at_most_12000_characters_of_speech(length: int, expected: set[str]) -> None:
    assert codes(*speech(length, chapters=3)) == expected


@pytest.mark.parametrize(("length", "expected"), [(1_000, set()), (999, {"thin-level-2"}), (0, set())])
def test_level_2_has_a_quarter_of_the_speech_or_nothing(length: int, expected: set[str]) -> None:
    front, review, plan = speech(4_000)
    below = [section("s2.1", plan.end - length, plan.end, "plan", 2)] if length else []
    assert codes(front, review, plan, *below) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1. 2. | 3. 4.", set()),
        ("1. 2. | 1. 2.", set()),
        ("1. 2. | 4. 5.", {"series-start"}),
        ("2. 3. | 4. 5.", {"series-start"}),
    ],
)
def test_numbers_may_run_on_through_the_chapters(numbers: str, expected: set[str]) -> None:
    front, review, plan = speech(6_000)
    found = [front]
    for top, series in zip((review, plan), numbers.split("|"), strict=True):
        marks = series.split()
        width = (top.end - top.start) // len(marks)
        parts = [
            section(f"{top.section_id}.{i}", top.start + i * width, top.end, top.role, 2) for i in range(len(marks))
        ]
        found += [top, *(replace(p, number=mark, end=p.start + width) for p, mark in zip(parts, marks, strict=True))]
    assert codes(*found) == expected


@pytest.mark.parametrize(("plan", "expected"), [(1_500, set()), (1_499, {"thin-plan"})])
def test_a_plan_has_a_quarter_of_the_speech(plan: int, expected: set[str]) -> None:
    front, review, last = speech(6_000)
    cut = last.end - plan
    assert codes(front, replace(review, end=cut), replace(last, start=cut, body_start=cut)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("要稳中求进。", {"no-targets"}),
        ("增长5%。", {"no-targets"}),
        ("预期增长5%。", set()),
        ("增长5%左右。", set()),
        ("要增产百分之五。", set()),
        ("力争达到三万人。", set()),
    ],
)
def test_a_target_is_a_figure_with_a_word_of_aim(words: str, expected: set[str]) -> None:
    assert codes(*speech(5_000), words=words) == expected


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
