"""Write down every quantitative statement of the reports of a batch, and pair outturns with targets."""

from functools import partial

import pandas as pd

from emphasis.ingest.simplify import simplify_sentences
from emphasis.ingest.tables import REPORT_COLUMNS, rebuild_reports
from emphasis.run.step import Step, run_step
from emphasis.targets.extract import extract
from emphasis.targets.indicators import Indicators, load_indicators
from emphasis.targets.ledger import pair_rows, target_rows


def quantify(some: dict[str, pd.DataFrame], simplify: bool, indicators: Indicators) -> dict[str, pd.DataFrame]:
    reports = rebuild_reports(some["reports"], some["outline"], simplify_sentences(some["sentences"], simplify))
    entries = {report.report_id: extract(report, indicators) for report in reports}
    return {"targets": target_rows(entries), "target_pairs": pair_rows(entries)}


def targets(step: Step) -> None:
    indicators = load_indicators(step.file("indicators"))
    quantified = partial(quantify, simplify=step.params.simplify, indicators=indicators)
    step.append_by_report(REPORT_COLUMNS, quantified, ["targets", "target_pairs"])


if __name__ == "__main__":
    run_step(targets, snakemake)
