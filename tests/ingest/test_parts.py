"""Bounds, glossary, checks, corrected outlines, simplified characters."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.ingest.checks import WEIGHTS
from emphasis.ingest.corrections import read_outline, write_outline
from emphasis.ingest.glossary import read_glossary
from emphasis.ingest.records import Report, Section, Source
from emphasis.ingest.report import parse
from emphasis.ingest.simplify import simplify_sentences, simplify_text
from emphasis.text import split_sentences
from support.outline_cases import CASES, FAREWELL, OPENING, PROSE, fill

BODY = fill(
    "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。%\n二、2025年工作安排\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n"
    "（三）深化改革开放。%\n"
)
FRONT = "政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n市长 王子联\n"
SPEECH = FRONT + OPENING + BODY + FAREWELL + "\n"


def read(text: str, **options: object) -> Report:
    return parse(Source("report.txt", "", "utf-8", text), "report", **options)  # type: ignore[arg-type]


def part(report: Report, section_id: str) -> str:
    section = next(s for s in report.sections if s.section_id == section_id)
    return report.source.text[section.start : section.end]


def top_ids(report: Report) -> list[str]:
    return [s.section_id for s in report.sections if not s.parent_id]


NAVIGATION = "首页 > 政府信息公开 > 工作报告\n关闭\n登录| 注册\n\n"
WIKI = (
    "\n\n\n本作品是中华人民共和国的\n法律\n、\n法规\n，国家机关的决议、决定。根据《\n中华人民共和国著作权法\n》第五条第一项，本作品属于\n公有领域\n。\n\n"
    "注：中文维基文库社群认为，中华人民共和国公务演讲，\n不总是\n具有立法性质的文件。\n\nPublic domain\nfalse\n"
)


@pytest.mark.parametrize(
    ("front", "tail", "tops", "footer"),
    [
        ("", "", ["s0", "s1", "s2"], ""),
        (NAVIGATION, "\n编 辑：\n\n长春市人民政府 时间：2025-02-25 来源：\n", ["s0", "s1", "s2", "F"], "编 辑"),
        (
            "",
            "\n【打印】 【关闭】\n上一篇：无\n下一篇：2024年政府工作报告\n版权所有 某某市人民政府 ICP备12345678号\n",
            ["s0", "s1", "s2", "F"],
            "【打印】",
        ),
        ("", "相关报道：\n", ["s0", "s1", "s2", "F"], "相关报道"),
        ("", "》》点击图片进入专题《《\n收藏\n", ["s0", "s1", "s2", "F"], "》》点击"),
        ("", "（责任编辑：某某）\n", ["s0", "s1", "s2", "F"], "（责任编辑"),
        ("", "名词解释\n1.“两重”：国家重大战略。\n2.两新：设备更新。\n", ["s0", "s1", "s2", "A1"], ""),
        (
            "",
            "附件1\n2025年民生实事\n一、办好教育。\n二、办好医疗。\n附件2 名词解释\n1.两重：战略。\n来源：某某日报\n",
            ["s0", "s1", "s2", "A1", "A2", "F"],
            "来源",
        ),
        ("", "附：《政府工作报告》名词解释\n1.两重：战略。\n", ["s0", "s1", "s2", "A1"], ""),
        ("", "《政府工作报告》有关用语说明\n1.两重：战略。\n", ["s0", "s1", "s2", "A1"], ""),
        ("", "名词解释：\n1.两重：战略。\n", ["s0", "s1", "s2", "A1"], ""),
        ("", "某某区2016年十件重点民生实事一览表\n序号\n项目名称\n1\n修路\n2\n办学\n", ["s0", "s1", "s2", "A1"], ""),
    ],
)
def test_parts_around_the_speech(front: str, tail: str, tops: list[str], footer: str) -> None:
    report = read(front + SPEECH + tail)
    assert top_ids(report) == tops
    assert part(report, "s0.1").startswith("各位代表：")
    assert part(report, "s2").rstrip().endswith("努力奋斗！")
    if footer:
        assert part(report, "F").startswith(footer)


def test_a_wiki_footer_in_prose() -> None:
    report = read(SPEECH.replace("\n", "\n\n") + WIKI)
    assert top_ids(report) == ["s0", "s1", "s2", "F"]
    assert part(report, "F").startswith("本作品是")


def test_numbers_in_annexes_are_no_headings() -> None:
    report = read(
        SPEECH + "附件\n2025年民生实事\n一、办好教育\n年度目标：新建学校。\n二、办好医疗\n年度目标：新建医院。\n"
    )
    assert [s.heading for s in report.sections if s.level == 1] == ["2024年工作回顾", "2025年工作安排"]
    assert [(s.number, s.heading, s.level) for s in report.sections if s.role == "annex"] == [
        ("附件", "2025年民生实事", 0)
    ]


def test_without_a_salutation_the_speech_begins_with_its_formula_or_first_heading() -> None:
    formula = read(FRONT + "现在，我代表市人民政府，向大会报告工作。\n" + BODY + FAREWELL)
    assert part(formula, "s0.1").startswith("现在，我代表")
    bare = read("政府工作报告\n" + BODY + FAREWELL)
    assert top_ids(bare) == ["s0", "s1", "s2"]
    assert "no-opening" in {p.code for p in bare.warnings}


def test_a_speech_without_headings_is_one_section_at_level_0() -> None:
    report = read(FRONT + OPENING + f"{PROSE}\n" * 60 + FAREWELL)
    section = next(s for s in report.sections if s.section_id == "s1")
    assert (section.level, section.heading, section.body_start) == (0, "", section.start)
    assert report.confidence == "low"
    assert "no-headings" in codes(report)


GLOSSARY = (
    "名词解释\n1.“两重”：国家重大战略实施和重点领域安全能力建设。\n2．8个专项：省委提出的专项。\n其中包括：农业。\n3、“一单制”“一箱制”：“一单制”是指一张单证；“一箱制”是指一箱到底。\n"
    "4.“1+3”财政互动：“1”是指实施意见。\n（5）零碳园区是指碳排放趋于平衡的园区。\n"
)


def test_a_glossary_becomes_headwords_and_definitions() -> None:
    report = read(SPEECH + GLOSSARY)
    entries = read_glossary(report)
    assert [(e.term, e.definition) for e in entries] == [
        ("两重", "国家重大战略实施和重点领域安全能力建设。"),
        ("8个专项", "省委提出的专项。其中包括：农业。"),
        ("一单制", "“一单制”是指一张单证；“一箱制”是指一箱到底。"),
        ("一箱制", "“一单制”是指一张单证；“一箱制”是指一箱到底。"),
        ("“1+3”财政互动", "“1”是指实施意见。"),
        ("零碳园区", "是指碳排放趋于平衡的园区。"),
    ]
    text = report.source.text
    assert all(entry.term in text[entry.start : entry.end] for entry in entries)
    assert text[entries[1].start :].startswith("2．8个专项")


def test_a_glossary_without_numbers() -> None:
    report = read(SPEECH + "名词解释\n“两重”：国家重大战略。\n“两新”：设备更新和以旧换新。\n")
    assert [e.term for e in read_glossary(report)] == ["两重", "两新"]


def test_other_annexes_are_no_glossary() -> None:
    assert read_glossary(read(SPEECH + "附件1\n2025年民生实事\n一、教育：新建学校。\n")) == ()


LONG = SPEECH.replace(PROSE, PROSE * 8).replace(
    "2025年工作安排\n", "2025年工作安排\n今年地区生产总值预期增长5%左右。\n"
)


def codes(report: Report) -> set[str]:
    return {p.code for p in report.warnings}


def test_a_sound_report_has_no_problems_and_a_high_grade() -> None:
    report = read(LONG)
    assert codes(report) == set()
    assert report.confidence == "high"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("（三）民生", "（四）民生", "series-gap"),
        ("（二）推进", "（三）推进", "series-repeat"),
        ("一、2024", "三、2024", "series-start"),
        ("（一）工业稳步增长。", "（一）" + "工业稳步增长" * 13 + "。", "long-heading"),
        ("各位代表！让我们更加紧密地团结起来，为实现全年目标而努力奋斗！", "", "no-ending"),
        ("2024年工作回顾", "2025年工作安排", "no-review"),
        ("市第十六届人民代表大会", "\ufffd第十六届人民代表大会", "damaged-text"),
        ("长春市第", "江南市第", "unknown-region"),
        (PROSE, "稳中求进。", "short-speech"),
    ],
)
def test_each_check_fails_where_it_should(old: str, new: str, code: str) -> None:
    assert old in LONG
    report = read(LONG.replace(old, new))
    assert code in codes(report)
    assert report.confidence in ("medium", "low")
    problem = next(p for p in report.warnings if p.code == code)
    assert problem.message
    assert problem.suggestion
    if problem.start is not None:
        assert problem.snippet.split()[0] in report.source.text[problem.start :]


def test_every_code_has_a_weight() -> None:
    for case in CASES:
        assert codes(read(case.source)) <= set(WEIGHTS)


def sections(report: Report) -> list[tuple[str, str, str, str]]:
    return [(s.section_id, s.role, s.number, s.heading) for s in report.sections]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_outline_written_and_read_back_is_the_same(case: object) -> None:
    report = read(case.source)  # type: ignore[attr-defined]
    again = read(case.source, outline=read_outline(write_outline(report)))  # type: ignore[attr-defined]
    assert "wrong-outline" not in codes(again)
    assert [replace(s, standalone=False) for s in again.sections] == [
        replace(s, standalone=False) for s in report.sections
    ]
    assert [(s.start, s.text) for s in again.sentences] == [(s.start, s.text) for s in report.sentences]


def test_an_edited_outline_is_followed() -> None:
    text = LONG.replace("农业再获丰收。", "农业再获丰收。粮食生产再创新高。")
    heading = "  heading: 农业再获丰收\n"
    edited = write_outline(read(text)).replace(heading, heading + "- begins: 粮食生产\n  depth: 3\n  role: problems\n")
    report = read(text, outline=read_outline(edited))
    assert ("s1.2.1", "problems", "", "") in sections(report)
    assert part(report, "s1.2.1").startswith("粮食生产再创新高。")
    assert next(s.section_id for s in report.sentences if s.text == "粮食生产再创新高。") == "s1.2.1"


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("a: [", "line 1"),
        ("sections: [{begins: 2025-13-45, depth: 1, role: front}]", "quotation marks"),
        ("[]", "sections"),
        ("sections: []", "sections"),
        ("sections: [7]", "section 1"),
        ("sections: [{begins: '', depth: x, role: front}]", "depth"),
        ("sections: [{begins: '', depth: 1, role: fornt}]", "fornt"),
        ("sections: [{begins: '', depth: 1, role: front, strat: 1}]", "strat"),
        ("sections: [{begins: '', depth: 1, role: front}, {begins: ' ', depth: 1, role: review}]", "section 2"),
    ],
)
def test_an_invalid_outline_is_an_error_that_names_the_place(yaml: str, words: str) -> None:
    with pytest.raises(EmphasisError, match=words):
        read_outline(yaml)


def test_an_outline_that_does_not_fit_is_reported_and_not_used() -> None:
    yaml = "sections: [{begins: '', depth: 1, role: front}, {begins: 三、没有, depth: 1, role: review}]"
    report = read(LONG, outline=read_outline(yaml))
    assert sections(report) == sections(read(LONG))
    assert "三、没有" in next(p.message for p in report.warnings if p.code == "wrong-outline")


def test_an_outline_for_another_version_is_reported() -> None:
    yaml = write_outline(read(LONG)).replace("sha256: ''", "sha256: abc")
    assert "wrong-outline" in codes(read(LONG, outline=read_outline(yaml)))


def test_simplified_characters_keep_every_offset() -> None:
    text = "一、2024年工作回顧\n國民經濟和社會發展取得新成績。頭髮、後臺、乾淨。\n二、2025年工作任務\n擴大內需。\n"
    simple = simplify_text(text)
    assert len(simple) == len(text)
    assert simple.startswith("一、2024年工作回顾\n国民经济和社会发展")
    report = read(text)
    assert [simplify_text(s.heading) for s in report.sections if s.level] == ["2024年工作回顾", "2025年工作任务"]
    sentences = pd.DataFrame(report.sentences)
    assert simplify_sentences(sentences, wanted=True)["text"].tolist() == [
        simple[s.start : s.end] for s in report.sentences
    ]
    assert simplify_text("国民经济") == "国民经济"


def test_a_heading_is_a_sentence_and_its_number_in_none() -> None:
    report = read(LONG)
    texts = [s.text for s in report.sentences]
    assert "2024年工作回顾" in texts
    assert "工业稳步增长。" in texts
    assert not any(t.startswith(("一、", "（一）")) for t in texts)
    by_section = {s.section_id: s for s in report.sections}
    heading = next(s for s in report.sentences if s.text == "工业稳步增长。")
    assert by_section[heading.section_id].heading == "工业稳步增长"


def test_sentences_extend_over_the_lines_of_a_wiki_paragraph() -> None:
    text = "细颗粒物（PM\n2.5\n）浓度下降。\n重污染天数减少"
    assert [text[a:b] for a, b in split_sentences(text, lines=False)] == [
        "细颗粒物（PM\n2.5\n）浓度下降。",
        "重污染天数减少",
    ]


def test_a_sentence_continues_after_a_quoted_exclamation() -> None:
    text = "喊出“请党放心！”的誓言。“好！”他说。成绩！来之不易"
    assert [text[a:b] for a, b in split_sentences(text)] == [
        "喊出“请党放心！”的誓言。",
        "“好！”",
        "他说。",
        "成绩！",
        "来之不易",
    ]


def test_sections_are_plain_data() -> None:
    section = read(LONG).sections[0]
    assert isinstance(section, Section)
    assert section.role == "front"


def test_the_outline_of_a_text_that_begins_with_blanks_is_written() -> None:
    report = read("\n" * 300 + LONG)
    again = read(report.source.text, outline=read_outline(write_outline(report)))
    assert sections(again) == sections(report)


def test_what_follows_a_last_item_of_one_sentence_is_not_its_text() -> None:
    text = (
        "一、2024年工作回顾\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n（三）民生持续改善。\n"
        "我们也清醒看到，工作中还存在不少问题：创新能力不强，民生领域还有短板，干部作风不实。\n"
        "二、2025年工作安排\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n（三）加强民主法制建设。\n"
    )
    report = read(FRONT + OPENING + fill(text) + FAREWELL + "\n")
    roles = {section_id: role for section_id, role, *_ in sections(report)}
    assert [roles[section_id] for section_id in ("s1.3", "s1.4", "s2.3", "s2.4")] == [
        "review",
        "problems",
        "plan",
        "closing",
    ]


def test_a_farewell_to_a_standing_committee_is_one() -> None:
    text = fill(
        "一、上半年工作情况\n@\n（一）工业稳步增长。%\n（二）农业再获丰收。%\n二、下半年工作安排\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n"
    )
    farewell = (
        "主任、各位副主任、各位委员，做好下半年工作责任重大。我们将同心协力、真抓实干，确保全面完成年度目标任务！"
    )
    report = read(f"主任、各位副主任、各位委员：\n我受市人民政府委托，报告工作，请予审议。\n{text}{farewell}\n")
    assert report.sections[-1].role == "closing"
    assert part(report, report.sections[-1].section_id).strip() == farewell


NOTES = "1.双碳：指碳达峰与碳中和。\n2.专精特新：指专业化、精细化、特色化、新颖化。\n"


@pytest.mark.parametrize(
    ("tail", "heading"),
    [
        (f"小 资 料\n{NOTES}", "小 资 料"),
        (f"缩略语注解\n{NOTES}", "缩略语注解"),
        (f"名词解释及说明\n{NOTES}", "名词解释及说明"),
        (f"名词注释（按报告出现先后排序）\n{NOTES}", "名词注释（按报告出现先后排序）"),
        ("2025年十大民生实事\n1.新建中小学20所。\n2.改造老旧小区50个。\n", "2025年十大民生实事"),
        ("2025年为民办实事项目\n一、教育提升工程。新建中小学20所。\n二、安居工程。改造老旧小区50个。\n", "2025年为民办实事项目"),
        # Notes without a title.
        ("① 双碳：指碳达峰与碳中和。\n② 专精特新：指专业化、精细化。\n", ""),
        ("[1] 双碳：指碳达峰与碳中和。\n[2] 专精特新：指专业化、精细化。\n", ""),
    ],
)  # fmt: skip
def test_what_is_printed_after_the_speech_is_an_annex(tail: str, heading: str) -> None:
    plain, report = read(SPEECH), read(SPEECH + tail)
    annex = next(s for s in report.sections if s.role == "annex")
    assert (annex.section_id, annex.heading) == ("A1", heading)
    assert part(report, "A1") == tail
    assert sections(report)[:-1] == sections(plain)


@pytest.mark.parametrize(
    "line", ["市人大会议秘书处　　2025年1月8日印", "2025年1月10日印发", "抄送：市委办公室", "共印500份"]
)
def test_the_imprint_of_a_printed_report_is_its_footer(line: str) -> None:
    report = read(SPEECH + line + "\n")
    assert part(report, "F").strip() == line
    assert sections(report)[:-1] == sections(read(SPEECH))


def test_a_heading_of_the_plan_on_livelihood_is_no_annex() -> None:
    text = BODY.replace("（一）扩大有效需求。%", "") + fill("2025年十大民生实事\n@\n")
    assert not [s for s in read(FRONT + OPENING + text + FAREWELL + "\n").sections if s.role == "annex"]
