"""The cost of a tie: how far a predicate is from a phrase, in words, marks and grammar.

Enters: a clause, a phrase and a predicate of it. Leaves: a number; the least one decides (`frames`).
Does not belong here: what phrase and predicate mean together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

if TYPE_CHECKING:
    from warledger.extraction.clauses import Clause

MARKS = {",": 1.0, ";": 4.0, ":": 1.5, "–": 1.0, "(": 2.5, ")": 2.5, '"': 0.3}
LIMIT = 11.0
_DESCRIBING = 4.0  # what a word costs that only describes what another verb tells of
_INSERTED = 0.8  # what a clause between commas costs, however long it is
_RESUMED = 5  # tokens behind a relative clause in which the verb of its noun stands
_SUBJECT_NEAR = 4  # tokens before a verb in which the things stand that it says something of
_LIGHT = 4  # tokens between a light verb and the noun that tells its deed
# Frames whose subject is what is counted, even in the active voice.
_SUBJECT = frozenset({"lose", "hit", "fall", "miss", "unhurt"})
# Frames whose active verb never says of its subject what is counted: "one soldier came to kill".
_OF_OBJECT = frozenset({"kill", "wound"})
# Those whose active verb never says of a thing that is its subject that it was struck.
_OF_THING = frozenset({"damage", "destroy", "hit", "target"})


def cost_of(scan: Scan, row: Clause, phrase: Phrase, predicate: Found, flexible: bool) -> float:
    """How far the predicate is from the phrase; 0 where it stands inside it."""
    if predicate.start >= phrase.start and predicate.end <= phrase.end:
        return 0.0
    before = predicate.end <= phrase.start
    if _only_describes(scan, row, phrase, predicate) or (before and _goes_on(scan, phrase)):
        return _DESCRIBING
    if before:
        cost = row.crossing(predicate.end, phrase.start)
        cost += LIMIT if _has_own_verb(scan, row, phrase, predicate) else 0.0
    else:
        cost = row.crossing(_past_relative(scan, phrase.end, predicate.start), predicate.start)
    if not before and _adjoining(scan, phrase.end, predicate.start):
        if predicate.term.group == "noun":
            return 0.0 if predicate.start == phrase.end else 0.6
        return 0.1
    low, high = sorted(((phrase.start, phrase.end), (predicate.start, predicate.end)))
    if _insertion(scan, row, low[1], high[0] - 1) or (
        not before and _main_verb(scan, row, phrase) is predicate
    ):
        cost = _INSERTED
    cost += _by_grammar(scan, row, phrase, predicate, flexible)
    if not before:
        end = _past_relative(scan, phrase.end, predicate.start)
        apart = _next_item(scan, row, phrase, predicate) or _of_next(scan, row, phrase, predicate)
        cost += LIMIT if apart else 0.0
        cost += _barrier(scan, end, predicate, inserted=end > phrase.end)
        return cost + _others_between(row, end, predicate, before)
    return cost + _others_between(row, phrase.start, predicate, before)


def _past_relative(scan: Scan, a: int, b: int) -> int:
    """Behind the relative clause that opens at token `a` and ends before token `b`; `a` where there is none.

    "Two men, who were driving to work, were hurt": the clause between commas parts nobody from the verb; nor does a
    part told there ("nine people, among them two boys, were hurt").
    """
    if scan.tokens[a].text != ",":
        return a
    if a + 2 < b and scan.tokens[a + 2].text == ",":
        if scan.tokens[a + 1].kind == "n":
            return a + 3  # "a nurse, 34, and a driver were hurt"
    part = scan.at(a + 1, "including", "of_which", "of_them") if a + 1 < b else None
    if part is None and a + 2 < b and scan.at(a + 1, "number"):
        part = scan.at(a + 2, "of_which")  # "ninety, thirty of whom are children, were hurt"
    if part is None and a + 2 < b and scan.tokens[a + 1].kind == "n":
        part = scan.at(a + 2, "of_which")
    relative = any(scan.at(k, "relative") for k in (a + 1, a + 2)) or _participle(scan, a + 1)
    stop = next((i for i in range(a + 1, b) if scan.tokens[i].text in ";:"), b)
    closing = [i for i in range(a + 3, stop) if scan.tokens[i].text == ","]
    closed = [f for i in closing for f in scan.within("of_them", i - 2, i) if f.end == i]
    if not (relative or part or closed):
        return a
    return closing[-1] + 1 if closing and b - closing[-1] <= _RESUMED else a


def _participle(scan: Scan, k: int) -> bool:
    """Whether a participle in the nominative opens what stands between commas: «чоловік, поранений учора, помер»."""
    found = scan.at(k, "predicate")
    if found is None or found.term.group != "passive" or found.term.get("frame") == "kill":
        return False
    return any(t.startswith("nom.") for t in found.tags)


def _insertion(scan: Scan, row: Clause, a: int, b: int) -> bool:
    """Whether only words between two commas part a subject from its verb: "a man, who was at home, died".

    Behind them an auxiliary tells whose verb it is: "all eleven, launched in one salvo, were shot down".
    """
    if b - a < 2 or scan.tokens[a].text != ",":
        return False
    told_by = scan.at(b + 1, "predicate")
    died = told_by is not None and told_by.term.group == "intransitive"
    verb = b
    while b > a and scan.at(b, "aux", "adverb"):
        b -= 1
    if b - a < 2 or scan.tokens[b].text != ",":
        return False
    inside = range(a + 1, b)
    if any(scan.tokens[i].text in ",;:()–" for i in inside):
        return False
    inner = [p for p in row.phrases if a <= p.start < b]
    told = [p for p in row.predicates if a <= p.start < b]
    described = bool(told) and told[0].start == a + 1 and _declined(told[0])
    if not (told[1:] if described else told):
        only = all(p.amount.sort in ("article", "bare") for p in inner)
        return not inner or (died and only and scan.at(a + 1, "article") is not None)
    opens = scan.at(a + 1, "predicate")
    if verb != b and opens is not None and _verbal(opens):
        return True
    named = all(p.amount.sort in ("article", "bare") for p in inner)
    return (verb != b or died) and named and scan.at(a + 1, "article") is not None


def _verbal(predicate: Found) -> bool:
    """Whether an English form may be a participle: "launched", "hurt"."""
    return predicate.term.group == "verb"


def _only_describes(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a participle right behind a noun only describes it: "12 drones launched from the sea were shot down"."""
    return predicate.start == phrase.end and _main_verb(scan, row, phrase) is not None


def _main_verb(scan: Scan, row: Clause, phrase: Phrase) -> Found | None:
    """The verb that a noun with a participle right behind it is the subject of; None where none follows."""
    opens = scan.at(phrase.end, "predicate") if phrase.end < row.sentence.end else None
    if opens is None or phrase.elided or not _verbal(opens):
        return None
    passive = opens.end < row.sentence.end and _by_or_from(scan, opens.end)
    for later in row.predicates:
        finite = passive or scan.at(later.start - 1, "aux") or later.term.group == "intransitive"
        if later.start <= opens.end or not finite:
            continue
        parted = any(
            scan.tokens[i].text in ",;:()–" or scan.at(i, "conj", "relative", "says")
            for i in range(opens.end, later.start)
        )
        return None if parted else later
    return None


def _by_or_from(scan: Scan, k: int) -> bool:
    """Whether who did it or where it came from stands at a token: "a drone fired by gunmen hit a base"."""
    lead = scan.at(k, "place_prep")
    origin = lead is not None and lead.term.get("role") == "from"
    return origin or scan.at(k, "agent") is not None


def _goes_on(scan: Scan, phrase: Phrase) -> bool:
    """Whether a relative clause tells what a bare number did: "counted 13 that left the airspace"."""
    relative = scan.at(phrase.end, "relative") if phrase.elided else None
    return relative is not None and scan.at(relative.end, "predicate") is not None


def _adjoining(scan: Scan, a: int, b: int) -> bool:
    return b - a <= 2 and all(scan.tokens[i].text in "–-" for i in range(a, b))


def _by_grammar(scan: Scan, row: Clause, phrase: Phrase, predicate: Found, flexible: bool) -> float:
    """What the wrong side of a predicate costs, by its grammatical group."""
    frame, group = predicate.term.get("frame"), predicate.term.group
    before = predicate.end <= phrase.start
    subject = frame in _SUBJECT and not (
        frame == "hit" and "weapon" not in phrase.heads and not phrase.elided
    )
    if group == "verb":
        group = _voice(scan, row, predicate)
    if group == "active":
        if not before and not flexible and predicate.term.group == "active":
            if frame in _OF_OBJECT or (frame in _OF_THING and "object" in phrase.heads):
                return LIMIT
        return (0.8 if flexible else 2.5) if (before if subject else not before) else 0.0
    if group == "noun":
        near = not before and predicate.start == phrase.end
        if before or near or scan.within("light", predicate.start - _LIGHT, predicate.start):
            return 0.0
        # "He is 53 and lives there": a noun behind a bare number is not what it counts.
        return 4.0 if flexible else (LIMIT if phrase.elided else 2.5)
    if flexible or not before:
        return 0.0
    return {"passive": 0.6, "intransitive": 1.2}.get(str(group), 0.0)


def _others_between(row: Clause, at: int, predicate: Found, before: bool) -> float:
    """What the other numbers between a predicate and the token where a phrase begins or ends cost."""
    cost = 0.0
    for other in row.phrases:
        inside = (
            (predicate.end <= other.start and other.end <= at)
            if before
            else (at <= other.start and other.end <= predicate.start)
        )
        if inside and other.amount.sort not in ("bare", "article"):
            apart = other.start - predicate.end if before else predicate.start - other.end
            cost += 1.5 if apart <= 1 and not before else 0.3
    return cost


def _has_own_verb(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a semicolon parts a noun from a verb before it and an auxiliary follows: "seven fell; one was not found"."""
    parted = any(scan.tokens[i].text == ";" for i in range(predicate.end, phrase.start))
    if not parted or phrase.elided or phrase.end >= row.sentence.end:
        return False
    return scan.at(phrase.end, "aux", "negation") is not None


def _of_next(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a relative word ties a verb to another number right before it: "12 missiles, and six that got through"."""
    return any(
        phrase.end < p.start
        and p.amount.sort == "number"
        and (relative := scan.at(p.end, "relative")) is not None
        and relative.end == predicate.start
        for p in row.phrases
    )


def _next_item(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a semicolon and another number part a phrase from a verb behind: "eight rockets; four were downed"."""
    marks = [i for i in range(phrase.end, predicate.start) if scan.tokens[i].text == ";"]
    return bool(marks) and any(
        marks[-1] < p.start and p.end <= predicate.start and p.amount.sort == "number"
        for p in row.phrases
    )


def _barrier(scan: Scan, a: int, predicate: Found, *, inserted: bool = False) -> float:
    """What a mark or word between a phrase and a predicate behind it adds to the cost.

    `inserted` tells that the comma before the predicate only closes a clause between the two.
    """
    b = predicate.start
    if scan.within("of_which", a, b):
        return LIMIT + 1  # what follows "of which" is said of the part
    parted = scan.at(b - 1, "conj") or any(scan.tokens[i].text in ",;" for i in range(a, b))
    if predicate.term.get("frame") == "fall" and parted:
        return LIMIT + 1  # "hits in 27 places, debris fell in 17"
    cost = MARKS[";"] if any(scan.tokens[i].text == ";" for i in range(a, b)) else 0.0
    if (
        predicate.term.group == "passive"
        and not inserted
        and scan.tokens[b - 1].text == ","
        and _declined(predicate)
    ):
        cost += 4.0
    return cost


def _declined(predicate: Found) -> bool:
    """Whether a participle has the form of an adjective, and so may only describe its noun."""
    return bool(predicate.tags) and all(
        t.endswith((".sg", ".pl")) and not t.startswith(("short", "past")) for t in predicate.tags
    )


def _voice(scan: Scan, row: Clause, predicate: Found) -> str:
    """Whether an English form is active or passive: an auxiliary before it, or a number right behind it."""
    for k in range(predicate.start - 1, max(row.sentence.start, predicate.start - 4) - 1, -1):
        aux = scan.at(k, "aux")
        if aux is not None:
            return "active" if aux.term.get("perfect") else "passive"
        if any(f.term.type in ("predicate", "conj", "relative") for f in scan.starting.get(k, ())):
            break
    if any(0 <= p.start - predicate.end <= 1 and p.start >= predicate.end for p in row.phrases):
        return "active"
    return "participle"


def denies(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a word for none can be said of a predicate before it: in one clause, but for whoever says so."""
    marks = [i for i in range(predicate.end, phrase.start) if scan.tokens[i].text in ",;:.–()"]
    if not marks or (
        len(marks) == 1 and marks[0] == predicate.end and scan.tokens[marks[0]].text in ":–"
    ):
        return True
    said = scan.within("says", marks[0], phrase.start) or scan.within(
        "according", marks[0], phrase.start
    )
    short = marks[-1] - marks[0] <= 4
    return (
        len(marks) == 2
        and (bool(said) or short)
        and all(scan.tokens[i].text in ",–" for i in marks)
    )


def same_segment(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether no mark stands between a phrase and a predicate."""
    low, high = min(phrase.end, predicate.end), max(phrase.start, predicate.start)
    return all(scan.tokens[i].text not in ",;:()" for i in range(low, high))


def coordinated(scan: Scan, a: int, b: int) -> bool:
    """Whether nothing but a conjunction joins two phrases of a list; words in brackets tell of the first."""
    if a < b and scan.tokens[a].text == "(":
        closing = next((i for i in range(a, b) if scan.tokens[i].text == ")"), a)
        a = a if any(scan.tokens[i].kind == "n" for i in range(a, closing)) else closing + 1
    return a < b and all(scan.at(i, "conj") for i in range(a, b))


def only_where(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a single thing behind a preposition only tells where another was struck: "damaged cars in a car park"."""
    if "object" not in phrase.heads or phrase.start <= predicate.end:
        return False
    lead = phrase.start - 1
    active = predicate.term.group in ("active", "verb")
    struck = scan.within("object", predicate.end, phrase.start) if active else []
    before = scan.within("object", predicate.start - _SUBJECT_NEAR, predicate.start)
    return (
        scan.at(lead, "place_prep") is not None
        and scan.at(lead, "partitive") is None
        and bool(struck or (before and predicate.term.group != "noun"))
    )


def with_harm(scan: Scan, predicate: Found) -> bool:
    """Whether a word for capture only ends a list of harm: "killed, wounded or captured 300"."""
    k = predicate.start - 1
    if k < 1 or scan.at(k, "conj") is None or predicate.term.group == "noun":
        return False
    before = scan.at(k - 1, "predicate")
    return before is not None and before.term.get("frame") in ("kill", "wound")


def from_it(scan: Scan, phrase: Phrase) -> bool:
    """Whether a weapon is only where something comes from: "shrapnel from a missile hit a school"."""
    lead = scan.at(phrase.start - 1, "place_prep") if phrase.start else None
    origin = lead is not None and lead.term.get("role") == "from"
    return origin and "weapon" in phrase.heads


def only_used(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether one weapon is only where things come from, or no object of a deed's noun: "dropped from a drone"."""
    weapon = phrase.heads.get("weapon")
    if weapon is None:
        return False
    if from_it(scan, phrase):
        return True
    noun = predicate.term.group == "noun" and bool(weapon.tags)
    return noun and not any(t.startswith("gen.") for t in weapon.tags)


def by_agent(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a noun tells who did what a participle before it says: "a missile fired by a jet was shot down"."""
    k = phrase.start - 1
    if k < 1 or predicate.start < phrase.end or scan.at(k, "agent") is None:
        return False
    return scan.at(k - 1, "predicate") is not None
