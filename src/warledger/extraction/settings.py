"""Where each claim's time, place and modality are looked for within the report.

Enters: the report's mentions of time and place, and the position of a claim. Leaves: periods, places, modality.
Does not belong here: finding the mentions (`timing`, `placing`).
"""

from __future__ import annotations

from datetime import date

import msgspec

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import Mention, Places
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
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
# How many sentences back a passage is read: longer ones are no passage, and time must not grow with their square.
_REACH = 30
_TALLY_OPENS = 3  # sentences in which a month told before any day is that of the whole report
_OPENING = 6  # sentences in which a report tells what day it is of
_AT_LEAD = _AT_HOME | {"hit", "locations_struck", "locations_debris", "evacuated"}
_OUTCOMES = frozenset({"hit", "locations_struck", "locations_debris"})
_WIDE = frozenset({"country", "oblast", "region", "raion", "district"})
_BESIDE = 6  # tokens behind a number and its verb in which a place is its own
_ASTRAY, _OWN_WORDS = 8, 4
_STATED = ("negation", "possible", "planned", "denial")


class Setting(msgspec.Struct, eq=False):
    """All that a report tells of when and where, ready to be asked about a position."""

    scan: Scan
    sentences: list[Sentence]
    times: dict[int, list[TimeMention]]
    places: Places
    anchor: date | None
    home: list[Mention]
    own: list[Mention] = []  # where the body is whose own page the report stands on

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
            for index in self._passage(sentence, intro):
                rows = [t for t in self.times[index] if not (t.statement or t.background)]
                rows = [t for t in rows if t.weak == weak]
                if rows:
                    return rows[-1]
            if not own_only and (lead := self._lead(weak)):
                return lead
        return None if own_only else self._today() or self._only_day() or self._stated()

    def _only_day(self) -> TimeMention | None:
        """The one day that all of a report tells of."""
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
        for row in rows:
            if self._compared(end, row.start) or self._compared(row.end, start):
                continue
            if row.end <= start:
                cost = clause.crossing(row.end, start)
            elif row.start >= end:
                cost = clause.crossing(end, row.start) + 0.3
            else:
                cost = 0.0
            if cost < least:
                best, least = row, cost
        return best

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
        rows = self._here(clause, phrase, shared=kind in _AT_HOME)
        if kind == "launched":
            rows = [m for m in rows if not self._bracketed(phrase, m)]
        if kind == "nuclear_status":
            rows = [
                m for m in rows if m.record.kind not in _WIDE
            ]  # a plant bears its region's name
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
            told = told or self._unnamed(sentence) or self._on_own_page(sentence)
            return told if kind in _WEAPONS else []
        if self._in_country(clause, phrase):
            return []
        if kind in _AT_HOME and (unnamed := self._unnamed(sentence)):
            return unnamed
        topic = self._topic(sentence)
        if long or topic:
            return topic or (self.home if kind in _AT_HOME else [])
        return self._passing(sentence) or self._of_report(sentence, kind)

    def _counts_whole(self, sentence: Sentence) -> bool:
        """Whether the passage counts weapons of a whole attack, told before without a place."""
        for index in range(sentence.index - 1, max(-1, sentence.index - _REACH), -1):
            before = self.sentences[index]
            if before.paragraph != sentence.paragraph or self._usable(index):
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
        """The last place that the sentences before in the paragraph name."""
        for index in range(sentence.index - 1, max(-1, sentence.index - _REACH), -1):
            if self.sentences[index].paragraph != sentence.paragraph:
                break
            rows = [m for m in self._usable(index) if m.record.kind != "water"]
            rows = [m for m in rows if not self._dateline(m)]
            if rows:
                return specific(rows)[-1:]
        return []

    def _within_region(self, sentence: Sentence, rows: list[Mention]) -> list[Mention]:
        """The town told of before in the paragraph, where a sentence only names the region of who speaks."""
        if any(m.role != "office" for m in rows):
            return []
        told = self._passing(sentence)
        return told if told and _level(told[0]) == 4 and _tells_where(rows[0], told[0]) else []

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
                return rows if len(rows) == 1 and rows[0].record.kind not in _WIDE else []
        return []

    def _dateline(self, m: Mention) -> bool:
        """Whether a place opens the report as the one that it was sent from: "KYIV, Dec. 6 (Agency) –"."""
        tokens, k = self.scan.tokens, m.end
        second = m.start == 2 and tokens[1].text == "/"
        if (m.start > 1 and not second) or m.role == "in" or k + 1 >= len(tokens):
            return False
        if tokens[k].text not in ",/(–.":
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
        return self._run(rows) if rows and rows[0].start - phrase.end <= _ASTRAY else []

    def _told_of(self, sentence: Sentence) -> list[Mention]:
        """Where the weapons of the sentence before were, when a number only goes on about them."""
        before = self.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.paragraph != sentence.paragraph:
            return []
        deeds = self.scan.within("predicate", before.start, before.end)
        if not any(f.term.get("frame") in ("launch", "target") for f in deeds):
            return []
        rows = [m for m in self._usable(before.index) if m.record.kind != "water"]
        return specific(rows) if rows and len(self._run(rows)) == len(rows) else []

    def _in_country(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the words say that the number is of a whole country."""
        rows = self.places.by_sentence[clause.sentence.index]
        return any(
            m.record.kind == "country" and m.role == "in" and 0 <= m.lead - phrase.end <= _OWN_WORDS
            for m in rows
        )

    def _unnamed(self, sentence: Sentence) -> list[Mention]:
        """The headline's place where a sentence only says "the region", "the city"."""
        for f in self.scan.within("region_noun", sentence.start, sentence.end):
            k = f.start - 2 if f.start > 1 and self._adjective(f.start - 1) else f.start - 1
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

    def _here(self, clause: Clause, phrase: Phrase, *, shared: bool) -> list[Mention]:
        usable = self._usable(clause.sentence.index)
        if not usable:
            return []
        counted = [p for p in clause.phrases if p.amount.sort not in ("bare", "article")]
        counted = [p for p in counted if p is phrase or not _measures(p)]
        after = min(
            (p.start for p in counted if p.start >= phrase.end), default=clause.sentence.end
        )
        before = max(
            (p.end for p in counted if p.end <= phrase.start), default=clause.sentence.start
        )
        right = [
            m
            for m in usable
            if phrase.start <= m.start < after and not self._parted(phrase.end, m.start)
        ]
        left = [
            m
            for m in usable
            if before <= m.start < phrase.start and not self._parted(m.end, phrase.start)
        ]
        right = self._run(right)
        beside = right and right[0].role == "in" and right[0].lead <= phrase.end + _BESIDE
        if beside and left and not self._told_before(usable, counted):
            if right[0].lead <= phrase.end + 1 or not self._headed(
                left[-1], phrase, relative=False
            ):
                return right
        later = not right or self._comma(phrase.end, right[0].lead)
        if not left and later and self._told_before(usable, counted):
            return self._run_back([m for m in usable if m.end <= phrase.start])
        if left and (self._told_before(usable, counted) or self._headed(left[-1], phrase)):
            return self._run_back(left)
        comma = left and not self._comma(left[-1].end, phrase.start)
        comma = comma and right and self._comma(phrase.end, right[0].lead)
        if right and right[0].lead <= phrase.end + 6 and not comma:
            return right
        if left:
            return self._run_back(left)
        if right:
            return right
        behind = self._run([m for m in usable if shared and m.start >= phrase.end])
        if behind and behind[-1] is usable[-1] and not self._parted(phrase.end, behind[0].start):
            return behind
        opening = [m for m in usable if m.start < phrase.start]
        if not shared:
            opening = [m for m in opening if not self._parted(m.end, phrase.start)]
        return self._opening(opening, phrase)

    def _told_before(self, usable: list[Mention], counted: list[Phrase]) -> bool:
        """Whether a list names each place before its number: "Sumy had 71, Poltava 15"."""
        if len(counted) < 2:
            return False
        opens = any(m.end <= counted[0].start for m in usable)
        return opens and not any(m.start >= counted[-1].end for m in usable)

    def _comma(self, a: int, b: int) -> bool:
        return any(self.scan.tokens[i].text == "," for i in range(a, b))

    def _headed(self, place: Mention, phrase: Phrase, *, relative: bool = True) -> bool:
        """Whether a number stands right at its place: "Saratov region with 31", "Cherkasy, where one died"."""
        between = range(place.end, phrase.start)
        nouns = [i for i in between if self.scan.at(i, "region_noun")]
        k = nouns[-1] + 1 if nouns else place.end
        if phrase.start - k == 1 and (self.scan.at(k, "prep") or self.scan.tokens[k].text in "–:("):
            return self.scan.at(k, "place_prep") is None
        return relative and any(
            (f := self.scan.at(i, "relative", "conj")) is not None
            and (f.term.type == "relative" or f.term.get("joins") == "but")
            for i in range(k, min(k + 2, phrase.start))
        )

    def _opening(self, opening: list[Mention], phrase: Phrase) -> list[Mention]:
        """Where a sentence is set that names no place in the number's own part of it."""
        told = [m for m in opening if m.role == "in"]
        if told and self._closed(told[-1].end, phrase.start):
            return told[-1:]
        return told[:1] or opening[-1:]

    def _bracketed(self, phrase: Phrase, m: Mention) -> bool:
        """Whether a place in brackets right behind weapons is where they were launched: "32 missiles (Bryansk)"."""
        tokens = self.scan.tokens
        opens = [i for i in range(phrase.end, m.start) if tokens[i].text in "()"]
        return bool(opens) and tokens[opens[-1]].text == "("

    def _closed(self, a: int, b: int) -> bool:
        """Whether a semicolon alone parts the two: what follows it goes on about what stands before it."""
        return sum(self.scan.tokens[i].text == ";" for i in range(a, b)) == 1

    def _parted(self, a: int, b: int) -> bool:
        return any(self.scan.tokens[i].text in ";." for i in range(a, b))

    def _run(self, rows: list[Mention]) -> list[Mention]:
        """Coordinated places from the first on."""
        out: list[Mention] = []
        for row in rows:
            if out and not self.coordinated(out[-1].end, row.start):
                break
            out.append(row)
        return out

    def _run_back(self, rows: list[Mention]) -> list[Mention]:
        out: list[Mention] = []
        for row in reversed(rows):
            if out and not self.coordinated(row.end, out[0].start):
                break
            out.insert(0, row)
        return out

    def coordinated(self, a: int, b: int) -> bool:
        """Whether only what joins a list stands between two tokens."""
        for i in range(a, b):
            token = self.scan.tokens[i]
            if (token.kind == "p" and token.text in ',(")') or self.scan.at(
                i, "conj", "place_prep", "region_noun", "article", "each", "nation", "side_word"
            ):
                continue
            if self.scan.possessive(i) or self.scan.definite(i):
                continue
            return False
        return True

    def _topic(self, sentence: Sentence) -> list[Mention]:
        """The place that a list item or line is headed by, or its own first place."""
        rows = self._usable(sentence.index)
        if rows and rows[0].start - sentence.start <= 4:
            return specific(self._run(rows))
        return specific(rows[:1])

    def modality(
        self, clause: Clause, predicate: Found | None, start: int, end: int
    ) -> tuple[str, bool]:
        """The modality that the words near the predicate give, and whether a negation governs it."""
        at = predicate.start if predicate is not None else start
        low = max(clause.sentence.start, min(at, start) - 8)
        negated, modality = False, "asserted"
        for kind in _STATED:
            for f in self.scan.within(
                kind, low, at + 1 if predicate is None else max(at + 1, low + 1, start)
            ):
                gap = clause.crossing(f.end, at) if f.end <= at else 0.0
                if kind == "negation":
                    near = f.start <= at and at - f.end <= int(f.term.get("reach") or 1)
                    negated = negated or (near and gap < 0.5)
                elif gap < 2.6 and not self._beyond(clause, f, at, start):
                    modality = {"possible": "possible", "planned": "planned", "denial": "denied"}[
                        kind
                    ]
        return modality, negated

    def _beyond(self, clause: Clause, word: Found, at: int, start: int) -> bool:
        """Whether a word stands between predicate and number, but parted from one of them by a mark."""
        if word.start <= at:
            return False
        marks = range(at, start)
        return any(self.scan.tokens[i].text in ",;:()–" for i in marks) or any(
            at < p.start < start for p in clause.phrases if p.amount.sort == "number"
        )


def _measures(phrase: Phrase) -> bool:
    """Whether a number only measures how long, how much or how often something was."""
    unit = phrase.amount.unit
    return unit is not None and unit.term.get("dimension") in ("duration", "percent", "power")


# How narrow a place is; what is not listed is a town or smaller.
_LEVELS = {"country": 0, "oblast": 1, "region": 1, "raion": 2, "district": 2, "hromada": 3}


def _level(mention: Mention) -> int:
    return _LEVELS.get(mention.record.kind, 4)


def specific(rows: list[Mention]) -> list[Mention]:
    """Leaves out a region, district or neighbour that only tells where a more specific place beside it lies."""
    kept = []
    for n, row in enumerate(rows):
        before = rows[n - 1] if n else None
        after = rows[n + 1] if n + 1 < len(rows) else None
        if before is not None and row.near and _beside(before, row):
            continue  # "in Fastiv, near Kyiv"
        if before is not None and _level(row) < _level(before) and _tells_where(row, before):
            continue
        if after is not None and _level(row) < _level(after) and _tells_where(row, after):
            continue
        kept.append(row)
    return kept


def _beside(place: Mention, neighbour: Mention) -> bool:
    """Whether a neighbour right behind a town only tells where that lies."""
    town = place.record.kind not in _WIDE and place.record.kind != "water"
    return town and 0 <= neighbour.lead - place.end <= 1


def _tells_where(region: Mention, place: Mention) -> bool:
    """Whether a wider place beside a narrower one only tells where that lies."""
    codes = {place.record.oblast_code, ""} if place.resolved else {region.record.oblast_code}
    inside = region.record.oblast_code in codes or region.record.code in codes
    behind = region.start >= place.end
    return inside or (behind and region.role == "in")


def joined_places(setting: Setting, rows: list[Mention], after: list[Mention]) -> list[Mention]:
    """The first place behind the predicate and those joined to it, past regions that tell where one lies."""
    if not after:
        return []
    out = [after[0]]
    at, end = rows.index(after[0]), after[0].end
    for row in rows[at + 1 :]:
        if _level(row) < _level(out[-1]) and row.role == "in" and row.lead - end <= 1:
            end = row.end
            continue
        if not setting.coordinated(end, row.start) and not _past_names(
            setting.scan, end, row.start
        ):
            break
        if not _joined_by_comma(setting.scan, end, row.start):
            break
        out.append(row)
        end = row.end
    return out


def _past_names(scan: Scan, a: int, b: int) -> bool:
    """Whether only commas, conjunctions and names that the gazetteer lacks stand between two places of a list."""
    return all(
        scan.tokens[i].text == ","
        or scan.at(i, "conj")
        or (scan.tokens[i].capital and i not in scan.starting)
        for i in range(a, b)
    )


def _joined_by_comma(scan: Scan, a: int, b: int) -> bool:
    """Whether a comma or a conjunction joins two places; "Pokrovsk in Donetsk" tells only where Pokrovsk is."""
    return any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in range(a, b))
