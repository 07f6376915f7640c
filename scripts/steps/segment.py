"""Cut the sentences of a batch into tokens."""

from collections.abc import Iterator

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.run.step import Step, run_step
from emphasis.segment.audit import TermCount, count_table
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_table, cut_reports, found_table, merge_counts, token_table


def cut_batch(step: Step, counts: TermCount) -> Iterator[dict[str, pd.DataFrame]]:
    lexicon = open_lexicon(step.file("policy_terms").parent)
    segmenter = Segmenter(make_engine(step.params.segmenter), lexicon.terms, load_words(step.file("words")))
    merged = lexicon.canonical if step.params.merge_aliases else {}
    for some in step.chunks({"sentences": None}):
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        reports = cut_reports(sentences, segmenter, lexicon)
        yield {
            "tokens": token_table(sentences, [report.tokens for report in reports], merged),
            "found_terms": found_table(reports),
            "aliases": alias_table(reports, lexicon, merged=bool(merged)),
        }
        for report in reports:
            counts.add(report.texts, merge_counts(report.counts, merged), report.accepted)
            print(f"{report.report_id}: {report.counts.total()} tokens, {len(report.accepted)} terms of its own")


def segment(step: Step) -> None:
    counts = TermCount(open_lexicon(step.file("policy_terms").parent).terms)
    step.append(cut_batch(step, counts), ["tokens", "found_terms", "aliases"])
    step.write({"term_counts": count_table(counts)})


if __name__ == "__main__":
    run_step(segment, snakemake)
