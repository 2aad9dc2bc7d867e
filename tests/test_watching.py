"""Watching: what is new is recorded, a source that fails stops no other, and a stop is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from tests.test_reading_feeds import LONG, NIGHT, content, item, rss

from warledger.errors import UsageError
from warledger.ledger import Ledger
from warledger.reading import watchlist
from warledger.reading.fetching import Fetcher, Limits
from warledger.watching import Look, Watch

START = datetime(2025, 12, 6, 8, tzinfo=UTC)


class Site(BaseHTTPRequestHandler):
    """Serves what the test has put under a path."""

    pages: ClassVar[dict[str, Any]]

    def do_GET(self) -> None:
        page = self.pages.get(self.path, 404)
        if callable(page):
            page(self)
        elif isinstance(page, int):
            self.answer(page, b"")
        elif self.headers.get("If-None-Match") == f'"{hash(page)}"':
            self.answer(304, b"")
        else:
            self.answer(200, page, ETag=f'"{hash(page)}"')

    def answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is not the server's."""


class Stand:
    """A site, a ledger and a clock that stands still until the watch waits."""

    def __init__(self, folder: Path, address: str, site: type[Site]) -> None:
        self.folder, self.address, self.site = folder, address, site
        self.now = START
        self.waits: list[float] = []
        self.looks: list[Look] = []

    def watch(self, *paths: str, ledger: Ledger, **limits: Any) -> Watch:
        """A watch over those paths of the site."""
        listing = self.folder / "sources.toml"
        rows = "".join(f'[[source]]\nurl = "{self.address}{path}"\n' for path in paths)
        listing.write_text(f'every = "10m"\n{rows}', encoding="utf-8")
        fetcher = Fetcher(
            Limits(pause=0.0, **limits),
            public_only=False,
            now=lambda: self.now,
            sleep=lambda _: None,
        )
        return Watch(
            watchlist.load(str(listing)),
            self.folder / "sources.state.json",
            ledger,
            fetcher=fetcher,
            now=lambda: self.now,
            wait=self.passing,
        )

    def passing(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)

    def run(self, watch: Watch, looks: int) -> list[Look]:
        """Runs until so many looks were told."""
        told: list[Look] = []

        def tell(look: Look) -> None:
            told.append(look)
            if len(told) == looks:
                watch.stop()

        watch.run(tell)
        return told


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    class Own(Site):
        pages: ClassVar[dict[str, Any]] = {}

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Stand(tmp_path, f"http://127.0.0.1:{server.server_address[1]}", Own)
    server.shutdown()
    server.server_close()


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with Ledger.open(file) as opened:
        yield opened


def test_what_is_new_is_recorded_and_what_is_known_is_not_read_again(
    stand: Stand, ledger: Ledger
) -> None:
    old, new = item(content(NIGHT)), item(content(LONG), link="https://news.example/day")
    stand.site.pages["/feed"] = rss(old)
    (first,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert first.counts == {"added": 1}
    stand.site.pages["/feed"] = rss(new, old)
    stand.now += timedelta(hours=1)
    (second,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert second.counts == {"added": 1, "known": 1}
    kept = ledger.show("https://news.example/night").source
    assert kept.retrieval
    assert kept.retrieval.addresses == (f"{stand.address}/feed",)


def test_an_edited_entry_is_a_new_version(stand: Stand, ledger: Ledger) -> None:
    for words in (NIGHT, NIGHT.replace("25", "26")):
        stand.site.pages["/feed"] = rss(item(content(words)))
        stand.now += timedelta(hours=1)
        (look,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert look.counts == {"new_version": 1}


def test_a_feed_that_has_not_changed_is_not_sent_again(stand: Stand, ledger: Ledger) -> None:
    stand.site.pages["/feed"] = rss(item(content(NIGHT)))
    looks = stand.run(stand.watch("/feed", ledger=ledger), 3)
    assert [look.counts for look in looks] == [{"added": 1}, {"not_changed": 1}, {"not_changed": 1}]
    assert stand.waits == [600.0, 600.0]


def test_a_source_that_fails_is_left_alone_longer_and_stops_no_other(
    stand: Stand, ledger: Ledger
) -> None:
    stand.site.pages["/bad"] = 500
    stand.site.pages["/feed"] = rss(item(content(NIGHT)))
    looks = stand.run(stand.watch("/bad", "/feed", ledger=ledger), 12)
    bad = [datetime.fromisoformat(look.at_utc) for look in looks if look.url.endswith("/bad")]
    good = [look for look in looks if look.url.endswith("/feed")]
    pauses = [(b - a) / timedelta(minutes=1) for a, b in pairwise(bad)]
    assert pauses[:2] == [20.0, 40.0]
    assert len(good) > len(bad)
    assert all(look.failure is None for look in good)
    assert "500" in str(looks[0].failure)


def test_a_server_that_names_a_time_is_left_alone_until_then(stand: Stand, ledger: Ledger) -> None:
    stand.site.pages["/busy"] = lambda site: site.answer(503, b"", Retry_After="86400")
    (look,) = stand.run(stand.watch("/busy", ledger=ledger), 1)
    assert look.again_utc == "2025-12-07T08:00:00Z"


def test_the_whole_text_is_fetched_where_the_feed_has_a_beginning(
    stand: Stand, ledger: Ledger
) -> None:
    link = f"{stand.address}/night"
    stand.site.pages["/feed"] = rss(item(f"<description>{NIGHT}</description>", link=link))
    stand.site.pages["/night"] = (
        f"<!doctype html><html><body><article><p>{NIGHT}</p><p>Two people were wounded.</p></article></body></html>"
    ).encode()
    (look,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert look.counts == {"added": 1}
    (hit,) = ledger.search("wounded")
    report = ledger.show(hit.report_id).source.report
    assert (report.title, report.publisher) == ("The night", "Example News")
    assert report.published == "2025-12-06T07:00:00Z"


def test_a_beginning_whose_page_fails_is_kept_and_asked_for_again(
    stand: Stand, ledger: Ledger
) -> None:
    link = f"{stand.address}/night"
    stand.site.pages["/feed"] = rss(item(f"<description>{NIGHT}</description>", link=link))
    (first,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert first.counts == {"added": 1}
    assert "could not be had" in first.troubles[0]
    stand.site.pages["/night"] = (
        f"<!doctype html><html><body><article><p>{NIGHT}</p><p>Two people were wounded.</p></article></body></html>"
    ).encode()
    stand.now += timedelta(hours=1)
    (second,) = stand.run(stand.watch("/feed", ledger=ledger), 1)
    assert second.counts == {"new_version": 1}


def endless(site: Site) -> None:
    """An answer that does not end."""
    site.send_response(200)
    site.end_headers()
    site.wfile.write(rss(item(content(NIGHT))).partition(b"</channel>")[0])
    try:
        while True:
            site.wfile.write(item(content(LONG)).encode() * 100)
    except OSError:
        site.close_connection = True


def dripping(site: Site) -> None:
    """A byte now and then."""
    site.send_response(200)
    site.end_headers()
    try:
        for _ in range(200):
            site.wfile.write(b"<")
            time.sleep(0.1)
    except OSError:
        site.close_connection = True


def test_an_endless_feed_and_a_dripping_server_are_cut_and_the_rest_goes_on(
    stand: Stand, ledger: Ledger
) -> None:
    stand.site.pages |= {
        "/endless": endless, "/drip": dripping, "/feed": rss(item(content(NIGHT))),
    }  # fmt: skip
    watch = stand.watch("/endless", "/drip", "/feed", ledger=ledger, size=2_000_000, seconds=2.0)
    looks: list[Look] = []
    watch.run(looks.append, once=True)
    assert "more than" in str(looks[0].failure)
    assert "not answered within" in str(looks[1].failure)
    assert looks[2].counts == {"added": 1}


def test_a_stop_cuts_what_is_being_asked_and_notes_what_was_seen(
    stand: Stand, ledger: Ledger
) -> None:
    stand.site.pages |= {"/feed": rss(item(content(NIGHT))), "/drip": dripping}
    watch = stand.watch("/feed", "/drip", ledger=ledger, seconds=30.0)
    threading.Timer(1.0, watch.stop).start()
    looks: list[Look] = []
    start = time.monotonic()
    watch.run(looks.append)
    assert time.monotonic() - start < 10
    assert [look.counts for look in looks] == [{"added": 1}]
    known = watchlist.recall(stand.folder / "sources.state.json")
    assert known[f"{stand.address}/feed"].entries
    assert known[f"{stand.address}/drip"].failures == 0


LISTS = {
    "no-file": (None, "No such file"),
    "no-toml": ("url =", "sources.toml"),
    "no-source": ('every = "5m"\nsource = []', "no [[source]]"),
    "unknown-key": ('[[source]]\nurl = "https://a.example/"\nevry = "5m"', "evry"),
    "twice": ('[[source]]\nurl = "https://a.example/"\n' * 2, "twice"),
    "no-address": ('[[source]]\nurl = "feed.xml"', "no http(s) address"),
    "no-span": ('every = "soon"\n[[source]]\nurl = "https://a.example/"', "no span of time"),
    "too-often": ('every = "5s"\n[[source]]\nurl = "https://a.example/"', "more often"),
    "language": ('[[source]]\nurl = "https://a.example/"\nlang = "de"', "not a language"),
}


@pytest.mark.parametrize(("text", "reason"), LISTS.values(), ids=LISTS.keys())
def test_a_list_that_cannot_be_meant_says_why(
    tmp_path: Path, text: str | None, reason: str
) -> None:
    path = tmp_path / "sources.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        watchlist.load(str(path))
    assert reason in str(told.value)


def command(folder: Path, *options: str) -> list[str]:
    (folder / "sources.toml").write_text(
        '[[source]]\nurl = "http://127.0.0.1:9/feed"\n[[source]]\nurl = "http://127.0.0.1:9/other"\n'
    )
    listing = str(folder / "sources.toml")
    own = ["--ledger", str(folder / "w.db"), *options]
    return [sys.executable, "-m", "warledger", "watch", listing, *own]


def test_once_looks_at_every_source_and_fails_where_one_did(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path, "--once"), capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 1
    assert done.stderr.count("private or local network") == 2
    assert "Sources failing: 2" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_watch_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    running = subprocess.Popen(
        command(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stderr
    for _ in range(2):
        assert "failed" in running.stderr.readline()
    running.send_signal(number)
    out, rest = running.communicate(timeout=20)
    assert running.returncode == 0
    assert out.startswith("Stopped.")
    assert rest == ""
