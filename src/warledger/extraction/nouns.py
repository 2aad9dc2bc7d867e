"""Nouns that can be counted: which types of words, and where a model's name is only a common noun.

Enters: a found term. Leaves: whether a number may count it. Does not belong here: which number does (`phrases`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.scan import Found, Scan

STOPS = (
    frozenset({"prep", "conj", "pronoun", "relative", "aux", "says", "number", "negation"})
    | {"possible", "planned", "place_prep", "zero", "nobody", "more", "rest", "both"}
    | {"including", "of_which", "month", "weekday", "day_word", "period_word", "bound"}
)
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
    return counted and not common_noun(scan, found)


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
