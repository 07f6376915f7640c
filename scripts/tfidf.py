"""Find what sets each section apart from the other sections of its report, for a batch of reports."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.tfidf import tfidf
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        frequency = read(snakemake.input.frequency, schemas["frequency"])
        sections = read(snakemake.input.sections, schemas["sections"])
        write(tfidf(frequency, sections), snakemake.output.tfidf, schemas["tfidf"])
