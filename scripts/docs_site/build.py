"""Build the documentation site into build/docs (part of `make docs`): static pages in two languages that open from disk.

Sphinx makes the pages from the Markdown that is in the project, with the theme Furo; every warning is an error. Then every link of every page
is followed, anchors included, and no page may ask another host for anything. `python -m docs_site.build FOLDER` builds elsewhere.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from docs_site.links import faults_of
from docs_site.sources import LANGUAGES, ROOT, Sources

SITE = ROOT / "docs/site"
TITLE = "policy-emphasis"


def build(target: Path) -> None:
    """Build the site.

    Parameters
    ----------
    target : Path
        Its folder, which is emptied first.

    Raises
    ------
    SystemExit
        If a link leads nowhere or a page is not as it should be; the message says which.
    """
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        for language in LANGUAGES:
            sources = Sources.read(ROOT)
            pages = Path(work) / language
            sources.lay_out(language, pages)
            sources.copy_files(pages)
            _sphinx(language, pages, target / language, Path(work) / f"{language}.trees")
    shutil.copyfile(SITE / "choose.html", target / "index.html")
    if faults := faults_of(target):
        sys.exit("\n".join(faults))


def _sphinx(language: str, pages: Path, target: Path, trees: Path) -> None:
    settings = {
        "project": TITLE,
        "html_title": TITLE,
        "language": {"en": "en", "zh": "zh_CN"}[language],
        "html_search_language": language,
        "extensions": ["myst_parser", "docs_site.extension"],
        "myst_enable_extensions": ["dollarmath", "attrs_inline"],
        "myst_heading_anchors": 4,
        "html_math_renderer": "mathml",
        "html_theme": "furo",
        "html_static_path": [str(SITE / "static")],
        "html_css_files": ["site.css"],
        "html_theme_options": {"top_of_page_buttons": []},
        "smartquotes": False,
        "html_copy_source": False,
        "html_use_index": False,
        "html_show_copyright": False,
        "html_show_sphinx": False,
        "html_permalinks_icon": "#",
        "pygments_style": "friendly",
        "highlight_language": "none",
        # A day would make other bytes of the same sources.
        "html_last_updated_fmt": None,
    }
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            pages,
            None,
            target,
            trees,
            "html",
            confoverrides=settings,
            status=None,
            warning=sys.stderr,
            warningiserror=True,
        )
        app.build()
        if app.statuscode:
            sys.exit(f"The {language} pages of the site have faults, listed above.")
    for left in (".buildinfo", "objects.inv"):
        (target / left).unlink(missing_ok=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build/docs")
