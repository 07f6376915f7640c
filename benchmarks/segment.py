"""How fast segmentation is: python benchmarks/segment.py [TEXT...] (default: the bundled report).

Prints for each engine the seconds to start (dictionary and lexicon), and in milliseconds per 10,000 characters the discovery
of terms, the segmentation into a table of tokens and the engine alone; the best of several runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.records import Metadata, Report, Sentence, Source  # noqa: E402
from emphasis.segment.cue_words import load_cue_words  # noqa: E402
from emphasis.segment.engines import EngineName, make_engine  # noqa: E402
from emphasis.segment.lexicon import load_lexicon, load_words, normalise  # noqa: E402
from emphasis.segment.segmenter import Segmenter  # noqa: E402
from emphasis.segment.term_discovery import find_terms  # noqa: E402
from emphasis.text import split_sentences  # noqa: E402

RUNS = 7


def read_report(path: Path) -> Report:
    text = path.read_text(encoding="utf-8")
    sentences = tuple(Sentence("s1", 1, a, b, text[a:b]) for a, b in split_sentences(text))
    return Report(path.stem, Source(path.name, "", "utf-8", text), Metadata(), (), sentences)


def best_time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [ROOT / "seeds" / "changchun-2025.txt"]
    reports = [read_report(path) for path in paths]
    texts = [[s.text for s in report.sentences] for report in reports]
    unit = sum(len(report.source.text) for report in reports) / 1e4
    folder = ROOT / "config" / "lexicon"
    lexicon, words = load_lexicon(folder), load_words(folder / "words.tsv")
    cue_words = load_cue_words(folder / "cue_words.txt")
    segmentation: dict[EngineName, float] = {}
    print("engine   start s   discovery ms   segmentation ms   engine alone ms   (per 10,000 characters)")
    names: tuple[EngineName, ...] = ("jieba", "rjieba")
    for name in names:
        start = perf_counter()
        segmenter = Segmenter(make_engine(name), lexicon.terms, words)
        segmenter.tokens("发展")
        ready = perf_counter() - start
        found = best_time(lambda s=segmenter: [find_terms([*map(normalise, t)], lexicon, s, cue_words) for t in texts])
        segmentation[name] = best_time(lambda s=segmenter: [s.table(t) for t in texts])
        cut = make_engine(name).cut
        alone = best_time(lambda c=cut: [c("\n".join(t)) for t in texts])
        times = (found * 1e3 / unit, segmentation[name] * 1e3 / unit, alone * 1e3 / unit)
        print(f"{name:8}{ready:8.2f}{times[0]:15.1f}{times[1]:18.2f}{times[2]:18.2f}")
    print(f"rjieba segments {segmentation['jieba'] / segmentation['rjieba']:.1f} times as fast as jieba")


if __name__ == "__main__":
    main()
