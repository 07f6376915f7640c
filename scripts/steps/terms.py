"""Say what segmentation did: how often each term stands as text and as token, and which strings may be terms."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.segment.audit import sum_up_candidates, sum_up_terms
from emphasis.segment.lexicon import open_lexicon
from emphasis.store.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        lexicon = open_lexicon(Path(snakemake.input.policy_terms).parent)
        counts = (read(path, schemas["term_counts"]) for path in snakemake.input.term_counts)
        write(sum_up_terms(counts, lexicon), snakemake.output.terms, schemas["terms"])
        found = (read(path, schemas["found_terms"]) for path in snakemake.input.found_terms)
        write(sum_up_candidates(found, lexicon), snakemake.output.term_candidates, schemas["term_candidates"])
