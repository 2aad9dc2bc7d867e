"""What a person sees of a reading: words for slots, the terminal table, the HTML page."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from warledger.model import (
    Actor,
    Claim,
    Evidence,
    Item,
    Period,
    Place,
    Quantity,
    Refusal,
    Report,
    Speaker,
    Trace,
)
from warledger.rendering import Sheet, table, words
from warledger.rendering.page import page
from warledger.rendering.passage import cut, sentence

TEXT = """Officials spoke on Saturday. The air force said that Russia launched 653 drones and \
51 missiles <overnight> & that 585 of them were downed.

• 8 people were hurt
"""


def claim(
    quote: str, kind: str = "launched", class_: str | None = "drone", **slots: object
) -> Claim:
    start = TEXT.index(quote)
    evidence = Evidence(start, start + len(quote), quote)
    settings: dict[str, object] = {"speaker": Speaker("the air force", "UA"), **slots}
    return Claim(
        report="r1",
        kind=kind,
        item=Item(class_, None, quote),
        evidence=(evidence,),
        rule=f"en/{kind}/x",
        **settings,  # type: ignore[arg-type]
    )


def count(low: int, bound: str = "exact") -> Quantity:
    return Quantity(low, low, bound)  # type: ignore[arg-type]


SHEET = Sheet(
    report=Report(
        id="r1", text=TEXT, published="2025-12-06", publisher="Wire", title="A night", lang="en"
    ),
    claims=(
        claim(
            "653 drones",
            quantity=count(653),
            actor=Actor("Russia", "RU"),
            places=(Place("Kyiv Oblast", "Kyiv region"),),
            time=Period("2025-12-05", "2025-12-06", "night"),
        ),
        claim("51 missiles", class_="missile", quantity=count(51)),
        claim("653 drones and 51 missiles", class_="any", kind="comparison", quantity=None),
        claim("8 people", "wounded", "person", quantity=Quantity(8, None, "at_least")),
    ),
    refusals=(
        Refusal(claim("585 of them", "intercepted", quantity=count(585)), "item", "no noun"),
    ),
    notes=(Trace(20, 28, "Saturday", "a day, not a figure"),),
)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(None, "", id="none"),
        pytest.param(Quantity(653, 653, "exact"), "653", id="exact"),
        pytest.param(Quantity(8, None, "at_least"), "at least 8", id="at least"),
        pytest.param(Quantity(34000, None, "over"), "more than 34,000", id="over"),
        pytest.param(Quantity(None, 30, "up_to"), "up to 30", id="up to"),
        pytest.param(Quantity(None, 5, "under"), "fewer than 5", id="under"),
        pytest.param(Quantity(10, 12, "range"), "10 to 12", id="range"),
        pytest.param(Quantity(505, 505, "exact", "km2"), "505 km²", id="area"),
        pytest.param(Quantity(0.5, 0.5, "about", "hour"), "about 0.5 h", id="half an hour"),
        pytest.param(Quantity(0, 0, "exact"), "0", id="zero is a figure"),
        pytest.param(Quantity(None, None, "vague"), "no exact figure", id="vague"),
    ],
)
def test_figure_in_words(quantity: Quantity | None, expected: str) -> None:
    assert words.figure(quantity) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(None, "", id="unresolved"),
        pytest.param(Period("2025-12-06", "2025-12-06", "day"), "6 Dec 2025", id="day"),
        pytest.param(
            Period("2025-12-05", "2025-12-06", "night"), "night of 5–6 Dec 2025", id="night"
        ),
        pytest.param(
            Period("2025-11-30", "2025-12-01", "night"),
            "night of 30 Nov – 1 Dec 2025",
            id="two months",
        ),
        pytest.param(
            Period("2025-12-31", "2026-01-01", "range"), "31 Dec 2025 – 1 Jan 2026", id="two years"
        ),
        pytest.param(Period("2025-11-01", "2025-11-30", "month"), "November 2025", id="month"),
        pytest.param(Period("2025-01-01", "2025-12-31", "year"), "2025", id="year"),
    ],
)
def test_time_in_words(period: Period | None, expected: str) -> None:
    assert words.when(period) == expected


@pytest.mark.parametrize("kind", sorted(words.KIND_NAMES))
def test_every_kind_has_words_and_a_subject(kind: str) -> None:
    one = claim("653 drones", kind)
    assert words.what(one).strip()
    assert words.subject(one) in words.SUBJECTS


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("653 drones"), "drones launched"),
        (claim("653 drones", modality="denied"), "drones launched (denied)"),
        (
            claim("653 drones", "intercepted", detail={"means": "combined"}),
            "drones shot down or suppressed",
        ),
        (
            claim("653 drones", "damaged", "rail", detail={"degree": "destroyed"}),
            "rail: 653 drones, destroyed",
        ),
        (
            claim("653 drones", "nuclear_power", None, detail={"plant": "ZNPP", "state": "lost"}),
            "ZNPP: all off-site power lost",
        ),
        (
            claim(
                "653 drones",
                "meeting",
                None,
                modality="planned",
                detail={"form": "call", "status": "planned", "participants": ["A", "B"]},
            ),
            "phone call planned: A, B",
        ),
        (
            claim("653 drones", "area_captured", None, actor=Actor("Russia", "RU")),
            "area taken by Russia",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_in_words(one: Claim, expected: str) -> None:
    assert words.what(one) == expected


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(st.text(min_size=1, max_size=60))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).filter(lambda s: s[0] < s[1]), max_size=8))
    claims = [
        Claim(report="r", kind="launched", evidence=(Evidence(s, e, text[s:e]),), rule="x")
        for s, e in spans
    ]
    return text, claims


@given(texts_with_spans())
def test_cut_loses_no_character_and_no_claim(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    pieces = cut(text, claims)
    assert "".join(piece.text for piece in pieces) == text
    for index, one in enumerate(claims):
        covered = "".join(piece.text for piece in pieces if index in piece.covers)
        assert covered == one.evidence[0].quote
        assert sum(index in piece.opens for piece in pieces) == 1
        assert sum(index in piece.ends for piece in pieces) == 1


def test_sentence_stops_at_full_stops_and_lines() -> None:
    start, end = sentence(TEXT, claim("51 missiles").evidence[0])
    assert TEXT[start:end].strip().startswith("The air force said")
    assert TEXT[start:end].strip().endswith("were downed.")
    start, end = sentence(TEXT, claim("8 people").evidence[0])
    assert TEXT[start:end].strip() == "• 8 people were hurt"


def test_sentence_of_a_text_without_any_stop_is_short() -> None:
    text = "word " * 5000
    start, end = sentence(text, Evidence(10000, 10004, text[10000:10004]))
    assert start <= 10000
    assert 10004 <= end < start + 400


def shown(width: int, *, explain: bool = False, **console: bool) -> str:
    out = io.StringIO()
    table.show(SHEET, Console(file=out, width=width, **console), explain=explain)  # type: ignore[arg-type]
    return out.getvalue()


def test_table_fits_eighty_columns_and_names_the_speaker() -> None:
    out = shown(80)
    assert max(map(len, out.splitlines())) <= 80
    for words_ in (
        "Air attack (2)",
        "Harm (1)",
        "653",
        "at least 8",
        "the air force (UA)",
        "night of 5–6",
        "Kyiv Oblast",
    ):
        assert words_ in out


def test_table_shows_the_quote_marked_within_its_sentence() -> None:
    out = " ".join(shown(80).split())
    assert "Russia launched [653 drones] and 51 missiles <overnight>" in out
    assert "\x1b" not in out


def test_table_marks_by_style_on_a_terminal_unless_told_not_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "[653 drones]" not in shown(80, force_terminal=True)
    assert "\x1b[1;4m653 drones" in shown(80, force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[653 drones]" in shown(80, force_terminal=True)


def test_explain_adds_rules_refusals_and_the_trace() -> None:
    plain, told = shown(80), shown(80, explain=True)
    assert "Refused (1)" in plain
    assert "no noun" not in plain
    for words_ in ("rule en/launched/x", "item: no noun", "a day, not a figure"):
        assert words_ in told


def test_explain_tells_how_each_slot_was_found() -> None:
    found = tuple(
        (Trace(0, 8, "launched", "tells launched, in the same sentence"),) for _ in SHEET.claims
    )
    sheet = msgspec.structs.replace(SHEET, found=found)
    out = io.StringIO()
    table.show(sheet, Console(file=out, width=100), explain=True)
    line = "“launched” tells launched, in the same sentence"
    assert out.getvalue().count(line) == len(SHEET.claims)
    assert "tells launched, in the same sentence" in page([sheet], explain=True)


class Reader(HTMLParser):
    """Collects what the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self._section = False
        self._keys = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.ids += filter(None, [known.get("id")])
        self.links += filter(None, [known.get("href"), known.get("src")])
        if tag == "section":
            self._section = known.get("class") == "text"
        self._keys = tag == "a" and "key" in (known.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        self._keys = False

    def handle_data(self, data: str) -> None:
        if self._section and not self._keys:
            self.text += data


def test_page_holds_the_whole_text_and_links_every_claim_both_ways() -> None:
    found = Reader(page([SHEET]))
    assert " ".join(found.text.split()).startswith(" ".join(TEXT.split()))
    assert len(found.ids) == len(set(found.ids))
    for index in range(1, len(SHEET.claims) + 1):
        assert {f"#c1-{index}", f"#q1-{index}"} <= set(found.links)
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)


def test_page_asks_for_nothing_and_runs_nothing() -> None:
    html = page([SHEET])
    found = Reader(html)
    assert not {"script", "link", "img", "iframe", "form"} & set(found.tags)
    assert all(link.startswith("#") for link in found.links)
    assert "url(" not in html
    assert "@import" not in html


def test_page_of_hostile_text_stays_text() -> None:
    text = '<script>alert(1)</script> 653 drones"><img src=x onerror=y>'
    report = Report(
        id='"><b>', text=text, title="<i>", publisher="<u>", url="javascript:x", lang='en"x'
    )
    start = text.index("653")
    one = Claim(
        report="r",
        kind="launched",
        item=Item("drone"),
        speaker=Speaker("<s>"),
        evidence=(Evidence(start, start + 20, text[start : start + 20]),),
        rule="<r>",
    )
    found = Reader(page([Sheet(report=report, claims=(one,))]))
    assert not {"script", "img", "b", "i", "u", "s", "r"} & set(found.tags)
    assert not [link for link in found.links if "javascript" in link]
    assert text in found.text


def test_page_of_several_reports_has_contents_and_distinct_anchors() -> None:
    found = Reader(page([SHEET, SHEET]))
    assert {"#r1", "#r2"} <= set(found.links)
    assert len(found.ids) == len(set(found.ids))


def test_page_treats_all_sides_alike() -> None:
    sides = [
        page(
            [Sheet(report=SHEET.report, claims=(claim("653 drones", speaker=Speaker("S", side)),))]
        )
        for side in ("UA", "RU")
    ]
    assert sides[0].replace("(UA)", "") == sides[1].replace("(RU)", "")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"),
        ("soft", "paper"),
        ("link", "paper"),
        ("mark-ink", "mark"),
        ("link", "mark"),
        ("mark-ink", "lit"),
        ("link", "lit"),
        ("soft", "lit"),
        ("ink", "lit"),
    ],
)
def test_page_contrast_is_at_least_four_and_a_half_to_one(
    scheme: int, ink: str, ground: str
) -> None:
    css = page([SHEET]).split("<style>")[1].split("</style>")[0]
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(blocks) == 3
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    assert contrast(colours[ink], colours[ground]) >= 4.5
