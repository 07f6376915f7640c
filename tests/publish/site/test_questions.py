"""The ten questions of docs/questions.md: each path from the first view, and its number against the tables."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
import yaml
from scipy.stats import chi2

from emphasis.areas.scheme import read_scheme
from support import REPORT, ROOT
from support.browser import watched
from support.page import page_of


def table(results, name, **types):
    return pd.read_csv(results / f"tables/{name}.csv", keep_default_na=False, na_values=[""], dtype=types)


@pytest.fixture
def landing(page):
    page.go("#/")
    return page


def to_report(page, report=REPORT):
    """One click: the name of a report in the list of its first terms."""
    page.follow(f'#block-stress table a[href="#/report/{report}"]')


def search(page, text):
    """One click: a word in the search box of every view."""
    page.page.locator("#quick input").fill(text)
    with page.step():
        page.page.locator("#quick button").click()


def test_1_what_a_report_stresses(landing, results):
    to_report(landing)
    own = table(results, "distinctive").query("report_id == @REPORT and part == 'whole'").sort_values("rank")
    lines = landing.page.locator(".finding.stressed tbody tr").all_inner_texts()
    n = dict(zip(own["term"], own["n"], strict=True))
    shown = [re.split(r"\s+", line) for line in lines]
    assert shown and [int(row[1]) for row in shown] == [n[row[0]] for row in shown]
    assert {row[0] for row in shown} <= set(own["term"][own["rank"].notna()].head(10))


def test_2_what_it_passes_over(landing, results):
    to_report(landing)
    own = table(results, "missing").query("report_id == @REPORT and part == 'whole'").set_index("term")
    lines = landing.page.locator(".finding.missing tbody tr").all()
    assert lines
    for line in lines:
        term, peers = line.locator("th").inner_text(), line.locator("td").first.inner_text()
        assert peers == f"{round(own.loc[term, 'peers_with'] * own.loc[term, 'n_peers'])} of {own.loc[term, 'n_peers']}"


def test_3_where_plan_and_review_differ(landing, results):
    to_report(landing)
    own = (
        table(results, "area_changes", area=str)
        .query("report_id == @REPORT and comparison == 'plan against review'")
        .set_index("area")
    )
    names = read_scheme(ROOT / "config/areas/areas.tsv").names_en
    own.index = own.index.map(names)
    lines = landing.page.locator(".finding.moved tbody tr").all()
    assert lines
    for line in lines:
        points = float(re.match(r"[−+][\d.]+", line.locator("td").last.inner_text())[0].replace("−", "-"))
        assert points == pytest.approx(100 * own.loc[line.locator("th").inner_text(), "change"], abs=0.051)


def test_4_how_much_for_the_environment_and_is_it_much(landing, results):
    landing.page.locator("#block-stress").get_by_label("Policy area").select_option("7")
    landing.page.wait_for_function("() => location.hash.includes('area=7')")
    landing.settle()
    shares = table(results, "areas", area=str).query("part == 'whole' and area == '7'").set_index("report_id")["share"]
    lines = landing.page.locator("#block-stress .ranked li:not(.axisline)").all()
    assert len(lines) == 2  # One level, its latest year; and one report whose level is not known.
    for line in lines:
        report = line.locator("a").first.get_attribute("href").removeprefix("#/report/")
        assert line.locator(".value").inner_text() == f"{100 * shares[report] + 1e-9:.1f}%"
    to_report(landing)
    # Beside its peers: the theme among the measures of standing.csv.
    standing = table(results, "standing").query("report_id == @REPORT and kind == 'theme' and part == 'whole'")
    row = standing.set_index("measure").loc["environment"]
    landing.page.locator("summary", has_text="measures").first.click()
    label = yaml.safe_load((ROOT / "config/themes/environment.yaml").read_text(encoding="utf-8"))["label_en"]
    themes = landing.page.locator("xpath=//details/h3[starts-with(., 'Themes')]/following-sibling::ul[1]/li")
    line = themes.filter(has=landing.page.get_by_text(label, exact=True)).first
    assert line.locator(".value").inner_text() == f"{100 * row['value'] + 1e-9:.2f}%"
    said = line.locator(".rank").inner_text()
    assert said.startswith(("highest", "lowest", "like")) or re.match(r"\d+(st|nd|rd|th) (highest|lowest)", said)
    assert f"of {row['n_peers'] + 1}" in said


def test_5_which_targets_were_set_and_met(landing, results):
    own = table(results, "target_attainment")
    assert {"met", "missed"} <= set(own["verdict"])
    listed = landing.saved("Targets by region and year")
    for row in listed:
        group = own[(own["region"] == row["region"]) & (own["year"] == int(row["year"]))]
        for verdict in ("met", "near", "missed", "not comparable", "not reported"):
            assert int(row[verdict.replace(" ", "_")]) == (group["verdict"] == verdict).sum()
    kept, missed = own["verdict"].isin(["met", "near"]).sum(), (own["verdict"] == "missed").sum()
    title = landing.page.locator("#block-promises h2").inner_text()
    assert title.startswith(f"Of {kept + missed} targets that can be checked, {kept} were met or nearly")
    # The interval of 2 of 3 (Wilson).
    assert (kept, missed) == (2, 1)
    assert "21% to 94%" in landing.page.locator("#block-promises").inner_text()
    landing.follow("#block-promises tbody th a")
    assert len(landing.saved("Targets against the next year")) == len(own)


def test_6_how_a_word_moved_with_zeros(landing, results):
    search(landing, "数字经济")
    landing.page.locator("summary", has_text="zeros too").click()
    listed = {row["report_id"]: row for row in landing.saved("By report")}
    counts = table(results, "frequency_parts").query("part == 'whole' and term == '数字经济'").set_index("report_id")
    reports = pd.read_csv(results / "corpus/reports.csv")["report_id"]
    assert set(listed) == set(reports) and "hostile" not in counts.index
    for report, row in listed.items():
        assert int(row["hits"]) == (counts.loc[report, "n"] if report in counts.index else 0)
        rate = counts.loc[report, "per_10k"] if report in counts.index else 0
        assert float(row["rate"]) == pytest.approx(rate, abs=1e-3)
        # The exact ends of the interval of a Poisson count.
        n, scale = int(row["hits"]), 10_000 / int(row["size"])
        ends = scale * chi2.ppf(0.025, 2 * n) / 2 if n else 0, scale * chi2.ppf(0.975, 2 * n + 2) / 2
        assert (float(row["low"]), float(row["high"])) == pytest.approx(ends, rel=1e-3)
    # One region has two years: one panel with two points and a line between them.
    assert landing.page.locator(".panel").count() == 1
    assert landing.page.locator(".panel .dot_").count() == 2 and landing.page.locator(".panel .rise").count() == 1
    search(landing, "扩大有效需求")
    assert landing.page.locator(".panel .dot_").count() == 2


def test_7_who_copies_whom(landing, results, sentences):
    reuse = table(results, "reuse").query("section == 'all'").set_index(["report_id", "other_id"])
    listed = landing.saved("Shared text")
    assert len(listed) == len(reuse)
    for row in listed:
        assert float(row["share_plain"]) == pytest.approx(reuse.loc[(row["report_id"], row["other_id"]), "share_plain"])
    passages = table(results, "reuse_passages").query("passage == 1").set_index(["report_id", "other_id"])
    pair = (listed[0]["report_id"], listed[0]["other_id"])
    landing.follow("#block-shared tbody tr:first-child td:last-child a")
    text = sentences.set_index("sentence_id").loc[passages.loc[pair, "sentence_id"], "text"]
    assert landing.page.locator(".sentence.here").inner_text() == text


def test_8_what_is_new(landing, results):
    first = table(results, "first_use")
    fresh = first[(first["text_year"] == 2025) & (first["year"] == 2025)]
    terms = landing.page.locator("#block-new > p a").all_inner_texts()
    assert terms and set(terms) <= set(fresh["term"])
    common = fresh[fresh["n_first"] > 1]
    title = landing.page.locator("#block-new h2").inner_text()
    assert title.startswith("New in 2025" if len(common) else "No term new in 2025 is in more than one report")
    rates = table(results, "term_change_rates").query("change == 'new'").set_index("report_id")
    listed = landing.saved("New terms of the latest reports")
    assert [(row["report_id"], int(row["n_changed"])) for row in listed] == [(REPORT, rates.loc[REPORT, "n_changed"])]
    landing.follow("#block-new tbody td:last-child a")
    changes = table(results, "term_changes").query("change == 'new'").set_index("term")["n"]
    word = landing.page.locator("h1").inner_text().strip("“”")
    assert landing.page.locator(".kwic li").count() == changes[word]


def test_9_what_a_section_puts_weight_on(landing, results):
    to_report(landing)
    landing.follow(".ribbonname a")
    section = re.search(r"s=([^&]+)", landing.page.url)[1]
    frequency = table(results, "frequency").query("report_id == @REPORT")
    frequency = frequency[frequency["section_id"] == section]
    listed = landing.saved("Words:")
    n = frequency.set_index("term")["n"]
    assert listed and all(int(row["n"]) == n[row["term"]] for row in listed)


def test_10_where_a_word_was_said(landing, tokens, sentences):
    search(landing, "断头路")
    landing.follow(f'.kwic a.place[href^="#/report/{REPORT}"]')
    here = landing.page.locator(".sentence.here").inner_text()
    assert "断头路" in here and here in set(sentences["text"])


@pytest.mark.parametrize("name", ["digital_economy", "rural_revitalisation"])
def test_a_list_that_is_typed_in_counts_as_a_theme_of_the_same_words(page, results, name):
    theme = yaml.safe_load((ROOT / f"config/themes/{name}.yaml").read_text(encoding="utf-8"))
    words = [*theme["words"], *(f"-{word}" for word in theme["exceptions"])]
    page.go("#/kwic?q=" + "、".join(words).replace("+", "%2B"))
    values = table(results, "themes").query("theme == @name and definition == 'words'").set_index(["report_id", "part"])
    hits = table(results, "themes").query("theme == @name and definition == 'per_10k'").set_index(["report_id", "part"])
    listed = page.saved("Share of words in each report")
    assert len(listed) == 3
    for row in listed:
        for part in ("whole", "review", "plan"):
            assert float(row[part]) == pytest.approx(values.loc[(row["report_id"], part), "value"], abs=1e-6)
            assert int(row[f"hits_{part}"]) == hits.loc[(row["report_id"], part), "numerator"]
    sections = table(results, "theme_sections").query("theme == @name and report_id == @REPORT").set_index("section_id")
    page.go(f"#/kwic/{REPORT}?q=" + "，".join(words).replace("+", "%2B"))
    for row in page.saved("Your theme by section"):
        assert float(row["share"]) == pytest.approx(sections.loc[row["section_id"], "share"], abs=1e-6)
        assert int(row["hits"]) == sections.loc[row["section_id"], "hits"]
    # What the page offers is a dictionary of the same words.
    kept = yaml.safe_load(page.page.locator("#yaml").inner_text())
    assert sorted(kept["words"]) == sorted(theme["words"]) and sorted(kept["exceptions"]) == sorted(theme["exceptions"])


def test_collocates_are_those_of_the_tokens(page, tokens, results):
    """Counted anew from tokens.parquet for a word that is a token of its own only: common sentences, and pairs within five tokens."""
    word = "建设"
    page.go(f"#/kwic/{REPORT}?q={word}")
    page.page.locator(".collocates summary").click()
    listed = page.saved("Words near it")
    vocabulary = pd.read_parquet(results / "corpus/vocabulary.parquet")
    holders = set(vocabulary.loc[vocabulary["unit"] == word, "token"])
    lines = tokens[tokens["report_id"] == REPORT].groupby("sentence_id", sort=False)["token"].agg(list)
    nodes = sum(token in holders for line in lines for token in line)
    assert len(listed) > 20
    for row in listed[:30]:
        term = row["term"]
        n, near, used = 0, 0, 0
        for line in lines:
            places = [i for i, token in enumerate(line) if token in holders]
            terms = [i for i, token in enumerate(line) if token == term]
            n += len(terms)
            near += sum(any(abs(i - k) <= 5 for k in terms) for i in places)
            used += sum(any(abs(i - k) <= 5 for i in places) for k in terms)
        both = sum(term in line and bool(holders & set(line)) for line in lines)
        ends = [sum(term in line for line in lines), sum(bool(holders & set(line)) for line in lines)]
        assert (int(row["n"]), int(row["near"]), int(row["sentences"])) == (n, min(near, used), both)
        if row["dice"]:
            assert float(row["dice"]) == pytest.approx(14 + math.log2(2 * min(near, used) / (nodes + n)), abs=0.01)
        assert float(row["diceSentence"]) == pytest.approx(14 + math.log2(2 * both / sum(ends)), abs=0.01)
    page.page.locator(".collocates tbody a").first.click()
    page.page.wait_for_function("() => location.hash.includes('with=')")
    page.settle()
    assert len({line.split("?n=")[1] for line in hrefs(page)}) == int(listed[0]["sentences"])


def hrefs(page):
    return page.page.locator(".kwic a.place").evaluate_all("list => list.map(a => a.getAttribute('href'))")


POINTS = [(2019, 2.0), (2020, 0.0), (2022, 1.0), (2023, 3.0), (2023, 1.0)]


def test_a_panel_bridges_no_gap_and_shows_zeros(browser, schemas, tmp_path):
    """Years 2019, 2020, 2022 and two reports of 2023: a line from 2019 to 2020 alone."""
    words = {0.0: 0, 1.0: 1, 2.0: 2, 3.0: 3}
    reports, sections, sentences, tokens = [], [], [], []
    for i, (year, value) in enumerate(POINTS):
        report_id = f"r{i}"
        reports.append(
            {
                "report_id": report_id,
                "title": f"甲市{year}年报告",
                "region": "甲市",
                "region_level": "prefecture",
                "year": year,
                "confidence": "high",
            }
        )
        section = {
            "report_id": report_id,
            "section_id": "s1",
            "level": 1,
            "heading": "工作",
            "role": "plan",
            "standalone": True,
        }
        sections.append(section | {"n_sentences": 1, "n_words": 4, "n_tokens": 4})
        text = "算力" * words[value] + "发展" * (4 - words[value])
        sentences.append(
            {
                "report_id": report_id,
                "sentence_id": f"{report_id}:1",
                "section_id": "s1",
                "paragraph": 1,
                "start": 0,
                "end": 8,
                "text": text,
            }
        )
        tokens += [
            {"report_id": report_id, "section_id": "s1", "sentence_id": f"{report_id}:1", "position": k + 1, "token": text[2 * k : 2 * k + 2], "kind": "word", "start": 2 * k, "end": 2 * k + 2}
            for k in range(4)
        ]  # fmt: skip
    more = {"reports": reports, "sections": sections, "sentences": sentences, "tokens": tokens, "counts": []}
    file = tmp_path / "index.html"
    ids = [row["report_id"] for row in reports]
    file.write_text(page_of(schemas, more, shown=ids, wanted=len(ids)), encoding="utf-8")
    with watched(browser, file) as seen:
        seen.go("#/kwic?q=算力")
        dots = seen.page.locator(".panel .dot_")
        assert dots.count() == 5 and seen.page.locator(".panel .dot_.none").count() == 1
        assert seen.page.locator(".panel .rise").count() == 1
        left = dots.evaluate_all("list => list.map(n => parseFloat(n.style.left))")
        assert left == sorted(left) and left[3] == left[4]
        assert "甲市 2020: 0 times, 0.0 per 10,000 words" in dots.nth(1).get_attribute("title")
        # Several reports without areas, peers or comparisons still open with a page.
        assert seen.go("#/").locator("main h1").inner_text() == "What the reports say"


def test_tables_of_several_reports_are_saved_in_the_language_of_the_page(browser, results):
    with watched(browser, results / "site/index.html", locale="zh-CN") as seen:
        seen.go("#/")
        for caption in ("各报告的特征词与主要领域", "最近一份报告的新词", "相同文字", "各地区历年目标与次年报告所述"):
            rows = seen.saved(caption)
            assert rows and not [head for head in rows[0] if re.search("[a-z]{3}", head)], caption
        shared = seen.saved("相同文字")[0]
        assert shared["关系"] == "上一年" and "占本报告（占字数，0–1）" in shared
        seen.go("#/kwic?q=数字经济")
        seen.page.locator("summary", has_text="含未提到的").click()
        assert {"次数（次）", "总词数（词）", "每万词（次/万词）", "下限（次/万词）"} <= set(
            seen.saved("各报告分布")[0]
        )


def test_lines_that_are_pasted_become_a_list(landing):
    landing.page.locator("#quick input").evaluate(
        """input => {
            const data = new DataTransfer();
            data.setData('text', '数字经济\\n 人工智能\\n');
            input.focus();
            input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    with landing.step():
        landing.page.locator("#quick button").click()
    assert landing.page.locator("h1").inner_text() == "Your theme of 2 words"
    assert "of the words of 长春市 2025" in landing.page.locator(".block.list h2").inner_text()
