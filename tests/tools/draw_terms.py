"""Draw terms for judging by hand: python tests/draw_terms.py [--seed N] [--n N] > sample.tsv.

Of the terms that segmentation made in the reports at hand and that are not in jieba's dictionary, a random sample of
(term, report) pairs. `tests/judgements/terms.tsv` is such a sample with verdicts.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from emphasis.segment.engines import make_engine  # noqa: E402
from emphasis.segment.lexicon import clean, load_words, open_lexicon  # noqa: E402
from emphasis.segment.segmenter import Segmenter  # noqa: E402
from emphasis.segment.term_discovery import find_terms  # noqa: E402
from support.reading import read_report, reports_at_hand  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20250108)
    parser.add_argument("--n", type=int, default=200)
    options = parser.parse_args()
    folder = ROOT / "config" / "lexicon"
    lexicon = open_lexicon(folder)
    segmenter = Segmenter(make_engine("rjieba"), lexicon.terms, load_words(folder / "words.tsv"))
    fresh = make_engine("rjieba")
    pairs: dict[tuple[str, str], str] = {}
    for path in reports_at_hand():
        report = read_report(path)
        accepted, _ = find_terms([clean(s.text) for s in report.sentences], lexicon, segmenter)
        source = {term.term: term.source for term in accepted}
        table = segmenter.with_terms(accepted).table([s.text for s in report.sentences])
        for t in (token for row in table.rows() for token in row):
            if t.kind == "term" and len(t.token) > 1 and not fresh.tag(t.token):
                pairs[t.token, report.report_id] = source.get(t.token, "lexicon")
    for term, report_id in sorted(random.Random(options.seed).sample(sorted(pairs), options.n)):
        print(term, report_id, pairs[term, report_id], sep="\t")


if __name__ == "__main__":
    main()
