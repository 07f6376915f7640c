"""The documents that show the kit's tables, set by TeX; without TeX what can be told from their text."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pylatexenc.latexwalker import LatexWalker

from emphasis.publish.paper.formulas import formulas
from emphasis.publish.paper.kit import kit_tables, write_kit
from emphasis.publish.paper.references import bibliography, cited_publications
from emphasis.store.results import read_rows
from support import REPORT, ROOT
from support.kit import file_of, kit_results, kit_targets, several_results

PROGRAMS = ("xelatex", "bibtex")
PACKAGES = (
    "texlive-xetex",
    "texlive-lang-chinese",
    "texlive-latex-recommended",
    "texlive-fonts-recommended",
    "texlive-bibtex-extra",
)
REGIONS = ("长春市", "吉林市", "四平市", "辽源市", "通化市", "白山市")


def many():
    """Nineteen reports of six regions and four years, one with an id that means something to TeX."""
    found = []
    for n in range(19):
        region, year = REGIONS[n % 6], str(2022 + n // 6)
        found.append({"report_id": f"r{n:02}", "region": region, "year": year, "region_level": "prefecture"})
    found[3] |= {"report_id": "50%_{of}#1 &长 春$"}
    found[18] |= {"region_level": "national", "region": "全国"}
    return found


@pytest.fixture(scope="module", params=["one", "nineteen"])
def kit(request, tmp_path_factory, themes) -> Path:
    """The folder of a kit with its bibliography."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "one":
        results, printed = kit_results(), [REPORT]
    else:
        (folder / "tables").mkdir()
        results, printed = several_results(folder / "tables", many()), ["50%_{of}#1 &长 春$"]
    tables = kit_tables(results, themes, kit_targets(), printed=printed, most=20)
    for language, ending in (("en", "tex"), ("zh", "zh.tex")):
        write_kit(tables, folder, language, ROOT / f"workflow/templates/paper/sample.{ending}.j2", [])
    publications = cited_publications(sorted((ROOT / "scripts/emphasis").glob("*/*.py")))
    bib = bibliography(list(read_rows(file_of("reports"))), publications, {"jieba": "0.42.1"})
    (folder / "references.bib").write_text(bib, encoding="utf-8")
    return folder


def sources(kit: Path, name: str) -> dict[str, str]:
    """The document and the tables that it shows, by file."""
    main = (kit / name).read_text(encoding="utf-8")
    return {name: main} | {
        file: (kit / f"{file}.tex").read_text(encoding="utf-8")
        for file in re.findall(r"^\\input\{(tex/.*)\}", main, re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["sample.tex", "sample.zh.tex"])
def test_the_document_parses_and_names_what_it_needs(kit, name):
    text = sources(kit, name)
    assert len(text) > 10
    for source in text.values():
        LatexWalker(source, tolerant_parsing=False).get_latex_nodes()
    every = "\n".join(text.values())
    labels = re.findall(r"\\label\{(.*?)\}", every)
    assert len(labels) == len(set(labels)) == len(text) - 1
    assert set(re.findall(r"\\ref\{(.*?)\}", every)) == set(labels)
    comment, _, body = text[name].partition(r"\documentclass")
    loaded = {"ctex"} | {
        one for found in re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", body) for one in found.split(",")
    }
    assert {package for package in loaded if package not in comment} == set()
    assert all(package in comment for package in PACKAGES[: 4 if "gbt7714" in loaded else 3])
    # tabularx and longtable come with xltabular; table and tabular are LaTeX's own.
    used = {found for source in text.values() for found in re.findall(r"\\begin\{(\w+)\}", source)}
    assert used <= {"document", "table", "tabular", "tabularx", "longtable", "xltabular"}
    assert {"booktabs", "xltabular", "caption", "placeins"} <= loaded


def typeset(folder: Path, name: str) -> str:
    """The log of a document that TeX has set, references and all."""
    if lost := [program for program in PROGRAMS if not shutil.which(program)]:
        pytest.skip(
            f"{' and '.join(lost)}: not installed, so nothing is set; `make test-tex` installs TeX and runs this"
        )
    stem = name.removesuffix(".tex")
    xelatex = ("xelatex", "-no-pdf", "-interaction=nonstopmode", "-halt-on-error")
    for program, *options in (xelatex, ("bibtex",), xelatex, xelatex):
        done = subprocess.run([program, *options, stem], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:]
    return (folder / f"{stem}.log").read_text(encoding="utf-8", errors="replace")


COMPLAINTS = re.compile(
    r"^!.*|^Overfull \\hbox.*|^Missing character.*|^LaTeX Warning: .*|^Package (?!fontspec).* Warning: .*", re.MULTILINE
)


@pytest.mark.parametrize("name", ["sample.tex", "sample.zh.tex"])
def test_the_document_is_set_without_complaint(kit, name, tmp_path):
    folder = tmp_path / "paper"
    shutil.copytree(kit, folder)
    file = folder / name
    # Where each table is spoken of: its page is compared with that of the table.
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^\\input\{tex/\w+/(.*)\}", r"\\label{at:\1}\g<0>", text, flags=re.M), encoding="utf-8")
    log = typeset(folder, name)
    assert COMPLAINTS.findall(log) == []
    pages = dict(
        re.findall(r"\\newlabel\{(\w+:.*?)\}\{\{.*?\}\{(\d+)\}", file.with_suffix(".aux").read_text(encoding="utf-8"))
    )
    tables = [label.removeprefix("tab:") for label in pages if label.startswith("tab:")]
    assert len(tables) > 10
    assert {
        t: (pages[f"at:{t}"], pages[f"tab:{t}"]) for t in tables if int(pages[f"tab:{t}"]) - int(pages[f"at:{t}"]) > 1
    } == {}
    shown = (folder / f"{name.removesuffix('.tex')}.bbl").read_text(encoding="utf-8")
    assert "0.42.1" in shown and "长春市人民政府" in shown


def test_the_formulas_of_the_methods_are_set(tmp_path):
    found = formulas(ROOT / "scripts/emphasis")
    for formula in found.values():
        LatexWalker(f"$${formula}$$", tolerant_parsing=False).get_latex_nodes()
    body = "\n".join(rf"\[ {formula} \]" for formula in found.values())
    source = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{body}\cite{{a}}\bibliographystyle{{plain}}\bibliography{{a}}\end{{document}}"
    (tmp_path / "formulas.tex").write_text(source, encoding="utf-8")
    (tmp_path / "a.bib").write_text("@misc{a, key={a}, title={a}}", encoding="utf-8")
    assert "!" not in {line[:1] for line in typeset(tmp_path, "formulas.tex").splitlines()}


def test_make_installs_the_packages_that_the_documents_name():
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(package in made for package in PACKAGES)
