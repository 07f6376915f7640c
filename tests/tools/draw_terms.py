"""Sample terms to be judged by hand: python tests/tools/draw_terms.py [--seed N] [--n N] > sample.tsv.

The sample is drawn from the pairs (term, report) that segmentation made of the available reports, without the words that
jieba's dictionary has. `tests/judgements/terms.tsv` is such a sample with verdicts.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from emphasis.segment.cue_words import load_cue_words  # noqa: E402
from emphasis.segment.engines import make_engine  # noqa: E402
from emphasis.segment.lexicon import load_lexicon, load_words, normalise  # noqa: E402
from emphasis.segment.segmenter import Segmenter  # noqa: E402
from emphasis.segment.term_discovery import find_terms  # noqa: E402
from support.reading import available_reports, read_report  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20250108)
    parser.add_argument("--n", type=int, default=200)
    options = parser.parse_args()
    folder = ROOT / "config" / "lexicon"
    lexicon = load_lexicon(folder)
    segmenter = Segmenter(make_engine("rjieba"), lexicon.terms, load_words(folder / "words.tsv"))
    cue_words = load_cue_words(folder / "cue_words.txt")
    fresh = make_engine("rjieba")
    pairs: dict[tuple[str, str], str] = {}
    for path in available_reports():
        report = read_report(path)
        accepted, _ = find_terms([normalise(s.text) for s in report.sentences], lexicon, segmenter, cue_words)
        source = {term.term: term.source for term in accepted}
        table = segmenter.with_terms(accepted).table([s.text for s in report.sentences])
        for t in (token for row in table.rows() for token in row):
            if t.kind == "term" and len(t.token) > 1 and not fresh.tag(t.token):
                pairs[t.token, report.report_id] = source.get(t.token, "lexicon")
    for term, report_id in sorted(random.Random(options.seed).sample(sorted(pairs), options.n)):
        print(term, report_id, pairs[term, report_id], sep="\t")


if __name__ == "__main__":
    main()
