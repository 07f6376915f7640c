"""Which file of settings is in force, and what results call it."""

import pytest

from emphasis.project import find, shown
from emphasis.segment.lexicon import read_lexicon
from support import ROOT


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "config/lexicon").mkdir(parents=True)
    (tmp_path / "config/lexicon/user_terms.tsv").write_text("term\n量子之城\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_of_one_s_own_wins_and_the_others_are_the_project_s(folder):
    assert find("config/lexicon/user_terms.tsv") == folder / "config/lexicon/user_terms.tsv"
    assert find("config/lexicon/policy_terms.tsv") == ROOT / "config/lexicon/policy_terms.tsv"
    assert find("config/lexicon") == folder / "config/lexicon"
    assert find("config/none.tsv") == ROOT / "config/none.tsv"
    assert find(folder / "none.tsv") == folder / "none.tsv"


def test_terms_of_one_s_own_join_the_shipped_ones(folder):
    names = ("policy_terms", "unattested_terms", "user_terms")
    shipped = read_lexicon(*(ROOT / f"config/lexicon/{name}.tsv" for name in names[:2]))
    joined = read_lexicon(*(find(f"config/lexicon/{name}.tsv") for name in names))
    assert {term.term for term in joined.terms} - {term.term for term in shipped.terms} == {"量子之城"}


def test_results_do_not_say_where_on_a_machine_the_project_is(folder):
    # As Snakemake has paths: from the folder that it was started in.
    upwards = "../" * (len(folder.parts) - 1) + str(ROOT / "config/regions.tsv").lstrip("/")
    assert shown(upwards) == shown(ROOT / "config/regions.tsv") == "config/regions.tsv"
    assert shown("config/lexicon/user_terms.tsv") == "config/lexicon/user_terms.tsv"
    assert shown("/elsewhere/list.tsv") == "/elsewhere/list.tsv"
