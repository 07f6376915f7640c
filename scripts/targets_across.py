"""Compare targets with the next year's outturns of a region, and with the targets of the level above."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.tables import concat, load_schemas, only, read, write
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import attainment_rows, gap_rows, quantities_of

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(path, schemas["reports"]) for path in snakemake.input.reports], schemas["reports"])
        targets = concat([read(path, schemas["targets"]) for path in snakemake.input.targets], schemas["targets"])
        quantities = {report_id: quantities_of(only(targets, report_id)) for report_id in reports["report_id"]}
        indicators = load_indicators(Path(snakemake.input.indicators))
        attained = attainment_rows(reports, quantities, indicators)
        write(attained, snakemake.output.target_attainment, schemas["target_attainment"])
        write(gap_rows(reports, quantities), snakemake.output.target_gaps, schemas["target_gaps"])
