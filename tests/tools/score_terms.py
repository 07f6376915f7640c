"""Print how well a report's terms are segmented: python tests/tools/score_terms.py GOLD REPORT [--engine jieba].

GOLD is a JSON file with `terms` (`term`, `core`) and `segmentation_error_spans` (`span`, `correct` with slashes), or a
plain list of terms, one per line, all of them core. REPORT is a text or Word file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from emphasis.segment.cue_words import load_cue_words  # noqa: E402
from emphasis.segment.engines import make_engine  # noqa: E402
from emphasis.segment.lexicon import Lexicon, load_lexicon, load_words, normalise  # noqa: E402
from emphasis.segment.segmenter import Segmenter  # noqa: E402
from emphasis.segment.term_discovery import find_terms  # noqa: E402
from emphasis.segment.tokens import Token  # noqa: E402
from support.reading import read_report  # noqa: E402

LEXICON = ROOT / "config" / "lexicon"


@dataclass(frozen=True)
class TermScore:
    """How many occurrences of terms a report has, how many are one token or lie inside one, and the others as segmented."""

    occurrences: int
    exact: int
    covered: int
    split: tuple[str, ...]


def occurrences(text: str, term: str) -> Iterator[int]:
    start = text.find(term)
    while start >= 0:
        yield start
        start = text.find(term, start + 1)


def score(sentences: Sequence[tuple[str, Sequence[Token]]], terms: Sequence[str]) -> TermScore:
    """`sentences` are normalised texts with their tokens, offsets into that text."""
    total = exact = covered = 0
    split: list[str] = []
    for text, tokens in sentences:
        spans = {(t.start, t.end) for t in tokens}
        for term in terms:
            for start in occurrences(text, term):
                end = start + len(term)
                total += 1
                whole = (start, end) in spans
                inside = any(a <= start and end <= b for a, b in spans)
                exact += whole
                covered += inside
                if not whole:
                    mark = "~" if inside else "✗"
                    split.append(
                        f"{mark}{term}: " + "/".join(t.token for t in tokens if t.end > start and t.start < end)
                    )
    return TermScore(total, exact, covered, tuple(split))


def wrong_spans(sentences: Sequence[tuple[str, Sequence[Token]]], spans: Sequence[dict[str, str]]) -> list[str]:
    """Spans that are segmented otherwise than is correct, where they first occur."""
    wrong = []
    for span in spans:
        for text, tokens in sentences:
            start = text.find(span["span"])
            if start < 0:
                continue
            end = start + len(span["span"])
            got = "/".join(t.token for t in tokens if t.end > start and t.start < end)
            if got != span["correct"] and not ("/" not in span["correct"] and span["span"] in got.split("/")[0]):
                wrong.append(f"{span['span']}: {got} instead of {span['correct']}")
            break
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--engine", choices=["jieba", "rjieba"], default="rjieba")
    parser.add_argument("--without", default="", help="leave out lexicon entries with this source")
    options = parser.parse_args(arguments)

    if options.gold.suffix == ".json":
        gold = json.loads(options.gold.read_text(encoding="utf-8"))
        core = [normalise(t["term"]) for t in gold["terms"] if t["core"]]
        every = [normalise(t["term"]) for t in gold["terms"]]
        spans = [{k: str(v) for k, v in s.items()} for s in gold["segmentation_error_spans"]]
    else:
        lines = options.gold.read_text(encoding="utf-8").splitlines()
        core = every = [normalise(line) for line in lines if line and not line.startswith("#")]
        spans = []

    terms = [t for t in load_lexicon(LEXICON).terms if not options.without or t.source != options.without]
    lexicon = Lexicon(tuple(terms))
    report = read_report(options.report)
    engine = make_engine(options.engine)
    base = Segmenter(engine, lexicon.terms, load_words(LEXICON / "words.tsv"))
    texts = [normalise(s.text) for s in report.sentences]
    accepted, _ = find_terms(texts, lexicon, base, load_cue_words(LEXICON / "cue_words.txt"))
    segmenter = base.with_terms(accepted)
    sentences = [(text, segmenter.tokens(text)) for text in texts]

    for name, chosen in (("core", core), ("all", every)):
        result = score(sentences, chosen)
        print(
            f"{name}: {result.occurrences} occurrences, {result.exact / result.occurrences:.1%} one token, "
            f"{result.covered / result.occurrences:.1%} not cut"
        )
        for line in result.split:
            print("   ", line)
    for line in wrong_spans(sentences, spans):
        print("wrong:", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
