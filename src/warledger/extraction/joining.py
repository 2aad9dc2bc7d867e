"""Numbers that share the predicate of another one: people joined to others, and figures of another time beside these.

Enters: the readings of a sentence and its phrases. Leaves: the readings with those of the joined phrases.
Does not belong here: a number's own predicate (`frames`).
"""

from __future__ import annotations

from itertools import pairwise

from warledger.extraction import ages
from warledger.extraction.clauses import Clause
from warledger.extraction.fitting import KINDS
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import CARRIED, Reading

_ADDED = 3  # tokens of "as well as"
_PAIR = 2
_HARMED = ("killed", "wounded")
# Kinds whose lists end in a single noun, and its type.
_LISTED = {
    **dict.fromkeys(("launched", "intercepted"), "weapon"),
    **dict.fromkeys(("killed", "wounded", "prisoners", "rescued", "evacuated"), "person"),
}
_COMPARED = ("person", "weapon", "location", "settlement", "attack_noun", "area", "customer")
_OWNER = 4  # words behind people that tell whose they are
_MAKER = 3  # tokens behind an item of a list that tell its maker or model
_TOLL = 4  # tokens behind a word for a rise in which the noun of the toll stands
_DESCRIBED = 8  # tokens between commas that tell who somebody was
_OPEN = 10_000  # a number that no whole holds
_OPENING, _CLOSING, _MARKS = ",–(", ",–).", "–();:"  # around those told one by one
_RISEN = 2  # tokens between a word for a rise and the number that it rises to


def kin(scan: Scan, before: Phrase, phrase: Phrase) -> bool:
    """Whether one more person is joined to people told right before: "a woman and her daughter"."""
    if "person" not in before.heads or "person" not in phrase.heads:
        return False
    first = _past_owner(scan, _past_age(scan, before.end), phrase.start)
    between = range(first, phrase.start)
    return bool(between) and all(
        scan.at(i, "conj", "pronoun", "article") or _of_age(scan, i) for i in between
    )


def _of_age(scan: Scan, i: int) -> bool:
    """Whether a token is part of an age before its noun: «16-летний подросток»."""
    token = scan.tokens[i]
    return (token.kind == "n" and bool(token.suffix)) or token.text[0] == "-"


def _past_owner(scan: Scan, k: int, last: int) -> int:
    """Past whose people somebody is, up to a conjunction: «двое рабочих местного предприятия и подросток»."""
    at = k
    while at < min(last, k + _OWNER) and scan.tokens[at].kind == "w":
        if (conj := scan.at(at, "conj")) is not None:
            return at if conj.term.get("joins") == "and" else k
        plain = scan.tokens[at].text.endswith(scan.adjectives or ("\0",))
        plain = plain and scan.at(at, "predicate", "number", "says") is None
        if not (plain or scan.at(at, "object", "region_noun", "settlement")):
            return k
        at += 1
    return k


def _past_age(scan: Scan, k: int) -> int:
    """Past an age between commas right behind somebody: "a man, 40, and a woman"."""
    tokens = scan.tokens
    aged = k + 2 < len(tokens) and tokens[k].text == tokens[k + 2].text == ","
    return k + 3 if aged and tokens[k + 1].kind == "n" else k


def _kin_listed(scan: Scan, before: Phrase, phrase: Phrase) -> bool:
    """Whether a comma joins somebody to one of theirs: "twins, their mother and their grandmother"."""
    if "person" not in before.heads or "person" not in phrase.heads:
        return False
    between = range(before.end, phrase.start)
    return (
        len(between) > 1
        and scan.tokens[between[0]].text == ","
        and all(scan.at(i, "pronoun") for i in between[1:])
    )


def added(scan: Scan, row: Clause, phrase: Phrase, last: Reading | None) -> Reading | None:
    """The reading of a number that goes on a list far behind its verb: "destroyed 12 missiles used at night, as well as 40 drones"."""
    if last is None or not last.kind or phrase.amount.sort != "number":
        return None
    if last.noun not in phrase.heads or last.predicate.end > last.phrase.start:
        return None
    leads = scan.within("conj", phrase.start - _ADDED, phrase.start)
    goes_on = any(f.end == phrase.start and f.term.get("adds") for f in leads)
    if not goes_on or any(p.start >= phrase.end for p in row.predicates):
        return None
    return Reading(phrase, last.predicate, last.kind, last.noun, last.cost, True)


def elsewhere(scan: Scan, phrase: Phrase, last: Reading) -> bool:
    """Whether a dash stands for the verb told before of somebody at another place: «поранено двох, у Боровій – жінку»."""
    if "person" not in phrase.heads or last.noun != "person" or last.predicate.term.group == "noun":
        return False
    dash = phrase.start - 1
    while dash > last.phrase.end and scan.tokens[dash].text.endswith(scan.adjectives or ("\0",)):
        dash -= 2 if scan.tokens[dash - 1].kind == "n" else 1  # «60-річну жінку»
    if dash <= last.phrase.end or scan.tokens[dash].text != "–":
        return False
    between = range(last.phrase.end, dash)
    mark = next((i for i in reversed(between) if scan.tokens[i].text in ",;"), None)
    lead = scan.at(mark + 1, "place_prep") if mark is not None else None
    if mark is None or (lead is None and scan.at(mark + 1, "conj") is None):
        return False
    lead = lead or scan.at(mark + 2, "place_prep")
    if lead is None or any(scan.at(i, "predicate", "says") for i in between):
        return False
    tags, told = phrase.heads["person"].tags, last.phrase.heads.get("person")
    return "nom.sg" in tags or not tags or (told is not None and bool(tags & told.tags))


def listed(scan: Scan, before: Phrase, phrase: Phrase) -> bool:
    """Whether one more thing goes on a list of things with their places: "a depot in Feodosia, a bridge near Tokmak"."""
    if "object" not in before.heads or "object" not in phrase.heads:
        return False
    between = range(before.end, phrase.start)
    joint = bool(between) and (
        scan.tokens[between[-1]].text == "," or scan.at(between[-1], "conj") is not None
    )
    return joint and all(
        scan.tokens[i].text == ","
        or (scan.tokens[i].kind == "w" and scan.tokens[i].capital)
        or scan.at(i, "conj", "place_prep", "region_noun") is not None
        for i in between
    )


def joined_behind(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings and those of single people joined to the next ones, far from their verb: "a girl and her brother died"."""
    out: list[Reading] = []
    read = {id(r.phrase): r for r in readings}
    for phrase, behind in pairwise(row.phrases):
        other = read.get(id(behind))
        if id(phrase) in read or other is None or not other.kind:
            continue
        if not (kin(scan, phrase, behind) or _kin_listed(scan, phrase, behind)):
            continue
        tags = phrase.heads["person"].tags
        single = phrase.amount.sort == "bare" and ("nom.sg" in tags or not tags)
        if single or (phrase.amount.sort == "article" and other.predicate.start >= behind.end):
            out.append(Reading(phrase, other.predicate, other.kind, other.noun, other.cost))
    return sorted([*readings, *out], key=lambda r: r.phrase.start) if out else readings


def one_more(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings and those of single weapons or people in a list of counted ones: "18 missiles and a drone were sent"."""
    read = {id(r.phrase): r for r in readings}
    out: list[Reading] = []
    for n, (before, phrase) in enumerate(pairwise(row.phrases)):
        other = read.get(id(before))
        noun = None if other is None else _LISTED.get(other.kind)
        if id(phrase) in read or other is None or noun is None:
            continue
        if _and_one(scan, before, phrase, noun):
            out.append(Reading(phrase, other.predicate, other.kind, other.noun, other.cost))
            continue
        if phrase.amount.sort != "bare" or not _single(phrase, noun) or before.amount.each:
            continue
        link = _link(scan, before.end, phrase.start)
        after = row.phrases[n + 2] if n + 2 < len(row.phrases) else None
        goes_on = after is not None and _counts(after) and _link(scan, phrase.end, after.start)
        if link == "and" or (link == "," and goes_on):
            out.append(Reading(phrase, other.predicate, other.kind, other.noun, other.cost))
    return sorted([*readings, *out], key=lambda r: r.phrase.start) if out else readings


def _and_one(scan: Scan, before: Phrase, phrase: Phrase, noun: str) -> bool:
    """Whether a conjunction alone joins one weapon with its article to counted ones: "72 drones and an Iskander"."""
    counted = before.amount.sort == "number" and noun == "weapon" and "weapon" in before.heads
    if not counted or phrase.amount.sort != "article" or "weapon" not in phrase.heads:
        return False
    k = before.end + (scan.tokens[before.end].text == ",")
    joint = scan.at(k, "conj")
    return joint is not None and joint.term.get("joins") == "and" and joint.end == phrase.start


def one_by_one(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings and those of people of an age behind their number: «двоє загиблих: жінка 61 року і 8-річний хлопчик»."""
    read = {id(r.phrase) for r in readings}
    out: list[Reading] = []
    for whole in readings:
        if whole.kind not in _HARMED or whole.noun != "person" or not _several(whole.phrase):
            continue
        mark = max(whole.phrase.end, whole.predicate.end)
        if mark >= row.sentence.end or scan.tokens[mark].text not in ":–":
            continue
        end, left = mark + 1, int(whole.phrase.amount.high or 0)
        for phrase in (p for p in row.phrases if p.start > mark):
            age = ages.past(scan, phrase.start, phrase.end)
            counted = int(phrase.amount.high or 0) if _several(phrase) else 0
            if (
                0 < counted < left
                and id(phrase) in read
                and _only_described(scan, end, phrase.start)
            ):
                end, left = ages.past_all(scan, phrase.end), left - counted
                continue
            if phrase.amount.sort != "bare" or "person" not in phrase.heads or not age or not left:
                break
            if not _only_described(scan, end, phrase.start):
                break
            if id(phrase) not in read:
                out.append(Reading(phrase, whole.predicate, whole.kind, whole.noun, whole.cost))
            end, left = age, left - 1
    return sorted([*readings, *out], key=lambda r: r.phrase.start) if out else readings


def _several(phrase: Phrase) -> bool:
    amount = phrase.amount
    return amount.sort == "number" and (amount.high or 0) > 1 and not amount.each


def _only_described(scan: Scan, a: int, b: int) -> bool:
    """Whether only an age, a mark or the conjunction of a list stand between two people of a list."""
    return all(
        scan.tokens[i].kind == "n"
        or scan.tokens[i].text[0] in ",-"
        or scan.at(i, "conj", "pronoun")
        for i in range(a, b)
    )


def _parts(scan: Scan, i: int) -> bool:
    """Whether a word ends an item of a list."""
    deed = scan.at(i, "predicate")
    if deed is not None and deed.term.get("frame") != "noise":
        return True
    return scan.at(i, "conj", "aux", "relative", "including", "of_them") is not None


def _single(phrase: Phrase, noun: str) -> bool:
    """Whether the noun of a phrase is one weapon or person, and none of those that the number before counts."""
    head = phrase.heads.get(noun)
    tags = head.tags if head is not None else frozenset()
    return bool(tags & {"nom.sg", "acc.sg"}) and all(
        t.endswith(".sg") and t != "gen.sg" for t in tags
    )


def _link(scan: Scan, a: int, b: int) -> str | None:
    """What alone joins two items of a list, adjectives aside: a comma, the conjunction of a list, or None."""
    first = a
    while a < min(b, first + _MAKER) and (
        scan.tokens[a].text == '"' or (scan.tokens[a].kind == "w" and not _parts(scan, a))
    ):
        a += 1
    if a >= b or any(not scan.tokens[i].text.endswith(scan.adjectives) for i in range(a + 1, b)):
        return None
    if scan.tokens[a].text == ",":
        return ","
    conj = scan.at(a, "conj")
    return "and" if conj is not None and conj.term.get("joins") == "and" else None


def retold(scan: Scan, phrase: Phrase, last: Reading | None) -> Reading | None:
    """What somebody else says of the figure told before: "the mayor spoke of 20 hurt, the police – of 23"."""
    if last is None or not last.kind or not phrase.elided or phrase.amount.sort != "number":
        return None
    first, k = last.phrase.end, phrase.start - 1
    if scan.tokens[first].text not in ",;" or scan.within("predicate", first, phrase.start):
        return None
    if scan.at(phrase.end, "predicate") is not None:
        return None  # "… – of ten dead"
    spoken = scan.at(k, "prep") and (scan.tokens[k - 1].text == "–" or _says_at(scan, k - 1))
    credited = scan.tokens[k].text == "–" and scan.within("according", first, k)
    if not (spoken or credited):
        return None
    phrase.heads = last.phrase.heads
    return Reading(phrase, last.predicate, last.kind, last.noun, CARRIED, True)


def _says_at(scan: Scan, k: int) -> bool:
    """Whether a verb of saying ends at a token."""
    return any(f.end == k + 1 for f in scan.within("says", max(0, k - 2), k + 1))


def without_appositions(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings without single people told again behind a comma or colon: "one passenger, a man of 71, died"."""
    again = {
        id(b)
        for a, b in pairwise(row.phrases)
        if a.amount.high == 1 and _told_again(scan, a, b, row.sentence.end)
    }
    again |= {id(p) for whole in row.phrases for p in _one_by_one_of(scan, row, whole)}
    again |= {
        id(a) for a, b in pairwise(row.phrases) if _of_order(scan, a, b) or _whose(scan, a, b)
    }
    return [_later_died(scan, row, r) for r in readings if id(r.phrase) not in again]


def _later_died(scan: Scan, row: Clause, reading: Reading) -> Reading:
    """Some of the hurt who died, told between commas who they were: "one of the wounded, a man of 52, died"."""
    phrase, noun = reading.phrase, reading.predicate
    own = phrase.partitive and phrase.start <= noun.start <= phrase.end
    end = max(phrase.end, noun.end)
    if not own or reading.kind != "wounded" or scan.tokens[end].text != ",":
        return reading
    past = min(row.sentence.end, end + 1 + _DESCRIBED)
    k = next((i + 1 for i in range(end + 1, past) if scan.tokens[i].text == ","), past)
    while k < row.sentence.end and scan.at(k, "aux", "adverb") and not scan.at(k, "predicate"):
        k += 1
    died = next((p for p in row.predicates if p.start == k and p.term.get("frame") == "kill"), None)
    if died is None:
        return reading
    return Reading(phrase, died, "killed", reading.noun, reading.cost)


def _one_by_one_of(scan: Scan, row: Clause, whole: Phrase) -> list[Phrase]:
    """The people between two marks who are told again up to the number: "two people, a nurse and a patient, …".

    Those whose noun tells more of them than the number's does are kept: a child among people.
    """
    if not (_several(whole) and "person" in whole.heads and whole.end < row.sentence.end):
        return []
    if scan.tokens[whole.end].text not in _OPENING:
        return []
    k, left, parts = whole.end + 1, int(whole.amount.high or 0), []
    for phrase in (p for p in row.phrases if p.start >= k and "person" in p.heads):
        if not left or any(_ends_list(scan, i) for i in range(k, phrase.start)):
            break
        left, k = left - int(phrase.amount.high or _OPEN), phrase.end
        parts.append(phrase)
    while left == 0 and k < row.sentence.end and _aged(scan, k):
        k += 1
    if left or len(parts) < _PAIR or scan.tokens[k].text not in _CLOSING:
        return []
    class_ = whole.heads["person"].term.get("class")
    singles = [p for p in parts if p.amount.sort in ("article", "bare")]
    return [p for p in singles if p.heads["person"].term.get("class") in (class_, "person")]


def _ends_list(scan: Scan, i: int) -> bool:
    return scan.tokens[i].text in _MARKS or (_parts(scan, i) and scan.at(i, "conj") is None)


def _aged(scan: Scan, k: int) -> bool:
    """Whether a token belongs to an age behind somebody: ", aged 34", "of 71"."""
    token = scan.tokens[k]
    comma = token.text == "," and k + 1 < len(scan.tokens) and scan.tokens[k + 1].kind == "n"
    return comma or token.kind == "n" or scan.at(k, "age_word", "partitive", "number") is not None


def _of_order(scan: Scan, a: Phrase, b: Phrase) -> bool:
    """Whether an ordinal only numbers whoever is named behind a copula: "the third victim was a woman of 60"."""
    if scan.at(a.start, "ordinal") is None or "person" not in b.heads or b.amount.high != 1:
        return False
    between = range(a.amount.end, b.start)
    return bool(scan.within("aux", a.amount.end, b.start)) and all(
        scan.tokens[i].kind in "wn" for i in between
    )


def _whose(scan: Scan, a: Phrase, b: Phrase) -> bool:
    """Whether a noun only tells whose the next one is: "a soldier's mother"."""
    owner = a.heads.get("person")
    return owner is not None and scan.possessive(owner.end) and b.start == owner.end + 1


def _told_again(scan: Scan, a: Phrase, b: Phrase, last: int) -> bool:
    """Whether a noun for one person is set beside another one between two commas, or behind a colon."""
    if b.amount.sort not in ("article", "bare") or "person" not in b.heads:
        return False
    if not ("person" in a.heads or a.partitive):
        return False
    mark = b.start - 1 if b.amount.sort == "bare" else b.amount.start - 1
    if scan.tokens[mark].text == ":":
        return all(scan.at(i, "aux", "predicate", "adverb") for i in range(a.end, mark))
    if b.start - a.end != 1:
        return False
    end = b.end
    while (
        end < min(last, b.end + _DESCRIBED)
        and scan.tokens[end].kind in "wn"
        and scan.at(end, "predicate", "aux", "says", "conj", "relative", "pronoun") is None
    ):
        end += 1
    if scan.tokens[a.end].text != "," or end + 1 >= last or scan.tokens[end].text != ",":
        return False
    return a.amount.sort == "number" and scan.at(end + 1, "conj", "article") is None


def compared(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings with those of figures of another time beside them: "286 killed and 1,388 hurt, against 232 and 1,343"."""
    for word in scan.within("compared", row.sentence.start, row.sentence.end):
        told = [r for r in readings if r.phrase.end <= word.start and _counts(r.phrase)]
        told = [r for r in told if r.noun in _COMPARED]
        behind = [p for p in row.phrases if p.start >= word.end and _counts(p) and p.elided]
        behind = [p for p in behind if not _own_noun(scan, p)][:_PAIR]
        if not behind or behind[0].start != word.end or len(told) < len(behind):
            continue
        if len(behind) == _PAIR and not _joined_numbers(scan, behind[0], behind[1]):
            behind = behind[:1]
        mirrored = [
            Reading(phrase, r.predicate, r.kind, r.noun, CARRIED, True)
            for phrase, r in zip(behind, told[-len(behind) :], strict=True)
        ]
        for reading, r in zip(mirrored, told[-len(behind) :], strict=True):
            reading.phrase.heads = reading.phrase.heads or r.phrase.heads
        taken = {id(p) for p in behind}
        readings = [r for r in readings if id(r.phrase) not in taken] + mirrored
    return sorted(readings, key=lambda r: r.phrase.start)


def _counts(phrase: Phrase) -> bool:
    return phrase.amount.sort == "number"


def _own_noun(scan: Scan, phrase: Phrase) -> bool:
    """Whether a word right behind a number says what became of those whom it counts."""
    return scan.at(phrase.end, "predicate") is not None


def _joined_numbers(scan: Scan, a: Phrase, b: Phrase) -> bool:
    return b.start - a.end == 1 and scan.at(a.end, "conj") is not None


def _risen_before(scan: Scan, row: Clause, word: Found, readings: list[Reading]) -> list[Reading]:
    """The readings with that of a total before its verb: «до 38 зросла кількість загиблих»."""
    phrase = next((p for p in row.phrases if p.amount.end == word.start and _counts(p)), None)
    sums = scan.within("sum_of", word.end, min(word.end + _RISEN, row.sentence.end))
    if phrase is None or not (phrase.elided or phrase.named_before or phrase.unknown):
        return readings
    deeds = [
        p for p in row.predicates if 0 <= p.start - word.end <= _TOLL and p.term.group == "noun"
    ]
    if not sums:
        deeds = [p for p in deeds if p.start == word.end and p.end - p.start > 1]
    deed = next((p for p in deeds if "person" in KINDS.get(p.term.get("frame"), {})), None)
    if deed is None:
        return readings
    phrase.heads, phrase.start, phrase.named_before = {}, phrase.amount.start, False
    phrase.unknown, phrase.end = False, phrase.amount.end
    if phrase.amount.bound == "up_to":
        phrase.amount.bound, phrase.amount.low = "exact", phrase.amount.high
    kind = KINDS[str(deed.term.get("frame"))]["person"]
    kept = [r for r in readings if r.phrase is not phrase]
    return [*kept, Reading(phrase, deed, kind, "person", CARRIED, True)]


def _toll_risen(row: Clause, phrase: Phrase, readings: list[Reading]) -> list[Reading]:
    """A toll far before its number: "the death toll from the strike has climbed to 28", "bringing the toll to 14"."""
    tolls = [
        p
        for p in row.predicates
        if p.end <= phrase.start
        and p.term.group == "noun"
        and p.term.get("frame") != "bodies"
        and "person" in KINDS.get(str(p.term.get("frame")), {})
    ]
    counted = [p for p in row.phrases if p.end <= phrase.start and p.amount.sort == "number"]
    if not tolls or any(p.start > tolls[-1].end for p in counted):
        return readings
    deed = tolls[-1]
    kind = KINDS[str(deed.term.get("frame"))]["person"]
    kept = [r for r in readings if r.phrase is not phrase]
    return [*kept, Reading(phrase, deed, kind, "person", CARRIED, True)]


def risen(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings with that of a total far behind its noun: "the number of civilians killed in … has risen to 31"."""
    for word in scan.within("grows", row.sentence.start, row.sentence.end):
        near = (p for p in row.phrases if 0 <= p.amount.start - word.end <= _RISEN)
        phrase = next(near, None)
        sums = scan.within("sum_of", row.sentence.start, word.start)
        if phrase is None and not sums:
            readings = _risen_before(scan, row, word, readings)
            continue
        if phrase is not None and not sums and _counts(phrase) and phrase.elided:
            readings = _toll_risen(row, phrase, readings)
            continue
        if phrase is None or not sums or not _counts(phrase):
            continue
        if scan.within("weapon", sums[-1].end, sums[-1].end + _RISEN):
            continue  # "the number of drones downed … rose to 33"
        if not (phrase.elided or phrase.named_before):
            continue
        deeds = [p for p in row.predicates if sums[-1].start <= p.start < word.start]
        deed = next((p for p in deeds if "person" in KINDS.get(p.term.get("frame"), {})), None)
        if deed is None:
            continue
        readings = [r for r in readings if r.phrase is not phrase]
        people = [f for f in scan.within("person", sums[-1].end, word.start) if f.start <= deed.end]
        phrase.heads = {"person": people[0]} if people else {}
        phrase.start, phrase.named_before = phrase.amount.start, False
        kind = KINDS[str(deed.term.get("frame"))]["person"]
        readings = [*readings, Reading(phrase, deed, kind, "person", CARRIED, True)]
    return sorted(readings, key=lambda r: r.phrase.start)
