"""Count the keywords of every section and of every part of the reports of a batch."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.counts import Counting
from emphasis.measures.frequency import frequency, frequency_parts
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tokens = read(snakemake.input.tokens, schemas["tokens"])
        outline = read(snakemake.input.outline, schemas["outline"])
        stopwords = load_stopwords(snakemake.input.stopwords)
        counting = Counting(snakemake.params.count_roles, stopwords, snakemake.params.min_length)
        write(frequency(tokens, outline, counting), snakemake.output.frequency, schemas["frequency"])
        write(frequency_parts(tokens, outline, counting), snakemake.output.frequency_parts, schemas["frequency_parts"])
