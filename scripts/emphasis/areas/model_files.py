"""What `snakemake areas_model` writes beside the coder: how well it codes, and what it was made from."""

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

from emphasis.areas.coded import CodedSentences
from emphasis.areas.coder import UNIT
from emphasis.areas.validation import agreement
from emphasis.store.atomic import write_atomically


def write_tsv(path: Path, table: pd.DataFrame) -> None:
    """A table with tabs; numbers with four decimals."""
    write = partial(table.to_csv, sep="\t", index=False, lineterminator="\n", float_format="%.4f")
    write_atomically(path, write)


def write_held_out(path: Path, table: pd.DataFrame, probabilities: np.ndarray, areas: tuple[str, ...]) -> None:
    """The probabilities of the coded sentences by coders that have not seen their reports, in ten-thousandths.

    Parameters
    ----------
    path : Path
    table : DataFrame
        report, start, area of n sentences.
    probabilities : array of shape (n, K)
    areas : tuple of str
    """
    numbers = pd.DataFrame(np.rint(UNIT * probabilities).astype("int16"), columns=[f"p_{area}" for area in areas])
    whole = table[["report", "start", "area"]].reset_index(drop=True).join(numbers)
    arrow = pa.Table.from_pandas(whole, preserve_index=False).replace_schema_metadata(None)
    write_atomically(path, lambda file: pq.write_table(arrow, file, compression="zstd", compression_level=19))


def provenance(coded: CodedSentences, found: Mapping[str, str], settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a coder was made from.

    Parameters
    ----------
    coded : CodedSentences
    found : mapping
        report_id of the coded reports that were at hand.
    settings : mapping
        How it was fitted.
    """
    used = coded.table["report"].isin(list(found))
    twice, alike, kappa = agreement(coded.table["area"], coded.table["area_again"])
    return {
        "coded by": "language models, by reading, with the codebook at hand and without rules; no human has checked the codes",
        "sentences": int(used.sum()),
        "reports": len(found),
        "coded twice": {"sentences": twice, "alike": round(alike, 4), "kappa": round(kappa, 4)},
        "left out": sorted(set(coded.table["report"]) - set(found)),
        **settings,
        "texts": [{"report": name, "sha256": coded.sha256.get(name, "")} for name in sorted(found)],
    }


def write_provenance(path: Path, data: Mapping[str, Any]) -> None:
    """Write it as YAML."""
    text = yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=120)
    write_atomically(path, lambda file: file.write_text(text, encoding="utf-8", newline="\n"))
