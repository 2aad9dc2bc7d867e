"""The web app under load: first views of every page on a generated ledger, beside a bare "hello" page of the same server in
the same run.

Enters: how many claims, how many requests. Leaves: two tables on standard output. The first has a row a page, asked one
after the other for addresses that nobody has asked for yet: median and 99th percentile in milliseconds, and what the
server's processor spent on a view; then the same addresses again. The second has hello, day, incident and search asked
by several at once: requests a second and the 99th percentile. Where a page has few addresses, a parameter that it does
not know makes each a first view. The reports are those of `varied.py`; the ledger is kept and used again where --folder
names a place.

    python benchmarks/web_load.py [--claims 100000] [--requests 60] [--clients 4] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

import uvicorn
from benchmarks import varied
from benchmarks.ledger_scale import BATCH, DAYS, FIRST, record
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from warledger.ledger import Ledger
from warledger.web import Settings, create_app

Times = list[float]
KINDS = ("launched", "killed", "wounded", "damaged", "meeting", "place_control")
PASTED = (
    "Ukraine's air force said that Russia launched {n} drones overnight on {day}, and that {k} of them were shot down. "
    "Three people were wounded in Odesa."
)


def days(count: int) -> list[str]:
    """Days spread over the ledger, each once; those of a hundred more than there are come again."""
    return [(FIRST + timedelta(days=n * 61 % DAYS)).isoformat() for n in range(count)]


def serve(place: str, port: int) -> None:
    """The app with a hello page beside its own, until the process ends."""

    async def hello(_: Request) -> Response:
        return PlainTextResponse("hello")

    with Ledger.open(place, create=False) as ledger:
        app = create_app(Settings(port=port), ledger)
        app.router.routes.insert(0, Route("/hello", hello))
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


class Server:
    """A server in a process of its own."""

    def __init__(self, port: int, process: int) -> None:
        self.port, self.process = port, process

    def connection(self) -> http.client.HTTPConnection:
        """A new connection to it."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)

    def spent(self) -> float:
        """Milliseconds of processor that it has spent so far; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(place: str) -> Iterator[Server]:
    """The server, once it answers, its shelf and series are ready and it rests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    call = [sys.executable, __file__, "--serve", place, "--port", str(port)]
    process = subprocess.Popen(call)
    server = Server(port, process.pid)
    try:
        while True:
            try:
                get(server.connection(), "/search?limit=1")
                get(server.connection(), "/timeline.csv")
                break
            except OSError:
                time.sleep(0.5)
        at_rest(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def at_rest(server: Server) -> None:
    """Waits until the server spends no processor on what it makes beside its pages."""
    quiet, before = 0, server.spent()
    while quiet < 4:
        time.sleep(0.5)
        now = server.spent()
        quiet, before = (quiet + 1 if now - before < 20 else 0), now


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The body of a page. Raises RuntimeError for anything but 200."""
    connection.request("GET", path)
    return _body(connection, path)


def _body(connection: http.client.HTTPConnection, path: str) -> bytes:
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
    return body


def one_by_one(server: Server, paths: Sequence[str]) -> tuple[Times, float]:
    """Milliseconds of each path asked for once, and what the server's processor spent on a view."""
    connection, times, before = server.connection(), Times(), server.spent()
    for path in paths:
        begun = time.perf_counter()
        get(connection, path)
        times.append((time.perf_counter() - begun) * 1000)
    return times, (server.spent() - before) / len(paths)


def at_once(server: Server, paths: Sequence[str], clients: int) -> tuple[float, Times]:
    """Asks for every path once, by so many clients at a time; gives requests a second and the milliseconds of each."""
    waiting, lock, times = list(reversed(paths)), threading.Lock(), Times()
    failed: list[Exception] = []

    def client() -> None:
        connection = server.connection()
        while True:
            with lock:
                if not waiting or failed:
                    return
                path = waiting.pop()
            begun = time.perf_counter()
            try:
                get(connection, path)
            except Exception as error:
                failed.append(error)
                return
            times.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return len(times) / (time.perf_counter() - begun), times


def incidents(server: Server, count: int) -> list[str]:
    """Addresses of incidents, from different days, the page of the day asked for with another address."""
    found: list[str] = []
    connection = server.connection()
    for day in days(DAYS)[-count:]:
        body = get(connection, f"/day?start={day}").decode()
        links = re.findall(r'href="(/incident/[^"]+)"', body)
        if links:
            found.append(links[len(found) % len(links)].replace("&amp;", "&"))
    return found


def pages(server: Server, count: int, claims: int) -> dict[str, list[str]]:
    """The addresses of each page that are asked for, `count` at most."""
    some = days(count)
    months = [(day, (date.fromisoformat(day) + timedelta(days=30)).isoformat()) for day in some]
    spans = [f"?start={start}&end={end}" for start, end in months]
    since = [f"?start={day}" for day in some]
    fresh = [f"?view={n}" for n in range(count)]
    words = cycle(("Note", "plain", "Town*", "speaks words"))
    searches = [
        f"/search?words={word.replace(' ', '+')}&kind={kind}&start={day}"
        for day, word, kind in zip(some, words, cycle(KINDS), strict=False)
    ]
    named = incidents(server, count)
    made = {
        "hello": ["/hello"] * count,
        "day": [f"/day/{day}" for day in some],
        "day, JSON": [f"/day/{day}.json" for day in some],
        "day, CSV": [f"/day/{day}.csv" for day in some],
        "incident": named,
        "incident, JSON": [name.replace("?", ".json?") for name in named],
        "report": [f"/report/v{n * 1009 % (claims // 10)}" for n in range(count)],
        "search, words and conditions": searches,
        "search, a rare word": [f"/search?words=Town{n * 7 % 997}" for n in range(count)],
        "search, nothing asked": [f"/search{one}" for one in fresh],
        "search, JSON": [one.replace("/search?", "/search.json?") for one in searches],
        "timeline": [f"/timeline{one}" for one in fresh],
        "timeline, since a day": [f"/timeline{one}" for one in since],
        "timeline, JSON": [f"/timeline.json{one}" for one in fresh],
        "map": [f"/map{one}" for one in fresh],
        "map, a month": [f"/map{one}" for one in spans],
    }
    for name in ("nuclear", "front", "diplomacy", "justice", "positions"):
        made[name] = [f"/{name}{one}" for one in fresh]
        made[f"{name}, since a day"] = [f"/{name}{one}" for one in since]
    speakers = [urlencode({"speaker": name, "view": n}) for n in range(count)
                for name, _ in (varied.SPEAKERS[n % 10],)]  # fmt: skip
    publishers = [urlencode({"publisher": f"Outlet {n % 40}", "view": n}) for n in range(count)]
    return made | {
        "sources": [f"/sources{one}" for one in fresh],
        "source, a speaker": [f"/source?{one}" for one in speakers],
        "source, a publisher": [f"/source?{one}" for one in publishers],
        "review": ["/review"] * count,
        "check, the form": ["/check"] * count,
        "API, claims": [f"/api/claims?start={day}&limit=200" for day in some],
        "API, a facet": [f"/api/facets/speaker?start={day}" for day in some],
        "API, days": [f"/api/days{one}" for one in fresh],
        "API, places": [f"/api/places{one}" for one in fresh],
        "feed, incidents": ["/feeds/incidents.atom"],
        "feed, corrections": ["/feeds/corrections.atom"],
        "about": [f"/about{one}" for one in fresh],
    }


def checked(server: Server, count: int) -> tuple[Times, float]:
    """Milliseconds of pasted texts checked, and what the server's processor spent on one."""
    connection = server.connection()
    connection.request("GET", "/check")
    answer = connection.getresponse()
    cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
    token = re.search(r'name="token" value="([^"]*)"', answer.read().decode())
    assert token is not None
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    headers["Origin"] = f"http://127.0.0.1:{server.port}"
    times, before = Times(), server.spent()
    for n, day in enumerate(days(count)):
        text = PASTED.format(n=90 + n, k=70 + n, day=f"{date.fromisoformat(day):%d %B %Y}")
        body = urlencode({"token": token.group(1), "text": text, "published": day})
        begun = time.perf_counter()
        connection.request("POST", "/check", body, headers)
        _body(connection, "/check")
        times.append((time.perf_counter() - begun) * 1000)
    return times, (server.spent() - before) / count


def measure(server: Server, claims: int, requests: int, clients: int) -> None:
    """Measures each page and prints a line for it; then the pages that several ask for at once."""
    asked = pages(server, requests, claims)
    print("| page | median ms | p99 ms | processor ms | again: median ms | p99 ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, paths in asked.items():
        first, spent = one_by_one(server, paths)
        again, _ = one_by_one(server, paths)
        _line(name, *_middle(first), spent, *_middle(again))
    found, spent = checked(server, requests)
    _line("check, a text", *_middle(found), spent)
    print(f"\n| {clients} at once | a second | p99 ms | again: a second | p99 ms |")
    print("| --- | --- | --- | --- | --- |")
    for name in ("hello", "day", "incident", "search, words and conditions"):
        paths = [path + ("&" if "?" in path else "?") + "at=once" for path in asked[name]]
        cells: list[float] = []
        for _ in range(2):
            rate, times = at_once(server, paths, clients)
            cells += [rate, _middle(times)[1]]
        _line(name, *cells)


def _line(name: str, *cells: float) -> None:
    print(f"| {name} | " + " | ".join(f"{cell:,.1f}" for cell in cells) + " |", flush=True)


def _middle(times: Times) -> tuple[float, float]:
    """Median and 99th percentile."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def build(place: str, claims: int) -> None:
    """A ledger of so many generated claims, unless it is there already; its shelf is filled."""
    with Ledger.open(place) as ledger:
        there = ledger.counts()["claims"] // varied.CLAIMS
        begun, wanted = time.perf_counter(), claims // varied.CLAIMS
        waiting = varied.reports(max(0, wanted - there), there)
        for _ in range(there, wanted, BATCH):
            with ledger.batch():
                for _, (report, drawn) in zip(range(BATCH), waiting, strict=False):
                    record(ledger, report, drawn)
        print(f"recorded after {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        ledger.browse.refresh()
        print(f"shelf ready after {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--folder", help="where the ledger is kept; else a temporary folder")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve, args.port)
        return
    with tempfile.TemporaryDirectory(prefix="wl-") as made:
        folder = Path(args.folder or made)
        folder.mkdir(parents=True, exist_ok=True)
        place = str(folder / f"v{args.claims}.db")
        build(place, args.claims)
        with running(place) as server:
            measure(server, args.claims, args.requests, args.clients)


if __name__ == "__main__":
    main()
