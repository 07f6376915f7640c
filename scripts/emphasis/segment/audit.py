"""What segmentation did to a text, for a reader to check: which terms were kept whole, which strings may be terms.

The rows are plain dictionaries in the order of the columns; `html_page` gives a page that shows every token.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import pandas as pd

from emphasis.ingest.model import Report
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.segment.term_discovery import Candidate, find_shared_terms
from emphasis.segment.term_evidence import StringIndex, count_all
from emphasis.segment.tokens import Token

TERM_COLUMNS = ("term", "kind", "source", "n_substring", "n_token", "retained")
CANDIDATE_COLUMNS = ("term", "n", "evidence", "score", "in_lexicon")


class TermCount:
    """Counts terms over any number of reports, one report at a time and in any order.

    A term of the lexicon is counted in every report, a term taken from reports in those that show it.

    Examples
    --------
    >>> count = TermCount([Term("新质生产力", "policy", "curated")])
    >>> count.add(["发展新质生产力"], {"发展": 1, "新质生产力": 1})
    >>> next(count.rows())["retained"]
    1.0
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.term: term for term in terms}
        self._lexicon = StringIndex(self._terms)
        self._own: dict[str, Term] = {}
        self._substring: Counter[str] = Counter()
        self._token: Counter[str] = Counter()

    def add(self, texts: Iterable[str], tokens: Mapping[str, int], more: Iterable[Term] = ()) -> None:
        """Count one report.

        Parameters
        ----------
        texts : iterable of str
            Its sentences, as `lexicon.clean` gives them.
        tokens : mapping of str to int
            How often each of its tokens occurs.
        more : iterable of Term
            Terms taken from the report itself.
        """
        own = {term.term: term for term in more if term.term not in self._terms}
        text = "\n".join(texts)
        self._substring.update(self._lexicon.count(text))
        self._substring.update(count_all(text, own))
        self._token.update({token: n for token, n in tokens.items() if token in self._terms or token in own})
        for term in own.values():
            self._show(term)

    def add_counts(self, term: Term, n_substring: int, n_token: int) -> None:
        """Add what was counted elsewhere."""
        if term.term not in self._terms:
            self._show(term)
        self._substring[term.term] += n_substring
        self._token[term.term] += n_token

    def _show(self, term: Term) -> None:
        # Of several kinds of evidence the first by name stands, whatever the order of the reports.
        known = self._own.get(term.term)
        if known is None or term.source < known.source:
            self._own[term.term] = term

    def rows(self) -> Iterator[dict[str, str | int | float]]:
        """Rows of ``terms.csv``: every term seen, by falling number of occurrences as text.

        `n_substring` counts the term's text, also inside a longer term; `n_token` counts its tokens;
        `retained` is their ratio.
        """
        for text, n in sorted(self._substring.items(), key=lambda pair: (-pair[1], pair[0])):
            term = self._terms.get(text) or self._own[text]
            whole = self._token[text]
            yield dict(zip(TERM_COLUMNS, (text, term.kind, term.source, n, whole, whole / n), strict=True))


def candidate_rows(
    candidates: Iterable[Candidate], lexicon: Lexicon, shared: Mapping[str, int] | None = None
) -> Iterator[dict[str, str | int | float | bool]]:
    """Rows of ``term_candidates.csv`` for the candidates of all reports, the same string in one row.

    Parameters
    ----------
    candidates : iterable of Candidate
    lexicon : Lexicon
    shared : mapping of str to int, optional
        Number of reports that have a string, from `discover.find_shared_terms`; adds the evidence ``shared``.
    """
    count: Counter[str] = Counter()
    evidence: dict[str, set[str]] = {}
    score: dict[str, float] = {}
    for candidate in candidates:
        count[candidate.term] += candidate.n
        evidence.setdefault(candidate.term, set()).update(candidate.evidence)
        score[candidate.term] = max(score.get(candidate.term, 0.0), candidate.score)
    for term in shared or {}:
        if term in evidence:
            evidence[term].add("shared")
    for term, n in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        values = (term, n, "+".join(sorted(evidence[term])), score[term], term in lexicon)
        yield dict(zip(CANDIDATE_COLUMNS, values, strict=True))


_STYLE = """
body{font:16px/1.9 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:46em;margin:2em auto;
padding:0 1em;color:#222;background:#fff}
span{border-bottom:1px solid #bbb;margin:0 1px}.term{background:#fde8b0;border-color:#c98a00}
.number{background:#e3eefc}.latin{background:#e6f4e3}p{margin:.4em 0}summary{font-weight:bold;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}.term{background:#5a4500}.number{background:#1c3350}
.latin{background:#1f3d1b}}
"""


def html_page(reports: Iterable[tuple[Report, Sequence[Sequence[Token]]]], note: str = "") -> str:
    """A page with the sentences of reports, each token underlined and coloured by kind.

    Parameters
    ----------
    reports : iterable of (Report, tokens)
        With each report, for each of its sentences the tokens; offsets into the sentence's text.
    note : str
        Stands above the reports.

    Returns
    -------
    str
        HTML in one file, without anything loaded from elsewhere; all text escaped.
    """
    articles = [_article(report, tokens) for report, tokens in reports]
    opened = " open" if len(articles) == 1 else ""
    body = "\n".join(f"<details{opened}><summary>{title}</summary>\n{text}\n</details>" for title, text in articles)
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>segmentation · 分词</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>segmentation · 分词</h1>\n<p>{escape(note)}</p>\n"
        '<p><span class="term">term 术语</span> <span class="word">word 词</span> <span class="number">number 数</span> '
        f'<span class="latin">latin 字母词</span></p>\n{body}\n</body>\n</html>\n'
    )


def _article(report: Report, tokens: Sequence[Sequence[Token]]) -> tuple[str, str]:
    """Title and paragraphs of a report."""
    paragraphs: list[str] = []
    last = None
    for sentence, row in zip(report.sentences, tokens, strict=True):
        marked = _marked(sentence.text, row)
        if sentence.paragraph == last:
            paragraphs[-1] += marked
        else:
            paragraphs.append(marked)
        last = sentence.paragraph
    title = " ".join(filter(None, (report.report_id, report.metadata.title)))
    return escape(title), "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _marked(text: str, tokens: Sequence[Token]) -> str:
    parts = []
    position = 0
    for token in tokens:
        parts.append(escape(text[position : token.start]))
        passage = escape(text[token.start : token.end])
        parts.append(f'<span class="{token.kind}" title="{escape(token.pos)}">{passage}</span>')
        position = token.end
    parts.append(escape(text[position:]))
    return "".join(parts)


_MOST = 10_000_000
"""Candidates that are counted exactly."""


def count_table(count: TermCount) -> pd.DataFrame:
    """The counts of a batch: term, kind, source, n_substring, n_token."""
    return pd.DataFrame(list(count.rows()), columns=list(TERM_COLUMNS)).drop(columns="retained")


def sum_up_terms(counts: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """The table terms.csv from the counts of all batches."""
    together = TermCount(lexicon.terms)
    for table in counts:
        columns = (table[name].tolist() for name in ("term", "kind", "source", "n_substring", "n_token"))
        for term, kind, source, n_substring, n_token in zip(*columns, strict=True):
            together.add_counts(Term(term, kind, source), n_substring, n_token)
    return pd.DataFrame(list(together.rows()), columns=list(TERM_COLUMNS))


def sum_up_candidates(found: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """The table term_candidates.csv from what was found in all batches."""
    candidates = [_candidates(own) for table in found for _, own in table[~table["used"]].groupby("report_id")]
    shared = dict(find_shared_terms(candidates, memory=_MOST))
    rows = candidate_rows((c for report in candidates for c in report), lexicon, shared)
    return pd.DataFrame(list(rows), columns=list(CANDIDATE_COLUMNS))


def _candidates(found: pd.DataFrame) -> list[Candidate]:
    columns = (found[name].tolist() for name in ("term", "n", "evidence", "score"))
    return [
        Candidate(term, n, tuple(evidence.split("+")), score, False)
        for term, n, evidence, score in zip(*columns, strict=True)
    ]
