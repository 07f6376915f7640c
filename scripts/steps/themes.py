"""Measure the attention that the reports of a batch give to each theme."""

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.dictionaries import load_themes, overlap_notes
from emphasis.measures.themes import count_hits, theme_sections, theme_values
from emphasis.run.step import Step, run_step

COLUMNS = {
    "tokens": ("report_id", "start", "end"),
    "sentences": ("report_id", "section_id", "paragraph", "start", "text"),
    "outline": ("report_id", "section_id", "role"),
    "reports": ("report_id", "n_chars"),
}


def themes(step: Step) -> None:
    dictionaries = load_themes(step.files("themes"))
    print(*overlap_notes(dictionaries), sep="\n")

    def measure(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        sentences = simplify_sentences(some["sentences"], step.params.simplify)
        hits = count_hits(sentences, some["tokens"], some["outline"], dictionaries, step.params.count_roles)
        # A file that could not be read is no observation of a report without the theme.
        reports = some["reports"].query("n_chars > 0")["report_id"].tolist()
        return {"themes": theme_values(hits, reports, dictionaries), "theme_sections": theme_sections(hits)}

    step.append_by_report(COLUMNS, measure, ["themes", "theme_sections"])


if __name__ == "__main__":
    run_step(themes, snakemake)
