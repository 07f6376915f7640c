"""Write docs/scale.md and docs/scale.zh-CN.md, a plan on paper for every county and twenty years (part of `make docs`).

The numbers come from benchmarks/scale.csv and scale_rules.csv, which `make bench-scale` writes, from what the rules ask a cluster
for, and from the pairs of reports that would be compared. Time is carried on from the two largest sizes to that of the plan; memory and
disk in proportion to the largest, since at smaller sizes other steps and other formats decide.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined

from emphasis.ingest.regions import regions_by_name
from emphasis.measures.report_pairs import related_pairs, year_pairs
from emphasis.run.reports_folder import MOST_BATCHES
from emphasis.run.resources import job_resources

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs/scale.md", "zh": ROOT / "docs/scale.zh-CN.md"}
COUNTIES, YEARS = 3_000, 20
CORES = 16
"""Of the one machine that the plan is for."""
CORE_HOUR, GIGABYTE_MONTH = 0.05, 0.023
"""Assumed prices in US dollars: a core for an hour, and a gigabyte in a store of objects for a month."""
TEXT_MB = 0.06
"""Megabytes of a report of 20,000 characters in UTF-8, which those of the benchmark have."""

Row = dict[str, Any]


def read(name: str) -> list[Row]:
    """A table of the benchmark; empty if it was not measured yet."""
    path = ROOT / "benchmarks" / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def carried_on(small: float, large: float, sizes: tuple[int, int], to: int) -> float:
    """What was measured at two sizes at a third: on the line through both, or faster if it grew faster than the number of reports.

    Of values a and b at n and m reports: ``b + (N - m) * (b - a) / (m - n)``, which never falls; where b / a > m / n,
    ``b * (N / m) ** (ln(b / a) / ln(m / n))``.
    """
    n, m = sizes
    if 0 < small * m / n < large:
        return large * math.pow(to / m, math.log(large / small) / math.log(m / n))
    return large + (to - m) * max(large - small, 0.0) / (m - n)


def county_reports() -> pd.DataFrame:
    """The reports of the plan, as the table of reports would have them: counties of today, each for twenty years."""
    counties = sorted(
        {
            region.adcode
            for named in regions_by_name().values()
            for region in named
            if region.level == "county" and region.last_year == 9999
        }
    )
    rows = [
        (f"{code}-{year}", "county", code, code, year, "")
        for code in counties[:COUNTIES]
        for year in range(2025, 2025 - YEARS, -1)
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "region_level", "adcode", "region", "year", "date"])
    return reports.assign(confidence="high", n_chars=15_000)


def pictures_of_a_report() -> int:
    """Files of the charts and clouds of the bundled report."""
    lines = (ROOT / "tests/reference/hashes.tsv").read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("figures/") for line in lines)


def asked_for(step: str, reports: int, in_batch: int) -> tuple[float, float]:
    """Gigabytes and minutes that a job of a rule asks a cluster for, of so many reports of usual length."""
    n = in_batch if step in ("segment", "peers") else reports
    folder = SimpleNamespace(batches=["0"], files_of=lambda batch: ["of usual length.pdf"] * n)
    asked = job_resources(step, folder)  # type: ignore[arg-type]  # only what is asked of a folder
    return asked["mem_mb"]({}, 1) / 1000, asked["runtime"]({}, 1)


def read_rules() -> list[Row]:
    """What each rule took from nothing, without what it took when one report was added."""
    return [row for row in read("scale_rules.csv") if row["step"] in ("corpus", "tables")]


def plan() -> dict[str, Any]:
    """What the pages say, by name."""
    rows = {(int(row["reports"]), row["step"]): row for row in read("scale.csv")}
    sizes = sorted(n for n, step in rows if step == "tables" and (n, "corpus") in rows)[-2:]
    n, m = sizes
    reports = COUNTIES * YEARS

    def further(step: str, column: str) -> float:
        small, large = (float(rows[size, step][column]) for size in (n, m))
        return carried_on(small, large, (n, m), reports)

    cpu = further("corpus", "cpu_s") + further("tables", "cpu_s")
    measured = [float(rows[m, step]["cpu_s"]) for step in ("corpus", "tables")]
    jobs = int(rows[m, "corpus"]["jobs"]) + int(rows[m, "tables"]["jobs"])
    starts = [step for step in ("start", "dry") if (n, step) in rows and (m, step) in rows]
    start = further(starts[0], "cpu_s")
    found = {
        "counties": COUNTIES,
        "years": YEARS,
        "reports": reports,
        "measured": m,
        "before": n,
        "machine": rows[m, "tables"]["machine"],
        "measured_minutes": sum(float(rows[m, step]["wall_s"]) for step in ("corpus", "tables")) / 60,
        "measured_cpu": sum(measured) / m,
        "text_gb": reports * TEXT_MB / 1000,
        "cpu_hours": cpu / 3600,
        "two_cores_hours": (further("corpus", "wall_s") + further("tables", "wall_s")) / 3600,
        "largest_gb": float(rows[m, "tables"]["largest_mb"]) / 1000 * reports / m,
        "largest_step": rows[m, "tables"]["largest_step"],
        "measured_largest_gb": float(rows[m, "tables"]["largest_mb"]) / 1000,
        "disk_gb": float(rows[m, "tables"]["disk_mb"]) / 1000 * reports / m,
        "nothing_s": further("nothing", "cpu_s"),
        "added_s": further("added", "wall_s"),
        "measured_added_s": float(rows[m, "added"]["wall_s"]),
        "cores": CORES,
        "core_hour": CORE_HOUR,
        "gigabyte_month": GIGABYTE_MONTH,
        "batches": MOST_BATCHES,
        "in_batch": reports // MOST_BATCHES,
        "jobs": jobs,
        "start_s": start,
        "starts_hours": jobs * start / 3600,
        "start_is": starts[0],
        "pictures": pictures_of_a_report(),
        "picture_files": pictures_of_a_report() * reports,
    }
    found["storage"] = found["disk_gb"] * GIGABYTE_MONTH
    found["batch_gb"], found["batch_minutes"] = asked_for("segment", reports, found["in_batch"])
    found["all_gb"], found["all_minutes"] = asked_for("similarity", reports, found["in_batch"])
    return found | _since(rows, m) | _pairs() | _of_rules((n, m), reports, cpu)


def _since(rows: dict[tuple[int, str], Row], largest: int) -> dict[str, Any]:
    """What a report takes since more is measured, where the rules were timed later than the largest number of reports."""
    timed: dict[int, float] = {}
    for row in read_rules():
        timed[int(row["reports"])] = timed.get(int(row["reports"]), 0) + float(row["cpu_s"])
    size = max((n for n in timed if (n, "tables") in rows), default=None)
    if size is None or size == largest:
        return {"since": None}
    before = sum(float(rows[size, step]["cpu_s"]) for step in ("corpus", "tables"))
    return {"since": size, "now_cpu": timed[size] / size, "before_cpu": before / size, "dearer": timed[size] / before}


def _pairs() -> dict[str, Any]:
    reports = county_reports()
    pairs = len(related_pairs(reports, year_pairs(reports)))
    return {
        "pairs": pairs,
        "pairs_per_report": pairs / len(reports),
        "every_pair": len(reports) * (len(reports) - 1) / 2,
    }


def _of_rules(sizes: tuple[int, int], reports: int, cpu: float) -> dict[str, Any]:
    """The rules that decide: those that run once for all reports, which more cores do not make faster, and those that grow fastest."""
    seconds: dict[tuple[int, str], float] = {}
    jobs: dict[str, int] = {}
    memory: dict[str, float] = {}
    for row in read_rules():
        key = int(row["reports"]), row["rule"]
        seconds[key] = seconds.get(key, 0) + float(row["cpu_s"])
        if key[0] == sizes[1]:
            jobs[row["rule"]] = jobs.get(row["rule"], 0) + int(row["jobs"])
            memory[row["rule"]] = max(memory.get(row["rule"], 0), float(row["largest_mb"]))
    n, m = sizes
    both = [rule for size, rule in seconds if size == m and (n, rule) in seconds]
    if not both:
        return {"rules": [], "alone_hours": None, "wall_hours": None}
    table: list[Row] = []
    for rule in both:
        a, b = seconds[n, rule], seconds[m, rule]
        table.append(
            {
                "rule": rule,
                "jobs": jobs[rule],
                "cpu": b,
                "power": math.log(b / a) / math.log(m / n),
                "gb": memory[rule] / 1000,
            }
            | {"minutes": carried_on(a, b, sizes, reports) / 60}
        )
    table.sort(key=lambda row: -row["minutes"])
    alone = sum(row["minutes"] for row in table if row["jobs"] == 1) / 60
    longest = max((row["minutes"] for row in table if row["jobs"] == 1), default=0) / 60
    return {
        "rules": table[:10],
        "alone_hours": alone,
        # Batches share the cores; of what is done for all reports together the longest follows on them.
        "wall_hours": max((cpu / 3600 - alone) / CORES, 0) + max(longest, alone / CORES),
    }


def grouped(number: float) -> str:
    """12345 as 12,345."""
    return f"{number:,.0f}"


def pages() -> Iterator[tuple[Path, str]]:
    """Both pages and their texts."""
    environment = Environment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["grouped"] = grouped
    found = plan()
    for language, page in PAGES.items():
        template = (Path(__file__).parent / f"scale.{language}.md.j2").read_text(encoding="utf-8")
        yield page, environment.from_string(template).render(found)


if __name__ == "__main__":
    for page, text in pages():
        page.write_text(text, encoding="utf-8", newline="\n")
