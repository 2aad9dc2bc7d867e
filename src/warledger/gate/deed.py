"""The proof of what was done: the kind by its predicate, its state, what denies it, its modality.

Enters: a scene. Leaves: None, or the slot at fault and the reason. Does not belong here: numbers, nouns,
names.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from warledger.gate.figures import window
from warledger.gate.fought import states
from warledger.gate.order import frame_in_order
from warledger.gate.rivals import APART, frame_of, of_noun, sums_up
from warledger.gate.scene import Fault, Scene
from warledger.gate.sent import (
    OUTCOME_KINDS,
    OUTCOMES,
    all_stopped,
    done_before,
    headings,
    is_whole,
    listed_as_stopped,
    told_sent,
)
from warledger.gate.words import Hit
from warledger.model import PEOPLE_KINDS, WEAPON_KINDS

_FIRST = attrgetter("first")
FRAMES: dict[str, frozenset[str]] = {
    kind: frozenset(frames.split())
    for kind, frames in {
        "launched": "launch",
        "intercepted": "intercept destroy",
        "lost": "lose fall",
        "hit": "hit fall",
        "locations_struck": "hit damage destroy",
        "locations_debris": "fall",
        "attacks": "attack launch hit target hold assault",
        "killed": "kill destroy",
        "wounded": "wound unhurt",
        "casualties": "casualty lose_army",
        "bodies": "bodies",
        "missing": "miss",
        "rescued": "rescue",
        "evacuated": "evacuate",
        "prisoners": "imprison exchange",
        "damaged": "launch damage destroy hit target fall",
        "targeted": "target launch hit",
        "outage": "cut restore",
        "losses": "lose_army lose destroy intercept kill damage capture hit",
        "nuclear_power": "nuclear_power cut restore",
        "nuclear_status": "nuclear_status",
        "nuclear_warning": "warn",
        "area_captured": "capture liberate advance control enter",
        "area_share": "control capture hold",
        "place_control": "capture liberate enter advance encircle assault hold withdraw control",
        "meeting": "meet",
        "legal": "legal",
        "position": "position",
        "comparison": "compare",
    }.items()
}
_WEAPON_FRAMES = frozenset(["launch", "intercept", "lose", "hit", "fall", "destroy"])
_NO_FIGHTERS = ("civilian", "child", "rescuer")  # whoever loses these has them dead
_PEOPLE_FRAMES = frozenset(
    [
        "bodies",
        "kill",
        "wound",
        "casualty",
        "miss",
        "rescue",
        "evacuate",
        "imprison",
        "exchange",
        "unhurt",
    ]
)
_OF_WORDS = frozenset({"meeting", "legal", "nuclear_power", "nuclear_status"})
_WORD_FRAMES = frozenset({"meet", "legal", "nuclear_power", "nuclear_status", "cut", "restore"})
_SUFFERS = ("intransitive", "passive")
_UNHURT = frozenset(["unhurt"])  # what tells a wounded of nobody alone
_STATE_FRAMES = {
    "place_control": {
        "captured": "capture", "liberated": "liberate", "entered": "enter", "advanced": "advance",
        "encircled": "encircle", "assaulted": "assault", "held": "hold", "withdrawn": "withdraw",
    },
    "outage": {"cut": "cut", "restored": "restore"},
}  # fmt: skip
_RELATIONS = {
    "superlative": ("largest", "one_of_largest"),
    "history": ("record",),
    "such": ("record",),
    "rank_tail": ("one_of_largest",),
    "record": ("record",),
    "factor": ("double",),
    "times": ("ratio", "double"),
    "hedge": ("more_than", "less_than"),
    "upward": ("more_than",),
    "downward": ("less_than",),
    "order": ("first",),
    "order_time": ("first",),
}
_DETAILS = ("state", "act", "relation", "degree", "means", "form")
_UNSAID = frozenset({"combined", "struck", "damaged", "shot_down", "in_person", "statement"})
_UNTRUE = 6  # tokens between what is told and the words that call it untrue
_NOWHERE, _SLACK = 10_000, 0
_DENIED = 6  # tokens around two verbs in which one of them may be denied
_BACK = 2
_PARTING = (",", ";", " – ", " — ")  # marks that part a list from the next verb
_PARTS = 30  # tokens behind victims in which the dead and the hurt among them are told
_PASSING = 8  # tokens of a description between commas
_THING = 7  # tokens behind a verb of destroying in which the thing destroyed stands
_OWN = 6  # tokens behind a predicate in which its own number stands
_LEFT_OUT = 5  # words behind "all but" in which the numbers left out stand


def deed_fault(scene: Scene) -> Fault | None:
    """What is wrong with the kind, its state or its modality by this span, or None."""
    claim = scene.claim
    wanted = FRAMES.get(claim.kind)
    if wanted is None:
        return Fault("kind", f"unknown kind {claim.kind}")
    if claim.quantity is not None and claim.quantity.high != 0:
        wanted -= _UNHURT
    undivided = claim.kind == "casualties" and _dead_and_hurt(scene)
    worded = _worded(scene)
    struck = claim.kind in ("hit", "launched") and _struck_once(scene)
    if struck and claim.kind == "launched":
        return Fault("kind", "a strike that its noun tells hit what stands behind it")
    listed = all_stopped(scene) or listed_as_stopped(scene)
    by_noun = struck or (claim.kind == "attacks" and _of_attacks(scene))
    ordered = frame_in_order(scene, _family(claim.kind))
    if ordered is not None and ordered not in wanted:
        return Fault("kind", f"the order of the numbers says {ordered}, not {claim.kind}")
    if claim.kind in OUTCOME_KINDS and is_whole(scene) and not _done(scene):
        return Fault("kind", f"the number is the whole that a part was {claim.kind} of")
    shown = undivided or by_noun or listed or worded or ordered is not None
    kind = None if shown else _kind_fault(scene, wanted)
    return kind or _state_fault(scene, wanted) or _modality_fault(scene, wanted)


def _struck_once(scene: Scene) -> bool:
    """Whether the evidence is a strike with one weapon, a place or thing behind it: «удар російською ракетою по …»."""
    weapons = [h for h in scene.among("weapon") if h.sense.tags == frozenset({"ins.sg"})]
    sent = any(frame_of(h) == "launch" for h in scene.among("deed"))
    return (
        bool(scene.among("attack_noun") and weapons and not sent)
        and weapons[-1].last == scene.past - 1
        and bool(scene.page.among("place_prep", scene.past, scene.past + 1))
    )


def _of_attacks(scene: Scene) -> bool:
    """Whether a noun of attacks is counted: in the evidence ("152 engagements"), before a number alone, or by its list's head."""
    if scene.among("attack_noun"):
        return True
    if any(scene.among(kind) for kind in ("weapon", "person", "object", "equipment", "predicate")):
        return False
    spans = ((scene.around[0], scene.first), *headings(scene)[:1])
    return any(scene.page.among("attack_noun", *span) for span in spans)


def _worded(scene: Scene) -> set[str]:
    """What the wordings of the evidence tell of the kind: relations, a plant's states, a warning."""
    kind = scene.claim.kind
    if kind == "comparison":
        return _compared_as(scene)
    if kind == "nuclear_power":
        return _fed_as(scene)
    if kind == "place_control":
        return states(scene)
    told = {"nuclear_warning": ("plant_warning",), "position": ("stance", "resolve")}.get(kind, ())
    return {kind} if told and any(_said_in(scene, words) for words in told) else set()


def _said_in(scene: Scene, kind: str) -> list[Hit]:
    rows = scene.page.worded.get(kind, [])
    low = bisect_left(rows, scene.first, key=_FIRST)
    return rows[low : bisect_left(rows, scene.past, low, key=_FIRST)]


def _fed_as(scene: Scene) -> set[str]:
    """The states of a plant's power that the evidence tells: of a feed, of a line, of its generators."""
    states = {str(h.sense.term.get("state")) for h in _said_in(scene, "plant_state")}
    volts = [h for h in scene.among("unit") if h.sense.term.get("dimension") == "voltage"]
    line = _said_in(scene, "plant_line") or volts
    feed = line or _said_in(scene, "plant_feed") or _said_in(scene, "plant_power")
    told = {s for s in states & {"lost", "restored", "reduced"} if feed}
    if "lost" in states and line:
        told.add("reduced")
    if _said_in(scene, "plant_dark"):
        told.add("lost")
    return told | ({"backup"} if "backup" in states and _said_in(scene, "plant_diesel") else set())


def _compared_as(scene: Scene) -> set[str]:
    """The relations that the wordings of the evidence tell: a superlative, a ratio, more or less than before."""
    return {
        relation
        for kind, tells in _RELATIONS.items()
        for hit in _said_in(scene, kind)
        for relation in (tells if hit.sense.term.get("value") in (None, 1, 2) else ("ratio",))
    }


def _family(kind: str) -> frozenset[str]:
    if kind.startswith(
        "locations_"
    ):  # places are not launched: "recorded" says nothing against a hit
        return _WEAPON_FRAMES - {"launch"}
    if kind in WEAPON_KINDS:
        return _WEAPON_FRAMES
    if kind in PEOPLE_KINDS:
        return _PEOPLE_FRAMES
    return _WORD_FRAMES if kind in _OF_WORDS else frozenset()


def _kind_fault(scene: Scene, wanted: frozenset[str]) -> Fault | None:
    """A predicate of the kind must stand in reach, and no nearer one that makes it another kind."""
    rivals = _family(scene.claim.kind) - wanted
    if said := _says_otherwise(scene, wanted, rivals):
        return Fault("kind", f"the evidence says {said}, not {scene.claim.kind}")
    own = other = _NOWHERE
    said, part = "", _told_part(scene, wanted | rivals)
    for step, (first, past) in enumerate(scene.layers(_BACK)):
        for hit in scene.page.among("deed", first, past):
            frame = frame_of(hit)
            if frame in rivals and any(tells(scene, hit) for tells in APART):
                continue
            if (
                of_noun(scene, hit)
                or sums_up(scene, hit)
                or (part and step == 1 and not part[0] <= hit.first < part[1])
            ):
                continue  # "strike drones" have not struck; a semicolon parts what it tells
            if (frame in wanted and not _counts_otherwise(scene, hit)) or _counts_as(scene, hit):
                own = min(own, 0 if _resumes(scene, hit) else scene.distance(hit, step))
            elif frame in rivals or frame in wanted:
                far = scene.distance(hit, step)
                if far < other:
                    other, said = far, frame
        if own <= other + _SLACK and own < _NOWHERE and step:
            return None
    if scene.claim.kind == "launched" and told_sent(scene, elsewhere=other < _NOWHERE):
        return None
    if own == _NOWHERE:
        return Fault("kind", f"no word for {scene.claim.kind} stands in the sentence or before it")
    if own <= other + _SLACK or _leads_list(scene, wanted, rivals):
        return None
    return Fault("kind", f"the nearest words say {said}, not {scene.claim.kind}")


def _done(scene: Scene) -> bool:
    """Whether the number itself is told to have come to an end, before what part of it did: "483 targets, 442 drones among them"."""
    if scene.page.among("conj", scene.first - 1, scene.first):
        return True  # "not one but two"
    told = scene.page.among("of_which", scene.past, scene.past + 1)
    before = scene.page.among("deed", scene.part[0], scene.first) if told else ()
    return done_before(scene) or any(frame_of(h) in OUTCOMES for h in before)


def _told_part(scene: Scene, frames: frozenset[str]) -> tuple[int, int] | None:
    """The tokens between the semicolons around the evidence, where a predicate of its own stands there."""
    told = any(frame_of(h) in frames for h in scene.page.among("deed", *scene.part))
    return scene.part if told else None


def _says_otherwise(scene: Scene, wanted: frozenset[str], rivals: frozenset[str]) -> str | None:
    """What the evidence's own predicates tell where none of them is of the claim's kind: "one of which was downed"."""
    hits = [h for h in scene.among("deed") if not any(tells(scene, h) for tells in APART)]
    others = {frame_of(h) for h in hits if frame_of(h) in rivals or _counts_otherwise(scene, h)}
    if any(frame_of(h) in wanted and not _counts_otherwise(scene, h) for h in hits):
        return None
    if any(_counts_as(scene, h) for h in hits):
        return None
    return ", ".join(sorted(others)) or None


def _resumes(scene: Scene, hit: Hit) -> bool:
    """Whether only a part told between commas parts the evidence from its verb: "six, among them a boy, were hurt"."""
    page, at = scene.page, hit.first
    if hit.first <= scene.past or not page.breaks[scene.past]:
        return False
    part = any(
        page.among(kind, scene.past, scene.past + 1)
        for kind in ("including", "of_them", "relative")
    )
    opens = page.among("deed", scene.past, scene.past + 1)
    described = any(
        h.sense.term.group == "verb" for h in opens
    )  # "…, launched at dawn, were downed"
    if not (part or (described and page.among("aux", hit.first - 1, hit.first))):
        return False
    while at > scene.past and not page.breaks[at] and page.among("aux", at - 1, at):
        at -= 1
    return page.breaks[at]


def _dead_and_hurt(scene: Scene) -> bool:
    """Whether a conjunction or comma alone joins a verb of killing and one of wounding: "killed or injured 12"."""
    page = scene.page
    hits = page.among("deed", *scene.layers(0)[1])
    told = [h for h in hits if frame_of(h) in ("kill", "wound")]
    for a in told:
        for b in (h for h in told if h.first > a.last):
            between = range(a.last + 1, b.first)
            joined = len(between) <= 1 and all(page.among("conj", i, i + 1) for i in between)
            parted = joined and (
                between or (page.breaks[b.first] and ";" not in page.gaps[b.first])
            )
            if frame_of(a) != frame_of(b) and parted and not _denies_one(scene, a, b):
                return True
    return False


def _denies_one(scene: Scene, a: Hit, b: Hit) -> bool:
    """Whether the words around two verbs deny one of them: "two are hurt, of dead there are none"."""
    around = a.first - _DENIED, b.last + 1 + _DENIED
    return any(scene.page.among(kind, *around) for kind in ("negation", "zero", "nobody"))


def _counts_as(scene: Scene, hit: Hit) -> bool:
    """Whether a predicate tells the kind by what stands with it.

    "Six victims" are dead; weapons in the instrumental, with which somebody struck, are launched.
    """
    if scene.claim.kind == "locations_debris" and frame_of(hit) == "hit":
        return _of_debris(scene, hit) and not _beside_debris(scene)
    if scene.claim.kind == "killed":
        lost = frame_of(hit) == "lose_army" and (
            scene.claim.item.class_ in _NO_FIGHTERS or _of_ours(scene, hit)
        )
        return lost or bool(hit.sense.term.get("counted") == "kill")
    if scene.claim.kind == "hit" and frame_of(hit) == "intercept":
        return _spared(scene)
    if scene.claim.kind == "hit" and frame_of(hit) == "damage" and hit.sense.term.group in _SUFFERS:
        return True  # "Izium came under fire: two bombs"
    if scene.claim.kind == "hit" and frame_of(hit) in ("damage", "destroy"):
        done = bool(scene.among("weapon")) and _done_by(scene, hit)
        return done and (frame_of(hit) == "damage" or _takes_thing(scene, hit))
    if scene.claim.kind != "launched" or frame_of(hit) not in ("target", "hit"):
        return False
    if hit.last < scene.first and _with_it(scene, hit):
        return True
    if frame_of(hit) == "target":
        return scene.past <= hit.first
    return _instrumental(scene)


def _beside_debris(scene: Scene) -> bool:
    """Whether the evidence names weapons that came down with debris: "several rockets and fragments fell"."""
    joined = scene.page.among("conj", scene.past, scene.past + 1)
    behind = scene.page.among("debris", scene.past + 1, scene.past + 2)
    return bool(joined and behind and scene.among("weapon"))


def _split(scene: Scene) -> bool:
    """Whether dead and hurt are told apart behind the evidence, which is then both: "eight victims: two dead, six hurt"."""
    frames = {frame_of(h) for h in scene.page.among("deed", scene.past, scene.past + _PARTS)}
    return {"kill", "wound"} <= frames


def _of_debris(scene: Scene, hit: Hit) -> bool:
    """Whether debris is the subject of a verb of hitting: no other verb stands between them."""
    page = scene.page
    debris = page.among("debris", scene.around[0], hit.first)
    last = max((h.last for h in debris), default=-1)
    between = page.among("deed", last + 1, hit.first)
    return last >= 0 and not between


def _of_ours(scene: Scene, hit: Hit) -> bool:
    """Whether those who tell it, or a town, are who lost people: "we lost two people"."""
    page, first = scene.page, hit.first
    while page.among("aux", first - 1, first):
        first -= 1
    told = page.among("pronoun", first - 1, first)
    ours = any(h.sense.term.get("own") for h in told)
    return scene.claim.item.class_ == "person" and bool(
        ours or page.among("region_noun", first - 1, first)
    )


def _instrumental(scene: Scene) -> bool:
    """Whether the weapons of the evidence stand in the case of a means, or the numeral that counts them."""
    tagged = [h for kind in ("weapon", "number") for h in scene.among(kind) if h.sense.tags]
    return any(all(t.startswith("ins.") for t in h.sense.tags) for h in tagged)


def _counts_otherwise(scene: Scene, hit: Hit) -> bool:
    """Whether a predicate of the claim's kind tells another one by what stands with it.

    Weapons with which somebody struck are launched and have not hit; debris that fell hit nothing and was not lost; those
    of whom a number are victims are dead.
    """
    if scene.claim.kind == "locations_debris":
        return _beside_debris(scene)  # a number of weapons is none of places
    if scene.claim.kind == "casualties":
        some = scene.claim.quantity is not None and scene.claim.quantity.high != 0
        return some and hit.sense.term.get("counted") == "kill" and not _split(scene)
    if scene.claim.kind in ("hit", "lost") and frame_of(hit) in ("fall", "damage"):
        near = max(scene.around[0], hit.first - _PASSING), hit.last + 2
        if scene.page.among("debris", *near) and not _beside_debris(scene):
            return True
    if scene.claim.kind != "hit" or frame_of(hit) == "fall":
        return False
    if _of_debris(scene, hit) and not _beside_debris(scene):
        return True
    return hit.last < scene.first and (_with_it(scene, hit) or _instrumental(scene))


def _done_by(scene: Scene, hit: Hit) -> bool:
    """Whether the evidence is the subject of a verb in the active voice: "a drone tore through the roof"."""
    between = scene.page.among("aux", scene.past - 1, hit.first)
    passive = any(not h.sense.term.get("perfect") for h in between)
    return scene.first < hit.first and not passive


def _takes_thing(scene: Scene, hit: Hit) -> bool:
    """Whether an active verb's object is a thing right behind it: "a bomb levelled a school"."""
    page, past = scene.page, min(hit.last + 1 + _THING, len(scene.page.keys))
    if hit.sense.term.group not in ("active", "verb"):
        return False
    things = [
        h.first for kind in ("object", "equipment") for h in page.among(kind, hit.last + 1, past)
    ]
    behind = range(hit.last + 1, min(things, default=hit.last + 1))
    led = any(page.among(kind, at, at + 1) for kind in ("prep", "place_prep") for at in behind)
    return bool(things) and not led and not any(page.breaks[at] for at in behind)


def _with_it(scene: Scene, hit: Hit) -> bool:
    """Whether the weapons stand right behind "with", or are joined to others there: "with ten drones and two missiles"."""
    preps = scene.page.among("prep", hit.last + 1, scene.first)
    means = [h.last for h in preps if h.sense.term.get("means")]
    if any(scene.first - n in means for n in (1, 2, 3)):  # "with a record 728 drones"
        return True
    if not means:
        return False
    joined = scene.page.among("conj", scene.first - 1, scene.first)
    return bool(joined) or _in_list(scene, means[-1] + 1)


def _in_list(scene: Scene, first: int) -> bool:
    """Whether the evidence goes on a list of weapons that begins at a token: "with two Kinzhals, nine Iskanders"."""
    page, past = scene.page, scene.first
    opens = bool(window(scene.all_figures, first, first + 1))
    parted = any(mark in page.gaps[at] for at in range(first, past + 1) for mark in ";:.")
    return opens and not parted and not page.among("predicate", first, past)


def _spared(scene: Scene) -> bool:
    """Whether the number is left out of those stopped: "downed all but 26 drones and five missiles"."""
    last = [h.last for h in scene.page.among("except", *scene.around)]
    joined = bool(scene.page.among("conj", scene.first - 1, scene.first))
    return scene.first - 1 in last or (
        joined and any(0 < scene.first - n <= _LEFT_OUT for n in last)
    )


def _leads_list(scene: Scene, wanted: frozenset[str], rivals: frozenset[str]) -> bool:
    """Whether the last predicate before the evidence is of the kind, and the next one is parted from it by a comma.

    "Intercepted 585 drones and 30 missiles, but some strikes …": the list before the comma belongs to its own verb.
    """
    first, past = scene.layers(0)[1]
    hits = [h for h in scene.page.among("deed", first, past) if frame_of(h) in wanted | rivals]
    starts, ends = scene.page.starts, scene.page.ends
    before = [h for h in hits if h.last < scene.first]
    after = [h for h in hits if h.first >= scene.past]
    if not before or not after:
        return False
    if frame_of(before[-1]) not in wanted and not _counts_as(scene, before[-1]):
        return False
    between = scene.page.text[ends[scene.past - 1] : starts[after[0].first]]
    return any(mark in between for mark in _PARTING) or _opens_clause(scene, after[0])


def _opens_clause(scene: Scene, hit: Hit) -> bool:
    """Whether a conjunction stands right before a predicate with a number of its own behind it: "… and wounded nine"."""
    joined = scene.page.among("conj", hit.first - 1, hit.first)
    return bool(joined) and bool(window(scene.all_figures, hit.last + 1, hit.last + 1 + _OWN))


def _state_fault(scene: Scene, wanted: frozenset[str]) -> Fault | None:
    """Whether a predicate of the kind says the state claimed; the nearest layer that has any decides."""
    for key in _DETAILS if scene.claim.detail else ():
        value = scene.claim.detail.get(key)
        if value is None:
            continue
        said: set[str] = set()
        for first, past in scene.layers(_BACK):
            hits = scene.page.among("deed", first, past)
            said |= {s for h in hits if frame_of(h) in wanted for s in _says(scene, h, key)}
            if key in ("relation", "state"):
                said |= _worded(scene)
            if key == "form":
                said |= {
                    str(h.sense.term.get(key)) for h in scene.page.among("medium", first, past)
                }
            if key == "means" and scene.page.among("jammer", first, past):
                said.add("suppressed")
            if value in said:
                break
        if said and value not in said and value not in _UNSAID:
            return Fault(key, f"the words say {', '.join(sorted(said))}, not {value}")
    return None


def _says(scene: Scene, hit: Hit, key: str) -> set[str]:
    """What a predicate says of a detail: by its own feature, or by its frame."""
    value = hit.sense.term.get(key)
    said = {str(value)} if value is not None else set()
    if key == "degree" and frame_of(hit) == "destroy":
        said.add("destroyed")
    if key == "state":
        by_frame = _STATE_FRAMES.get(scene.claim.kind, {})
        said |= {state for state, frame in by_frame.items() if frame == frame_of(hit)}
        if scene.claim.kind == "place_control" and frame_of(hit) == "control":
            said.add("held")
    return said


def _modality_fault(scene: Scene, wanted: frozenset[str]) -> Fault | None:
    modality = scene.claim.modality
    if modality == "asserted":
        return _negated_fault(scene, wanted)
    if modality == "denied":
        denied = _denial_stands(scene, wanted)
        return None if denied else Fault("modality", "nothing near the evidence denies it")
    for first, past in scene.layers(_BACK):
        if scene.page.among(modality, first, past):
            return None
        hits = scene.page.among("deed", first, past)
        if any(h.sense.term.get("status") == modality or frame_of(h) == "warn" for h in hits):
            return None
    return Fault("modality", f"no word for {modality} stands near the evidence")


def _denial_stands(scene: Scene, wanted: frozenset[str]) -> bool:
    """Whether the sentence says that it is not so, or its predicate is negated; none that are told are no denial."""
    page = scene.page
    if page.among("denial", *scene.around) or any(
        h.sense.term.get("stance") == "denies" for h in page.among("says", *scene.around)
    ):
        return True
    quantity = scene.claim.quantity
    if quantity is not None and quantity.high == 0:
        return False
    hits = [h for h in page.among("deed", *scene.around) if frame_of(h) in wanted]
    nearest = min(hits, key=scene.distance, default=None)
    if nearest is not None and scene.negated(nearest.first, nearest.last + 1):
        return True
    return scene.counts_nothing() or scene.negated(scene.first, scene.past)


def _negated_fault(scene: Scene, wanted: frozenset[str]) -> Fault | None:
    """An asserted number above zero whose every near predicate is denied is not asserted."""
    quantity = scene.claim.quantity
    if scene.claim.kind == "position" or (quantity is not None and quantity.high == 0):
        return None  # a refusal or a denial is a position
    first, past = scene.layers(0)[1]
    if _denied_beside(scene) or _called_false(scene):
        return Fault("modality", "a denial stands in the evidence's own clause")
    hits = [h for h in scene.page.among("deed", first, past) if frame_of(h) in wanted]
    if hits and _worded(scene):  # what the evidence tells by itself no verb beside it denies
        hits = [h for h in hits if scene.first <= h.first < scene.past]
    if not hits:
        return None
    nearest = min(hits, key=scene.distance)
    if scene.negated(nearest.first, nearest.first + 1):
        return Fault("modality", "the predicate is denied where the evidence stands")
    return None


def _called_false(scene: Scene) -> bool:
    """Whether the clause calls what the evidence tells untrue: "called false the report of a downed F-35"."""
    page = scene.page
    for hit in page.among("denial", *scene.around):
        low, high = (
            (hit.last + 1, scene.first) if hit.last < scene.first else (scene.past, hit.first)
        )
        if 0 <= high - low <= _UNTRUE and not any(page.breaks[low : high + 1]):
            return True
    return False


def _denied_beside(scene: Scene) -> bool:
    """Whether a verb of denial stands right before or behind the evidence, in one clause with it."""
    page = scene.page
    around = max(0, scene.first - 2), min(len(page.keys), scene.past + 2)
    hits = [h for h in page.among("says", *around) if h.sense.term.get("stance") == "denies"]
    return any(
        scene.distance(h) <= 2
        and not any(page.breaks[min(h.last, scene.past - 1) + 1 : max(h.first, scene.first) + 1])
        for h in hits
    )
