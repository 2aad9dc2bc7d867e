"""Pages in a real browser: no outside request, nothing against the policy, charts drawn, review by keyboard, no overflow.

Skipped where there is no Chromium. axe-core is tried where AXE_CORE names its script.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web_site import samples

from warledger.ledger import Ledger
from warledger.web import Settings, create_app

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/day/2025-12-06",
    "/report/ua-air-force-06",
    "/search?words=drones",
    "/timeline",
    "/map",
    "/nuclear",
    "/front",
    "/diplomacy",
    "/justice",
    "/positions",
    "/sources",
    "/check",
    "/review",
    "/replies",
    "/about",
    "/reply/report/ua-air-force-06",
]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Ledger]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with samples(tmp_path_factory.mktemp("browser")) as ledger:
        app = create_app(Settings(port=port), ledger)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", ledger
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_nothing_outside_and_fits(
    site: tuple[str, Ledger], browser: Browser, path: str, width: int
) -> None:
    base, _ = site
    page = browser.new_page(viewport={"width": width, "height": 900})
    outside: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(base) else outside.append(r.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto(base + path, wait_until="networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if axe := os.environ.get("AXE_CORE"):
        _accessible(page, Path(axe))
    page.close()
    assert outside == []
    assert complaints == []
    assert wide <= 0


def _accessible(page: Page, script: Path) -> None:
    # Read as text: the page's policy takes no script from elsewhere.
    page.evaluate(script.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []


def test_a_chart_is_drawn_over_its_picture(site: tuple[str, Ledger], browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site[0] + "/nuclear")
    page.wait_for_selector(".chart .drawn svg text", timeout=30_000)
    assert page.locator(".chart picture").first.is_hidden()
    page.close()


def test_the_picture_stays_without_script(site: tuple[str, Ledger], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site[0] + "/nuclear", wait_until="networkidle")
    assert page.locator(".chart img").first.is_visible()
    context.close()


def test_review_by_keyboard(site: tuple[str, Ledger], browser: Browser) -> None:
    base, ledger = site
    page = browser.new_page()
    page.goto(base + "/review")
    first = page.locator("input[name=claim]").input_value()
    with page.expect_navigation():
        page.keyboard.press("a")
    second = page.locator("input[name=claim]").input_value()
    page.keyboard.press("r")
    page.keyboard.type("a misreading")
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("r")
    page.close()
    assert ledger.review.standings([first, second]) == {first: "accepted", second: "rejected"}
