"""Cut the sentences of a batch into tokens."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.job import logged
from emphasis.segment.audit import TermCount, count_table
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_table, cut_reports, found_table, merge_counts, token_table
from emphasis.store.batches import StoredTable, chunks
from emphasis.store.tables import Writer, load_schemas, write

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
        merged = lexicon.canonical if snakemake.params.merge_aliases else {}
        stored = StoredTable([snakemake.input.sentences], schemas["sentences"])
        with ExitStack() as stack:
            tokens, found, aliases = (
                stack.enter_context(Writer(snakemake.output[name], schemas[name]))
                for name in ("tokens", "found_terms", "aliases")
            )
            for chunk in chunks({"sentences": stored}):
                sentences = simplify_sentences(chunk["sentences"], snakemake.params.simplify)
                reports = cut_reports(sentences, segmenter, lexicon)
                tokens.add(token_table(sentences, [report.tokens for report in reports], merged))
                found.add(found_table(reports))
                aliases.add(alias_table(reports, lexicon, merged=bool(merged)))
                for report in reports:
                    counts.add(report.texts, merge_counts(report.counts, merged), report.accepted)
                    print(
                        f"{report.report_id}: {report.counts.total()} tokens, {len(report.accepted)} terms of its own"
                    )
        write(count_table(counts), snakemake.output.term_counts, schemas["term_counts"])
