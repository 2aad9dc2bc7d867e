"""Things struck: which of several only tell where another stands, and which strikes are only aimed at.

Enters: what each predicate says of objects (`objects`). Leaves: the same without those that tell only where, whether a
preposition leads an object, whether it is aimed at. Does not belong here: which predicate an object is of.
"""

from __future__ import annotations

from warledger.extraction.scan import Found, Scan

_INTO = frozenset({"acc.sg", "acc.pl"})
_DIRECT = frozenset({"nom.sg", "nom.pl", "acc.sg", "acc.pl"})
_TAKING = ("active", "passive", "verb")  # groups of predicates that take what is behind them
_LED = 3  # words between a preposition and the object that it leads
_OBLIQUE = frozenset({"dat", "ins", "loc"})
_TRIED = 2  # tokens before a predicate in which a word for an attempt stands

Key = tuple[int, str, str | None, int]
Chosen = dict[Key, tuple[float, Found, Found]]
Told = list[tuple[Key, tuple[float, Found, Found]]]


def less_places(scan: Scan, chosen: Chosen) -> Told:
    """What is said of objects, less parts of a building told by itself, and where one only stands that was hit.

    «У школі пошкоджено дах»; «ракета влучила в пором у порту».
    """
    told = [(p, f) for _, p, f in chosen.values() if led(scan, f)]
    wholes = [(p, f) for p, f in told if not f.term.get("part")]
    struck = [(p, f) for p, f in told if p.term.get("frame") == "hit" and f.tags & _INTO]
    return [
        (key, (cost, p, f))
        for key, (cost, p, f) in chosen.items()
        if not any(_whole_of(p, w, f) for q, w in wholes if q is p)
        and not any(_within(scan, w, f) for q, w in struck if q is p)
    ]


def _whole_of(predicate: Found, whole: Found, f: Found) -> bool:
    """Whether a part stands behind a verb before which the building stands."""
    return bool(f.term.get("part")) and whole.end <= predicate.start < f.start


def _within(scan: Scan, struck: Found, f: Found) -> bool:
    """Whether a thing that no verb can be into only tells where the one before it stands."""
    apart = range(struck.end, f.start)
    listed = any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in apart)
    inside = any(scan.at(i, "place_prep") for i in apart) and not f.tags & _INTO
    return struck.end <= f.start and bool(f.tags) and inside and not listed


def fired_by(scan: Scan, predicate: Found) -> bool:
    """Whether weapons themselves are the subject right before a verb of firing, and so struck: «дроны били по общежитию»."""
    before = predicate.start - 1
    return bool(predicate.term.get("onto")) and any(
        f.end == before + 1 and any(t.startswith("nom.") for t in f.tags)
        for f in scan.within("weapon", max(0, before - _TRIED), before + 1)
    )


def struck(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether a verb takes an object behind it without a preposition, by its case: «дрон уразив підстанцію»."""
    led_in = any(scan.at(i, "prep", "place_prep") for i in range(predicate.end, f.start))
    return _taken(predicate, f) and not led_in


def destroyed(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether a thing stands among losses that a verb of destroying takes: "two howitzers and a depot were destroyed"."""
    losing = predicate.term.get("frame") == "destroy" and f.term.get("class") != "vehicle"
    return losing and _taken(predicate, f) and not led(scan, f)


def _taken(predicate: Found, f: Found) -> bool:
    direct = _INTO if predicate.term.group == "active" else _DIRECT
    return predicate.term.group in _TAKING and predicate.end <= f.start and bool(f.tags & direct)


def tried(scan: Scan, predicate: Found) -> bool:
    """Whether a predicate is only what somebody tries to do: «пытались ударить по складу»."""
    return bool(scan.within("attempt", predicate.start - _TRIED, predicate.start))


def sector(scan: Scan, f: Found) -> bool:
    """Whether an object is a whole branch that strikes are aimed at, by itself: «удар по энергетике».

    So are the sites of one in the plural, where a preposition leads them: «удар по об'єктах енергетики».
    """
    told = scan.at(f.start, "object")
    if told is None or told.end != f.end:
        return False
    sites = told.term.get("sites") and bool(f.tags) and all(t.endswith(".pl") for t in f.tags)
    oblique = all(t.partition(".")[0] in _OBLIQUE for t in f.tags)
    return bool(told.term.get("sector") or (sites and (oblique or led(scan, f))))


def got_there(predicate: Found) -> bool:
    """Whether words tell that weapons got through to what they were sent at: «влучання в енергетику»."""
    noun = predicate.term.get("frame") == "hit" and predicate.term.group == "noun"
    return noun or bool(predicate.term.get("lands"))


def led(scan: Scan, f: Found) -> bool:
    """Whether a preposition of place leads the object, past its adjectives."""
    for k in range(f.start - 1, max(-1, f.start - 2 - _LED), -1):
        if scan.at(k, "place_prep") is not None:
            return True
        if _ends_words(scan, k):
            return any(not t.startswith(("nom.", "gen.")) for t in f.tags)
        token = scan.tokens[k]
        aged = token.kind == "n" and token.suffix  # "a 20-storey house"
        if not (aged or token.kind == "w") or scan.at(k, "object", "predicate", "conj", "relative"):
            return False
    return False


def _ends_words(scan: Scan, k: int) -> bool:
    """Whether a token ends a wording of a strike that takes its preposition in: «удар пришёлся по»."""
    return any(
        g.end == k + 1 and g.term.type in ("predicate", "attack_noun")
        for n in (2, 3, 4, 5)
        for g in scan.starting.get(k + 1 - n, ())
    )
