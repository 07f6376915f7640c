"""Find what reports share with the year before, with superior levels and with neighbours, and which sentences are formulas."""

from typing import TYPE_CHECKING

from emphasis.job import logged
from emphasis.measures.comparisons import year_pairs
from emphasis.measures.reuse import body, formula_table, formulas, related, reuse
from emphasis.tables import concat, load_schemas, read, write

if TYPE_CHECKING:
    from snakemake.script import snakemake

if __name__ == "__main__":
    with logged(snakemake.log[0]):
        schemas = load_schemas(snakemake.input.schemas)
        tables = {
            name: concat([read(file, schemas[name]) for file in snakemake.input[name]], schemas[name])
            for name in ("reports", "sentences", "outline")
        }
        roles = tables["outline"][["report_id", "section_id", "role"]]
        counted = tables["sentences"].merge(roles, on=["report_id", "section_id"], how="left")
        counted = counted[counted["role"].isin(snakemake.params.count_roles)]
        bodies = {str(report_id): body(str(report_id), own) for report_id, own in counted.groupby("report_id")}
        pairs = [
            (relation, bodies[one], bodies[two])
            for relation, one, two in related(tables["reports"], year_pairs(tables["reports"]))
            if one in bodies and two in bodies
        ]
        shares, passages = reuse(pairs, formulas(list(bodies.values())))
        write(shares, snakemake.output.reuse, schemas["reuse"])
        write(passages, snakemake.output.reuse_passages, schemas["reuse_passages"])
        write(formula_table(list(bodies.values())), snakemake.output.formulas, schemas["formulas"])
