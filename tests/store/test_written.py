"""Tables and lists that people write: what is wrong with a file is a sentence that names it."""

import pytest
import yaml

from emphasis.areas.scheme import read_scheme
from emphasis.errors import EmphasisError
from emphasis.figures.cloud_words import read_words
from emphasis.ingest.groupings import grouping_columns, read_metadata_table
from emphasis.measures.commitment import load_commitment
from emphasis.measures.dictionaries import load_tested, load_themes
from emphasis.reference.marks import marked_words
from emphasis.reference.variants import read_other_names
from emphasis.run.fingerprint import contents
from emphasis.segment.lexicon import load_terms, load_words
from emphasis.store.markup import from_yaml
from emphasis.store.written import written_cells, written_lines, written_rows
from emphasis.targets.indicators import load_indicators, load_variables

READERS = {
    "reports": read_metadata_table,
    "groupings": grouping_columns,
    "terms": load_terms,
    "words": load_words,
    "areas": read_scheme,
    "clouds": lambda file: read_words([file]),
    "commitment": load_commitment,
    "theme": lambda file: load_themes([file]),
    "marks": marked_words,
    "other names": read_other_names,
    "indicators": load_indicators,
    "variables": load_variables,
}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_a_spreadsheet_saved_in_another_encoding_is_named(tmp_path, reader, encoding):
    """As Excel saves text with tabs on a Chinese Windows, or as "Unicode text"."""
    file = tmp_path / "list.tsv"
    file.write_text("report_id\tregion\n甲\t北京\n", encoding=encoding)
    with pytest.raises(EmphasisError, match=r"list\.tsv: not UTF-8 \(byte \d+\); save the file as UTF-8"):
        READERS[reader](file)


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader != "groupings"])
def test_a_folder_or_nothing_in_its_place_is_named(tmp_path, reader):
    file = tmp_path / "list.tsv"
    with pytest.raises(EmphasisError, match=r"list\.tsv: there is no such file"):
        READERS[reader](file)
    file.mkdir()
    with pytest.raises(EmphasisError, match=r"list\.tsv: cannot be read"):
        READERS[reader](file)


def test_lines_keep_their_numbers_without_comments_and_without_a_mark(tmp_path):
    file = tmp_path / "list.tsv"
    file.write_text("\ufeffa\n# b\n\n \nc\n", encoding="utf-8")
    assert written_lines(file) == [(1, "a"), (5, "c")]


def test_a_quotation_mark_that_nothing_closes_swallows_no_reports(tmp_path):
    file = tmp_path / "reports.tsv"
    file.write_text('report_id\tregion\na\t"北京\nb\t上海\n', encoding="utf-8")
    with pytest.raises(
        EmphasisError,
        match=r"reports\.tsv, line 2: not a row .*a cell that begins with a quotation mark has to end with one",
    ):
        read_metadata_table(file)


LISTS = {
    "reports": ("report_id\tregion", "甲\t北京"),
    "terms": ("term\tkind\tsource\tfirst_year\taliases\tpos", "新质生产力\tpolicy\tcurated\t2024\t\tn"),
    "words": ("word\tpos\tweight\treason", "有效\ta\t3\twhy"),
    "areas": ("area\tmajor\tpart\tname_en\tname_zh", "1\t1\tx\teconomy\t经济"),
    "clouds": ("term\treason", "发展\twhy"),
    "commitment": ("word\tgrade\twhere\treason", "确保\t4\tfirst\twhy"),
    "marks": ("term\tkind\treason", "增加\treporting\twhy"),
    "other names": ("term\tothers", "民营企业\t民企|私企"),
    "indicators": ("canonical\tsynonyms\tbetter\tsource", "甲\t乙|丙\tup\tx"),
    "variables": ("variable\tcanonical\tmeasure\tunit\tlabel", "gdp\t甲\tlevel\t元\tx"),
}
"""A header and a line of each table."""


def quoted(line):
    return "\t".join(f'"{cell}"' for cell in line.split("\t"))


@pytest.mark.parametrize("reader", LISTS)
@pytest.mark.parametrize(
    "written",
    [
        lambda head, line: f"{head}\r\n{line}\r\n",
        lambda head, line: f"\ufeff{head}  \n\n# why\n \t\n{line}  \n",
        lambda head, line: f"{head}\t\t\n{line}\t\t\n",
        lambda head, line: f"{quoted(head)}\n{quoted(line)}\n",
    ],
    ids=["lines of Windows", "spaces and empty lines", "empty columns of a spreadsheet", "quoted, as by R"],
)
def test_a_table_is_the_same_however_programs_write_it(tmp_path, reader, written):
    head, line = LISTS[reader]
    file = tmp_path / "list.tsv"
    file.write_text(f"{head}\n{line}\n", encoding="utf-8")
    plain = READERS[reader](file)
    file.with_name("other.tsv").write_bytes(written(head, line).encode())
    marked_words.cache_clear()
    assert READERS[reader](file.with_name("other.tsv")) == plain
    assert plain


@pytest.mark.parametrize("reader", LISTS)
@pytest.mark.parametrize(
    "spoilt",
    [
        lambda head, line: f"{head}\n{line}\n".replace("\t", ";"),
        lambda head, line: f"{head}\n{line}\n".replace("\t", "    "),
        lambda head, line: f'{head}\n"{line}\n{line}\n',
        lambda head, line: f"{head}\n{line}\t1\t2\t3\t4\t5\n",
    ],
    ids=["semicolons", "spaces", "an open quotation mark", "too many cells"],
)
def test_what_is_no_table_with_tabs_is_told_with_its_place(tmp_path, reader, spoilt):
    file = tmp_path / "list.tsv"
    file.write_text(spoilt(*LISTS[reader]), encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"list\.tsv[,:] "):
        READERS[reader](file)


def test_a_line_ends_where_editors_end_it(tmp_path):
    """Page breaks and the line separator of Unicode are no ends of lines in an editor that shows their numbers."""
    file = tmp_path / "list.tsv"
    file.write_text("a\x0cb\u2028c\td\ne\n", encoding="utf-8")
    assert written_cells(file) == [(1, ["a\x0cb\u2028c", "d"]), (2, ["e"])]


def test_text_in_utf_16_without_its_mark_is_told(tmp_path):
    file = tmp_path / "list.tsv"
    file.write_bytes("term\n".encode("utf-16-le"))
    with pytest.raises(EmphasisError, match=r"list\.tsv: not UTF-8 \(byte 1\)"):
        written_lines(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the columns a, b are missing"),
        ("a\tc\n", "the columns b are missing"),
        ("a\tb\ta\n", "the column 'a' is there twice"),
        ("a\t\tb\n", "the column '' has no name"),
        ("a\tb\n\n1\t2\t3\n", "line 3: 3 fields; the first line names 2"),
    ],
)
def test_columns_that_cannot_be_meant_are_told(tmp_path, text, said):
    file = tmp_path / "list.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError, match=said):
        written_rows(file, ("a", "b"))


def test_results_of_tests_that_are_no_numbers_are_told_with_their_line(tmp_path):
    theme = tmp_path / "a.yaml"
    theme.write_text("label: a\n", encoding="utf-8")
    names = ("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high")
    file = tmp_path / "validation.tsv"
    head = "\t".join(("theme", "sha256", "n", *names, "kappa", "read_by"))
    file.write_text(f"{head}\na\t{contents(theme)}\t9\t高\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"validation\.tsv, line 2: .*write numbers"):
        load_tested(file, [theme])
    file.write_text(f"theme,sha256\na,{contents(theme)}\n", encoding="utf-8")
    with pytest.raises(
        EmphasisError, match=r"validation\.tsv: the columns theme, sha256, n, precision, .* are missing"
    ):
        load_tested(file, [theme])


@pytest.mark.parametrize("text", ["a: 2025-13-45", "a: 0b_", "a: 1\nb: {c: 1, c: 2}"])
def test_yaml_with_an_impossible_day_or_number_or_a_key_twice_is_no_yaml(text):
    with pytest.raises(yaml.YAMLError):
        from_yaml(text)
