"""Seeded tamperings with a ledger by someone who may write its file, its rows and its archive, and whether each is found.

Every tampering is done with the triggers out of the way and put back afterwards, as someone would who hides it.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, text, update
from tests.servers import Server
from tests.test_ledger import claim, report

from warledger.errors import LedgerError
from warledger.ledger import Decision, Edition, Ledger, Seal, schema, shelf
from warledger.ledger.entries import START, digest
from warledger.ledger.migrating import rebuild
from warledger.model import Claim, Place, Refusal, Regrouping

TEXT = "Удар по місту номер {n}. Загинули {k} людей, поранено 92."
TABLES = (schema.entry, *schema.DERIVED)
SHOWN = shelf.LAID
"""What pages are shown from. Its state is left alone but for how far it was filled: of another shape it is made anew."""
SEALED = {"chain written anew", "last entries cut off", "last entry changed and hashed"}
"""The tamperings that only a seal shows."""


def build(place: str, reports: int = 24) -> Seal:
    """A ledger with versions, readings, decisions, a withdrawal and an entry of another's kind; gives its head."""
    moment = [datetime(2025, 12, 1, tzinfo=UTC)]

    def clock() -> datetime:
        moment[0] += timedelta(minutes=1)
        return moment[0]

    with Ledger.open(place, clock=clock) as ledger:
        for n in range(reports):
            for version in range(1 + n % 2):
                words = TEXT.format(n=n, k=26 + version)
                drawn = [
                    placed(claim(words, f"{26 + version} людей", 26 + version)),
                    claim(words, "поранено 92", 92),
                ]
                for rules in "ab" if n % 3 == 0 else "a":
                    ledger.record(
                        Edition(report=report(words, f"r{n}"), source=f"channel/{n}"),
                        original=words.encode() * (1 + n % 4),
                        media_type="text/plain",
                        claims=drawn,
                        refusals=[Refusal(drawn[1], "quantity", "a reason")],
                        engine_version="1",
                        rules_version=rules,
                    )
            if n % 5 == 0:
                ledger.review.decide(
                    Decision(claim=drawn[0].id, verdict="reject", by="Anna", reason=f"reason {n}")
                )
        ledger.withdraw("r3", by="Anna", reason="the channel took it back")
        join = Regrouping(action="join", incidents=("a", "b"), by="Anna", reason="reason")
        ledger.regroup(join)
        ledger.browse.refresh()
        head = ledger.seal()
    assert head is not None
    if not is_server(place):
        with closing(sqlite3.connect(place)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return head


def placed(one: Claim) -> Claim:
    """The claim at two places."""
    places = (Place("Тернопіль", "місту", "UA61", 49.55, 25.59), Place("Збараж", "місту"))
    return msgspec.structs.replace(one, places=places)


def is_server(place: str) -> bool:
    return "://" in place


@contextmanager
def unguarded(place: str) -> Iterator[Connection]:
    """A connection for which no trigger and no reference holds; the triggers are put back."""
    with Ledger.open(place) as ledger, ledger._engine.connect() as connection:
        if is_server(place):
            connection.execute(text("SET session_replication_role = replica"))
        else:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            for name in schema.triggers("sqlite"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        if not is_server(place):
            schema.guard(connection)
        connection.commit()


def keys(table: Table, row: Any) -> Any:
    conditions = [column == row._mapping[column.name] for column in table.primary_key]
    return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]


def pick(connection: Connection, chance: random.Random, table: Table) -> Any:
    rows = connection.execute(select(table).order_by(*table.primary_key)).all()
    return chance.choice(rows)


def other(value: Any, chance: random.Random) -> Any:
    """A value near the one given, and different from it."""
    if value is None:
        return "x"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + chance.choice((-1, 1))
    at = chance.randrange(len(value)) if value else 0
    return value[:at] + ("0" if value[at : at + 1] != "0" else "1") + value[at + 1 :]


def row_edited(place: str, chance: random.Random, tables: tuple[Table, ...] = TABLES) -> None:
    with unguarded(place) as connection:
        table = chance.choice(tables)
        row = pick(connection, chance, table)
        column = chance.choice(list(table.columns))
        if len(table.primary_key) > 1:  # half of a key could meet another row's
            column = chance.choice([c for c in table.columns if not c.primary_key])
        value = row._mapping[column.name]
        if value is None and not isinstance(other("", chance), column.type.python_type):
            value = 0  # an empty number becomes a number
        changed = other(value, chance)
        if column.primary_key and isinstance(value, int):  # the next number is another row's
            changed = value + chance.randrange(100_000, 200_000)
        connection.execute(update(table).where(keys(table, row)).values({column.name: changed}))


def row_deleted(place: str, chance: random.Random, tables: tuple[Table, ...] = TABLES) -> None:
    with unguarded(place) as connection:
        table = chance.choice(tables)
        row = pick(connection, chance, table)
        if table is schema.entry and row.sequence == _last(connection):
            row = connection.execute(
                select(table).where(table.c.sequence == row.sequence - 1)
            ).one()
        connection.execute(delete(table).where(keys(table, row)))


def row_inserted(place: str, chance: random.Random, tables: tuple[Table, ...] = TABLES) -> None:
    with unguarded(place) as connection:
        table = chance.choice(tables)
        values = dict(pick(connection, chance, table)._mapping)
        for column in table.columns:
            if column.primary_key or column.unique:
                value = values[column.name]
                values[column.name] = (
                    value + chance.randrange(1000, 2000)
                    if isinstance(value, int)
                    else "f" * len(value)
                )
        connection.execute(insert(table).values(values))


def shown_changed(place: str, chance: random.Random) -> None:
    """What pages are shown from is changed, and the record is not: a row, or up to which entry it was filled."""
    if chance.random() < 0.25:
        _filled_otherwise(place, chance)
    else:
        chance.choice((row_edited, row_deleted, row_inserted))(place, chance, SHOWN)


def _filled_otherwise(place: str, chance: random.Random) -> None:
    """An earlier or a later entry, or the same one written otherwise, so that what was recorded since is not shown."""
    with unguarded(place) as connection:
        last = _last(connection)
        told = chance.choice((str(last + chance.randrange(1, 9)), f"0{last}", "12"))
        connection.execute(
            update(shelf.state).where(shelf.state.c.name == "head").values(value=told)
        )


def rows_reordered(place: str, chance: random.Random) -> None:
    """Two rows of a table change places: each takes the other's key."""
    with unguarded(place) as connection:
        table = chance.choice((schema.entry, schema.report, schema.extraction, schema.claim))
        rows = connection.execute(select(table).order_by(*table.primary_key)).all()
        names = [column.name for column in table.primary_key]
        one, two = chance.sample(rows, 2)
        while _but(one, names) == _but(
            two, names
        ):  # alike but for their keys: a change of places is none
            one, two = chance.sample(rows, 2)
        spare = {name: one._mapping[name] + 100_000 for name in names}
        for row, target in ((one, spare), (two, one._mapping), (None, two._mapping)):
            where = keys(table, row) if row else table.c.sequence == spare["sequence"]
            values = {name: target[name] for name in names}
            connection.execute(update(table).where(where).values(values))


def _but(row: Any, names: list[str]) -> list[Any]:
    return [value for name, value in row._mapping.items() if name not in names]


def entry_changed_and_hashed(place: str, chance: random.Random) -> None:
    """An entry is changed with its own hash, but not those after it."""
    with unguarded(place) as connection:
        table = schema.entry
        row = connection.execute(
            select(table).where(table.c.sequence == chance.randrange(1, _last(connection)))
        ).one()
        _rewrite(connection, row, _edited(row.body, chance), row.previous_sha256)


def last_entry_changed_and_hashed(place: str, chance: random.Random) -> None:
    with unguarded(place) as connection:
        table = schema.entry
        row = connection.execute(select(table).where(table.c.sequence == _last(connection))).one()
        _rewrite(
            connection,
            row,
            row.body.replace(
                'reason":"reason', chance.choice(('reason":"excuse', 'reason":"motive'))
            ),
            row.previous_sha256,
        )


def chain_written_anew(place: str, chance: random.Random) -> None:
    """An entry is changed, every hash after it computed anew, and every derived row made from the new entries."""
    with unguarded(place) as connection:
        table = schema.entry
        rows = connection.execute(select(table).order_by(table.c.sequence)).all()
        at = chance.choice([n for n, row in enumerate(rows) if row.kind == "decision"])
        previous = START
        for n, row in enumerate(rows):
            body = (
                row.body.replace("reason ", chance.choice(("excuse ", "motive ")))
                if n == at
                else row.body
            )
            previous = _rewrite(connection, row, body, previous)
        _rebuilt(connection)


def last_entries_cut_off(place: str, chance: random.Random) -> None:
    with unguarded(place) as connection:
        first = _last(connection) - chance.randrange(0, 6)
        connection.execute(delete(schema.entry).where(schema.entry.c.sequence >= first))
        _rebuilt(connection)
        named = select(schema.original.c.sha256)
        bytes_ = schema.original_bytes
        connection.execute(delete(bytes_).where(bytes_.c.sha256.not_in(named)))


def _rebuilt(connection: Connection) -> None:
    """Everything that follows from the entries made anew; the shelf is made anew by the next question."""
    rebuild(connection)
    shelf.metadata.drop_all(connection)


def _edited(body: str, chance: random.Random) -> str:
    """Another body that is JSON still."""
    at = chance.choice([n for n, sign in enumerate(body) if sign.isalpha() and sign > "z"] or [2])
    return body[:at] + ("ґ" if body[at] != "ґ" else "г") + body[at + 1 :]


def _rewrite(connection: Connection, row: Any, body: str, previous: str) -> str:
    sha256 = digest(previous, row.sequence, row.kind, row.recorded_at_utc, body)
    values = {"body": body, "sha256": sha256, "previous_sha256": previous}
    connection.execute(
        update(schema.entry).where(schema.entry.c.sequence == row.sequence).values(values)
    )
    return sha256


def _last(connection: Connection) -> int:
    table = schema.entry.c
    return int(
        connection.execute(select(table.sequence).order_by(table.sequence.desc())).scalars().first()
        or 0
    )


def words_changed(place: str, chance: random.Random) -> None:
    """The index of words is made to hold another text for a report, so that searches find it wrongly."""
    with unguarded(place) as connection:
        row = pick(connection, chance, schema.report)
        if is_server(place):
            connection.execute(
                text("UPDATE report_words SET words = 'other words' WHERE sequence = :n"),
                {"n": row.sequence},
            )
        else:
            connection.execute(
                text(
                    "INSERT INTO report_words (rowid, title, text) VALUES (:n, '', 'other words')"
                ),
                {"n": row.sequence},
            )


def trigger_dropped(place: str, chance: random.Random) -> None:
    with Ledger.open(place) as ledger, ledger._engine.begin() as connection:
        triggers = schema.triggers(connection.dialect.name)
        name = chance.choice(sorted(triggers))
        on = f" ON {triggers[name][0]}" if is_server(place) else ""
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


def bytes_changed(place: str, chance: random.Random) -> None:
    """A byte of the database's file is changed, at a place where it changes anything."""
    _spoil(
        place,
        chance,
        lambda data, a, _: data[:a] + bytes([data[a] ^ chance.randrange(1, 256)]) + data[a + 1 :],
    )


def bytes_swapped(place: str, chance: random.Random) -> None:
    """Two stretches of the database's file change places."""

    def swap(data: bytes, a: int, b: int) -> bytes:
        a, b = min(a, b), max(a, b)
        length = min(chance.choice((1, 16, 256)), b - a, len(data) - b)
        return (
            data[:a]
            + data[b : b + length]
            + data[a + length : b]
            + data[a : a + length]
            + data[b + length :]
        )

    _spoil(place, chance, swap)


def _spoil(place: str, chance: random.Random, change: Callable[[bytes, int, int], bytes]) -> None:
    file = Path(place)
    data, before = file.read_bytes(), _content(place)
    while True:
        file.write_bytes(
            change(data, chance.randrange(100, len(data)), chance.randrange(100, len(data)))
        )
        if _content(place) != before:
            return


def _content(place: str) -> Any:
    """Everything that SQLite reads from the file, told by SQLite alone; an error counts as a content."""
    try:
        with closing(sqlite3.connect(place)) as raw:
            names = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
            tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            held = [raw.execute(f"SELECT * FROM {n}").fetchall() for (n,) in tables]
            return names, held, raw.execute("PRAGMA integrity_check").fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as problem:
        return str(problem)


def original_spoilt(place: str, chance: random.Random) -> None:
    """An original is changed, removed, cut short, or takes the place of another."""
    deed = chance.choice(("changed", "removed", "cut", "swapped"))
    if is_server(place):
        _original_rows(place, chance, deed)
        return
    files = sorted(p for p in Path(place + ".archive").rglob("*") if p.is_file())
    one, two = chance.sample(files, 2)
    data, beside = one.read_bytes(), two.read_bytes()
    if deed == "removed":
        one.unlink()
    elif deed == "swapped":
        one.write_bytes(beside)
        two.write_bytes(data)
    else:
        one.write_bytes(data[:-1] if deed == "cut" else bytes([data[0] ^ 1]) + data[1:])


def _original_rows(place: str, chance: random.Random, deed: str) -> None:
    table = schema.original_bytes
    with unguarded(place) as connection:
        rows = connection.execute(select(table).order_by(table.c.sha256)).all()
        one, two = chance.sample(rows, 2)
        if deed == "removed":
            connection.execute(delete(table).where(table.c.sha256 == one.sha256))
            return
        changed = {
            "cut": one.bytes[:-1],
            "changed": b"x" + one.bytes[1:] + b"y",
            "swapped": two.bytes,
        }
        connection.execute(
            update(table).where(table.c.sha256 == one.sha256).values(bytes=changed[deed])
        )


ROWS: dict[str, Callable[[str, random.Random], None]] = {
    "row edited": row_edited,
    "row deleted": row_deleted,
    "row inserted": row_inserted,
    "what is shown changed": shown_changed,
    "rows reordered": rows_reordered,
    "entry changed and hashed": entry_changed_and_hashed,
    "original spoilt": original_spoilt,
    "index of words changed": words_changed,
    "trigger dropped": trigger_dropped,
    "chain written anew": chain_written_anew,
    "last entries cut off": last_entries_cut_off,
    "last entry changed and hashed": last_entry_changed_and_hashed,
}
FILES = {"bytes changed": bytes_changed, "bytes swapped": bytes_swapped}


def found(place: str, seal: Seal | None) -> str | None:
    """What tells of the tampering: the first thing that does not hold, or that the ledger cannot be opened."""
    try:
        with Ledger.open(place, create=False) as ledger:
            return ledger.verify(seal).fault
    except LedgerError as problem:
        return str(problem)


def trial(
    folder: Path, number: int, server: Server | None = None
) -> tuple[Counter[str], list[str]]:
    """So many tamperings, each with a fresh copy of one ledger; counts by kind, and those not found."""
    kinds = ROWS if server else {**ROWS, **FILES}
    first = server.new() if server else str(folder / "first.db")
    seal = build(first)
    assert found(first, seal) is None
    counts: Counter[str] = Counter()
    missed = []
    for n in range(number):
        kind = list(kinds)[n % len(kinds)]
        place = server.new(first) if server else str(folder / f"w{n}.db")
        if not server:
            _copy(first, place)
        kinds[kind](place, random.Random(n))
        needs_seal = kind in SEALED
        if found(place, seal if needs_seal else None) is None:
            missed.append(f"{kind}, seed {n}")
        if needs_seal and found(place, None) is not None:
            missed.append(f"{kind}, seed {n}: no seal was needed, the trial is not what it says")
        counts[kind] += 1
        if server:
            server.drop(place)
        else:
            _remove(place)
    return counts, missed


def _copy(first: str, place: str) -> None:
    shutil.copyfile(first, place)
    shutil.copytree(first + ".archive", place + ".archive")


def _remove(place: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(place + suffix).unlink(missing_ok=True)
    shutil.rmtree(place + ".archive")
