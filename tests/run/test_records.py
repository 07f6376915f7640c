"""What steps read and wrote, by contents."""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from emphasis.errors import EmphasisError
from emphasis.run.records import CHANGED, Records, date_now, hash_file, recorded, take_for_incomplete

EARLY = 1_000_000_000


@pytest.fixture
def results(tmp_path):
    """Results of two steps: one counts a report, the other weighs what was counted."""
    folder = tmp_path / "results"
    report = tmp_path / "r.txt"
    report.write_text("发展", encoding="utf-8")
    run(folder, "counts", [report], {"steps/counts": "1"})
    run(folder, "tfidf", [folder / "steps/counts"], {"tables/tfidf": "2", "figures/r/clouds/s1": "3"})
    return folder


def run(folder, step, read, made):
    data = {str(path): hash_file(path) for path in read if not path.is_relative_to(folder)}
    outputs = [str(folder / path) for path in made if "clouds" not in path] + [str(folder / "figures/r/clouds")]
    with recorded(str(folder / f"logs/{step}.log"), map(str, read), outputs, data):
        for path, text in made.items():
            write(folder / path, text)
        (folder / "logs").mkdir(exist_ok=True)


def write(path, text, seconds=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if seconds:
        os.utime(path, (seconds, seconds))


def test_nothing_changed(results):
    records = Records(results)
    assert set(records.made) == {"steps/counts", "tables/tfidf", "figures/r/clouds/s1"}
    assert records.changed == [] and records.stale == set()


@pytest.mark.parametrize("path", ["steps/counts", "tables/tfidf", "figures/r/clouds/s1"])
def test_a_changed_result_of_the_same_length_and_date(results, path):
    before = (results / path).stat()
    write(results / path, "9")
    os.utime(results / path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Records(results).changed == [path] and path in Records(results).stale


def test_a_copy_of_the_results_is_as_good(results, tmp_path):
    for path in Records(results).made:
        write(results / path, (results / path).read_text(encoding="utf-8"), EARLY)
    assert Records(results).stale == set()


def test_a_file_that_is_as_it_was_is_not_read_again(results, monkeypatch):
    os.utime(results / "tables/tfidf", (EARLY, EARLY))
    Records(results).sign()
    monkeypatch.setattr("emphasis.run.records.hash_file", lambda path: pytest.fail(f"read {path}"))
    assert Records(results).changed == []


def test_what_someone_changed_is_not_signed(results):
    write(results / "tables/tfidf", "by hand")
    Records(results).sign()
    assert Records(results).changed == ["tables/tfidf"]


def test_dates_in_the_future(tmp_path):
    write(tmp_path / "early", "", EARLY)
    write(tmp_path / "late", "", time.time() + 10_000)
    paths = [tmp_path / "early", tmp_path / "late", tmp_path / "missing"]
    assert date_now(paths) == [str(tmp_path / "late")] and date_now(paths) == []
    assert (tmp_path / "early").stat().st_mtime == EARLY


def test_what_was_made_from_an_earlier_table(results, tmp_path):
    # The step that counts ran again under a clock that was set back, and the run was killed before the other step.
    run(results, "counts", [tmp_path / "r.txt"], {"steps/counts": "7"})
    os.utime(results / "steps/counts", (EARLY, EARLY))
    records = Records(results)
    assert records.changed == [] and records.stale == {"tables/tfidf", "figures/r/clouds/s1"}


def test_a_missing_result_is_not_changed(results):
    (results / "tables/tfidf").unlink()
    assert Records(results).stale == set()


def test_records_of_another_number_of_batches_do_not_count(results):
    steps = {"counts": re.compile(r"counts\.log"), "tfidf": re.compile(r"tfidf/\d+-of-\d+\.log")}
    write(results / "tables/tfidf", "of several batches")
    records = Records(results, steps)
    assert set(records.made) == {"steps/counts"} and records.stale == set()
    records.forget_others()
    assert sorted(path.name for path in (results / "logs").iterdir()) == ["counts.json"]


def test_a_damaged_record_is_none(results):
    write(results / "logs/tfidf.json", '{"read": {')
    assert Records(results).stale == set()


def test_changed_results_are_kept(results):
    write(results / "tables/tfidf", "by hand")
    Records(results).keep_changed()
    assert (results / CHANGED / "tables/tfidf").read_text(encoding="utf-8") == "by hand"
    assert Records(results).changed == ["tables/tfidf"]


def test_an_input_that_changed_before_the_step_began_or_while_it_ran(tmp_path):
    report, log = tmp_path / "r.txt", str(tmp_path / "results/logs/counts.log")
    write(report, "一")
    seen = {str(report): hash_file(report)}
    write(report, "二", EARLY)
    said = r"r\.txt changed after this run had begun; run snakemake again"
    with pytest.raises(EmphasisError, match=said), recorded(log, [str(report)], [], seen):
        pytest.fail("the step ran")
    seen = {str(report): hash_file(report)}
    with pytest.raises(EmphasisError, match=r"r\.txt changed"), recorded(log, [str(report)], [], seen):
        write(report, "三", EARLY)
    assert not (tmp_path / "results/logs/counts.json").exists()


def test_a_result_that_changed_while_a_step_read_it(results):
    table = results / "steps/counts"
    log = str(results / "logs/tfidf.log")
    with pytest.raises(EmphasisError, match="counts changed"), recorded(log, [str(table)], [], {}):
        write(table, "8", EARLY)
    # No record of the run before is left either.
    assert not (results / "logs/tfidf.json").exists()


def test_results_that_are_certified(results):
    records = Records(results)
    records.check_made({"tables/tfidf": hash_file(results / "tables/tfidf"), "without a record": "0"})
    with pytest.raises(EmphasisError, match="tables/tfidf: not what its step made; run snakemake again"):
        records.check_made({"tables/tfidf": "0"})


def test_the_form_of_a_record(results):
    record = json.loads((results / "logs/tfidf.json").read_text(encoding="utf-8"))
    assert record["read"] == {"steps/counts": hash_file(results / "steps/counts")}
    assert record["made"]["tables/tfidf"][0] == hash_file(results / "tables/tfidf")


def test_what_is_to_be_made_again_is_taken_for_incomplete():
    class Persistence:
        async def incomplete(self, job):
            return [file for file in job.output if file == "a"]

    class Job:
        output = ("a", "b", "c")

    take_for_incomplete(Persistence, {"a", "c"})
    # In a thread of its own: a browser that other tests opened has a loop in this one.
    with ThreadPoolExecutor(1) as other:
        assert other.submit(asyncio.run, Persistence().incomplete(Job())).result() == ["a", "c"]
