"""Strikes that are told again only to say what came of them: «Удар пришёлся по ТЭЦ. При ударе по ТЭЦ погиб сотрудник».

Enters: the events of a sentence, and what was struck in those before. Leaves: the events that are news.
Does not belong here: numbers told twice (`drafts`).
"""

from __future__ import annotations

from warledger.extraction.event import Event
from warledger.extraction.scan import Scan

_NEAR = 3  # sentences back in which the strike was told
_STEM = 4  # letters that forms of one noun share
_LEADS = ("prep", "place_prep", "since", "comparing", "conj")

Struck = dict[tuple[str | None, str], int]
"""By class and the beginning of a noun, the sentence in which such a thing was told to be struck last."""


def news(scan: Scan, found: list[Event], index: int, told: Struck) -> list[Event]:
    """The events of sentence `index` without things struck that the ones before told; adds its own to `told`."""
    kept = []
    for event in found:
        if event.kind == "damaged":
            keys = [(event.class_, stem) for stem in _stems(scan, event)]
            near = any(index - told.get(key, index - _NEAR - 1) <= _NEAR for key in keys)
            if near and _only_refers(scan, event):
                continue
            told.update(dict.fromkeys(keys, index))
        kept.append(event)
    return kept


def _stems(scan: Scan, event: Event) -> set[str]:
    """The beginnings of the nouns of a thing struck."""
    span = range(event.start, event.end)
    nouns = [
        i for f in scan.within("object", event.start, event.end) for i in range(f.start, f.end)
    ]
    return {scan.tokens[i].text[:_STEM] for i in nouns if i in span}


def _only_refers(scan: Scan, event: Event) -> bool:
    """Whether a noun for a strike stands behind a preposition: "in the strike on the plant one died"."""
    at = event.predicate.start
    if event.predicate.term.group != "noun" or event.detail.get("degree") != "struck" or not at:
        return False
    return any(
        f.end == at and f.term.type in _LEADS
        for n in (1, 2)
        if at >= n
        for f in scan.starting.get(at - n, ())
    )
