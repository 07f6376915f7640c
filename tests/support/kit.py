"""The reference's tables as files, which the paper kit is made from."""

from __future__ import annotations

import csv
from pathlib import Path

from emphasis.publish.paper.peer_tables import TargetName, target_names
from emphasis.publish.paper.report_tables import CHANGE_TABLES, REPORT_TABLES, TOPIC_TABLES
from emphasis.store.results import Results, read_rows
from support import REFERENCE, REPORT, ROOT

TABLES = ("reports", *REPORT_TABLES, *TOPIC_TABLES, *CHANGE_TABLES)


def file_of(table: str) -> Path:
    return next(REFERENCE.glob(f"*/{table}.csv"))


def kit_results() -> Results:
    """The tables that the kit of the bundled report is made from."""
    files = {name: file_of(name) for name in TABLES}
    return Results(files | {"attention": file_of("themes"), "area_shares": file_of("areas")})


def kit_targets() -> dict[str, TargetName]:
    return target_names(ROOT / "config/panel_targets.tsv")


def several_results(folder: Path, reports: list[dict[str, str]]) -> Results:
    """The tables as if there were several reports like the bundled one, which differ in what is given of each in reports.csv."""
    for name in TABLES:
        rows = list(read_rows(file_of(name)))
        own = {row["report_id"] for row in rows if "report_id" in row}
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            if own == {REPORT}:
                writer.writerows(_as_of(row, given) for given in reports for row in rows)
            else:
                writer.writerows(row for row in rows if row["model"] == "basis")
                writer.writerows(_as_of(row, given) for given in reports for row in rows if row["model"] != "basis")
    files = {name: folder / f"{name}.csv" for name in TABLES}
    return Results(files | {"attention": files["themes"], "area_shares": files["areas"]})


def _as_of(row: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    if "model" in row:
        row = row | {"model": row["model"].replace(REPORT, given["report_id"])}
    return row | {name: value for name, value in given.items() if name in row}
