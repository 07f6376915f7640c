"""Write down every quantitative statement of the reports of a batch, and pair outturns with targets."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.simplify import simplify_sentences
from emphasis.ingest.tables import REPORT_COLUMNS, rebuild_reports
from emphasis.run.job import logged
from emphasis.store.batches import read_chunks
from emphasis.store.tables import Writer, load_schemas
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import pair_rows, target_rows

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        paths = {name: snakemake.input[name] for name in REPORT_COLUMNS}
        indicators = load_indicators(Path(snakemake.input.indicators))
        with (
            Writer(snakemake.output.targets, schemas["targets"]) as targets,
            Writer(snakemake.output.target_pairs, schemas["target_pairs"]) as pairs,
        ):
            for chunk in read_chunks(paths, schemas, REPORT_COLUMNS):
                sentences = simplify_sentences(chunk["sentences"], snakemake.params.simplify)
                reports = rebuild_reports(chunk["reports"], chunk["outline"], sentences)
                quantities = {report.report_id: extract(report, indicators) for report in reports}
                targets.add(target_rows(quantities))
                pairs.add(pair_rows(quantities))
