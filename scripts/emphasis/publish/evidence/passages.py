"""The sentences behind a row, found by what its columns name: sentences, a theme, a word, a topic or a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.errors import EmphasisError
from emphasis.publish.evidence.folder import ResultsFolder, SentenceSpan, TokenSpan
from emphasis.segment.vocabulary import places_inside
from emphasis.store.results import Row

if TYPE_CHECKING:
    from emphasis.measures.dictionaries import Theme

Span = tuple[int, int]


def load_theme(folder: Path, name: str) -> Theme:
    """One theme of the dictionaries in a folder; a dictionary may have several.

    Raises
    ------
    EmphasisError
        If no dictionary has a theme of that name.
    """
    from emphasis.measures.dictionaries import load_themes, theme_files  # noqa: PLC0415 - only themes need it

    files = theme_files(folder)
    found = next((theme for theme in load_themes(files) if theme.name == name), None) if files else None
    if found is None:
        raise EmphasisError(
            f"{folder}: no dictionary there has the theme {name}; those that these results were made with are needed to mark its words"
        )
    return found


def theme_spans(theme: Theme, text: str, tokens: Sequence[Span], *, anywhere: bool = False) -> list[Span]:
    """Spans of the hits of a theme in a sentence.

    Parameters
    ----------
    theme : Theme
    text : str
        The sentence as in the file.
    tokens : sequence of span
        Of its tokens, as offsets into the text.
    anywhere : bool
        Hits inside longer words too.
    """
    from emphasis.measures.theme_hits import Finder, sentence_hits  # noqa: PLC0415 - pandas comes with it

    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    hits = sentence_hits(Finder([theme]), text, starts, ends, anywhere=anywhere)
    return [(hit.start, hit.end) for hit in hits]


_TERMS = ("alias", "term", "token")
_FEW = 1_000
"""Reports that are searched for a word if its row names no report."""


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence with the spans that the row counts, as offsets into its text."""

    sentence: SentenceSpan
    marks: tuple[Span, ...] = ()


@dataclass
class SentenceGroup:
    """Sentences that belong together."""

    name: str
    """What they are; empty if there is only one group."""
    sentences: list[MarkedSentence] = field(default_factory=list)
    expected: int | None = None
    """Number of marks according to the row."""
    inside: int = 0
    """Marks that lie inside a longer term."""

    @property
    def n_marks(self) -> int:
        """Marks in all sentences."""
        return sum(len(sentence.marks) for sentence in self.sentences)


def evidence(results: ResultsFolder, table: str, row: Row, root: Path) -> list[SentenceGroup]:
    """The sentences behind a row.

    Parameters
    ----------
    results : ResultsFolder
    table : str
    row : mapping of str to str
    root : Path
        Folder that the path of the theme dictionaries in the run's configuration is relative to.

    Raises
    ------
    EmphasisError
        If the rows of this table are about whole reports.
    """
    cited = [name for name in row if name.endswith("sentence_id")]
    if cited:
        return _find_cited(results, row, cited)
    if "topic" in row and "model" in row:
        return _find_topic(results, row)
    if "theme" in row and "unit" not in row and row.get("report_id"):
        if not row["theme"]:
            raise EmphasisError(f"{table}: this row has no theme; there is nothing to look for")
        return _find_theme(results, row, root)
    if term := next((row[name] for name in _TERMS if row.get(name)), ""):
        return _find_term(results, table, row, term)
    if row.get("report_id") and (row.get("section_id") or row.get("unit") in ("section", "role")):
        return _find_section(results, row)
    if row.get("report_id") and row.get("start"):
        return _find_place(results, row)
    raise EmphasisError(
        f"{table}: its rows rest on whole reports, not on single sentences; ask for a table with a word, theme, topic, "
        "section or sentence in it"
    )


def _find_cited(results: ResultsFolder, row: Row, cited: Iterable[str]) -> list[SentenceGroup]:
    groups = []
    for name in cited:
        if not row[name]:
            continue
        sentence = _find_sentence(results, row[name])
        marks: tuple[Span, ...] = ()
        if name == "sentence_id" and row.get("start") and row.get("end"):
            marks = (_span_in_sentence(sentence, int(row["start"]), int(row["end"])),)
        groups.append(SentenceGroup(name.removesuffix("sentence_id").strip("_"), [MarkedSentence(sentence, marks)]))
    return groups


def _find_sentence(results: ResultsFolder, sentence_id: str) -> SentenceSpan:
    report_id = sentence_id.rpartition(":")[0]
    found = results.sentences(report_id).get(sentence_id)
    if found is None:
        raise EmphasisError(f"{sentence_id}: no such sentence in corpus/sentences.parquet; the results are of two runs")
    return found


def _find_topic(results: ResultsFolder, row: Row) -> list[SentenceGroup]:
    group = SentenceGroup(f"topic {row['topic']}, the sentences in which it weighs most")
    for passage in results.rows("topic_passages"):
        if (passage["model"], passage["topic"]) == (row["model"], row["topic"]):
            sentence = _find_sentence(results, passage["sentence_id"])
            tokens = results.tokens(sentence.report_id)
            word = row.get("term")
            own = [t for t in tokens if t.sentence_id == sentence.sentence_id and t.token == word]
            marks = tuple(_span_in_sentence(sentence, token.start, token.end) for token in own)
            group.sentences.append(MarkedSentence(sentence, marks))
    return [group]


def _find_theme(results: ResultsFolder, row: Row, root: Path) -> list[SentenceGroup]:
    # Dictionaries are read only when a theme is asked for.
    theme = load_theme(root / results.configuration["themes"], row["theme"])
    report_id = row["report_id"]
    anywhere = row.get("definition", "").endswith("anywhere")
    chosen = results.counted(report_id, section=row.get("section_id", ""), part=row.get("part", ""))
    borders: dict[str, list[Span]] = {}
    for token in results.tokens(report_id):
        borders.setdefault(token.sentence_id, []).append((token.start, token.end))
    group = SentenceGroup("", expected=_whole_number(row.get("hits")))
    for sentence in results.sentences(report_id).values():
        if sentence.section_id in chosen:
            own = [(a - sentence.start, b - sentence.start) for a, b in borders.get(sentence.sentence_id, [])]
            if marks := theme_spans(theme, sentence.text, own, anywhere=anywhere):
                group.sentences.append(MarkedSentence(sentence, tuple(marks)))
    return [group]


def _find_term(results: ResultsFolder, table: str, row: Row, term: str) -> list[SentenceGroup]:
    report_id = row.get("report_id", "")
    if "target" in row and "reference" in row:
        return _find_both_sides(results, row, term)
    if row.get("change") == "vanished":
        return [_find_tokens(results, row["previous_id"], term, _whole_number(row.get("n")))]
    if table in ("term_candidates", "aliases"):
        reports = [report_id] if report_id else results.reports()[:_FEW]
        return [_find_strings(results, each, term) for each in reports]
    if not report_id:
        return [_find_tokens(results, each, term) for each in results.reports()[:_FEW]]
    expected = None if "n" not in row or "year" in row else _whole_number(row["n"])
    return [
        _find_tokens(results, report_id, term, expected, section=row.get("section_id", ""), part=row.get("part", ""))
    ]


def _find_both_sides(results: ResultsFolder, row: Row, term: str) -> list[SentenceGroup]:
    """Both sides of a comparison; for a comparison with all other reports, only the report's own side."""
    report_id, target, reference = row["report_id"], row["target"], row["reference"]
    counts = _whole_number(row.get("n_target")), _whole_number(row.get("n_reference"))
    match row["comparison"]:
        case "part":
            sides = [
                _find_tokens(results, report_id, term, n, part=p)
                for p, n in zip((target, reference), counts, strict=True)
            ]
        case "section":
            sides = [
                _find_tokens(results, report_id, term, n, section=target, outside=outside)
                for n, outside in zip(counts, (False, True), strict=True)
            ]
        case _:
            known = set(results.reports())
            sides = [
                _find_tokens(results, r, term, n)
                for r, n in zip((target, reference), counts, strict=True)
                if r in known
            ]
    for group, name in zip(sides, (target, reference), strict=False):
        group.name = name
    return sides


def _find_tokens(
    results: ResultsFolder,
    report_id: str,
    term: str,
    expected: int | None = None,
    *,
    section: str = "",
    part: str = "",
    outside: bool = False,
) -> SentenceGroup:
    chosen = results.counted(report_id, section=section, part=part, outside=outside)
    sentences = results.sentences(report_id)
    found: dict[str, list[Span]] = {}
    inside, holders = 0, results.holders(term)
    for token in results.tokens(report_id):
        if token.token in holders and token.section_id in chosen:
            sentence = sentences[token.sentence_id]
            for start, end in places_inside(token.token, term):
                span = _span_in_sentence(sentence, *_in_file(token, start, end))
                found.setdefault(token.sentence_id, []).append(span)
                inside += token.token != term
    marked = [MarkedSentence(sentences[name], tuple(marks)) for name, marks in found.items()]
    return SentenceGroup(report_id, marked, expected, inside)


def _in_file(token: TokenSpan, start: int, end: int) -> Span:
    """A span of a token as a span of the file; the whole token where that prints it otherwise, with spaces or under an alias."""
    if token.end - token.start != len(token.token):
        return token.start, token.end
    return token.start + start, token.start + end


def _find_strings(results: ResultsFolder, report_id: str, text: str) -> SentenceGroup:
    group = SentenceGroup(report_id)
    for sentence in results.sentences(report_id).values():
        marks, place = [], sentence.text.find(text)
        while place >= 0:
            marks.append((place, place + len(text)))
            place = sentence.text.find(text, place + len(text))
        if marks:
            group.sentences.append(MarkedSentence(sentence, tuple(marks)))
    return group


def _find_section(results: ResultsFolder, row: Mapping[str, str]) -> list[SentenceGroup]:
    report_id = row["report_id"]
    if row.get("unit") == "role":
        chosen = results.counted(report_id, part=row["name"])
    else:
        section = row.get("section_id") or row["name"]
        parts = f"{section}."
        chosen = {name for name in results.sections(report_id) if name == section or name.startswith(parts)}
    held = [s for s in results.sentences(report_id).values() if s.section_id in chosen]
    return [SentenceGroup("", [MarkedSentence(sentence) for sentence in held])]


def _find_place(results: ResultsFolder, row: Mapping[str, str]) -> list[SentenceGroup]:
    place = int(row["start"])
    held = [s for s in results.sentences(row["report_id"]).values() if s.start <= place < s.end]
    return [
        SentenceGroup(
            "", [MarkedSentence(sentence, ((place - sentence.start, place - sentence.start + 1),)) for sentence in held]
        )
    ]


def _span_in_sentence(sentence: SentenceSpan, start: int, end: int) -> Span:
    """A span of the file as a span of the sentence."""
    return max(0, start - sentence.start), min(end, sentence.end) - sentence.start


def _whole_number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None
