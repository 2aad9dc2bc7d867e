"""The brief: every figure cited, what is not accounted for named so, no side treated differently."""

from __future__ import annotations

import base64
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.brief import Brief, Cell, brief, to_html, to_json, to_markdown
from warledger.incidents import of_days
from warledger.model import (
    Claim,
    Evidence,
    Item,
    Period,
    Place,
    Quantity,
    Report,
    Speaker,
    StoredClaim,
    StoredReport,
)
from warledger.picturing import pictures

NIGHT = Period("2025-12-05", "2025-12-06", "night", "overnight")
DAY = Period("2025-12-06", "2025-12-06", "day", "on Saturday")
AIR_FORCE = Speaker("Ukrainian Air Force", "UA")
MINISTRY = Speaker("Russian Ministry of Defence", "RU")


def stored(kind: str, number: float | None, *, report: str = "r1", **slots: Any) -> StoredClaim:
    quote = slots.pop("quote", f"{number} of them")
    text = f"Before it. {quote} and after."
    bound = slots.pop("bound", "exact")
    low = None if bound in ("up_to", "under") else number
    high = None if bound in ("at_least", "over") else number
    start = text.index(quote)
    claim = Claim(
        report=report,
        kind=kind,
        item=Item(slots.pop("class_", "drone"), slots.pop("model", None)),
        quantity=None if number is None else Quantity(low, high, bound),
        places=tuple(Place(name, name) for name in slots.pop("places", ())),
        speaker=slots.pop("speaker", AIR_FORCE),
        time=slots.pop("time", NIGHT),
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="test",
        **slots,
    )
    source = Report(id=report, text=text, published="2025-12-06", publisher=f"Paper {report}")
    return StoredClaim(claim.id, claim, StoredReport(source, f"v{report}", "0" * 64, "now"))


def made(*claims: StoredClaim, start: str = "2025-12-06", end: str = "2025-12-06") -> Brief:
    held = of_days(claims, days=[(start, end)]).incidents
    return brief(claims, start=start, end=end, incidents=held)


def rows(made_: Brief, section: str) -> list[dict[str, Cell]]:
    tables = next(s for s in made_.sections if s.id == section).tables
    return [dict(zip(t.columns, row, strict=True)) for t in tables for row in t.rows]


def test_the_remainder_is_unaccounted_for_and_never_a_hit() -> None:
    (row,) = rows(made(stored("launched", 653), stored("intercepted", 585)), "air-attack")
    assert row["Unaccounted for"].text == "68"
    assert row["Hit"].text == "—"
    assert row["Intercepted, %"].text == "89.6"


def test_lost_and_hit_are_taken_off_the_remainder() -> None:
    claims = [
        stored(k, n) for k, n in (("launched", 100), ("intercepted", 70), ("lost", 20), ("hit", 6))
    ]
    (row,) = rows(made(*claims), "air-attack")
    assert row["Unaccounted for"].text == "4"


@pytest.mark.parametrize("bound", ["at_least", "over", "about", "up_to"])
def test_a_bounded_figure_leaves_no_remainder(bound: str) -> None:
    (row,) = rows(
        made(stored("launched", 100, bound=bound), stored("intercepted", 70)), "air-attack"
    )
    assert row["Unaccounted for"].text == "—"


def test_two_speakers_never_share_a_row() -> None:
    found = rows(
        made(stored("launched", 100), stored("intercepted", 70, speaker=MINISTRY)), "air-attack"
    )
    assert len(found) == 2
    assert all(row["Unaccounted for"].text == "—" for row in found)


def test_one_figure_in_two_reports_is_one_row_with_two_citations() -> None:
    claims = [stored("launched", 653), stored("launched", 653, report="r2")]
    (row,) = rows(made(*claims), "air-attack")
    assert row["Launched"] == Cell("653", (1, 2))


def test_figures_that_differ_stand_side_by_side_and_are_told() -> None:
    claims = [stored("intercepted", 585), stored("intercepted", 590, report="r2")]
    result = made(*claims)
    assert rows(result, "air-attack")[0]["Intercepted"].text == "585 / 590"
    (told,) = rows(result, "disagreements")
    assert "585" in told["Figures, each with who says it"].text
    assert "590" in told["Figures, each with who says it"].text
    assert "revision" in told["Why thought to be of one thing"].text


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ((8, "at_least"), (9, "exact"), False),
        ((8, "exact"), (9, "exact"), True),
        ((8, "over"), (8, "exact"), False),
    ],
)
def test_bounds_that_allow_both_are_no_disagreement(
    first: tuple[int, str], second: tuple[int, str], apart: bool
) -> None:
    claims = [
        stored("wounded", n, bound=b, class_="person", places=["Kyiv"], time=DAY, report=f"r{i}")
        for i, (n, b) in enumerate((first, second))
    ]
    assert bool(rows(made(*claims), "disagreements")) is apart


def test_cumulative_figures_stay_out_of_the_nightly_table() -> None:
    result = made(
        stored("intercepted", 67000, detail={"basis": "cumulative"}), stored("intercepted", 5)
    )
    first = next(s for s in result.sections if s.id == "air-attack").tables[0]
    assert [row[3].text for row in first.rows] == ["5"]


def test_a_night_belongs_to_the_day_on_which_it_ends() -> None:
    claim = stored("launched", 653)
    assert rows(made(claim), "air-attack")
    assert not rows(made(claim, start="2025-12-05", end="2025-12-05"), "air-attack")


def test_words_that_nobody_is_credited_with_are_the_publishers() -> None:
    (row,) = rows(made(stored("killed", 3, class_="person", speaker=Speaker())), "harm")
    assert row["Who says"].text == "publisher's own words (Paper r1)"


def test_denied_and_planned_are_marked() -> None:
    claims = [
        stored("killed", 3, class_="person", modality="denied"),
        stored("evacuated", 9, class_="person", modality="planned"),
    ]
    told = " ".join(row["What"].text for row in rows(made(*claims), "harm"))
    assert "denied" in told
    assert "planned" in told


def test_an_empty_day_says_what_is_not_covered() -> None:
    result = made()
    assert "no claim" in result.coverage[0]
    assert "Nothing reported" in to_markdown(result)


KINDS = [
    "launched",
    "intercepted",
    "lost",
    "hit",
    "killed",
    "wounded",
    "outage",
    "damaged",
    "meeting",
    "position",
]
CLAIMS = st.lists(
    st.builds(
        stored,
        st.sampled_from(KINDS),
        st.integers(0, 3000),
        report=st.sampled_from(["r1", "r2"]),
        speaker=st.sampled_from([AIR_FORCE, MINISTRY, Speaker()]),
        bound=st.sampled_from(["exact", "at_least", "about", "up_to"]),
        time=st.sampled_from([NIGHT, DAY, None]),
        quote=st.text(
            st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
        ).filter(str.strip),
    ),
    max_size=8,
)


@given(CLAIMS)
def test_every_figure_has_a_citation_that_exists(claims: list[StoredClaim]) -> None:
    result = made(*claims)
    numbers = {c.number for c in result.citations}
    for section in result.sections:
        for table in section.tables:
            for row in table.rows:
                cited = [cell for cell in row if cell.citations]
                assert cited
                assert {n for cell in cited for n in cell.citations} <= numbers


@given(CLAIMS)
def test_the_same_claims_give_the_same_brief(claims: list[StoredClaim]) -> None:
    assert to_json(made(*claims)) == to_json(made(*claims))


def swapped(claims: list[StoredClaim]) -> list[StoredClaim]:
    """Every claim said by the other side."""
    other = {
        "Ukrainian Air Force": MINISTRY,
        "Russian Ministry of Defence": AIR_FORCE,
        None: Speaker(),
    }
    return [
        msgspec.structs.replace(
            c, claim=msgspec.structs.replace(c.claim, speaker=other[c.claim.speaker.name])
        )
        for c in claims
    ]


def parts(text: str, names: dict[str, str]) -> str:
    """A cell's text with its names replaced and its listed parts in one order."""
    for name, other in names.items():
        text = text.replace(name, other)
    return ";".join(sorted(text.split("; ")))


def facts(result: Brief, names: dict[str, str]) -> list[tuple[str, ...]]:
    """Every row of a brief as its cells' texts, in an order that does not hang on names."""
    return sorted(
        (section.id, *sorted(parts(cell.text, names) for cell in row))
        for section in result.sections
        for table in section.tables
        for row in table.rows
    )


@given(CLAIMS)
def test_swapping_the_sides_swaps_the_brief(claims: list[StoredClaim]) -> None:
    masks = {"Ukrainian Air Force (UA)": "first", "Russian Ministry of Defence (RU)": "second"}
    swapped_masks = dict(zip(masks, reversed(masks.values()), strict=True))
    assert facts(made(*claims), masks) == facts(made(*swapped(claims)), swapped_masks)


HOSTILE = "<script>alert(1)</script> | **x** [a](javascript:b) `c`"


def test_hostile_words_stay_words() -> None:
    claim = stored("killed", 3, class_="person", quote=HOSTILE)
    page = to_html(made(claim))
    assert "<script" not in page
    assert "javascript:b" not in re.findall(r'href="([^"]*)"', page)
    table = [line for line in to_markdown(made(claim)).splitlines() if line.startswith("|")]
    assert len({line.replace(r"\|", "").count("|") for line in table[:3]}) == 1


def test_the_page_asks_for_nothing_outside() -> None:
    page = to_html(made(stored("launched", 653)))
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "@import" not in page


def pictured(*claims: StoredClaim, **days: str) -> str:
    told = made(*claims, **days)
    return to_html(told, pictures(told, claims))


def drawings(page: str) -> list[str]:
    found = re.findall(r'(?:src|srcset)="data:image/svg\+xml;base64,([^"]+)"', page)
    return [base64.b64decode(drawing).decode() for drawing in found]


def test_a_night_is_drawn_by_speaker_for_wide_and_narrow_screens() -> None:
    claims = [
        stored("launched", 653), stored("intercepted", 585), stored("intercepted", 590, report="r2"),
        stored("intercepted", 116, speaker=MINISTRY), stored("launched", 4, places=["Kyiv"]),
    ]  # fmt: skip
    page = pictured(*claims)
    narrow, wide = drawings(page)
    for drawing in (narrow, wide):
        assert ">653<" in drawing
        assert ">585 / 590<" in drawing
        assert "Russian Ministry of Defence" in drawing
        assert ">4<" not in drawing, "a figure of one place is none of the whole night"
    widths = [float(re.search(r'width="([0-9.]+)"', d)[1]) for d in (narrow, wide)]  # type: ignore[index]
    assert widths[0] < 400 < widths[1]


def test_several_nights_are_drawn_night_by_night() -> None:
    later = Period("2025-12-06", "2025-12-07", "night", "overnight")
    claims = [stored("launched", 653), stored("launched", 77, time=later)]
    page = pictured(*claims, end="2025-12-07")
    assert "Night by night, as told by Ukrainian Air Force (UA)" in page
    assert all("drag here" not in drawing for drawing in drawings(page))


def test_pictures_lead_nowhere_ask_for_nothing_and_follow_the_reader_s_theme() -> None:
    place = Place("Odesa Oblast", "Odesa oblast", "UA51")
    claim = stored("killed", 3, class_="person")
    claim = msgspec.structs.replace(
        claim, claim=msgspec.structs.replace(claim.claim, places=(place,))
    )
    told = drawings(pictured(claim, stored("launched", 653)))
    assert len(told) == 4
    for drawing in told:
        assert not re.findall(r"href|https?://(?!www\.w3\.org/)", drawing)
        assert "prefers-color-scheme:dark" in drawing
    assert any("Odesa Oblast" in drawing for drawing in told)


def test_the_same_brief_is_drawn_in_the_same_bytes() -> None:
    claims = [stored("launched", 653), stored("intercepted", 585)]
    assert pictured(*claims) == pictured(*reversed(claims))


def test_a_brief_without_figures_or_places_has_no_pictures() -> None:
    assert drawings(pictured(stored("meeting", None, class_=None))) == []
