"""Reading: what a page says of itself, whose words it carries, and live-blogs taken apart."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from warledger.ledger import Ledger
from warledger.pipeline import Reading, record
from warledger.pipeline import read as readings
from warledger.reading import Source, read

BODY = (
    "<p>Air defences over the region shot down 12 of 15 drones during the night, the governor wrote.</p>"
    "<p>Two houses burned and one woman was wounded by glass, he added in the morning.</p>"
)
ADDRESS = "https://news.example/2025/night"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def sources(data: bytes) -> list[Source]:
    found = list(read(["-"], stdin=io.BytesIO(data)))
    assert all(isinstance(f, Source) for f in found), found
    return [f for f in found if isinstance(f, Source)]


def one(data: bytes) -> Source:
    (found,) = sources(data)
    return found


def linked(**item: object) -> str:
    body = json.dumps({"@context": "https://schema.org", **item})
    return f'<script type="application/ld+json">{body}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Night in the region",
    "datePublished": "2025-12-06T08:00:00+02:00",
    "dateModified": "2025-12-06T07:30:00Z",
    "author": [{"@type": "Person", "name": "Olha Reporter"}, {"name": "Second Hand"}],
    "publisher": {"name": "Example News"},
    "url": ADDRESS,
}
MICRODATA = (
    '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Night in the region</h1>'
    '<link itemprop="url" href="https://news.example/2025/night">'
    '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Olha Reporter</span></span>'
    '<span itemprop="author" itemscope><meta itemprop="name" content="Second Hand"></span>'
    '<time itemprop="datePublished" datetime="2025-12-06T08:00:00+02:00">8:00</time>'
    '<meta itemprop="dateModified" content="2025-12-06T07:30:00Z">'
    '<div itemprop="publisher" itemscope><meta itemprop="name" content="Example News"></div>'
    f'<div itemprop="articleBody">{BODY}</div></div>'
)


@pytest.mark.parametrize(
    "data",
    [page(f"<article>{BODY}</article>", linked(**ARTICLE)), page(MICRODATA)],
    ids=["json-ld", "microdata"],
)
def test_a_page_tells_dates_authors_outlet_and_address(data: bytes) -> None:
    found = one(data)
    report = found.report
    assert (report.title, report.publisher, report.url) == (
        "Night in the region",
        "Example News",
        ADDRESS,
    )
    assert report.published == "2025-12-06T08:00:00+02:00"
    assert found.updated == "2025-12-06T07:30:00Z"
    assert report.author == "Olha Reporter, Second Hand"


UPDATES = {
    "after": ("2025-12-06T09:00:00+02:00", "2025-12-06T09:00:00+02:00"),
    "same-moment-in-another-zone": ("2025-12-06T06:00:00Z", None),
    "before": ("2025-12-05T06:00:00Z", None),
    "no-date": ("yesterday", None),
}


@pytest.mark.parametrize(("written", "updated"), UPDATES.values(), ids=UPDATES.keys())
def test_an_update_is_one_only_where_it_came_later(written: str, updated: str | None) -> None:
    head = (
        '<meta property="article:published_time" content="2025-12-06T08:00:00+02:00">'
        f'<meta property="article:modified_time" content="{written}">'
    )
    assert one(page(BODY, head)).updated == updated


CREDITS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "dateline": ("", "<p>KYIV, Dec 6 (Reuters) - Twelve drones were shot down.</p>", ("Reuters",)),
    "slashes": ("", "<p>ХАРЬКОВ, 6 декабря. /ТАСС/. Сбиты 12 дронов над областью.</p>", ("ТАСС",)),
    "dashes": ("", "<p>Київ. 6 грудня. Інтерфакс-Україна – Збито 12 дронів.</p>", ("Інтерфакс-Україна",)),
    "source-line": ("", "<p>Сбиты 12 дронов над областью.</p><p>Источник: Интерфакс</p>", ("Интерфакс",)),
    "uk-source-line": ("", "<p>Збито 12 дронів над містом.</p><p>Джерело: Укрінформ</p>", ("Укрінформ",)),
    "ending": ("", "<p>Twelve drones were shot down over the region. — AFP</p>", ("AFP",)),
    "author": ('<meta name="author" content="Reuters">', "", ("Reuters",)),
    "provider": (linked(**{**ARTICLE, "provider": {"name": "Associated Press"}}), "", ("Associated Press",)),
    "source-address": ('<meta name="syndication-source" content="https://www.reuters.com/x/">', "", ("Reuters",)),
    "two-voices": (
        '<meta name="author" content="Interfax-Ukraine">',
        "<p>KYIV, Dec 6 (Reuters) - Twelve drones were shot down.</p>",
        ("Interfax-Ukraine", "Reuters"),
    ),
    "a-speaker-is-no-credit": ("", "<p>Reuters reported that 12 drones were shot down.</p>", ()),
    "an-initial-is-no-credit": ("", "<p>The AP-12 depot (AP is its mark) burned.</p>", ()),
    "maker-of-the-site": (linked(**{**ARTICLE, "provider": {"name": "Site Software"}}), "", ()),
    "own-page": (
        '<meta property="og:site_name" content="Reuters">',
        "<p>KYIV, Dec 6 (Reuters) - Twelve drones were shot down.</p>",
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("head", "text", "credit"), CREDITS.values(), ids=CREDITS.keys())
def test_whose_story_a_page_carries(head: str, text: str, credit: tuple[str, ...]) -> None:
    report = one(page(f"<article>{text or BODY}</article>", head)).report
    assert (report.credit or ()) == credit


def test_a_syndicated_story_speaks_with_the_agencys_voice() -> None:
    data = page("<article><p>KYIV, Dec 6 (Reuters) - Russia launched 40 drones.</p></article>",
                '<meta property="og:site_name" content="Example News">')  # fmt: skip
    (found,) = readings(["-"], stdin=io.BytesIO(data))
    assert isinstance(found, Reading)
    assert {claim.speaker.via for claim in found.claims} == {"Reuters"}
    assert found.report.publisher == "Example News"


ADDRESSES = {
    "canonical": (f'<link rel="canonical" href="{ADDRESS}">', "", ADDRESS),
    "front-of-the-site": (
        f'<link rel="canonical" href="https://news.example/"><meta property="og:url" content="{ADDRESS}">',
        "",
        ADDRESS,
    ),
    "saved-by-a-browser": ("", f"<!-- saved from url=(0031){ADDRESS} -->", ADDRESS),
    "saved-by-singlefile": (
        "",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sat Dec 06 2025 -->",
        ADDRESS,
    ),
}


@pytest.mark.parametrize(("head", "comment", "url"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_page_has_the_address_that_it_says(head: str, comment: str, url: str) -> None:
    assert one(page(comment + BODY, head)).report.url == url


def test_a_single_file_page_with_everything_inside_is_read() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 20000}">'
    style = "<style>p{background:url(data:font/woff2;base64,AAAA)}</style>"
    found = one(page(f"<article>{picture}{BODY}</article>", style))
    assert found.report.text.count("\n") == 1


TIMES = ("2025-12-06T06:10:00Z", "2025-12-06T06:40:00Z", "2025-12-06T07:05:00Z")
ENTRIES = (
    "Air raid alerts were lifted in the region after five hours.",
    "The governor says 12 drones were shot down over two districts.",
    "Two people were wounded in the suburb, rescuers report.",
)
IN_DATA = page(
    "<h1>The night, live</h1><p>What is known.</p>",
    linked(
        **{
            "@type": "LiveBlogPosting",
            "headline": "The night, live",
            "url": ADDRESS,
            "publisher": {"name": "Example News"},
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "datePublished": moment,
                    "articleBody": f"<p>{words}</p>",
                    "url": f"{ADDRESS}#e{n}",
                }
                for n, (moment, words) in enumerate(zip(TIMES, ENTRIES, strict=True))
            ],
        }
    ),
)


def laid_out(entries: tuple[str, ...] = ENTRIES) -> bytes:
    rows = "".join(
        f'<article id="e{n}" class="entry"><time datetime="{moment}">9:1{n}</time><div><p>{words}</p></div>'
        '<div class="share"><a href="#">Share</a></div></article>'
        for n, (moment, words) in enumerate(zip(TIMES, entries, strict=True))
    )
    head = f'<link rel="canonical" href="{ADDRESS}"><meta property="og:site_name" content="Example News">'
    return page(f'<h1>The night, live</h1><div class="live-blog">{rows}</div>', head)


@pytest.mark.parametrize("data", [IN_DATA, laid_out()], ids=["data", "layout"])
def test_a_live_blog_gives_its_entries_with_their_own_times(data: bytes) -> None:
    found = sources(data)
    assert [f.report.text for f in found] == list(ENTRIES)
    assert [f.report.published for f in found] == list(TIMES)
    assert [f.report.id for f in found] == [f"{ADDRESS}#e{n}" for n in range(3)]
    assert {f.report.publisher for f in found} == {"Example News"}


def test_what_a_live_blog_says_above_its_entries_is_a_report_of_its_own() -> None:
    words = "Rescuers and officials report from two districts after the attack of the night."
    page_ = laid_out().replace(b"</h1>", f"</h1><p>{words}</p>".encode())
    first, *entries = sources(page_)
    assert first.report.text == f"The night, live\n{words}"
    assert first.report.url == ADDRESS
    assert [f.report.text for f in entries] == list(ENTRIES)


def test_an_edited_entry_is_a_version_and_the_others_are_unchanged(file: Path) -> None:
    later = (ENTRIES[0], ENTRIES[1].replace("12", "13"), ENTRIES[2])
    with Ledger.open(file) as ledger:
        for entries in (ENTRIES, later):
            done = [
                record(found, ledger).status
                for found in readings(["-"], stdin=io.BytesIO(laid_out(entries)))
                if isinstance(found, Reading)
            ]
    assert done == ["unchanged", "new_version", "unchanged"]


def test_a_list_of_news_with_times_beside_an_article_is_no_live_blog() -> None:
    rows = "".join(
        f'<li><time datetime="{t}">9:10</time><a href="/x">{w}</a></li>'
        for t, w in zip(TIMES, ENTRIES, strict=True)
    )
    found = one(page(f"<article><h1>Night</h1>{BODY}</article><ul class='latest'>{rows}</ul>"))
    assert "12 of 15" in found.report.text
