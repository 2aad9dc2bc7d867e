"""A page's own word on its title, dates, author, publisher, address, and on whose words it carries.

Enters: the parsed page, whole. Leaves: one record, empty where the page does not say.
Does not belong here: guesses. A date stands only where a field for the publication date gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from warledger.reading import microdata
from warledger.reading.records import is_clean, is_publication_date
from warledger.reading.syndication import of_name

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
_CHANGED = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
)
_ORIGINS = ("syndication-source", "original-source", "dc.source", "dcterms.source", "source")
_SAID = re.compile("publish")
_SAID_CHANGED = re.compile("updat|modif")
_AUTHORS, _NAME = 5, 120
_PAGE = re.compile(r"https?://[^/]+/[^?#]|https?://[^/]+/?\?")
_SAVED = re.compile(r"(?:url:\s*|saved from url=\(\d+\))(https?://\S+)")
_ARTICLES = re.compile(r"(?:News|Blog|Report|Live)?\w*(?:Article|Posting)$|WebPage$|Report$")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of itself; dates are ISO dates or dates and times, with their zone if given.

    `sources` are the names and addresses that fields for the origin of the words give, the nearest first.
    """

    title: str | None
    published: str | None
    updated: str | None
    publisher: str | None
    url: str | None
    author: str | None
    sources: tuple[str, ...]


def metadata(tree: Any) -> Metadata:
    """Look at JSON-LD first, then microdata, then `meta` and `link`, then `time` and `h1`."""
    linked = linked_article(tree)
    meta = _meta(tree)
    dates = [linked.get("datePublished"), *(meta.get(key) for key in _DATES), *_times(tree, _SAID)]
    changed = [linked.get("dateModified"), *(meta.get(key) for key in _CHANGED)]
    changed += _times(tree, _SAID_CHANGED)
    published = next((iso for value in dates if (iso := iso_of(value))), None)
    publisher = _first(
        *names_of(linked.get("publisher")), meta.get("og:site_name"), meta.get("dc.publisher")
    )
    authors = names_of(linked.get("author")) or names_of(meta.get("author"))
    authors = authors or [_words(node) for node in tree.iter("a") if node.get("rel") == "author"]
    agencies = [name for name in authors if of_name(name)]
    people = [n for n in authors if n not in agencies and n and not _same(n, publisher)]
    return Metadata(
        title=_first(
            linked.get("headline"), meta.get("og:title"), _only_h1(tree), _text(tree, "title")
        ),
        published=published,
        updated=_later(published, [iso for value in changed if (iso := iso_of(value))]),
        publisher=publisher,
        url=_first(*_addresses(tree, meta, linked)),
        author=", ".join(dict.fromkeys(people[:_AUTHORS])) or None,
        sources=tuple(
            dict.fromkeys(
                (*_origins(linked), *_agencies([meta[k] for k in _ORIGINS if k in meta]), *agencies)
            )
        ),
    )


def _same(name: str, other: str | None) -> bool:
    return other is not None and name.casefold() == other.casefold()


def _origins(linked: dict[str, Any]) -> list[str]:
    """Whom the page's data name as the origin: an agency that provides it, what it is based on."""
    found: list[str] = []
    for key in ("provider", "isBasedOn", "isBasedOnUrl"):
        found += names_of(linked.get(key)) or _links_of(linked.get(key))
    return [*names_of(linked.get("sourceOrganization")), *_agencies(found)]


def _agencies(values: list[str]) -> list[str]:
    """Those that name an agency; a provider is often the maker of the site's software."""
    return [v for v in values if of_name(v) or v.startswith("http")]


def _links_of(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    links = [v.get("url") or v.get("@id") if isinstance(v, dict) else v for v in values]
    return [link for link in links if isinstance(link, str) and link.startswith("http")]


def _later(published: str | None, changed: list[str]) -> str | None:
    """When it was changed, if that is not when it was published."""
    return next((m for m in changed if not published or _is_after(m, published)), None)


def _is_after(one: str, other: str) -> bool:
    """Whether a moment lies after another; without a zone on both, as they are written."""
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    return first > second if first.tzinfo and second.tzinfo else one > other


def _first(*values: Any) -> str | None:
    for value in values:
        if isinstance(value, str) and value.strip() and is_clean(value):
            return " ".join(value.split())
    return None


def iso_of(value: Any) -> str | None:
    """The ISO day or moment that a value begins with; None where that is no date."""
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


def linked_article(tree: Any) -> dict[str, Any]:
    """The first item of JSON-LD, else of microdata, that describes an article; empty where there is none."""
    for item in linked(tree):
        if _ARTICLES.search(str(_flat(item.get("@type")))):
            return item
    return {}


def linked(tree: Any) -> Iterator[dict[str, Any]]:
    """The items of JSON-LD, then those of microdata, in the same shape."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            data = msgspec.json.decode((node.text or "").encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and the page's other fields remain
        yield from _objects(data)
    yield from microdata.items(tree)


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


def names_of(value: Any) -> list[str]:
    """The names that a property gives: words, items with a name, or a list of either; addresses are no names."""
    values = value if isinstance(value, list) else [value]
    names = [_flat(v.get("name")) if isinstance(v, dict) else v for v in values]
    clean = (" ".join(n.split()) for n in names if isinstance(n, str) and is_clean(n))
    return [n for n in clean if n and len(n) <= _NAME and not n.startswith(("http", "@", "/"))]


def _times(tree: Any, said: re.Pattern[str]) -> list[str]:
    """`time` elements so marked; for the date of publication also the first one that says nothing."""
    marked, plain = [], []
    for node in tree.iter("time"):
        moment = node.get("datetime")
        if not moment:
            continue
        words = f"{node.get('itemprop', '')} {node.get('class', '')}".lower()
        if said.search(words) or ("pubdate" in node.attrib and said is _SAID):
            marked.append(moment)
        elif said is _SAID and not _SAID_CHANGED.search(words):
            plain.append(moment)
    return marked + plain[:1]


def _text(tree: Any, tag: str) -> str | None:
    node = next(tree.iter(tag), None)
    return node.text_content() if node is not None else None


def _only_h1(tree: Any) -> str | None:
    return _text(tree, "h1") if len(list(tree.iter("h1"))) == 1 else None


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())


def _addresses(tree: Any, meta: dict[str, str], linked: dict[str, Any]) -> list[str]:
    """What the page says that its address is; the address of a site's front is not that of a page."""
    links = [node.get("href") for node in tree.iter("link") if node.get("rel") == "canonical"]
    known = [
        *links,
        meta.get("og:url"),
        linked.get("url"),
        *_links_of(linked.get("mainEntityOfPage")),
        *_saved(tree),
    ]
    return [url for url in known if isinstance(url, str) and _PAGE.match(url)]


def _saved(tree: Any) -> list[str]:
    """The address that a browser or SingleFile wrote into a comment when it saved the page."""
    comments = [n.text or "" for n in tree.xpath("//comment()")[:5]]
    return [match[1] for text in comments if (match := _SAVED.search(text))]
