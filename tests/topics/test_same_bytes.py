"""Topics of a report depend on neither the processor nor the reports beside it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from emphasis import read_reports
from emphasis.segment.lexicon import load_stopwords
from emphasis.topics.basis import read_basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.fitting import FitSettings, fit_and_validate
from emphasis.topics.model import Method
from emphasis.topics.shares import batch_tables
from emphasis.topics.validation import ValidationSettings
from support import ROOT
from support.reading import SEED, available_reports

KERNELS = ("Prescott", "Core2", "Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX")
"""Kernels of OpenBLAS for processors of the last twenty years; one that this processor cannot run is replaced by the next lower."""
WITHOUT_VECTORS = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"}
ROLES = ("review", "problems", "plan", "closing")
FITTING = FitSettings(Method(), 8, [], 1.0, 2, ValidationSettings(refits=2, shuffles=3, seed=7))
PROGRAM = """
import hashlib, pickle, sys
from emphasis.topics.model import shares
from emphasis.topics.shares import batch_tables
from emphasis.topics import model
exact = []
solve = model.nonnegative_weights
model.nonnegative_weights = lambda gram, right: exact.append(solve(gram, right)) or exact[-1]
corpus, models, sentences, outline = pickle.load(open(sys.argv[1], "rb"))
tables = batch_tables(corpus, models, sentences, outline)
said = b"".join(weights.tobytes() for weights in exact) + tables.topic_sections.to_csv().encode() + tables.topic_parts.to_csv().encode()
print(len(exact), hashlib.sha256(said).hexdigest())
"""


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Tables of four reports: real ones where they are at hand, else made from the bundled one by leaving out lines."""
    folder = tmp_path_factory.mktemp("four")
    lines = SEED.read_text(encoding="utf-8").splitlines(keepends=True)
    real = available_reports()[1:4]
    for file in [SEED, *real]:
        (folder / file.name).write_bytes(file.read_bytes())
    for i in range(3 - len(real)):
        text = "".join(line for n, line in enumerate(lines) if n % 5 != i)
        (folder / f"部分{i}.txt").write_text(text, encoding="utf-8")
    reports = read_reports(folder, segmenter="rjieba")
    return reports.tokens, reports.sentences, reports.outline


def corpus_of(tables, report_ids=None):
    left_out = load_stopwords(ROOT / "config/lexicon/stopwords.txt") | load_stopwords(
        ROOT / "config/reference/topics/ordinary.txt"
    )
    some = [t if report_ids is None else t[t["report_id"].isin(report_ids)].reset_index(drop=True) for t in tables]
    return build_corpus(*some, CorpusSettings(ROLES, left_out, 8)), *some[1:]


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are chosen by a variable of OpenBLAS")
def test_shares_are_the_same_on_every_processor(four, tmp_path):
    corpus, sentences, outline = corpus_of(four)
    models = {"basis": read_basis(ROOT / "config/reference/topics").model}
    (tmp_path / "corpus").write_bytes(pickle.dumps((corpus, models, sentences, outline)))
    settings = [{"OPENBLAS_CORETYPE": kernel} for kernel in KERNELS] + [WITHOUT_VECTORS]
    said = {
        str(setting): subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "corpus")], env=os.environ | setting | {"PYTHONPATH": str(ROOT / "scripts")},
            check=True, capture_output=True, text=True,
        ).stdout
        for setting in settings
    }  # fmt: skip
    assert len(set(said.values())) == 1, said
    assert next(iter(said.values())).startswith("1 ")


def test_a_report_has_the_same_model_and_verdicts_in_every_batch(four):
    together, *_ = corpus_of(four)
    report_ids = sorted(set(four[1]["report_id"]))
    assert len(report_ids) == 4
    for report_id in report_ids:
        alone, *_ = corpus_of(four, [report_id])
        one, other = (
            fit_and_validate(report_id, corpus.select_reports([report_id]), FITTING) for corpus in (alone, together)
        )
        assert one.model is not None and other.model is not None
        assert np.array_equal(one.model.components, other.model.components)
        assert _same(one.validation, other.validation)


def _same(one, other):
    return all(
        np.array_equal(a.topics, b.topics) and (a.band, a.mean, a.mean_band) == (b.band, b.mean, b.mean_band)
        for a, b in ((one.stability, other.stability), (one.coherence, other.coherence))
    )


def test_a_report_has_the_same_shares_in_every_batch(four):
    models = {"basis": read_basis(ROOT / "config/reference/topics").model}
    corpus, sentences, outline = corpus_of(four)
    together = batch_tables(corpus, models, sentences, outline)
    alone = []
    for report_id in sorted(set(four[1]["report_id"])):
        corpus, sentences, outline = corpus_of(four, [report_id])
        alone.append(batch_tables(corpus, models, sentences, outline))
    for name in ("topic_sections", "topic_parts"):
        pd.testing.assert_frame_equal(
            pd.concat([getattr(tables, name) for tables in alone], ignore_index=True),
            getattr(together, name),
            check_exact=True,
        )
