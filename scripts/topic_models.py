"""Fit topic models and say what they can be believed for: one of all reports together, or one of each when they are few."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.segment.stopwords import load_stopwords
from emphasis.tables import concat, load_schemas, read, write
from emphasis.topics.documents import Corpus, Reading, build_corpus
from emphasis.topics.fitting import fit_and_judge
from emphasis.topics.many import Sample, refine
from emphasis.topics.settings import fittings
from emphasis.topics.store import fit_rows, model_rows

if TYPE_CHECKING:
    from snakemake.script import snakemake

TABLES = ("tokens", "sentences", "outline")

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        left_out = load_stopwords(snakemake.input.stopwords) | load_stopwords(snakemake.input.ordinary)
        topics = snakemake.params.topics
        reading = Reading(snakemake.params.count_roles, left_out, topics["paragraph_sentences"])
        together, alone = fittings(topics, snakemake.params.seed, snakemake.threads)
        files = list(zip(*(snakemake.input[name] for name in TABLES), strict=True))

        def batches() -> Iterator[Corpus]:
            """The reports of one batch after the other."""
            for names in files:
                tokens, sentences, outline = (
                    read(file, schemas[name]) for file, name in zip(names, TABLES, strict=True)
                )
                yield build_corpus(tokens, sentences, outline, reading)

        models, fits = [], []
        sample = Sample()
        for batch in batches():
            for report_id in sorted(set(snakemake.params.alone) & set(batch.sentences["report_id"])):
                print(f"{report_id}: a model of its own")
                found = fit_and_judge(f"self:{report_id}", batch.only(report_id), alone)
                fits.append(fit_rows(found))
                models += [model_rows(found.name, found.model)] if found.model else []
            if snakemake.params.together:
                sample.add(batch)
        corpus = sample.corpus
        if corpus is not None:
            print(f"all reports: {sample.n_documents} paragraphs, {corpus.n_documents} of them in memory")
            found = fit_and_judge("corpus", corpus, together)
            fits.append(fit_rows(found))
            if found.model:
                model = found.model
                if not sample.complete and model.method.name == "nmf":
                    model = refine(model, batches(), snakemake.params.seed)
                models.append(model_rows("corpus", model))
        write(concat(models, schemas["topic_models"]), snakemake.output.topic_models, schemas["topic_models"])
        write(concat(fits, schemas["topic_fits"]), snakemake.output.topic_fits, schemas["topic_fits"])
