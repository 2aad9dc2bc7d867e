"""People who are named: each name beside what befell its bearer is one person.

Enters: a `Scan` and the tokens of a sentence. Leaves: a `Phrase` for each such name. Does not belong here: nouns (`singles`).
"""

from __future__ import annotations

from warledger.extraction.amounts import Amount
from warledger.extraction.nouns import STOPS
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_FULL_NAME = 2
_OF_AGE = 18
_TITLE = 8  # words between a verb and the name of whom it tells
_GENITIVE = frozenset({"gen.sg", "gen.pl"})
_LED = 8  # tokens of titles before a name behind a verb
_TOLD = 12  # tokens between two commas that tell who somebody is
_OFFICE = 5  # tokens behind a name's comma in which the noun for its bearer stands
_ENDS = ("prep", "place_prep", "conj", "relative", "aux", "predicate", "adverb", "says", "pronoun")
_WHEN = ("weekday", "day_word", "period_word", "day_part", "month", "number", "article")


def beside(scan: Scan, first: int, last: int, taken: set[int]) -> list[Phrase]:
    """People named who were killed or hurt, each of whom is one: "Ivan Petrenko, a nurse, was killed"."""
    out: list[Phrase] = []
    for predicate in scan.within("predicate", first, last):
        if predicate.term.get("frame") not in ("kill", "wound"):
            continue
        name = _subject(scan, predicate, first, taken) or _object(scan, predicate, last)
        if name is None or any(p.start == name.start for p in out) or name.start in taken:
            continue
        out.append(name)
    return [*out, *_one_of_them(scan, first, last)]


def _one_of_them(scan: Scan, first: int, last: int) -> list[Phrase]:
    """Who is named as one of those whom the sentence before tells of: "Among them was Anas al-Sharif, 28"."""
    for them in scan.within("of_them", first, first + 1):
        aux = scan.at(them.end, "aux")
        start = end = aux.end if aux is not None and aux.term.get("one") else last
        while end < last and (known := _chunk(scan, end)):
            end = known
        closed = end >= last or scan.tokens[end].kind == "p" or scan.at(end, *_ENDS, *_WHEN)
        if closed and _whole_name(scan, start, end, None) and _plain(scan, start, end):
            amount = Amount(start, end, (start, end), 1, 1, "exact", "number", more=True)
            return [Phrase(amount, start, end, {}, named=True)]
    return []


def _phrase(start: int, end: int, title: Found | None) -> Phrase:
    """One person by a name, with the noun of a title that tells which people they belong to."""
    amount = Amount(start, end, (start, end), 1, 1, "exact", "article")
    fighter = title is not None and title.term.get("class") == "soldier"
    heads = {"person": title} if title is not None and fighter else {}
    return Phrase(amount, start, end, heads, named=not heads)


def _subject(scan: Scan, predicate: Found, first: int, taken: set[int]) -> Phrase | None:
    """Who is named before what befell them, with who they are between two commas or not."""
    if predicate.term.group not in ("verb", "passive", "intransitive"):
        return None
    end, passive = predicate.start, False
    while end > first and scan.at(end - 1, "aux", "adverb"):
        aux = scan.at(end - 1, "aux")
        passive = passive or (aux is not None and bool(aux.term.get("one")))
        end -= 1
    if not (passive or predicate.term.group == "intransitive"):
        return None
    inserted = _past_insertion(scan, end, first)
    start = end = end if inserted is None else inserted
    while start > first and (at := _chunk_before(scan, start)) is not None and at not in taken:
        start = at
    if end - start < _FULL_NAME:
        return None
    if inserted is None:
        opens = start == first or (start - 1 not in taken and _opens_clause(scan, start - 1))
        opens = opens and _plain(scan, start, end)
        return _phrase(start, end, None) if opens else None
    return _phrase(start, end, _ending(scan, start) or _office(scan, end + 1))


def _past_insertion(scan: Scan, end: int, first: int) -> int | None:
    """Where a name ends that an age or office between two commas parts from its verb; None where nobody is told there."""
    if end - 1 <= first or scan.tokens[end - 1].text != ",":
        return None
    for k in range(end - 2, max(first, end - _TOLD), -1):
        if scan.tokens[k].text in ";:" or scan.at(k, "predicate", "says", "relative"):
            return None
        person = scan.at(k, "person")
        if person is not None and person.term.get("class") != "soldier":
            return None  # "Ivan Petrenko, a nurse, was killed" tells of the nurse
        if scan.tokens[k].text == "," and k and _is_name(scan, k - 1):
            return k
    return None


def _office(scan: Scan, k: int) -> Found | None:
    """The noun for soldiers that says behind a comma what somebody was: ", commander of the Guards"."""
    for i in range(k, min(k + _OFFICE, len(scan.tokens))):
        if scan.tokens[i].kind == "p" or scan.at(i, "aux", "predicate", "relative"):
            return None
        if (person := scan.at(i, "person")) is not None:
            return person
    return None


def _ending(scan: Scan, start: int) -> Found | None:
    """The noun for one person that ends right before a name: "Captain Serhii Lysenko"."""
    people = (
        f
        for n in (1, 2, 3)
        if start >= n
        for f in scan.starting.get(start - n, ())
        if f.term.type == "person" and f.end == start
    )
    return next(people, None)


def _object(scan: Scan, predicate: Found, last: int) -> Phrase | None:
    """Who is named behind what was done to them, past their title: "killed General Igor Kirillov"."""
    k = _past_verb(scan, predicate)
    if k is None:
        return None
    stop, title = min(last, k + _LED), None
    while k < stop:
        end = k
        while end < last and (known := _chunk(scan, end)):
            end = known
        closed = end >= last or scan.tokens[end].kind == "p" or scan.at(end, *_ENDS, *_WHEN)
        if closed and _whole_name(scan, k, end, title):
            apposed = end < last and scan.tokens[end].text == ","
            told = title or (_office(scan, end + 1) if apposed else None)
            return _phrase(k, end, told) if told or _plain(scan, k, end) else None
        if end > k and not scan.at(end, "person", "role"):
            return None
        found = scan.at(end, "person") or scan.at(end, "role", "nation", "voice")
        if found is None and not (scan.definite(end) or (title and scan.tokens[end].text == ",")):
            return None
        if found is not None and "pl" in found.tags:
            return None
        title = found if found is not None and found.term.type == "person" else title
        k = end + 1 if found is None else found.end
    return None


def _past_verb(scan: Scan, predicate: Found) -> int | None:
    """Where the name may begin behind a verb in the active, a noun for a killing, or "among the dead was"."""
    k, group = predicate.end, predicate.term.group
    listed = False
    while (step := scan.at(k, "aux", "including", "predicate")) is not None:
        if step.term.type == "predicate" and not step.term.get("named"):
            return None
        k, listed = step.end, True
    if listed or predicate.term.get("done"):
        return k
    if group not in ("verb", "active"):
        return None
    aux = [f for n in (1, 2, 3) if (f := scan.at(predicate.start - n, "aux")) is not None]
    return None if any(not f.term.get("perfect") for f in aux) else k


def _chunk(scan: Scan, k: int) -> int | None:
    """Where a part of a name ends: a capital that the lexicon does not know, or a name of who is known to speak."""
    voice = scan.at(k, "voice")
    if voice is not None and all(t.capital for t in scan.tokens[k : voice.end]):
        return voice.end
    return k + 1 if _is_name(scan, k) else None


def _chunk_before(scan: Scan, k: int) -> int | None:
    """Where a part of a name that ends before a token begins: `_chunk` backwards."""
    ends = (f for n in (1, 2, 3) if k >= n for f in scan.starting.get(k - n, ()) if f.end == k)
    people = (f for f in ends if f.term.type == "voice" and f.term.get("sort") == "person")
    known = max(people, key=lambda f: f.end - f.start, default=None)
    if known is not None and all(t.capital for t in scan.tokens[known.start : k]):
        return known.start
    return k - 1 if _is_name(scan, k - 1) else None


def _plain(scan: Scan, start: int, end: int) -> bool:
    """Whether a name is a person's by itself: no voice that may be a body's."""
    voices = scan.within("voice", start, end)
    return all(f.term.get("sort") == "person" for f in voices)


def _whole_name(scan: Scan, start: int, end: int, title: Found | None) -> bool:
    """Whether a name is a full one, or one of somebody with a title or an age."""
    if end - start >= _FULL_NAME:
        return True
    aged = end + 1 < len(scan.tokens) and scan.tokens[end].text == ","
    aged = aged and scan.tokens[end + 1].kind == "n"
    return end > start and (title is not None or aged)


def behind(scan: Scan, first: int, last: int, taken: set[int]) -> list[Phrase]:
    """As `beside` where the order of words is free: «загинув начальник станції Петро Гаврилюк», «Олену Ткач поранено»."""
    out = []
    for predicate in scan.within("predicate", first, last):
        if not _befalls_one(scan, predicate):
            continue
        start, end = _ahead(scan, predicate, first, taken)
        if end - start < _FULL_NAME or not (start == first or _opens_clause(scan, start - 1)):
            start, end = _apposed(scan, predicate, first, taken)
        if start == end:
            start, end = _following(scan, predicate, last, taken)
        if end - start < (1 if _grown_up(scan, predicate.end, start) else _FULL_NAME):
            continue
        amount = Amount(start, end, (start, end), 1, 1, "exact", "article")
        out.append(Phrase(amount, start, end, {}, named=True))
        taken.update(range(start, end))
    return out


def _befalls_one(scan: Scan, predicate: Found) -> bool:
    """Whether a verb tells of one person who died, was killed or wounded, or of somebody whom one killed.

    Of several people only where somebody with an office opens the list: «убиты глава разведки … и его заместитель».
    """
    frame, group = predicate.term.get("frame"), predicate.term.group
    passive = group == "passive" and frame in ("kill", "wound")
    if not (passive or (frame == "kill" and group in ("intransitive", "active"))):
        return False
    office = scan.at(predicate.end, "role", "person")
    cases = office.tags if office is not None else frozenset()
    if group == "active":
        return "acc.sg" in cases and "nom.sg" not in cases
    if any(t.endswith(".pl") for t in predicate.tags):
        return "nom.sg" in cases
    return bool(predicate.tags)


def _ahead(scan: Scan, predicate: Found, first: int, taken: set[int]) -> tuple[int, int]:
    """The name right before a verb."""
    start = end = predicate.start
    while start > first and _is_name(scan, start - 1) and start - 1 not in taken:
        start -= 1
    return start, end


def _apposed(scan: Scan, predicate: Found, first: int, taken: set[int]) -> tuple[int, int]:
    """The name between commas right before a verb with nobody behind it: «муж её, токарь Николай Гончар, погиб»."""
    none = predicate.start, predicate.start
    end = predicate.start - 1
    told = predicate.end in taken or scan.at(predicate.end, "person", "role", "number")
    if end <= first or scan.tokens[end].text != "," or told:
        return none
    start = end
    while start > first and _is_name(scan, start - 1) and start - 1 not in taken:
        start -= 1
    k = start
    while k > max(first, start - _TITLE) and _of_title(scan, k - 1, taken):
        k -= 1
    opened = k > first and scan.tokens[k - 1].text == ","
    return (start, end) if opened and k < start and end - start >= _FULL_NAME else none


def _following(scan: Scan, predicate: Found, last: int, taken: set[int]) -> tuple[int, int]:
    """The name behind a verb, past the words that tell who it is."""
    start = _past_title(scan, predicate.end, last, taken)
    end = start
    while end < last and _is_name(scan, end) and end not in taken:
        end += 1
    person = scan.at(start, "voice") if start == end and start > predicate.end else None
    if person is not None and person.term.get("sort") == "person":
        end = person.end
    return start, end


def _grown_up(scan: Scan, a: int, b: int) -> bool:
    """Whether the age of no child stands between a verb and a name: «померла 29-річна Катерина»."""
    ages = [t.text for t in scan.tokens[a:b] if t.kind == "n"]
    return len(ages) == 1 and ages[0].isdigit() and int(ages[0]) >= _OF_AGE


def _past_title(scan: Scan, k: int, last: int, taken: set[int]) -> int:
    """Behind the words that tell who a name behind a verb is."""
    stop, first = min(last, k + _TITLE), k
    while k < stop and (_of_title(scan, k, taken) or (k > first and _of_body(scan, k))):
        k += 1
    return k


def _of_title(scan: Scan, k: int, taken: set[int]) -> bool:
    """Whether a word tells who a name is: a plain one, an age or the number of a unit, somebody in the genitive."""
    token = scan.tokens[k]
    joined = token.suffix or scan.tokens[min(k + 1, len(scan.tokens) - 1)].text
    numbered = token.kind == "n" and joined.startswith("-")
    plain = token.kind == "w" and not token.capital
    rows = scan.starting.get(k, ())
    ends = STOPS | {"predicate"}
    if k in taken or not (numbered or plain) or any(f.term.type in ends for f in rows):
        return False
    return all(
        f.term.type != "person" or (_GENITIVE & f.tags and "nom.sg" not in f.tags) for f in rows
    )


def _of_body(scan: Scan, k: int) -> bool:
    """Whether a capitalised word names the state, army or body of whoever holds an office."""
    found = scan.at(k, "forces", "nation", "voice")
    return found is not None and found.term.get("sort") != "person" and found.end == k + 1


def of_army(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether the office told before a name behind its verb is one of an army: «убит начальник Генштаба …»."""
    if not phrase.named or predicate.end > phrase.start:
        return False
    ranks = scan.within("person", predicate.end, phrase.start)
    return bool(scan.within("forces", predicate.end, phrase.start)) or any(
        f.term.get("class") == "soldier" for f in ranks
    )


def _is_name(scan: Scan, i: int) -> bool:
    """Whether a word may be part of a person's name: a capital, and unknown to the lexicon."""
    token = scan.tokens[i]
    if token.kind != "w" or i in scan.starting:
        return False
    return token.capital or named_part(scan, i)


def named_part(scan: Scan, i: int) -> bool:
    """Whether a word has a capital behind a hyphen: "al-Sharif"."""
    text = scan.tokens[i].text
    return "-" in text and scan.original(i, i + 1) != text


def _opens_clause(scan: Scan, i: int) -> bool:
    """Whether a name may begin behind the token: a mark, a conjunction, a verb of saying or a noun for people."""
    token = scan.tokens[i]
    if token.kind == "p" or scan.at(i, "conj", "relative", "says", "person", "role"):
        return True
    return token.kind == "w" and not token.capital and i not in scan.starting
