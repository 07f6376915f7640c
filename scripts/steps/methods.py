"""Write the methods text of a run in English and Chinese, and the references."""

from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.methods import bibliography, facts, formulas, gb7714, methods_text, packages, sources
from emphasis.publish.paper.table import rows
from emphasis.run.step import Step, run_step
from emphasis.store.atomic import write_text


def methods(step: Step) -> None:
    config, library = step.params.config, step.files("library")
    reports, named = list(rows(step.files("reports"))), sources(library)
    tables = {name: step.files(name) for name in step.params.tables}
    values = facts(tables, config, load_themes(step.files("themes")), step.files("lexicon"))
    values |= {"formulas": formulas(library[0].parents[1]), "sources": named}
    for path, template, language in zip(
        step.targets("texts"), step.files("templates"), step.params.languages, strict=True
    ):
        write_text(path, methods_text(template, language, values))
    step.write_text("bib", bibliography(reports, named, packages(config["segmenter"])))
    step.write_text("citations", gb7714(reports))


if __name__ == "__main__":
    run_step(methods, snakemake)
