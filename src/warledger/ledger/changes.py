"""What changed: between two versions of a text word by word, between two readings claim by claim.

Enters: two texts, or two lists of claims. Leaves: pieces; claims that appeared, changed, vanished. Pure: no SQL.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec

from warledger.ledger.records import Version
from warledger.model import Claim, canonical_json

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_SLOTS = ("kind", "item", "quantity", "places", "actor", "speaker", "time", "modality", "detail")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text that stayed (`same`), went (`gone`) or came (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


class Change(msgspec.Struct, frozen=True):
    """A claim as it was and as it is, with the slots that differ (`quote` for other words)."""

    old: Claim
    new: Claim
    slots: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """Claims of one reading or version held against those of another."""

    appeared: tuple[Claim, ...]
    changed: tuple[Change, ...]
    vanished: tuple[Claim, ...]

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.appeared or self.changed or self.vanished)


class Compared(msgspec.Struct, frozen=True):
    """Two versions of a report: the words of title and text, and the claims."""

    old: Version
    new: Version
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    claims: Difference


def words(old: str, new: str) -> tuple[Piece, ...]:
    """The difference of two texts word by word: paragraphs are matched first, then the words of those that differ."""
    pieces: list[Piece] = []
    for gone, came, same in _blocks(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if same:
            pieces.append(Piece("same", "".join(same)))
            continue
        for less, more, alike in _blocks(
            _PIECE.findall("".join(gone)), _PIECE.findall("".join(came))
        ):
            for kind, part in (("same", alike), ("gone", less), ("new", more)):
                if part:
                    pieces.append(Piece(kind, "".join(part)))  # type: ignore[arg-type]
    return tuple(_joined(pieces))


def _blocks(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Runs of `(gone, came, same)`, of which either the last or the first two are filled."""
    for code, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield ([], [], old[a:b]) if code == "equal" else (old[a:b], new[c:d], [])


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for n, piece in enumerate(pieces):
        if n and pieces[n - 1].kind == piece.kind:
            continue
        run = [piece.text]
        for later in pieces[n + 1 :]:
            if later.kind != piece.kind:
                break
            run.append(later.text)
        yield Piece(piece.kind, "".join(run))


def differences(old: Sequence[Claim], new: Sequence[Claim]) -> Difference:
    """Which claims appeared, changed and vanished. Where a claim stands in the text and which rule drew it does not count.

    What is left unmatched is paired by kind, thing, speaker and places, then by kind and thing: pairs are changes.
    """
    gone, came = list(old), list(new)
    for _ in _pairs(gone, came, _said):
        pass
    changed = [
        Change(a, b, _slots(a, b))
        for likeness in (_topic_and_voice, _topic)
        for a, b in _pairs(gone, came, likeness)
    ]
    return Difference(tuple(came), tuple(changed), tuple(gone))


def _pairs(
    old: list[Claim], new: list[Claim], likeness: Callable[[Claim], Hashable]
) -> Iterator[tuple[Claim, Claim]]:
    """Takes claims that are alike out of both lists, in order."""
    waiting: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in old:
        waiting[likeness(claim)].append(claim)
    left = []
    for claim in new:
        if like := waiting[likeness(claim)]:
            yield like.pop(0), claim
        else:
            left.append(claim)
    new[:] = left
    kept = {id(claim) for rest in waiting.values() for claim in rest}
    old[:] = [claim for claim in old if id(claim) in kept]


def _quotes(claim: Claim) -> tuple[str, ...]:
    return tuple(piece.quote for piece in claim.evidence)


def _said(claim: Claim) -> Hashable:
    slots: list[Any] = [getattr(claim, slot) for slot in _SLOTS]
    return canonical_json(slots), _quotes(claim)


def _topic(claim: Claim) -> Hashable:
    return claim.kind, claim.item.class_, claim.item.model


def _topic_and_voice(claim: Claim) -> Hashable:
    return _topic(claim), claim.speaker.name, tuple(place.name for place in claim.places)


def _slots(old: Claim, new: Claim) -> tuple[str, ...]:
    changed = [slot for slot in _SLOTS if getattr(old, slot) != getattr(new, slot)]
    return tuple(changed + (["quote"] if _quotes(old) != _quotes(new) else []))
