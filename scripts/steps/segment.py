"""Segment the sentences of a batch into tokens."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.ingest.simplify import in_simplified
from emphasis.run.job import logged
from emphasis.segment.audit import TermCounter, term_counts
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon, load_words
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_counts, found_terms_table, merge_aliases, segment_reports, token_table
from emphasis.store.batches import StoredTable, chunks
from emphasis.store.tables import Writer, load_schemas, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        lexicon = load_lexicon(Path(snakemake.input.policy_terms).parent)
        cue_words = load_cue_words(Path(snakemake.input.cue_words))
        segmenter = Segmenter(
            make_engine(snakemake.params.segmenter), lexicon.terms, load_words(Path(snakemake.input.words))
        )
        counter = TermCounter(lexicon.terms)
        canonical = lexicon.canonical if snakemake.params.merge_aliases else {}
        stored = StoredTable([snakemake.input.sentences], schemas["sentences"])
        with ExitStack() as stack:
            tokens, found, aliases = (
                stack.enter_context(Writer(snakemake.output[name], schemas[name]))
                for name in ("tokens", "found_terms", "aliases")
            )
            for chunk in chunks({"sentences": stored}):
                sentences = in_simplified(chunk["sentences"], snakemake.params.simplify)
                reports = segment_reports(sentences, segmenter, lexicon, cue_words)
                tokens.add(token_table(sentences, [report.tokens for report in reports], canonical))
                found.add(found_terms_table(reports))
                aliases.add(alias_counts(reports, lexicon, merged=bool(canonical)))
                for report in reports:
                    counter.add(report.texts, merge_aliases(report.counts, canonical), report.accepted)
                    print(
                        f"{report.report_id}: {report.counts.total()} tokens, {len(report.accepted)} terms of its own"
                    )
        write(term_counts(counter), snakemake.output.term_counts, schemas["term_counts"])
