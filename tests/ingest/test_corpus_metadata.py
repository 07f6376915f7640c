"""Year, region, level and genre of real reports, which are outside the project, against what readers gave them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from emphasis.ingest.report import ingest
from support import JUDGEMENTS
from tools.score_metadata import Score, score_corpus

LEAST_RIGHT = 0.98


@pytest.fixture(scope="module")
def scores(shared: Path) -> list[Score]:
    if not (shared / "corpus").is_dir():
        pytest.skip(f"{shared / 'corpus'} is absent: the judged reports are not part of the project")
    return list(score_corpus(shared / "corpus", JUDGEMENTS / "corpus_reports.tsv"))


@pytest.mark.parametrize("field", ["year", "region", "level"])
def test_nearly_all_are_right_and_the_rest_is_warned_of(scores: list[Score], field: str) -> None:
    assert len(scores) == 177
    groups: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        groups[score.group].append(score)
    for group, members in groups.items():
        wrong = [score for score in members if not score.right[field]]
        assert len(wrong) <= (1 - LEAST_RIGHT) * len(members), (group, [score.file for score in wrong])
        assert all(score.warned[field] for score in wrong), (group, [score.file for score in wrong])


def test_other_genres_and_fragments_are_named_and_low(scores: list[Score]) -> None:
    for score in scores:
        assert score.genre == "report" or (score.warned["genre"] and score.report.confidence == "low"), score.file
        assert score.genre != "report" or "other-genre" not in {w.code for w in score.report.warnings}, score.file


CASES = {
    "year-2035.txt": {"year": 2021},
    "pubdate-first.txt": {"date": "2024-01-08", "published": "2024-02-20T07:41", "source": "长春日报"},
    "shanghai-title.txt": {"region": "上海市", "speaker_title": "上海市市长"},
    "zizhizhou.txt": {"region": "凉山彝族自治州", "adcode": "513400"},
    "suzhou-sip.txt": {"region": "苏州工业园区", "adcode": "", "title": "苏州工业园区2024年工作报告"},
    "莱芜市-2018.txt": {"region": "莱芜市", "adcode": "371200", "year": 2018},
    "toc.docx": {"year": 2025, "region": "长春市"},
}


@pytest.mark.parametrize("file", sorted(CASES))
def test_difficult_files_are_read_right(shared: Path, file: str) -> None:
    path = shared / "cases" / file
    if not path.is_file():
        pytest.skip(f"{path} is absent: it is not part of the project")
    report = ingest(path, path.stem)
    assert {name: getattr(report.metadata, name) for name in CASES[file]} == CASES[file]
    region_codes = {w.code for w in report.warnings if "region" in w.code or w.code == "zone-without-code"}
    assert region_codes == ({"zone-without-code"} if file == "suzhou-sip.txt" else set())


def test_a_list_of_contents_in_a_word_file_is_no_outline(shared: Path) -> None:
    path = shared / "cases/toc.docx"
    if not path.is_file():
        pytest.skip(f"{path} is absent: it is not part of the project")
    report = ingest(path, path.stem)
    assert [s.heading for s in report.sections if s.level == 1] == ["2024年工作回顾", "2025年工作安排"]
    assert sum(s.level == 2 for s in report.sections) == 7
