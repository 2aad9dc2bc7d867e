"""Places: the named places of a report, and which of them a claim happened at.

Enters: a `Scan`, its sentences and the gazetteer. Leaves: place mentions, and per phrase the places of its clause.
Does not belong here: coordinates finer than the words give; where the words leave two places open, none is chosen.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.gazetteer import Gazetteer, PlaceRecord
from warledger.model import Place

AREAS = frozenset({"country", "oblast", "region"})


class Mention(msgspec.Struct, eq=False):
    """A place name at tokens `start` to `end`; `role` is `in`, `from`, `toward` or `bare`."""

    start: int
    end: int
    candidates: tuple[int, ...]
    record: PlaceRecord
    resolved: bool
    role: str
    lead: int


class Places(msgspec.Struct, eq=False):
    """The place mentions of a report in order, and by sentence."""

    mentions: list[Mention]
    by_sentence: dict[int, list[Mention]]


def find(scan: Scan, sentences: list[Sentence], gazetteer: Gazetteer) -> Places:
    """Finds and resolves the places that the report names."""
    rows: list[tuple[int, int, tuple[int, ...], bool]] = []
    voiced = _voiced(scan)
    i, size = 0, len(scan.tokens)
    while i < size:
        token = scan.tokens[i]
        if (
            token.kind != "w"
            or not token.capital
            or token.text not in gazetteer.phrases
            or i in voiced
        ):
            i += 1
            continue
        entry, end = _longest(scan, gazetteer, i)
        if (
            entry is None
            or (entry.risky and not _after_preposition(scan, i))
            or _of_a_name(scan, i, end)
        ):
            i += 1
            continue
        rows.append((i, end, entry.places, entry.risky))
        i = end
    oblasts = {
        record.code[:4]
        for _, _, candidates, _ in rows
        for record in (gazetteer.place(c) for c in candidates)
        if record.kind == "oblast" and record.code
    }
    sure = {candidates[0] for _, _, candidates, _ in rows if len(candidates) == 1}
    mentions = [_mention(scan, gazetteer, row, oblasts, sure) for row in rows]
    by_sentence: dict[int, list[Mention]] = {}
    for sentence in sentences:
        by_sentence[sentence.index] = [
            m for m in mentions if sentence.start <= m.start < sentence.end
        ]
    return Places(mentions, by_sentence)


def _voiced(scan: Scan) -> set[int]:
    """Tokens inside the longer name of a body or weapon ("Kyiv School of Economics"): no place there."""
    taken: set[int] = set()
    for kind in ("voice", "weapon", "plant"):
        for f in scan.by_type.get(kind, ()):
            if f.end - f.start > 1 or kind == "weapon":
                taken.update(range(f.start, f.end))
    return taken


def _longest(scan: Scan, gazetteer: Gazetteer, i: int):  # type: ignore[no-untyped-def]
    tokens = scan.tokens
    for entry in gazetteer.phrases[tokens[i].text]:
        end = i + 1 + len(entry.rest)
        if end <= len(tokens) and all(
            tokens[i + 1 + n].text == w for n, w in enumerate(entry.rest)
        ):
            return entry, end
    return None, i


def _after_preposition(scan: Scan, i: int) -> bool:
    return any(
        f.end == i
        for size in (1, 2, 3)
        for f in scan.starting.get(i - size, ())
        if f.term.type == "place_prep"
    )


def _of_a_name(scan: Scan, i: int, end: int) -> bool:
    """Whether the word is a person's name: a capitalised unknown word beside it that is no known term."""
    return bool(scan.tokens[i].joined)


def _mention(
    scan: Scan,
    gazetteer: Gazetteer,
    row: tuple[int, int, tuple[int, ...], bool],
    oblasts: Collection[str],
    sure: Collection[int],
) -> Mention:
    start, end, candidates, _ = row
    chosen = (
        candidates[0]
        if len(candidates) == 1
        else gazetteer.resolve(candidates, oblasts=oblasts, others=sure)
    )
    record = gazetteer.place(candidates[0] if chosen is None else chosen)
    role, lead = _role(scan, start)
    return Mention(start, end, candidates, record, chosen is not None, role, lead)


def _role(scan: Scan, start: int) -> tuple[str, int]:
    """How the place is tied: by the preposition before it, past words such as "the town of"."""
    k = start
    for _ in range(6):
        k -= 1
        if k < 0 or scan.tokens[k].kind in "l":
            break
        preps = [
            f
            for size in (1, 2, 3)
            for f in scan.starting.get(k + 1 - size, ())
            if f.end == k + 1 and f.term.type == "place_prep"
        ]
        if preps:
            best = max(preps, key=lambda f: f.end - f.start)
            return str(best.term.get("role") or "in"), best.start
        token = scan.tokens[k]
        if scan.at(
            k, "region_noun", "side_word", "article", "nation", "conj", "adverb"
        ) or token.text in ('"', ",", "'s"):
            continue
        if token.kind == "w" and not scan.at(k, "predicate", "says", "aux", "pronoun", "relative"):
            continue
        break
    return "bare", start


def place_of(mention: Mention, scan: Scan) -> Place:
    """The claim's form of a mention; code and coordinates only where one place is meant."""
    record = mention.record
    text = scan.original(mention.start, mention.end)
    if not mention.resolved:
        return Place(record.name, text)
    return Place(record.name, text, record.code, record.lat, record.lon)
