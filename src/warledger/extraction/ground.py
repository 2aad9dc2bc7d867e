"""Ground taken, held, entered or left: which named places a predicate of the ground war says it of.

Enters: a sentence's predicates and places. Leaves: `Event`s of `place_control` and `area_share`.
Does not belong here: areas and shares with a number (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction import apposing
from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.siting import joined_places, level, listed, specific
from warledger.extraction.ties import Reading

GROUND = {
    "capture": "captured",
    "liberate": "liberated",
    "enter": "entered",
    "advance": "advanced",
    "encircle": "encircled",
    "assault": "assaulted",
    "hold": "held",
    "withdraw": "withdrawn",
    "control": "held",
}
# Kinds of places that only tell where a town lies.
_WIDER = frozenset({"country", "oblast", "region", "raion", "hromada", "water", "river"})
_NEAR = 4.5
_SHARED = 4  # tokens behind a share in which the place that it is of stands
# Deeds that an attempt has not done yet.
_TAKEN = frozenset({"capture", "liberate", "enter", "advance", "encircle"})
_KEPT_FROM = 6  # tokens before a deed in which a word stands that keeps somebody from it
# Frames whose place is the object of their verb, in a language whose word order tells the object.
_DIRECT = frozenset({"capture", "liberate", "encircle", "enter", "assault", "control"})
# Deeds of which a share of a region may be told.
_SHARED_OUT = ("control", "hold", "capture", "liberate")
# Deeds told of a place that stands before them between commas.
_BEFALLS = frozenset({"capture", "liberate", "encircle", "control"})
_FILLERS = (
    "article",
    "side_word",
    "region_noun",
    "nation",
    "adverb",
    "partitive",
    "settlement",
    "object",
    "number",
    "vague_number",
    "all",
    "both",
    "unit",
    "forces",
    "bound",
    "range_word",
)
_UNKNOWN = 5
_ITEM = 3  # tokens of an item's mark and of what stands before its place
_UNPROVED = 4.0  # how far what there is no evidence of stands from those words
_RELATIVE = 7  # tokens between people and what is said of them by a relative
_WANTED = 8  # tokens before a predicate in which a demand or an order governs it


def found(
    scan: Scan, clause: Clause, setting: Setting, predicate: Found, *, flexible: bool
) -> Iterator[Event]:
    """What a predicate says of the ground; `flexible` tells that the language's word order is free."""
    if _epithet(scan, predicate) or _of_people(scan, predicate):
        return
    if _prevented(scan, clause, predicate):
        return
    rival = predicate.term.get("unless")
    if predicate.term.get("only") == "area" or (
        rival and scan.within(str(rival), clause.sentence.start, clause.sentence.end)
    ):
        return
    if flexible and _by_civilians(scan, predicate):
        return
    if (not flexible or _undone(predicate)) and _only_wanted(scan, clause, predicate):
        return
    if (not flexible or predicate.term.group == "noun") and _unsaid(scan, clause, predicate):
        return
    if predicate.term.get("frame") == "hold" and scan.within(
        "weapon", predicate.end, predicate.end + 3
    ):
        return  # "air defences beat back an attack of eight drones"
    if _ringed(clause, predicate):
        return
    rows = _candidates(scan, clause, setting, predicate)
    others = sorted(
        p.start
        for p in clause.predicates
        if p.term.get("frame") in GROUND and p is not predicate and not _repels(scan, predicate, p)
    )
    chosen = _behind(scan, clause, setting, predicate, rows, others, flexible=flexible)
    if not chosen:
        chosen = _before(scan, clause, setting, predicate, rows, others, flexible=flexible)
    frame = predicate.term.get("frame")
    state = predicate.term.get("state") or GROUND[frame]
    share = next(iter(scan.within("share_word", predicate.end, predicate.end + 3)), None)
    for m in specific(chosen):
        start, end = min(predicate.start, m.start), max(predicate.end, m.end)
        lead = scan.within("share_word", max(clause.sentence.start, m.start - _SHARED), m.start)
        wide = m.record.kind in _WIDER  # most of a town is the town
        if (share or lead) and wide and frame in _SHARED_OUT:
            start = min(start, *(f.start for f in lead)) if lead else start
            yield Event("area_share", predicate, start, end, [m], {}, share=True)
            continue
        yield Event("place_control", predicate, start, end, [m], {"state": state})


def shares(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> Iterator[Event]:
    """The regions of which a share without a number is told behind one with it: "19 percent, including most of X"."""
    rows = [m for m in named(clause, setting) if m.record.kind in _WIDER]
    for word in scan.within("share_word", predicate.end, clause.sentence.end):
        m = next((m for m in rows if word.end <= m.start <= word.end + _SHARED), None)
        if m is None or any(scan.at(i, "place_prep") for i in range(word.end, m.start)):
            continue
        if any(predicate.end <= p.start < m.start for p in clause.predicates):
            continue
        yield Event("area_share", predicate, word.start, m.end, [m], {}, share=True)


def _of_people(scan: Scan, predicate: Found) -> bool:
    """Whether people are what is held, told by a relative behind their noun: "residents, whom they held in X"."""
    if predicate.term.get("frame") != "hold":
        return False
    near = range(predicate.start - 1, max(0, predicate.start - _RELATIVE), -1)
    k = next((i for i in near if scan.at(i, "relative")), None)
    return k is not None and bool(scan.within("person", max(0, k - _RELATIVE), k))


def _by_civilians(scan: Scan, predicate: Found) -> bool:
    """Whether people who are no soldiers are the subject right before an active verb: «жители покинули город»."""
    if predicate.term.group != "active":
        return False
    k = predicate.start - 1
    while k >= 0 and scan.at(k, "adverb", "number", "aux"):
        k -= 1
    return any(
        f.end == k + 1
        and f.term.type == "person"
        and f.term.get("class") in ("person", "civilian", "child")
        and not f.term.get("nation")
        and any(t.startswith("nom.") for t in f.tags)
        for n in (1, 2, 3)
        if k >= n - 1
        for f in scan.starting.get(k + 1 - n, ())
    )


def shared(clause: Clause, setting: Setting, reading: Reading) -> bool:
    """Whether a share is of a place right behind it, where the verb needs one: "holds 19 percent of Ukraine"."""
    places = setting.places.by_sentence[clause.sentence.index]
    behind = any(0 <= m.start - reading.phrase.end <= _SHARED for m in places)
    return behind or reading.predicate.term.get("share") != "place"


def _candidates(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> list[Mention]:
    """The places of the sentence that the predicate may be said of."""
    frame = predicate.term.get("frame")
    wanted = {"in", "bare", "toward"} | ({"from"} if frame in ("withdraw", "hold") else set())
    rows = [m for m in named(clause, setting) if m.role in wanted]
    direct = predicate.term.get("direct")
    if direct is None:
        direct = frame in ("capture", "liberate", "encircle") and predicate.term.group in (
            "active",
            "verb",
        )
    if direct:
        every = setting.places.by_sentence[clause.sentence.index]
        rows = [
            m
            for m in rows
            if m.role == "bare" or _named_town(scan, m) or _past_region(scan, m, every)
        ]
    if predicate.term.get("town"):
        rows = [m for m in rows if m.record.kind not in _WIDER]
    return rows


def named(clause: Clause, setting: Setting) -> list[Mention]:
    """The places of the sentence that can be taken or held."""
    rows = setting.places.by_sentence[clause.sentence.index]
    rows = [m for m in rows if m.record.kind not in ("country", "water", "river", "plant")]
    return [m for m in rows if not _part_of_land(setting, m)]


def _part_of_land(setting: Setting, m: Mention) -> bool:
    """Whether a name is that of a side of a country, which nobody takes: "southern Ukraine"."""
    if m.record.kind != "region" or m.end - m.start < 2:
        return False
    gazetteer = setting.places.gazetteer
    entries = gazetteer.phrases.get(setting.scan.tokens[m.end - 1].text)
    return any(not e.rest and gazetteer.place(e.places[0]).kind == "country" for e in entries)


def _past_region(scan: Scan, m: Mention, rows: list[Mention]) -> bool:
    """Whether a town goes on a list behind the region of the town before: "X in the Kharkiv region and Y"."""
    if m.record.kind in _WIDER or scan.at(m.start - 1, "conj") is None:
        return False
    return any(r.lead == m.lead and r.end <= m.start and level(r) < level(m) for r in rows)


def _behind(
    scan: Scan,
    clause: Clause,
    setting: Setting,
    predicate: Found,
    rows: list[Mention],
    others: list[int],
    *,
    flexible: bool,
) -> list[Mention]:
    after = [
        m
        for m in rows
        if m.start >= predicate.end
        and clause.crossing(max(predicate.end, _names_some(scan, predicate.end, m.start)), m.lead)
        < _NEAR
    ]
    if flexible:
        after = [m for m in after if m.role != "bare" or not _government(scan, m)]
    else:
        after = [
            m for m in after if _reaches(scan, clause, predicate, m) and not _describes(scan, m)
        ]
        after = [] if _falls(predicate) else after
    chosen: list[Mention] = []
    every = setting.places.by_sentence[clause.sentence.index]
    for m in joined_places(setting.scan, rows, after, every):
        if any(predicate.end <= o < m.start for o in others):
            break
        chosen.append(m)
    return chosen


def _falls(predicate: Found) -> bool:
    """Whether the place itself is what falls: it stands before its verb."""
    return predicate.term.get("frame") == "capture" and predicate.term.group == "intransitive"


def _reaches(scan: Scan, clause: Clause, predicate: Found, m: Mention) -> bool:
    """Whether nothing between a predicate and a place behind it makes the place another word's."""
    frame, a = predicate.term.get("frame"), predicate.end
    a = max((f.end for f in scan.within("share_word", a, a + 3)), default=a)
    tied = _tied(predicate)
    if frame == "advance" and _attributive(scan, predicate):
        return False
    direct = tied or (frame in _DIRECT and predicate.term.group != "intransitive")
    if frame == "hold" and predicate.end - predicate.start == 1:
        direct = not _of_attack(scan, a, m.start)
    if direct and scan.at(a, "partitive") and frame == "control":
        return False
    unknown, counted = 0, False
    named = _names_some(scan, a, m.start)
    for i in range(a, m.start):
        token = scan.tokens[i]
        if any(
            f.term.type in ("says", "relative", "aux", "pronoun")
            or (f.term.type == "predicate" and not _names_attack(scan, f))
            for f in scan.starting.get(i, ())
        ):
            return False
        if scan.at(i, "settlement", "region_noun", "object") is not None:
            counted = True
        if not direct or i <= named:
            continue
        if scan.at(i, *_FILLERS) or token.text in '"-' or token.kind in "nl" or scan.possessive(i):
            continue
        if counted and (token.text in "–:(" or scan.at(i, "place_prep", "prep", "conj")):
            continue
        if token.kind == "w" and i not in scan.starting and unknown < _UNKNOWN:
            unknown += 1
            continue
        prep = scan.at(i, "place_prep") if i >= m.lead else None
        if prep is not None and (prep.end - prep.start > 1 or _named_town(scan, m)):
            continue  # "the outskirts of X", "the town of X"
        if token.kind == "w" and any(r.start <= i < r.end for r in [m]):
            continue
        return False
    return True


def _names_some(scan: Scan, a: int, b: int) -> int:
    """Where the words end that name some of what is taken, -1 without any: "took three villages, *including* X"."""
    found = next(iter(scan.within("including", a, b)), None)
    if found is None:
        return -1
    for i in range(a, found.start):
        if scan.at(i, "settlement", "partitive"):
            return found.end - 1
        if scan.at(i, "place_prep"):
            break  # "seized assets in several cities, including X"
    return -1


def _describes(scan: Scan, m: Mention) -> bool:
    """Whether a place with an article only describes the noun behind it: "entered the Kyiv market"."""
    if (
        m.role != "bare"
        or not m.start
        or not scan.definite(m.start - 1)
        or m.end >= len(scan.tokens)
    ):
        return False
    after = scan.tokens[m.end]
    plain = m.end not in scan.starting and after.kind == "w" and not after.capital
    return plain or scan.at(m.end, "weapon", "person", "object") is not None


def _names_attack(scan: Scan, found: Found) -> bool:
    """Whether a predicate is the noun of an attack or of an advance, which one may repel."""
    if scan.at(found.start, "attack_noun", "attack_word"):
        return True
    return found.term.get("frame") in ("assault", "advance") and found.term.group == "noun"


def _repels(scan: Scan, predicate: Found, other: Found) -> bool:
    """Whether the one predicate beats back the attack that the other one names: "repelled assaults near X"."""
    hold = predicate.term.get("frame") == "hold"
    return hold and predicate.end <= other.start <= predicate.end + 4 and _names_attack(scan, other)


def _tied(predicate: Found) -> bool:
    """Whether a predicate of several words ends in what ties its place to it: "seizure of", "withdrew from"."""
    return predicate.end - predicate.start > 1 and predicate.term.group in ("active", "noun")


def _of_attack(scan: Scan, a: int, b: int) -> bool:
    """Whether an attack, or whoever made it, stands between the tokens: "repelled an assault near X"."""
    return any(scan.at(i, "attack_noun", "attack_word", "forces") for i in range(a, b)) or any(
        f.term.get("frame") in ("assault", "advance") for f in scan.within("predicate", a, b)
    )


def _attributive(scan: Scan, predicate: Found) -> bool:
    """Whether a participle only describes the noun behind it: "advanced rocket systems"."""
    k = predicate.end
    if k >= len(scan.tokens) or scan.tokens[k].kind != "w" or predicate.end - predicate.start > 1:
        return False
    plain = k not in scan.starting or scan.at(k, "weapon", "equipment", "object") is not None
    before = predicate.start - 1
    acts = before >= 0 and scan.at(
        before, "forces", "aux", "pronoun", "relative", "adverb", "person", "voice", "role"
    )
    return plain and not acts


def _ringed(clause: Clause, predicate: Found) -> bool:
    """Whether a verb of taking is only of a ring closed around a place: «взяли Курахове в кільце»."""
    return predicate.term.get("frame") == "capture" and any(
        p.term.get("frame") == "encircle"
        and p.term.group == "noun"
        and 0 <= p.start - predicate.end <= _UNKNOWN
        for p in clause.predicates
    )


def _undone(predicate: Found) -> bool:
    """Whether a word names a deed without saying that it is done: a noun or an infinitive."""
    return predicate.term.group == "noun" or "inf" in predicate.tags


def _only_wanted(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the deed is only demanded, offered, refused or ordered: "demanded that they withdraw from X"."""
    for p in clause.predicates:
        if p.term.get("frame") != "position" or p.end > predicate.start:
            continue
        if predicate.start - p.end > _WANTED or clause.crossing(p.end, predicate.start) > 3.5:
            continue
        if scan.within("aux", p.end, predicate.end):
            continue  # "insisted that the town was holding out"
        if p.term.get("stance") in ("demands", "refuses", "orders", "offers"):
            return True
    return False


def _unsaid(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the deed is beaten back, told of by a verb before it, or something that there is no proof of."""
    first = clause.sentence.start
    if any(_repels(scan, p, predicate) for p in clause.predicates):
        return True
    return any(
        f.term.get("proof") and clause.crossing(f.end, predicate.start) < _UNPROVED
        for f in scan.within("negation", first, predicate.start)
    )


def _before(
    scan: Scan,
    clause: Clause,
    setting: Setting,
    predicate: Found,
    rows: list[Mention],
    others: list[int],
    *,
    flexible: bool,
) -> list[Mention]:
    groups = ("passive", "verb", "intransitive", "noun", "active")
    if predicate.term.group not in groups:
        return []
    if flexible:
        before = [
            m
            for m in rows
            if m.end <= predicate.start
            and clause.crossing(m.end, predicate.start) < _NEAR
            and not (m.role == "bare" and _government(scan, m))
        ]
    else:
        before = [m for m in rows if _suffers(scan, clause, predicate, m)]
        if not before and predicate.term.get("frame") in _BEFALLS:
            told = apposing.told_of(scan, predicate, named(clause, setting))
            return [told] if told is not None else []
    if not before:
        return []
    last = before[-1]
    if any(last.end <= o < predicate.start for o in others):
        return []
    if predicate.term.get("only") == "place" and _other_subject(scan, last.end, predicate.start):
        return []
    chosen = [last]
    while (n := rows.index(chosen[0])) > 0 and listed(
        setting.scan, rows[n - 1].end, chosen[0].start
    ):
        chosen.insert(0, rows[n - 1])
    return chosen


def _other_subject(scan: Scan, a: int, b: int) -> bool:
    """Whether a plain noun stands between a place and what falls: "after Bakhmut's capture the pace fell"."""
    return any(
        scan.tokens[i].kind == "w" and not scan.tokens[i].capital and i not in scan.starting
        for i in range(a, b)
    )


def _suffers(scan: Scan, clause: Clause, predicate: Found, m: Mention) -> bool:
    """Whether a place before a predicate is what it is said of: "X fell", "X was captured", "X, which they took"."""
    if m.end > predicate.start or _tied(predicate):
        return False
    at = _past_apposition(scan, m.end, predicate.start)
    if clause.crossing(at, predicate.start) >= _NEAR:
        return False
    between = range(at, predicate.start)
    if any(scan.within(kind, at, predicate.start) for kind in ("says", "position")):
        return False
    group = predicate.term.group
    if group == "noun":
        return False
    if group == "intransitive":
        return m.role in ("bare", "in") and not any(scan.tokens[i].text in ";:" for i in between)
    passive = any(
        (aux := scan.at(i, "aux")) is not None and not aux.term.get("perfect")
        for i in range(at, predicate.end)
    )
    if group in ("verb", "passive") and passive:
        return m.role == "bare" or _of_attack(scan, max(clause.sentence.start, m.lead - 4), m.lead)
    while at < predicate.start and scan.at(at, "region_noun"):
        at += 1
    opens = range(at, min(at + 2, predicate.start))
    told = any(scan.at(i, "relative") for i in opens)
    if predicate.term.get("frame") in ("advance", "assault", "hold"):
        told = told or any(scan.at(i, "conj") for i in opens)  # "in X, where they press on"
    return told and not passive and m.role in ("bare", "in")


def _past_apposition(scan: Scan, a: int, b: int) -> int:
    """Past words between commas right behind a name: "X, a town of 5,000, has been taken"."""
    if a >= b or scan.tokens[a].text != ",":
        return a
    closing = [i for i in range(a + 1, b) if scan.tokens[i].text == ","]
    if not closing or scan.at(closing[-1] + 1, "aux") is None:
        return a
    return closing[-1] + 1


def listed_behind(scan: Scan, clause: Clause, setting: Setting, before: Clause) -> Iterator[Event]:
    """Places that a sentence or list of their own tells: "They repelled attacks near 20 towns. Among them are X; Y and Z"."""
    first = clause.sentence.start
    places = setting.places.by_sentence
    opens = any(scan.at(k, "including", "of_them") for k in (first, first + 1))
    opens = opens or _opens_item(clause, places[clause.sentence.index], before)
    named = [m for m in places[before.sentence.index] if m.record.kind not in _WIDER]
    if not opens or clause.predicates or named:
        return
    ground = [p for p in before.predicates if p.term.get("frame") in GROUND]
    for mention in setting.places.by_sentence[clause.sentence.index] if ground else ():
        if mention.record.kind in _WIDER:
            continue
        predicate = ground[0]
        state = predicate.term.get("state") or GROUND[predicate.term.get("frame")]
        yield Event(
            "place_control", predicate, mention.start, mention.end, [mention], {"state": state}
        )


def _opens_item(clause: Clause, rows: list[Mention], before: Clause) -> bool:
    """Whether a place opens an item of the list that the sentence before introduces: "Freed: – X; – Y"."""
    sentence = clause.sentence
    item = sentence.bullet and sentence.intro == before.sentence.index
    return item and bool(rows) and rows[0].start - sentence.start <= _ITEM


def _named_town(scan: Scan, mention: Mention) -> bool:
    """Whether the place is named as "the town of X"."""
    if scan.at(mention.lead, "partitive") is None:
        return False
    kinds = ("region_noun", "settlement", "object")
    return any(
        f.end == mention.lead
        for n in (1, 2, 3)
        for f in scan.starting.get(mention.lead - n, ())
        if f.term.type in kinds
    )


def _prevented(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the words only tell that somebody is kept from it or tries: "so as not to let them gain a foothold"."""
    first = max(clause.sentence.start, predicate.start - _KEPT_FROM)
    to = scan.at(predicate.start - 1, "prep") if predicate.start > first + 1 else None
    if to is not None and to.term.get("infinitive") and scan.at(to.start - 1, "negation"):
        return True  # "warned them not to abandon the town"
    tried = predicate.term.get("frame") in _TAKEN and scan.within("attempt", first, predicate.start)
    kept = [f for f in scan.within("negation", first, predicate.start) if f.term.get("prevents")]
    return any(clause.crossing(f.end, predicate.start) < _NEAR / 2 for f in (*kept, *(tried or ())))


def _epithet(scan: Scan, predicate: Found) -> bool:
    """Whether a participle only describes a place: "in occupied Crimea", «на окупованій території»."""
    if predicate.term.group == "passive" and predicate.tags:
        return not any(t == "imp" or t.startswith(("short", "nom")) for t in predicate.tags)
    if (
        predicate.term.group != "verb"
        or predicate.start == 0
        or predicate.end - predicate.start > 1
    ):
        return False
    k = predicate.start - 1
    while k > 0 and scan.at(k, "adverb", "side_word"):
        k -= 1
    return scan.at(k, "prep", "place_prep", "article") is not None or scan.definite(k)


def _government(scan: Scan, mention: Mention) -> bool:
    """Whether the name of a capital stands for a government here."""
    nation = scan.at(mention.start, "nation")
    return nation is not None and bool(nation.term.get("metonym"))
