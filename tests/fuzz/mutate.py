"""Damage to files: bytes, blocks, encodings, parts of archives, streams of PDFs. All of it follows from the number of the file."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

from fuzz.seeds import ENCODINGS, MAKERS, MOST, real_files, seed_text

Mutation = Callable[[bytes, random.Random], bytes]

_TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"<!--", b"-->", b"<!DOCTYPE d [<!ENTITY x 'y'>]>", b"&x;", b"{", b"}", b"\\'",
    b"\\u19968?", b"\\bin99999 ", b"obj", b"endobj", b"stream", b"<<", b">>", b"/Filter", b"/Length 999999999", b"[", b"(", b"PK\x03\x04",
    b"99999999999", b"-1", b"\r", b"\n", "一、".encode(), "（一）".encode(), "一".encode("gbk"), b"%PDF-1.7", b"{\\rtf1", b"<html>",
)  # fmt: skip


def fuzzed(number: int) -> tuple[str, bytes]:
    """The suffix and the bytes of a file by its number."""
    generator = random.Random(number)
    suffix, data = _seed(generator)
    for _ in range(generator.choice((0, 1, 1, 2, 4))):
        data = generator.choice(_mutations(suffix))(data, generator)[:MOST]
    if generator.random() < 0.04:
        suffix = generator.choice(sorted(MAKERS))
    return suffix.lower(), data


def _seed(generator: random.Random) -> tuple[str, bytes]:
    if generator.random() < 0.2 and real_files():
        path = generator.choice(real_files())
        return path.suffix, path.read_bytes()
    suffix = generator.choice(sorted(MAKERS))
    text = seed_text(generator)
    if suffix in (".txt", ".csv", ".tsv", ".md") and generator.random() < 0.5:
        encoded = MAKERS[suffix](text).decode("utf-8", "replace")
        return suffix, encoded.encode(generator.choice(ENCODINGS), "replace")
    return suffix, MAKERS[suffix](text)


def _span(data: bytes, generator: random.Random) -> tuple[int, int]:
    start = generator.randrange(len(data) + 1)
    return start, min(len(data), start + generator.choice((1, 4, 40, 400, 4_000, 100_000)))


def flip(data: bytes, generator: random.Random) -> bytes:
    """Bits of some bytes turned over."""
    changed = bytearray(data)
    for _ in range(generator.choice((1, 3, 30, 300)) if data else 0):
        changed[generator.randrange(len(changed))] ^= 1 << generator.randrange(8)
    return bytes(changed)


def truncate(data: bytes, generator: random.Random) -> bytes:
    """The beginning or the end."""
    at = generator.randrange(len(data) + 1)
    return data[:at] if generator.random() < 0.7 else data[at:]


def cut(data: bytes, generator: random.Random) -> bytes:
    """A block taken out."""
    start, end = _span(data, generator)
    return data[:start] + data[end:]


def repeat(data: bytes, generator: random.Random) -> bytes:
    """A block that comes again, often."""
    start, end = _span(data, generator)
    times = min(generator.choice((1, 2, 50, 20_000)), MOST // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def swap(data: bytes, generator: random.Random) -> bytes:
    """Two blocks in each other's place."""
    a, b, c, d = sorted(generator.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def overwrite(data: bytes, generator: random.Random) -> bytes:
    """A block of zeros, of noise, or of what begins something."""
    start, end = _span(data, generator)
    filling = generator.choice(
        (bytes(end - start), generator.randbytes(min(end - start, 4_000)), generator.choice(_TOKENS))
    )
    return data[:start] + filling + data[end if generator.random() < 0.5 else start :]


def insert(data: bytes, generator: random.Random) -> bytes:
    """What begins something, at several places."""
    for _ in range(generator.choice((1, 5, 50))):
        at = generator.randrange(len(data) + 1)
        data = data[:at] + generator.choice(_TOKENS) * generator.choice((1, 1, 1, 500)) + data[at:]
    return data


def recode(data: bytes, generator: random.Random) -> bytes:
    """The same text in another encoding, whatever the file declares."""
    return data.decode("utf-8", "replace").encode(generator.choice(ENCODINGS), "replace")


_BYTES: tuple[Mutation, ...] = (flip, truncate, cut, repeat, swap, overwrite, insert, recode)


def change_part(data: bytes, generator: random.Random) -> bytes:
    """An archive of which one part is damaged, missing, doubled, renamed or in another encoding."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()]
    except Exception:  # it is damaged already
        return flip(data, generator)
    if not parts:
        return data
    at = generator.randrange(len(parts))
    name, content = parts[at]
    kind = generator.randrange(8)
    if kind == 0:
        del parts[at]
    elif kind == 1:
        parts.append((name, generator.choice(_BYTES)(content, generator)[:MOST]))
    elif kind == 2:
        parts[at] = (generator.choice(("word/document.xml", "content.xml", "../" + name, name.upper(), "")), content)
    elif kind == 3:
        parts[at] = (name, content.decode("utf-8", "replace").encode("utf-16"))
    else:
        parts[at] = (name, generator.choice(_BYTES)(content, generator)[:MOST])
    file = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(file, "w", generator.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive,
    ):
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, content in parts:
            archive.writestr(name or "x", content)
    return file.getvalue()


_STREAM = re.compile(rb"(<<[^>]*/Filter /FlateDecode[^>]*>>\s*stream\n)(.*?)(\nendstream)", re.DOTALL)
_NUMBER = re.compile(rb"\d+")


def change_stream(data: bytes, generator: random.Random) -> bytes:
    """A PDF of which a stream, or a number, is another; its table of places is then wrong, as in many real files."""
    streams = list(_STREAM.finditer(data))
    if streams and generator.random() < 0.6:
        stream = generator.choice(streams)
        try:
            content = zlib.decompress(stream[2])
        except zlib.error:
            return flip(data, generator)
        content = zlib.compress(generator.choice(_BYTES)(content, generator)[:MOST])
        return data[: stream.start(2)] + content + data[stream.end(2) :]
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return data
    number = generator.choice(numbers)
    return (
        data[: number.start()]
        + generator.choice((b"0", b"1", b"-1", b"5", b"65536", b"999999999"))
        + data[number.end() :]
    )


def _mutations(suffix: str) -> tuple[Mutation, ...]:
    if suffix.lower() in (".docx", ".odt", ".xlsx"):
        return (*_BYTES, *(change_part,) * 24)
    return (*_BYTES, *(change_stream,) * 16) if suffix == ".pdf" else _BYTES
