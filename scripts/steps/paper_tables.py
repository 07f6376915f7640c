"""Write the tables of a paper: LaTeX, Word, captions, and a document that shows them."""

from emphasis.measures.dictionaries import load_themes
from emphasis.publish.paper.kit import kit_tables, write_kit
from emphasis.publish.paper.peer_tables import target_names
from emphasis.run.step import Step, run_step


def paper_tables(step: Step) -> None:
    params = step.params
    results = step.results(["reports", "attention", "area_shares", *params.own])
    themes, targets = load_themes(step.files("dictionaries")), target_names(step.file("variables"))
    tables = kit_tables(results, themes, targets, printed=params.printed, most=params.rows)
    charted = [report for report in results.rows("reports") if report["report_id"] in params.charted]
    for language, template in zip(params.languages, step.files("templates"), strict=True):
        write_kit(tables, step.folder, language, template, charted)


if __name__ == "__main__":
    run_step(paper_tables, snakemake)
