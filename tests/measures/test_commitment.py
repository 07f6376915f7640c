"""Commitment: clauses by hand, tasks with their subsections, the list itself."""

import numpy as np
import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.commitment import CommitmentWords, clauses, commitment, load_commitment
from support import JUDGEMENTS, ROOT

WORDS = load_commitment(ROOT / "config/commitment.tsv")


@pytest.mark.parametrize(
    ("clause", "grade"),
    [
        ("确保粮食安全", 4), ("坚决遏制事故", 4), ("建成两座桥梁", 4), ("推动教育全覆盖", 4),
        ("加强公共文化设施建设", 3), ("依法管理宗教事务", 3), ("大力发展服务贸易", 3), ("推动建成一批项目", 3),
        ("力争建成一批项目", 2), ("积极支持民间投资", 2), ("毫不动摇鼓励非公有制经济", 2), ("努力实现新的跨越", 2),
        ("探索建立新的制度", 1), ("开展改革试点", 1), ("谋划建设新的片区", 1),
        ("围绕加快建设创新高地", 0), ("为实现上述目标", 0), ("时代的华章", None),
    ],
)  # fmt: skip
def test_the_word_that_stands_first_decides(clause, grade):
    assert WORDS.grade(clause) == grade


def test_clauses_with_figures_are_left_out():
    sentence = "支持企业、学校,新增就业十万人;增长百分之五:投资翻番,建设3座桥。确保安全!"
    assert [sentence[a:b] for a, b in clauses(sentence)] == ["支持企业、学校", "新增就业十万人", "确保安全"]


def test_a_task_has_its_subsections_and_no_others():
    tasks = pd.DataFrame({"report_id": ["r", "r", "q"], "section_id": ["s2.1", "s2.10", "s2.1"], "position": [1, 2, 1]})
    sentences = pd.DataFrame(
        [
            ("r", "s2.1", "确保安全，加强管理，时代的华章。"), ("r", "s2.1.2", "支持企业，探索新路。"), ("r", "s2", "必须努力。"),
            ("r", "s2.10", "围绕中心。"), ("q", "s2.1", "建成　一座桥，新增３座桥。"),
        ],
        columns=["report_id", "section_id", "text"],
    )  # fmt: skip
    table = commitment(tasks, sentences, WORDS)
    assert table["n_commitments"].tolist() == [4, 0, 1]
    assert table["commitment"].tolist() == pytest.approx([2.5, np.nan, 4], nan_ok=True)
    assert table["share_firm"].tolist() == pytest.approx([0.25, np.nan, 1], nan_ok=True)
    assert table["share_tentative"].tolist() == pytest.approx([0.5, np.nan, 0], nan_ok=True)
    assert table["position"].tolist() == [1, 2, 1]
    assert commitment(tasks.iloc[:0], sentences, WORDS).columns.tolist() == table.columns.tolist()


def test_of_two_words_at_one_place_the_longer_decides():
    assert CommitmentWords({"积极": 3, "积极探索": 1}, {}).grade("积极探索新路") == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("确保\t5\tfirst\t", "line 2"),
        ("确保\t4\tlast\t", "line 2"),
        ("确保", "line 2"),
        ("力争\t2\tfirst\tx\n力争\t3\tfirst\ty", "listed twice"),
    ],
)
def test_a_faulty_list_is_refused_with_its_line(tmp_path, line, message):
    file = tmp_path / "commitment.tsv"
    file.write_text(f"word\tgrade\twhere\treason\n{line}\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=message):
        load_commitment(file)


def test_every_word_has_a_reason():
    lines = (ROOT / "config/commitment.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert all(len(row) == 4 and row[3] for row in rows)
    assert {int(row[1]) for row in rows} == {0, 1, 2, 3, 4}


def test_the_judgements_are_those_that_the_readme_counts():
    judged = pd.read_csv(JUDGEMENTS / "commitment.tsv", sep="\t", comment="#")
    assert judged["draw"].value_counts().to_dict() == {"random": 50, "cue": 50}
    assert judged["reader"].between(0, 4).all()
    assert not judged.duplicated(["file", "start"]).any()
