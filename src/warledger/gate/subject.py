"""The proof of what was counted: the noun of the class.

Enters: a scene and a claim. Leaves: None, or the slot at fault and the reason. Does not belong here: how
many, what was done, the weapon's model (`models`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from warledger.gate.figures import Figure, age_beside, window
from warledger.gate.models import feature, model_fault, sent
from warledger.gate.page import Page, once_a_page
from warledger.gate.scene import Fault, Scene
from warledger.gate.sent import OUTCOME_KINDS
from warledger.gate.speakers import leads_gap
from warledger.gate.words import Hit
from warledger.languages import Sense
from warledger.model import PEOPLE_KINDS, WEAPON_KINDS

_DASHES = frozenset("–—")
_ALL_ARE = 3  # tokens behind "all" in which the noun for all of them stands
_BACK = 3
_CHILD = 12  # how far the noun of children may stand from a number that leaves it out
_USUAL_SUPPLY = "power"  # what is cut off where the words leave it unsaid
_SLACK, _FAR = 10, 10_000
_GROUPS = frozenset({"child", "rescuer", "soldier"})  # told in one sentence with their number
_COUNTED = 3  # tokens between a number and its noun
_PASSAGE = 25  # a distance within which two weapons are told of in one passage
_AGED = 4  # tokens around the evidence in which an age stands
_EARLIER = 2  # the first layer that lies before the evidence's sentence
_STRIKES = {"drone_strike": "drone", "missile_strike": "missile", "air_strike": "bomb"}
_BEFALLS = frozenset({"destroy", "kill", "wound"})  # what is told of an army that loses people
_DEEDS = frozenset({"attack", "launch", "hit", "target", "assault"})
_GROWN = 18
_LEAD = 50  # tokens at the head of a page, which tell whom it is about
_CREWED = frozenset({"aircraft", "helicopter"})


def _always(name: str) -> Callable[[Sense], str | None]:
    return lambda sense: name


def _crewed(sense: Sense) -> str | None:
    return "aircraft" if feature(sense) in _CREWED else None


def _customers(sense: Sense) -> str | None:
    return "person" if sense.term.get("counted") != "settlements" else None


_Sources = tuple[tuple[str, Callable[[Sense], str | None]], ...]


def _hits(sense: Sense) -> str | None:
    """The weapon that a word for hits or debris names: "drone hits", "fragments of a missile fell"."""
    return feature(sense) if sense.term.get("frame") in ("hit", "fall") else None


_WEAPONS: _Sources = (
    ("weapon", sent),
    ("predicate", _hits),
    ("equipment", _crewed),
    ("attack_noun", lambda sense: _STRIKES.get(feature(sense) or "", feature(sense))),
)


def _no_carrier(sense: Sense) -> str | None:
    """The class of a weapon that strikes a place; planes only carry such."""
    return None if feature(sense) == "aircraft" else sent(sense)


_SENT: _Sources = (
    ("weapon", _no_carrier),
    *(row for row in _WEAPONS if row[0] not in ("weapon", "equipment")),
)


def _army(sense: Sense) -> str | None:
    soldiers = sense.term.get("frame") == "lose_army" or feature(sense) == "soldier"
    return "soldier" if soldiers else None


_PEOPLE: _Sources = (
    ("person", feature),
    ("forces", _always("soldier")),
    ("customer", _customers),
    ("nation", _always("person")),
    ("role", _always("person")),
    ("predicate", _army),
)
_THINGS: _Sources = (
    ("object", feature),
    ("equipment", _always("vehicle")),
    ("equipment", _always("military")),
    ("equipment", feature),
    ("plant", _always("nuclear")),
    ("reactor", _always("nuclear")),
    ("settlement", _always("other")),
    ("location", _always("other")),
    ("kind_word", feature),
    ("customer", _always("housing")),
    ("supply", lambda sense: {"power": "energy"}.get(feature(sense) or "", feature(sense))),
)
_LOSSES: _Sources = (
    ("equipment", feature),
    ("weapon", feature),
    ("object", feature),
    ("person", lambda sense: "personnel" if feature(sense) == "soldier" else None),
    ("forces", _always("personnel")),
)
_PIPED = frozenset({"gas", "water", "heat"})


def _piped(sense: Sense) -> str | None:
    return feature(sense) if feature(sense) in _PIPED else None


_SUPPLY: _Sources = (("supply", feature), ("predicate", feature), ("object", _piped))
_BY_WEAPON = {
    "drone": "drone_strike",
    "missile": "missile_strike",
    "bomb": "air_strike",
    "aircraft": "air_strike",
    "rocket": "shelling",
    "artillery": "shelling",
    "mlrs": "shelling",
}


def _struck_with(sense: Sense) -> str | None:
    return _BY_WEAPON.get(feature(sense) or "")


_ATTACKS: _Sources = (
    ("attack_noun", feature),
    ("predicate", feature),
    ("front_word", lambda sense: "clash"),
    ("air_arm", _always("air_strike")),
    ("weapon", _struck_with),
    ("equipment", _struck_with),
)

# Classes that stand for many: a noun of a narrower class, or none at all, may be counted under them.
_SITES = frozenset({"locations_struck", "locations_debris"})
_WIDE = {"person": "people", "any": "weapons", "other": "things"}


def sources(kind: str) -> _Sources:
    """The types of words that can name the class of a kind, and how each names it."""
    if kind == "attacks":
        return _ATTACKS
    if kind in _SITES:
        return _SENT
    if kind in WEAPON_KINDS:
        return _WEAPONS
    if kind in PEOPLE_KINDS:
        return _PEOPLE
    return {"outage": _SUPPLY, "losses": _LOSSES}.get(kind, _THINGS)


def classes(scene: Scene, first: int, past: int, *, telling: bool = False) -> set[str]:
    """The classes that the words of a token span name, for the claim's kind.

    `telling` leaves out nouns that say what happened and not to whom ("casualties", "hits").
    """
    found: set[str] = set()
    for kind, name in sources(scene.claim.kind):
        for hit in scene.page.among(kind, first, past):
            value = name(hit.sense) or _personnel(scene, hit)
            if value == "child" and (age_beside(scene.page, hit.first, hit.last) or 0) >= _GROWN:
                value = "person"
            if value is None or (telling and _says_little(hit.sense, value)):
                continue
            doer = kind == "forces" and scene.page.among("agent", hit.first - 1, hit.first)
            apart = doer or (kind == "person" and leads_gap(scene.page, hit.last))
            if not (telling and (apart or _of_predicate(scene, hit))):
                found.add(value)
    return found


def _personnel(scene: Scene, hit: Hit) -> str | None:
    """The people of an army's losses, where the words of the loss are its own: "losses for the day: 1,210 people"."""
    if scene.claim.kind != "losses" or hit.sense.term.type != "person":
        return None
    nouns = [
        h for h in scene.page.among("predicate", *scene.around) if h.sense.term.group == "noun"
    ]
    army = any(h.sense.term.get("frame") == "lose_army" for h in nouns)
    return "personnel" if army and feature(hit.sense) == "person" else None


def _of_predicate(scene: Scene, hit: Hit) -> bool:
    """Whether a noun is part of a longer predicate: "did not reach the target", «подавлено засобами РЕБ»."""
    return any(
        h.first <= hit.first and h.last >= hit.last and h.last - h.first > hit.last - hit.first
        for h in scene.page.among("predicate", max(0, hit.first - 5), hit.first + 1)
    )


def _says_little(sense: Sense, value: str) -> bool:
    term = sense.term
    if term.type in ("attack_noun", "nation", "role", "location", "settlement"):
        return True
    return value == "person" and term.get("role") == "victim"


def subject_hits(scene: Scene, first: int, past: int) -> list[Hit]:
    """The nouns among the tokens that the claim's kind can count."""
    kinds = dict.fromkeys(kind for kind, _ in sources(scene.claim.kind))
    return [hit for kind in kinds for hit in scene.page.among(kind, first, past)]


def subject_fault(scene: Scene) -> Fault | None:
    """What is wrong with the item by this span of evidence, or None where its words stand."""
    item = scene.claim.item
    if item.class_ is not None and (fault := _class_fault(scene, item.class_)) is not None:
        return fault
    return None if item.model is None else model_fault(scene, item.model)


def _class_fault(scene: Scene, wanted: str) -> Fault | None:
    named = classes(scene, *scene.layers(_BACK)[0], telling=True)
    own = named - {"any"} if wanted != "any" else named
    if own <= {"person"} and _all_said(scene, wanted):
        return None
    if own:
        if wanted in own or (wanted in _WIDE and len(own) > 1):
            return None
        if own == {"person"} and _told_by_context(scene, wanted):
            return None
        if own == {"person"} and wanted == "civilian" and _of_those_told(scene):
            return _elided_fault(scene, wanted)  # "16 civilians, among them three women"
        if own == {"person"} and wanted == "soldier" and _told_of_army(scene):
            return _elided_fault(scene, wanted)  # "an army lost 300 people"
        if scene.claim.kind != "outage":
            return Fault("class", f"the evidence names {', '.join(sorted(own))}, not {wanted}")
    if wanted != "any" and scene.claim.kind != "attacks" and _of_any(scene):
        return Fault("class", f"the evidence tells of weapons of any class, not of {wanted}")
    if _more_of_those(scene, wanted):
        return None
    return _elided_fault(scene, wanted) or _group_fault(scene, wanted)


def _told_by_context(scene: Scene, wanted: str) -> bool:
    """Whether an age tells that people are children, or the head of their list that they are civilians."""
    if wanted == "child":
        return _minors(scene)
    return wanted == "civilian" and _under_civilians(scene)


def _under_civilians(scene: Scene) -> bool:
    """Whether the head of the evidence's list tells of harmed civilians, and of no soldiers or children."""
    head = scene.page.head[scene.sentence]
    if head < 0:
        return False
    span = scene.before(head)
    people = {feature(h.sense) for h in scene.page.among("person", *span)}
    harmed = {h.sense.term.get("frame") for h in scene.page.among("predicate", *span)}
    return people - {"person"} == {"civilian"} and bool(harmed & {"kill", "wound", "casualty"})


def _more_of_those(scene: Scene, wanted: str) -> bool:
    """Whether more are told of those whom the sentence before counts, all of the class: "12 soldiers died. Another 36 …"."""
    page = scene.page
    if wanted not in _GROUPS or not (scene.among("more") or scene.among("ordinal")):
        return False
    before = scene.sentence - 1
    if before < 0 or page.paragraph[before] != page.paragraph[scene.sentence]:
        return False
    named = page.among("person", *scene.before(before))
    told = {feature(h.sense) for h in named if h.sense.term.get("role") != "victim"}
    return told == {wanted} and not page.among("person", scene.around[0], scene.past)


def _minors(scene: Scene) -> bool:
    """Whether an age under eighteen is told of the people of the evidence: "a 15-year-old girl"."""
    page = scene.page
    near = window(scene.all_figures, max(0, scene.first - _AGED), scene.past + _AGED)
    told = [f for f in near if f.glued or _parenthetic(page, f) or _aged(page, f)]
    return any(0 < f.value < _GROWN for f in told)


def _parenthetic(page: Page, figure: Figure) -> bool:
    """Whether a number stands between two commas: "her son, 8, …"."""
    past = figure.last + 1
    return "," in page.gaps[figure.first] and past < len(page.gaps) and page.breaks[past]


def _aged(page: Page, figure: Figure) -> bool:
    """Whether a word of age stands right before or behind a number: "brothers aged 6", "five-year-old"."""
    units = page.among("unit", max(0, figure.first - 2), figure.last + 2)
    told = [h for h in units if h.sense.term.get("dimension") == "age"]
    return any(h.last == figure.first - 1 or h.first == figure.last + 1 for h in told)


def _of_any(scene: Scene) -> bool:
    """Whether the evidence counts weapons of whatever class: "30 air targets"; not what reaches a target or downs it."""
    hits = [h for h in scene.among("weapon") if sent(h.sense) and _counted(scene, h)]
    return bool(hits) and all(feature(h.sense) == "any" for h in hits)


def _counted(scene: Scene, hit: Hit) -> bool:
    """Whether a number stands before a noun, and no verb between them."""
    figures = window(scene.all_figures, max(scene.first, hit.first - _COUNTED), hit.first)
    return any(not scene.page.among("predicate", f.last + 1, hit.first) for f in figures)


def _army_loses(scene: Scene) -> bool:
    """Whether the passage tells of an army's losses, or names soldiers whom something befalls."""
    page = scene.page
    if scene.claim.kind == "prisoners":
        return True
    for first, past in scene.layers(_BACK):
        frames = {h.sense.term.get("frame") for h in page.among("predicate", first, past)}
        army = [h for h in page.among("forces", first, past) if not _does(page, h)]
        if (army and frames & _BEFALLS) or "lose_army" in frames:
            return True
    soldiers = (h for h in page.among("person", *scene.around) if feature(h.sense) == "soldier")
    return any(not _does(page, h) for h in soldiers)


def _bears(scene: Scene) -> bool:
    """Whether a state or its army is told to bear the casualties: "Russia has sustained 465,000 casualties"."""
    if scene.claim.kind != "casualties":
        return False
    verbs = scene.page.among("bears", scene.first - _COUNTED, scene.first)
    return any(
        h.last >= v.first - _COUNTED
        for v in verbs
        for kind in ("nation", "forces")
        for h in scene.page.among(kind, v.first - _COUNTED, v.first)
    )


def _told_of_army(scene: Scene) -> bool:
    """Whether an army's losses are told of, or soldiers or forces stand before the evidence as those whom they befall."""
    page = scene.page
    if scene.claim.kind == "prisoners":
        return True
    spans = scene.layers(_BACK)
    hits = (h for span in spans for h in page.among("predicate", *span))
    if any(h.sense.term.get("frame") == "lose_army" for h in hits):
        return _army_loses(scene)
    before = scene.around[0], scene.first
    soldiers = [h for h in page.among("person", *before) if feature(h.sense) == "soldier"]
    told = any(not _does(page, h) for h in (*soldiers, *page.among("forces", *before)))
    return told and _army_loses(scene)


def _does(page: Page, hit: Hit) -> bool:
    """Whether those whom a noun names are the doers of what follows: "invaders attack a post office"."""
    verbs = page.among("predicate", hit.last + 1, hit.last + 1 + _COUNTED)
    cases = {tag.split(".")[0] for tag in hit.sense.tags}
    subject = not cases or bool(
        cases & {"nom", "sg", "pl"}
    )  # «окупантів ліквідували 41» did nothing
    return any(
        h.sense.term.get("frame") in _DEEDS or (subject and _takes_figure(page, h)) for h in verbs
    )


def _takes_figure(page: Page, verb: Hit) -> bool:
    """Whether a verb of harm has a number for its object: "forces killed 105 civilians"."""
    at = verb.last + 1
    harms = verb.sense.term.get("frame") in _BEFALLS and verb.sense.term.group in ("active", "verb")
    if at >= len(page.forms) or page.breaks[at]:
        return False
    digits = page.forms[at] == "figure"
    return harms and (digits or bool(page.among("number", at, at + 1)))


def _elided_fault(scene: Scene, wanted: str) -> Fault | None:
    """An elided noun: the class stands in the passage, and no other one markedly nearer."""
    nearest = _nearest(scene, wanted)
    others = {value: far for value, far in nearest.items() if value not in (*_WIDE, wanted)}
    rivals = list(others.values())
    if wanted == "person" or (wanted in _WIDE and (wanted in nearest or len(rivals) > 1)):
        return None
    if wanted == _USUAL_SUPPLY and scene.claim.kind == "outage" and not nearest:
        return None
    mixed = scene.claim.kind in _SITES and (not nearest or _by_troops(scene))
    open_kind = scene.claim.kind == "attacks" or mixed
    if open_kind and wanted == "any":
        return None
    only = others.keys() <= {"child"} and _only_civilians(scene)
    borne = wanted == "soldier" and _bears(scene)
    if borne or (wanted == "civilian" and (only or _last_group(scene) == wanted)):
        return None
    if wanted not in nearest:
        return Fault("class", f"no noun of {wanted} stands in the evidence or its passage")
    if scene.claim.kind in _SITES and wanted != "any" and rivals and min(rivals) < _PASSAGE:
        return Fault("class", f"weapons of several classes struck there, not only {wanted}s")
    if wanted == "child" and _far_child(scene, nearest):
        return Fault("class", "the noun of children stands too far, or behind one for others")
    if rivals and nearest[wanted] > min(rivals) + _SLACK:
        nearer = min(nearest, key=lambda v: nearest[v] if v not in _WIDE else _FAR)
        return Fault("class", f"the nearest noun is of {nearer}, not of {wanted}")
    return None


def _by_troops(scene: Scene) -> bool:
    """Whether troops or artillery, in the case of a means, struck together with whatever weapon is named."""
    hits = scene.page.among("forces", *scene.around)
    return any(h.sense.tags and all(t.startswith("ins.") for t in h.sense.tags) for h in hits)


def _far_child(scene: Scene, nearest: dict[str, int]) -> bool:
    """Whether the noun of children stands farther than one for others, or far from a number without a noun."""
    others = [far for value, far in nearest.items() if value != "child"]
    lone = not scene.among("person") and nearest["child"] > _CHILD
    return lone or nearest["child"] > min(others, default=_FAR)


def _group_fault(scene: Scene, wanted: str) -> Fault | None:
    """What is wrong with a group of people whose noun stands in no sentence of the evidence's."""
    person = wanted == "soldier" and scene.among("person")  # soldiers told behind people are a part
    span = (scene.around[0], scene.past) if person else scene.around
    if wanted not in _GROUPS or wanted in classes(scene, *span) or _of_those_told(scene):
        return None
    if wanted == "soldier":
        if _told_of_army(scene) or _bears(scene):
            return None
        return Fault("class", "neither an army nor its losses are told of before the evidence")
    return Fault("class", f"no noun of {wanted} stands in the evidence's sentence")


def _nearest(scene: Scene, wanted: str) -> dict[str, int]:
    """How far the nearest noun of each class stands that can be what the evidence leaves out."""
    nearest: dict[str, int] = {}
    fewer: dict[str, int] = {}
    for step, (first, past) in enumerate(scene.layers(_BACK)):
        for kind, name in sources(scene.claim.kind):
            for hit in scene.page.among(kind, first, past):
                value = name(hit.sense)
                if hit.sense.term.get("kind") == "means" and value != wanted:
                    continue  # what carried them
                if value is None or (value != wanted and _says_little(hit.sense, value)):
                    continue
                if _within_longer(scene, hit) or not _stands_for(scene, hit, step):
                    continue
                far = scene.distance(hit, step)
                told = fewer if _too_few(scene, hit) else nearest
                told[value] = min(far, told.get(value, far))
    return nearest if wanted in nearest else {**fewer, **nearest}


def _too_few(scene: Scene, hit: Hit) -> bool:
    """Whether a noun counts fewer weapons than became of them so: the missiles of "120 drones and four missiles; 100 downed"."""
    if hit.sense.term.type != "weapon" or scene.claim.kind not in OUTCOME_KINDS:
        return False
    number = window(scene.all_figures, hit.first - _COUNTED, hit.first)
    own = max((f.value for f in scene.figures), default=0.0)
    return bool(number) and number[-1].last + 1 == hit.first and number[-1].value < own


def _within_longer(scene: Scene, hit: Hit) -> bool:
    """Whether a predicate is part of a longer one that says something else: "lost their lives"."""
    return hit.sense.term.type == "predicate" and any(
        h.first <= hit.first and h.last >= hit.last and (h.first, h.last) != (hit.first, hit.last)
        for h in scene.page.among("predicate", max(0, hit.first - _COUNTED), hit.first + 1)
    )


def _stands_for(scene: Scene, hit: Hit, step: int) -> bool:
    """Whether a noun outside of the evidence can be what its number leaves out.

    A part told behind it ("four, among them three children") is not, nor an army that did the deed.
    """
    page = scene.page
    if scene.first <= hit.first < scene.past:
        return True
    if hit.sense.term.type == "forces":
        return _army_loses(scene)
    if hit.sense.term.type == "person" and _does(page, hit):
        return False
    counted = hit.sense.term.type in ("person", "weapon")
    if counted and scene.past < hit.first and not _of_whole(scene, hit):
        behind = scene.past, hit.first
        parts = any(page.among(kind, *behind) for kind in ("including", "of_them", "of_which"))
        if parts or window(scene.all_figures, *behind):
            return False
    number = window(scene.all_figures, hit.first - _COUNTED, hit.first)
    return step < _EARLIER or hit.sense.term.type != "person" or bool(number)


def _of_whole(scene: Scene, hit: Hit) -> bool:
    """Whether a noun behind the evidence tells of it all the same.

    "106 out of 128 drones", "19 of the dead were children", "four died and 39 civilians were hurt".
    """
    page = scene.page
    whole = page.among("partitive", scene.past, scene.past + 1)
    joined = page.among("conj", scene.past, hit.first)
    one = joined and not any(page.breaks[scene.past : hit.first + 1])
    return bool(whole or one or page.among("aux", hit.first - 1, hit.first))


def _of_those_told(scene: Scene) -> bool:
    """Whether the evidence counts some of those told before: "among them three women", "nine others"."""
    page = scene.page
    if any(h.sense.term.get("same") for h in page.among("person", scene.first, scene.past)):
        return True
    past = _list_start(scene)
    hits = [
        h
        for kind in ("including", "of_them", "of_which")
        for h in page.among(kind, max(0, past - 3), past)
    ]
    return any(h.last == past - 1 for h in hits)


def _list_start(scene: Scene) -> int:
    """The token at which the list of counted people begins that the evidence ends: "two girls, three boys and …"."""
    page, past = scene.page, scene.first
    while (joint := page.among("conj", past - 1, past)) or "," in page.gaps[past]:
        end = past - 1 if joint else past
        near = max(scene.around[0], end - _COUNTED)
        people = [h for h in page.among("person", near, end) if h.last == end - 1]
        listed = window(scene.all_figures, near, people[0].first) if people else []
        if not listed:
            break
        past = listed[-1].first
    return past


def _all_said(scene: Scene, wanted: str) -> bool:
    """Whether a noun of the class is said of all of them behind: "31 dead and 57 hurt, all of them civilians"."""
    page, past = scene.page, scene.around[1]
    for word in page.among("all", scene.past, past):
        opens = page.breaks[word.first] or bool(_DASHES & set(page.gaps[word.first]))
        behind = page.among("person", word.last + 1, min(past, word.last + 1 + _ALL_ARE))
        closed = [h for h in behind if h.last + 1 >= past or page.gaps[h.last + 1] != " "]
        if opens and any(h.sense.term.get("class") == wanted for h in closed):
            return wanted != "person"
    return False


def _last_group(scene: Scene) -> str | None:
    """The class of the last civilians or soldiers that the sentence names before the evidence."""
    told = [
        h.sense.term.get("class")
        for h in scene.page.among("person", scene.around[0], scene.first)
        if h.sense.term.get("class") in ("civilian", "soldier")
    ]
    return told[-1] if told else None


def _only_civilians(scene: Scene) -> bool:
    """Whether civilians are told of near by or at the head of a page that tells of them twice, or of nobody else by a plain noun."""
    near = any(
        feature(h.sense) == "civilian"
        for span in (*scene.layers(_BACK), (0, _LEAD))
        for h in scene.page.among("person", *span)
    )
    told = _told_people(scene.page)
    return near and (told["civilian"] > 1 or ("civilian" in told and "soldier" not in told))


@once_a_page
def _told_people(page: Page) -> Counter[str | None]:
    """How often the page names people of each class by a plain noun."""
    named = [h for h in page.hits.get("person", ()) if h.sense.term.get("role") != "victim"]
    return Counter(feature(h.sense) for h in named)
