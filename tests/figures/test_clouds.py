"""Word clouds: what they show, and that every word is there, whole, and does not overlap others."""

import math
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from emphasis.figures.clouds import (
    PAGE,
    Cloud,
    CloudWord,
    ColourGroup,
    common_layouts,
    counted_words,
    draw_clouds,
    largest_scale,
    lay_out,
    readable_layouts,
    report_clouds,
)
from emphasis.figures.style import DPI, SMALL, make_font

WORDS = [
    "发展",
    "增长",
    "新质生产力",
    "车路云一体化",
    "AI",
    "GDP",
    "5G-A",
    "改革",
    "建设",
    "高质量发展",
    "智改数转",
    "低空经济",
    "长春",
    "汽车",
    "黑土地",
]


@pytest.fixture(scope="module")
def font(tmp_path_factory):
    return make_font(WORDS, 500, tmp_path_factory.mktemp("font") / "font.ttf")


def test_the_font_has_the_weight_and_the_glyphs_that_were_asked_for(font):
    instance = TTFont(font)
    assert "fvar" not in instance
    assert instance["OS/2"].usWeightClass == 500
    assert {ord(c) for c in "".join(WORDS)} <= set(instance.getBestCmap())
    package = files("justmytype_intl_cjk")
    assert "Noto Sans SC" in instance["name"].getDebugName(1), package


def test_a_heavier_font_has_more_ink(tmp_path):
    def ink(weight):
        path = make_font(["发展"], weight, tmp_path / f"{weight}.ttf")
        return ImageFont.truetype(str(path), 100).getmask("发展").getbbox() and sum(
            ImageFont.truetype(str(path), 100).getmask("发展")
        )

    assert ink(700) > 1.1 * ink(500) > 1.2 * ink(200)


def test_equal_texts_give_equal_fonts(font, tmp_path):
    assert make_font(WORDS, 500, tmp_path / "again.ttf").read_bytes() == font.read_bytes()


def ink(place, font):
    """The pixels of a word at its place, on a canvas with a margin around the area."""
    canvas = Image.new("1", (1200, 1000))
    face = ImageFont.truetype(str(font), place.size)
    ImageDraw.Draw(canvas).text((100 + place.x, 100 + place.baseline), place.word, fill=1, font=face, anchor="ls")
    return np.asarray(canvas)


@hypothesis_settings(max_examples=10)
@given(st.dictionaries(st.sampled_from(WORDS), st.integers(1, 60), min_size=1))
def test_words_are_all_there_to_scale_and_inside_without_overlap(font, weights):
    places, scale = lay_out(weights, font, (1000, 790), 1, largest_scale(weights, 1000, 790))
    assert {p.word for p in places} == set(weights)
    assert all(p.size == pytest.approx(scale * math.sqrt(weights[p.word])) for p in places)
    layers = [ink(p, font) for p in places]
    assert sum(layer.astype(int) for layer in layers).max() == 1, "words overlap"
    for layer in layers:
        rows, columns = np.nonzero(layer)
        assert rows.min() >= 98 and rows.max() <= 100 + 790 + 2
        assert columns.min() >= 98 and columns.max() <= 100 + 1000 + 2


def test_a_very_short_section_does_not_make_other_clouds_illegible(font):
    """15 in 10,000 is what the last word of a whole report has; a section of 25 words has 400 for each of its words."""
    long = Cloud("whole", "", "", [CloudWord(w, 9, 15.0, 0) for w in WORDS], [])
    short = Cloud("short", "", "", [CloudWord(f"{a}{b}", 1, 400.0, 0) for a in WORDS[:7] for b in WORDS[:6]], [])
    with ThreadPoolExecutor(1) as pool:
        clouds, layouts = readable_layouts([long, short], font, 7, pool)
    assert len(clouds[0].words) == len(WORDS), "only the full cloud gives way"
    assert 5 <= len(clouds[1].words) < len(short.words)
    points = [place.size / 86 / 2.54 * 72 for places in layouts for place in places]
    assert min(points) >= SMALL


def test_without_words_there_are_no_places(font):
    assert lay_out({}, font, (1000, 790), 1, 7.0) == ([], 7.0)


def test_equal_rates_have_equal_sizes_in_all_clouds_of_a_report(font):
    """The fullest cloud sets the scale; the area of a character is the rate times one number everywhere."""
    rates = [dict.fromkeys(WORDS, 300.0), {"发展": 100.0, "改革": 25.0}, {"建设": 300.0}]
    clouds = [
        Cloud(f"c{i}", "", "", [CloudWord(w, 1, r, 0) for w, r in own.items()], []) for i, own in enumerate(rates)
    ]
    with ThreadPoolExecutor(1) as pool:
        layouts = common_layouts(clouds, font, 7, pool)
    areas = [p.size**2 / own[p.word] for own, places in zip(rates, layouts, strict=True) for p in places]
    assert len(areas) == len(WORDS) + 3
    assert areas == pytest.approx([areas[0]] * len(areas))
    assert areas[0] ** 0.5 <= min(largest_scale(own, 997, 825) for own in rates)


ROLES = ("review", "plan")


def frames():
    headings = [("s0", "", 0, "", "", "front", 50), ("s1", "", 1, "一、", "回顾", "review", 100),
                ("s1.1", "s1", 2, "（一）", "科技创新", "review", 100), ("s2", "", 1, "二、", "安排", "plan", 100)]  # fmt: skip
    columns = ["section_id", "parent_id", "level", "number", "heading", "role", "n_words"]
    sections = pd.DataFrame(headings, columns=columns)
    counts = {
        ("s1.1", "科技"): 3,
        ("s1.1", "发展"): 1,
        ("s1", "科技"): 3,
        ("s1", "发展"): 2,
        ("s2", "发展"): 9,
        ("s2", "科技"): 1,
    }
    frequency = pd.DataFrame(
        [(s, t, n, 10_000 * n / 100) for (s, t), n in counts.items()], columns=["section_id", "term", "n", "per_10k"]
    ).assign(within="")
    parts = pd.DataFrame(
        [("whole", "发展", 11, 550.0), ("whole", "科技", 4, 200.0), ("review", "科技", 3, 300.0), ("review", "发展", 2, 200.0),
         ("plan", "发展", 9, 900.0), ("plan", "科技", 1, 100.0)],
        columns=["part", "term", "n", "per_10k"],
    ).assign(within="")  # fmt: skip
    reports = pd.DataFrame([{"report_id": "r", "region": "长春市", "region_level": "prefecture", "year": 2025}])
    return {"reports": reports, "frequency": frequency, "frequency_parts": parts, "sections": sections}


def test_which_clouds_there_are_and_what_their_colours_mean():
    clouds = {cloud.name: cloud for cloud in report_clouds(frames(), ROLES, max_words=40, language="en")}
    # Section 1 is divided, so its subsection has the cloud; section 2 is not.
    assert list(clouds) == ["whole", "review", "plan", "section-1.1", "section-2"]
    assert clouds["section-1.1"].title == "长春市2025年政府工作报告  （一）科技创新"
    assert [(w.word, w.n, w.rate) for w in clouds["whole"].words] == [("发展", 11, 550.0), ("科技", 4, 200.0)]
    labels = {w.word: clouds["whole"].groups[w.group].label for w in clouds["whole"].words}
    assert "in the plan" in labels["发展"] and "in the review" in labels["科技"]
    # 科技: 3 of 100 tokens here, 1 of the other 100: three times; 发展: 1 here, 10 elsewhere.
    labels = {w.word: clouds["section-1.1"].groups[w.group].label for w in clouds["section-1.1"].words}
    assert "twice the rate elsewhere" in labels["科技"] and "other" in labels["发展"]
    assert "100 " in clouds["section-1.1"].caption and "200 " in clouds["whole"].caption


def test_tokens_of_sections_and_parts_are_those_of_the_counted_parts():
    """Introduction 10, subsections 20 and 30 of which the last is closing words; closing words of 5; front matter."""
    rows = [("s0", "", "front", 7), ("s1", "", "review", 60), ("s1.1", "s1", "review", 20), ("s1.2", "s1", "closing", 30),
            ("s2", "", "plan", 40), ("s2.1", "s2", "plan", 40), ("s2.1.1", "s2.1", "plan", 15), ("s3", "", "closing", 5)]  # fmt: skip
    sections = pd.DataFrame(rows, columns=["section_id", "parent_id", "role", "n_words"])
    sizes = counted_words(sections, ROLES)
    assert {name: sizes[name] for name in ("whole", "review", "plan")} == {"whole": 70, "review": 30, "plan": 40}
    assert [sizes[name] for name in ("s1", "s1.1", "s1.2", "s2", "s2.1", "s2.1.1")] == [30, 20, 0, 40, 40, 15]
    assert counted_words(sections, (*ROLES, "closing"))["whole"] == 105


def labels_of(counts, sizes):
    """The meaning of the colour of each word, by cloud, for counts in review and plan of these sizes."""
    (n_review, n_plan), names = sizes, list(counts)
    frequency = [(s, name, n[i]) for name, n in counts.items() for i, s in enumerate(("s1", "s2")) if n[i]]
    frequency = pd.DataFrame(frequency, columns=["section_id", "term", "n"]).assign(within="")
    frequency["per_10k"] = (
        10_000 * frequency["n"] / frequency["section_id"].map({"s1": n_review, "s2": n_plan})
    ).round(4)
    parts = frequency.rename(columns={"section_id": "part"}).replace({"part": {"s1": "review", "s2": "plan"}})
    whole = [("whole", name, sum(counts[name]), round(10_000 * sum(counts[name]) / sum(sizes), 4)) for name in names]
    parts = pd.concat(
        [parts, pd.DataFrame(whole, columns=["part", "term", "n", "per_10k"]).assign(within="")], ignore_index=True
    )
    headings = [("s1", "", 1, "", "回顾", "review", n_review), ("s2", "", 1, "", "安排", "plan", n_plan)]
    columns = ["section_id", "parent_id", "level", "number", "heading", "role", "n_words"]
    tables = frames() | {
        "frequency": frequency,
        "frequency_parts": parts,
        "sections": pd.DataFrame(headings, columns=columns),
    }
    clouds = report_clouds(tables, ROLES, max_words=40, language="en")
    return {cloud.name: {w.word: cloud.groups[w.group].label for w in cloud.words} for cloud in clouds}


REVIEW, PLAN, EQUAL = (
    "at least twice as frequent in the review",
    "at least twice as frequent in the plan",
    "about equal",
)
TWICE, ONLY, OTHER = "at least twice the rate elsewhere", "only in this section", "other"


def test_colours_change_at_twice_the_rate():
    """Parts of 1,000 and 2,000 tokens: 10 in the review are as frequent as 20 in the plan."""
    counts = {
        "两倍": (20, 20),
        "近两倍": (19, 20),
        "相近": (15, 20),
        "倒两倍": (10, 40),
        "倒近两倍": (10, 39),
        "独有": (3, 0),
    }
    labels = labels_of(counts, (1_000, 2_000))
    meaning = {"两倍": REVIEW, "近两倍": EQUAL, "相近": EQUAL, "倒两倍": PLAN, "倒近两倍": EQUAL, "独有": REVIEW}
    assert labels["whole"] == labels["review"] == meaning
    assert labels["plan"] == {word: label for word, label in meaning.items() if word != "独有"}
    assert labels["section-1"] == {"两倍": TWICE, "独有": ONLY} | dict.fromkeys(
        ("近两倍", "相近", "倒两倍", "倒近两倍"), OTHER
    )
    # Of equally frequent words, those less frequent elsewhere come first.
    assert list(labels["section-1"]) == ["两倍", "近两倍", "相近", "倒近两倍", "倒两倍", "独有"]
    assert labels["section-2"] == {"倒两倍": TWICE} | dict.fromkeys(("两倍", "近两倍", "相近", "倒近两倍"), OTHER)


def test_exactly_twice_is_twice_however_rates_are_rounded():
    """1 of 15,000 is printed as 0.6667 and 2 as 1.3333, which is less than twice 0.6667."""
    labels = labels_of({"词语": (2, 1), "词组": (1, 2)}, (15_000, 15_000))
    assert labels["whole"] == {"词语": REVIEW, "词组": PLAN}
    assert labels["section-1"] == {"词语": TWICE, "词组": OTHER}


def test_a_report_without_keywords_has_no_cloud():
    tables = frames()
    empty = tables | {name: tables[name].head(0) for name in ("frequency", "frequency_parts")}
    assert report_clouds(empty, ROLES, max_words=40, language="zh") == []


def test_pictures_are_whole_and_do_not_depend_on_the_number_of_workers(tmp_path):
    words = [CloudWord(w, n, 10.0 * n, n % 2) for n, w in enumerate(reversed(WORDS), start=1)][::-1]
    groups = [ColourGroup("仅见于本节", "#9c2a00"), ColourGroup("其他", "#6e7781")]
    clouds = [Cloud(f"c{i}", f"题{i}", "字号", words[i:], groups) for i in range(3)]
    for workers in (1, 2):
        draw_clouds(clouds, tmp_path / str(workers), language="zh", weight=500, seed=7, workers=workers)
    first, second = (sorted((tmp_path / str(workers)).iterdir()) for workers in (1, 2))
    assert [p.name for p in first] == [f"c{i}.{kind}" for i in range(3) for kind in ("pdf", "png", "svg")]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    picture = np.asarray(Image.open(first[1]).convert("L"))
    assert picture.shape[1] == pytest.approx(PAGE / 2.54 * DPI, abs=1)
    # Nothing is clipped: the outermost pixels are white, and there is ink within.
    assert (picture[[0, -1], :] == 255).all() and (picture[:, [0, -1]] == 255).all()
    assert (picture < 128).mean() > 0.02
    svg = first[2].read_text(encoding="utf-8")
    assert "<text" not in svg and "dc:date" not in svg


def test_a_very_long_title_is_cut_and_stays_inside(tmp_path):
    groups = [ColourGroup("其他", "#6e7781")]
    clouds = [Cloud("c", "经济" * 80, "字号", [CloudWord("发展", 3, 30.0, 0)], groups)]
    draw_clouds(clouds, tmp_path, language="zh", weight=500, seed=7, workers=1)
    picture = np.asarray(Image.open(tmp_path / "c.png").convert("L"))
    assert (picture[:, :10] == 255).all() and (picture[:, -10:] == 255).all()


def test_without_clouds_the_folder_is_empty(tmp_path):
    draw_clouds([], tmp_path / "none", language="zh", weight=500, seed=7, workers=2)
    assert list((tmp_path / "none").iterdir()) == []
