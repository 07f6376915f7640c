"""The methods text and the references: counted from the run, nothing invented."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import yaml

from emphasis import __version__
from emphasis.errors import EmphasisError
from emphasis.publish.paper import formulas as formulas_module
from emphasis.publish.paper.formulas import docstring_formula, formulas
from emphasis.publish.paper.kit_words import WORDS
from emphasis.publish.paper.methods import area_facts, facts, methods_text, reference_facts
from emphasis.publish.paper.references import (
    bibliography,
    cited_publications,
    gb7714,
    report_entry,
    report_key,
)
from emphasis.run.scale import settle
from emphasis.store.results import Results, read_rows
from support import ROOT
from support.kit import file_of

COUNTED = "reports warnings structure keyness_comparisons topic_diagnostics targets target_pairs terms peers".split()
LIBRARY = ROOT / "scripts/emphasis"
AREAS = ROOT / "config/areas"


@pytest.fixture(scope="module")
def config():
    return settle(yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8")), 1)[0]


@pytest.fixture(scope="module")
def publications():
    return cited_publications(sorted(LIBRARY.glob("[amrt]*/*.py")))


def text(language, config, themes, publications, **replaced):
    results = Results({name: file_of(name) for name in COUNTED} | replaced)
    lexicon = [ROOT / f"config/lexicon/{name}.tsv" for name in ("policy_terms", "unattested_terms")]
    values = facts(results, config, themes, lexicon) | {"formulas": formulas(LIBRARY), "publications": publications}
    values["reference"] = reference_facts(ROOT / "config/reference/reports.tsv")
    values["areas"] = area_facts(AREAS / "provenance.yaml", AREAS / "validation.tsv", AREAS / "corrections.tsv")
    ending = "md" if language == "en" else f"{language}.md"
    return methods_text(ROOT / f"workflow/templates/paper/methods.{ending}.j2", language, values)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_are_those_of_the_tables(language, config, themes, publications):
    said = text(language, config, themes, publications)
    structure = pd.read_csv(file_of("structure")).set_index("unit").loc["report"]
    for number in (f"{structure['n_tokens']:,}", str(structure["n_sentences"]), "jieba 0.42.1", "8,018", "20250108"):
        assert number in said, number
    targets = pd.read_csv(file_of("targets"))["period"].value_counts()
    pairs = pd.read_csv(file_of("target_pairs"))["comparable"].value_counts()
    words = {
        "en": [
            f"{targets['outturn']} outturns and {targets['target']} targets",
            f"{pairs[True]} are of the same measure",
        ],
        "zh": [f"上年完成值{targets['outturn']}条、本年目标值{targets['target']}条", f"可以比较的{pairs[True]}对"],
    }
    assert all(phrase in said for phrase in words[language])
    comparisons = pd.read_csv(file_of("keyness_comparisons"))
    verdicts = comparisons.loc[comparisons["comparison"] == "section", "verdict"].value_counts()
    by_sentences = (comparisons["unit"] == "sentence").sum()
    phrase = {"en": f"In {by_sentences} comparisons within reports", "zh": f"报告内部有{by_sentences}次比较"}[language]
    assert (phrase in said) == (by_sentences > 0)
    row = re.search(r"^\| (?:section|小节与其余部分) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", said, re.MULTILINE)
    assert [int(n) for n in row.groups()] == [18, *(verdicts.get(name, 0) for name in ("found", "none", "undecidable"))]
    assert all(source.text in said for source in publications)
    assert "{{" not in said and "{%" not in said and "  " not in re.sub(r"\$\$.*?\$\$", "", said, flags=re.DOTALL)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("test", ["draws", "closed"])
@pytest.mark.parametrize("several", [False, True])
def test_the_methods_name_the_tests_that_were_made(several, test, language, config, themes, publications):
    """Within reports the one that is set, between reports the closed form, and none if there is one report."""
    replaced = {"keyness_across_comparisons": [file_of("keyness_comparisons")]} if several else {}
    set_to = config | {"keyness": config["keyness"] | {"test": test}}
    said = text(language, set_to, themes, publications, **replaced)
    said = next(line for line in said.splitlines() if "Lijffijt et al. 2016" in line)
    words = {
        "en": (
            "permutation test",
            "within reports by a test in closed form",
            "between reports by a test in closed form",
        ),
        "zh": ("置换检验", "报告内部采用解析形式检验", "报告之间采用解析形式检验"),
    }[language]
    assert tuple(phrase in said for phrase in words) == (test == "draws", test == "closed", several)
    assert said.count("Rao & Scott 1992") == (test == "closed" or several)
    assert said.count("Besag & Clifford 1991") == (test == "draws")


def test_what_cannot_be_relied_on_is_said(config, themes, publications, tmp_path):
    reports = pd.read_csv(file_of("reports"), dtype=str, keep_default_na=False).assign(confidence="low")
    warnings = pd.DataFrame({"report_id": ["changchun-2025", "gone"], "code": ["thin-level-2", "unreadable"]})
    diagnostics = pd.read_csv(file_of("topic_diagnostics"), dtype=str, keep_default_na=False)
    unstable = (diagnostics["measure"] == "stability_jaccard") & diagnostics["model"].str.startswith("self:")
    diagnostics.loc[unstable, "verdict"] = "not distinguishable from noise"
    told = {"reports": reports, "warnings": warnings, "topic_diagnostics": diagnostics}
    for name, table in told.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    replaced = {name: [tmp_path / f"{name}.csv"] for name in told}
    english, chinese = (text(language, config, themes, publications, **replaced) for language in ("en", "zh"))
    assert "**Low confidence**: the outline of changchun-2025 should be checked" in english
    assert "**Left out**: 1 file could not be read (gone)" in english and "thin-level-2 (1)" in english
    assert "**低可信度**：changchun-2025的章节识别结果" in chinese and "**未纳入**：1个文件" in chinese
    assert "10 of 11 dictionaries were compiled" in english and "11部词典中有10部为本软件自编" in chinese
    assert "not distinguishable from noise in 1 model" in english and "1个模型与随机打乱的文本无法区分" in chinese


def test_formulas_are_held_to_the_docstrings(monkeypatch, tmp_path):
    found = formulas(LIBRARY)
    assert found["frequency_parts"] == r"r = 10\,000\,\frac{n}{N}" and len(found) == 10
    assert docstring_formula(
        "A rate::\n\n    r = n / N\n      s = 1\n\nwith n.\n\nReferences\n----------\n``x = y``"
    ) == ("r = n / N\n  s = 1")
    assert docstring_formula("Dispersion: ``dp = 0.5\n* d``, ``range``.") == "dp = 0.5 * d"
    written = (LIBRARY / "publish/paper/formulas.yaml").read_text(encoding="utf-8")
    other = tmp_path / "formulas.yaml"
    other.write_text(written.replace("per_10k = 10,000 n / N", "per_10k = 1,000 n / N"), encoding="utf-8")
    monkeypatch.setattr(formulas_module, "_FILE", other)
    with pytest.raises(EmphasisError, match=r"frequency_parts: measures/frequency.py, frequency_parts has another"):
        formulas(LIBRARY)


def test_the_chinese_text_is_chinese(config, themes, publications):
    """No code for a formula, no English sentence: what is left of Latin letters are names, signs, files and publications."""
    said = text("zh", config, themes, publications).partition("## 方法文献")[0]
    assert "```" not in said
    said = re.sub(r"\$\$.*?\$\$|\$.*?\$|`.*?`|[（(][^（）()]*\d{4}[^（）()]*[）)]", "", said, flags=re.DOTALL)
    words = re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+", said)
    assert set(words) <= {"Comparative Agendas Project", "scikit", "learn"}, words
    assert all(f"value.{theme.source}" in WORDS for theme in themes), "add the source in Chinese to values.yaml"
    assert not re.search("from memory|凭记忆|未查阅", said)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_yardstick_and_the_coder_are_described(language, config, themes, publications, tmp_path):
    said = text(language, config, themes, publications)
    peers = pd.read_csv(file_of("peers"))
    reference = pd.read_csv(ROOT / "config/reference/reports.tsv", sep="\t")
    held_out = pd.read_csv(AREAS / "validation.tsv", sep="\t").set_index("area").iloc[0]
    accuracy = f"{100 * held_out['recall']:.1f}"
    phrases = {
        "en": (f"a reference of {len(reference)} reports", f"has {len(peers)} peers", "rule that found them (other level in 1 report)",
               "no human has checked the codes", f"as read in {accuracy} % of the sentences"),
        "zh": (f"参照库共收{len(reference)}份", f"有同类报告{len(peers)}份", "按“其他层级”选取的1份", "亦未经人工核对", f"{accuracy}%的句子与阅读编码一致"),
    }[language]  # fmt: skip
    assert [phrase for phrase in phrases if phrase not in said] == []
    assert {"en": "corrected by hand", "zh": "经人工更正"}[language] not in said
    peers.assign(compared=False).to_csv(tmp_path / "peers.csv", index=False)
    alone = text(language, config, themes, publications, peers=[tmp_path / "peers.csv"])
    assert {"en": "No report was compared with others of its kind", "zh": "同类报告不足五份，未作比较"}[
        language
    ] in alone
    chosen = text(language, config | {"peers": "吉林省", "reference": "corpus"}, themes, publications)
    assert {"en": "Peers are those that were chosen", "zh": "同类报告由使用者选定"}[language] in chosen
    assert {"en": ", those at hand", "zh": "即本次分析的全部报告"}[language] in chosen


def test_corrections_are_counted(tmp_path):
    file = tmp_path / "corrections.tsv"
    file.write_text("# by hand\nreport_id\tsentence_id\tstart\tarea\nr\tr:1\t\t3\nr\tr:2\t\t3\n", encoding="utf-8")
    assert area_facts(AREAS / "provenance.yaml", AREAS / "validation.tsv", file)["corrected"] == 2
    assert area_facts(AREAS / "provenance.yaml", AREAS / "validation.tsv", None)["corrected"] == 0


def entries(bib):
    """The entries of a BibTeX file: type, key and fields. Braces have to match throughout."""
    found, rest = {}, re.sub(r"^%.*$", "", bib, flags=re.MULTILINE)
    while match := re.search(r"@(\w+)\{([^,\s]+),", rest):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0) if rest[end - 1] != "\\" else 0
            end += 1
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", rest[match.end() : end], re.MULTILINE))
        assert match[2] not in found, f"{match[2]} twice"
        found[match[2]] = (match[1], fields)
        rest = rest[end:]
    assert not rest.strip()
    return found


def test_the_bibliography_has_reports_software_and_methods(publications):
    reports = list(read_rows(file_of("reports")))
    found = entries(bibliography(reports, publications, {"jieba": "0.42.1"}))
    kind, fields = found["changchun-2025"]
    assert kind == "techreport" and fields["author"] == "{长春市人民政府}" and fields["year"] == "2025"
    assert "url" not in fields
    assert found["package-jieba"][1]["title"] == "{jieba (version 0.42.1)}"
    assert found["policy-emphasis"][1]["year"] == "2026"
    kind, fields = found["dunning1993"]
    assert (kind, fields["journal"], fields["volume"], fields["pages"]) == (
        "article",
        "Computational Linguistics",
        "19",
        "61--74",
    )
    assert fields["author"] == "Dunning, T."
    assert found["rao1992"][1]["journal"] == "Biometrics"
    assert found["lijffijt2012"][1]["author"] == "Lijffijt, J. and Gries, S. Th."
    assert len(publications) >= 14 and all(source.authors and source.title and source.rest for source in publications)
    assert all(source.title.rstrip('"') in " ".join(source.text.split()) for source in publications)


def test_hostile_metadata_keeps_the_bibliography_whole(publications):
    (report,) = read_rows(file_of("reports"))
    odd = report | {
        "report_id": "a_b%c 长",
        "title": "50% {of} A&B_#$~^\\input",
        "meeting": "}{",
        "source": "https://x.cn/a_b?c=%20",
    }
    found = entries(bibliography([odd], publications, {}))
    assert found["a+5fb+25c+20+957f"][1]["title"].startswith(
        r"{50\% of A\&B\_\#\$\textasciitilde{}\textasciicircum{} input"
    )
    assert report_key("中文") == "+4e2d+6587"


def test_gb7714_from_what_is_known_and_nothing_else():
    (report,) = read_rows(file_of("reports"))
    lines = gb7714([report]).splitlines()
    title = "政府工作报告——2025年1月8日在长春市第十六届人民代表大会第四次会议上"
    assert lines[2] == f"[1] 长春市人民政府. {title}[R/OL]. (2025-02-25)."
    assert lines[3] == "    （缺：引用日期、获取路径）"
    bare = dict.fromkeys(report, "") | {"report_id": "x", "region_level": "national", "title": "报告"}
    assert gb7714([bare]).splitlines()[2:4] == [
        "[1] 国务院. 报告[R].",
        "    （缺：发布日期、引用日期、获取路径）",
    ]
    linked = report | {"source": "https://www.example.cn/a", "region": "", "published": ""}
    lines = gb7714([linked]).splitlines()
    assert lines[2] == f"[1] {title}[R/OL]. https://www.example.cn/a."
    assert lines[3] == "    （缺：责任者、发布日期、引用日期）"
    paper = report | {"source": "解放日报", "published": ""}
    assert gb7714([paper]).splitlines()[3] == "    （文本来源：解放日报；缺：发布日期、引用日期、获取路径）"


def test_citations_are_those_of_the_readmes_and_of_the_citation_file():
    (report,) = read_rows(file_of("reports"))
    lines = gb7714([report]).splitlines()
    for readme in ("README.md", "README.zh-CN.md"):
        said = "".join((ROOT / readme).read_text(encoding="utf-8").split())
        assert "".join(report_entry(report).split()) in said, f"{readme} cites the bundled report otherwise"
        assert "CITATION.cff" in said
    data = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert lines[-1] == (
        f"[2] {data['authors'][0]['name']}. {data['title']}: {data['version']}[CP]. ({data['date-released']})."
    )
    assert data["version"] == __version__
