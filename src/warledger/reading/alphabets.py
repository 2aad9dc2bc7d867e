"""The letters of the languages that are read, from `alphabets.toml`.

Enters: the data file. Leaves: one frozen record, loaded once. Does not belong here: any decision.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Alphabet(msgspec.Struct, frozen=True):
    """One Cyrillic language: its letters in a thousand, and those that tell it from the others."""

    own: str
    frequency: dict[str, float]


class English(msgspec.Struct, frozen=True):
    """English is told by its commonest words."""

    words: frozenset[str]


class Alphabets(msgspec.Struct, frozen=True):
    """The whole of `alphabets.toml`."""

    uk: Alphabet
    ru: Alphabet
    en: English
    foreign: dict[str, str]
    names: dict[str, str]


@cache
def alphabets() -> Alphabets:
    """Load the data, once."""
    data = files("warledger.reading").joinpath("alphabets.toml").read_bytes()
    return msgspec.toml.decode(data, type=Alphabets)
