"""The words of a brief: figures with their bounds, weapons, places, speakers, days.

Enters: claims. Leaves: short phrases in English. Does not belong here: tables.
"""

from __future__ import annotations

from datetime import date

from warledger.model import Claim, Number, Period, Quantity, StoredReport

NO_SPEAKER = "publisher's own words"
_CLASSES = {
    "drone": "drones",
    "missile": "missiles",
    "bomb": "glide and air-dropped bombs",
    "rocket": "rockets",
    "aircraft": "aircraft",
    "any": "all weapons told together",
    "person": "people",
    "civilian": "civilians",
    "child": "children",
    "soldier": "soldiers",
    "rescuer": "rescuers",
    "air_defence": "air defence",
    "afv": "armoured vehicles",
    "mlrs": "rocket launchers",
}
RESULTS = {"consistent": "consistent", "inconsistent": "inconsistent", "cannot_tell": "cannot tell"}
_UNITS = {"km2": " km²", "percent": " %", "hour": " h", "MW": " MW"}
_BOUNDS = {
    "at_least": "at least {}",
    "over": "over {}",
    "about": "about {}",
    "under": "under {}",
    "up_to": "up to {}",
}


def number(value: Number) -> str:
    """A number with thin spaces between thousands."""
    if float(value).is_integer():
        return f"{int(value):,}".replace(",", "\u202f")
    return f"{value:,}".replace(",", "\u202f")


def figure(quantity: Quantity | None, quote: str = "") -> str:
    """A quantity as its words bound it: "at least 8", "10–12", or the quotation where it is vague."""
    if quantity is None:
        return ""
    unit = _UNITS.get(quantity.unit, "")
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return f"“{' '.join(quote.split())}”"
    if quantity.bound == "range" and low is not None and high is not None:
        return f"{number(low)}–{number(high)}{unit}"
    value = low if low is not None else high
    assert value is not None
    return _BOUNDS.get(quantity.bound, "{}").format(number(value) + unit)


def weapon(class_: str) -> str:
    """A class of things counted: "drones"."""
    return _CLASSES.get(class_, class_.replace("_", " "))


def item(claim: Claim) -> str:
    """What was counted: "drones", "missiles (Kh-101)"."""
    name = weapon(claim.item.class_ or "")
    return f"{name} ({claim.item.model})" if claim.item.model else name


def speaker(claim: Claim, source: StoredReport) -> str:
    """Who says it, with the side; for words that nobody is credited with, whose own they are."""
    if claim.speaker.name is None:
        return f"{NO_SPEAKER} ({source.report.publisher or 'publisher not given'})"
    return (
        f"{claim.speaker.name} ({claim.speaker.side})" if claim.speaker.side else claim.speaker.name
    )


def places(claim: Claim) -> str:
    """The places named, in the order of the text; a dash for none."""
    return ", ".join(p.name for p in claim.places) or "—"


def day(iso: str) -> str:
    """A day: "6 December 2025"."""
    made = date.fromisoformat(iso)
    return f"{made.day} {made:%B} {made.year}"


def period(time: Period | None, published: str | None) -> str:
    """When: "night of 5–6 December 2025", "November 2025"; without one, the day of publication, so marked."""
    if time is None:
        return f"time not told; published {day(published[:10])}" if published else "time not told"
    if time.start == time.end:
        return day(time.start)
    first, last = date.fromisoformat(time.start), date.fromisoformat(time.end)
    if time.precision == "month":
        return f"{first:%B} {first.year}"
    if time.precision == "year":
        return str(first.year)
    lead = "night of " if time.precision == "night" else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{lead}{first.day}–{day(time.end)}"
    return f"{lead}{first.day} {first:%B} – {day(time.end)}"


def modality(claim: Claim) -> str:
    """A mark for what is not plainly asserted: " — denied", " — planned", " — possible"."""
    return "" if claim.modality == "asserted" else f" — {claim.modality}"
