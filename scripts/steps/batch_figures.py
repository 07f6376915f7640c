"""Draw the charts and the word clouds of several reports, each into a folder of its own."""

from emphasis.figures.charts import draw_report
from emphasis.figures.cloud_words import read_words, report_clouds
from emphasis.figures.clouds import draw_clouds
from emphasis.measures.dictionaries import load_themes
from emphasis.run.step import Step, run_step
from emphasis.targets.indicators import load_variables


def batch_figures(step: Step) -> None:
    params = step.params
    plain, themes = read_words(step.files("plain_words")), load_themes(step.files("dictionaries"))
    look = {"language": params.language, "weight": params.font_weight}
    charted = {
        "themes": themes,
        "variables": load_variables(step.file("variables")),
        "many_reports": params.many_reports,
    }
    folders = {folder.name: folder for folder in step.targets("folders")}
    for report_id, tables in step.results().each(list(folders)):
        print(report_id, flush=True)
        if report_id in params.charted:
            draw_report(tables, folders[report_id], **charted, **look)
        if report_id in params.clouded:
            clouds = report_clouds(tables, params.count_roles, plain, params.words, params.language)
            draw_clouds(clouds, folders[report_id] / "clouds", **look, seed=params.seed)


if __name__ == "__main__":
    run_step(batch_figures, snakemake)
