"""Show the tokens of reports marked in their text, to look through."""

from typing import TYPE_CHECKING

from emphasis.run.job import logged
from emphasis.segment.audit import html_page
from emphasis.segment.tables import report_with_tokens
from emphasis.store.atomic import write_atomically
from emphasis.store.batches import StoredTable
from emphasis.store.tables import concat, load_schemas, only, read

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        about = concat([read(path, schemas["reports"]) for path in snakemake.input.reports], schemas["reports"])
        stored = [StoredTable(snakemake.input[name], schemas[name]) for name in ("sentences", "tokens")]
        known = set(about["report_id"])
        marked = [
            report_with_tokens(only(about, report_id), *(table.of([report_id]) for table in stored))
            for report_id in sorted(snakemake.params.reports)
            if report_id in known
        ]
        page = html_page(marked, snakemake.params.note)
        write_atomically(snakemake.output.page, lambda path: path.write_text(page, encoding="utf-8"))
