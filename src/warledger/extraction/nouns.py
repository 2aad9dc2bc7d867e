"""Nouns that can be counted: which types of words, and where a model's name is only a common noun.

Enters: a found term. Leaves: whether a number may count it. Does not belong here: which number does (`phrases`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.amounts import Amount
from warledger.extraction.scan import Found, Scan

STOPS = (
    frozenset({"prep", "conj", "pronoun", "relative", "aux", "says", "number", "negation"})
    | {"possible", "planned", "place_prep", "zero", "nobody", "more", "rest", "both"}
    | {"including", "of_which", "month", "weekday", "day_word", "period_word", "bound"}
    | {"respectively", "clock_word", "night_of", "since"}
)
_ARRIVED = 10  # tokens between weapons and the word for their arrivals
HEADS = frozenset(
    {
        "weapon",
        "person",
        "object",
        "equipment",
        "location",
        "settlement",
        "customer",
        "reactor",
        "attack_noun",
    }
)


def is_head(scan: Scan, found: Found) -> bool:
    """Whether a noun can be what is counted."""
    counted = found.term.type in HEADS and found.term.get("kind") != "means"
    if counted and found.term.get("arrives") and _of_weapons(scan, found):
        return False
    return counted and not common_noun(scan, found)


def _of_weapons(scan: Scan, found: Found) -> bool:
    """Whether arrivals are hits of weapons named behind them or before: "six arrivals of drones"."""
    if scan.at(found.end, "weapon"):
        return True
    before = scan.within("weapon", max(0, found.start - _ARRIVED), found.start)
    return bool(before) and all(
        scan.tokens[i].text not in ".;" for i in range(before[-1].end, found.start)
    )


def common_noun(scan: Scan, found: Found) -> bool:
    """Whether a model's name is only a common noun here, without capital or quotation marks: "one flamingo"."""
    if not found.term.get("proper") or scan.tokens[found.start].capital:
        return False
    return found.start == 0 or scan.tokens[found.start - 1].text != '"'


def agrees(scan: Scan, rows: list[Found], at: int) -> bool:
    """Whether a person's noun follows a noun made of a participle in the same case and number."""
    if not any(f.tags for f in rows):
        return scan.at(at, "person") is not None  # "two dozen killed and wounded soldiers"
    cases = {t for f in rows for t in f.tags if t.endswith((".pl", ".sg"))}
    cases |= {"gen.sg"} & {t.replace(".pl", ".sg") for t in cases}  # behind two, three and four
    nouns = [f for f in scan.starting.get(at, ()) if f.term.type == "person"]
    return any(cases & f.tags for f in nouns)


def together(scan: Scan, noun: Found, limit: int) -> Found | None:
    """Two nouns of weapons that one number counts ("200 missiles and drones") as one of any class; else None.

    Both stand in the plural, in the genitive where the language has one.
    """
    joint = scan.at(noun.end, "conj") if noun.end < limit else None
    if joint is None or joint.term.get("joins") != "and" or joint.end >= limit:
        return None
    other = scan.at(joint.end, "weapon")
    if other is None or noun.term.get("model") or other.term.get("model"):
        return None
    plural = {"gen.pl", "pl"} & noun.tags & other.tags
    classes = {noun.term.get("class"), other.term.get("class")}
    if not plural or len(classes) < 2 or not is_head(scan, other):
        return None
    any_ = msgspec.structs.replace(
        noun.term, features={**noun.term.features, "class": "any", "model": None}
    )
    return Found(noun.start, other.end, any_, noun.tags)


def described_part(scan: Scan, amount: Amount, end: int, adjectives: tuple[str, ...]) -> bool:
    """Whether a part is only described by adjectives, its noun told before: «50 будинків, із них 20 багатоповерхових»."""
    start = amount.start
    part = any(
        f.end == start and f.term.type in ("of_them", "of_which", "including")
        for n in (1, 2, 3)
        for f in scan.starting.get(start - n, ())
    )
    words = scan.tokens[amount.end : end]
    return part and bool(words and adjectives) and all(w.text.endswith(adjectives) for w in words)


def opens_genitive(scan: Scan, k: int, first: int) -> bool:
    """Whether a noun in the genitive plural that opens its clause stands right before a verb: «дронів збили 64»."""
    for n in (1, 2, 3):
        start = k - n
        if start < first:
            return False
        if start > first and scan.tokens[start - 1].text not in ",;:–":
            continue
        if any(
            f.end == k and "gen.pl" in f.tags and is_head(scan, f)
            for f in scan.starting.get(start, ())
        ):
            return True
    return False


def past_deed(scan: Scan, start: int, k: int, first: int) -> int | None:
    """How many tokens to go back past the verb at token `k` before a number; None where it parts that from its noun."""
    if opens_genitive(scan, k, first) and k == start - 1:
        return 0  # «дронів збили 64»
    among = k - 1 > first and scan.at(k - 1, "among")
    return 1 if among else None  # "of children, among the hurt, there are five"


def of_harmed(scan: Scan, k: int) -> bool:
    """Whether a declined participle of harm stands at a token, as people whom a number before it counts: «13 убитих»."""
    return any(
        f.term.get("frame") in ("kill", "wound") and "gen.pl" in f.tags
        for f in scan.starting.get(k, ())
        if f.term.type == "predicate"
    )


def carries(weapon: Found, other: Found) -> bool:
    """Whether the second of two weapons is the aircraft that the first came from: "two Kh-59 from a Su-34"."""
    classes = weapon.term.get("class"), other.term.get("class")
    return classes[1] == "aircraft" and classes[0] in ("missile", "bomb", "drone", "rocket")


def heads_at(scan: Scan, k: int) -> dict[str, Found]:
    heads: dict[str, Found] = {}
    for f in scan.starting.get(k, ()):
        if is_head(scan, f):
            kept = heads.get(f.term.type)
            if (
                kept is None
                or f.end > kept.end
                or (f.end == kept.end and f.term.get("model") and not kept.term.get("model"))
            ):
                heads[f.term.type] = f
    return heads


def models_of(heads: dict[str, Found]) -> list[str]:
    weapon = heads.get("weapon")
    model = weapon.term.get("model") if weapon else None
    return [model] if model else []


def stops(scan: Scan, k: int) -> bool:
    return any(f.term.type in STOPS or f.term.type == "predicate" for f in scan.starting.get(k, ()))


def attributive(scan: Scan, k: int, limit: int) -> bool:
    """Whether a participle stands before its noun: "five wounded civilians", «63 сбитых за ночь аппаратах».

    A noun made of a participle («11 погибших военных») counts where the noun stands right behind it.
    """
    rows = [f for f in scan.starting[k] if f.term.type == "predicate"]
    end = max(f.end for f in rows)
    groups = {f.term.group for f in rows}
    if end > k + 1 and "intransitive" in groups:
        return False  # "five returned to Belarusian airspace"
    if "noun" in groups:
        return end < limit and agrees(scan, rows, end)
    short = all(f.tags and all(t.startswith("short") for t in f.tags) for f in rows)
    if short or not groups & {"passive", "verb"}:
        return False  # «24 сбиты "Железным куполом"»
    if "passive" not in groups and all(f.term.get("frame") == "hit" for f in rows):
        return False  # "four struck energy sites"
    noun = end + 1 if end + 1 < limit and scan.tokens[end].text == '"' else end
    if noun < limit and scan.at(noun, *HEADS) is not None and scan.tokens[noun].kind == "w":
        return True
    declined = any(t[-3:] in (".sg", ".pl") for f in rows for t in f.tags)
    return declined and past_adverbial(scan, end, limit) is not None


def past_adverbial(scan: Scan, k: int, limit: int) -> int | None:
    """Where the noun stands behind a participle's own adverbial ("over the night"), or None."""
    if k >= limit:
        return None
    if scan.at(k, "prep", "place_prep") is None:
        return _past_object(scan, k, limit)
    for i in range(k + 1, min(k + 5, limit)):
        if scan.tokens[i].kind != "w" or scan.at(i, "conj", "relative", "says"):
            return None
        if any(
            f.term.type in ("weapon", "person") and f.term.get("kind") != "means"
            for f in scan.starting.get(i, ())
        ):
            return i
    return None


def _past_object(scan: Scan, k: int, limit: int) -> int | None:
    """Where the weapons stand behind a participle's own object: «38 атаковавших регион дронов», or None."""
    for i in range(k, min(k + 3, limit)):
        heads = [f for f in scan.starting.get(i, ()) if f.term.type == "weapon"]
        if heads and i > k:
            return None if heads[0].term.get("kind") == "means" else i
        if scan.tokens[i].kind != "w" or stops(scan, i) or heads:
            return None
    return None


def past_age(scan: Scan, k: int) -> int | None:
    """Where an age written as one word ends ("three-year-old"), or None."""
    if scan.at(k, "number") is None or k + 1 >= len(scan.tokens) or not scan.tokens[k + 1].joined:
        return None
    unit = scan.at(k + 1, "unit")
    return unit.end if unit is not None and unit.term.get("dimension") == "age" else None


def past_harm(scan: Scan, k: int) -> int | None:
    """Behind the word for what befell those of whom a part is told: "four of those wounded were children", or None."""
    deed = scan.at(k, "predicate")
    harmed = deed is not None and deed.term.get("frame") in ("kill", "wound")
    return deed.end if deed is not None and harmed and scan.at(deed.end, "aux") else None


def plural(heads: dict[str, Found]) -> bool:
    """Whether a noun stands in the plural, and so tells no kind of the next one."""
    return all(f.tags == frozenset({"pl"}) for f in heads.values())


def narrower(heads: dict[str, Found], other: dict[str, Found]) -> bool:
    """Whether the second noun tells which people the first are: "three of the patients are children"."""
    told = [h["person"].term.get("class") for h in (heads, other) if "person" in h]
    return len(told) == 2 and told[0] == "person" != told[1]


def of_toll(scan: Scan, first: int, noun: int, number: int) -> bool:
    """Whether a number that something rose to is of those harmed by an attack: "the deaths in the attack rose to 33"."""
    harm = ("kill", "wound", "casualty")
    return bool(scan.within("grows", noun, number)) and any(
        p.term.get("frame") in harm for p in scan.within("predicate", first, noun)
    )


def one_of_many(amount: Amount, ending: list[Found]) -> bool:
    """Whether a noun before a number above one stands in the singular only, and so is not what it counts."""
    if amount.low in (None, 0, 1) and amount.high in (None, 0, 1):
        return False
    return all(
        f.tags
        and not (f.term.get("model") or f.term.get("mass"))
        and all(t.endswith("sg") for t in f.tags)
        for f in ending
    )


def instruments(ending: list[Found]) -> bool:
    """Whether nouns stand in the instrumental only: the means, and not what is counted."""
    return all(f.tags and all(t.startswith("ins.") for t in f.tags) for f in ending)


def noun_told(scan: Scan, first: int, last: int) -> bool:
    """Whether a noun for a deed stands right behind a number or within its phrase."""
    told = (*scan.starting.get(first, ()), *scan.within("predicate", first, last))
    return any(f.term.group == "noun" for f in told)
