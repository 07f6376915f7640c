"""Write down every quantitative statement of the reports of a batch, and pair outturns with targets."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.simplify import in_simplified
from emphasis.ingest.tables import COLUMNS, stored_reports
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
        paths = {name: snakemake.input[name] for name in COLUMNS}
        indicators = load_indicators(Path(snakemake.input.indicators))
        with (
            Writer(snakemake.output.targets, schemas["targets"]) as targets,
            Writer(snakemake.output.target_pairs, schemas["target_pairs"]) as pairs,
        ):
            for chunk in read_chunks(paths, schemas, COLUMNS):
                sentences = in_simplified(chunk["sentences"], snakemake.params.simplify)
                reports = stored_reports(chunk["reports"], chunk["outline"], sentences)
                entries = {report.report_id: extract(report, indicators) for report in reports}
                targets.add(target_rows(entries))
                pairs.add(pair_rows(entries))
