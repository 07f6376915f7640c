"""Make the page that shows every number with the sentences behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.measures.counts import Counting
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.site.data import figure_names
from emphasis.publish.site.page import build_page, load_assets
from emphasis.run.job import logged
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.atomic import write_atomically
from emphasis.store.results import Results
from emphasis.store.tables import load_schemas

if TYPE_CHECKING:
    from snakemake.script import snakemake

OF_ALL = ("reports", "warnings", "themes")
"""Tables of which the page has the rows of all reports."""

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        shown = snakemake.params.shown
        results = Results({name: snakemake.input.get(name, []) for name in schemas}, schemas)
        # In a large corpus only what the page shows is held.
        tables = {name: results.table(name, None if name in OF_ALL else shown) for name in schemas}
        stopwords = load_stopwords(snakemake.input.stopwords)
        page = build_page(
            tables,
            schemas,
            themes=load_themes(snakemake.input.dictionaries),
            counting=Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length),
            figures=figure_names(map(Path, snakemake.input.figures)),
            shown=shown,
            wanted=snakemake.params.wanted,
            assets=load_assets(snakemake.input.assets),
        )
        write_atomically(snakemake.output.page, lambda path: path.write_text(page, encoding="utf-8"))
