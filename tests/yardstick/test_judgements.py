"""What a reader says of the lists, and whether the program still lists what was judged; see tests/judgements/README.md."""

import pandas as pd
import pytest

from emphasis import read_report
from support import REPORT, ROOT

FIRST, FIELDS, TELLING = 25, 18, 0.7
JUDGED = pd.read_csv(ROOT / "tests/judgements/distinctive.tsv", sep="\t", keep_default_na=False)
OTHERS = sorted(set(JUDGED["report"]) - {REPORT})


def listed(table, name, report_id):
    """The first terms of a list, with the judgements of those that were read."""
    rows = table[(table["part"] == "whole") & table["rank"].notna()].sort_values("rank").head(FIRST)
    known = JUDGED[(JUDGED["report"] == report_id) & (JUDGED["list"] == name)]
    return rows.merge(known, on="term", how="left", suffixes=("", "_judged"))


def test_every_judgement_is_complete():
    assert set(JUDGED["telling"]) == {"yes", "no"} and JUDGED["reader"].ne("").all()
    assert set(JUDGED.loc[JUDGED["list"] == "distinctive", "field"]) == {"yes", "no"}
    assert not JUDGED.duplicated(["report", "list", "term", "reader"]).any()
    assert JUDGED.groupby(["reader", "report", "list"]).size().ge(FIRST).all() and len(OTHERS) == 5


@pytest.mark.parametrize("name", ["distinctive", "missing"])
def test_most_terms_are_called_telling(name):
    rows = JUDGED[(JUDGED["list"] == name) & JUDGED["report"].isin(OTHERS)]
    assert (rows["telling"] == "yes").mean() >= TELLING


def test_most_of_what_the_bundled_report_stresses_names_a_field(report):
    """A term that nobody has read counts as one that names none."""
    assert (listed(report.distinctive(), "distinctive", REPORT)["field"] == "yes").sum() >= FIELDS
    assert (listed(report.missing(), "missing", REPORT)["telling"] == "yes").mean() >= TELLING


@pytest.mark.simulation
def test_two_other_reports_still_have_lists_that_were_called_telling(shared):
    """Read alone, a report shows fewer terms than among others: some were not judged."""
    found = []
    for report_id in OTHERS[:2]:
        (file,) = (shared / "corpus").glob(f"*/{report_id}.*")
        report = read_report(file)
        for name in ("distinctive", "missing"):
            found.append(listed(getattr(report, name)(), name, report_id))
    rows = pd.concat(found)
    judged = rows[rows["telling"].notna()]
    assert len(judged) >= 0.8 * len(rows)
    assert (judged["telling"] == "yes").mean() >= TELLING
