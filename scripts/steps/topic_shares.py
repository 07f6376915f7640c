"""Project the reports of a batch on the reference basis and the fitted models: shares of sections and parts, passages."""

from collections.abc import Sequence

import pandas as pd

from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import split_ids
from emphasis.topics.basis import models_from_rows, read_basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.shares import batch_tables, concat_tables, join_evidence

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "section_id", "sentence_id", "paragraph", "text"),
    "outline": ("report_id", "section_id", "parent_id", "level", "heading", "role"),
}

SHARES = ("topic_sections", "topic_parts")


def topic_shares(step: Step) -> None:
    params = step.params
    left_out = load_stopwords(step.file("stopwords")) | load_stopwords(step.file("ordinary"))
    settings = CorpusSettings(params.count_roles, left_out, params.paragraph_sentences)
    models = models_from_rows(step.table("topic_models")) | {"basis": read_basis(step.files("basis")[0].parent).model}
    stored = {name: step.stored(name, columns, as_codes=name == "tokens") for name, columns in COLUMNS.items()}
    made_from = step.made_from()
    reports = made_from.reports
    # For one report alone there is nothing to take over.
    keys = {report_id: made_from.key(report_id) for report_id in reports} if len(reports) > 1 else {}
    with step.kept(*SHARES, "topic_evidence") as kept:
        known = kept.known(keys, growing=True)
        print(f"rows of the run before: {len(known)} of {len(reports)} reports", flush=True)
        new = [report_id for report_id in reports if report_id not in known]
        read = ([table.of(some) for table in stored.values()] for some in split_ids(new))
        found = concat_tables(
            batch_tables(build_corpus(tokens, sentences, outline, settings), models, sentences, outline)
            for tokens, sentences, outline in read
        )

        def made(some: Sequence[str]) -> dict[str, pd.DataFrame]:
            tables = {name: getattr(found, name) for name in SHARES}
            return {name: table[table["report_id"].isin(list(some))] for name, table in tables.items()}

        step.append(kept.in_order(reports, known, made), SHARES)
        evidence = [found.topic_evidence]
        if known:
            evidence.append(kept.table("topic_evidence", step.schemas["topic_evidence"].columns))
        step.write({"topic_evidence": join_evidence(evidence)})
        if keys:
            kept.keep(keys)


if __name__ == "__main__":
    run_step(topic_shares, snakemake)
