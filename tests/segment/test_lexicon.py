from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.segment.audit import TermCounter, count_reports
from emphasis.segment.cue_words import CueWords, load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, Term, load_stopwords, load_terms, load_words
from emphasis.segment.lint import find_split_words, lint
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import alias_counts, found_terms_table, segment_reports, token_table
from emphasis.store.tables import Schema, check
from support import JUDGEMENTS, ROOT

HEADER = "term\tkind\tsource\tfirst_year\taliases\tpos\n"

SENTENCES = ["report_id", "section_id", "sentence_id", "paragraph", "start", "end", "text"]


def write_terms(tmp_path: Path, text: str, header: str = HEADER) -> Path:
    path = tmp_path / "terms.tsv"
    path.write_text(header + text, encoding="utf-8")
    return path


MALFORMED = [
    ("too few fields", "新质生产力\tpolicy\n", "line 2: 2 fields, expected 6"),
    ("too many fields", "新质生产力\tpolicy\tx\t\t\tn\tmore\n", "line 2: 7 fields"),
    ("unknown kind", "新质生产力\tidea\tcurated\t\t\tn\n", "line 2: 'idea' is not a kind"),
    ("no source", "新质生产力\tpolicy\t\t\t\tn\n", "line 2: 新质生产力 has no source"),
    ("no year", "新质生产力\tpolicy\tcurated\t24\t\tn\n", "line 2: first_year '24' is not a year"),
    ("no digits", "新质生产力\tpolicy\tcurated\t²⁰²⁴\t\tn\n", "line 2: first_year '²⁰²⁴' is not a year"),
    ("one character", "\n新\tpolicy\tcurated\t\t\tn\n", "line 3: a term has at least two characters, found '新'"),
    ("twice", "新区域\tpolicy\tcurated\t\t\tn\n新区域\tpolicy\tcurated\t\t\tn\n", "line 3: 新区域 is in this file"),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_a_malformed_line_is_refused_with_its_number(tmp_path: Path, text: str, message: str) -> None:
    path = write_terms(tmp_path, text)
    with pytest.raises(EmphasisError) as error:
        load_terms(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmphasisError, match="the columns are term, kind"):
        load_terms(write_terms(tmp_path, "", "term\tsource\tkind\tfirst_year\taliases\tpos\n"))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_bytes("新质生产力".encode("gb18030"))
    with pytest.raises(EmphasisError, match="save the file as UTF-8"):
        load_terms(path)


def test_a_user_adds_words_with_one_column(tmp_path: Path) -> None:
    path = write_terms(tmp_path, "低空经济\tpolicy\tcurated\t\t\tn\n")
    user = tmp_path / "user_terms.tsv"
    assert len(load_terms(path, user).terms) == 1
    user.write_text("# mine\n五朵金花工程\n低空经济\tsector\n", encoding="utf-8")
    lexicon = load_terms(path, user)
    assert [(t.term, t.kind, t.source) for t in lexicon.terms] == [
        ("低空经济", "sector", "user"),
        ("五朵金花工程", "policy", "user"),
    ]
    tokens = Segmenter(make_engine("rjieba"), lexicon.terms).tokens("实施五朵金花工程")
    assert [t.token for t in tokens] == ["实施", "五朵金花工程"]


def test_a_malformed_line_of_the_user_is_refused_with_its_number(tmp_path: Path) -> None:
    path = write_terms(tmp_path, "")
    user = tmp_path / "user_terms.tsv"
    user.write_text("五朵金花工程\n低空经济\tidea\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"user_terms\.tsv, line 2: 'idea' is not a kind"):
        load_terms(path, user)


@pytest.mark.parametrize("merged", [False, True])
def test_aliases_merge_only_on_request_and_visibly(
    merged: bool, schemas: dict[str, Schema], cue_words: CueWords
) -> None:
    lexicon = Lexicon((Term("国内生产总值", "indicator", "curated", None, ("GDP",)),))
    sentences = pd.DataFrame([("r", "s1", "r:1", 1, 5, 17, "GDP和国内生产总值")], columns=SENTENCES)
    reports = segment_reports(sentences, Segmenter(make_engine("rjieba"), lexicon.terms), lexicon, cue_words)
    canonical = lexicon.canonical if merged else {}
    tokens = token_table(sentences, [report.tokens for report in reports], canonical)
    aliases = alias_counts(reports, lexicon, merged=merged)
    assert tokens["token"].tolist() == ["国内生产总值" if merged else "GDP", "和", "国内生产总值"]
    assert tokens[["start", "end"]].iloc[0].tolist() == [5, 8]
    counter = TermCounter(lexicon.terms)
    written = {"sentences": sentences, "tokens": tokens, "found_terms": found_terms_table(reports)}
    assert count_reports(written, counter) == set(tokens["token"])
    (row,) = counter.rows()
    assert (row["term"], row["n_substring"], row["n_token"]) == ("国内生产总值", 1, 2 if merged else 1)
    assert check(aliases, schemas["aliases"]).to_numpy().tolist() == [["r", "GDP", "国内生产总值", 1, merged]]


@pytest.mark.parametrize("text", ["的 了\n和\n", '"的"\n"了"\n"和"\n', "\ufeff的，了,和 # 虚词\r\n", "的、了；和"])
def test_stop_words_are_read_however_they_are_listed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stopwords.txt"
    path.write_text(text, encoding="utf-8")
    assert load_stopwords(path) == {"的", "了", "和"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("五朵金花工程;policy", "has semicolons and no tabs"),
        ("五朵金花工程，policy", "has commas and no tabs"),
        ("五朵金花工程    policy", "has spaces and no tabs"),
        ("五朵金花工程 policy", "has spaces and no tabs"),
        ('五朵金花工程\t"policy', "a cell that begins with a quotation mark has to end with one"),
    ],
)
def test_columns_without_tabs_make_no_term(tmp_path: Path, line: str, said: str) -> None:
    user = tmp_path / "user_terms.tsv"
    user.write_text(f"term\tkind\n{line}\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=f"line 2: .*{said}"):
        load_terms(write_terms(tmp_path, ""), user)


def test_stop_words_contain_nothing_of_substance() -> None:
    stop = load_stopwords(ROOT / "config/lexicon" / "stopwords.txt")
    assert {"的", "和", "我们", "个"} <= stop
    assert not stop & {"发展", "改革", "建设", "推进", "创新", "民生", "安全", "市场", "农业", "代表"}


def test_every_group_of_stop_words_has_a_reason() -> None:
    lines = (ROOT / "config/lexicon" / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert before.startswith("#"), f"no reason above: {line[:20]}"


def test_the_lexicon_is_large_and_of_all_kinds(lexicon: Lexicon) -> None:
    assert len(lexicon.terms) >= 3000
    kinds = {term.kind for term in lexicon.terms}
    assert kinds == {"policy", "slogan", "programme", "organisation", "place", "sector", "indicator", "event"}


CUE_WORDS = ROOT / "config/lexicon/cue_words.txt"
WRONG_CUE_WORDS = [
    ("an unknown group", "[verbs]\n", "line 1: [verbs] is not a group; the groups are policy_verbs, "),
    ("a group twice", "[head_nouns]\n产业\n[head_nouns]\n", "line 3: [head_nouns] begins a second time"),
    ("a word without a group", "# mine\n加快\n", "line 2: 加快 is in no group"),
    ("a word twice", "[policy_verbs]\n加快 推进\n# more\n打造 加快\n", "line 4: 加快 is in [policy_verbs] already"),
    ("an empty group", "[policy_verbs]\n# 加快\n", "[policy_verbs] has no words"),
    ("a missing group", "[policy_verbs]\n加快\n", "[verbs_in_names] has no words"),
]


@pytest.mark.parametrize(
    ("text", "message"), [case[1:] for case in WRONG_CUE_WORDS], ids=[case[0] for case in WRONG_CUE_WORDS]
)
def test_wrong_cue_words_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "cue_words.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError) as error:
        load_cue_words(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_cue_words_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "cue_words.txt"
    with pytest.raises(EmphasisError, match="there is no such file"):
        load_cue_words(path)
    path.write_bytes("[policy_verbs] 加快".encode("gb18030"))
    with pytest.raises(EmphasisError, match="save the file as UTF-8"):
        load_cue_words(path)


def test_cue_words_of_the_project_are_read_by_group(cue_words: CueWords) -> None:
    assert {"加快", "全面推进"} <= cue_words.policy_verbs
    assert cue_words.street_endings <= cue_words.place_endings
    assert cue_words.name_endings["大街"] == "ns"
    assert cue_words.name_endings["大学"] == "nt"
    assert cue_words.name_endings["论坛"] == "nz"
    assert all(len(word) == 1 for word in cue_words.function_words)


def test_every_group_of_cue_words_has_a_reason() -> None:
    lines = CUE_WORDS.read_text(encoding="utf-8").splitlines()
    for line, after in pairwise(lines):
        if line.startswith("["):
            assert after.startswith("#"), f"no reason below {line}"


def test_lint_finds_nothing_in_the_lexicon(lexicon: Lexicon, cue_words: CueWords) -> None:
    assert lint(lexicon.terms, make_engine("jieba"), cue_words) == []


def test_the_lexicon_splits_no_word_of_the_dictionary(lexicon: Lexicon) -> None:
    import jieba  # noqa: PLC0415 - for its list of words

    with jieba.Tokenizer().get_dict_file() as file:
        rows = [line.split() for line in file.read().decode("utf-8").splitlines()]
    words = [word for word, count, _ in rows if len(word) > 2 and int(count) > 3]
    engine = make_engine("rjieba")
    Segmenter(engine, lexicon.terms, load_words(ROOT / "config/lexicon" / "words.tsv")).tokens("发展")
    assert list(find_split_words(lexicon.terms, make_engine("rjieba"), engine, words)) == []


def test_lint_finds_what_is_wrong(cue_words: CueWords) -> None:
    terms = [
        Term("推动经济", "policy", "curated"),
        Term("加快建设", "policy", "curated"),
        Term("新", "policy", "curated"),
        Term("低空经济", "thing", ""),
        Term("低空经济", "policy", "curated"),
        Term("因为", "policy", "curated"),
        Term("数字经济", "policy", "national-2017", 2019),
    ]
    found = {(finding.term, finding.code) for finding in lint(terms, make_engine("rjieba"), cue_words)}
    assert found == {
        ("推动经济", "action"),
        ("加快建设", "action"),
        ("新", "one-character"),
        ("低空经济", "unknown-kind"),
        ("低空经济", "no-source"),
        ("低空经济", "duplicate"),
        ("因为", "ordinary"),
        ("数字经济", "year"),
    }


def test_lint_finds_a_term_that_splits_words() -> None:
    terms = [Term("产业革", "policy", "curated")]
    engine = make_engine("rjieba")
    engine.set_words((("产业革", 10**8),), ())
    found = list(find_split_words(terms, make_engine("rjieba"), engine, ["产业革命", "农业"]))
    assert [(f.term, f.code) for f in found] == [("产业革", "cuts")]


def test_most_terms_made_by_segmentation_were_judged_real() -> None:
    lines = (JUDGEMENTS / "terms.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert rows[0] == ["term", "report", "verdict", "note"]
    verdicts = [row[2] for row in rows[1:]]
    assert len(verdicts) == 200
    assert set(verdicts) <= {"yes", "no"}
    assert verdicts.count("yes") / 200 >= 0.95
