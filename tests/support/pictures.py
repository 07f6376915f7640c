"""Fingerprints of results: the hash of a file's bytes and, if it is compressed, of its content."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import zip_longest
from pathlib import Path

import pyarrow.parquet as pq
from PIL import Image

LISTED = "hashes.tsv"
GRID = 16, 10
"""Fields that a picture is divided into; a fingerprint has the mean brightness of each."""

# The manifest and the crate contain the hash of every module, so that any edit changes them.
_LEFT_OUT = {"logs", "steps", "batches", "README.md", "manifest.json", "ro-crate-metadata.json"}


@dataclass(frozen=True)
class Fingerprint:
    """One result.

    Attributes
    ----------
    path : str
    sha256 : str
        Of the bytes.
    content : str
        Of the pixels of a PNG, the members of a zip file, the rows of a Parquet file; empty for other files. Another build
        of zlib or zstd packs the same content into other bytes.
    grid : str
        Brightness of a PNG in `GRID` fields, two hexadecimal digits each.
    """

    path: str
    sha256: str
    content: str = ""
    grid: str = ""


def fingerprint(file: Path, path: str) -> Fingerprint:
    """The fingerprint of a file."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    match file.suffix:
        case ".png":
            with Image.open(file) as picture:
                pixels = picture.convert("RGBA")
            grid = pixels.convert("L").resize(GRID, Image.Resampling.BOX).tobytes().hex()
            return Fingerprint(path, digest, _sha(repr(pixels.size).encode(), pixels.tobytes()), grid)
        case ".docx" | ".xlsx":
            with zipfile.ZipFile(file) as archive:
                return Fingerprint(
                    path, digest, _sha(*(b for n in archive.namelist() for b in (n.encode(), archive.read(n))))
                )
        case ".parquet":
            columns = pq.read_table(file).to_pydict()
            return Fingerprint(path, digest, _sha(json.dumps(columns, ensure_ascii=False).encode()))
    return Fingerprint(path, digest)


def _sha(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(len(part)).encode() + b":" + part)
    return digest.hexdigest()


def fingerprints(results: Path) -> list[Fingerprint]:
    """Every result of a run, sorted by path."""
    found = sorted(
        (file.relative_to(results), file) for file in results.rglob("*") if file.is_file() and file.name[0] != "."
    )
    return [fingerprint(file, path.as_posix()) for path, file in found if path.parts[0] not in _LEFT_OUT]


def write_fingerprints(found: Sequence[Fingerprint], path: Path) -> None:
    """Write fingerprints as a table with tabs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow([field.name for field in fields(Fingerprint)])
        writer.writerows(astuple(one) for one in found)


def read_fingerprints(path: Path) -> dict[str, Fingerprint]:
    """Fingerprints by path."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["path"]: Fingerprint(**row) for row in csv.DictReader(file, delimiter="\t")}


@dataclass(frozen=True)
class Comparison:
    """How results compare with the reference: files that differ, and in what, and those that are only compressed differently."""

    n_files: int
    different: tuple[str, ...]
    repacked: tuple[str, ...]


def compare(results: Path, reference: Path) -> Comparison:
    """Compare a run with the reference: tables byte for byte, every other file by its fingerprint."""
    expected = read_fingerprints(reference / LISTED)
    found = {one.path: one for one in fingerprints(results)}
    different = [f"{path}: not made" for path in sorted(expected.keys() - found.keys())]
    different += [f"{path}: not in the reference" for path in sorted(found.keys() - expected.keys())]
    repacked = []
    for path in sorted(expected.keys() & found.keys()):
        here, there = found[path], expected[path]
        if (table := reference / path).is_file():
            different += [f"{path}: {line}" for line in first_difference(results / path, table)]
        elif here.sha256 == there.sha256:
            continue
        elif here.content and here.content == there.content:
            repacked.append(path)
        elif here.grid and there.grid:
            different.append(
                f"{path}: another picture, brightness differs by {rms(here.grid, there.grid):.2f} of 255 (RMS)"
            )
        else:
            different.append(f"{path}: other bytes (sha256 {here.sha256[:12]}, in the reference {there.sha256[:12]})")
    return Comparison(len(found), tuple(different), tuple(repacked))


def first_difference(file: Path, reference: Path) -> Iterator[str]:
    """Where a table first differs from the reference: line, column and values; nothing when the bytes are equal."""
    if file.read_bytes() == reference.read_bytes():
        return
    with file.open(encoding="utf-8", newline="") as here, reference.open(encoding="utf-8", newline="") as there:
        heads: list[str] = []
        for number, (row, other) in enumerate(zip_longest(csv.reader(here), csv.reader(there)), 1):
            if row is None or other is None:
                yield f"line {number}: {'is missing' if row is None else 'is one too many'}"
                return
            heads = heads or other
            for column, (cell, wanted) in enumerate(zip_longest(row, other)):
                if cell != wanted:
                    name = heads[column] if column < len(heads) else f"column {column + 1}"
                    yield f"line {number}, {name}: {cell!r}, in the reference {wanted!r}"
                    return
    yield "the same cells in other bytes (line ends or quotation marks)"


def rms(grid: str, other: str) -> float:
    """Root mean square difference of two grids of brightness, 0 to 255."""
    pairs = zip(bytes.fromhex(grid), bytes.fromhex(other), strict=True)
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs) / (len(grid) / 2))
