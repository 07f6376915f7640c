"""What a text costs after it was read grows with its length, whatever it holds."""

from __future__ import annotations

import os
import time

import pytest

from support.growth import Stages, super_linear
from support.shapes import ANNEX, HEAD, SHAPES

LONG = "EVERY_SHAPE" in os.environ
"""Longer texts, at three places of a file, and areas of all of them; set by ``make test-fuzz``."""
N = 6_000 if LONG else 1_000
AREAS = {"numbered chapters", "nested lists", "distinct lines", "line '一'"}


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_of_text_takes_more_than_linear_time(stages: Stages, name: str) -> None:
    for before in (HEAD, ANNEX, "") if LONG else (HEAD,):
        found = super_linear(stages, lambda n: before + SHAPES[name](n), N, areas=LONG or name in AREAS)  # noqa: B023
        assert not found, f"{name} after {before[-10:]!r}: seconds at n, 2 n, 4 n: {found}"


def test_the_test_notices_a_square(monkeypatch: pytest.MonkeyPatch, stages: Stages) -> None:
    def square(text: str, **_: object) -> dict[str, float]:
        return {"parse": 1e-8 * len(text) ** 2, "mend": 1e-4 * len(text)}

    monkeypatch.setattr(stages, "times", square)
    assert super_linear(stages, lambda n: "一" * n, 1_000).keys() == {"parse"}


def test_four_thousand_numerals_take_a_moment(stages: Stages) -> None:
    start = time.process_time()
    stages.times(HEAD + "一" * 4_000)
    assert time.process_time() - start < 1
