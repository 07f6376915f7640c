"""Cut the sentences of a batch into tokens.
"""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.segment.batch import token_table
from emphasis.segment.segmenter import Segmenter
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        sentences = read(snakemake.input.sentences, schemas["sentences"])
        segmenter = Segmenter()
        tokens = [token_table(group, segmenter) for _, group in sentences.groupby("report_id")]
        write(concat(tokens, schemas["tokens"]), snakemake.output.tokens, schemas["tokens"])
