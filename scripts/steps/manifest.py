"""Write down what went into a run and what came out of it, as a manifest and as an RO-Crate."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.publish.manifest import crate, file_entry, manifest, newest_day, write_json
from emphasis.run.job import logged
from emphasis.store.results import read_rows

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        target = Path(snakemake.output.manifest)
        document = manifest(
            results=target.parent,
            inputs=[Path(path) for path in snakemake.input.reports],
            outputs=[Path(path) for path in snakemake.input.outputs],
            data=[Path(path) for path in snakemake.input.data],
            code=[Path(path) for path in snakemake.input.code],
            config=snakemake.params.config,
        )
        write_json(document, target)
        day = newest_day(read_rows(snakemake.input.metadata))
        write_json(crate(document, file_entry(target, target.name), day), Path(snakemake.output.crate))
