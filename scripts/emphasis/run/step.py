"""What a step of the workflow gets and gives: tables and settings in, tables out, by their names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from emphasis.errors import EmphasisError
from emphasis.run.job import logged
from emphasis.run.records import recorded

# Tables come with pandas, half a second that steps without tables save.
if TYPE_CHECKING:
    import pandas as pd

    from emphasis.store.batches import StoredTable
    from emphasis.store.kept import Block, KeptTables, MadeFrom
    from emphasis.store.results import Results
    from emphasis.store.tables import CsvForm, Schema


class Step:
    """A job's inputs, settings and outputs, under the names that its rule gives them.

    Parameters
    ----------
    job
        Snakemake's object of that name: `input`, `output`, `params`, `wildcards`, `threads`, `log`.

    Attributes
    ----------
    params, wildcards, threads
        As the rule states them.
    """

    def __init__(self, job: Any) -> None:
        self._input, self._output = job.input, job.output
        self.params, self.wildcards, self.threads = job.params, job.wildcards, job.threads

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        """The schemas of the tables that the rule reads and writes."""
        from emphasis.store.tables import load_schemas  # noqa: PLC0415

        return load_schemas(self.files("schemas"))

    def files(self, name: str) -> list[Path]:
        """The input files of a name; none where the rule has no such input."""
        found = self._input.get(name, [])
        return [Path(found)] if isinstance(found, str) else [Path(file) for file in found]

    def file(self, name: str) -> Path:
        """The one input file of a name."""
        (found,) = self.files(name)
        return found

    def target(self, name: str) -> Path:
        """The output file of a name."""
        return Path(self._output[name])

    def targets(self, name: str) -> list[Path]:
        """The output files of a name."""
        return [Path(file) for file in self._output[name]]

    @property
    def folder(self) -> Path:
        """The folder of the first output."""
        return Path(self._output[0]).parent

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """An input table: that of the batch, or those of all batches put together."""
        from emphasis.store.tables import concat, read  # noqa: PLC0415

        schema = self.schemas[name]
        found = [read(file, schema, columns) for file in self.files(name)]
        return concat(found, schema.only(columns))

    def rows(
        self, name: str, columns: Sequence[str], reports: Collection[str] | None = None, **wanted: str
    ) -> pd.DataFrame:
        """The rows of an input table that have these values in these columns, of all batches, read batch by batch.

        With `reports` of these alone, some at a time; nothing is read of others.
        """
        from emphasis.store.batches import split_ids  # noqa: PLC0415
        from emphasis.store.tables import concat, read  # noqa: PLC0415

        schema = self.schemas[name].only([*columns, *wanted])
        if reports is None:
            found = (read(file, self.schemas[name], schema.columns) for file in self.files(name))
        else:
            stored = self.stored(name, schema.columns)
            found = (stored.of(some) for some in split_ids(sorted(reports)))
        parts = []
        for every in found:
            table = every
            for column, value in wanted.items():
                table = table[table[column] == value]
            parts.append(table)
        return concat(parts, schema)

    def results(self, names: Iterable[str] | None = None) -> Results:
        """Input tables as results of a run, to be read as text or typed, whole or by report.

        Parameters
        ----------
        names : iterable of str, optional
            Tables to be read as text; without it all whose schemas the rule has, to be read with their types.
        """
        from emphasis.store.results import Results  # noqa: PLC0415

        if names is not None:
            return Results({name: self.files(name) for name in names})
        return Results({name: self.files(name) for name in self.schemas}, self.schemas)

    def stored(
        self,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        as_codes: bool = False,
        only: tuple[str, str] | None = None,
    ) -> StoredTable:
        """An input table of which the rows of single reports are read when they are wanted; see `emphasis.store.batches.StoredTable`."""
        from emphasis.store.batches import StoredTable  # noqa: PLC0415

        return StoredTable(self.files(name), self.schemas[name], columns, as_codes=as_codes, only=only)

    def chunks(
        self, columns: Mapping[str, Sequence[str] | None], as_codes: Collection[str] = ()
    ) -> Iterator[dict[str, pd.DataFrame]]:
        """Input tables, some reports at a time; see `emphasis.store.batches.read_chunks`.

        Parameters
        ----------
        columns : mapping
            For each table the columns that are wanted, or None for all.
        as_codes : collection of str
            Tables whose strings stay codes.
        """
        from emphasis.store.batches import read_chunks  # noqa: PLC0415

        wanted = {name: chosen for name, chosen in columns.items() if chosen is not None}
        paths = {name: self.file(name) for name in columns}
        return read_chunks(paths, self.schemas, wanted, as_codes=as_codes)

    @property
    def csv_form(self) -> CsvForm:
        """Of the CSV files that the rule writes; see the Snakefile."""
        from emphasis.store.tables import CsvForm  # noqa: PLC0415

        return CsvForm(**self.params.get("csv_form", {}))

    def write(self, tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema] | None = None) -> None:
        """Write output tables, each checked against its schema: that of its name, or the one given for it."""
        from emphasis.store.tables import write  # noqa: PLC0415

        for name, table in tables.items():
            write(table, self.target(name), (self.schemas | dict(schemas or {}))[name], self.csv_form)

    def append(
        self, chunks: Iterable[Mapping[str, pd.DataFrame] | tuple[str, Mapping[str, Block]]], names: Sequence[str]
    ) -> None:
        """Write output tables chunk by chunk, so that none is ever held whole.

        Parameters
        ----------
        chunks : iterable of mappings
            The rows of some reports, by table; or a report_id and its rows as they were kept, by table.
        names : sequence of str
            The tables, which are written even where there is no chunk.
        """
        from emphasis.store.tables import Writer  # noqa: PLC0415

        with ExitStack() as stack:
            out = {
                name: stack.enter_context(Writer(self.target(name), self.schemas[name], self.csv_form))
                for name in names
            }
            for tables in chunks:
                for name in names:
                    if isinstance(tables, tuple):
                        out[name].copy(tables[0], tables[1][name])
                    else:
                        out[name].add(tables[name])

    def append_by_report(
        self,
        columns: Mapping[str, Sequence[str] | None],
        make: Callable[[dict[str, pd.DataFrame]], Mapping[str, pd.DataFrame]],
        names: Sequence[str],
        as_codes: Collection[str] = (),
        others: Mapping[str, str] | None = None,
        only: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Write output tables in which a report's rows depend on its own rows of the input tables and not on other reports.

        Rows that the run before made from the same are taken over; see `emphasis.store.kept`. A table about words rather than
        reports, the vocabulary, matters to a report only for the words that it has.

        Parameters
        ----------
        columns, as_codes
            As those of `chunks`.
        make : function
            The rows of some reports, by table, from their rows of the input tables.
        names : sequence of str
            The tables.
        others : mapping of str to str, optional
            By report_id another report whose rows those of the report are made from, too.
        only : mapping of str to (str, str), optional
            By table a column and its value in the rows that matter: no others are given to `make`, and what they say makes no row anew.
        """
        stored = {
            name: self.stored(name, wanted, as_codes=name in as_codes, only=(only or {}).get(name))
            for name, wanted in columns.items()
        }
        reports = sorted({report_id for table in stored.values() for report_id in table.reports})
        with self.kept(*names) as kept:
            keys, other = {}, dict(others or {})
            # For one report alone there is nothing to take over.
            if len(reports) > 1:
                of = self.made_from({name: stored[name] for name in only or {}})
                keys = {name: of.key(name, *([other[name]] if name in other else [])) for name in of.reports}
            known = kept.known(keys)
            print(f"rows of the run before: {len(known)} of {len(reports)} reports", flush=True)

            def made(some: Sequence[str]) -> Mapping[str, pd.DataFrame]:
                read = sorted({*some, *(other[report_id] for report_id in some if report_id in other)})
                found = make({name: table.of(read) for name, table in stored.items()})
                return found if len(read) == len(some) else _only(found, some)

            self.append(kept.in_order(reports, known, made), names)
            if keys:
                kept.keep(keys)

    def made_from(self, read: Mapping[str, StoredTable] | None = None) -> MadeFrom:
        """What the rows of each report are made from: its rows of the input tables, and the settings, code and data that all share.

        `read` are tables of which some rows matter.
        """
        from emphasis.store.kept import MadeFrom  # noqa: PLC0415

        tables = {name: self.files(name) for name in self._tables() if name not in self._glossaries()}
        tables = {name: files for name, files in tables.items() if self.schemas[name].order[0] == "report_id"}
        return MadeFrom(tables, self.schemas, self.shared(*tables, *self._glossaries()), read or {})

    def shared(self, *own: str) -> list[object]:
        """What the rows of all reports are made from: the contents of inputs and the settings, code among them, but those named."""
        from emphasis.store.kept import hash_of  # noqa: PLC0415

        names = sorted(name for name in self._input.keys() if name not in own)  # noqa: SIM118
        data = [(name, [(file.name, hash_of(file)) for file in self.files(name)]) for name in names]
        # Hashes of data are of the files above; that of code is among the others.
        left_out = {"seen", "data", *own}
        return [*data, *sorted((name, value) for name, value in self.params.items() if name not in left_out)]

    def _tables(self) -> list[str]:
        """The input tables; an input of that name may be something else, as the dictionaries of the themes are."""
        named = [name for name in self._input.keys() if name in self.schemas]  # noqa: SIM118
        return [name for name in named if all(file.suffix in (".csv", ".parquet") for file in self.files(name))]

    def _glossaries(self) -> list[str]:
        """The input tables that are about words rather than reports."""
        return [name for name in self._tables() if self.schemas[name].order[0] == "token"]

    def kept(self, *names: str) -> KeptTables:
        """Output tables of the run before, from which rows that were made from the same are taken over."""
        from emphasis.store.kept import KeptTables  # noqa: PLC0415

        targets = {name: self.target(name) for name in names}
        glossaries = {name: self.file(name) for name in self._glossaries()}
        folder = self.folder.parent / "steps" / "kept" / names[0]
        return KeptTables(folder, targets, self.schemas, self.csv_form, glossaries)

    def write_text(self, name: str, text: str) -> None:
        """Write an output file that is text."""
        from emphasis.store.atomic import write_text  # noqa: PLC0415

        write_text(self.target(name), text)


def _only(tables: Mapping[str, pd.DataFrame], reports: Sequence[str]) -> dict[str, pd.DataFrame]:
    return {name: table[table["report_id"].isin(list(reports))] for name, table in tables.items()}


def _show_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, EmphasisError):
        print(f"policy-emphasis: {fault}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, fault, trace)


# A step's imports run before `logged` and may already find a fault of the user's: config/targets is read on import.
sys.excepthook = _show_fault


def run_step(make: Callable[[Step], None], job: Any) -> None:
    """Run a step: what it prints goes to its log, and a failure is explained to the user; see `logged` and `recorded`."""
    log = job.log[0]
    with logged(log), recorded(log, job.input, job.output, job.params.get("seen", {})):
        make(Step(job))
