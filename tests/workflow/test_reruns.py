"""Which rules an edit runs again: those whose results it could change, and no others."""

from __future__ import annotations

import pytest

from support import REPORT

PUBLISHED = {"datapackage", "workbook", "paper_tables", "methods", "page", "manifest"}
"""What tables are published in: the page, the paper kit, the data package, the manifest."""
COUNTING = {"counts", "frequency", "dispersion", "tfidf", "keyness", "topic_models", "topic_shares", "topics", "peers"}
COUNTING |= {"network", "clouds", "report_figures"} | PUBLISHED
LEXICAL = {"themes", "theme_correlations", "tasks", "panel", "stata", "peers", "clouds", "report_figures"} | PUBLISHED


@pytest.fixture(scope="module")
def project(bundled, tmp_path_factory):
    """A project after a run on the bundled report."""
    return bundled.copy_to(tmp_path_factory.mktemp("reruns") / "project")


@pytest.fixture
def edit(project):
    """A function that replaces some text of files, which are put back after the test, and says which rules would run."""
    before = {}

    def rules(old: str, new: str, *paths: str) -> set[str]:
        for file in (project.folder / path for path in paths):
            before.setdefault(file, file.read_bytes())
            text = file.read_text(encoding="utf-8")
            assert old in text, (file, old)
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
        run = project.run("-n")
        assert run.status == 0, run.output
        return run.rules

    yield rules
    for file, content in before.items():
        file.write_bytes(content)


LIBRARY = "scripts/emphasis"


def test_docstrings_and_comments_run_nothing(edit):
    files = "scripts/steps/tfidf.py", f"{LIBRARY}/store/tables.py", f"{LIBRARY}/measures/tfidf.py"
    assert edit('"""', '# A comment.\n"""Another beginning. ', *files) == set()


def test_a_quoted_docstring_runs_the_methods_text(edit):
    assert edit("tfidf = tf * idf", "tfidf = 1 * tf * idf", f"{LIBRARY}/measures/tfidf.py") == {"methods", "manifest"}


def test_a_comment_in_a_theme_runs_nothing_and_a_word_what_counts_it(edit):
    environment = "config/themes/environment.yaml"
    assert edit("  - 空气", "  # A comment.\n  -   空气 # the air", environment) == set()
    assert edit("空气", "大气", environment) == LEXICAL


def test_a_comment_in_the_words_of_pictures_runs_nothing_and_a_word_what_draws_them(edit):
    words = f"{LIBRARY}/figures/words.yaml"
    assert edit("\n# Parts\n", "\n# Parts of a report\n", words) == set()
    assert edit("上年完成", "上年实绩", words) == {"clouds", "report_figures", "page", "manifest"}


def test_a_word_that_clouds_leave_out_runs_the_clouds(edit):
    words = "config/lexicon/cloud_words.tsv"
    assert edit("# Words that", "# These are words that", words) == set()
    assert edit("发展\t", "发展了\t", words) == {"clouds", "page", "manifest"}


def test_the_size_of_new_topics_runs_nothing_but_their_fit(edit, project):
    assert edit("reference_k: 20", "reference_k: 10", "config/config.yaml") == set()
    assert project.run("-n", "reference_topics").rules == {"reference_topics"}


def test_the_older_names_of_topics_work_and_say_what_they_are_called_now(project):
    done = project.run("-n", "basis")
    assert done.rules == {"basis", "reference_topics"} and "reference_topics=refit" in done.output, done.output
    done = project.run("-n", "--config", "topics={basis: config/basis}")
    assert done.status == 0 and done.rules <= {"manifest"}, done.output
    assert "topics.basis is called reference_topics now" in done.output


FUTURE = "from __future__ import annotations\n"


@pytest.mark.parametrize(
    ("module", "concerned"),
    [
        # The methods text neither counts in the table nor quotes code.
        ("measures/tfidf.py", {"tfidf", "report_figures"} | PUBLISHED - {"methods"}),
        ("publish/paper/word.py", {"paper_tables", "manifest"}),
        ("figures/clouds.py", {"clouds", "page", "manifest"}),
    ],
)
def test_code_runs_the_steps_that_use_it(edit, module, concerned):
    assert edit(FUTURE, f"{FUTURE}\nADDED = 1\n", f"{LIBRARY}/{module}") == concerned


def test_a_word_of_the_paper_kit_runs_what_prints_it(edit):
    values = f"{LIBRARY}/publish/paper/values.yaml"
    assert edit('"Whole report"', '"The report"', values) == {"paper_tables", "workbook", "methods", "manifest"}


def test_code_that_concerns_only_the_run_runs_nothing(edit):
    assert edit(FUTURE, f"{FUTURE}\nADDED = 1\n", f"{LIBRARY}/run/job.py", f"{LIBRARY}/run/lock.py") == set()


def test_a_script_runs_its_rule(edit):
    concerned = {"panel", "datapackage", "workbook", "manifest"}
    assert edit("if __name__", "ADDED = 1\n\nif __name__", "scripts/steps/panel.py") == concerned


def test_the_version_runs_what_prints_it(edit):
    assert edit('"0.1.0"', '"0.1.1"', f"{LIBRARY}/__init__.py") == {"methods", "manifest"}


def test_a_report_runs_all_that_counts_it(edit):
    concerned = COUNTING | LEXICAL | {"ingest", "segment", "sections", "segmentation", "terms", "structure", "targets"}
    concerned |= {"areas", "area_changes", "regions_named"}
    assert edit("增长", "提高", f"seeds/{REPORT}.txt") == concerned


def test_a_stop_word_runs_what_counts_keywords(edit):
    assert edit("很 更", "很 甚 更", "config/lexicon/stopwords.txt") == COUNTING


def test_the_seed_runs_what_draws_at_random(project):
    concerned = {"keyness", "topic_models", "topic_shares", "topics", "peers", "clouds", "report_figures"} | PUBLISHED
    assert project.run("-n", "--config", "seed=1").rules == concerned


def test_a_corrected_code_runs_what_counts_codes(edit):
    corrections = "config/areas/corrections.tsv"
    line = "report_id\tsentence_id\tstart\tarea\n"
    concerned = {"areas", "area_changes", "peers", "tasks", "panel", "stata", "report_figures", "clouds"} | PUBLISHED
    assert edit(line, f"{line}elsewhere\telsewhere:1\t\t3\n", corrections) <= concerned
