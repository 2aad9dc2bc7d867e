"""What a predicate takes: the type of noun under which a phrase stands with it, and the kind of claim they make.

Enters: a phrase and a predicate. Leaves: the noun's type and the kind, or None. Does not belong here: how far apart
the two stand (`costs`), which of several predicates governs (`frames`).
"""

from __future__ import annotations

from warledger.extraction import customers, means, unsent
from warledger.extraction.grammar import aimed_at, instrumental
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

# frame -> type of the noun -> kind of claim
KINDS: dict[str, dict[str, str]] = {
    "launch": {"weapon": "launched", "occasion": "attacks"},
    "intercept": {"weapon": "intercepted", "equipment": "losses"},
    "lose": {"weapon": "lost"},
    "hit": {
        "weapon": "hit",
        "location": "locations_struck",
        "settlement": "locations_struck",
        "object": "damaged",
        "equipment": "damaged",
        "occasion": "attacks",
    },
    "fall": {"location": "locations_debris", "settlement": "locations_debris"},
    "destroy": {
        "weapon": "intercepted",
        "person": "killed",
        "object": "damaged",
        "equipment": "losses",
    },
    "kill": {"person": "killed"},
    "wound": {"person": "wounded"},
    "unhurt": {"person": "wounded"},
    "casualty": {"person": "casualties"},
    "miss": {"person": "missing"},
    "rescue": {"person": "rescued"},
    "evacuate": {"person": "evacuated"},
    "imprison": {"person": "prisoners"},
    "exchange": {"person": "prisoners"},
    "capture": {"area": "area_captured", "percent": "area_share"},
    "liberate": {"area": "area_captured"},
    "advance": {"area": "area_captured"},
    "withdraw": {"area": "area_captured"},
    "control": {"area": "area_captured", "percent": "area_share"},
    "lose_army": {"person": "losses", "equipment": "losses", "weapon": "losses"},
    "damage": {"object": "damaged", "weapon": "hit", "equipment": "losses"},
    "target": {
        "weapon": "launched",
        "object": "targeted",
        "occasion": "attacks",
    },
    "cut": dict.fromkeys(("customer", "settlement", "person", "percent"), "outage"),
    "restore": dict.fromkeys(("customer", "settlement", "person"), "outage"),
    "nuclear_status": {"reactor": "nuclear_status"},
    "attack": {"attack_noun": "attacks", "settlement": "attacks", "occasion": "attacks"},
    "hold": {"attack_noun": "attacks", "occasion": "attacks", "percent": "area_share"},
    "assault": {"occasion": "attacks"},
    "bodies": {"person": "bodies"},
    "noise": {},
}
# What an elided noun is, by frame.
DEFAULTS = {
    "launch": "weapon",
    "intercept": "weapon",
    "lose": "weapon",
    "hit": "weapon",
    "fall": "location",
    "destroy": "weapon",
    "kill": "person",
    "wound": "person",
    "unhurt": "person",
    "casualty": "person",
    "miss": "person",
    "rescue": "person",
    "evacuate": "person",
    "imprison": "person",
    "exchange": "person",
    "bodies": "person",
    "cut": "customer",
    "restore": "customer",
    "nuclear_status": "reactor",
    "capture": "area",
    "liberate": "area",
}
_THING_REACH = 7  # tokens behind a verb of destroying in which the thing destroyed stands
_PEOPLE = 4  # tokens of a noun for people before "of"
_NAMED = 4  # tokens of the name behind a rank
_OBJECT = 3  # tokens behind an active verb in which its object stands
_LINKS = "-'\""
# Equipment that an army loses where it is damaged; other is a site of its own.
_FOUGHT = frozenset({"tank", "afv", "artillery", "mlrs", "vehicle"})
# Frames under which an enemy's soldiers are an army's losses.
_UNDONE = frozenset({"destroy", "kill", "intercept"})
# Frames whose terms say of themselves that they tell what share of a land is held.
_SHARED = frozenset({"capture", "hold"})
# Frames of which a word for none counts nobody by itself.
_NEVER_NONE = frozenset({"rescue", "evacuate", "imprison", "exchange", "bodies"})
# Frames under which a singular noun without a number is one.
_SINGLES = frozenset(
    {
        "hit",
        "intercept",
        "destroy",
        "kill",
        "wound",
        "rescue",
        "lose",
        "damage",
        "imprison",
        "nuclear_status",
        "bodies",
    }
)


def taken_as(scan: Scan, phrase: Phrase, predicate: Found) -> tuple[str | None, str]:
    """As `_fits`; weapons that stand as a means are told from weapons that were sent."""
    if _destroys(scan, phrase, predicate):
        return "weapon", "hit"
    if _struck_with(phrase, predicate):
        return "weapon", "launched"
    noun, kind = fits(predicate, phrase)
    if noun is not None and _of_no_account(scan, phrase, predicate, noun, kind):
        return None, ""
    if noun == "person" and kind == "losses" and _of_ours(scan, phrase, predicate):
        return noun, "killed"  # "we lost two people"
    return _weapons_as(scan, phrase, predicate, kind) if noun == "weapon" else (noun, kind)


def _weapons_as(scan: Scan, phrase: Phrase, predicate: Found, kind: str) -> tuple[str | None, str]:
    """What weapons are under a predicate, by where the two stand."""
    noun = "weapon"
    if kind == "hit" and _crewed(phrase) and _undergoes(scan, phrase, predicate):
        return noun, "losses"  # "41 planes had been hit" on their airfields
    if _no_outcome(scan, phrase, predicate, kind):
        return None, ""
    if (
        kind == "launched"
        and phrase.amount.sort == "article"
        and not _sent(scan, phrase, predicate)
    ):
        return None, ""
    if (_crewed(phrase) or _is_boat(phrase)) and (
        fate := _of_crewed(scan, phrase, predicate, kind)
    ) is not None:
        return fate
    if not kind:
        return noun, kind
    grounded = kind == "intercepted" and (
        unsent.not_yet_sent(scan, phrase)
        or (_kept(phrase) and unsent.on_the_ground(scan, predicate))
    )
    sent = "losses" if grounded else means.kind_of(scan, phrase, predicate, kind)
    return (None, "") if sent is None else (noun, sent)


def _kept(phrase: Phrase) -> bool:
    """Whether a number is of weapons that lie in stores and fly only when they are fired."""
    weapon = phrase.heads.get("weapon")
    return weapon is not None and weapon.term.get("class") in ("missile", "bomb", "rocket")


def _struck_with(phrase: Phrase, predicate: Found) -> bool:
    """Whether a number of weapons in the case of a means stands right behind strikes: «завдано ударів 12 дронами»."""
    struck = predicate.term.get("frame") == "damage" and predicate.term.get("degree") == "struck"
    counted = "weapon" in phrase.heads and phrase.amount.sort == "number"
    return struck and counted and phrase.start == predicate.end and _means(phrase)


def _of_no_account(scan: Scan, phrase: Phrase, predicate: Found, noun: str, kind: str) -> bool:
    """Whether a phrase other than weapons is not what a predicate tells of, by where the two stand."""
    if noun == "person":
        return _says(scan, phrase) or _both_swap(phrase, predicate)
    if noun == "percent" and kind == "outage":
        return (
            customers.shared_among(scan, phrase) is None
        )  # "40 per cent of its capacity was cut off"
    if noun == "attack_noun" and phrase.amount.high == 1:
        return _led(scan, phrase, predicate)  # "launched in a single salvo"
    if noun == "location" and phrase.amount.high == 1:
        return _subject(scan, phrase, predicate)  # "the attack on a single site hit the town"
    if noun == "equipment" and kind == "losses" and phrase.amount.sort == "article":
        return _far(scan, phrase, predicate)  # "lost contact with a drone"
    if (
        noun == "equipment" and kind == "damaged"
    ):  # "two tanks struck it", "struck by a naval drone"
        means = phrase.amount.instrumental or instrumental(phrase.heads[noun])
        return (
            means or _subject(scan, phrase, predicate) or _by_hand(scan, phrase, predicate.end - 1)
        )
    return False


def _of_ours(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether those who tell it, or a town, lost people of no army."""
    person = phrase.heads.get("person")
    if person is None or person.term.get("class") != "person" or predicate.term.group != "active":
        return False
    k = predicate.start - 1
    while k > 0 and scan.at(k, "aux", "adverb"):
        k -= 1
    before = scan.starting.get(k, ())
    return any(f.term.type == "region_noun" or f.term.get("own") is True for f in before)


def _stops(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a plane is the subject of an active verb with weapons of its own right behind it."""
    behind = range(predicate.end, min(predicate.end + _OBJECT, len(scan.tokens)))
    return _subject(scan, phrase, predicate) and any(scan.at(k, "weapon") for k in behind)


def _far(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether one thing stands neither right beside its verb nor behind a mark or word of a list."""
    if phrase.start <= predicate.end or phrase.end == predicate.start:
        return False
    return scan.tokens[phrase.start - 1].text != "," and not scan.at(phrase.start - 1, "conj")


def _led(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a preposition stands right before a phrase behind its predicate."""
    behind = phrase.start > predicate.end
    return behind and scan.at(phrase.start - 1, "prep", "place_prep") is not None


def _no_outcome(scan: Scan, phrase: Phrase, predicate: Found, kind: str) -> bool:
    """Whether weapons are not what a predicate tells of: what they were sent at, who struck or stopped others."""
    if kind == "launched" and sent_at(scan, phrase, predicate):
        return True
    if predicate.term.get("frame") == "damage" and not _wrecks(scan, phrase, predicate):
        return True
    if kind in ("launched", "hit") and unsent.only_tried(scan, predicate):
        return True
    if kind == "hit" and _crewed(phrase) and _subject(scan, phrase, predicate):
        return True  # "40 jets struck dozens of targets"
    if kind == "intercepted" and _crewed(phrase) and _stops(scan, phrase, predicate):
        return True  # "a Su-27 destroyed a Shahed"
    if kind == "intercepted" and _by_hand(scan, phrase, predicate.end):
        return True  # "a drone was shot down by a missile"
    if kind == "hit" and phrase.start and scan.at(phrase.start - 1, "debris"):
        return True  # "the wreckage of four drones fell on roofs"
    if kind in ("launched", "hit") and _is_boat(phrase):
        return True
    return phrase.elided and _of_people(scan, phrase)


def _is_boat(phrase: Phrase) -> bool:
    weapon = phrase.heads.get("weapon")
    return weapon is not None and weapon.term.get("kind") == "boat"


def _of_crewed(scan: Scan, phrase: Phrase, predicate: Found, kind: str) -> tuple[str, str] | None:
    """What became of boats, and of aircraft that nobody shot down: destroyed on the ground, fallen by themselves."""
    if _is_boat(phrase):
        noun = "equipment" if "equipment" in phrase.heads else "weapon"
        return (noun, "losses") if kind == "intercepted" else None
    if kind == "intercepted" and (
        unsent.on_the_ground(scan, predicate) or unsent.not_yet_sent(scan, phrase)
    ):
        return ("object", "damaged") if "object" in phrase.heads else ("weapon", "losses")
    return ("weapon", "losses") if kind == "lost" else None


def _says(scan: Scan, phrase: Phrase) -> bool:
    """Whether people are who says what stands there: "dozens were killed, a Western official estimated"."""
    k = phrase.end
    while k < min(phrase.end + _NAMED, len(scan.tokens)) and scan.tokens[k].capital:
        k += 1  # "General Ahmed Sharif said"
    says = scan.at(k, "says") if k < len(scan.tokens) else None
    if says is None or says.end >= len(scan.tokens):
        return False
    if scan.tokens[says.end].text in ',.;:"' or scan.at(says.end, "conj", "relative"):
        return True
    opens = phrase.start > 0 and scan.tokens[phrase.start - 1].text == ","
    return opens and scan.at(says.end, "predicate", "place_prep", "prep") is None


def _both_swap(phrase: Phrase, predicate: Found) -> bool:
    """Whether "both" before an active verb are those who swap captives, and no captives."""
    swaps = predicate.term.get("frame") == "exchange" and predicate.term.group == "active"
    return (
        swaps and phrase.amount.sort == "both" and phrase.elided and phrase.end <= predicate.start
    )


def _wrecks(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether weapons are the subject of what damages a thing: "a drone tore through the roof"."""
    head = phrase.heads.get("weapon")
    more = head is None and phrase.elided and phrase.amount.more  # "another one damaged a line"
    more = more and _takes_thing(scan, predicate)
    sent = more or (head is not None and head.term.get("class") not in ("any", "aircraft"))
    return (
        sent and _subject(scan, phrase, predicate) and scan.tokens[predicate.start - 1].text != ","
    )


def _by_hand(scan: Scan, phrase: Phrase, after: int) -> bool:
    """Whether weapons stand behind the word for who did what ends at token `after`: they stopped others."""
    return phrase.start > after and scan.at(phrase.start - 1, "agent") is not None


def _destroys(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether weapons are the subject of what destroys a thing named behind the verb: "a bomb levelled a school"."""
    wrecks = predicate.term.get("frame") == "destroy" and _wrecks(scan, phrase, predicate)
    return wrecks and _takes_thing(scan, predicate)


def _takes_thing(scan: Scan, predicate: Found) -> bool:
    """Whether a thing stands right behind a verb, no mark or preposition between."""
    for k in range(predicate.end, min(predicate.end + _THING_REACH, len(scan.tokens))):
        if scan.at(k, "object", "equipment") is not None:
            return True
        if scan.tokens[k].kind == "p" and scan.tokens[k].text not in _LINKS:
            return False
        if scan.at(k, "place_prep", "prep", "conj", "relative") and not scan.at(k, "partitive"):
            return False
    return False


def _subject(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a phrase stands before a verb in the active voice."""
    if predicate.start < phrase.end or predicate.term.group not in ("verb", "active"):
        return False
    aux = [f for k in (1, 2, 3) if (f := scan.at(predicate.start - k, "aux")) is not None]
    return not any(not f.term.get("perfect") for f in aux)


def sent_at(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether targets are what weapons were sent at: "dropped bombs on about 100 targets"."""
    if not _any_weapon(phrase):
        return False
    if phrase.start < predicate.end:
        return False
    before = range(phrase.start - 1, phrase.amount.core[0])
    leads = (scan.at(k, "place_prep") for k in before if scan.at(k, "bound") is None)
    return any(lead is not None and lead.term.get("role") is None for lead in leads)


def _of_people(scan: Scan, phrase: Phrase) -> bool:
    """Whether a noun that says what happened to people stands right behind a number ("24 wounded")."""
    rows = scan.starting.get(phrase.end, ())
    return any(
        f.term.type == "predicate"
        and f.term.group in ("noun", "verb", "intransitive")
        and DEFAULTS.get(f.term.get("frame")) == "person"
        for f in rows
    )


def whose(scan: Scan, phrase: Phrase, since: int) -> bool:
    """Whether a thing only tells whose people a verb before them takes: "wounded three crew members of a vessel"."""
    k = phrase.start - 1
    while k > since and scan.at(k, "article"):
        k -= 1
    if k <= since or scan.at(k, "partitive") is None:
        return False
    return any(f.end == k for f in scan.within("person", max(since, k - _PEOPLE), k))


def fits(predicate: Found, phrase: Phrase) -> tuple[str | None, str]:
    """The noun type under which the predicate takes the phrase, and the kind; an empty kind for noise."""
    frame = predicate.term.get("frame")
    if phrase.unknown or (phrase.named and frame not in ("kill", "wound")):
        return None, ""
    left = frame == "withdraw" and "person" in phrase.heads  # "36,000 residents left the town"
    if left or frame in ("noise", "legal"):
        counted = phrase.amount.sort == "number" if frame == "noise" else "person" in phrase.heads
        return ("noise", "") if counted else (None, "")
    kinds = KINDS.get(frame, {})
    unit = phrase.amount.unit
    if unit is not None:
        dimension = unit.term.get("dimension")
        shared = dimension != "percent" or frame not in _SHARED or predicate.term.get("share")
        return (dimension, kinds[dimension]) if dimension in kinds and shared else (None, "")
    if _counts_nothing(predicate, phrase):
        return None, ""
    if (sure := _whatever(predicate, phrase)) is not None:
        return sure
    only = predicate.term.get("only")
    if only == "object" and "location" in phrase.heads:
        kinds, only = {"location": "locations_struck"}, None  # "shelled nine sites"
    for noun, kind in kinds.items():
        apart = noun == "object" and (predicate.term.get("apart") or _of_no_sort(phrase))
        if noun in phrase.heads and only in (None, noun) and not apart:
            if noun == "weapon" and _means(phrase):
                return _with_weapon(predicate, kind)
            if kind == "hit" and _crewed(phrase) and _object_of(phrase, predicate):
                return noun, "losses"  # "hit 41 planes" on their airfields
            struck = kind == "targeted" and predicate.term.get("degree")  # "attacked three depots"
            out = noun == "equipment" and frame == "damage" and not _fought(phrase)
            told = "damaged" if struck or out else kind  # "a radar was knocked out"
            return (None, "") if kind == "hit" and aimed_at(phrase, predicate) else (noun, told)
    return _elided(predicate, phrase, kinds)


def _whatever(predicate: Found, phrase: Phrase) -> tuple[str, str] | None:
    """What a phrase is by its own noun: an enemy's soldiers lost, civilians that a town lost, targets struck."""
    frame = predicate.term.get("frame")
    if predicate.term.get("fighters") and "person" in phrase.heads and not _fighters(phrase):
        return "noise", ""  # "120 rescuers put it out"
    if frame in _UNDONE and phrase.amount.sort == "number" and _is(phrase, "enemy"):
        return "person", "losses"
    if frame == "lose_army" and _no_fighters(phrase):
        return "person", "killed"
    if _struck_in(phrase, predicate):
        return "settlement", "locations_struck"
    return ("object", "damaged") if _targets(phrase, predicate) else None


def _struck_in(phrase: Phrase, predicate: Found) -> bool:
    """Whether things are struck in a number of districts, by the case of the noun: «поражены склады в 143 районах»."""
    town = phrase.heads.get("settlement") if predicate.term.get("inside") else None
    several = phrase.amount.sort == "number" and phrase.amount.high != 1
    return several and town is not None and any(t.startswith("loc.") for t in town.tags)


def _object_of(phrase: Phrase, predicate: Found) -> bool:
    """Whether planes can be what a verb of hitting struck: by its group, or by their place behind it."""
    behind = predicate.term.group == "verb" and predicate.end <= phrase.start
    return behind or predicate.term.group in ("active", "passive")


def _piece(phrase: Phrase) -> bool:
    """Whether an article stands with equipment of a sort of its own, and not "a piece of equipment"."""
    head = phrase.heads.get("equipment")
    return head is not None and head.term.get("class") != "other"


def _of_no_sort(phrase: Phrase) -> bool:
    """Whether a number counts things of no told sort: "some 100 streets"."""
    thing = phrase.heads.get("object")
    if phrase.amount.sort != "number" or thing is None or thing.term.get("counted"):
        return False
    return bool(thing.term.get("vague"))


def _targets(phrase: Phrase, predicate: Found) -> bool:
    """Whether a number is of targets on the ground that a verb says were struck: "hit 80 targets in a night"."""
    thing, frame = phrase.heads.get("object"), predicate.term.get("frame")
    if thing is None or not thing.term.get("counted") or phrase.amount.sort != "number":
        return False
    struck = frame == "hit" or (frame in ("target", "damage") and predicate.term.get("degree"))
    place = "location" in phrase.heads and (frame != "hit" or predicate.term.group != "noun")
    return bool(struck) and (place or (_any_weapon(phrase) and not _in_the_air(phrase)))


def _counts_nothing(predicate: Found, phrase: Phrase) -> bool:
    """Whether a phrase is no quantity under a frame: none that fell, one told where none can be, "four couples"."""
    frame, sort = predicate.term.get("frame"), phrase.amount.sort
    if _no_attacks(predicate, phrase) or (
        "equipment" in phrase.heads and _no_tally(predicate, phrase)
    ):
        return True
    dark = frame in ("cut", "restore") and predicate.term.group != "noun"
    if frame in ("lose", "fall", "target") or (phrase.elided and (dark or frame in _NEVER_NONE)):
        if sort == "zero":
            return True  # "none failed to reach its target", "returned without conditions"
    if frame == "hit" and sort == "zero" and predicate.term.get("class"):
        return True  # "no impacts" count no weapons
    if frame == "launch" and sort == "zero" and _any_weapon(phrase):
        return True  # "the army had no targets there"
    if frame == "hit" and sort == "article" and "weapon" not in phrase.heads:
        return "location" in phrase.heads  # "it hit the restaurant, a place loved by soldiers"
    if frame == "lose_army" and sort == "article" and (_crewed(phrase) or _piece(phrase)):
        return False  # "an F-16 was lost", "four trucks and a howitzer"
    open_ = _any_weapon(phrase) and not (frame in _UNDONE and _in_the_air(phrase))
    if sort == "article" and frame == "launch" and _one_sent(predicate, phrase):
        return False  # "an Iskander was fired at the village"
    if sort in ("bare", "article") and (frame not in _SINGLES or open_):
        return not (frame == "launch" and all(map(instrumental, phrase.heads.values())))
    told = phrase.amount.start < phrase.amount.end  # "twin sisters" are two by their noun
    return sort == "number" and told and _is(phrase, "count")


def _undergoes(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a phrase is what a verb of striking or damaging was done to: its object, or its subject in the passive."""
    if predicate.term.group not in ("verb", "active", "passive"):
        return False
    if predicate.end <= phrase.start:
        return predicate.term.get("frame") == "damage" and phrase.start - predicate.end <= _OBJECT
    aux = [f for k in (1, 2, 3) if (f := scan.at(predicate.start - k, "aux")) is not None]
    return any(not f.term.get("perfect") for f in aux)


def _sent(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether one weapon is the object right behind a verb of sending, or the subject of its passive."""
    if predicate.end <= phrase.start:
        return predicate.end == phrase.start and predicate.term.group == "verb"
    aux = scan.at(predicate.start - 1, "aux")
    return aux is not None and not aux.term.get("perfect")


def _one_sent(predicate: Found, phrase: Phrase) -> bool:
    """Whether a verb of sending tells of one missile, bomb or rocket; drones are used for much else."""
    weapon = phrase.heads.get("weapon")
    sent = weapon is not None and weapon.term.get("class") in ("missile", "bomb", "rocket")
    return sent and predicate.term.group == "verb" and not predicate.term.get("named")


def _no_attacks(predicate: Found, phrase: Phrase) -> bool:
    """Whether a phrase counts no attacks under a predicate that may count some: "from two to six the city …"."""
    frame, town = predicate.term.get("frame"), phrase.heads.get("settlement")
    if frame == "hold" and not predicate.term.get("class"):
        return True
    if frame != "attack" or town is None:
        return False
    several = phrase.amount.high == 1 or any(t.endswith(("pl", "gen.sg")) for t in town.tags)
    return not several or not predicate.term.get("class")


def _is(phrase: Phrase, feature: str) -> bool:
    person = phrase.heads.get("person")
    return person is not None and bool(person.term.get(feature))


def _no_tally(predicate: Found, phrase: Phrase) -> bool:
    """Whether a verb of stopping tells nothing of an army's equipment: "the crew downed a tank"."""
    return (
        predicate.term.get("frame") == "intercept"
        and predicate.term.get("means") != "combined"
        and "weapon" not in phrase.heads
    )


def _fought(phrase: Phrase) -> bool:
    return phrase.heads["equipment"].term.get("class") in _FOUGHT


def _fighters(phrase: Phrase) -> bool:
    return bool(phrase.heads["person"].term.get("class") == "soldier")


def _no_fighters(phrase: Phrase) -> bool:
    person = phrase.heads.get("person")
    return person is not None and person.term.get("class") in ("civilian", "child", "rescuer")


def _crewed(phrase: Phrase) -> bool:
    return "weapon" in phrase.heads and phrase.heads["weapon"].term.get("class") == "aircraft"


def _any_weapon(phrase: Phrase) -> bool:
    """Whether the noun may mean a thing that is no weapon: "a threat", "a target"."""
    return "weapon" in phrase.heads and phrase.heads["weapon"].term.get("class") == "any"


def _elided(predicate: Found, phrase: Phrase, kinds: dict[str, str]) -> tuple[str | None, str]:
    """What an elided noun is under a predicate, and the kind; None where it takes none."""
    frame = predicate.term.get("frame")
    noun = None if predicate.term.get("named") else DEFAULTS.get(frame)
    if frame == "damage" and phrase.amount.more and phrase.amount.high == 1:
        noun = "weapon"  # "another wrecked a block of flats"
    # "two others were idle", "debris fell at four others"
    others = frame in ("nuclear_status", "fall") and _is(phrase, "same")
    if (phrase.named and noun is not None) or others:
        return noun, kinds[str(noun)]
    if noun is None or noun == "area" or noun not in kinds or not phrase.elided:
        return None, ""
    if frame == "imprison" and phrase.amount.sort in ("nobody", "zero"):
        return None, ""  # "nobody captured the town"
    if noun in ("weapon", "person") and not float(phrase.amount.low or 0).is_integer():
        return None, ""  # "the dollar stands at 41.5"
    people = phrase.amount.people or phrase.amount.sort == "nobody"
    if people and frame == "destroy" and phrase.amount.sort == "number":
        return "person", "killed"  # «пятеро уничтожены»
    if phrase.amount.sort in ("bare", "article") or (people and noun != "person"):
        return None, ""
    return noun, kinds[noun]


def _means(phrase: Phrase) -> bool:
    """Whether weapons stand in the case of a means, or the numeral does that counts them."""
    return phrase.amount.instrumental or instrumental(phrase.heads["weapon"])


def _in_the_air(phrase: Phrase) -> bool:
    """Whether words of their own say that a target is a weapon: "air target"."""
    head = phrase.heads["weapon"]
    return head.end - head.start > 1


def _with_weapon(predicate: Found, kind: str) -> tuple[str | None, str]:
    """A strike "with 20 missiles" launches them; any other deed with a weapon says nothing of it."""
    if predicate.term.get("lands"):
        return "weapon", "hit"  # «поцілили ракетою в будинок»
    if kind == "launched" or predicate.term.get("frame") == "hit":
        return "weapon", "launched"
    return ("weapon", kind) if predicate.term.get("frame") == "lose" else (None, "")
