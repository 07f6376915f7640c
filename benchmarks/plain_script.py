"""What a researcher would write in one afternoon for the same outputs: one process, no workflow.

Usage: python benchmarks/plain_script.py [--tables] REPORT... OUTPUT_FOLDER

With --tables no pictures are drawn. Several reports are handled one after the other, each into a folder of its own.

Sections, sentences, tokens, frequencies, dispersion, TF-IDF, topics, and for the report, its parts and each section a word
cloud and a bar chart of 1600 x 1000 pixels as PNG and SVG. It is what `make bench` compares the workflow with, so it does
the same work in the ordinary way; it does not check its tables, does not compare topics with noise and compares no reports with each other.
"""

import re
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import jieba.posseg
import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.font_manager import FontProperties
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from wordcloud import WordCloud

FONT = str(files("justmytype_intl_cjk").joinpath("fonts/ofl/notosanssc/NotoSansSC[wght].ttf"))
STOPWORDS = set(Path(__file__).parents[1].joinpath("config/lexicon/stopwords.txt").read_text(encoding="utf-8").split())
WORDS = 40


def read_sections(path):
    text = path.read_text(encoding="utf-8")
    part, section, sections = "", "", {}
    for line in text.splitlines():
        line = line.strip()  # noqa: PLW2901
        if re.match(r"[一二三四五六七八九十]+、", line):
            part, section = line, ""
        elif re.match(r"[(（][一二三四五六七八九十]+[)）]", line):
            section = re.split(r"。", line)[0]
        elif section and not line.startswith(("(", "（")):
            section = ""
        if part and line:
            sections.setdefault((part, section), []).append(line)
    return {key: "\n".join(lines) for key, lines in sections.items()}


def cut(text):
    return [(w.word, w.flag) for w in jieba.posseg.cut(text) if re.search(r"\w", w.word)]


def keywords(tokens):
    return [w for w, flag in tokens if len(w) > 1 and w not in STOPWORDS and flag != "m" and not w[0].isdigit()]


def draw(counts, name, folder):
    top = dict(counts.most_common(WORDS))
    cloud = WordCloud(
        width=1600,
        height=1000,
        font_path=FONT,
        max_words=WORDS,
        background_color="white",
        prefer_horizontal=1.0,
        random_state=1,
    ).generate_from_frequencies(top)
    cloud.to_file(folder / f"{name}.png")
    (folder / f"{name}.svg").write_text(cloud.to_svg(), encoding="utf-8")
    plain = FontProperties(fname=FONT)
    figure, axes = plt.subplots(figsize=(16, 10), dpi=100)
    axes.barh(list(top)[::-1], list(top.values())[::-1])
    for label in axes.get_yticklabels():
        label.set_fontproperties(plain)
    figure.savefig(folder / f"{name}-bars.png")
    figure.savefig(folder / f"{name}-bars.svg")
    plt.close(figure)


def main():
    *reports, out = [Path(argument) for argument in sys.argv[1:] if argument != "--tables"]
    for report in reports:
        handle(report, out / report.stem if len(reports) > 1 else out, pictures="--tables" not in sys.argv)


def handle(report, out, *, pictures):
    out.mkdir(parents=True, exist_ok=True)
    sections = read_sections(report)
    tokens = {key: cut(text) for key, text in sections.items()}
    pd.DataFrame([(*key, *token) for key, found in tokens.items() for token in found]).to_csv(out / "tokens.csv")
    counts = {key: Counter(keywords(found)) for key, found in tokens.items()}
    rows = [
        (*key, word, n, 10_000 * n / len(tokens[key]))
        for key, found in counts.items()
        for word, n in found.most_common()
    ]
    pd.DataFrame(rows, columns=["part", "section", "word", "n", "per_10k"]).to_csv(out / "frequency.csv", index=False)

    sizes = np.array([len(found) for found in tokens.values()])
    total = sum(counts.values(), Counter())
    matrix = np.array([[found[word] for found in counts.values()] for word in total])
    dp = 0.5 * np.abs(matrix / matrix.sum(axis=1, keepdims=True) - sizes / sizes.sum()).sum(axis=1)
    rates = matrix / sizes
    juilland = 1 - rates.std(axis=1) / rates.mean(axis=1) / np.sqrt(len(sizes) - 1)
    table = {"word": list(total), "n": matrix.sum(axis=1), "range": (matrix > 0).sum(axis=1), "dp": dp, "d": juilland}
    pd.DataFrame(table).to_csv(out / "dispersion.csv", index=False)

    vectorizer = CountVectorizer(analyzer=lambda words: words)
    documents = vectorizer.fit_transform([keywords(tokens[key]) for key in sections if key[1]])
    names = vectorizer.get_feature_names_out()
    weights = TfidfTransformer().fit_transform(documents).toarray()
    pd.DataFrame(weights, columns=names).to_csv(out / "tfidf.csv")
    paragraphs = [keywords(cut(line)) for text in sections.values() for line in text.splitlines()]
    topic_documents = TfidfTransformer(sublinear_tf=True).fit_transform(
        CountVectorizer(analyzer=lambda words: words, min_df=2).fit_transform(paragraphs)
    )
    model = NMF(n_components=8, init="nndsvd", max_iter=200, random_state=1)
    pd.DataFrame(model.fit_transform(topic_documents)).to_csv(out / "topic_shares.csv")
    pd.DataFrame(model.components_).to_csv(out / "topics.csv")

    if not pictures:
        return
    parts = sorted({part for part, _ in sections})
    draw(total, "whole", out)
    for i, part in enumerate(parts):
        draw(sum((found for key, found in counts.items() if key[0] == part), Counter()), f"part-{i}", out)
    for i, key in enumerate(key for key in sections if key[1]):
        draw(counts[key], f"section-{i}", out)


if __name__ == "__main__":
    main()
