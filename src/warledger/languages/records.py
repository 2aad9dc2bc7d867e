"""The records of language data: terms, the senses that written forms show, the lexicon, and a loaded language.

Enters and leaves: records. Does not belong here: files, or the making of forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

GROUPS = ("forms", "active", "passive", "noun", "intransitive", "verb")


class Term(msgspec.Struct, frozen=True, eq=False):
    """One entry of the lexicon in one grammatical group: its type, permanent id and features."""

    type: str
    id: str
    group: str
    features: dict[str, Any]
    get: Callable[[str], Any] = dict[str, Any]().get
    """The feature's value, or None where the entry does not give it: the features' own `get`, for it is asked most."""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "get", self.features.get)


class Sense(msgspec.Struct, frozen=True, eq=False):
    """A term as one written form shows it: the term and the grammatical tags of that form."""

    term: Term
    tags: frozenset[str]


Phrase = tuple[tuple[str, ...], tuple[Sense, ...]]
Phrases = tuple[Phrase, ...]
Followed = tuple[Mapping[str, Phrases], Phrases]
"""The phrases of one first word: by their second word, those of the first word alone behind them; and these alone."""


class Lexicon(Mapping[str, Phrases]):
    """The phrases by first word, the longest first; each word's made when it is first asked for.

    `made` turns what `packed` holds for a word into its phrases.
    """

    def __init__(self, packed: Mapping[str, Any], made: Callable[[Any], Phrases]) -> None:
        self._packed = packed
        self._made = made
        self.opens = packed.keys()
        """The first words: whoever asks of each word of a text asks these."""
        self._known: dict[str, Phrases] = {}
        self._followed: dict[str, Followed] = {}

    def __getitem__(self, word: str) -> Phrases:
        rows = self._known.get(word)
        if rows is None:
            rows = self._known[word] = self._made(self._packed[word])
        return rows

    def get(self, word: str, default: Any = None) -> Any:
        """The phrases of a first word: most words of a text have none, and cost one look."""
        return self[word] if word in self._packed else default

    def followed(self, word: str) -> Followed | None:
        """The phrases of a first word parted by their second, or None where it has none."""
        parted = self._followed.get(word)
        if parted is None and word in self._packed:
            parted = self._followed[word] = _parted(self[word])
        return parted

    def __contains__(self, word: object) -> bool:
        return word in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _parted(rows: Phrases) -> Followed:
    alone = tuple(row for row in rows if not row[0])
    by_second: dict[str, Phrases] = {}
    for row in rows:
        if row[0]:
            by_second[row[0][0]] = (*by_second.get(row[0][0], ()), row)
    return {second: longer + alone for second, longer in by_second.items()}, alone


class Language(msgspec.Struct, frozen=True, eq=False):
    """A loaded language: settings and, for each first word, its phrases with the longest first.

    `wordings` is the lexicon of `statements.toml`, kept apart so that its words part no phrase of the other.
    """

    code: str
    settings: Mapping[str, Any]
    lexicon: Lexicon
    terms: tuple[Term, ...]
    wordings: Lexicon


def fold(text: str) -> str:
    """Lower case with ё as е, length kept: the form in which words are compared."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.replace("ё", "е")
