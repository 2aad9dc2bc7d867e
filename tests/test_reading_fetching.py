"""Reading: addresses are asked within limits, politely, and never inside a private network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from warledger import pipeline
from warledger.errors import BusyError, ReadingError
from warledger.ledger import Ledger
from warledger.reading import Failure, ReadOptions, Source, addresses, read
from warledger.reading.fetching import Fetcher, Limits
from warledger.reading.sources import fetched

PAGE = b"<!doctype html><html><body><article><p>The air force shot down 25 of the 30 drones.</p></article></body></html>"


MOVED = {
    "/robots.txt": "/rules/robots.txt",
    "/moved": "/a?from=moved",
    "/ring": "/ring",
    "/there": "/back",
    "/back": "there",
    "/inside": "http://169.254.169.254/latest",
}


class Site(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        if self.path in MOVED:
            self._answer(302, b"", Location=MOVED[self.path])
        elif self.path == "/rules/robots.txt":
            rules = b"User-agent: *\nDisallow: /closed\nCrawl-delay: 7\n"
            self._answer(200, rules + b"# " * 300_000)
        elif self.path == "/busy":
            self._answer(503, b"", Retry_After="120")
        elif self.path.startswith("/far/"):
            self._answer(302, b"", Location=f"{self.path}x")
        elif self.path == "/large":
            self._answer(200, b"x" * 3_000_000)
        elif self.path == "/drip":
            self._drip()
        elif self.headers.get("If-None-Match") == '"1"':
            self._answer(304, b"")
        else:
            told = {"ETag": '"1"', "Content_Type": "text/html", "Set_Cookie": "visitor=1"}
            self._answer(200, PAGE, **told)

    def _answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            for _ in range(100):
                self.wfile.write(b"a")
                time.sleep(0.2)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is not the server's."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def local(sleep: Callable[[float], None] = lambda _: None, **limits: float) -> Fetcher:
    """A fetcher that may ask this machine, for these tests alone."""
    changed = Limits(
        size=int(limits.get("size", 10**6)), seconds=limits.get("seconds", 10.0), pause=0.0
    )
    return Fetcher(changed, public_only=False, sleep=sleep)


def test_a_page_comes_with_how_it_was_retrieved(site: str) -> None:
    (found,) = fetched(local().fetch(f"{site}/a"), ReadOptions())
    assert isinstance(found, Source)
    assert found.report.text == "The air force shot down 25 of the 30 drones."
    assert found.report.url == f"{site}/a"
    assert found.original == PAGE
    assert found.retrieval
    assert found.retrieval.addresses == (f"{site}/a",)


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    fetcher = local()
    first = fetcher.fetch(f"{site}/a")
    assert first.validators == {"If-None-Match": '"1"'}
    assert fetcher.fetch(f"{site}/a", first.validators).unchanged


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/ring", "in a ring"),
        ("/there", "in a ring"),
        ("/far/", "more than 5 redirects"),
        ("/closed/a", "robots.txt"),
        ("/large", "more than"),
    ],
)
def test_a_site_that_may_not_be_read_is_told(site: str, path: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        local().fetch(site + path)


def test_the_pause_that_a_site_asks_for_is_kept(site: str) -> None:
    pauses: list[float] = []
    fetcher = local(pauses.append)
    fetcher.fetch(f"{site}/a")
    fetcher.fetch(f"{site}/b")
    assert 6 < pauses[-1] <= 7


def test_a_server_that_asks_to_come_back_says_when(site: str) -> None:
    with pytest.raises(BusyError, match="try again later") as told:
        local().fetch(f"{site}/busy")
    assert told.value.seconds == 120


def test_what_is_stopped_asks_nothing_more(site: str) -> None:
    fetcher = local(seconds=20.0)
    threading.Timer(0.3, fetcher.stop).start()
    start = time.monotonic()
    with pytest.raises(ReadingError, match="stopped"):
        fetcher.fetch(f"{site}/drip")
    with pytest.raises(ReadingError, match="stopped"):
        fetcher.fetch(f"{site}/a")
    assert time.monotonic() - start < 5


def test_the_ledger_keeps_how_a_report_was_retrieved(site: str, file: Path) -> None:
    (found,) = fetched(local().fetch(f"{site}/moved"), ReadOptions())
    assert isinstance(found, Source)
    reading = pipeline.reading_of(found)
    assert isinstance(reading, pipeline.Reading)
    with Ledger.open(file) as ledger:
        pipeline.record(reading, ledger)
        kept = ledger.show(found.report.id).source
        assert ledger.original(kept.original_sha256) == PAGE
        assert ledger.verify().holds
    came = kept.retrieval
    assert came == found.retrieval
    assert came
    assert came.addresses == (f"{site}/moved", f"{site}/a?from=moved")
    assert came.status == 200
    assert ("etag", '"1"') in came.headers
    assert "set-cookie" not in dict(came.headers)


def test_a_resolver_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(3)
        return []

    monkeypatch.setattr("socket.getaddrinfo", slow)
    start = time.monotonic()
    with pytest.raises(ReadingError, match="not resolved within"):
        addresses.check("http://news.example/", seconds=0.2)
    assert time.monotonic() - start < 5


def test_a_server_that_drips_is_cut_at_the_deadline(site: str) -> None:
    start = time.monotonic()
    with pytest.raises(ReadingError, match="not answered within"):
        local(seconds=1.0).fetch(f"{site}/drip")
    assert time.monotonic() - start < 5


INWARD = [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1]/",
    "http://169.254.169.254/latest",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
]


@pytest.mark.parametrize("url", INWARD)
def test_no_address_inside_a_network_is_asked(url: str) -> None:
    (failure,) = read([url])
    assert isinstance(failure, Failure)
    assert "private or local" in failure.reason or "not found" in failure.reason


def test_a_redirect_inwards_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda n: n == "127.0.0.1" or real(n))
    with pytest.raises(ReadingError, match="private or local"):
        Fetcher(Limits(pause=0.0)).fetch(f"{site}/inside")


def test_a_name_that_resolves_inwards_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(ReadingError, match="private or local"):
        addresses.check("http://news.example/")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "http://a:b@c.example/"])
def test_only_plain_web_addresses_are_read(url: str) -> None:
    with pytest.raises(ReadingError):
        addresses.check(url)
