"""Where each claim's time is looked for within the report.

Enters: the report's mentions of time, and the position of a claim. Leaves: periods.
Does not belong here: finding the mentions (`timing`).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

import msgspec

from warledger.extraction.clauses import Clause
from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.spans import TimeMention

# How many sentences back a passage is read: longer ones are no passage, and time must not grow with their square.
REACH = 30
_APART = 3.0  # the cost of a semicolon between a number and a time
_WORDS = 2  # words of an attack before its day
_TALLY_OPENS = 3  # sentences in which a month told before any day is that of the whole report
_REMINDING = 3  # tokens of a sentence in which a word recalls another event
_RANKED = 8  # tokens from a superlative to "since"
_YESTERDAY = 1  # days before a report's own of which its body tells as of its news
_LONG_AGO = 7  # days before a report's own of which it does not tell its news
_FEW = 3  # days of the longest attack
_OPENING = 6  # sentences in which a report tells what day it is of


class Dated(msgspec.Struct, eq=False, kw_only=True):
    """All that a report tells of when, ready to be asked about a position."""

    scan: Scan
    sentences: list[Sentence]
    times: dict[int, list[TimeMention]]
    anchor: date | None
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
                rows = [t for t in self.times[index] if t.weak == weak and not t.behind]
                if not rows:
                    continue  # most sentences tell no time
                rows = [t for t in rows if not (t.statement or t.background)]
                rows = [t for t in rows if not t.since or t.precision == "day"]
                rows = [t for t in rows if not self._of_cause(t)]
                rows = [t for t in rows if self.anchor is None or t.first <= self.anchor]
                rows = [t for t in rows if not self._to_come(t, self.sentences[index])]
                rows = [t for t in rows if not self._compared(self.sentences[index].start, t.start)]
                own_rows = [t for t in rows if not self._of_another(t)]
                # "in November, double October's gains": an owner's time only where there is no other
                own_rows = [t for t in own_rows if not self.scan.possessive(t.end)] or own_rows
                if own_rows:
                    recent = [t for t in own_rows if not self._of_else(t)]
                    return (recent or own_rows)[-1]
                other = other or (rows[-1] if rows else None)
            if other is not None:
                return other
            if not own_only and (lead := self._lead(weak, sentence.index)):
                return lead
        if own_only:
            return None
        return self._today() or self._only_day(clause.sentence) or self._stated()

    def _to_come(self, row: TimeMention, sentence: Sentence) -> bool:
        """Whether a day is that of something still planned, and of nothing told beside it: "on Friday the leaders will meet"."""
        if not row.future or row.future[0] == row.first:
            return False
        if row.ahead(self.anchor):
            return True
        told = self.scan.within("predicate", sentence.start, sentence.end)
        met = all(f.term.get("frame") == "meet" for f in told)
        return met and any(f.term.get("status") == "planned" for f in told)

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
        rows = [t for t in rows if t.statement and not t.deadline]
        return next((t for t in rows if t.precision == "day" and not t.weak), None)

    def lead(self) -> TimeMention | None:
        """The day that the report's first sentences tell of."""
        return self._lead(weak=False) or self._lead(weak=True)

    def _only_day(self, sentence: Sentence) -> TimeMention | None:
        """The one day that all of a report tells of; found once.

        A day before the report's own that a later paragraph tells is none of those before it, nor is one of the body
        of a report that lies well before it.
        """
        if not self.days:
            self.days.append(self._one_day())
        day = self.days[0]
        if day is None or self.anchor is None or day.last >= self.anchor:
            return day
        index = bisect_right(self.sentences, day.start, key=lambda s: s.start) - 1
        told = self.sentences[index]
        if self._in_body(day, told, sentence.index):
            return None
        return None if told.paragraph > max(sentence.paragraph, 1) else day

    def _one_day(self) -> TimeMention | None:
        told = [(t, s) for s in self.sentences for t in self.times[s.index]]
        rows = [t for t, s in told if not (t.statement or t.relative or self._recalled(t, s))]
        rows = [t for t in rows if not self._of_else(t)]
        days = {(t.first, t.last) for t in rows}
        brief = all(t.precision in ("day", "night") and not t.background for t in rows)
        return rows[0] if len(days) == 1 and brief else None

    def _stated(self) -> TimeMention | None:
        """The day as of which a report speaks, where it gives no other."""
        for sentence in self.sentences[:_OPENING]:
            for row in self.times[sentence.index]:
                if row.statement and row.precision == "day" and not row.deadline:
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
        if not rows:
            return None
        rows = [
            t
            for t in rows
            if not (t.since and self.ranked(t.start, clause.sentence.start))
            or (start >= t.end and self._told_there(t.end))
        ]
        ahead = [t for t in rows if t.end <= start]
        if ahead and self._each_before(clause, rows):
            return ahead[-1]
        if (behind := self._each_behind(clause, rows, start)) is not None:
            return behind
        rows = [t for t in rows if not self._of_other(t, start, end)]
        rows = [t for t in rows if not self._of_next_part(end, t.start)]
        best = min(rows, key=lambda t: self._far(clause, t, start, end), default=None)
        ahead = [t for t in rows if t.end <= start]
        if best is not None and best.start >= end and ahead:
            counted = [p for p in clause.phrases if p.amount.sort == "number"]
            other = any(end <= p.start < best.start for p in counted)
            if other and not any(ahead[-1].end <= p.start < start for p in counted):
                best = ahead[-1]
        if best is not None and best.since and start >= best.end and self._told_there(best.end):
            return msgspec.structs.replace(best, since=False)
        return best

    def _of_next_part(self, end: int, start: int) -> bool:
        """Whether a semicolon or a conjunction behind a comma parts a time from what stands before it: "five, and today 25 more"."""
        joined = start - 2 >= end and self.scan.tokens[start - 2].text == ","
        if joined and self.scan.at(start - 1, "conj") is not None:
            return True
        return any(self.scan.tokens[i].text == ";" for i in range(end, start))

    def ranked(self, since: int, first: int) -> bool:
        """Whether "since" only tells what something is the greatest of: "the largest attack since the start of the war"."""
        low = max(first, since - _RANKED)
        told = [
            f for f in self.scan.within("predicate", low, since) if f.term.get("frame") == "compare"
        ]
        told += self.scan.within("ranking", low, since)
        return any(not self._comma(f.end, since) for f in told)

    def _of_other(self, row: TimeMention, start: int, end: int) -> bool:
        """Whether a time of a number's sentence is told of something else: compared, looked forward to, later."""
        if self._compared(end, row.start) or self._compared(row.end, start):
            return True
        if self._looked_forward_to(end, row.start) or self._told_later(end, row):
            return True
        return row.start >= end and (
            row.behind or self._of_later_clause(end, row) or self._of_cause(row)
        )

    def _of_cause(self, row: TimeMention) -> bool:
        """Whether a time only tells which attack was answered: "hit nine sites in retaliation for an April attack"."""
        k = row.end + self.scan.possessive(row.end)
        if self.scan.at(k, "attack_noun") is None:
            return False
        low = row.start - 1
        while low > 0 and (self.scan.at(low, "article") or self.scan.definite(low)):
            low -= 1
        return any(f.end == low + 1 for f in self.scan.within("answering", low - 3, low + 1))

    def _far(self, clause: Clause, row: TimeMention, start: int, end: int) -> float:
        """How far a time stands from a number at tokens `start` to `end`: what parts the two, a semicolon for most."""
        low, high = (row.end, start) if row.end <= start else (end, row.start)
        if high < low:
            return 0.0
        cost = clause.crossing(low, high) + (0.3 if row.start >= end else 0.0)
        return cost + _APART * any(self.scan.tokens[i].text == ";" for i in range(low, high))

    def _of_later_clause(self, end: int, row: TimeMention) -> bool:
        """Whether a time counted from another stands in a clause on what became of somebody: "a pilot, who was back two days later"."""
        if not row.relative:
            return False
        return any(
            self.scan.tokens[f.start - 1].text == ","
            for f in self.scan.within("relative", end, row.start)
        )

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

    def _each_behind(
        self, clause: Clause, rows: list[TimeMention], start: int
    ) -> TimeMention | None:
        """The time behind a number, where a sentence tells each so: "25 on Thursday, 29 on Friday"."""
        counted = [p for p in clause.phrases if p.amount.sort == "number"]
        if len(rows) < 2 or len(counted) < 2:
            return None
        stops = [*(p.start for p in counted[1:]), clause.sentence.end]
        of = [
            next((t for t in rows if p.amount.end <= t.start < stop), None)
            for p, stop in zip(counted, stops, strict=True)
        ]
        at = next((n for n, p in enumerate(counted) if p.start == start), None)
        if at is None or of[at] is None:
            return None
        near = [
            n
            for n, (p, t) in enumerate(zip(counted, of, strict=True))
            if t is not None and not self._comma(p.amount.end, t.start)
        ]
        told = at in near and (at - 1 in near or at + 1 in near)
        return of[at] if told else None

    def _comma(self, a: int, b: int) -> bool:
        return any(self.scan.tokens[i].text in ",;" for i in range(a, b))

    def _looked_forward_to(self, end: int, start: int) -> bool:
        """Whether a time is only when something may be: "5,000 wait, and it could be Monday before …"."""
        return self._comma(end, start) and any(
            self.scan.within(kind, end, start) for kind in ("possible", "planned")
        )

    def _told_later(self, end: int, row: TimeMention) -> bool:
        """Whether a time behind a comma only tells which other attack something came after."""
        return row.start >= end and self._comma(end, row.start) and self._of_another(row)

    def state_at(self, clause: Clause, start: int, end: int) -> TimeMention | None:
        """When a state told of holds: on the day of its own words, else on that of publication."""
        own = self._own_time(clause, start, end, weak=False)
        if own is not None and any(
            self.scan.tokens[i].text == ";" for i in range(end, max(end, own.start))
        ):
            own = None  # "two are operating; the third was shut down on 29 January"
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
        last = max(0, sentence.index - REACH)
        item = sentence.bullet and intro is not None
        while index >= last and self.sentences[index].paragraph == sentence.paragraph:
            if item and self.sentences[index].bullet:
                break  # what one item of a list tells is not of the next
            rows.append(index)
            index -= 1
        if intro is not None and intro.index not in rows:
            rows.append(intro.index)
        return rows

    def _night_of(self, day: TimeMention, weak: bool) -> TimeMention | None:
        """The night of an attack that the report's first sentences tell beside its first day, in the same hours."""
        if day.precision != "day":
            return None
        told = [t for s in self.sentences[:_OPENING] for t in self.times[s.index]]
        nights = [t for t in told if t.precision == "night" and t.weak == weak and not t.statement]
        return next((t for t in nights if t.last == day.last), None)

    def _lead(self, weak: bool, last: int = REACH) -> TimeMention | None:
        """The time of the report's first sentences; what only another event can have had, told behind sentence `last`, is left out."""
        for sentence in self.sentences[:8]:
            rows = [t for t in self.times[sentence.index] if t.weak == weak and not t.since]
            if not rows:
                continue
            rows = [t for t in rows if not (t.statement or t.background)]
            rows = [t for t in rows if not self._recalled(t, sentence)]
            days = [t for t in rows if t.precision in ("day", "night", "range")]
            days = [t for t in days if self.anchor is None or t.first <= self.anchor]
            days = [t for t in days if not self._to_come(t, sentence)]
            days = [t for t in days if sentence.index <= last or not self._of_else(t)]
            days = [t for t in days if not self._in_body(t, sentence, last)]
            if days:
                return self._night_of(days[0], weak) or days[0]
            told = rows and sentence.index < _TALLY_OPENS and sentence.index <= last
            if told and rows[0].precision == "month" and not self._from(rows[0]):
                return rows[0]
        return None

    def _in_body(self, time: TimeMention, sentence: Sentence, last: int) -> bool:
        """Whether a day well before the report is told in its body alone, in another paragraph than sentence `last`.

        A report that tells of several such days tells of all that lies between.
        """
        here = self.sentences[min(last, len(self.sentences) - 1)]
        if sentence.paragraph in (here.paragraph, 0, 1) or not self._well_before(time):
            return False
        told = (t for s in self.sentences for t in self.times[s.index] if self._well_before(t))
        return len({t.last for t in told}) == 1

    def _well_before(self, time: TimeMention) -> bool:
        """Whether a time ends more than a day before the report's own."""
        return self.anchor is not None and (self.anchor - time.last).days > _YESTERDAY

    def _from(self, time: TimeMention) -> bool:
        """Whether a preposition makes a time that since which something is so: «персоналу з жовтня не було»."""
        lead = self.scan.at(time.start - 1, "place_prep") if time.start else None
        return lead is not None and lead.term.get("role") == "from"

    def _of_else(self, time: TimeMention) -> bool:
        """Whether a time told behind something can only be that of something else: a long span, a day to come or long ago."""
        if _long(time) or self.anchor is None:
            return _long(time)
        return time.first > self.anchor or (self.anchor - time.last).days > _LONG_AGO

    def _recalled(self, time: TimeMention, sentence: Sentence) -> bool:
        """Whether a time is of another event than those told before: "A day earlier, …", "Earlier, on 5 May, …", «Напомним, …»."""
        word = self.scan.at(sentence.start, "earlier_word")
        recalled = word is not None and self.scan.tokens[word.end].text == ","
        recalled = recalled or bool(
            self.scan.within("recall", sentence.start, sentence.start + _REMINDING)
        )
        opens = (time.relative and time.start == sentence.start) or recalled
        if self._of_cause(time):
            return True
        return opens and bool(self.scan.within("predicate", 0, sentence.start))


def _long(time: TimeMention) -> bool:
    """Whether a time is a span of many days: "last week"."""
    return time.precision == "range" and (time.last - time.first).days > _FEW
