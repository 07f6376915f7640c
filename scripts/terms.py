"""Say what segmentation did: how often each term stands as text and as token, and which strings may be terms."""

from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.segment.lexicon import open_lexicon
from emphasis.segment.summary import sum_up_terms
from emphasis.tables import load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        lexicon = open_lexicon(Path(snakemake.input.policy_terms).parent)
        names = ("sentences", "tokens", "found_terms")
        batches = (
            tuple(read(path, schemas[name]) for path, name in zip(paths, names, strict=True))
            for paths in zip(*(snakemake.input[name] for name in names), strict=True)
        )
        terms, candidates = sum_up_terms(batches, lexicon)
        write(terms, snakemake.output.terms, schemas["terms"])
        write(candidates, snakemake.output.term_candidates, schemas["term_candidates"])
