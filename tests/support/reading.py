"""A plain reader for tests of segmentation: a text or Word file as one section of sentences, without its outline."""

from __future__ import annotations

from pathlib import Path

from emphasis.ingest.records import Metadata, Report, Section, Sentence, Source
from emphasis.text import split_sentences
from support import ROOT, SHARED

SEED = ROOT / "seeds/changchun-2025.txt"


def read_report(path: Path) -> Report:
    if path.suffix == ".docx":
        import docx  # noqa: PLC0415 - only for Word files

        text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    else:
        text = path.read_text(encoding="utf-8-sig")
    return one_section_report(path.stem, text)


def one_section_report(report_id: str, text: str) -> Report:
    section = Section("s1", "", 1, "", "", False, "plan", 0, len(text), 0)
    sentences = tuple(Sentence("s1", text.count("\n", 0, a) + 1, a, b, text[a:b]) for a, b in split_sentences(text))
    return Report(report_id, Source(f"{report_id}.txt", "", "utf-8", text), Metadata(), (section,), sentences)


def available_reports() -> list[Path]:
    return [SEED, *sorted((SHARED / "reports").glob("*/*"))]
