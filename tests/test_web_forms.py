"""Forms as people and as programs send them: accounts and roles, replies on their whole way, review, check, forgery."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.web_site import NOW, SAMPLES, client, field, fill, samples

from warledger import doubting
from warledger.cli import commands
from warledger.errors import UsageError
from warledger.ledger import Decision, Ledger
from warledger.ledger.replies import Sent
from warledger.ledger.wanting import Wanted
from warledger.web import Settings, permit
from warledger.web.answers import tilde

PASSWORD = "correct horse battery"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with samples(tmp_path):
        pass
    with Ledger.open(tmp_path / "w.db", clock=clock) as made:
        yield made


def site(ledger: Ledger, clock: Clock, **settings: object) -> TestClient:
    return client(ledger, Settings(clock=clock, **settings))  # type: ignore[arg-type]


def team(ledger: Ledger) -> None:
    for name, role in (("ada", "admin"), ("eva", "editor"), ("eli", "editor"), ("rob", "reader")):
        ledger.accounts.add(name, role, PASSWORD, by="test")


def log_in(browser: TestClient, name: str, password: str = PASSWORD) -> int:
    token = field(browser.get("/login").text, "token")
    sent = {"token": token, "name": name, "password": password}
    return int(browser.post("/login", data=sent).status_code)


def post(browser: TestClient, form: str, to: str | None = None, **fields: str) -> int:
    token = field(browser.get(form).text, "token")
    return int(browser.post(to or form, data={"token": token, **fields}).status_code)


REPLY = {
    "name": "Olena",
    "email": "olena@example.org",
    "comment": "The figure is of the evening before.",
    "proposed": "652 drones",
}


def a_claim(ledger: Ledger) -> str:
    return ledger.browse.claims(Wanted(kinds=("launched",))).rows[0].id


def test_pages_ask_for_a_login_unless_public(ledger: Ledger, clock: Clock) -> None:
    team(ledger)
    assert site(ledger, clock).get("/day/2025-12-06").status_code == 303
    assert site(ledger, clock).get("/day/2025-12-06.json").status_code == 401
    assert site(ledger, clock, public=True).get("/day/2025-12-06").status_code == 200


@pytest.mark.parametrize(
    ("name", "role", "path", "status"),
    [
        ("rob", "reader", "/search", 200),
        ("rob", "reader", "/review", 403),
        ("rob", "reader", "/replies", 403),
        ("eva", "editor", "/review", 200),
        ("eva", "editor", "/replies", 200),
        ("ada", "admin", "/account", 200),
    ],
)
def test_roles(ledger: Ledger, clock: Clock, name: str, role: str, path: str, status: int) -> None:
    team(ledger)
    browser = site(ledger, clock)
    assert log_in(browser, name) == 303
    assert browser.get(path).status_code == status


def test_only_an_admin_changes_accounts_and_every_change_is_an_entry(
    ledger: Ledger, clock: Clock
) -> None:
    team(ledger)
    reader, admin = site(ledger, clock), site(ledger, clock)
    new = {"action": "add", "name": "new", "role": "admin", "new": PASSWORD}
    log_in(reader, "rob")
    assert post(reader, "/account", **new) == 403
    log_in(admin, "ada")
    before = len(ledger.entries("account"))
    assert post(admin, "/account", **new) == 303
    assert len(ledger.entries("account")) == before + 1
    assert all(PASSWORD not in entry.body for entry in ledger.entries("account"))
    assert post(admin, "/account", action="remove", name="nobody") == 400


def test_the_last_admin_stays(ledger: Ledger) -> None:
    ledger.accounts.add("ada", "admin", PASSWORD, by="test")
    with pytest.raises(UsageError, match="last admin"):
        ledger.accounts.remove("ada", by="ada")
    with pytest.raises(UsageError, match="last admin"):
        ledger.accounts.change("ada", role="reader", by="ada")


def test_wrong_passwords_lock_for_a_while(ledger: Ledger, clock: Clock) -> None:
    team(ledger)
    browser = site(ledger, clock)
    for _ in range(5):
        assert log_in(browser, "eva", "wrong password") == 403
    assert log_in(browser, "eva") == 403
    clock.pass_(minutes=16)
    assert log_in(browser, "eva") == 303


def test_a_session_ends(ledger: Ledger, clock: Clock) -> None:
    team(ledger)
    browser = site(ledger, clock)
    log_in(browser, "eva")
    assert browser.get("/review").status_code == 200
    clock.pass_(hours=13)
    assert browser.get("/review").status_code == 303
    log_in(browser, "eva")
    assert post(browser, "/account", "/logout") == 303
    assert browser.get("/review").status_code == 303


def test_passwords_are_hashed(ledger: Ledger, tmp_path: Path) -> None:
    team(ledger)
    data = b"".join(path.read_bytes() for path in tmp_path.glob("w.db*") if path.is_file())
    assert PASSWORD.encode() not in data
    assert b"$argon2id$" in data


def test_accounts_by_the_command_line(ledger: Ledger, tmp_path: Path) -> None:
    place = ["--ledger", str(tmp_path / "w.db")]
    call = ["account", "add", "ada", "--role", "admin", *place]
    assert CliRunner().invoke(commands, call, input=PASSWORD + "\n").exit_code == 0
    assert "ada\tadmin" in CliRunner().invoke(commands, ["account", "list", *place]).output
    permit(Settings(host="0.0.0.0"), accounts=ledger.accounts.count())
    assert CliRunner().invoke(commands, ["account", "set", "ada", *place]).exit_code != 0


def test_a_reply_on_its_whole_way(ledger: Ledger, clock: Clock) -> None:
    claim = a_claim(ledger)
    browser = site(ledger, clock)
    token = field(browser.get(f"/reply/claim/{claim}").text, "token")
    clock.pass_(seconds=20)
    sent = browser.post(f"/reply/claim/{claim}", data={"token": token, **REPLY})
    assert sent.headers["location"] == "/reply/thanks"
    assert REPLY["comment"] not in browser.get(f"/claim/{claim}").text
    waiting = browser.get("/replies").text
    assert REPLY["comment"] in waiting
    reply = field(waiting, "reply")
    form = f"/review?claim={claim}&reply={reply}"
    low = {"quantity.low": "652", "quantity.high": "652"}
    page = browser.get(form).text
    slots = {name: field_of(page, name) for name in SLOTS} | low
    fields = {"claim": claim, "reply": reply, "verdict": "correct", "reason": "so it reads"}
    assert post(browser, form, "/review", **fields, **slots) == 303
    decided = ledger.review.decisions([claim])[0].decision
    assert decided.reason.startswith(f"reply {reply}")
    assert decided.corrected is not None
    assert decided.corrected.quantity is not None
    assert decided.corrected.quantity.low == 652
    public = browser.get(f"/claim/{claim}").text
    assert REPLY["comment"] in public
    assert REPLY["email"] not in public
    assert all(REPLY["email"] not in e.body and "Olena" not in e.body for e in ledger.entries())


SLOTS = [
    "quantity.low",
    "quantity.high",
    "quantity.bound",
    "item.class",
    "item.model",
    "kind",
    "speaker.name",
    "speaker.side",
    "modality",
]


def field_of(page: str, name: str) -> str:
    return field(page, name.replace(".", r"\."))


def test_a_reply_can_be_erased(ledger: Ledger, tmp_path: Path) -> None:
    sent = Sent(report_id="ua-air-force-06", name="Olena", email="o@example.org", comment="words")
    reply = ledger.replies.hold(sent)
    ledger.replies.erase(reply)
    assert ledger.replies.address(reply) is None
    found = ledger.replies.one(reply)
    assert found is not None
    assert (found.name, found.comment) == (None, None)


@pytest.mark.parametrize(
    ("wait", "more"),
    [(1, {}), (20, {"website": "http://spam.example"})],
    ids=["too fast", "hidden field"],
)
def test_programs_are_thanked_and_not_heard(
    ledger: Ledger, clock: Clock, wait: int, more: dict[str, str]
) -> None:
    browser = site(ledger, clock)
    token = field(browser.get("/reply/report/ua-air-force-06").text, "token")
    clock.pass_(seconds=wait)
    sent = browser.post("/reply/report/ua-air-force-06", data={"token": token, **REPLY, **more})
    assert sent.status_code == 303
    assert ledger.replies.count_held() == 0


def test_replies_are_limited_in_number(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    seen = []
    for _ in range(6):
        token = field(browser.get("/reply/report/ua-air-force-06").text, "token")
        clock.pass_(seconds=5)
        data = {"token": token, **REPLY}
        seen.append(browser.post("/reply/report/ua-air-force-06", data=data).status_code)
    assert seen == [303] * 5 + [429]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "no address"),
        ("email", "a@b"),
        ("email", ""),
        ("name", ""),
        ("comment", ""),
        ("comment", "x" * 5_001),
        ("name", "a\x00b"),
    ],
)
def test_replies_that_will_not_do(ledger: Ledger, clock: Clock, name: str, value: str) -> None:
    browser = site(ledger, clock)
    fields = {**REPLY, name: value}
    assert post(browser, "/reply/report/ua-air-force-06", **fields) == 400


@pytest.mark.parametrize(
    "path", ["/check", "/review", "/replies", "/reply/report/ua-air-force-06", "/logout"]
)
@pytest.mark.parametrize("forgery", ["none", "garbage", "another browser's", "another site", "old"])
def test_forged_forms_do_nothing(ledger: Ledger, clock: Clock, path: str, forgery: str) -> None:
    browser = site(ledger, clock)
    other = site(ledger, clock)
    token = field(browser.get("/check").text, "token")
    headers = {}
    if forgery == "none":
        token = ""
    elif forgery == "garbage":
        token = f"{int(NOW.timestamp())}.{'0' * 64}"
    elif forgery == "another browser's":
        token = field(other.get("/check").text, "token")
    elif forgery == "another site":
        headers = {"origin": "https://evil.example"}
    else:
        clock.pass_(hours=13)
    before = ledger.browse.head()
    sent = browser.post(path, data={"token": token, "text": "Two drones."}, headers=headers)
    assert sent.status_code == 403
    assert ledger.browse.head() == before


def test_review_takes_one_claim_after_the_other(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    first = field(browser.get("/review").text, "claim")
    assert first == doubting.queue(ledger, limit=1)[0].stored.id
    assert post(browser, "/review", claim=first, verdict="accept") == 303
    second = field(browser.get("/review").text, "claim")
    assert second != first
    assert post(browser, "/review", claim=second, verdict="reject") == 400
    assert post(browser, "/review", claim=second, verdict="reject", reason="a misreading") == 303
    assert ledger.review.standings([first, second]) == {first: "accepted", second: "rejected"}
    third = field(browser.get("/review").text, "claim")
    page = browser.get(f"/review?passed={third}").text
    assert field(page, "claim") not in (first, second, third)


def test_rejected_claims_leave_the_pages(ledger: Ledger, clock: Clock) -> None:
    claim = a_claim(ledger)
    before = ledger.browse.claims(Wanted()).total
    said = Decision(claim=claim, verdict="reject", by="eva", reason="a misreading")
    ledger.review.decide(said)
    assert ledger.browse.claims(Wanted()).total == before - 1
    assert "a misreading" in site(ledger, clock).get(f"/claim/{claim}").text


@pytest.mark.parametrize(("setting", "people"), [("reviewed", 1), ("signed", 2)])
def test_the_public_sees_what_the_setting_lets_through(
    ledger: Ledger, clock: Clock, setting: str, people: int
) -> None:
    team(ledger)
    public = site(ledger, clock, public=True, publication=setting)
    claim = a_claim(ledger)
    report = ledger.browse.claim(claim)
    assert report is not None
    day = report.claim.time.end if report.claim.time else ""
    name = report.source.report.id
    for number, editor in enumerate(("eva", "eli"), 1):
        shown = number > people
        assert (public.get(f"/claim/{claim}").status_code == 200) is shown
        assert (public.get("/search.json").json()["total"] == 1) is shown
        assert bool(public.get(f"/day/{day}.json").json()["citations"]) is shown
        assert (len(public.get(f"/report/{name}.json").json()["claims"]) == 1) is shown
        said = Decision(claim=claim, verdict="accept", by=editor, reason="so it reads")
        ledger.review.decide(said)
    assert public.get(f"/claim/{claim}").status_code == 200


def test_check_puts_each_statement_beside_the_record(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    before = ledger.browse.head()
    token = field(browser.get("/check").text, "token")
    text = "Russia launched 650 drones at Ukraine overnight, the Ukrainian air force said."
    sent = {"token": token, "text": text, "published": "2025-12-06"}
    page = browser.post("/check", data=sent).text
    assert "<strong>650</strong>" in page
    assert "<strong>653</strong>" in page
    assert ledger.browse.head() == before


def test_check_tells_what_the_checks_find_with_working(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    token = field(browser.get("/check").text, "token")
    text = (
        "Overnight Russia launched 700 weapons at Ukraine: 650 drones and 40 missiles, the Ukrainian air force said."
        " It was the largest attack since the start of the war."
    )
    page = browser.post(
        "/check", data={"token": token, "text": text, "published": "2025-12-06"}
    ).text
    assert re.search(r'class="finding inconsistent".*650 \+ 40', page)
    assert "largest" in page
    assert 'href="#words-' in page
    assert "/report/pasted" not in page


def test_unsigned_claims_are_not_told_by_check_or_findings(ledger: Ledger, clock: Clock) -> None:
    team(ledger)
    public = site(ledger, clock, public=True, publication="signed")
    token = field(public.get("/check").text, "token")
    text = "Russia launched 650 drones at Ukraine overnight, the Ukrainian air force said."
    page = public.post(
        "/check", data={"token": token, "text": text, "published": "2025-12-06"}
    ).text
    assert "<strong>650</strong>" in page
    assert "653" not in page
    assert "653" not in public.get("/day/2025-12-06").text


def test_script_in_any_field_stays_text(tmp_path: Path, clock: Clock) -> None:
    text = f"{SCRIPT} Russia launched 10 drones on 5 December 2025, the air force said. {SCRIPT}"
    path = tmp_path / "hostile.jsonl"
    fields = dict.fromkeys(("publisher", "title"), SCRIPT)
    line = {"id": f"../{SCRIPT}", "text": text, "url": "javascript:alert(1)", **fields}
    path.write_text(json.dumps(line), encoding="utf-8")
    with Ledger.open(tmp_path / "h.db", clock=clock) as made:
        fill(made, str(path))
        stored = made.browse.claims(Wanted()).rows[0]
        sent = Sent(
            report_id=stored.source.report.id, name=SCRIPT, email="a@b.example", comment=SCRIPT
        )
        made.replies.moderate(made.replies.hold(sent), "published", by="eva", reason=SCRIPT)
        made.review.decide(Decision(claim=stored.id, verdict="accept", by="eva", reason=SCRIPT))
        browser = site(made, clock)
        report = tilde(stored.source.report.id)
        for page in (
            "/", "/day/2025-12-05", f"/report/{report}", f"/claim/{stored.id}", "/search?words=drones",
            "/sources", "/map", "/timeline", "/review", "/replies", f"/reply/report/{report}",
            "/search?words=%3Cscript%3Ealert(1)%3C/script%3E&speaker=%22%3E%3Cscript%3E",
        ):  # fmt: skip
            answer = browser.get(page)
            assert answer.status_code == 200, page
            assert "<script>alert" not in answer.text, page
            assert "<img src=x" not in answer.text, page
            assert 'href="javascript:' not in answer.text, page


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", '"; DROP TABLE entry; --', "%", "_", "\\", "NEAR(qqx", "*"]
)
@pytest.mark.parametrize("name", ["words", "speaker", "place", "publisher"])
def test_no_query_reaches_the_database_as_code(
    ledger: Ledger, clock: Clock, name: str, value: str
) -> None:
    answer = site(ledger, clock).get("/search.json", params={name: value})
    assert answer.status_code == 200
    assert answer.json()["total"] == 0


def test_formulas_do_not_run_in_a_spreadsheet(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "hostile.jsonl"
    path.write_text(
        '{"id": "x", "publisher": "=cmd()", "text": "Two drones were shot down on 5 December 2025."}'
    )
    with Ledger.open(tmp_path / "h.db", clock=clock) as made:
        fill(made, str(path))
        sheet = site(made, clock).get("/search.csv").text
    assert "'=cmd()" in sheet
    assert ",=cmd()" not in sheet


def an_incident(browser: TestClient) -> str:
    day = browser.get("/day/2025-12-06").text
    found = re.search(r'href="(/incident/[^"?]+)[^"]*"[^>]*>air attack · Ukraine', day)
    assert found
    return found.group(1).rpartition("/")[2]


def test_an_editor_splits_and_joins_incidents_by_entries(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    name = an_incident(browser)
    form = f"/regroup/{name}"
    claims = browser.get(f"/incident/{name}.json").json()["incident"]["claims"]
    chosen = claims[0]
    nothing = {"action": "split", "reason": "another night"}
    assert post(browser, form, **nothing) == 400
    assert post(browser, form, **nothing, **{f"claim-{chosen}": "1"}) == 303
    page = browser.get(f"/incident/{name}")
    assert "another night" in page.text
    assert chosen not in browser.get(f"/incident/{name}.json").json()["incident"]["claims"]
    days = browser.get("/day/2025-12-06").text
    others = set(re.findall(r'href="/incident/([^"?]+)', days)) - {name}
    out = next(
        other
        for other in others
        if chosen in browser.get(f"/incident/{other}.json").json()["incident"]["claims"]
    )
    assert post(browser, form, action="join", other=out, reason="one night after all") == 303
    assert chosen in browser.get(f"/incident/{name}.json").json()["incident"]["claims"]
    assert ledger.verify().holds


def test_only_editors_regroup(ledger: Ledger, clock: Clock) -> None:
    name = an_incident(site(ledger, clock))
    team(ledger)
    reader = site(ledger, clock)
    log_in(reader, "rob")
    assert reader.get(f"/regroup/{name}").status_code == 403
    assert "/regroup/" not in reader.get(f"/incident/{name}").text


def test_an_incident_shows_revisions_and_what_was_rejected(ledger: Ledger, clock: Clock) -> None:
    browser = site(ledger, clock)
    name = an_incident(browser)
    chosen = browser.get(f"/incident/{name}.json").json()["incident"]["claims"][0]
    said = Decision(claim=chosen, verdict="reject", by="eva", reason="a misreading")
    ledger.review.decide(said)
    page = browser.get(f"/incident/{name}").text
    assert "a misreading" in page
    told = browser.get(f"/incident/{name}.json").json()
    assert chosen not in told["incident"]["claims"]
    assert told["incident"]["rejected"]
    assert chosen not in {c["id"] for c in told["claims"]}


def test_feeds_tell_of_new_incidents_and_of_corrections(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    browser = site(ledger, clock)
    feed = feedparser.parse(browser.get("/feeds/incidents.atom").content)
    assert not feed.bozo
    assert any("air attack" in entry.title for entry in feed.entries)
    assert all("/incident/" in entry.link for entry in feed.entries)
    path = urlsplit(feed.entries[0].link).path
    assert browser.get(path).status_code == 200
    nothing = feedparser.parse(browser.get("/feeds/corrections.atom").content)
    assert (nothing.bozo, nothing.entries) == (False, [])
    clock.pass_(hours=1)
    claim = a_claim(ledger)
    ledger.review.decide(Decision(claim=claim, verdict="reject", by="eva", reason="a misreading"))
    lines = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    edited = {**lines[0], "text": lines[0]["text"] + " Two drones were shot down."}
    (tmp_path / "edited.jsonl").write_text(json.dumps(edited), encoding="utf-8")
    fill(ledger, str(tmp_path / "edited.jsonl"))
    ledger.withdraw("front-november", by="eli", reason="it was a draft")
    found = feedparser.parse(browser.get("/feeds/corrections.atom").content)
    assert not found.bozo
    told = {entry.title.partition(":")[0]: entry for entry in found.entries}
    assert set(told) == {"rejected", "edited", "taken back"}
    assert told["rejected"].summary == "a misreading"
    assert told["rejected"].link.endswith(f"/claim/{claim}")
    for entry in found.entries:
        assert browser.get(urlsplit(entry.link).path).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "<script>,;q=x,,"},
        {"accept-language": "uk;q=" + "9" * 5_000},
        {
            "cookie": "warledger_language=<script>; warledger_session=\x01\x02; warledger_form=' OR 1=1"
        },
        {"if-none-match": "W/" + "x" * 5_000},
        {"x-forwarded-host": "evil.example", "x-forwarded-for": "<script>"},
        {"content-type": "multipart/form-data; boundary="},
        {"accept-encoding": "gzip, br, <script>"},
        {"origin": "null", "sec-fetch-site": "<script>"},
        {"content-length": "-1"},
        {"content-length": "99999999999999999999"},
    ],
    ids=str,
)
def test_hostile_headers_do_nothing(ledger: Ledger, clock: Clock, headers: dict[str, str]) -> None:
    browser = site(ledger, clock)
    for path in ("/day/2025-12-06", "/search.json", "/feeds/incidents.atom", "/static/app.css"):
        answer = browser.get(path, headers=headers)
        assert answer.status_code < 500, path
        assert "evil.example" not in answer.text
        assert "<script>,;" not in answer.text
        assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"token=" + b"&a=1" * 5_000),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&token=\xff\xfe"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 2_000),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"; filename="../../x.py"\r\n\r\nx\r\n--x--',
        ),
        ("application/json", b'{"token": ' + b"[" * 50_000),
        ("text/plain", b"\x00" * 1_000),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 999_000),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 2_000_000),
    ],
    ids=range(9),
)
@pytest.mark.parametrize("path", ["/check", "/review", "/login", "/reply/report/ua-air-force-06"])
def test_hostile_bodies_are_refused(
    ledger: Ledger, clock: Clock, path: str, kind: str, body: bytes
) -> None:
    before = ledger.browse.head()
    answer = site(ledger, clock).post(path, content=body, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
    assert ledger.browse.head() == before


def test_files_with_hostile_names_stay_text(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (
        "<img src=x onerror=alert(1)>.txt",
        "a'; DROP TABLE entry; --.txt",
        "\u202etxt.exe",
        "%2e%2e.txt",
    ):
        (folder / name).write_text("Two drones were shot down on 5 December 2025.")
    with Ledger.open(tmp_path / "h.db", clock=clock) as made:
        fill(made, str(folder))
        browser = site(made, clock)
        reports = made.browse.reports()[0]
        assert len(reports) == 4
        for one in reports:
            page = browser.get(f"/report/{tilde(one.report_id)}")
            assert page.status_code == 200
            assert "<img src=x" not in page.text
            assert browser.get(f"/report/{tilde(one.report_id)}.csv").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/etc/passwd",
        "/report/..%2F..%2Fetc%2Fpasswd", "/report/~2E~2E~2Fetc~2Fpasswd", "/claim/' OR '1'='1",
        "/incident/20251206-' UNION SELECT", "/regroup/20251206-%00", "/day/2025-12-06'--",
        "/day/2025-12-06.map'.svg", "/map.places.svg?width=-1", "/map.places.svg?theme=<script>",
        "/source?publisher=' OR 1=1", "/language/../uk", "/api/exports/..%2f..%2fetc",
        "/api/claims?kind=launched'--", "/search?offset=99999999999999",
    ],
)  # fmt: skip
def test_no_address_leads_out_or_breaks(ledger: Ledger, clock: Clock, path: str) -> None:
    answer = site(ledger, clock).get(path)
    assert 300 <= answer.status_code < 500
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text
    assert "<script>" not in answer.text.replace("<script src", "")
