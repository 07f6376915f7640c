"""Fill in `first_year` of the lexicon from national reports: python scripts/tools/lexicon_years.py LEXICON REPORT...

A report's file name ends in its year. For each term the earliest report that has it gives `first_year`; a source that
names a national report is renewed with it. The lexicon is rewritten in place, sorted by kind and term.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from emphasis.segment.lexicon import LEXICON_COLUMNS, load_terms, normalise


def first_years(terms: list[str], reports: dict[int, str]) -> dict[str, int]:
    """The earliest year whose text has each term; terms in none are left out."""
    texts = {year: re.sub('[“”"]', "", normalise(text)) for year, text in sorted(reports.items())}
    return {term: year for term in terms for year in [next((y for y, t in texts.items() if term in t), 0)] if year}


def main(arguments: list[str]) -> None:
    """Rewrite the lexicon named first from the reports named after it."""
    path, *files = map(Path, arguments)
    lexicon = load_terms(path)
    reports = {int(file.stem[-4:]): file.read_text(encoding="utf-8-sig") for file in files}
    years = first_years([term.term for term in lexicon.terms], reports)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(LEXICON_COLUMNS)
        for term in sorted(lexicon.terms, key=lambda t: (t.kind, t.term)):
            year = years.get(term.term)
            source = f"national-{year}" if year else term.source
            writer.writerow([term.term, term.kind, source, year or "", "|".join(term.aliases), term.pos])


if __name__ == "__main__":
    main(sys.argv[1:])
