"""The folder of reports: which files are read, under which id and in which batch, and which are refused and why."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from emphasis.errors import EmphasisError, MissingLibraryError

SUFFIXES = (".txt", ".md", ".docx", ".odt", ".rtf", ".html", ".htm", ".pdf", ".doc", ".wps")
"""Formats that can be read. Of two files with the same stem, the one whose format comes first here is read."""

TABLES = (".csv", ".tsv", ".jsonl", ".xlsx", ".dta")
"""Formats of tables with one row a report."""

LONGEST_ID = 150
"""Bytes of a report_id; names of files made from it are longer and have 255 at most."""

MOST_BATCHES = 32
"""Most batches; with more reports batches grow, since each batch costs a job for every step, some seconds in all."""

_LONGEST_STEM = 230
"""Bytes of a name to which another ending can be given."""

_OUTLINE = ".outline.yaml"
_IGNORED = re.compile(r"^(\.|~\$|README\b)|~$")
_NO_REPORT = re.compile(r"^(\._|~\$)|^README(\.[\w-]+)?\.(md|txt|html?)$|~$")
"""Those of the ignored files that nobody would take for a report, whatever their endings: what systems and programs leave behind,
and what explains a folder."""
_PAGE_PARTS = re.compile(r"[_.]files$")
"""End of the name of the folder in which a browser keeps the pictures and scripts of a saved page."""
_ID_REFUSED = re.compile(r"[{}\x00-\x1f\x7f\\:*?\"<>|,;]")


@dataclass(frozen=True)
class Refusal:
    """What is to be said of a file that is not read, or not under its own name; becomes a row of ``warnings.csv``."""

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


@dataclass(frozen=True)
class ReportsFolder:
    """The reports of a folder by id, sorted; the files that were refused; the batches, each of which one job handles.

    The number of batches is the smallest power of two with which a batch has at most a given number of reports on average,
    but no more than `MOST_BATCHES`. A report's batch, named like ``0-of-4``, depends only on its id, so one more report
    changes one batch.
    """

    files: dict[str, Path]
    refused: tuple[Refusal, ...]
    n_batches: int
    rows: Mapping[str, int] = field(default_factory=dict)  # of reports in tables, by id
    outlines: frozenset[Path] = frozenset()  # that belong to a report

    @property
    def one_batch(self) -> bool:
        """Whether there is only one batch."""
        return self.n_batches == 1

    @property
    def batches(self) -> list[str]:
        """Names of the batches."""
        return [f"{i}-of-{self.n_batches}" for i in range(self.n_batches)]

    def batch_of(self, report_id: str) -> str:
        """The batch of a report."""
        return f"{_hash_of(report_id) % self.n_batches}-of-{self.n_batches}"

    def parts(self, report_ids: Iterable[str]) -> list[tuple[str, str, list[str]]]:
        """Reports in `MOST_BATCHES` parts of batches: for steps that take longer than a job costs, and need more jobs than batches.

        Returns
        -------
        list of tuples
            For each part that has reports its name, such as ``3-of-32``, the batch that it is of, and its reports.
        """
        parts: dict[int, list[str]] = defaultdict(list)
        for report_id in report_ids:
            parts[_hash_of(report_id) % MOST_BATCHES].append(report_id)
        return [(f"{i}-of-{MOST_BATCHES}", self.batches[i % self.n_batches], ids) for i, ids in sorted(parts.items())]

    def sample(self, most: int) -> tuple[int, list[str]]:
        """A sample of about `most` reports or fewer that one more report seldom changes.

        One in 1, 2, 4, ... reports is sampled; `is_sampled` decides which, by their ids. Batches are numbered by the same hash,
        so that a sample consists of whole batches where there are enough of them: one in 2 of 4 batches is 0-of-4 and 2-of-4.

        Returns
        -------
        int
            One in how many reports is sampled.
        list of str
            The batches that have sampled reports.
        """
        one_in = 1
        while len(self.files) > most * one_in:
            one_in *= 2
        return one_in, self.batches[:: min(one_in, self.n_batches)]

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {batch: [] for batch in self.batches}
        for report_id in self.files:
            members[self.batch_of(report_id)].append(report_id)
        return members

    def select(self, selection: str | list[str], key: str) -> list[str]:
        """The ids that a setting asks for: `all`, `none` or a list of ids; `key` is the name of the setting.

        Raises
        ------
        EmphasisError
            If the list has an id that is no report.
        """
        if isinstance(selection, str):
            return list(self.files) if selection == "all" else []
        unknown = sorted(set(selection) - set(self.files))
        if unknown:
            raise EmphasisError(
                f"configuration: {key}: no report {', '.join(unknown)}; there are: {', '.join(list(self.files)[:10])}"
            )
        return sorted(selection)

    def first(self, selection: int | list[str]) -> list[str]:
        """The ids that a setting asks for: the first so many, or a list of ids; see `select`."""
        return list(self.files)[:selection] if isinstance(selection, int) else self.select(selection, "paper.reports")

    @property
    def reports(self) -> list[ReportFile]:
        """All reports."""
        return [ReportFile(report_id, path, self.rows.get(report_id)) for report_id, path in self.files.items()]

    def files_of(self, batch: str) -> list[str]:
        """The files of a batch, a table of several reports once."""
        return list(self._files_of[batch])

    @cached_property
    def _files_of(self) -> dict[str, list[str]]:
        return {
            batch: list(dict.fromkeys(self.files[report_id].as_posix() for report_id in own))
            for batch, own in self._members.items()
        }

    def reports_of(self, batch: str) -> list[list[Any]]:
        """The reports of a batch, each as the values of its `ReportFile`."""
        return [
            [report_id, self.files[report_id].as_posix(), self.rows.get(report_id)]
            for report_id in self._members[batch]
        ]

    def outlines_of(self, batch: str) -> list[str]:
        """The outline files next to the reports of a batch, which have the name of the report's id or of its file."""
        found = (path for name in self._members[batch] for path in _outlines(name, self.files[name], name in self.rows))
        return [path.as_posix() for path in found if path in self.outlines]

    def refused_of(self, batch: str) -> list[list[str]]:
        """The refused files of a batch, each as the values of its `Refusal`."""
        return [list(astuple(refusal)) for refusal in self.refused if self.batch_of(refusal.report_id) == batch]


def is_sampled(report_id: str, one_in: int) -> bool:
    """Whether a report is in the sample of one in so many, a power of two; see `ReportsFolder.sample`."""
    return _hash_of(report_id) % one_in == 0


def _hash_of(report_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(report_id.encode(), digest_size=8).digest())


def open_reports_folder(
    folder: Path,
    batch_size: int,
    rows_of: Callable[[Path], Iterable[NamedRow]] | None = None,
    results: Path | None = None,
) -> ReportsFolder:
    """List the reports of a folder and of the folders in it; hidden files and README files are skipped.

    A report's id is the stem of its file. In a sub-folder, the names of the folders come before it: ``2024/a.txt`` is ``2024_a``.
    A row of a table has the id of the table, followed by its own id there, or by year and region, or by its number; of rows with
    the same, the second has ``_2`` at its end. An id of more than `LONGEST_ID` bytes is cut and ends in a hash of all of it. So
    ids depend on nothing but the names of files and what stands in the row (and, for rows of one name, above it).

    Parameters
    ----------
    rows_of : callable, optional
        Reads a table of reports. Without it, tables are refused.
    results : Path, optional
        A folder that is no folder of reports, should it lie in one.

    Raises
    ------
    EmphasisError
        If the folder does not exist or holds no file that could be a report.
    """
    if not folder.is_dir():
        raise EmphasisError(f"reports: there is no folder {folder}; make it and put reports in, or set `reports`")
    listing = _Listing(folder, rows_of)
    for path in _walk(folder, results.resolve() if results else None, listing.refused):
        listing.add(path)
    files, rows = listing.settle()
    if not files and not listing.refused:
        raise EmphasisError(f"reports: no report in {folder}; put files there ({' '.join((*SUFFIXES, *TABLES))})")
    n_batches = 1
    while n_batches * batch_size < len(files) and n_batches < MOST_BATCHES:
        n_batches *= 2
    outlines = listing.settle_outlines(files, rows)
    return ReportsFolder(files, tuple(sorted(listing.refused, key=lambda r: r.file)), n_batches, rows, outlines)


def _walk(folder: Path, results: Path | None, refused: list[Refusal]) -> Iterator[Path]:
    """The files of a folder and of those in it, in order; links to folders are not followed."""
    for path in sorted(folder.iterdir()):
        if _IGNORED.search(path.name):
            if path.suffix.lower() in (*SUFFIXES, *TABLES) and not _NO_REPORT.search(path.name):
                shown, advice = _printable(path.name), "rename it if it is a report, or move it out of the folder"
                message = f"{shown} was passed over: hidden files and those named README are no reports"
                refused.append(Refusal(_printable(path.stem), shown, "file-passed-over", message, advice))
            continue
        if not path.is_dir() or (path.is_symlink() and path.suffix.lower() in (*SUFFIXES, *TABLES)):
            yield path
        elif path.is_symlink() or _PAGE_PARTS.search(path.name):
            why = "is a link to a folder" if path.is_symlink() else "holds the parts of a saved page"
            advice = "put the folder itself there if it has reports, or leave it as it is"
            shown = _printable(path.name)
            refused.append(Refusal(shown, shown, "folder-passed-over", f"{shown} {why} and was passed over", advice))
        elif path.resolve() != results:
            yield from _walk(path, results, refused)


def _printable(name: str) -> str:
    """A name of a file whose bytes may be no UTF-8, but, as in old archives, GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


class _Listing:
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
        return "_".join((*path.relative_to(self._folder).parts[:-1], path.stem))

    def _add(self, report: ReportFile) -> None:
        if len(report.report_id.encode()) > LONGEST_ID:
            short = report.report_id.encode()[: LONGEST_ID - 9].decode(errors="ignore")
            short = f"{short}_{_hash_of(report.report_id) % 16**8:08x}"
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
        names: Counter[str] = Counter()
        for row in rows:
            own = f"{table}_{_ID_REFUSED.sub('_', row.name).replace('/', '_')}"
            names[own] += 1
            report_id = own if names[own] == 1 else f"{own}_{names[own]}"
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
        wanted = {path for name, file in files.items() for path in _outlines(name, file, name in rows)}
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


def _outlines(report_id: str, file: Path, is_row: bool) -> list[Path]:
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


def report_files(reports: Iterable[Sequence[Any]], files: Sequence[Path]) -> Iterator[ReportFile]:
    """Reports of a batch as `ReportsFolder.reports_of` has them, with their files where the job has them.

    With reports in a cloud's storage a job reads copies, whose paths end like those of the reports.
    """
    here = {file.as_posix(): file for file in files}
    for report_id, path, row in reports:
        copies = (file for file in files if file.as_posix().endswith(f"/{path}"))
        yield ReportFile(report_id, here.get(path) or next(copies, Path(path)), row)
