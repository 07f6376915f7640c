"""Code the sentences of a batch in policy areas, and measure the shares of areas in reports, parts and sections."""

from collections.abc import Iterator

import pandas as pd

from emphasis.areas.coder import read_coder
from emphasis.areas.corrections import read_corrections
from emphasis.areas.scheme import read_scheme
from emphasis.areas.tables import area_tables
from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.step import Step, run_step

COLUMNS = {
    "sentences": None,
    "tokens": ("report_id", "sentence_id", "token", "kind"),
    "outline": ("report_id", "section_id", "heading", "role"),
}


def code_batch(step: Step) -> Iterator[dict[str, pd.DataFrame]]:
    scheme = read_scheme(step.file("scheme"))
    coder = read_coder(step.files("coder")[0].parent, scheme.areas)
    corrections = [one for file in step.files("corrections") for one in read_corrections(file, scheme)]
    vocabulary = step.table("vocabulary", ["token", "unit", "n"])
    for some in step.chunks(COLUMNS, as_codes=["tokens"]):
        some["sentences"] = simplify_sentences(some["sentences"], step.params.simplify)
        yield area_tables(some | {"vocabulary": vocabulary}, coder, scheme, corrections, step.params.count_roles)


def areas(step: Step) -> None:
    step.append(code_batch(step), ["sentence_areas", "areas"])


if __name__ == "__main__":
    run_step(areas, snakemake)
