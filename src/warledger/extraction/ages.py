"""Ages told without a word for years: "he was 14 and his sister nine", «Іванкові 11, Марійці — вісім».

Enters: a number with nothing counted behind it. Leaves: whether somebody in the dative stands before it.
Does not belong here: ages with their unit, and those between commas (`numbers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from warledger.extraction.scan import Scan

OLDEST = 110
_WORDS = 3  # tokens of an age in words
_BETWEEN = 4  # words and dashes between somebody and the number
_CASES = ("nom.sg", "acc.sg", "gen.sg", "nom.pl", "acc.pl", "gen.pl")


_JOINED = 4  # letters and a hyphen of a numeral's ending, which is no age: "17-ти"


_AGED_BEFORE, _AGED_BEHIND = 5, 3  # tokens from somebody to the age told of them


class _Barred(Protocol):
    start: int
    core: tuple[int, int]
    low: float | int | None
    high: float | int | None
    barred: str | None


class _Size(Protocol):
    high: float | int | None


class _Counted(Protocol):
    start: int
    end: int

    @property
    def amount(self) -> _Size: ...


class _Number(Protocol):
    start: int
    end: int
    low: float | int | None


def told(scan: Scan, amount: _Number, datives: tuple[str, ...]) -> bool:
    """Whether a number is the age of whom the dative before it names; `datives` are the endings of names in it."""
    if not datives or not 0 < float(amount.low or 0) <= OLDEST:
        return False
    k = amount.start - 1
    if k >= 0 and float(amount.low or 0) > 1 and _one_person(scan, k):
        return True
    for _ in range(_BETWEEN):
        if k < 0:
            return False
        passed = scan.at(k, "aux", "adverb", "bound", "more", "age_turned")
        if scan.at(k, "grows") or (passed is None and scan.tokens[k].text != "–"):
            break
        k -= 1
    return k >= 0 and scan.tokens[k].kind == "w" and _somebody(scan, k, datives)


def before(scan: Scan, at: int) -> float | None:
    """The age in digits that an adjective right before a token tells: «15-летняя девушка»; None where none does."""
    k = at - 2 if at > 1 and scan.tokens[at - 1].text[0] == "-" else at - 1
    token = scan.tokens[k] if k >= 0 else None
    if token is None or token.kind != "n" or not token.text.isdigit():
        return None
    joined = token.suffix or (scan.tokens[at - 1].text if k < at - 1 else "")
    return float(token.text) if joined[:1] == "-" and len(joined) > _JOINED else None


def past(scan: Scan, start: int, end: int) -> int | None:
    """Where somebody of an age ends, the age behind the noun included: «жінка 61 року»; None where none is told."""
    if before(scan, start) is not None:
        return end
    k = end
    while k < min(len(scan.tokens), end + _WORDS) and (
        scan.tokens[k].kind == "n" or scan.at(k, "number")
    ):
        k += 1
    if k > end and _one_person(scan, end - 1) and _closes(scan, k):
        return k
    unit = scan.at(k, "unit") if k > end else None
    aged = unit is not None and unit.term.get("dimension") in ("age", "year")
    return unit.end if aged and unit is not None else None


def past_all(scan: Scan, end: int) -> int:
    """Where the ages of several people end behind their noun: «двоє чоловіків 47 та 52 років»."""
    k = end
    while k < len(scan.tokens) and (scan.tokens[k].kind == "n" or scan.at(k, "conj", "number")):
        k += 1
    unit = scan.at(k, "unit") if k > end else None
    aged = unit is not None and unit.term.get("dimension") in ("age", "year")
    return unit.end if aged and unit is not None else end


def _closes(scan: Scan, k: int) -> bool:
    """Whether nothing goes on behind a number that is told of somebody: the next of a list follows, or a mark."""
    return k >= len(scan.tokens) or scan.tokens[k].kind in "pl" or scan.at(k, "conj") is not None


def of_one(amounts: Sequence[_Barred], phrase: _Counted) -> float | None:
    """How old the one person of a phrase is told to be right before or behind: "a 40-year-old man", "a woman of 74"."""
    if phrase.amount.high != 1:
        return None
    first, last = phrase.start - _AGED_BEFORE, phrase.end + _AGED_BEHIND
    told = [a for a in amounts if a.barred in ("age", "an age") and first <= a.start < last]
    return float(told[0].low or 0) if len(told) == 1 else None


def beside(scan: Scan, amounts: Sequence[_Barred], start: int, end: int) -> list[float]:
    """The ages told right before or right behind the noun between two tokens: "her five-year-old son", "twins, 6 and 8"."""
    told: list[float] = []
    for a in amounts:
        if a.barred not in ("age", "an age") or a.low is None:
            continue
        at = a.core[0]
        before, behind = range(at + 1, start), range(end, at)
        if at < start and len(before) < _AGED_BEFORE:
            if all(scan.tokens[i].joined or scan.tokens[i].text[0] == "-" for i in before):
                told.append(float(a.high or a.low))
        elif end <= at < end + _AGED_BEHIND and all(_of_age(scan, i) for i in behind):
            told.append(float(a.high or a.low))
            end = at + 1
    return told


def _of_age(scan: Scan, k: int) -> bool:
    """Whether a token stands between somebody and their age, or between two of them."""
    if scan.at(k, "including") is not None:
        return False
    comma = scan.tokens[k].text == ","
    return comma or scan.at(k, "age_word", "conj", "partitive", "unit") is not None


def _one_person(scan: Scan, k: int) -> bool:
    """Whether a noun for one person, in a case of subjects or objects, ends at a token: «поранені чоловік 38 років і дівчина 19»."""
    person = scan.at(k, "person")
    if person is None or person.end != k + 1 or person.term.get("enemy"):
        return False
    return bool(person.tags & {"nom.sg", "acc.sg"}) and not any(
        t.endswith(".pl") for t in person.tags
    )


def _somebody(scan: Scan, k: int, datives: tuple[str, ...]) -> bool:
    first = k
    while first and scan.tokens[first].capital and scan.tokens[first - 1].kind == "w":
        first -= 1
    if any(scan.at(i, "prep", "place_prep", "region_noun") for i in range(max(0, first - 1), k)):
        return False
    rows = scan.starting.get(k, ())
    harmed = scan.at(k, "predicate")
    all_harmed = harmed is not None and harmed.term.group == "noun" and "dat.pl" in harmed.tags
    if scan.at(k, "age_owner") or (all_harmed and k and scan.at(k - 1, "age_owner")):
        return True  # «обом загиблим за 70»
    if people := [f for f in rows if f.term.type == "person" and not f.term.get("enemy")]:
        cases = {t for f in people for t in f.tags}
        return "dat.sg" in cases and not cases & set(_CASES)
    token = scan.tokens[k]
    return not rows and token.capital and token.text.endswith(datives)


__all__ = ["OLDEST", "before", "beside", "of_one", "past", "past_all", "told"]
