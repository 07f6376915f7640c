import copy

import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.run.config import (
    SHIPPED_TOPICS,
    check_config,
    check_config_file,
    check_writable,
    counted_otherwise,
    reference_settings,
    take_older_names,
    topics_folder,
    typed,
)
from emphasis.run.scale import settle
from support import ROOT

SCHEMA = ROOT / "workflow/schemas/config.schema.yaml"
DEFAULT = yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))


def changed(key, value):
    config = copy.deepcopy(DEFAULT)
    *path, last = key.split(".")
    place = config
    for part in path:
        place = place[part]
    place[last] = value
    return config


def test_the_configuration_that_is_shipped_is_allowed():
    check_config(DEFAULT, SCHEMA)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("segmentor", "jieba", ["segmentor", "unknown key", "did you mean segmenter?"]),
        ("topics.K", 8, ["topics.K", "unknown key"]),
        ("segmenter", "hanlp", ["segmenter", "'hanlp'", "auto, jieba, rjieba"]),
        ("strict", "yes please", ["strict", "'yes please'", "true or false"]),
        ("topics.self_k", 1, ["topics.self_k", "found 1", "a whole number from 2 to 40"]),
        ("topics.self_k", 2.5, ["topics.self_k", "2.5", "whole number"]),
        ("topics.k", "best", ["topics.k", "'best'", "auto, or a number of topics"]),
        ("topics.refits", 4, ["topics.refits", "found 4", "auto, or models fitted", "from 5 to 1000"]),
        ("topics.level", 2, ["topics.level", "found 2", "a number from 0.5 to 1"]),
        ("count_roles", ["review", "preview"], ["count_roles.1", "'preview'", "review, problems, plan"]),
        ("count_roles", [], ["count_roles", "a list of at least 1"]),
        ("reports", "", ["reports", "''", "not empty"]),
        ("clouds.reports", "some", ["clouds.reports", "'some'", "auto, all, page, none, or a list"]),
        ("figures.reports", "some", ["figures.reports", "'some'", "auto, all, page, none, or a list"]),
        ("figures.language", "de", ["figures.language", "'de'", "zh, en"]),
        ("collocates.nodes", ["改革", " "], ["collocates.nodes.1", "' '", "text, not empty"]),
        ("trends.terms", ["\u3000"], ["trends.terms.0", "text, not empty"]),
        ("topics.level", float("nan"), ["topics.level", "found 'nan'", "a number from 0.5 to 1"]),
        ("site.rest", "perhaps", ["site.rest", "'perhaps'", "auto, or true or false"]),
        ("topics", None, ["topics", "None", "a block of keys"]),
    ],
)
def test_a_fault_is_one_line_with_key_found_and_allowed(key, value, words):
    with pytest.raises(EmphasisError) as error:
        check_config(changed(key, value), SCHEMA)
    line = str(error.value)
    assert "\n" not in line
    assert all(word in line for word in ["configuration: ", *words]), line


def test_settings_of_the_last_release_are_taken_and_said():
    config = copy.deepcopy(DEFAULT)
    assert take_older_names(config) == []
    config["topics"] |= {"basis": "my-basis", "basis_k": 30}
    said = take_older_names(config)
    assert [line.partition(";")[0] for line in said] == [
        "topics.basis is called reference_topics now",
        "topics.basis_k is called topics.reference_k now",
    ]
    assert (config["reference_topics"], config["topics"]["reference_k"]) == ("my-basis", 30)
    check_config(config, SCHEMA)
    # The folder that was the default is the shipped one still.
    config["topics"]["basis"] = "config/basis"
    take_older_names(config)
    assert topics_folder(config) == SHIPPED_TOPICS == "config/reference/topics"


@pytest.mark.parametrize(
    ("reference", "topics", "folder"),
    [
        ("shipped", "auto", SHIPPED_TOPICS),
        ("corpus", "auto", SHIPPED_TOPICS),
        ("mine", "auto", "mine/topics"),
        ("older", "auto", SHIPPED_TOPICS),
        ("mine", "other", "other"),
    ],
)
def test_topics_are_those_of_the_reference(tmp_path, monkeypatch, reference, topics, folder):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine/topics").mkdir(parents=True)
    (tmp_path / "mine/topics/components.tsv").touch()
    (tmp_path / "older").mkdir()
    assert topics_folder({"reference": reference, "reference_topics": topics}) == folder


def test_a_missing_key_is_named():
    config = copy.deepcopy(DEFAULT)
    del config["keywords"]["min_length"]
    with pytest.raises(EmphasisError, match="keywords: missing min_length"):
        check_config(config, SCHEMA)


def test_every_setting_is_explained_and_closed():
    def walk(schema, path):
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, path
            assert set(schema["required"]) == set(schema["properties"]), path
            for name, inner in schema["properties"].items():
                walk(inner, f"{path}.{name}")
        else:
            assert schema["description"], path

    walk(yaml.safe_load(SCHEMA.read_text(encoding="utf-8")), "configuration")


def test_a_folder_that_is_not_writable_is_named(tmp_path):
    assert check_writable(f"{tmp_path}/new/deep/", "seeds") == f"{tmp_path}/new/deep"
    (tmp_path / "file").write_text("")
    with pytest.raises(EmphasisError, match="file is a file"):
        check_writable(str(tmp_path / "file" / "results"), "seeds")
    with pytest.raises(EmphasisError, match="does not allow writing"):
        check_writable("/proc/results", "seeds")


def test_words_of_the_command_line_switch_settings_on_and_off():
    words = DEFAULT | {"strict": "true", "csv_bom": "false", "simplify": "maybe", "reports": "true"}
    found = typed(words, SCHEMA)
    assert found == words | {"strict": True, "csv_bom": False}
    with pytest.raises(EmphasisError, match="simplify: found 'maybe'; allowed: true or false"):
        check_config(found, SCHEMA)


def test_numbers_within_blocks_of_the_command_line_are_numbers():
    """Snakemake gives ``--config 'validate={size: 40}'`` as text."""
    words = DEFAULT | {"validate": DEFAULT["validate"] | {"size": "40", "which": "7", "filled": "7"}}
    found = typed(words, SCHEMA)
    assert (found["validate"]["size"], found["validate"]["which"]) == (40, 7)
    assert found["validate"]["filled"] == "7"
    check_config(found, SCHEMA)
    with pytest.raises(EmphasisError, match=r"validate.size: found 'many'; allowed: a whole number from 10"):
        check_config(typed(words | {"validate": words["validate"] | {"size": "many"}}, SCHEMA), SCHEMA)


def test_numbers_in_lists_and_fractions_of_the_command_line_are_numbers():
    """Snakemake gives ``--config 'topics={level: 0.8, grid: [4, 6]}'`` as text."""
    topics = {"level": "0.8", "grid": ["4", "6"], "lda": {"doc_topic_prior": "1e-2"}, "self": ["2024"], "k": "x"}
    found = typed({"topics": topics, "collocates": {"nodes": ["2025"]}}, SCHEMA)
    assert found["topics"] == {
        "level": 0.8,
        "grid": [4, 6],
        "lda": {"doc_topic_prior": 0.01},
        "self": ["2024"],
        "k": "x",
    }
    assert found["collocates"] == {"nodes": ["2025"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strict: true\nseed: 1\nstrict: false\n", ["line 3", "strict is there twice"]),
        ("segmenter：jieba\nseed: 1\n", ["line 2"]),
        ("topics:\n\tk: 8\n", ["line 2", "indented by spaces"]),
        ("- jieba\n", ["key: value"]),
        ("", ["key: value"]),
        ("# 政府工作报告\nseed: 1\n".encode("gb18030"), ["not UTF-8 (byte 2)"]),
    ],
)
def test_a_file_of_settings_that_cannot_be_meant_is_told_with_its_line(tmp_path, text, words):
    file = tmp_path / "config.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(EmphasisError) as error:
        check_config_file(file)
    assert all(word in str(error.value) for word in [str(file), *words]), error.value
    assert "\n" not in str(error.value)


def test_results_among_the_reports_are_refused(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EmphasisError, match=r"results: \./seeds/ is the folder of the reports"):
        check_writable("./seeds/", "seeds")
    assert check_writable("seeds/results", "seeds") == "seeds/results"


def test_settings_of_counting_other_than_those_of_the_reference_are_named(tmp_path):
    def settled(config):
        return settle(config, 1)[0]

    shipped = reference_settings(ROOT / "config/reference")
    assert counted_otherwise(settled(DEFAULT), shipped) == []
    (line,) = counted_otherwise(settled(changed("count_roles", ["plan"])), shipped)
    assert line.startswith("count_roles is plan here and review, problems, plan, closing in the reference")
    lines = counted_otherwise(settled(changed("keywords.min_length", 3) | {"segmenter": "rjieba"}), shipped)
    assert [line.split()[0] for line in lines] == ["segmenter", "min_length"]
    # Of a reference that does not say what it was made with, or cannot be read, nothing is said here.
    assert counted_otherwise(changed("count_roles", ["plan"]), {}) == []
    assert reference_settings(tmp_path) == {}
    (tmp_path / "provenance.yaml").write_text("settings: [", encoding="utf-8")
    assert reference_settings(tmp_path) == {}


def test_what_has_passed_is_not_looked_at_again_but_what_differs_is(tmp_path, monkeypatch):
    passed = tmp_path / "known/config"
    check_config(DEFAULT, SCHEMA, passed)
    looked = []
    monkeypatch.setattr("jsonschema.Draft202012Validator.iter_errors", lambda self, config: looked.append(config) or [])
    check_config(DEFAULT, SCHEMA, passed)
    assert not looked
    check_config(changed("strict", 1), SCHEMA, passed)
    assert len(looked) == 1
    other = tmp_path / "schema.yaml"
    other.write_text(SCHEMA.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    check_config(changed("strict", 1), other, passed)
    assert len(looked) == 2


def test_what_has_not_passed_is_looked_at_again(tmp_path):
    for _ in range(2):
        with pytest.raises(EmphasisError):
            check_config(changed("strict", "perhaps"), SCHEMA, tmp_path / "config")
