"""Find when each region takes up the terms of the lexicon and the themes."""

from emphasis.measures.adoption import adoption as follow
from emphasis.measures.adoption import count_uses, uses_of_terms
from emphasis.measures.frequency import PARTS
from emphasis.measures.report_pairs import placed_reports
from emphasis.run.step import Step, run_step
from emphasis.segment.lexicon import lexicon_among
from emphasis.store.tables import read_arrow


def adoption(step: Step) -> None:
    reports = step.table("reports")
    report_ids = placed_reports(reports[reports["n_chars"] > 0])["report_id"].tolist()
    terms = [term.term for term in lexicon_among(step.files).terms]
    tables = (read_arrow(file, step.schemas["term_uses"]) for file in step.files("term_uses"))
    counts = uses_of_terms(tables, report_ids, terms)
    themes = step.rows("themes", ["report_id", "theme", "numerator"], part=PARTS[0], definition="per_10k")
    hits = themes.rename(columns={"numerator": "n"})
    uses = count_uses(report_ids, terms, counts, hits, step.params.min_reports)
    names = ["adoption", "adoption_years"]
    step.append((dict(zip(names, follow(some, reports), strict=True)) for some in uses.chunks()), names)


if __name__ == "__main__":
    run_step(adoption, snakemake)
