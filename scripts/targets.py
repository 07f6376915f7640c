"""Write down every quantitative statement of the reports of a batch, and pair outturns with targets."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.convert import in_simplified
from emphasis.ingest.stored import stored_report
from emphasis.job import logged
from emphasis.tables import concat, load_schemas, places_of, read, write
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import pair_rows, target_rows

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        stored = [read(snakemake.input[name], schemas[name]) for name in ("reports", "outline", "sentences")]
        stored[2] = in_simplified(stored[2], snakemake.params.simplify)
        indicators = load_indicators(Path(snakemake.input.indicators))
        places = [places_of(table) for table in stored]
        targets, pairs = [], []
        for report_id in stored[0]["report_id"]:
            nothing = slice(0, 0)
            own = (table.iloc[place.get(report_id, nothing)] for table, place in zip(stored, places, strict=True))
            report = stored_report(*own)
            quantities = extract(report, indicators)
            targets.append(target_rows(report_id, quantities))
            pairs.append(pair_rows(report_id, quantities))
        write(concat(targets, schemas["targets"]), snakemake.output.targets, schemas["targets"])
        write(concat(pairs, schemas["target_pairs"]), snakemake.output.target_pairs, schemas["target_pairs"])
