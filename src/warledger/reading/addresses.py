"""Which addresses may be asked: http(s) ones that lead to the public network and nowhere else.

Enters: an address. Leaves: its parts and the numeric addresses that it resolves to, each of them checked.
Does not belong here: the request itself (`fetching`), which connects to the checked numbers and to no others.

The name is resolved once and the numbers are checked, not the name's spelling: whatever the resolver makes of
`0x7f.1`, `2130706433` or a public name that points inwards is what is checked.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

import msgspec

from warledger.errors import ReadingError

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Target(msgspec.Struct, frozen=True):
    """A checked address: where to connect (`numbers`, in the resolver's order) and what to ask for there."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    numbers: tuple[str, ...]


def is_public(number: str) -> bool:
    """Whether a numeric address is one of the public network, also where IPv6 wraps an IPv4 address."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


def check(url: str, *, public_only: bool = True, seconds: float = 10.0) -> Target:
    """Take an address apart and resolve it, within so many seconds.

    Raises `ReadingError` where it is no http(s) address, is not found, or one of its numbers is not public.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        name = host.encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise ReadingError(f"not an address ({error}): check it") from error
    if parts.scheme not in _PORTS or not name:
        raise ReadingError("only http and https addresses are read: check the address")
    if parts.username is not None or parts.password is not None:
        raise ReadingError("an address with a name or password in it is not read: take them out")
    port = port or _PORTS[parts.scheme]
    try:
        found = _resolved(name, port, seconds)
    except (OSError, UnicodeError) as error:
        raise ReadingError(f"the address is not found ({error}): check it") from error
    numbers = tuple(dict.fromkeys(str(row[4][0]) for row in found))
    if public_only and not all(map(is_public, numbers)):
        raise ReadingError("an address inside a private or local network is not read")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, name, port, path, numbers)


def _resolved(name: str, port: int, seconds: float) -> list[Any]:
    """What the system's resolver gives. It knows no time limit, so it is asked by a thread that may be left behind."""
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0.01))
    except queue.Empty:
        raise ReadingError(f"its name is not resolved within {seconds:.0f} s: try later") from None
    if isinstance(found, Exception):
        raise found
    return found
