"""Hand-annotated reports as claims, for measuring the gate: what it accepts, what it lets through.

The annotations are flat (kind, class, numbers, side, place names, one date, a quote); what they do not hold (the
speaker's name, a place's words, the last day of a period) is left empty in the claims made here.
"""

from __future__ import annotations

import calendar
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warledger.model import Claim, Evidence, Item, Period, Place, Quantity, Report, Speaker

SHARED = Path(os.environ.get("WARLEDGER_SHARED", Path(__file__).parents[2] / "shared"))
_UNITS = {"area_captured": "km2", "area_share": "percent", "nuclear_power": "hour"}
_STATE_IN = {"meeting": "status", "legal": "act", "comparison": "relation", "damaged": "degree"}


FRESH = Path(__file__).parent / "fresh"


def gold_files() -> list[Path]:
    """The annotated files, in the order of their names; empty where there are none."""
    return sorted((SHARED / "gold").glob("*.jsonl"))


def fresh_files() -> list[Path]:
    """The annotated reports in tests/fresh, a file a language."""
    return sorted(FRESH.glob("*.jsonl"))


def gold_reports(path: Path) -> Iterator[tuple[Report, list[dict[str, Any]]]]:
    """Each report of a file with its flat annotations."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            fields = ("id", "text", "published", "publisher", "url", "title", "lang")
            yield Report(**{f: row.get(f) for f in fields}), row["claims"]


def claim_of(report: Report, flat: dict[str, Any]) -> Claim:
    """A flat annotation as a claim; its evidence is the first place where the quote stands."""
    start = report.text.index(flat["quote"])
    quote = flat["quote"]
    state = flat.get("state")
    return Claim(
        report=report.id,
        kind=flat["kind"],
        item=Item(flat.get("class"), flat.get("model")),
        quantity=_quantity(flat),
        places=tuple(Place(name, "") for name in flat.get("places") or ()),
        speaker=Speaker(None, flat.get("side")),
        time=_period(flat.get("time")),
        modality=flat["modality"],
        detail={_STATE_IN.get(flat["kind"], "state"): state} if state else {},
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="gold",
    )


def _quantity(flat: dict[str, Any]) -> Quantity | None:
    if flat.get("bound") is None:
        return None
    return Quantity(flat["low"], flat["high"], flat["bound"], _UNITS.get(flat["kind"], "count"))


def _period(when: str | None) -> Period | None:
    if not when:
        return None
    if len(when) == 7:
        last = calendar.monthrange(int(when[:4]), int(when[5:]))[1]
        return Period(f"{when}-01", f"{when}-{last}", "month")
    return Period(when, when, "day")
