"""The places while they are being gathered: one record each, with its names by language.

Enters: what the sources say. Leaves: a `Gathering` that `writing` turns into files.
Does not belong here: reading any source.
"""

from __future__ import annotations

import msgspec

from warledger.gazetteer.building.declension import adjective, with_forms
from warledger.gazetteer.building.spelling import folded

LANGS = ("en", "uk", "ru")
SHORTEST = 3


class Draft(msgspec.Struct, eq=False):
    """One place: the record's fields, and per language the phrases that name it.

    The names of a `slight` one may be common words, unless a place that is none has them too.
    """

    name: str
    code: str
    kind: str
    country: str
    oblast: str
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    slight: bool = False
    names: dict[str, set[str]] = msgspec.field(default_factory=lambda: {k: set() for k in LANGS})
    cased: dict[str, set[str]] = msgspec.field(default_factory=lambda: {k: set() for k in LANGS})
    risky: set[str] = msgspec.field(default_factory=set)
    adjectives: dict[str, set[str]] = msgspec.field(
        default_factory=lambda: {k: set() for k in LANGS}
    )

    def call(self, lang: str, *names: str) -> None:
        """Adds names in one language: `*` at the end forbids declining, `!` marks a common word."""
        for raw in names:
            name = folded(raw)
            is_risky = name.endswith("!")
            name = name.rstrip("!")
            if len(name.rstrip("*")) < SHORTEST:
                continue
            plain, cased = with_forms([name], lang)
            self.names[lang] |= plain
            self.cased[lang] |= cased
            if is_risky:
                self.risky |= plain | cased

    def call_by_adjective(self, lang: str, stem: str, heads: tuple[str, ...]) -> None:
        """Adds "adjective + noun" names ("харківська область"), the adjective's forms kept for lists."""
        for head in heads:
            self.call(lang, f"{stem} {head}")
        self.adjectives[lang] |= adjective(folded(stem), lang)


class Gathering(msgspec.Struct, eq=False):
    """All drafts in the order in which they were met."""

    drafts: list[Draft] = msgspec.field(default_factory=list)

    def add(self, draft: Draft) -> Draft:
        """Keeps a draft and calls it by its own English name."""
        draft.call("en", draft.name)
        self.drafts.append(draft)
        return draft
