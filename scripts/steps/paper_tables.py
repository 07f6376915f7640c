"""Write the tables of a paper: LaTeX, Word, captions, and a document that shows them."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.kit import kit_tables, write_kit
from emphasis.run.job import logged
from emphasis.store.results import Results

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        given, params = snakemake.input, snakemake.params
        results = Results({name: given[name] for name in ["reports", "attention", *params.own]})
        tables = kit_tables(results, load_themes(given.dictionaries), printed=params.printed, most=params.rows)
        drawn = [report for report in results.rows("reports") if report["report_id"] in params.drawn]
        templates = [Path(template) for template in given.templates]
        folder = Path(snakemake.output.documents[0]).parent
        for language, template in zip(params.languages, templates, strict=True):
            write_kit(tables, folder, language, template, drawn)
