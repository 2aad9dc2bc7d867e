"""Weapons counted without a verb of their own: under a headline, beside the name of a place, before what became of a part.

Enters: a phrase that no predicate took, its sentence and those before it. Leaves: a `Reading` as weapons sent, or None.
Does not belong here: phrases that a verb governs (`frames`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import CARRIED, Reading
from warledger.extraction.wholes import OUTCOMES, may_hold

# Verbs that tell of weapons, or that their numbers are none.
_OF_WEAPONS = frozenset({"launch", "intercept", "destroy", "lose", "hit", "fall", "noise"})
_ATTACKS = frozenset({"launch", "intercept", "hit"})
_CLOSE = 160  # tokens back in which a post told of an attack
_HEADING = 16  # tokens of the longest heading of places
_STRUCK = _ATTACKS | {"damage", "wound", "kill"}
_SORTS = 2  # classes of weapons that a sentence without a verb counts
_GIVEN = ("unit", "equipment")
_PARTS = ("of_which", "of_them")


def read(
    scan: Scan, row: Clause, phrase: Phrase, readings: list[Reading], earlier: list[Clause]
) -> Reading | None:
    """The reading of counted weapons that no predicate took, as sent; None where nothing tells that they were."""
    return (
        _which(scan, row, phrase, readings)
        or _headline(scan, row, phrase, earlier)
        or _under_place(scan, row, phrase)
        or _several(scan, row, phrase, readings)
        or _alone(scan, row, phrase)
    )


def _listed_end(scan: Scan, row: Clause, phrase: Phrase) -> int:
    """Where the list of counted weapons ends that a phrase opens: "397 drones and 18 missiles"."""
    end = phrase.end
    for other in row.phrases:
        if other.start < end or "weapon" not in other.heads or other.amount.sort != "number":
            continue
        between = range(end, other.start)
        if not (between and all(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between)):
            break
        end = other.end
    return end


def _which(scan: Scan, row: Clause, phrase: Phrase, readings: list[Reading]) -> Reading | None:
    """Weapons of which a part is told to be stopped were sent: "they told of 164 drones, of which 129 were downed"."""
    end = _listed_end(scan, row, phrase)
    told = any(scan.at(k, *_PARTS) for k in (end, end + 1))
    for reading in readings:
        part = reading.phrase
        if reading.kind not in OUTCOMES or part.start < end:
            continue
        opens = min(part.start, reading.predicate.start) == phrase.end + 1
        beside = part.elided and opens and may_hold(phrase, part)
        if told or (beside and scan.tokens[phrase.end].text in ",;–("):
            return Reading(phrase, reading.predicate, "launched", "weapon", CARRIED, True)
    return None


def _headline(scan: Scan, row: Clause, phrase: Phrase, earlier: list[Clause]) -> Reading | None:
    """Weapons counted in words without a verb, beside or behind a word for an attack: "Night attack: 19 drones"."""
    if not _sent(phrase) or _told(scan, row):
        return None
    for clause_at in (row, *(() if row.predicates else reversed(earlier[-2:]))):
        first, last = clause_at.sentence.start, clause_at.sentence.end
        words = _attacks(scan, first, last)
        if words:
            word = min(words, key=lambda f: abs(f.start - phrase.start))
            return Reading(phrase, word, "launched", "weapon", CARRIED, True)
    return None


def _under_place(scan: Scan, row: Clause, phrase: Phrase) -> Reading | None:
    """Weapons behind the name of a place that opens a line and a dash or colon, in a text that tells of attacks."""
    first, start = row.sentence.start, phrase.start
    if not _sent(phrase) or not 0 < start - first <= _HEADING:
        return None
    if scan.tokens[start - 1].text not in "–:" or any(p.start < start for p in row.predicates):
        return None
    words = range(first, start - 1)
    named = any(scan.at(i, "region_noun", "settlement") for i in words) or any(
        scan.tokens[i].capital and scan.at(i, "nation", "role", "voice") is None for i in words
    )
    if not named or any(scan.at(i, "nation", "number", "weapon", *_PARTS) for i in words):
        return None
    end = phrase.end + (scan.tokens[min(phrase.end, len(scan.tokens) - 1)].text == '"')
    if end < row.sentence.end and not (scan.tokens[end].kind == "p" or scan.at(end, "conj")):
        return None  # a verb of its own goes on: "remember: one drone costs …"
    since = max(0, first - _CLOSE)
    verbs = scan.within("predicate", since, first)
    if verbs and verbs[-1].term.get("frame") == "noise":
        return None  # a list of what was delivered
    verbs = [f for f in verbs if f.term.get("frame") in _ATTACKS]
    told = [*_attacks(scan, since, first), *verbs]
    if not told:
        return None
    word = max(told, key=lambda f: f.start)
    return Reading(phrase, word, "launched", "weapon", CARRIED, True)


def _several(scan: Scan, row: Clause, phrase: Phrase, readings: list[Reading]) -> Reading | None:
    """Weapons of two sorts counted without a verb, in a text that tells of attacks: "48 drones and two missiles".

    What became of a number behind them is no verb of theirs: "452 drones, 41 missiles; seven got through".
    """
    if not _sent(phrase) or not _only_outcomes(row, readings):
        return None
    first, last = row.sentence.start, row.sentence.end
    counted = [p for p in row.phrases if "weapon" in p.heads and _sent(p)]
    sorts = {p.heads["weapon"].term.get("class") for p in counted}
    bound_for = any(f.term.get("role") == "toward" for f in scan.within("place_prep", first, last))
    if len(sorts) < _SORTS or bound_for or any(scan.within(kind, first, last) for kind in _GIVEN):
        return None  # an alert of what is on its way, a list of what somebody was given
    near = scan.within("predicate", max(0, first - _CLOSE), last + _CLOSE)
    if not any(f.term.get("frame") in _STRUCK for f in near):
        return None
    return Reading(phrase, counted[0].heads["weapon"], "launched", "weapon", CARRIED, True)


def _only_outcomes(row: Clause, readings: list[Reading]) -> bool:
    """Whether every verb of a sentence tells what became of a number without a noun, behind the weapons counted."""
    past = max((p.end for p in row.phrases if "weapon" in p.heads), default=0)
    told = {
        r.predicate.start
        for r in readings
        if r.kind in OUTCOMES and r.phrase.elided and r.phrase.start >= past
    }
    return all(p.start >= past and p.start in told for p in row.predicates)


def _alone(scan: Scan, row: Clause, phrase: Phrase) -> Reading | None:
    """Weapons counted at the opening of words without a verb, in a text that tells of a strike: "Incoming: forty rockets"."""
    first, last = row.sentence.start, row.sentence.end
    marks = [i for i in range(first, last) if scan.tokens[i].text in ";:"]
    start = max((i + 1 for i in marks if i < phrase.start), default=first)
    end = min((i for i in marks if i >= phrase.end), default=last)
    if not _sent(phrase) or phrase.amount.high == 1:
        return None
    if any(start <= p.start < end for p in row.predicates):
        return None
    opens = all(
        scan.tokens[i].kind == "p" or scan.at(i, "adverb") for i in range(start, phrase.start)
    )
    places = [
        f for f in scan.within("place_prep", phrase.end, end) if not scan.at(f.start, "partitive")
    ]
    ends = [f.end for f in places]
    timed = all(
        k < len(scan.tokens) and (scan.at(k, "number") or scan.tokens[k].kind == "n") for k in ends
    )
    others = [
        f for kind in ("equipment", "object", "person") for f in scan.within(kind, start, end)
    ]
    given = any(not scan.at(f.start, "weapon") for f in others)
    if not opens or (places and not timed) or given:
        return None
    near = scan.within("predicate", max(0, first - _CLOSE), last + _CLOSE)
    struck = [f for f in near if f.term.get("frame") in _STRUCK]
    noise = any(p.term.get("frame") == "noise" for p in (*row.predicates, *near[-1:]))
    if not struck or noise:
        return None
    return Reading(phrase, phrase.heads["weapon"], "launched", "weapon", CARRIED, True)


def _sent(phrase: Phrase) -> bool:
    """Whether a phrase counts weapons that can be sent."""
    crewed = phrase.heads["weapon"].term.get("class") == "aircraft"
    return not crewed and phrase.amount.sort == "number"


def _told(scan: Scan, row: Clause) -> bool:
    """Whether a verb of the sentence tells of weapons; "there are hits" tells nothing of those counted."""
    return any(
        p.term.get("frame") in _OF_WEAPONS
        and not (p.term.group == "noun" and scan.at(p.start - 1, "aux"))
        for p in row.predicates
    )


def _attacks(scan: Scan, first: int, last: int) -> list[Found]:
    """The words for an attack in a stretch of the text."""
    return scan.within("attack_word", first, last) or scan.within("attack_noun", first, last)
