"""Write the methods text of a run in English and Chinese, and the references."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.methods import (
    bibliography,
    cited_publications,
    facts,
    formulas,
    gb7714,
    methods_text,
    packages,
)
from emphasis.run.job import logged
from emphasis.store.atomic import write_text
from emphasis.store.results import Results

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        given, config = snakemake.input, snakemake.params.config
        results = Results({name: given[name] for name in snakemake.params.tables})
        reports, publications = list(results.rows("reports")), cited_publications(given.library)
        values = facts(results, config, load_themes(given.themes), given.lexicon)
        values |= {"formulas": formulas(Path(given.library[0]).parents[1]), "publications": publications}
        texts = {
            path: methods_text(Path(template), language, values)
            for path, template, language in zip(
                snakemake.output.texts, given.templates, snakemake.params.languages, strict=True
            )
        }
        texts[snakemake.output.bib] = bibliography(reports, publications, packages(config["segmenter"]))
        texts[snakemake.output.citations] = gb7714(reports)
        for path, text in texts.items():
            write_text(path, text)
