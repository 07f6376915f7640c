"""Measure the attention that the reports of a batch give to each theme."""

from typing import TYPE_CHECKING

from emphasis.ingest.convert import in_simplified
from emphasis.job import logged
from emphasis.measures.dictionaries import explain, load_themes
from emphasis.measures.themes import count_hits, theme_sections, theme_values
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        themes = load_themes(snakemake.input.themes)
        print(*explain(themes), sep="\n")
        schemas = load_schemas(snakemake.input.schemas)
        reports = read(snakemake.input.reports, schemas["reports"])
        counts = count_hits(
            in_simplified(read(snakemake.input.sentences, schemas["sentences"]), snakemake.params.simplify),
            read(snakemake.input.tokens, schemas["tokens"]),
            read(snakemake.input.outline, schemas["outline"]),
            themes,
            snakemake.params.count_roles,
        )
        write(theme_values(counts, reports["report_id"].tolist(), themes), snakemake.output.themes, schemas["themes"])
        write(theme_sections(counts), snakemake.output.theme_sections, schemas["theme_sections"])
