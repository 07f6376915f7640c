"""What sections are about, so that a section is compared with sections on the same subject."""

from __future__ import annotations

import pandas as pd

BASIS = "basis"
"""The model whose topics are compared."""
UNKNOWN = ""
SUBJECT_COLUMNS = ("report_id", "part", "section_id", "area", "main")
"""The columns of areas.csv that say what sections are about."""
_NO_AREA = "0"
_SECTION = "section"

Subjects = dict[tuple[str, str], str]
"""The policy area of each section, by report_id and section_id."""


def topic_names(labels: pd.DataFrame) -> dict[int, str]:
    """The label of each topic of a basis (topic, label, kind)."""
    return dict(zip(labels["topic"].astype(int).tolist(), labels["label"].tolist(), strict=True))


def main_subjects(areas: pd.DataFrame) -> Subjects:
    """The main policy area of each section; sections without one are left out.

    Topics of the reference basis were tried too: of the sections of six reports 70 could be compared by topic and 85 by area, with 15 and
    18 peers in the median; lists were alike.

    Parameters
    ----------
    areas : DataFrame
        As in areas.csv: report_id, part, section_id, area, main.
    """
    own = areas[(areas["part"] == _SECTION) & areas["main"].astype(bool) & (areas["area"] != _NO_AREA)]
    keys = zip(own["report_id"].astype("str"), own["section_id"].astype("str"), strict=True)
    return dict(zip(keys, own["area"].astype("str"), strict=True))
