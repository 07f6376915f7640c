"""Compare settings of the topic model on real reports; the defaults were chosen by this comparison.

Usage: python tests/tools/score_topics.py RESULTS_DIR

RESULTS_DIR is the folder of a run on many reports (`snakemake corpus`). For each setting: held-out completion, mean stability
and coherence of a model of all reports, and how many half-sections find their other half: each report is left out of the fit,
each of its titled sections of the second level is divided into odd and even sentences, and a half is right if, of all halves of
the other kind in the report, the one with the most similar topic shares (cosine) belongs to its own section.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.segment.lexicon import load_stopwords  # noqa: E402
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus  # noqa: E402
from emphasis.topics.model import (  # noqa: E402
    Method,
    TopicModel,
    fit,
    shares,
)
from emphasis.topics.validation import (  # noqa: E402
    ValidationSettings,
    completion_curve,
    validate,
)

K, SEED = 20, 1
LEAST_SENTENCES = 4
SETTINGS = {
    "the defaults": {},
    "rows of length 1": {"row_norm": True},
    "words of 3 paragraphs": {"min_df": 3},
    "terms without the words inside": {"inside": False},
    "without the list of ordinary words": {"ordinary": False},
    "paragraphs of at most 5 sentences": {"longest": 5},
}


def corpus_of(folder: Path, ordinary: bool = True, longest: int = 8) -> Corpus:
    left_out = load_stopwords(ROOT / "config/lexicon/stopwords.txt")
    left_out |= load_stopwords(ROOT / "config/reference/topics/ordinary.txt") if ordinary else frozenset()
    roles = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))["count_roles"]
    names = ("corpus/tokens", "corpus/sentences", "steps/outline")
    tokens, sentences, outline = (pd.read_parquet(folder / f"{name}.parquet") for name in names)
    return build_corpus(tokens, sentences, outline, CorpusSettings(roles, left_out, longest))


def common(corpus: Corpus, min_df: int, inside: bool) -> Corpus:
    found = corpus.with_common_words(min_df)
    if inside:
        return found
    word_map = found.word_map.tolil()
    column = {word: i for i, word in enumerate(found.vocabulary)}
    for row, token in enumerate(found.tokens):
        word_map.rows[row], word_map.data[row] = ([column[token]], [1.0]) if token in column else ([], [])
    return replace(found, word_map=word_map.tocsr())


def halves(model: TopicModel, report: Corpus) -> tuple[int, int]:
    """How many halves of sections find their other half, and how many halves there are."""
    own = report.with_vocabulary(model.vocabulary)
    found, length = shares(model, own.sentence_counts), own.n_known
    section, level = (own.sentences[name].to_numpy(dtype=object) for name in ("section_id", "level"))
    kinds: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for name in sorted(set(section[level == 2])):
        inside = np.flatnonzero((section == name) & ~np.isnan(found[:, 0]))
        if len(inside) >= LEAST_SENTENCES:
            for kind, start in zip(kinds, (0, 1), strict=True):
                half = inside[start::2]
                mean = length[half] @ found[half]
                kind.append(mean / np.linalg.norm(mean))
    if not kinds[0]:
        return 0, 0
    likeness = np.array(kinds[0]) @ np.array(kinds[1]).T
    own_place = np.arange(len(likeness))
    right = (likeness.argmax(axis=0) == own_place).sum() + (likeness.argmax(axis=1) == own_place).sum()
    return int(right), 2 * len(likeness)


def main() -> None:
    """Print a line for each setting."""
    print(f"{'setting':36}{'completion':>11}{'stability':>11}{'coherence':>11}{'sections found again':>22}")
    for name, setting in SETTINGS.items():
        own: dict[str, object] = {
            "row_norm": False,
            "min_df": 5,
            "inside": True,
            "ordinary": True,
            "longest": 8,
        } | setting
        method = Method(row_norm=bool(own["row_norm"]))
        corpus = corpus_of(Path(sys.argv[1]), bool(own["ordinary"]), int(str(own["longest"])))
        grain = (int(str(own["min_df"])), bool(own["inside"]))
        used = common(corpus, *grain)
        model = fit(used.document_counts, used.vocabulary, K, SEED, method)
        validation = validate(used, model, ValidationSettings(10, 1, SEED))
        completion = completion_curve(used, [K], SEED, method)[K]
        report = corpus.sentences["report_id"].to_numpy(dtype=object)
        right = total = 0
        for left_out in sorted(set(report)):
            others = common(corpus.select_sentences(np.flatnonzero(report != left_out)), *grain)
            without = fit(others.document_counts, others.vocabulary, K, SEED, method)
            found = halves(without, corpus.select_reports([left_out]))
            right, total = right + found[0], total + found[1]
        again = f"{right} of {total} ({right / total:.3f})"
        print(
            f"{name:36}{completion:11.3f}{validation.stability.mean:11.3f}{validation.coherence.mean:11.3f}{again:>22}",
            flush=True,
        )


if __name__ == "__main__":
    main()
