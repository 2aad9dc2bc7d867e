"""Light, heat, gas and water cut off or restored without a count: what the words tell and of which places.

Enters: a sentence with its predicates. Leaves: `Event`s. Does not belong here: customers and settlements counted
without them (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.siting import level, run, specific, tells_where

_STATES = {"cut": "cut", "restore": "restored"}
_SUPPLY = 8  # tokens between a verb and what it cuts off
_TOWN = 4  # the level of a town among places
_UNDONE = 3  # tokens before a verb in which a negation denies it


def found(scan: Scan, clause: Clause, setting: Setting, used: set[Found]) -> Iterator[Event]:
    """The outages of a sentence that names a place, one of each supply; none where it counts who is without.

    A plant's own supply is told by `nuclear`.
    """
    told = [p for p in clause.predicates if p.term.get("frame") in _STATES]
    if not told or any(p in used for p in told):
        return
    first, last = clause.sentence.start, clause.sentence.end
    if any(scan.within(kind, first, last) for kind in ("plant", "reactor")):
        return
    places = _places(scan, clause, setting)
    if not places:
        return
    seen: set[tuple[str, str]] = set()
    for predicate in told:
        state = _STATES[str(predicate.term.get("frame"))]
        class_ = predicate.term.get("class") or _supply(scan, clause, predicate)
        if class_ is None or scan.within("negation", predicate.start - _UNDONE, predicate.start):
            continue
        end = predicate.end
        for supply, stop in ((str(class_), end), *_joined(scan, end)):
            if (supply, state) not in seen:
                seen.add((supply, state))
                detail = {"state": state}
                yield Event(
                    "outage",
                    predicate,
                    predicate.start,
                    stop,
                    places,
                    detail,
                    supply,
                    open_number=True,
                )


def _places(scan: Scan, clause: Clause, setting: Setting) -> list[Mention]:
    """The towns and regions that a sentence names first."""
    rows = setting.places.by_sentence[clause.sentence.index]
    rows = [m for m in rows if m.record.kind not in ("country", "river", "water")]
    rows = [m for m in rows if m.role in ("in", "bare")]
    first = run(scan, rows)
    inside = [m for m in rows[len(first) :] if m.role == "bare"]
    opens = len(first) == 1 and level(first[0]) < _TOWN and first[0].role == "in"
    if opens and inside and all(tells_where(first[0], m) for m in inside):
        first = run(scan, inside)  # «на Полтавщині без світла Кременчук і Горішні Плавні»
    return specific(first)


def _joined(scan: Scan, k: int) -> Iterator[tuple[str, int]]:
    """What else is cut off with the first, each with the token behind it: "without power, water and heat"."""
    while scan.tokens[k : k + 1] and (scan.tokens[k].text == "," or scan.at(k, "conj")):
        k += 1
        none = scan.at(k, "zero")
        supply = scan.at(none.end if none else k, "supply")
        if supply is None:
            return
        k = supply.end
        yield str(supply.term.get("class")), k


def _supply(scan: Scan, clause: Clause, predicate: Found) -> str | None:
    """What is cut off or restored by the word for it that stands nearest a verb."""
    first = max(clause.sentence.start, predicate.start - _SUPPLY)
    last = min(clause.sentence.end, predicate.end + _SUPPLY)
    near = [
        f
        for f in scan.within("supply", first, last)
        if not any(
            scan.tokens[i].text in ",;:()"
            for i in range(min(f.start, predicate.end), max(f.start, predicate.start))
        )
    ]
    if not near:
        return None
    return str(min(near, key=lambda f: abs(f.start - predicate.start)).term.get("class"))
