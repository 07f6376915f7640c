"""What the coder sees of a sentence, counted by hand."""

import numpy as np

from areas.conftest import made_up
from emphasis.areas.features import (
    BLOCKS,
    KeyPlaces,
    count_features,
    features_of,
    plain,
    read_texts,
    stretch_keys,
    stretch_of,
    stretches,
)

REPORTS = {
    "a": [("s1", "工作回顾", "粮食 增产"), ("s1.1", "乡村", "粮食-产量 5"), ("s1.1", "乡村", "学校 学校")],
    "b": [("s1", "工作回顾", "学校")],
}


def texts(reports=REPORTS):
    tables = made_up(reports)
    return read_texts(tables["sentences"], tables["tokens"], tables["outline"], tables["vocabulary"])


def test_numbers_are_one_sign_and_spaces_are_none():
    assert plain("ＧＤＰ 增长 5.2%，\u3000第12 次") == "gdp增长0%,第0次"


def test_a_stretch_is_a_number_and_back():
    for stretch in ("粮", "粮食", "粮食增", "𠀀粮"):
        assert stretch_of(int(stretch_keys([stretch])[0])) == stretch


def test_keys_are_found_also_where_slots_are_shared():
    chosen = sorted({chr(0x4E00 + a) + chr(0x4E00 + b) for a in range(0, 900, 3) for b in range(0, 900, 5)})
    place = {key: at for at, key in enumerate(stretch_keys(chosen).tolist())}
    asked = np.concatenate([stretch_keys(chosen)[::7], np.arange(1 << 17), stretch_keys(["粮食增"])])
    assert KeyPlaces(chosen).find(asked).tolist() == [place.get(key, -1) for key in asked.tolist()]
    assert KeyPlaces([]).find(asked[:3]).tolist() == [-1, -1, -1]


def test_stretches_do_not_run_from_one_text_into_the_next():
    rows, keys = stretches(["粮食", "", "增产"])
    found = sorted(zip(rows.tolist(), map(stretch_of, keys.tolist()), strict=True))
    assert found == [(0, "粮"), (0, "粮食"), (0, "食"), (2, "产"), (2, "增"), (2, "增产")]


def test_counts_by_hand():
    own = texts()
    features = {
        "characters": ["学校", "粮", "0"],
        "words": ["学校", "粮食", "粮食产量"],
        "heading": ["乡村", "工作"],
        "path": ["工作"],
        "before": ["粮食"],
        "after": ["学校"],
    }
    counts = {block: matrix.toarray().tolist() for block, matrix in count_features(own, features).items()}
    assert counts["characters"] == [[0, 1, 0], [0, 1, 1], [2, 0, 0], [1, 0, 0]]
    # 粮食 counts alone and in 粮食产量.
    assert counts["words"] == [[0, 1, 0], [0, 1, 1], [2, 0, 0], [1, 0, 0]]
    assert counts["heading"] == [[0, 1], [1, 0], [1, 0], [0, 1]]
    assert counts["path"] == [[0], [1], [1], [0]]
    # Neighbours are of the same report.
    assert counts["before"] == [[0], [1], [1], [0]]
    assert counts["after"] == [[0], [2], [0], [0]]


def test_a_number_is_no_word():
    own = texts()
    assert not count_features(own, {block: ["5"] for block in BLOCKS})["words"].sum()
    assert own.words.sum() == 6


def test_features_that_two_sentences_have():
    found = features_of(texts(), np.array([0, 1, 2, 3]))
    assert found["words"] == ["学校", "粮食"]
    assert {"粮", "粮食", "学校"} <= set(found["characters"])
    # The heading of two sentences counts twice, as does the one that stands in both reports.
    assert {"乡村", "工作"} <= set(found["heading"])
    assert features_of(texts(), np.array([0, 2]))["words"] == []


def test_a_report_is_seen_alike_whatever_reports_stand_beside_it():
    features = features_of(texts(), np.arange(4))
    alone = count_features(texts({"b": REPORTS["b"]}), features)
    together = count_features(texts(), features)
    for block in BLOCKS:
        assert (alone[block].toarray() == together[block].toarray()[3:]).all(), block


def test_neighbours_paragraphs_and_headings():
    own = texts()
    assert own.before.tolist() == [-1, 0, 1, -1]
    assert own.after.tolist() == [1, 2, -1, -1]
    assert own.first.tolist() == [0, 1, 1, 3]
