"""A text with spaces between its characters, as recognition of a scan leaves them, is read as without them."""

from __future__ import annotations

import pytest

from emphasis.ingest.records import Report, Source
from emphasis.ingest.report import parse
from emphasis.text import visible
from support.outline_cases import FAREWELL, OPENING, fill

LONG = "充分发挥利好叠加的双区驱动效应，纵深推进新阶段粤港澳大湾区建设，有力牵引全省全面深化改革开放"
SPEECH = (
    "龙华区政府工作报告\n" + OPENING + fill(
        f"一、2024年工作回顾\n@\n（一）{LONG}。%\n（二）{LONG}。%\n（三）{LONG}。%\n"
        "在此，我代表区人民政府，向关心、支持和参与建设的同志们、朋友们，表示衷心的感谢和崇高的敬意！"
        "同时，我们也清醒看到，工作中还存在不少问题：创新能力不强，民生领域还有短板，干部作风不实，这些都要切实加以解决。\n"
        "二、2025年工作安排\n@\n（一）扩大有效需求。%\n（二）推进科技创新。%\n今年，深圳各区都在加快建设深圳都市圈，深圳的发展就是龙华的发展，"
        "深圳要走在前列，深圳、深圳。\n"
    ) + FAREWELL + "\n"
)  # fmt: skip


def facts(report: Report) -> list[object]:
    found: list[object] = [(s.level, visible(s.heading), s.role, s.standalone) for s in report.sections]
    return [*found, [visible(s.text) for s in report.sentences], report.metadata.adcode]


def read(text: str) -> Report:
    return parse(Source("a.txt", "", "utf-8", text), "a")


@pytest.mark.parametrize("every", [1, 2, 3])
def test_spaces_between_characters_change_nothing(every: int) -> None:
    spaced = "\n".join(
        "".join(c + " " * (i % every == 0) for i, c in enumerate(line)).rstrip() for line in SPEECH.split("\n")
    )
    plain = read(SPEECH)
    assert facts(read(spaced)) == facts(plain)
    assert [s.role for s in plain.sections].count("problems") == 1
    assert plain.metadata.adcode == "440309"
