"""What a place name does in its sentence, and the words that refer back to a place: "the city", "the region".

Enters: a `Scan` and the place mentions found. Leaves: the mentions with their roles settled, and one more for each
definite noun that means a place named before. Does not belong here: finding and resolving names (`placing`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Protocol

from warledger.extraction.scan import Found, Scan
from warledger.gazetteer import PlaceRecord

_START = attrgetter("start")
_AREAS = frozenset(
    {"country", "oblast", "region", "raion", "district", "hromada", "water", "river"}
)
_BUILT = frozenset({"plant", "object"})
_WIDE = {
    "oblast": frozenset({"oblast", "region"}),
    "raion": frozenset({"raion", "district"}),
    "hromada": frozenset({"hromada"}),
}
_STRIKES = frozenset({"launch", "target", "hit", "damage"})
_GROUND = frozenset({"capture", "liberate", "encircle", "withdraw", "hold", "control"})
_WAY = 8  # tokens from a verb of bringing to where somebody is brought
_LEFT = 7  # tokens before "the town" in which a verb of leaving it stands
_ROUTE = 3  # tokens of a route before its last name
_GAP = 20  # tokens between a verb of saying and the dash that stands for it
_REACH = 400  # tokens back that "the city" looks for its city


class Named(Protocol):
    """What this room needs of a mention."""

    start: int
    end: int
    record: PlaceRecord
    role: str
    lead: int
    text: str | None
    near: bool


def settle(scan: Scan, mentions: Sequence[Named]) -> None:
    """Tells apart a capital that stands for a government, the seat of a speaker and a launch area."""
    for m in mentions:
        listed = m.start > 0 and scan.tokens[m.start - 1].text == "," and scan.possessive(m.end)
        governs = m.role == "bare" and (_government(scan, m) or _addressed(scan, m))
        governs = governs or (m.role == "in" and listed and _government(scan, m))
        if governs or _accounts(scan, m):
            m.role = "owner"
        elif m.role == "in" and m.lead < m.start and _seat(scan, m):
            m.role = "owner" if metonym(scan, m.start) else "office"
        elif m.role == "bare" and _acts(scan, m):
            m.role = "owner"
        elif m.role == "in" and _carried(scan, m):
            m.role = "from"
    for a, b in pairwise(mentions):
        if a.role == b.role == "bare" and _route(scan, a, b):
            a.role = b.role = "owner"
    for m in mentions:
        employer = m.record.kind in _BUILT and m.start and scan.at(m.start - 1, "person", "role")
        if (m.role == "bare" and (_terminus(scan, m.start) or employer)) or (
            m.role in ("in", "bare") and _brought(scan, m)
        ):
            m.role = "owner"


def _route(scan: Scan, a: Named, b: Named) -> bool:
    """Whether two names only tell what runs between them: "the Klimov – Moscow train"."""
    joined = b.start - a.end == 1 and scan.tokens[a.end].text in "–-"
    opens = a.start == 0 or scan.tokens[a.start - 1].kind in "lp"
    return joined and not opens


def _terminus(scan: Scan, start: int) -> bool:
    """Whether a name only ends a route from a place that no gazetteer knows: «поезд Климов — Москва»."""
    if start < _ROUTE or scan.tokens[start - 1].text not in "–-":
        return False
    first, before = scan.tokens[start - 2], scan.tokens[start - 3]
    unknown = first.kind == "w" and first.capital and start - 2 not in scan.starting
    if start > _ROUTE and scan.at(start - 4, "place_prep") is not None:
        return False  # «на перегоне Пильшино — Выгоничи»: between the two it happened
    return unknown and before.kind in "wn" and not before.capital


def _brought(scan: Scan, m: Named) -> bool:
    """Whether a name only tells where somebody was brought: «доставили в больницу № 2 Белгорода», «отправим в Москву»."""
    for k in range(m.lead - 1, max(-1, m.lead - 1 - _WAY), -1):
        if scan.at(k, "brings") is not None:
            return not scan.within("weapon", max(0, k - _WAY), m.start)
        if scan.tokens[k].text in ",.;:–" or scan.at(k, "conj", "says", "relative") is not None:
            return False
    return False


def metonym(scan: Scan, at: int) -> bool:
    """Whether a capital's name stands at the token, which may mean a government."""
    nation = scan.at(at, "nation")
    return nation is not None and bool(nation.term.get("metonym"))


def _accounts(scan: Scan, m: Named) -> bool:
    """Whether a capital's name owns a statement: "by Kyiv's account"."""
    if not metonym(scan, m.start) or not scan.possessive(m.end):
        return False
    return bool(scan.within("statement", m.end, m.end + 4))


def _addressed(scan: Scan, m: Named) -> bool:
    """Whether a capital's name is whom a verb of words turns to: "blamed Kyiv for", "urged Moscow to"."""
    if not metonym(scan, m.start) or not m.start or m.end >= len(scan.tokens):
        return False
    before = scan.tokens[m.start - 1]
    known = [f for n in (1, 2, 3) for f in scan.starting.get(m.start - n, ()) if f.end == m.start]
    words = all(f.term.type == "says" or f.term.get("frame") in ("position", "warn") for f in known)
    plain = before.kind == "w" and not before.capital and words
    return plain and scan.at(m.end, "prep", "partitive") is not None


def _government(scan: Scan, m: Named) -> bool:
    """Whether a capital's name is the subject of a verb or owns something that is no place."""
    if not metonym(scan, m.start) or m.end >= len(scan.tokens):
        return False
    if m.start and scan.at(m.start - 1, "region_noun", "predicate", "conj") is not None:
        return False
    if _attacked(scan, m.start) or _suffers(scan, m.end):
        return False
    if scan.possessive(m.end):
        owned = range(m.end + 1, min(m.end + 4, len(scan.tokens)))
        return not any(
            scan.at(i, "region_noun", "object", "side_word") or scan.tokens[i].capital
            for i in owned
        )
    after = scan.at(m.end, "says", "predicate", "aux")
    return after is not None and not _passive(after)


def _attacked(scan: Scan, at: int) -> bool:
    """Whether a word for an attack and what joins its place stand right before a name: "a strike on Kyiv killed four"."""
    if any(f.end == at for f in scan.within("predicate", at - 4, at - 1)):
        return True
    joint = at > 1 and scan.at(at - 1, "prep", "place_prep")
    return bool(joint) and any(f.end == at - 1 for f in scan.within("attack_noun", at - 4, at - 1))


def _suffers(scan: Scan, k: int) -> bool:
    """Whether what stands behind a name tells an attack on it: "came under fire", «пережил налёт», «атаковали дронами»."""
    while scan.at(k, "aux", "adverb") is not None and scan.at(k, "predicate") is None:
        k += 1
    if scan.at(k, "endures") is not None:
        return True
    rows = [f for f in scan.starting.get(k, ()) if f.term.type == "predicate"]
    return any(
        f.term.get("suffers")
        or (f.term.group == "intransitive" and f.term.get("degree") == "struck")
        or (f.tags and f.term.get("frame") in _STRIKES and all(t.endswith(".pl") for t in f.tags))
        for f in rows
    )


def _acts(scan: Scan, m: Named) -> bool:
    """Whether a capital in the nominative stands right before a word in lower case: "Moscow" handed over."""
    nation = scan.at(m.start, "nation")
    if nation is None or not nation.term.get("metonym") or m.end + 1 >= len(scan.tokens):
        return False
    if _suffers(scan, m.end):
        return False
    if scan.tokens[m.end].text == "–" and _says_so_too(scan, m.end + 1):
        return True  # «Делі каже, що …, а Ісламабад – що …»
    if "nom.sg" not in nation.tags or (m.start and scan.tokens[m.start - 1].kind != "w"):
        return False
    if any(f.end == m.start for f in scan.within("predicate", m.start - 3, m.start)):
        return False  # «атаку на Київ»
    token = scan.tokens[m.end]
    known = scan.at(m.end, "prep", "place_prep", "conj", "region_noun", "number")
    return token.kind == "w" and not token.capital and known is None


def _says_so_too(scan: Scan, k: int) -> bool:
    """Whether a word that opens what is said stands at a token, and behind a verb of saying before it: «заявив про …»."""
    opens = scan.at(k, "that", "prep")
    word = scan.tokens[k].text
    said = scan.within("says", max(0, k - _GAP), k) if opens is not None else []
    return any(t.text == word for f in said for t in scan.tokens[f.end : f.end + 2])


def _passive(found: Found) -> bool:
    """Whether a word makes what stands before it the one that things happen to: "was", "hit by"."""
    if found.term.type == "aux":
        return not found.term.get("perfect")
    return found.term.type == "predicate" and found.term.group in ("passive", "noun")


def _seat(scan: Scan, m: Named) -> bool:
    """Whether the place only tells where a speaker sits: "officials in Kyiv said", "said officials in Kyiv"."""
    if not scan.within("says", m.end, m.end + 3) and not scan.within("says", m.lead - 4, m.lead):
        return False
    if any(
        f.end == m.lead and f.term.get("sort") != "person"
        for n in (1, 2, 3)
        for f in scan.starting.get(m.lead - n, ())
        if f.term.type in ("role", "voice")
    ):
        return True
    told = scan.at(m.end, "says") is not None
    return told and scan.at(m.lead - 1, "predicate", "object", "person", "weapon") is None


def _carried(scan: Scan, m: Named) -> bool:
    """Whether carriers fly over the water, or weapons come from them over a place, and not what they fire."""
    carriers = [
        f
        for n in (1, 2, 3)
        for f in scan.starting.get(m.lead - n, ())
        if f.term.type == "weapon" and f.end == m.lead and _carries(scan, f)
    ]
    if m.record.kind == "water":
        lead = scan.at(m.lead - 2, "place_prep") if m.lead > 1 else None
        return bool(carriers) or (lead is not None and lead.term.get("role") == "from")
    leads = [scan.at(f.start - 1, "place_prep") for f in carriers if f.start]
    return any(lead is not None and lead.term.get("role") == "from" for lead in leads)


def _carries(scan: Scan, found: Found) -> bool:
    """Whether a weapon's word names what carries others: a carrier, or an aircraft that they are told to come from."""
    if found.term.get("kind") == "means":
        return True
    lead = scan.at(found.start - 1, "place_prep") if found.start else None
    agent = found.start > 0 and scan.at(found.start - 1, "agent") is not None
    return found.term.get("class") == "aircraft" and bool(
        agent or (lead is not None and lead.term.get("role") == "from")
    )


def back(
    scan: Scan, mentions: Sequence[Named], *, articleless: bool
) -> Iterator[tuple[Found, Named]]:
    """The definite nouns that mean a place named before, each with the mention that it refers to.

    `articleless` tells that the language marks no noun as definite: one alone behind a preposition is.
    """
    taken = {i for m in mentions for i in range(m.start, m.end + 1)}
    for f in scan.by_type.get("region_noun", ()):
        if f.start == 0 or f.start in taken:
            continue
        definite = scan.definite(f.start - 1)
        if not (definite or (articleless and _definite_by_case(scan, f))):
            continue
        if f.term.get("named"):
            continue
        if f.end < len(scan.tokens) and _named_behind(scan, f, mentions):
            continue
        before = _before(mentions, f.start)
        if f.term.get("kind") == "oblast" and _town_since(before):
            continue  # the region of the town told last
        if (found := _antecedent(scan, f, before)) is not None:
            yield f, found


def _town_since(before: Sequence[Named]) -> bool:
    """Whether a town of another region was told of after the last region that was named."""
    for m in reversed(before):
        if m.record.kind in _WIDE["oblast"]:
            return False
        town = m.record.kind == "city" and m.role in ("in", "bare") and m.record.oblast_code
        if town:
            regions = [b for b in before if b.record.kind in _WIDE["oblast"]]
            return bool(regions) and regions[-1].record.oblast_code != m.record.oblast_code
    return False


def regions(scan: Scan, mentions: Sequence[Named]) -> Iterator[Found]:
    """The nouns for a region that stand alone behind a preposition, and name none that was told before."""
    taken = {i for m in mentions for i in range(m.start, m.end + 1)}
    for f in scan.by_type.get("region_noun", ()):
        if f.term.get("kind") != "oblast" or f.term.get("named") or f.start in taken or not f.start:
            continue
        known = _definite_by_case(scan, f) or _behind_article(scan, f)
        if known and not _named_behind(scan, f, mentions):
            yield f


def _definite_by_case(scan: Scan, f: Found) -> bool:
    """Whether the noun stands alone where only one known before is meant: behind a preposition, a verb, or its part."""
    after = scan.tokens[f.end] if f.end < len(scan.tokens) else None
    alone = after is None or after.kind != "w" or bool(scan.starting.get(f.end))
    alone = alone or (after is not None and not after.text.endswith(scan.adjectives))
    if not alone or (after is not None and after.capital and after.kind == "w"):
        return False
    return _behind_preposition(scan, f) or _object_or_whole(scan, f) or _fought_for(scan, f)


def _fought_for(scan: Scan, f: Found) -> bool:
    """Whether the noun stands where a town is taken, held or left: «взятие города», «город захвачен», «выведены из города»."""
    if f.term.get("kind") not in ("city", "village"):
        return False
    before = scan.starting.get(f.start - 1, ())
    if "gen.sg" in f.tags and any(
        p.term.get("frame") in _GROUND for p in before if p.end == f.start
    ):
        return True
    lead = scan.at(f.start - 1, "place_prep")
    if lead is not None:
        low = max(0, f.start - _LEFT)
        left = [
            p for p in scan.within("predicate", low, f.start) if p.term.get("frame") == "withdraw"
        ]
        return lead.term.get("role") == "from" and bool(left or scan.within("expel", low, f.start))
    k = f.end
    while scan.at(k, "aux", "adverb", "negation") is not None and scan.at(k, "predicate") is None:
        k += 1
    return "nom.sg" in f.tags and any(
        p.term.get("frame") in _GROUND and p.term.group in ("passive", "intransitive")
        for p in scan.starting.get(k, ())
        if p.term.type == "predicate"
    )


def _object_or_whole(scan: Scan, f: Found) -> bool:
    """Whether the noun is what a verb right before it attacks, or the whole of a part: «улицах города»."""
    before = scan.at(f.start - 1, "predicate", "region_noun", "side_word", "address", "attack_noun")
    if before is None or before.end != f.start:
        return False
    if before.term.type == "predicate":
        return "acc.sg" in f.tags and before.term.group != "noun"
    return "gen.sg" in f.tags


def _behind_article(scan: Scan, f: Found) -> bool:
    """Whether the noun is a definite one behind a preposition: "in the region"."""
    if not scan.definite(f.start - 1) or f.start < 2:
        return False
    lead = scan.at(f.start - 2, "place_prep")
    if lead is not None:
        return lead.term.get("role") is None
    first = f.start - 1
    aimed = scan.within("predicate", max(0, first - 2), first)
    return any(p.end == first and p.term.group != "noun" for p in aimed)  # "fired at the region"


def _behind_preposition(scan: Scan, f: Found) -> bool:
    first = f.start - 1 if scan.at(f.start - 1, "pronoun") else f.start
    return any(
        p.start < first <= p.end <= f.end and p.term.get("role") is None
        for n in (1, 2, 3)
        for p in scan.starting.get(first - n, ())
        if p.term.type == "place_prep"
    )


def _named_behind(scan: Scan, f: Found, mentions: Sequence[Named]) -> bool:
    """Whether the noun's own name follows: "the city of Sumy", "the capital, Kyiv"."""
    return bool(_between(mentions, f.end, f.end + 4))


def _before(mentions: Sequence[Named], at: int) -> list[Named]:
    return [m for m in _between(mentions, at - _REACH, at) if m.role not in ("from", "owner")]


def _between(mentions: Sequence[Named], first: int, past: int) -> Sequence[Named]:
    """The mentions that begin among the tokens from `first` up to `past`; they are in order."""
    low = bisect_left(mentions, first, key=_START)
    return mentions[low : bisect_left(mentions, past, low, key=_START)]


def _antecedent(scan: Scan, f: Found, before: Sequence[Named]) -> Named | None:
    kind = str(f.term.get("kind"))
    wide = _WIDE.get(kind)
    for m in reversed(before):
        if wide is not None and m.record.kind in wide:
            if m.record.oblast_code in (f.term.get("of") or (m.record.oblast_code,)):
                return m
        if wide is None and m.record.kind not in _AREAS and m.record.kind not in _BUILT:
            if f.term.get("capital"):
                if metonym(scan, m.start):
                    return m
            elif not (m.near or m.role == "voice" or _governs(scan, m)):
                return m
    return None


def _governs(scan: Scan, m: Named) -> bool:
    """Whether a capital opens its sentence as the government that does something: "Kyiv offered a longer list"."""
    if m.role != "bare" or not metonym(scan, m.start):
        return False
    opens = (
        not m.start
        or scan.tokens[m.start - 1].text in ".!?"
        or scan.tokens[m.start - 1].kind == "l"
    )
    return opens and m.end < len(scan.tokens) and scan.at(m.end, "aux", "place_prep") is None


__all__ = ["Named", "back", "settle"]
