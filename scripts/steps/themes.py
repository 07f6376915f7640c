"""Measure the attention that the reports of a batch give to each theme."""

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.dictionaries import load_themes, overlap_notes
from emphasis.measures.themes import count_hits, no_hits, theme_sections, theme_values
from emphasis.run.step import Step, run_step

COLUMNS = {
    "tokens": ("report_id", "start", "end"),
    "sentences": ("report_id", "section_id", "paragraph", "start", "text"),
    "outline": ("report_id", "section_id", "role"),
}


def themes(step: Step) -> None:
    dictionaries = load_themes(step.files("themes"))
    print(*overlap_notes(dictionaries), sep="\n")
    found = [no_hits()]
    for some in step.chunks(COLUMNS):
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        found.append(count_hits(sentences, some["tokens"], some["outline"], dictionaries, step.params.count_roles))
    hits = pd.concat(found[1:] or found, ignore_index=True)
    # A file that could not be read is no observation of a report without the theme.
    reports = step.table("reports", ["report_id", "n_chars"]).query("n_chars > 0")["report_id"].tolist()
    step.write({"themes": theme_values(hits, reports, dictionaries), "theme_sections": theme_sections(hits)})


if __name__ == "__main__":
    run_step(themes, snakemake)
