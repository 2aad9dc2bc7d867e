"""The columns that tables of claims are put together from: a heading, and a claim's cell under it.

Enters: claims. Leaves: cells. Does not belong here: which columns a page has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from warledger.charts.words import _
from warledger.model import StoredClaim
from warledger.web.wording import Wording


class Cell(msgspec.Struct, frozen=True):
    """Words of a table, where they lead, and whether they are quoted from a report of that language."""

    text: str
    url: str | None = None
    lang: str | None = None
    quoted: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column: its heading in English, and what it holds of a claim."""

    heading: str
    cell: Callable[[StoredClaim, Wording], Cell]


class Group(msgspec.Struct, frozen=True):
    """A table under a heading, its rows in the order of the page's columns; `note` says what is in it."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def headings(columns: Sequence[Column], say: Wording) -> tuple[str, ...]:
    """The headings in the reader's language."""
    return tuple(say(column.heading) for column in columns)


def line(columns: Sequence[Column], stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    """A claim as a row."""
    return tuple(column.cell(stored, say) for column in columns)


def _when(stored: StoredClaim, say: Wording) -> Cell:
    claim = stored.claim
    if claim.time is None:
        published = say.day(stored.source.report.published)
        return Cell(say("published {day}", day=published) if published else "—")
    return Cell(say.period(claim.time), f"/day/{claim.time.end[:10]}")


def _words(stored: StoredClaim, say: Wording) -> Cell:
    quote = " ".join(stored.claim.evidence[0].quote.split())
    return Cell(quote, f"/claim/{stored.id}", stored.source.report.lang, quoted=True)


def _state(stored: StoredClaim, say: Wording) -> Cell:
    claim = stored.claim
    state = say.term(str(claim.detail.get("state") or "")) or say.kind(claim.kind)
    return Cell(state if claim.modality == "asserted" else f"{state} ({say.term(claim.modality)})")


def _figure(stored: StoredClaim, say: Wording) -> Cell:
    return Cell(say.figure(stored.claim.quantity, stored.claim.evidence[0].quote) or "—")


def _people(stored: StoredClaim, say: Wording) -> Cell:
    names = ", ".join(str(name) for name in stored.claim.detail.get("participants", ()))
    return Cell(names or say("participants not named"))


def _status(stored: StoredClaim, say: Wording) -> Cell:
    return Cell(say.term(str(stored.claim.detail.get("status") or stored.claim.modality)))


def told(name: str) -> Callable[[StoredClaim, Wording], Cell]:
    """A detail in the report's own words."""
    return lambda stored, say: Cell(str(stored.claim.detail.get(name) or "—"))


def term(name: str) -> Callable[[StoredClaim, Wording], Cell]:
    """A detail that is one of fixed values."""
    return lambda stored, say: Cell(say.term(str(stored.claim.detail.get(name) or "")) or "—")


WHEN = Column(_("When"), _when)
WORDS = Column(_("Words"), _words)
WHO_SAYS = Column(
    _("Who says"), lambda s, say: Cell(say.who(s.claim.speaker, s.source.report.publisher))
)
WHERE = Column(
    _("Where"), lambda s, say: Cell(", ".join(place.name for place in s.claim.places) or "—")
)
WHAT = Column(_("What"), _state)
FIGURE = Column(_("Figure"), _figure)
BY_WHOM = Column(_("By whom"), lambda s, say: Cell(s.claim.actor.name if s.claim.actor else "—"))
WHO = Column(_("Who"), _people)
HOW = Column(_("How"), term("form"))
HELD = Column(_("Held or planned"), _status)
BODY = Column(_("Body"), told("body"))
ACT = Column(_("Act"), term("act"))
ABOUT = Column(_("Subject"), told("subject"))
STANCE = Column(_("Stance"), term("stance"))
