"""Claims of comparison: superlatives, records, ratios, more and less than before, first times, by their wordings.

Enters: passages, and the spans that claims of comparison already have. Leaves: `Event`s, each with its relation.
Does not belong here: what a comparison says in figures (`comparisons`), whether it holds (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warledger.extraction.event import Event
from warledger.extraction.scan import Found, Scan

if TYPE_CHECKING:
    from warledger.extraction.statements import Passage

_NOUN = 8  # tokens behind a superlative in which the noun that it describes stands
_SUBJECT = 16  # tokens before a superlative in which what it is said of stands
_SINCE = 12  # tokens behind a first time in which its period opens
_SAID_OF = 18  # tokens around a ratio in which what it is said of stands
_NEAR_SPAN = (
    6  # tokens behind what is the first of its kind in which the years stand in which it is
)
_FAR = 12  # tokens from a direction to a "than" that people and their fate part from it
_CLAUSE = 5  # tokens behind "than" in which a clause of its own has its verb
_BEHIND = 3  # tokens from a direction to the word for "than"
# Deeds whose nouns can be the largest, the longest or the first of their kind.
_DEEDS = frozenset(
    {"launch", "hit", "target", "kill", "wound", "casualty", "bodies", "exchange", "assault"}
    | {"attack", "cut", "nuclear_power", "capture", "advance", "lose_army", "evacuate"}
)
# Verbs under which a city hit again is hit "for the first time since …".
_STRUCK = frozenset(
    {"launch", "hit", "target", "attack", "kill", "damage", "cut", "intercept", "nuclear_power"}
)
_RIVALS = ("object", "settlement", "region_noun", "says", "relative", "plant")
_VERBS = frozenset(
    {"kill", "wound", "casualty", "capture", "liberate", "advance", "launch", "intercept"}
)
_HEDGES = {"over": "more_than", "under": "less_than"}
_CLOSING = ("since", "place_prep", "prep", "conj", "relative", "period_word", "partitive")
_STOPS = ",;:.–()"
# Kinds whose numbers are compared with those of other times.
_COUNTED = frozenset(
    {
        "launched",
        "intercepted",
        "hit",
        "locations_struck",
        "attacks",
        "killed",
        "wounded",
        "casualties",
    }
    | {"area_captured", "outage", "nuclear_power", "prisoners", "damaged", "evacuated"}
)
_OPENING = 2  # tokens of a sentence in which a pronoun stands that points back
_POINTS = 30  # tokens before a sentence to which it points back


def found(passage: Passage) -> Iterator[Event]:
    """The comparisons of a sentence: each reader is asked where a wording stands that it reads."""
    told = passage.words.types
    for reader, kinds in _READERS if told else ():
        if not told.isdisjoint(kinds):
            yield from reader(passage)


def _event(passage: Passage, found: Found, relation: str, start: int, end: int) -> Event:
    last = min(end, passage.sentence.end)
    return Event("comparison", found, start, last, [], {"relation": relation})


# ---- the largest, the deadliest, a record ----


def _superlatives(passage: Passage) -> Iterator[Event]:
    words = passage.words
    for word in [*words.of("superlative"), *words.of("rank_tail")]:
        head = _noun_behind(passage, word)
        if head is None and _closes(passage, word):
            head = _noun_before(passage, word.start)
        if head is None and _predicated(passage, word):
            head = _noun_before(passage, word.start)
        if head is None and _since(passage, word.end):
            head = _told_before(passage, word)
        if head is None:
            continue
        one = words.before(word.start, 4, "one_of") or words.before(word.start, 2, "order")
        relation = "one_of_largest" if one or word.term.get("rank") else "largest"
        start = min(word.start, head.start, one.start if one else word.start)
        end = max(word.end, head.end)
        past = words.after(end, _BEHIND, "history") if word.term.get("lasting") else None
        if past is not None and relation == "largest":
            relation, end = "record", past.end  # no outage of the plant lasted longer
        yield _event(passage, word, relation, start, end)


def _noun_behind(passage: Passage, word: Found) -> Found | None:
    """The noun of an attack or of harm that a superlative describes; None where another noun comes first."""
    scan = passage.scan
    deadly, parted = bool(word.term.get("kind")), False
    one = passage.words.before(word.start, 4, "one_of") is not None
    for i in range(word.end, min(word.end + _NOUN, passage.sentence.end)):
        token = scan.tokens[i]
        if token.text in _STOPS:
            return None
        deed = _deed_at(passage, i)
        if deed is not None:
            sure = parted or one or not _of_victims(deed) or _since(passage, deed.end)
            return deed if sure else None
        if (weapon := scan.at(i, "weapon", "person")) is not None:
            if parted or (i == word.end and "gen.pl" in weapon.tags - word.tags):
                return weapon if _timed(passage, weapon.end) else None  # «найбільше КАБів»
        if deadly and (time := scan.at(i, "unit", "period_word", "day_part")) is not None:
            return time
        if scan.at(i, *_RIVALS) or any(
            f.term.type == "predicate" and f.term.group not in ("noun", "passive")
            for f in scan.starting.get(i, ())
        ):
            return None
        if scan.at(i, "partitive", "sum_of") is not None:
            if parted:
                return None
            parted = True
        elif scan.at(i, "prep", "place_prep", "conj", "aux") is not None:
            if scan.at(i + 1, "sum_of") is None:
                return None  # "the largest by number of …"
    return None


def _predicated(passage: Passage, word: Found) -> bool:
    """Whether a superlative is said of its subject, with its time: "the attack was the largest on the grid since May"."""
    if passage.scan.at(word.start - 2, "aux") is None:
        return False
    return passage.words.after(word.end, _SINCE, "onward", "whole") is not None


def _told_before(passage: Passage, word: Found) -> Found | None:
    """What a comparison is said of that names it no more: what its sentence tells before, or "it" that points back."""
    scan, sentence = passage.scan, passage.sentence
    at = scan.span(word.start, word.end)[0]
    if any(c.kind in _COUNTED and c.evidence[0].start < at for c in passage.claims):
        return word
    if not scan.within("pronoun", sentence.start, min(word.start, sentence.start + _OPENING)):
        return None
    told = range(sentence.start - 1, max(-1, sentence.start - _POINTS), -1)
    return word if any(_told_at(passage, i) for i in told) else None


def _since(passage: Passage, at: int) -> bool:
    """Whether the time opens soon behind in which nothing was like it, no other thing named before: "… since May"."""
    scan = passage.scan
    last = min(at + _NOUN, passage.sentence.end)
    stop = next((i for i in range(at, last) if scan.tokens[i].text in ";:()"), last)
    if any(scan.at(i, "object", "settlement", "region_noun") for i in range(at, stop)):
        return False
    scopes = (passage.words.after(at, _NOUN, kind) for kind in ("whole", "history"))
    if any(f is not None and f.start < stop for f in scopes) or scan.within("since", at, stop):
        return True
    times = {t.start for t in passage.setting.times.get(passage.sentence.index, [])}
    if any(passage.words.at(i, "onward") and times & {i, i + 1, i + 2} for i in range(at, stop)):
        return True
    return any(
        a.unit is not None
        and a.unit.term.get("dimension") in ("duration", "year")
        and at <= a.start < stop
        and scan.at(a.start - 1, "prep", "place_prep")
        for a in passage.amounts
    )


def _timed(passage: Passage, at: int) -> bool:
    """Whether a time stands behind what a superlative counts, or nothing does: "the most drones in one night"."""
    last = min(at + _SINCE, passage.sentence.end)
    if last <= at or passage.scan.tokens[at].text in ",;:.–":
        return True
    if passage.words.after(at, _NOUN, "onward", "whole") is not None:
        return True
    times = passage.setting.times.get(passage.sentence.index, [])
    kinds = ("since", "period_word", "day_part", "unit")
    return any(at <= t.start < last for t in times) or any(
        passage.scan.within(kind, at, last) for kind in kinds
    )


def _of_victims(deed: Found) -> bool:
    """Whether a noun names victims and no figure of them: "most wounded are in X" compares nothing."""
    hurt = "wounded" in (deed.term.get("kind"), deed.term.id) or deed.term.get("frame") == "wound"
    return hurt or (bool(deed.tags) and all(t.endswith(".pl") for t in deed.tags))


def _noun_before(passage: Passage, at: int) -> Found | None:
    first = max(passage.sentence.start, at - _SUBJECT)
    for i in range(at - 1, first - 1, -1):
        if passage.scan.tokens[i].text in ";:":
            return None
        deed = _deed_at(passage, i)
        if deed is not None and not _describes(passage, deed):
            return deed
    return None


def _describes(passage: Passage, deed: Found) -> bool:
    """Whether another noun follows, which the noun of a deed only describes: "an air raid alert"."""
    scan = passage.scan
    at = max((f.end for f in scan.starting.get(deed.start, ())), default=deed.end)
    if at >= passage.sentence.end or passage.words.at(at, "superlative"):
        return False
    token = scan.tokens[at]
    return token.kind == "w" and not token.capital and at not in scan.starting


def _deed_at(passage: Passage, i: int) -> Found | None:
    """A noun for an attack, for harm or for a figure of these at a token."""
    scan = passage.scan
    noun = scan.at(i, "attack_noun", "attack_word") or passage.words.at(i, "counted")
    if noun is not None:
        return noun
    return next(
        (
            f
            for f in scan.starting.get(i, ())
            if f.term.type == "predicate"
            and f.term.group == "noun"
            and f.term.get("frame") in _DEEDS
        ),
        None,
    )


def _closes(passage: Passage, word: Found) -> bool:
    """Whether no noun follows a superlative: its clause ends, or its period opens."""
    at = word.end
    scan = passage.scan
    if scan.possessive(word.start - 1):
        return False  # "the plant, Europe's largest"
    joint = scan.at(at, "conj") if at < passage.sentence.end else None
    if joint is not None and passage.words.at(joint.end, "superlative") is not None:
        return False  # "the longest and bloodiest battle": told by the second
    if at >= passage.sentence.end or scan.tokens[at].kind != "w":
        return True
    if passage.words.at(at, "whole") or passage.words.at(at, "onward"):
        return True
    if scan.at(at, "place_prep") and _thing_behind(passage, at):
        return False  # "the largest in the country, a children's hospital"
    return scan.at(at, *_CLOSING) is not None


def _thing_behind(passage: Passage, at: int) -> bool:
    """Whether a thing that is no attack is named behind a place, before any mark: what the superlative describes."""
    for i in range(at, min(at + _NOUN, passage.sentence.end)):
        if passage.scan.tokens[i].text in _STOPS:
            return False
        if passage.scan.at(i, "object"):
            return True
    return False


def _records(passage: Passage) -> Iterator[Event]:
    scan = passage.scan
    for word in passage.words.of("record"):
        near = range(word.end, min(word.end + 5, passage.sentence.end))
        head = next((d for i in near if (d := _deed_at(passage, i) or scan.at(i, "weapon"))), None)
        if head is None and _closes(passage, word):
            head = _noun_before(passage, word.start) or _told_before(passage, word)
        if head is not None:
            start, end = min(word.start, head.start), max(word.end, head.end)
            yield _event(passage, word, "record", start, end)


def _unmatched(passage: Passage) -> Iterator[Event]:
    """What was never so before: "the city had never seen so many drones", «так довго станція ще не стояла»."""
    scan, sentence = passage.scan, passage.sentence
    for word in passage.words.of("such"):
        first = max(sentence.start, word.start - _NOUN)
        last = min(sentence.end, word.end + _NOUN)
        denied = scan.within("negation", first, last)
        head = next((d for i in range(word.end, last) if (d := _told_at(passage, i))), None)
        head = head or next(iter(scan.within("plant", sentence.start, sentence.end)), None)
        if not denied or head is None or scan.within("planned", first, last):
            continue
        if word.term.get("scoped") and not (head.start == word.end and _since(passage, head.end)):
            continue
        start = min(word.start, denied[0].start)
        yield _event(passage, word, "record", start, max(word.end, denied[0].end))


# ---- twice as many, more than before ----


def _ratios(passage: Passage) -> Iterator[Event]:
    words = passage.words
    for word in words.of("factor"):
        behind = words.at(word.end, "upward") or words.at(word.end, "downward")
        grown = words.before(word.start, 2, "upward", "downward")
        grown = grown or words.after(word.end, 1, "than")
        told = word.term.get("changes") or behind or grown
        said_of = _subject if word.term.get("changes") else _said_of
        thing = said_of(passage, word) if told else None
        if told and thing is None and _past_behind(passage, behind or word):
            thing = _told_before(passage, word)
        if thing is not None:
            relation = "double" if word.term.get("value") == 2 else "ratio"
            yield _span(passage, word, relation, thing, behind.end if behind else word.end)
    for amount in passage.amounts:
        times = words.at(amount.end, "times")
        if times is None or amount.low is None or amount.sort != "number":
            continue
        behind = words.after(times.end, 1, "upward", "downward", "than")
        if behind is not None and passage.scan.tokens[times.end].text == ";":
            behind = None
        if behind is not None and (thing := _said_of(passage, times)):
            relation = "double" if amount.low == amount.high == 2 else "ratio"
            event = _span(passage, times, relation, thing, behind.end)
            event.start = min(event.start, amount.start)
            yield event


def _past_behind(passage: Passage, word: Found) -> bool:
    """Whether the time that is compared with stands right behind: "… as a week ago", «…, ніж торік»."""
    words = passage.words
    than = words.after(word.end, _BEHIND, "than") or word
    if _period_behind(passage, than) is not None:
        return True
    return words.after(word.end, _BEHIND, "prior") is not None


def _directions(passage: Passage) -> Iterator[Event]:
    """ "Fewer than a week earlier", "higher than in June", "up from 300 the night before"."""
    for kind, relation in (("upward", "more_than"), ("downward", "less_than")):
        for word in passage.words.of(kind):
            if _bounds(passage, word) or _within_verb(passage, word):
                continue
            than = passage.words.after(word.end, _BEHIND, "than") or _far_than(passage, word)
            if than is None:
                continue
            marks = range(word.end, than.start - 1)  # «більше, ніж»: a comma is the rule
            if not any(passage.scan.tokens[i].text in _STOPS for i in marks):
                yield from _against(passage, word, relation, than)
    for hedge in passage.words.of("hedge"):
        relation = _HEDGES.get(str(hedge.term.get("bound")), "")
        at = min(hedge.end, passage.sentence.end - 1)
        if relation and hedge.term.get("compares") and passage.scan.tokens[at].kind != "n":
            yield from _against(passage, hedge, relation, hedge)


def _far_than(passage: Passage, word: Found) -> Found | None:
    """The "than" of people and their fate between it and its "more": "more people were killed there than in May"."""
    scan = passage.scan
    for than in passage.words.of("than"):
        if not than.term.get("far") or not word.end < than.start <= word.end + _FAR:
            continue
        between = range(word.end, than.start - 1)
        if any(scan.tokens[i].text in _STOPS or scan.at(i, "says") for i in between):
            return None
        return than if any(_told_at(passage, i) for i in between) else None
    return None


def _against(passage: Passage, word: Found, relation: str, than: Found) -> Iterator[Event]:
    end = _period_behind(passage, than) or _deed_behind(passage, than)
    if end is None:
        return
    thing = _said_of(passage, word) or _told_before(passage, word)
    if thing is not None:
        yield _span(passage, word, relation, thing, end)


def _bounds(passage: Passage, word: Found) -> bool:
    """Whether a word of direction only bounds the number behind it: "more than 300 people"."""
    bound = passage.scan.at(word.start, "bound")
    return bound is not None and any(a.start <= bound.start < a.end for a in passage.amounts)


def _within_verb(passage: Passage, word: Found) -> bool:
    """Whether a word of direction belongs to a longer verb: "shot down"."""
    return any(
        p.start < word.start < p.end and p.term.get("frame") != "compare"
        for p in passage.clause.predicates
    )


def _period_behind(passage: Passage, than: Found) -> int | None:
    """Where the period ends that stands right behind "than", past a preposition or a number."""
    scan, words = passage.scan, passage.words
    times = {t.start: t.end for t in passage.setting.times.get(passage.sentence.index, [])}
    i, last = than.end, min(than.end + 6, passage.sentence.end)
    while i < last:
        if i in times:
            return times[i]
        if (prior := words.at(i, "prior")) is not None:
            return prior.end
        if (share := scan.at(i, "share_word")) is not None:  # "in the whole of the year before"
            i = share.end
            continue
        token = scan.tokens[i]
        thin = scan.at(i, "prep", "place_prep", "article", "pronoun", "partitive", "than", "all")
        whole = i + 1 in times and i not in scan.starting  # «за весь жовтень»
        if not (token.kind == "n" or thin or whole or scan.at(i, "number") or _deed_at(passage, i)):
            return None
        i += 1
    return None


def _deed_behind(passage: Passage, than: Found) -> int | None:
    """Where the verb ends that stands right behind "than" with a subject of its own: "more than they took all winter"."""
    scan = passage.scan
    for i in range(than.end, min(than.end + _CLAUSE, passage.sentence.end)):
        if scan.tokens[i].text in _STOPS:
            return None
        if passage.scan.at(i, "number") or scan.tokens[i].kind == "n":
            return None  # "fewer than nine were killed" only bounds a number
        if (deed := _verb_at(passage, i)) is not None:
            told = scan.at(i - 1, "aux", "pronoun", "forces", "person", "nation", "voice")
            return deed.end if i > than.end and told else None
    return None


def _told_at(passage: Passage, i: int) -> Found | None:
    """A noun for an attack, harm or weapons, or a verb of what befell people, weapons or land, at a token."""
    noun = _deed_at(passage, i) or passage.scan.at(i, "weapon")
    return noun or _verb_at(passage, i)


def _verb_at(passage: Passage, i: int) -> Found | None:
    return next(
        (
            f
            for f in passage.scan.starting.get(i, ())
            if f.term.type == "predicate" and f.term.get("frame") in _VERBS
        ),
        None,
    )


def _said_of(passage: Passage, word: Found) -> Found | None:
    """What a ratio is said of: the nearest noun for an attack, harm or weapons in its sentence."""
    scan, sentence = passage.scan, passage.sentence
    first, last = max(sentence.start, word.start - _SAID_OF), min(sentence.end, word.end + _SAID_OF)
    near = [
        noun
        for i in range(first, last)
        if (noun := _deed_at(passage, i) or scan.at(i, "weapon")) is not None
        and not word.start <= i < word.end
    ]
    read = _verb_at if scan.at(word.end, "person", "weapon") else _counting  # "more people died"
    near = near or [v for i in range(first, last) if (v := read(passage, i)) is not None]
    return min(near, key=lambda f: max(f.start - word.end, word.start - f.end), default=None)


def _counting(passage: Passage, i: int) -> Found | None:
    """A verb at a token under which a number of its sentence is one of harm, of weapons or of land."""
    verb = _verb_at(passage, i)
    return verb if verb is not None and verb in passage.clause.taken else None


def _subject(passage: Passage, word: Found) -> Found | None:
    """What a verb of change is said of: the nearest such noun before it in its clause."""
    for i in range(word.start - 1, passage.sentence.start - 1, -1):
        if passage.scan.tokens[i].text in _STOPS:
            return None
        if (noun := _deed_at(passage, i) or passage.scan.at(i, "weapon")) is not None:
            return noun
    return None


def _span(passage: Passage, word: Found, relation: str, thing: Found, end: int) -> Event:
    near = max(thing.start - word.end, word.start - thing.end) <= _NOUN
    start = min(word.start, thing.start) if near else word.start
    return _event(passage, word, relation, start, max(word.end, end, thing.end if near else 0))


# ---- for the first time since ----


def _firsts(passage: Passage) -> Iterator[Event]:
    words = passage.words
    for word in [*words.of("order"), *words.of("order_time")]:
        if word.term.get("value") != 1:
            continue
        noun: Found | None = word
        if word.term.type == "order":
            near = range(word.end, min(word.end + 4, passage.sentence.end))
            deed = next((d for i in near if (d := _deed_at(passage, i)) is not None), None)
            noun = words.after(word.end, 1, "time_noun") or deed
        if noun is None:
            continue
        last = min(noun.end + _SINCE, passage.sentence.end)
        frames = {p.term.get("frame") for p in passage.clause.predicates}
        told = noun.term.type not in ("order_time", "time_noun")
        if (told or (frames & _STRUCK and _comparable(passage))) and _scoped(
            passage, word, noun.end, last
        ):
            yield _event(passage, word, "first", word.start, last)


def _scoped(passage: Passage, word: Found, at: int, last: int) -> bool:
    """Whether the span of time is told in which nothing like it was before: since a day, in years, ever."""
    scan, words = passage.scan, passage.words
    scope = words.after(at, _SINCE, "onward", "whole", "history", "alike")
    if scan.within("since", at, last) or (scope is not None and scope.start < last):
        return True
    return any(
        a.unit is not None
        and a.unit.term.get("dimension") in ("duration", "year")
        and (lead := scan.at(a.start - 1, "prep", "place_prep")) is not None
        and (lead.start == word.end or not _stopped(scan, at, lead.start))
        for a in passage.amounts
        if at < a.start < min(last, at + _NEAR_SPAN)
    )


def _stopped(scan: Scan, a: int, b: int) -> bool:
    return any(scan.tokens[i].text in _STOPS or scan.at(i, "predicate") for i in range(a, b))


def _comparable(passage: Passage) -> bool:
    sentence = passage.sentence
    kinds = ("weapon", "attack_noun", "attack_word", "person", "object", "plant")
    return any(passage.scan.within(kind, sentence.start, sentence.end) for kind in kinds)


# What reads comparisons, and the types of wordings of which it needs one.
_READERS = (
    (_superlatives, ("superlative", "rank_tail")),
    (_records, ("record",)),
    (_unmatched, ("such",)),
    (_ratios, ("factor", "times")),
    (_directions, ("upward", "downward", "hedge")),
    (_firsts, ("order", "order_time")),
)
