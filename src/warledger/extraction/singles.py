"""Single nouns without a number, each of which may stand for one: "a drone hit a hotel", "among them a child".

Enters: a `Scan` and the quantified phrases of a sentence. Leaves: those phrases and one for each such noun.
Does not belong here: what is said of them (`frames`).
"""

from __future__ import annotations

from typing import Any

from warledger.extraction import named
from warledger.extraction.amounts import Amount
from warledger.extraction.nouns import STOPS, common_noun, models_of
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_ADJECTIVES = 6  # words before a noun within which its article stands
_NUMBER_SIGNS = "№#"
_TALLIED = frozenset({"equipment", "person"})
_DIRECT_CASES = frozenset({"nom.sg", "acc.sg", "gen.sg"})
_PLURAL_CASES = frozenset({"nom.pl", "acc.pl"})
_LOST = frozenset({"destroy", "damage", "nuclear_power"})  # "… four trucks, a howitzer damaged"
_ACCUSATIVE = frozenset({"acc.sg"})  # that of one harmed would be the genitive of the noun too
_CREWED = ("aircraft", "helicopter")
_PLAIN = frozenset({"sg"})  # of a language whose nouns have no cases
_HARM = frozenset({"kill", "wound"})
_BEFALL = frozenset({"kill", "wound", "imprison"})
_AUXILIARIES = 3  # tokens between somebody and the verb of what befell that one
_ENDING = 2  # letters by which adjectives of one noun agree
_SUBJECT_CASES = frozenset({"nom.sg", "acc.sg"})
_OFFICE = 5  # tokens between the noun for an office and the rank of who holds it
_MODEL_NAME = 6  # tokens of a model's name or a maker's behind one item of a list


def add(
    scan: Scan, phrases: list[Phrase], first: int, last: int, settings: dict[str, Any]
) -> list[Phrase]:
    """The phrases of a sentence with its singular nouns without a number, in the order of the text."""
    taken = {i for p in phrases for i in range(p.start, p.end)}
    found = _in_tally(scan, phrases, first, last, taken)
    taken.update(i for p in found for i in range(p.start, p.end))
    found += _bare(scan, first, last, taken, scan.adjectives)
    found += _reactors(scan, first, last, taken)
    found += _victims(scan, first, last, taken)
    if settings.get("named_subjects"):
        taken.update(i for p in found for i in range(p.start, p.end))
        known = named.behind if settings.get("free_order") else named.beside
        found += known(scan, first, last, taken)
    return sorted([*phrases, *found], key=lambda p: p.start)


def _reactors(scan: Scan, first: int, last: int, taken: set[int]) -> list[Phrase]:
    """Single reactors of which a state is told: "Unit 2 was shut down", "a reactor was disconnected"."""
    reactors = scan.within("reactor", first, last)
    told = reactors and any(
        p.term.get("frame") == "nuclear_status" for p in scan.within("predicate", first, last)
    )
    out = []
    for f in reactors if told else ():
        single = f.tags and all(t.endswith("sg") for t in f.tags)
        if f.start in taken or not single:
            continue
        end = f.end
        if end + 1 < last and scan.tokens[end].text in _NUMBER_SIGNS:
            end += 1
        if end < last and scan.tokens[end].kind == "n" and end not in taken:
            end += 1  # its number is its name
        amount = Amount(f.start, end, (f.start, f.end), 1, 1, "exact", "article")
        out.append(Phrase(amount, f.start, end, {"reactor": f}))
    return out


def _victims(scan: Scan, first: int, last: int, taken: set[int]) -> list[Phrase]:
    """One person dead or hurt whom only a word for the harm tells of, where it says that there is one: «є загибла»."""
    out: list[Phrase] = []
    for f in scan.within("predicate", first, last):
        harm = f.term.get("frame") in ("kill", "wound") and f.term.group == "noun"
        if not harm or f.start in taken or not _one_there(f.tags) or f.start == first:
            continue
        told = scan.at(f.start - 1, "aux")
        joined = scan.at(f.start - 1, "conj") and any(p.end == f.start - 1 for p in out)
        if joined or (told is not None and told.term.get("exists")):
            amount = Amount(f.start, f.end, (f.start, f.end), 1, 1, "exact", "article")
            out.append(Phrase(amount, f.start, f.end, {}, named=True))
    return out


def _one_there(tags: frozenset[str]) -> bool:
    return bool(tags & {"nom.sg", "acc.sg"}) and not any(t.endswith(".pl") for t in tags)


def _in_tally(
    scan: Scan, phrases: list[Phrase], first: int, last: int, taken: set[int]
) -> list[Phrase]:
    """Single pieces of equipment among those that a list counts: "three tanks, a howitzer and two trucks"."""
    rows = [f for f in scan.within("equipment", first, last) if _one_piece(scan, f, taken)]
    out: list[Phrase] = []
    if not rows:
        return out
    counted = [p for p in phrases if p.amount.sort == "number" and _TALLIED & set(p.heads)]
    if any(f.term.get("class") in _CREWED for f in rows) and not _army_lost(scan, first, last):
        rows = [f for f in rows if f.term.get("class") not in _CREWED]
    for f in (*rows, *reversed(rows)):  # what opens a list hangs on what goes on with it
        start = _past_adjectives(scan, f.start, first)
        if f.tags == _PLAIN and (start := _past_model(scan, f.start, first)) == f.start:
            continue
        if f.start in taken or not (
            any(_joined(scan, p, start, f.end) for p in (*counted, *out))
            or _destroyed(scan, f, start)
        ):
            continue
        amount = Amount(f.start, f.start, (f.start, f.end), 1, 1, "exact", "number")
        out.append(Phrase(amount, f.start, f.end, {"equipment": f}))
        taken.update(range(f.start, f.end))
    return out


def _army_lost(scan: Scan, first: int, last: int) -> bool:
    """Whether an army is said to have lost something: crewed craft elsewhere are told of as what was shot down."""
    return any(f.term.get("frame") == "lose_army" for f in scan.within("predicate", first, last))


def _one_piece(scan: Scan, f: Found, taken: set[int]) -> bool:
    """Whether a noun for equipment stands for one piece: in the singular, or an abbreviation without cases."""
    if f.term.get("class") == "personnel":
        return False  # a mass of people has no pieces
    weapon = scan.at(f.start, "weapon")
    sent = weapon is not None and weapon.term.get("kind") != "means"
    if f.start in taken or (sent and f.term.get("class") not in _CREWED) or _names_model(scan, f):
        return False
    if f.tags == _PLAIN:
        return True  # its article tells whether there is one
    cased = {t for t in f.tags if t.endswith(".sg")} & _DIRECT_CASES
    return not f.tags or (bool(cased) and not any(t in _PLURAL_CASES for t in f.tags))


def _names_model(scan: Scan, f: Found) -> bool:
    """Whether a noun for equipment only tells the model of the one right before it: «гаубица M777», «САУ "Краб"»."""
    k = f.start - (f.start > 0 and scan.tokens[f.start - 1].text == '"')
    return any(
        g.end == k and g.term.type == "equipment"
        for n in (1, 2, 3, 4, 5)
        if k >= n
        for g in scan.starting.get(k - n, ())
    )


def _destroyed(scan: Scan, f: Found, start: int) -> bool:
    """Whether a participle in the singular right before one piece tells that it was destroyed: «уничтожен танк»."""
    deed = scan.at(start - 1, "predicate") if start else None
    if deed is None or deed.term.get("frame") != "destroy":
        return False
    if f.term.get("class") in ("other", *_CREWED):
        return False  # "a helicopter was downed" tells what was shot down
    if scan.at(f.start, "object"):
        return False
    short = any(t.startswith("short") and t.endswith(".sg") for t in deed.tags)
    return short and "nom.sg" in f.tags


def _past_adjectives(scan: Scan, k: int, first: int) -> int:
    while (
        k > first
        and scan.tokens[k - 1].kind == "w"
        and (scan.tokens[k - 1].text.endswith(scan.adjectives) or scan.at(k - 1, "nation"))
    ):
        k -= 1
    return k


def _past_model(scan: Scan, start: int, first: int) -> int:
    """Where one piece begins with its article, a calibre or model between: "a 155-mm M198 howitzer"."""
    for k in range(start - 1, max(first, start - 1 - _MODEL_NAME) - 1, -1):
        if scan.at(k, "article") is not None and not scan.definite(k):
            return k
        if scan.tokens[k].kind not in "wn" or scan.at(k, "conj", "prep", "place_prep", "predicate"):
            return start
    return start


def _joined(scan: Scan, item: Phrase, start: int, end: int) -> bool:
    """Whether a noun goes on or opens a list that an item of it stands in, the item's model between."""
    a, b = (item.end, start) if item.end <= start else (end, item.start)
    if not 0 < b - a <= _MODEL_NAME:
        return False
    between = range(a, b)
    deeds = [p for p in scan.within("predicate", a, b) if p.term.get("frame") not in _LOST]
    if deeds or any(scan.at(i, "aux", "relative", "including") for i in between):
        return False
    return any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between)


def _with_article(scan: Scan, start: int, first: int) -> int:
    """Where a noun begins with its age and article: "a seven-year-old girl"."""
    k = start - 1
    while k >= first and (scan.tokens[k].joined or scan.tokens[k].kind == "n"):
        k -= 1
    return k if k >= first and scan.at(k, "article") else start


def _unmarked(scan: Scan, found: Found, kind: str, first: int) -> str | None:
    """How a singular noun without an article of its own stands for one, in a language that has articles.

    Behind an age ("a seven-year-old girl") as one with its article; as a bare noun where somebody's ("the girl's
    mother"), or where it opens a clause, as headlines do ("Nurse killed in Nikopol").
    """
    k, steps = found.start - 1, 0
    while k >= first and steps < _ADJECTIVES:
        token = scan.tokens[k]
        if scan.at(k, "article") is not None or (kind == "person" and scan.at(k, "conj")):
            return "article"
        if kind == "person" and scan.at(k, "pronoun"):
            return "article"  # "her brother"
        if scan.definite(k):
            return "bare" if kind == "person" and _befallen(scan, found) else None
        if scan.possessive(k):
            return "bare" if kind == "person" else None
        if token.kind == "p" and token.text in ",;:–":
            return "bare"
        described = (
            token.joined or scan.at(k, "nation", "number", "ordinal") or token.text[0] == "-"
        )
        if not (described or token.kind == "n" or (token.kind == "w" and k not in scan.starting)):
            return None
        k, steps = k - 1, steps + 1
    return "bare" if k < first else None


def _befallen(scan: Scan, found: Found) -> bool:
    """Whether right behind somebody known stands what befell that one: "the driver died", "the woman was taken to …"."""
    k, one = found.end, False
    while (step := scan.at(k, "aux", "adverb", "negation")) and k < found.end + _AUXILIARIES:
        told = step.term
        one = one or bool(told.type == "negation" or told.get("one") or told.get("perfect"))
        k = step.end
    taken = scan.at(found.start - 2, "predicate") if found.start > 1 else None
    if taken is not None and taken.end == found.start - 1 and _takes_one(taken):
        return True  # "captured the pilot", "killing the driver"
    return any(
        f.term.get("frame") in _BEFALL
        and (f.term.group == "intransitive" or (one and f.term.group in ("verb", "passive")))
        for f in scan.starting.get(k, ())
        if f.term.type == "predicate"
    )


def _takes_one(verb: Found) -> bool:
    """Whether whom a verb of harm or capture was done to stands right behind it."""
    if verb.term.get("ahead"):
        return bool(verb.term.get("frame") == "imprison")
    return verb.term.get("frame") in _HARM and verb.term.group in ("verb", "active")


def _bare(
    scan: Scan, first: int, last: int, taken: set[int], adjectives: tuple[str, ...]
) -> list[Phrase]:
    out: list[Phrase] = []
    for kind in ("weapon", "person"):
        for f in scan.within(kind, first, last):
            if f.start in taken or f.term.get("kind") == "means":
                continue
            plain = f.tags == frozenset({"sg"}) and not scan.at(f.start, "nation")
            told = _unmarked(scan, f, kind, first) if plain else None
            dead = _of_death(scan, f, kind, adjectives)
            one = _singular(f, kind) or (kind == "person" and _one_by_verb(scan, f))
            if told is None and not (one or _of_noun(scan, f, kind) or dead):
                continue
            if f.term.get("mass") or common_noun(scan, f) or _model_of_many(scan, f):
                continue
            if told != "article" and f.start > first and scan.at(f.start - 1, "number"):
                continue
            if (
                f.term.get("enemy")
                or _sender(scan, f)
                or _identity(scan, f)
                or (kind == "person" and (_speaks(scan, f) or _of_harmed(scan, f, first, last)))
            ):
                continue  # "the enemy" is an army
            if kind == "person" and (
                _describes(scan, f.end - 1, last, adjectives) or _rank_of(scan, out, f)
            ):
                continue
            if kind == "person" and not dead and _of_another(scan, f, first, adjectives):
                continue
            listed = _listed(scan, _with_article(scan, f.start, first) if plain else f.start)
            sort = "number" if listed else told or "bare"
            size = int(f.term.get("count") or 1)  # a couple is two
            amount = Amount(f.start, f.start, (f.start, f.end), size, size, "exact", sort)
            amount.more = listed
            model, end = models_of({kind: f}), f.end
            if kind == "weapon" and not model and (named := _model_after(scan, f.end, last)):
                if named.tags == frozenset({"pl"}):
                    continue  # "hypersonic Kinzhals"
                model, end = models_of({kind: named}), named.end
            out.append(Phrase(amount, f.start, end, {kind: f}, tuple(model)))
            taken.update(range(f.start, end))
    return out


def _one_by_verb(scan: Scan, found: Found) -> bool:
    """Whether a verb of harm in the singular right beside a noun tells that it is one: «убит солдат»."""
    if "nom.sg" not in found.tags:
        return False
    before = (f for n in (1, 2) for f in scan.starting.get(found.start - n, ()))
    beside = [f for f in before if f.end == found.start] + list(scan.starting.get(found.end, ()))
    return any(
        f.term.get("frame") in ("kill", "wound")
        and f.tags
        and all(t.startswith(("past", "short")) and t.endswith(".sg") for t in f.tags)
        for f in beside
    )


def _rank_of(scan: Scan, out: list[Phrase], found: Found) -> bool:
    """Whether a noun only tells the rank or trade of whom the one before it names: «командир бригады полковник», «жінка-водій»."""
    before = out[-1] if out and "person" in out[-1].heads else None
    if before is None or not 0 <= found.start - before.end <= _OFFICE:
        return False
    shared = before.heads["person"].tags & found.tags & _SUBJECT_CASES
    return bool(shared) and all(
        scan.tokens[i].kind in "wn"
        and not any(f.term.type in STOPS | {"predicate"} for f in scan.starting.get(i, ()))
        for i in range(before.end, found.start)
    )


def _speaks(scan: Scan, found: Found) -> bool:
    """Whether a verb of saying stands right beside somebody, who tells of others: "two died, said the official"."""
    start = found.start - (scan.at(found.start - 1, "article") is not None)
    before = any(s.end == start for s in scan.within("says", max(0, start - 3), start))
    return before or scan.at(found.end, "says") is not None


def _of_harmed(scan: Scan, found: Found, first: int, last: int) -> bool:
    """Whether only somebody of theirs, right behind a noun, was harmed: «мати загиблого розповіла»."""
    harms = [
        p for p in scan.within("predicate", first, last) if p.term.get("frame") in ("kill", "wound")
    ]
    if "gen.sg" in found.tags or not found.tags or any(p.start != found.end for p in harms):
        return False
    return any("gen.sg" in p.tags and p.tags & found.tags <= _ACCUSATIVE for p in harms)


def _identity(scan: Scan, found: Found) -> bool:
    """Whether a relative word right behind a noun makes it somebody's identity: «чоловік, особу якого встановлюють»."""
    end = found.end
    return found.term.type == "person" and end < len(scan.tokens) and bool(scan.at(end, "relative"))


def _sender(scan: Scan, found: Found) -> bool:
    """Whether a crewed aircraft stands right behind the verb of what it sent: «ракета, яку випустив бомбардувальник»."""
    if found.term.get("class") != "aircraft" or "nom.sg" not in found.tags or not found.start:
        return False
    verb = scan.at(found.start - 1, "predicate")
    sends = verb is not None and verb.term.get("frame") == "launch"
    return sends and verb is not None and verb.term.group == "active"


def _of_noun(scan: Scan, found: Found, kind: str) -> bool:
    """Whether one weapon or person is in the genitive right behind a noun: "the direct hit of a bomb", "a man's body"."""
    if "gen.sg" not in found.tags:
        return False
    start = _past_described(scan, found.start)
    return any(
        f.end == start
        and f.term.get("frame") == {"weapon": "hit", "person": "bodies"}[kind]
        and any(t.endswith(".sg") for t in f.tags)
        for n in (1, 2, 3)
        for f in scan.starting.get(start - n, ())
        if f.term.type == "predicate" and f.term.group == "noun"
    )


def _past_described(scan: Scan, k: int) -> int:
    """Where the adjectives and the age before a noun begin: "of an 80-year-old man"."""
    while k > 0 and (
        scan.tokens[k - 1].suffix
        or (scan.tokens[k - 1].kind == "w" and scan.tokens[k - 1].text.endswith(scan.adjectives))
    ):
        k -= 1
    return k


def _of_death(scan: Scan, found: Found, kind: str, adjectives: tuple[str, ...]) -> bool:
    """Whether somebody in the genitive stands behind a word for a death: "the killing of a nurse", «забрав життя дитини»."""
    if kind != "person" or "gen.sg" not in found.tags:
        return False
    at = found.start
    while at and scan.tokens[at - 1].kind in "wn" and _told_of(scan, at - 1, adjectives):
        at -= 1
    return any(
        f.end == at and f.term.get("frame") in ("kill", "bodies")
        for n in (1, 2, 3)
        if at >= n
        for f in scan.starting.get(at - n, ())
        if f.term.type == "predicate" and f.term.group in ("noun", "active")
    )


def _told_of(scan: Scan, k: int, adjectives: tuple[str, ...]) -> bool:
    """Whether a word only describes the noun behind it: an adjective, an age."""
    token = scan.tokens[k]
    if token.kind == "n":
        return token.suffix.startswith("-")
    return token.text.endswith(adjectives) and scan.at(k, "predicate", "person") is None


def _model_of_many(scan: Scan, found: Found) -> bool:
    """Whether a model's name only tells of which kind weapons in the plural before it are: «дронов "Ланцет"»."""
    k = found.start - 1
    if k < 1 or not found.term.get("model") or scan.tokens[k].text not in "\"'(":
        return False
    return any(
        f.end == k and f.tags and all(t.endswith(".pl") for t in f.tags)
        for n in (1, 2, 3)
        for f in scan.starting.get(k - n, ())
        if f.term.type == "weapon"
    )


def _model_after(scan: Scan, k: int, last: int) -> Found | None:
    """The model that stands right behind a weapon's general word, in quotation marks or not."""
    while k < last and scan.tokens[k].text in "\"'(":
        k += 1
    found = scan.at(k, "weapon") if k < last else None
    return found if found is not None and found.term.get("model") else None


def _describes(scan: Scan, k: int, last: int, adjectives: tuple[str, ...]) -> bool:
    """Whether a word that may be a person is an adjective of the noun behind it: "military potential"."""
    if not adjectives or k + 1 >= last or not scan.tokens[k].text.endswith(adjectives):
        return False
    after = scan.tokens[k + 1]
    if after.text.endswith(adjectives) and after.text[-_ENDING:] != scan.tokens[k].text[-_ENDING:]:
        return False  # an adjective of another case: «командующий ракетными силами»
    rows = scan.starting.get(k + 1, ())
    return after.kind == "w" and not any(
        f.term.type in STOPS | {"predicate", "adverb"} for f in rows
    )


def _of_another(scan: Scan, found: Found, first: int, adjectives: tuple[str, ...]) -> bool:
    """Whether a noun whose accusative is its genitive stands behind another noun: "all targets of the enemy"."""
    before = found.start - 1
    if not adjectives or "gen.sg" not in found.tags or "nom.sg" in found.tags or before < first:
        return False
    token = scan.tokens[before]
    if token.kind != "w" or token.text.endswith(adjectives):
        return False
    known = scan.starting.get(before, ())
    return not any(f.term.type in STOPS | {"predicate", "adverb", "article"} for f in known)


def _listed(scan: Scan, start: int) -> bool:
    """Whether a noun is listed as part of a number: "among them a child", «серед них 10-річний хлопчик», «серед убитих – лікар»."""
    if start > 1 and scan.tokens[start - 1].text[0] == "-" and scan.tokens[start - 2].kind == "n":
        start -= 2
    elif start and scan.tokens[start - 1].kind == "n" and scan.tokens[start - 1].suffix:
        start -= 1
    first = start
    while start > first - _ADJECTIVES and start and _adjective(scan, start - 1):
        start -= 1
    if start > 1 and scan.tokens[start - 1].text in "–:":
        start -= 1
    return any(
        f.end in range(start, first + 1)
        for n in (1, 2, 3, 4, 5, 6)
        for f in scan.starting.get(start - n, ())
        if f.term.type in ("including", "of_them") or _among_harmed(scan, f)
    )


def _among_harmed(scan: Scan, noun: Found) -> bool:
    """Whether a word such as "among" stands before the dead or the hurt: "among the dead"."""
    k = noun.start - (scan.at(noun.start - 1, "article") is not None)
    among = any(
        f.end == k for n in (1, 2) for f in scan.starting.get(k - n, ()) if f.term.type == "among"
    )
    return among and noun.term.get("frame") in _HARM


def _adjective(scan: Scan, k: int) -> bool:
    """Whether a word that the lexicon does not know has an adjective's ending, in a language that shows one."""
    token = scan.tokens[k]
    known = token.kind != "w" or k in scan.starting
    return not known and bool(scan.adjectives) and token.text.endswith(scan.adjectives)


def _singular(found: Found, kind: str) -> bool:
    tags = found.tags
    if kind == "weapon":
        if not tags and found.term.get("class") == "aircraft":
            return bool(found.term.get("model"))
        if not tags and found.term.get("class") == "drone":
            return True  # an abbreviation without cases; the verb tells how many
        if tags == frozenset({"ins.sg"}):
            return bool(found.term.get("class") == "missile")  # "struck with a missile"
        return "nom.sg" in tags or ("acc.sg" in tags and not any(t.endswith(".pl") for t in tags))
    if not tags and found.term.get("count"):
        return True
    return ("nom.sg" in tags or "acc.sg" in tags) and not any(t.endswith(".pl") for t in tags)
