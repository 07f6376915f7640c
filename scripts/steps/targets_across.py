"""Compare targets with the next year's outturns of a region, and with the targets of the level above."""

from emphasis.run.step import Step, run_step
from emphasis.store.tables import read_arrow
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import COMPARISON_COLUMNS as COLUMNS
from emphasis.targets.ledger import Ledger, are_main_or_canonical, are_outturns, attainment_rows, gap_rows


def targets_across(step: Step) -> None:
    reports = step.table("reports")
    main, reached = Ledger(), Ledger()
    for file in step.files("targets"):
        table = read_arrow(file, step.schemas["targets"].only(COLUMNS))
        main.add(table.filter(are_main_or_canonical(table)))
        reached.add(table.filter(are_outturns(table)))
    attained = attainment_rows(reports, main, reached, load_indicators(step.file("indicators")))
    step.write({"target_attainment": attained, "target_gaps": gap_rows(reports, main)})


if __name__ == "__main__":
    run_step(targets_across, snakemake)
