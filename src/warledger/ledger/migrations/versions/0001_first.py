"""Schema 1: entries without a chain, and tables that kept texts and claims a second time.

Enters: an empty database. Leaves: the tables of schema 1. An SQLite file of schema 1 is taken to be at this step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables of schema 1."""
    words, text, number = sa.String, sa.Text, sa.Integer
    op.create_table(
        "entry",
        sa.Column("sequence", number, primary_key=True),
        sa.Column("kind", words(32), nullable=False),
        sa.Column("recorded_at_utc", words(32), nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("sha256", words(64), nullable=False),
        sa.Column("previous_sha256", words(64)),
    )
    op.create_table(
        "original",
        sa.Column("sha256", words(64), primary_key=True),
        sa.Column("media_type", words(128), nullable=False),
        sa.Column("size", number, nullable=False),
        sa.Column("sequence", number, nullable=False),
    )
    report = [(n, text) for n in ("text", "published", "publisher", "url", "title", "lang")]
    for name, key, columns in (
        ("report", ["version"], [("report_id", text), *report, ("original_sha256", text)]),
        (
            "extraction",
            ["extraction_id"],
            [("version", text), ("engine_version", text), ("rules_version", text)],
        ),
    ):
        op.create_table(
            name,
            *(sa.Column(k, words(64), primary_key=True) for k in key),
            *(sa.Column(n, kind) for n, kind in columns),
            sa.Column("sequence", number, nullable=False),
        )
    claim = ("kind", "item_class", "side", "speaker", "starts_on", "ends_on", "body")
    op.create_table(
        "claim",
        sa.Column("extraction_id", words(64), primary_key=True),
        sa.Column("claim_id", words(16), primary_key=True),
        sa.Column("position", number, nullable=False),
        *(sa.Column(name, text) for name in claim),
    )
    op.create_table(
        "refusal",
        sa.Column("extraction_id", words(64), primary_key=True),
        sa.Column("position", number, primary_key=True),
        sa.Column("body", text, nullable=False),
    )
