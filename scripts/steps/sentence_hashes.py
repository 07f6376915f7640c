"""Hash the counted sentences of the reports of a batch, so that sentences that several reports have are found without their text."""

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.measures.shared_text import are_headings, counted_texts, sentence_hashes
from emphasis.run.step import Step, run_step

COLUMNS = {
    "sentences": ("report_id", "sentence_id", "section_id", "text"),
    "outline": ("report_id", "section_id", "role", "heading"),
}


def hash_sentences(step: Step) -> None:
    def hashed(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        sentences, outline = (
            pa.Table.from_pandas(some[name], step.schemas[name].only(columns).arrow, preserve_index=False)
            for name, columns in COLUMNS.items()
        )
        found = [
            pd.DataFrame(
                {
                    "report_id": text.report_id,
                    "place": np.arange(text.sentences.num_rows),
                    "hash": sentence_hashes(text.sentence_texts).view("int64"),
                    "heading": are_headings(text, headings),
                }
            )
            for text, headings in counted_texts(sentences, outline, step.params.count_roles)
        ]
        empty = pd.DataFrame(columns=step.schemas["sentence_hashes"].columns)
        return {"sentence_hashes": pd.concat(found, ignore_index=True) if found else empty}

    step.append_by_report(COLUMNS, hashed, ["sentence_hashes"])


if __name__ == "__main__":
    run_step(hash_sentences, snakemake)
