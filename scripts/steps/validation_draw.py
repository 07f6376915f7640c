"""Draw sentences for two coders: the workbook that they fill in, and the key that they must not see."""

from collections.abc import Iterator

import pandas as pd

from emphasis.areas.scheme import read_scheme
from emphasis.ingest.simplify import simplify_sentences
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.validation.coding_workbook import write_coding_workbook
from emphasis.publish.validation.draw import area_strata, draw, theme_strata
from emphasis.publish.validation.frame import area_frame, counted, shown, theme_frame
from emphasis.publish.validation.key import make_key, write_key
from emphasis.publish.validation.questions import YES, Question, area_question, chosen_areas, theme_questions
from emphasis.run.step import Step, run_step
from emphasis.store.batches import read_chunks
from emphasis.store.tables import concat, read

OUTLINE = ("report_id", "section_id", "heading", "role")
PLACES = ("report_id", "sentence_id", "section_id", "paragraph", "start", "end", "text")
TOKENS = ("report_id", "start", "end")
AREAS = ("report_id", "sentence_id", "area", "corrected")


def chunks(step: Step, coded: str) -> Iterator[dict[str, pd.DataFrame]]:
    """Sentences, outline, and tokens or codes, batch by batch and some reports at a time."""
    columns = {"sentences": PLACES, "outline": OUTLINE, coded: TOKENS if coded == "tokens" else AREAS}
    for files in zip(*(step.files(name) for name in columns), strict=True):
        yield from read_chunks(dict(zip(columns, files, strict=True)), step.schemas, columns)


def theme_frames(step: Step, names: list[str]) -> Iterator[pd.DataFrame]:
    themes = [theme for theme in load_themes(step.files("themes")) if theme.name in names]
    for some in chunks(step, "tokens"):
        found = theme_frame(simplify_sentences(some["sentences"], step.params.simplify), some["tokens"], themes)
        yield counted(found, some["outline"], step.params.count_roles)


def area_frames(step: Step) -> Iterator[pd.DataFrame]:
    for some in chunks(step, "sentence_areas"):
        found = area_frame(some["sentences"], some["sentence_areas"])
        yield counted(found, some["outline"], step.params.count_roles)


def questions_and_frame(step: Step) -> tuple[list[Question], pd.DataFrame]:
    """What coders are asked, and all sentences with the machine's codes and their strata."""
    which = step.params.settings["which"]
    if step.params.settings["what"] == "areas":
        scheme = read_scheme(step.file("scheme"))
        chosen, question = chosen_areas(which, scheme), area_question(scheme)
        frame = pd.concat(area_frames(step), ignore_index=True)
        return [question], frame.assign(stratum=area_strata(frame["machine_area"].to_numpy(dtype=str), chosen))
    definitions = next(iter(step.files("definitions")), None)
    questions = theme_questions(load_themes(step.files("themes")), which, definitions)
    names = [question.name for question in questions]
    frame = pd.concat(theme_frames(step, names), ignore_index=True)
    hits = (frame[[f"machine_{name}" for name in names]] == YES).to_numpy()
    return questions, frame.assign(stratum=theme_strata(hits, names))


def validation_draw(step: Step) -> None:
    settings = dict(step.params.settings)
    questions, frame = questions_and_frame(step)
    drawn = draw(frame, settings["size"], settings["seed"])
    reports, found = set(drawn["report_id"]), {}
    for name, columns in {"sentences": PLACES, "outline": OUTLINE}.items():
        schema = step.schemas[name].only(columns)
        tables = (read(file, schema, columns) for file in step.files(name))
        found[name] = concat([table[table["report_id"].isin(reports)] for table in tables], schema)
    rows = shown(drawn, found["sentences"], found["outline"])
    about = settings | {"measured": dict(step.params.measured)}
    key = make_key(drawn, [row.sentence for row in rows], frame, [question.name for question in questions], about)
    codebook = "".join(file.read_text(encoding="utf-8") for file in step.files("codebook"))
    write_coding_workbook(step.target("workbook"), rows, questions, codebook, key.about["draw"])
    write_key(key, step.target("key"), step.target("draw"))
    print(f"{len(rows)} of {len(frame)} sentences were drawn; strata: {key.about['strata']}")


if __name__ == "__main__":
    run_step(validation_draw, snakemake)
