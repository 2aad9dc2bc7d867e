"""Forms: what people send. Each is shown with a token, and taken only with one.

Enters: posted fields. Leaves: pages, redirections, entries of the ledger. Does not belong here: pages that only show.
"""

from __future__ import annotations

from starlette.routing import Route

from warledger.web.forms import accounts, checking, regroup, replies, review
from warledger.web.serving import House


def routes(house: House) -> list[Route]:
    """Every form's routes."""
    made = (accounts, checking, regroup, replies, review)
    return [route for room in made for route in room.routes(house)]
