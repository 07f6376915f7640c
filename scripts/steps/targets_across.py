"""Compare targets with the next year's outturns of a region, and with the targets of the level above."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read, read_arrow, write
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import (
    COMPARISON_COLUMNS,
    Ledger,
    are_main_or_canonical,
    are_outturns,
    attainment_rows,
    gap_rows,
)

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(path, schemas["reports"]) for path in snakemake.input.reports], schemas["reports"])
        main, reached = Ledger(), Ledger()
        for path in snakemake.input.targets:
            table = read_arrow(path, schemas["targets"].only(COMPARISON_COLUMNS))
            main.add(table.filter(are_main_or_canonical(table)))
            reached.add(table.filter(are_outturns(table)))
        indicators = load_indicators(Path(snakemake.input.indicators))
        attained = attainment_rows(reports, main, reached, indicators)
        write(attained, snakemake.output.target_attainment, schemas["target_attainment"])
        write(gap_rows(reports, main), snakemake.output.target_gaps, schemas["target_gaps"])
