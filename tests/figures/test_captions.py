"""Captions: every table and picture has one in both languages, made from what it describes."""

from types import SimpleNamespace

import pytest
from docutils.core import publish_doctree
from docutils.nodes import system_message
from jinja2 import Environment

from emphasis.figures.charts import ACROSS, PER_REPORT
from emphasis.measures.testing import MAX_Q
from emphasis.publish.dictionary import caption, captions, picture_captions
from support import ROOT

FOLDER = ROOT / "workflow/report"


class Job:
    """What Snakemake passes to a caption."""

    class wildcards:  # noqa: N801
        report_id, name = "长春-2025", "section-1.1"

        @staticmethod
        def get(wildcard, default):
            return default

    def __init__(self, language, test):
        self.config = {"figures": {"language": language}, "keyness": {"test": test}}


def rendered(text, language, test="draws"):
    return Environment(trim_blocks=True, lstrip_blocks=True).from_string(text).render(snakemake=Job(language, test))


def test_captions_of_tables_are_up_to_date():
    expected = captions(ROOT / "workflow/schemas/tables")
    found = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / "tables").glob("*.rst")}
    assert found == expected, "run: make docs"


def test_a_caption_has_every_column_and_its_description(schemas):
    text = caption(schemas["themes"])
    tree = publish_doctree(text, settings_overrides={"report_level": 5}).astext()
    assert all(f"{field.name}" in tree for field in schemas["themes"].fields)
    assert "empty for ln_hits" in tree


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.rst")), ids=lambda path: path.stem)
def test_captions_are_sound(path):
    """Docutils finds no fault; a picture's caption says what is shown, how it was measured, what not to conclude."""
    text = path.read_text(encoding="utf-8")
    languages = {language: rendered(text, language) for language in ("zh", "en")}
    for words in languages.values():
        assert not list(publish_doctree(words, settings_overrides={"report_level": 5}).findall(system_message))
    if path.parent == FOLDER and path.stem not in ("workflow", "pictures"):
        assert all(part in languages["en"] for part in ("Shown:", "Measured:", "Not to be concluded:"))
        assert all(part in languages["zh"] for part in ("所示：", "算法：", "不宜据此推断："))
        assert ("长春-2025" in languages["en"]) == (path.stem not in ACROSS)


@pytest.mark.parametrize(
    ("test", "en", "zh"), [("draws", "permutation", "置换"), ("closed", "closed form", "解析形式")]
)
def test_the_caption_of_terms_names_the_test_that_is_set(test, en, zh):
    text = (FOLDER / "terms.rst").read_text(encoding="utf-8")
    english, chinese = (rendered(text, language, test) for language in ("en", "zh"))
    assert [word in english for word in ("permutation", "closed form")] == [
        word == en for word in ("permutation", "closed form")
    ]
    assert [word in chinese for word in ("置换", "解析形式")] == [word == zh for word in ("置换", "解析形式")]
    assert all(f"q < {MAX_Q}" in said for said in (english, chinese))


def test_every_picture_has_a_caption():
    assert {path.stem for path in FOLDER.glob("*.rst")} == {*PER_REPORT, *ACROSS, "clouds", "pictures", "workflow"}


def test_a_folder_of_pictures_has_the_captions_of_all_of_them():
    text = (FOLDER / "pictures.rst").read_text(encoding="utf-8")
    assert text == picture_captions(FOLDER), "run: make docs"
    for language in ("en", "zh"):
        found = set()
        for chart in (*PER_REPORT, "clouds"):
            job = Job(language, "draws")
            job.wildcards = SimpleNamespace(name="whole", report_id="", get=lambda *_, chart=chart: chart)
            environment = Environment(trim_blocks=True, lstrip_blocks=True)
            own, chosen = (
                environment.from_string(words).render(snakemake=job).strip()
                for words in ((FOLDER / f"{chart}.rst").read_text(encoding="utf-8"), text)
            )
            assert chosen == own.removeprefix("**** ")
            found.add(chosen)
        assert len(found) == len(PER_REPORT) + 1
