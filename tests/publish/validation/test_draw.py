"""Which sentences are drawn, and with what weights."""

import numpy as np
import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.publish.validation.draw import NONE, OTHER, allocate, area_strata, draw, theme_strata


def test_half_in_equal_parts_half_in_proportion():
    assert allocate([100, 900], 100) == [30, 70]
    assert allocate([300, 300, 300], 60) == [20, 20, 20]


def test_small_strata_are_taken_whole_and_the_rest_is_shared_out():
    n = allocate([3, 1, 5000], 100)
    assert n[:2] == [3, 1] and sum(n) == 100
    assert allocate([3, 4], 100) == [3, 4]


@pytest.mark.parametrize("size", [52, 53, 99, 300])
def test_the_size_is_kept_and_two_are_drawn_from_each(size):
    sizes = [2, 7, 30, 40_000, *[100] * 21, 1]
    n = allocate(sizes, size)
    assert sum(n) == size
    assert all(min(2, own) <= drawn <= own for drawn, own in zip(n, sizes, strict=True))


def test_too_small_a_draw_is_refused():
    with pytest.raises(
        EmphasisError, match=r"validate.size: 10 sentences are too few for 6 strata; allowed: 12 or more"
    ):
        allocate([100] * 6, 10)


def test_strata():
    hits = np.array([[1, 0], [1, 1], [0, 0], [1, 0]], dtype=bool)
    # b is the rarer theme.
    assert theme_strata(hits, ["a", "b"]).tolist() == ["a", "b", NONE, "a"]
    assert area_strata(np.array(["1", "7", "15a"]), ["7"]).tolist() == [OTHER, "7", OTHER]


def test_weights_add_up_to_the_population_and_the_seed_decides():
    frame = pd.DataFrame({"sentence_id": [f"r:{i}" for i in range(500)], "stratum": ["a"] * 40 + ["b"] * 460})
    drawn = draw(frame, 60, seed=4)
    assert drawn["weight"].sum() == pytest.approx(500)
    assert drawn["number"].tolist() == list(range(1, 61))
    assert drawn["sentence_id"].is_unique
    # Coders do not see the strata one after the other.
    assert drawn["stratum"].ne(drawn["stratum"].shift()).sum() > 10
    pd.testing.assert_frame_equal(drawn, draw(frame, 60, seed=4))
    assert set(draw(frame, 60, seed=5)["sentence_id"]) != set(drawn["sentence_id"])
