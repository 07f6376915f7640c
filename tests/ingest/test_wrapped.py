"""Lines that were cut at a fixed width, whatever it is, are joined into paragraphs."""

from __future__ import annotations

import pytest

from emphasis.ingest.paragraphs import key_of, split_paragraphs

STOCK = "全市上下坚持稳中求进工作总基调，扎实推进各项工作，地区生产总值增长5.6%，主要指标好于预期，社会大局和谐稳定。"
PARAGRAPHS = [
    paragraph
    for part in ("一、2024年工作回顾", "二、2025年工作安排")
    for paragraph in (
        part,
        *(f"（{number}）{STOCK[turn : turn + 9]}。{(STOCK[turn:] + STOCK[:-1]) * repeats}完成{turn}项。" for number, turn, repeats in
          (("一", 3, 1), ("二", 11, 3), ("三", 20, 5), ("四", 31, 7), ("五", 37, 9))),
    )
]  # fmt: skip


def cut(paragraph: str, width: int) -> list[str]:
    """Lines of so many Chinese characters at most; two others are as wide as one."""
    lines, room = [""], float(width)
    for character in paragraph:
        wide = 0.5 if character.isascii() else 1
        if wide > room:
            lines.append("")
            room = width
        lines[-1] += character
        room -= wide
    return lines


def paragraphs_of(text: str) -> list[str]:
    return [key_of(text[p.start : p.end].replace("\n", "")) for p in split_paragraphs(text)]


@pytest.mark.parametrize(
    ("width", "indent"),
    # Without indents, a heading that fills its line cannot be told from the text below it: ten characters here.
    [
        (width, indent)
        for width in (10, 16, 22, 35, 38, 50, 72, 80, 110, 160)
        for indent in ("　　", "")
        if indent or width > 10
    ],
)
def test_lines_of_any_width_are_joined(width: int, indent: str) -> None:
    text = "\n".join(line for paragraph in PARAGRAPHS for line in cut(indent + paragraph, width))
    assert paragraphs_of(text) == [key_of(paragraph) for paragraph in PARAGRAPHS]


@pytest.mark.parametrize(
    ("width", "indent"), [(width, indent) for width in (28, 40, 60, 76) for indent in ("　　", "")]
)
def test_lines_cut_after_so_many_characters_are_joined(width: int, indent: str) -> None:
    whole = [indent + paragraph for paragraph in PARAGRAPHS]
    lines = [paragraph[at : at + width] for paragraph in whole for at in range(0, len(paragraph), width)]
    assert paragraphs_of("\n".join(lines)) == [key_of(paragraph) for paragraph in PARAGRAPHS]
    assert paragraphs_of("\n".join(line.rstrip() for line in lines)) == [key_of(paragraph) for paragraph in PARAGRAPHS]


def test_lines_that_are_paragraphs_stay_as_they_are() -> None:
    assert paragraphs_of("\n".join(PARAGRAPHS)) == [key_of(paragraph) for paragraph in PARAGRAPHS]
    items = [f"{n}.{STOCK[n : n + 20]}。" for n in range(1, 25)]
    assert paragraphs_of("\n".join(items)) == [key_of(item) for item in items]
