"""Batches and large corpora: the same results in whatever pieces, and what a large corpus leaves in its batches."""

import inspect
import json
import re
import shutil

import pandas as pd
import pytest
from docx import Document
from snakemake.scheduling.job_scheduler import JobScheduler

import synthetic
from support import ROOT
from support.project import Project, hashes
from synthetic import names, write

BY_WORD = ("frequency", "frequency_parts", "dispersion", "tfidf", "keyness", "distinctive", "missing", "nodes", "edges")
MERGED = ("aliases", "keyness_comparisons", "structure", "peers", "standing")
TOGETHER = ("keyness_across", "reuse", "similarity", "first_use", "term_change_rates", "terms", "adoption_years")
TOGETHER_BY_WORD = ("frequency_corpus", "reuse_passages", "formulas", "term_changes", "adoption")
QUICK = ("segmenter=rjieba", 'adoption={"min_reports": 1}', 'keyness={"draws": 200}')
# That models of single reports are the same in whatever pieces is shown by test_csv.py and tests/topics/test_same_bytes.py.
QUICK += ('topics={"refits": 5, "shuffles": 5, "self": "none"}',)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project with a corpus of four synthetic reports, shorter than real ones."""
    project = Project(tmp_path_factory.mktemp("project"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "CHARACTERS", 8_000)
        write(project.folder / "many", 4, [ROOT / "seeds/changchun-2025.txt"])
    return project


def run(project, results, targets, *settings):
    config = ("reports=many", f"results={results}", *QUICK, *settings)
    done = project.run(*targets, "--config", *config)
    assert done.status == 0, done.output
    return hashes(project.folder / results)


def small(results):
    """What a small corpus and all of its batches together have in one file."""
    tables = [f"{results}/tables/{name}.csv" for name in (*MERGED, *TOGETHER, *BY_WORD, *TOGETHER_BY_WORD)]
    corpus = ("reports.csv", "sections.csv", "warnings.csv", "sentences.parquet", "tokens.parquet")
    return [*tables, *(f"{results}/corpus/{name}" for name in corpus)]


@pytest.fixture(scope="module")
def one(project):
    return run(project, "one", small("one"))


@pytest.fixture(scope="module")
def large(project):
    """Everything of the reports as a large corpus in two batches, with pictures of the first."""
    pictures = json.dumps({"reports": [first(project)]})
    settings = (f"figures={pictures}", f"clouds={pictures}", f"paper={pictures}", 'site={"limit": 3}')
    return run(project, "large", [], "batch_size=2", "large_corpus=3", *settings)


def test_batches_make_no_difference(project, one):
    several = run(project, "several", small("several"), "batch_size=1")
    assert len(several_batches := list((project.folder / "several/batches").iterdir())) == 4, several_batches
    assert several == {path: one[path] for path in several}
    assert len(several) >= len(BY_WORD) + len(MERGED) + len(TOGETHER) + 5


def test_a_large_corpus_keeps_tables_by_word_in_its_batches(project, one, large):
    folder = project.folder / "large/batches"
    for name in BY_WORD:
        whole = pd.read_csv(project.folder / f"one/tables/{name}.csv", keep_default_na=False)
        found = pd.concat(map(pd.read_parquet, folder.glob(f"*-of-2/tables/{name}.parquet")))
        assert len(found) == len(whole)
        assert sorted(found["report_id"]) == sorted(whole["report_id"])
    across = pd.read_csv(project.folder / "large/tables/keyness_across.csv")
    every = pd.read_csv(project.folder / "one/tables/keyness_across.csv")
    assert len(across) == (every["q_bh"] < 0.05).sum()
    assert (across["q_bh"] < 0.05).all()
    for name in TOGETHER_BY_WORD:
        whole = pd.read_csv(project.folder / f"one/tables/{name}.csv", keep_default_na=False)
        assert len(pd.read_parquet(project.folder / f"large/tables/{name}.parquet")) == len(whole) > 0
    same = [path for path in large if path in one and path != "tables/keyness_across.csv"]
    assert {f"tables/{name}.csv" for name in (*MERGED, *TOGETHER)} - {"tables/keyness_across.csv"} <= set(same)
    assert {path: large[path] for path in same} == {path: one[path] for path in same}


def test_everything_is_made_of_a_large_corpus(project, one, large):
    """Page, kit and manifest read tables from batches and Parquet; a report without pictures is on the page all the same.

    Pictures are drawn in jobs for several reports, and are those that a job for one report draws.
    """
    results = project.folder / "large"
    assert (results / "site/index.html").stat().st_size > 500_000
    listed = {entry["path"] for entry in json.loads((results / "manifest.json").read_text())["outputs"]}
    assert {"batches/1-of-2/tables/frequency.parquet", "tables/reuse_passages.parquet", "paper/workbook.xlsx"} <= listed
    drawn = f"figures/{first(project)}"
    assert {f"{drawn}/themes.png", f"{drawn}/network.graphml", f"{drawn}/clouds/whole.pdf"} <= listed
    assert {"themes", "clouds/whole"} <= figures_on_page(results)[first(project)].keys()
    # A report that is asked for by name has tables of its own in the kit.
    document = Document(str(results / "paper/tables.docx"))
    assert any("Words that set each section apart" in text.text for text in document.paragraphs)
    run(project, "one", [f"one/{drawn}/clouds"])
    pictures, same = (hashes(project.folder / folder / drawn / "clouds") for folder in ("one", "large"))
    # Snakemake notes the time in a folder that is an output, which here is the one around it.
    del pictures[".snakemake_timestamp"]
    assert pictures == same and len(pictures) > 30


def figures_on_page(results):
    page = (results / "site/index.html").read_text(encoding="utf-8")
    found = json.loads(re.search(r'id="index"[^>]*>(.*?)</script>', page, re.DOTALL)[1])["figures"]
    return {report_id: dict.fromkeys(names) for report_id, names in found.items()}


def test_reports_that_come_change_and_go_give_what_a_run_from_scratch_gives(project):
    """What is counted of a report is counted where it can be new; other rows are those of the run before."""
    growing = project.folder / "growing"
    shutil.copytree(project.folder / "many", growing)
    names = (*MERGED, *TOGETHER, *BY_WORD, *TOGETHER_BY_WORD, "themes", "targets", "areas", "regions_named", "tasks")

    def grow(results):
        tables = [f"{results}/tables/{name}.csv" for name in names]
        done = project.run(*tables, "--config", "reports=growing", f"results={results}", "batch_size=3", *QUICK)
        assert done.status == 0, done.output
        return hashes(project.folder / results)

    def taken_over(log):
        text = (project.folder / "grown/logs" / log).read_text(encoding="utf-8")
        return re.findall(r"rows of the run before: (\d+) of (\d+) reports", text)

    def by_batch():
        files = (project.folder / "grown/batches").glob("*/corpus/reports.csv")
        return {file.parts[-3]: set(pd.read_csv(file)["report_id"]) for file in files}

    before, batches = grow("grown"), by_batch()
    assert taken_over("reuse.log") == [("0", "3")]
    added, edited = growing / "长春市-220100-2025.txt", min(growing.iterdir())
    text = "2025年长春市政府工作报告\n各位代表：\n一、2024年工作回顾\n我们种了很多树。\n二、2025年工作安排\n我们要种更多树。\n"
    added.write_text(text, encoding="utf-8")
    written = edited.read_text(encoding="utf-8")
    edited.unlink()  # linked to the other folder's
    edited.write_text(written.replace("发展", "建设", 5), encoding="utf-8")
    after = grow("grown")
    for batch, own in by_batch().items():
        # Of one report alone nothing is kept.
        n_same = len(own - {added.stem, edited.stem}) if len(batches[batch]) > 1 else 0
        for step in ("ingest", "segment", "frequency", "areas", "themes", "targets"):
            assert not own & {added.stem, edited.stem} or taken_over(f"{step}/{batch}.log") == [
                (str(n_same), str(len(own)))
            ]
    assert after == grow("scratch") != before
    added.unlink()
    edited.write_text(written, encoding="utf-8")
    assert grow("grown") == before


def first(project):
    return min(path.stem for path in (project.folder / "many").iterdir())


def test_the_first_reports_do_not_depend_on_how_many_follow(tmp_path):
    seed = [ROOT / "seeds/changchun-2025.txt"]
    write(tmp_path / "two", 2, seed)
    write(tmp_path / "three", 3, seed)
    two, three = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("two", "three"))
    assert two.items() <= three.items()
    assert all(18_000 < len(text.decode()) < 23_000 for text in three.values())


def test_ten_thousand_names_are_different():
    found = [report_id for report_id, *_ in (name for name, _ in zip(names(), range(10_000), strict=False))]
    assert len(set(found)) == 10_000


def test_snakemake_still_has_the_limiter_that_is_switched_off():
    """The Snakefile takes it from the scheduler at the start of a run; under another name it would stay on unnoticed."""
    assert "self._schedule_reevalutation(self.job_rate_limiter.timespan)" in inspect.getsource(JobScheduler)
    assert "is None" in inspect.getsource(JobScheduler.job_selector).partition("self.job_rate_limiter ")[2]
