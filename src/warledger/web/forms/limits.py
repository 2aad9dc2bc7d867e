"""How often one address may send a form.

Enters: requests. Leaves: nothing, or a `PageError`. Does not belong here: who somebody is.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime

from starlette.requests import Request

from warledger.web.answers import PageError

MOST_ADDRESSES = 10_000


class Limit:
    """At most `times` in `seconds` from one address, and fifty times as often from all together. Kept in memory only."""

    def __init__(self, times: int, seconds: int) -> None:
        self._times = times
        self._seconds = seconds
        self._sent: dict[str, deque[float]] = {}

    def check(self, request: Request, now: datetime) -> None:
        """Counts a form. Raises PageError (429) where it is one too many."""
        address = request.client.host if request.client else "?"
        if len(self._sent) > MOST_ADDRESSES:
            self._sent.clear()
        for key, most in ((address, self._times), ("", 50 * self._times)):
            times = self._sent.setdefault(key, deque())
            while times and times[0] < now.timestamp() - self._seconds:
                times.popleft()
            if len(times) >= most:
                raise PageError(429, "too many forms in a short time; try again later")
            times.append(now.timestamp())
