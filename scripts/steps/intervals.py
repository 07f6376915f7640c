"""Give the rates of every section their intervals, for a batch of reports."""

from typing import TYPE_CHECKING

from emphasis.measures.frequency import section_intervals
from emphasis.run.job import logged
from emphasis.store.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        frequency = read(snakemake.input.frequency, schemas["frequency"])
        sections = read(snakemake.input.sections, schemas["sections"])
        write(
            section_intervals(frequency, sections), snakemake.output.frequency_intervals, schemas["frequency_intervals"]
        )
