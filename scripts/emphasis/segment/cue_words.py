"""Cue words: Chinese words that distinguish a term from any other phrase, in groups read from config/lexicon/cue_words.txt."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.segment.lexicon import read_lines
from emphasis.segment.tokens import TokenType

_INSIDE_PHRASE = ("n", "vn", "b", "a", "j", "l", "x", "eng", "s")
_END_OF_PHRASE = ("n", "vn", "j", "l", "x")
"""Beginnings of the parts of speech of nouns, verbal nouns, adjectives, abbreviations, idioms, unknown and Latin words."""


@dataclass(frozen=True, eq=False)
class CueWords:
    """The groups of cue words; the file says what each is and why, with examples.

    Objects are equal only to themselves, so that `Vocabulary.feature` can cache by their methods.
    """

    policy_verbs: frozenset[str]  # verbs of what is done (加快, 推进)
    verbs_in_names: frozenset[str]  # those of them that occur in names, too (保障 in 保障措施)
    head_nouns: frozenset[str]  # last words of terms (装备)
    unspecific_words: frozenset[str]  # words that make a phrase too general for a term (重大)
    place_endings: frozenset[str]  # last words of proper names (机场, 大街, 大学, 博览会); streets are places, too
    street_endings: frozenset[str]
    organisation_endings: frozenset[str]
    event_endings: frozenset[str]
    generic_modifiers: frozenset[str]  # words with which no proper name begins (全省)
    function_words: frozenset[str]  # single characters after which one can begin (在)
    names_like_numerals: frozenset[str]  # names that look like numerals (十四五)

    @cached_property
    def name_endings(self) -> dict[str, str]:
        """Last words that make the words before them a proper name, and the part of speech of the whole."""
        groups = {"ns": self.place_endings, "nt": self.organisation_endings, "nz": self.event_endings}
        return {word: pos for pos, words in groups.items() for word in words}

    def ends_name(self, token_type: TokenType) -> bool:
        """Whether a token may be the last word of a proper name."""
        return token_type.kind != "number" and token_type.token in self.name_endings

    def fits_phrase(self, token_type: TokenType) -> bool:
        """Whether a token can be part of a noun phrase that is a term."""
        token, pos, kind = token_type
        inside = len(token) > 1 and pos.startswith(_INSIDE_PHRASE) and kind != "number"
        return inside and token not in self.unspecific_words and token not in self.policy_verbs

    @staticmethod
    def ends_phrase(token_type: TokenType) -> bool:
        """Whether a noun phrase can end with a token, by its part of speech."""
        return token_type.pos.startswith(_END_OF_PHRASE)


def load_cue_words(path: Path) -> CueWords:
    """Read the groups of cue words: a line ``[group]``, then words separated by white space; # begins a comment.

    Raises
    ------
    EmphasisError
        With file and line: a group that does not exist or is there twice, a word before the first group, a word twice in
        a group. With the file: no such file, not UTF-8, a group that is missing or empty.
    """
    groups: dict[str, set[str]] = {}
    names = [field.name for field in fields(CueWords)]
    words: set[str] | None = None
    for number, line in read_lines(path):
        where, text = f"{path}, line {number}", line.partition("#")[0].strip()
        if text.startswith("["):
            name = text.strip("[]")
            if name not in names:
                raise EmphasisError(f"{where}: {text} is not a group; the groups are {', '.join(names)}")
            if name in groups:
                raise EmphasisError(f"{where}: [{name}] begins a second time; move its words to the first")
            words = groups[name] = set()
            continue
        for word in text.split():
            if words is None:
                raise EmphasisError(f"{where}: {word} is in no group; put a line such as [{names[0]}] above it")
            if word in words:
                raise EmphasisError(f"{where}: {word} is in [{name}] already; delete one of the two")
            words.add(word)
    for name in names:
        if not groups.get(name):
            raise EmphasisError(
                f"{path}: [{name}] has no words; add the group, or fetch the file from the project again"
            )
    return CueWords(**{name: frozenset(found) for name, found in groups.items()})
