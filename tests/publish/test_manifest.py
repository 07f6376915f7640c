"""What a manifest certifies."""

from __future__ import annotations

import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.publish.manifest import check_inputs, manifest
from emphasis.run.scale import settle
from support import ROOT

CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))

READ = [
    {"file": "a.txt", "sha256": "1"},
    {"file": "a.txt", "sha256": "2"},  # of another folder
    {"file": "t.csv:2", "sha256": "3"},
]


def test_files_that_are_as_they_were_read():
    check_inputs([{"path": "a.txt", "sha256": "2"}, {"path": "t.csv", "sha256": "9"}], READ)


def test_a_file_that_was_read_otherwise_is_refused():
    with pytest.raises(EmphasisError, match=r"a\.txt: the tables were made from other contents .* --forcerun ingest"):
        check_inputs([{"path": "a.txt", "sha256": "4"}], READ)


def test_settings_that_the_number_of_reports_chose_are_told_apart(tmp_path):
    config, chosen = settle(CONFIG, CONFIG["many_reports"] + 1)
    document = manifest(
        results=tmp_path, inputs=[], outlines=[], outputs=[], data=[], code=[], config=config, chosen=chosen
    )
    assert document["configuration"]["keyness"]["test"] == "closed"
    assert document["chosen_by_number_of_reports"] == chosen
    assert "auto" not in {document["configuration"]["segmenter"], *chosen.values()}
