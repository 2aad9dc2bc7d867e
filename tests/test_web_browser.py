"""Pages in a real browser: no outside request, nothing against the policy, accessible, charts drawn, no overflow; the
review by keyboard, a reply's whole way, login and roles.

Skipped where there is no Chromium. Outside requests are found twice: by what pages ask for, and by a browser that can
reach no other address.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright
from tests.web_site import client, fill, samples

from warledger.cli import commands
from warledger.ledger import Ledger
from warledger.ledger.replies import Sent
from warledger.ledger.wanting import Wanted
from warledger.web import Settings, create_app
from warledger.web.answers import tilde

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RUN = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
PASSWORD = "correct horse battery"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
PAGES = [
    "/day/2025-12-06",
    "incident",
    "regroup",
    "/report/ua-air-force-06",
    "/report/courier-agency",
    "/claim/{claim}",
    "/search?words=drones",
    "/timeline",
    "/map",
    "/nuclear",
    "/front",
    "/diplomacy",
    "/justice",
    "/positions",
    "/sources",
    "/source?speaker=Ukrainian+Air+Force",
    "/check",
    "/review",
    "/replies",
    "/about",
    "/reply/report/ua-air-force-06",
]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")


@contextmanager
def serving(folder: Path, **settings: bool) -> Iterator[tuple[str, Ledger]]:
    """A server over the sample reports, its address and its ledger."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with samples(folder) as ledger:
        app = create_app(Settings(port=port, **settings), ledger)  # type: ignore[arg-type]
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", ledger
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Ledger]]:
    with serving(tmp_path_factory.mktemp("browser")) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def page(site: tuple[str, Ledger], browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser; at its end it has asked for nothing outside and complained of nothing."""
    context = browser.new_context()
    made = context.new_page()
    outside: list[str] = []
    complaints: list[str] = []
    made.on("request", lambda r: None if r.url.startswith(site[0]) else outside.append(r.url))
    made.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    made.on("pageerror", lambda e: complaints.append(str(e)))
    yield made
    context.close()
    assert outside == []
    assert complaints == []


def address(base: str, ledger: Ledger, path: str) -> str:
    """The address of a page; `claim` and `incident` stand for one of each."""
    claim = ledger.browse.claims(Wanted(kinds=("launched",))).rows[0].id
    if path == "incident":
        return base + _incident(ledger)
    if path == "regroup":
        return base + _incident(ledger).partition("?")[0].replace("/incident/", "/regroup/")
    return base + path.replace("{claim}", claim)


def _incident(ledger: Ledger) -> str:
    with_link = re.compile(r'href="(/incident/[^"]+)"[^>]*>air attack · Ukraine')
    found = with_link.search(client(ledger).get("/day/2025-12-06").text)
    assert found
    return found.group(1).replace("&amp;", "&")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_nothing_outside_is_accessible_and_fits(
    site: tuple[str, Ledger], page: Page, path: str
) -> None:
    accessible(page, address(*site, path))


def accessible(page: Page, at: str) -> None:
    """Holds a page to the guidelines: wide and light in English, narrow and dark in Ukrainian."""
    for lang, width, scheme in (("en", 1440, "light"), ("uk", 360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(
            f"{at}{'&' if '?' in at else '?'}lang={lang}", wait_until="networkidle", timeout=90_000
        )
        assert page.locator("html").get_attribute("lang") == lang
        # Read as text: the page's policy takes no script from elsewhere.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("options => axe.run(options)", RUN)
        faults = [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]]
        assert faults == [], (lang, width, scheme)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (lang, width)


def test_pages_of_a_team_are_accessible(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(tmp_path_factory.mktemp("accounts"), public=True) as (base, ledger):
        ledger.accounts.add("ada", "admin", PASSWORD, by="test")
        page = browser.new_page()
        accessible(page, f"{base}/login")
        page.get_by_label("Ім’я").or_(page.get_by_label("Name")).fill("ada")
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        for path in ("/account", "/review", "/replies", "/day/2025-12-06"):
            accessible(page, base + path)
        page.close()


def test_the_first_press_of_the_tab_key_leads_past_the_menu(
    site: tuple[str, Ledger], page: Page
) -> None:
    page.goto(site[0] + "/search?words=drones")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert shown != "none", "where the keyboard is can be seen"


def test_a_request_outside_would_be_found(site: tuple[str, Ledger], browser: Browser) -> None:
    page = browser.new_page()
    outside: list[str] = []
    failed: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(site[0]) else outside.append(r.url))
    page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
    page.goto(site[0] + "/about")
    page.evaluate("() => { const i = new Image(); i.src = 'https://outside.example/x.png'; }")
    page.evaluate("() => fetch('https://outside.example/').catch(() => null)")
    page.wait_for_timeout(200)
    page.close()
    assert outside or any("Content Security Policy" in text for text in failed)


def test_a_chart_is_drawn_over_its_picture(site: tuple[str, Ledger], browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site[0] + "/nuclear")
    page.wait_for_selector(".chart .drawn svg text", timeout=30_000)
    page.locator(".chart picture").first.wait_for(state="hidden", timeout=30_000)
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


def test_a_figure_opens_its_words_at_their_place(site: tuple[str, Ledger], page: Page) -> None:
    page.goto(address(*site, "incident"))
    page.locator(".sidebyside tbody a").first.click()
    page.locator("a.words").first.click()
    assert "/report/" in page.url
    marked = page.locator(f"[id='{page.url.partition('#')[2]}'] + mark")
    assert marked.is_visible()


def test_a_text_is_checked(site: tuple[str, Ledger], page: Page) -> None:
    page.goto(site[0] + "/check")
    page.get_by_role("textbox", name="Text").fill(
        "Russia launched 700 weapons at Ukraine overnight: 650 drones and 40 missiles, the air force said."
    )
    page.locator("input[name=published]").fill("2025-12-06")
    page.get_by_role("button", name="Check").click()
    assert page.locator(".finding.inconsistent").first.is_visible()


def test_a_reply_goes_its_whole_way(site: tuple[str, Ledger], page: Page) -> None:
    base, ledger = site
    claim = ledger.browse.claims(Wanted(kinds=("launched",))).rows[-1].id
    page.goto(f"{base}/claim/{claim}")
    page.get_by_role("link", name="Reply to this claim").click()
    page.get_by_label("Name").fill("Olena")
    page.get_by_label("E-mail address").fill("olena@example.org")
    page.get_by_label("Comment").fill("The figure is of another night.")
    page.get_by_label("Proposed correction").fill("12 drones")
    page.wait_for_timeout(3_200)  # faster than a person can write is taken for a program
    page.get_by_role("button", name="Send").click()
    assert page.url.endswith("/reply/thanks")
    page.goto(f"{base}/claim/{claim}")
    assert page.get_by_text("The figure is of another night.").count() == 0
    page.goto(f"{base}/replies")
    assert page.get_by_text("olena@example.org").is_visible()
    page.get_by_role("link", name="Correct the claim").click()
    reply = page.locator("input[name=reply]").input_value()
    page.locator("input[name='quantity.low']").fill("12")
    page.locator("input[name='quantity.high']").fill("12")
    page.locator("#reason").fill("so it reads")
    page.get_by_role("button", name="Record the correction").click()
    decision = ledger.review.decisions([claim])[0].decision
    assert decision.reason == f"reply {reply}: so it reads"
    page.goto(f"{base}/claim/{claim}")
    assert page.get_by_text("The figure is of another night.").is_visible()
    report = ledger.browse.claim(claim)
    assert report is not None
    shown = [f"/claim/{claim}", f"/claim/{claim}.json", f"/report/{report.source.report.id}.json"]
    exports = [
        f"/api/exports/{form}" for form in ("csv", "jsonld", "atom", "geojson", "hxl", "acled")
    ]
    for path in (*shown, *exports, f"/api/claims/{claim}", "/search?words=olena"):
        assert "olena@example.org" not in page.request.get(base + path).text(), path
    assert all("olena@example.org" not in entry.body for entry in ledger.entries())


def test_people_log_in_and_do_what_their_role_allows(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(tmp_path_factory.mktemp("team"), public=True) as (base, ledger):
        for name, role in (("ada", "admin"), ("eva", "editor"), ("rob", "reader")):
            ledger.accounts.add(name, role, PASSWORD, by="test")
        for name, review, others in (("rob", 403, 0), ("eva", 200, 0), ("ada", 200, 1)):
            context = browser.new_context()
            page = context.new_page()
            page.goto(base + "/review")
            assert "/login" in page.url
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            answer = page.goto(base + "/review")
            assert answer is not None
            assert answer.status == review
            page.goto(base + "/account")
            assert page.get_by_role("heading", name="Add an account").count() == others
            page.get_by_role("button", name="Log out").click()
            page.goto(base + "/review")
            assert "/login" in page.url
            context.close()


HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'><svg onload=window.hit=1>"


def test_nothing_that_was_stored_runs(
    site: tuple[str, Ledger], page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base, ledger = site
    path = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    text = f"{HOSTILE} Russia launched 10 drones on 1 March 2025, the air force said. {HOSTILE}"
    line = {"id": f"x{HOSTILE}", "text": text, "published": "2025-03-01", "url": "javascript:hit=1"}
    path.write_text(json.dumps({**line, "publisher": HOSTILE, "title": HOSTILE}), encoding="utf-8")
    fill(ledger, str(path))
    stored = ledger.browse.claims(Wanted(start="2025-03-01", end="2025-03-01")).rows[0]
    name = tilde(stored.source.report.id)
    sent = Sent(
        report_id=stored.source.report.id, name=HOSTILE, email="a@b.example", comment=HOSTILE
    )
    ledger.replies.hold(sent)
    for path_ in (
        "/day/2025-03-01", f"/report/{name}", f"/claim/{stored.id}", "/search?words=drones",
        "/sources", "/timeline", "/map", "/replies", f"/review?claim={stored.id}",
        f"/search?speaker={quote(HOSTILE)}", f"/reply/report/{name}",
    ):  # fmt: skip
        page.goto(base + path_, wait_until="load")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(50)
        assert page.evaluate("window.hit") is None, path_


def nights(folder: Path, days: int) -> str:
    """A table of so many nights, so that a span can be drawn."""
    head = (
        "time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,source\n"
    )
    rows = (
        f"2025-01-{n:02} 18:00,2025-01-{n + 1:02} 08:00,Shahed-136/131,,Ukraine,{40 + n},30,,kpszsu/posts/{n}\n"
        for n in range(1, days + 1)
    )
    path = folder / "nights.csv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return str(path)


def _settled(page: Page, selector: str) -> FloatRect:
    """Where the first such element stands once all has come and nothing on the page moves any more."""
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("#nights picture", state="hidden")
    element, before = page.locator(selector).first, None
    while (box := element.bounding_box()) != before or box is None:
        before = box
        page.wait_for_timeout(300)
    return box


def test_a_span_drawn_on_the_strip_is_the_page_s_address(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("span")
    with serving(folder) as (base, _):
        call = ["import-table", nights(folder, 28), "--mapping", "missile-attacks-daily"]
        made = CliRunner().invoke(commands, [*call, "--ledger", str(folder / "w.db")])
        assert made.exit_code == 0, made.output
        page = browser.new_page(viewport={"width": 1440, "height": 1200})
        page.goto(f"{base}/timeline?start=2025-01-01&end=2025-01-31")
        page.locator(".chart .drawn svg").first.wait_for(timeout=30_000)
        box = _settled(page, ".chart .drawn svg")
        y = box["y"] + box["height"] - 60
        page.mouse.move(box["x"] + box["width"] * 0.3, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=6)
        with page.expect_response(lambda r: "/timeline?start=2025-01-" in r.url):
            page.mouse.up()
        found = re.search(r"start=(2025-01-\d\d)&end=(2025-01-\d\d)", page.url)
        assert found, page.url
        first, last = found.groups()
        assert "2025-01-03" < first < last < "2025-01-29"
        assert page.locator("input[name=start]").input_value() == first
        page.wait_for_function("document.querySelectorAll('#rate tbody tr').length < 20")
        told = page.locator("#rate tbody th a").evaluate_all("links => links.map(a => a.pathname)")
        assert told
        days = sorted(link.removeprefix("/day/") for link in told)
        assert first <= days[0] <= days[-1] <= last
        page.reload()
        assert page.locator("input[name=end]").input_value() == last
        page.wait_for_selector(".chart .drawn svg", timeout=30_000)
        page.locator(".chart .drawn svg .mark-rect.concat_0_layer_1_marks path").first.click()
        page.wait_for_url(re.compile(r"/day/2025-01-\d\d$"))
        page.close()
