"""What `auto` stands for, with few reports and with many."""

import copy

import pytest
import yaml

from emphasis.run.config import check_config
from emphasis.run.scale import AUTO, CHOICES, PAGE, explain, settle
from support import ROOT

SCHEMA = ROOT / "workflow/schemas/config.schema.yaml"
DEFAULT = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))
MOST = DEFAULT["many_reports"]
FEW = ("jieba", "draws", 20, "all", "all", True)
MANY = ("rjieba", "closed", 10, PAGE, PAGE, True)
LARGE = (*MANY[:-1], False)


def value(config, setting):
    for key in setting.split("."):
        config = config[key]
    return config


@pytest.mark.parametrize(("reports", "expected"), [(1, FEW), (MOST, FEW), (MOST + 1, MANY), (10_000, LARGE)])
def test_the_number_of_reports_chooses(reports, expected):
    before = copy.deepcopy(DEFAULT)
    settled, chosen = settle(DEFAULT, reports)
    assert [value(settled, setting) for setting in CHOICES] == list(expected) == list(chosen.values())
    assert list(chosen) == list(CHOICES)
    assert before == DEFAULT
    check_config(settled, SCHEMA)


def test_what_is_set_by_hand_stays():
    config = copy.deepcopy(DEFAULT)
    config["segmenter"], config["keyness"]["test"], config["topics"]["refits"] = "jieba", "draws", 7
    config["figures"]["reports"] = ["a"]
    settled, chosen = settle(config, 10_000)
    assert (settled["segmenter"], settled["keyness"]["test"], settled["topics"]["refits"]) == ("jieba", "draws", 7)
    assert settled["figures"]["reports"] == ["a"]
    assert chosen == {"clouds.reports": PAGE, "site.rest": False}


def test_the_shipped_configuration_leaves_all_of_them_open_and_both_values_are_allowed():
    for setting, values in CHOICES.items():
        assert value(DEFAULT, setting) == AUTO
        for one in values:
            config = copy.deepcopy(DEFAULT)
            *inside, key = setting.split(".")
            (config[inside[0]] if inside else config)[key] = one
            check_config(config, SCHEMA)


def test_the_log_says_what_was_chosen_for_many_reports_and_nothing_for_few():
    assert explain(settle(DEFAULT, MOST)[1], DEFAULT, MOST) == ""
    line = explain(settle(DEFAULT, 1234)[1], DEFAULT, 1234)
    assert line.startswith(f"1,234 reports are more than many_reports ({MOST})")
    assert all(f"{setting}: {value}" in line for setting, value in zip(CHOICES, MANY[:-1], strict=False))
    assert "site.rest: false" in explain(settle(DEFAULT, 2001)[1], DEFAULT, 2001)
    assert explain({"segmenter": "rjieba"}, DEFAULT, 1234).count(":") == 1
