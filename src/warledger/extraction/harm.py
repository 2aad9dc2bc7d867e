"""People said to be unharmed: zeros that one word tells, zeros told of dead and hurt at once, and no news.

Enters: the readings of a sentence. Leaves: the same with what a zero says of people made plain.
Does not belong here: numbers above zero (`frames`).
"""

from __future__ import annotations

from warledger.extraction.amounts import Amount
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import Reading

_HARM = {"kill": "killed", "wound": "wounded", "casualty": "casualties"}
_BETWEEN = ("conj", "negation", "zero", "prep", "place_prep")
_NEWS_REACH = 4
_JOINT = 2  # tokens that join two predicates: a comma and a conjunction
_DENIAL = 3  # tokens of the longest words for no right before a verb: "was not"
_OF_SUBJECT = ("passive", "intransitive", "verb")


def complete(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings with those of unharmed people; without zeros that only tell that nothing is known yet."""
    kept = [r for r in readings if not (_nobody(r) and _no_news(scan, row, r.predicate))]
    kept = [r for r in kept if r.phrase.amount.sort != "bare" or not _unharmed(scan, r.predicate)]
    kept = [_undivided(scan, row, _nobody_of(scan, r)) for r in kept]
    out: list[Reading] = []
    counted = frozenset(r.predicate.start for r in kept if not (_nobody(r) or r.carried))
    for reading in kept:
        out.extend(_both(scan, row, reading, counted))
    out.extend(_unhurt(scan, row, out))
    _told_behind(scan, row, out)
    _all_are(scan, row, out)
    return out


def _nobody_of(scan: Scan, reading: Reading) -> Reading:
    """Gives a word for nobody the people of whom it is: "none of the rescuers was hurt"."""
    phrase = reading.phrase
    of = scan.at(phrase.amount.end, "partitive") if phrase.amount.sort == "nobody" else None
    person = scan.at(of.end, "person") if of is not None else None
    if person is not None and "person" not in phrase.heads:
        phrase.heads, phrase.end = {"person": person}, max(phrase.end, person.end)
    return reading


def _undivided(scan: Scan, row: Clause, reading: Reading) -> Reading:
    """A number told of dead and hurt at once counts both: "killed or injured 5,000", "12 were killed and wounded"."""
    phrase, predicate = reading.phrase, reading.predicate
    if reading.kind not in ("killed", "wounded") or _nobody(reading) or reading.carried:
        return reading
    if phrase.start <= predicate.start < phrase.end or _only_noun(row, predicate):
        return reading
    run = [predicate]
    for other in row.predicates:
        if other.start > run[-1].start and _joined(scan, run[-1], other):
            run.append(other)
    for other in reversed(row.predicates):
        if other.start < run[0].start and _joined(scan, other, run[0]):
            run.insert(0, other)
    frames = {p.term.get("frame") for p in run}
    low, high = run[0].start, run[-1].end
    beside = high == phrase.start or (phrase.end <= low and row.crossing(phrase.end, low) < 1)
    listed = any(scan.at(i, "conj") for i in range(run[0].end, run[-1].start))
    if {"kill", "wound"} <= frames and beside and listed:
        return Reading(phrase, predicate, "casualties", reading.noun, reading.cost)
    return reading


def _only_noun(row: Clause, predicate: Found) -> bool:
    """Whether a word is a noun and no verb as well."""
    groups = {p.term.group for p in row.predicates if p.start == predicate.start}
    return groups == {"noun"}


def _joined(scan: Scan, a: Found, b: Found) -> bool:
    """Whether a conjunction right between two predicates joins them, or commas of a list that ends in one."""
    low, high = min(a.end, b.end), max(a.start, b.start)
    return 0 < high - low <= _JOINT and all(
        scan.at(i, "conj") is not None or scan.tokens[i].text == "," for i in range(low, high)
    )


def _told_behind(scan: Scan, row: Clause, readings: list[Reading]) -> None:
    """Gives people the noun that a copula tells of them: "nineteen of the dead and 78 of the hurt were children"."""
    for noun in scan.within("person", row.sentence.start, row.sentence.end):
        copula = noun.tags == frozenset({"ins.pl"}) and scan.at(noun.start - 1, "aux")
        if _dashed(scan, row, noun):
            _name_first(scan, readings, noun)
            continue
        if not (copula or noun.term.get("among")):
            continue
        if noun.term.get("among") and scan.at(noun.end, "conj") and scan.at(noun.end + 1, "person"):
            continue  # "among soldiers and civilians"
        for reading in readings:
            phrase = reading.phrase
            bare = reading.noun == "person" and "person" not in phrase.heads
            if bare and noun.term.get("among") and len(readings) == 1:
                phrase.heads = {"person": noun}
            if bare and phrase.end <= noun.start and row.crossing(phrase.end, noun.start) < 6:
                phrase.heads = {"person": noun}


def _dashed(scan: Scan, row: Clause, noun: Found) -> bool:
    """Whether a noun stands alone behind a dash that closes the sentence: «обидва загиблі – цивільні»."""
    end = noun.end
    closed = end >= row.sentence.end or scan.tokens[end].text in ".!,;"
    return closed and scan.tokens[noun.start - 1].text == "–" and "nom.pl" in noun.tags


def _name_first(scan: Scan, readings: list[Reading], noun: Found) -> None:
    """Gives the noun behind a dash to the people right before it: the part, where a whole stands there too."""
    if any(r.phrase.heads.get("person") is noun for r in readings):
        return
    dash = noun.start - 1
    near = [r for r in readings if dash in (r.phrase.end, r.predicate.end)]
    wholes = [r.phrase.inherited for r in readings if r.phrase.inherited is not None]
    for reading in readings:
        whole = any(reading.phrase is w for w in wholes)
        beside = reading in near or (near and reading.phrase.end <= near[0].phrase.start)
        head = reading.phrase.heads.get("person")
        if beside and not whole and (head is None or head.term.get("class") == "person"):
            reading.phrase.heads = {"person": noun}
            return


def _all_are(scan: Scan, row: Clause, readings: list[Reading]) -> None:
    """Tells people by the noun that is said of all of them behind: "31 dead and 57 hurt, all of them civilians"."""
    for word in scan.within("all", row.sentence.start, row.sentence.end):
        them = scan.at(word.end - 1, "of_them")
        k = them.end if them is not None else word.end
        while k < row.sentence.end and (
            scan.tokens[k].text == "–" or scan.at(k, "aux", "of_them", "pronoun", "article")
        ):
            k += 1
        noun = scan.at(k, "person") if k < row.sentence.end else None
        opens = word.start > row.sentence.start and scan.tokens[word.start - 1].text in ",–("
        plural = noun is not None and any(t.endswith("pl") for t in noun.tags)
        if noun is None or not (opens and plural) or noun.term.get("class") == "person":
            continue
        if noun.end < row.sentence.end and scan.tokens[noun.end].kind != "p":
            continue  # "six died, all the children survived"
        for reading in readings:
            if reading.kind in _HARM.values() and reading.phrase.end <= word.start:
                reading.phrase.all_are = noun


def _unharmed(scan: Scan, predicate: Found) -> bool:
    """Whether a word for being hurt is denied right before it: "the crew was not hurt"."""
    if predicate.term.get("frame") != "wound" or predicate.term.group not in _OF_SUBJECT:
        return False
    at = predicate.start
    return any(f.end == at for f in scan.within("negation", max(0, at - _DENIAL), at))


def _oblique(noun: Found) -> bool:
    """Whether a noun cannot be a subject by its case."""
    cased = any("." in t for t in noun.tags)
    return cased and not any(t.startswith("nom.") for t in noun.tags)


def _close(scan: Scan, row: Clause, noun: Found, predicate: Found) -> bool:
    """Whether a noun stands right before a predicate, but for whoever says so between commas."""
    if row.crossing(noun.end, predicate.start) < 1:
        return True
    marks = [i for i in range(noun.end, predicate.start) if scan.tokens[i].text in ",–;:"]
    said = scan.within("says", noun.end, predicate.start)
    return len(marks) == 2 and marks[0] == noun.end and bool(said)


def _nobody(reading: Reading) -> bool:
    amount = reading.phrase.amount
    harm = reading.predicate.term.get("frame") in _HARM
    return harm and amount.low == 0 and amount.high == 0


def _no_news(scan: Scan, row: Clause, predicate: Found) -> bool:
    """Whether the words only say that there is no news of it: "no information about the injured yet"."""
    first = max(row.sentence.start, predicate.start - _NEWS_REACH)
    return bool(scan.within("information", first, predicate.start))


def _both(scan: Scan, row: Clause, reading: Reading, counted: frozenset[int]) -> list[Reading]:
    """A zero told of dead and hurt together is one of each: "no dead or injured", «жертв та постраждалих немає».

    Not of words that have a number of their own, which stand at `counted`: "of seven hurt, no dead".
    """
    if not _nobody(reading):
        return [reading]
    frames = {str(reading.predicate.term.get("frame")): reading.predicate}
    if reading.predicate.term.get("parted"):
        frames = dict.fromkeys(("kill", "wound"), reading.predicate)
    for other in row.predicates:
        frame = str(other.term.get("frame"))
        if other.start in counted or frame not in _HARM or frame in frames:
            continue
        if _beside(scan, reading.predicate, other):
            frames[frame] = other
    if len(frames) == 1:
        return [reading]
    if "casualty" in frames and "kill" not in frames:
        frames["kill"] = frames["casualty"]
    frames.pop("casualty", None)
    low = min(reading.phrase.start, *(f.start for f in frames.values()))
    high = max(reading.phrase.end, *(f.end for f in frames.values()))
    out = []
    for frame, predicate in frames.items():
        phrase = Phrase(reading.phrase.amount, low, high, reading.phrase.heads)
        phrase.sentence = row.sentence.index
        out.append(Reading(phrase, predicate, _HARM[frame], reading.noun, reading.cost))
    return out


def _beside(scan: Scan, a: Found, b: Found) -> bool:
    """Whether only what joins a list stands between two predicates."""
    low, high = min(a.end, b.end), max(a.start, b.start)
    apart = any(scan.tokens[i].text == "," for i in range(low, high))
    if apart and a.term.group != b.term.group:
        return False  # "two are hurt, no dead"
    closed = scan.at(low, "zero")
    if closed is not None and scan.tokens[closed.end].text == ",":
        return False  # the zero behind the first word closes it
    return low < high <= low + 3 and all(
        scan.tokens[i].text == "," or scan.at(i, *_BETWEEN) for i in range(low, high)
    )


def _unhurt(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """People said to be unhurt without a number are nobody wounded."""
    found: list[Reading] = []
    people = scan.within("person", row.sentence.start, row.sentence.end)
    for predicate in row.predicates if people else ():
        told = predicate.term.get("frame") == "unhurt" or _unharmed(scan, predicate)
        if not told or any(r.predicate is predicate for r in readings):
            continue
        span = (predicate.start, predicate.end)
        amount = Amount(*span, span, 0, 0, "exact", "nobody")
        phrase = Phrase(amount, *span, {}, sentence=row.sentence.index)
        near = [p for p in people if _close(scan, row, p, predicate) and p.end <= span[0]]
        if predicate.term.get("frame") != "unhurt":
            near = [p for p in near if not _oblique(p)]
            if not near:
                continue
        if near:
            phrase.heads, phrase.start = {"person": near[-1]}, near[-1].start
        found.append(Reading(phrase, predicate, "wounded", "person", 0.0))
    return found
