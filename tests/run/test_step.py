"""A step outside Snakemake: which rows of the run before it takes over, and where it looks for its files."""

import re

import pytest

from emphasis.run.step import Step
from emphasis.store.kept import KeptTables
from emphasis.store.tables import read, table_from_rows, write
from steps.term_uses import term_uses
from support import ROOT
from support.jobs import Named, job

TEXTS = {"a": "量子之城和数字经济。", "b": "数字经济，数字经济。", "c": "没有。"}


@pytest.fixture
def count(tmp_path, schemas):
    """A function that counts terms of the lexicon in some texts, with some parameters, and gives the table."""
    user = tmp_path / "config/user_terms.tsv"
    user.parent.mkdir()
    user.write_text("term\n量子之城\n", encoding="utf-8")
    made = tmp_path / "tables/term_uses.parquet"

    def run(texts, **params):
        corpus = {name: tmp_path / f"corpus/{name}.parquet" for name in ("sentences", "tokens")}
        rows = [(name, f"{name}:1", "s1", 1, 0, len(text), text) for name, text in texts.items()]
        write(table_from_rows(rows, schemas["sentences"]), corpus["sentences"], schemas["sentences"])
        rows = [
            (name, "s1", f"{name}:1", position, found.group(), "n", "word", *found.span())
            for name, text in texts.items()
            for position, found in enumerate(re.finditer("量子之城|数字经济|和|没有", text), 1)
        ]
        write(table_from_rows(rows, schemas["tokens"]), corpus["tokens"], schemas["tokens"])
        lexicon = {name: str(ROOT / f"config/lexicon/{name}.tsv") for name in ("policy_terms", "unattested_terms")}
        files = [str(ROOT / f"workflow/schemas/tables/{name}.yaml") for name in ("sentences", "tokens", "term_uses")]
        given = Named(
            **{name: str(file) for name, file in corpus.items()}, **lexicon, user_terms=str(user), schemas=files
        )
        made.unlink(missing_ok=True)
        term_uses(Step(job(given, Named(term_uses=str(made)), **{"code": "1", "simplify": False} | params)))
        return read(made, schemas["term_uses"])

    run.file = made
    return run


@pytest.fixture
def taken(monkeypatch):
    """The reports whose rows are taken over."""
    found, known = [], KeptTables.known

    def watch(self, keys):
        found.append(sorted(known(self, keys)))
        return set(found[-1])

    monkeypatch.setattr(KeptTables, "known", watch)
    return found


def test_a_user_s_terms_count_where_the_other_files_lie_in_another_folder(count):
    table = count(TEXTS)
    found = {(row.report_id, row.term): row.n for row in table.itertuples()}
    assert found["a", "量子之城"] == 1
    assert found["b", "数字经济"] == 2


def test_one_report_more_takes_the_others_over_and_leaves_the_bytes_of_a_run_from_scratch(count, taken):
    count({name: TEXTS[name] for name in "ac"})
    count(TEXTS)
    grown = count.file.read_bytes()
    assert taken == [[], ["a", "c"]]
    count(TEXTS | {"a": "量子之城。"})
    assert taken[-1] == ["b", "c"]
    count(TEXTS, code="2")
    assert taken[-1] == []
    assert count.file.read_bytes() == grown


def test_another_setting_takes_nothing_over(count, taken):
    count(TEXTS)
    count(TEXTS, simplify=True)
    count(TEXTS, simplify=True)
    assert taken == [[], [], ["a", "b", "c"]]
