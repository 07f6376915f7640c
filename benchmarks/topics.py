"""How fast topic models are, and how much memory 100,000 paragraphs take (python benchmarks/topics.py).

Reads the reports in ../shared/reports. The large corpus is made of their paragraphs, put together at random into new reports. CPU
seconds are printed next to wall-clock time: they are steadier on a busy machine.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.run.scale import settle  # noqa: E402
from emphasis.segment.lexicon import load_stopwords  # noqa: E402
from emphasis.store.tables import load_schemas, read, write  # noqa: E402
from emphasis.topics.basis import read_basis  # noqa: E402
from emphasis.topics.corpus import Corpus, CorpusSettings, build_corpus  # noqa: E402
from emphasis.topics.fitting import FittedModel, fit_batches, fit_settings  # noqa: E402
from emphasis.topics.shares import batch_tables  # noqa: E402

CONFIG, _ = settle(yaml.safe_load((ROOT / "config/config.yaml").read_text(encoding="utf-8")), 1)
SCHEMAS = load_schemas((ROOT / "workflow/schemas/tables").glob("*.yaml"))
NAMES = ("tokens", "sentences", "outline")
REPORTS, BATCH, PARAGRAPHS = 1024, 64, 100


def corpus_settings() -> CorpusSettings:
    left_out = load_stopwords(ROOT / CONFIG["keywords"]["stopwords"]) | load_stopwords(
        ROOT / "config/reference/topics/ordinary.txt"
    )
    return CorpusSettings(CONFIG["count_roles"], left_out, CONFIG["topics"]["paragraph_sentences"])


def batches(folders: list[Path]) -> Iterator[Corpus]:
    for folder in folders:
        tokens, sentences, outline = (read(folder / f"{name}.parquet", SCHEMAS[name]) for name in NAMES)
        yield build_corpus(tokens, sentences, outline, corpus_settings())


def fit(folders: list[Path]) -> FittedModel:
    settings, _ = fit_settings(CONFIG["topics"], CONFIG["seed"], threads=2)
    found = fit_batches("corpus", partial(batches, folders), settings)
    assert found is not None and found.model is not None and found.validation is not None
    verdicts = pd.Series(found.validation.verdicts).value_counts().to_dict()
    print(
        f"  {found.n_documents} paragraphs, {found.model.k} topics: {verdicts}; the model: {found.validation.verdict}"
    )
    return found


def timed(what: str, start: tuple[float, float], per: int = 1) -> None:
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    unit = f"{1e3 * cpu / per:.0f} ms of CPU a report" if per > 1 else f"{wall:.1f} s, {cpu:.1f} s of CPU"
    print(f"{what}: {unit}", flush=True)


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def enlarge(source: Path, target: Path) -> None:
    """Write reports made of random paragraphs of the source, in batches as in the workflow."""
    tables = {name: read(source / f"{name}.parquet", SCHEMAS[name]) for name in NAMES}
    roles = tables["outline"].set_index(["report_id", "section_id"])["role"]
    sentences = tables["sentences"].join(roles, on=["report_id", "section_id"])
    sentences = sentences[sentences["role"].isin(CONFIG["count_roles"])]
    paragraph = sentences.groupby(["report_id", "paragraph"], sort=False).ngroup()
    local = sentences.groupby(paragraph).cumcount()
    place = pd.DataFrame({"sentence_id": sentences["sentence_id"], "paragraph": paragraph, "local": local})
    tokens = tables["tokens"].merge(place, on="sentence_id")
    of_paragraph = [table for _, table in sentences.groupby(paragraph)]
    words_of = dict(iter(tokens.groupby("paragraph")))
    no_words = tokens.iloc[:0]
    rng = np.random.default_rng(1)
    outline = tables["outline"].iloc[:1]
    for batch in range(REPORTS // BATCH):
        found: dict[str, list[pd.DataFrame]] = {name: [] for name in NAMES}
        for number in range(BATCH):
            name = f"r{batch:03}-{number:02}"
            chosen = rng.integers(len(of_paragraph), size=PARAGRAPHS)
            lengths = [len(of_paragraph[i]) for i in chosen]
            own = pd.concat([of_paragraph[i] for i in chosen], ignore_index=True)
            own["paragraph"] = np.repeat(range(1, PARAGRAPHS + 1), lengths)
            ids = np.array([f"{name}:{i}" for i in range(1, len(own) + 1)], dtype=object)
            starts_of = np.cumsum([0, *lengths[:-1]])
            words = [words_of.get(i, no_words) for i in chosen]
            tokens_own = pd.concat(words, ignore_index=True)
            offset = np.repeat(starts_of, [len(table) for table in words])
            place_of = {"report_id": name, "section_id": "s1"}
            tokens_own["sentence_id"] = ids[tokens_own["local"].to_numpy() + offset]
            tokens_own = tokens_own.drop(columns=["paragraph", "local"])
            found["tokens"].append(tokens_own.assign(**place_of, position=range(1, len(tokens_own) + 1)))
            starts = range(len(own))
            found["sentences"].append(own.assign(**place_of, sentence_id=ids, start=starts).drop(columns="role"))
            found["outline"].append(outline.assign(**place_of, parent_id="", role="plan", level=1))
        folder = target / f"{batch:03}"
        for table, parts in found.items():
            write(pd.concat(parts, ignore_index=True), folder / f"{table}.parquet", SCHEMAS[table])


def project(folder: Path, out: Path) -> int:
    """What the workflow does for a batch of reports once the models are fitted: read, project, write."""
    tokens, sentences, outline = (read(folder / f"{name}.parquet", SCHEMAS[name]) for name in NAMES)
    corpus = build_corpus(tokens, sentences, outline, corpus_settings())
    basis = read_basis(ROOT / "config/reference/topics").model
    tables = batch_tables(corpus, {"basis": basis}, sentences, outline)
    write(tables.topic_sections, out / "topic_sections.csv", SCHEMAS["topic_sections"])
    for name in ("topic_parts", "topic_evidence"):
        write(getattr(tables, name), out / f"{name}.parquet", SCHEMAS[name])
    return int(outline["report_id"].nunique())


def main() -> None:
    if sys.argv[1:2] == ["large"]:
        start = now()
        fit(sorted(Path(sys.argv[2]).iterdir()))
        timed("fitted and judged", start)
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        return
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        (place / "reports").mkdir()
        for path in sorted((ROOT.parent / "shared/reports").rglob("*.*")):
            shutil.copyfile(path, place / "reports" / path.name)
        command = [Path(sys.executable).parent / "snakemake", "corpus"]
        settings = [f"reports={place}/reports", f"results={place}/results"]
        subprocess.run([*command, "--config", *settings], cwd=ROOT, check=True, capture_output=True)
        (place / "one").mkdir()
        for name in NAMES:
            folder = "steps" if name == "outline" else "corpus"
            (place / f"results/{folder}/{name}.parquet").rename(place / f"one/{name}.parquet")
        start = now()
        fit([place / "one"])
        timed("shared reports, fitted and judged on 2 threads", start)
        for _ in range(2):
            start = now()
            timed("shared reports, projected on the basis and written", start, project(place / "one", place / "out"))
        enlarge(place / "one", place / "large")
        subprocess.run([sys.executable, __file__, "large", place / "large"], check=True)


if __name__ == "__main__":
    main()
