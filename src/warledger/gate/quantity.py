"""The proof of a claim's quantity: its number, the wording of its bound, its unit.

Enters: a scene (a span of evidence on a page) and the quantity claimed. Leaves: None, or the
slot at fault and the reason. Does not belong here: what was counted, who counted it.
"""

from __future__ import annotations

from itertools import pairwise

from warledger.gate.figures import Figure, is_range, window
from warledger.gate.page import Page
from warledger.gate.scales import shared
from warledger.gate.scene import Fault, Scene
from warledger.gate.subject import subject_hits
from warledger.gate.words import Hit
from warledger.model import Quantity

_DIMENSIONS = {"km2": "area", "hour": "duration", "MW": "power", "percent": "percent"}
_BORROWED = 2  # sentences before the evidence from which a unit carries over
_COUNTED = 4  # how far behind its number a noun may stand
_OLDEST = 110
_OF_VERB = (
    "exchange",
    "attack",
    "damage",
    "target",
    "control",
    "capture",
    "liberate",
)  # frames of verbs that end in such a word
_GROWN = 6  # tokens between "rose" and the value that a number rose to
_HARM = frozenset({"kill", "wound", "casualty"})
_LOOSE_BEFORE, _LOOSE_AFTER = 6, 5


def quantity_fault(scene: Scene, quantity: Quantity) -> Fault | None:
    """What is wrong with the quantity by this span of evidence, or None where it is proved."""
    if (fault := _shape_fault(quantity)) is not None:
        return fault
    if quantity.low is None and quantity.high is None:
        return _open_fault(scene, quantity)
    if quantity.bound == "range":
        return _range_fault(scene, quantity)
    value = float(next(end for end in (quantity.low, quantity.high) if end is not None))
    measured = [b for f in scene.figures for b in _borrowed(scene, f, quantity.unit)]
    measured += [f for f in scene.figures if _of_hundred(scene, f, quantity.unit)]
    nothing = [h for h in scene.among("zero") if value]
    standing = [
        f
        for f in measured
        if (_of_hundred(scene, f, quantity.unit) or _measures(f, quantity.unit))
        and not (quantity.unit == "count" and _of_hundred(scene, f, "percent"))
        and _equal(f, value)
        and not any(h.first <= f.first <= h.last for h in nothing)
    ]
    if standing:
        faults = [_bound_fault(scene, figure, quantity) for figure in standing]
        return None if None in faults else faults[0]
    if _implied(scene, value, quantity) or _at_scale(scene, value, quantity):
        return None
    return Fault("quantity", f"{value:g} does not stand in the evidence as {quantity.unit}")


def _at_scale(scene: Scene, value: float, quantity: Quantity) -> bool:
    """Whether a figure of the evidence is the value by the word for thousands that its list shares."""
    counts = quantity.unit == "count" and quantity.bound == "exact"
    return counts and any(shared(scene, f) == value for f in scene.figures)


def _shape_fault(quantity: Quantity) -> Fault | None:
    low, high, bound = quantity.low, quantity.high, quantity.bound
    right = {
        "exact": low is not None and low == high,
        "at_least": low is not None and high is None,
        "over": low is not None and high is None,
        "under": low is None and high is not None,
        "up_to": low is None and high is not None,
        "about": low == high,
        "range": low is not None and high is not None and low < high,
        "vague": low is None and high is None,
    }[bound]
    if not right:
        return Fault("bound", f"{bound} does not go with {low} and {high}")
    ends = [end for end in (low, high) if end is not None]
    if quantity.unit == "count" and any(end != int(end) for end in ends):
        return Fault("quantity", f"{ends[0]:g} is no count of whole things")
    return None


def _equal(figure: Figure, value: float) -> bool:
    """Whether the figure is the value; one that was converted may be rounded to two places."""
    stated = figure.value * figure.factor
    return abs(stated - value) <= (1e-9 if figure.factor == 1 else 0.0051)


def _measures(figure: Figure, unit: str) -> bool:
    dimension = figure.unit.sense.term.get("dimension") if figure.unit else None
    if unit == "count":
        return dimension in (None, "occasion")
    return dimension == _DIMENSIONS.get(unit, unit)


def _of_hundred(scene: Scene, figure: Figure, unit: str) -> bool:
    """Whether the sign for "of a hundred" stands right behind a figure that has no unit word."""
    page = scene.page
    behind = page.text[page.ends[figure.last] : page.ends[figure.last] + 2]
    return unit == "percent" and figure.unit is None and behind.strip().startswith("%")


def _borrowed(scene: Scene, figure: Figure, unit: str) -> list[Figure]:
    """A figure without a unit takes one that the sentence or those before gave ("of which 37")."""
    if unit == "count" or (figure.unit is not None and not _of_time(scene, figure)):
        return [figure]
    wanted = _DIMENSIONS.get(unit, unit)
    first = scene.before(scene.sentence - _BORROWED)[0]
    return [
        figure._replace(unit=f.unit, factor=f.factor)
        for f in window(scene.all_figures, first, figure.first)
        if f.unit is not None and f.unit.sense.term.get("dimension") == wanted
    ]


def _of_time(scene: Scene, figure: Figure) -> bool:
    """Whether the word behind a figure opens a time of its own: "against 111 a week earlier"."""
    return any(h.first == figure.last + 1 for h in scene.page.worded.get("prior", ()))


def counting(scene: Scene) -> list[Figure]:
    """The figures of the evidence that count things: no ages, no dates, no distances."""
    return [f for f in scene.figures if f.unit is None and not f.glued]


def _open_fault(scene: Scene, quantity: Quantity) -> Fault | None:
    page = scene.page
    if quantity.bound == "about":
        words = page.among("bound", scene.first, scene.past)
        near = any(h.sense.term.get("bound") == "about" for h in words) or page.among(
            "share_word", scene.first, scene.past
        )
        return None if near else Fault("bound", "no word for an approximation in the evidence")
    if scene.claim.kind == "outage" and not counting(scene):
        return None
    first, past = scene.around
    if page.among("vague_number", first, past):
        return None
    return Fault("quantity", "no word for an open number stands in the sentence")


def _range_fault(scene: Scene, quantity: Quantity) -> Fault | None:
    low, high = float(quantity.low or 0), float(quantity.high or 0)
    figures = scene.figures
    for left, right in pairwise(figures):
        if not is_range(scene.page, left, right) or not _measures(right, quantity.unit):
            continue
        if _equal(right, high) and any(abs(end - low) <= 0.0051 for end in _left_ends(left, right)):
            return None
    return Fault("quantity", f"no range from {low:g} to {high:g} stands in the evidence")


def _left_ends(left: Figure, right: Figure) -> set[float]:
    """What the left end of a range may be: it shares the right one's unit and multiplier."""
    stated = left.value * (left.factor if left.unit else right.factor)
    scales = {10.0**power for power in (3, 6, 9) if right.value >= 10.0**power}
    return {stated, *(stated * s for s in scales if left.value * s <= right.value)}


def _bound_fault(scene: Scene, figure: Figure, quantity: Quantity) -> Fault | None:
    """Whether the wording of the bound stands with this figure, and none is lost."""
    tight, loose = bounds_of(scene, figure)
    if quantity.bound == "exact":
        if tight:
            return Fault("bound", f"the number stands with the wording of {sorted(tight)[0]}")
        if _in_range(scene, figure):
            return Fault("bound", "the number is one end of a range")
        return None
    if quantity.bound in loose:
        return None
    return Fault("bound", f"no wording of {quantity.bound} stands with the number")


def _in_range(scene: Scene, figure: Figure) -> bool:
    figures = window(scene.all_figures, max(0, figure.first - 3), figure.last + 4)
    at = [f.first for f in figures].index(figure.first)
    after = at + 1 < len(figures) and is_range(scene.page, figure, figures[at + 1])
    before = at > 0 and is_range(scene.page, figures[at - 1], figure)
    glued = before and figure.first == figures[at - 1].last + 1 and _tight_dash(scene, figure)
    return (after and _tight_dash(scene, figures[at + 1])) or glued


def _tight_dash(scene: Scene, right: Figure) -> bool:
    return " " not in scene.page.gaps[right.first]


def bounds_of(scene: Scene, figure: Figure) -> tuple[set[str], set[str]]:
    """The bounds worded directly at a figure, and those that stand near it with no other between."""
    page = scene.page
    tight: set[str] = set()
    for sign, sense in page.words.signs:
        after = sense.term.get("position") == "after"
        if _signed(page, figure, sign, after=after):
            tight.add(str(sense.term.get("bound")))
    loose = set(tight)
    before = figure.first - _LOOSE_BEFORE
    hits = page.among("bound", max(0, before), figure.last + _LOOSE_AFTER + 1)
    for hit in (h for h in hits if not (_of_verb(page, h) or _ends_before(page, h, figure))):
        position = hit.sense.term.get("position")
        bound = hit.sense.term.get("bound")
        if position == "after" and hit.first > figure.first:
            if hit.last > figure.last and any(page.breaks[figure.last + 1 : hit.first]):
                continue
            if window(scene.all_figures, figure.last + 1, hit.first):
                continue
            loose.add(bound)
            if hit.first <= _end(figure) + 1:
                tight.add(bound)
        elif position != "after" and hit.last < figure.first:
            if window(scene.all_figures, hit.last + 1, figure.first):
                continue
            if any(page.breaks[hit.last + 1 : figure.first + 1]):
                continue
            if bound == "up_to" and _grown(scene, hit.first):
                continue  # "rose to 14" is 14
            loose.add(bound)
            if all(scene.transparent(at) for at in range(hit.last + 1, figure.first)):
                tight.add(bound)
    return tight, loose


def _of_verb(page: Page, hit: Hit) -> bool:
    """Whether a word of a bound ends a verb ("handed over 26", "came under two shellings"), or opens a report's topic."""
    if hit.sense.term.get("topic") and any(
        h.last == hit.first - 1
        for kind in ("statement", "information")
        for h in page.among(kind, max(0, hit.first - 3), hit.first)
    ):
        return True
    return any(
        h.first < hit.first and h.last == hit.last and h.sense.term.get("frame") in _OF_VERB
        for h in page.among("predicate", max(0, hit.first - 3), hit.first)
    )


def _ends_before(page: Page, hit: Hit, figure: Figure) -> bool:
    """Whether a word of a bound ends the sentence before a figure: «з 4-го по 6-й поверх. Троє …»."""
    apart = page.sentence[hit.last] < page.sentence[figure.first]
    return apart and any("." in gap for gap in page.gaps[hit.last + 1 : figure.first + 1])


def _signed(page: Page, figure: Figure, sign: str, *, after: bool) -> bool:
    """Whether a mark stands right at a figure: before it, or behind it with no further figure."""
    if not after:
        return page.gaps[figure.first].endswith(sign)
    text, end = page.text, page.ends[figure.last]
    return text[end : end + 1] == sign and not text[end + 1 : end + 2].isdigit()


def _grown(scene: Scene, at: int) -> bool:
    """Whether a word for growing stands shortly before a token, or right behind what is counted."""
    page = scene.page
    behind = page.among("grows", scene.past, scene.past + 1)
    if behind and not page.breaks[scene.past]:
        return True  # "to two rose the number of the dead"
    if any(dash in page.gaps[at] for dash in "–—") and page.among("grows", scene.around[0], at):
        return True  # "the dead rose to 14, the hurt – to 60"
    grows = page.among("grows", max(0, at - _GROWN), at)
    return any(not any(page.breaks[h.last + 1 : at + 1]) for h in grows)


def _end(figure: Figure) -> int:
    return figure.unit.last if figure.unit else figure.last


def _implied(scene: Scene, value: float, quantity: Quantity) -> bool:
    """Numbers without a number: "a drone hit", "nobody was hurt", "an hour"."""
    page, first, past = scene.page, scene.first, scene.past
    if quantity.bound != "exact":
        return False
    if quantity.unit != "count":
        units = page.among("unit", first, past)
        wanted = _DIMENSIONS.get(quantity.unit)
        return any(
            h.sense.term.get("dimension") == wanted
            and abs(float(h.sense.term.get("factor") or 1) - value) < 1e-6
            for h in units
        )
    if value == 0:
        return scene.counts_nothing() or (not counting(scene) and _told_of_none(scene))
    pairs = [h for h in scene.among("person") if h.sense.term.get("count") == 2]
    if value == 2 and pairs:  # a couple
        return not any(f.first < pairs[0].first for f in counting(scene))
    return value == 1 and _single(scene) and not (scene.counts_nothing() or _spared(scene))


def _spared(scene: Scene) -> bool:
    """Whether the evidence's verb of harm is denied, right before it or by itself: "people were not hurt", "unharmed"."""
    told = {h.first: h.sense.term.get("frame") for h in scene.among("predicate")}
    return "unhurt" in told.values() or any(
        frame in _HARM and scene.page.among("negation", at - 1, at) for at, frame in told.items()
    )


def _told_of_none(scene: Scene) -> bool:
    """Whether the predicate of the evidence is denied, or is itself a denial ("unharmed")."""
    first, past = scene.first, scene.past
    unhurt = any(h.sense.term.get("frame") == "unhurt" for h in scene.among("predicate"))
    after = scene.page.among("negation", past, past + _COUNTED)
    near = any(not any(scene.page.breaks[past : h.first + 1]) for h in after)
    return unhurt or near or scene.negated(first, past)


def _between_commas(scene: Scene, figure: Figure) -> bool:
    """Whether a figure stands alone between two marks as an age does: "Serhii Lysenko, 29, died"."""
    breaks, after = scene.page.breaks, figure.last + 1
    closed = after < len(breaks) and breaks[after]
    return bool(breaks[figure.first] and closed and figure.value < _OLDEST)


def _single(scene: Scene) -> bool:
    """Whether the evidence tells of one: a noun in the singular that no number counts, or no number."""
    figures = [f for f in counting(scene) if not _between_commas(scene, f)]
    if not figures:
        return True
    for hit in subject_hits(scene, scene.first, scene.past):
        tags = hit.sense.tags
        if tags and not any(tag.endswith("sg") for tag in tags):
            continue
        if not window(figures, max(scene.first, hit.first - _COUNTED), hit.first):
            return True
    return False
