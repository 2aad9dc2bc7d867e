"""Where a whole report is set before its text is read: the headline's place, and the seat of who publishes.

Enters: a headline, a publisher's name. Leaves: at most one `Mention`. Does not belong here: the text's own places
(`placing`).
"""

from __future__ import annotations

import functools

from warledger.extraction import referring
from warledger.extraction.placing import (
    Mention,
    Places,
    mention_of,
    seats_of,
    settle_role,
)
from warledger.extraction.scan import Scan
from warledger.extraction.scan import scan as scan_text
from warledger.extraction.toponyms import Row, names_in, regions_in, voiced
from warledger.gazetteer import Gazetteer
from warledger.languages import Language

_FEW, _MOST = 3, 0.6  # words of a headline, and the share of them with capitals
_GREETING = 2  # words of a greeting before whom it is said to
_CALLED = ",.!"
_SEATS = frozenset({"city", "oblast", "region", "raion", "hromada"})


def home(title: str | None, language: Language, gazetteer: Gazetteer) -> list[Mention]:
    """The one place that the headline names, as a list; empty for none or several."""
    if not title:
        return []
    scanned = scan_text(title, language)
    names = names_in(scanned, gazetteer, voiced(scanned, gazetteer), titled=_titled(scanned))
    return _only(scanned, gazetteer, regions_in(scanned, gazetteer, names))


def _titled(scan: Scan) -> bool:
    """Whether most words of a headline have capitals: "Belgorod Buries Its Dead as Moscow Vows Revenge"."""
    words = [t for t in scan.tokens if t.kind == "w"]
    return len(words) > _FEW and sum(t.capital for t in words) > _MOST * len(words)


@functools.lru_cache(maxsize=256)
def seat(publisher: Scan | None, gazetteer: Gazetteer) -> list[Mention]:
    """The one town or region that a publisher's name holds ("Суспільне Херсон"), as a list; else empty.

    The capital in which a paper or an agency sits ("the London daily") is not where things happened. Kept, as the
    imprint is; nobody changes it.
    """
    if publisher is None:
        return []
    voices = publisher.by_type.get("voice", ())
    seated = (f for f in voices if f.term.get("seat") or f.term.get("sort") == "person")
    named = frozenset(i for f in seated for i in range(f.start, f.end))
    rows = [r for r in names_in(publisher, gazetteer, named) if not r[3]]
    rows = [
        r
        for r in rows
        if _of_body(publisher, r) or _quoted(publisher, r[0]) or not _describes(publisher, r[1])
    ]
    found = _only(publisher, gazetteer, regions_in(publisher, gazetteer, rows))
    offices = (*publisher.by_type.get("role", ()), *publisher.by_type.get("voice", ()))
    local = any(f.term.get("side") != "INT" for f in offices)
    if publisher.by_type.get("press") or not local:
        found = [m for m in found if not referring.metonym(publisher, m.start)]
    found = found or seats_of(publisher, gazetteer, ())[:1]
    for m in found:
        m.text = publisher.original(m.start, m.end)
    return [m for m in found if m.resolved and m.record.kind in _SEATS]


def addressed(scan: Scan, places: Places) -> list[Mention]:
    """The town whose people a post opens by speaking to, as a list: "Kharkivites! …"; else empty."""
    for f in scan.by_type.get("dweller", ())[:1]:
        closed = f.end < len(scan.tokens) and scan.tokens[f.end].text in _CALLED
        spoken = f.start <= _GREETING and closed and any(t.startswith("nom.pl") for t in f.tags)
        found = [m for m in places.mentions if m.start == f.start and m.resolved]
        return found if spoken else []
    return []


def _of_body(scan: Scan, row: Row) -> bool:
    """Whether a name opens that of a registered body: «Херсонська обласна військова адміністрація»."""
    return any(
        f.start == row[0] and f.end > row[1] and not f.term.get("placeless")
        for f in scan.by_type.get("voice", ())
    )


def _quoted(scan: Scan, start: int) -> bool:
    """Whether a name opens the title of a channel in quotation marks: «Одеса зранку»."""
    return start > 0 and scan.tokens[start - 1].text == '"'


def _describes(scan: Scan, end: int) -> bool:
    """Whether a name only describes the noun behind it, which is no region: «Московская железная дорога».

    A paper of the town may stand behind a further adjective: «кременчуцьке місцеве видання».
    """
    for k in range(end, min(end + 2, len(scan.tokens))):
        if scan.at(k, "region_noun", "role", "voice", "press") is not None:
            return False
        if scan.tokens[k].kind != "w" or scan.tokens[k].capital:
            return k > end
    return end < len(scan.tokens)


def _only(scan: Scan, gazetteer: Gazetteer, rows: list[Row]) -> list[Mention]:
    found = [mention_of(scan, gazetteer, row, (), ()) for row in rows]
    for m in found:
        settle_role(scan, m)
    referring.settle(scan, found)
    found = [m for m in found if m.record.kind != "country" and m.role in ("in", "bare", "office")]
    for m in found:
        m.text = scan.original(m.start, m.end)
    return found if len(found) == 1 else []
