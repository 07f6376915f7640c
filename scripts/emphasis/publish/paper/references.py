"""What a run's methods text cites: publications in docstrings, the reports, the software; as BibTeX and after GB/T 7714."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emphasis import __version__
from emphasis.store.results import Row

AUTHOR = "The policy-emphasis authors"
TITLE = "policy-emphasis: what Chinese government work reports put their weight on"
RELEASED = "2026-11-23"
"""How the software is cited, as in CITATION.cff."""

_ENTRY = re.compile(r"^[^\W\d_].*?\((?P<year>(?:18|19|20)\d\d)\)\. ")
# A full stop ends the title unless it follows an initial or a short abbreviation (B., Th.); so does a question mark, which stays.
_TITLE_END = re.compile(r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.|(?<=\?)) ")
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
    """Title, day and session, as far as they are known; of a report without a day its year, where the title does not have it.

    Examples
    --------
    >>> row = dict(title="政府工作报告", date="2025-01-08", year="2025", meeting="长春市第十六届人民代表大会第四次会议")
    >>> full_title(row)
    '政府工作报告——2025年1月8日在长春市第十六届人民代表大会第四次会议上'
    >>> full_title(row | dict(date="", meeting=""))
    '政府工作报告（2025年）'
    """
    title, day = report["title"] or "政府工作报告", _DAY.match(report["date"])
    said = "{}年{}月{}日".format(*map(int, day.groups())) if day else ""
    if not said and report["year"] and report["year"] not in title:
        title += f"（{report['year']}年）"
    if not report["meeting"]:
        return f"{title}——{said}" if said else title
    return f"{title}——{said}在{report['meeting']}上"


def gb7714(reports: Sequence[Row]) -> str:
    """Reports and software as a numbered list after GB/T 7714.

    Below each report stands what the standard requires and the file does not state.
    """
    lines = [
        "# 著录格式：GB/T 7714 顺序编码制。报告的责任者由其地区得出，其余均取自报告文件；文件未载明的项目列于各条之下，请自行补全。",
        "",
    ]
    for number, report in enumerate(reports, 1):
        lines += [f"[{number}] {report_entry(report)}", f"    （{_what_is_missing(report)}）"]
    lines.append(f"[{len(reports) + 1}] {AUTHOR}. {TITLE}: {__version__}[CP]. ({RELEASED}).")
    return "\n".join(lines) + "\n"


def report_entry(report: Row) -> str:
    """A report after GB/T 7714, as far as its file tells."""
    url, day = _URL.match(report["source"]), _DAY.match(report["published"])
    entry = f"{author(report)}. " if author(report) else ""
    entry += f"{full_title(report)}[R{'/OL' * bool(url or day)}]."
    if day:
        entry += f" ({day[0]})."
    return f"{entry} {url[0]}." if url else entry


def _what_is_missing(report: Row) -> str:
    url, day = _URL.match(report["source"]), _DAY.match(report["published"])
    missing = [] if author(report) else ["责任者"]
    missing += [] if day else ["发布日期"]
    missing += ["引用日期"] if url else ["引用日期", "获取路径"]
    named = f"文本来源：{report['source']}；" if report["source"] and not url else ""
    return f"{named}缺：{'、'.join(missing)}"


def report_key(report_id: str) -> str:
    """A key for BibTeX in ASCII: the report_id, other characters as code points."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"+{ord(c):x}" for c in report_id)


def bibliography(reports: Sequence[Row], methods: Sequence[Publication], packages: Mapping[str, str]) -> str:
    """The reports, the software, the packages that are cited (version by name) and the publications behind the methods as BibTeX.

    Versions stand in titles, where every style prints them; `mark` is the sign of GB/T 7714 for the kind of a publication.
    """
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
            "mark": "R",
            "langid": "chinese",
        }
        entries.append(bibtex("techreport", report_key(report["report_id"]), fields))
    entries.append("% The software.")
    own = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE} (version {__version__})}}",
        "year": RELEASED[:4],
        "mark": "CP",
    }
    entries.append(bibtex("misc", "policy-emphasis", own))
    for name, release in packages.items():
        fields = {
            "key": name,
            "title": f"{{{name} (version {release})}}",
            "howpublished": "Python package",
            "mark": "CP",
        }
        entries.append(bibtex("misc", f"package-{name}", fields))
    entries.append(
        "% Publications behind the methods, as the definitions name them; these say with what each was compared."
    )
    entries += [source.bibtex() for source in methods]
    return "\n\n".join(entries) + "\n"
