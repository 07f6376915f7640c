"""Make the page that shows every number with the sentences behind it."""

from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import load_tested, load_themes
from emphasis.publish.names import load_names
from emphasis.publish.site.areas import areas_index
from emphasis.publish.site.beside import beside_index
from emphasis.publish.site.compared import describe_targets
from emphasis.publish.site.data import figure_names
from emphasis.publish.site.page import build_page, load_assets
from emphasis.run.step import Step, run_step
from emphasis.targets.indicators import load_variables

OF_ALL = ("reports", "warnings", "themes", "vocabulary", "first_use")
"""Tables of which the page has all rows."""


def page(step: Step) -> None:
    params, results = step.params, step.results()
    # In a large corpus only the rows of what the page shows are held.
    tables = {name: results.table(name, None if name in OF_ALL else params.shown) for name in step.schemas}
    scheme = read_scheme(step.file("scheme"))
    validation, confusion = (next(iter(step.files(name)), None) for name in ("validation", "confusion"))
    themes = load_themes(step.files("dictionaries"))
    text = build_page(
        tables,
        step.schemas,
        themes=themes,
        roles=params.count_roles,
        figures=figure_names(step.files("figures"), step.folder.parent / "figures"),
        shown=params.shown,
        wanted=params.wanted,
        assets=load_assets(step.files("assets")),
        chinese=load_names(step.file("names")),
        scheme=scheme,
        more={
            **areas_index(scheme, validation, confusion),
            "target_names": describe_targets(load_variables(step.file("variables"))),
            **beside_index(params.beside, tables["reports"], themes, scheme),
        },
        tested=load_tested(next(iter(step.files("tested")), None), step.files("dictionaries")),
    )
    step.write_text("page", text)


if __name__ == "__main__":
    run_step(page, snakemake)
