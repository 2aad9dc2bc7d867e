"""Pages as a reader without script sees them: what they show, their data, their permalinks, their errors."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from benchmarks import varied
from benchmarks.ledger_scale import DAYS, day_of, record
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.web_site import NOW, SAMPLES, client, fill, samples

from warledger import checking, checks, regrouping
from warledger.charts.placing import precision
from warledger.cli import commands
from warledger.errors import UsageError
from warledger.ledger import Decision, Ledger
from warledger.ledger.browsing import PlaceCount
from warledger.ledger.wanting import Wanted
from warledger.web import Settings, permit
from warledger.web.answers import PageError, tilde, untilde
from warledger.web.findings import Series
from warledger.web.forms.frame import local
from warledger.web.pages import day
from warledger.web.pages.places import named
from warledger.web.pages.report import changes


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with samples(tmp_path_factory.mktemp("site")) as made:
        yield made


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> TestClient:
    return client(ledger)


def test_a_day_tells_the_attack_with_citations_that_lead_to_the_words(site: TestClient) -> None:
    page = site.get("/day/2025-12-06").text
    assert "Brief of 6 December 2025" in page
    assert "653" in page
    assert 'href="/report/ua-air-force-06#words-' in page
    assert 'id="not-covered"' in page


def test_the_first_page_is_the_last_night(site: TestClient) -> None:
    assert "Brief of 7 December 2025" in site.get("/").text


def test_an_empty_ledger_says_how_to_begin(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "w.db") as empty:
        page = client(empty).get("/")
    assert page.status_code == 200
    assert "warledger add" in page.text


def test_a_report_marks_each_claim_at_its_words(site: TestClient) -> None:
    page = site.get("/report/ua-air-force-06").text
    made = site.get("/report/ua-air-force-06.json").json()
    assert len(made["claims"]) > 5
    for stored in made["claims"]:
        assert f'id="words-{stored["id"]}"' in page
        piece = stored["claim"]["evidence"][0]
        assert made["report"]["text"][piece["start"] : piece["end"]] == piece["quote"]


def test_versions_are_listed_with_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "night.txt"
    with Ledger.open(tmp_path / "w.db") as made:
        path.write_text("Russia launched 10 drones on 5 December 2025, the air force said.")
        first = CliRunner().invoke(commands, ["add", str(path), "--ledger", str(tmp_path / "w.db")])
        assert first.exit_code == 0
        report = made.browse.reports()[0][0].report_id
        text = "Russia launched 12 drones on 5 December 2025, the air force said."
        line = f'{{"id": "{report}", "text": "{text}"}}'
        (tmp_path / "more.jsonl").write_text(line, encoding="utf-8")
        fill(made, str(tmp_path / "more.jsonl"))
        page = client(made).get(f"/report/{tilde(report)}").text
    assert "<del>10</del><ins>12</ins>" in page
    assert "2 versions" in page


def test_a_claim_names_every_part(site: TestClient, ledger: Ledger) -> None:
    stored = ledger.browse.claims(Wanted(kinds=("launched",))).rows[0]
    page = site.get(f"/claim/{stored.id}").text
    assert stored.claim.rule in page
    assert stored.claim.evidence[0].quote in page


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("words=ДРОН*", "дронами"),
        ("words=drones", "drones"),
        ("kind=launched", "launched"),
        ("side=RU", "Russia"),
        ("place=Fastiv", "Fastiv"),
        ("start=2025-12-06&end=2025-12-06", "December 2025"),
    ],
)
def test_search_finds_by(site: TestClient, query: str, holds: str) -> None:
    page = site.get(f"/search?{query}").text
    assert holds in page
    assert "Nothing recorded matches" not in page


def test_facets_count_what_the_search_found(site: TestClient) -> None:
    found = site.get("/search.json?side=RU").json()
    assert sum(count["count"] for count in found["facets"]["kind"]) == found["total"] > 0
    assert all(c["claim"]["speaker"]["side"] == "RU" for c in found["claims"])


def test_pages_of_results_hold_each_claim_once(site: TestClient) -> None:
    first = site.get("/search.json?limit=10").json()
    seen: list[str] = []
    for offset in range(0, first["total"], 10):
        page = site.get(f"/search.json?limit=10&offset={offset}").json()
        seen += [stored["id"] for stored in page["claims"]]
    assert len(seen) == len(set(seen)) == first["total"]


@pytest.mark.parametrize("path", ["/day/2025-12-06", "/report/ua-air-force-06", "/search"])
def test_every_page_has_its_data_as_csv(site: TestClient, path: str) -> None:
    answer = site.get(f"{path}.csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) > 3
    assert {len(row) for row in rows} == {len(rows[0])}


def test_what_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    with samples(tmp_path) as made:
        site = client(made)
        tag = site.get("/search").headers["etag"]
        again = site.get("/search", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        path = tmp_path / "more.jsonl"
        path.write_text('{"id": "more", "text": "Two drones were shot down."}')
        fill(made, str(path))
        assert site.get("/search", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/report/none", 404),
        ("/report/~FF", 404),
        ("/claim/000000000000", 404),
        ("/day/2025-13-01", 400),
        ("/day/yesterday", 400),
        ("/period/2025-12-06/2025-12-01", 400),
        ("/period/2020-12-06/2025-12-01", 400),
        ("/search?kind=nonsense", 400),
        ("/search?limit=0", 400),
        ("/search?limit=١", 400),
        ("/search?offset=-1", 400),
        ("/search?words=%00", 400),
        ("/search?place=" + "x" * 1001, 400),
    ],
)
def test_what_cannot_be_given_is_refused_in_one_shape(
    site: TestClient, path: str, status: int
) -> None:
    page = site.get(path)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert "Content-Security-Policy" in page.headers
    base, _, query = path.partition("?")
    told = site.get(f"{base}.json?{query}").json()["error"]
    assert told["status"] == status
    assert told["reason"]


def test_what_breaks_tells_nothing_of_itself(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    site = client(ledger)
    monkeypatch.setattr(ledger.browse, "claims", broken)
    page = site.get("/search?place=nowhere")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert "Content-Security-Policy" in page.headers


def test_the_policy_allows_no_inline_script_and_nothing_from_outside(site: TestClient) -> None:
    policy = site.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_another_site_s_name_for_this_machine_is_refused(ledger: Ledger) -> None:
    site = client(ledger)
    assert site.get("/", headers={"host": "attacker.example"}).status_code == 421
    assert site.get("/", headers={"host": "localhost:8000"}).status_code == 200
    assert site.get("/", headers={"host": "[::1]:8000"}).status_code == 200


def test_a_body_above_the_limit_is_refused(ledger: Ledger) -> None:
    site = client(ledger, Settings(body_limit=1_000, clock=lambda: NOW))
    assert site.post("/search", content=b"x" * 2_000).status_code == 413


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org", "::"])
def test_nobody_else_is_let_in_without_accounts(host: str) -> None:
    with pytest.raises(UsageError, match="no accounts"):
        permit(Settings(host=host), accounts=0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_one_s_own_machine_needs_no_account(host: str) -> None:
    permit(Settings(host=host), accounts=0)


def test_serve_refuses_before_it_listens(tmp_path: Path) -> None:
    with samples(tmp_path):
        pass
    call = ["serve", "--host", "0.0.0.0", "--ledger", str(tmp_path / "w.db")]
    result = CliRunner().invoke(commands, call)
    assert isinstance(result.exception, UsageError)


@pytest.mark.parametrize("name", ["a", "../../etc", "a b/c?d#e%", "звіт-№1", "x.json", "~41", "😀"])
def test_any_id_has_an_address(name: str) -> None:
    part = tilde(name)
    assert part.isascii()
    assert not set(part) & set("./?#% ")
    assert untilde(part) == name


def test_no_address_stands_for_broken_bytes() -> None:
    with pytest.raises(PageError):
        untilde("~FF~FE")


@pytest.mark.parametrize(
    ("back", "goes"),
    [("/day/2025-12-06?x=1", "/day/2025-12-06?x=1")]
    + [(bad, "/") for bad in ("//evil.example", "https://evil.example", "/\\evil", "", "/a\nb")],
)
def test_no_form_leads_away(back: str, goes: str) -> None:
    assert local(back) == goes


def test_the_language_is_kept(ledger: Ledger) -> None:
    site = client(ledger)
    answer = site.get("/language/uk?back=//evil.example")
    assert answer.headers["location"] == "/"
    assert "warledger_language=uk" in answer.headers["set-cookie"]


def test_changes_join_to_the_new_text() -> None:
    steps = changes("One two three.", "One three four.")
    assert "".join(s.text for s in steps if s.kind != "gone") == "One three four."
    assert "".join(s.text for s in steps if s.kind != "new") == "One two three."


def test_an_incident_holds_the_voices_side_by_side(site: TestClient) -> None:
    day = site.get("/day/2025-12-06").text
    found = re.search(r'href="(/incident/[^"]+)"[^>]*>air attack · Ukraine', day)
    assert found
    address = found.group(1).replace("&amp;", "&")
    page = site.get(address).text
    assert "653" in page
    assert "Every passage" in page
    told = site.get(address.replace("?", ".json?")).json()
    assert {stored["id"] for stored in told["claims"]} == set(told["incident"]["claims"])
    assert site.get("/incident/000000000000?start=2025-12-06").status_code == 404
    assert "653" in site.get(address.partition("?")[0]).text, "the id says on which day to look"
    assert site.get("/incident/x").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/timeline",
        "/map",
        "/nuclear",
        "/front",
        "/diplomacy",
        "/justice",
        "/positions",
        "/sources",
        "/about",
    ],
)
def test_every_subject_has_its_page_and_its_data(site: TestClient, path: str) -> None:
    assert site.get(path).status_code == 200
    assert site.get(f"{path}.json").json()
    assert site.get(f"{path}.csv").text.count("\r\n") > 1


@pytest.mark.parametrize(
    "chart",
    [
        "/timeline.nights",
        "/timeline.rate",
        "/timeline.harm",
        "/timeline.area",
        "/map.places",
        "/nuclear.power",
    ],
)
def test_a_chart_is_one_declaration_drawn_twice(site: TestClient, chart: str) -> None:
    drawn = site.get(f"{chart}.svg")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "<svg" in drawn.text
    spec = site.get(f"{chart}.vl.json?theme=dark").json()
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert '"url": ' not in str(spec.get("data", {}))
    assert site.get(f"{chart}x.svg").status_code == 404


def test_nothing_is_put_on_a_point_that_it_does_not_have(site: TestClient) -> None:
    places = {place["place"]: place for place in site.get("/map.json").json()["places"]}
    assert places["Odesa Oblast"]["precision"] == "area"
    assert places["Odesa Oblast"]["lat"] is None
    region = PlaceCount("Donbas", "", 48.0, 38.0, 1, ("Donbas",), ("position",))
    assert precision(region) == "unplaced"
    assert places["Fastiv"]["precision"] == "point"
    assert "Fastiv" in places["Fastiv"]["phrases"]


def test_an_area_without_a_code_is_known_by_the_gazetteer_s_name() -> None:
    named = PlaceCount("Odesa Oblast", None, None, None, 1, ("Odesa oblast",), ("launched",))
    assert precision(named) == "area"
    nowhere = PlaceCount("Some Oblast", None, None, None, 1, ("some oblast",), ("launched",))
    assert precision(nowhere) == "unplaced"


TABLE = """time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,source
2025-12-05 18:00,2025-12-06 08:00,Shahed-136/131,,Ukraine,40,30,,kpszsu/posts/a
2025-12-05 18:00,2025-12-06 08:00,X-101/X-555,,Ukraine,6,5,,kpszsu/posts/a
2025-12-05 05:00,2025-12-06 08:00,Iskander-M,,Ukraine,4,1,,kpszsu/posts/a
"""


def test_models_of_one_night_make_their_class_s_figure(tmp_path: Path) -> None:
    table, place = tmp_path / "table.csv", str(tmp_path / "w.db")
    table.write_text(TABLE)
    call = ["import-table", str(table), "--mapping", "missile-attacks-daily", "--ledger", place]
    made = CliRunner().invoke(commands, call)
    assert made.exit_code == 0, made.output
    with Ledger.open(place) as ledger:
        told = client(ledger).get("/timeline.json").json()
        page = client(ledger).get("/timeline").text
    missiles = [f for f in told["figures"] if f["item_class"] == "missile"]
    assert {(f["kind"], f["high"], f["models"]) for f in missiles} == {
        ("launched", 10, 2),
        ("intercepted", 6, 2),
    }
    assert "2 models" in page


def test_all_weapons_of_the_timeline_span_the_same_days(site: TestClient) -> None:
    spec = site.get("/timeline.nights.vl.json").json()
    *weapons, strip = spec["vconcat"]
    assert len(weapons) > 1
    days = [layer["encoding"]["x"]["scale"]["domain"] for w in weapons for layer in w["layer"]]
    assert {day["param"] for day in days} == {"span"}
    assert spec["params"][0]["value"]["x"] == strip["encoding"]["x"]["scale"]["domain"]


def test_a_chart_fits_the_room_that_it_is_given(site: TestClient) -> None:
    for chart in ("/timeline.nights", "/map.places", "/day/2025-12-06.map"):
        drawn = site.get(f"{chart}.svg?width=350").text
        width = re.search(r'<svg[^>]* width="([0-9.]+)"', drawn)
        assert width, chart
        assert float(width.group(1)) <= 360, chart


def test_a_day_has_its_map(site: TestClient) -> None:
    page = site.get("/day/2025-12-06").text
    assert 'data-chart="/day/2025-12-06.map.vl.json"' in page
    assert site.get("/day/2025-12-06.map.svg").status_code == 200


def test_a_day_draws_what_each_speaker_gave_for_its_weapons(site: TestClient) -> None:
    assert 'data-chart="/day/2025-12-06.attack.vl.json"' in site.get("/day/2025-12-06").text
    drawn = site.get("/day/2025-12-06.attack.svg").text
    for told in (">653<", ">585<", "Ukrainian Air Force", "Russian Ministry of Defence"):
        assert told in drawn
    assert ">29 / 30<" in drawn, "whoever carries a voice, it is one voice"
    assert site.get("/period/2025-12-05/2025-12-06.attack.svg").status_code == 404


def test_a_report_names_who_carried_its_story(site: TestClient) -> None:
    story = site.get("/report/courier-agency.json").json()["story"]
    assert {copy["report_id"] for copy in story["members"]} == {"courier-agency", "herald-agency"}
    page = site.get("/report/courier-agency").text
    assert "Who carried this story" in page
    assert 'href="/report/herald-agency"' in page
    assert site.get("/report/ua-air-force-06.json").json()["story"] is None


def test_a_day_tells_what_the_checks_find_with_their_working(site: TestClient) -> None:
    page = site.get("/day/2025-12-06").text
    assert 'id="findings"' in page
    assert "Working" in page
    assert "accounted for" in page


def test_the_record_is_built_anew_when_the_ledger_has_grown(tmp_path: Path) -> None:
    path = tmp_path / "more.jsonl"
    text = "Russia launched 900 drones overnight, the Ukrainian air force said."
    path.write_text(json.dumps({"id": "more", "published": "2025-12-05", "text": text}))
    with samples(tmp_path) as ledger:
        series = Series(ledger)
        before = series.known()
        assert series.known() is before
        fill(ledger, str(path))
        after = series.known()
        assert after.head > before.head
        assert after.record is not None
        told = after.record.on("launched", "drone", "UA", "2025-12-05")
        assert told is not None
        assert told.interval.low == 900


def test_a_sum_over_years_is_of_its_last_day_alone(tmp_path: Path) -> None:
    path = tmp_path / "sums.jsonl"
    text = "Since 24 February 2022 Russia has lost 11,400 tanks, the General Staff of Ukraine said."
    path.write_text(json.dumps({"id": "sum", "published": "2025-12-06", "text": text}))
    with Ledger.open(tmp_path / "w.db", clock=lambda: NOW) as ledger:
        fill(ledger, str(path))
        stored = ledger.browse.claims(Wanted()).rows[0]
        assert stored.claim.time is not None
        last = stored.claim.time.end[:10]
        told = Wanted(start=last, end=last), Wanted(start="2024-05-01", end="2024-05-01")
        assert [ledger.browse.claims(wanted).total for wanted in told] == [1, 0]


def test_a_report_page_tells_what_the_checks_find_in_it(site: TestClient) -> None:
    told = site.get("/report/front-november.json").json()["findings"]
    assert {finding["check"] for finding in told} >= {"unit-conversion"}


def test_counts_follow_what_comes_in_and_what_is_decided(tmp_path: Path) -> None:
    path = tmp_path / "more.jsonl"
    text = "Russia launched 77 drones overnight, the Ukrainian air force said."
    path.write_text(json.dumps({"id": "more", "published": "2025-12-05", "text": text}))
    with samples(tmp_path) as ledger:
        asked = Wanted(kinds=("launched",)), Wanted(start="2025-12-05", end="2025-12-05"), Wanted()
        _counts_agree(ledger, asked)
        fill(ledger, str(path))
        _counts_agree(ledger, asked)
        stored = ledger.browse.all(Wanted(report="more"), most=1)[0]
        said = Decision(claim=stored.id, verdict="reject", by="eva", reason="a misreading")
        ledger.review.decide(said)
        _counts_agree(ledger, asked)
        ledger.withdraw("more", by="eva", reason="taken back")
        _counts_agree(ledger, asked)
        assert ledger.verify().holds


def _counts_agree(ledger: Ledger, asked: tuple[Wanted, ...]) -> None:
    for wanted in asked:
        found = ledger.browse.all(wanted, most=1_000)
        assert ledger.browse.claims(wanted, limit=0).total == len(found)
        counted = ledger.browse.facets(("kind", "side", "lang"), wanted, limit=1_000)
        for name, values in counted.items():
            assert sum(count.count for count in values) == len(found), name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *((f"shelf_{name}", "claims") for name in ("tally", "whole", "day", "rule", "named", "credit")),
        ("shelf_credit", "reports"), ("shelf_report", "claims"), ("shelf_night", "high"), ("shelf_claim", "figures"),
    ],
)  # fmt: skip
def test_a_count_that_somebody_changed_is_found(tmp_path: Path, table: str, column: str) -> None:
    with samples(tmp_path) as ledger:
        ledger.browse.refresh()
        assert ledger.verify().holds
        with sqlite3.connect(tmp_path / "w.db") as connection:
            first = f"rowid = (SELECT min(rowid) FROM {table})"
            connection.execute(f"UPDATE {table} SET {column} = {column} + 1 WHERE {first}")
        fault = ledger.verify().fault
        assert fault is not None
        assert table in fault


def test_of_very_many_figures_the_last_are_told_by_whole_days(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        harm = Wanted(kinds=("killed", "wounded"))
        whole = ledger.browse.figures(harm, most=10_000)
        assert whole.since is None
        for most in (1, 3, len(whole.rows)):
            part = ledger.browse.figures(harm, most=most)
            assert len(part.rows) >= most
            kept = [f for f in whole.rows if part.since is None or f.day >= part.since]
            assert list(part.rows) == kept


def test_nights_are_the_same_from_the_sums_and_from_the_claims(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        nightly = Wanted(kinds=("launched", "intercepted"))
        kept = ledger.browse.nights(nightly)
        assert kept == ledger.browse.nights(msgspec.structs.replace(nightly, signed=-1))
        assert kept
        speakers = ledger.browse.night_speakers(nightly)
        assert set(speakers) == {f.speaker for f in kept if f.speaker}
        one = msgspec.structs.replace(nightly, speaker=speakers[0], start=kept[0].day)
        assert ledger.browse.nights(one) == [f for f in kept if f.speaker == speakers[0]]


def test_what_checks_need_of_a_ledger_is_all_that_they_find(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        start, end = "2025-12-05", "2025-12-06"
        now = checking.of_days(ledger, start=start, end=end)
        assert now
        then = checking.of_days(ledger, start=start, end=end, as_known_on="2100-01-01")
        assert {f.id for f in now} == {f.id for f in then}
        for incident in regrouping.incidents(ledger, start=start, end=end).incidents:
            found = checking.of_incident(ledger, incident)
            whole = checking.of_incident(ledger, incident, as_known_on="2100-01-01")
            assert {f.id for f in found} == {f.id for f in whole}, incident.id


def test_the_series_of_a_very_large_ledger_hold_the_fullest_figures(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        whole = checks.build(ledger.claims())
        part = checks.build(ledger.browse.series(checks.DAILY))
        assert part.days == whole.days
        assert part.daily.keys() == whole.daily.keys()
        for key, nights in whole.daily.items():
            for night, other in zip(nights, part.daily[key], strict=True):
                assert (night.day, night.interval) == (other.day, other.interval), key


def test_pages_are_told_from_either_database(place: str) -> None:
    with Ledger.open(place, clock=lambda: NOW) as ledger:
        fill(ledger, str(SAMPLES))
        site = client(ledger)
        told = site.get("/search.json?side=RU").json()
        assert sum(count["count"] for count in told["facets"]["kind"]) == told["total"] > 0
        figures = site.get("/timeline.json").json()["figures"]
        assert any(f["item_class"] == "drone" and f["high"] == 653 for f in figures)
        assert "Who carried this story" in site.get("/report/courier-agency").text
        paths = (
            "/day/2025-12-06", "/search?words=ДРОН*&start=2025-12-01&end=2025-12-31", "/map", "/nuclear",
            "/sources", "/review", "/front", "/feeds/incidents.atom", "/feeds/corrections.atom",
        )  # fmt: skip
        for path in paths:
            assert site.get(path).status_code == 200, path


def test_a_busy_day_is_told_in_part_and_whole_where_asked(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "w.db", clock=lambda: NOW) as ledger:
        busy(ledger, reports=40)
        site = client(ledger)
        day = day_of(0).isoformat()
        part, whole = site.get(f"/day/{day}").text, site.get(f"/day/{day}?rows=all").text
        assert "are not shown here" in part
        assert "are not shown here" not in whole
        assert part.count("<tr>") < whole.count("<tr>")
        cites = set(re.findall(r'href="#(cite-\d+)"', part))
        assert cites
        assert cites == set(re.findall(r'id="(cite-\d+)"', part))
        assert site.get(f"/day/{day}.csv").text == site.get(f"/day/{day}.csv?rows=all").text
        name = re.findall(r'href="(/incident/[^"?]+)', part)[0]
        assert "voices side by side" in site.get(name).text


def busy(ledger: Ledger, reports: int) -> None:
    """So many generated reports of one day, ten claims each."""
    with ledger.batch():
        for n in range(reports):
            for report, claims in varied.reports(1, first=n * DAYS):
                record(ledger, report, claims)


def test_places_of_a_day_are_told_from_its_claims_as_from_the_sums(ledger: Ledger) -> None:
    for wanted in (
        Wanted(),
        Wanted(start="2025-12-01", end="2025-12-31"),
        Wanted(kinds=("killed",)),
    ):
        claims = [stored.claim for stored in ledger.browse.all(wanted, most=10_000)]
        found = ledger.browse.places(wanted)
        assert [(p.name, p.code, p.count, p.kinds) for p in named(claims)] == [
            (p.name, p.code, p.count, p.kinds) for p in found
        ]


def test_of_a_period_that_one_brief_cannot_hold_the_days_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(tmp_path / "w.db", clock=lambda: NOW) as ledger:
        busy(ledger, reports=3)
        first = day_of(0)
        address = f"/period/{first}/{first + timedelta(days=3)}"
        assert "Choose a day" not in client(ledger).get(address).text
        monkeypatch.setattr(day, "MOST_TOLD", 10)
        page = client(ledger).get(address)
        assert f'href="/day/{first}"' in page.text
        told = client(ledger).get(f"{address}.json").json()["days"]
        assert told[first.isoformat()] == 30
        assert client(ledger).get(f"/day/{first}").text.count("cite-") > 0


def test_tables_of_an_earlier_shape_are_made_anew(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        wanted = Wanted()
        before = ledger.browse.all(wanted, most=1_000)
    with sqlite3.connect(tmp_path / "w.db") as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'shelf%'"
        )
        for (name,) in names.fetchall():
            connection.execute(f"DROP TABLE {name}")
        connection.execute("CREATE TABLE shelf_claim (number INTEGER PRIMARY KEY, kind TEXT)")
        connection.execute("CREATE TABLE shelf_state (name TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO shelf_state VALUES ('shape', '6'), ('head', '12')")
    with Ledger.open(tmp_path / "w.db") as ledger:
        assert ledger.verify().holds
        assert ledger.browse.all(wanted, most=1_000) == before
        assert ledger.verify().holds
