"""Count the words near the nodes of the configuration, in all reports together."""

from collections.abc import Iterator

import pandas as pd

from emphasis.measures.collocates import collocates as score
from emphasis.measures.collocates import count_neighbours
from emphasis.measures.counting import Counting
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import load_stopwords
from emphasis.store.batches import chunks


def texts(step: Step) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    columns = {
        "tokens": ("report_id", "section_id", "sentence_id", "token", "kind"),
        "outline": ("report_id", "section_id", "role"),
    }
    for some in chunks({name: step.stored(name, wanted) for name, wanted in columns.items()}):
        yield some["tokens"], some["outline"]


def collocates(step: Step) -> None:
    settings = step.params.collocates
    counting = Counting(step.params.count_roles, load_stopwords(step.file("stopwords")), step.params.min_length)
    found = count_neighbours(texts(step), settings["nodes"], settings["window"], counting)
    for node, own in found.items():
        print(f"{node}: {own.n_node} occurrences in {own.n_reports} reports, {own.n_near} words near it")
    step.write({"collocates": score(found, settings["min_n"])})


if __name__ == "__main__":
    run_step(collocates, snakemake)
