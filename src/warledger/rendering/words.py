"""The slots of a claim in words for a person: what, how many, who says, when, where.

Enters: claims and their parts. Leaves: short English phrases. Does not belong here: layout, markup.
"""

from __future__ import annotations

from datetime import date

from warledger.model import (
    GROUND_KINDS,
    NUCLEAR_KINDS,
    PEOPLE_KINDS,
    WEAPON_KINDS,
    Actor,
    Claim,
    Number,
    Period,
    Quantity,
    Speaker,
)

SUBJECTS = (
    "Air attack",
    "Harm",
    "Damage and outages",
    "Nuclear safety",
    "Front",
    "Diplomacy",
    "Justice",
    "Positions",
    "Comparisons",
)

_SUBJECT_OF_KIND = {
    **dict.fromkeys(WEAPON_KINDS, "Air attack"),
    **dict.fromkeys(PEOPLE_KINDS, "Harm"),
    **dict.fromkeys(("damaged", "targeted", "outage"), "Damage and outages"),
    **dict.fromkeys(NUCLEAR_KINDS, "Nuclear safety"),
    **dict.fromkeys(GROUND_KINDS | {"losses"}, "Front"),
    "meeting": "Diplomacy",
    "legal": "Justice",
    "position": "Positions",
    "comparison": "Comparisons",
}

_CLASS = {
    "any": "air weapons",
    "aircraft": "aircraft",
    "air_strike": "air strikes",
    "drone_strike": "drone strikes",
    "missile_strike": "missile strikes",
    "shelling": "shellings",
    "clash": "clashes",
    "person": "people",
    "child": "children",
    "personnel": "personnel",
    "afv": "armoured vehicles",
    "mlrs": "rocket launchers",
    "air_defence": "air defence",
    "artillery": "artillery",
    "other": "other objects",
}
_PLURAL_CLASSES = frozenset(
    {"drone", "missile", "bomb", "rocket", "civilian", "soldier", "rescuer", "tank", "helicopter"}
    | {"ship", "vehicle"}
)
_MEANS = {
    "shot_down": "shot down",
    "suppressed": "suppressed",
    "combined": "shot down or suppressed",
}
_BOUND = {
    "at_least": "at least {}",
    "over": "more than {}",
    "about": "about {}",
    "under": "fewer than {}",
    "up_to": "up to {}",
}
_UNIT = {"count": "", "km2": " km²", "MW": " MW", "hour": " h", "percent": "%"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


KIND_NAMES = frozenset(_SUBJECT_OF_KIND)
"""Every kind of claim that has words here."""


def subject(claim: Claim) -> str:
    """The subject, one of `SUBJECTS`, under which the claim is shown."""
    return _SUBJECT_OF_KIND[claim.kind]


def what(claim: Claim) -> str:
    """What is said to have happened, without figure, place or time: `drones launched`."""
    phrase = _PHRASES.get(claim.kind, _plain)(claim)
    if claim.modality != "asserted" and claim.modality != claim.detail.get("status"):
        phrase += f" ({claim.modality})"
    return phrase


def figure(quantity: Quantity | None) -> str:
    """The figure with its bound in words: `653`, `at least 8`, `about 505 km²`; empty without one."""
    if quantity is None:
        return ""
    unit = _UNIT.get(quantity.unit, f" {quantity.unit}")
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low != high:
        return f"{number(low)} to {number(high)}{unit}"
    value = high if low is None else low
    if value is None:
        return "no exact figure"
    return _BOUND.get(quantity.bound, "{}").format(number(value) + unit)


def number(value: Number) -> str:
    """A number with thousands set apart: `1,180`."""
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def who(speaker: Speaker) -> str:
    """Who is credited, their side and the outlet that carries them: `Ihor Klymenko (UA)`."""
    name = speaker.name or "the publisher"
    side = f" ({speaker.side})" if speaker.side else ""
    via = f" via {speaker.via}" if speaker.via else ""
    return name + side + via


def by(actor: Actor | None) -> str:
    """Who did it: `by Russia`; empty when the text does not say."""
    return f"by {actor.name}" if actor else ""


def when(period: Period | None) -> str:
    """The time in words: `night of 5-6 Dec 2025`, `November 2025`; empty when unresolved."""
    if period is None:
        return ""
    try:
        start, end = date.fromisoformat(period.start[:10]), date.fromisoformat(period.end[:10])
    except ValueError:
        return f"{period.start} to {period.end}"
    if period.precision == "year":
        return str(start.year)
    if period.precision == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    night = "night of " if period.precision == "night" else ""
    return night + _days(start, end)


def where(claim: Claim) -> str:
    """The places, separated by commas."""
    return ", ".join(dict.fromkeys(place.name for place in claim.places))


def _days(start: date, end: date) -> str:
    last = f"{end.day} {_MONTHS[end.month - 1][:3]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{start.day} {_MONTHS[start.month - 1][:3]}{year} – {last}"


def _things(claim: Claim) -> str:
    """What was counted or struck, in the plural where it has one, with the model before it."""
    class_ = claim.item.class_
    if class_ is None:
        return claim.item.text or ""
    noun = _CLASS.get(class_, class_ + "s" if class_ in _PLURAL_CLASSES else class_)
    return f"{claim.item.model} {noun}" if claim.item.model else noun


def _plain(claim: Claim) -> str:
    return f"{_things(claim)} {claim.kind.replace('_', ' ')}".strip()


def _intercepted(claim: Claim) -> str:
    return f"{_things(claim)} {_MEANS.get(claim.detail.get('means', ''), 'intercepted')}"


def _lost(claim: Claim) -> str:
    return f"{_things(claim)} that came to nothing"


def _hit(claim: Claim) -> str:
    return f"{_things(claim)} that got through"


def _places_hit(claim: Claim) -> str:
    by_what = f" by {_things(claim)}" if claim.item.class_ not in (None, "any") else ""
    return f"places hit{by_what}"


def _attacks(claim: Claim) -> str:
    return _things(claim) or "attacks"


def _casualties(claim: Claim) -> str:
    return f"{_things(claim)} killed or wounded"


def _prisoners(claim: Claim) -> str:
    return "prisoners exchanged" if claim.detail.get("exchanged") else "prisoners"


def _object(claim: Claim) -> str:
    """The class of a thing, and the text's own word for it."""
    class_ = (claim.item.class_ or "other").replace("_", " ")
    return f"{class_}: {_short(claim.item.text)}" if claim.item.text else class_


def _damaged(claim: Claim) -> str:
    degree = claim.detail.get("degree", "damaged")
    return f"{_object(claim)}, {'on fire' if degree == 'fire' else degree}"


def _targeted(claim: Claim) -> str:
    return f"{_object(claim)}, said to be a target"


def _outage(claim: Claim) -> str:
    state = claim.detail.get("state", "cut").replace("cut", "cut off")
    counted = claim.detail.get("counted")
    return f"{claim.item.class_ or 'supply'} {state}" + (f", {counted}" if counted else "")


def _losses(claim: Claim) -> str:
    return f"army losses: {_things(claim)}"


_POWER_STATE = {
    "lost": "all off-site power lost",
    "restored": "off-site power restored",
    "reduced": "off-site power reduced",
    "backup": "on backup power",
}


def _nuclear_power(claim: Claim) -> str:
    state = _POWER_STATE.get(claim.detail.get("state", ""), "off-site power")
    line = claim.detail.get("line")
    return _of_plant(claim, state + (f" ({line})" if line else ""))


def _nuclear_status(claim: Claim) -> str:
    state = claim.detail.get("state", "").replace("_", " ")
    return _of_plant(claim, f"reactors: {state}" if state else "reactors")


def _nuclear_warning(claim: Claim) -> str:
    return _of_plant(claim, "warning")


def _of_plant(claim: Claim, phrase: str) -> str:
    plant = claim.detail.get("plant")
    return f"{plant}: {phrase}" if plant else phrase


def _area_captured(claim: Claim) -> str:
    return " ".join(filter(None, ("area taken", by(claim.actor))))


def _area_share(claim: Claim) -> str:
    holder = f" by {claim.actor.name}" if claim.actor else ""
    return f"share of the area held{holder}"


def _place_control(claim: Claim) -> str:
    return " ".join(filter(None, (claim.detail.get("state", "control"), by(claim.actor))))


_MEETING_FORM = {"in_person": "meeting", "call": "phone call", "video": "video call"}


def _meeting(claim: Claim) -> str:
    form = _MEETING_FORM.get(claim.detail.get("form", ""), "meeting")
    status = claim.detail.get("status")
    people = ", ".join(str(name) for name in claim.detail.get("participants", ()))
    return form + (f" {status}" if status else "") + (f": {people}" if people else "")


def _legal(claim: Claim) -> str:
    parts = (claim.detail.get("body"), claim.detail.get("act"))
    about = claim.detail.get("subject")
    phrase = ", ".join(str(part) for part in parts if part) or "act or word of law"
    return phrase + (f": {_short(about)}" if about else "")


def _position(claim: Claim) -> str:
    return str(claim.detail.get("stance") or "position")


def _comparison(claim: Claim) -> str:
    relation = str(claim.detail.get("relation", "comparison")).replace("_", " ")
    of, other = claim.detail.get("of"), claim.detail.get("with")
    return relation + (f": {_short(of)}" if of else "") + (f", against {other}" if other else "")


def _short(words: object) -> str:
    text = " ".join(str(words).split())
    return text if len(text) <= 60 else text[:59].rsplit(" ", 1)[0] + "…"


_PHRASES = {
    "intercepted": _intercepted,
    "lost": _lost,
    "hit": _hit,
    "locations_struck": _places_hit,
    "locations_debris": lambda _: "places where debris fell",
    "attacks": _attacks,
    "casualties": _casualties,
    "prisoners": _prisoners,
    "damaged": _damaged,
    "targeted": _targeted,
    "outage": _outage,
    "losses": _losses,
    "nuclear_power": _nuclear_power,
    "nuclear_status": _nuclear_status,
    "nuclear_warning": _nuclear_warning,
    "area_captured": _area_captured,
    "area_share": _area_share,
    "place_control": _place_control,
    "meeting": _meeting,
    "legal": _legal,
    "position": _position,
    "comparison": _comparison,
}
