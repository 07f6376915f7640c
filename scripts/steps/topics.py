"""Describe the topics of all models: words, labels, verdicts, passages, their tree, and how their shares change."""

from emphasis.measures.report_pairs import year_pairs
from emphasis.run.step import Step, run_step
from emphasis.store.tables import concat
from emphasis.topics.basis import models_from_rows, read_basis
from emphasis.topics.changes import topic_changes
from emphasis.topics.tables import LEAST_COVERAGE, coverage, summarise


def topics(step: Step) -> None:
    parts, evidence, reports = step.table("topic_parts"), step.table("topic_evidence"), step.table("reports")
    basis = read_basis(step.files("basis")[0].parent)
    models = models_from_rows(step.table("topic_models")) | {"basis": basis.model}
    fits = concat([step.table("topic_fits"), basis.fits], step.schemas["topic_fits"])
    known = coverage(parts)
    for row in known[(known["model"] == "basis") & (known["coverage"] < LEAST_COVERAGE)].itertuples():
        known_share = f"the basis knows {row.coverage:.0%} of its words"
        print(f"{row.report_id}: {known_share}; below {LEAST_COVERAGE:.0%} do not rely on it")
    found = summarise(models, basis, fits, parts, evidence)
    names = ("topics", "topic_verdicts", "topic_diagnostics", "topic_passages", "topic_tree")
    changes = topic_changes(parts, reports, year_pairs(reports))
    step.write({name: getattr(found, name) for name in names} | {"topic_changes": changes})


if __name__ == "__main__":
    run_step(topics, snakemake)
