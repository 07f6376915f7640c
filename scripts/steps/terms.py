"""Sum up segmentation: how often each term occurs as text and as a token, and which other strings may be terms."""

from emphasis.run.step import Step, run_step
from emphasis.segment.audit import merge_candidates, sum_term_counts
from emphasis.segment.lexicon import lexicon_among
from emphasis.store.tables import read


def terms(step: Step) -> None:
    lexicon = lexicon_among(step.files)
    counts = (read(file, step.schemas["term_counts"]) for file in step.files("term_counts"))
    found = (read(file, step.schemas["found_terms"]) for file in step.files("found_terms"))
    step.write({"terms": sum_term_counts(counts, lexicon), "term_candidates": merge_candidates(found, lexicon)})


if __name__ == "__main__":
    run_step(terms, snakemake)
