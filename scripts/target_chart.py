"""Draw what a report says was reached beside what it promises."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.targets import comparable_rows, draw_targets
from emphasis.figures.titles import report_title
from emphasis.job import logged
from emphasis.tables import load_schemas, only, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        report_id = snakemake.wildcards.report_id
        reports, pairs = (only(read(snakemake.input[name], schemas[name]), report_id) for name in schemas)
        title = f"{report_title(reports)}  目标与完成 · targets and outturns"
        folder = Path(snakemake.output.chart)
        draw_targets(title, comparable_rows(pairs), folder, weight=snakemake.params.font_weight)
