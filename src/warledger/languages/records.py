"""The records of language data: terms, the senses that written forms show, and a loaded language.

Enters and leaves: records. Does not belong here: files, or the making of forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

GROUPS = ("forms", "active", "passive", "noun", "intransitive", "verb")


class Term(msgspec.Struct, frozen=True, eq=False):
    """One entry of the lexicon in one grammatical group: its type, permanent id and features."""

    type: str
    id: str
    group: str
    features: dict[str, Any]

    def get(self, feature: str) -> Any:
        """The feature's value, or None where the entry does not give it."""
        return self.features.get(feature)


class Sense(msgspec.Struct, frozen=True, eq=False):
    """A term as one written form shows it: the term and the grammatical tags of that form."""

    term: Term
    tags: frozenset[str]


Phrase = tuple[tuple[str, ...], tuple[Sense, ...]]


class Language(msgspec.Struct, frozen=True, eq=False):
    """A loaded language: settings and, for each first word, its phrases with the longest first.

    `wordings` is the lexicon of `statements.toml`, kept apart so that its words part no phrase of the other.
    """

    code: str
    settings: Mapping[str, Any]
    lexicon: Mapping[str, tuple[Phrase, ...]]
    terms: tuple[Term, ...]
    wordings: Mapping[str, tuple[Phrase, ...]]


def fold(text: str) -> str:
    """Lower case with ё as е, length kept: the form in which words are compared."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.replace("ё", "е")
