"""Code the sentences of a batch in policy areas, and measure the shares of areas in reports, parts and sections."""

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


def areas(step: Step) -> None:
    scheme = read_scheme(step.file("scheme"))
    coder = read_coder(step.files("coder")[0].parent, scheme.areas)
    corrections = [one for file in step.files("corrections") for one in read_corrections(file, scheme)]
    vocabulary = step.table("vocabulary", ["token", "unit", "n"])

    def code(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        some["sentences"] = simplify_sentences(some["sentences"], step.params.simplify)
        return area_tables(some | {"vocabulary": vocabulary}, coder, scheme, corrections, step.params.count_roles)

    step.append_by_report(COLUMNS, code, ["sentence_areas", "areas"], as_codes=["tokens"])


if __name__ == "__main__":
    run_step(areas, snakemake)
