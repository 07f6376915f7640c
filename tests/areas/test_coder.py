"""The coder: scores and probabilities by hand, files, the same digits whatever stands beside a report, and its speed."""

import time

import numpy as np
import pandas as pd
import pytest

from areas.conftest import FOLDER, made_up
from emphasis.areas.coder import UNIT, Coder, context_features, read_coder, softmax, write_coder
from emphasis.areas.features import BLOCKS, read_texts
from emphasis.errors import EmphasisError

REPORTS = {
    "a": [("s1", "农业", "粮食 增产"), ("s1", "农业", "粮食"), ("s1", "农业", "学校")],
    "b": [("s1", "教育", "学校 教师"), ("s1", "教育", "教师")],
}


def texts(reports=REPORTS):
    tables = made_up(reports)
    return read_texts(tables["sentences"], tables["tokens"], tables["outline"], tables["vocabulary"])


@pytest.fixture
def small():
    """Two areas, two words: 粮食 for the first, 学校 for the second."""
    features = dict.fromkeys(BLOCKS, ()) | {"words": ("粮食", "学校")}
    nothing = {block: np.zeros((0, 2), "int64") for block in BLOCKS}
    idf = {block: np.zeros(0, "int64") for block in BLOCKS}
    context = np.zeros((17, 2), "int64")
    context[0, 0] = context[1, 1] = 1000
    return Coder(
        ("4", "6"),
        features,
        idf | {"words": np.array([2000, 1000])},
        nothing | {"words": np.array([[3000, -1000], [-500, 1500]])},
        np.array([-100, 200]),
        context,
    )


def test_scores_by_hand(small):
    # 粮食 alone: weights over its IDF of 2; a sentence without known words has the intercept.
    expected = [[-100 + 1500, 200 - 500]] * 2 + [[-100 - 500, 200 + 1500]] * 2 + [[-100, 200]]
    assert small.scores(texts()).tolist() == expected


def test_probabilities_by_hand(small):
    """The context here passes the scores on, so that probabilities are those of exp(score)."""
    scores = small.scores(texts()) / 1000
    expected = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert small.probabilities(texts()) == pytest.approx(expected, abs=1e-4)


def test_probabilities_add_up_exactly(coder):
    found = np.rint(UNIT * coder.probabilities(texts())).astype(int)
    assert (found.sum(axis=1) == UNIT).all()
    assert softmax(np.zeros((1, 3))).tolist() == [[3334, 3333, 3333]]


def test_what_the_second_model_sees(small):
    seen = context_features(small.scores(texts()), texts()).reshape(5, 8, 2)
    own = seen[:, 1]
    assert (seen[1, 2] == own[0]).all() and (seen[1, 3] == own[2]).all()
    assert (seen[0, 2] == 0).all() and (seen[3, 2] == 0).all(), "nothing comes before the first sentence of a report"
    assert (seen[2, 4] == own[0] // 2).all()
    assert (seen[0, 6] == (own[1] + own[2]) // 2).all(), "the others of the section"
    assert (seen[:, 7] == own[[0, 0, 0, 3, 3]]).all(), "the first of the section"


def test_a_report_s_codes_do_not_depend_on_the_others(coder):
    together, alone = coder.probabilities(texts()), coder.probabilities(texts({"b": REPORTS["b"]}))
    assert (together[3:] == alone).all()


def test_files_keep_a_coder(coder, scheme, tmp_path):
    write_coder(tmp_path, coder)
    again = read_coder(tmp_path, scheme.areas)
    assert all((again.weights[block] == coder.weights[block]).all() for block in BLOCKS)
    assert (again.context == coder.context).all() and again.features == coder.features
    assert (tmp_path / "context.tsv").read_bytes() == (FOLDER / "context.tsv").read_bytes()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 4_000_000


def test_a_coder_for_other_areas_is_refused(tmp_path, scheme):
    with pytest.raises(EmphasisError, match="snakemake areas_model"):
        read_coder(tmp_path, scheme.areas)
    with pytest.raises(EmphasisError, match=r"areas are not those of areas\.tsv"):
        read_coder(FOLDER, scheme.areas[:-1])


def test_a_torn_coder_is_refused(tmp_path, scheme):
    for name in ("weights.parquet", "context.tsv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    lines = (tmp_path / "context.tsv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "context.tsv").write_text("".join(lines[:-5]), encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"context\.tsv is a part of what was written.*snakemake areas_model"):
        read_coder(tmp_path, scheme.areas)


def test_no_sentences(coder):
    empty = made_up({"a": [("s1", "", "粮食")]})
    empty = {name: table.iloc[:0] for name, table in empty.items()}
    own = read_texts(empty["sentences"], empty["tokens"], empty["outline"], empty["vocabulary"])
    assert coder.probabilities(own).shape == (0, len(coder.areas))


@pytest.mark.parametrize("text", ["。", "2025", "ABC", "𠀀𠀁", "　", "粮食" * 3000])
def test_odd_sentences_are_coded(coder, text):
    tables = made_up({"a": [("s1", "", "粮食")]})
    tables["sentences"]["text"] = text
    found = coder.probabilities(read_texts(*(tables[n] for n in ("sentences", "tokens", "outline", "vocabulary"))))
    assert found.sum() == pytest.approx(1)


def test_sentences_that_a_reader_would_not_doubt(coder):
    """One report with a section for each; the words are cut by hand."""
    plain = {
        "4": "严守 耕地 红线 ， 新建 高标准农田 200 万亩 ， 粮食 产量 稳定",
        "6": "新建 中小学校 十 所 ， 新增 公办 学位 6000 个",
        "3": "深化 医保 支付 方式 改革 ， 推动 优质 医疗 资源 下沉 ， 加强 公立医院 建设",
        "7": "打好 蓝天 保卫战 ， 空气 质量 优良 天数 比例 提高",
        "10": "建成 高速公路 两 条 ， 地铁 三号线 开通 运营",
        "16": "做好 双拥 工作 ， 加强 国防 动员",
        "18": "实际 利用 外资 增长 ， 外贸 进出口 总额 突破 千亿元",
        "23": "举办 全民 健身 运动会 ， 新建 博物馆 和 文化馆",
        "8": "新增 光伏 和 风电 装机 容量 ， 建设 抽水蓄能 电站",
        "15c": "促进 消费 ， 发展 旅游 ， 接待 游客 人次 增长",
    }
    for area, words in plain.items():
        tables = made_up({"a": [("s1", "", words)]})
        own = read_texts(*(tables[n] for n in ("sentences", "tokens", "outline", "vocabulary")))
        assert coder.areas[int(coder.probabilities(own)[0].argmax())] == area, words


def test_twenty_thousand_sentences_take_seconds(coder):
    words = [
        "新建 高标准农田 200 万亩 ， 粮食 产量 稳定 在 百亿斤 以上",
        "新增 公办 学位 6000 个 ， 改造 校舍 ， 加强 教师 队伍 建设",
    ]
    tables = made_up({"a": [(f"s1.{i // 100 + 1}", "任务", words[i % 2]) for i in range(20_000)]})
    start = time.process_time()
    coder.probabilities(read_texts(*(tables[n] for n in ("sentences", "tokens", "outline", "vocabulary"))))
    assert time.process_time() - start < 10
    assert isinstance(tables["sentences"], pd.DataFrame)
