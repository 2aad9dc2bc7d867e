"""Ground taken, held, entered or left: which named places a predicate of the ground war says it of.

Enters: a sentence's predicates and places. Leaves: `Event`s of `place_control` and `area_share`.
Does not belong here: areas and shares with a number (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction import apposing, gapping, untold
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
_OF_CONTROL = 3  # tokens between a verb of taking and the noun for the control that it takes
_PART = 3  # tokens behind a verb in which a part of a town is named
_AIM = 4  # Frames whose place is the object of their verb, in a language whose word order tells the object.
_DIRECT = frozenset({"capture", "liberate", "encircle", "enter", "assault", "control"})
# Deeds of which a share of a region may be told.
_SHARED_OUT = ("control", "hold", "capture", "liberate")
# Deeds told of a place that stands before them between commas.
_BEFALLS = frozenset({"capture", "liberate", "encircle", "control", "assault"})
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
_ITEM = 3


def found(
    scan: Scan, clause: Clause, setting: Setting, predicate: Found, *, flexible: bool
) -> Iterator[Event]:
    """What a predicate says of the ground; `flexible` tells that the language's word order is free."""
    if untold.silent(scan, clause, named(clause, setting), predicate, flexible=flexible):
        return
    rows = _candidates(scan, clause, setting, predicate)
    others = sorted(
        p.start
        for p in clause.predicates
        if p.term.get("frame") in GROUND
        and p is not predicate
        and not (untold.repels(scan, predicate, p) or untold.taken_control(scan, clause, p))
    )
    if flexible and _takes_another(scan, setting, predicate):
        return
    chosen = _behind(scan, clause, setting, predicate, rows, others, flexible=flexible)
    if not chosen and not predicate.term.get("ahead"):
        chosen = _before(scan, clause, setting, predicate, rows, others, flexible=flexible)
    if not chosen:
        chosen = _of_beaten(scan, clause, predicate, rows)
    if not chosen and not flexible:
        chosen = _part_of(scan, clause, predicate, rows)
    frame = predicate.term.get("frame")
    state = predicate.term.get("state") or GROUND[frame]
    aim = None if flexible else _aimed(scan, predicate)
    state = "assaulted" if aim is not None else state
    share = next(iter(scan.within("share_word", predicate.end, predicate.end + 3)), None)
    for m in _each(specific(chosen)):
        start, end = min(predicate.start, m.start), max(predicate.end, m.end)
        lead = scan.within("share_word", max(clause.sentence.start, m.start - _SHARED), m.start)
        wide = m.record.kind in _WIDER  # most of a town is the town
        if (share or lead) and wide and frame in _SHARED_OUT:
            start = min(start, *(f.start for f in lead)) if lead else start
            yield Event("area_share", predicate, start, end, [m], {}, share=True)
            continue
        if wide and frame in _SHARED_OUT and scan.within("fraction", predicate.end, m.start):
            continue  # "took a third of the region"
        start = min(start, aim.start) if aim is not None else start
        yield Event("place_control", predicate, start, end, [m], {"state": state})


def _takes_another(scan: Scan, setting: Setting, predicate: Found) -> bool:
    """Whether people, or a name that nobody knows, stand right behind a verb as what it takes: «узяли 8 полонених»."""
    k = predicate.end
    if predicate.term.group != "active" or k + 1 >= len(scan.tokens):
        return False
    token = scan.tokens[k]
    if token.kind == "n" or scan.at(k, "number"):
        return scan.at(k + 1, "person") is not None
    unknown = token.kind == "w" and token.capital and k not in scan.starting
    led = unknown and scan.at(k + 1, "place_prep")
    return bool(led) and not setting.places.between(k, k + 1)


def _each(rows: list[Mention]) -> list[Mention]:
    """The places, each once: "they left X, over the town a flag was raised"."""
    return [m for n, m in enumerate(rows) if all(m.record is not r.record for r in rows[:n])]


def _aimed(scan: Scan, predicate: Found) -> Found | None:
    """The attack whose aim an infinitive only tells: "an offensive to retake X" has not retaken it."""
    to = scan.at(predicate.start - 1, "prep")
    if predicate.term.get("frame") not in ("capture", "liberate") or to is None:
        return None
    if not to.term.get("infinitive"):
        return None
    first = max(0, to.start - _AIM)
    nouns = scan.within("attack_noun", first, to.start)
    nouns += [f for f in scan.within("predicate", first, to.start) if untold.names_attack(scan, f)]
    return next((f for f in nouns if f.end == to.start), None)


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


def shared(clause: Clause, setting: Setting, reading: Reading) -> bool:
    """Whether a share is of a place right behind it, or of its region, where the verb needs one: "holds 19 percent of Ukraine"."""
    places, end = setting.places.by_sentence[clause.sentence.index], reading.phrase.end
    behind = any(0 <= m.start - end <= _SHARED for m in places)
    behind = behind or bool(places and setting.scan.within("region_noun", end, end + _SHARED))
    return behind or reading.predicate.term.get("share") != "place"


def _candidates(scan: Scan, clause: Clause, setting: Setting, predicate: Found) -> list[Mention]:
    """The places of the sentence that the predicate may be said of."""
    frame = predicate.term.get("frame")
    wanted = {"in", "bare", "toward"} | ({"from"} if frame in ("withdraw", "hold") else set())
    wanted -= {"toward"} if frame == "withdraw" else set()
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
            if (m.role == "bare" and not scan.possessive(m.end))
            or _named_town(scan, m)
            or _past_region(scan, m, every)
            or any(untold.control(f) for f in scan.starting.get(m.lead - 1, ()))
        ]
    if predicate.term.get("led") and predicate.term.group == "active":
        # a town itself that stands behind is won back
        rows = [m for m in rows if m.role != "bare" or m.end <= predicate.start]
    if predicate.term.get("out"):  # «из Алеппо войска вышли», and not «войска вышли к Алеппо»
        rows = [m for m in rows if m.role == "from"]
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
        after = [m for m in after if m.role != "bare" or not untold.government(scan, m)]
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
    if flexible and chosen and predicate.term.group == "active":
        chosen += gapping.more(scan, clause, chosen, rows, every)
    return chosen


def _falls(predicate: Found) -> bool:
    """Whether the place itself is what falls: it stands before its verb."""
    return predicate.term.get("frame") == "capture" and predicate.term.group == "intransitive"


def _reaches(scan: Scan, clause: Clause, predicate: Found, m: Mention) -> bool:
    """Whether nothing between a predicate and a place behind it makes the place another word's."""
    frame, a = predicate.term.get("frame"), _past_shares(scan, predicate)
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
            or (f.term.type == "predicate" and not untold.names_attack(scan, f))
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


def _past_shares(scan: Scan, predicate: Found) -> int:
    """Past what a verb of taking says how much of: "took *full control of* X", "holds *most of* X"."""
    a = predicate.end
    if predicate.term.get("frame") in ("capture", "liberate"):
        held = (f for f in scan.within("predicate", a, a + _OF_CONTROL + 1) if untold.control(f))
        a = next((f.end for f in held if scan.at(f.end, "partitive")), a)
    return max((f.end for f in scan.within("share_word", a, a + 3)), default=a)


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
            and not (m.role == "bare" and untold.government(scan, m))
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


def _of_beaten(scan: Scan, clause: Clause, predicate: Found, rows: list[Mention]) -> list[Mention]:
    """The places of the attack before a verb that tells that it was beaten back: "attacks near X and Y, all repelled"."""
    beaten = (p for p in clause.predicates if untold.beaten_back(scan, predicate, p))
    attack = next(beaten, None)
    if attack is None:
        return []
    return [m for m in rows if attack.end <= m.start and m.end <= predicate.start]


def _part_of(scan: Scan, clause: Clause, predicate: Found, rows: list[Mention]) -> list[Mention]:
    """The town that opens a sentence, a part of which is held or taken: "in X they still hold the southern bank"."""
    first, a = clause.sentence.start, predicate.end
    part = any(scan.at(i, "side_word") for i in range(a, min(a + _PART, clause.sentence.end)))
    if not part or predicate.term.group not in ("active", "verb"):
        return []
    opening = [m for m in rows if m.role == "in" and m.lead == first and m.end <= predicate.start]
    between = [
        p for p in clause.predicates if opening and opening[-1].end <= p.start < predicate.start
    ]
    return [] if between else opening[-1:]


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
        at_it = any(p.end == m.start and p.term.group == "noun" for p in clause.predicates)
        named = (m.lead - 1, *between)  # "the town of X", "X, and the settlement has fallen"
        within = m.role != "bare" and not any(scan.at(i, "region_noun") for i in named)
        if _falls(predicate) and (within or at_it):
            return False  # "the temperature in X fell", "the number of attacks on X fell"
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
    if predicate.term.get("frame") in ("advance", "assault", "hold") and m.role == "in":
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
    ground = [p for p in before.predicates if p.term.get("frame") in GROUND]
    if clause.predicates or not ground:
        return
    first = clause.sentence.start
    places = setting.places.by_sentence
    opens = any(scan.at(k, "including", "of_them") for k in (first, first + 1))
    opens = opens or _opens_item(clause, places[clause.sentence.index], before)
    named = [m for m in places[before.sentence.index] if m.record.kind not in _WIDER]
    if not opens or named:
        return
    for mention in places[clause.sentence.index]:
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
