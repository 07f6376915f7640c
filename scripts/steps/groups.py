"""Compare groups of reports, which the further columns of the table of metadata make."""

from collections.abc import Iterator

import numpy as np

from emphasis.ingest.groupings import read_metadata_table
from emphasis.measures.frequency import PARTS
from emphasis.measures.groups import GroupSettings, Measure, compare_groups, count_measure, share_measure
from emphasis.measures.report_terms import load_report_terms
from emphasis.measures.themes import DEFAULT
from emphasis.run.step import Step, run_step

WHOLE = PARTS[0]


def measures(step: Step) -> Iterator[Measure]:
    terms = load_report_terms(step.files("report_terms"), step.files("report_sizes"), sums=["n"])
    labels = np.full(len(terms.vocabulary), "", dtype=object)
    yield Measure("word", terms.vocabulary, labels, terms.names, terms.n, terms.tokens)
    themes = step.rows("themes", ["report_id", "theme", "numerator", "denominator"], part=WHOLE, definition=DEFAULT)
    columns = {"theme": "item", "numerator": "n", "denominator": "size"}
    yield count_measure("theme", themes.rename(columns=columns).assign(label=""))
    areas = step.rows("areas", ["report_id", "area", "area_zh", "share"], part=WHOLE)
    yield share_measure("area", areas.rename(columns={"area": "item", "area_zh": "label"}))
    topics = step.rows("topic_parts", ["report_id", "topic", "share"], part=WHOLE, model="basis")
    known = step.table("topics", ["model", "topic", "label"]).query("model == 'basis'").drop_duplicates("topic")
    topics = topics.merge(known[["topic", "label"]], how="left", on="topic")
    yield share_measure("topic", topics.assign(item=topics["topic"].astype("str"), label=topics["label"].fillna("")))


def groups(step: Step) -> None:
    table = read_metadata_table(step.file("metadata"))
    groupings = {
        name: {report_id: row[name] for report_id, row in table.items() if row.get(name)}
        for name in step.params.groupings
    }
    settings = GroupSettings(step.params.keyness["min_n"], step.params.keyness["draws"], step.params.seed)
    found, compared = compare_groups(groupings, step.table("reports"), measures(step), settings)
    step.write({"groups": found, "group_comparisons": compared})


if __name__ == "__main__":
    run_step(groups, snakemake)
