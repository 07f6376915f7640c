"""Cue words: Chinese words that distinguish a term from any other phrase, in groups read from config/lexicon/cue_words.txt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.segment.tokens import Token, TokenType
from emphasis.store.written import written_lines

_INSIDE_PHRASE = ("n", "vn", "b", "a", "j", "l", "x", "eng", "s")
_END_OF_PHRASE = ("n", "vn", "j", "l", "x")
_MODIFIERS = ("n", "vn", "b", "j", "s", "x", "l", "eng")
_NAMES = ("nr", "ns", "nt")
PROPER_NOUNS = frozenset({"ns", "nr", "nz", "nrt", "nrfg", "nt", "x"})
"""Parts of speech; ``x``, a word that the dictionary lacks, is most often a name."""
_IN_NAMES = frozenset({"n", "b", "f", "s", "j"})
_ONE_BY_ONE = re.compile(r"一(.)\1")
"""一座座, which the dictionary calls a noun."""
_COMMON_NOUNS = ("n", "nz", "x")
_NO_PART_OF_WORD = ("c", "p", "u", "r", "m", "q", "d", "y", "f", "v", "t", "e", "o", "i", "k")
"""Beginnings of the parts of speech of nouns, verbal nouns, adjectives, abbreviations, idioms, unknown and Latin words."""


@dataclass(frozen=True, eq=False)
class CueWords:
    """The groups of cue words; the file says what each is and why, with examples.

    Objects are equal only to themselves, so that `Vocabulary.feature` can cache by their methods.
    """

    policy_verbs: frozenset[str]  # verbs of what is done (加快, 推进)
    verbs_in_names: frozenset[str]  # those of them that occur in names, too (保障 in 保障措施)
    head_nouns: frozenset[str]  # last words of terms (装备)
    thing_nouns: frozenset[str]  # further last words that name a thing (驿站)
    thing_endings: frozenset[str]  # single characters with which nouns end that name a thing (库 in 储备库)
    verb_endings: frozenset[str]  # those that make a noun of a verb, too (站 in 接驳站)
    activity_nouns: frozenset[str]  # last words that name what is done to a thing as a field of policy (整治)
    unspecific_words: frozenset[str]  # words that make a phrase too general for a term (重大)
    unspecific_modifiers: frozenset[str]  # words that make it so at its beginning (配套)
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

    def fits_name(self, token_type: TokenType | Token) -> bool:
        """Whether a token can be part of a proper name, before its last word."""
        token, pos = token_type.token, token_type.pos
        known = token in self.generic_modifiers or token in self.name_endings
        return token_type.kind != "number" and (known or pos in PROPER_NOUNS or pos in _IN_NAMES)

    def fits_phrase(self, token_type: TokenType) -> bool:
        """Whether a token can be part of a noun phrase that is a term."""
        token, pos, kind = token_type
        inside = len(token) > 1 and pos.startswith(_INSIDE_PHRASE) and kind != "number"
        return inside and token not in self.unspecific_words and token not in self.policy_verbs

    @property
    def compound_features(self) -> tuple[Callable[[TokenType], bool], ...]:
        """What `compounds.closed_compounds` asks of each type."""
        asked = self.modifies, self.is_plain_noun, self.is_verb, self.names_thing, self.names_activity
        return *asked, self.is_term, self.is_ending, self.is_verb_ending, self.may_begin_compound, self.may_go_on

    def names_thing(self, token_type: TokenType) -> bool:
        """Whether a compound with this last word is the name of a thing."""
        token, pos, kind = token_type
        if token in self.head_nouns or token in self.thing_nouns:
            return True
        if kind == "term" and len(token) >= 4:
            return token[-2:] in self.thing_nouns or token[-2:] in self.head_nouns
        return len(token) == 3 and pos in _COMMON_NOUNS and token[-1] in self.thing_endings

    @staticmethod
    def is_term(token_type: TokenType) -> bool:
        """Whether a token is a term by itself, which a compound would hide."""
        return token_type.kind == "term" and len(token_type.token) >= 4

    def is_ending(self, token_type: TokenType) -> bool:
        """Whether a token is a character that makes the name of a thing of the noun before it (油画 / 村)."""
        return token_type.token in self.thing_endings

    def is_verb_ending(self, token_type: TokenType) -> bool:
        """Whether a token is a character that does so after a verb, too (接驳 / 站)."""
        return token_type.token in self.verb_endings

    def is_verb(self, token_type: TokenType) -> bool:
        """Whether a word is a verb that can stand inside the name of a thing (储运 in 天然气储运基地)."""
        token, pos, _ = token_type
        return pos in ("v", "vi", "vn") and len(token) > 1 and not self._is_general(token)

    def names_activity(self, token_type: TokenType) -> bool:
        """Whether a noun with this word after it names a field of policy (市容 / 整治)."""
        return token_type.token in self.activity_nouns

    def modifies(self, token_type: TokenType) -> bool:
        """Whether a word can be the modifier in a compound; names of places and persons are left to `proper_names`."""
        token, pos, kind = token_type
        nominal = pos.startswith(_MODIFIERS) and not pos.startswith(_NAMES)
        nominal = nominal and not _ONE_BY_ONE.match(token)
        return nominal and len(token) > 1 and kind in ("word", "term") and not self._is_general(token)

    def is_plain_noun(self, token_type: TokenType) -> bool:
        """Whether a word that modifies is a noun; a verbal noun before an activity is most often one more activity."""
        return self.modifies(token_type) and not token_type.pos.startswith(("vn", "l"))

    def forms_term(self, first: TokenType, last: TokenType) -> bool:
        """Whether a repeated noun phrase has the form of a term, by its first and last word.

        The last is a head noun, or the first is a modifier and the last names a thing or an activity.
        """
        if last.token in self.head_nouns:
            return True
        return self.modifies(first) and (self.names_thing(last) or self.names_activity(last))

    def may_begin_compound(self, token_type: TokenType) -> bool:
        """Whether a word before a compound may belong to it: 跨境 before 货车 / 运输, 大 before 数据中心, 12 before 英寸 / 生产线."""
        token, pos, kind = token_type
        if kind == "number":
            return True
        return pos.startswith((*_MODIFIERS, "a", "g", "k")) and not (pos.startswith(_NAMES) or self._is_general(token))

    def may_go_on(self, token_type: TokenType) -> bool:
        """Whether a word after a compound may belong to it: 运输 after 跨境 / 货车, but not 建设 or 成绩, which say no more of it."""
        token, pos, kind = token_type
        if token in self.activity_nouns:
            return True
        return kind != "number" and pos.startswith((*_MODIFIERS, "g", "k")) and not self._is_general(token)

    def fits_unknown_word(self, token_type: TokenType) -> bool:
        """Whether a token can be part of a word that the dictionary lacks."""
        token, pos, kind = token_type
        if kind not in ("word", "term") or pos.startswith(_NO_PART_OF_WORD) or self._is_general(token):
            return False
        return token not in self.function_words and token not in self.policy_verbs

    @cached_property
    def _general_words(self) -> frozenset[str]:
        return self.unspecific_words | self.unspecific_modifiers | self.policy_verbs

    def _is_general(self, token: str) -> bool:
        return token in self._general_words

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
    for number, line in written_lines(path):
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
