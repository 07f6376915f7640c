"""Reports and software as references: BibTeX, and GB/T 7714 in the numeric style; nothing but what is known of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from emphasis import __version__
from emphasis.publish.paper.read import Row
from emphasis.publish.paper.sources import Source, bibtex

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_URL = re.compile(r"https?://\S+")


def author(report: Row) -> str:
    """The government whose report it is; empty where the region is not known."""
    if report["region_level"] == "national":
        return "国务院"
    return f"{report['region']}人民政府" if report["region"] else ""


def full_title(report: Row) -> str:
    """Title, day and session as far as they are known.

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
    """The reports as GB/T 7714 has them, numbered; below each what the standard asks for and the file does not say."""
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


def bibliography(reports: Sequence[Row], methods: Sequence[Source], packages: Mapping[str, str]) -> str:
    """Reports, software and the publications behind the methods as a BibTeX file.

    Parameters
    ----------
    reports : sequence of Row
        Of reports.csv.
    methods : sequence of Source
    packages : mapping of str to str
        Versions of the packages that are cited.
    """
    entries = ["% The reports. The author follows from the region; everything else is from the report's file."]
    for report in reports:
        url, day = _URL.match(report["source"]), _DAY.match(report["published"])
        year = report["date"][:4] or report["year"]
        fields = {
            "author": f"{{{author(report)}}}" if author(report) else "",
            "title": f"{{{full_title(report)}}}",
            "institution": f"{{{author(report)}}}" if author(report) else "",
            "year": year,
            "url": url[0] if url else "",
            "note": f"published {day[0]}" if day else "",
            "langid": "chinese",
        }
        entries.append(bibtex("techreport", report_key(report["report_id"]), fields))
    entries.append("% The software.")
    own = {"author": "{The policy-emphasis authors}", "title": "{policy-emphasis}", "note": f"version {__version__}"}
    entries.append(bibtex("misc", "policy-emphasis", own))
    for name, version in packages.items():
        entries.append(
            bibtex(
                "misc",
                f"package-{name}",
                {"title": f"{{{name}}}", "howpublished": "Python package", "note": f"version {version}"},
            )
        )
    entries.append(
        "% Publications behind the methods, as the definitions name them. An entry with `annote' was given from memory and not\n"
        "% compared with the publication: check it before you print it."
    )
    entries += [source.bibtex() for source in methods]
    return "\n\n".join(entries) + "\n"
