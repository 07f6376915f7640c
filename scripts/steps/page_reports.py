"""Make the files of a batch's reports beside the page: each report as the page shows it, and the text of all of them for search."""

from collections.abc import Mapping

import pandas as pd

from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.site.beside import (
    READ_TOGETHER,
    TEXTS,
    file_stem,
    in_pieces,
    own_comparisons,
    own_rows,
    register,
    searched_text,
    stamp,
)
from emphasis.publish.site.page import load_words, whole_block
from emphasis.run.records import hash_file
from emphasis.run.step import Step, run_step
from emphasis.store.atomic import write_text
from emphasis.store.kept import KeptFolder, installed, key_of


def page_reports(step: Step) -> None:
    folder = step.target("folder")
    together = own_rows(step.params.reports, {name: step.table(name) for name in READ_TOGETHER if name in step.schemas})
    kept = KeptFolder(step.folder.parents[1] / "steps/kept/page_reports" / folder.name, folder)
    key = made_from(step, together)
    if kept.take(key):
        print("as in the run before")
        return
    write_files(step, together)
    kept.keep(key)


def made_from(step: Step, together: Mapping[str, pd.DataFrame]) -> str:
    """What the files are made from: of tables of all reports only the rows of these reports, which one report more seldom changes."""
    own = [*(name for name in step.schemas if name not in together), "dictionaries", "scheme", "words", "schemas"]
    params = step.params
    rows = [pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes() for table in together.values()]
    files = [(name, [hash_file(file) for file in step.files(name)]) for name in own]
    return key_of(installed(), params.code, params.reports, params.count_roles, sorted(together), files, *rows)


def write_files(step: Step, together: Mapping[str, pd.DataFrame]) -> None:
    schemas, roles, folder = step.schemas, step.params.count_roles, step.target("folder")
    themes, scheme = load_themes(step.files("dictionaries")), read_scheme(step.file("scheme"))
    words = load_words(step.file("words"))
    settings = {"themes": themes, "roles": roles, "scheme": scheme, "words": words}
    stored = {
        name: step.stored(name) for name in schemas if name not in together and "report_id" in schemas[name].columns
    }
    vocabulary = step.table("vocabulary").astype(object)
    # Of words that hold no others the page has nothing to say; looking for a report's words takes less among few.
    whole = {"vocabulary": vocabulary[vocabulary["unit"] != vocabulary["token"]]}
    # Those that could not be read have no row.
    sha256 = step.table("reports").set_index("report_id")["sha256"]
    texts = []
    for report_id, tables in in_pieces(set(step.params.reports) & {*sha256.index}, stored, whole, together):
        block = whole_block(report_id, tables, schemas, **settings)
        block["together"] = own_comparisons(report_id, tables, schemas)
        own_stamp, stem = stamp(sha256[report_id], themes, scheme), file_stem(report_id)
        write_text(folder / f"{stem}.js", register(f"{folder.name}/{stem}", own_stamp, block))
        texts.append({"id": report_id, "stamp": own_stamp} | searched_text(report_id, tables, roles, scheme))
    write_text(folder / f"{TEXTS}.js", register(f"{folder.name}/{TEXTS}", "", texts))


if __name__ == "__main__":
    run_step(page_reports, snakemake)
