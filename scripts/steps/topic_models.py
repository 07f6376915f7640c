"""Fit and validate topic models: one of all reports, or one of each when they are few."""

from collections.abc import Collection, Iterator
from functools import partial

from emphasis.run.reports_folder import is_sampled
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import read_chunks
from emphasis.store.tables import concat
from emphasis.topics.basis import fit_rows, model_rows
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus
from emphasis.topics.fitting import FitSettings, FittedModel, fit_and_validate, fit_batches, fit_settings

COLUMNS = {
    "tokens": ("report_id", "section_id", "sentence_id", "token", "pos", "kind"),
    "sentences": ("report_id", "section_id", "sentence_id", "paragraph"),
    "outline": ("report_id", "section_id", "level", "role"),
}


def corpora(step: Step, settings: CorpusSettings) -> Iterator[Corpus]:
    """The corpus, some reports at a time."""
    for files in zip(*map(step.files, COLUMNS), strict=True):
        paths = dict(zip(COLUMNS, files, strict=True))
        for some in read_chunks(paths, step.schemas, COLUMNS, as_codes=["tokens"]):
            yield build_corpus(some["tokens"], some["sentences"], some["outline"], settings)


def sampled(step: Step, settings: CorpusSettings) -> Iterator[Corpus]:
    """The reports that the model of a large corpus is fitted on."""
    for some in corpora(step, settings):
        names = some.sentences["report_id"].unique()
        yield some.select_reports([name for name in names if is_sampled(name, step.params.one_in)])


def fit_alone(some: Corpus, wanted: Collection[str], fitting: FitSettings) -> Iterator[FittedModel | None]:
    """A model for each of the wanted reports."""
    for report_id in sorted(set(wanted) & set(some.sentences["report_id"])):
        print(f"{report_id}: a model of its own")
        yield fit_and_validate(f"self:{report_id}", some.select_reports([report_id]), fitting)


def topic_models(step: Step) -> None:
    params = step.params
    left_out = load_stopwords(step.file("stopwords")) | load_stopwords(step.file("ordinary"))
    settings = CorpusSettings(params.count_roles, left_out, params.topics["paragraph_sentences"])
    together, alone = fit_settings(params.topics, params.seed, step.threads)
    found = [fit_batches("corpus", partial(sampled, step, settings), together)] if params.together else []
    if params.alone:
        found += [one for some in corpora(step, settings) for one in fit_alone(some, params.alone, alone)]
    fitted = [one for one in found if one]
    models = [model_rows(one.name, one.model) for one in fitted if one.model]
    rows = {"topic_models": models, "topic_fits": [fit_rows(one) for one in fitted]}
    step.write({name: concat(tables, step.schemas[name]) for name, tables in rows.items()})


if __name__ == "__main__":
    run_step(topic_models, snakemake)
