"""A publisher's name as a text of its own, in whichever language it is written: a Russian page may be told as "Interfax".

Enters: the name, the language of the report. Leaves: its scan, and the gazetteer that knows its places.
Does not belong here: who speaks on the page (`voices`), where it is set (`seating`).
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from warledger import gazetteer
from warledger.extraction.scan import Scan, scan
from warledger.gazetteer import Gazetteer
from warledger.languages import INTERNATIONAL, Language, load

_TELLING = ("voice", "role", "nation", "press")


class Imprint(NamedTuple):
    """A publisher's name, cut into words and read; `names` knows the places in it."""

    scan: Scan
    names: Gazetteer

    def country_of(self, word: str) -> str | None:
        """The country of the place that a single word names, by itself or as an adjective."""
        entries = [e for e in self.names.phrases.get(word) if not e.rest]
        return self.names.place(entries[0].places[0]).country if entries else None


@functools.lru_cache(maxsize=256)
def read(name: str | None, language: Language) -> Imprint | None:
    """The name in the report's language, or in the one in which publishers are known abroad where that knows it better.

    Kept, for reports come in runs of one publisher.
    """
    if not name:
        return None
    own = scan(name, language)
    if name.isascii() and not any(own.by_type.get(kind) for kind in _TELLING):
        abroad = scan(name, load(INTERNATIONAL))
        if any(abroad.by_type.get(kind) for kind in _TELLING):
            return Imprint(abroad, gazetteer.of(INTERNATIONAL))
    return Imprint(own, gazetteer.of(language.code))
