"""Reading: feeds give their entries, each one source with the page behind it, and endless or broken ones end."""

from __future__ import annotations

import io
import json
import time

import pytest

from warledger.reading import Failure, Source, read
from warledger.reading.feeds import ENTRIES

NIGHT = "The air force shot down 25 of the 30 drones that came over the region during the night."
LONG = " ".join([NIGHT] * 8)


def rss(*items: str, title: str = "Example News", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>https://news.example/</link>{''.join(items)}</channel></rss>"
    ).encode(encoding)


def item(
    body: str, more: str = "", *, link: str = "https://news.example/night?utm_source=rss"
) -> str:
    return (
        f"<item><title>The night</title><link>{link}</link><guid>17</guid>"
        f"<pubDate>Sat, 06 Dec 2025 09:00:00 +0200</pubDate>{body}{more}</item>"
    )


def content(words: str) -> str:
    return f"<description>In short.</description><content:encoded><![CDATA[{words}]]></content:encoded>"


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title>
<entry><title>The night</title><id>tag:news.example,2025:17</id><link href="https://news.example/night"/>
<published>2025-12-06T09:00:00+02:00</published><updated>2025-12-06T10:00:00+02:00</updated>
<author><name>Olha Reporter</name></author>
<content type="html">&lt;p&gt;{NIGHT}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Two houses burned.&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>""".encode()
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example News",
        "items": [
            {
                "id": "17",
                "url": "https://news.example/night",
                "title": "The night",
                "content_html": f"<p>{NIGHT}</p><ul><li>Two houses burned.</li></ul>",
                "date_published": "2025-12-06T09:00:00+02:00",
                "date_modified": "2025-12-06T10:00:00+02:00",
                "authors": [{"name": "Olha Reporter"}],
            }
        ],
    }
).encode()
RSS = rss(
    item(
        content(f"<p>{NIGHT}</p><ul><li>Two houses burned.</li></ul><script>x()</script>"),
        "<author>desk@news.example (Olha Reporter)</author>",
    )
)


def results(data: bytes) -> list[Source | Failure]:
    return list(read(["-"], stdin=io.BytesIO(data)))


def one(data: bytes) -> Source:
    (found,) = results(data)
    assert isinstance(found, Source), found
    return found


@pytest.mark.parametrize("data", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_an_entry_is_the_same_report_in_every_form(data: bytes) -> None:
    found = one(data)
    report = found.report
    assert report.text == f"The night\n{NIGHT}\n• Two houses burned."
    assert report.id == "https://news.example/night"
    assert (report.title, report.publisher) == ("The night", "Example News")
    assert (report.published, report.author) == ("2025-12-06T07:00:00Z", "Olha Reporter")
    assert found.updated == (None if data is RSS else "2025-12-06T08:00:00Z")
    assert found.original in data
    assert not found.teaser


TEASERS = {
    "summary": (f"<description>{NIGHT}</description>", True),
    "open-summary": (f"<description>{LONG} …</description>", True),
    "long-summary": (f"<description>{LONG}</description>", False),
    "text-beside-summary": (content(f"<p>{NIGHT}</p>"), False),
}


@pytest.mark.parametrize(("body", "teaser"), TEASERS.values(), ids=TEASERS.keys())
def test_a_beginning_is_known_as_one(body: str, teaser: bool) -> None:
    assert one(rss(item(body))).teaser is teaser


def test_an_entry_keeps_its_own_bytes_and_so_stays_the_same() -> None:
    older, newer = item(content(NIGHT)), item(content(LONG), link="https://news.example/day")
    first = one(rss(older))
    second = results(rss(newer, older))[1]
    assert isinstance(second, Source)
    assert second.sha256 == first.sha256
    assert second.report == first.report


def test_whose_entry_an_aggregator_carries() -> None:
    source = '<source url="https://wire.example/rss">Wire</source>'
    assert one(rss(item(content(NIGHT), source))).report.credit == ("Wire",)
    author = "<dc:creator>Reuters</dc:creator>"
    found = one(rss(item(content(NIGHT), author)))
    assert found.report.credit == ("Reuters",)
    assert not found.report.author


def test_a_time_without_a_zone_gives_the_day_and_a_note() -> None:
    data = rss(item(content(NIGHT))).replace(b" +0200", b"")
    found = one(data)
    assert found.report.published == "2025-12-06"
    assert "without a zone" in found.notes[0]


def test_a_cyrillic_encoding_that_is_declared_is_read() -> None:
    words = "За ночь над областью сбито двадцать пять беспилотников, пострадавших нет."
    found = one(rss(item(content(f"<p>{words}</p>")), title="Вести", encoding="windows-1251"))
    assert words in found.report.text
    assert found.report.publisher == "Вести"


def test_an_entry_without_words_is_passed_over() -> None:
    bare = "<item><title></title><link>https://news.example/x</link></item>"
    told, found = results(rss(bare, item(content(NIGHT))))
    assert isinstance(told, Failure)
    assert told.passed_over
    assert isinstance(found, Source)


def test_a_feed_that_does_not_end_is_read_up_to_a_limit() -> None:
    many = [
        item(content(f"{NIGHT} {n}"), link=f"https://news.example/{n}") for n in range(ENTRIES + 5)
    ]
    *entries, end = results(rss(*many))
    assert len(entries) == ENTRIES
    assert isinstance(end, Failure)
    assert "more than" in end.reason


def test_a_feed_that_was_cut_off_gives_what_stands_before() -> None:
    many = [item(content(f"{NIGHT} {n}"), link=f"https://news.example/{n}") for n in range(10)]
    data = rss(*many)
    found = [f for f in results(data[: int(len(data) * 0.7)]) if isinstance(f, Source)]
    assert len(found) >= 6


BAD = {
    "no-entries": (rss(), "without entries"),
    "broken-json": (JSON[:-20], "broken"),
    "an-entry-that-is-none": (JSON.replace(b'"title": "The night"', b'"title": 5'), "no entry"),
}


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_feed_says_what_is_wrong(data: bytes, reason: str) -> None:
    (failure,) = results(data)
    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_entities_that_unfold_without_end_do_no_harm() -> None:
    names = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "drones " * 10}">' for n in range(10)
    )
    data = f'<?xml version="1.0"?><!DOCTYPE x [{names}]>'.encode() + rss(item(content("&a9;")))[40:]
    start = time.monotonic()
    for found in results(data):
        assert isinstance(found, Failure) or len(found.report.text) < 10_000
    assert time.monotonic() - start < 10


def test_a_file_that_an_entity_names_is_not_read(tmp_path: object) -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + rss(item(f"<description>{NIGHT} &x;</description>")).partition(b"?>")[2]
    )
    with open("/etc/hostname", encoding="utf-8") as file:
        secret = file.read().strip()
    assert all(secret not in f.report.text for f in results(data) if isinstance(f, Source))
