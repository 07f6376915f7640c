"""Fit and validate topic models: one of all reports, or one of each when they are few."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.run.reports_folder import is_sampled
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import concat, load_schemas, write
from emphasis.topics.basis import fit_rows, model_rows
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus
from emphasis.topics.fitting import fit_and_validate, fit_batches, fit_settings

if TYPE_CHECKING:
    from snakemake.script import snakemake

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "section_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "level", "role"),
}

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        left_out = load_stopwords(snakemake.input.stopwords) | load_stopwords(snakemake.input.ordinary)
        topics = snakemake.params.topics
        settings = CorpusSettings(snakemake.params.count_roles, left_out, topics["paragraph_sentences"])
        together, alone = fit_settings(topics, snakemake.params.seed, snakemake.threads)
        files = list(zip(*(snakemake.input[name] for name in COLUMNS), strict=True))

        def batches() -> Iterator[Corpus]:
            """The corpus, some reports at a time."""
            for paths in files:
                for chunk in read_chunks(dict(zip(COLUMNS, paths, strict=True)), schemas, COLUMNS, as_codes=["tokens"]):
                    yield build_corpus(chunk["tokens"], chunk["sentences"], chunk["outline"], settings)

        alone_ids = set(snakemake.params.alone)
        one_in = snakemake.params.one_in

        def sampled() -> Iterator[Corpus]:
            """The reports that the model of a large corpus is fitted on."""
            for batch in batches():
                yield batch.select_reports(
                    [name for name in batch.sentences["report_id"].unique() if is_sampled(name, one_in)]
                )

        found = [fit_batches("corpus", sampled, together)] if snakemake.params.together else []
        for batch in batches() if alone_ids else ():
            for report_id in sorted(alone_ids & set(batch.sentences["report_id"])):
                print(f"{report_id}: a model of its own")
                found.append(fit_and_validate(f"self:{report_id}", batch.select_reports([report_id]), alone))
        fitted = [one for one in found if one]
        models = [model_rows(one.name, one.model) for one in fitted if one.model]
        fits = [fit_rows(one) for one in fitted]
        write(concat(models, schemas["topic_models"]), snakemake.output.topic_models, schemas["topic_models"])
        write(concat(fits, schemas["topic_fits"]), snakemake.output.topic_fits, schemas["topic_fits"])
