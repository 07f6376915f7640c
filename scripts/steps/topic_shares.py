"""Project the reports of a batch on the reference basis and the fitted models: shares of sections and parts, passages."""

from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.topics.basis import models_from_rows, read_basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.shares import batch_tables, concat_tables

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "section_id", "sentence_id", "paragraph", "text"),
    "outline": ("report_id", "section_id", "parent_id", "level", "heading", "role"),
}


def topic_shares(step: Step) -> None:
    params = step.params
    left_out = load_stopwords(step.file("stopwords")) | load_stopwords(step.file("ordinary"))
    settings = CorpusSettings(params.count_roles, left_out, params.paragraph_sentences)
    models = models_from_rows(step.table("topic_models")) | {"basis": read_basis(step.files("basis")[0].parent).model}
    found = concat_tables(
        batch_tables(build_corpus(tokens, sentences, outline, settings), models, sentences, outline)
        for tokens, sentences, outline in (some.values() for some in step.chunks(COLUMNS, as_codes=["tokens"]))
    )
    step.write({name: getattr(found, name) for name in ("topic_sections", "topic_parts", "topic_evidence")})


if __name__ == "__main__":
    run_step(topic_shares, snakemake)
