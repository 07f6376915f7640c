"""Cut the sentences of a batch into tokens."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.convert import simplified
from emphasis.job import logged
from emphasis.segment.batch import token_table
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon, load_words
from emphasis.segment.segmenter import Segmenter
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        sentences = read(snakemake.input.sentences, schemas["sentences"])
        user_terms = snakemake.input.get("user_terms")
        lexicon = load_lexicon(Path(snakemake.input.policy_terms), Path(user_terms) if user_terms else None)
        segmenter = Segmenter(
            make_engine(snakemake.params.segmenter), lexicon.terms, load_words(Path(snakemake.input.words))
        )
        if snakemake.params.simplify:
            sentences["text"] = sentences["text"].map(simplified)
        tokens = [token_table(group, segmenter) for _, group in sentences.groupby("report_id")]
        write(concat(tokens, schemas["tokens"]), snakemake.output.tokens, schemas["tokens"])
