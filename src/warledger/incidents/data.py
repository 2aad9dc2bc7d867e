"""The data that grouping stands on: the parties and their land, and sorts of weapons within a class.

Enters: the TOML files of this package. Leaves: two lookups. Does not belong here: any claim.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

_WORD = re.compile(r"\w[\w'’-]*")


def _load(name: str) -> Mapping[str, Any]:
    text = resources.files("warledger.incidents").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


class Parties:
    """Whose land a place's code stands for, and who is the other party of a war of two."""

    def __init__(self, tables: list[Mapping[str, Any]]) -> None:
        self.sides = tuple(table["side"] for table in tables)
        self._codes = {
            code: t["side"] for t in tables for code in (*t["codes"], *t.get("held", ()))
        }
        self._lengths = sorted({len(code) for code in self._codes}, reverse=True)

    def holder(self, code: str | None) -> str | None:
        """The party attacked where a place of that code is attacked; None for a third state or no code."""
        if not code:
            return None
        for length in self._lengths:
            if (side := self._codes.get(code[:length])) is not None:
                return str(side)
        return None

    def other(self, side: str | None) -> str | None:
        """The one party that is not `side`; None where `side` is no party or there are more than two."""
        if side not in self.sides or len(self.sides) != 2:
            return None
        return str(next(s for s in self.sides if s != side))


@functools.cache
def parties() -> Parties:
    """The parties of `parties.toml`."""
    return Parties(_load("parties.toml")["party"])


@functools.cache
def _sorts() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for table in _load("sorts.toml")["sort"]:
        found.setdefault(table["class"], []).append((table["id"], tuple(table["stems"])))
    return {class_: tuple(rows) for class_, rows in found.items()}


@functools.lru_cache(maxsize=4096)
def sort_of(class_: str | None, text: str | None) -> str | None:
    """The sort of weapon that the words name within their class ("cruise"), several joined by "/"; None for none."""
    rows = _sorts().get(class_ or "", ())
    if not rows or not text:
        return None
    words = _WORD.findall(text.lower())
    named = [id_ for id_, stems in rows if any(word.startswith(stems) for word in words)]
    return "/".join(named) or None
