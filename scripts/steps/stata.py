"""Write the tables that statistics are made from as Stata files."""

from emphasis.run.step import Step, run_step
from emphasis.store.stata import write_stata


def stata(step: Step) -> None:
    for name, schema in step.schemas.items():
        write_stata(step.table(name), step.target(name), schema)


if __name__ == "__main__":
    run_step(stata, snakemake)
