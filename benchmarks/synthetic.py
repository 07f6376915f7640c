"""Reports made up from the paragraphs of real ones, as many as wanted, to see how the workflow copes with them.

Usage: python benchmarks/synthetic.py FOLDER NUMBER [REPORT_OR_FOLDER ...]   (default: seeds/)

Each report has some 20,000 characters: a title with region and year, a review and a plan, ten sections or so in each under
headings of the sources, and paragraphs drawn from all of them. So that not every sentence stands in a thousand reports, the
clauses of a sentence change places and its figures other digits; words, lengths and outline stay like those of real reports.
Ten years of the nation, the provinces, the prefectures and the counties, in this order, as far as the number goes. What
differs from real corpora: no word is new after some hundred reports, and neighbours share passages as any two reports do.

The same arguments give the same bytes, and the first reports do not depend on how many follow: of 1,000 the first 100 are
those of 100.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.regions import Region, regions_by_name  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402
from emphasis.run.folder_listing import SUFFIXES  # noqa: E402
from emphasis.text import chinese_numeral, split_sentences  # noqa: E402

CHARACTERS = 20_000
LAST_YEAR = 2025
YEARS = 10
SECTIONS = {"review": 9, "plan": 11}
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Pool:
    """Headings and paragraphs of the sources by role."""

    headings: dict[str, list[str]]
    paragraphs: dict[str, list[str]]


def read_pool(sources: Iterable[Path]) -> Pool:
    """Take the sections of level 2 of real reports apart."""
    headings: dict[str, set[str]] = {role: set() for role in SECTIONS}
    paragraphs: dict[str, set[str]] = {role: set() for role in SECTIONS}
    for file in sources:
        report = ingest(file, file.stem)
        for section in report.sections:
            if section.level == 2 and section.role in SECTIONS:
                text = report.source.text[section.body_start : section.end]
                headings[section.role].add(section.heading)
                paragraphs[section.role] |= {line.strip() for line in text.splitlines() if len(line.strip()) > 40}
    return Pool({k: sorted(v) for k, v in headings.items()}, {k: sorted(v) for k, v in paragraphs.items()})


def places() -> Iterator[tuple[str, str]]:
    """Title and code of the nation and of every region of today, the higher levels first."""
    yield "", ""
    regions = {r.adcode: r for named in regions_by_name().values() for r in named if r.last_year == 9999}
    regions = dict(sorted(regions.items()))

    def full(region: Region) -> str:
        above = dict.fromkeys((region.adcode[:2] + "0000", region.adcode[:4] + "00", region.adcode))
        return "".join(regions[code].name for code in above if code in regions)

    for level in ("province", "prefecture", "county"):
        for code, region in regions.items():
            if region.level == level and region.name[-1] in "省市区县州盟旗":
                yield full(region), code


def compose(pool: Pool, title: str, year: int, seed: str) -> str:
    """The text of one report."""
    rng = random.Random(seed)
    name = title or "中华人民共和国国务院"
    lines = [
        f"{year}年{name}政府工作报告",
        f"——{year}年1月8日在{title or '全国'}第十六届人民代表大会第四次会议上",
        "各位代表:",
        "现在,我代表政府,向大会报告工作,请予审议。",
    ]
    parts = (("review", f"一、{year - 1}年工作回顾"), ("plan", f"二、{year}年工作安排"))
    size, due = 0, 0.0
    for role, heading in parts:
        lines.append(heading)
        topics = rng.sample(pool.headings[role], min(SECTIONS[role], len(pool.headings[role])))
        for number, topic in enumerate(topics, 1):
            lines.append(f"({chinese_numeral(number)}){topic}。{_paragraph(pool, role, rng)}")
            size += len(lines[-1])
            due += CHARACTERS * SECTIONS[role] / sum(SECTIONS.values()) / len(topics)
            while size < due:
                lines.append(_paragraph(pool, role, rng))
                size += len(lines[-1])
    return "\n".join(lines) + "\n"


def _paragraph(pool: Pool, role: str, rng: random.Random) -> str:
    text = rng.choice(pool.paragraphs[role])
    return "".join(_sentence(text[a:b], rng) for a, b in split_sentences(text))


def _sentence(text: str, rng: random.Random) -> str:
    first, *others = text[:-1].split("，")
    rng.shuffle(others)
    shuffled = "，".join([first, *others]) + text[-1:]
    return _DIGIT.sub(lambda digit: digit[0] if digit[0] == "0" else str(rng.randint(1, 9)), shuffled)


def names() -> Iterator[tuple[str, str, int]]:
    """Id, title of the region and year of each report."""
    for title, code in places():
        for back in range(YEARS):
            year = LAST_YEAR - back
            yield f"{title or '全国'}-{code or '000000'}-{year}", title, year


def write(folder: Path, number: int, sources: Iterable[Path]) -> None:
    """Write the first reports; those that lie there already are left as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    pool: Pool | None = None
    for index, (report_id, title, year) in zip(count(), islice(names(), number)):
        file = folder / f"{report_id}.txt"
        if not file.exists():
            pool = pool or read_pool(sources)
            file.write_text(compose(pool, title, year, f"{index}"), encoding="utf-8")


def files(paths: Iterable[Path]) -> list[Path]:
    """The reports that files and folders stand for."""
    found = [p for path in paths for p in (path.rglob("*") if path.is_dir() else [path])]
    return sorted((p for p in found if p.suffix in SUFFIXES and not p.name.startswith("README")), key=lambda p: p.name)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), files(map(Path, sys.argv[3:] or [ROOT / "seeds"])))
