"""Write the methods text of a run in English and Chinese, and the references."""

from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.formulas import formulas
from emphasis.publish.paper.methods import area_facts, facts, methods_text, packages, reference_facts
from emphasis.publish.paper.references import bibliography, cited_publications, gb7714
from emphasis.run.step import Step, run_step
from emphasis.store.atomic import write_text


def methods(step: Step) -> None:
    config, library, results = step.params.config, step.files("library"), step.results(step.params.tables)
    reports, publications = list(results.rows("reports")), cited_publications(library)
    values = facts(results, config, load_themes(step.files("themes")), step.files("lexicon"))
    provenance, validation, *corrections = step.files("coder")
    values |= {
        "formulas": formulas(library[0].parents[1]),
        "publications": publications,
        "reference": reference_facts(step.file("reference")),
        "areas": area_facts(provenance, validation, corrections[0] if corrections else None),
    }
    texts = zip(step.targets("texts"), step.files("templates"), step.params.languages, strict=True)
    for path, template, language in texts:
        write_text(path, methods_text(template, language, values))
    step.write_text("bib", bibliography(reports, publications, packages(config["segmenter"])))
    step.write_text("citations", gb7714(reports))


if __name__ == "__main__":
    run_step(methods, snakemake)
