"""Objects struck, damaged or aimed at without a count: which nouns a predicate says it of, by their order.

Enters: a sentence's predicates and objects, in a language whose word order tells object from subject. Leaves: `Event`s.
Does not belong here: objects with a number (`frames`); languages whose word order is free (`objects`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.objects import DESCRIBING, compared, undone
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting

_NEAR = 10  # tokens between a predicate and its object
_APART = 12  # tokens between two objects of one list
_COPULA = 7  # tokens before a noun of aiming in which "were the" names what was aimed at
_AUX = 4  # tokens before a participle in which its auxiliary stands
_STOPS = ";:.–"
_DEGREES = {"destroy": "destroyed", "hit": "struck"}
_OTHER = "other"
_STRIKING = frozenset({"target", "damage", "destroy", "hit"})


class Thing(msgspec.Struct, eq=False):
    """A noun phrase of one object: its tokens, its class, whether a number counts it."""

    start: int
    end: int
    class_: str
    counted: bool
    vague: bool = False


def struck(scan: Scan, clause: Clause, setting: Setting, used: set[Found]) -> Iterator[Event]:
    """What each predicate of striking, damaging or aiming says of objects.

    `used` are the predicates that already govern a quantity of weapons or people.
    """
    for predicate in clause.predicates:
        frame = predicate.term.get("frame")
        dropped = predicate.term.get("strikes")
        if frame == "launch" and (dropped or predicate.term.group == "noun"):
            yield from _struck_with(scan, clause, setting, predicate)
        if frame not in _STRIKING:
            continue
        spent = (frame == "destroy" and predicate in used) or predicate.term.get("apart")
        spent = spent or _only_due(scan, predicate)
        spent = spent or (predicate.term.get("only") == "object" and _times(clause))
        spent = spent or (predicate.term.group == "noun" and undone(scan, predicate))
        noun = predicate.term.group == "active" and scan.at(predicate.end, "aux")
        if not (spent or noun or compared(clause, predicate)):
            yield from _told(scan, clause, setting, predicate)


def _times(clause: Clause) -> bool:
    """Whether the sentence counts how often something was done: "the plants have been shelled 180 times"."""
    units = [p.amount.unit for p in clause.phrases if p.amount.unit is not None]
    return any(u.term.get("dimension") == "occasion" for u in units)


def _struck_with(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> Iterator[Event]:
    """What a noun of striking with weapons says of things: "a strike with Kinzhal missiles on air bases"."""
    for first in _things(scan, clause):
        if first.start < predicate.end:
            continue
        between = range(predicate.end, first.start)
        marked = any(scan.tokens[i].text in _STOPS or scan.tokens[i].text == "," for i in between)
        told = [
            p
            for p in scan.within("predicate", predicate.end, first.start)
            if not scan.at(p.start, "weapon")
        ]
        led = [f for i in between if (f := scan.at(i, "place_prep")) is not None]
        if marked or told or len(between) > _NEAR or not led or led[-1].term.get("role"):
            return
        if not _thin(scan, led[-1].end, first.start) or first.counted or first.vague:
            return
        places = _place(setting, clause, first)
        detail = {"degree": "struck"}
        yield Event("damaged", predicate, predicate.start, first.end, places, detail, first.class_)
        rest = [t for t in _things(scan, clause) if t.start >= first.end]
        if rest and _listed(scan, first, rest[0]) and not _parted(scan, clause, first, rest[0]):
            end, class_ = rest[0].end, rest[0].class_
            yield Event("damaged", predicate, predicate.start, end, places, detail, class_)
        return


def _told(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> Iterator[Event]:
    things = _things(scan, clause)
    if not things or _put_out(clause, predicate):
        return
    chosen = _behind(scan, clause, predicate, things) if _takes_behind(scan, predicate) else []
    named = any(scan.at(k, "aux") for k in range(predicate.start - _COPULA, predicate.start))
    if not chosen and (predicate.term.group != "noun" or named):
        chosen = _before(scan, clause, predicate, things)
    frame = predicate.term.get("frame")
    kind = "targeted" if frame == "target" and not predicate.term.get("degree") else "damaged"
    degree = predicate.term.get("degree") or _DEGREES.get(str(frame), "damaged")
    for thing in chosen:
        if thing.counted or thing.vague or _told_before(scan, thing):
            continue
        start, end = min(predicate.start, thing.start), max(predicate.end, thing.end)
        detail = {} if kind == "targeted" else {"degree": degree}
        places = _place(setting, clause, thing)
        yield Event(kind, predicate, start, end, places, detail, thing.class_)


def _told_before(scan: Scan, thing: Thing) -> bool:
    """Whether a noun of no told sort with its article only points back: "the building was hit by a missile"."""
    told = scan.at(thing.start, "object")
    general = told is not None and told.end == thing.end and told.term.get("general")
    return bool(general) and thing.start > 0 and scan.definite(thing.start - 1)


def _place(setting: Setting, clause: Clause, thing: Thing) -> list[Mention]:
    """Where an object stands: the nearest place of its sentence, one behind it first."""
    told = setting.places.by_sentence[clause.sentence.index]
    rows = [m for m in told if m.role == "in" or (m.role == "bare" and m.end == thing.start)]
    near = sorted(rows, key=lambda m: (abs(m.start - thing.end), m.start < thing.start))
    return near[:1]


def _only_due(scan: Scan, predicate: Found) -> bool:
    """Whether only what ought to be is told, and no possibility: "must never be attacked", "allowed to hit"."""
    first = predicate.start - _AUX
    to = scan.at(predicate.start - 1, "prep") if predicate.start else None
    if to is not None and to.term.get("infinitive") and predicate.term.group in ("verb", "active"):
        return True
    return any(
        f.term.get("modal") and not scan.at(f.start, "possible", "planned")
        for f in scan.within("aux", first, predicate.start)
    )


def _put_out(clause: Clause, predicate: Found) -> bool:
    """Whether a fire is only put out here, and was told of before."""
    if predicate.term.get("degree") != "fire":
        return False
    return any(p.term.get("ends") and p.start < predicate.start for p in clause.predicates)


def _things(scan: Scan, clause: Clause) -> list[Thing]:
    """The objects of a sentence; nouns joined to one ("the roof of a hospital", "a school building") are one."""
    sentence = clause.sentence
    counted = clause.things | {
        i for p in clause.phrases if p.amount.sort == "number" for i in range(p.start, p.end)
    }
    rows: list[Found] = []
    for kind in ("object", "plant"):
        rows.extend(scan.within(kind, sentence.start, sentence.end))
    things: list[Thing] = []
    for f in sorted(rows, key=lambda f: (f.start, -f.end)):
        plant = f.term.type == "plant"
        class_ = "nuclear" if plant else str(f.term.get("class"))
        last = things[-1] if things else None
        if (last is not None and f.start < last.end) or _is_verb(scan, f):
            continue
        for shared in reversed([*_sharing(scan, f)]):
            if last is not None and last.class_ == _OTHER and _of(scan, last, shared):
                things.pop()  # "facilities of the gas and energy infrastructure"
            things.append(shared)
            last = shared
        thing = Thing(f.start, f.end, class_, f.start in counted, bool(f.term.get("vague")))
        if last is not None and (joined := _joined(scan, last, thing)) is not None:
            things[-1] = joined
            continue
        things.append(thing)
    return things


def _is_verb(scan: Scan, f: Found) -> bool:
    """Whether a noun's plural is a verb here: "a building that houses the delegation"."""
    plural = bool(f.tags) and f.tags <= frozenset({"pl"}) and f.end - f.start == 1
    led = f.start > 0 and scan.at(f.start - 1, "relative") is not None
    return plural and led and scan.at(f.end, "aux", "predicate") is None


def _sharing(scan: Scan, f: Found) -> Iterator[Thing]:
    """The things of another kind that share the general noun of one: "struck gas and rail facilities"."""
    end = f.start
    while end > 1 and f.end - f.start > 1:
        joint = scan.at(end - 1, "conj")
        if scan.tokens[end - 1].text != "," and (joint is None or joint.term.get("joins") != "and"):
            return
        told = scan.at(end - 2, "kind_word")
        if told is None or told.end != end - 1:
            return
        yield Thing(told.start, told.end, str(told.term.get("class")), False)
        end = told.start


def _joined(scan: Scan, a: Thing, b: Thing) -> Thing | None:
    """Two nouns of one object, as one: compound, or the second behind "of"; None where they are two."""
    counted = a.counted or b.counted
    at = scan.at(a.end, "place_prep")
    if at is not None and at.end == b.start and scan.at(b.start, "plant"):
        return Thing(a.start, b.end, "nuclear", counted)  # "the plant at Natanz"
    if _of(scan, a, b):
        return Thing(a.start, b.end, a.class_ if b.vague else b.class_, counted)
    if b.start == a.end or (b.start == a.end + 1 and scan.possessive(a.end)):
        class_ = b.class_ if a.class_ == _OTHER else a.class_
        return Thing(a.start, b.end, class_, counted)
    return None


def _of(scan: Scan, a: Thing, b: Thing) -> bool:
    """Whether the second noun stands behind the first one's "of"."""
    of = scan.at(a.end, "partitive")
    return of is not None and _thin(scan, of.end, b.start)


def _thin(scan: Scan, a: int, b: int) -> bool:
    """Whether only articles, adjectives and names stand between two tokens."""
    return b - a <= _NEAR and all(
        (scan.tokens[i].kind in "wn" and (i not in scan.starting or scan.tokens[i].capital))
        or scan.at(i, *DESCRIBING) is not None
        or scan.tokens[i].text in "-'\""
        or scan.possessive(i)
        for i in range(a, b)
    )


def _takes_behind(scan: Scan, predicate: Found) -> bool:
    """Whether the object may stand behind: a noun's or an active verb's."""
    group = predicate.term.group
    if group in ("active", "noun"):
        return True
    return group == "verb" and not _passive(scan, predicate)


def _passive(scan: Scan, predicate: Found) -> bool:
    """Whether an auxiliary of the passive stands before a verb, adverbs between."""
    for k in range(predicate.start - 1, max(-1, predicate.start - 1 - _AUX), -1):
        aux = scan.at(k, "aux")
        denied = scan.at(k, "negation")
        if denied is not None and denied.term.get("was"):
            return True
        if aux is not None and not aux.term.get("perfect"):
            return True
        if aux is None and not scan.at(k, "adverb", "negation") and k in scan.starting:
            return False
    return False


def _behind(scan: Scan, clause: Clause, predicate: Found, things: list[Thing]) -> list[Thing]:
    after = [t for t in things if t.start >= predicate.end]
    if not after or not _reached(scan, clause, predicate, after[0]):
        return []
    chosen, last, sure = [after[0]], after[0], 1
    for thing in after[1:]:
        if _parted(scan, clause, last, thing):
            break
        if _listed(scan, last, thing):
            chosen.append(thing)
            sure = len(chosen) if _by_word(scan, last, thing) else sure
        last = thing
    end = chosen[-1].end
    if any(scan.at(k, "conj") for k in (end, end + 1)):
        return chosen  # "…, and other installations": the list goes on
    return chosen[:sure]  # a comma alone may open another clause: "…, setting its roof on fire"


def _reached(scan: Scan, clause: Clause, predicate: Found, thing: Thing) -> bool:
    """Whether nothing between a predicate and an object behind it makes the object another word's."""
    a, b = predicate.end, thing.start
    if predicate.term.group == "noun" and scan.at(a, "place_prep", "prep"):
        a += 1  # "a direct hit on a hospital"
    if b - a > _NEAR or _told_between(scan, clause, a, b, but=predicate):
        return False
    for i in range(a, b):
        if scan.tokens[i].text in _STOPS or scan.tokens[i].text in ",()":
            return False
        if scan.at(i, "conj", "relative", "says"):
            return False
        if scan.at(i, "place_prep", "prep") and not scan.at(i, "partitive"):
            return False
    return True


def _told_between(scan: Scan, clause: Clause, a: int, b: int, *, but: Found) -> bool:
    """Whether another predicate stands between two tokens, but for an adjective of the object."""
    return any(
        a <= p.start < b and p is not but and p.term.group not in ("noun", "passive")
        for p in clause.predicates
        if not (p.end == b or scan.at(p.end, "object"))
    )


def _parted(scan: Scan, clause: Clause, a: Thing, b: Thing) -> bool:
    """Whether another verb, another clause or a mark stands between two objects."""
    if b.start - a.end > _APART or any(a.end <= p.start < b.start for p in clause.predicates):
        return True
    for i in range(a.end, b.start):
        conj = scan.at(i, "conj")
        if conj is not None and conj.term.get("joins") == "but":
            return True
        if scan.tokens[i].text in _STOPS or scan.at(i, "relative", "says", "pronoun"):
            return True
    return False


def _listed(scan: Scan, a: Thing, b: Thing) -> bool:
    """Whether an object is listed with those before it: a comma or "and" between, and no preposition behind that."""
    last = None
    for i in range(a.end, b.start):
        conj = scan.at(i, "conj")
        if scan.tokens[i].text == "," or conj is not None or scan.at(i, "including"):
            last = conj.end if conj is not None else i + 1
    return last is not None and not any(
        scan.at(i, "place_prep", "prep") and not scan.at(i, "partitive", "including")
        for i in range(last, b.start)
    )


def _by_word(scan: Scan, a: Thing, b: Thing) -> bool:
    """Whether a conjunction or a word for what is included joins two objects."""
    return any(scan.at(i, "conj", "including") for i in range(a.end, b.start))


def _before(scan: Scan, clause: Clause, predicate: Found, things: list[Thing]) -> list[Thing]:
    """The subject of a passive or intransitive predicate, with what is listed before it."""
    if predicate.term.group == "active" or (
        predicate.term.group == "verb" and not _suffers(scan, predicate, things)
    ):
        return []
    rows = [t for t in things if t.end <= predicate.start]
    while rows and _inside(scan, clause, rows):
        rows.pop()
    if not rows or not _subject(scan, clause, predicate, rows[-1]):
        return []
    chosen, joined = [rows[-1]], False
    for thing in reversed(rows[:-1]):
        if _parted(scan, clause, thing, chosen[0]) or not _listed(scan, thing, chosen[0]):
            break
        joined = joined or _by_word(scan, thing, chosen[0])
        if not joined:
            break  # "drones hit the refinery, setting a tank ablaze"
        chosen.insert(0, thing)
    return chosen


def _suffers(scan: Scan, predicate: Found, things: list[Thing]) -> bool:
    """Whether a verb stands in the passive, or as a participle right behind an object ("houses damaged in …")."""
    if _passive(scan, predicate):
        return True
    return any(t.end == predicate.start for t in things)


def _inside(scan: Scan, clause: Clause, rows: list[Thing]) -> bool:
    """Whether the last object only tells where the one before it stands: "a school near the hospital"."""
    last = rows[-1]
    first = rows[-2].end if len(rows) > 1 else clause.sentence.start
    for i in range(last.start - 1, first - 1, -1):
        if scan.tokens[i].text in "," or scan.at(i, "conj"):
            return False
        if scan.at(i, "partitive"):
            return False
        if scan.at(i, "place_prep", "prep"):
            return True
    return False


def _subject(scan: Scan, clause: Clause, predicate: Found, thing: Thing) -> bool:
    """Whether nothing between an object and a predicate behind it parts the two."""
    a, b = thing.end, predicate.start
    if b - a > _APART:
        return False
    if any(a <= p.start < b and p is not predicate for p in clause.predicates):
        return False
    for i in range(a, b):
        if scan.tokens[i].text in _STOPS or scan.at(i, "says"):
            return False
        if scan.at(i, "conj") and not scan.at(i, "aux"):
            return i == b - 1 or _thin_to(scan, i + 1, b)
    return True


def _thin_to(scan: Scan, a: int, b: int) -> bool:
    """Whether only auxiliaries and adverbs stand between: "caught fire and was badly damaged"."""
    return all(scan.at(i, "aux", "adverb") or i not in scan.starting for i in range(a, b))
