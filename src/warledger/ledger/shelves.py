"""The shelf's tables: the current claims, reports and places laid out, and what is summed over them.

Enters: nothing. Leaves: tables. Does not belong here: what fills them (`shelf`, `sums`), what is asked of them (`browsing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

claim = Table(
    "shelf_claim",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("report", Integer, nullable=False, index=True),
    Column("source", Text, nullable=False, index=True),
    Column("report_id", Text, nullable=False, index=True),
    Column("claim_id", String(16), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("item_class", String(32)),
    Column("model", Text),
    Column("side", String(8)),
    Column("speaker", Text),
    Column("publisher", Text),
    Column("lang", String(16)),
    Column("modality", String(16), nullable=False),
    Column("basis", String(16)),
    Column("state", Text),
    Column("plant", Text),
    Column("precision", String(16)),
    Column("starts_on", String(10)),
    Column("ends_on", String(10)),
    Column("day", String(10)),
    Column("days", Integer),
    Column("telling", Text, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("bound", String(16)),
    Column("placed", Integer, nullable=False),
    Column("where", Text),
    Column("rule", Text, nullable=False),
    Column("gate", Float, nullable=False),
    Column("wording", Float, nullable=False),
    Column("signed", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("sure", Float, nullable=False),
    Index("shelf_by_kind", "kind", "day"),
    Index("shelf_by_day", "day", "kind", "starts_on", "days", "signed"),
    Index("shelf_by_side", "side", "day"),
    Index("shelf_by_speaker", "speaker", "day"),
    Index("shelf_by_publisher", "publisher", "day"),
    Index("shelf_by_doubt", "rule", "sure", "claim_id"),
)
WEIGHED = ("figures", "sure")
"""What a claim's row says of others: how many figures are told of the same thing, and what follows for its doubt."""
report = Table(
    "shelf_report",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, nullable=False, index=True),
    Column("source", Text, nullable=False, index=True),
    Column("report_id", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", String(64)),
    Column("lang", String(16)),
    Column("claims", Integer, nullable=False),
    Index("shelf_report_by_publisher", "publisher", "published"),
    Index("shelf_report_by_time", "published"),
)
"""The latest version of each report, by the entry of its latest reading, with how many claims that drew."""
place = Table(
    "shelf_place",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("code", String(32)),
    Column("text", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Index("shelf_place_by_name", "name", "number"),
)
tally = Table(
    "shelf_tally",
    metadata,
    *(
        Column(name, claim.c[name].type)
        for name in (
            "kind", "side", "speaker", "publisher", "lang", "signed", "starts_on", "day", "days",
        )
    ),
    Column("claims", Integer, nullable=False),
    Index("shelf_tally_by_day", "day"),
    Index("shelf_tally_by_publisher", "publisher", "day"),
    Index("shelf_tally_by_speaker", "speaker", "day"),
)  # fmt: skip
"""How many claims are alike in all that is counted by, so that counting reads a few rows and not every claim."""


def _summed(name: str, *keys: Column[Any], counted: tuple[str, ...] = ("claims",)) -> Table:
    numbers = (Column(one, Integer, nullable=False) for one in counted)
    return Table(name, metadata, *keys, *numbers)


def _of_claim(*names: str) -> Iterator[Column[Any]]:
    return (Column(name, claim.c[name].type) for name in names)


whole = _summed("shelf_whole", *_of_claim("kind", "side", "speaker", "publisher", "lang", "signed"))
"""The same over all days."""
daily = _summed("shelf_day", *_of_claim("day", "kind", "signed"))
"""The same by day and kind alone."""
rule = _summed("shelf_rule", *_of_claim("rule", "kind"))
"""How many claims each rule drew."""
named = _summed(
    "shelf_named",
    *(Column(name, place.c[name].type) for name in ("name", "code", "lat", "lon", "text")),
    *_of_claim("kind"),
)
"""How many claims that nobody rejected name each place, by the words for it and their kind."""
credit = _summed(
    "shelf_credit",
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("side", String(8)),
    counted=("claims", "reports"),
)
"""How many claims that nobody rejected, and in how many reports, bear the name of a publisher or speaker."""
night = Table(
    "shelf_night",
    metadata,
    *_of_claim("day", "kind", "item_class", "speaker", "side", "low", "high"),
    Column("models", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("claim_id", String(16), nullable=False),
    Index("shelf_night_by_day", "day"),
    Index("shelf_night_by_speaker", "speaker", "day", "kind"),
)
"""What each speaker gave for each night, as `nightly` tells it, of claims that nobody rejected."""
state = Table(
    "shelf_state",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
)
