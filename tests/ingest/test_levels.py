"""The levels of headings where there are very many of them."""

from emphasis.ingest import levels
from emphasis.ingest.levels import PossibleHeading, assign_levels


def test_the_work_for_a_heading_shrinks_where_there_are_very_many(monkeypatch):
    """A file of 29 KB with a numeral on each line, found by fuzzing, took 7 seconds."""
    asked = 0
    steps = levels._steps

    def counted(stack, candidate):
        nonlocal asked
        asked += 1
        return steps(stack, candidate)

    monkeypatch.setattr(levels, "_steps", counted)
    styles = ("comma", "paren", "is", "ordinal", "dot", "digit")
    many = [PossibleHeading(i, styles[i * i % 6], 1 + i * 7 % 5, 2, 4.0) for i in range(1500)]
    assert len(assign_levels(many)) == 1500
    assert asked <= levels.MOST_HYPOTHESES + 1500
    few, asked = many[:250], 0
    assert len(assign_levels(few)) == 250
    assert asked > 250 * levels.BEAM_WIDTH / 2, "so few are followed in full"
