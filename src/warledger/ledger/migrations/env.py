"""Alembic's way in: the connection and its transaction come from `migrating`.

Enters: a connection in the configuration's attributes. Leaves: the steps run. Does not belong here: the steps.
"""

from __future__ import annotations

from alembic import context

from warledger.ledger.schema import REVISION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=REVISION_TABLE)
with context.begin_transaction():
    context.run_migrations()
