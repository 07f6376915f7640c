"""Labels of topics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from emphasis.topics.model import TopicModel, top_words

_CANDIDATES = 10
_WORDS = 3
_LONGEST = 6


def label(model: TopicModel, topic: int, headings: Sequence[str]) -> str:
    """Up to three words that are frequent in a topic, exclusive to it, and in the headings of its sections.

    Among the ten heaviest words, a word's rank score is ``1 / (0.5 / F + 0.5 / E)`` (FREX: Bischof & Airoldi 2012,
    as the R package stm has it; the paper was not read) with F and E the share of the topic's words that weigh no more, and that are no more exclusive;
    exclusivity is the topic's share of the word's weight in all topics. The score is multiplied by one plus the share of
    the headings that have the word. Words of more than six characters give way to shorter ones.

    Parameters
    ----------
    topic : int
        Index from 0.
    headings : sequence of str
        Of the sections with the largest shares of the topic.
    """
    weights = model.components[topic]
    used = np.flatnonzero(weights > 0)
    exclusive = weights[used] / model.components[:, used].sum(axis=0)
    frequency = _ranks(weights[used])
    frex = 1 / (0.5 / frequency + 0.5 / _ranks(exclusive))
    place = {int(word): i for i, word in enumerate(used)}
    scores = []
    for word in top_words(model.components[[topic]], model.vocabulary, _CANDIDATES)[0]:
        name = str(model.vocabulary[word])
        named = sum(name in heading for heading in headings) / max(len(headings), 1)
        scores.append((len(name) > _LONGEST, -round(float(frex[place[word]]) * (1 + named), 6), name))
    return "·".join(name for _, _, name in sorted(scores)[:_WORDS])


def _ranks(values: np.ndarray) -> np.ndarray:
    ordered = np.sort(values)
    return np.searchsorted(ordered, values, side="right") / len(values)
