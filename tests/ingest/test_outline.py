from __future__ import annotations

import pytest

from emphasis.ingest.records import Report, Source
from emphasis.ingest.report import parse
from support.outline_cases import CASES, OutlineCase


def read(text: str) -> Report:
    return parse(Source("report.txt", "", "utf-8", text), "report")


def outline(report: Report) -> str:
    lines = []
    for section in report.sections:
        if section.role not in ("front", "annex", "footer"):
            lines.append(f"{section.section_id} {section.role} {section.number}{section.heading}".strip())
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_outline_is_what_a_person_reads(case: OutlineCase) -> None:
    assert outline(read(case.source)) == case.outline
