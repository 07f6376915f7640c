"""Follow the shares of policy areas from year to year and from review to plan, and how widely reports spread over them."""

import pandas as pd

from emphasis.areas.changes import area_changes as compare
from emphasis.areas.changes import change_shapes, diversity_changes
from emphasis.areas.scheme import read_scheme
from emphasis.areas.shares import SECTION, diversity
from emphasis.measures.report_pairs import year_pairs
from emphasis.run.step import Step, run_step
from emphasis.store.tables import concat, read

COLUMNS = ["report_id", "part", "section_id", "area", "share", "low", "high"]


def of_parts(step: Step) -> pd.DataFrame:
    """The shares in parts of reports; those of sections, ten times as many rows, are let go batch by batch."""
    schema = step.schemas["areas"]
    found = [read(file, schema, COLUMNS) for file in step.files("areas")]
    return concat([table[table["part"] != SECTION] for table in found], schema.only(COLUMNS))


def area_changes(step: Step) -> None:
    scheme, reports, shares = read_scheme(step.file("scheme")), step.table("reports"), of_parts(step)
    pairs = year_pairs(reports)
    changes = compare(shares, pairs).merge(reports[["report_id", "region", "year"]], on="report_id", how="left")
    step.write(
        {
            "area_changes": changes,
            "area_diversity": diversity_changes(diversity(shares, scheme), pairs),
            "area_punctuation": change_shapes(changes, reports, scheme),
        }
    )


if __name__ == "__main__":
    run_step(area_changes, snakemake)
