"""Write every table into one workbook with a sheet that explains them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.publish.paper.workbook import load_names, write_workbook
from emphasis.run.job import logged

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        package = Path(snakemake.input.package)
        write_workbook(
            json.loads(package.read_text(encoding="utf-8")),
            package.parent,
            Path(snakemake.output.workbook),
            most=snakemake.params.sheet_rows,
            chinese=load_names(Path(snakemake.input.names)),
        )
