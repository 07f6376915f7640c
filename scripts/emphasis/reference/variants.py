"""Whether a text says in other words what it lacks as a string: 现代产业体系 for 现代化产业体系, CPI for 居民消费价格."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.segment.lexicon import Lexicon
from emphasis.segment.vocabulary import cut_token
from emphasis.store.written import written_cells
from emphasis.targets.indicators import Indicators

OTHER_NAMES = Path(__file__).resolve().parents[3] / "config/reference/other_names.tsv"
"""What says the same thing, by hand; its first lines say how it was chosen."""

NOT_EVERYWHERE = OTHER_NAMES.with_name("not_everywhere.tsv")
"""What is no matter of some regions, by hand."""

FIXED_KINDS = ("programme", "slogan", "indicator", "event", "organisation")
"""Kinds of the lexicon whose terms are names: another phrase with the same words is not the thing."""

POLICY_KINDS = ("policy", "programme", "sector", "indicator")
"""Kinds whose terms say what policy is about."""
_SPREAD, _SPREAD_OF_REST, _SPREAD_OF_WORDS = 3, 1, 6
"""Characters that may stand between those of a term, between what is left of one without a word, and between its words in any order."""
_LEAST = 4
"""Characters of a term, or of what is left of one, that are looked for with others between them; fewer meet by chance."""
_LONG = 5
"""Characters of a term that may lack a word."""
ALL_OF = "&"
"""Between strings that say a thing where one sentence has them all: 创业 and 培训."""
_BREAK = "，。；：！？!?;:,\n"
_CLAUSES = re.compile(f"[^{_BREAK}]+")
_LONGEST_RUN = 12
"""Characters of a sentence that are shown for strings that stand apart in it."""
_MOST_DROPPED = 6
_TAILS = frozenset(["专项", "斗争", "行动", "工程", "计划", "攻坚", "攻坚战", "三年", "建设", "工作"])
"""Words that say that something is a programme, which another may leave out: 扫黑除恶专项斗争."""
_AFFIXES = "化性型式"
"""Endings that a writer may leave out: 现代化产业 and 现代产业."""


@dataclass(frozen=True)
class OtherNames:
    """Other names of terms and the kinds of terms, from lexicon, indicators and lists.

    Attributes
    ----------
    of : mapping of str to tuple of str
        Other names of the same thing, by term: those of the lexicon (`aliases`) and of the indicators (`synonyms`).
    fixed, policies, slogans : frozenset of str
        Terms of the kinds in `FIXED_KINDS` and `POLICY_KINDS`, and slogans.
    not_in : mapping of str to tuple of str
        Beginnings of the codes of regions that a term is no matter of.
    """

    of: Mapping[str, tuple[str, ...]]
    fixed: frozenset[str]
    policies: frozenset[str]
    slogans: frozenset[str]
    not_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def known(
        cls, lexicon: Lexicon, indicators: Indicators, path: Path = OTHER_NAMES, not_everywhere: Path = NOT_EVERYWHERE
    ) -> OtherNames:
        """From the lexicon, the table of indicators, the list of other names and that of what is not everywhere."""
        groups = [(term.term, *term.aliases) for term in lexicon.terms if term.aliases]
        synonyms: dict[str, list[str]] = {}
        for name, canonical in indicators.names.items():
            synonyms.setdefault(canonical, []).append(name)
        groups += [tuple(sorted({canonical, *names})) for canonical, names in synonyms.items()]
        of: dict[str, tuple[str, ...]] = {}
        for group in groups:
            for name in group:
                of[name] = (*of.get(name, ()), *(other for other in group if other != name))
        for term, others in read_other_names(path):
            of[term] = (*others, *of.get(term, ()))
        fixed, policies, slogans = (
            frozenset(term.term for term in lexicon.terms if term.kind in kinds)
            for kinds in (FIXED_KINDS, POLICY_KINDS, ("slogan",))
        )
        return cls(of, fixed, policies, slogans, dict(read_other_names(not_everywhere)))

    def elsewhere(self, terms: Sequence[str], adcode: str) -> list[bool]:
        """Whether each term is no matter of a region, by its code.

        Examples
        --------
        >>> names = OtherNames({}, frozenset(), frozenset(), frozenset(), {"县域经济": ("31", "4403")})
        >>> names.elsewhere(["县域经济", "氢能"], "440303"), names.elsewhere(["县域经济"], "220100")
        ([True, False], [False])
        """
        return [adcode.startswith(self.not_in[term]) if term in self.not_in else False for term in terms]


def read_other_names(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """The terms of config/reference/other_names.tsv and what says them too, or of not_everywhere.tsv and the regions they are no matter of.

    Raises
    ------
    EmphasisError
        If the file is missing or empty, or a line has not as many fields as the first.
    """
    (_, names), *lines = written_cells(path) or [(0, [])]
    if len(names) < 2:
        raise EmphasisError(
            f"{path}: its first line names no columns with a tab between; restore it from the repository"
        )
    found = []
    for number, fields in lines:
        if len(fields) != len(names) or not all(fields):
            raise EmphasisError(
                f"{path}, line {number}: {' '.join(fields)!r}: a line has the fields {', '.join(names)}, with a tab between; what is "
                "several is separated by |"
            )
        found.append((fields[0], tuple(fields[1].split("|"))))
    return found


class Said:
    """A text in which variants of terms are looked for.

    Parameters
    ----------
    text : str
        As `emphasis.reference.missing.plain_text` makes it.
    names : OtherNames
    keeps : function
        Whether a word keeps to some subjects, so that it says what the text speaks of.
    tokens : collection of str
        Terms of the text.
    whole : Said, optional
        A text that has all lines and terms of this one: what it does not say is not looked for.
    """

    def __init__(
        self,
        text: str,
        names: OtherNames,
        keeps: Callable[[str], bool],
        tokens: Mapping[str, int],
        whole: Said | None = None,
    ) -> None:
        self._text, self._names, self._keeps, self._tokens, self._whole = text, names, keeps, tokens, whole
        self._at: dict[str, list[int]] = {}
        self._unsaid: set[str] = set()

    def variant(self, term: str) -> str:
        """What the text says instead of a term, or nothing. The first of these that is there:

        1. another name of the same thing, by lexicon and indicators (CPI), or its short form (环保);
        2. its characters in their order, at most three more among them, in one clause (防灾救灾减灾);
        3. all its words in one clause, in any order, at most six other characters among them (新增城镇就业);
        4. a term of five or more characters without words that keep to no subject, without what only says that it is a programme
           (专项行动), or without an ending 化, at least four characters being left that say it, with at most one more among them (现代产业体系);
        5. of a term that is no fixed name, all words that keep to some subjects, each said: 农田 for 高标准农田.
        """
        if self._whole is not None and term in self._whole._unsaid:
            return ""
        ways = (self._by_name, self._in_its_order, self._by_words, self._without_a_word, self._by_subject)
        found = next(filter(None, (way(term) for way in ways)), "")
        if not found:
            self._unsaid.add(term)
        return found

    def has_words_of(self, term: str) -> bool:
        """Whether each word of a term is somewhere in the text."""
        return all(word in self._text for word in cut_token(term).words)

    def _by_name(self, term: str) -> str:
        words = cut_token(term).words
        short = "".join(word[0] for word in words)
        if len(words) == 2 and len(term) == _LEAST and self._tokens.get(short):
            return short
        return next(filter(None, map(self._name, self._names.of.get(term, ()))), "")

    def _name(self, name: str) -> str:
        """A name as the text has it: a string, or the sentence's run that holds all strings of one with `ALL_OF`; or nothing."""
        if ALL_OF not in name:
            return name if name in self._text else ""
        parts = name.split(ALL_OF)
        if any(part not in self._text for part in parts):
            return ""
        # Only lines with the first string are looked at.
        at = self._text.find(parts[0])
        while at >= 0:
            start, end = self._text.rfind("\n", 0, at) + 1, self._text.find("\n", at)
            line = self._text[start : end if end >= 0 else None]
            if all(part in line for part in parts):
                return _run(line, parts)
            at = self._text.find(parts[0], end) if end >= 0 else -1
        return ""

    def _in_its_order(self, term: str) -> str:
        return self._in_order(term, _SPREAD) if len(term) >= _LEAST else ""

    def _without_a_word(self, term: str) -> str:
        droppable = tuple(word in _TAILS or not self._keeps(word) for word in cut_token(term).words)
        shorter = (rest for rest in _shortened(term, droppable) if self._says_enough(rest, term))
        return next(filter(None, (self._in_order(rest, _SPREAD_OF_REST) for rest in shorter)), "")

    def _by_words(self, term: str) -> str:
        words = cut_token(term).words
        return self._together(words) if 2 <= len(words) <= _LEAST <= len(term) else ""

    def _by_subject(self, term: str) -> str:
        if term in self._names.fixed or len(cut_token(term).words) == 1:
            return ""
        telling = [word for word in _largest_words(term) if len(word) > 1 and self._keeps(word)]
        return max(telling, key=len) if telling and all(word in self._text for word in telling) else ""

    def _says_enough(self, rest: str, term: str) -> bool:
        """Whether what is left of a term is a term itself, two thirds of it, or keeps to its subject: 乡村振兴, but no 全国市场."""
        known = rest in self._names.policies or 3 * len(rest) >= 2 * len(term)
        return known or any(self._keeps(word) for word in cut_token(rest).words)

    def _places(self, character: str) -> list[int]:
        if character not in self._at:
            self._at[character] = [found.start() for found in re.finditer(re.escape(character), self._text)]
        return self._at[character]

    def _in_order(self, term: str, spread: int) -> str:
        """The shortest run of the text with the characters of a term in order, within a clause; or nothing."""
        best = ""
        for start in self._places(term[0]):
            window = self._text[start : start + len(term) + spread]
            at = 0
            for character in term[1:]:
                at = window.find(character, at + 1)
                if at < 0:
                    break
            else:
                run = window[: at + 1]
                if (not best or len(run) < len(best)) and not any(mark in run for mark in _BREAK):
                    best = run
        return best

    def _together(self, words: Sequence[str]) -> str:
        """The shortest run of a clause that holds all of some words, or nothing."""
        if any(word not in self._text for word in words):
            return ""
        length, best = sum(map(len, words)) + _SPREAD_OF_WORDS, ""
        first = max(words, key=len)
        for found in re.finditer(re.escape(first), self._text):
            low = max(0, found.end() - length)
            around = self._text[low : found.start() + length]
            for clause in _CLAUSES.finditer(around):
                if not clause.start() <= found.start() - low < clause.end():
                    continue
                spans = [_nearest(clause[0], word, found.start() - low - clause.start()) for word in words]
                if all(span is not None for span in spans):
                    starts = [span[0] for span in spans if span]
                    ends = [span[1] for span in spans if span]
                    run = clause[0][min(starts) : max(ends)]
                    if len(run) <= length and (not best or len(run) < len(best)):
                        best = run
        return best


def _run(sentence: str, parts: Sequence[str]) -> str:
    """The sentence from the first of some strings to the last, each where it first stands; the strings alone where that is long.

    Examples
    --------
    >>> _run("开展创业和职业培训", ["培训", "创业"])
    '创业和职业培训'
    """
    spans = sorted((sentence.index(part), len(part), part) for part in parts)
    start, end = spans[0][0], max(at + length for at, length, _ in spans)
    return sentence[start:end] if end - start <= _LONGEST_RUN else "…".join(part for _, _, part in spans)


def _nearest(clause: str, word: str, at: int) -> tuple[int, int] | None:
    """Where a word stands nearest to a place in a clause."""
    places = [found.start() for found in re.finditer(re.escape(word), clause)]
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - at), place))
    return start, start + len(word)


@lru_cache(maxsize=8192)
def _largest_words(term: str) -> tuple[str, ...]:
    """The words of a term, of those that lie in each other the longest: 先进 and 制造业, not 制造."""
    inside = cut_token(term)
    longest: dict[int, int] = {}
    for start, end in sorted(inside.longer, key=lambda span: span[0] - span[1]):
        if all(end <= a or start >= b for a, b in longest.items()):
            longest[start] = end
    found, at = [], 0
    while at < len(inside.words):
        end = longest.get(at, at + 1)
        found.append("".join(inside.words[at:end]))
        at = end
    return tuple(found)


@lru_cache(maxsize=8192)
def _shortened(term: str, droppable: tuple[bool, ...]) -> tuple[str, ...]:
    """What is left of a long term without some of its words, or without an ending of one; the longest first.

    Examples
    --------
    >>> _shortened("现代化产业体系", (True, False, True))
    ('现代产业体系', '现代化产业', '产业体系')
    """
    if len(term) < _LONG:
        return ()
    words, found = cut_token(term).words, set()
    for i, word in enumerate(words):
        if len(word) > 2 and word[-1] in _AFFIXES:  # a stem of two characters is a word
            found.add("".join((*words[:i], word[:-1], *words[i + 1 :])))
    dropped = [i for i, may in enumerate(droppable) if may][:_MOST_DROPPED]
    for k in range(1, len(dropped) + 1):
        for chosen in combinations(dropped, k):
            found.add("".join(word for i, word in enumerate(words) if i not in chosen))
    return tuple(sorted((rest for rest in found if len(rest) >= _LEAST), key=lambda rest: (-len(rest), rest)))
