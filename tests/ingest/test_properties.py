"""Properties of every parsed text: no exception, nothing lost, everything in order."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from emphasis.ingest.corrections import apply_outline, read_outline, write_outline
from emphasis.ingest.glossary import read_glossary
from emphasis.ingest.records import Report, Source
from emphasis.ingest.report import ingest, parse
from support import samples
from support.invariants import check_invariants
from support.outline_cases import CASES, PROSE

LINES = st.sampled_from(
    [
        "政府工作报告", "政 府 工 作 报 告", "各位代表：", "各位代表！", "现在，我代表市政府报告工作。", "一、2024年工作回顾", "二、2025年工作安排", "三、",
        "（一）工业增长。产值增加。", "（二）", "（二）农业丰收", "一是抓好落实。见效。", "二是改进；", "1.5亿元", "1．创新", "①起步", "一", "二", "一　回顾",
        "结束语", "加强政府自身建设", "名词解释", "1.“两重”：国家重大战略。", "附件2", "编 辑：", "来源：", "“未完。", "同时，我们也清醒认识到问题。",
        "让我们努力奋斗！", PROSE, PROSE * 3, "", " ", "\u3000\u3000", "\u200b", "\u200b（一）\u200d", "。。。！", "”。", "\ufeff", "國民經濟發展", "\x00\x85\u2028",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.text(alphabet=st.sampled_from("一二三十、（）是第.。！“”：\n\r\u3000\u200b 的年各位代表1298"), max_size=300),
    st.builds(
        lambda lines, end: end.join(lines),
        st.lists(LINES, max_size=40),
        st.sampled_from(["\n", "\r\n", "\n\n", "\r", "", " "]),
    ),
)


def read(text: str) -> Report:
    return parse(Source("report.txt", "", "utf-8", text), "report")


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_and_nothing_raises(text: str) -> None:
    report = read(text)
    check_invariants(report)
    read_glossary(report)


def test_nothing_is_lost_in_the_cases() -> None:
    for case in CASES:
        check_invariants(read(case.source))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_written_outline_gives_the_same_sections(text: str) -> None:
    report = read(text)
    if not report.sections:
        return
    outline = read_outline(write_outline(report))
    if any(len(entry.begins) < 12 for entry in outline.entries[1:]):
        return  # so close to the end of the text that the words may also occur elsewhere
    again = parse(report.source, "report", outline=outline)
    check_invariants(again)
    if not any(p.code == "wrong-outline" for p in again.warnings):
        assert [(s.section_id, s.role, s.start) for s in again.sections] == [
            (s.section_id, s.role, s.start) for s in report.sections
        ]


@given(st.text(max_size=300), TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_yaml_is_an_outline_or_an_error_with_a_message(yaml: str, text: str) -> None:
    from emphasis.errors import EmphasisError  # noqa: PLC0415

    try:
        apply_outline(text, read_outline(yaml))
    except EmphasisError as error:
        assert str(error)


FILES = {
    ".txt": samples.REPORT.encode(),
    ".docx": samples.word(samples.REPORT),
    ".pdf": samples.pdf([["一、回顾"]]),
    ".html": samples.page("一、回顾"),
}


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200), st.integers(0, 3000), st.booleans())
@settings(max_examples=100, deadline=None)
def test_damaged_files_never_raise(suffix: str, noise: bytes, place: int, whole: bool) -> None:
    data = noise if whole else FILES[suffix][:place] + noise + FILES[suffix][place + len(noise) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(data)
        report = ingest(path, "report")
    check_invariants(report)
    assert report.warnings or report.sections
