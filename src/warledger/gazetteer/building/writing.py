"""Writes the gazetteer's data: the places, and per language every phrase that may name one.

Enters: a `Gathering`. Leaves: `data/places.msgpack` and `data/<lang>.msgpack`, the same bytes for the same input.
Does not belong here: reading them back (`warledger.gazetteer`).
"""

from __future__ import annotations

import collections
from pathlib import Path

import msgspec

from warledger.gazetteer.building.draft import LANGS, Draft, Gathering
from warledger.gazetteer.building.tables import words

DATA = Path(__file__).parent.parent / "data"


def write(gathering: Gathering, folder: Path = DATA) -> None:
    """Writes all files; places that share name, kind, country and oblast are one."""
    drafts = _distinct(gathering.drafts)
    folder.mkdir(parents=True, exist_ok=True)
    records = [
        (d.name, d.code, d.lat, d.lon, d.kind, d.country, d.oblast, d.population) for d in drafts
    ]
    (folder / "places.msgpack").write_bytes(msgspec.msgpack.encode(records))
    for lang in LANGS:
        common = words(f"risky.{lang}.tsv")
        (folder / f"{lang}.msgpack").write_bytes(
            msgspec.msgpack.encode(_phrases(drafts, lang, common))
        )


def _distinct(drafts: list[Draft]) -> list[Draft]:
    kept: dict[tuple[str, str, str, str], Draft] = {}
    for draft in drafts:
        key = (draft.name, draft.kind, draft.country, draft.oblast or draft.code)
        if key in kept and draft.kind not in ("village", "town"):
            for lang in LANGS:
                kept[key].names[lang] |= draft.names[lang]
                kept[key].cased[lang] |= draft.cased[lang]
            continue
        kept[(*key[:3], f"{key[3]}/{len(kept)}") if key in kept else key] = draft
    return list(kept.values())


def _phrases(drafts: list[Draft], lang: str, common: frozenset[str]) -> dict[str, str]:
    """First word → its phrases, one a line: the other words, place numbers, and flags (o oblique, r risky, a the adjective alone)."""
    found: dict[str, dict[int, str]] = collections.defaultdict(dict)
    slight: dict[str, bool] = {}
    for number, draft in enumerate(drafts):
        for name in draft.names[lang]:
            found[name][number] = "r" if name in draft.risky or name in common else ""
            slight[name] = slight.get(name, True) and draft.slight
        risky = bool(draft.names[lang] & common)
        for name in draft.cased[lang]:
            slight[name] = slight.get(name, True) and draft.slight
            if number not in found[name]:
                doubtful = risky or name in draft.risky or name in common
                found[name][number] = "or" if doubtful else "o"
    for number, draft in enumerate(drafts):
        for name in draft.adjectives[lang]:
            found.setdefault(f"{name} \x01", {})[number] = "a"
    lines: dict[str, list[tuple[int, str]]] = collections.defaultdict(list)
    for name, numbers in found.items():
        first, _, rest = name.replace(" \x01", "").partition(" ")
        flags = set("".join(numbers.values())) if len(set(numbers.values())) == 1 else set()
        if slight.get(name) or any("r" in f for f in numbers.values()):
            flags.add("r")
        ids = ",".join(str(n) for n in sorted(numbers))
        lines[first].append((-len(rest.split()), f"{rest}\t{ids}\t{''.join(sorted(flags))}"))
    return {
        first: "\n".join(line for _, line in sorted(rows)) for first, rows in sorted(lines.items())
    }
