"""What sections are about, so that a section is compared with sections on the same subject."""

from __future__ import annotations

import numpy as np
import pandas as pd

from emphasis.topics.verdicts import POLICY

BASIS = "basis"
"""The model whose topics are compared."""
UNKNOWN = 0
LEAST_SHARE = 0.25
"""Of its text a section has to be on a topic to be a section on it."""

Subjects = dict[tuple[str, str], int]
"""The topic of each section, by report_id and section_id."""


def topic_names(labels: pd.DataFrame) -> dict[int, str]:
    """The label of each topic of a basis (topic, label, kind)."""
    return dict(zip(labels["topic"].astype(int).tolist(), labels["label"].tolist(), strict=True))


def main_topics(topic_sections: pd.DataFrame, labels: pd.DataFrame) -> Subjects:
    """The topic of the basis that a section has most of, at least a quarter; sections that have none are left out.

    Parameters
    ----------
    topic_sections : DataFrame
        report_id, section_id, model, topic, prevalence.
    labels : DataFrame
        topic, label, kind of the basis; a formula is no subject.
    """
    subject = labels.loc[labels["kind"] == POLICY, "topic"].astype(int).tolist()
    own = topic_sections[(topic_sections["model"] == BASIS) & topic_sections["prevalence"].notna()]
    best = own.sort_values(["report_id", "section_id", "prevalence", "topic"], ascending=[True, True, False, True])
    best = best.drop_duplicates(["report_id", "section_id"])
    topic = best["topic"].to_numpy(dtype="int64")
    kept = (best["prevalence"].to_numpy() >= LEAST_SHARE) & np.isin(topic, subject)
    ids = zip(best["report_id"].astype("str"), best["section_id"].astype("str"), strict=True)
    return {key: int(number) for key, number, wanted in zip(ids, topic, kept, strict=True) if wanted}
