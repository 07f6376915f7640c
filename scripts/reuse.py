"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.comparisons import year_pairs
from emphasis.measures.counted import CountedTexts
from emphasis.measures.reuse import Formulas, formulas, nearby, related, reuse
from emphasis.measures.shingles import stripped
from emphasis.pieces import StoredTable, pieces
from emphasis.tables import Writer, concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

SENTENCE = ("report_id", "sentence_id", "section_id", "text")
ROLE = ("report_id", "section_id", "role")
TABLES = ("reuse", "reuse_passages")

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        reports = concat([read(file, schemas["reports"]) for file in snakemake.input.reports], schemas["reports"])
        sentences = StoredTable(snakemake.input.sentences, schemas["sentences"], SENTENCE)
        outline = StoredTable(snakemake.input.outline, schemas["outline"], ROLE)
        texts = CountedTexts(sentences, outline, snakemake.params.count_roles)
        known = Formulas()
        for some in texts.sentences():
            for own in some:
                known.add(stripped(own))
        with Writer(snakemake.output.formulas, schemas["formulas"]) as out:
            number = 0
            for some in texts.sentences():
                found = [formulas(own, known.of(number + i)) for i, own in enumerate(some)]
                out.add(concat(found, schemas["formulas"]))
                number += len(some)
        # Groups of reports that are compared with each other, then all together in the order of the reports.
        beside = Path(snakemake.output.reuse).parent
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=beside, prefix=".") as folder:
            groups = nearby(related(reports, year_pairs(reports)), reports)
            parts = {name: [Path(folder, f"{name}-{i}.parquet") for i in range(len(groups))] for name in TABLES}
            for i, pairs in enumerate(groups):
                for name, table in zip(TABLES, reuse(texts.pairs(pairs), known), strict=True):
                    write(table, parts[name][i], schemas[name])
            for name in TABLES:
                with Writer(snakemake.output[name], schemas[name]) as out:
                    for piece in pieces({name: StoredTable(parts[name], schemas[name])}):
                        out.add(piece[name])
