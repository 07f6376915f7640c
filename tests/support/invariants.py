"""What holds for every parsed text, whatever it is."""

from __future__ import annotations

from itertools import pairwise

from emphasis.ingest.records import Report
from emphasis.text import INVISIBLE, SPACES

SKIP = frozenset(SPACES + INVISIBLE)


def check_invariants(report: Report) -> None:
    """Nothing lost, everything in order: front matter, sections, annexes and footer together are the text."""
    text = report.source.text
    tops = [s for s in report.sections if not s.parent_id]
    assert "".join(text[s.start : s.end] for s in tops) == (text if report.sections else "")
    assert report.sections or not set(text) - SKIP
    ids = {s.section_id: s for s in report.sections}
    assert len(ids) == len(report.sections)
    for section in report.sections:
        assert section.start <= section.body_start <= section.end
        children = [s for s in report.sections if s.parent_id == section.section_id]
        for before, after in pairwise(children):
            assert before.end == after.start
        if children:
            assert section.start <= children[0].start
            assert children[-1].end == section.end
        assert section.level in (0, section.section_id.count(".") + 1)
        assert (section.level > 0) == bool(section.heading or section.number) or section.role in ("annex", "footer")
    position = 0
    covered: set[int] = set()
    for sentence in report.sentences:
        assert position <= sentence.start < sentence.end
        assert sentence.text == text[sentence.start : sentence.end]
        holder = ids[sentence.section_id]
        assert holder.start <= sentence.start
        assert sentence.end <= holder.end
        position = sentence.end
        covered |= set(range(sentence.start, sentence.end))
    for section in report.sections:
        if section.level == 0 and section.role != "annex":
            continue
        covered |= set(range(section.start, section.body_start))
    assert all(c in SKIP for i, c in enumerate(text) if i not in covered), "text outside markers is in a sentence"
