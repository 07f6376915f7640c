"""The word lists of the grammar: what ships can be read and is used, what cannot be meant is refused."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from emphasis.errors import EmphasisError
from emphasis.targets.wordlists import FOLDER, WordSet, alternation, alternatives, words, words_by_key
from support import ROOT


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_group_says_what_it_is_for_and_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    library = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "scripts/emphasis/targets").glob("*.py"))
    for group in yaml.safe_load(text):
        assert re.search(rf"^# .*\n{group}:", text, re.MULTILINE), group
        assert re.search(rf"[\"']{path.stem}[\"'], [\"']{group}[\"']|_meanings\(\"{group}\"\)", library), group


def test_words_of_a_group() -> None:
    assert "新建" in words("clause", "actions")
    assert words_by_key("comparators", "after")["approx"] == ("左右", "上下")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- 甲\n", "no groups"),
        ("verbs: [\n", "not YAML: line 2"),
        ("verbs: 建设\nnouns: 学校\nverbs: 推进\n", "not YAML: line 3: the key verbs is there twice"),
        ("nouns: 甲\n", "the group verbs is missing"),
        ("verbs:\n", "verbs needs words"),
        ("verbs: [甲, 乙]\n", "verbs needs words"),
        ("verbs: 甲 乙 甲\n", "verbs: 甲 is listed twice"),
        ("verbs: 甲 ＧＤＰ\n", "verbs: write ＧＤＰ half-width, as GDP"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "clause.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError, match=message) as error:
        words("clause", "verbs", tmp_path)
    assert str(tmp_path / "clause.yaml") in str(error.value)


@pytest.mark.parametrize("step", ["targets", "targets_across"])
def test_a_broken_list_ends_a_step_with_its_message_alone(tmp_path: Path, step: str) -> None:
    for folder in ("scripts/emphasis", "scripts/steps", "config/targets"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    (tmp_path / "config/targets/nouns.yaml").write_text("measures: [\n", encoding="utf-8")
    program = [sys.executable, tmp_path / f"scripts/steps/{step}.py"]
    path = {"PYTHONPATH": str(tmp_path / "scripts")}
    run = subprocess.run(program, cwd=tmp_path, env=path, check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.startswith(f"policy-emphasis: {tmp_path}/config/targets/nouns.yaml: not YAML")
    assert len(run.stderr.splitlines()) == 1


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(EmphasisError, match=r"clause\.yaml: there is no such file"):
        words("clause", "verbs", tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not_before: 个 体\n", "needs lines of the form"),
        ("not_before: {体: 个}\n", "not_before: 体 is not among the words"),
        ("not_before: {个: 体(}\n", r"not_before: 个: 体\( is no regular expression"),
        ("not_before: {个: 体 体}\n", "not_before: 个: 体 is listed twice"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "units.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError, match=message):
        alternatives("units", "not_before", ["个"], tmp_path)


def test_neighbours_decide_whether_a_word_is_one() -> None:
    pattern = re.compile(
        alternation(
            ["达", "创", "突破"], only_before={"创": ("新高",)}, not_before={"突破": ("性",)}, not_after={"达": ("发",)}
        )
    )
    found = {text: bool(pattern.search(text)) for text in ("创新高", "创意", "取得突破", "突破性", "达百亿", "发达")}
    assert found == {"创新高": True, "创意": False, "取得突破": True, "突破性": False, "达百亿": True, "发达": False}


def test_the_longest_word_is_found_at_either_end() -> None:
    verbs = WordSet(("建", "新建", "改造提升", "提升"))
    assert [verbs.longest_prefix("新建学校"), verbs.longest_prefix("拟新建", 1), verbs.longest_prefix("学校")] == [
        "新建",
        "新建",
        "",
    ]
    assert [verbs.longest_suffix("改造提升"), verbs.longest_suffix("再提升"), verbs.longest_suffix("")] == [
        "改造提升",
        "提升",
        "",
    ]
