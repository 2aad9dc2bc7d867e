"""Reading: a web page gives its article, line by line, and what it says of itself."""

from __future__ import annotations

import io

import pytest

from warledger.model import Report
from warledger.reading import Source, read

ARTICLE = """
<h1>Night over the coast</h1><p class="lead">Russia launched 653 drones &amp; 51 missiles.</p>
<p>The air force says it <b>shot
down</b>:</p><ul><li>585 drones;</li><li>30 <a href="/m">missiles</a>.</li></ul>
<h2>Harm</h2><p>At least eight people were wounded.<br>No one was killed.</p>
<blockquote><p>“We hold,” he said.</p></blockquote>
<table><tr><th>Weapon</th><th>Launched</th></tr><tr><td>Drones</td><td>653</td></tr></table>
"""
LINES = [
    "Night over the coast",
    "Russia launched 653 drones & 51 missiles.",
    "The air force says it shot down:",
    "• 585 drones;",
    "• 30 missiles.",
    "Harm",
    "At least eight people were wounded.",
    "No one was killed.",
    "“We hold,” he said.",
    "Weapon | Launched",
    "Drones | 653",
]


def report_of(body: str, head: str = "") -> Report:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    (result,) = read(["-"], stdin=io.BytesIO(page.encode()))
    assert isinstance(result, Source), result
    assert result.media_type == "text/html"
    return result.report


def test_paragraphs_headings_bullets_and_rows_are_lines_of_their_own() -> None:
    assert report_of(f"<article>{ARTICLE}</article>").text.split("\n") == LINES


FURNITURE = {
    "nav": "<nav><ul><li>99 drones shot down over Lviv</li></ul></nav>",
    "aside": "<aside><p>99 drones shot down over Lviv.</p></aside>",
    "footer": "<footer><p>99 drones shot down over Lviv.</p></footer>",
    "form": "<form><label>99 drones shot down</label><textarea>99</textarea></form>",
    "respond": '<div id="respond"><h3>Leave a Reply</h3><p>99 drones shot down.</p></div>',
    "comments": '<section class="comments-area"><p>Bob: 99 drones were shot down, I saw it.</p></section>',
    "share": '<div class="share-buttons"><p>99 people shared this report.</p></div>',
    "related": '<div class="post related-posts"><h3>99 drones over Lviv</h3><p>All 99 were downed.</p></div>',
    "cookies": '<div id="cookie-banner"><p>We use 99 cookies on this site.</p></div>',
    "comment-node": "<!-- 99 drones were shot down -->",
    "script": "<script>var drones = 99;</script>",
    "hidden": "<p hidden>99 drones were shot down.</p>",
    "read-also": "<p>Read also: 99 drones shot down over Lviv</p>",
    "menu-without-a-name": '<ul><li><a href="/1">99 drones over Lviv</a></li><li><a href="/2">Sport</a></li></ul>',
    "teaser-without-a-name": '<h3><a href="/1">99 drones shot down over Lviv</a></h3>',
    "role": '<div role="navigation"><p>99 drones shot down over Lviv.</p></div>',
}


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "after"])
@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE.keys())
def test_site_furniture_is_left_out(furniture: str, inside: bool) -> None:
    body = f"<article>{ARTICLE}{furniture if inside else ''}</article>{'' if inside else furniture}"
    assert report_of(body).text.split("\n") == LINES


LAYOUTS = {
    "bare": "{}",
    "layout-named-after-furniture": '<div class="content with-sidebar no-banner">{}</div>',
    "page-inside-a-form": '<form action="/">{}</form>',
    "body-named-after-furniture": '<div class="related"><main>{}</main></div>',
    "many-divs": "<div><div><section><div>{}</div></section></div></div>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_the_article_is_found_in_many_layouts(layout: str) -> None:
    assert report_of(layout.format(ARTICLE)).text.split("\n") == LINES


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "<p>Two drones were shot down over the port.</p>",
            ["Two drones were shot down over the port."],
        ),
        (
            "<div>Russia launched 5 drones.<br><br>Four were shot down.<br>One hit a house.</div>",
            ["Russia launched 5 drones.", "Four were shot down.", "One hit a house."],
        ),
        ("The drones were shot down.", ["The drones were shot down."]),
    ],
    ids=["one-paragraph", "breaks", "no-markup"],
)
def test_short_statements_are_read_whole(body: str, lines: list[str]) -> None:
    assert report_of(body).text.split("\n") == lines


def test_metadata_comes_from_the_page() -> None:
    head = (
        "<title>Night over the coast — Example News</title>"
        '<meta property="og:site_name" content="Example News">'
        '<meta property="article:published_time" content="2025-12-06T08:00:00+02:00">'
        '<link rel="canonical" href="https://example.org/night">'
    )
    report = report_of(ARTICLE, head)
    assert report.title == "Night over the coast"
    assert report.publisher == "Example News"
    assert report.published == "2025-12-06T08:00:00+02:00"
    assert report.url == "https://example.org/night"


JSON_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "X"}, '
    '{"@type": ["NewsArticle"], "headline": "Linked", "datePublished": "2025-12-06T06:00:00.000Z", '
    '"publisher": {"@type": "Organization", "name": "Linked News"}, "url": "https://example.org/l"}]}</script>'
)
DATES = {
    "json-ld": (JSON_LD, "2025-12-06T06:00:00Z"),
    "broken-json-ld": (
        '<script type="application/ld+json">{"@type":</script><meta name="date" content="2025-12-06">',
        "2025-12-06",
    ),
    "time": ('<time datetime="2025-12-06T08:00">6 December</time>', "2025-12-06T08:00"),
    "marked-time": (
        '<time datetime="2025-12-01">then</time><time class="published" datetime="2025-12-06">now</time>',
        "2025-12-06",
    ),
    "impossible": ('<meta name="date" content="2025-13-46">', None),
    "words": ('<meta name="date" content="6 December 2025">', None),
    "modified-only": ('<meta property="article:modified_time" content="2025-12-06">', None),
    "copyright-only": ("<footer>© 2025</footer>", None),
}


@pytest.mark.parametrize(("extra", "published"), DATES.values(), ids=DATES.keys())
def test_the_date_is_the_one_of_publication_or_none(extra: str, published: str | None) -> None:
    assert report_of(extra + ARTICLE).published == published


def test_linked_data_names_title_publisher_and_address() -> None:
    report = report_of(ARTICLE, JSON_LD)
    assert (report.title, report.publisher, report.url) == (
        "Linked",
        "Linked News",
        "https://example.org/l",
    )
