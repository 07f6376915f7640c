"""What a folder of results holds, read as far as it is asked for."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.sections import ancestors

Row = dict[str, str]


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place."""

    report_id: str
    sentence_id: str
    section_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Token:
    """A token with its place."""

    sentence_id: str
    section_id: str
    token: str
    start: int
    end: int


@dataclass
class Results:
    """A folder of results.

    Only the rows of the reports that are asked for are held; Parquet files have a row group for each report.
    """

    folder: Path
    _tokens: dict[str, list[Token]] = field(default_factory=dict)
    _sentences: dict[str, dict[str, Sentence]] = field(default_factory=dict)
    _sections: dict[str, dict[str, Row]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, Path]:
        """CSV tables by name."""
        files = [file for place in ("tables", "corpus") for file in sorted((self.folder / place).glob("*.csv"))]
        return {file.stem: file for file in files}

    def table(self, name: str) -> Path:
        """The file of a table, with or without its ending.

        Raises
        ------
        EmphasisError
            Names the tables that there are.
        """
        found = self.tables.get(Path(name).name.removesuffix(".csv"))
        if found is None:
            if not self.tables:
                raise EmphasisError(f"{self.folder}: no tables there; run snakemake, or name the folder with --results")
            raise EmphasisError(f"{name}: no such table; there are: {', '.join(sorted(self.tables))}")
        return found

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a table."""
        with self.table(name).open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        """What datapackage.json says of each table; nothing when it is absent."""
        file = self.folder / "datapackage.json"
        resources = json.loads(file.read_text(encoding="utf-8"))["resources"] if file.exists() else []
        return {resource["name"]: resource for resource in resources}

    @cached_property
    def configuration(self) -> dict[str, Any]:
        """The settings of the run.

        Raises
        ------
        EmphasisError
            When there is no manifest.
        """
        file = self.folder / "manifest.json"
        if not file.exists():
            raise EmphasisError(f"{file}: absent; run snakemake to the end: it says how the results were made")
        return dict(json.loads(file.read_text(encoding="utf-8"))["configuration"])

    def sections(self, report_id: str) -> dict[str, Row]:
        """The sections of a report by id."""
        if report_id not in self._sections:
            own = [row for row in self.rows("sections") if row["report_id"] == report_id]
            self._sections[report_id] = {row["section_id"]: row for row in own}
        return self._sections[report_id]

    def sentences(self, report_id: str) -> dict[str, Sentence]:
        """The sentences of a report by id, in the order of the text."""
        if report_id not in self._sentences:
            names = ["report_id", "sentence_id", "section_id", "start", "end", "text"]
            found = [Sentence(**row) for row in self._parquet("sentences", report_id, names)]
            self._sentences[report_id] = {sentence.sentence_id: sentence for sentence in found}
        return self._sentences[report_id]

    def tokens(self, report_id: str) -> list[Token]:
        """The tokens of a report in the order of the text."""
        if report_id not in self._tokens:
            names = ["sentence_id", "section_id", "token", "start", "end"]
            self._tokens[report_id] = [Token(**row) for row in self._parquet("tokens", report_id, names)]
        return self._tokens[report_id]

    def reports(self) -> list[str]:
        """The ids of all reports."""
        return [row["report_id"] for row in self.rows("reports")]

    def counted(self, report_id: str, *, section: str = "", part: str = "", outside: bool = False) -> set[str]:
        """Sections whose sentences count for a section, for a part or, without either, for the whole report.

        Parameters
        ----------
        report_id : str
        section : str
            With its subsections.
        part : str
            whole, review, plan or another role.
        outside : bool
            The rest of the report instead of the section.
        """
        roles = set(self.configuration["count_roles"]) if part in ("", "whole") else {part}
        chosen = {name for name, row in self.sections(report_id).items() if row["role"] in roles}
        return {name for name in chosen if not section or (section in ancestors(name)) != outside}

    def _parquet(self, table: str, report_id: str, columns: Sequence[str]) -> list[dict[str, Any]]:
        import pyarrow.parquet as pq  # noqa: PLC0415  # only rows with text need it

        file = self.folder / "corpus" / f"{table}.parquet"
        if not file.exists():
            raise EmphasisError(f"{file}: absent; run: snakemake corpus")
        names = [*dict.fromkeys(["report_id", *columns])]
        rows: list[dict[str, Any]] = []
        with pq.ParquetFile(file) as parquet:
            place = parquet.schema_arrow.names.index("report_id")
            for number in range(parquet.num_row_groups):
                # A group for each report: only that of the report is read. (A filter of pyarrow would import pandas.)
                range_ = parquet.metadata.row_group(number).column(place).statistics
                if range_ is None or not range_.has_min_max or range_.min <= report_id <= range_.max:
                    group = parquet.read_row_group(number, columns=names).to_pylist()
                    rows += [row for row in group if row["report_id"] == report_id]
        return [{name: row[name] for name in columns} for row in rows]
