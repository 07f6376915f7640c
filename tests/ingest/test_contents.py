"""What stands in a file beside one speech: copies, other reports, other genres, lists of contents, annexes; lost line breaks."""

from __future__ import annotations

import re

import pytest

from emphasis.ingest.body import EARLIEST_ANNEX, find_bounds, find_contents
from emphasis.ingest.copies import LEAST_REPEATED, find_copies
from emphasis.ingest.paragraphs import split_paragraphs
from emphasis.ingest.records import BODY_ROLES, Report, Source
from emphasis.ingest.report import parse
from support.outline_cases import FAREWELL, OPENING, PROSE


def prose(first: int, count: int) -> str:
    """Paragraphs that all differ."""
    return "\n".join(f"第{n}项工作进展顺利，增长{n}%。{PROSE * 4}" for n in range(first, first + count))


def speech(year: int, *, city: str = "长春市", seed: int = 0) -> str:
    return (
        f"政府工作报告\n——{year}年1月8日在{city}第十六届人民代表大会第四次会议上\n市长 王子联\n{OPENING}"
        f"一、{year - 1}年工作回顾\n{prose(seed, 8)}\n二、{year}年工作安排\n今年经济预期增长5%左右。\n{prose(seed + 50, 8)}\n{FAREWELL}\n"
    )


def read(text: str, name: str = "report") -> Report:
    return parse(Source(f"{name}.txt", "", "utf-8", text), name)


def codes(report: Report) -> set[str]:
    return {warning.code for warning in report.warnings}


def counted(report: Report) -> str:
    """The text that is counted."""
    tops = [s for s in report.sections if not s.parent_id and s.role in BODY_ROLES]
    return "".join(report.source.text[s.start : s.end] for s in tops)


def test_one_report_is_one_report() -> None:
    assert codes(read(speech(2025))) == set()


@pytest.mark.parametrize("second", [speech(2024, seed=100), speech(2025, city="吉林市", seed=100)])
def test_several_reports_in_one_file_are_refused_by_their_titles(second: str) -> None:
    report = read(speech(2025) + second)
    assert (report.sections, report.confidence) == ((), "low")
    message = next(w.message for w in report.warnings if w.code == "several-reports")
    assert "2 reports" in message
    for title in re.findall("——.{12}", speech(2025) + second):
        assert title in message


def test_reports_without_titles_are_told_apart_by_their_first_headings() -> None:
    bare = [re.sub(r"^政府.*\n——.*\n市长.*\n", "", speech(year, seed=seed)) for year, seed in ((2024, 0), (2025, 100))]
    message = read("".join(bare)).warnings[0].message
    assert "2023年工作回顾" in message
    assert "2024年工作回顾" in message


def test_thanks_and_links_are_no_second_report() -> None:
    thanks = f"我代表市人民政府，向全市人民表示衷心的感谢！\n{prose(200, 8)}\n"
    text = speech(2025).replace("二、2025", f"{thanks}二、2025") + "上一篇：\n2024年长春市政府工作报告\n下一篇：\n无\n"
    assert not find_copies(split_paragraphs(text)).titles


def test_a_second_copy_is_set_aside() -> None:
    once, twice = read(speech(2025)), read(speech(2025) + speech(2025))
    assert codes(twice) == {"second-copy"}
    assert counted(twice) == counted(once)
    start = next(w.start for w in twice.warnings)
    assert start == len(speech(2025))
    assert twice.sections[-1].role == "footer"


def test_paragraphs_that_stand_twice_each_are_refused() -> None:
    text = "\n".join(line for line in speech(2025).split("\n") for _ in range(2))
    report = read(text)
    assert codes(report) == {"text-twice"}
    assert report.sections == ()


@pytest.mark.parametrize(("again", "found"), [(LEAST_REPEATED - 1, False), (LEAST_REPEATED, True)])
def test_a_few_paragraphs_may_come_again(again: int, found: bool) -> None:
    text = f"{prose(0, 9)}\n{prose(0, again)}"
    assert (find_copies(split_paragraphs(text)).second_copy is not None) is found


TITLES = [
    ("关于长春市2024年国民经济和社会发展计划执行情况与2025年计划草案的报告", "计划报告"),
    ("关于长春市2024年预算执行情况和2025年预算草案的报告", "预算报告"),
    ("长春市人民代表大会常务委员会工作报告", "人大常委会工作报告"),
    ("长春市中级人民法院工作报告", "法院工作报告"),
    ("长春市2024年法治政府建设情况的报告", "法治政府建设报告"),
    ("在中国共产党长春市第十四次代表大会上的报告", "党代会报告"),
    ("中共长春市委常委会工作报告", "党委工作报告"),
    ("中国共产党长春市纪律检查委员会工作报告", "纪委工作报告"),
    ("长春市总工会第十七届委员会工作报告", "群团工作报告"),
    ("共青团长春市委员会工作报告", "群团工作报告"),
    ("2025年长春市政府工作报告解读", "报告的解读或说明"),
    ("关于《政府工作报告（征求意见稿）》起草情况的说明", "报告的解读或说明"),
]


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_another_genre_is_named_and_graded_low(title: str, genre: str) -> None:
    report = read(speech(2025).replace("政府工作报告", title, 1))
    assert report.confidence == "low"
    assert genre in next(w.message for w in report.warnings if w.code == "other-genre")


@pytest.mark.parametrize(
    "opening",
    [
        "我代表国务院，作关于国民经济和社会发展第七个五年计划的报告，请审议。",
        "我代表国务院，向大会提出关于一九五五年国家决算和一九五六年国家预算的报告，请予审查。",
        "我代表中国共产党长春市第十三届委员会，向大会作报告。",
    ],
)
def test_first_words_say_what_a_title_does_not(opening: str) -> None:
    assert "other-genre" in codes(read(speech(2025).replace(OPENING, f"各位代表：\n{opening}\n")))


def test_the_name_of_the_file_may_say_so_too() -> None:
    assert "other-genre" in codes(read(speech(2025), "长春市2024年法治政府建设工作报告_2024"))
    assert "other-genre" not in codes(read(speech(2025), "长春市政府工作报告_2024"))


@pytest.mark.parametrize(
    "title", ["达茂联合旗政府工作报告", "一图读懂2025年长春市政府工作报告", "长春新区管委会工作报告"]
)
def test_names_that_resemble_other_bodies_are_no_other_genre(title: str) -> None:
    assert "other-genre" not in codes(read(speech(2025).replace("政府工作报告", title, 1)))


def test_plans_submitted_with_a_report_make_it_no_other_genre() -> None:
    opening = "我代表市人民政府向大会作工作报告，请与《长春市国民经济和社会发展第十四个五年规划纲要（草案）》一并审议。"
    assert codes(read(speech(2025).replace(OPENING, f"各位代表：\n{opening}\n"))) == set()


def test_a_text_that_does_not_call_itself_a_report_is_low() -> None:
    report = read(speech(2025).replace("政府工作报告", "").replace(OPENING, ""))
    assert {"not-a-report", "no-opening"} <= codes(report)
    assert report.confidence == "low"
    assert "not-a-report" not in codes(read(speech(2025).replace("政府工作报告\n", "", 1)))


CONTENTS = "目　录\n一、2024年工作回顾\t5\n（一）工业…………6\n（二）农业.....12\n二、2025年工作安排\t21\n"


@pytest.mark.parametrize("contents", [CONTENTS, CONTENTS.removeprefix("目　录\n")])
def test_a_list_of_contents_is_front_matter(contents: str) -> None:
    body = f"{OPENING}一、2024年工作回顾\n{prose(0, 2)}\n（一）工业。{PROSE}\n（二）农业。{PROSE}\n二、2025年工作安排\n{prose(9, 2)}\n{FAREWELL}"
    plain, listed = read(f"政府工作报告\n{body}"), read(f"政府工作报告\n{contents}{body}")
    outline = [(s.section_id, s.level, s.role, s.heading) for s in plain.sections]
    assert [(s.section_id, s.level, s.role, s.heading) for s in listed.sections] == outline
    assert listed.metadata.year == 2025


def test_headings_that_do_not_come_again_are_no_contents() -> None:
    parts = split_paragraphs("一、回顾\n二、安排\n三、结语\n" + prose(0, 3))
    assert not find_contents(parts)


GLOSSARY = "名词解释\n1.“两重”：国家重大战略。\n2.两新：设备更新。\n"
LIST = "附件1\n2025年民生实事\n一、办好教育。\n二、办好医疗。\n"


@pytest.mark.parametrize("annex", [GLOSSARY, LIST, LIST + GLOSSARY])
def test_annexes_begin_at_their_titles_without_a_farewell(annex: str) -> None:
    text = speech(2025).replace(FAREWELL, "做好今年工作，责任重大。")
    report = read(text + annex)
    assert [s.role for s in report.sections if not s.parent_id][-1] == "annex"
    assert counted(report).rstrip() == counted(read(text)).rstrip()


def test_the_title_of_an_annex_needs_entries_and_a_place_behind_the_speech() -> None:
    plain = split_paragraphs(f"{OPENING}一、回顾\n{prose(0, 9)}\n名词解释\n{prose(20, 3)}")
    early = split_paragraphs(f"{OPENING}{GLOSSARY}一、回顾\n{prose(0, 9)}")
    assert find_bounds(plain).annexes == find_bounds(early).annexes == ()
    assert 0 < EARLIEST_ANNEX < 0.5


def headings(report: Report) -> list[tuple[int, str]]:
    return [(s.level, re.sub(r"\s", "", s.number + s.heading)) for s in report.sections if s.level]


@pytest.mark.parametrize("gap", ["　　", "  \t", " ", ""])
def test_a_text_on_one_line_gets_its_headings(gap: str) -> None:
    text = f"{OPENING}一、2024年工作回顾\n过去一年，{prose(0, 9)}\n（一）工业稳步增长。{PROSE}\n（二）农业再获丰收。{PROSE}\n二、2025年工作安排\n今年，{prose(9, 9)}\n{FAREWELL}"
    flat = read(re.sub(r"\n", gap, text))
    assert headings(flat) == headings(read(text))
    assert flat.metadata.year == 2025
    assert [s.role for s in flat.sections if s.level == 1] == ["review", "plan"]
    assert "".join(flat.source.text[s.start : s.end] for s in flat.sections if not s.parent_id) == flat.source.text


def test_long_paragraphs_of_a_text_with_line_breaks_stay_whole() -> None:
    text = speech(2025).replace(PROSE * 4, PROSE * 20)
    assert len(headings(read(text))) == 2
