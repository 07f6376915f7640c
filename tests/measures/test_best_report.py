"""Which of several reports of one region and year stands for it."""

import pandas as pd
import pytest

from emphasis.measures.best_report import best_first, sound

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


def test_low_beside_better_does_not_count():
    rows = [
        ("a", "鼓楼区", "320106", 2024, "low"), ("b", "鼓楼区", "320106", 2024, "high"), ("c", "鼓楼区", "350102", 2024, "low"),
        ("d", "", "", 2024, "low"), ("e", "", "", 2024, "high"), ("f", "全国", "", 2024, "medium"), ("g", "全国", "", 2024, "high"),
        ("h", "鼓楼区", "320106", pd.NA, "low"), ("i", "鼓楼区", "320106", pd.NA, "high"),
    ]  # fmt: skip
    columns = ["report_id", "region", "adcode", "year", "confidence"]
    table = pd.DataFrame(rows, columns=columns).astype({"year": "Int64"})
    assert "".join(table["report_id"][sound(table)]) == "bcdefghi"
    assert sound(table.iloc[:0]).tolist() == []
