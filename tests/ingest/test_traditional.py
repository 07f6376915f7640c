"""A report in traditional characters is counted like the same report in simplified ones."""

import pandas as pd
import pytest
from opencc import OpenCC

from emphasis.ingest.records import Source
from emphasis.ingest.report import ingest, parse
from emphasis.ingest.simplify import simplify_sentences
from support import ROOT
from support.outline_cases import FAREWELL, OPENING, fill


def sentences(file):
    report = ingest(file, file.stem)
    return pd.DataFrame([(s.start, s.end, s.text) for s in report.sentences], columns=["start", "end", "text"])


def test_sentences_are_those_of_the_simplified_report(tmp_path):
    file = ROOT / "seeds/changchun-2025.txt"
    traditional = tmp_path / file.name
    traditional.write_text(OpenCC("s2t").convert(file.read_text(encoding="utf-8")), encoding="utf-8")
    own, found = sentences(file), sentences(traditional)
    assert found["start"].tolist() == own["start"].tolist()
    assert sum(a != b for a, b in zip(found["text"], own["text"], strict=True)) > 200
    back = simplify_sentences(found, wanted=True)
    # A few characters have one traditional form and two simplified ones.
    pairs = [pair for a, b in zip(back["text"], own["text"], strict=True) for pair in zip(a, b, strict=True)]
    assert sum(a != b for a, b in pairs) <= len(pairs) / 1000
    assert simplify_sentences(found, wanted=False)["text"].tolist() == found["text"].tolist()


@pytest.mark.parametrize("form", ["s2t", "s2tw", "s2hk"])
def test_passages_have_the_roles_that_they_have_in_simplified_characters(form):
    text = (
        "长春市政府工作报告\n" + OPENING + fill(
            "一、2024年工作回顾\n@\n（一）经济总体稳定。%\n（二）民生持续改善。%\n"
            "在此，我代表市人民政府，向关心、支持和参与长春建设的同志们、朋友们，表示衷心的感谢和崇高的敬意！"
            "但是，前进道路上还存在着许多缺点，发展质量不高，创新能力不强，干部作风不实，我们要认真加以解决。\n"
            "2025年，是十四五规划的最后一年，要确保完成各项任务，力争生产总值增长6%左右。\n"
            "二、2025年工作安排\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n"
        ) + FAREWELL + "\n附件1\n名词解释\n1.双碳：指碳达峰与碳中和。\n2.专精特新：指专业化、精细化。\n"
    )  # fmt: skip
    convert = OpenCC(form).convert
    own, found = (parse(Source("a.txt", "", "utf-8", words), "a") for words in (text, convert(text)))
    assert {"problems", "annex"} <= {section.role for section in own.sections}
    assert [(s.section_id, s.role, s.horizon) for s in found.sections] == [
        (s.section_id, s.role, s.horizon) for s in own.sections
    ]
    printed = [convert(f"{s.number}{s.heading}") for s in own.sections]
    assert [f"{s.number}{s.heading}" for s in found.sections] == printed


def test_an_empty_table_stays_empty():
    empty = sentences(ROOT / "seeds/changchun-2025.txt").iloc[:0]
    assert simplify_sentences(empty, wanted=True).empty
