"""Atom (RFC 4287): what the ledger came to know last, newest first.

Enters: stored claims. Leaves: bytes. Does not belong here: the clock: a feed is as old as its newest entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from warledger.model import StoredClaim

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"


class Item:
    """One entry of a feed."""

    def __init__(
        self, urn: str, title: str, updated: str, *, author: str, summary: str, link: str
    ) -> None:
        self.urn, self.title, self.updated = urn, title, updated
        self.author, self.summary, self.link = author, summary, link


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


def feed(urn: str, title: str, items: Sequence[Item]) -> bytes:
    """A feed of items, the newest first; characters that XML has no place for are left out."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    ordered = sorted(items, key=lambda item: (item.updated, item.urn), reverse=True)
    _add(root, "id", urn)
    _add(root, "title", title)
    _add(root, "updated", ordered[0].updated if ordered else NEVER)
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
