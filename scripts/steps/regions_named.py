"""List the regions that the reports of a batch name."""

import pandas as pd

from emphasis.measures.regions_named import regions_named as find
from emphasis.run.step import Step, run_step

COLUMNS = {"tokens": ("report_id", "section_id", "sentence_id", "token", "start", "end")}


def regions_named(step: Step) -> None:
    reports = step.table("reports", ("report_id", "region", "adcode", "region_level", "province", "year"))

    def named(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {"regions_named": find(some["tokens"], reports)}

    step.append_by_report(COLUMNS, named, ["regions_named"])


if __name__ == "__main__":
    run_step(regions_named, snakemake)
