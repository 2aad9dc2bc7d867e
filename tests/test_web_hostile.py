"""Every page and form under inputs made to break it: nothing breaks, nothing tells of the inside, no text becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.web_site import NOW, client, samples

from warledger.ledger import Ledger
from warledger.ledger.wanting import Wanted
from warledger.web import Settings, create_app
from warledger.web.answers import tilde

MARK = "<script>hit()</script>"
INSIDE = re.compile(
    r"Traceback|sqlite3?\.|sqlalchemy|/site-packages/|File &#34;|<script>hit", re.IGNORECASE
)
PARAMETERS = (
    "words", "kind", "side", "speaker", "place", "publisher", "lang", "modality", "start", "end", "limit", "offset",
    "subject", "theme", "width", "claim", "back", "rows", "language", "passed", "reply", "unknown",
)  # fmt: skip
HOSTILE = (
    MARK, f'"><img src=x onerror="hit()">{MARK}', "'; DROP TABLE entry; --", "1 OR 1=1", "%' OR '1'='1", "../../etc/passwd",
    "{{7*7}}", "${7*7}", "javascript:hit()", "\r\nSet-Cookie: a=b", "\x00", "\ud800", "9" * 400, "-1", "١", "NaN", "2025-02-30",
    "0000-00-00", "9999-12-31", "-0001-01-01", "*", '"', "NEAR(", "a AND", "(" * 200, "é" * 999, "😀", "~FF", "%2e%2e%2f", "  ",
)  # fmt: skip
VALID = (
    "launched", "UA", "-", "Ukrainian Air Force", "Kyiv", "2025-12-06", "2025-12-01", "air", "dark", "350", "10", "asserted", "uk",
)  # fmt: skip
FIELDS = (
    "name", "email", "comment", "correction", "website", "password", "role", "text", "published", "reason", "verdict", "claim",
    "claims", "incident", "start", "end", "reply", "by", "back", "quantity.low", "quantity.high", "kind", "speaker", "token", "lang",
)  # fmt: skip
QUICK = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
VALUES = st.one_of(st.sampled_from(HOSTILE), st.sampled_from(VALID), st.text(max_size=60))
QUERIES = st.dictionaries(st.sampled_from(PARAMETERS), VALUES, max_size=5)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with samples(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> TestClient:
    return client(ledger)


@pytest.fixture(scope="module")
def known(ledger: Ledger) -> dict[str, str]:
    """For each part of an address one that exists."""
    claim = ledger.browse.claims(Wanted(kinds=("launched",))).rows[0]
    return {
        "claim": claim.id, "report": tilde(claim.source.report.id), "incident": "20251206-00000000", "day": "2025-12-06",
        "start": "2025-12-05", "end": "2025-12-06", "chart": "nights", "what": "report", "name": "app.css", "lang": "uk", "id": claim.id,
    }  # fmt: skip


@pytest.fixture(scope="module")
def addresses(ledger: Ledger) -> list[tuple[str, str]]:
    """Every method and address of the app but for the API's, which are tried against its description."""
    routes = create_app(Settings(clock=lambda: NOW), ledger).router.routes
    found = {
        (method, route.path)
        for route in routes
        if isinstance(route, Route) and not route.path.startswith("/api")
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert len(found) > 60
    return sorted(found)


def given_parts(path: str, known: dict[str, str], bad: str) -> str:
    """The address with its parts filled in: with what exists, or with `bad`."""
    part = quote(bad.encode("utf-8", "surrogatepass"), safe="")
    return re.sub(
        r"\{(\w+)(?::\w+)?\}",
        lambda m: part if bad else quote(known.get(m[1], "x"), safe="~"),
        path,
    )


def holds(answer: Any, path: str) -> None:
    assert answer.status_code < 500, (path, answer.text[:300])
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        assert not INSIDE.search(answer.text), path
        assert "unsafe" not in answer.headers["content-security-policy"]
    elif "json" not in kind:
        assert "Traceback" not in answer.text, path
    assert "a=b" not in answer.headers.get("set-cookie", "")
    assert answer.headers["x-content-type-options"] == "nosniff", path


def test_no_query_and_no_part_of_an_address_breaks_a_page(
    site: TestClient, addresses: list[tuple[str, str]], known: dict[str, str]
) -> None:
    pages = [path for method, path in addresses if method == "GET"]

    @given(
        path=st.sampled_from(pages),
        query=QUERIES,
        bad=st.one_of(st.just(""), st.just(""), st.sampled_from(HOSTILE)),
        accept=st.sampled_from(("uk", "en", MARK)),
    )
    def tried(path: str, query: dict[str, str], bad: str, accept: str) -> None:
        sent = "&".join(
            f"{name}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}"
            for name, value in query.items()
        )
        made = f"{given_parts(path, known, bad)}?{sent}"
        holds(site.get(made, headers={"accept-language": accept}), made)

    settings(QUICK, max_examples=250)(tried)()


@pytest.mark.parametrize("value", HOSTILE)
def test_every_page_takes_every_hostile_value(
    site: TestClient, addresses: list[tuple[str, str]], known: dict[str, str], value: str
) -> None:
    text = quote(value.encode("utf-8", "surrogatepass"), safe="")
    names = PARAMETERS if len(text) < 2_000 else PARAMETERS[:6]
    sent = "&".join(f"{name}={text}" for name in names)
    pages = [path for method, path in addresses if method == "GET" and "." not in path]
    for path in pages:
        made = f"{given_parts(path, known, '')}?{sent}"
        holds(site.get(made), made)
    for name in PARAMETERS:
        holds(site.get(f"/search?{name}={text}"), name)


def test_no_form_breaks_whatever_is_sent(
    site: TestClient, addresses: list[tuple[str, str]], known: dict[str, str]
) -> None:
    forms = [path for method, path in addresses if method == "POST"]
    pages = {path for method, path in addresses if method == "GET"}
    assert len(forms) >= 7

    @given(
        path=st.sampled_from(forms),
        fields=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
        bad=st.one_of(st.just(""), st.just(""), st.sampled_from(HOSTILE)),
        fair=st.booleans(),
    )
    def tried(path: str, fields: dict[str, str], bad: str, fair: bool) -> None:
        made = given_parts(path, known, bad)
        if fair and path in pages:
            found = re.search(r'name="token" value="([^"]*)"', site.get(made).text)
            fields = {**fields, "token": found[1] if found else ""}
        sent = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
        answer = site.post(made, data=sent, headers={"origin": "http://127.0.0.1:8000"})
        holds(answer, made)
        if answer.status_code in (302, 303):
            assert answer.headers["location"].startswith("/")
            assert not answer.headers["location"].startswith("//")

    settings(QUICK, max_examples=200)(tried)()
    assert site.app.state.house.ledger.verify().holds  # type: ignore[attr-defined]


def test_what_is_asked_for_comes_back_as_text(site: TestClient) -> None:
    for path in (
        "/search",
        "/diplomacy",
        "/front",
        "/source",
        "/map",
        "/timeline",
        "/check",
        "/login",
    ):
        for name in PARAMETERS:
            assert MARK not in site.get(path, params={name: MARK}).text, (path, name)
