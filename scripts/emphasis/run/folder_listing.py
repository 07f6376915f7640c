"""What lies in a folder of reports: files and rows of tables with their ids, and what is refused and why."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from emphasis.errors import EmphasisError, MissingLibraryError
from emphasis.text import UNSEEN

SUFFIXES = (".txt", ".md", ".docx", ".odt", ".rtf", ".html", ".htm", ".pdf", ".doc", ".wps")
"""Formats that can be read. Of two files with the same stem, the one whose format comes first here is read."""

TABLES = (".csv", ".tsv", ".jsonl", ".xlsx", ".dta")
"""Formats of tables with one row a report."""

LONGEST_ID = 150
"""Bytes of a report_id; names of files made from it are longer and have 255 at most."""

_LONGEST_STEM = 230
"""Bytes of a name to which another ending can be given."""

_OUTLINE = ".outline.yaml"
_AROUND = "".join(sorted(UNSEEN))
"""What is left out at the ends of names."""
_TOGETHER = "across"
"""The folder of the pictures of all reports, beside those of each."""
_IGNORED = re.compile(r"^(\.|~\$|README\b)|~$")
_NO_REPORT = re.compile(r"^(\._|~\$)|^README(\.[\w-]+)?\.(md|txt|html?)$|~$")
"""Those of the ignored files that nobody would take for a report, whatever their endings: what systems and programs leave behind,
and what explains a folder."""
_PAGE_PARTS = re.compile(r"[_.]files$")
"""End of the name of the folder in which a browser keeps the pictures and scripts of a saved page."""
_ID_REFUSED = re.compile(r"[{}\x00-\x1f\x7f\\:*?\"<>|,;]")


@dataclass(frozen=True)
class Refusal:
    """A file that is not read, or not under its own name, and why; becomes a row of ``warnings.csv``."""

    report_id: str
    file: str
    code: str
    message: str
    suggestion: str


class NamedRow(Protocol):
    """A row of a table of reports, as far as the folder needs to know it."""

    @property
    def number(self) -> int:
        """Its number, the header being row 1."""

    @property
    def name(self) -> str:
        """What tells it from the other rows."""

    @property
    def text(self) -> str:
        """The text of the report."""


@dataclass(frozen=True)
class ReportFile:
    """Where a report is: its file, and of a table its row, the header being row 1."""

    report_id: str
    path: Path
    row: int | None = None


def hash_of_id(report_id: str) -> int:
    """A number that depends on the id alone, the same in every run."""
    return int.from_bytes(hashlib.blake2b(report_id.encode(), digest_size=8).digest())


def walk(folder: Path, results: Path | None, refused: list[Refusal]) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; links to folders are not followed, and what cannot be opened is refused."""
    try:
        found = [(path, path.is_dir()) for path in sorted(folder.iterdir())]
    except OSError as error:
        shown, advice = _printable(folder.name), "allow reading it, or move it out of the folder"
        message = f"{shown} cannot be opened ({error.strerror}) and was passed over"
        refused.append(Refusal(shown, shown, "folder-passed-over", message, advice))
        return
    for path, is_folder in found:
        if _IGNORED.search(path.name):
            if path.suffix.lower() in (*SUFFIXES, *TABLES) and not _NO_REPORT.search(path.name):
                shown, advice = _printable(path.name), "rename it if it is a report, or move it out of the folder"
                message = f"{shown} was passed over: hidden files and those named README are no reports"
                refused.append(Refusal(_printable(path.stem), shown, "file-passed-over", message, advice))
            continue
        if not is_folder or (path.is_symlink() and path.suffix.lower() in (*SUFFIXES, *TABLES)):
            yield path
        elif path.is_symlink() or _PAGE_PARTS.search(path.name):
            why = "is a link to a folder" if path.is_symlink() else "holds the parts of a saved page"
            advice = "put the folder itself there if it has reports, or leave it as it is"
            shown = _printable(path.name)
            refused.append(Refusal(shown, shown, "folder-passed-over", f"{shown} {why} and was passed over", advice))
        elif path.resolve() != results:
            yield from walk(path, results, refused)


def _printable(name: str) -> str:
    """A name of a file whose bytes may be no UTF-8, but, as in old archives, GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


class Listing:
    """Reports found so far, by id, and what was refused."""

    def __init__(self, folder: Path, rows_of: Callable[[Path], Iterable[NamedRow]] | None) -> None:
        self._folder, self._rows_of = folder, rows_of
        self._found: dict[str, list[ReportFile]] = defaultdict(list)
        self._outlines: list[Path] = []
        self.refused: list[Refusal] = []

    def add(self, path: Path) -> None:
        """Add the report of a file, or those of a table; or an outline."""
        if path.name.endswith(_OUTLINE):
            self._outlines.append(path)
            return
        refusal = _refuse(path, self._folder)
        if refusal is None and path.suffix.lower() in TABLES:
            refusal = self._add_rows(path)
        elif refusal is None:
            self._add(ReportFile(self._id_of(path), path))
        if refusal is not None:
            self.refused.append(refusal)

    def _id_of(self, path: Path) -> str:
        return _joined((*path.relative_to(self._folder).parts[:-1], path.stem))

    def _add(self, report: ReportFile) -> None:
        if len(report.report_id.encode()) > LONGEST_ID:
            short = report.report_id.encode()[: LONGEST_ID - 9].decode(errors="ignore")
            short = f"{short}_{hash_of_id(report.report_id) % 16**8:08x}"
            message = f"{report.path.name}: the name is too long for the files that are made from it; the report_id is {short}"
            self.refused.append(Refusal(short, report.path.name, "long-name", message, "rename the file if you like"))
            report = replace(report, report_id=short)
        self._found[report.report_id].append(report)

    def _add_rows(self, path: Path) -> Refusal | None:
        table, name = self._id_of(path), path.name
        if self._rows_of is None:
            return Refusal(
                table, name, "unknown-format", f"{name}: tables of reports are not read here", "use a file each"
            )
        try:
            rows = list(self._rows_of(path))
        except MissingLibraryError:
            raise
        except EmphasisError as error:
            return Refusal(table, name, "unreadable-table", str(error), "mend the table, or move it out of the folder")
        for row, report_id in zip(rows, _apart([_of_row(table, row.name) for row in rows]), strict=True):
            if row.text.strip():
                self._add(ReportFile(report_id, path, row.number))
            else:
                message = f"{name}, row {row.number} ({row.name}): has no text"
                self.refused.append(
                    Refusal(report_id, name, "empty-row", message, "fill the cell in, or delete the row")
                )
        return None if rows else Refusal(table, name, "unreadable-table", f"{name}: has no rows", "fill it, or move it")

    def settle(self) -> tuple[dict[str, Path], dict[str, int]]:
        """The files and the rows by id, sorted; of several reports with one id, all but one are refused."""
        files, rows = {}, {}
        for report_id, reports in sorted(self._found.items()):
            order = (*SUFFIXES, *TABLES)
            first, *others = sorted(reports, key=lambda r: (order.index(r.path.suffix.lower()), str(r.path)))
            files[report_id] = first.path
            if first.row is not None:
                rows[report_id] = first.row
            for other in others:
                names = [str(r.path.relative_to(self._folder)) for r in (other, first)]
                message = f"{names[0]} has the same report_id as {names[1]}, which was read instead"
                advice = "rename one of them: the names of folders and file are the report_id"
                self.refused.append(Refusal(report_id, names[0], "same-stem", message, advice))
        return files, rows

    def settle_outlines(self, files: Mapping[str, Path], rows: Mapping[str, int]) -> frozenset[Path]:
        """The outlines that belong to a report; those that do not, or are links out of the folder, are refused."""
        wanted = {path for name, file in files.items() for path in outlines_beside(name, file, name in rows)}
        kept = set()
        for path in self._outlines:
            name = path.name.removesuffix(_OUTLINE)
            if fault := _fault_of_file(path, self._folder):
                self.refused.append(Refusal(_printable(name), _printable(path.name), *fault))
            elif path in wanted:
                kept.add(path)
            else:
                message = (
                    f"{_printable(path.name)}: there is no report {_printable(name)} beside it, so it was not used"
                )
                advice = "name it like the report's file or its report_id, and put it beside the file"
                self.refused.append(
                    Refusal(_printable(name), _printable(path.name), "outline-without-report", message, advice)
                )
        return frozenset(kept)


def _joined(names: Iterable[str]) -> str:
    """Names of folders and of a file as an id, without what no one sees around them: folders of results are named like it."""
    return "_".join(name.strip(_AROUND) or name for name in names)


def _of_row(table: str, name: str) -> str:
    return f"{table}_{_ID_REFUSED.sub('_', name).replace('/', '_').strip(_AROUND)}"


def _apart(names: Sequence[str]) -> Iterator[str]:
    """The names, each once: of equal ones the second ends in _2 and so on, but for numbers that make it the name of another.

    Examples
    --------
    >>> list(_apart(["a", "a", "a_2", "a"]))
    ['a', 'a_3', 'a_2', 'a_4']
    """
    own, times = set(names), Counter[str]()
    for name in names:
        times[name] += 1
        found = name
        while times[name] > 1 and (found := f"{name}_{times[name]}") in own:
            times[name] += 1
        yield found


def outlines_beside(report_id: str, file: Path, is_row: bool) -> list[Path]:
    """Where the outline of a report can be: beside it, under its id or, if it is a file of its own, that of the file."""
    names = [report_id] if is_row else [report_id, file.stem]
    return [file.with_name(f"{name}{_OUTLINE}") for name in dict.fromkeys(names) if len(name.encode()) <= _LONGEST_STEM]


def _refuse(path: Path, folder: Path) -> Refusal | None:
    code, message, suggestion = _fault_of_name(path, folder) or _fault_of_file(path, folder) or ("", "", "")
    return Refusal(_printable(path.stem), _printable(path.name), code, message, suggestion) if code else None


def _fault_of_name(path: Path, folder: Path) -> tuple[str, str, str] | None:
    """What is wrong with a name: code, message, suggestion."""
    place = str(path.relative_to(folder))
    if _printable(place) != place:
        message = f"{_printable(place)}: the name is written in another encoding than UTF-8, perhaps GBK"
        return "bad-name", message, "rename the file; archives made on Windows are unpacked with unzip -O GBK"
    if path.suffix.lower() not in (*SUFFIXES, *TABLES):
        message = f"{path.name}: files of type {path.suffix or '(none)'} are not read"
        known = " ".join((*SUFFIXES, *TABLES))
        return "unknown-format", message, f"save it as one of {known}, or move it out of the folder"
    if _ID_REFUSED.search(place):
        message = f"{path.name}: the name has a character that cannot be part of a report_id"
        return "bad-name", message, 'rename the file without { } : * ? " < > | , ; and backslash'
    if _joined(Path(place).with_suffix("").parts).lower() == _TOGETHER:
        return "bad-name", f"{path.name}: a folder of results has this name already", "rename the file"
    return None


def _fault_of_file(path: Path, folder: Path) -> tuple[str, str, str] | None:
    """What is wrong with where a file lies: code, message, suggestion."""
    if path.is_symlink():
        try:
            inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        except (OSError, RuntimeError):
            return "broken-link", f"{path.name} is a link that leads nowhere", "copy the file into the folder"
        if not inside:
            return "outside-folder", f"{path.name} is a link out of the folder", "copy the file into the folder"
    if not path.is_file():
        return "not-a-file", f"{path.name} is not a regular file", "move it out of the folder"
    return None
