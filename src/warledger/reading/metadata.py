"""A page's own word on its title, date, publisher and address.

Enters: the parsed page, whole. Leaves: one record, empty where the page does not say.
Does not belong here: guesses. A date stands only where a field for the publication date gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from warledger.reading.records import is_clean, is_publication_date

_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_ARTICLES = re.compile(r"(?:News|Blog|Report|Live)?\w*(?:Article|Posting)$|WebPage$|Report$")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of itself; `published` is an ISO date or date and time, with its zone if given."""

    title: str | None
    published: str | None
    publisher: str | None
    url: str | None


def metadata(tree: Any) -> Metadata:
    """Look at JSON-LD first, then `meta` and `link`, then `time` and `h1`."""
    linked = _linked(tree)
    meta = _meta(tree)
    dates = [linked.get("datePublished"), *(meta.get(key) for key in _DATES), *_times(tree)]
    return Metadata(
        title=_first(
            linked.get("headline"), meta.get("og:title"), _only_h1(tree), _text(tree, "title")
        ),
        published=next((iso for value in dates if (iso := _iso(value))), None),
        publisher=_first(
            _named(linked.get("publisher")), meta.get("og:site_name"), meta.get("dc.publisher")
        ),
        url=_first(*_addresses(tree, meta, linked)),
    )


def _first(*values: Any) -> str | None:
    for value in values:
        if isinstance(value, str) and value.strip() and is_clean(value):
            return " ".join(value.split())
    return None


def _iso(value: Any) -> str | None:
    match = _ISO.match(value.strip()) if isinstance(value, str) else None
    if not match:
        return None
    day, clock, zone = match.groups()
    iso = f"{day}T{clock}{zone or ''}" if clock else day
    return iso if is_publication_date(iso) else None


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("itemprop")
        if key and node.get("content"):
            found.setdefault(key.lower(), node.get("content"))
    return found


def _linked(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object that describes an article."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            data = msgspec.json.decode((node.text or "").encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and the page's other fields remain
        for item in _objects(data):
            if _ARTICLES.search(str(_flat(item.get("@type")))):
                return item
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (
                part
                for part in (graph if isinstance(graph, list) else [])
                if isinstance(part, dict)
            )


def _flat(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _named(value: Any) -> Any:
    value = _flat(value)
    return value.get("name") if isinstance(value, dict) else value


def _times(tree: Any) -> list[str]:
    """`time` elements of a publication date: so marked, or the first one inside an article's header."""
    marked, first = [], []
    for node in tree.iter("time"):
        moment = node.get("datetime")
        if not moment:
            continue
        words = f"{node.get('itemprop', '')} {node.get('class', '')}".lower()
        if "pubdate" in node.attrib or "publish" in words:
            marked.append(moment)
        elif "updat" not in words and "modif" not in words:
            first.append(moment)
    return marked + first[:1]


def _text(tree: Any, tag: str) -> str | None:
    node = next(tree.iter(tag), None)
    return node.text_content() if node is not None else None


def _only_h1(tree: Any) -> str | None:
    return _text(tree, "h1") if len(list(tree.iter("h1"))) == 1 else None


def _addresses(tree: Any, meta: dict[str, str], linked: dict[str, Any]) -> list[str]:
    links = [node.get("href") for node in tree.iter("link") if node.get("rel") == "canonical"]
    known = [*links, meta.get("og:url"), linked.get("url")]
    return [
        url for url in known if isinstance(url, str) and url.startswith(("http://", "https://"))
    ]
