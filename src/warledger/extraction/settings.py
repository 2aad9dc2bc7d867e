"""Where each claim's time, place and modality are looked for within the report.

Enters: the report's mentions of time and place, and the position of a claim. Leaves: periods, places, modality.
Does not belong here: finding the mentions (`timing`, `placing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from warledger.extraction import siting
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import SIDE_OF_COUNTRY, Mention, Places
from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.siting import WIDE, level, specific, tells_where
from warledger.extraction.spans import TimeMention

# Told of a whole country or front unless their own clause names a place.
_NATIONWIDE = frozenset(
    {"launched", "intercepted", "lost", "losses", "area_captured", "nuclear_status", "prisoners"}
)
_WEAPONS = frozenset({"launched", "intercepted", "lost"})
# Where the passage names no place, these happened where the headline says.
_AT_HOME = frozenset(
    {
        "killed",
        "wounded",
        "casualties",
        "missing",
        "rescued",
        "evacuated",
        "outage",
        "damaged",
    }
)
_HARMED = ("killed", "wounded", "casualties")
_WAR = 1000  # people whom no single place lost
# How many sentences back a passage is read: longer ones are no passage, and time must not grow with their square.
_REACH = 30
_STRUCK = frozenset({"hit", "damage", "target", "kill", "wound", "cut", "fall", "destroy"})
_APART = 3.0  # the cost of a semicolon between a number and a time
_WORDS = 2  # words of an attack before its day
_DATELINE = 6  # tokens in which the towns of a dateline stand
_TOWN = 4  # the level of a town, as `siting.level` tells it
_PAIR = 2  # towns told together that what follows is of both; of more it is of their region
_TALLY_OPENS = 3  # sentences in which a month told before any day is that of the whole report
_OPENING = 6  # sentences in which a report tells what day it is of
_AT_LEAD = _AT_HOME | {"hit", "locations_struck", "locations_debris", "evacuated"}
_OUTCOMES = frozenset({"hit", "locations_struck", "locations_debris"})
_ASTRAY, _OWN_WORDS = 8, 4


def _third(m: Mention) -> bool:
    """Whether a country is no party of any war told of here: what came down there came astray."""
    return m.record.country not in SIDE_OF_COUNTRY


class Setting(msgspec.Struct, eq=False):
    """All that a report tells of when and where, ready to be asked about a position."""

    scan: Scan
    sentences: list[Sentence]
    times: dict[int, list[TimeMention]]
    places: Places
    anchor: date | None
    home: list[Mention]
    own: list[Mention] = []  # where the body is whose own page the report stands on
    days: list[TimeMention | None] = []  # the one day of the report, once it was asked for

    def time_at(
        self, clause: Clause, start: int, end: int, *, own_only: bool = False
    ) -> TimeMention | None:
        """The time of a clause's own words, else of its passage, else of the report's lead.

        With `own_only` the lead is not asked: what it tells of is another event.
        """
        for weak in (False, True):
            own = self._own_time(clause, start, end, weak)
            if own is not None:
                return own
            sentence = clause.sentence
            intro = self.sentences[sentence.intro] if sentence.intro is not None else None
            other: TimeMention | None = None
            for index in self._passage(sentence, intro):
                rows = [t for t in self.times[index] if not (t.statement or t.background)]
                rows = [t for t in rows if t.weak == weak and not t.behind]
                rows = [t for t in rows if not t.since or t.precision == "day"]
                rows = [t for t in rows if not self._compared(self.sentences[index].start, t.start)]
                own_rows = [t for t in rows if not self._of_another(t)]
                # "in November, double October's gains": an owner's time only where there is no other
                own_rows = [t for t in own_rows if not self.scan.possessive(t.end)] or own_rows
                if own_rows:
                    return own_rows[-1]
                other = other or (rows[-1] if rows else None)
            if other is not None:
                return other
            if not own_only and (lead := self._lead(weak)):
                return lead
        if own_only:
            return None
        return self._today() or self._only_day() or self._stated()

    def _of_another(self, row: TimeMention) -> bool:
        """Whether a time only tells which attack something came after: "heat was back after the attack of 9 January"."""
        k = row.start - 1
        if k > 0 and self.scan.at(k, "prep", "partitive") is not None:
            k -= 1
        if k < 1 or self.scan.at(k, "attack_noun") is None:
            return False
        return any(
            self.scan.at(i, "prep", "since", "comparing") is not None
            and self.scan.at(i, "place_prep") is None
            for i in range(max(0, k - _WORDS), k)
        )

    def stated_in(self, sentence: Sentence) -> TimeMention | None:
        """The day as of which a sentence tells what it counts, where it gives no other."""
        rows = self.times[sentence.index]
        return next((t for t in rows if t.statement and t.precision == "day" and not t.weak), None)

    def lead(self) -> TimeMention | None:
        """The day that the report's first sentences tell of."""
        return self._lead(weak=False) or self._lead(weak=True)

    def _only_day(self) -> TimeMention | None:
        """The one day that all of a report tells of; found once."""
        if not self.days:
            self.days.append(self._one_day())
        return self.days[0]

    def _one_day(self) -> TimeMention | None:
        told = [t for s in self.sentences for t in self.times[s.index]]
        rows = [t for t in told if not (t.statement or t.relative)]
        days = {(t.first, t.last) for t in rows}
        brief = all(t.precision in ("day", "night") and not t.background for t in rows)
        return rows[0] if len(days) == 1 and brief else None

    def _stated(self) -> TimeMention | None:
        """The day as of which a report speaks, where it gives no other."""
        for sentence in self.sentences[:_OPENING]:
            for row in self.times[sentence.index]:
                if row.statement and row.precision == "day":
                    return row
        return None

    def _today(self) -> TimeMention | None:
        """The day of publication, where the report only tells a part of the day ("by noon")."""
        for sentence in self.sentences[:_OPENING]:
            for f in self.scan.within("day_part", sentence.start, sentence.end):
                if self.anchor is not None:
                    return TimeMention(f.start, f.end, self.anchor, self.anchor, "day", weak=True)
        return None

    def _own_time(self, clause: Clause, start: int, end: int, weak: bool) -> TimeMention | None:
        rows = [t for t in self.times[clause.sentence.index] if not t.statement and t.weak == weak]
        best, least = None, 1e9
        ahead = [t for t in rows if t.end <= start]
        if ahead and self._each_before(clause, rows):
            return ahead[-1]
        for row in rows:
            if self._compared(end, row.start) or self._compared(row.end, start):
                continue
            if row.behind and row.start >= end:
                continue
            if row.end <= start:
                cost = clause.crossing(row.end, start)
            elif row.start >= end:
                cost = clause.crossing(end, row.start) + 0.3
            else:
                cost = 0.0
            if any(self.scan.tokens[i].text == ";" for i in range(row.end, start)) or any(
                self.scan.tokens[i].text == ";" for i in range(end, row.start)
            ):
                cost += _APART
            if cost < least:
                best, least = row, cost
        if best is not None and best.since and start >= best.end and self._told_there(best.end):
            return msgspec.structs.replace(best, since=False)
        return best

    def _told_there(self, end: int) -> bool:
        """Whether what follows a time is told of it: "since 19 November, when 31 people died"."""
        comma = end < len(self.scan.tokens) and self.scan.tokens[end].text == ","
        k = end + comma
        if k >= len(self.scan.tokens):
            return False
        opener = self.scan.at(k, "relative", "conj")
        if opener is None:
            return False
        return opener.term.type == "relative" or (comma and opener.term.get("joins") == "but")

    def _each_before(self, clause: Clause, rows: list[TimeMention]) -> bool:
        """Whether a sentence tells each time before its numbers: "two were hurt" on one day, "four" on the next."""
        counted = [p.start for p in clause.phrases]
        if len(rows) < 2 or not counted or rows[0].start > counted[0]:
            return False
        stops = [*(t.start for t in rows[1:]), clause.sentence.end]
        return all(
            any(t.end <= p < stop for p in counted) for t, stop in zip(rows, stops, strict=True)
        )

    def state_at(self, clause: Clause, start: int, end: int) -> TimeMention | None:
        """When a state told of holds: on the day of its own words, else on that of publication."""
        own = self._own_time(clause, start, end, weak=False)
        if self.anchor is None or (own is not None and not own.since and own.precision == "day"):
            return own
        return TimeMention(start, end, self.anchor, self.anchor, "day", weak=True)

    def _compared(self, a: int, b: int) -> bool:
        """Whether what stands behind is only compared with what stands before: "286, compared with 232 in June"."""
        return any(
            not f.term.get("counted") or (f.end < b and self.scan.tokens[f.end].kind == "n")
            for f in self.scan.within("comparing", a, b)
        )

    def _passage(self, sentence: Sentence, intro: Sentence | None) -> list[int]:
        """Earlier sentences whose time still holds: those of the paragraph, then the list's introduction."""
        rows = []
        index = sentence.index - 1
        last = max(0, sentence.index - _REACH)
        while index >= last and self.sentences[index].paragraph == sentence.paragraph:
            rows.append(index)
            index -= 1
        if intro is not None and intro.index not in rows:
            rows.append(intro.index)
        return rows

    def _lead(self, weak: bool) -> TimeMention | None:
        for sentence in self.sentences[:8]:
            rows = [t for t in self.times[sentence.index] if not (t.statement or t.since)]
            rows = [t for t in rows if not t.background]
            rows = [t for t in rows if t.weak == weak]
            days = [t for t in rows if t.precision in ("day", "night", "range")]
            if days:
                return days[0]
            if rows and sentence.index < _TALLY_OPENS and rows[0].precision == "month":
                return rows[0]
        return None

    def places_at(
        self, clause: Clause, phrase: Phrase, kind: str, *, long: bool = False
    ) -> list[Mention]:
        """The places of a quantified phrase: those of its part of the sentence, else of its passage."""
        if kind == "lost" and (beyond := self._beyond_borders(clause, phrase)):
            return beyond
        part = siting.part_behind(self.scan, clause, phrase)
        here = self._usable(clause.sentence.index)
        if kind == "evacuated":
            here = self._emptied(clause.sentence.index) or here
        here = [m for m in here if part is None or m.start < part]
        rows = siting.respective(self.scan, here, clause, phrase)
        rows = rows or siting.here(self.scan, here, clause, phrase, shared=kind in _AT_HOME)
        if kind == "launched":
            rows = [m for m in rows if not siting.bracketed(self.scan, phrase, m)]
        if kind == "nuclear_status":
            rows = [m for m in rows if m.record.kind not in WIDE]  # a plant bears its region's name
        sentence = clause.sentence
        if rows:
            within = self._within_region(sentence, rows)
            return within or specific(rows)
        if kind in _NATIONWIDE:
            goes_on = phrase.elided or phrase.partitive
            told = self._told_of(sentence) if goes_on else []
            if kind == "area_captured" and not long:
                passing = self._passing(sentence)
                return [m for m in passing if m.record.kind == "oblast"]
            if kind == "nuclear_status":
                return []
            told = told or self._unnamed(sentence) or self._introduced(sentence)
            told = told or self._on_own_page(sentence) or self._struck_here(sentence)
            told = told or [m for m in self._land(clause, phrase) if _third(m)]
            return told if kind in _WEAPONS else []
        dead = kind in _HARMED and float(phrase.amount.low or 0) >= _WAR
        land = self._land(clause, phrase) if kind in _HARMED or kind in _AT_HOME else []
        if dead or self._in_country(clause, phrase):
            return land or [m for m in self.home if dead and level(m) < _TOWN]
        if kind in _AT_HOME and (unnamed := self._unnamed(sentence)):
            return unnamed
        topic = [m for m in self._topic(sentence) if part is None or m.start < part]
        if long or topic:
            told = topic or self._with_time(sentence, kind)
            return told or (self.home if kind in _AT_HOME else [])
        rows = land or self._passing(sentence) or self._of_report(sentence, kind)
        rows = rows or (self._land_before(sentence) if kind in _HARMED else [])
        return [m for m in rows if part is None or not part <= m.start < sentence.end]

    def _with_time(self, sentence: Sentence, kind: str) -> list[Mention]:
        """The town of the sentence right before, which tells the month of what happened there: "in April 2024"."""
        before = next(self._back(sentence), None)
        if kind not in _HARMED or before is None or self.times[sentence.index]:
            return []
        rows = [m for m in self._usable(before) if m.role in ("in", "bare")]
        rows = specific(siting.last_run(self.scan, rows))
        months = [t for t in self.times[before] if t.precision == "month" and not t.basis]
        return rows if len(rows) == 1 and months and level(rows[0]) == _TOWN else []

    def _counts_whole(self, sentence: Sentence) -> bool:
        """Whether the passage counts weapons of a whole attack, told before without a place."""
        for index in self._back(sentence):
            before = self.sentences[index]
            if self._usable(index):
                return False
            deeds = self.scan.within("predicate", before.start, before.end)
            frames = {f.term.get("frame") for f in deeds}
            if frames & {"launch", "intercept"} and self.scan.within(
                "weapon", before.start, before.end
            ):
                return True
        return False

    def _on_own_page(self, sentence: Sentence) -> list[Mention]:
        """Where a local body's own page tells of: the place named last in the paragraph, else its town or region."""
        return (self._passing(sentence) or self.own) if self.own else []

    def _passing(self, sentence: Sentence) -> list[Mention]:
        """The place that the sentences before in the paragraph tell of: the last one, or the last list of them.

        The area of an official who speaks there counts where no town in it was named before.
        """
        office: list[Mention] = []
        for index in self._back(sentence):
            rows = [m for m in self._usable(index) if m.record.kind != "water"]
            rows = [m for m in rows if not self._dateline(m)]
            if not rows:
                continue
            if rows[-1].role == "office":
                office = office or rows[-1:]
                continue
            told = specific(siting.last_run(self.scan, rows))
            if office:
                return told if tells_where(office[0], told[-1]) else office
            return self._headed_by(index, told) if len(told) > _PAIR else told
        return office

    def _back(self, sentence: Sentence) -> Iterator[int]:
        """The sentences before in the same paragraph, the nearest first."""
        for index in range(sentence.index - 1, max(-1, sentence.index - _REACH), -1):
            if self.sentences[index].paragraph != sentence.paragraph:
                return
            yield index

    def _headed_by(self, index: int, towns: list[Mention]) -> list[Mention]:
        """The region that an earlier sentence of the paragraph sets several towns in, else the towns."""
        for before in self._back(self.sentences[index]):
            rows = [m for m in self._usable(before) if m.role != "office"]
            if rows:
                region = rows[-1]
                inside = all(level(m) > level(region) and tells_where(region, m) for m in towns)
                return [region] if inside else towns
        return towns

    def _within_region(self, sentence: Sentence, rows: list[Mention]) -> list[Mention]:
        """The town told of before in the paragraph, where a sentence only names the region of who speaks."""
        if any(m.role != "office" for m in rows):
            return []
        told = self._passing(sentence)
        return told if told and level(told[0]) == 4 and tells_where(rows[0], told[0]) else []

    def _of_report(self, sentence: Sentence, kind: str) -> list[Mention]:
        """The place of the headline, of the lead, or of the office that speaks."""
        if kind in _OUTCOMES and self._counts_whole(sentence):
            return []
        lead = self._lead_place() if kind in _AT_LEAD else []
        if self.home and not (lead and self._nearer(lead[0], self.home[0])):
            lead = self.home if kind in _AT_HOME else []
        if kind == "attacks":
            lead = lead or self.own
        return lead or self._offices(sentence) or self._region(kind)

    def _nearer(self, place: Mention, home: Mention) -> bool:
        """Whether the lead tells more closely where it was than the headline: a town near the headline's."""
        near = place.record.oblast_code and place.record.oblast_code == home.record.oblast_code
        apart = place.record.name != home.record.name
        if not home.resolved and place.resolved and place.role == "in":
            return True
        told = place.role == "in" or self._heads(place)
        return bool(near) and apart and told and place.resolved and home.resolved

    def _heads(self, place: Mention) -> bool:
        """Whether a place opens the report as its heading: "Novorossiysk: what is known"."""
        tokens = self.scan.tokens
        return place.start <= 1 and place.end < len(tokens) and tokens[place.end].text in ":."

    def _region(self, kind: str) -> list[Mention]:
        """The region that a report opens with and never leaves."""
        rows = [
            m for m in self.places.mentions if m.record.kind not in ("country", "water", "river")
        ]
        rows = [m for m in rows if m.role in ("in", "bare", "office")]
        if (
            kind not in _AT_LEAD
            or self.home
            or not rows
            or rows[0].record.kind not in ("oblast", "region")
        ):
            return []
        code = rows[0].record.oblast_code or rows[0].record.code
        same = all(m.record.oblast_code == code or not m.resolved for m in rows[1:])
        opens = rows[0].start < self.sentences[0].end
        return rows[:1] if code and same and opens else []

    def _lead_place(self) -> list[Mention]:
        """The one town that the report's first sentences tell of; the place of a dateline is not told of."""
        for sentence in self.sentences[:2]:
            rows = [m for m in specific(self._usable(sentence.index)) if not self._dateline(m)]
            if rows:
                return rows if len(rows) == 1 and rows[0].record.kind not in WIDE else []
        return []

    def _dateline(self, m: Mention) -> bool:
        """Whether a place opens the report as one that it was sent from: "KYIV/LONDON, Dec. 6 (Agency) –"."""
        tokens, first = self.scan.tokens, m.start
        if m.role == "in" or m.start > _DATELINE:
            return False
        for before in reversed(self.places.mentions):
            if before.end == first - 1 and tokens[before.end].text == "/":
                first = before.start
        k = m.end
        while k + 1 < len(tokens) and tokens[k].text == "/" and tokens[k + 1].capital:
            k = next((b.end for b in self.places.mentions if b.start == k + 1), k + 2)
        if first > 1 or k + 1 >= len(tokens) or tokens[k].text not in ",(–.":
            return False
        nation = self.scan.at(m.start, "nation")
        capital = nation is not None and bool(nation.term.get("metonym"))
        return tokens[k].text != "." or capital or not self._goes_on(k + 1)

    def _goes_on(self, k: int) -> bool:
        """Whether a report goes on behind its place with words, and not with a date or an agency."""
        token = self.scan.tokens[k]
        return token.kind == "w" and self.scan.at(k, "voice", "month") is None

    def _offices(self, sentence: Sentence) -> list[Mention]:
        """The area of the office that speaks: a governor tells of what happened in the region."""
        first = max(0, sentence.index - 2)
        rows = [m for n in range(first, sentence.index + 1) for m in self.places.by_sentence[n]]
        return [m for m in rows if m.role == "office"][-1:]

    def _beyond_borders(self, clause: Clause, phrase: Phrase) -> list[Mention]:
        """The states and places that weapons went astray to, named right behind their number."""
        rows = self.places.by_sentence[clause.sentence.index]
        after = min((p.start for p in clause.phrases if p.start >= phrase.end), default=10**9)
        rows = [m for m in rows if phrase.end <= m.start < after]
        rows = [m for m in rows if m.role == "toward" or m.record.kind == "country"]
        return siting.run(self.scan, rows) if rows and rows[0].start - phrase.end <= _ASTRAY else []

    def _told_of(self, sentence: Sentence) -> list[Mention]:
        """Where the weapons of the sentence before were, when a number only goes on about them."""
        before = self.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.paragraph != sentence.paragraph:
            return []
        deeds = self.scan.within("predicate", before.start, before.end)
        if not any(f.term.get("frame") in ("launch", "target") for f in deeds):
            return []
        rows = [m for m in self._usable(before.index) if m.record.kind != "water"]
        return specific(rows) if rows and len(siting.run(self.scan, rows)) == len(rows) else []

    def _in_country(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the words say that the number is of a whole country."""
        rows = self.places.by_sentence[clause.sentence.index]
        countries = [m for m in rows if m.record.kind == "country"]
        return any(
            (m.role == "in" and 0 <= m.lead - phrase.end <= _OWN_WORDS)
            or (m.role in ("in", "owner", "voice") and 0 <= phrase.start - m.end <= _OWN_WORDS)
            for m in countries
        )

    def _land(self, clause: Clause, phrase: Phrase) -> list[Mention]:
        """The country that the sentence says a number is of, where it names nothing narrower: "hurt in Israel"."""
        rows = self.places.by_sentence[clause.sentence.index]
        rows = [m for m in rows if m.record.kind == "country" and m.role == "in"]
        rows.sort(key=lambda m: clause.crossing(*sorted((m.start, phrase.start))))
        return rows[:1]

    def _land_before(self, sentence: Sentence) -> list[Mention]:
        """The country that the sentences before in the paragraph are set in."""
        for index in self._back(sentence):
            rows = self.places.by_sentence[index]
            rows = [m for m in rows if m.record.kind == "country" and m.role == "in"]
            if rows:
                return rows[-1:]
        return []

    def _introduced(self, sentence: Sentence) -> list[Mention]:
        """Where the line that introduces a list sets its items: "Used against the region: 4 bombs, 2 drones"."""
        if sentence.intro is None:
            return []
        rows = [m for m in self._usable(sentence.intro) if m.record.kind != "water"]
        return specific(rows) if rows and len(siting.run(self.scan, rows)) == len(rows) else []

    def _struck_here(self, sentence: Sentence) -> list[Mention]:
        """The town that the sentence right before tells an attack on, where this one goes on about its weapons."""
        rows = self.places.by_sentence[sentence.index]
        own = [t for t in self.times[sentence.index] if not (t.relative or t.weak)]
        before = next(self._back(sentence), None)
        if own or before is None or any(m.record.kind == "country" for m in rows):
            return []
        last = self.sentences[before]
        deeds = self.scan.within("predicate", last.start, last.end)
        if not any(f.term.get("frame") in _STRUCK for f in deeds):
            return []
        told = specific([m for m in self._usable(before) if m.role == "in"])
        return told if len(told) == 1 and level(told[0]) == _TOWN else []

    def _unnamed(self, sentence: Sentence) -> list[Mention]:
        """The headline's place where a sentence only says "the region", "the city"."""
        for f in self.scan.within("region_noun", sentence.start, sentence.end):
            if f.end < sentence.end and self.scan.at(f.end, "object") is not None:
                continue  # "to the city hospital"
            k = f.start - 2 if f.start > 1 and self._adjective(f.start - 1) else f.start - 1
            k -= k > 0 and self.scan.definite(k)
            lead = self.scan.at(k, "place_prep") if k >= 0 else None
            if lead is not None and lead.term.get("role") is None:
                return self.home
        return []

    def _adjective(self, k: int) -> bool:
        """Whether an unknown capitalised word stands between a preposition and a district: «в Салтовский район»."""
        token = self.scan.tokens[k]
        plain = token.kind == "w" and token.capital and k not in self.scan.starting
        return plain and not any(m.start <= k < m.end for m in self.places.mentions)

    def _usable(self, index: int) -> list[Mention]:
        """The sentence's places that something can have happened at: no country or river, no launch area, no heading for.

        The region that an official is of counts only where no other place is named.
        """
        rows = self.places.by_sentence[index]
        rows = [m for m in rows if m.record.kind not in ("country", "river")]
        named = [m for m in rows if m.role in ("in", "bare")]
        return named or [m for m in rows if m.role == "office"]

    def _emptied(self, index: int) -> list[Mention]:
        """The places that people were brought out of: "90 people left Kramatorsk"."""
        rows = self.places.by_sentence[index]
        return [m for m in rows if m.role == "from" and m.record.kind not in ("country", "river")]

    def _topic(self, sentence: Sentence) -> list[Mention]:
        """The place that a list item or line is headed by, or its own first place."""
        rows = self._usable(sentence.index)
        if rows and rows[0].start - sentence.start <= 4:
            return specific(siting.run(self.scan, rows))
        return specific(rows[:1])
