"""Find the terms of each report that stand together in its sentences, for a batch of reports."""

import pandas as pd

from emphasis.measures.network import keyword_tokens, networks
from emphasis.run.step import Step, run_step

COLUMNS = {
    "tokens": ("report_id", "sentence_id", "section_id", "token", "kind"),
    "counts": ("report_id", "section_id", "term", "keyword"),
}


def network(step: Step) -> None:
    def tie(some: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        nodes, edges = networks(keyword_tokens(some["tokens"], some["counts"]))
        return {"nodes": nodes, "edges": edges}

    step.append_by_report(COLUMNS, tie, ["nodes", "edges"], as_codes=list(COLUMNS))


if __name__ == "__main__":
    run_step(network, snakemake)
