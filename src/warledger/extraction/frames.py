"""Frames: which predicate governs a quantified phrase, and what kind of claim the two make together.

Enters: the predicates and phrases of a sentence, and those of the sentences before it. Leaves: `Reading`s.
Does not belong here: who says it, when, where.
"""

from __future__ import annotations

from warledger.extraction import (
    apart,
    areas,
    describing,
    ellipses,
    headings,
    joining,
    parts,
    pointing,
    portions,
    settling,
    sharing,
    wholes,
)
from warledger.extraction.clauses import Clause
from warledger.extraction.costs import (
    LIMIT,
    by_agent,
    coordinated,
    cost_of,
    denies,
    from_it,
    only_used,
    only_where,
    same_segment,
    with_harm,
)
from warledger.extraction.fitting import KINDS, fits, sent_at, taken_as
from warledger.extraction.grammar import takes_bare
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import CARRIED, Reading

_OWN_NOUN = 0.6  # what the noun of "64 of the deaths" costs beside a verb behind it
_LISTED = 3.0  # what an item of a list of losses costs, however far its word stands
_COUNTED = 0.2
_NEAR = 1.5  # what a tie may cost at most that no list outdoes
_OPENING = 2  # tokens of a sentence in which words for a part of others open it
_NOUN_BEHIND = (
    0.5  # what leaving out the noun costs before a word that itself is counted: "24 hits"
)
_DESCRIBED = 2.0  # what a participle inside a phrase costs beside the verb of its clause
# "A soldier" far from a verb is nobody that it tells of.
_SINGLE_LIMIT = 3.3
_CASE_LIMIT = 2.6  # what a noun without a number may be from its verb, where cases tie them
_OPEN_LIMIT = 1.2  # what people of an open number may be from what became of them
_BARE_LIMIT = 1.3  # the same of a noun without an article, in a language that has articles

# What may stand behind "both" that is not what it counts.
_BESIDE_BOTH = (
    "predicate",
    "aux",
    "adverb",
    "negation",
    "conj",
    "prep",
    "place_prep",
    "partitive",
    "pronoun",
    "all",
    "person",
)


def attach(
    scan: Scan, row: Clause, earlier: list[Clause], intro: Clause | None, flexible: bool
) -> list[Reading]:
    """The best reading of each phrase of a sentence; a phrase may stay without one.

    `flexible` tells that the language's word order is free.
    """
    if not row.phrases:
        return []
    readings: list[Reading] = []
    last: Reading | None = None
    sharing.nouns(scan, row)
    told = {id(p) for p in row.phrases if describing.only_named(scan, p)}
    for phrase in row.phrases:
        if (
            phrase.amount.sort in ("vague", "rest", "both", "zero")
            and phrase.elided
            and phrase.amount.sort != "zero"
        ):
            if phrase.amount.sort == "vague" and (
                best := _some_harmed(scan, row, phrase, flexible)
            ):
                readings.append(best)
            if phrase.amount.sort != "both":
                continue
        if id(phrase) in told or _both_of_others(scan, phrase):
            continue
        ellipses.described(scan, row, phrase, last)
        best = _hit_with(scan, phrase, last) or portions.of_attacks(scan, row, phrase, last)
        best = best or portions.of_area(scan, row, phrase, last)
        best = best or joining.retold(scan, phrase, last) or joining.added(scan, row, phrase, last)
        best = best or _beside(scan, row, phrase, last, _best(scan, row, phrase, flexible))
        if best is None or best.cost > LIMIT / 2:
            best = _carried(scan, row, phrase, intro, earlier, best)
        if best is not None:
            last = best
            if best.kind:
                readings.append(best)
    readings = _settled(scan, row, _with_joined(scan, row, readings), told)
    for phrase in row.phrases:
        if id(phrase) not in told and not any(r.phrase is phrase for r in readings):
            readings.extend(_unclaimed(scan, row, phrase, readings, earlier))
    return readings


def _both_of_others(scan: Scan, phrase: Phrase) -> bool:
    """Whether "both" counts a noun that is nobody harmed: «обидві сторони погодилися»."""
    k = phrase.end
    if phrase.amount.sort != "both" or phrase.heads or k >= len(scan.tokens):
        return False
    return scan.tokens[k].kind == "w" and scan.at(k, *_BESIDE_BOTH) is None


def _with_joined(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings and those of numbers that share their predicates, without who is told again."""
    if readings:
        readings = joining.joined_behind(scan, row, sharing.as_next(scan, readings))
        readings = joining.without_appositions(scan, row, readings)
        readings = joining.compared(scan, row, readings)
    return joining.risen(scan, row, readings)


def _settled(scan: Scan, row: Clause, readings: list[Reading], told: set[int]) -> list[Reading]:
    """The readings as the others of their sentence make them; `told` takes the phrases that are no claims of their own."""
    if not readings:
        return readings
    readings = joining.one_by_one(scan, row, joining.one_more(scan, row, readings))
    readings = wholes.parted(wholes.spared(scan, readings))
    readings = [
        settling.of_debris(scan, row, wholes.whole(scan, row, r, readings)) for r in readings
    ]
    readings = [wholes.repelled(scan, row, r) for r in readings]
    readings = [again for r in readings for again in wholes.all_stopped(scan, row, r)]
    readings = wholes.parts_flown(settling.as_bodies(readings))
    told.update(id(r.phrase) for r in readings if not r.kind)  # "389 of these 917": told before
    readings = [r for r in readings if r.kind and not settling.acting(r, readings)]
    readings = [r for r in readings if not settling.only_fragments(scan, r)]
    readings = [r for r in readings if not settling.told_again(scan, r, readings)]
    readings = [settling.of_an_army(r, readings) for r in readings if not settling.stray_gear(r)]
    readings = settling.where_cut(scan, row, readings)
    lost = [r for r in readings if r.kind == "losses" and r.noun in ("equipment", "weapon")]
    if lost:
        starts = {r.predicate.start for r in readings if r.kind == "losses"}
        readings = [settling.in_tally(r, starts, lost) for r in readings]
    readings = settling.no_echo(readings)
    row.taken = frozenset(r.predicate for r in readings)
    return readings


def _some_harmed(scan: Scan, row: Clause, phrase: Phrase, flexible: bool) -> Reading | None:
    """People of an open number right beside what became of them: "scores were hurt", "wounding dozens"."""
    if phrase.partitive or scan.at(phrase.amount.start, "fraction"):
        return None  # "half were hurt", "wounded 49, most of them women"
    best = _best(scan, row, phrase, flexible)
    harmed = (
        best is not None and best.noun == "person" and best.kind in ("killed", "wounded", "missing")
    )
    return best if best is not None and harmed and best.cost < _OPEN_LIMIT else None


def _more_area(
    row: Clause, phrase: Phrase, readings: list[Reading], earlier: list[Clause]
) -> list[Reading]:
    """An area without a verb of its own in a passage that counts areas taken."""
    for reading in readings:
        if reading.kind == "area_captured":
            return [Reading(phrase, reading.predicate, "area_captured", "area", CARRIED, True)]
    if any(p.term.get("frame") in _OTHER_AREAS for p in row.predicates):
        return []
    if any(apart.only_held(row.scan, phrase, p) for p in row.predicates):
        return []
    for before in reversed(earlier):
        for predicate in reversed(before.predicates):
            if KINDS.get(predicate.term.get("frame"), {}).get("area") == "area_captured":
                return [Reading(phrase, predicate, "area_captured", "area", CARRIED + 2, True)]
    return []


# What an area is of under these is no ground taken.
_OTHER_AREAS = frozenset({"noise", "damage", "destroy", "fall", "cut", "restore"})


def _beside(
    scan: Scan, row: Clause, phrase: Phrase, last: Reading | None, best: Reading | None
) -> Reading | None:
    """A list goes on under the predicate of its item before, however long it is."""
    none = phrase.amount.sort in ("zero", "nobody") and phrase.inherited is None
    if last is None or not last.kind or phrase.amount.sort == "bare" or none:
        return best or _joined_to(scan, phrase, last)
    kin = joining.kin(scan, last.phrase, phrase) or joining.listed(scan, last.phrase, phrase)
    if phrase.amount.sort == "article" and not (kin or portions.is_part(scan, row, phrase, last)):
        return best
    noun, kind, full = _as_last(scan, row, phrase, last)
    if noun is None or not kind:
        return best
    if best is not None and _only_sent(scan, phrase, best, last):
        best = None
    own = last.predicate if portions.is_part(scan, row, phrase, last) else None
    told = [p for p in row.predicates if own is None or p.start != own.start]
    if any(last.phrase.end <= p.start < phrase.start for p in told):
        return best
    if best is not None and best.predicate.start >= last.phrase.end:
        near = best.cost < _NEAR and (own is None or same_segment(scan, phrase, best.predicate))
        behind = best.predicate.start >= phrase.end
        if near or (behind and _next_clause(scan, last, phrase, best.predicate)):
            return best
    if best is not None and phrase.elided and _own_verb(scan, row, phrase, best, last):
        return best
    cost = last.cost + 0.4 * row.crossing(last.phrase.end, phrase.start) + 0.2
    if own is not None:
        if best is not None and same_segment(scan, phrase, best.predicate):
            return best
        cost = min(cost, 0.9)
    elif coordinated(scan, last.phrase.end, phrase.start):
        cost = min(cost, 1.6)
    if best is None or cost < best.cost:
        ellipses.take(phrase, full)
        return Reading(phrase, last.predicate, kind, noun, cost, last.carried)
    return best


def _only_sent(scan: Scan, phrase: Phrase, best: Reading, last: Reading) -> bool:
    """Whether a participle right behind the last of those stopped only tells who sent them: "downed 5 missiles and 20 drones fired by …"."""
    sent = best.predicate
    return (
        last.kind in wholes.OUTCOMES
        and last.predicate.end <= last.phrase.start
        and sent.term.get("frame") == "launch"
        and sent.term.group == "verb"
        and sent.start == phrase.end
        and coordinated(scan, last.phrase.end, phrase.start)
    )


def _next_clause(scan: Scan, last: Reading, phrase: Phrase, verb: Found) -> bool:
    """Whether a clause of its own opens between two numbers: "downed 40, while five hit …", "downed 40; 6 and 2 hit …"."""
    if any(scan.tokens[i].text == ";" for i in range(last.phrase.end, phrase.start)):
        return same_segment(scan, phrase, verb)
    conjs = scan.within("conj", last.phrase.end, phrase.start)
    return any(f.term.get("joins") == "but" for f in conjs)


def _as_last(
    scan: Scan, row: Clause, phrase: Phrase, last: Reading
) -> tuple[str | None, str, Phrase | None]:
    """What a phrase is under the predicate of its list, and the phrase with the noun that it leaves out."""
    named = last.noun if last.predicate.term.get("named") else None
    open_ = named is not None or last.noun not in ("weapon", "person")
    full = ellipses.filled(scan, row, phrase, named) if open_ else None
    dashed = phrase.start > 0 and scan.tokens[phrase.start - 1].text == "–"
    if last.noun == "area" and dashed and (area := ellipses.of_area(phrase, last.phrase)):
        return last.noun, last.kind, area
    sure = full is not None and ellipses.alone(scan, phrase, row.sentence.end)
    if sure and full is not None and full.inherited is last.phrase and full.amount.high != 1:
        return last.noun, last.kind, full
    noun, kind = taken_as(scan, phrase, last.predicate)
    if noun == last.noun == "weapon" and kind == "hit":
        kind = last.kind  # "attacked with four drones and two missiles"
    return noun, kind, None


def _hit_with(scan: Scan, phrase: Phrase, last: Reading | None) -> Reading | None:
    """Weapons joined by a conjunction alone to those whose hits a noun tells: "hits by 27 missiles and 31 drones"."""
    if last is None or last.kind != "hit" or last.predicate.term.group != "noun":
        return None
    if phrase.amount.sort != "number" or not coordinated(scan, last.phrase.end, phrase.start):
        return None
    noun, kind = fits(last.predicate, phrase)
    return Reading(phrase, last.predicate, kind, noun, last.cost, last.carried) if noun else None


def _joined_to(scan: Scan, phrase: Phrase, last: Reading | None) -> Reading | None:
    """One person in the nominative joined to counted ones behind their verb: "hurt were three policemen and a medic"."""
    if last is None or not last.kind or phrase.amount.sort != "bare":
        return None
    if joining.elsewhere(scan, phrase, last):
        return Reading(phrase, last.predicate, last.kind, last.noun, last.cost, last.carried)
    if not joining.kin(scan, last.phrase, phrase):
        return None
    counted = last.phrase.amount.sort == "number" and last.predicate.end <= last.phrase.start
    if not counted or "nom.sg" not in phrase.heads["person"].tags:
        return None
    return Reading(phrase, last.predicate, last.kind, last.noun, last.cost, last.carried)


def _own_verb(scan: Scan, row: Clause, phrase: Phrase, best: Reading, last: Reading) -> bool:
    """Whether a verb follows a number without a mark between, and a comma parts the number from the list before it."""
    follows = best.kind and best.predicate.start >= phrase.end
    marks = range(last.phrase.end, phrase.start)
    return bool(
        follows
        and any(scan.tokens[i].text in ",;" for i in marks)
        and same_segment(scan, phrase, best.predicate)
    )


def _unclaimed(
    scan: Scan, row: Clause, phrase: Phrase, readings: list[Reading], earlier: list[Clause]
) -> list[Reading]:
    """Weapons that no predicate of their sentence takes: as those told beside them, or just before."""
    if phrase.amount.unit is not None and phrase.amount.unit.term.get("dimension") == "area":
        return _more_area(row, phrase, readings, earlier)
    if (area := areas.more(scan, row, phrase, readings, earlier)) is not None:
        return [area]
    own = phrase.end < row.sentence.end and scan.at(phrase.end, "aux", "negation")
    if own or "weapon" not in phrase.heads or phrase.amount.sort not in ("number", "zero"):
        return []  # a verb that the lexicon does not know may have it: "one drone was not found"
    for reading in readings:
        if (
            reading.noun == "weapon"
            and row.crossing(reading.phrase.end, phrase.start) < 4
            and reading.phrase.end <= phrase.start
            and not sent_at(scan, phrase, reading.predicate)
        ):
            return [Reading(phrase, reading.predicate, reading.kind, "weapon", CARRIED, True)]
    if (told := headings.read(scan, row, phrase, readings, earlier)) is not None:
        return [told]
    if any(
        p.term.get("frame") not in ("noise", "compare", "capture", None) for p in row.predicates
    ):
        return []
    if any("equipment" in p.heads for p in row.phrases):
        return []  # counted among an army's losses
    for clause_before in reversed(earlier[-1:]):
        for predicate in reversed(clause_before.predicates):
            if predicate.term.get("frame") in ("launch", "intercept", "destroy"):
                return [
                    Reading(
                        phrase,
                        predicate,
                        KINDS[predicate.term.get("frame")]["weapon"],
                        "weapon",
                        CARRIED + 2,
                        True,
                    )
                ]
    return []


def _best(scan: Scan, row: Clause, phrase: Phrase, flexible: bool) -> Reading | None:
    best = settling.counted_bodies(row, phrase) or _best_as(scan, row, phrase, flexible)
    full = ellipses.filled(scan, row, phrase)
    other = _best_as(scan, row, full, flexible) if full is not None else None
    if full is None or other is None or not other.kind or (best and best.cost <= other.cost):
        return best
    if not ellipses.sure(scan, row, phrase, other.predicate):
        return best
    ellipses.take(phrase, full)
    return Reading(phrase, other.predicate, other.kind, other.noun, other.cost)


def _best_as(scan: Scan, row: Clause, phrase: Phrase, flexible: bool) -> Reading | None:
    best: Reading | None = None
    for predicate in row.predicates:
        noun, kind = taken_as(scan, phrase, predicate)
        told = kind in ("intercepted", "prisoners")
        if told and phrase.elided and _of_things(row, phrase, predicate):
            continue
        none = phrase.amount.sort == "zero" or (phrase.amount.sort == "nobody" and phrase.elided)
        if noun is None or (none and not denies(scan, phrase, predicate)):
            continue
        of_people = noun == "weapon" and parts.of_people(scan, row.phrases, phrase)
        if (
            of_people
            or apart.of_own_number(scan, row, phrase, predicate)
            or _exists(scan, phrase, predicate)
        ):
            continue
        if phrase.amount.sort == "zero" and _denies_other(row, phrase, predicate):
            continue
        if _of_other_verb(scan, phrase, predicate) or (
            noun == "person" and _doer(scan, phrase, predicate)
        ):
            continue
        cost = _listed(row, phrase, predicate, cost_of(scan, row, phrase, predicate, flexible))
        if phrase.partitive and phrase.start <= predicate.start < phrase.end:
            cost += _OWN_NOUN if phrase.elided else _DESCRIBED  # "one of the injured workers died"
        if _too_far(scan, phrase, predicate, cost) or apart.of_another(
            scan, phrase, predicate, noun, cost
        ):
            continue
        cost += describing.cost(scan, row, phrase, predicate)
        if phrase.elided:
            hits = predicate.start == phrase.end and predicate.term.get("frame") == "hit"
            cost += _NOUN_BEHIND if hits and predicate.term.group == "noun" else 0.6
        if not kind or (noun == "occasion" and not predicate.term.get("class")):
            cost += 0.05
        if best is None or cost < best.cost:
            best = Reading(phrase, predicate, kind, noun, cost)
    if best is None or best.cost > LIMIT:
        return None
    return best


def _listed(row: Clause, phrase: Phrase, predicate: Found, cost: float) -> float:
    """The cost of a tie in a list of losses, however long it is, and of "1,000 bodies", which count nothing else."""
    frame = predicate.term.get("frame")
    if frame == "bodies" and predicate.start == phrase.end:
        return cost - _COUNTED
    if frame != "lose_army" or predicate.end > phrase.start:
        return cost
    alone = any(
        predicate.end <= p.start < phrase.start and not p.term.get("parted") for p in row.predicates
    )
    return cost if alone else min(cost, _LISTED)


def _exists(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a noun of a deed behind a phrase is only told to be there: "night attack: 112 drones, there are hits"."""
    if predicate.term.group != "noun" or predicate.start < phrase.end + 2:
        return False
    parted = scan.tokens[predicate.start - 2].text == ","
    return parted and scan.at(predicate.start - 1, "aux") is not None


def _denies_other(row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a word for none is no zero of a predicate: the noun of another deed stands behind it, or it is the verb.

    "No destruction"; «отсутствует у 40 тысяч» says what became of the supply.
    """
    if predicate.start == phrase.amount.start:
        return True
    return phrase.elided and any(
        p.start == phrase.end and p.term.group in ("noun", "active") and p is not predicate
        for p in row.predicates
    )


def _of_things(row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether things that are no weapons were counted right before: "230 flats were damaged and 72 destroyed"."""
    before = [p for p in row.phrases if p.end <= phrase.start and p.amount.sort == "number"]
    heads = before[-1].heads if before else {}
    if predicate.term.get("frame") == "imprison":
        return "object" in heads and "person" not in heads  # "sank two ships, seized another"
    if predicate.term.get("frame") != "destroy":
        return False
    return "object" in heads and not ("weapon" in heads or "equipment" in heads)


def _too_far(scan: Scan, phrase: Phrase, predicate: Found, cost: float) -> bool:
    """Whether a predicate stands too far from a noun without a number, or not where its word must stand."""
    sort = phrase.amount.sort
    if sort in ("bare", "article") and by_agent(scan, phrase, predicate):
        return True
    if sort == "bare":
        bare = _without_cases(phrase)
        limit = _BARE_LIMIT if bare else _CASE_LIMIT
        if cost > limit or not takes_bare(scan, phrase, predicate):
            return True
        if not bare and only_used(scan, phrase, predicate):
            return True
        return bare and predicate.term.group == "noun"
    if predicate.term.get("ahead") and not _right_behind(scan, phrase, predicate):
        return True
    if sort == "article" and (only_where(scan, phrase, predicate) or from_it(scan, phrase)):
        return True
    if predicate.term.get("frame") == "imprison" and with_harm(scan, predicate):
        return True
    if predicate.term.get("beside") and not phrase.start < predicate.start <= phrase.end:
        return True
    return sort == "article" and cost > _SINGLE_LIMIT


def _right_behind(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether whom a verb takes stands right behind it; who was captured, right before it too: "and its pilot captured"."""
    start = phrase.start
    known = scan.at(start - 1, "pronoun") is not None or scan.definite(start - 1)
    if predicate.end in (start, start - 1 if known else start):
        return True
    if predicate.term.get("frame") != "imprison" or phrase.end != predicate.start:
        return False
    closed = scan.tokens[predicate.end].kind == "p" if predicate.end < len(scan.tokens) else True
    return closed or scan.at(predicate.end, "place_prep", "conj") is not None


def _doer(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether people are the subject of an active verb of their relative clause: "three men who shot a cyclist"."""
    if predicate.term.group != "active" or predicate.start < phrase.end:
        return False
    opens = scan.tokens[phrase.end].text == "," and scan.at(phrase.end + 1, "relative")
    if not opens or not opens.term.get("subject"):
        return False
    return all(scan.tokens[i].text != "," for i in range(phrase.end + 1, predicate.start))


def _has_own(scan: Scan, row: Clause, predicate: Found) -> bool:
    """Whether people stand right behind a noun for what was done to them: nobody listed later is meant."""
    if predicate.term.group != "noun":
        return False
    return bool(scan.within("person", predicate.end, min(row.sentence.end, predicate.end + 3)))


def _carried(
    scan: Scan,
    row: Clause,
    phrase: Phrase,
    intro: Clause | None,
    earlier: list[Clause],
    best: Reading | None,
) -> Reading | None:
    """A reading under the predicate that introduces the list, or that of the sentence before."""
    if intro is not None:
        for predicate in reversed(intro.predicates):
            if phrase.amount.sort == "bare" and _has_own(scan, intro, predicate):
                continue  # "those who ordered the killing of civilians: the brigade's commander"
            noun, kind = fits(predicate, phrase)
            if noun and kind and (best is None or best.cost > CARRIED):
                return Reading(phrase, predicate, kind, noun, CARRIED, True)
    goes_on = phrase.elided or phrase.partitive or phrase.copular or phrase.amount.more
    goes_on = goes_on or _opens_part(scan, row, phrase)
    if best is not None or not goes_on:
        return best
    if phrase.amount.sort in ("bare", "article", "zero", "nobody") or pointing.one_thing(
        scan, phrase
    ):
        return best
    if phrase.elided and not phrase.partitive and _under_own(scan, phrase):
        return best
    of_people = parts.of_people(scan, row.phrases, phrase)
    for clause_before in reversed(earlier[-2:]):
        if clause_before.sentence.bullet and row.sentence.bullet:
            break
        bodies = [p for p in clause_before.predicates if p.term.get("frame") == "bodies"]
        for predicate in bodies or reversed(clause_before.predicates):
            if clause_before.counts and predicate not in clause_before.taken:
                continue
            noun, kind = fits(predicate, phrase)
            told = noun and kind and not (of_people and noun == "weapon")
            if told and noun and predicate.term.get("frame") != "noise":
                return Reading(phrase, predicate, kind, noun, CARRIED + 2, True)
    return best


def _opens_part(scan: Scan, row: Clause, phrase: Phrase) -> bool:
    """Whether people stand behind words that open a sentence on a part of those told before: "Among them five children"."""
    if "person" not in phrase.heads:
        return False
    first, k = row.sentence.start, phrase.start
    if k > first and scan.tokens[k - 1].text in "–:":
        k -= 1
    return any(
        f.end == k
        for kind in ("of_them", "including")
        for f in scan.within(kind, first, min(k, first + _OPENING))
    )


def _under_own(scan: Scan, phrase: Phrase) -> bool:
    """Whether a verb that the lexicon does not know has the number: "ten have been picked up", "voted 48 to 1"."""
    behind = scan.at(phrase.end, "aux") if phrase.end < len(scan.tokens) else None
    if behind is not None and not phrase.copular:
        after = scan.tokens[min(behind.end + 1, len(scan.tokens) - 1)]
        return after.kind == "w" and scan.at(behind.end, "aux") is not None
    if phrase.amount.people or scan.at(phrase.start - 1, "rest"):
        return False  # "seven served in …": some of those told before
    if _verb_unknown(scan, phrase.end) or _verb_unknown(scan, phrase.start - 1):
        return True
    k = phrase.start - 1
    if k < 1 or scan.tokens[k].kind != "w" or scan.tokens[k].capital:
        return False
    if scan.at(k, "range_word") and scan.tokens[k - 1].kind == "n":
        return True
    return scan.tokens[k].text.isascii() and k not in scan.starting


def _verb_unknown(scan: Scan, k: int) -> bool:
    """Whether a verb stands there that says nothing counted here: one of a plan, or one the lexicon does not know."""
    if not 0 <= k < len(scan.tokens) or scan.tokens[k].kind != "w":
        return False
    if (planned := scan.at(k, "planned")) is not None:
        return scan.at(planned.end, "predicate") is None
    return bool(scan.verbs) and k not in scan.starting and scan.tokens[k].text.endswith(scan.verbs)


def _of_other_verb(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a number's own verb, which tells nothing here, stands behind it, and a mark before the number."""
    if pointing.one_before(scan, phrase, predicate):
        return True
    if not phrase.elided or phrase.amount.sort != "number" or predicate.end > phrase.start:
        return False
    return _verb_unknown(scan, phrase.end) and not same_segment(scan, phrase, predicate)


def _without_cases(phrase: Phrase) -> bool:
    """Whether the noun is of a language whose nouns show number only."""
    return all(h.tags == frozenset({"sg"}) for h in phrase.heads.values())
