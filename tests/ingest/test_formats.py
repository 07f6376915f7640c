"""Markdown, OpenDocument, rich text and the old formats."""

from __future__ import annotations

import shutil

import pytest

from emphasis.errors import EmphasisError
from emphasis.ingest.readers import legacy, odt, rtf
from emphasis.ingest.readers.markdown import strip_marks
from support import samples


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("# 政府工作报告 #", "政府工作报告"),
        ("**（一）工业。**增长5%，_稳定_，***更好***", "（一）工业。增长5%，稳定，更好"),
        ("- 新建12所\n* 改造3个\n+ 其他", "新建12所\n改造3个\n其他"),
        ("1. 一是\n2. 二是", "1. 一是\n2. 二是"),
        ("> 引用\n> > 再引", "引用\n再引"),
        ("见[报告](https://example.org/a_b)和![图](a.png)[^1]", "见报告和"),
        ("| 指标 | 目标 |\n|:--|--:|\n| 生产总值 | 6% |", "指标   目标\n\n生产总值   6%"),
        ("---\ntitle: x\ndate: 2025\n---\n正文", "正文"),
        ("一、回顾\n---\n正文  \n下行\\\n末行", "一、回顾\n\n正文\n下行\n末行"),
        ("增长5\\%，2\\*3，PM2_5_a，3\\*4项", "增长5%，2*3，PM2_5_a，3*4项"),
        ("```\n代码\n```\n<!-- 注 -->正文", "\n代码\n\n正文"),
        ("增长3%~5%，~~删去~~，-2%", "增长3%~5%，删去，-2%"),
    ],
)
def test_marks_of_markdown_go_and_text_stays(marked: str, plain: str) -> None:
    assert strip_marks(marked) == plain


LEVELS = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."
style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." style:num-prefix="（"
style:num-suffix="）"/></text:list-style><style:style style:name="H"><style:text-properties text:display="none"/></style:style>"""


def test_open_document_lists_are_numbered_continued_and_restarted() -> None:
    item = "<text:list-item {}><text:p>{}</text:p>{}</text:list-item>"
    inner = "<text:list>" + item.format("", "工业", "") + item.format("", "农业", "") + "</text:list>"
    body = (
        '<text:list text:style-name="L" xml:id="a">'
        + item.format("", "回顾", inner)
        + "</text:list><text:p>段</text:p>"
        '<text:list text:style-name="L" text:continue-list="a">' + item.format("", "安排", inner) + "</text:list>"
        '<text:list text:style-name="L">' + item.format('text:start-value="5"', "附", "") + "</text:list>"
    )
    text = odt.read(samples.odt("", body=body, styles=LEVELS)).text
    assert text.split("\n") == [
        "一、回顾",
        "（一）工业",
        "（二）农业",
        "段",
        "二、安排",
        "（一）工业",
        "（二）农业",
        "五、附",
    ]


def test_open_document_leaves_out_what_is_not_seen() -> None:
    body = (
        "<text:tracked-changes><text:p>旧</text:p></text:tracked-changes><text:table-of-content><text:p>目录</text:p>"
        "</text:table-of-content><text:p>蓝<text:ruby><text:ruby-base>天</text:ruby-base><text:ruby-text>tiān</text:ruby-text>"
        '</text:ruby><text:s text:c="2"/>保<text:span text:style-name="H">密</text:span><text:line-break/>卫'
        "<office:annotation><text:p>批注</text:p></office:annotation></text:p><text:p><text:note><text:p>脚注</text:p></text:note>完</text:p>"
    )
    assert odt.read(samples.odt("", body=body, styles=LEVELS)).text == "蓝天  保\n卫\n完"


def test_rich_text_keeps_numbers_that_programs_write_out() -> None:
    listed = rb"{\rtf1\ansi{\listtext\pard\plain \u19968?\u12289?\tab}\u22238?\u39038?\par\u23436?}"
    assert rtf.read(listed).text == "一、回顾\n完"


def test_without_libreoffice_old_formats_are_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(EmphasisError, match="LibreOffice, which is not installed here; install it, or open the file"):
        legacy.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@pytest.mark.skipif(not any(map(shutil.which, legacy._PROGRAMS)), reason="LibreOffice is not installed")
def test_libreoffice_reads_old_formats_where_it_is_installed() -> None:
    # It looks at what a file is, not at its name.
    assert legacy.read(samples.rtf(samples.REPORT)).text == samples.REPORT
