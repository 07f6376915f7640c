"""Draw hits of the theme dictionaries to be judged: is the passage about the theme?

Use: ``python tests/draw_hits.py RESULTS [N] [SEED] > draw.tsv``

RESULTS is a folder of results over the reports to draw from. N hits a theme (20), each with its sentence.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.measures.dictionaries import load_themes  # noqa: E402
from emphasis.measures.theme_hits import theme_hits  # noqa: E402

AROUND = 40


def main(results: str, n: int = 20, seed: int = 1) -> None:
    sentences = pd.read_parquet(Path(results) / "corpus/sentences.parquet")
    tokens = pd.read_parquet(Path(results) / "corpus/tokens.parquet")
    themes = load_themes(sorted((ROOT / "config/themes").glob("*.yaml")))
    hits = theme_hits(sentences, tokens, themes).merge(
        sentences[["sentence_id", "start", "text"]], on="sentence_id", suffixes=("", "_sentence")
    )
    print("theme\tword\tsentence_id\tstart\tpassage\tverdict\tnote")
    for theme, own in hits.groupby("theme", sort=True):
        drawn = own.iloc[sorted(random.Random(f"{theme}-{seed}").sample(range(len(own)), min(n, len(own))))]
        for hit in drawn.itertuples():
            a, b = hit.start - hit.start_sentence, hit.end - hit.start_sentence
            passage = f"{hit.text[max(0, a - AROUND) : a]}【{hit.text[a:b]}】{hit.text[b : b + AROUND]}"
            print(theme, hit.word, hit.sentence_id, hit.start, " ".join(passage.split()), "", "", sep="\t")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
