"""Incidents: what belongs together and why, who said what since when, nothing lost, no side treated otherwise."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.errors import UsageError
from warledger.incidents import decision, find, group, of_days
from warledger.model import (
    KINDS,
    Actor,
    Claim,
    Evidence,
    Grouping,
    Incident,
    Item,
    Line,
    Period,
    Place,
    Quantity,
    Report,
    Speaker,
    StoredClaim,
    StoredReport,
)

NIGHT = Period("2025-12-05", "2025-12-06", "night")
DAY = Period("2025-12-06", "2025-12-06", "day")
AIR_FORCE = Speaker("Ukrainian Air Force", "UA")
MINISTRY = Speaker("Russian Ministry of Defence", "RU")
KYIV = Place("Kyiv", "Kyiv", "UA80000000000093317")
KURSK = Place("Kursk Oblast", "Kursk region", "RU-KRS")
AGENCY = "IAEA"


def said(kind: str, number: float | None, **slots: Any) -> StoredClaim:
    """A recorded claim; `report`, `published`, `publisher` and `known` say where it stands."""
    report = slots.pop("report", "r1")
    published = slots.pop("published", "2025-12-06T08:00")
    publisher = slots.pop("publisher", f"Paper {report}")
    known = slots.pop("known", "2025-12-06T09:00:00Z")
    quote = f"{number} of them"
    quantity = None if number is None else Quantity(number, number, "exact")
    claim = Claim(
        report=report,
        kind=kind,
        item=Item(slots.pop("class_", "drone"), slots.pop("model", None), slots.pop("words", None)),
        quantity=slots.pop("quantity", quantity),
        places=tuple(slots.pop("places", ())),
        speaker=slots.pop("speaker", AIR_FORCE),
        time=slots.pop("time", NIGHT),
        evidence=(Evidence(slots.pop("at", 0), slots.pop("at_end", len(quote)), quote),),
        rule="test",
        **slots,
    )
    source = Report(id=report, text=quote, published=published, publisher=publisher)
    return StoredClaim(claim.id, claim, StoredReport(source, f"v{report}", "0" * 64, known))


def only(grouping: Grouping, kind: str | None = None) -> Incident:
    (found,) = [i for i in grouping.incidents if kind in (None, i.kind)]
    return found


def line(incident: Incident, kind: str, speaker: Speaker = AIR_FORCE) -> Line:
    (found,) = [n for n in incident.lines if n.measure.kind == kind and n.speaker == speaker]
    return found


def low(told: Any) -> float | None:
    return None if told.quantity is None else told.quantity.low


def test_each_partys_own_defence_is_an_attack_of_its_own() -> None:
    found = group(
        [
            said("intercepted", 585),
            said("intercepted", 116, report="r2", speaker=MINISTRY),
        ]
    )
    assert {i.subject for i in found.incidents} == {("UA",), ("RU",)}
    assert all(not i.spreads for i in found.incidents)


def test_the_same_holds_with_the_sides_exchanged() -> None:
    one = group([said("launched", 9, places=(KYIV,), speaker=MINISTRY), said("intercepted", 5)])
    other = group(
        [
            said("launched", 9, places=(KURSK,), speaker=AIR_FORCE),
            said("intercepted", 5, speaker=MINISTRY),
        ]
    )
    assert only(one).subject == ("UA",)
    assert only(other).subject == ("RU",)
    assert only(one).reason == only(other).reason


def test_two_sides_meet_where_the_attacked_party_is_the_same() -> None:
    found = only(
        group(
            [
                said("hit", 3, places=(KYIV,)),
                said("hit", 7, report="r2", places=(KYIV,), speaker=MINISTRY),
            ]
        )
    )
    (spread,) = found.spreads
    assert (spread.low, spread.high, spread.apart) == (3, 7, True)
    assert {s.side for s in spread.speakers} == {"UA", "RU"}


def test_the_actor_tells_the_attacked_party_before_anything_else() -> None:
    russian = Actor("Russia", "RU")
    found = group([said("launched", 9, speaker=Speaker(None, None), actor=russian)])
    assert only(found).subject == ("UA",)
    assert "who is said to have attacked" in only(found).reason


def test_land_that_the_other_party_holds_is_attacked_as_its_own() -> None:
    crimea = Place("Crimea", "Crimea", "UA01")
    found = only(group([said("hit", 2, places=(crimea,), speaker=Speaker(None, None))]))
    assert found.subject == ("RU",)


def test_a_publishers_own_figure_takes_the_party_of_its_reports_other_figures() -> None:
    own = said("intercepted", 30, class_="missile", speaker=Speaker(None, None))
    found = only(group([said("intercepted", 585), own]))
    assert found.subject == ("UA",)
    assert "the report's other figures (1)" in found.reason


def test_where_nobody_tells_the_party_reports_are_not_held_against_each_other() -> None:
    nobody = Speaker(None, None)
    found = group(
        [
            said("intercepted", 30, speaker=nobody),
            said("intercepted", 40, speaker=nobody, report="r2"),
        ]
    )
    assert [i.subject for i in found.incidents] == [(), ()]
    assert all("do not tell which party" in i.reason for i in found.incidents)


def test_a_later_figure_is_a_revision_and_the_earlier_one_stays_with_its_times() -> None:
    found = only(
        group(
            [
                said(
                    "intercepted", 500, known="2025-12-06T07:01:00Z", published="2025-12-06T07:00"
                ),
                said(
                    "intercepted",
                    585,
                    report="r2",
                    known="2025-12-06T10:31:00Z",
                    published="2025-12-06T10:30",
                ),
            ]
        )
    )
    told = line(found, "intercepted")
    assert low(told.latest) == 585
    assert [(low(f), f.published, f.known_at_utc) for f in told.earlier] == [
        (500, "2025-12-06T07:00", "2025-12-06T07:01:00Z")
    ]
    assert found.spreads == ()


def test_a_figure_repeated_later_is_no_new_one() -> None:
    claims = [
        said("intercepted", 500, published="2025-12-06T07:00"),
        said("intercepted", 585, report="r2", published="2025-12-06T10:30"),
        said("intercepted", 500, report="r3", published="2025-12-06T12:00"),
    ]
    told = line(only(group(claims)), "intercepted")
    assert low(told.latest) == 585
    assert told.earlier[0].last_published == "2025-12-06T12:00"


def test_two_figures_of_one_report_stand_beside_each_other() -> None:
    claims = [
        said("wounded", 3, class_="person", places=(KYIV,)),
        said("wounded", 5, class_="person", places=(KYIV,), at=20, at_end=29),
    ]
    told = line(only(group(claims)), "wounded")
    assert (low(told.latest), [low(f) for f in told.beside], told.earlier) == (3, [5], ())


@pytest.mark.parametrize(
    ("total", "part"),
    [
        ("missiles", "cruise missiles"),
        ("ракет", "крилатих ракет"),
        ("ракет", "баллистических ракет"),
    ],
    ids=["en", "uk", "ru"],
)
def test_a_sort_of_weapon_is_never_held_against_the_whole_class(total: str, part: str) -> None:
    found = only(
        group(
            [
                said("intercepted", 29, class_="missile", words=part),
                said(
                    "intercepted",
                    30,
                    class_="missile",
                    words=total,
                    report="r2",
                    published="2025-12-06T11:15",
                ),
            ]
        )
    )
    assert len(found.lines) == 2
    assert all(not told.earlier for told in found.lines)


def test_daily_and_cumulative_figures_never_meet() -> None:
    claims = [
        said("intercepted", 80),
        said("intercepted", 99_000, report="r2", detail={"basis": "cumulative"}),
        said(
            "intercepted",
            2_300,
            report="r3",
            detail={"basis": "period"},
            time=Period("2025-12-01", "2025-12-07", "range"),
        ),
        said("intercepted", 4_000, report="r4", time=Period("2025-11-01", "2025-11-30", "month")),
    ]
    found = group(claims)
    assert [len(i.claims) for i in found.incidents] == [1, 1, 1, 1]
    assert sorted(i.kind for i in found.incidents) == ["air_attack", "tally", "tally", "tally"]


def test_a_day_and_the_night_that_ends_on_it_are_one_attack_and_one_line_where_figures_agree() -> (
    None
):
    found = only(group([said("launched", 653), said("launched", 653, report="r2", time=DAY)]))
    assert len(found.lines) == 1
    apart = only(group([said("launched", 653), said("launched", 20, report="r2", time=DAY)]))
    assert [low(n.latest) for n in apart.lines] == [653, 20]
    assert all(not n.earlier for n in apart.lines)


def test_a_strike_is_a_place_and_a_day() -> None:
    claims = [
        said("damaged", None, class_="rail", places=(KYIV,)),
        said("wounded", 3, class_="person", places=(KYIV,), report="r2", time=DAY),
        said("wounded", 3, class_="person", places=(KURSK,), report="r2"),
    ]
    found = group(claims)
    assert [(i.kind, len(i.claims)) for i in found.incidents if i.places[0] == KYIV] == [
        ("strike", 2)
    ]


def test_meetings_of_a_day_that_share_two_participants_are_one() -> None:
    def met(report: str, *names: str, time: Period = DAY) -> StoredClaim:
        detail = {"participants": list(names), "status": "held"}
        return said("meeting", None, class_=None, report=report, detail=detail, time=time)

    later = Period("2025-12-09", "2025-12-09", "day")
    found = group(
        [
            met("a", "Anna Koval", "Boris Lund"),
            met("b", "Anna Koval", "Boris Lund", "Carla Weiss"),
            met("c", "Boris Lund", "Carla Weiss"),
            met("d", "Anna Koval", "Dora Senn"),
            met("e", "Anna Koval", "Boris Lund", time=later),
        ]
    )
    assert sorted(len(i.claims) for i in found.incidents) == [1, 1, 3]


def test_a_plant_and_a_day_and_an_exchange_are_incidents() -> None:
    plant = said(
        "nuclear_power", None, class_=None, detail={"plant": "ZNPP", "state": "lost"}, time=DAY
    )
    swap = said(
        "prisoners", 157, class_="soldier", detail={"exchanged": True}, time=DAY, report="r2"
    )
    swap_too = said(
        "prisoners",
        157,
        class_="soldier",
        detail={"exchanged": True},
        time=DAY,
        report="r3",
        speaker=MINISTRY,
    )
    found = group([plant, swap, swap_too])
    assert {(i.kind, len(i.claims)) for i in found.incidents} == {
        ("plant_power", 1),
        ("exchange", 2),
    }


def test_losses_of_two_armies_never_meet() -> None:
    ours = said("losses", 900, class_="personnel", time=DAY)
    theirs = said("losses", 1_200, class_="personnel", time=DAY, speaker=MINISTRY, report="r2")
    assert [i.spreads for i in group([ours, theirs]).incidents] == [(), ()]


def test_a_side_that_speaks_elsewhere_and_not_here_is_named_for_every_side_alike() -> None:
    other = Period("2025-12-03", "2025-12-04", "night")
    found = group(
        [
            said("intercepted", 585),
            said("intercepted", 116, report="r2", speaker=MINISTRY),
            said("intercepted", 41, report="r3", speaker=MINISTRY, time=other),
        ]
    )
    by_subject = {(i.subject, i.time.end): i.missing for i in found.incidents if i.time}
    (russia,) = by_subject[("UA",), "2025-12-06"]
    assert (russia.side, russia.spoke_in, russia.speakers) == (
        "RU",
        2,
        ("Russian Ministry of Defence",),
    )
    (ukraine,) = by_subject[("RU",), "2025-12-04"]
    assert (ukraine.side, ukraine.spoke_in) == ("UA", 1)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (said("position", None, class_=None), "by itself"),
        (said("wounded", 3, class_="person"), "no place"),
        (said("intercepted", 3, time=None), "when it happened"),
        (said("nuclear_warning", None, class_=None), "neither a plant nor a place"),
        (said("prisoners", 3, class_="soldier"), "not said to be exchanged"),
        (said("losses", 3, class_="tank", time=None, published=None), "tell a date"),
    ],
    ids=lambda x: x if isinstance(x, str) else x.claim.kind,
)
def test_what_stands_in_no_incident_is_named_with_the_reason(claim: StoredClaim, word: str) -> None:
    found = group([claim])
    assert found.incidents == ()
    (left,) = found.ungrouped
    assert left.claim_id == claim.id
    assert word in left.reason


# ---- decisions ----


def test_people_split_and_join_with_a_reason_and_ids_stay() -> None:
    claims = [
        said("wounded", 3, class_="person", places=(KYIV,)),
        said("wounded", 9, class_="person", places=(KYIV,), report="r2"),
        said("damaged", None, class_="rail", places=(KYIV,), report="r2", at=3, at_end=12),
    ]
    before = group(claims)
    incident = only(before)
    split = decision(
        before,
        "split",
        names=[incident.id[:6]],
        claims=[claims[1].id],
        by="A. Reader",
        reason="another street",
    )
    after = group(claims, decisions=[split])
    assert sorted(len(i.claims) for i in after.incidents) == [1, 2]
    assert incident.id in {i.id for i in after.incidents}
    assert all(i.regrouped == ("split by A. Reader: another street",) for i in after.incidents)
    names = [incident.id, next(i.id for i in after.incidents if i.id != incident.id)]
    join = decision(
        after, "join", names=names, claims=(), by="B. Reader", reason="one street after all"
    )
    again = only(group(claims, decisions=[split, join]))
    assert again.id == incident.id
    assert again.lines == incident.lines
    assert again.regrouped[-1] == "joined by B. Reader: one street after all"


def test_a_decision_on_claims_that_are_not_there_changes_nothing() -> None:
    claims = [said("wounded", n, class_="person", places=(KYIV,), report=f"r{n}") for n in (3, 9)]
    split = decision(
        group(claims),
        "split",
        names=[only(group(claims)).id],
        claims=[claims[1].id],
        by="A",
        reason="b",
    )
    assert group(claims[:1], decisions=[split]) == group(claims[:1])


@pytest.mark.parametrize(
    ("action", "names", "claims", "word"),
    [
        ("join", ["{0}"], [], "two incidents"),
        ("split", ["{0}"], [], "not all of them"),
        ("split", ["zzz"], [], "no incident"),
        ("split", [""], ["x"], "several"),
        ("split", ["{0}"], ["zzz"], "not one claim"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_refused(
    action: str, names: list[str], claims: list[str], word: str
) -> None:
    found = group(
        [said("intercepted", 585), said("intercepted", 116, report="r2", speaker=MINISTRY)]
    )
    named = [n.format(found.incidents[0].id) for n in names]
    with pytest.raises(UsageError, match=word):
        decision(found, action, names=named, claims=claims, by="A", reason="b")


def test_an_incident_is_found_by_the_start_of_its_id() -> None:
    found = group([said("intercepted", 585)])
    assert find(found, only(found).id[:5]) == only(found)


def test_the_incidents_of_a_day_are_whole_and_of_that_day() -> None:
    next_night = Period("2025-12-06", "2025-12-07", "night")
    claims = [
        said("launched", 653),
        said("launched", 241, report="r2", time=next_night),
        said("position", None, class_=None),
    ]
    found = of_days(claims, days=[("2025-12-06", "2025-12-06")])
    assert [low(n.latest) for n in only(found).lines] == [653]
    assert len(found.ungrouped) == 1


# ---- properties ----

SPEAKERS = (
    AIR_FORCE,
    MINISTRY,
    Speaker(AGENCY, "INT"),
    Speaker(None, None),
    Speaker("Mayor", None),
)
TIMES = (
    NIGHT,
    DAY,
    None,
    Period("2025-12-01", "2025-12-31", "month"),
    Period("2025-12-05", "2025-12-06", "range"),
)


@st.composite
def claims_(draw: st.DrawFn) -> list[StoredClaim]:
    found = []
    for n in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        found.append(
            said(
                kind,
                draw(st.sampled_from([None, 0, 1, 30, 585])),
                class_=draw(st.sampled_from(["drone", "missile", "any", "person", None])),
                report=f"r{draw(st.integers(0, 3))}",
                places=draw(st.sampled_from([(), (KYIV,), (KURSK,), (KYIV, KURSK)])),
                speaker=draw(st.sampled_from(SPEAKERS)),
                time=draw(st.sampled_from(TIMES)),
                published=draw(st.sampled_from([None, "2025-12-06", "2025-12-06T09:00"])),
                at=n,
                at_end=n + 3,
                detail=draw(
                    st.sampled_from(
                        [
                            {},
                            {"basis": "cumulative"},
                            {"exchanged": True},
                            {"plant": "ZNPP"},
                            {"participants": ["A", "B"]},
                            {"participants": ["B", "C", "A"]},
                        ]
                    )
                ),
            )
        )
    return found


@given(claims_(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_claims_does_not_matter(
    claims: list[StoredClaim], dice: random.Random
) -> None:
    shuffled = list(claims)
    dice.shuffle(shuffled)
    assert group(shuffled) == group(claims)


@given(claims_())
@settings(max_examples=150, deadline=None)
def test_every_claim_is_in_one_incident_or_named_as_ungrouped(claims: list[StoredClaim]) -> None:
    found = group(claims)
    placed = [c for i in found.incidents for c in i.claims] + [u.claim_id for u in found.ungrouped]
    assert sorted(placed) == sorted({c.id for c in claims})
    assert len({i.id for i in found.incidents}) == len(found.incidents)
    for incident in found.incidents:
        told = [
            c for n in incident.lines for f in (n.latest, *n.earlier, *n.beside) for c in f.claims
        ]
        assert sorted(told) == sorted(incident.claims)


@given(claims_())
@settings(max_examples=60, deadline=None)
def test_no_side_is_treated_differently(claims: list[StoredClaim]) -> None:
    """With every speaker's side, and every place's land, exchanged, the same claims are put together."""

    def exchanged(stored: StoredClaim) -> StoredClaim:
        sides = {"UA": MINISTRY, "RU": AIR_FORCE}
        places = {KYIV: KURSK, KURSK: KYIV}
        c = stored.claim
        mirrored = Claim(
            report=c.report,
            kind=c.kind,
            item=c.item,
            quantity=c.quantity,
            time=c.time,
            detail=c.detail,
            places=tuple(places[p] for p in c.places),
            speaker=sides.get(c.speaker.side or "", c.speaker),
            evidence=c.evidence,
            rule=c.rule,
        )
        return StoredClaim(mirrored.id, mirrored, stored.source)

    names = {c.id: exchanged(c).id for c in claims}
    one = {frozenset(names[c] for c in i.claims) for i in group(claims).incidents}
    other = {frozenset(i.claims) for i in group([exchanged(c) for c in claims]).incidents}
    assert one == other


def test_a_hundred_thousand_claims_of_a_month_are_grouped_in_seconds() -> None:
    """A guard against quadratic work; measured figures stand in docs/incidents.md."""

    def claims(count: int) -> list[StoredClaim]:
        dice, made = random.Random(1), []
        for n in range(count):
            day = f"2025-12-{1 + n % 30:02}"
            made.append(
                said(
                    ("launched", "intercepted", "wounded", "damaged")[n % 4],
                    n % 90,
                    report=f"r{n % (count // 10)}",
                    at=n,
                    at_end=n + 1,
                    speaker=SPEAKERS[n % 5],
                    places=() if n % 4 < 2 else (Place(f"Town {dice.randrange(200)}", "t"),),
                    time=Period(day, day, "day"),
                    published=f"{day}T08:00",
                )
            )
        return made

    def seconds(pool: list[StoredClaim]) -> float:
        start = time.perf_counter()
        group(pool)
        return time.perf_counter() - start

    small, large = claims(2_000), claims(20_000)
    assert seconds(large) < 40 * max(seconds(small), 0.005)
