"""Measure the attention that the reports of a batch give to each theme."""

from typing import TYPE_CHECKING

import pandas as pd

from emphasis.ingest.simplify import in_simplified
from emphasis.measures.dictionaries import load_themes, overlap_notes
from emphasis.measures.themes import count_hits, no_hits, theme_sections, theme_values
from emphasis.run.job import logged
from emphasis.store.batches import read_chunks
from emphasis.store.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "start", "end"),
    "sentences": ("report_id", "section_id", "start", "text"),
    "outline": ("report_id", "section_id", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        themes = load_themes(snakemake.input.themes)
        print(*overlap_notes(themes), sep="\n")
        schemas = load_schemas(snakemake.input.schemas)
        reports = read(snakemake.input.reports, schemas["reports"])
        paths = {name: snakemake.input[name] for name in COLUMNS}
        counted = [
            count_hits(
                in_simplified(chunk["sentences"], snakemake.params.simplify),
                chunk["tokens"],
                chunk["outline"],
                themes,
                snakemake.params.count_roles,
            )
            for chunk in read_chunks(paths, schemas, COLUMNS)
        ]
        counts = pd.concat(counted, ignore_index=True) if counted else no_hits()
        write(theme_values(counts, reports["report_id"].tolist(), themes), snakemake.output.themes, schemas["themes"])
        write(theme_sections(counts), snakemake.output.theme_sections, schemas["theme_sections"])
