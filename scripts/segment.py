"""Cut the sentences of a batch into tokens."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.convert import in_simplified
from emphasis.job import logged
from emphasis.segment.batch import merge_aliases, segment_report
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        sentences = in_simplified(read(snakemake.input.sentences, schemas["sentences"]), snakemake.params.simplify)
        lexicon = open_lexicon(Path(snakemake.input.policy_terms).parent)
        segmenter = Segmenter(
            make_engine(snakemake.params.segmenter), lexicon.terms, load_words(Path(snakemake.input.words))
        )
        tokens, found = [], []
        for report_id, group in sentences.groupby("report_id"):
            report_tokens, report_found = segment_report(group, segmenter, lexicon)
            tokens.append(report_tokens)
            found.append(report_found)
            print(f"{report_id}: {len(report_tokens)} tokens, {report_found['used'].sum()} terms of its own")
        together = concat(tokens, schemas["tokens"])
        together, aliases = merge_aliases(together, lexicon, merged=snakemake.params.merge_aliases)
        write(together, snakemake.output.tokens, schemas["tokens"])
        write(aliases, snakemake.output.aliases, schemas["aliases"])
        write(concat(found, schemas["found_terms"]), snakemake.output.found_terms, schemas["found_terms"])
