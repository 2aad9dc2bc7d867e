"""Meetings, calls and talks: who met whom, where and in what form.

Enters: a sentence's predicates, voices and places. Leaves: `Event`s of `meeting`.
Does not belong here: when it was (`settings`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.siting import joined_places, specific
from warledger.extraction.spans import TimeMention

# Stances under which a meeting is no more than wished or refused.
_NOT_YET = ("offers", "demands", "refuses")
_WITHIN = 6.0  # how far, in units of cost, somebody named still takes part
_CLOSE = 6  # tokens behind a word for talks in which their place stands
_BEHIND_NAME = ("prep", "place_prep", "conj", "weekday", "day_word", "day_part", "month")
_OBJECT = 5  # tokens behind a verb of meeting in which whom stands
_TIMED = 5.0
_TITLED = 4  # tokens from a state's name to that of a person who is told to be its own
_BEFORE = 4  # tokens before a noun of meeting in which its owner or verb stands
_PASSED = (
    *("article", "company", "adverb", "nation", "side_word", "number", "pronoun", "ordinal"),
    *("both", "conj", "all", "vague_number"),
)
_WITH = 9  # tokens behind a verb in which the word for "with" stands
_SUBJECT = 9  # tokens before a verb in which those who met stand
_CALLED_OFF = 14  # tokens before what calls it off in which the meeting is named


def found(
    scan: Scan, clause: Clause, setting: Setting, predicate: Found, *, flexible: bool
) -> Iterator[Event]:
    """The meeting that a predicate tells; `flexible` tells that the language's word order is free."""
    sentence = clause.sentence
    if predicate.term.get("alone") and not _alone(scan, predicate.end, sentence.end):
        return
    names, low, high = _participants(scan, clause, setting, predicate)
    places = [
        m
        for m in setting.places.by_sentence[sentence.index]
        if (_stands_in(m) and (m.start >= predicate.start or m.record.kind == "city"))
        or ((flexible or predicate.term.get("named")) and _visited(predicate, m))
    ]
    places = _behind(scan, clause, predicate, places) or places
    towns = [m for m in places if m.record.kind != "country"]
    places = towns or places  # whose ministers met, and what about, is no place of theirs
    places = specific(joined_places(setting.scan, places, places, places)[:2] if places else [])
    timed = bool(setting.times[sentence.index])
    if flexible:
        told = _told_freely(scan, clause, predicate, names, places, timed=timed)
    elif predicate.term.get("status") == "cancelled":
        off = _called_off(scan, clause, predicate)
        told = off is not None
        if off is not None:
            low, high = min(low, off.start), max(high, off.end)
    elif predicate.term.get("company"):
        told = _with_somebody(scan, clause, setting, predicate)
    else:
        told = _told_in_order(scan, clause, setting, predicate, names, places)
    if not told or _only_offered(scan, clause, predicate) or _denied(scan, predicate):
        return
    if _takes_in(scan, predicate):
        return
    if flexible and (_only_named(scan, predicate) or (_of_whom(scan, predicate) and not places)):
        return
    for place in places:
        high = max(high, place.end) if place.start - high < 12 else high
    detail = {
        "participants": names,
        "form": _medium(scan, clause, predicate) or predicate.term.get("form") or "in_person",
        "status": predicate.term.get("status"),
    }
    yield Event("meeting", predicate, low, high, places, detail)


def _takes_in(scan: Scan, predicate: Found) -> bool:
    """Whether hurt people that a number counts are received, and nobody met: «прийняли 23 поранених»."""
    k = predicate.end
    counted = k + 1 < len(scan.tokens) and (scan.tokens[k].kind == "n" or scan.at(k, "number"))
    hurt = scan.at(k + 1, "predicate") if counted else None
    return hurt is not None and hurt.term.get("frame") in ("wound", "kill")


def _stands_in(m: Mention) -> bool:
    """Whether a preposition of place leads a place, be it a state's: "at the summit in Canada, … said"."""
    return m.role == "in" or (m.role == "voice" and m.lead < m.start)


def _behind(scan: Scan, clause: Clause, predicate: Found, rows: list[Mention]) -> list[Mention]:
    """The places behind a word for a meeting, before another one and in its own part of the sentence."""
    next_ = [p.start for p in _others(clause, predicate) if p.start >= predicate.end]
    stop = min(next_, default=clause.sentence.end)
    own = [m for m in rows if predicate.end <= m.start < stop]
    return [m for m in own if scan.tokens[m.start - 1].text != ";"] if own else []


def _visited(predicate: Found, m: Mention) -> bool:
    """Whether a place is the object of a verb right before it: «відвідав Вільнюс»."""
    verb = predicate.term.group == "active"
    return verb and m.role == "bare" and m.start == predicate.end and m.record.kind == "city"


def _only_offered(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a meeting is only offered, demanded or refused: "offered to host a summit"."""
    undone = predicate.term.group == "noun" or "inf" in predicate.tags
    if _ready_for(scan, predicate):
        return True
    ready = scan.at(predicate.start - 1, "planned") if predicate.start else None
    if ready is not None and ready.term.get("offered"):
        return "inf" in predicate.tags  # "ready to meet"
    return undone and any(
        p.term.get("stance") in _NOT_YET
        and 0 <= predicate.start - p.end <= _OBJECT
        and not scan.within("place_prep", p.end, predicate.start)  # "offered it in a call"
        for p in clause.predicates
    )


def _ready_for(scan: Scan, predicate: Found) -> bool:
    """Whether somebody is only ready for or open to what a noun names: «готова к переговорам»."""
    k = predicate.start
    if predicate.term.group != "noun" or k < 2 or scan.at(k - 1, "prep", "place_prep") is None:
        return False
    ready = scan.at(k - 2, "planned")
    return ready is not None and bool(ready.term.get("offered"))


def _only_named(scan: Scan, predicate: Found) -> bool:
    """Whether a noun for a meeting only tells when something else was: «напередодні саміту на Алясці»."""
    before = predicate.start - 1
    eve = scan.within("eve", max(0, before - 1), before + 1)
    if predicate.term.group != "noun" or not any(f.end == predicate.start for f in eve):
        return False
    return not predicate.tags or any(t.startswith("gen.") for t in predicate.tags)


def _of_whom(scan: Scan, predicate: Found) -> bool:
    """Whether a word for talks only tells who somebody is: «Рубіо, який вів переговори з боку США, …»."""
    talks = predicate.term.group == "noun" or predicate.end - predicate.start > 1
    return talks and any(
        k > 0 and scan.at(k, "relative") is not None and scan.tokens[k - 1].text == ","
        for k in (predicate.start - 1, predicate.start - 2)
    )


def _denied(scan: Scan, predicate: Found) -> bool:
    """Whether a verb of meeting is denied: «не сядет за стол переговоров», and calls nothing off."""
    if predicate.term.group == "noun" or predicate.term.get("status") == "cancelled":
        return False
    return predicate.start > 0 and scan.at(predicate.start - 1, "negation") is not None


def _called_off(scan: Scan, clause: Clause, predicate: Found) -> Found | None:
    """The meeting that is called off: its noun before the verb, or right behind it; None where none is named."""
    nouns = [
        f
        for f in (*clause.predicates, *scan.within("occasion", *_around(clause)))
        if f is not predicate
        and (f.term.type == "occasion" or f.term.get("frame") == "meet")
        and (f.term.group == "noun" or f.term.type == "occasion")
    ]
    before = [f for f in nouns if 0 <= predicate.start - f.end <= _CALLED_OFF]
    behind = [f for f in nouns if 0 <= f.start - predicate.end <= _OBJECT]
    near = before or behind
    return max(near, key=lambda f: f.start) if near else None


def _around(clause: Clause) -> tuple[int, int]:
    return clause.sentence.start, clause.sentence.end


def _with_somebody(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> bool:
    """Whether somebody is named behind the word for "with": "discussed it on Monday with her counterpart"."""
    last = min(predicate.end + _WITH, clause.sentence.end)
    for k in range(predicate.end, last):
        if scan.tokens[k].text in ",;:.":
            return False
        if scan.at(k, "company") is not None:
            return _somebody(scan, k + 1) and _whom(scan, clause, setting, k + 1)
    return False


def _somebody(scan: Scan, k: int) -> bool:
    """Whether a person or an office stands at a token: relations "with Russia" are no talks."""
    if scan.at(k, "nation") is not None:
        return scan.at(k + 1, "role", "delegate", "voice") is not None
    named = k not in scan.starting and scan.tokens[k].capital
    return not named or (k + 1 < len(scan.tokens) and scan.tokens[k + 1].capital)


def _participants(
    scan: Scan, clause: Clause, setting: Setting, predicate: Found
) -> tuple[list[str], int, int]:
    """Who is named near the predicate, and the tokens that hold the predicate and all of them."""
    sentence = clause.sentence
    names: list[str] = []
    low, high = predicate.start, predicate.end
    others = _others(clause, predicate)
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
            if gap < _WITHIN and name not in names:
                names.append(name)
                first, last = min(predicate.start, f.start), max(predicate.end, f.end)
                if not any(first <= p.start < last for p in others):
                    low, high = min(low, first), max(high, last)
    return names, low, high


def _others(clause: Clause, predicate: Found) -> list[Found]:
    """The other verbs of meeting of a sentence."""
    return [
        p
        for p in clause.predicates
        if p.term.get("frame") == "meet" and p is not predicate and p.term.group != "noun"
        if not p.term.get("named")
    ]


def _medium(scan: Scan, clause: Clause, predicate: Found) -> str | None:
    """The form that a word for a line or a screen tells, no other word for a meeting between: "spoke … by telephone"."""
    if predicate.term.get("form") != "in_person":
        return None
    others = _others(clause, predicate)
    for f in scan.within("medium", *_around(clause)):
        low, high = min(f.start, predicate.start), max(f.end, predicate.end)
        if not any(low <= p.start < high and not p.start <= f.start < p.end for p in others):
            return str(f.term.get("form"))
    return None


def _told_freely(
    scan: Scan,
    clause: Clause,
    predicate: Found,
    names: list[str],
    places: list[Mention],
    *,
    timed: bool,
) -> bool:
    """Whether names, places and times anywhere in the sentence make the word a meeting.

    A noun that somebody called off, or that is told to have taken place, needs no more than one of them.
    """
    noun, sure = predicate.term.group == "noun", predicate.term.get("sure")
    if predicate.term.get("company") and not scan.within("medium", *_around(clause)):
        return False  # they only talked of something
    if predicate.term.get("status") == "cancelled":
        named = predicate.end - predicate.start > 1 and bool(names or places or timed)
        return named or _called_off(scan, clause, predicate) is not None
    if predicate.term.get("named"):
        return bool(places) and (bool(names) or _office(scan, clause, predicate))
    held = (places and (names or len(places) > 1)) or (names and timed)
    if noun and (names or places or timed) and _led(scan, predicate):
        return True
    if noun and not held and (not sure or not (names or places or timed)):
        by_time = sure or (timed and not _of_strangers(scan, predicate))
        return bool((names or places or by_time) and _takes_place(scan, clause, predicate))
    if names or (places and (noun or predicate.term.get("status"))):
        return True
    if not noun and _envoys(scan, clause, predicate):
        return bool(places or timed or sure or scan.within("medium", *_around(clause)))
    return timed and bool(sure or _gathers(clause, predicate))


def _of_strangers(scan: Scan, predicate: Found) -> bool:
    """Whether a word that the lexicon does not know stands right behind a noun: «встреча выпускников»."""
    k = predicate.end
    if k >= len(scan.tokens) or k in scan.starting:
        return False
    return scan.tokens[k].kind == "w" and not scan.tokens[k].capital


def _office(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether somebody is told by their office before a verb."""
    return any(
        scan.within(kind, clause.sentence.start, predicate.start) for kind in ("role", "delegate")
    )


def _envoys(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether several people are told by their office before a verb or right behind it: "the ministers … met"."""
    last = min(predicate.end + _BEFORE, clause.sentence.end)
    span = max(clause.sentence.start, predicate.start - _SUBJECT), last
    offices = (f for f in scan.within("role", *span) if "nom.pl" in f.tags)
    return bool(scan.within("delegate", *span)) or any(offices)


def _takes_place(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a verb of taking place stands beside a noun for a meeting: "talks … have begun"."""
    return any(
        clause.crossing(
            *((f.end, predicate.start) if f.end <= predicate.start else (predicate.end, f.start))
        )
        < _WITHIN / 2
        for f in scan.within("course", *_around(clause))
    )


def _under_way(scan: Scan, predicate: Found) -> bool:
    """Whether what befalls a meeting stands close behind its noun, no mark between: "US-Russia talks are under way"."""
    return any(
        all(scan.tokens[i].kind == "w" for i in range(predicate.end, f.start))
        for f in scan.within("course", predicate.end, predicate.end + _BEFORE)
    )


def _gathers(clause: Clause, predicate: Found) -> bool:
    """Whether a body that meets is the subject of a verb of meeting: "the contact group will gather"."""
    return predicate.term.group != "noun" and any(
        p.term.get("frame") == "meet" and p.term.group == "noun" and p.end <= predicate.start
        for p in clause.predicates
    )


def _told_in_order(
    scan: Scan,
    clause: Clause,
    setting: Setting,
    predicate: Found,
    names: list[str],
    places: list[Mention],
) -> bool:
    """Whether the words right behind a word for meeting say whom, where or when."""
    at = predicate.end
    to = scan.at(at, "prep") if predicate.term.get("form") == "call" else None
    heard = to.end if to is not None and to.term.get("infinitive") else at
    whom = _whom(scan, clause, setting, heard) or _with_somebody(scan, clause, setting, predicate)
    where = any(_is_place_of(scan, clause, predicate, m) for m in places)
    times = setting.times[clause.sentence.index]
    timed = any(
        clause.crossing(*((at, t.start) if t.start >= at else (t.end, predicate.start))) < _TIMED
        for t in times
    )
    if predicate.term.group == "noun":
        owned = bool(names) and _owned(scan, predicate)
        tied = at - predicate.start > 1 or scan.at(at, "company", "partitive") is not None
        with_ = whom and tied
        if _none(scan, clause, predicate):
            return False
        led = _led(scan, predicate)
        told = bool(timed or places or predicate.term.get("sure") or _had(scan, predicate) or led)
        known = bool(names) and _under_way(scan, predicate)
        known = known or _session(scan, predicate) or (led and _dated(scan, predicate, times))
        return where or known or (with_ and told) or bool(owned and (times or places))
    if predicate.start == clause.sentence.start:
        return False  # "Meet six people who …"
    if any(f.term.get("frame") == "meet" for f in scan.within("predicate", at, at + _OBJECT)):
        return True
    if predicate.term.get("named"):
        return where and (bool(names) or _office(scan, clause, predicate))
    if predicate.term.get("whom"):
        return whom
    several = _two_named(scan, predicate) or bool(
        scan.within("delegate", predicate.start - _SUBJECT, predicate.start)
    )
    several = several or len(names) > 1
    if predicate.term.get("several"):
        return several and (where or timed)
    if predicate.end - predicate.start > 1 and (
        where or (timed and (names or predicate.term.get("sure"))) or _of_body(scan, predicate)
    ):
        return True
    return whom or ((where or timed or bool(predicate.term.get("sure"))) and several)


def _led(scan: Scan, predicate: Found) -> bool:
    """Whether a word stands before a noun with which something else came out of the meeting: "after talks with …"."""
    k = predicate.start
    while k > 0 and scan.at(k - 1, "article", "ordinal", "pronoun", "nation"):
        k -= 1
    return any(f.end == k for f in scan.within("outcome_of", k - 3, k))


def _dated(scan: Scan, predicate: Found, times: list[TimeMention]) -> bool:
    """Whether the day of a meeting stands right behind its noun: "the talks of 2 June"."""
    at = predicate.end
    if scan.at(at, "partitive", "prep", "place_prep"):
        at += 1
    return any(t.start == at for t in times)


def _session(scan: Scan, predicate: Found) -> bool:
    """Whether the noun is of a session of a body that is named behind it: "an emergency session of the council"."""
    if scan.at(predicate.end - 1, "partitive") is None:
        return False
    k = predicate.end + (scan.at(predicate.end, "article") is not None)
    return any(
        f.term.get("sort") == "body" for f in scan.starting.get(k, ()) if f.term.type == "voice"
    )


def _of_body(scan: Scan, predicate: Found) -> bool:
    """Whether a body that meets stands right before its verb: "the Security Council held an emergency session"."""
    k = predicate.start
    while k > 0 and scan.at(k - 1, "aux", "adverb"):
        k -= 1
    return any(f.end == k and f.term.get("sort") == "body" for f in scan.within("voice", k - 4, k))


def _two_named(scan: Scan, predicate: Found) -> bool:
    """Whether two names joined by a conjunction stand right before a verb: "Aliyev and Pashinyan met"."""
    k = predicate.start
    while k > 1 and scan.at(k - 1, "aux", "adverb"):
        k -= 1
    first = k - 1
    while first > 0 and _name(scan, first):
        first -= 1
    joint = scan.at(first, "conj") if 0 < first < k - 1 else None
    return joint is not None and joint.term.get("joins") == "and" and _name(scan, first - 1)


def _name(scan: Scan, k: int) -> bool:
    token = scan.tokens[k]
    return token.kind == "w" and token.capital and (k not in scan.starting or _voiced(scan, k))


def _voiced(scan: Scan, k: int) -> bool:
    return scan.at(k, "voice") is not None


def _none(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a word for none opens the clause before a noun: "no date for a third round of talks has been set"."""
    first = max(clause.sentence.start, predicate.start - _SUBJECT)
    return any(
        not any(f.end <= p.start < predicate.start for p in clause.predicates)
        and all(scan.tokens[i].text not in ",;:" for i in range(f.end, predicate.start))
        for f in scan.within("zero", first, predicate.start)
    )


def _had(scan: Scan, predicate: Found) -> bool:
    """Whether a verb of having or holding stands before the noun: "had another conversation"."""
    first = predicate.start - _BEFORE
    held = any(
        f.term.get("frame") == "hold" for f in scan.within("predicate", first, predicate.start)
    )
    return held or bool(scan.within("aux", first, predicate.start))


def _owned(scan: Scan, predicate: Found) -> bool:
    """Whether the noun is somebody's: "the ministry's next meeting", "the Smith-Jones talks"."""
    first = predicate.start - _BEFORE
    for kind in ("voice", "nation"):
        for f in scan.within(kind, first, predicate.start):
            between = range(f.end, predicate.start)
            if f.end == predicate.start or (
                between
                and scan.possessive(f.end)
                and not any(scan.at(i, "says", "predicate", "conj") for i in between)
            ):
                return True
    return False


def _whom(scan: Scan, clause: Clause, setting: Setting, at: int) -> bool:
    """Whether somebody is named or pointed at right behind, past when it was and the word for "with"."""
    last = min(at + _OBJECT, clause.sentence.end)
    timed = {i for t in setting.times[clause.sentence.index] for i in range(t.start - 1, t.end)}
    last += len(timed & set(range(at, last)))
    for i in range(at, min(last, clause.sentence.end)):
        token = scan.tokens[i]
        if i in timed:
            continue
        nation = scan.at(i, "nation")
        if (nation is not None and nation.term.get("metonym")) or scan.at(i, "delegate"):
            return True
        voice = scan.at(i, "voice", "role")
        if voice is not None and voice.term.get("sort") != "outlet":
            return True
        if scan.at(i, *_PASSED) or token.kind == "l" or token.text in '"-' or scan.possessive(i):
            continue
        if i in scan.starting or token.kind != "w":
            return False
        if token.capital:
            return True
    return False


def _alone(scan: Scan, at: int, last: int) -> bool:
    """Whether one person stands right behind a verb, and no word for what they were called: "called Putin on Thursday"."""
    person = next(
        (f for f in scan.within("voice", at, at + 1) if f.term.get("sort") == "person"), None
    )
    if person is None:
        return False
    k = person.end
    return k >= last or scan.tokens[k].text in ",.;" or scan.at(k, *_BEHIND_NAME) is not None


def _is_place_of(scan: Scan, clause: Clause, predicate: Found, m: Mention) -> bool:
    """Whether a place stands right behind a word for a meeting, with nothing of its own between."""
    at = predicate.end
    if m.lead < at:
        return False
    near = 1 if m.record.kind == "country" else _CLOSE
    if m.lead - at > near and not scan.at(at, "company", "partitive"):
        return False
    told = [
        f
        for f in scan.within("predicate", at, m.lead)
        if f.term.get("frame") not in ("hold", "meet")
    ]
    stopped = told or scan.within("relative", at, m.lead)
    return not stopped and clause.crossing(at, m.lead) < _WITHIN


def _party(scan: Scan, found: Found, setting: Setting) -> bool:
    """Whether a capital's name stands for its government: not where it is a place, has a genitive or tells whose."""
    if scan.possessive(found.end) or _tells_whose(scan, found):
        return False
    if found.start and scan.at(found.start - 1, "place_prep") is not None:
        return False
    return not any(m.start == found.start and m.role == "in" for m in setting.places.mentions)


def _tells_whose(scan: Scan, found: Found) -> bool:
    """Whether a state's name only tells whose people are named behind it: "US envoys Smith and Jones"."""
    people = scan.within("voice", found.end, found.end + _TITLED)
    between = range(found.end, people[0].start) if people else range(0)
    return bool(between) and all(
        scan.tokens[i].kind == "w" and not scan.at(i, "conj", "prep", "place_prep", "predicate")
        for i in between
    )
