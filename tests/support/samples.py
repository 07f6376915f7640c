"""Sample files for tests: Word, PDF and web pages with Chinese text, from which hostile ones are made too."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

REPORT = (
    "政府工作报告\n——2025年1月8日在长春市第十六届人民代表大会第四次会议上\n市长 王子联\n各位代表：\n现在，我代表市政府，向大会报告工作，请予审议。\n"
    "一、2024年工作回顾\n过去一年，全市经济平稳运行。\n（一）工业稳步增长。产值增长5.5%。\n（二）农业再获丰收。粮食总产再创新高。\n"
    "二、2025年工作安排\n今年要做好以下工作。\n（一）扩大有效需求。促进消费，增加投资。\n（二）推进科技创新。建设平台。\n"
    "各位代表！让我们更加紧密地团结起来，为实现全年目标而努力奋斗！"
)
"""A report of a few lines."""


def document(body: str, *, doctype: str = "", numbering: str = "", rels: str = "", encoding: str = "UTF-8") -> bytes:
    """A .docx with this markup in its body, and optionally with numbering and relationships; `encoding` is that of its text."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    types = (
        f'{head}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'{head}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": (
            f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        ).encode(encoding),
    }
    if numbering:
        types += f'<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>'
        parts["word/numbering.xml"] = head + numbering
        rels = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
    if rels:
        parts["word/_rels/document.xml.rels"] = head + rels
    return container({"[Content_Types].xml": types + "</Types>", **parts})


def container(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def word(text: str) -> bytes:
    """A .docx with one paragraph per line."""
    return document("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")))


def odt(text: str, *, body: str = "", styles: str = "") -> bytes:
    """An .odt with one paragraph per line, or with this markup as its text; `styles` are its automatic styles."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    body = body or "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return container(parts | {"content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def rtf(text: str) -> bytes:
    """An .rtf with one paragraph per line, in bytes of GBK as Chinese programs write them."""
    codes = "".join(
        "\\par\n" if c == "\n" else c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode("gbk"))
        for c in text
    )
    return rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{{\f0\fcharset134 SimSun;}}}}\f0 {codes}}}".encode("ascii")


def pdf(pages: Sequence[Sequence[str]], *, extra: str = "") -> bytes:
    """A PDF with these lines on its pages; `extra` is added to its catalogue."""
    return placed_pdf([[(line, 60, 780 - 18 * n, 12) for n, line in enumerate(lines)] for lines in pages], extra=extra)


def placed_pdf(
    pages: Sequence[Sequence[tuple[str, float, float, float]]],
    *,
    drawings: Mapping[int, str] | None = None,
    extra: str = "",
) -> bytes:
    """A PDF with pieces of text on its pages, each with its place and the size of its characters.

    `drawings` has further operators for pages by number, from 0; they may name the picture /Im.
    """
    objects: list[bytes] = []
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode())
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /ToUnicode "
        + f"{5 + 2 * len(pages)} 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song ".encode()
        + b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>] >>"
    )
    picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects.append(_stream(b"0", picture))
    for i, pieces in enumerate(pages):
        drawing = (drawings or {}).get(i, "")
        shown = [f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for text, x, y, size in pieces]
        image = "/XObject << /Im 4 0 R >>" if "/Im" in drawing else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * i} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {image} >> >>".encode()
        )
        objects.append(_stream(zlib.compress("\n".join([*shown, drawing]).encode()), "/Filter /FlateDecode"))
    used = sorted({c for pieces in pages for text, *_ in pieces for c in text})
    chars = "".join(f"<{ord(c):04x}> <{ord(c):04x}> " for c in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(used)} beginbfchar {chars}endbfchar endcmap end end"
    ).encode()
    objects.append(_stream(cmap))
    return _assemble(objects)


def packed_pdf(data: bytes, filters: str) -> bytes:
    """A PDF of one page, whose content is what these filters make of the data."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>"
    pages = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page]
    return _assemble([*pages, _stream(data, f"/Filter [{filters}]")])


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _assemble(objects: Sequence[bytes]) -> bytes:
    file = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    file += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)


def page(text: str, *, charset: str = "utf-8") -> bytes:
    """A web page with one paragraph per line, among scripts, styles and navigation."""
    body = "".join(f"<p>&emsp;&emsp;{line}</p>\n" for line in text.split("\n"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>报告</title><style>p {{ color: red }}</style></head><body>'
        f"<nav><a href='/'>首页</a> &gt; <a href='/bg'>政府工作报告</a></nav><script>alert('一、脚本')</script>"
        f"<div class='main'>{body}</div><div style='display: none'>隐藏的文字</div><footer>版权所有</footer></body></html>"
    ).encode(charset)
