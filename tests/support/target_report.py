"""A made-up report of a few sections, for tests of targets."""

from emphasis.ingest.records import Metadata, Report, Role, Section, Sentence, Source


def report(*parts: tuple[Role, str, str], year: int = 2025) -> Report:
    """A report of sections (role, heading, text); each text is one paragraph, its sentences separated by |."""
    text, sections, sentences = "", [], []
    for number, (role, heading, body) in enumerate(parts, 1):
        start = len(text)
        text += f"{heading}\n"
        for sentence in body.split("|"):
            at = len(text)
            sentences.append(Sentence(str(number), number, at, at + len(sentence), sentence))
            text += sentence
        text += "\n"
        sections.append(
            Section(str(number), "", 1, "", heading, True, role, start, len(text), start + len(heading) + 1)
        )
    source = Source("r.txt", "", "utf-8", text)
    return Report("r", source, Metadata(year=year), tuple(sections), tuple(sentences))
