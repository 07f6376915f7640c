"""Made-up reports whose subjects are known."""

import numpy as np
import pandas as pd

from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.fitting import FitSettings
from emphasis.topics.model import Method, top_words
from emphasis.topics.validation import ValidationSettings

SUBJECTS = {
    "农业": [f"农{c}" for c in "田村民产机具品业林牧渔副"],
    "工业": [f"工{c}" for c in "厂业人程具艺种期地件作矿"],
    "教育": [f"教{c}" for c in "师育学材室务研程改导具养"],
}
SETTINGS = CorpusSettings(["review", "plan"], {"的"}, 8)
VALIDATION = ValidationSettings(refits=5, shuffles=10, seed=1)
FIT_SETTINGS = FitSettings(Method(), 3, [], 1.0, 2, VALIDATION)


def text(seed=0, paragraphs=10, mixed=False, report="r"):
    """Tokens, sentences and outline of a report with a section for each subject; with `mixed`, words are of all subjects.

    Sentences have 3, 4 and 5 known words in the first section, 4 to 6 in the second, 5 to 7 in the third: means over sentences
    and over words differ.
    """
    rng = np.random.default_rng(seed)
    everything = [word for words in SUBJECTS.values() for word in words]
    tokens, sentences = [], []
    for number, words in enumerate(SUBJECTS.values(), start=1):
        for p in range(paragraphs):
            for length in range(number + 2, number + 5):
                sentence_id = f"{report}:{len(sentences) + 1}"
                sentences.append((report, f"s1.{number}", sentence_id, number * 10_000 + p, f"句{len(sentences)}"))
                chosen = rng.choice(everything if mixed else words, length, replace=False)
                tokens += [(report, f"s1.{number}", sentence_id, word, "n", "word") for word in [*chosen, "的"]]
    outline = [(report, "s1", "", 1, "2025年工作安排", "plan")]
    outline += [(report, f"s1.{n}", "s1", 2, f"发展{name}", "plan") for n, name in enumerate(SUBJECTS, start=1)]
    return (
        pd.DataFrame(tokens, columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"]),
        pd.DataFrame(sentences, columns=["report_id", "section_id", "sentence_id", "paragraph", "text"]),
        pd.DataFrame(outline, columns=["report_id", "section_id", "parent_id", "level", "heading", "role"]),
    )


def corpus(min_df=2, **options):
    return build_corpus(*text(**options), SETTINGS).with_common_words(min_df)


def words_of(model, n=10):
    return [{str(model.vocabulary[i]) for i in top} for top in top_words(model.components, model.vocabulary, n)]
