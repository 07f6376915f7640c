"""Fit the coder of policy areas on coded sentences, and say how well it codes reports that it has not seen."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from emphasis.areas.coded import find_rows, read_coded, report_ids
from emphasis.areas.coder import write_coder
from emphasis.areas.features import Texts, read_texts
from emphasis.areas.fitting import CodedRows, fit, fit_settings
from emphasis.areas.model_files import provenance, write_held_out, write_provenance, write_tsv
from emphasis.areas.scheme import read_scheme
from emphasis.areas.validation import confusion, cross_validate, figures, kinds_of_reports, learning_curve, transfer
from emphasis.errors import EmphasisError
from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.step import Step, run_step
from emphasis.store.tables import concat, read

COLUMNS = {
    "sentences": None,
    "tokens": ("report_id", "sentence_id", "token", "kind"),
    "outline": ("report_id", "section_id", "heading"),
}
LEAST = 1000


def read_all(step: Step, wanted: Collection[str]) -> Texts:
    """The sentences of the coded reports, batch by batch, so that no other text is held."""
    found: dict[str, pd.DataFrame] = {}
    for name, columns in COLUMNS.items():
        schema = step.schemas[name].only(columns)
        tables = (read(file, schema, columns) for file in step.files(name))
        found[name] = concat([table[table["report_id"].isin(list(wanted))] for table in tables], schema)
    found["sentences"] = simplify_sentences(found["sentences"], step.params.simplify)
    vocabulary = step.table("vocabulary", ["token", "unit", "n"]).drop_duplicates(ignore_index=True)
    return read_texts(found["sentences"], found["tokens"], found["outline"], vocabulary)


def areas_model(step: Step) -> None:
    scheme = read_scheme(step.file("scheme"))
    coded = read_coded(step.file("coded"), step.file("coded_reports"), scheme)
    reports = step.table("reports")
    found = report_ids(coded, reports)
    table = coded.table[coded.table["report"].isin(list(found))].reset_index(drop=True)
    if len(table) < LEAST:
        raise EmphasisError(
            f"{len(table)} coded sentences stand in the reports at hand, too few for a coder (at least {LEAST}); put the reports "
            "that config/areas/coded_reports.tsv names into the folder of reports"
        )
    texts, ids = read_all(step, found.values()), table["report"].map(found)
    rows = find_rows(texts.table, zip(ids, table["start"], table["end"], strict=True))
    known = np.flatnonzero(rows >= 0)
    table, ids = table.iloc[known].reset_index(drop=True), ids.iloc[known].reset_index(drop=True)
    place = {area: i for i, area in enumerate(scheme.areas)}
    area = table["area"].map(place).to_numpy(dtype="int64")
    own = CodedRows(rows[known], area, pd.factorize(table["report"])[0])
    print(f"{len(own)} coded sentences of {len(found)} reports; {len(rows) - len(known)} were not found again")
    write_coder(step.folder, fit(texts, own, scheme.areas))
    held_out = cross_validate(texts, own, scheme.areas)
    samples = {"held-out reports": held_out}
    kinds = kinds_of_reports(ids, reports)
    samples |= {f"all of {name} held out": p for name, p in transfer(texts, own, scheme.areas, kinds).items()}
    curve = learning_curve(texts, own, scheme.areas, step.params.seed)
    samples |= {f"fitted on {n} sentences": p for n, p in curve.items()}
    rows_of = [figures(name, p, own.area, scheme.areas) for name, p in samples.items()]
    write_tsv(step.target("validation"), pd.concat(rows_of, ignore_index=True))
    write_tsv(step.target("confusion"), confusion(held_out, own.area, scheme.areas))
    write_held_out(step.target("held_out"), table, held_out, scheme.areas)
    write_provenance(step.target("provenance"), provenance(coded, found, fit_settings() | {"seed": step.params.seed}))


if __name__ == "__main__":
    run_step(areas_model, snakemake)
