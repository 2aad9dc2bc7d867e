"""Tables beside the record: what has to change or be erased, and so cannot be chained.

Enters: a ledger's engine, name and clock. Leaves: transactions on such tables, and entries of the chain that note what
was done to them. Does not belong here: what the tables hold (`accounts`, `replies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar

from sqlalchemy import Connection, Engine, MetaData, inspect

from warledger.ledger.connecting import told, writing
from warledger.ledger.entries import Writer


class Beside:
    """Tables that are made when something is first written to them; asking makes none."""

    metadata: ClassVar[MetaData]
    kind: ClassVar[str]

    def __init__(self, engine: Engine, name: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._name = name
        self._clock = clock
        self._made = False

    def _is_made(self) -> bool:
        if not self._made:
            with self._asking() as connection:
                self._made = all(map(inspect(connection).has_table, self.metadata.tables))
        return self._made

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with told(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self._name), writing(self._engine) as connection:
            if not self._made:
                self.metadata.create_all(connection)
            yield connection
        self._made = True

    def _note(self, connection: Connection, body: object) -> None:
        Writer(connection, self._clock).append(self.kind, body)
