"""Where each claim's place is looked for within the report; its time is by what `dating` holds.

Enters: the report's mentions of place, and the position of a claim. Leaves: places.
Does not belong here: finding the mentions (`placing`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warledger.extraction import referring, siting
from warledger.extraction.clauses import Clause
from warledger.extraction.dating import REACH, Dated
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import SIDE_OF_COUNTRY, Mention, Places
from warledger.extraction.scan import Found
from warledger.extraction.sentences import Sentence
from warledger.extraction.siting import WIDE, level, specific, tells_where

# Told of a whole country or front unless their own clause names a place.
_NATIONWIDE = frozenset(
    {"launched", "intercepted", "lost", "losses", "area_captured", "nuclear_status", "prisoners"}
)
_OPENS = 1  # tokens of a sentence before the time that it opens with
_WEAPONS = frozenset({"launched", "intercepted", "lost"})
# Where the passage names no place, these happened where the headline says.
_ELSEWHERE = ("from", "toward")  # roles of places that something is not told of
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
_STRUCK = frozenset({"hit", "damage", "target", "kill", "wound", "cut", "fall", "destroy"})
_HARM = frozenset({"damage", "destroy", "kill", "wound", "cut"})
_SENT_AT = frozenset({"hit", "target", "launch"})  # a strike itself, not whom it harmed
_THEIRS = 4  # tokens of a sentence in which it tells whose side it is set on
_DATELINE = 6  # tokens in which the towns of a dateline stand
_TOWN = 4  # the level of a town, as `siting.level` tells it
_PAIR = 2  # towns told together that what follows is of both; of more it is of their region
_AT_LEAD = _AT_HOME | {"hit", "locations_struck", "locations_debris", "evacuated"}
_OUTCOMES = frozenset({"hit", "locations_struck", "locations_debris"})
_ASTRAY, _OWN_WORDS = 8, 4
_BROUGHT = 3  # words of a verb that brings the hurt to a hospital: "taken to hospital"
_BULLETIN = 5  # sentences in which a bulletin counts what became of the weapons of one attack


def _third(m: Mention) -> bool:
    """Whether a country is no party of any war told of here: what came down there came astray."""
    return m.record.country not in SIDE_OF_COUNTRY


_WHOLE = 4  # tokens between a percentage and the whole that it is of


class Setting(Dated, eq=False, kw_only=True):
    """All that a report tells of when and where, ready to be asked about a position."""

    places: Places
    home: list[Mention]
    # where the body is whose own page the report stands on
    own: list[Mention] = msgspec.field(default_factory=list)
    land: str = ""  # the country that all its towns are in
    # by sentence, "the country" and what it means there
    lands: dict[int, list[Mention]] = msgspec.field(default_factory=dict)

    def places_at(
        self, clause: Clause, phrase: Phrase, kind: str, *, long: bool = False
    ) -> list[Mention]:
        """The places of a quantified phrase; none where it is told of a country that nothing names.

        A nationwide attack has none either, nor has a tally of the whole country that the report is about.
        """
        if kind == "area_share" and (
            (whole := self._share_of(clause, phrase)) or self._of_lands(phrase)
        ):
            return whole
        sums = self.own and self._sums_up(clause.sentence)
        rows = self.own if sums else self._told_at(clause, phrase, kind, long=long)
        told = [m for found in self.lands.values() for m in found] if kind not in _AT_HOME else []
        rows = [m for m in rows if m.record.name and m not in told]
        return [m for m in rows if m.record.kind != "country" or m.record.country != self.land]

    def _told_at(self, clause: Clause, phrase: Phrase, kind: str, *, long: bool) -> list[Mention]:
        """The places of the phrase's part of the sentence, else of its passage."""
        if kind == "lost" and (beyond := self._beyond_borders(clause, phrase)):
            return beyond
        part = siting.part_behind(self.scan, clause, phrase)
        here = self._named(clause.sentence.index, kind)
        here = [m for m in here if part is None or m.start < part]
        rows = siting.respective(self.scan, here, clause, phrase)
        shared = kind in _AT_HOME or (
            kind in _WEAPONS and siting.coordinated(self.scan, clause, phrase, here)
        )
        rows = rows or siting.here(self.scan, here, clause, phrase, shared=shared)
        if kind == "launched":
            rows = [m for m in rows if not siting.bracketed(self.scan, phrase, m)]
            rows = [m for m in rows if not self._of_harm(phrase, m)]
        if kind == "nuclear_status":
            rows = [
                m for m in rows if m.record.kind == "plant"
            ]  # it bears its town's or region's name
        if kind == "prisoners":
            rows = [m for m in rows if self._set_at(m)]
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
            told = told or self._on_own_page(sentence) or self._struck_here(sentence, kind)
            told = told or [m for m in self._land(clause, phrase) if _third(m)]
            told = self._sent_toward(clause, phrase, kind) or told
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
            told = told or (self._passing(sentence) if self._there(sentence) else [])
            told = told or (self._land_before(sentence) if kind in _HARMED else [])
            return told or (self.home if kind in _AT_HOME else [])
        single = kind == "hit" and phrase.amount.high == 1  # of no whole attack
        rows = land or self._told_before(sentence, kind, single=single)
        rows = rows or (self._land_before(sentence) if kind in _HARMED else [])
        return [m for m in rows if part is None or not part <= m.start < sentence.end]

    def harmed_at(self, clause: Clause) -> list[Mention]:
        """Where a thing was harmed that its own sentence sets nowhere: where the passage before is, as with people."""
        told = self._unnamed(clause.sentence) or self._passing(clause.sentence)
        rows = [m for m in told if m.record.name and m.record.kind != "country"]
        return rows if len(rows) == 1 else []

    def _told_before(self, sentence: Sentence, kind: str, *, single: bool) -> list[Mention]:
        """The place that the passage tells of, else the report; none where an air force counts hits over the country."""
        whole = self._of_whole_sky(sentence) or self._aimed_before(sentence)
        if kind in _OUTCOMES and not single and whole:
            return []  # "it shot down 406 drones; 52 hit 25 locations"
        return self._passing(sentence) or self._of_report(sentence, kind, single=single)

    def _of_harm(self, phrase: Phrase, m: Mention) -> bool:
        """Whether a place behind weapons only tells what they did, and where: "fired 45 missiles, killing two in Odesa"."""
        deeds = self.scan.within("predicate", phrase.end, m.lead)
        harm = [f for f in deeds if f.term.get("frame") in _HARM]
        return bool(harm) and any(
            self.scan.tokens[i].text == "," for i in range(phrase.end, harm[0].start)
        )

    def _sums_up(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with a span of days: what it counts is of all that a body's own page tells of."""
        if self.places.by_sentence[sentence.index]:
            return False
        spans = [t for t in self.times[sentence.index] if t.precision == "range"]
        return any(t.start - sentence.start <= _OPENS and t.last > t.first for t in spans)

    def _set_at(self, m: Mention) -> bool:
        """Whether a place is where something is, and not whose people are told of: "four residents of Sudzha"."""
        taken = any(
            f.end == m.start and f.term.get("frame") == "imprison"
            for f in self.scan.within("predicate", m.start - 4, m.start)
        )
        return taken or (m.role == "in" and self.scan.at(m.lead, "partitive") is None)

    def _named(self, index: int, kind: str) -> list[Mention]:
        """The places that a sentence names for numbers of that kind: those left behind for people brought away."""
        rows = self._usable(index)
        if kind == "evacuated":
            return self._emptied(index) or rows
        if kind == "wounded":
            return [m for m in rows if not self._of_hospital(m)] or rows
        return rows

    def _of_hospital(self, m: Mention) -> bool:
        """Whether a place only tells where the hospitals are that the hurt were brought to: "to hospitals in Kyiv"."""
        at = m.lead if m.role == "in" and m.lead < m.start else m.start
        brought = self.scan.within("predicate", max(0, at - _BROUGHT - 1), at)
        brought = [f for f in brought if f.end == at and f.term.get("frame") == "wound"]
        if any(f.end - f.start >= _BROUGHT for f in brought):
            return True
        nouns = [f for f in self.scan.within("object", max(0, at - 2), at) if f.end == at]
        if not any(f.term.get("class") == "hospital" for f in nouns):
            return False
        lead = self.scan.at(nouns[0].start - 1, "prep", "place_prep") if nouns[0].start else None
        return lead is not None

    def _there(self, sentence: Sentence) -> bool:
        """Whether a word says that something was where the sentence before is set; not "there were"."""
        found = self.scan.within("there_word", sentence.start, sentence.end)
        return any(self.scan.at(f.end, "aux") is None for f in found)

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
            if self._usable(index):
                return False
            if self._weapons_told(index, "launch", "intercept"):
                return True
        return False

    def _in_bulletin(self, sentence: Sentence) -> bool:
        """Whether weapons shot down are counted without a place right before or beside: what got through is no town's."""
        near = range(sentence.index, max(-1, sentence.index - _BULLETIN), -1)
        return any(self._weapons_told(n, "intercept") and not self._usable(n) for n in near)

    def _weapons_told(self, index: int, *frames: str) -> bool:
        """Whether a sentence tells of weapons with a verb of one of the frames."""
        told = self.sentences[index]
        deeds = self.scan.within("predicate", told.start, told.end)
        weapons = self.scan.within("weapon", told.start, told.end)
        return bool(weapons) and any(f.term.get("frame") in frames for f in deeds)

    def _on_own_page(self, sentence: Sentence) -> list[Mention]:
        """Where a local body's own page tells of: the place named last in the paragraph, else its town or region."""
        return (self._passing(sentence) or self.own) if self.own else []

    def _passing(self, sentence: Sentence) -> list[Mention]:
        """The place that the sentences before in the paragraph tell of: the last one, or the last list of them.

        The area of an official who speaks there counts where no town in it was named before.
        """
        office: list[Mention] = []
        if self._on_their_side(sentence):
            return []
        for index in self._back(sentence):
            rows = [m for m in self._usable(index) if m.record.kind != "water"]
            rows = [m for m in rows if not self._dateline(m)]
            rows = self._of_whole(index, rows)
            if not rows:
                continue
            if rows[-1].role == "office":
                office = office or rows[-1:]
                continue
            told = specific(siting.last_run(self.scan, rows))
            if office:
                return told if tells_where(office[0], told[-1]) else office
            return self._headed_by(index, told) if len(told) > _PAIR else told
        return (self._lead_inside(office[0], sentence) if office else []) or office

    def _of_whole(self, index: int, rows: list[Mention]) -> list[Mention]:
        """The places before a colon that opens a breakdown by places: what follows the sentence goes on about the whole."""
        last, tokens = self.sentences[index], self.scan.tokens
        colon = next((i for i in range(last.start, last.end) if tokens[i].text == ":"), last.end)
        parts = {m.record.name for m in rows if m.start > colon and m.role == "in"}
        return [m for m in rows if m.start < colon] if len(parts) > 1 else rows

    def _on_their_side(self, sentence: Sentence) -> bool:
        """Whether a sentence is set in another land than what stands before: "on the Pakistani side"."""
        return bool(self.scan.within("their_side", sentence.start, sentence.start + _THEIRS))

    def _back(self, sentence: Sentence) -> Iterator[int]:
        """The sentences before in the same paragraph, the nearest first."""
        for index in range(sentence.index - 1, max(-1, sentence.index - REACH), -1):
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

    def _lead_inside(self, region: Mention, sentence: Sentence) -> list[Mention]:
        """The lead's places before a sentence that lie in an oblast."""
        code = region.record.oblast_code or region.record.code
        lead = self._lead_place() if region.record.kind == "oblast" else []
        return [m for m in lead if m.end <= sentence.start and m.record.oblast_code == code != ""]

    def _within_region(self, sentence: Sentence, rows: list[Mention]) -> list[Mention]:
        """The town told of before in the paragraph or in the lead, where a sentence only names the region of who speaks."""
        if any(m.role != "office" for m in rows):
            return []
        told = self._passing(sentence)
        if not told and rows[0].record.kind == "oblast":
            told = self._lead_inside(rows[0], sentence)
        if not told:  # "residents of Belgorod heard it, and the governor said …"
            here = self.places.by_sentence[sentence.index]
            told = [m for m in here if m.role not in _ELSEWHERE and level(m) > level(rows[0])]
            told = [m for m in told if tells_where(rows[0], m)][-1:]
        return told if told and level(told[0]) == 4 and tells_where(rows[0], told[0]) else []

    def _of_report(self, sentence: Sentence, kind: str, *, single: bool = False) -> list[Mention]:
        """The place of the headline, of the lead, or of the office that speaks."""
        if self._on_their_side(sentence):
            return []
        if kind in _OUTCOMES and not single and self._counts_whole(sentence):
            return []
        lead = self._lead_place() if kind in _AT_LEAD else []
        lead = [] if lead and lead[0].start >= sentence.end else lead
        if self.home and not (lead and self._nearer(lead[0], self.home[0])):
            told = lead and lead[0].record == self.home[0].record
            told = told or (kind == "hit" and not self._in_bulletin(sentence))
            lead = self.home if kind in _AT_HOME or told else []
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
        if tokens[k].text != ".":
            return True
        return not self._goes_on(k + 1) or (self._governs(m) and not self._only_town(m))

    def _only_town(self, m: Mention) -> bool:
        """Whether the sentence behind a capital's name at the head of a report tells of no other town: «Київ. Троє загиблих …»."""
        next_ = next((s for s in self.sentences if s.end > m.end + 1), None)
        near = [o for o in self.places.mentions if next_ is not None and o.start < next_.end]
        others = (o for o in near if o is not m and o.record.kind not in WIDE)
        return all(o.record.name == m.record.name for o in others if o.role in ("in", "bare"))

    def _governs(self, m: Mention) -> bool:
        return referring.metonym(self.scan, m.start)

    def _goes_on(self, k: int) -> bool:
        """Whether a report goes on behind its place with words, and not with a date or an agency."""
        token = self.scan.tokens[k]
        return token.kind == "w" and self.scan.at(k, "voice", "month") is None

    def _offices(self, sentence: Sentence) -> list[Mention]:
        """The area of the office that speaks: a governor tells of what happened in the region."""
        first = max(0, sentence.index - 2)
        rows = [m for n in range(first, sentence.index + 1) for m in self.places.by_sentence[n]]
        return [m for m in rows if m.role == "office"][-1:]

    def _share_of(self, clause: Clause, phrase: Phrase) -> list[Mention]:
        """What stands right behind a percentage as the whole that it is of: "19 percent of Ukraine, including …"."""
        rows = self.places.by_sentence[clause.sentence.index]
        return [m for m in rows if 0 <= m.start - phrase.end <= _WHOLE][:1]

    def _of_lands(self, phrase: Phrase) -> bool:
        """Whether a percentage is of several regions that no name stands with: "73 percent of two southern regions"."""
        words = self.scan.within("region_noun", phrase.end, phrase.end + _WHOLE)
        return any(f.tags & {"gen.pl", "pl"} for f in words)

    def _beyond_borders(self, clause: Clause, phrase: Phrase) -> list[Mention]:
        """The states and places that weapons went astray to, named right behind their number."""
        rows = self.places.by_sentence[clause.sentence.index]
        after = min((p.start for p in clause.phrases if p.start >= phrase.end), default=10**9)
        rows = [m for m in rows if phrase.end <= m.start < after]
        rows = [m for m in rows if m.role == "toward" or m.record.kind == "country"]
        return siting.run(self.scan, rows) if rows and rows[0].start - phrase.end <= _ASTRAY else []

    def _sent_toward(self, clause: Clause, phrase: Phrase, kind: str) -> list[Mention]:
        """The town or sea that weapons were launched at, told right behind them: "a missile toward the Red Sea"."""
        if kind != "launched":
            return []
        rows = [m for m in self.places.by_sentence[clause.sentence.index] if m.role == "toward"]
        after = min((p.start for p in clause.phrases if p.start >= phrase.end), default=10**9)
        rows = [m for m in rows if phrase.end <= m.start < after and m.record.kind != "country"]
        return specific(siting.run(self.scan, rows))

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
            or (
                m.role in ("in", "owner", "voice")
                and 0 <= phrase.start - m.end <= _OWN_WORDS
                and not (m.role == "owner" and self.scan.within("says", m.end, phrase.start))
            )
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

    def _struck_here(self, sentence: Sentence, kind: str) -> list[Mention]:
        """The one place that the sentence right before tells an attack on, where this one goes on about its weapons.

        A region is only where they were sent to, not where they were shot down.
        """
        rows = self.places.by_sentence[sentence.index]
        own = [t for t in self.times[sentence.index] if not (t.relative or t.weak)]
        before = next(self._back(sentence), None)
        if own or before is None or self._of_country(rows):
            return []
        last = self.sentences[before]
        deeds = self.scan.within("predicate", last.start, last.end)
        frames = _SENT_AT if self._of_whole_sky(sentence) else _STRUCK
        struck = [f for f in deeds if f.term.get("frame") in frames]
        if not struck:
            return []
        told = [m for m in self._usable(before) if m.role == "in" or self._attacked(m, struck)]
        told = specific(told)
        wide = kind == "launched" and len(told) == 1 and self._attacked(told[0], struck)
        return told if len(told) == 1 and (wide or level(told[0]) == _TOWN) else []

    def _of_whole_sky(self, sentence: Sentence) -> bool:
        """Whether an air force or a defence ministry speaks, which counts the weapons over the whole country."""
        return any(
            f.term.get("nationwide")
            for kind in ("voice", "role")
            for f in self.scan.within(kind, sentence.start, sentence.end)
        )

    def _aimed_before(self, sentence: Sentence) -> bool:
        """Whether the places told last are only what an attack was mainly aimed at: «основний напрямок удару – Львівщина»."""
        for index in self._back(sentence):
            if rows := self._usable(index):
                first = self.sentences[index].start
                told = self.scan.within("predicate", first, rows[0].start)
                return any(f.term.get("frame") == "target" and f.term.group == "noun" for f in told)
        return False

    def _attacked(self, m: Mention, struck: list[Found]) -> bool:
        """Whether a name without a preposition stands right behind a verb of attacking: «атакував Київщину»."""
        first = m.start
        while first and self.scan.at(first - 1, "region_noun", "settlement", "article"):
            first -= 1
        return m.role == "bare" and any(f.end == first for f in struck)

    def _of_country(self, rows: list[Mention]) -> bool:
        """Whether a sentence names a country that is not only where weapons came from: «із напрямку Курськ – рф»."""
        return any(
            m.record.kind == "country"
            and not (n and rows[n - 1].role == "from" and m.start - rows[n - 1].end <= 1)
            for n, m in enumerate(rows)
        )

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
        if lands := self.lands.get(index):
            rows = sorted([*rows, *lands], key=lambda m: m.start)
        named = [m for m in rows if m.role in ("in", "bare")]
        if named and named[0].start <= _DATELINE:  # no capital that a report was only sent from
            named = [m for m in named if not (self._governs(m) and self._dateline(m))]
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
