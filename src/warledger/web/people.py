"""Who asks: alone on one's own machine, a reader without an account, or somebody with one.

Enters: requests. Leaves: viewers. Does not belong here: passwords (`ledger/accounts`).
"""

from __future__ import annotations

from starlette.requests import Request

from warledger.ledger import Ledger
from warledger.web.answers import PageError, Viewer
from warledger.web.settings import Settings

ROLES = ("public", "reader", "editor", "admin")
SESSION_COOKIE = "warledger_session"


class Doors:
    """Lets people in by the ledger's accounts."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger = ledger
        self._settings = settings
        self._known = (-1, 0)

    def accounts(self) -> bool:
        """Whether anybody has an account; without any, this is one person's own machine."""
        # Every change to accounts is an entry: the count holds as long as the last entry is the same.
        head = self._ledger.browse.head()
        if self._known[0] != head:
            self._known = (head, self._ledger.accounts.count())
        return self._known[1] > 0

    @property
    def reads(self) -> str:
        """The least role that may read."""
        return "public" if self._settings.public or not self.accounts() else "reader"

    def viewer(self, request: Request) -> Viewer:
        """Who a request comes from."""
        if not self.accounts():
            return Viewer("me", "admin", alone=True)
        token = request.cookies.get(SESSION_COOKIE)
        found = self._ledger.accounts.who(token) if token else None
        return Viewer() if found is None else Viewer(found.name, found.role)

    def admitted(self, request: Request, least: str) -> Viewer:
        """Who a request comes from. Raises PageError where their role is below `least`."""
        viewer = self.viewer(request)
        admit(viewer, least)
        return viewer


def admit(viewer: Viewer, least: str) -> None:
    """Raises PageError where the viewer's role is below `least`."""
    if ROLES.index(viewer.role) < ROLES.index(least):
        if viewer.name is None:
            raise PageError(401, "log in to see this page")
        raise PageError(403, f"this page is for the role {least} and above")
