"""From a file to a parsed report: `ReportReader` for the workflow, `ingest` for one file, `parse` for a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from emphasis.errors import EmphasisError, MissingLibraryError
from emphasis.ingest.body import Bounds, find_bounds
from emphasis.ingest.catalogue import warn
from emphasis.ingest.checks import ParsedText, check, grade
from emphasis.ingest.copies import Copies, find_copies
from emphasis.ingest.corrections import (
    OUTLINE_SUFFIX,
    MetadataCorrections,
    OutlineCorrection,
    apply_outline,
    correct_metadata,
    read_outline,
)
from emphasis.ingest.flattened import unfold_paragraphs
from emphasis.ingest.genre import is_work_report, other_genre
from emphasis.ingest.heading_roles import decide_roles
from emphasis.ingest.headings import find_headings
from emphasis.ingest.metadata import MetadataEvidence, read_metadata, restore_characters
from emphasis.ingest.outline import Block, as_printed, build_sections, build_sentences, find_blocks
from emphasis.ingest.paragraphs import Paragraph, split_paragraphs
from emphasis.ingest.places import RegionEvidence
from emphasis.ingest.readers import read_source, source_of
from emphasis.ingest.readers.table import Columns, TableRow, read_rows
from emphasis.ingest.records import Metadata, Report, ReportWarning, Source
from emphasis.ingest.roles import ChapterRole
from emphasis.ingest.simplify import is_traditional, simplify_text
from emphasis.ingest.table_metadata import fill_metadata
from emphasis.ingest.years import PlanYear
from emphasis.run.folder_listing import ReportFile


class ReportReader:
    """Reads and parses the reports of some files and tables; a bad file or outline becomes a warning of its own report.

    Parameters
    ----------
    reports : iterable of ReportFile
    corrections
        What `read_metadata_corrections` returns.
    outlines : iterable of Path
        Files named ``<report_id>.outline.yaml``, or like the file of the report; they lie beside it or anywhere else.
    columns : optional
        Names of columns in tables of reports.
    hashes : mapping of str to str, optional
        SHA-256 of files, by path, as they were when the run began. Rows of tables are hashed by themselves.
    """

    def __init__(
        self,
        reports: Iterable[ReportFile],
        corrections: MetadataCorrections,
        outlines: Iterable[Path],
        columns: Columns | None = None,
        hashes: Mapping[str, str] | None = None,
    ) -> None:
        self._reports = {item.report_id: item for item in reports}
        self._corrections, self._outlines, self._columns = corrections, set(outlines), columns or {}
        self._hashes = hashes or {}
        folders = {item.path.parent for item in self._reports.values()}
        apart = (path for path in sorted(self._outlines) if path.parent not in folders)
        self._elsewhere = {path.name.removesuffix(OUTLINE_SUFFIX): path for path in apart}
        self._tables: dict[Path, dict[int, TableRow]] = {}

    def read(self, report_id: str) -> Report:
        """Read and parse a report.

        Raises
        ------
        EmphasisError
            If its file is no longer what it was when the run began: which, and what to do.
        """
        item, corrections = self._reports[report_id], self._corrections.get(report_id)
        file = self._outline_of(item)
        outline, warnings = _read_outline_file(file) if file is not None else (None, ())
        if item.row is None:
            report = ingest(item.path, report_id, corrections, outline)
        else:
            report = ingest_row(self._row(item), item.path.name, report_id, corrections, outline)
        if not report.source.sha256:
            report = replace(report, source=replace(report.source, sha256=_sha256(item.path), encoding="unreadable"))
        if item.row is None:
            self._check(item.path, report.source.sha256)
        return replace(report, warnings=(*warnings, *report.warnings))

    def made_from(self, report_id: str) -> tuple[object, ...]:
        """All that decides about what is read of a report, but for what all reports share; raises as `read` does."""
        item = self._reports[report_id]
        file = self._outline_of(item)
        outline = None if file is None else (file.name, self._check(file, _sha256(file)))
        text = self._check(item.path, _sha256(item.path)) if item.row is None else self._row(item)
        # The name of the folder may say year and region.
        names = report_id, item.path.name, item.path.absolute().parent.name
        return *names, text, sorted(self._corrections.get(report_id, {}).items()), outline

    def _check(self, path: Path, sha256: str) -> str:
        """The hash of a file as it was found, if the file is what it was when the run began, or could not be read."""
        if sha256 != self._hashes.get(str(path), sha256) and sha256.strip("0"):
            raise EmphasisError(f"{path} changed while it was read; run snakemake again, and leave it alone meanwhile")
        return sha256

    def _outline_of(self, item: ReportFile) -> Path | None:
        names = (item.report_id,) if item.row is not None else (item.report_id, item.path.stem)
        beside = (item.path.with_name(f"{name}{OUTLINE_SUFFIX}") for name in names)
        found = next((file for file in beside if file in self._outlines), None)
        return found or self._elsewhere.get(item.report_id)

    def _row(self, item: ReportFile) -> TableRow:
        if item.path not in self._tables:
            self._tables = {item.path: {found.number: found for found in read_rows(item.path, self._columns)}}
        return self._tables[item.path][item.row or 0]


def ingest_files(
    reports: Iterable[Path | ReportFile],
    corrections: MetadataCorrections,
    outlines: Iterable[Path],
    columns: Columns | None = None,
) -> Iterator[Report]:
    """Read and parse reports one after the other; see `ReportReader`. The id of a path is its stem."""
    items = [item if isinstance(item, ReportFile) else ReportFile(item.stem, item) for item in reports]
    reader = ReportReader(items, corrections, outlines, columns)
    yield from (reader.read(item.report_id) for item in items)


def ingest_row(
    row: TableRow,
    file: str,
    report_id: str,
    corrections: Mapping[str, str] | None = None,
    outline: OutlineCorrection | None = None,
) -> Report:
    """Parse a report that is a row of a table; see `ingest`."""
    name = f"{file}:{row.number}"
    try:
        source = source_of(name, row.text, "table", row.text.encode(errors="replace"))
        if row.cut_off:
            source = replace(source, notes=(*source.notes, warn("cut-off", length=len(row.text))))
        return parse(source, report_id, corrections, outline, stated=row.metadata)
    except ImportError as error:
        raise MissingLibraryError(error) from error
    except EmphasisError as error:
        return Report(report_id, Source(name, "", "", ""), Metadata(), warnings=(warn("unreadable", error=error),))
    except Exception as error:  # no report may stop the others
        warnings = (warn("parser-failed", file=name, kind=type(error).__name__, error=error),)
        return Report(report_id, Source(name, "", "", ""), Metadata(), warnings=warnings)


def _read_outline_file(path: Path) -> tuple[OutlineCorrection | None, tuple[ReportWarning, ...]]:
    try:
        return read_outline(path.read_text(encoding="utf-8")), ()
    except UnicodeDecodeError as error:
        wrong, advice = f"it is not UTF-8 (byte {error.start})", f"Save {path.name} as UTF-8 text."
    except OSError as error:
        wrong, advice = f"it cannot be read ({error.strerror})", f"Allow reading {path.name}."
    except EmphasisError as error:
        wrong, advice = str(error), f"Mend that entry of {path.name}."
    return None, (warn("wrong-outline", wrong=f"{path.name} was not used: {wrong}", advice=advice),)


def _sha256(path: Path) -> str:
    """The hash of a file that could not be read as a report; zeros if not even its bytes can be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return "0" * 64


def ingest(
    path: Path, report_id: str, corrections: Mapping[str, str] | None = None, outline: OutlineCorrection | None = None
) -> Report:
    """Read and parse a report; never raises for bad input: what is wrong becomes `Report.warnings`.

    Parameters
    ----------
    path : Path
        A file in one of the formats of `readers.READERS`.
    corrections : mapping of str to str, optional
        Values of metadata, by field of `Metadata`; empty ones are ignored.
    outline : OutlineCorrection, optional
        Replaces the outline that the parser finds.
    """
    try:
        source = read_source(path)
    except MissingLibraryError:
        raise
    except EmphasisError as error:
        warnings = (warn("unreadable", error=error),)
        return Report(report_id, Source(path.name, "", "", ""), Metadata(), warnings=warnings)
    try:
        return parse(source, report_id, corrections, outline, path.absolute().parent.name)
    except ImportError as error:
        raise MissingLibraryError(error) from error
    except Exception as error:  # no report may stop the others
        warnings = (warn("parser-failed", file=path.name, kind=type(error).__name__, error=error),)
        return Report(report_id, source, Metadata(), warnings=warnings)


def parse(
    source: Source,
    report_id: str,
    corrections: Mapping[str, str] | None = None,
    outline: OutlineCorrection | None = None,
    folder: str = "",
    *,
    stated: Mapping[str, str] | None = None,
) -> Report:
    """Parse a text; one in traditional characters is converted, offsets unchanged, for rules that know simplified ones.

    `report_id` and `folder`, the name of the file's folder, are asked for year and region where the text is silent. `stated` is
    metadata that a table has of the report: it fills in what is then still missing.
    """
    text = source.text
    traditional = is_traditional(text)
    plain = simplify_text(text) if traditional else text
    parts = unfold_paragraphs(plain, split_paragraphs(plain))
    if not parts:
        return Report(report_id, source, Metadata(), warnings=(*source.notes, warn("empty")))
    copies = find_copies(parts)
    if outline is None and (refused := _refuse(copies)):
        return Report(report_id, source, Metadata(), warnings=(*source.notes, *refused))
    # The speech ends before a second copy of it, which becomes the footer.
    bounds = find_bounds(parts[: copies.second_copy])
    headings, unplaced = find_headings(plain, parts, bounds.body, bounds.end)
    tops = [plain[h.text_start : h.text_end] for h in headings if h.level == 1]
    found, evidence = read_metadata(plain, parts, bounds, tops, (report_id, folder))
    metadata, warnings = correct_metadata(restore_characters(found, text, plain), corrections or {})
    metadata, told = fill_metadata(metadata, stated or {})
    warnings += told
    warnings += _judge_text(plain, parts, bounds, copies, metadata.title, report_id)
    blocks: list[Block] | None = None
    roles: list[ChapterRole] = []
    if outline is not None:
        blocks, wrong = _corrected_blocks(text, source, outline)
        warnings += wrong
    corrected = blocks is not None
    if blocks is None:
        roles = decide_roles(plain, parts, bounds, headings, metadata.year)
        # What the words say is asked of simplified ones: most rules know no others.
        blocks = as_printed(text, find_blocks(plain, parts, bounds, headings, roles))
    sections = build_sections(text, blocks)
    sentences = build_sentences(text, parts, sections, blocks)
    evidence = _settle(evidence, corrections or {})
    # Where the user has corrected the outline, what the parser found of it needs no check.
    checked, unplaced = (None, []) if corrected else (bounds, unplaced)
    warnings += check(ParsedText(text, traditional, parts, checked, sections, metadata, evidence, unplaced, roles))
    warnings[:0] = source.notes
    return Report(report_id, source, metadata, sections, sentences, grade(warnings), tuple(warnings))


def _refuse(copies: Copies) -> tuple[ReportWarning, ...]:
    """Why a file cannot be counted as one report, if it cannot."""
    if copies.titles:
        titles = "; ".join(copies.titles[:6]) + " …" * (len(copies.titles) > 6)
        return (warn("several-reports", count=len(copies.titles), titles=titles),)
    return (warn("text-twice", count=copies.interleaved),) if copies.interleaved else ()


def _judge_text(
    text: str, parts: Sequence[Paragraph], bounds: Bounds, copies: Copies, title: str, report_id: str
) -> list[ReportWarning]:
    """Warnings where a text is something else than one report."""
    found = []
    if copies.second_copy is not None:
        found.append(warn("second-copy", text, parts[copies.second_copy].start))
    if genre := other_genre(parts, bounds, (report_id,)):
        found.append(warn("other-genre", genre=genre))
    elif not is_work_report(title, parts, bounds):
        found.append(warn("not-a-report"))
    return found


def _corrected_blocks(
    text: str, source: Source, outline: OutlineCorrection
) -> tuple[list[Block] | None, list[ReportWarning]]:
    """The blocks of a corrected outline, None if it does not fit the text, and what is wrong with it."""
    warnings = []
    if outline.sha256 and outline.sha256 != source.sha256:
        wrong = "The outline was written for another version of this file."
        advice = "Check it against the new file, then renew its sha256."
        warnings.append(warn("wrong-outline", wrong=wrong, advice=advice))
    try:
        return apply_outline(text, outline), warnings
    except EmphasisError as error:
        wrong = f"The outline does not fit the report and was not used: {error}"
        advice = "Mend that entry of the .outline.yaml file."
        return None, [*warnings, warn("wrong-outline", wrong=wrong, advice=advice)]


def _settle(evidence: MetadataEvidence, corrections: Mapping[str, str]) -> MetadataEvidence:
    """The evidence without the contradictions that a correction has settled."""
    if corrections.get("year"):
        evidence = replace(evidence, year=PlanYear())
    if corrections.get("region") or corrections.get("adcode"):
        evidence = replace(evidence, place=RegionEvidence())
    return evidence
