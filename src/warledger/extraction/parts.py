"""Parts and the wholes that they are of: which noun a number has from the number that it is a part of.

Enters: a `Scan` and the phrases of a sentence. Leaves: the same phrases, a part with the noun of its whole.
Does not belong here: what became of either (`wholes`).
"""

from __future__ import annotations

from itertools import pairwise

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_OF = ("partitive", "article", "all", "pronoun", "of_them", "nation", "region_noun", "total")
_SHARED = ("settlement", "customer", "attack_noun", "object", "equipment")
_LOST = ("destroyed", "fire")


def tie(scan: Scan, phrases: list[Phrase], first: int) -> list[Phrase]:
    """The phrases of a sentence that begins at token `first`, each part with the noun of its whole."""
    for a, b in pairwise(phrases):
        if (a.partitive or a.amount.sort == "zero") and b.heads and not a.heads:
            _take_from(scan, a, b)
        if b.elided and b.amount.sort == "number" and _opens(scan, a, b, first):
            _go_on(b, a)
        if b.elided and b.amount.sort == "number" and "object" in a.heads and _struck(scan, b):
            b.heads, b.inherited = {"object": a.heads["object"]}, a
        if b.elided and b.amount.sort == "number" and _elsewhere(scan, a, b):
            b.heads, b.inherited = _shared(a), a
        if (own := _shared(a)) and not b.heads and _of_those(scan, b):
            b.heads, b.inherited, b.unknown = own, a, False
        if _gathered(scan, a) and b.elided and (b.partitive or _of_those(scan, b)):
            b.unknown = True  # "30 fires, 20 of them put out"
    return phrases


def _gathered(scan: Scan, phrase: Phrase) -> bool:
    """Whether a number counts what is no weapon, person or thing by itself: "30 fires"."""
    return any(f.term.get("gathers") for f in scan.starting.get(phrase.amount.end, ()))


def _shared(phrase: Phrase) -> dict[str, Found]:
    """What a number without a noun may count as the one before it; weapons and people are found by their deeds."""
    if phrase.heads.keys() & {"weapon", "person"}:
        return {}
    return {kind: found for kind, found in phrase.heads.items() if kind in _SHARED}


def of_people(scan: Scan, phrases: list[Phrase], part: Phrase) -> bool:
    """Whether a number without a noun is of people counted before: "100,000 people crossed, including 9,000 since"."""
    if not part.elided or not (part.partitive or _of_those(scan, part)):
        return False
    before = [p for p in phrases if p.end <= part.start and p.heads]
    return bool(before) and "person" in before[-1].heads and "weapon" not in before[-1].heads


def _of_those(scan: Scan, phrase: Phrase) -> bool:
    """Whether a number is of those told before: "40 clashes, 14 of them near Lyman", "of which 14 were there"."""
    if scan.at(phrase.amount.end, "of_them") is not None:
        return True
    return any(
        f.end == phrase.start and f.term.type in ("of_them", "of_which", "including")
        for n in (1, 2, 3)
        for f in scan.starting.get(phrase.start - n, ())
    )


def _struck(scan: Scan, phrase: Phrase) -> bool:
    """Whether a word for damage stands right behind a number: "nine houses were destroyed and 17 damaged".

    Of one thing only a word that tells more than damage is a count: "two hospitals were hit, one lost its roof".
    """
    k = phrase.end
    if (aux := scan.at(k, "aux")) is not None:
        k = aux.end
    told = [f.term for f in scan.starting.get(k, ()) if f.term.type == "predicate"]
    lost = [t for t in told if t.get("frame") == "destroy" or t.get("degree") in _LOST]
    damaged = [t for t in told if t.get("frame") == "damage" and not t.get("ends")]
    return bool(lost if phrase.amount.high == 1 else lost or damaged)


def _elsewhere(scan: Scan, a: Phrase, b: Phrase) -> bool:
    """Whether a number counts the same things at another place: "eleven villages in Sumy Oblast and six in Kursk"."""
    between = range(a.end, b.start)
    if not _shared(a) or scan.within("predicate", a.end, b.start):
        return False
    if not between or any(scan.tokens[i].text in ".()" for i in between):
        return False
    listed = scan.tokens[b.start - 1].text in ",;" or scan.at(b.start - 1, "conj") is not None
    behind = scan.at(b.end, "place_prep")
    placed = any(scan.at(i, "place_prep") for i in between)
    return bool(listed and placed and behind and not behind.term.get("role"))


def _take_from(scan: Scan, part: Phrase, whole: Phrase) -> None:
    """The noun of "47 of the 55 missiles" serves both numbers."""
    between = range(part.amount.end, whole.start)
    owned = scan.possessive(whole.start - 1) and not any(
        scan.tokens[i].kind != "w" or scan.at(i, "predicate", "says", "conj") for i in between
    )
    if owned or _only_of(scan, part.amount.end, whole.start):
        part.heads, part.models, part.inherited = whole.heads, whole.models, whole
        part.partitive, part.unknown = True, False


def _only_of(scan: Scan, a: int, b: int) -> bool:
    """Whether nothing but "of", "out of the", "of its" stands between a part and its whole."""
    while a < b:
        found = scan.at(a, *_OF)
        if found is None and not (scan.definite(a) or scan.possessive(a)):
            return False
        a = found.end if found is not None else a + 1
    return True


def _opens(scan: Scan, whole: Phrase, part: Phrase, first: int) -> bool:
    """Whether a whole opens its clause, a comma between it and its part: "of 14 houses there, six burned"."""
    k = whole.start
    while k > first and (scan.at(k - 1, "article") or scan.definite(k - 1)):
        k -= 1
    opening = [f for n in (1, 2) for f in scan.starting.get(k - n, ()) if f.end >= k]
    of = [f.start for f in opening if f.term.type == "partitive"]
    if not of or not (of[-1] == first or scan.tokens[of[-1] - 1].kind == "p"):
        return False
    return any(scan.tokens[i].text == "," for i in range(whole.end, part.start))


def _go_on(part: Phrase, whole: Phrase) -> None:
    """Gives a part the things that its whole counts; things that nobody knows stay unknown."""
    if whole.unknown:
        part.unknown = True
    elif whole.heads.keys() & {"object", "attack_noun"}:
        part.heads, part.inherited = whole.heads, whole
