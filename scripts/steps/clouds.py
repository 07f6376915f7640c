"""Draw the word clouds of one report: the whole, its parts, and each section."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.figures.clouds import draw_clouds, report_clouds
from emphasis.run.job import logged
from emphasis.store.tables import load_schemas, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        report_id, params = snakemake.wildcards.report_id, snakemake.params
        tables = {name: read(snakemake.input[name], schemas[name], report_id=report_id) for name in schemas}
        draw_clouds(
            report_clouds(tables, params.count_roles, params.words, params.language),
            Path(snakemake.output.clouds),
            language=params.language,
            weight=params.font_weight,
            seed=params.seed,
            workers=snakemake.threads,
        )
