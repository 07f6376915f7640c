"""What a folder of results holds, read only as far as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from emphasis.errors import EmphasisError
from emphasis.sections import ancestors
from emphasis.store.results import Row, read_rows


@dataclass(frozen=True)
class SentenceSpan:
    """A sentence and where it begins and ends in its report's file."""

    report_id: str
    sentence_id: str
    section_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class TokenSpan:
    """A token and where it begins and ends in its report's file."""

    sentence_id: str
    section_id: str
    token: str
    start: int
    end: int


_Span = TypeVar("_Span", SentenceSpan, TokenSpan)


@dataclass
class ResultsFolder:
    """A folder of results, of which only the rows of the reports that are asked for are held."""

    folder: Path
    _tokens: dict[str, list[TokenSpan]] = field(default_factory=dict)
    _sentences: dict[str, dict[str, SentenceSpan]] = field(default_factory=dict)
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

    def rows(self, name: str, report_id: str | None = None) -> Iterator[Row]:
        """The rows of a table, or those of one report."""
        return read_rows(self.table(name), None if report_id is None else [report_id])

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        """The description of each table in datapackage.json; empty if there is no such file."""
        file = self.folder / "datapackage.json"
        resources = json.loads(file.read_text(encoding="utf-8"))["resources"] if file.exists() else []
        return {resource["name"]: resource for resource in resources}

    @cached_property
    def configuration(self) -> dict[str, Any]:
        """The settings of the run.

        Raises
        ------
        EmphasisError
            If there is no manifest.
        """
        file = self.folder / "manifest.json"
        if not file.exists():
            raise EmphasisError(f"{file}: absent; run snakemake to the end: it says how the results were made")
        return dict(json.loads(file.read_text(encoding="utf-8"))["configuration"])

    def sections(self, report_id: str) -> dict[str, Row]:
        """The sections of a report by id."""
        if report_id not in self._sections:
            self._sections[report_id] = {row["section_id"]: row for row in self.rows("sections", report_id)}
        return self._sections[report_id]

    def sentences(self, report_id: str) -> dict[str, SentenceSpan]:
        """The sentences of a report by id, in the order of the text."""
        if report_id not in self._sentences:
            found = self._spans(SentenceSpan, "sentences", report_id)
            self._sentences[report_id] = {sentence.sentence_id: sentence for sentence in found}
        return self._sentences[report_id]

    def tokens(self, report_id: str) -> list[TokenSpan]:
        """The tokens of a report in the order of the text."""
        if report_id not in self._tokens:
            self._tokens[report_id] = list(self._spans(TokenSpan, "tokens", report_id))
        return self._tokens[report_id]

    def holders(self, term: str) -> set[str]:
        """The tokens that hold a term, itself among them."""
        rows = read_rows(self.folder / "corpus/vocabulary.parquet")
        return {term, *(row["token"] for row in rows if row["unit"] == term)}

    def reports(self) -> list[str]:
        """The ids of all reports."""
        return [row["report_id"] for row in self.rows("reports")]

    def counted(self, report_id: str, *, section: str = "", part: str = "", outside: bool = False) -> set[str]:
        """Ids of the sections counted for a section, for a part or, without either, for the whole report.

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

    def _spans(self, kind: type[_Span], table: str, report_id: str) -> Iterator[_Span]:
        names = [field.name for field in fields(kind)]
        whole = self.folder / "corpus" / f"{table}.parquet"
        # In a large corpus these tables stay in the batches.
        parts = [] if whole.exists() else sorted(self.folder.glob(f"batches/*/corpus/{whole.name}"))
        for row in read_rows(parts or whole, [report_id]):
            values: dict[str, Any] = {name: int(row[name]) if name in ("start", "end") else row[name] for name in names}
            yield kind(**values)
