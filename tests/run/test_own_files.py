"""Settings that name a file which is not there are told before anything runs."""

import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.run.own_files import check_own_files
from support import ROOT

DEFAULT = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))


def test_what_is_shipped_is_there_in_the_project_and_from_elsewhere(tmp_path, monkeypatch):
    check_own_files(DEFAULT)
    monkeypatch.chdir(tmp_path)
    check_own_files(DEFAULT)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("metadata", "nope.tsv", "metadata: nope.tsv is not there"),
        ("metadata", "empty", "metadata: empty is a folder"),
        ("keywords", {"stopwords": "nope.txt"}, "keywords.stopwords: nope.txt is not there; name a text file"),
        ("themes", "empty", "themes: no dictionary in empty"),
        ("areas", "empty", "areas: empty/areas.tsv is not there; name a folder with areas.tsv, weights.parquet"),
        ("areas", "half", "areas: half/weights.parquet is not there"),
        ("reference_topics", "empty", "reference_topics: empty/components.tsv is not there"),
    ],
)
def test_a_setting_is_told_with_what_it_lacks(tmp_path, monkeypatch, key, value, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half/areas.tsv").write_text("area\n", encoding="utf-8")
    with pytest.raises(EmphasisError) as error:
        check_own_files(DEFAULT | {key: value})
    assert str(error.value).startswith(f"configuration: {said}") and "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["config/reports.tsv", "config/lexicon/user_terms.tsv"])
def test_a_link_that_leads_nowhere_is_not_taken_for_no_file(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    link = tmp_path / name
    link.parent.mkdir(parents=True)
    link.symlink_to("nowhere")
    with pytest.raises(EmphasisError, match=f"{name} is a link that leads nowhere"):
        check_own_files(DEFAULT)
    link.unlink()
    link.write_text("term\n", encoding="utf-8")
    check_own_files(DEFAULT)
