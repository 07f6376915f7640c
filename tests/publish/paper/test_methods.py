"""The methods text and the references: counted from the run, nothing invented."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import yaml

from emphasis.publish.paper.methods import (
    bibliography,
    cited_publications,
    facts,
    formulas,
    gb7714,
    methods_text,
    report_key,
)
from emphasis.store.results import Results, read_rows
from support import ROOT
from support.kit import file_of

COUNTED = "reports warnings structure keyness_comparisons topic_diagnostics targets target_pairs terms".split()
LIBRARY = ROOT / "scripts/emphasis"


@pytest.fixture(scope="module")
def config():
    return yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def publications():
    return cited_publications(sorted((LIBRARY / "measures").glob("*.py")))


def text(language, config, themes, publications, **replaced):
    results = Results({name: file_of(name) for name in COUNTED} | replaced)
    lexicon = [ROOT / f"config/lexicon/{name}.tsv" for name in ("policy_terms", "unattested_terms")]
    values = facts(results, config, themes, lexicon) | {"formulas": formulas(LIBRARY), "publications": publications}
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
    assert "{{" not in said and "{%" not in said and "  " not in re.sub(r"```.*?```", "", said, flags=re.DOTALL)


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
    assert "9 of 10 dictionaries were compiled" in english and "10部词典中有9部为本软件自编" in chinese
    assert "not distinguishable from noise in 1 model" in english and "1个模型与随机打乱的文本无法区分" in chinese


def test_formulas_are_those_of_the_docstrings():
    found = formulas(LIBRARY)
    assert "idf   = ln((1 + S) / (1 + df)) + 1" in found["tfidf"].splitlines()
    assert "dp_norm = dp / (1 - min_i s_i)" in found["dispersion"].splitlines()
    assert len(found["keyness"].splitlines()) == 10 and found["keyness"].startswith("per_10k_target ")
    assert found["frequency_parts"] == "per_10k = 10,000 n / N"
    assert found["intervals"].splitlines()[1] == "d'   = w d + (1 - w) D"


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
    assert found["package-jieba"][1]["note"] == "version 0.42.1" and "policy-emphasis" in found
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
    assert found["au5fbu25cu20u957f"][1]["title"].startswith(
        r"{50\% of A\&B\_\#\$\textasciitilde{}\textasciicircum{} input"
    )
    assert report_key("中文") == "u4e2du6587"


def test_gb7714_from_what_is_known_and_nothing_else():
    (report,) = read_rows(file_of("reports"))
    lines = gb7714([report]).splitlines()
    title = "政府工作报告——2025年1月8日在长春市第十六届人民代表大会第四次会议上"
    assert lines[2] == f"[1] 长春市人民政府. {title}[R/OL]. (2025-02-25)."
    assert lines[3] == "    （缺：引用日期、获取路径）"
    bare = dict.fromkeys(report, "") | {"report_id": "x", "region_level": "national", "title": "报告"}
    assert gb7714([bare]).splitlines()[2:] == ["[1] 国务院. 报告[R].", "    （缺：发布日期、引用日期、获取路径）"]
    linked = report | {"source": "https://www.example.cn/a", "region": "", "published": ""}
    lines = gb7714([linked]).splitlines()
    assert lines[2] == f"[1] {title}[R/OL]. https://www.example.cn/a."
    assert lines[3] == "    （缺：责任者、发布日期、引用日期）"
    paper = report | {"source": "解放日报", "published": ""}
    assert gb7714([paper]).splitlines()[3] == "    （文本来源：解放日报；缺：发布日期、引用日期、获取路径）"
