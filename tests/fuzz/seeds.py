"""What fuzzed files begin as: reports in every format, made here, and real ones where they are at hand."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

from support import SHARED, samples
from support.outline_cases import CASES
from support.shapes import HEAD, SHAPES

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1")
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "")
MOST = 1_000_000
"""Bytes of a file at most: what only size does is measured elsewhere."""

_LIST = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def _escaped(text: str) -> str:
    kept = (c for c in text if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")
    return "".join(kept).replace("&", "&amp;").replace("<", "&lt;")


def _numbered(text: str) -> bytes:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    lines = _escaped(text).split("\n")
    body = "".join(
        f"<w:p>{properties if i % 3 == 0 else ''}<w:r><w:t>{line}</w:t></w:r></w:p>" for i, line in enumerate(lines)
    )
    return samples.document(body, numbering=_LIST)


def _pages(text: str) -> bytes:
    lines = [line[at : at + 40] for line in text.split("\n") for at in range(0, len(line), 40)]
    plain = [line.encode("utf-16-be", "ignore").decode("utf-16-be", "ignore") for line in lines][:1_500]
    return samples.pdf([plain[at : at + 40] for at in range(0, len(plain), 40)] or [[]])


def _markdown(text: str) -> bytes:
    marks = ("## ", "**", "> ", "- ", "| ", "")
    return "\n".join(f"{marks[i % len(marks)]}{line}" for i, line in enumerate(text.split("\n"))).encode(
        "utf-8", "replace"
    )


def _rich(text: str) -> bytes:
    return samples.rtf(text.encode("gbk", "ignore").decode("gbk"))


def _web_page(text: str) -> bytes:
    return samples.page(_escaped(text))


TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".xlsx")


def _table(suffix: str) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        text = text.encode("utf-8", "replace").decode()
        rows = [{"年份": 2024 + i, "省份": "吉林省", "正文": text[: 20_000 // (i + 1)]} for i in range(3)]
        if suffix == ".jsonl":
            return "\n".join(json.dumps(row, ensure_ascii=i == 1) for i, row in enumerate(rows)).encode(
                "utf-8", "replace"
            )
        table = pd.DataFrame(rows)
        if suffix != ".xlsx":
            return table.to_csv(index=False, sep={".csv": ",", ".tsv": "\t"}[suffix]).encode("utf-8", "replace")
        file = io.BytesIO()
        table["正文"] = table["正文"].map(_escaped)
        table.to_excel(file, index=False, engine="xlsxwriter")
        return file.getvalue()

    return make


MAKERS: dict[str, Callable[[str], bytes]] = {
    ".txt": lambda text: text.encode("utf-8", "replace"),
    ".html": _web_page,
    ".htm": _web_page,
    ".md": _markdown,
    ".docx": lambda text: samples.word(_escaped(text)),
    ".DOCX": _numbered,
    ".odt": lambda text: samples.odt(_escaped(text)),
    ".rtf": _rich,
    ".pdf": _pages,
    **{suffix: _table(suffix) for suffix in TABLE_SUFFIXES},
}
"""A file of a format from a text; of .docx there are two kinds."""


@cache
def texts() -> list[str]:
    """Reports of every layout."""
    return [samples.REPORT, *(case.source for case in CASES), HEAD + "要稳中求进。\n" * 40]


@cache
def real_files() -> list[Path]:
    """Real reports, if there are any here."""
    folders = [SHARED / name for name in ("corpus", "cases")] if SHARED.is_dir() else []
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in found if path.suffix in MAKERS and path.stat().st_size < MOST and path.name != "README.md"]


def seed_text(generator: random.Random) -> str:
    """A report, changed as text: lines moved, doubled or dropped, hostile shapes and odd characters put in."""
    text = generator.choice(texts())
    for _ in range(generator.randrange(4)):
        text = generator.choice(_CHANGES)(text, generator)
    return text


def _move_lines(text: str, generator: random.Random) -> str:
    lines = text.split("\n")
    generator.shuffle(lines)
    return "\n".join(lines)


def _double(text: str, generator: random.Random) -> str:
    start, end = sorted(generator.randrange(len(text) + 1) for _ in range(2))
    return text[:end] + text[start:end] * generator.choice((1, 2, 30)) + text[end:]


def _drop(text: str, generator: random.Random) -> str:
    start, end = sorted(generator.randrange(len(text) + 1) for _ in range(2))
    return text[:start] + text[end:]


def _insert_shape(text: str, generator: random.Random) -> str:
    at = generator.randrange(len(text) + 1)
    shape = SHAPES[generator.choice(list(SHAPES))]
    return text[:at] + shape(generator.choice((10, 300, 3_000))) + text[at:]


_ODD = "\x00\x01\x0b\x0c\x1c\x85\u00ad\u200b\u2028\u202e\u3000\ufeff\ufffd\ufffe\ue000\ud800😀⼯國①㈠"
_ENTITIES = (
    "&nbsp;",
    "&amp;lt;p&amp;gt;",
    "&#x4e00;",
    "&#0;",
    "&nGt;",
    "&#xD800;",
    "<p>",
    "<br",
    "<!--",
    "]]>",
    "{\\rtf1",
    "%PDF-",
)


def _insert_odd(text: str, generator: random.Random) -> str:
    for _ in range(generator.choice((1, 20))):
        at = generator.randrange(len(text) + 1)
        text = text[:at] + generator.choice((generator.choice(_ODD), generator.choice(_ENTITIES))) + text[at:]
    return text


def _other_line_ends(text: str, generator: random.Random) -> str:
    return text.replace("\n", generator.choice(LINE_ENDS))


_CHANGES = (_move_lines, _double, _drop, _insert_shape, _insert_odd, _other_line_ends)
