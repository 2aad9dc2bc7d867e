"""What a server is told at its start.

Enters: options. Leaves: frozen settings. Does not belong here: accounts, which live in the ledger's own rooms.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from warledger.errors import UsageError

Publication = Literal["all", "reviewed", "signed"]
BODY_LIMIT = 1_000_000


def _now() -> datetime:
    return datetime.now(UTC)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`publication` says which claims readers without an account see: all, reviewed once, signed by two.

    `public` serves such readers, and nobody else, without a login; without it and with accounts every page asks
    for one. `body_limit` is in bytes. `secret` signs forms; it lives as long as the server.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    public: bool = False
    publication: Publication = "all"
    body_limit: int = BODY_LIMIT
    secret: bytes = msgspec.field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], datetime] = _now


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def permit(settings: Settings, *, accounts: int) -> None:
    """Raises UsageError for a server that others could reach while nobody has an account on it."""
    if not is_loopback(settings.host) and not accounts:
        raise UsageError(
            f"{settings.host} can be reached from other machines, and the ledger has no accounts; make one with: "
            "warledger account add NAME --role admin"
        )
