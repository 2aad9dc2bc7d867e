"""Schema 2: entries are chained, and what only rows held of the originals goes into an entry.

Enters: a ledger of schema 1. Leaves: its entries with their bodies untouched, each proved against the hash that it
had and then chained; one entry more, which says so; none of the old derived tables.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import context, op

from warledger.errors import LedgerError
from warledger.ledger.entries import START, digest
from warledger.ledger.records import MigrationBody, OriginalFacts
from warledger.model import canonical_json

revision = "0002"
down_revision = "0001"

_DERIVED = ("report_words", "refusal", "claim", "extraction", "report", "original")


def upgrade() -> None:
    """Chains the entries and drops the tables that are made anew afterwards."""
    connection = op.get_bind()
    facts = tuple(
        (OriginalFacts(row.sha256, row.media_type, row.size), int(row.sequence))
        for row in connection.execute(sa.text("SELECT * FROM original ORDER BY sequence, sha256"))
    )
    for table in _DERIVED:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {table}"))
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.execute(sa.text(f"DROP TRIGGER IF EXISTS entry_is_never_{verb}d"))
    op.rename_table("entry", "entry_before")
    entry = _entries()
    _chain(connection, entry, facts)
    op.drop_table("entry_before")
    if connection.dialect.name == "postgresql":
        # The index of the old primary key had the name that the new one's would have.
        connection.execute(sa.text("ALTER INDEX entry_pkey_2 RENAME TO entry_pkey"))


def _entries() -> sa.Table:
    # On PostgreSQL the old primary key's index still has the name that the new one's would get.
    name = "entry_pkey_2" if op.get_bind().dialect.name == "postgresql" else None

    def words(length: int) -> sa.types.TypeEngine[str]:
        return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")

    table = op.create_table(
        "entry",
        sa.Column("sequence", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", words(32), nullable=False),
        sa.Column("recorded_at_utc", words(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", words(64), nullable=False),
        sa.Column("previous_sha256", words(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=name),
    )
    op.create_index("entry_by_kind", "entry", ["kind", "sequence"])
    op.create_index("entry_by_time", "entry", ["recorded_at_utc"])
    return table


def _chain(
    connection: sa.Connection, entry: sa.Table, originals: tuple[tuple[OriginalFacts, int], ...]
) -> None:
    """Writes every entry anew with its place in the chain, and the migration's own."""
    sequence, previous, moment = 0, START, ""
    before = hashlib.sha256()
    for row in connection.execute(sa.text("SELECT * FROM entry_before ORDER BY sequence")).all():
        if hashlib.sha256(row.body.encode()).hexdigest() != row.sha256:
            raise LedgerError(
                f"entry {row.sequence} is not what was recorded; nothing was migrated"
            )
        sequence += 1
        if row.sequence != sequence:
            raise LedgerError(f"entry {sequence} is gone; nothing was migrated")
        before.update(row.sha256.encode() + b"\n")
        moment = row.recorded_at_utc
        previous = _write(connection, entry, (sequence, row.kind, moment, row.body), previous)
    body = MigrationBody(
        from_schema=1,
        to_schema=2,
        entries=sequence,
        entries_sha256=before.hexdigest(),
        originals=originals,
    )
    moment = max(moment, context.config.attributes["moment"])
    written = canonical_json(body).decode()
    _write(connection, entry, (sequence + 1, "migration", moment, written), previous)


def _write(
    connection: sa.Connection, entry: sa.Table, fields: tuple[int, str, str, str], previous: str
) -> str:
    sequence, kind, moment, body = fields
    sha256 = digest(previous, sequence, kind, moment, body)
    connection.execute(
        entry.insert().values(
            sequence=sequence,
            kind=kind,
            recorded_at_utc=moment,
            body=body,
            sha256=sha256,
            previous_sha256=previous,
        )
    )
    return sha256
