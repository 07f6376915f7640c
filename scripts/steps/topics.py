"""Describe the topics of all models: words, labels, verdicts, passages, their tree, and how their shares change."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.measures.keyness_across import year_pairs
from emphasis.run.job import logged
from emphasis.store.tables import concat, load_schemas, read, write
from emphasis.topics.basis import models_from_rows, read_basis
from emphasis.topics.changes import topic_changes
from emphasis.topics.tables import LEAST_COVERAGE, coverage, summarise

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        parts, evidence, reports = (
            concat([read(file, schemas[name]) for file in snakemake.input[name]], schemas[name])
            for name in ("topic_parts", "topic_evidence", "reports")
        )
        basis = read_basis(Path(snakemake.input.basis[0]).parent)
        models = models_from_rows(read(snakemake.input.topic_models, schemas["topic_models"])) | {"basis": basis.model}
        fits = concat([read(snakemake.input.topic_fits, schemas["topic_fits"]), basis.fits], schemas["topic_fits"])
        found = coverage(parts)
        for row in found[(found["model"] == "basis") & (found["coverage"] < LEAST_COVERAGE)].itertuples():
            print(
                f"{row.report_id}: the basis knows {row.coverage:.0%} of its words; below {LEAST_COVERAGE:.0%} do not rely on it"
            )
        tables = summarise(models, basis, fits, parts, evidence)
        for name in ("topics", "topic_verdicts", "topic_diagnostics", "topic_passages", "topic_tree"):
            write(getattr(tables, name), snakemake.output[name], schemas[name])
        changes = topic_changes(parts, reports, year_pairs(reports))
        write(changes, snakemake.output.topic_changes, schemas["topic_changes"])
