"""JSON-LD: each claim as a W3C Web Annotation on its report, with where it comes from in PROV.

Enters: stored claims. Leaves: bytes. Does not belong here: a context fetched from elsewhere: it is written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from warledger.model import StoredClaim

CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wl": "urn:warledger:term:",
    "id": "@id",
    "type": "@type",
    "body": {"@id": "oa:hasBody", "@type": "@json"},
    "target": "oa:hasTarget",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasGeneratedBy": "prov:wasGeneratedBy",
    "wasAttributedTo": "prov:wasAttributedTo",
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "name": "dcterms:title",
    "publisher": "dcterms:publisher",
    "issued": "dcterms:issued",
    "url": {"@id": "dcterms:identifier"},
    "side": "wl:side",
    "rule": "wl:rule",
}
AROUND = 40


def write(claims: Sequence[StoredClaim]) -> bytes:
    """One graph: an annotation a claim, an entity a version of a report."""
    reports = {stored.source.version: stored for stored in claims}
    graph = [_report(stored) for stored in reports.values()]
    graph += [_annotation(stored) for stored in claims]
    return msgspec.json.encode({"@context": CONTEXT, "@graph": graph})


def _report(stored: StoredClaim) -> dict[str, Any]:
    report = stored.source.report
    fields = {
        "id": _version(stored),
        "type": "prov:Entity",
        "name": report.title,
        "publisher": report.publisher,
        "issued": report.published,
        "url": report.url,
        "generatedAtTime": stored.source.recorded_at_utc,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _annotation(stored: StoredClaim) -> dict[str, Any]:
    claim = stored.claim
    made: dict[str, Any] = {
        "id": f"urn:warledger:claim:{stored.id}",
        "type": ["oa:Annotation", "prov:Entity"],
        "body": claim,
        "target": [_target(stored, n) for n in range(len(claim.evidence))],
        "wasDerivedFrom": _version(stored),
        "wasGeneratedBy": {"type": "prov:Activity", "rule": claim.rule},
    }
    if claim.speaker.name is not None:
        made["wasAttributedTo"] = {"type": "prov:Agent", "name": claim.speaker.name}
        if claim.speaker.side is not None:
            made["wasAttributedTo"]["side"] = claim.speaker.side
    return made


def _target(stored: StoredClaim, number: int) -> dict[str, Any]:
    text, piece = stored.source.report.text, stored.claim.evidence[number]
    quote = {
        "type": "oa:TextQuoteSelector",
        "exact": piece.quote,
        "prefix": text[max(0, piece.start - AROUND) : piece.start],
        "suffix": text[piece.end : piece.end + AROUND],
    }
    position = {"type": "oa:TextPositionSelector", "start": piece.start, "end": piece.end}
    return {"source": _version(stored), "selector": [quote, position]}


def _version(stored: StoredClaim) -> str:
    return f"urn:warledger:version:{stored.source.version}"
