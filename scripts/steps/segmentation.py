"""Show the tokens of reports marked in their text, to look through."""

from emphasis.run.step import Step, run_step
from emphasis.segment.audit import html_page
from emphasis.segment.tables import report_with_tokens
from emphasis.store.tables import only


def segmentation(step: Step) -> None:
    about, sentences, tokens = step.table("reports"), step.stored("sentences"), step.stored("tokens")
    marked = [
        report_with_tokens(only(about, report_id), sentences.of([report_id]), tokens.of([report_id]))
        for report_id in sorted({*step.params.reports} & {*about["report_id"]})
    ]
    step.write_text("page", html_page(marked, step.params.note))


if __name__ == "__main__":
    run_step(segmentation, snakemake)
