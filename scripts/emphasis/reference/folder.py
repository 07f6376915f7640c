"""The files of a reference: a folder with the counts and figures of many reports, without their text.

It has

reports.tsv
    A report a line: what its peers are found by, and the hash of its file.
provenance.yaml
    What the counts were made with, and a hash of each definition: figures are compared only where it is the same. How the topics were
    fitted, and who named them.
terms.parquet
    The terms, sorted; a term is its place here.
passages.parquet
    What is counted together: of each report the passages of one role (review, problems, plan, closing) on one subject, with
    their words. The subject is the main policy area of the section, or nothing.
counts.parquet
    Place of the term, place of the passages, occurrences, those as a token of its own, sum of squared occurrences by paragraph.
measures.parquet
    Attention to themes, shares of topics and of policy areas, targets and structure of each report and its parts.
topics/
    The model of topics: see `emphasis.topics.basis`. A reference without one was made with the shipped one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from emphasis.errors import EmphasisError
from emphasis.reference.data import MEASURE_COLUMNS, PASSAGE_COLUMNS, REPORT_COLUMNS, SUMS, Reference
from emphasis.store.atomic import write_atomically
from emphasis.store.markup import from_yaml

FILES = ("reports.tsv", "provenance.yaml", "terms.parquet", "passages.parquet", "counts.parquet", "measures.parquet")
"""The files of a reference."""

_LEVEL = 19
"""Of compression: the file is written once and kept in the repository."""


def write_reference(folder: Path | str, reference: Reference, topics: Mapping[str, Any] | None = None) -> None:
    """Write a reference; equal references give equal bytes.

    Parameters
    ----------
    folder : path-like
    reference : Reference
    topics : mapping, optional
        The provenance of its topics, which becomes part of its own.
    """
    path = Path(folder)
    reports = reference.reports[REPORT_COLUMNS]
    write_atomically(path / "reports.tsv", partial(reports.to_csv, sep="\t", index=False, lineterminator="\n"))
    provenance = {"settings": dict(reference.settings), "definitions": dict(reference.definitions)}
    provenance |= {"topics": dict(topics)} if topics else {}
    text = yaml.safe_dump(provenance, allow_unicode=True, sort_keys=False, width=120)
    write_atomically(path / "provenance.yaml", lambda file: file.write_text(text, encoding="utf-8", newline="\n"))
    cells = {"term": reference.term.astype("int32"), "passages": reference.passage.astype("int32")}
    cells |= {name: _narrow(getattr(reference, name)) for name in SUMS}
    passages = {name: reference.passages[name].to_numpy() for name in PASSAGE_COLUMNS}
    for name in ("report", "n_words"):
        passages[name] = passages[name].astype("int32")
    measures = {name: reference.measures[name].to_numpy() for name in MEASURE_COLUMNS}
    tables = {"terms": {"term": reference.terms}, "passages": passages, "counts": cells, "measures": measures}
    for name, columns in tables.items():
        _write_parquet(path / f"{name}.parquet", columns)


def _narrow(values: np.ndarray) -> np.ndarray:
    """Whole numbers in 32 bits, where these hold them."""
    return values.astype("int32" if values.max(initial=0) <= np.iinfo("int32").max else "int64")


def _write_parquet(path: Path, columns: Mapping[str, np.ndarray]) -> None:
    arrow = pa.table(
        {name: pa.array(values.tolist() if values.dtype == object else values) for name, values in columns.items()}
    )
    # Differences of ascending numbers, and the bytes of others apart, take two thirds of the space of dictionaries.
    whole = {name: values for name, values in columns.items() if values.dtype.kind == "i"}
    ascending = {name for name, values in whole.items() if (np.diff(values) >= 0).all()}
    encoding = {name: "DELTA_BINARY_PACKED" if name in ascending else "BYTE_STREAM_SPLIT" for name in whole}
    write = partial(
        pq.write_table, arrow, compression="zstd", compression_level=_LEVEL,
        use_dictionary=[name for name in columns if name not in whole], column_encoding=encoding,
    )  # fmt: skip
    write_atomically(path, write)


def read_reference(folder: Path | str) -> Reference:
    """Read a reference from its folder.

    Raises
    ------
    EmphasisError
        If a file is missing or malformed.
    """
    path = Path(folder)
    try:
        text = {name: str for name in REPORT_COLUMNS if name not in ("year", "n_words")}
        reports = pd.read_csv(path / "reports.tsv", sep="\t", keep_default_na=False, dtype=text | {"year": str})
        reports["year"] = pd.to_numeric(reports["year"].replace("", None)).astype("Int64")
        provenance = from_yaml((path / "provenance.yaml").read_text(encoding="utf-8"))
        terms, passages, cells, measures = (
            pq.read_table(path / f"{name}.parquet", use_threads=False)
            for name in ("terms", "passages", "counts", "measures")
        )
        term, passage, n, n_alone, squares = (cells.column(name).to_numpy() for name in ("term", "passages", *SUMS))
        found = Reference(
            reports[REPORT_COLUMNS],
            np.array(terms.column("term").to_pylist(), dtype=object),
            passages.to_pandas(use_threads=False)[PASSAGE_COLUMNS],
            term,
            passage,
            n,
            n_alone,
            squares,
            measures.to_pandas(use_threads=False)[MEASURE_COLUMNS],
            dict(provenance["definitions"]),
            dict(provenance["settings"]),
        )
        _check_together(found)
        return found
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError, pa.ArrowException) as error:
        raise EmphasisError(
            f"{path}: the reference cannot be read ({error}); `reference` in the configuration is shipped, corpus or a folder that "
            "`snakemake reference` wrote"
        ) from error


def _check_together(reference: Reference) -> None:
    """Refuse files of several references, or parts of one: places in one of them are those of rows in another."""
    reports, passages = reference.reports, reference.passages
    places = {
        "counts.parquet: terms": (reference.term, len(reference.terms)),
        "counts.parquet: passages": (reference.passage, len(passages)),
        "passages.parquet: reports": (passages["report"].to_numpy(), len(reports)),
    }
    for name, (rows, size) in places.items():
        if rows.dtype.kind != "i" or (len(rows) and not (0 <= rows.min() <= rows.max() < size)):
            raise ValueError(f"{name} are not those of the other files")
    own = np.bincount(passages["report"], weights=passages["n_words"], minlength=len(reports))
    if (own != reports["n_words"].to_numpy()).any():
        raise ValueError("reports.tsv: n_words are not those of passages.parquet")
    if not set(reference.measures["report_id"]) <= set(reports["report_id"]):
        raise ValueError("measures.parquet: reports are not those of reports.tsv")
