"""The roles and horizons of chapters: what their headings say, what their wording says, and the two against judgements."""

from __future__ import annotations

import csv
import re
from itertools import pairwise, product
from pathlib import Path

import pytest
from opencc import OpenCC

from emphasis.ingest.outline import build_sections
from emphasis.ingest.records import Report, Role, Source
from emphasis.ingest.report import parse
from emphasis.ingest.roles import Chapter, Cue, cue_of_heading, horizon_of_heading, roles_of_chapters
from emphasis.ingest.wording import INTERCEPT, WORDS_FILE, plan_log_odds, shares, split_statements
from support.outline_cases import FAREWELL, OPENING
from tools.score_roles import Score, score_folder

REVIEW = "".join(f"去年完成了{thing}，增长5.5%，取得新成绩。" for thing in "甲乙丙丁戊己庚辛")
PLAN = "".join(f"今年要加快{thing}，确保增长5.5%左右。" for thing in "甲乙丙丁戊己庚辛")


def roles(*chapters: tuple[str, str], year: int | None = 2025) -> list[Role]:
    return [found.role for found in roles_of_chapters([Chapter(*chapter) for chapter in chapters], year)]


@pytest.mark.parametrize(
    ("heading", "cue"),
    [
        ("2024年工作回顾", Cue("review", clear=True)),
        ("过去五年", Cue("review", clear=True)),
        ("今年的工作打算", Cue("plan", clear=True)),
        ("存在的主要问题", Cue("problems", clear=True)),
        ("存在问题", Cue("problems", clear=True)),
        ("困难和问题", Cue("problems", clear=True)),
        ("结束语", Cue("closing", clear=True)),
        ("目标完成情况", Cue("review", clear=False)),  # two kinds: the last is but a hint
        ("工作总结与下一步安排", Cue("plan", clear=False)),
        ("2024年：工业", Cue("review", clear=True)),
        ("2025年：工业", Cue("plan", clear=True)),
        ("争取二〇二五年的新跃进", Cue("plan", clear=True)),
        ("二○二四年经济战线上的胜利", Cue("review", clear=True)),
        ("2026年：工业", Cue("plan", clear=True)),
        ("2026年工作回顾", Cue("review", clear=True)),  # a cue counts more than a year
        ("高效部署和指导各项监督工作", Cue("plan", clear=False)),  # too much follows the cue
        ("工业", None),
    ],
)
def test_the_cues_of_a_heading(heading: str, cue: Cue | None) -> None:
    assert cue_of_heading(heading, 2025) == cue


def test_a_year_in_a_heading_is_no_cue_where_the_year_of_the_plan_is_unknown() -> None:
    assert cue_of_heading("2024年：工业", None) is None


def test_two_years_that_follow_each_other_tell_the_year_of_the_plan() -> None:
    assert roles(("关于2019年工作", ""), ("关于2020年工作", ""), year=None) == ["review", "plan"]
    found = roles_of_chapters([Chapter("关于2019年工作", ""), Chapter("关于2020年工作", "")], None)
    assert not any(one.guessed for one in found)
    assert roles(("关于2019年工作", ""), ("关于2020年工作", ""), year=2035) == ["review", "plan"]
    assert roles(("关于2019年工作", ""), ("关于2020年工作", ""), year=2019) == ["plan", "plan"]


def test_where_headings_say_nothing_the_wording_decides() -> None:
    assert roles(("工业", REVIEW), ("农业", PLAN), ("教育", PLAN)) == ["review", "plan", "plan"]
    assert roles(("工业", PLAN), ("农业", PLAN)) == ["plan", "plan"]
    assert roles(("工业", REVIEW), ("农业", REVIEW), ("教育", REVIEW)) == ["review"] * 3
    assert roles(("工作回顾和工作要求", REVIEW), ("工作安排", "")) == ["review", "plan"]


def test_a_chapter_that_opens_with_its_aims_is_a_plan_though_they_read_like_results() -> None:
    far = "今后五年，我们的总体目标是：建成小康社会。生产总值达到1250亿元，年均增长9%；收入增长8%；占比提高5个百分点；绿地增加30公顷；就业累计达到18万人。"
    near = "2025年是重要的一年。主要预期目标是：生产总值增长9.5%，收入增长8%，投资增长10%。"
    tasks = "研发投入增长15%，企业达到30家，网络零售额增长25%。"
    assert all(plan_log_odds(text) < 0 for text in (far, tasks))
    chapters = [
        Chapter("砥砺奋进", REVIEW),
        Chapter("绘就蓝图", far),
        Chapter("再开新局", near),
        Chapter("抓创新", tasks),
    ]
    found = roles_of_chapters(chapters, 2025)
    assert [(one.role, one.horizon) for one in found[1:]] == [
        ("plan", "multi-year"),
        ("plan", "year"),
        ("plan", "year"),
    ]
    past = near.replace("2025年是", "2024年，我们克服困难，") + "目标全面完成。" + REVIEW
    assert roles(("真抓实干", past), ("再开新局", PLAN)) == ["review", "plan"]


def test_the_share_of_statements_that_contain_a_word() -> None:
    statements, words = split_statements(REVIEW + PLAN + "要加快，要加快。"), ["要", "要加快", "增长", "不见", "0"]
    assert len(statements) == 17
    assert shares(statements, words) == [sum(word in one for one in statements) / 17 for word in words]
    assert shares([], words) == [0.0] * 5


def test_a_doubtful_chapter_follows_the_order_of_reports() -> None:
    assert roles(("工作回顾", ""), ("工业", ""), ("工作安排", ""), ("外交", "")) == ["review", "review", "plan", "plan"]
    assert roles(("工作安排", PLAN), ("外交", "我们完成了访问。")) == ["plan", "plan"]


def test_other_roles_stand_outside_the_order() -> None:
    assert roles(("工作回顾", ""), ("主要问题", ""), ("工业", PLAN), ("结束语", "")) == [
        "review", "problems", "plan", "closing",
    ]  # fmt: skip
    assert roles() == []


def test_the_sequence_is_the_likeliest_of_all() -> None:
    """Against an independent enumeration of every sequence."""
    texts = [REVIEW[: 12 * i] + PLAN[: 11 * j] for i, j in ((3, 1), (1, 3), (2, 2), (4, 1), (0, 1))]
    for order in product(range(5), repeat=3):
        chosen = [texts[i] for i in order]
        odds = [max(-6.0, min(6.0, plan_log_odds(text))) for text in chosen]

        def total(path: tuple[str, ...], odds: list[float] = odds) -> float:
            value = -2.5 if path[0] == "plan" else 0.0
            value += sum(-4.0 for a, b in pairwise(path) if (a, b) == ("plan", "review"))
            signs = [1 if role == "plan" else -1 for role in path]
            return value + sum(s * (z + 0.5 * place) / 2 for s, z, place in zip(signs, odds, (-1, 0, 1), strict=True))

        best = max(product(("review", "plan"), repeat=3), key=total)
        assert roles(*(("工业", text) for text in chosen)) == list(best)


@pytest.mark.parametrize(
    ("heading", "text", "basis", "disputed"),
    [
        ("2025年工作安排", PLAN, "heading", False),
        ("2025年工作安排", REVIEW, "heading", True),
        ("工作回顾和工作要求", PLAN, "heading", False),  # the hint and the wording agree
        ("工业", PLAN, "wording", False),
        ("工业", "", "place", False),
    ],
)
def test_the_reason_of_a_role(heading: str, text: str, basis: str, disputed: bool) -> None:
    found = roles_of_chapters([Chapter("2024年工作回顾", REVIEW), Chapter(heading, text)], 2025)[1]
    assert (found.basis, found.disputed) == (basis, disputed)


@pytest.mark.parametrize(
    ("heading", "horizon"),
    [
        ("今后五年的目标任务", "multi-year"),
        ("“十五五”时期主要目标任务", "multi-year"),
        ("“十五”期间的奋斗目标和指导方针", "multi-year"),
        ("关于《第十五个五年规划纲要（草案）》的说明", "multi-year"),
        ("“十五五”时期主要目标和2026年重点工作", "multi-year"),
        ("新一届政府工作思路", "multi-year"),
        ("全力推动“十五五”开好局、起好步", "year"),
        ("2026年工作安排", "year"),
        ("今年的主要任务", "year"),
        ("2025年工作安排", "year"),
        ("二〇二五年工作安排", "year"),
        ("二○三五年的目标", "multi-year"),
        ("关于外交工作", ""),
    ],
)
def test_the_horizon_of_a_heading(heading: str, horizon: str) -> None:
    assert horizon_of_heading(heading) == horizon


def horizons(*chapters: tuple[str, str]) -> list[str]:
    return [found.horizon for found in roles_of_chapters([Chapter(*chapter) for chapter in chapters], 2026)]


def test_a_plan_that_names_no_time_has_the_horizon_of_the_one_before() -> None:
    far, near = ("“十五五”时期主要目标任务", PLAN), ("2026年工作安排", PLAN)
    schools, government = ("加快建设学校", "要建学校。"), ("加强政府自身建设", "要改进作风。")
    assert horizons(("工作回顾", REVIEW), far, schools) == ["", "multi-year", "multi-year"]
    assert horizons(("工作回顾", REVIEW), far, near, schools) == ["", "multi-year", "year", "year"]
    assert horizons(("工作回顾", REVIEW), far, government) == ["", "multi-year", "year"]
    assert horizons(near, ("结束语", "")) == ["year", ""]


@pytest.mark.parametrize(("sentences", "horizon"), [(3, "multi-year"), (2, "year")])
def test_the_text_may_tell_the_horizon(sentences: int, horizon: str) -> None:
    text = "未来五年，要加快发展。" * sentences + "要建设学校。" * 5
    assert horizons(("2026年工作安排", PLAN), ("谱写新篇章", text)) == ["year", horizon]


def test_log_odds_by_hand() -> None:
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        weights = {row["word"]: float(row["weight"]) for row in csv.DictReader(file, delimiter="\t")}
    # Two sentences of the eight that count in full; the second occurs twice.
    text = "今年要增产。去年增产了５．５％。去年增产了5.5%。"
    found = weights[INTERCEPT] + sum(
        weight * sum(bool(re.search(re.escape(word), s)) for s in ("今年要增产", "去年增产了0%")) / 2
        for word, weight in weights.items()
        if word != INTERCEPT
    )
    assert plan_log_odds(text) == pytest.approx(found * 2 / 8)
    assert plan_log_odds(REVIEW) < -2 < 2 < plan_log_odds(PLAN)
    assert plan_log_odds("") == plan_log_odds("。；！") == 0.0
    assert split_statements("1,234.5元！") == ["0元"]


def read(text: str) -> Report:
    return parse(Source("report.txt", "", "utf-8", text), "report")


SPEECH = (
    f"政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n{OPENING}"
    f"一、迈出坚实步伐\n{REVIEW}\n二、“十五五”时期目标任务\n{PLAN}\n（一）2025年重点工作。{PLAN}\n（二）教育。{PLAN}\n"
    f"三、开创新局面\n{PLAN}\n{FAREWELL}\n"
)


def test_a_guessed_role_is_told_of_and_lowers_the_grade() -> None:
    report = read(SPEECH.replace(REVIEW, REVIEW * 20).replace(PLAN, PLAN * 10))
    guessed = [w for w in report.warnings if w.code == "role-guessed"]
    assert [w.start for w in guessed] == [report.source.text.index(words) for words in ("一、迈出", "三、开创")]
    assert "review by its wording" in guessed[0].message
    assert report.confidence == "medium"
    clear = read(report.source.text.replace("迈出坚实步伐", "工作回顾").replace("开创新局面", "工作安排"))
    assert clear.confidence == "high"


def test_a_disputed_role_follows_the_heading_and_is_told_of() -> None:
    report = read(SPEECH.replace("一、迈出坚实步伐", "一、2025年工作安排"))
    assert next(s.role for s in report.sections if s.section_id == "s1") == "plan"
    (warning,) = [w for w in report.warnings if w.code == "role-disputed"]
    assert "2025年工作安排" in warning.message
    assert "plan was taken" in warning.message


def test_sections_below_a_chapter_have_its_horizon_unless_they_name_another() -> None:
    sections = {s.section_id: (s.role, s.horizon) for s in read(SPEECH).sections}
    assert sections["s1"] == ("review", "")
    assert sections["s2"] == sections["s2.2"] == ("plan", "multi-year")
    assert sections["s2.1"] == ("plan", "year")


def test_a_last_chapter_that_only_says_farewell_is_the_closing() -> None:
    report = read(f"{OPENING}一\n{REVIEW}\n二\n{PLAN}\n三\n{FAREWELL}\n")
    assert [s.role for s in report.sections if s.level == 1] == ["review", "plan", "closing"]


def test_a_report_in_traditional_characters_has_the_same_roles() -> None:
    own, traditional = read(SPEECH), read(OpenCC("s2t").convert(SPEECH))
    assert [(s.role, s.horizon, s.start) for s in traditional.sections] == [
        (s.role, s.horizon, s.start) for s in own.sections
    ]
    assert "“十五五”時期目標任務" in [s.heading for s in traditional.sections]


def test_without_blocks_there_are_no_sections() -> None:
    assert build_sections("", []) == ()


def test_roles_and_horizons_are_those_that_readers_gave(shared: Path) -> None:
    total = Score()
    for _, score in score_folder(shared / "corpus"):
        total += score
    assert total.sections >= 530
    assert total.right >= 0.98 * total.sections, total.wrong
    # What is not warned of is an annex that was taken for a chapter.
    assert total.sections - total.right - total.told <= 1, total.wrong
    assert total.horizons >= 0.95 * total.plans, total.wrong


def test_numbered_sections_under_a_line_that_announces_the_review_are_the_plan() -> None:
    ahead = "\n".join(
        f"{n}、加快{thing}\n{PLAN}\n一是抓好生产。{PLAN}\n二是搞好经营。{PLAN}"
        for n, thing in zip("一二三", "甲乙丙", strict=True)
    )
    report = parse(
        Source("r.txt", "", "utf-8", f"{OPENING}首先报告2024年的工作\n{REVIEW}\n{REVIEW}\n{ahead}\n{FAREWELL}\n"), "r"
    )
    found = [(s.section_id, s.role, s.horizon) for s in report.sections if s.level in (1, 2)]
    assert found == [("s1", "review", ""), *((f"s1.{n}", "plan", "year") for n in (1, 2, 3))]
    assert {s.role for s in report.sections if s.level == 3} == {"plan"}
    assert [w.code for w in report.warnings if w.code in ("no-plan", "thin-plan")] == []
    assert sum(w.code == "role-guessed" for w in report.warnings) == 3
    back = ahead.replace(PLAN, REVIEW)
    past = parse(Source("r.txt", "", "utf-8", f"{OPENING}首先报告2024年的工作\n{REVIEW}\n{back}\n{FAREWELL}\n"), "r")
    assert "plan" not in {s.role for s in past.sections}


def test_sections_under_a_period_and_a_year_are_about_the_year() -> None:
    for heading, below in (("“十五五”时期目标任务和2026年工作安排", "year"), ("“十五五”时期目标任务", "multi-year")):
        text = f"{OPENING}一、2025年工作回顾\n{REVIEW}\n二、{heading}\n{PLAN}\n（一）扩大内需\n{PLAN}\n（二）到2030年的远景\n{PLAN}\n{FAREWELL}\n"
        report = parse(Source("r.txt", "", "utf-8", text), "r")
        horizons = {s.section_id: s.horizon for s in report.sections if s.role == "plan"}
        assert (horizons["s2"], horizons["s2.1"], horizons["s2.2"]) == ("multi-year", below, "multi-year")
