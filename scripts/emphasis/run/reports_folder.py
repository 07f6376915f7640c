"""The folder of reports: which files are read, under which id and in which batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.run.folder_listing import (
    SUFFIXES,
    TABLES,
    Listing,
    NamedRow,
    Refusal,
    ReportFile,
    hash_of_id,
    outlines_beside,
    walk,
)

MOST_BATCHES = 32
"""Most batches; with more reports batches grow, since each batch costs a job for every step, some seconds in all."""


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
        return f"{hash_of_id(report_id) % self.n_batches}-of-{self.n_batches}"

    def parts(self, report_ids: Iterable[str]) -> list[tuple[str, str, list[str]]]:
        """Reports in `MOST_BATCHES` parts of batches: for steps that take longer than a job costs, and need more jobs than batches.

        Returns
        -------
        list of tuples
            For each part that has reports its name, such as ``3-of-32``, the batch that it is of, and its reports.
        """
        parts: dict[int, list[str]] = defaultdict(list)
        for report_id in report_ids:
            parts[hash_of_id(report_id) % MOST_BATCHES].append(report_id)
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
        found = (
            path for name in self._members[batch] for path in outlines_beside(name, self.files[name], name in self.rows)
        )
        return [path.as_posix() for path in found if path in self.outlines]

    def refused_of(self, batch: str) -> list[list[str]]:
        """The refused files of a batch, each as the values of its `Refusal`."""
        return [list(astuple(refusal)) for refusal in self.refused if self.batch_of(refusal.report_id) == batch]


def is_sampled(report_id: str, one_in: int) -> bool:
    """Whether a report is in the sample of one in so many, a power of two; see `ReportsFolder.sample`."""
    return hash_of_id(report_id) % one_in == 0


def open_reports_folder(
    folder: Path,
    batch_size: int,
    rows_of: Callable[[Path], Iterable[NamedRow]] | None = None,
    results: Path | None = None,
) -> ReportsFolder:
    """List the reports of a folder and of the folders in it; hidden files and README files are skipped.

    A report's id is the stem of its file. In a sub-folder, the names of the folders come before it: ``2024/a.txt`` is ``2024_a``.
    A row of a table has the id of the table, followed by its own id there, or by year and region, or by its number; of rows with
    the same, the second has ``_2`` at its end, or the next number that makes it no other row's. Spaces around names are left out. An id of more than `LONGEST_ID` bytes is cut and ends in a hash of all of it. So
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
        If the folder does not exist, cannot be opened, or holds no file that could be a report.
    """
    if not folder.is_dir():
        raise EmphasisError(f"reports: there is no folder {folder}; make it and put reports in, or set `reports`")
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise EmphasisError(f"reports: {folder} cannot be opened ({error.strerror}); allow reading it") from error
    listing = Listing(folder, rows_of)
    for path in walk(folder, results.resolve() if results else None, listing.refused):
        listing.add(path)
    files, rows = listing.settle()
    if not files and not listing.refused:
        raise EmphasisError(f"reports: no report in {folder}; put files there ({' '.join((*SUFFIXES, *TABLES))})")
    n_batches = 1
    while n_batches * batch_size < len(files) and n_batches < MOST_BATCHES:
        n_batches *= 2
    outlines = listing.settle_outlines(files, rows)
    return ReportsFolder(files, tuple(sorted(listing.refused, key=lambda r: r.file)), n_batches, rows, outlines)


def report_files(reports: Iterable[Sequence[Any]], files: Sequence[Path]) -> Iterator[ReportFile]:
    """Reports of a batch as `ReportsFolder.reports_of` has them, with their files where the job has them.

    With reports in a cloud's storage a job reads copies, whose paths end like those of the reports.
    """
    here = {file.as_posix(): file for file in files}
    for report_id, path, row in reports:
        copies = (file for file in files if file.as_posix().endswith(f"/{path}"))
        yield ReportFile(report_id, here.get(path) or next(copies, Path(path)), row)
