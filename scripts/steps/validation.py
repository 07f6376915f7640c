"""Read a workbook back that two coders filled in: precision, recall, agreement, disagreements, a paragraph for the methods section."""

from emphasis.areas.scheme import read_scheme
from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import load_themes
from emphasis.publish.validation import scores
from emphasis.publish.validation.filled import read_filled
from emphasis.publish.validation.key import Key, read_key
from emphasis.publish.validation.methods import methods_paragraphs
from emphasis.publish.validation.questions import Question, area_question, theme_questions
from emphasis.run.step import Step, run_step


def asked(step: Step, key: Key) -> list[Question]:
    """The questions of the draw."""
    if key.about["what"] == "areas":
        return [area_question(read_scheme(step.file("scheme")))]
    themes = load_themes(step.files("themes"))
    if lost := sorted(set(key.questions) - {theme.name for theme in themes}):
        raise EmphasisError(
            f"themes: the draw asks for {lost[0]}, of which there is no dictionary any more; restore its file"
        )
    return theme_questions(themes, key.questions, None)


def validation(step: Step) -> None:
    key = read_key(step.file("key"), step.file("draw"))
    questions = asked(step, key)
    coded = read_filled(step.files("filled"), key, questions)
    found = scores.validation(key, coded, questions)
    agreements = scores.validation_agreement(key, coded, questions, int(key.about["seed"]))
    differing = scores.validation_disagreements(key, coded, questions)
    step.write({"validation": found, "validation_agreement": agreements, "validation_disagreements": differing})
    step.write_text("methods", methods_paragraphs(key, found, agreements, questions))
    if dict(step.params.measured) != key.about["measured"]:
        print("the dictionaries or the coder have changed since the draw: the figures are of what they were then")
    print(found.to_string(index=False), agreements.to_string(index=False), sep="\n\n")


if __name__ == "__main__":
    run_step(validation, snakemake)
