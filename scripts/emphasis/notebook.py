"""Reports in a notebook or a script of your own: the tables of the workflow, without running the workflow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Unpack
from warnings import warn

import pandas as pd

from emphasis.areas.coder import read_coder
from emphasis.areas.corrections import read_corrections
from emphasis.areas.scheme import read_scheme
from emphasis.areas.tables import area_tables
from emphasis.errors import EmphasisError
from emphasis.ingest.corrections import OUTLINE_SUFFIX, read_metadata_corrections
from emphasis.ingest.readers.table import read_rows
from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest_files
from emphasis.ingest.simplify import simplify_sentences
from emphasis.ingest.tables import rebuild_reports, tabulate_reports
from emphasis.measures.counting import Counting
from emphasis.measures.counts import count_terms
from emphasis.measures.dictionaries import load_themes, theme_files
from emphasis.measures.dispersion import dispersion
from emphasis.measures.frequency import frequency_tables
from emphasis.measures.places import place_names
from emphasis.measures.structure import structure
from emphasis.measures.tfidf import tfidf
from emphasis.measures.themes import count_hits, theme_sections, theme_values
from emphasis.notebook_settings import Settings, configure, in_checkout
from emphasis.project import ROOT
from emphasis.reference.compare import Yardstick, compare_reports
from emphasis.reference.folder import read_reference
from emphasis.reference.measured import comparable_reference, comparable_subjects, definitions, measured_figures
from emphasis.reference.subjects import BASIS, main_subjects, topic_names
from emphasis.reference.variants import OtherNames
from emphasis.run.config import SHIPPED_TOPICS, counted_otherwise, reference_settings, topics_folder
from emphasis.run.folder_listing import Refusal, ReportFile
from emphasis.run.reports_folder import open_reports_folder
from emphasis.run.scale import settle
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, OrdinaryWord, load_lexicon, load_stopwords, load_words
from emphasis.segment.place_names import places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import section_table, segment_reports, token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.tables import Schema, check, load_schemas
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators, load_variables
from emphasis.targets.ledger import pair_rows, target_rows
from emphasis.topics.basis import Basis, read_basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.shares import BatchTables, batch_tables

_LEXICON = ROOT / "config/lexicon"


def read_report(path: Path | str, **settings: Unpack[Settings]) -> MeasuredReport:
    """Read a report; its tables are attributes of what is returned.

    Parameters
    ----------
    path : path-like
        A .txt, .html, .htm, .docx or .pdf file. An outline corrected by hand, ``<name>.outline.yaml``, is used if it lies
        next to it.
    **settings
        What differs from config/config.yaml; see `Settings`.

    Returns
    -------
    MeasuredReport

    Raises
    ------
    EmphasisError
        If the file is missing or cannot be read as a report, or a setting is wrong; the message says what to do.

    Examples
    --------
    >>> from emphasis import read_report
    >>> report = read_report("seeds/changchun-2025.txt")
    >>> report.metadata["region"], int(report.metadata["year"]), report.metadata["confidence"]
    ('长春市', 2025, 'high')
    >>> words = report.tfidf[report.tfidf["section_id"] == "s2.3"]
    >>> words["term"].head(3).tolist()
    ['产业', '车型', '新能源']
    """
    file = Path(path)
    if file.is_dir():
        raise EmphasisError(f"{file}: is a folder; use read_reports for the reports of a folder")
    if not file.exists():
        raise EmphasisError(f"there is no file {file.absolute()}; check the path")
    config = configure(settings)
    return MeasuredReport(_ingest([ReportFile(file.stem, file)], config), (), config)


def read_reports(folder: Path | str, **settings: Unpack[Settings]) -> MeasuredReports:
    """Read every report of a folder; each table has the rows of all of them.

    All reports are held in memory. For thousands of reports, and for what compares reports with each other, run the workflow.

    Parameters
    ----------
    folder : path-like
        What cannot be read is listed in the table `warnings`, as in the workflow.
    **settings
        What differs from config/config.yaml; see `Settings`.

    Returns
    -------
    MeasuredReports

    Raises
    ------
    EmphasisError
        If the folder is missing or has no report, or a setting is wrong; the message says what to do.

    Examples
    --------
    >>> from emphasis import read_reports
    >>> reports = read_reports("seeds", segmenter="rjieba")
    >>> reports.reports["report_id"].tolist()
    ['changchun-2025']
    """
    config = configure(settings)
    columns = config["reports_table"]
    found = open_reports_folder(Path(folder), 1, lambda path: read_rows(path, columns))
    return MeasuredReports(_ingest(found.reports, config), found.refused, config)


class MeasuredReports:
    """Some reports, and what is measured in each of them; made by `read_reports`.

    Each table is made when it is first asked for, and kept. Its columns, their types and rounding and the order of its rows are
    those of the workflow's table of the same name; results/README.md explains every column.
    """

    def __init__(self, reports: Sequence[Report], refused: Sequence[Refusal], config: Mapping[str, Any]) -> None:
        self._parsed, self._config = reports, settle(config, len(reports))[0]
        self._schemas: dict[str, Schema] = load_schemas((ROOT / "workflow/schemas/tables").glob("*.yaml"))
        # Read at once, so that a wrong path or dictionary is reported where it was given.
        words = config["keywords"]["stopwords"]
        stopwords = load_stopwords(in_checkout(words)) if isinstance(words, Path | str) else frozenset(words)
        self._counting = Counting(tuple(config["count_roles"]), stopwords, config["keywords"]["min_length"])
        self._themes = load_themes(theme_files(in_checkout(config["themes"])))
        self._corpus = self._check(tabulate_reports(reports, refused))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(report.report_id for report in self._parsed)}>"

    def _check(self, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The tables as the workflow would write and read them."""
        return {name: check(table, self._schemas[name]) for name, table in tables.items()}

    @property
    def reports(self) -> pd.DataFrame:
        """Metadata of each report, and how far its outline can be trusted."""
        return self._corpus["reports"]

    @property
    def outline(self) -> pd.DataFrame:
        """Sections with heading, level, role, place in the text and length; a section includes its subsections."""
        return self._corpus["outline"]

    @property
    def sentences(self) -> pd.DataFrame:
        """Sentences with their section, paragraph and place in the text."""
        return self._corpus["sentences"]

    @property
    def glossary(self) -> pd.DataFrame:
        """Terms that a report explains in an annex."""
        return self._corpus["glossary"]

    @property
    def warnings(self) -> pd.DataFrame:
        """What to look at before using a number, and what to do about it."""
        return self._corpus["warnings"]

    @cached_property
    def _simplified(self) -> pd.DataFrame:
        """The sentences as they are measured."""
        return simplify_sentences(self.sentences, self._config["simplify"])

    @cached_property
    def _lexicon(self) -> tuple[Lexicon, tuple[OrdinaryWord, ...]]:
        return load_lexicon(_LEXICON), load_words(_LEXICON / "words.tsv")

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """Words, terms, numbers and Latin strings, each with its place in the text."""
        lexicon, words = self._lexicon
        segmenter = Segmenter(make_engine(self._config["segmenter"]), lexicon.terms, words)
        cue_words, places = load_cue_words(_LEXICON / "cue_words.txt"), places_of_reports(self.reports)
        cut = segment_reports(self._simplified, segmenter, lexicon, cue_words, places)
        merged = lexicon.canonical if self._config["merge_aliases"] else {}
        table = token_table(self._simplified, [report.tokens for report in cut], merged)
        return self._check({"tokens": table})["tokens"]

    @cached_property
    def vocabulary(self) -> pd.DataFrame:
        """The words and terms that lie inside each token."""
        table = vocabulary_table(self.tokens["token"].unique(), Units(*self._lexicon))
        return self._check({"vocabulary": table})["vocabulary"]

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The outline with the number of tokens and words of each section."""
        return self._check({"sections": section_table(self.outline, self.tokens, self.vocabulary)})["sections"]

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How often each term occurs in each paragraph: what every measure of words is made from."""
        table = count_terms(self.tokens, self.sentences, self.outline, self.vocabulary, self._counting)
        return self._check({"counts": table})["counts"]

    @cached_property
    def _frequencies(self) -> dict[str, pd.DataFrame]:
        return self._check(frequency_tables(self.counts, self._simplified))

    @property
    def frequency(self) -> pd.DataFrame:
        """How often each keyword occurs in each section."""
        return self._frequencies["frequency"]

    @property
    def frequency_parts(self) -> pd.DataFrame:
        """How often each keyword occurs in the whole report, in the review and in the plan."""
        return self._frequencies["frequency_parts"]

    @cached_property
    def dispersion(self) -> pd.DataFrame:
        """How evenly each keyword is spread over a report."""
        return self._check({"dispersion": dispersion(self.counts)})["dispersion"]

    @cached_property
    def tfidf(self) -> pd.DataFrame:
        """What sets each section apart from the other sections of its report."""
        return self._check({"tfidf": tfidf(self.frequency, self.sections)})["tfidf"]

    @cached_property
    def structure(self) -> pd.DataFrame:
        """Length, sentence length and lexical diversity of a report, its parts and sections."""
        table = structure(self.tokens, self.sentences, self.outline, self._counting)
        return self._check({"structure": table})["structure"]

    @cached_property
    def _attention(self) -> dict[str, pd.DataFrame]:
        hits = count_hits(self._simplified, self.tokens, self.outline, self._themes, self._config["count_roles"])
        values = theme_values(hits, self.reports["report_id"].tolist(), self._themes)
        return self._check({"themes": values, "theme_sections": theme_sections(hits)})

    @property
    def themes(self) -> pd.DataFrame:
        """Attention to each theme, under each definition."""
        return self._attention["themes"]

    @property
    def theme_sections(self) -> pd.DataFrame:
        """Attention to each theme by section."""
        return self._attention["theme_sections"]

    @cached_property
    def _coded(self) -> dict[str, pd.DataFrame]:
        folder = in_checkout(self._config["areas"])
        scheme = read_scheme(folder / "areas.tsv")
        corrections = read_corrections(folder / "corrections.tsv", scheme)
        tables = {"sentences": self._simplified, "tokens": self.tokens, "outline": self.outline}
        tables["vocabulary"] = self.vocabulary
        coder = read_coder(folder, scheme.areas)
        return self._check(area_tables(tables, coder, scheme, corrections, self._config["count_roles"]))

    @property
    def sentence_areas(self) -> pd.DataFrame:
        """The policy area of each sentence, and its probability."""
        return self._coded["sentence_areas"]

    @property
    def areas(self) -> pd.DataFrame:
        """Attention to policy areas: shares of each report, its review, its plan and its sections, with intervals."""
        return self._coded["areas"]

    @cached_property
    def _ledger(self) -> dict[str, pd.DataFrame]:
        indicators = load_indicators(ROOT / "config/indicators.tsv")
        stored = rebuild_reports(self.reports, self.outline, self._simplified)
        quantities = {report.report_id: extract(report, indicators) for report in stored}
        return self._check({"targets": target_rows(quantities), "target_pairs": pair_rows(quantities)})

    @cached_property
    def _topics(self) -> BatchTables:
        """Shares of the topics of the reference basis."""
        basis, plain = self._basis, self._counting.stopwords
        left_out = frozenset(plain) | load_stopwords(in_checkout(f"{SHIPPED_TOPICS}/ordinary.txt"))
        settings = CorpusSettings(self._config["count_roles"], left_out, self._config["topics"]["paragraph_sentences"])
        corpus = build_corpus(self.tokens, self.sentences, self.outline, settings)
        return batch_tables(corpus, {BASIS: basis.model}, self.sentences, self.outline)

    @cached_property
    def _basis(self) -> Basis:
        return read_basis(in_checkout(topics_folder(self._config)))

    @cached_property
    def _compared(self) -> dict[str, pd.DataFrame]:
        """The tables of `emphasis.reference.compare.TABLES`."""
        labels = self._basis.labels
        folder = in_checkout(
            "config/reference" if self._config["reference"] == "shipped" else self._config["reference"]
        )
        for line in counted_otherwise(self._config, reference_settings(folder)):
            warn(line, stacklevel=2)
        meanings = definitions(
            theme_files(in_checkout(self._config["themes"])),
            in_checkout(topics_folder(self._config)).iterdir(),
            in_checkout(self._config["areas"]).iterdir(),
        )
        reference = comparable_reference(read_reference(folder), meanings)
        yardstick = Yardstick(
            reference,
            self._config["peers"],
            comparable_subjects(main_subjects(self.areas), reference, meanings),
            place_names(self.reports),
            Units(*self._lexicon),
            OtherNames.known(self._lexicon[0], load_indicators(ROOT / "config/indicators.tsv")),
        )
        tables = {"themes": self.themes, "areas": self.areas, "targets": self.targets, "structure": self.structure}
        tables["topic_parts"] = self._topics.topic_parts
        variables = load_variables(ROOT / "config/panel_targets.tsv")
        figures = measured_figures(tables, variables, topic_names(labels))
        made = compare_reports(yardstick, self.reports, self.counts, self._simplified, figures)
        return self._check(made)

    def peers(self) -> pd.DataFrame:
        """The reports of the reference that each report is compared with, and the rule by which they were found."""
        return self._compared["peers"]

    def distinctive(self) -> pd.DataFrame:
        """What each report, its parts and sections stress, against its peers; lists show the rows that have a `rank`."""
        return self._compared["distinctive"]

    def missing(self) -> pd.DataFrame:
        """What most peers speak of and a report does not."""
        return self._compared["missing"]

    def standing(self) -> pd.DataFrame:
        """Where a report stands among its peers in themes, topics, headline targets and structure."""
        return self._compared["standing"]

    @property
    def targets(self) -> pd.DataFrame:
        """Quantitative statements: what was reached, and what is promised."""
        return self._ledger["targets"]

    @property
    def target_pairs(self) -> pd.DataFrame:
        """Last year's outturn next to this year's target of the same indicator."""
        return self._ledger["target_pairs"]


class MeasuredReport(MeasuredReports):
    """One report, and what is measured in it; made by `read_report`. Its tables are those of `MeasuredReports`."""

    def __init__(self, reports: Sequence[Report], refused: Sequence[Refusal], config: Mapping[str, Any]) -> None:
        super().__init__(reports, refused, config)
        if self.outline.empty:
            code, message, suggestion = self.warnings[["code", "message", "suggestion"]].iloc[0]
            # Messages of readers say what to do; the suggestion that goes with them is for one file of many.
            raise EmphasisError(message if code == "unreadable" else f"{message} {suggestion}")

    @property
    def metadata(self) -> pd.Series[Any]:
        """The report's row of the table `reports`: title, region, year, speaker, confidence in the outline, ..."""
        return self.reports.iloc[0]

    @property
    def text(self) -> str:
        """The decoded file, which every `start` and `end` of a table counts characters of."""
        return self._parsed[0].source.text


def _ingest(reports: Iterable[ReportFile], config: Mapping[str, Any]) -> list[Report]:
    reports = list(reports)
    table = in_checkout(config["metadata"], optional=True)
    overrides = read_metadata_corrections(table) if table.exists() else {}
    names = [(r.path, name) for r in reports for name in {r.report_id, r.report_id if r.row else r.path.stem}]
    outlines = [file for path, name in names if (file := path.with_name(f"{name}{OUTLINE_SUFFIX}")).is_file()]
    return list(ingest_files(reports, overrides, outlines, config["reports_table"]))
