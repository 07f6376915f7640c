"""Sum up what segmentation kept whole, and which candidates may be added to the lexicon."""

from emphasis.run.step import Step, run_step
from emphasis.segment.audit import sum_up_candidates, sum_up_terms
from emphasis.segment.lexicon import open_lexicon
from emphasis.store.tables import read


def terms(step: Step) -> None:
    lexicon = open_lexicon(step.file("policy_terms").parent)
    counts = (read(file, step.schemas["term_counts"]) for file in step.files("term_counts"))
    found = (read(file, step.schemas["found_terms"]) for file in step.files("found_terms"))
    step.write({"terms": sum_up_terms(counts, lexicon), "term_candidates": sum_up_candidates(found, lexicon)})


if __name__ == "__main__":
    run_step(terms, snakemake)
