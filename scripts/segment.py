"""Cut the sentences of a batch into tokens."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.convert import in_simplified
from emphasis.job import logged
from emphasis.pieces import StoredTable, pieces
from emphasis.segment.audit import TermCount
from emphasis.segment.batch import merge_aliases, segment_report
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.summary import count_report, count_table
from emphasis.tables import Writer, load_schemas, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        lexicon = open_lexicon(Path(snakemake.input.policy_terms).parent)
        segmenter = Segmenter(
            make_engine(snakemake.params.segmenter), lexicon.terms, load_words(Path(snakemake.input.words))
        )
        counts = TermCount(lexicon.terms)
        names = ("tokens", "found_terms", "aliases")
        with ExitStack() as stack:
            out = {name: stack.enter_context(Writer(snakemake.output[name], schemas[name])) for name in names}
            for piece in pieces({"sentences": StoredTable([snakemake.input.sentences], schemas["sentences"])}, 1):
                sentences = in_simplified(piece["sentences"], snakemake.params.simplify)
                tokens, found = segment_report(sentences, segmenter, lexicon)
                tokens, aliases = merge_aliases(tokens, lexicon, merged=snakemake.params.merge_aliases)
                for name, table in zip(names, (tokens, found, aliases), strict=True):
                    out[name].add(table)
                count_report(counts, sentences, tokens, found)
                report_id = sentences["report_id"].iloc[0]
                print(f"{report_id}: {len(tokens)} tokens, {found['used'].sum()} terms of its own")
        write(count_table(counts), snakemake.output.term_counts, schemas["term_counts"])
