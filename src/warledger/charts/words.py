"""The words that charts hold, in English; a skin in another language translates them.

Enters: nothing. Leaves: tables. Does not belong here: translations.
"""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a message for extraction; it is translated where it is shown."""
    return message


LABELS = {
    "launched": _("launched"),
    "intercepted": _("intercepted"),
    "lost": _("came to nothing"),
    "hit": _("got through"),
    "day": _("day"),
    "weapon": _("weapon"),
    "figure": _("figure"),
    "brush": _("drag here to choose a span"),
    "rate": _("intercepted, %"),
    "side": _("side of the speaker"),
    "what": _("what"),
    "who": _("who says"),
    "state": _("state"),
    "claims": _("claims"),
    "area": _("area"),
    "place": _("place"),
    "of_area": _("claims naming the area"),
    "of_place": _("claims naming the place"),
    "phrase": _("words that placed it"),
}
