"""What a reader says of the lists, and whether the program still lists what was judged; see tests/judgements/README.md."""

import pandas as pd
import pytest

from emphasis import read_report
from support import REPORT, ROOT

FIRST, FIELDS, TELLING = 25, 18, 0.7
LAST, THINGS = "blind of the last rules", "blind of things"
ALL = pd.read_csv(ROOT / "tests/judgements/distinctive.tsv", sep="\t", keep_default_na=False)
JUDGED, BLIND = (ALL[ALL["reader"] == reader] for reader in ("author", "blind"))
OTHERS, DRAWN = (
    sorted(set(JUDGED.loc[JUDGED["list"] == name, "report"]) - {REPORT}) for name in ("distinctive", "missing")
)
"""Reports whose lists were read: of what they stress five; of what they pass over twelve that were drawn, of which two pass over nothing."""
ALONE = {"distinctive": OTHERS[:2], "missing": ["2025年江苏省政府工作报告", "2025年湖北省政府工作报告"]}


def listed(table, name, report_id):
    """The first terms of a list, with the judgements of those that were read."""
    rows = table[(table["part"] == "whole") & table["rank"].notna()].sort_values("rank").head(FIRST)
    known = JUDGED[(JUDGED["report"] == report_id) & (JUDGED["list"] == name)]
    return rows.merge(known, on="term", how="left", suffixes=("", "_judged"))


def test_every_judgement_is_complete():
    assert set(ALL["telling"]) == {"yes", "no"} and set(ALL["reader"]) == {
        "author",
        "blind",
        "blind afterwards",
        LAST,
        THINGS,
    }
    assert set(ALL.loc[ALL["list"] == "distinctive", "field"]) == {"yes", "no"}
    assert not ALL.duplicated(["report", "list", "term", "reader"]).any()
    # What a report passes over may be fewer terms than a list has room for.
    sizes = (
        ALL[(ALL["list"] == "distinctive") | (ALL["reader"] == "blind")].groupby(["reader", "report", "list"]).size()
    )
    assert sizes.ge(FIRST).all() and len(OTHERS) == 5 and len(DRAWN) == 10


@pytest.mark.parametrize("name", ["distinctive", "missing"])
def test_most_terms_are_called_telling(name):
    rows = JUDGED[(JUDGED["list"] == name) & (JUDGED["report"] != REPORT)]
    assert (rows["telling"] == "yes").mean() >= TELLING


def test_most_of_what_unseen_reports_stress_and_pass_over_is_called_telling():
    """By readers who saw neither the program nor which terms were decoys."""
    for reader, name, reports in ((LAST, "distinctive", 6), (THINGS, "missing", 16)):
        rows = ALL[(ALL["reader"] == reader) & (ALL["list"] == name)]
        assert rows["report"].nunique() == reports and (rows["telling"] == "yes").mean() >= TELLING


def test_what_a_blind_reader_found_in_the_bundled_report_is_still_listed(report):
    """Of the fields that it stresses all but one, and of what was called no omission hardly anything."""
    known = BLIND[BLIND["report"] == REPORT].set_index(["list", "term"])
    stressed = listed(report.distinctive(), "distinctive", REPORT)["term"]
    fields = known.loc["distinctive"].query("field == 'yes'").index
    assert fields.isin(stressed).sum() >= FIELDS
    passed_over = listed(report.missing(), "missing", REPORT)["term"]
    refused = known.loc["missing"].query("telling == 'no'").index
    assert passed_over.isin(refused).sum() <= 1


def test_most_of_what_the_bundled_report_stresses_names_a_field(report):
    """A term that nobody has read counts as one that names none."""
    assert (listed(report.distinctive(), "distinctive", REPORT)["field"] == "yes").sum() >= FIELDS
    assert (listed(report.missing(), "missing", REPORT)["telling"] == "yes").mean() >= TELLING


@pytest.mark.simulation
def test_two_other_reports_still_have_lists_that_were_called_telling(shared):
    """Read alone, a report shows fewer terms than among others: some were not judged."""
    for name, reports in ALONE.items():
        found = []
        for report_id in reports:
            (file,) = (shared / "corpus").glob(f"*/{report_id}.*")
            found.append(listed(getattr(read_report(file), name)(), name, report_id))
        rows = pd.concat(found)
        judged = rows[rows["telling"].notna()]
        # What is stressed was read before rules changed.
        assert len(judged) >= 0.6 * len(rows)
        assert (judged["telling"] == "yes").mean() >= TELLING
