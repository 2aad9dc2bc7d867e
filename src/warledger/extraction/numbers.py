"""Numbers of a sentence: digits, number words, ranges and the words that bound them.

Enters: a `Scan` and a span of tokens. Leaves: `Amount`s in order, those that count nothing marked with why.
Does not belong here: what is counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from warledger.extraction import bars, ranges, scales, succession
from warledger.extraction.amounts import Amount, whole
from warledger.extraction.days import built
from warledger.extraction.scan import Found, Scan, Token
from warledger.model import Bound, Number

_OTHERS = ("both", "zero", "nobody", "vague_number", "rest", "article")
_COUNTED = ("weapon", "attack_noun", "object", "equipment", "person", "nation", "settlement")
_OPENERS = ("number", *_OTHERS, "latter", "ordinal", "more")
_TRADE = 6  # tokens of a trade with its article: "a shunting locomotive driver's assistant"
_GROWN = 6  # words between "rose" and the value that a number rose to
_CURRENCY = frozenset("$€£₴¥₽₪₹")


def openings(scan: Scan) -> list[int]:
    """The tokens that an amount can open with, in order: digits, and the words that number or follow a number."""
    digits = {i for i, token in enumerate(scan.tokens) if token.kind == "n"}
    named = (f.start for kind in _OPENERS for f in scan.by_type.get(kind, ()))
    return sorted(digits.union(named))


def read(
    scan: Scan, first: int, last: int, settings: dict[str, Any], opening: Sequence[int]
) -> list[Amount]:
    """The amounts that start within the tokens `first` to `last` (exclusive), at one of those `opening`."""
    low = bisect_left(opening, first)
    here = opening[low : bisect_left(opening, last, low)]
    raw = list(_plain(scan, here, first, last, settings))
    if not raw:
        return []
    datives = tuple(settings.get("dative_endings", ()))
    bars.mark(scan, raw, latin_names=bool(settings.get("latin_names")), datives=datives)
    scales.share(scan, raw)
    joined = ranges.join(scan, raw)
    return [_bounded(scan, amount, first, last) for amount in joined]


def _plain(
    scan: Scan, opening: Sequence[int], first: int, last: int, settings: dict[str, Any]
) -> Iterator[Amount]:
    past, few, counted = first, False, set[Number]()
    for i in opening:
        if i < past:
            continue  # inside the amount before
        amount = _digits(scan, i, last, settings) or _words(scan, i, last)
        amount = amount or succession.another(scan, i, last) or _other(scan, i)
        if amount is None and (few or succession.opens(scan, i, first, counted)):
            amount = succession.next_one(scan, i, last)
        if amount is None:
            ordinal = scan.at(i, "ordinal")
            first_one = ordinal is not None and ordinal.term.get("value") == 1
            few = few or (
                ordinal is not None and first_one and succession.weapon_at(scan, ordinal.end)
            )
            continue
        few = few or (
            amount.sort == "number" and amount.barred is None and amount.high in (1, 2, 3)
        )
        if amount.sort == "number" and amount.high is not None:
            counted.add(amount.high)
        yield amount
        past = amount.end


def _digits(scan: Scan, i: int, last: int, settings: dict[str, Any]) -> Amount | None:
    token = scan.tokens[i]
    if token.kind != "n":
        return None
    value = value_of(token.text, settings.get("decimal", "."))
    end, barred, unit = i + 1, None, None
    suffix = token.suffix
    if suffix:
        suffixes = settings.get("suffix_multipliers", {})
        if suffix in settings.get("numeral_endings", ()):
            pass
        elif suffix.lstrip("-") in suffixes and value is not None:
            value = value * suffixes[suffix.lstrip("-")]
        else:
            barred = "a number with a word joined to it"
    if value is None:
        barred = barred or "no plain number"
        value = 0
    elif (scale := _written_to(scan, end, settings)) is not None:
        value, end = value * scale, end + 1
    while barred is None and end < last and (found := scan.at(end, "number")):
        part = found.term.get("part")
        if part not in ("multiplier", "dozen") or (part == "dozen" and suffix):
            break
        value, end = value * found.term.get("value"), found.end
        if end < last and scan.tokens[end].text == "." and _abbreviated(scan, end):
            end += 1
    amount = Amount(i, end, (i, end), whole(value), whole(value), barred=barred, unit=unit)
    if barred is None:
        amount.barred = _not_a_count(scan, amount, last, settings)
    return amount


def _written_to(scan: Scan, at: int, settings: dict[str, Any]) -> Number | None:
    """What a letter written to a number multiplies people by, which a unit may be too: "2m people"."""
    scales: dict[str, Number] = settings.get("suffix_multipliers", {})
    if (
        scan.at(at + 1, "person", "customer") is None
        or scan.tokens[at].start > scan.tokens[at - 1].end
    ):
        return None
    return scales.get(scan.tokens[at].text)


def _abbreviated(scan: Scan, at: int) -> bool:
    """Whether a full stop closes an abbreviation: the word before it is short and the next is lower case."""
    after = scan.tokens[at + 1] if at + 1 < len(scan.tokens) else None
    short = len(scan.tokens[at - 1].text) <= 4
    return short and after is not None and after.kind in "wn" and not after.capital


def value_of(text: str, decimal: str) -> Number | None:
    """The value of digits with separators; None where they are no plain number ("1.2.3")."""
    if " " in text or "'" in text:
        text = text.replace(" ", "").replace("'", "")
    for mark in ",.":
        parts = text.split(mark)
        if len(parts) > 2 or (
            len(parts) == 2 and len(parts[1]) == 3 and mark != decimal and parts[0] != "0"
        ):
            if all(len(p) == 3 for p in parts[1:]):
                text = "".join(parts)
    if text.count(",") + text.count(".") > 1:
        other = "," if decimal == "." else "."
        text = text.replace(other, "")
    try:
        return whole(float(text.replace(",", ".")))
    except ValueError:
        return None


def _words(scan: Scan, i: int, last: int) -> Amount | None:
    """Number words: "twenty-seven", «сто двадцать», "half a dozen", "two dozen"."""
    found = scan.at(i, "number")
    if found is None or (found.term.get("behind") and not _bounds(scan, i)) or _family(scan, i):
        return None
    if bars.in_capitals(scan, i):
        return None
    total: float = 0
    current: float = 0
    floor: float = 10**12
    end, tags = i, found.tags
    while found is not None and found.end <= last:
        part, value = found.term.get("part"), found.term.get("value")
        if part in ("multiplier", "dozen"):
            if current == 0 and end > i:
                break
            current = (current or 1) * value
            total, current, floor = total + current, 0, value
        elif part == "hundred" and value == 100 and 0 < current < 20:  # "eleven hundred"
            current, floor = current * 100, 100
        elif value < floor and (part != "collective" or current % 10 == 0):
            current += value
            floor = _place_value(part, value)
        else:
            break
        end, tags = found.end, found.tags
        found = _next_number(scan, end, last, joins=part in ("hundred", "multiplier"))
    low = whole(total + current)
    amount = Amount(i, end, (i, end), low, low)
    amount.people = end == i + 1 and part == "collective"
    amount.instrumental = bool(tags) and all(t.startswith("ins.") for t in tags)
    if (occasions := scan.at(i, "number")) is not None and occasions.term.get("dimension"):
        amount.unit = occasions  # "twice"
        return amount
    amount.barred = _measured(scan, amount, last)
    if low and float(low) % 10 == 0 and scan.at(end, "ordinal"):
        amount.barred = "an ordinal"  # "the fifty-ninth"
    if amount.barred is None and _age_of_person(scan, amount):
        amount.barred = "an age"
    return amount


def _family(scan: Scan, i: int) -> bool:
    """Whether a word that is a noun for a family too counts nothing right behind it: «поддержим его семью»."""
    return scan.at(i, "customer") is not None and scan.at(i + 1, *_COUNTED) is None


def _bounds(scan: Scan, i: int) -> bool:
    """Whether a word of a bound, or one of sharing out, stands right before: "about a hundred", and not "hundreds"."""
    return any(
        f.term.type in ("bound", "each") and f.end == i
        for n in (1, 2, 3)
        for f in scan.starting.get(i - n, ())
    )


def _next_number(scan: Scan, end: int, last: int, *, joins: bool) -> Found | None:
    """The number word that goes on; behind a hundred or a thousand past the word that joins them ("and")."""
    if end >= last:
        return None
    if joins and scan.at(end, "number_joiner"):
        end += 1
    return scan.at(end, "number")


def _place_value(part: str, value: float) -> float:
    if part == "hundred":
        return 100
    if part == "ten":
        return 10
    return 1


def _other(scan: Scan, i: int) -> Amount | None:
    """Articles, "both", "no", "nobody", "dozens", "the rest" where no number follows."""
    if scan.at(i, *_OTHERS) is None:
        return None
    for sort in _OTHERS:
        found = scan.at(i, sort)
        if found is None:
            continue
        values = {"both": 2, "zero": 0, "nobody": 0, "article": 1}
        before = scan.at(i - 1, "adverb") if i and sort == "vague_number" else None
        if before is not None and before.term.get("most"):
            return None  # "the greatest number of the dead" compares
        value = values.get(sort)
        name = "vague" if sort == "vague_number" else sort
        bound: Bound = "vague" if value is None else "exact"
        if sort in ("article", "both") and scan.at(found.end, "number", "vague_number"):
            return None
        if sort == "zero" and (_digit(scan, found.end) or _corrected(scan, found.end)):
            return None
        if sort == "zero" and i and found.end > i + 1 and scan.at(i - 1, "negation"):
            return None  # "it did not go without casualties"
        return Amount(i, found.end, (i, found.end), value, value, bound, name)
    return None


def _corrected(scan: Scan, i: int) -> bool:
    """Whether another number is told instead right there: "not one but two missiles"."""
    conj = scan.at(i, "conj")
    return (
        conj is not None
        and conj.term.get("joins") == "but"
        and scan.at(i + 1, "number") is not None
    )


def _digit(scan: Scan, i: int) -> bool:
    return i < len(scan.tokens) and scan.tokens[i].kind == "n"


def _not_a_count(scan: Scan, amount: Amount, last: int, settings: dict[str, Any]) -> str | None:
    """Why the digits count nothing: a date, a time, money, an age, a year, a number of something named."""
    tokens = scan.tokens
    before = tokens[amount.start - 1] if amount.start else None
    if before is not None and before.text in _CURRENCY:
        return "money"
    if amount.end < len(tokens) and tokens[amount.end].text in _CURRENCY:
        return "money"
    if (
        before is not None
        and before.kind == "p"
        and before.text in "№#/°"
        and before.end == tokens[amount.start].start
    ):
        return "a number of something named"
    if reason := _measured(scan, amount, last):
        return reason
    if _beside_month(scan, amount):
        return "a date"
    text = tokens[amount.start].text
    if (
        settings.get("decimal") == ","
        and _looks_like_clock(text)
        and not scan.at(amount.end, "unit")
    ):
        return "a time of day"
    one = amount.end - amount.start == 1
    if amount.low is not None and one and text.isdigit() and len(text) == 4:
        parted = amount.end < last and (
            scan.definite(amount.end) or scan.at(amount.end, "article", "pronoun", "number")
        )
        if (1000 if built(scan, amount.start) else 1900) <= amount.low <= 2100 and (
            parted or not _counts_something(scan, amount.end, last)
        ):
            return "a year"  # "since 2022 the plants have been damaged"
    if _age_in_commas(scan, amount) or _age_of_person(scan, amount):
        return "an age"
    return None


def _age_of_person(scan: Scan, amount: Amount) -> bool:
    """A number behind "a man of …" or "children of …", with nothing counted behind it."""
    i, j = amount.start, amount.end
    if (
        i < 2
        or scan.at(i - 1, "partitive", "age_word", "age_prep") is None
        or not 0 < float(amount.low or 0) < 120
    ):
        return False
    after = scan.tokens[j] if j < len(scan.tokens) else None
    closed = after is None or after.kind in "pl" or scan.at(j, "conj") is not None
    if scan.at(i - 1, "age_word"):
        return True
    people = [
        f
        for n in (2, 3, 4)
        for f in scan.starting.get(i - n, ())
        if f.term.type == "person" and f.end == i - 1
    ]
    single = any(f.start and scan.at(f.start - 1, "article") for f in people)
    return bool(people) and (closed or single)


def _looks_like_clock(text: str) -> bool:
    hours, dot, minutes = text.partition(".")
    return (
        bool(dot)
        and len(minutes) == 2
        and hours.isdigit()
        and int(hours) < 25
        and minutes.isdigit()
        and int(minutes) < 60
    )


def _counts_something(scan: Scan, i: int, last: int) -> bool:
    harm = scan.at(i, "predicate") if i < last else None
    if harm is not None and harm.term.get("frame") in ("kill", "wound") and harm.end > i + 1:
        return True  # «понад 2000 дістали поранення»
    for k in range(i, min(i + 3, last)):
        noun = scan.at(
            k,
            "weapon",
            "person",
            "customer",
            "settlement",
            "location",
            "object",
            "equipment",
            "attack_noun",
        )
        if noun is not None:
            return noun.tags != frozenset({"sg"})  # "the 2 May strike"
        if scan.tokens[k].kind != "w" or scan.at(k, "prep", "conj", "aux"):
            return False
    return False


def _measured(scan: Scan, amount: Amount, last: int) -> str | None:
    """Reads the unit beside the number: keeps those that measure, names those that bar the number."""
    unit = _unit_before(scan, amount.start)
    if unit is not None and not (_names(unit) and scan.at(amount.end, "person", "weapon")):
        return str(unit.term.get("dimension"))
    unit = None
    at = amount.end
    if at < last and scan.tokens[at].text == "-" and at + 1 < last:
        at += 1
    for f in scan.starting.get(at, ()):
        if (
            f.term.type == "unit"
            and f.term.get("position") != "before"
            and (unit is None or f.end > unit.end)
        ):
            unit = f
    noun = scan.at(at, "attack_noun")
    if unit is None or (noun is not None and noun.end > unit.end) or scan.at(at, "number"):
        return None  # "28 attempts to break through"
    dimension = unit.term.get("dimension")
    if dimension == "occasion" and _ratio(scan, amount, unit):
        return "ratio"
    if dimension in ("area", "duration", "percent", "power", "occasion"):
        amount.unit, amount.factor = unit, float(unit.term.get("factor") or 1.0)
        return None
    return str(dimension)


def _ratio(scan: Scan, amount: Amount, unit: Found) -> bool:
    """Whether a number only says how many times more there was of something: "three times more than in May"."""
    return not float(amount.low or 0).is_integer() or scan.at(unit.end, "difference") is not None


def _names(unit: Found) -> bool:
    """Whether a unit is a thing that its number names ("house 14"), which another noun may take from it."""
    return bool(unit.term.get("dimension") == "ordinal_thing")


def _unit_before(scan: Scan, start: int) -> Found | None:
    for size in range(1, 5):
        if start - size < 0:
            break
        for f in scan.starting.get(start - size, ()):
            if f.term.type == "unit" and f.term.get("position") == "before" and f.end == start:
                people = f.term.get("counts") and scan.at(f.start - 1, "predicate", "person")
                return None if people else f  # "the wounded number 40"
    return None


def _beside_month(scan: Scan, amount: Amount) -> bool:
    if amount.low is None or not 1 <= float(amount.low) <= 31:
        return False
    tokens = scan.tokens
    if any(f.term.type == "month" for f in scan.starting.get(amount.end, ())):
        return True
    at = amount.end
    # "29 and 30 November", "2–3 листопада"
    if at + 1 < len(tokens) and (
        tokens[at].text in "–-,/" or scan.at(at, "conj", "range_word", "place_prep")
    ):
        after = at + 1
        if tokens[after].kind == "n" and any(
            f.term.type == "month" for f in scan.starting.get(after + 1, ())
        ):
            return True
    before = amount.start - (2 if amount.start > 1 and tokens[amount.start - 1].text == "." else 1)
    if amount.start and any(
        f.term.type == "month" and f.end in (before + 1, amount.start)
        for f in scan.starting.get(before, ())
    ):
        if before and tokens[before - 1].kind == "n":
            return False  # the month has its day: "as of 5 April, 18 dead"
        return not _counts_something(scan, amount.end, len(tokens)) or tokens[before].capital
    if amount.start > 2 and (
        tokens[amount.start - 1].text in "–-," or scan.at(amount.start - 1, "conj", "range_word")
    ):
        k = amount.start - 2
        if tokens[k].kind == "n" and any(
            f.term.type == "month" and f.end == k for f in scan.starting.get(k - 1, ())
        ):
            return not _counts_something(scan, amount.end, len(tokens))
    return False


def _age_in_commas(scan: Scan, amount: Amount) -> bool:
    """A number between commas right behind a name or a noun for people: "Ivan Petrenko, 53, said", "a man, 69, died"."""
    tokens = scan.tokens
    i, j = amount.start, amount.end
    if i and scan.at(i - 1, "both") is not None:
        i -= 1  # "a couple, both 70, …"
    if i < 2 or j >= len(tokens) or tokens[i - 1].text != ",":
        return False
    if not (tokens[j].text in (",", ".", ")", ";") or _pair_closes(scan, j)):
        return False
    if not 0 < float(amount.low or 0) < 110:
        return False
    if _of_people(scan, i - 1) or _of_one(scan, i - 2):
        return True
    if tokens[i - 2].capital and i - 2 not in scan.starting and scan.at(i - 3, "predicate"):
        return True  # "killed Iryna, 45, and her son"
    last = tokens[i - 2].capital or _capital_inside(scan, i - 2)
    named = i >= 3 and tokens[i - 2].kind == tokens[i - 3].kind == "w"
    return named and last and tokens[i - 3].capital


def _of_one(scan: Scan, k: int) -> bool:
    """Whether a noun that the lexicon lacks ends at a token, with an article of its own: "a welder, 26, …"."""
    noun = k
    if scan.at(noun, "object", "weapon", "equipment", "unit", "attack_noun") is not None:
        return False
    while k > noun - _TRADE and (scan.tokens[k].kind == "w" or scan.possessive(k)):
        if scan.at(k, "article") is not None:
            return k < noun and not scan.definite(k)
        if scan.at(k, "predicate", "place_prep", "prep", "conj") is not None:
            return False
        k -= 1
    return False


def _capital_inside(scan: Scan, k: int) -> bool:
    """Whether a word has a capital behind a hyphen: "al-Sharif"."""
    return "-" in scan.tokens[k].text and scan.original(k, k + 1) != scan.tokens[k].text


def _pair_closes(scan: Scan, j: int) -> bool:
    """Whether one more number and a mark close what stands between commas: "two women, 69 and 71, were hurt"."""
    tokens = scan.tokens
    if j + 2 >= len(tokens) or scan.at(j, "conj") is None:
        return False
    return tokens[j + 1].kind == "n" and tokens[j + 2].text in (",", ".", ")")


def _of_people(scan: Scan, end: int) -> bool:
    """Whether a noun for people ends at a token."""
    return any(
        f.end == end and f.term.type == "person"
        for n in (1, 2, 3)
        if end >= n
        for f in scan.starting.get(end - n, ())
    )


def _bounded(scan: Scan, amount: Amount, first: int, last: int) -> Amount:
    """Takes in the words of the bound before and after the number, "another", "each", "all"."""
    if amount.sort not in ("number", "vague", "article"):
        return amount
    start = amount.start
    while start > first:
        edge = start
        while edge > first and scan.tokens[edge - 1].kind == "l":
            edge -= 1
        found = _ending_at(scan, edge, first)
        if found is None:
            break
        kind = found.term.type
        if kind == "more":
            amount.more = True
        elif kind == "each":
            amount.each = True
        elif kind == "all":
            pass
        elif amount.sort == "article":
            break
        elif not (
            found.term.get("bound") == "up_to"
            and _grown(scan, found.start, first, _behind_noun(scan, amount.end))
        ):
            _bind(amount, found.term.get("joined") or found.term.get("bound"))
        start = found.start
    amount.start = start
    after = scan.at(amount.end, "bound") if amount.end < last else None
    behind = after is not None and after.term.get("position") == "after"
    if after is not None and behind and amount.sort == "number" and not _digit(scan, after.end):
        _bind(amount, after.term.get("bound"))
        amount.end = after.end
    elif amount.sort == "number" and (after := _after_noun(scan, amount.end, last)) is not None:
        _bind(amount, after.term.get("bound"))
    following = scan.at(amount.end, "more") if amount.end < last else None
    if following is not None and following.term.get("position") != "before":
        amount.more = True
    return amount


def _behind_noun(scan: Scan, end: int) -> int:
    """The token behind the noun that a number counts, where one stands right there."""
    noun = scan.at(end, "person", "weapon")
    return noun.end if noun is not None else end


def _after_noun(scan: Scan, end: int, last: int) -> Found | None:
    """The bound behind the noun that a number counts ("50 people or more"), where it opens no other number."""
    at = _behind_noun(scan, end)
    found = scan.at(at, "bound") if end < at < last else None
    if found is None or found.term.get("position") != "after":
        return None
    ahead = range(found.end, min(found.end + 2, last))
    return None if any(_digit(scan, i) or scan.at(i, "number") for i in ahead) else found


def _grown(scan: Scan, start: int, first: int, last: int) -> bool:
    """Whether the words say that a number rose or fell to a value: "rose to 14" is 14."""
    if start > first and scan.tokens[start - 1].text == "–" and scan.within("grows", first, start):
        return True  # "the dead rose to 14, the hurt – to 60"
    if any(f.start - last <= 1 for f in scan.within("grows", last, last + 2)):
        return True  # "to two rose the number of the dead"
    near = scan.within("grows", max(first, start - _GROWN), start)
    return any(all(scan.tokens[i].kind in "wn" for i in range(f.end, start)) for f in near)


def _ending_at(scan: Scan, end: int, first: int) -> Found | None:
    for size in (4, 3, 2, 1):
        if end - size < first:
            continue
        for found in scan.starting.get(end - size, ()):
            if found.end != end:
                continue
            kind = found.term.type
            if kind == "bound" and found.term.get("position") != "after":
                return None if found.term.get("topic") and _of_report(scan, found.start) else found
            if kind == "bound" and found.term.get("joined"):
                return Found(found.start + 1, end, found.term, found.tags)
            if kind in ("more", "each", "all"):
                return found
    return None


def _of_report(scan: Scan, end: int) -> bool:
    """Whether a noun for a report ends at a token, so that what follows is its topic: "information about two dead"."""
    return end > 0 and scan.at(end - 1, "statement", "information") is not None


def _bind(amount: Amount, bound: Bound) -> None:
    if amount.bound in ("vague", "range"):
        return
    low, high = amount.low, amount.high
    if bound in ("at_least", "over"):
        amount.low, amount.high = low, None
    elif bound in ("under", "up_to"):
        amount.low, amount.high = None, high
    amount.bound = bound


__all__ = ["Amount", "Sequence", "Token", "read", "value_of", "whole"]
