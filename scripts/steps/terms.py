"""Sum up segmentation: how often each term occurs as text and as a token, and which other strings may be terms."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.segment.audit import merge_candidates, sum_term_counts
from emphasis.segment.lexicon import load_lexicon
from emphasis.store.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        lexicon = load_lexicon(Path(snakemake.input.policy_terms).parent)
        counts = (read(path, schemas["term_counts"]) for path in snakemake.input.term_counts)
        write(sum_term_counts(counts, lexicon), snakemake.output.terms, schemas["terms"])
        found = (read(path, schemas["found_terms"]) for path in snakemake.input.found_terms)
        write(merge_candidates(found, lexicon), snakemake.output.term_candidates, schemas["term_candidates"])
