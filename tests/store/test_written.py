"""Tables and lists that people write: what is wrong with a file is a sentence that names it."""

import pytest
import yaml

from emphasis.areas.scheme import read_scheme
from emphasis.errors import EmphasisError
from emphasis.figures.cloud_words import read_words
from emphasis.ingest.groupings import grouping_columns, read_metadata_table
from emphasis.measures.commitment import load_commitment
from emphasis.measures.dictionaries import load_themes
from emphasis.reference.marks import marked_words
from emphasis.reference.variants import read_other_names
from emphasis.segment.lexicon import load_terms, load_words
from emphasis.store.markup import from_yaml
from emphasis.store.written import written_lines
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
        EmphasisError, match=r"reports\.tsv: not a table .*a cell that begins with a quotation mark has to end with one"
    ):
        read_metadata_table(file)


@pytest.mark.parametrize("text", ["a: 2025-13-45", "a: 0b_"])
def test_yaml_with_an_impossible_day_or_number_is_no_yaml(text):
    with pytest.raises(yaml.YAMLError):
        from_yaml(text)
