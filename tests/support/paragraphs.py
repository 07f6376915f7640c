"""Paragraphs as reports have them: real lengths, and made-up subjects and words that keep together in a paragraph."""

import numpy as np

LENGTHS = {
    # Words of every counted paragraph of a national, a provincial and a district report.
    "national": "3 84 248 16 104 95 43 93 91 83 36 70 85 69 56 39 78 83 48 41 33 57 99 54 25 127 2 90 161 4 126 108 156 58 58 94 9 "
    "58 102 80 125 180 43 6 34 71 187 85 90 101 193 97 48 40 30 91 73 99 83 108 8 27 106 178 24 102 107 136 44 207 89 160 51 89 "
    "93 62 90 83 75 7 34 110 171 185 190 125 174 197 70 88 5 33 95 107 108 101 2 101 33 33 2 136 2 86 88 2 147 2 68",
    "provincial": "3 90 80 151 126 128 101 34 254 297 260 268 302 394 238 237 118 146 6 142 181 53 117 321 656 585 464 313 249 453 "
    "54 238 96 5 42 109 77 88 86 111 68",
    "district": "3 17 60 67 78 68 35 370 364 515 545 456 18 102 175 16 133 161 32 91 69 97 98 107 80 3 111 59 17 454 489 625 391 "
    "397 96 3 66 64 10 50 43 40 36 21 55 7 23 40 34 46 14 69 11 15 24 21",
}  # fmt: skip


def draw_lengths(rng, reports, paragraphs):
    """Lengths of the paragraphs of made-up reports, shape (reports, paragraphs), each report like one of the three."""
    kinds = [np.array(text.split(), dtype="int64") for text in LENGTHS.values()]
    return np.stack([rng.choice(kinds[i % len(kinds)], paragraphs) for i in range(reports)])


TOPICS = np.array([30, 20, 14, 10, 8, 6, 4, 3, 3, 2.0]) / 100
"""True shares of ten topics."""


def draw_topics(rng, shape, spread=1.5):
    """Shares of `TOPICS` in paragraphs, shape (*shape, 10): most of a paragraph belongs to one or two topics.

    Real paragraphs have a design effect of a quarter of their known words. So have those of the Dirichlet law with parameters
    that sum to `spread`, twice that, of which sentences show half.
    """
    return rng.dirichlet(TOPICS * spread, shape)


def draw_counts(rng, sizes, rates, burst):
    """Occurrences of words in paragraphs, Poisson given a gamma rate of shape size / `burst`: the design effect grows with the rate.

    sizes of shape (...,), rates of shape (V,): shape (..., V).
    """
    shape = np.asarray(sizes)[..., None] / burst
    return rng.poisson(rng.gamma(shape, burst * rates))
