"""Reading: of saved pages in sixty shapes the article's text comes out whole, and nothing of the site becomes a claim."""

from __future__ import annotations

import io

import pytest
from tests.cleaning import extracted, f1
from tests.saved_pages import Page, pages
from tests.saved_pages_fresh import fresh

from warledger import pipeline
from warledger.reading import Failure

FLOOR = 0.97
"""The least mean of token-level F1 over all pages."""
LEAST = 0.95
"""The least F1 of any page."""
FRESH_FLOOR = 0.96
"""The same mean over the pages of `saved_pages_fresh`."""
PAGES = pages()
IDS = [page.name for page in PAGES]


def test_there_are_forty_shapes_and_none_twice() -> None:
    assert len(PAGES) >= 40
    assert len(set(IDS)) == len(IDS)


def test_the_mean_is_above_the_floor() -> None:
    assert sum(f1(extracted(page), page) for page in PAGES) / len(PAGES) >= FLOOR


def test_pages_that_the_reader_was_not_mended_for_are_read_nearly_as_well() -> None:
    found = fresh()
    assert sum(f1(extracted(page), page) for page in found) / len(found) >= FRESH_FLOOR


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_a_page_gives_its_article(page: Page) -> None:
    assert f1(extracted(page), page) >= LEAST


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_no_sentence_of_furniture_is_in_a_claim(page: Page) -> None:
    own = [page.article.title, *page.wanted]
    claims = 0
    for reading in pipeline.read(["-"], stdin=io.BytesIO(page.data)):
        assert not isinstance(reading, Failure), reading
        claims += len(reading.claims)
        assert [f for f in page.furniture if f in reading.report.text] == []
        for claim in reading.claims:
            assert all(any(e.quote in line for line in own) for e in claim.evidence)
    assert claims, "the article tells of something, or the test proves nothing"


def test_a_page_of_nothing_but_teasers_is_read_as_their_text() -> None:
    rows = "".join(
        f'<div class="item"><h3><a href="/{n}">Story {n}</a></h3><p>In district {n} the air force shot down {n} drones.</p></div>'
        for n in range(2, 9)
    )
    (found,) = pipeline.read(["-"], stdin=io.BytesIO(f"<html><body>{rows}</body></html>".encode()))
    assert not isinstance(found, Failure), found
    assert found.report.text.count("shot down") == 7
