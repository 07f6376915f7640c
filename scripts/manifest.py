"""Write down what went into a run and what came out of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.publish.manifest import manifest, write_manifest

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        document = manifest(
            results=Path(snakemake.output.manifest).parent,
            inputs=[Path(path) for path in snakemake.input.reports],
            outputs=[Path(path) for path in snakemake.input.outputs],
            data=[Path(path) for path in snakemake.input.data],
            code=[Path(path) for path in snakemake.input.code],
            config=snakemake.params.config,
        )
        write_manifest(document, Path(snakemake.output.manifest))
