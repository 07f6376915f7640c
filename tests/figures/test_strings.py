"""Words of pictures: both languages, the same values, characters that the font has."""

import re

from emphasis.figures import strings
from emphasis.font import characters_without_glyph
from emphasis.topics.verdicts import BETTER, FORMULA, NOISE, TOO_LITTLE, WEAK


def test_every_string_has_both_languages_and_the_same_values():
    for key, texts in strings.all_texts().items():
        assert set(texts) == set(strings.LANGUAGES) and (all(texts.values()) or key == "cloud.space"), key
        assert set(re.findall(r"\{(.*?)\}", texts["zh"])) == set(re.findall(r"\{(.*?)\}", texts["en"])), key


def test_verdicts_have_a_text():
    assert {BETTER, NOISE, TOO_LITTLE} <= strings.all_texts().keys()
    assert {f"topics.{mark}" for mark in (WEAK, FORMULA)} <= strings.all_texts().keys()


def test_the_font_has_every_character_of_the_strings():
    assert not characters_without_glyph(
        "".join(text for texts in strings.all_texts().values() for text in texts.values())
    )
