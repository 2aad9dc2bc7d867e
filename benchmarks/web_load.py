"""The web app under load: a day, an incident and a search on a generated ledger, beside a bare "hello" page of the same
server in the same run.

Enters: how many claims, how many requests. Leaves: a table on standard output: requests a second, median and 99th
percentile in milliseconds, first for addresses that nobody has asked for yet, then for the same ones again. The ledger is
that of `ledger_scale.py`; it is kept and used again where --folder names a place.

    python benchmarks/web_load.py [--claims 100000] [--requests 200] [--clients 4] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import uvicorn
from benchmarks.ledger_scale import DAYS, FIRST, fill
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from warledger.ledger import Ledger
from warledger.ledger.wanting import Wanted
from warledger.web import Settings, create_app

Times = list[float]
WORDS = ("Town", "note", "told")


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


@contextmanager
def running(place: str) -> Iterator[int]:
    """The server in a process of its own; gives its port once it answers and its charts and shelf are ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    call = [sys.executable, __file__, "--serve", place, "--port", str(port)]
    process = subprocess.Popen(call)
    try:
        while True:
            try:
                get(http.client.HTTPConnection("127.0.0.1", port, timeout=3600), "/search?limit=1")
                get(http.client.HTTPConnection("127.0.0.1", port, timeout=3600), "/timeline.csv")
                break
            except OSError:
                time.sleep(0.5)
        yield port
    finally:
        process.terminate()
        process.wait()


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The body of a page. Raises RuntimeError for anything but 200."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
    return body


def ask(port: int, paths: Sequence[str], clients: int) -> tuple[float, Times]:
    """Asks for every path once, by so many clients at a time; gives requests a second and the milliseconds of each."""
    waiting, lock, times = list(reversed(paths)), threading.Lock(), Times()
    failed: list[Exception] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
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


def incidents(port: int, count: int) -> list[str]:
    """Addresses of incidents, from different days."""
    found = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    for day in days(DAYS)[-count:]:
        body = get(connection, f"/day/{day}").decode()
        for part in body.split('href="/incident/')[1:2]:
            found.append("/incident/" + part.split('"')[0].replace("&amp;", "&"))
    return found


def measure(port: int, requests: int, clients: int) -> None:
    """Measures each page and prints a line for it."""
    print(
        "| page | first time: a second | median ms | p99 ms | again: a second | median ms | p99 ms |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    searches = [
        f"/search?words={word}&kind={kind}&start={day}"
        for day, word, kind in zip(
            days(requests), cycle(WORDS), cycle(("launched", "killed", "wounded")), strict=False
        )
    ]
    pages = {
        "hello": ["/hello"] * requests,
        "day": [f"/day/{day}" for day in days(requests)],
        "incident": incidents(port, min(requests, 60)),
        "search": searches,
    }
    for name, paths in pages.items():
        first = ask(port, paths, clients)
        again = ask(port, list(islice(cycle(paths), max(requests, len(paths)))), clients)
        cells = [f"{value:,.1f}" for rate, times in (first, again) for value in told(rate, times)]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def told(rate: float, times: Times) -> tuple[float, float, float]:
    """Requests a second, median and 99th percentile."""
    ordered = sorted(times)
    return (
        rate,
        statistics.median(ordered),
        ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
    )


def build(place: str, claims: int) -> None:
    """A ledger of so many generated claims, unless it is there already; its shelf is filled."""
    with Ledger.open(place) as ledger:
        there = ledger.counts()["claims"]
        if there < claims:
            seconds = fill(ledger, claims - there, there // 10)
            print(f"recorded {claims - there:,} claims in {seconds:.0f} s", file=sys.stderr)
        begun = time.perf_counter()
        ledger.browse.claims(Wanted(), limit=1)
        print(f"shelf ready after {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200)
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
        place = str(folder / f"w{args.claims}.db")
        build(place, args.claims)
        with running(place) as port:
            measure(port, args.requests, args.clients)


if __name__ == "__main__":
    main()
