"""Atom (RFC 4287): what the ledger came to know last, newest first.

Enters: stored claims, incidents, corrections. Leaves: bytes. Does not belong here: the clock: a feed is as old as its newest entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import msgspec

from warledger.model import Figure, Incident, StoredClaim

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"


class Item:
    """One entry of a feed."""

    def __init__(
        self, urn: str, title: str, updated: str, *, author: str, summary: str, link: str
    ) -> None:
        self.urn, self.title, self.updated = urn, title, updated
        self.author, self.summary, self.link = author, summary, link


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry changed: its number and time, who says so and why, and the page where it shows."""

    sequence: int
    recorded_at_utc: str
    title: str
    by: str
    reason: str
    path: str


def write(claims: Sequence[StoredClaim]) -> bytes:
    """A feed of claims by the time of their recording."""
    items = [
        Item(
            f"urn:warledger:claim:{stored.id}",
            f"{stored.claim.kind.replace('_', ' ')}: {' '.join(stored.claim.evidence[0].quote.split())}",
            stored.source.recorded_at_utc,
            author=stored.claim.speaker.name or stored.source.report.publisher or "not told",
            summary=_around(stored),
            link=f"/claim/{stored.id}",
        )
        for stored in claims
    ]
    return feed("urn:warledger:claims", "warledger: claims", items)


def incidents(found: Sequence[Incident], base: str = "") -> bytes:
    """A feed of incidents by the time when the ledger first came to know a figure of each.

    `base` is where the pages are, such as `https://example.org`.
    """
    return feed("urn:warledger:incidents", "warledger: new incidents", [
        Item(
            f"urn:warledger:incident:{one.id}",
            _named(one),
            min((f.known_at_utc for f in _figures(one)), default=NEVER),
            author=", ".join(dict.fromkeys(line.speaker.name or "not told" for line in one.lines))
            or "not told",
            summary=f"{one.reason}. {'; '.join(f.quote for f in _figures(one)[:6])}",
            link=f"{base}/incident/{one.id}",
        )
        for one in found
    ], self_link=f"{base}/feeds/incidents.atom")  # fmt: skip


def corrections(found: Sequence[Correction], base: str = "") -> bytes:
    """A feed of what was changed: decisions that correct or reject, edited reports, reports taken back."""
    return feed("urn:warledger:corrections", "warledger: corrections", [
        Item(
            f"urn:warledger:entry:{one.sequence}",
            one.title,
            one.recorded_at_utc,
            author=one.by,
            summary=one.reason,
            link=f"{base}{one.path}",
        )
        for one in found
    ], self_link=f"{base}/feeds/corrections.atom")  # fmt: skip


def _figures(one: Incident) -> list[Figure]:
    return [f for line in one.lines for f in (line.latest, *line.earlier, *line.beside)]


def _named(one: Incident) -> str:
    where = ", ".join(place.name for place in one.places) or ", ".join(one.subject)
    when = one.time.end[:10] if one.time else ""
    return " · ".join(part for part in (one.kind.replace("_", " "), where, when) if part)


def feed(urn: str, title: str, items: Sequence[Item], *, self_link: str = "") -> bytes:
    """A feed of items, the newest first; characters that XML has no place for are left out."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    ordered = sorted(items, key=lambda item: (item.updated, item.urn), reverse=True)
    _add(root, "id", urn)
    _add(root, "title", title)
    _add(root, "updated", ordered[0].updated if ordered else NEVER)
    if self_link:
        ElementTree.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "href": self_link})
    for item in ordered:
        entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
        _add(entry, "id", item.urn)
        _add(entry, "title", item.title)
        _add(entry, "updated", item.updated)
        author = ElementTree.SubElement(entry, f"{{{ATOM}}}author")
        _add(author, "name", item.author)
        _add(entry, "summary", item.summary)
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"href": item.link})
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    kept = "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = kept


def _around(stored: StoredClaim) -> str:
    text, piece = stored.source.report.text, stored.claim.evidence[0]
    return " ".join(text[max(0, piece.start - 80) : piece.end + 80].split())
