"""Single nouns without a number, each of which may stand for one: "a drone hit a hotel", "among them a child".

Enters: a `Scan` and the quantified phrases of a sentence. Leaves: those phrases and one for each such noun.
Does not belong here: what is said of them (`frames`).
"""

from __future__ import annotations

from typing import Any

from warledger.extraction.nouns import common_noun
from warledger.extraction.numbers import Amount
from warledger.extraction.phrases import STOPS, Phrase, models_of
from warledger.extraction.scan import Found, Scan


def add(
    scan: Scan, phrases: list[Phrase], first: int, last: int, settings: dict[str, Any]
) -> list[Phrase]:
    """The phrases of a sentence with its singular nouns without a number, in the order of the text."""
    taken = {i for p in phrases for i in range(p.start, p.end)}
    found = _bare(scan, first, last, taken, tuple(settings.get("adjective_endings", ())))
    return sorted([*phrases, *found], key=lambda p: p.start)


def _bare(
    scan: Scan, first: int, last: int, taken: set[int], adjectives: tuple[str, ...]
) -> list[Phrase]:
    out = []
    for kind in ("weapon", "person"):
        for f in scan.within(kind, first, last):
            if f.start in taken or f.term.get("kind") == "means" or not _singular(f, kind):
                continue
            if f.term.get("mass") or common_noun(scan, f) or _model_of_many(scan, f):
                continue
            if f.start > first and scan.at(f.start - 1, "ordinal", "number"):
                continue
            if kind == "person" and _describes(scan, f.end - 1, last, adjectives):
                continue
            if kind == "person" and _of_another(scan, f, first, adjectives):
                continue
            listed = _listed(scan, f.start)
            sort = "number" if listed else "bare"
            size = int(f.term.get("count") or 1)  # a couple is two
            amount = Amount(f.start, f.start, (f.start, f.end), size, size, "exact", sort)
            amount.more = listed
            model, end = models_of({kind: f}), f.end
            if kind == "weapon" and not model and (named := _model_after(scan, f.end, last)):
                model, end = models_of({kind: named}), named.end
            out.append(Phrase(amount, f.start, end, {kind: f}, tuple(model)))
            taken.update(range(f.start, end))
    return out


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
    """Whether a noun is listed as part of a number: "among them a child", «серед них 10-річний хлопчик»."""
    if start > 1 and scan.tokens[start - 1].text[0] == "-" and scan.tokens[start - 2].kind == "n":
        start -= 2
    elif start and scan.tokens[start - 1].kind == "n" and scan.tokens[start - 1].suffix:
        start -= 1
    return any(
        f.end == start
        for n in (1, 2, 3, 4, 5, 6)
        for f in scan.starting.get(start - n, ())
        if f.term.type in ("including", "of_them")
    )


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
