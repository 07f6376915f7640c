"""Rows that are taken over from the run before: the same bytes as from scratch, and none of what is no longer the same."""

import shutil
from dataclasses import replace

import pytest

from emphasis.store import kept as kept_module
from emphasis.store.batches import StoredTable
from emphasis.store.kept import KeptFolder, KeptTables, MadeFrom, key_of
from emphasis.store.tables import CsvForm, Field, Schema, Writer, table_from_rows, write

FIELDS = (Field("report_id", "string", ""), Field("term", "string", ""), Field("n", "integer", ""))
SCHEMA = Schema("t", "", "", FIELDS, ("report_id", "term"), ("report_id", "term"))
BEFORE = {"a": [("甲", 1), ('"乙",\n', 2)], "c": [("=丙", None)], "d": []}
NOW = {"a": [("甲", 1), ('"乙",\n', 2)], "b": [("戊", 5)], "c": [("=丙", 4)], "d": [], "e": [("己", 6)]}
FORMS = {"csv": CsvForm(), "marked": CsvForm(mark=True, escaped=True), "parquet": CsvForm()}


def rows(reports):
    return table_from_rows([(name, *row) for name, own in reports.items() for row in own], SCHEMA)


def keys(reports):
    return {name: key_of(own) for name, own in reports.items()}


@pytest.fixture(params=FORMS)
def run(request, tmp_path):
    """A function that makes the table and says of which reports it took rows over."""
    file, form = tmp_path / f"t.{request.param.replace('marked', 'csv')}", FORMS[request.param]

    def make(reports, changed_form=None):
        file.unlink(missing_ok=True)
        with KeptTables(tmp_path / "kept", {"t": file}, {"t": SCHEMA}, changed_form or form) as kept:
            known = kept.known(keys(reports))
            with Writer(file, SCHEMA, changed_form or form) as out:
                for name, own in reports.items():
                    if name in known:
                        out.copy(name, kept.rows(name)["t"])
                    else:
                        out.add(rows({name: own}))
            kept.keep(keys(reports))
        return known

    make.file, make.form = file, form
    return make


def from_scratch(run, reports, form):
    other = run.file.with_name(f"scratch{run.file.suffix}")
    write(rows(reports), other, SCHEMA, form)
    return other.read_bytes()


def test_rows_made_from_the_same_are_taken_over_and_the_file_is_that_of_a_run_from_scratch(run):
    assert run(BEFORE) == set()
    assert run(NOW) == {"a", "d"}
    assert run.file.read_bytes() == from_scratch(run, NOW, run.form)
    assert run(NOW) == set(NOW)
    assert run.file.read_bytes() == from_scratch(run, NOW, run.form)
    assert run(BEFORE) == {"a", "d"}
    assert run.file.read_bytes() == from_scratch(run, BEFORE, run.form)


def test_a_file_that_someone_changed_is_not_used(run):
    """The kept file is the result under another name: whoever writes into the one writes into both."""
    run(NOW)
    with run.file.open("r+b") as file:
        file.write(b"X")
    assert run(NOW) == set()
    assert run.file.read_bytes() == from_scratch(run, NOW, run.form)


def test_what_was_written_in_another_form_is_not_used(run):
    run(NOW)
    form = CsvForm(mark=not run.form.mark)
    assert run(NOW, form) == set()
    assert run.file.read_bytes() == from_scratch(run, NOW, form)


def test_what_other_columns_or_libraries_made_is_not_used(run, monkeypatch):
    """Not every step says so in its keys."""
    run(NOW)
    other = replace(SCHEMA, fields=(*FIELDS[:2], replace(FIELDS[2], type="number", decimals=2)))
    kept = KeptTables(run.file.with_name("kept"), {"t": run.file}, {"t": other}, run.form)
    assert kept.known(keys(NOW)) == set()
    monkeypatch.setattr(kept_module, "installed", lambda: ("pandas-99.0.dist-info",))
    assert run(NOW) == set()
    assert run(NOW) == set(NOW)


@pytest.mark.parametrize("damage", ["lost", "cut"])
def test_a_damaged_folder_is_no_fault(run, damage):
    run(NOW)
    index = run.file.with_name("kept") / "kept.json"
    if damage == "lost":
        (index.parent / run.file.name).unlink()
    else:
        index.write_text(index.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert run(NOW) == set()
    assert run(NOW) == set(NOW)


def test_a_disk_without_second_names_keeps_nothing(run, monkeypatch):
    def refuse(*_):
        raise OSError("not supported")

    monkeypatch.setattr("emphasis.store.kept.os.link", refuse)
    assert run(NOW) == run(NOW) == set()
    assert run.file.read_bytes() == from_scratch(run, NOW, run.form)


def test_keys_are_of_all_parts_and_their_borders():
    assert key_of(b"ab", b"c") != key_of(b"a", b"bc") != key_of(b"a", b"b", b"c")
    assert key_of("a", 1) == key_of("a", 1) != key_of("a", "1")


@pytest.fixture
def folder_run(tmp_path):
    """A function that makes files in a folder, and says whether they were taken over."""

    def make(key, files):
        target = tmp_path / "made"
        shutil.rmtree(target, ignore_errors=True)
        kept = KeptFolder(tmp_path / "kept", target)
        if kept.take(key):
            return True
        target.mkdir(exist_ok=True)
        for name, text in files.items():
            (target / name).write_text(text, encoding="utf-8")
        kept.keep(key)
        return False

    make.target, make.kept = tmp_path / "made", tmp_path / "kept"
    return make


def test_a_folder_made_from_the_same_is_taken_over_with_its_bytes(folder_run):
    files = {"甲.js": "1", "b.js": "2"}
    assert [folder_run("x", files), folder_run("x", {}), folder_run("y", {"b.js": "3"})] == [False, True, False]
    assert {file.name: file.read_text(encoding="utf-8") for file in folder_run.target.iterdir()} == {"b.js": "3"}
    assert folder_run("y", {}) and (folder_run.target / "b.js").read_text(encoding="utf-8") == "3"


def test_a_kept_folder_that_was_changed_or_cannot_be_linked_is_not_used(folder_run, monkeypatch):
    folder_run("x", {"b.js": "2"})
    # Both names are of one file: who edits a result changes what was kept.
    (folder_run.target / "b.js").write_text("edited", encoding="utf-8")
    assert not folder_run("x", {"b.js": "2"})

    def refuse(*_):
        raise OSError("not supported")

    monkeypatch.setattr("emphasis.store.kept.os.link", refuse)
    assert not folder_run("x", {"b.js": "2"})
    assert (folder_run.target / "b.js").read_text(encoding="utf-8") == "2"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_key_is_of_the_rows_of_the_reports_that_it_names(tmp_path, ending, monkeypatch):
    def made_from(reports, *common):
        write(rows(reports), tmp_path / f"t.{ending}", SCHEMA)
        return MadeFrom({"t": [tmp_path / f"t.{ending}"]}, {"t": SCHEMA}, common)

    before, now = made_from(BEFORE), made_from(NOW)
    assert before.reports == ["a", "c"]
    assert now.reports == ["a", "b", "c", "e"]
    assert before.key("a") == now.key("a") != now.key("b")
    assert before.key("c") != now.key("c")
    assert before.key("a", "c") != now.key("a", "c")
    assert now.key("a", "b") != now.key("b", "a") != now.key("b")
    # One without rows is another than none.
    assert now.key("a", "d") != now.key("a")
    assert made_from(NOW, "a setting").key("a") != now.key("a")
    monkeypatch.setattr(kept_module, "installed", lambda: ("pandas-99.0.dist-info",))
    assert made_from(NOW).key("a") != now.key("a")


def test_rows_of_two_reports_do_not_make_up_for_each_other(tmp_path):
    """In two tables: what one report lost in the first, another in the second."""
    files = {name: [tmp_path / f"{name}.csv"] for name in "tu"}
    write(rows({"a": [("甲", 1)], "b": [("甲", 1)]}), *files["t"], SCHEMA)
    write(rows({"a": [("甲", 1)]}), *files["u"], SCHEMA)
    found = MadeFrom(files, dict.fromkeys("tu", SCHEMA), ())
    write(rows({"a": [("甲", 1)]}), *files["t"], SCHEMA)
    write(rows({"a": [("甲", 1)], "b": [("甲", 1)]}), *files["u"], SCHEMA)
    other = MadeFrom(files, dict.fromkeys("tu", SCHEMA), ())
    assert found.key("a") == other.key("a")
    assert found.key("b") != other.key("b")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_of_rows_that_are_not_read_none_changes_a_key(tmp_path, ending):
    def made_from(reports):
        file = tmp_path / f"t.{ending}"
        write(rows(reports), file, SCHEMA)
        stored = StoredTable([file], SCHEMA, only=("term", "甲"))
        assert set(stored.of(["a", "b"])["term"]) == {"甲"}
        return MadeFrom({"t": [file]}, {"t": SCHEMA}, (), {"t": stored})

    before = made_from({"a": [("甲", 1), ("乙", 2)], "b": [("甲", 1)]})
    others = made_from({"a": [("甲", 1), ("乙", 3), ("丙", 1)], "b": [("甲", 1)]})
    own = made_from({"a": [("甲", 2), ("乙", 2)], "b": [("甲", 1)]})
    assert before.key("a") == others.key("a") != own.key("a")
    assert before.key("b") == others.key("b") == own.key("b")


WORDS = Schema("words", "", "", (Field("token", "string", ""), Field("unit", "string", "")), *[("token", "unit")] * 2)


@pytest.mark.parametrize(
    ("units", "known"),
    [
        ({"甲乙": "甲", "丙": "丙", "丁": "丁"}, {"a"}),  # a word more
        ({"丙": "丙"}, {"a"}),  # a word less
        ({"甲乙": "甲乙", "丙": "丙"}, set()),  # another unit
    ],
)
def test_rows_are_taken_over_where_a_glossary_says_the_same_of_the_words_of_both_runs(tmp_path, units, known):
    file, words = tmp_path / "t.csv", tmp_path / "words.parquet"

    def run(glossary):
        for path in (file, words):
            path.unlink(missing_ok=True)
        write(table_from_rows(glossary.items(), WORDS), words, WORDS)
        with KeptTables(
            tmp_path / "kept", {"t": file}, {"t": SCHEMA, "words": WORDS}, CsvForm(), {"words": words}
        ) as kept:
            found = kept.known({"a": "key"})
            write(rows({"a": [("甲", 1)]}), file, SCHEMA)
            kept.keep({"a": "key"})
        return found

    assert run({"甲乙": "甲", "丙": "丙"}) == set()
    assert run(units) == known


def test_a_kept_table_is_read_whole_where_it_is_what_it_was(run):
    run(BEFORE)
    form = CsvForm(mark=not run.form.mark)
    folder, targets = run.file.with_name("kept"), {"t": run.file}
    found = KeptTables(folder, targets, {"t": SCHEMA}, run.form).table("t", ["report_id", "n"])
    assert list(found.columns) == ["report_id", "n"]
    assert found["report_id"].tolist() == ["a", "a", "c"]
    assert not len(KeptTables(folder, targets, {"t": SCHEMA}, form).table("t", ["report_id"]))
