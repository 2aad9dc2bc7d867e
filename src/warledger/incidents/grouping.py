"""From claims to incidents: keys, what is borrowed within a report, decisions, and the sides that are silent.

Enters: recorded claims, the stories that reports copy, decisions. Leaves: a `Grouping`. Does not belong here: how
a claim's own key is told (`keys`), figures (`lines`), what decisions do (`deciding`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from warledger.incidents import lines as drawing
from warledger.incidents.bundles import Bundle, identity
from warledger.incidents.data import parties
from warledger.incidents.deciding import decided
from warledger.incidents.keys import UNSETTLED, Key, Placed, place_of
from warledger.model import (
    Copies,
    Grouping,
    Incident,
    MissingVoice,
    Place,
    Regrouping,
    StoredClaim,
    Ungrouped,
)

NAMED = 5
"""Speakers named of a silent side; it is told who could have spoken, not everybody who did."""


def group(
    claims: Iterable[StoredClaim],
    *,
    copies: Iterable[Copies] = (),
    decisions: Sequence[Regrouping] = (),
    past: Iterable[StoredClaim] = (),
    rejected: Mapping[str, str] = MappingProxyType({}),
    only: str | None = None,
    stories: Callable[[Iterable[StoredClaim]], Iterable[Copies]] | None = None,
) -> Grouping:
    """Put every claim into exactly one incident or name it as ungrouped.

    `copies` are the stories that several reports carry, so that each counts once. `decisions` are applied in their
    order, by the claims that they name (a join by the incidents too); one whose claims are not among `claims` has no
    effect here. `past` are claims of versions that their sources have edited since: what only they tell stands among a
    line's earlier figures. `rejected` gives, by a claim's id, why it stands in no incident though it was recorded.
    The result is the same for any order of `claims`; a claim given twice counts once. `only` keeps the incident of that
    id alone; `stories` then gives the stories among its claims' reports.
    """
    ordered = _once(claims)
    placed, ungrouped = _keyed([c for c in ordered if c.id not in rejected])
    by_key = _bundled(placed)
    now = {c.id for c in ordered}
    for stored, found in _keyed([c for c in _once(past) if c.id not in {*now, *rejected}])[0]:
        if found.key in by_key:
            by_key[found.key].past.append(stored)
    for stored in (c for c in ordered if c.id in rejected):
        _left_out(stored, rejected[stored.id], by_key)
        ungrouped.append(Ungrouped(stored.id, rejected[stored.id]))
    bundles = list(by_key.values())
    for decision in decisions:
        bundles = decided(bundles, decision)
    voices = _Voices(bundles)
    if only is not None:
        bundles = [bundle for bundle in bundles if identity(bundle.key) == only]
        copies = stories(c for b in bundles for c in b.claims) if stories else copies
    carried = {member.version: story.id for story in copies for member in story.members}
    incidents = [_incident(bundle, carried, voices) for bundle in bundles]
    incidents.sort(key=lambda i: (i.time.end if i.time else "", i.kind, i.subject, i.id))
    return Grouping(tuple(incidents), tuple(ungrouped))


def _once(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Each claim once, in the order of publication."""
    ordered = sorted(claims, key=drawing.moment)
    return sorted({c.id: c for c in ordered}.values(), key=drawing.moment)


def _left_out(stored: StoredClaim, reason: str, by_key: Mapping[Key, Bundle]) -> None:
    found = place_of(stored)
    bundle = None if isinstance(found, str) else by_key.get(found.key)
    if bundle is not None:
        bundle.rejected.append(f"claim {stored.id} {reason}")


def _keyed(
    ordered: Sequence[StoredClaim],
) -> tuple[list[tuple[StoredClaim, Placed]], list[Ungrouped]]:
    placed: list[tuple[StoredClaim, Placed]] = []
    ungrouped: list[Ungrouped] = []
    for stored in ordered:
        found = place_of(stored)
        if isinstance(found, str):
            ungrouped.append(Ungrouped(stored.id, found))
        else:
            placed.append((stored, found))
    return _meetings(_borrowed(placed)), ungrouped


def _borrowed(placed: list[tuple[StoredClaim, Placed]]) -> list[tuple[StoredClaim, Placed]]:
    """Lets a figure whose party is not told take that of its report's other figures of the same time.

    Only where those agree; else it stands with the figures of its report alone.
    """
    told: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for stored, found in placed:
        if found.told_by:
            told[_context(stored, found.key)].add(_side(found.key))
    return [
        (stored, _settled(stored, found, told) if UNSETTLED in found.key.subject else found)
        for stored, found in placed
    ]


def _settled(
    stored: StoredClaim, found: Placed, told: Mapping[tuple[str, str, str, str], set[str]]
) -> Placed:
    key = found.key
    near = told.get(_context(stored, key), set())
    if len(near) == 1:
        (side,) = near
        subject = tuple(side if s == UNSETTLED else s for s in key.subject)
        return Placed(key._replace(subject=subject), "the report's other figures")
    # Not to be held against another report's figures, which may be of the other party.
    subject = (*key.subject, f"{UNSETTLED}{stored.source.report.id}")
    return Placed(key._replace(subject=subject))


def _context(stored: StoredClaim, key: Key) -> tuple[str, str, str, str]:
    return (stored.source.version, key.kind, key.first, key.last)


def _side(key: Key) -> str:
    return next((s for s in key.subject if s in parties().sides), UNSETTLED)


def _meetings(placed: list[tuple[StoredClaim, Placed]]) -> list[tuple[StoredClaim, Placed]]:
    """Makes one meeting of those of a day that share two participants, through any chain of reports."""
    roots: dict[object, object] = {}

    def root(name: object) -> object:
        while (above := roots.setdefault(name, name)) != name:
            name = above
        return name

    keys = {
        found.key
        for _, found in placed
        if found.key.kind == "meeting" and len(found.key.subject) > 1
    }
    for key in sorted(keys):
        names, day = key.subject, (key.first, key.last)
        for n, one in enumerate(names):
            for other in names[n + 1 :]:
                roots[root((day, one, other))] = root(key)
    members: dict[object, list[Key]] = defaultdict(list)
    for key in sorted(keys):
        members[root(key)].append(key)
    merged: dict[Key, Key] = {}
    for group_of in members.values():
        names = tuple(sorted({name for key in group_of for name in key.subject}))
        merged.update({key: key._replace(subject=names) for key in group_of})
    return [(s, f._replace(key=merged.get(f.key, f.key))) for s, f in placed]


def _bundled(placed: Iterable[tuple[StoredClaim, Placed]]) -> dict[Key, Bundle]:
    found: dict[Key, Bundle] = {}
    for stored, (key, told_by) in placed:
        bundle = found.get(key)
        if bundle is None:
            bundle = found[key] = Bundle(key)
        bundle.claims.append(stored)
        if told_by:
            bundle.told_by[told_by] += 1
    return found


class _Voices:
    """Who speaks for each side, and in how many incidents."""

    def __init__(self, bundles: Iterable[Bundle]) -> None:
        self.incidents: Counter[str] = Counter()
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        for bundle in bundles:
            here: dict[str, set[str]] = defaultdict(set)
            for stored in bundle.claims:
                speaker = stored.claim.speaker
                if speaker.side:
                    here[speaker.side].add(speaker.name or "")
            for side, names in here.items():
                self.incidents[side] += 1
                self.names[side].update(n for n in names if n)
        self.ranked = {
            side: tuple(n for n, _ in sorted(names.items(), key=lambda r: (-r[1], r[0]))[:NAMED])
            for side, names in self.names.items()
        }
        self.sides = sorted(self.incidents)

    def missing(self, claims: Iterable[StoredClaim]) -> tuple[MissingVoice, ...]:
        present = {c.claim.speaker.side for c in claims}
        return tuple(
            MissingVoice(side, self.incidents[side], self.ranked.get(side, ()))
            for side in self.sides
            if side not in present
        )


def _incident(bundle: Bundle, stories: Mapping[str, str], voices: _Voices) -> Incident:
    made = drawing.lines(bundle.claims, stories, bundle.past)
    subject = tuple(s for s in bundle.key.subject if s and not s.startswith(UNSETTLED))
    return Incident(
        id=identity(bundle.key),
        kind=bundle.key.kind,
        reason=_reason(bundle),
        subject=subject,
        places=_places(bundle.claims),
        time=drawing.time_of(bundle.claims),
        lines=made,
        spreads=drawing.spreads(made),
        missing=voices.missing(bundle.claims),
        claims=tuple(c.id for c in bundle.claims),
        regrouped=tuple(bundle.regrouped),
        rejected=tuple(bundle.rejected),
    )


def _places(claims: Iterable[StoredClaim]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for stored in claims:
        for place in stored.claim.places:
            found.setdefault(place.code or place.name.casefold(), place)
    return tuple(found[k] for k in sorted(found))


_REASONS = {
    "air_attack": "same attacked party, same night or day",
    "strike": "same place, same day",
    "outage": "same supply, same place, same day",
    "meeting": "same day, shared participants",
    "plant_power": "same plant, same day",
    "exchange": "same day, one exchange between the parties",
    "control": "same place, same day",
    "area": "same kind of area, same taker and place, same period",
    "losses": "same army's losses, same counting basis, same date",
    "tally": "same party and counting basis, same period",
}


def _reason(bundle: Bundle) -> str:
    key = bundle.key
    reason = _REASONS[key.kind]
    if key.kind == "air_attack" and UNSETTLED in key.subject:
        return "same report, same night or day; the words do not tell which party was attacked"
    if key.kind == "meeting" and len(key.subject) < 2:
        reason = "same day, same participant and place" if key.subject else "same day and place"
    if key.kind == "plant_power" and not key.subject:
        reason = "same place, same day, no plant named"
    if bundle.told_by:
        told = ", ".join(
            f"{why} ({n})" for why, n in sorted(bundle.told_by.items(), key=lambda r: (-r[1], r[0]))
        )
        reason += f"; the party attacked is told by {told}"
    return reason
