"""Claims that rest on a predicate and not on a number: ground, meetings, law, nuclear power, targets, positions.

Enters: a sentence's predicates, places, voices and objects. Leaves: `Event`s.
Does not belong here: numbers about attacks and people (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from warledger.extraction.attribution import Attribution
from warledger.extraction.frames import Clause
from warledger.extraction.numbers import Amount
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting, specific

GROUND = {
    "capture": "captured",
    "liberate": "liberated",
    "enter": "entered",
    "advance": "advanced",
    "encircle": "encircled",
    "assault": "assaulted",
    "hold": "held",
    "withdraw": "withdrawn",
    "control": "held",
}
# Kinds of places that only tell where a town lies.
_WIDER = frozenset({"country", "oblast", "region", "raion", "hromada", "water"})
_NEAR = 4.5
_FED = 6


class Event(msgspec.Struct, eq=False):
    """A claim without a count: its kind, the predicate, the tokens that show it, places, details."""

    kind: str
    predicate: Found
    start: int
    end: int
    places: list[Mention]
    detail: dict[str, Any]
    class_: str | None = None
    duration: Amount | None = None
    modality: str | None = None
    share: bool = False


def find(
    scan: Scan,
    clause: Clause,
    setting: Setting,
    attribution: Attribution,
    used: set[Found],
    before: Clause | None = None,
) -> list[Event]:
    """The events of a sentence; `used` are the predicates that already govern a quantity.

    `before` is the sentence before it in its paragraph.
    """
    events: list[Event] = (
        [] if before is None else list(_listed_behind(scan, clause, setting, before))
    )
    for predicate in clause.predicates:
        frame = predicate.term.get("frame")
        if frame in GROUND and predicate not in used:
            events.extend(_ground(scan, clause, setting, predicate))
        elif frame == "meet":
            events.extend(_meeting(scan, clause, setting, attribution, predicate))
        elif frame == "legal" and (predicate.end - predicate.start > 1 or _lawful(scan, clause)):
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
                    _near(clause, setting, predicate),
                    detail,
                )
            )
        elif frame == "nuclear_power":
            events.extend(_nuclear_power(scan, clause, predicate))
        elif frame == "warn":
            events.extend(_warning(scan, clause, predicate))
        elif frame in ("target", "damage", "destroy", "hit") and predicate not in used:
            events.extend(_struck(scan, clause, setting, predicate, frame))
        elif frame == "position" and _held_by(clause, attribution, predicate):
            start, end = _whole(scan, clause)
            events.append(
                Event(
                    "position", predicate, start, end, [], {"stance": predicate.term.get("stance")}
                )
            )
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
    return _once(events)


def _lawful(scan: Scan, clause: Clause) -> bool:
    """Whether a word of the law or a body stands in the sentence."""
    sentence = clause.sentence
    return any(scan.within(kind, sentence.start, sentence.end) for kind in ("law_word", "voice"))


def _held_by(clause: Clause, attribution: Attribution, predicate: Found) -> bool:
    """Whether anybody who can hold a position is its subject."""
    sentence = clause.sentence
    if attribution.subject(sentence, predicate.start) is not None:
        return True
    return attribution.at(sentence, predicate.start)[0].name is not None


def _comparable(scan: Scan, clause: Clause) -> bool:
    """Whether the sentence tells of something counted here: weapons, strikes, people hurt, areas."""
    sentence = clause.sentence
    if any(p.amount.unit is not None for p in clause.phrases):
        return True
    kinds = ("weapon", "attack_noun", "attack_word")
    return any(scan.within(kind, sentence.start, sentence.end) for kind in kinds)


def _once(events: list[Event]) -> list[Event]:
    """One meeting, one position and one legal act of each kind a sentence."""
    out: list[Event] = []
    for event in events:
        same = [e for e in out if e.kind == event.kind]
        if event.kind in ("meeting", "position") and same:
            if event.kind == "meeting" and event.predicate.term.get("status"):
                same[0].detail["status"] = event.predicate.term.get("status")
                same[0].end = max(same[0].end, event.end)
            continue
        if event.kind == "legal" and any(e.detail == event.detail for e in same):
            continue
        out.append(event)
    return out


def _near(clause: Clause, setting: Setting, predicate: Found) -> list[Mention]:
    rows = [m for m in setting.places.by_sentence[clause.sentence.index] if m.role == "in"]
    return specific(rows[:2])[:1]


def _ground(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> Iterator[Event]:
    frame = predicate.term.get("frame")
    state = predicate.term.get("state") or GROUND[frame]
    wanted = {"in", "bare", "toward"} | ({"from"} if frame == "withdraw" else set())
    rows = [
        m
        for m in setting.places.by_sentence[clause.sentence.index]
        if m.role in wanted and m.record.kind not in ("country", "water")
    ]
    direct = predicate.term.get("direct")
    if direct is None:
        direct = frame in ("capture", "liberate", "encircle") and predicate.term.group in (
            "active",
            "verb",
        )
    if direct:
        rows = [m for m in rows if m.role == "bare" or _named_town(scan, m)]
    if _epithet(scan, predicate):
        return
    rows = [m for m in rows if m.role != "bare" or not _government(scan, m)]
    share = next((f for f in scan.within("share_word", predicate.end, predicate.end + 3)), None)
    after = [
        m
        for m in rows
        if m.start >= predicate.end and clause.crossing(predicate.end, m.lead) < _NEAR
    ]
    before = [
        m
        for m in rows
        if m.end <= predicate.start and clause.crossing(m.end, predicate.start) < _NEAR
    ]
    others = sorted(
        p.start for p in clause.predicates if p.term.get("frame") in GROUND and p is not predicate
    )
    chosen: list[Mention] = []
    for m in _coordinated(setting, rows, after):
        if any(predicate.end <= o < m.start for o in others):
            break
        chosen.append(m)
    if (
        not chosen
        and before
        and predicate.term.group in ("passive", "verb", "intransitive", "noun", "active")
    ):
        last = before[-1]
        if not any(last.end <= o < predicate.start for o in others):
            chosen = [last]
            while (n := rows.index(chosen[0])) > 0 and setting.coordinated(
                rows[n - 1].end, chosen[0].start
            ):
                chosen.insert(0, rows[n - 1])
    for m in specific(chosen):
        start, end = min(predicate.start, m.start), max(predicate.end, m.end)
        if share is not None and frame in ("control", "hold", "capture"):
            yield Event("area_share", predicate, start, end, [m], {}, share=True)
            continue
        yield Event("place_control", predicate, start, end, [m], {"state": state})


def _listed_behind(scan: Scan, clause: Clause, setting: Setting, before: Clause) -> Iterator[Event]:
    """Places that a sentence of their own lists: "They repelled attacks near 20 towns. Among them are X; Y and Z"."""
    first = clause.sentence.start
    opens = any(scan.at(k, "including", "of_them") for k in (first, first + 1))
    if not opens or clause.predicates or setting.places.by_sentence[before.sentence.index]:
        return
    ground = [p for p in before.predicates if p.term.get("frame") in GROUND]
    for mention in setting.places.by_sentence[clause.sentence.index] if ground else ():
        if mention.record.kind in _WIDER:
            continue
        predicate = ground[0]
        state = predicate.term.get("state") or GROUND[predicate.term.get("frame")]
        yield Event(
            "place_control", predicate, mention.start, mention.end, [mention], {"state": state}
        )


def _named_town(scan: Scan, mention: Mention) -> bool:
    """Whether the place is named as "the town of X"."""
    if scan.at(mention.lead, "partitive") is None:
        return False
    kinds = ("region_noun", "settlement", "object")
    return any(
        f.end == mention.lead
        for n in (1, 2, 3)
        for f in scan.starting.get(mention.lead - n, ())
        if f.term.type in kinds
    )


def _epithet(scan: Scan, predicate: Found) -> bool:
    """Whether a participle only describes a place: "in occupied Crimea", «на окупованій території»."""
    if predicate.term.group == "passive" and predicate.tags:
        return not any(t == "imp" or t.startswith(("short", "nom")) for t in predicate.tags)
    if (
        predicate.term.group != "verb"
        or predicate.start == 0
        or predicate.end - predicate.start > 1
    ):
        return False
    k = predicate.start - 1
    while k > 0 and scan.at(k, "adverb", "side_word"):
        k -= 1
    return scan.at(k, "prep", "place_prep", "article") is not None or scan.tokens[k].text == "the"


def _government(scan: Scan, mention: Mention) -> bool:
    """Whether the name of a capital stands for a government here."""
    nation = scan.at(mention.start, "nation")
    return nation is not None and bool(nation.term.get("metonym"))


def _coordinated(setting: Setting, rows: list[Mention], after: list[Mention]) -> list[Mention]:
    """The first place behind the predicate and those joined to it."""
    if not after:
        return []
    out = [after[0]]
    at = rows.index(after[0])
    for row in rows[at + 1 :]:
        if not setting.coordinated(out[-1].end, row.start):
            break
        if not _joined(setting.scan, out[-1].end, row.start):
            break
        out.append(row)
    return out


def _joined(scan: Scan, a: int, b: int) -> bool:
    """Whether a comma or a conjunction joins two places; "Pokrovsk in Donetsk" tells only where Pokrovsk is."""
    return any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in range(a, b))


def _meeting(
    scan: Scan, clause: Clause, setting: Setting, attribution: Attribution, predicate: Found
) -> Iterator[Event]:
    sentence = clause.sentence
    names = []
    low, high = predicate.start, predicate.end
    for kind in ("voice", "nation"):
        for f in scan.within(kind, sentence.start, sentence.end):
            if f.term.get("sort") == "outlet" or (kind == "nation" and not f.term.get("metonym")):
                continue
            if kind == "nation" and not _party(scan, f, setting):
                continue
            gap = (
                clause.crossing(f.end, predicate.start)
                if f.end <= predicate.start
                else clause.crossing(predicate.end, f.start)
            )
            name = scan.original(f.start, f.end) if f.term.get("generic") else f.term.get("name")
            if gap < 6.0 and name not in names:
                names.append(name)
                low, high = min(low, f.start), max(high, f.end)
    places = [
        m
        for m in setting.places.by_sentence[sentence.index]
        if m.role == "in" and (m.start >= predicate.start or m.record.kind == "city")
    ]
    places = _coordinated(setting, places, places)[:2] if places else []
    places = specific(places)
    timed = bool(setting.times[sentence.index])
    if (
        predicate.term.group == "noun"
        and not ((places and (names or len(places) > 1)) or (names and timed))
        and not predicate.term.get("sure")
    ):
        return
    if not names and not (
        places and (predicate.term.group == "noun" or predicate.term.get("status"))
    ):
        if not (predicate.term.get("sure") and timed):
            return
    if places:
        for place in places:
            high = max(high, place.end) if place.start - high < 12 else high
    detail = {
        "participants": names,
        "form": predicate.term.get("form") or "in_person",
        "status": predicate.term.get("status"),
    }
    yield Event("meeting", predicate, low, high, places, detail)


def _party(scan: Scan, found: Found, setting: Setting) -> bool:
    """Whether a capital's name stands for its government: not where it is a place or has a genitive."""
    if found.end < len(scan.tokens) and scan.tokens[found.end].text == "'s":
        return False
    if found.start and scan.at(found.start - 1, "place_prep") is not None:
        return False
    return not any(m.start == found.start and m.role == "in" for m in setting.places.mentions)


def _nuclear_power(scan: Scan, clause: Clause, predicate: Found) -> Iterator[Event]:
    duration = None
    start, end = predicate.start, predicate.end
    needs = predicate.term.get("needs")
    if needs:
        fed = _fed(scan, clause, predicate, str(needs))
        if fed is None or _told_whole(clause, predicate):
            return
        start, end = min(start, fed.start), max(end, fed.end)
    for phrase in clause.phrases:
        unit = phrase.amount.unit
        if (
            unit is not None
            and unit.term.get("dimension") == "duration"
            and phrase.amount.low is not None
        ):
            duration = phrase.amount
            start, end = min(start, phrase.start), max(end, phrase.end)
    detail: dict[str, Any] = {"state": predicate.term.get("state")}
    yield Event("nuclear_power", predicate, start, end, [], detail, duration=duration)


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


def _struck(
    scan: Scan, clause: Clause, setting: Setting, predicate: Found, frame: str
) -> Iterator[Event]:
    """Objects said to be struck or aimed at, without a count."""
    kind = "targeted" if frame == "target" else "damaged"
    degree = {"destroy": "destroyed", "hit": "struck"}.get(
        frame, predicate.term.get("degree") or "damaged"
    )
    best: dict[str, tuple[float, Found]] = {}
    counted = {
        i for p in clause.phrases if p.amount.sort == "number" for i in range(p.start, p.end)
    }
    for f in scan.within("object", clause.sentence.start, clause.sentence.end):
        if f.start in counted:
            continue
        before = f.end <= predicate.start
        cost = (
            clause.crossing(f.end, predicate.start)
            if before
            else clause.crossing(predicate.end, f.start)
        )
        if before and predicate.term.group == "active":
            continue
        cost += 1.0 if before else 0.0
        if cost < 4.0 and (f.term.get("class") not in best or cost < best[f.term.get("class")][0]):
            best[f.term.get("class")] = (cost, f)
    for class_, (_, f) in best.items():
        start, end = min(predicate.start, f.start), max(predicate.end, f.end)
        detail = {} if kind == "targeted" else {"degree": degree}
        yield Event(kind, predicate, start, end, _near(clause, setting, predicate), detail, class_)


def _whole(scan: Scan, clause: Clause) -> tuple[int, int]:
    start, end = clause.sentence.start, clause.sentence.end
    while start < end and scan.tokens[start].kind != "w" and scan.tokens[start].kind != "n":
        start += 1
    return start, end
