"""An address in, the bytes behind it out: politely, and within limits of size, time and redirects.

Enters: an http(s) address. Leaves: bytes with headers, the addresses passed and the time, or that nothing changed.
Does not belong here: what the bytes hold.

Every redirect is checked like the first address. The connection goes to a checked number, so that a name which
resolves otherwise a moment later changes nothing. A timer cuts the line at the deadline, since a server that drips
a byte a second never runs into the time limit of a single read.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import quote, urljoin

import msgspec
import protego
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from warledger.errors import BusyError, ReadingError
from warledger.model import Retrieval
from warledger.reading.addresses import Target, check
from warledger.reading.files import SIZE_LIMIT

AGENT = f"warledger/{version('warledger')} (a record of published reports)"
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_ROBOTS_LIMIT = 512 * 1024
_ROBOTS_KEPT = timedelta(days=1)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch may take: bytes, seconds in all and for resolving a name, redirects.

    `pause` is the seconds between two requests of one host; a longer one that its robots.txt asks for is kept up to
    `longest_pause`.
    """

    size: int = SIZE_LIMIT
    seconds: float = 60.0
    resolving: float = 10.0
    redirects: int = 5
    pause: float = 2.0
    longest_pause: float = 30.0


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address gave. `unchanged` says that it still holds what the validators name; `data` is empty then."""

    url: str
    data: bytes
    media_type: str
    retrieval: Retrieval
    unchanged: bool = False

    @property
    def validators(self) -> dict[str, str]:
        """The headers that a later request of this address carries, to be told when nothing changed."""
        told = {name.lower(): value for name, value in self.retrieval.headers}
        names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        return {ask: told[name] for name, ask in names.items() if name in told}


class Fetcher:
    """Asks addresses, one request at a time, and remembers each host's robots.txt and its last request."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        public_only: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`public_only` may be off only where a caller asks its own machine; no option or setting turns it off."""
        self._limits = limits or Limits()
        self._public_only = public_only
        self._now = now
        self._sleep = sleep
        self._robots: dict[str, tuple[datetime, protego.Protego]] = {}
        self._last: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._line: _Line | None = None
        self._stopped = False

    def fetch(self, url: str, validators: Mapping[str, str] | None = None) -> Fetched:
        """Ask for `url`. Raises `ReadingError` with the reason where it gives nothing that may be read."""
        deadline = time.monotonic() + self._limits.seconds
        chain: list[str] = []
        while True:
            target = self._next(url, chain, deadline)
            self._allow(target, deadline)
            headers = dict(validators or {}) if len(chain) == 1 else {}
            status, told, data = self._ask(target, headers, deadline, self._limits.size)
            if status in _REDIRECTS and told.get("location"):
                url = _leads_to(url, told)
                continue
            if status in _BUSY:
                raise BusyError(
                    f"the server answered {status}: try again later", _seconds(told, self._now())
                )
            if status not in (200, 304):
                raise ReadingError(f"the server answered {status}: check the address")
            return Fetched(
                url=url,
                data=data,
                media_type=told.get("content-type", "").partition(";")[0].strip().lower(),
                retrieval=Retrieval(
                    retrieved_at_utc=self._now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                    addresses=tuple(chain),
                    status=status,
                    headers=tuple(item for item in told.items() if item[0] != "set-cookie"),
                ),
                unchanged=status == 304,
            )

    def stop(self) -> None:
        """Cut what is being asked, and ask nothing more; from a signal or another thread."""
        self._stopped = True
        if self._line is not None:
            self._line.cut()

    def _next(self, url: str, chain: list[str], deadline: float) -> Target:
        """The checked target of the next address of a chain, which it is added to."""
        if url in chain:
            raise ReadingError("its redirects go in a ring: check the address")
        if len(chain) > self._limits.redirects:
            raise ReadingError(f"more than {self._limits.redirects} redirects: check the address")
        chain.append(url)
        left = deadline - time.monotonic()
        return check(url, public_only=self._public_only, seconds=min(left, self._limits.resolving))

    def _allow(self, target: Target, deadline: float) -> None:
        """Heed robots.txt and the pause that it asks for."""
        root = f"{target.scheme}://{target.host}:{target.port}"
        known = self._robots.get(root)
        if known is None or self._now() - known[0] > _ROBOTS_KEPT:
            known = self._robots[root] = (self._now(), self._rules(root, deadline))
        rules = known[1]
        if not rules.can_fetch(target.url, AGENT):
            raise ReadingError("the site's robots.txt asks not to read this address")
        asked = rules.crawl_delay(AGENT) or 0.0
        self._pauses[target.host] = max(self._limits.pause, min(asked, self._limits.longest_pause))

    def _rules(self, root: str, deadline: float) -> protego.Protego:
        """A host's rules (RFC 9309): redirects are followed; none there allows all, none to be had allows nothing."""
        url, chain = f"{root}/robots.txt", list[str]()
        status, data = 0, b""
        while len(chain) <= self._limits.redirects and url not in chain:
            target = self._next(url, chain, deadline)
            status, told, data = self._ask(target, {}, deadline, _ROBOTS_LIMIT, cut=True)
            if status not in _REDIRECTS or not told.get("location"):
                break
            url = _leads_to(url, told)
        if status >= 500 or status == 429:
            raise BusyError("the site's robots.txt cannot be had now: try again later")
        return protego.Protego.parse(data.decode("utf-8", "replace") if status == 200 else "")

    def _ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        deadline: float,
        size: int,
        *,
        cut: bool = False,
    ) -> tuple[int, dict[str, str], bytes]:
        waited = self._last.get(target.host)
        if waited is not None:
            pause = self._pauses.get(target.host, self._limits.pause)
            self._sleep(max(0.0, waited + pause - time.monotonic()))
        if self._stopped:
            raise ReadingError("stopped")
        self._last[target.host] = time.monotonic()
        left = deadline - time.monotonic()
        if left <= 0:
            raise self._too_slow()
        line = self._line = _Line(target, min(left, 15.0))
        timer = threading.Timer(left, line.cut)
        timer.daemon = True
        timer.start()
        try:
            sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
            return line.ask(sent, size, cut=cut)
        except (OSError, ValueError, urllib3.exceptions.HTTPError) as error:
            if self._stopped:
                raise ReadingError("stopped") from error
            if line.was_cut or time.monotonic() >= deadline:
                raise self._too_slow() from error
            raise ReadingError(
                f"the address cannot be read ({type(error).__name__}): try later"
            ) from error
        finally:
            timer.cancel()
            self._line = None
            line.close()

    def _too_slow(self) -> ReadingError:
        return ReadingError(f"not answered within {self._limits.seconds:.0f} s: try again later")


def _leads_to(url: str, told: Mapping[str, str]) -> str:
    return urljoin(url, quote(told["location"], safe="%/:=&?~#+!$,;'@()*[]"))


def _seconds(told: Mapping[str, str], now: datetime) -> float | None:
    """How much later a server asks to be asked again: `Retry-After` in seconds, or as a date."""
    value = told.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None


class _Line:
    """One connection to a checked number, which another thread may cut."""

    def __init__(self, target: Target, timeout: float) -> None:
        self._target = target
        self.was_cut = False
        self._socket: socket.socket | None = None
        kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
        self._connection = kind(target.host, target.port, timeout=timeout)
        self._connection._new_conn = self._connect  # type: ignore[method-assign]
        self._timeout = timeout

    def _connect(self) -> socket.socket:
        problem: OSError | None = None
        for number in self._target.numbers:
            try:
                line = socket.create_connection((number, self._target.port), self._timeout)
            except OSError as error:
                problem = error
                continue
            self._socket = line.dup()  # TLS takes the first one over; both cut the same line
            return line
        raise problem or OSError("no number to connect to")

    def ask(
        self, headers: Mapping[str, str], size: int, *, cut: bool
    ) -> tuple[int, dict[str, str], bytes]:
        """The answer; of one larger than `size` its beginning where `cut` allows, else `ReadingError`."""
        self._connection.request("GET", self._target.path, headers=headers, preload_content=False)
        answer = self._connection.getresponse()
        told = {name.lower(): value for name, value in answer.headers.items()}
        data = bytearray()
        for chunk in answer.stream(1 << 16, decode_content=True):
            data += chunk
            if len(data) > size and cut:
                return answer.status, told, bytes(data[:size])
            if len(data) > size:
                raise ReadingError(f"more than {size // 2**20} MB: it was not read")
        if self.was_cut:
            raise OSError("cut")
        return answer.status, told, bytes(data)

    def cut(self) -> None:
        self.was_cut = True
        if self._socket is not None:
            with suppress(OSError):  # the other end may have closed it already
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()
        if self._socket is not None:
            self._socket.close()
