"""Which of several reports of one region and year stands for it."""

import pandas as pd
import pytest

from emphasis.measures.best_report import best_first

COLUMNS = ["report_id", "confidence", "n_chars", "date"]


@pytest.mark.parametrize(
    "rows",
    [
        [("b", "high", 3_000, ""), ("a", "medium", 20_000, "2021-01-01")],
        [("b", "medium", 20_000, ""), ("a", "low", 20_000, "")],
        [("b", "medium", 3_000, ""), ("a", "medium", 2_999, "")],
        [("b", "high", 9_000, "2021-01-05"), ("a", "high", 9_000, "2021-02-05")],
        [("b", "high", 9_000, "2021-01-05"), ("a", "high", 9_000, "")],
        [("a", "high", 9_000, "2021-01-05"), ("b", "high", 9_000, "2021-01-05")],
        [("a", "high", 9_000, None), ("b", "high", 9_000, None)],
    ],
)
def test_confidence_then_length_then_day_then_name(rows):
    for some in (rows, rows[::-1]):
        found = best_first(pd.DataFrame(some, columns=COLUMNS))
        assert found["report_id"].tolist() == [rows[0][0], rows[1][0]]
