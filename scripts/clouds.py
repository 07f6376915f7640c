"""Draw the word clouds of one report: the whole, its parts, and each section."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.choice import report_clouds
from emphasis.figures.cloud import draw_all
from emphasis.job import logged
from emphasis.tables import load_schemas, only, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        report_id = snakemake.wildcards.report_id
        tables = {name: only(read(snakemake.input[name], schemas[name]), report_id) for name in schemas}
        clouds = report_clouds(
            tables["reports"],
            tables["frequency"],
            tables["frequency_parts"],
            tables["sections"],
            snakemake.params.words,
        )
        folder = Path(snakemake.output.clouds)
        draw_all(
            clouds, folder, weight=snakemake.params.font_weight, seed=snakemake.params.seed, workers=snakemake.threads
        )
