"""One model of all reports, however many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from emphasis.topics.documents import Corpus
from emphasis.topics.fitting import Fitted, Fitting, fit_and_judge
from emphasis.topics.many import LARGEST, Sample, refine


def fit_together(
    name: str, batches: Callable[[], Iterable[Corpus]], fitting: Fitting, largest: int = LARGEST
) -> Fitted | None:
    """Fit and judge a model of the reports of all batches; None when they have no document.

    Up to 20,000 paragraphs are held together. Of more, so many are drawn; the model is fitted and judged on these and, when
    it is a factorisation, carried on over all, batch by batch.

    Parameters
    ----------
    batches : callable
        Gives the batches anew each time it is called.
    """
    sample = Sample(largest)
    for batch in batches():
        sample.add(batch)
    corpus = sample.corpus
    if corpus is None:
        return None
    print(f"{sample.n_documents} paragraphs, {corpus.n_documents} of them in memory")
    found = replace(fit_and_judge(name, corpus, fitting), n_documents=sample.n_documents)
    if found.model is None or sample.complete or fitting.method.name != "nmf":
        return found
    return replace(found, model=refine(found.model, batches(), fitting.draws.seed))
