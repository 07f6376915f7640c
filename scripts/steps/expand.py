"""Propose words for the lists of themes from what stands near their words, in all reports together."""

from collections.abc import Iterator

import pandas as pd
from threadpoolctl import threadpool_limits

from emphasis.measures.counting import Counting
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.expansion import MIN_WORDS, surroundings
from emphasis.measures.expansion import expand as propose
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import chunks


def expand(step: Step) -> None:
    columns = {
        "tokens": ("report_id", "section_id", "sentence_id", "token", "kind"),
        "outline": ("report_id", "section_id", "role"),
    }

    def texts() -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        for some in chunks({name: step.stored(name, wanted) for name, wanted in columns.items()}):
            yield some["tokens"], some["outline"]

    counting = Counting(step.params.count_roles, load_stopwords(step.file("stopwords")), step.params.min_length)
    found = surroundings(texts, counting)
    print(
        f"{len(found.words)} words occur often enough, of {MIN_WORDS} that are needed: with fewer, nothing is proposed"
    )
    with threadpool_limits(1):
        table = propose(load_themes(step.files("dictionaries")), found, step.params.seed)
    step.write({"theme_candidates": table})


if __name__ == "__main__":
    run_step(expand, snakemake)
