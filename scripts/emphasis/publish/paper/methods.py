"""The methods text of a run and its references.

The text's facts are counted from the run's tables, settings and versions; its formulas and publications are read from docstrings.
Reports, software and publications become a BibTeX file, the reports a list after GB/T 7714 as well.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.measures.dictionaries import Theme
from emphasis.measures.testing import MAX_Q, SENTENCE, TEST_ACROSS, TEST_OF_SETTING
from emphasis.publish.dictionary import DEFINITIONS, read_docstring
from emphasis.publish.paper.table import Language, cell_text
from emphasis.publish.paper.wording import translate
from emphasis.publish.templates import render
from emphasis.store.results import Results, Row

_SHOWN = 10
_SECTION = re.compile(r"^(Parameters|Returns|References|Examples|Raises|Attributes|Notes)\n-+$", re.MULTILINE)
_EQUATION = re.compile(r"``([^`]* = [^`]*)``")

_QUOTED = {
    "frequency_parts": "Keyword frequency by part",
    "intervals": "Intervals",
    "dispersion": "Dispersion",
    "tfidf": "TF-IDF",
    "keyness": "Keyness: effect sizes",
}
"""Measures whose formulas the text quotes, and the headings of their definitions in the data dictionary."""


def formulas(library: Path) -> dict[str, str]:
    """The formulas in docstrings of the package in the folder `library`, by measure."""
    places = {name: DEFINITIONS[heading] for name, heading in _QUOTED.items()}
    return {name: _formula(read_docstring(library / file, function)) for name, (file, function) in places.items()}


def _formula(docstring: str) -> str:
    """The literal blocks of a docstring or, without any, equations between double backticks."""
    text = _SECTION.split(docstring)[0]
    blocks = re.findall(r"::\n\n((?: +[^\n]*\n?|\n(?= ))+)", text)
    if blocks:
        return "\n".join(inspect.cleandoc("\n" + block) for block in blocks)
    return "\n".join(match.replace("\n", " ") for match in _EQUATION.findall(text))


def packages(segmenter: str) -> dict[str, str]:
    """Versions of the packages that matter most for the results; manifest.json has those of all."""
    return {name: version(name) for name in (segmenter, "scikit-learn", "snakemake")}


def facts(
    results: Results, config: Mapping[str, Any], themes: Sequence[Theme], lexicon: Iterable[Path | str]
) -> dict[str, Any]:
    """What the text says of the run, by name in its templates.

    Parameters
    ----------
    results : Results
        reports, warnings, structure, keyness_comparisons, topic_diagnostics, targets, target_pairs and terms, and
        keyness_across_comparisons when there are several reports.
    config : mapping
    themes : sequence of Theme
    lexicon : iterable of Path
        Term files of the lexicon.
    """
    # A file that could not be read is no report.
    reports = [row for row in results.rows("reports") if int(row["n_chars"])]
    confidence = Counter(row["confidence"] for row in reports)
    warnings = list(results.rows("warnings"))
    regional = [row for row in reports if not _is_national(row)]
    whole = [row for row in results.rows("structure") if row["unit"] == "report"]
    within = list(results.rows("keyness_comparisons"))
    across = list(results.rows("keyness_across_comparisons")) if "keyness_across_comparisons" in results.files else []
    return {
        "version": __version__,
        "config": config,
        "packages": packages(config["segmenter"]),
        "n_reports": len(reports),
        "n_regions": len({row["adcode"] or row["region"] for row in regional if row["region"]}),
        "n_national": len(reports) - len(regional),
        "years": sorted({row["year"] for row in reports if row["year"]}),
        "n_characters": sum(int(row["n_chars"]) for row in reports),
        "n_tokens": sum(int(row["n_tokens"]) for row in whole),
        "n_sentences": sum(int(row["n_sentences"]) for row in whole),
        "confidence": {grade: confidence[grade] for grade in ("high", "medium", "low")},
        "low": _shorten_list([row["report_id"] for row in reports if row["confidence"] == "low"]),
        "left_out": _shorten_list(sorted({w["report_id"] for w in warnings} - {row["report_id"] for row in reports})),
        "warnings": sorted(Counter(row["code"] for row in warnings).items()),
        "n_lexicon": sum(_count_lines(file) for file in lexicon),
        "n_found": sum(row["kind"] == "report" and row["n_token"] != "0" for row in results.rows("terms")),
        "themes": themes,
        "compiled": [theme for theme in themes if theme.status == "compiled"],
        "keyness": _keyness_verdicts([*within, *across]),
        "n_by_sentences": sum(row["unit"] == SENTENCE for row in within),
        "tests": {"within": TEST_OF_SETTING[config["keyness"]["test"]], "across": TEST_ACROSS, "max_q": MAX_Q},
        "compared_across": "keyness_across_comparisons" in results.files,
        "n_basis_topics": next((row["k"] for row in results.rows("topic_diagnostics") if row["model"] == "basis"), 0),
        "topics": _topic_verdicts(results.rows("topic_diagnostics")),
        "targets": Counter(row["period"] for row in results.rows("targets")),
        "pairs": Counter(row["comparable"] for row in results.rows("target_pairs")),
    }


def methods_text(template: Path, language: Language, values: Mapping[str, Any]) -> str:
    """The methods text in one language: a template filled with facts."""
    return render(template, **values, translate=lambda value: cell_text(translate(value), language))


def _is_national(row: Row) -> bool:
    return row["region_level"] == "national"


def _count_lines(file: Path | str) -> int:
    with Path(file).open(encoding="utf-8") as lines:
        return sum(bool(line.strip()) and not line.startswith("#") for line in lines) - 1


def _shorten_list(names: Sequence[str]) -> dict[str, Any]:
    return {"n": len(names), "shown": list(names[:_SHOWN]), "more": max(0, len(names) - _SHOWN)}


def _keyness_verdicts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Comparisons by kind: how many there are and how many reach each verdict."""
    counts = _count_verdicts((row["comparison"], row["verdict"]) for row in rows)
    return [
        {"kind": kind, "n": sum(found.values())} | {v: found[v] for v in ("found", "none", "undecidable")}
        for kind, found in counts
    ]


def _topic_verdicts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """For each measure compared with shuffled text, how many models reach each verdict."""
    counts = _count_verdicts((row["measure"], row["verdict"]) for row in rows if row["null_high"])
    return [{"measure": measure, "verdicts": sorted(found.items())} for measure, found in counts]


def _count_verdicts(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Counter[str]]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, verdict in pairs:
        counts[kind][verdict] += 1
    return sorted(counts.items())


_ENTRY = re.compile(r"^[^\W\d_].*?\((?P<year>(?:18|19|20)\d\d)\)\. ")
# A full stop ends the title unless it follows an initial or a short abbreviation (B., Th.).
_TITLE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])\. ")
_JOURNAL = re.compile(
    r"^(?P<journal>[^\d]+?) (?:(?P<series>[A-Z]) )?(?P<volume>\d+)\((?P<number>[\d/]+)\), (?P<pages>\d+-\d+)\.$"
)
_AUTHOR = re.compile(r"([^,&]+), ((?:[A-Z]\S*\.(?:[ -](?=[A-Z]))?)+)")


@dataclass(frozen=True)
class Publication:
    """A publication."""

    text: str
    """The entry as in the docstring."""
    authors: tuple[str, ...]
    """Each as ``Family, I.``."""
    year: str
    title: str
    rest: str
    """Where it appeared."""

    @property
    def key(self) -> str:
        """A key for BibTeX: first family name and year, in ASCII."""
        family = self.authors[0].split(",")[0] if self.authors else "anonymous"
        plain = {"ä": "ae", "ö": "oe", "ü": "ue", "í": "i", "é": "e"}
        return "".join(c for c in (plain.get(c, c) for c in family.lower()) if c.isascii() and c.isalnum()) + self.year

    def bibtex(self) -> str:
        """The publication as a BibTeX entry."""
        journal = _JOURNAL.match(self.rest)
        fields = {"author": " and ".join(self.authors), "title": f"{{{self.title}}}", "year": self.year}
        if journal:
            name = journal["journal"] + (f" {journal['series']}" if journal["series"] else "")
            fields |= {"journal": name, "volume": journal["volume"], "number": journal["number"].replace("/", "--")}
            fields["pages"] = journal["pages"].replace("-", "--")
        else:
            fields["howpublished"] = self.rest.rstrip(".")
        return bibtex("article" if journal else "misc", self.key, fields)


def bibtex(kind: str, key: str, fields: dict[str, str]) -> str:
    """A BibTeX entry; fields without a value are left out."""
    lines = [f"  {name} = {{{_escape_bibtex(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _escape_bibtex(text: str) -> str:
    """A value with its special characters escaped; outer braces, which keep a title or name as it is, stay."""
    grouped = text.startswith("{") and text.endswith("}")
    inner = text[1:-1] if grouped else text
    # Braces have to match throughout the file: those inside are removed.
    safe = inner.replace("\\", " ").translate(dict.fromkeys(map(ord, "{}")))
    safe = re.sub(r"([%&#_$])", r"\\\1", safe).replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")
    safe = " ".join(safe.split())
    return f"{{{safe}}}" if grouped else safe


def cited_publications(files: Iterable[Path | str]) -> list[Publication]:
    """The publications in the References sections of these files, each once, sorted."""
    found: dict[str, Publication] = {}
    for file in files:
        text = Path(file).read_text(encoding="utf-8")
        if "References\n" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                for source in _read_references(ast.get_docstring(node) or ""):
                    found.setdefault(source.text, source)
    # If two publications had the same key, only the first by text would be kept; none do so far.
    return list({s.key: s for s in sorted(found.values(), key=lambda s: s.text, reverse=True)}.values())[::-1]


def _read_references(docstring: str) -> Iterable[Publication]:
    section = re.search(r"^References\n-+\n(.*?)(?=^\w[^\n]*\n-{3,}\n|\Z)", inspect.cleandoc(docstring), re.M | re.S)
    if not section:
        return
    entries: list[str] = []
    for line in section[1].splitlines():
        if not line.strip():
            entries.append("")
        elif _ENTRY.match(line) or not entries or not entries[-1]:
            entries.append(line.strip())
        else:
            entries[-1] += f" {line.strip()}"
    for entry in entries:
        if head := _ENTRY.match(entry):
            said = entry[head.end() :]
            end = _TITLE_END.search(said)
            title, rest = (said[: end.start()], said[end.end() :]) if end else (said.rstrip("."), "")
            names = entry[: head.start("year") - 1].strip()
            authors = tuple(f"{family.strip()}, {initials.strip()}" for family, initials in _AUTHOR.findall(names))
            yield Publication(entry, authors or (names,), head["year"], title, rest)


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_URL = re.compile(r"https?://\S+")


def author(report: Row) -> str:
    """The government that gave the report; empty if the region is not known."""
    if report["region_level"] == "national":
        return "国务院"
    return f"{report['region']}人民政府" if report["region"] else ""


def full_title(report: Row) -> str:
    """Title, day and session, as far as they are known.

    Examples
    --------
    >>> row = dict(title="政府工作报告", date="2025-01-08", meeting="长春市第十六届人民代表大会第四次会议")
    >>> full_title(row)
    '政府工作报告——2025年1月8日在长春市第十六届人民代表大会第四次会议上'
    """
    title, day = report["title"] or "政府工作报告", _DAY.match(report["date"])
    said = "{}年{}月{}日".format(*map(int, day.groups())) if day else ""
    if not report["meeting"]:
        return f"{title}——{said}" if said else title
    return f"{title}——{said}在{report['meeting']}上"


def gb7714(reports: Sequence[Row]) -> str:
    """The reports as a numbered list after GB/T 7714; below each, what the standard requires and the file does not state."""
    lines = [
        "# 政府工作报告著录（GB/T 7714 顺序编码制）。责任者由报告的地区得出，其余均取自报告文件；文件未载明的项目列于各条之下，请自行补全。",
        "",
    ]
    for number, report in enumerate(reports, 1):
        url, day = _URL.match(report["source"]), _DAY.match(report["published"])
        online = bool(url or day)
        entry = f"{author(report)}. " if author(report) else ""
        entry += f"{full_title(report)}[R{'/OL' * online}]."
        if day:
            entry += f" ({day[0]})."
        if url:
            entry += f" {url[0]}."
        missing = [] if author(report) else ["责任者"]
        missing += [] if day else ["发布日期"]
        missing += ["引用日期"] if url else ["引用日期", "获取路径"]
        lines.append(f"[{number}] {entry}")
        named = f"文本来源：{report['source']}；" if report["source"] and not url else ""
        lines.append(f"    （{named}缺：{'、'.join(missing)}）")
    return "\n".join(lines) + "\n"


def report_key(report_id: str) -> str:
    """A key for BibTeX in ASCII: the report_id, other characters as code points."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"u{ord(c):x}" for c in report_id)


def bibliography(reports: Sequence[Row], methods: Sequence[Publication], packages: Mapping[str, str]) -> str:
    """The reports, the packages that are cited (version by name) and the publications behind the methods as a BibTeX file."""
    entries = ["% The reports. The author follows from the region; everything else is from the report's file."]
    for report in reports:
        url, day = _URL.match(report["source"]), _DAY.match(report["published"])
        by = f"{{{author(report)}}}" if author(report) else ""
        fields = {
            "author": by,
            "title": f"{{{full_title(report)}}}",
            "institution": by,
            "year": report["date"][:4] or report["year"],
            "url": url[0] if url else "",
            "note": f"published {day[0]}" if day else "",
            "langid": "chinese",
        }
        entries.append(bibtex("techreport", report_key(report["report_id"]), fields))
    entries.append("% The software.")
    own = {"author": "{The policy-emphasis authors}", "title": "{policy-emphasis}", "note": f"version {__version__}"}
    entries.append(bibtex("misc", "policy-emphasis", own))
    for name, release in packages.items():
        fields = {"title": f"{{{name}}}", "howpublished": "Python package", "note": f"version {release}"}
        entries.append(bibtex("misc", f"package-{name}", fields))
    entries.append(
        "% Publications behind the methods, as the definitions name them; these say with what each was compared."
    )
    entries += [source.bibtex() for source in methods]
    return "\n\n".join(entries) + "\n"
