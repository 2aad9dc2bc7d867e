"""Claims that rest on a predicate and not on a number: ground, meetings, law, nuclear power, targets.

Enters: a sentence's predicates, places, voices and objects. Leaves: `Event`s.
Does not belong here: numbers about attacks and people (`frames`); what the words of the ground war (`ground`) and of
talks (`meetings`) need beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warledger.extraction import (
    ground,
    law,
    meetings,
    objects,
    ousting,
    outages,
    striking,
)
from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.nuclear import lasting, of_reactor
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting

_FED = 6
# What a word for a plant by itself may be.
_PLANTS = ("energy", "nuclear", "industry", "other", None)
_PEOPLE = frozenset({"customer", "person"})
_UNDONE = 2  # tokens before a verb in which a negation denies it
_COMPARED = frozenset({"kill", "wound", "casualty", "bodies", "cut", "lose_army", "capture"}) | {
    "nuclear_power"
}


def find(
    scan: Scan,
    clause: Clause,
    setting: Setting,
    used: set[Found],
    before: Clause | None = None,
    *,
    flexible: bool = False,
) -> list[Event]:
    """The events of a sentence; `used` are the predicates that already govern a quantity.

    `before` is the sentence before it in its paragraph; `flexible` tells that the language's word order is free.
    """
    events: list[Event] = (
        [] if before is None else list(ground.listed_behind(scan, clause, setting, before))
    )
    spent = {(p.start, p.end) for p in used}
    for predicate in clause.predicates:
        frame = predicate.term.get("frame")
        if frame in ground.GROUND and (predicate.start, predicate.end) not in spent:
            events.extend(ground.found(scan, clause, setting, predicate, flexible=flexible))
        elif frame in ("control", "capture", "hold"):
            events.extend(ground.shares(scan, clause, setting, predicate))
        elif frame == "meet":
            events.extend(meetings.found(scan, clause, setting, predicate, flexible=flexible))
        elif frame == "legal" and law.tells(scan, clause, predicate):
            detail = {"act": predicate.term.get("act")}
            start, end = predicate.start, predicate.end
            if detail["act"] == "statement":
                start, end = _whole(scan, clause)
            events.append(
                Event(
                    "legal",
                    predicate,
                    start,
                    end,
                    objects.near(clause, setting),
                    detail,
                )
            )
        elif frame == "nuclear_power":
            events.extend(_nuclear_power(scan, clause, predicate))
        elif frame == "warn":
            events.extend(_warning(scan, clause, predicate))
        elif frame == "compare" and (predicate.term.get("sure") or _comparable(scan, clause)):
            start, end = _whole(scan, clause)
            events.append(
                Event(
                    "comparison",
                    predicate,
                    predicate.start,
                    predicate.end,
                    [],
                    {"relation": predicate.term.get("relation")},
                )
            )
    events.extend(ousting.found(scan, clause, setting, ground.named(clause, setting)))
    events.extend(outages.found(scan, clause, setting, used))
    events.extend((objects if flexible else striking).struck(scan, clause, setting, used))
    return _once(scan, events)


def _comparable(scan: Scan, clause: Clause) -> bool:
    """Whether the sentence tells of something counted here: weapons, strikes, people hurt, areas."""
    sentence = clause.sentence
    units = {p.amount.unit.term.get("dimension") for p in clause.phrases if p.amount.unit}
    if units - {"occasion"}:
        return True
    if any(p.term.get("frame") in _COMPARED for p in clause.predicates):
        return True
    kinds = ("weapon", "attack_noun", "attack_word")
    return any(scan.within(kind, sentence.start, sentence.end) for kind in kinds)


def _of_another_clause(scan: Scan, a: Event, b: Event) -> bool:
    """Whether two words for meetings tell two: verbs of two clauses, a meeting and a call, one held and one planned.

    "Allies gathered in Rome, where she met the envoy"; «зустрівся з … у Москві, а в середу провів телефонну розмову з …».
    """
    if a.kind != "meeting" or b.kind != "meeting":
        return False
    between = range(a.predicate.end, b.predicate.start)
    if any(scan.tokens[i].text == ";" for i in between):
        return True
    verbs = all(e.predicate.term.group != "noun" for e in (a, b))
    forms = a.detail.get("form") != b.detail.get("form")
    joints = scan.within("conj", a.predicate.end, b.predicate.start)
    if verbs and a.predicate.term.get("status") != b.predicate.term.get("status"):
        return bool(joints)
    if forms:
        return bool(joints) or any(scan.tokens[i].text == "," for i in between)
    places = [m.record.name for m in b.places]
    elsewhere = bool(places and a.places) and a.places[0].record.name not in places
    return verbs and any(f.term.get("joins") == "but" or elsewhere for f in joints)


def _once(scan: Scan, events: list[Event]) -> list[Event]:
    """One meeting and one legal act of each kind a sentence."""
    out: list[Event] = []
    for event in events:
        same = [e for e in out if e.kind == event.kind]
        if same and _of_another_clause(scan, same[-1], event):
            out.append(event)
            continue
        if event.kind == "meeting" and same:
            if event.predicate.term.get("status"):
                same[-1].predicate = event.predicate
                same[-1].detail["status"] = event.predicate.term.get("status")
                same[-1].end = max(same[-1].end, event.end)
            continue
        if event.kind in ("legal", "nuclear_power") and any(e.detail == event.detail for e in same):
            continue
        out.append(event)
    return out


def _nuclear_power(scan: Scan, clause: Clause, predicate: Found) -> Iterator[Event]:
    if _of_another_plant(scan, clause, predicate):
        return
    if _undone(scan, predicate) or of_reactor(scan, clause.sentence.start, predicate):
        return  # "power is not restored yet"
    start, end = predicate.start, predicate.end
    needs = predicate.term.get("needs")
    if needs:
        fed = _fed(scan, clause, predicate, str(needs))
        if fed is None or _told_whole(clause, predicate):
            return
        start, end = min(start, fed.start), max(end, fed.end)
    others = [
        p.start
        for p in clause.predicates
        if p.term.get("frame") == "nuclear_power" and not start <= p.start < end
    ]
    duration = lasting(scan, (p.amount for p in clause.phrases), start, end, others)
    if duration is not None and duration.unit is not None:
        start, end = min(start, duration.start), max(end, duration.unit.end)
    detail: dict[str, Any] = {"state": predicate.term.get("state")}
    yield Event("nuclear_power", predicate, start, end, [], detail, duration=duration)


def _of_another_plant(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a thing of another sort is what is fed: "the desalination plant was reconnected to the grid"; or people are."""
    if any(p.amount.sort == "number" and _PEOPLE & set(p.heads) for p in clause.phrases):
        return True
    if any(scan.within(kind, 0, clause.sentence.end) for kind in ("plant", "reactor")):
        return False
    if any(f.term.get("frame") == "restore" for f in scan.starting.get(predicate.start, ())):
        return True  # what power anywhere comes back by
    things = scan.within("object", clause.sentence.start, predicate.start)
    return bool(things) and things[-1].term.get("class") not in _PLANTS


def _undone(scan: Scan, predicate: Found) -> bool:
    """Whether a verb is negated, but for one behind "until": "the line is not restored", "until the line was"."""
    for f in scan.within("negation", predicate.start - _UNDONE, predicate.start):
        before = scan.at(f.start - 1, "conj") if f.start else None
        if before is None or before.term.get("joins") in ("and", "or"):
            return True
    return False


def _fed(scan: Scan, clause: Clause, predicate: Found, kind: str) -> Found | None:
    """The word for a plant's supply or line beside a verb, in either order, in a sentence that names a plant."""
    sentence = clause.sentence
    if not scan.within("plant", sentence.start, sentence.end):
        return None
    near = [
        f
        for f in scan.within(kind, sentence.start, sentence.end)
        if min(abs(f.start - predicate.end), abs(predicate.start - f.end)) <= _FED
    ]
    return min(near, key=lambda f: abs(f.start - predicate.start), default=None)


def _told_whole(clause: Clause, predicate: Found) -> bool:
    """Whether another predicate of the sentence tells a plant's power by itself."""
    return any(
        p.term.get("frame") == "nuclear_power" and not p.term.get("needs")
        for p in clause.predicates
    )


def _warning(scan: Scan, clause: Clause, predicate: Found) -> Iterator[Event]:
    sentence = clause.sentence
    if any(scan.within(kind, sentence.start, sentence.end) for kind in ("plant", "reactor")):
        start, end = _whole(scan, clause)
        yield Event("nuclear_warning", predicate, start, end, [], {}, modality="possible")


def _whole(scan: Scan, clause: Clause) -> tuple[int, int]:
    start, end = clause.sentence.start, clause.sentence.end
    while start < end and scan.tokens[start].kind != "w" and scan.tokens[start].kind != "n":
        start += 1
    return start, end
