"""Put the tables that batches of reports made together, in the order of the reports."""

from emphasis.run.step import Step, run_step
from emphasis.store.merge import merge_tables
from emphasis.store.tables import load_schema


def merge(step: Step) -> None:
    merge_tables(step.files("parts"), step.target("merged"), load_schema(step.file("schema")), step.csv_form)


if __name__ == "__main__":
    run_step(merge, snakemake)
