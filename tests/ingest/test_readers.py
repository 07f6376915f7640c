from __future__ import annotations

import io
import os
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from emphasis.errors import EmphasisError, MissingLibraryError
from emphasis.ingest import readers
from emphasis.ingest.readers import apart, docx, html, pdf, txt
from emphasis.ingest.readers.mending import mend
from emphasis.ingest.readers.table import read_rows
from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest
from emphasis.run.reports_folder import open_reports_folder
from support import samples

TRADITIONAL = "一、2024年工作回顧\n過去一年，國民經濟和社會發展取得新的成績，產業結構進一步優化。\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_encodings_of_simplified_text(encoding: str, named: str) -> None:
    assert txt.read(samples.REPORT.encode(encoding))[:2] == (samples.REPORT, named)


def test_big5_is_not_taken_for_gb18030() -> None:
    text, encoding, _ = txt.read(TRADITIONAL.encode("big5"))
    assert text == TRADITIONAL
    assert encoding.startswith("big5")


def test_line_ends_are_kept() -> None:
    assert txt.read("一\r\n二\r三\n".encode("gbk"))[0] == "一\r\n二\r三\n"


def test_a_few_damaged_bytes_are_replaced_and_many_refused() -> None:
    good = (samples.REPORT * 5).encode("gbk")
    assert txt.read(good[:301] + b"\xff" + good[302:])[0].count("\ufffd") in range(1, 4)
    with pytest.raises(EmphasisError, match="UTF-8"):
        txt.read(b"\xef\xbb\xbf" + b"\xff\xfe\xfa" * 500)


def test_word_keeps_insertions_tables_and_breaks_but_not_deletions() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('一、')}<w:ins>{run.format('回顾')}</w:ins><w:del><w:r><w:delText>总结</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run.format('格一')}</w:p></w:tc><w:tc><w:p>{run.format('格二')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p>{run.format('上')}<w:r><w:br/></w:r>{run.format('下')}<w:hyperlink>{run.format('链接')}</w:hyperlink></w:p>"
    )
    assert docx.read(samples.document(body))[0] == "一、回顾\n格一\n格二\n上\n下链接"


def test_word_writes_out_automatic_numbers() -> None:
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    body = "".join(
        numbered.format(level, words)
        for level, words in ((0, "回顾"), (1, "工业"), (1, "农业"), (0, "安排"), (1, "需求"))
    )
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
        + level.format(0, "%1、")
        + level.format(1, "（%2）")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    text, *_ = docx.read(samples.document(body, numbering=numbering))
    assert text == "一、回顾\n（一）工业\n（二）农业\n二、安排\n（一）需求"


RUN = "<w:r><w:t>{}</w:t></w:r>"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_word_reads_a_text_box_once() -> None:
    box = f"<w:txbxContent><w:p>{RUN.format('专栏')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{RUN.format('上')}<w:r><mc:AlternateContent {MC}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:p>{RUN.format('下')}<w:r><mc:AlternateContent {MC}><mc:Choice Requires='x'/>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert docx.read(samples.document(body)).text == "上\n专栏\n下\n专栏"


def test_word_leaves_out_pinyin_hidden_text_and_deleted_rows() -> None:
    pinyin = f"<w:ruby><w:rt>{RUN.format('lán')}</w:rt><w:rubyBase>{RUN.format('蓝')}</w:rubyBase></w:ruby>"
    body = (
        f"<w:p><w:r>{pinyin}</w:r>{RUN.format('天')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>批注</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>保卫战</w:t></w:r></w:p>'
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{RUN.format('旧')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{RUN.format('新')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert docx.read(samples.document(body)).text == "蓝天保卫战\n新"


def test_word_joins_paragraphs_whose_mark_was_deleted() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    gone = "<w:r><w:delText>删去</w:delText></w:r>"
    body = (
        f"<w:p>{mark}{RUN.format('高质量')}</w:p><w:p>{RUN.format('发展')}</w:p>"
        f"<w:p>{mark}<w:del>{gone}</w:del></w:p><w:p>{RUN.format('完')}</w:p>"
    )
    assert docx.read(samples.document(body)).text == "高质量发展\n完"


def test_word_starts_a_list_afresh_where_it_says_so() -> None:
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    body = "".join(
        numbered.format(*item) for item in ((1, "甲"), (1, "乙"), (2, "丙"), (2, "丁"), (1, "戊"), (3, "己"))
    )
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
        + level.format("chineseCounting", "（%1）")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        + level.format("decimal", "%1.")
        + "</w:lvlOverride></w:num></w:numbering>"
    )
    text = docx.read(samples.document(body, numbering=numbering)).text
    assert text == "（一）甲\n（二）乙\n（一）丙\n（二）丁\n（三）戊\n5.己"


def test_word_reads_the_strict_variant() -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(samples.word("一、回顾\n二、安排"))) as usual:
        for part in usual.infolist():
            content = usual.read(part).decode()
            for strict, name in docx._STRICT.items():
                content = content.replace(name.decode(), strict.decode())
            parts[part.filename] = content
    data = samples.container(parts)
    assert b"purl.oclc.org" in b"".join(part.encode() for part in parts.values())
    assert docx.read(data).text == "一、回顾\n二、安排"


def test_a_page_gives_its_visible_text_only() -> None:
    text, encoding, _ = html.read(samples.page(samples.REPORT))
    assert encoding == "utf-8"
    assert [line.strip() for line in text.split("\n")] == samples.REPORT.split("\n")


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


PROSE = "".join(f"<p>第{n}段：全市经济平稳运行，各项工作有序推进。</p>" for n in range(40))


def test_a_page_within_a_form_is_read_without_its_fields() -> None:
    text = html.read(page(f"<form>{PROSE}<input value='x'><textarea>评论</textarea><button>提交</button></form>")).text
    assert text.count("\n") == 39 and "评论" not in text and "提交" not in text


def test_a_report_in_a_field_of_a_form_is_read_line_by_line() -> None:
    found = html.read(page(f"<p>编辑</p><textarea>{samples.REPORT}</textarea>"))
    assert found.text.split("\n") == ["编辑", *samples.REPORT.split("\n")]
    assert [note.code for note in found.notes] == ["text-not-shown"]


@pytest.mark.parametrize(
    ("head", "attribute"),
    [
        ("", "style='display : none'"),
        ("", "hidden"),
        ("", "aria-hidden='true'"),
        ("", "style='position:absolute;left:-9999px'"),
        ("", "style='font-size:0'"),
        ("<style>.copy, #x { color: red; display: none }</style>", "class='copy'"),
    ],
)
def test_hidden_copies_of_a_text_are_not_read(head: str, attribute: str) -> None:
    found = html.read(page(f"<div>{PROSE}</div><div {attribute}>{PROSE}</div>", head))
    assert (found.text.count("第7段"), found.notes) == (1, ())


def test_what_is_hidden_in_print_or_under_the_mouse_only_is_read() -> None:
    rules = "@media print { .a { display: none } } .a:hover { display: none } div { display: none }"
    assert html.read(page(f"<div class='a'>{PROSE}</div>", f"<style>{rules}</style>")).text.count("\n") == 39


def test_text_that_a_page_shows_only_after_a_click_is_read_with_a_note() -> None:
    found = html.read(page(f"<p>展开全文</p><div style='display:none'>{PROSE}</div>"))
    assert found.text.count("\n") == 40
    assert [note.code for note in found.notes] == ["text-not-shown"]


def test_lines_of_preformatted_text_stay_lines_and_pinyin_goes() -> None:
    assert (
        html.read(page("<pre>一、回顾\r\n增长。</pre><p>蓝<ruby>天<rt>tiān</rt></ruby></p>")).text
        == "一、回顾\n增长。\n蓝天"
    )


def test_thousands_of_entities_do_not_end_the_process() -> None:
    many = "&nGt;" * 20_000
    assert html.read(page(f"<p title='{many}'>{many}5&#37;&lt;6&amp;7&nbsp;&quot;</p>")).text.endswith('5%<6&7\xa0"')


def test_a_page_that_declares_gb2312() -> None:
    text, encoding, _ = html.read(samples.page("一、回顾\n二、安排", charset="gb2312"))
    assert (text.split(), encoding) == (["一、回顾", "二、安排"], "gb18030")


def test_pdf_lines_become_paragraphs_without_running_heads_and_page_numbers() -> None:
    stock = "全市上下坚持稳中求进工作总基调扎实推进各项工作经济运行总体平稳稳中有进主要指标好于预期社会大局和谐"
    halves = [(stock[n:] + stock[:n])[:36] for n in range(5)]
    pages = [
        [
            "长春市政府工作报告",
            f"　　{half[:34]}",
            half,
            f"向好{n}。",
            f"　　（{n}）工业稳步增长。{half[:26]}",
            half,
            "增长。",
            f"- {n} -",
        ]
        for n, half in enumerate(halves)
    ]
    text, kind, _ = pdf.read(samples.pdf(pages))
    assert kind == "pdf"
    assert text.split("\n") == [
        line
        for n, half in enumerate(halves)
        for line in (f"{half[:34]}{half}向好{n}。", f"（{n}）工业稳步增长。{half[:26]}{half}增长。")
    ]
    assert "- 1 -" not in text
    assert "长春市" not in text


def read(folder: Path, name: str, data: bytes) -> Report:
    path = folder / name
    path.write_bytes(data)
    return ingest(path, path.stem)


def markdown_report() -> str:
    """The report with marks of Markdown."""
    lines = samples.REPORT.split("\n")
    marked = [f"# {lines[0]}"] + [
        f"## {x}" if x[1] == "、" else f"**{x[: x.index('。')]}。**{x[x.index('。') + 1 :]}" if x[0] == "（" else x
        for x in lines[1:]
    ]
    return "---\ntitle: 报告\n---\n" + "\n\n".join(marked)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", samples.REPORT.encode("gbk")),
        ("b.docx", samples.word(samples.REPORT)),
        ("c.html", samples.page(samples.REPORT)),
        ("d.htm", samples.page(samples.REPORT, charset="gbk")),
        ("e.pdf", samples.pdf([samples.REPORT.split("\n")])),
        ("f.md", markdown_report().encode()),
        ("g.odt", samples.odt(samples.REPORT)),
        ("h.rtf", samples.rtf(samples.REPORT)),
        # Names that do not say what a file is.
        ("i.txt", samples.page(samples.REPORT)),
        ("j.doc", samples.rtf(samples.REPORT)),
        ("k.wps", samples.word(samples.REPORT)),
        ("l.docx", samples.odt(samples.REPORT)),
    ],
)
def test_every_format_gives_the_same_report(tmp_path: Path, name: str, data: bytes) -> None:
    report = read(tmp_path, name, data)
    assert [s.section_id for s in report.sections] == ["s0", "s0.1", "s1", "s1.1", "s1.2", "s2", "s2.1", "s2.2", "s2.3"]
    assert report.metadata.region == "长春市"
    assert report.metadata.speaker == "王子联"


BOMB = {"[Content_Types].xml": "x", "word/document.xml": b"\0" * 300_000_000}
EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bomb.docx", samples.container(BOMB), "unpacks to more"),
        ("part.docx", samples.container({"word/document.xml": b" " * 60_000_000}), "60 MB in word/document.xml"),
        ("entities.docx", samples.document("<w:p/>", doctype=EXTERNAL), "entities"),
        ("utf16.docx", samples.document("<w:p/>", doctype=EXTERNAL, encoding="utf-16"), "entities"),
        ("late.docx", samples.document("<w:p/>", doctype=f"<!--{'x' * 9000}-->{EXTERNAL}"), "entities"),
        ("truncated.docx", samples.word(samples.REPORT)[:-300], "damaged"),
        ("text.docx", samples.REPORT.encode(), "damaged"),
        ("empty.docx", samples.container({"a": "b"}), "cannot be read"),
        ("scan.pdf", samples.pdf([[]] * 8), "scanned PDF: 8 pages"),
        ("truncated.pdf", samples.pdf([["一、回顾"]])[:200], "cannot be read"),
        ("text.pdf", samples.REPORT.encode(), "cannot be read"),
        ("report.ppt", b"\xd0\xcf\x11\xe0", "not read"),
        ("entities.odt", samples.container({"content.xml": EXTERNAL, "META-INF/manifest.xml": "<m/>"}), "entities"),
        ("truncated.odt", samples.container({"content.xml": "<a/>"})[:-20], "damaged"),
        ("large.odt", samples.container({"content.xml": b" " * 70_000_000}), "70 MB"),
        ("text.rtf", samples.REPORT.encode(), "no rich text"),
        ("large.txt", b" " * 200_000_000, "200 MB"),
        ("long.txt", "稳中求进。".encode() * 300_000, "1,500,000 characters"),
        ("nested.html", b"<div>" * 100_000, "100,000 tags"),
    ],
)
def test_hostile_files_are_refused_with_a_message_in_bounded_memory(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    del data
    tracemalloc.start()
    report = ingest(path, path.stem)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [p.code for p in report.warnings] == ["unreadable"]
    assert words in report.warnings[0].message
    assert report.warnings[0].message.startswith(name)
    assert report.confidence == "low"
    assert peak < 150_000_000


def test_a_file_of_nothing_but_numbers_takes_little_time(tmp_path: Path) -> None:
    report = read(tmp_path, "numbers.txt", ("各位代表：\n" + "（一）甲。乙\n" * 9_000).encode())
    assert [s.level for s in report.sections if s.level] == []
    assert {"no-headings", "unplaced-number"} <= {p.code for p in report.warnings}
    assert report.confidence == "low"


def test_an_external_relationship_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{secret.as_uri()}" '
        'TargetMode="External"/></Relationships>'
    )
    data = samples.document("<w:p><w:r><w:t>一、回顾</w:t></w:r></w:p>", rels=rels)
    assert docx.read(data)[0] == "一、回顾"


def test_javascript_in_a_pdf_is_ignored(tmp_path: Path) -> None:
    script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    report = read(tmp_path, "script.pdf", samples.pdf([samples.REPORT.split("\n")], extra=script))
    assert "alert" not in report.source.text
    assert report.sections


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    assert "password" in ingest(path, "locked").warnings[0].message


def test_a_link_out_of_the_folder_is_refused_one_inside_is_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(samples.REPORT, encoding="utf-8")
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "inside.txt").write_text(samples.REPORT, encoding="utf-8")
    (folder / "out.txt").symlink_to(outside)
    (folder / "in.txt").symlink_to(folder / "inside.txt")
    assert "leads out of its folder" in ingest(folder / "out.txt", "out").warnings[0].message
    assert ingest(folder / "in.txt", "in").sections


def test_what_is_not_a_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    for name in ("pipe.txt", "folder.txt", "absent.txt"):
        assert [p.code for p in ingest(tmp_path / name, "x").warnings] == ["unreadable"]


def test_a_stray_zero_byte_is_dropped_with_a_note(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        data = f"{samples.REPORT[:60]}\x00{samples.REPORT[60:]}".encode(encoding)
        report = read(tmp_path, "zero.txt", data)
        assert (report.source.text, report.source.encoding) == (samples.REPORT, encoding)
        assert "control-characters" in {w.code for w in report.warnings}


def test_utf16_without_a_mark_is_read_where_zero_bytes_are_few() -> None:
    text = samples.REPORT.replace("2025", "").replace("2024", "") * 3
    assert txt.read(text.encode("utf-16-le"))[:2] == (text, "utf-16-le")


def test_remains_of_html_in_a_text_are_resolved_with_a_note(tmp_path: Path) -> None:
    marked = (
        samples.REPORT.replace("\n", "<br/>\n").replace("%", "&#37;").replace("过去", "&nbsp;&amp;nbsp;<b>过去</b>")
    )
    report = read(tmp_path, "marked.txt", marked.encode())
    assert report.source.text == samples.REPORT.replace("过去", "\xa0\xa0过去")
    (note,) = [w for w in report.warnings if w.code == "markup-in-text"]
    assert "<br/>" in note.message


def test_a_text_file_in_markdown_is_read_as_such(tmp_path: Path) -> None:
    marked = "\n".join(f"**{line}**" if 2 < len(line) < 20 else line for line in samples.REPORT.split("\n"))
    plain, report = read(tmp_path, "plain.txt", samples.REPORT.encode()), read(tmp_path, "marked.txt", marked.encode())
    assert [s.heading for s in report.sections] == [s.heading for s in plain.sections]
    assert "markdown-in-text" in {w.code for w in report.warnings}
    assert "*" not in report.source.text
    assert "*" in read(tmp_path, "few.txt", samples.REPORT.replace("过去", "**过去**", 1).encode()).source.text


@pytest.mark.parametrize("text", ["R&D投入增长5%", "PM<2.5且>1", "a&b;c", "投入<研发>增长", "AT&T;"])
def test_what_only_resembles_markup_stays(text: str) -> None:
    assert mend(text) == (text, ())


def test_radicals_and_compatibility_forms_are_read_as_usual_characters_in_their_places(tmp_path: Path) -> None:
    odd = str.maketrans("工长民金不", "⼯⻓⺠⾦不")
    report = read(tmp_path, "odd.txt", samples.REPORT.translate(odd).encode())
    assert report.source.text == samples.REPORT
    (note,) = [w for w in report.warnings if w.code == "folded-characters"]
    assert note.message.startswith(f"{sum(samples.REPORT.count(c) for c in '工长民金不')} characters")


def test_every_character_that_is_folded_becomes_one() -> None:
    ranges = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    text = "".join(map(chr, ranges))
    assert len(mend(text)[0]) == len(text)
    # All of the 214 radicals of the Kangxi dictionary.
    assert not set(mend(text)[0]) & set(map(chr, range(0x2F00, 0x2FD6)))


def test_a_file_without_text_says_so(tmp_path: Path) -> None:
    for data in (b"", b" \n\n", "\u200b\u3000".encode()):
        report = read(tmp_path, "empty.txt", data)
        assert [p.code for p in report.warnings] == ["empty"]
        assert not report.sections


def test_every_suffix_has_a_bound() -> None:
    assert all(0 < largest <= 100_000_000 for _, largest in readers.READERS.values())


@pytest.mark.parametrize(("name", "library"), [("a.docx", "docx"), ("a.pdf", "pdfminer"), ("a.rtf", "striprtf")])
def test_a_missing_library_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    path = tmp_path / name
    path.write_bytes(
        {"docx": samples.word("一"), "pdfminer": samples.pdf([["一"]]), "striprtf": samples.rtf("一")}[library]
    )
    # These files are read in a process of their own.
    monkeypatch.setattr(apart, "_START", f"import sys; sys.modules['{library}'] = None\n" + apart._START)
    apart.READER_PROCESS.close()
    with pytest.raises(MissingLibraryError, match=f"the library {library} is missing or broken .*make -B env"):
        ingest(path, "a")
    apart.READER_PROCESS.close()


def test_a_missing_library_is_no_fault_of_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingLibraryError, match="openpyxl"):
        open_reports_folder(tmp_path, 8, lambda file: read_rows(file, {"text": ["text"]}))
