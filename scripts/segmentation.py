"""Show the tokens of reports marked in their text, to look through."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.segment.audit import html_page
from emphasis.segment.batch import marked_report
from emphasis.tables import load_schemas, only, read
from emphasis.whole import whole

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        names = ("reports", "sentences", "tokens")
        marked = []
        for paths in zip(*(snakemake.input[name] for name in names), strict=True):
            tables = [read(path, schemas[name]) for path, name in zip(paths, names, strict=True)]
            for report_id in tables[0]["report_id"]:
                if report_id in snakemake.params.reports:
                    marked.append(marked_report(*(only(table, report_id) for table in tables)))
        marked.sort(key=lambda pair: pair[0].report_id)
        page = html_page(marked, snakemake.params.note)
        whole(snakemake.output.page, lambda path: path.write_text(page, encoding="utf-8"))
