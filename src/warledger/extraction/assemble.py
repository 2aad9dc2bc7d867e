"""Assembly: readings and events become claims; repeats of one fact become one claim with several passages.

Enters: the readings of a report and the settings around them. Leaves: `Claim`s in the order of the text.
Does not belong here: deciding what a number means (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from warledger.extraction import (
    ages,
    customers,
    ground,
    means,
    moods,
    people,
    tallies,
    untruths,
    wholes,
)
from warledger.extraction.amounts import Amount, whole
from warledger.extraction.arms import summed_behind, weapon_of_hits
from warledger.extraction.attacks import class_of_attacks
from warledger.extraction.attribution import Attribution
from warledger.extraction.classes import class_of_people, joined_group
from warledger.extraction.clauses import Clause
from warledger.extraction.costs import same_segment
from warledger.extraction.drafts import SENT, Draft
from warledger.extraction.event import Event
from warledger.extraction.nouns import common_noun
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import place_of
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.spans import TimeMention
from warledger.extraction.ties import Reading
from warledger.model import Claim, Evidence, Item, Modality, Period, Place, Quantity, Speaker

# What the report's lead tells of is another event than these.
_OWN_TIME = frozenset({"meeting", "legal", "position", "comparison"})

# What equipment is that was struck and is not told to be lost: a thing of the army, but for these.
_STRUCK = {"vehicle": "vehicle", "ship": "ship"}
_OPEN = ("day", "month", "year")  # from when on something is counted until the report
_PLANT_BACK = 6  # sentences back in which the plant of "the unit" is named
_NAME = 4  # tokens of the longest words for a sort of weapon
_BACK = 3  # sentences back in which weapons are named whose hits and debris are counted
_ABLE = 3  # tokens between "can" and its verb
_VERB_BEHIND = 8  # tokens behind a noun of a deed in which its verb may stand


class Assembler(msgspec.Struct, eq=False):
    """Makes claims of one report's readings and events."""

    report: str
    scan: Scan
    language: str
    setting: Setting
    attribution: Attribution
    clauses: list[Clause]

    def numeric(self, clause: Clause, reading: Reading) -> Draft | None:
        """The claim of a reading; None where the words leave its class open or deny the predicate."""
        phrase = reading.phrase
        if reading.kind in SENT and self._able(reading.predicate):
            return None  # "the system can intercept 20 targets at once"
        item = self._item(clause, reading)
        if item is None:
            return None
        kind = reading.kind
        if kind == "area_share" and not ground.shared(clause, self.setting, reading):
            return None
        if kind == "prisoners" and people.only_returned(self.scan, clause, self.clauses, reading):
            return None
        zero = phrase.amount.low == 0 and phrase.amount.high == 0
        if reading.predicate.term.get("counted") == "kill" and not zero:
            kind = "killed"
        start, end = self._evidence(reading)
        modality, negated = moods.modality(
            self.scan,
            clause,
            None if reading.carried else reading.predicate,
            phrase.start,
            phrase.end,
        )
        if negated and not zero and not reading.carried:
            return None
        if modality in ("asserted", "possible") and untruths.untrue(self.scan, clause, reading):
            modality = "denied"
        timed = self.setting.state_at if kind == "nuclear_status" else self.setting.time_at
        time = timed(clause, phrase.start, phrase.end)
        if kind == "outage" and (time is None or time.start < clause.sentence.start):
            time = self.setting.stated_in(clause.sentence) or time
        held = kind == "prisoners" and reading.predicate.term.get("frame") != "exchange"
        if held and time is not None and time.since and time.precision != "day":
            time = self.setting.lead()  # "held since 2022"
        mentions = self.setting.places_at(clause, phrase, reading.kind, long=_long(time))
        speaker, denies = self.attribution.at(clause.sentence, phrase.start)
        if kind == "losses" and item.class_ == "personnel" and speaker.side == "INT":
            kind, item = "casualties", Item("soldier", None, item.text)  # an estimate, no tally
        quantity = self._quantity(reading)
        detail = self._detail(clause, reading, time)
        cumulative = detail.get("basis") == "cumulative"
        tally = tallies.counted(
            self.scan, clause, reading, class_=item.class_, cumulative=cumulative
        )
        if tally and speaker.side not in (None, "INT"):
            kind, item = "losses", Item("personnel", None, item.text)  # an army's own tally
        claim = Claim(
            report=self.report,
            kind=kind,
            item=item,
            quantity=quantity,
            places=_once(place_of(m, self.scan) for m in mentions),
            speaker=speaker,
            time=self._period(time, modality, onward=_OPEN),
            modality="denied" if denies else _modality(modality),
            detail=detail,
            evidence=(self._proof(start, end),),
            rule=f"{self.language}/{kind}/{reading.predicate.term.id}",
        )
        age = ages.of_one(clause.amounts, phrase) if reading.noun == "person" else None
        return Draft(claim, phrase.amount.start, mentions, reading, age)

    def _able(self, predicate: Found) -> bool:
        """Whether only what weapons or crews are able to do is told."""
        near = self.scan.within("possible", max(0, predicate.start - _ABLE), predicate.start)
        return any(f.term.get("ability") for f in near)

    def _holder(self, clause: Clause, at: int) -> Speaker | None:
        """Whose position it is that the verb at the token states."""
        parted = at > clause.sentence.start and self.scan.tokens[at - 1].text == ","
        return self.attribution.subject(clause.sentence, at, parted=parted)

    def event(self, clause: Clause, event: Event) -> Draft:
        """The claim of an event."""
        modality, negated = moods.modality(
            self.scan, clause, event.predicate, event.start, event.end
        )
        modality = event.modality or modality
        told = event.kind == "position" or event.modality is not None
        if (negated and not told) or untruths.behind(self.scan, clause, event):
            modality = "denied"
        detail = {k: v for k, v in event.detail.items() if v is not None}
        if event.kind == "meeting":
            ahead = modality == "planned" or self._told_ahead(clause, event)
            detail.setdefault("status", "planned" if ahead else "held")
            modality = "planned" if detail["status"] == "planned" else "asserted"
        at = event.predicate.start
        time = self.setting.time_at(
            clause, event.start, event.end, own_only=event.kind in _OWN_TIME
        )
        if time is not None and time.since and event.kind.startswith("nuclear"):
            time = None  # "down since May": a state that goes on
        speaker, denies = self.attribution.at(clause.sentence, at)
        held = event.kind == "position" and event.predicate.term.type != "resolve"
        if held or (event.kind == "nuclear_warning" and not speaker.name):
            speaker = self._holder(clause, at if event.holder is None else event.holder) or speaker
        if event.kind.startswith("nuclear"):
            detail = {"plant": self.plant(clause), **detail}
        quantity = None
        if event.duration is not None:
            quantity = _hours(event.duration)
        if event.share:
            quantity = Quantity(None, None, "about", "percent")
        if event.open_number:
            quantity = Quantity(None, None, "vague")
        claim = Claim(
            report=self.report,
            kind=event.kind,
            item=Item(event.class_),
            quantity=quantity,
            places=tuple(place_of(m, self.scan) for m in event.places),
            speaker=speaker,
            time=self._period(time, modality),
            modality="denied" if denies and event.kind != "position" else _modality(modality),
            detail={k: v for k, v in detail.items() if v is not None},
            evidence=(self._proof(event.start, event.end),),
            rule=f"{self.language}/{event.kind}/{event.predicate.term.id}",
        )
        return Draft(claim, event.start, event.places)

    def _told_ahead(self, clause: Clause, event: Event) -> bool:
        """Whether the verb behind a word for a meeting puts it in the future: "the summit will take place"."""
        if event.predicate.term.group != "noun":
            return False
        last, end = clause.sentence.end, event.predicate.end
        near = any(
            clause.crossing(first, f.start) < 2.6
            for first in (end, max(end, event.end))
            for f in self.scan.within("planned", first, min(last, first + _VERB_BEHIND))
        )
        return near or any(
            not any(self.scan.at(i, "relative", "says", "predicate") for i in range(end, f.start))
            for f in self.scan.within("planned", end, max(end, event.end))
        )  # "talks between the United States, Russia and Ukraine are planned for March in Miami"

    def plant(self, clause: Clause) -> str | None:
        """The nuclear plant that the sentence, or the last one before it, names."""
        index = clause.sentence.index
        for row in reversed(self.clauses[max(0, index - 60) : index + 1]):
            found = self.scan.within("plant", row.sentence.start, row.sentence.end)
            if named := [f for f in found if f.term.get("plant")]:
                return str(named[-1].term.get("plant"))
        return None

    def _is_reactor(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a phrase counts reactors: a plant is near, and no other thing named last where it has no noun."""
        if not phrase.elided or phrase.inherited is not None:
            return self._near_plant(clause, single=phrase.amount.sort == "article")
        first = self.clauses[max(0, clause.sentence.index - 1)].sentence.start
        whole = wholes.partitive_before(self.scan, phrase.start, clause.sentence.start)
        if whole is not None and any(p.end == whole and p.heads for p in clause.phrases):
            return False  # "eight reactors out of nine"
        named = [
            (f.start, kind)
            for kind in ("reactor", "plant", "object", "generator")
            for f in self.scan.within(kind, first, phrase.start)
            if kind != "object" or f.term.get("class") == "energy"
        ]
        powered = self.scan.within("predicate", first, phrase.start)
        named += [(p.start, "generator") for p in powered if p.term.get("state") == "backup"]
        return (
            max(named)[1] in ("reactor", "plant")
            if named
            else self._near_plant(clause, single=False)
        )

    def _near_plant(self, clause: Clause, *, single: bool) -> bool:
        """Whether the sentence or one of the two before it names a nuclear plant or a reactor; `single`: a plant."""
        index = clause.sentence.index
        first = self.clauses[max(0, index - (_PLANT_BACK if single else 2))].sentence.start
        kinds = ("plant",) if single else ("plant", "reactor")
        return any(self.scan.within(kind, first, clause.sentence.end) for kind in kinds)

    def _proof(self, start: int, end: int) -> Evidence:
        a, b = self.scan.span(start, end)
        return Evidence(a, b, self.scan.text[a:b])

    def _evidence(self, reading: Reading) -> tuple[int, int]:
        """Number and noun; where the noun is elided, the number and its predicate if they stand near."""
        phrase, predicate = reading.phrase, reading.predicate
        start, end = phrase.start, phrase.end
        if phrase.inherited is not None and phrase.inherited.start >= end:
            end = phrase.inherited.end
        apart = phrase.inherited is not None and phrase.inherited.end <= start
        head = phrase.heads.get("person")
        if head is not None and (other := joined_group(self.scan, head)) is not None:
            end = max(end, other.end)
        bare = phrase.elided or apart or phrase.amount.sort in ("bare", "article", "zero", "nobody")
        apart = self._others_between(reading)
        whole = reading.kind == "launched" and predicate.term.get("frame") == "intercept"
        beside = bare and not (reading.carried or apart or whole) and reading.cost < 4
        if beside or reading.noun == "occasion":
            start, end = min(start, predicate.start), max(end, predicate.end)
        return start, end

    def _others_between(self, reading: Reading) -> bool:
        """Whether another number stands between the number and its predicate."""
        phrase, predicate = reading.phrase, reading.predicate
        low, high = min(phrase.end, predicate.end), max(phrase.start, predicate.start)
        others = self.clauses[phrase.sentence].phrases
        return any(
            low <= o.start and o.end <= high and o.amount.sort == "number" and o is not phrase
            for o in others
        )

    def _period(
        self, time: TimeMention | None, modality: str, *, onward: tuple[str, ...] = ("day",)
    ) -> Period | None:
        """The period of a time; one of the precisions `onward` lasts from "since" until the report."""
        if time is None:
            return None
        words = None if time.weak else self.scan.original(time.start, time.end)
        period = time.period(words, modality == "planned")
        if time.since and self.setting.anchor is not None and time.precision in onward:
            last = max(self.setting.anchor, time.first).isoformat()
            return Period(period.start, last, "range", words)
        return period

    def _quantity(self, reading: Reading) -> Quantity:
        amount = reading.phrase.amount
        if reading.predicate.term.get("zero"):
            return Quantity(0, 0, "exact")
        unit = "count"
        low, high = amount.low, amount.high
        if reading.noun == "area":
            unit = "km2"
            low = None if low is None else whole(round(low * amount.factor, 2))
            high = None if high is None else whole(round(high * amount.factor, 2))
        elif reading.noun == "percent":
            unit = "percent"
        return Quantity(low, high, amount.bound, unit)

    def _detail(self, clause: Clause, reading: Reading, time: TimeMention | None) -> dict[str, Any]:
        detail: dict[str, Any] = {}
        term = reading.predicate.term
        if reading.kind == "intercepted":
            behind = [p.start for p in clause.phrases if p.start >= reading.phrase.end]
            stop = min([*behind, clause.sentence.end])
            jammed = means.jams(self.scan, reading.phrase, reading.predicate, stop)
            detail["means"] = "suppressed" if jammed else term.get("means") or "shot_down"
        elif reading.kind == "outage":
            detail["state"] = "cut" if term.get("frame") == "cut" else "restored"
            detail["counted"] = customers.counted(self.scan, reading.phrase, reading.noun)
        elif reading.kind == "nuclear_status":
            detail = {"plant": self.plant(clause), "state": term.get("state")}
        elif reading.kind == "damaged":
            frame = term.get("frame")
            detail["degree"] = {"destroy": "destroyed", "hit": "struck"}.get(
                frame, term.get("degree") or "damaged"
            )
        elif reading.kind == "prisoners" and self._exchanged(clause, reading):
            detail["exchanged"] = True
        if reading.noun == "area":
            unit = reading.phrase.amount.unit
            if unit is not None and unit.term.get("factor") not in (None, 1, 1.0):
                detail["original"] = self.scan.original(reading.phrase.amount.start, unit.end)
            if (also := reading.phrase.also) is not None:
                detail["also"] = self.scan.original(also.start, also.end)
        if self._since_start(clause, reading):
            detail["basis"] = "cumulative"
        elif time is not None and (basis := self._basis(time)):
            detail["basis"] = basis
        return {k: v for k, v in detail.items() if v is not None}

    def _exchanged(self, clause: Clause, reading: Reading) -> bool:
        """Whether captives are told to be exchanged: by their own predicate, or by one with no mark between."""
        own = reading.predicate.term.get("frame") == "exchange"
        return own or any(
            p.term.get("frame") == "exchange" and same_segment(self.scan, reading.phrase, p)
            for p in clause.predicates
        )

    def _since_start(self, clause: Clause, reading: Reading) -> bool:
        """Whether "since the start of the war" is this number's time: nearer than another number or day."""
        sentence, at = clause.sentence, reading.phrase.start
        since = self.scan.within("since", sentence.start, sentence.end)
        if not since:
            return False
        days = [
            t.start
            for t in self.setting.times[sentence.index]
            if t.precision in ("day", "night") and not (t.since or t.statement)
        ]
        days += [f.start for f in self.scan.within("day_part", sentence.start, sentence.end)]
        for found in since:
            if self.setting.ranked(found.start, sentence.start):
                continue  # "the largest attack since the start of the war"
            if found.term.get("basis") == "cumulative" and found.end - found.start > 1:
                if reading.noun == "person" and not days and at < found.start:
                    return True  # "46,000 were killed and 380,000 wounded since the war began"
                gaps = [abs(p.start - found.start) for p in clause.phrases]
                gaps += [abs(at - day) for day in days]
                if abs(at - found.start) <= min(gaps, default=0):
                    return True
        return False

    def _basis(self, time: TimeMention) -> str | None:
        if time.basis:
            return time.basis
        return "period" if time.precision in ("month", "year") else None

    def _item(self, clause: Clause, reading: Reading) -> Item | None:
        phrase, noun = reading.phrase, reading.noun
        head = phrase.heads.get(noun)
        text = self.scan.original(head.start, head.end) if head else None
        class_ = _class_of(head, struck=noun == "equipment" and reading.kind == "damaged")
        named = noun != "object" and reading.kind != "losses"
        model = "/".join(phrase.models) or None if named else None
        if reading.kind == "attacks":
            class_ = class_of_attacks(self.scan, clause, reading)
        elif reading.kind in SENT and noun == "weapon":
            if head is None:
                hits = weapon_of_hits(self.scan, reading)
                class_, model = hits or self._weapon_before(clause, phrase, reading)
            if class_ is None or (class_ == "aircraft" and reading.kind in ("launched", "hit")):
                return None  # what carries weapons is not launched, nor does it hit
        elif reading.kind in ("locations_struck", "locations_debris"):
            class_, model = self._weapon_of_places(clause, phrase, reading), None
        elif noun == "person" and reading.kind == "losses":
            class_ = "personnel"
        elif noun == "person" and reading.kind == "outage":
            if not self._named_supply(clause, reading):
                return None  # "Ukraine brought back 12 children"
            class_ = self._supply(clause, reading)
        elif noun == "person":
            class_ = class_of_people(self.scan, clause, reading, self.clauses)
        elif reading.kind == "outage":
            class_ = self._supply(clause, reading)
        elif noun == "reactor" and not self._is_reactor(clause, phrase):
            return None
        elif noun in ("area", "percent", "reactor"):
            class_ = None
        return Item(class_, model, text)

    def _weapon_before(
        self, clause: Clause, phrase: Phrase, reading: Reading
    ) -> tuple[str | None, str | None]:
        """The weapon that an elided noun stands for: the nearest one before it, else one of its own sentence."""
        if phrase.inherited is not None and "weapon" in phrase.inherited.heads:
            whole_ = phrase.inherited
            return whole_.heads["weapon"].term.get("class"), "/".join(whole_.models) or None
        index, intro = clause.sentence.index, clause.sentence.intro
        k = wholes.partitive_before(self.scan, phrase.start, clause.sentence.start)
        part = next((p for p in clause.phrases if p.end == k and "weapon" in p.heads), None)
        if part is None:
            before = self.clauses[index - 1] if index else None
            part = wholes.respective(self.scan, clause, before, phrase)
        if part is not None:  # "18 missiles out of 42"
            return part.heads["weapon"].term.get("class"), "/".join(part.models) or None
        if summed_behind(clause, phrase):
            return "any", None
        if (first := wholes.first_elided(clause, phrase)) is not None:
            return self._weapon_before(clause, first, reading)
        rows = [clause, *reversed(self.clauses[max(0, index - 3) : index])]
        if intro is not None and intro < index - 3:
            rows.append(self.clauses[intro])
        for row in rows:
            named = [
                p
                for p in row.phrases
                if "weapon" in p.heads and (row is not clause or p.start < phrase.start)
            ]
            counted = [p for p in named if p.amount.sort != "bare"]
            counted = [p for p in counted if wholes.may_hold(p, phrase)] or counted
            named = counted or [p for p in named if p.heads["weapon"].term.get("class") != "any"]
            if named:
                found = named[-1]
                partitive = phrase.partitive or phrase.amount.more
                if self.scan.within("rest", phrase.start - 5, phrase.start):
                    return found.heads["weapon"].term.get("class"), None
                model = "/".join(found.models) or None
                return found.heads["weapon"].term.get(
                    "class"
                ), model if partitive or row is clause else None
            stop = phrase.start if row is clause else row.sentence.end
            terms = self._weapons(row.sentence.start, stop)
            if terms:
                return terms[-1].term.get("class"), None
        later = self._weapons(phrase.end, clause.sentence.end)
        if later:
            return later[0].term.get("class"), None
        return reading.predicate.term.get("class"), None

    def _weapon_of_places(self, clause: Clause, phrase: Phrase, reading: Reading) -> str:
        """The weapons that struck a number of places: those counted with them in the sentence, else any."""
        of = reading.predicate.term.get("class") or self._fallen_of(clause, phrase)
        if reading.kind == "locations_debris" and of is not None:
            return str(of)
        if (beside := self._hit_there(clause, phrase, reading)) is not None:
            return beside
        index = clause.sentence.index
        forces = self.scan.within("forces", clause.sentence.start, phrase.start)
        if any(f.tags and all(t.startswith("ins.") for t in f.tags) for f in forces):
            return "any"  # struck by aircraft, drones and artillery
        told: set[str | None] = set()
        for row in [clause, *reversed(self.clauses[max(0, index - _BACK) : index])]:
            if row.sentence.paragraph != clause.sentence.paragraph:
                break
            told |= self._weapons_of(row, phrase if row is clause else None)
            if told and row is clause:
                break
        return str(told.pop()) if len(told) == 1 else "any"

    def _weapons_of(self, row: Clause, places: Phrase | None) -> set[str | None]:
        """The classes of the weapons that a sentence counts, else names; of that with the `places`, those not told behind."""
        stop = row.sentence.end if places is None else self._own_end(row, places)
        weapons = [p for p in row.phrases if "weapon" in p.heads and p.start < stop]
        counted = {p.heads["weapon"].term.get("class") for p in weapons}
        counted |= {c for p in weapons if (c := self._joined_to(p)) is not None}
        named = {f.term.get("class") for f in self._weapons(row.sentence.start, stop)}
        debris = self.scan.within("debris", row.sentence.start, row.sentence.end)
        fallen = {f.term.get("class") for f in debris if f.term.get("class")}
        return (counted or named or fallen) - {"aircraft"}  # what carries weapons

    def _own_end(self, row: Clause, places: Phrase) -> int:
        """Where the clause ends that counts places: "hits at 31 sites, *and eight drones* were lost"."""
        tokens = self.scan.tokens
        joined = (
            k
            for k in range(places.end, row.sentence.end - 1)
            if tokens[k].text == "," and self.scan.at(k + 1, "conj")
        )
        return next(joined, row.sentence.end)

    def _fallen_of(self, clause: Clause, phrase: Phrase) -> str | None:
        """The class of the weapons whose debris fell, where the words for it name them: "wreckage of downed drones fell"."""
        debris = self.scan.within("debris", clause.sentence.start, phrase.start)
        if not debris:
            return None
        last = debris[-1]
        of = self.scan.at(last.end, "partitive")
        stop = min(last.end + _NAME, phrase.start) if of is not None else last.end
        named = self._weapons(last.start, stop)
        class_ = named[0].term.get("class") if named else last.term.get("class")
        return None if class_ is None else str(class_)

    def _hit_there(self, clause: Clause, phrase: Phrase, reading: Reading) -> str | None:
        """The class of the weapons counted right before the places that they hit; any for several."""
        before = [p for p in clause.phrases if p.end <= phrase.start]
        if not before or before[-1].start < phrase.start - 8:
            return None
        last, heads = before[-1], before[-1].heads
        if last.elided and last.amount.sort != "rest":
            return self._weapon_before(clause, last, reading)[0]
        if "weapon" not in heads:
            return None
        classes = {heads["weapon"].term.get("class")}
        for p in reversed(before[:-1]):
            between = range(p.end, last.start)
            if "weapon" not in p.heads or not all(
                self.scan.tokens[i].text == "," or self.scan.at(i, "conj") for i in between
            ):
                break
            classes.add(p.heads["weapon"].term.get("class"))
            last = p
        if (joined := self._joined_to(last)) is not None:
            classes.add(joined)
        return str(classes.pop()) if len(classes) == 1 else "any"

    def _joined_to(self, phrase: Phrase) -> str | None:
        """The class of weapons without a number that a conjunction joins to counted ones: "missiles and 39 drones"."""
        k = phrase.start - 1
        if k < 1 or self.scan.at(k, "conj") is None:
            return None
        before = [f for f in self._weapons(max(0, k - _NAME), k) if f.end == k]
        return str(before[-1].term.get("class")) if before else None

    def _weapons(self, first: int, last: int) -> list[Found]:
        """Weapon words that are no carriers and no words for any target."""
        found = self.scan.within("weapon", first, last)
        found = [f for f in found if not common_noun(self.scan, f)]
        return [f for f in found if f.term.get("kind") != "means" and f.term.get("class") != "any"]

    def _named_supply(self, clause: Clause, reading: Reading) -> bool:
        """Whether light, water, heat or gas is told of, by the verb itself or by a word here or shortly before."""
        index = clause.sentence.index
        rows = self.clauses[max(0, index - 2) : index + 1]
        told = any(
            self.scan.within("supply", r.sentence.start, r.sentence.end)
            or any(p.term.get("frame") == "cut" for p in r.predicates)
            for r in rows
        )
        return told or reading.predicate.term.get("class") is not None

    def _supply(self, clause: Clause, reading: Reading) -> str:
        """What was cut off or restored: by the predicate itself, else the nearest supply word, else power."""
        if (class_ := reading.predicate.term.get("class")) is not None:
            return str(class_)
        index = clause.sentence.index
        for row in [clause, *reversed(self.clauses[max(0, index - 2) : index])]:
            found = self.scan.within("supply", row.sentence.start, row.sentence.end)
            found = found or customers.mains(self.scan, row.sentence.start, reading.phrase.start)
            if found:
                at = reading.phrase.start
                return str(min(found, key=lambda f: abs(f.start - at)).term.get("class"))
        return "power"


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places without one told twice: "in a district of Kharkiv, in Kharkiv"."""
    return tuple({(p.name, p.code): p for p in places}.values())


def _long(time: TimeMention | None) -> bool:
    """Whether a time is no night or day: what is counted over it is not of one place told before."""
    if time is None:
        return False
    return time.basis is not None or time.precision in ("month", "year")


def _hours(amount: Amount) -> Quantity:
    """A duration in hours with its bound."""
    low = None if amount.low is None else whole(float(amount.low) * amount.factor)
    high = None if amount.high is None else whole(float(amount.high) * amount.factor)
    return Quantity(low, high, amount.bound, "hour")


def _modality(word: str) -> Modality:
    return word if word in ("asserted", "denied", "planned", "possible") else "asserted"  # type: ignore[return-value]


def _class_of(head: Found | None, *, struck: bool) -> str | None:
    """The class of a noun; of equipment that was only struck, that of a thing."""
    class_: str | None = head.term.get("class") if head else None
    return _STRUCK.get(str(class_), "military") if struck else class_
