"""Make a reference from the reports at hand: counts and figures, without their text, that reports are compared with."""

from collections.abc import Iterator

import pandas as pd

from emphasis.reference.build import CountedPassages, build_reference, count_passages, usable_reports
from emphasis.reference.folder import write_reference
from emphasis.reference.measured import definition_of, definitions, measured_figures
from emphasis.reference.subjects import main_subjects, topic_names
from emphasis.run.step import Step, run_step
from emphasis.store.batches import read_chunks
from emphasis.store.tables import read
from emphasis.targets.indicators import load_variables
from emphasis.topics.basis import copy_basis, read_basis, read_provenance

TABLES = ("counts", "sentences", "themes", "topic_parts", "areas", "targets", "structure")


def reference(step: Step) -> None:
    basis, reports = read_basis(step.files("basis")[0].parent), step.table("reports")
    variables, ids = load_variables(step.file("variables")), set(usable_reports(reports))
    found = step.table("found_terms", ["term", "used"])
    shown, figures = sorted(set(found.loc[found["used"], "term"])), []

    def counted() -> Iterator[CountedPassages]:
        for files in zip(*map(step.files, TABLES), strict=True):
            of = dict(zip(TABLES, files, strict=True))
            others = {name: read(of[name], step.schemas[name]) for name in TABLES[2:]}
            figures.append(measured_figures(others, variables, topic_names(basis.labels)))
            subjects = main_subjects(others["areas"])
            paths = {name: of[name] for name in ("counts", "sentences")}
            columns = {"sentences": ("report_id", "section_id", "paragraph", "text")}
            for some in read_chunks(paths, step.schemas, columns, as_codes=["counts"]):
                taken = some["counts"][some["counts"]["report_id"].isin(ids)]
                if len(taken):
                    yield count_passages(taken, some["sentences"], subjects, shown)

    meanings = definitions(step.files("dictionaries"), step.files("basis"), step.files("areas_coder"))
    meanings |= {"lexicon": definition_of(step.files("lexicon"))}
    passages = list(counted())
    taken = reports[reports["report_id"].isin(ids)]
    made = build_reference(taken, passages, pd.concat(figures), meanings, step.params.settings)
    topics = step.files("basis")[0].parent
    write_reference(step.folder, made, read_provenance(topics))
    copy_basis(topics, step.folder / "topics")


if __name__ == "__main__":
    run_step(reference, snakemake)
