"""Search over texts and claims, narrowed by kind, side, speaker, place, publisher, language and time.

Enters: a visit. Leaves: an answer. Does not belong here: the search itself (`ledger/browsing`).
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from warledger.ledger import MARK_CLOSE, MARK_OPEN
from warledger.ledger.browsing import FACETS
from warledger.ledger.wanting import Wanted
from warledger.model import KINDS
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.pages.rows import COLUMNS, data, rows
from warledger.web.wording import Wording

LIMIT = 25
TEXTS = 10
SIDES = ("UA", "RU", "INT", "-")
_MARKS = re.compile(f"[{MARK_OPEN}{MARK_CLOSE}]")


def wanted(visit: Visit) -> tuple[Wanted, dict[str, Any]]:
    """What a visit asks for, and the same as parameters of an address. Raises PageError for what cannot be meant."""
    kind = visit.choice("kind", sorted(KINDS))
    asked: dict[str, Any] = {
        "words": visit.text("words"),
        "kind": kind,
        "side": visit.choice("side", SIDES),
        "speaker": visit.text("speaker"),
        "place": visit.text("place"),
        "publisher": visit.text("publisher"),
        "lang": visit.text("language"),
        "start": visit.day("start"),
        "end": visit.day("end"),
    }
    if asked["start"] and asked["end"] and asked["start"] > asked["end"]:
        raise PageError(400, f"{asked['start']} is after {asked['end']}")
    fields = {name: value for name, value in asked.items() if name != "kind"}
    made = visit.wanted(kinds=(kind,) if kind else (), **fields)
    asked["language"] = asked.pop("lang")
    return made, asked


def search(visit: Visit) -> Answer:
    """The reports that hold the words, and the claims that match everything asked."""
    made, asked = wanted(visit)
    limit = visit.number("limit", LIMIT, least=1, most=500)
    offset = visit.number("offset", 0, least=0, most=999_999_999)
    browse, say = visit.ledger.browse, visit.say
    found = browse.claims(made, limit=limit, offset=offset)
    texts = browse.search(made.words, limit=TEXTS) if made.words else []
    counted = browse.facets(FACETS, made)
    facets = [
        (name, label, counted[column])
        for name, column, label in (
            ("kind", "kind", say("Kind")),
            ("side", "side", say("Side of the speaker")),
            ("speaker", "speaker", say("Speaker")),
            ("place", "place", say("Place")),
            ("publisher", "publisher", say("Publisher")),
            ("language", "lang", say("Language")),
        )
    ]
    return Answer(
        template="search.html",
        title=say("Search"),
        data={
            "total": found.total,
            "offset": offset,
            "limit": limit,
            "claims": [data(stored) for stored in found.rows],
            "reports": texts,
            "facets": {name: counts for name, _, counts in facets},
        },
        columns=COLUMNS,
        rows=rows(found.rows),
        shown={
            "asked": asked,
            "found": found,
            "texts": texts,
            "facets": facets,
            "facet_label": partial(_label, say),
            "offset": offset,
            "limit": limit,
            "passage": passage,
        },
    )


def _label(say: Wording, name: str, value: str) -> str:
    if name == "kind":
        return say.kind(value)
    return say.term(value) if name in ("side", "language") or value == "-" else value


def passage(text: str | None) -> list[tuple[str, bool]]:
    """The pieces of a passage, and whether each holds words searched for."""
    pieces = _MARKS.split(text or "")
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces)]
