"""Accounts: who may read, edit and administer, with hashed passwords, sessions and lockout.

Enters: names, passwords, roles. Leaves: sessions, and an entry of the chain for every change to an account.
Does not belong here: what a role may do (`web`). These tables change and are no part of the record.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from warledger.errors import UsageError
from warledger.ledger.beside import Beside

ROLES = ("reader", "editor", "admin")
FAILURES = 5
LOCKED = timedelta(minutes=15)
SESSION = timedelta(hours=12)
SHORTEST = 12
KIND = "account"

_NAME = re.compile(r"[\w.-]{1,64}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")
"""Checked where there is no such account, so that the time of an answer does not tell which names there are."""

metadata = MetaData()
account = Table(
    "account",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until_utc", String(32)),
)
session = Table(
    "session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("name", String(64), nullable=False, index=True),
    Column("until_utc", String(32), nullable=False),
)


class Account(msgspec.Struct, frozen=True):
    """A person with a role."""

    name: str
    role: str


class AccountChange(msgspec.Struct, frozen=True):
    """The body of an `account` entry: what was done to which account, by whom; never a password."""

    action: str
    name: str
    role: str | None
    by: str


class Accounts(Beside):
    """The accounts of a ledger; `Ledger.accounts` gives them."""

    metadata = metadata
    kind = KIND

    def count(self) -> int:
        """How many accounts there are."""
        if not self._is_made():
            return 0
        with self._asking() as connection:
            return int(connection.execute(select(func.count()).select_from(account)).scalar() or 0)

    def all(self) -> list[Account]:
        """Every account by name."""
        if not self.count():
            return []
        with self._asking() as connection:
            query = select(account.c.name, account.c.role).order_by(account.c.name)
            return [Account(*tuple(row)) for row in connection.execute(query)]

    def add(self, name: str, role: str, password: str, *, by: str) -> None:
        """Makes an account. Raises UsageError for a name, role or password that will not do, or a name taken."""
        if not _NAME.fullmatch(name):
            raise UsageError("an account's name has letters, digits, dots and dashes, 64 at most")
        _check_role(role)
        hashed = _hash(password)
        with self._writing() as connection:
            if _row(connection, name) is not None:
                raise UsageError(f"there is an account {name} already")
            row = {"name": name, "role": role, "password": hashed, "failures": 0}
            connection.execute(insert(account).values(**row))
            self._note(connection, AccountChange("add", name, role, by))

    def change(
        self, name: str, *, role: str | None = None, password: str | None = None, by: str
    ) -> None:
        """Gives an account another role or password and ends its sessions.

        Raises UsageError for no such account, or where the last admin would lose the role.
        """
        values: dict[str, Any] = {"failures": 0, "locked_until_utc": None}
        if role is not None:
            values["role"] = _check_role(role)
        if password is not None:
            values["password"] = _hash(password)
        with self._writing() as connection:
            if role is not None and role != "admin":
                _keep_an_admin(connection, name)
            done = connection.execute(
                update(account).where(account.c.name == name).values(**values)
            )
            if not done.rowcount:
                raise UsageError(f"there is no account {name}")
            connection.execute(delete(session).where(session.c.name == name))
            action = "role" if role is not None else "password"
            self._note(connection, AccountChange(action, name, role, by))

    def remove(self, name: str, *, by: str) -> None:
        """Removes an account and its sessions. Raises UsageError for none such, or the last admin."""
        with self._writing() as connection:
            _keep_an_admin(connection, name)
            if not connection.execute(delete(account).where(account.c.name == name)).rowcount:
                raise UsageError(f"there is no account {name}")
            connection.execute(delete(session).where(session.c.name == name))
            self._note(connection, AccountChange("remove", name, None, by))

    def log_in(self, name: str, password: str) -> str | None:
        """A new session's token; None for a wrong name or password, or an account that is locked for the moment.

        After five wrong passwords in a row an account is locked for fifteen minutes.
        """
        row = None
        if self._is_made():
            with self._asking() as connection:
                row = _row(connection, name)
        right = _verify(row.password if row is not None else _NOBODY, password)
        if row is None:
            return None
        now = self._now()
        if row.locked_until_utc is not None and row.locked_until_utc > now:
            return None
        with self._writing() as connection:
            if not right:
                self._failed(connection, row)
                return None
            token = secrets.token_urlsafe(32)
            until = _moment(self._clock() + SESSION)
            values = {"token_sha256": _digest(token), "name": name, "until_utc": until}
            connection.execute(delete(session).where(session.c.until_utc < now))
            connection.execute(insert(session).values(**values))
            connection.execute(
                update(account)
                .where(account.c.name == name)
                .values(failures=0, locked_until_utc=None)
            )
        return token

    def _failed(self, connection: Connection, row: Any) -> None:
        failures = row.failures + 1
        values: dict[str, Any] = {"failures": failures}
        if failures >= FAILURES:
            values = {"failures": 0, "locked_until_utc": _moment(self._clock() + LOCKED)}
            self._note(connection, AccountChange("lock", row.name, None, "the server"))
        connection.execute(update(account).where(account.c.name == row.name).values(**values))

    def log_out(self, token: str) -> None:
        """Ends a session."""
        with self._writing() as connection:
            connection.execute(delete(session).where(session.c.token_sha256 == _digest(token)))

    def who(self, token: str) -> Account | None:
        """Whose session a token is, or None where it is none or over."""
        query = (
            select(account.c.name, account.c.role)
            .join(session, session.c.name == account.c.name)
            .where(session.c.token_sha256 == _digest(token), session.c.until_utc > self._now())
        )
        if not self._is_made():
            return None
        with self._asking() as connection:
            row = connection.execute(query).first()
        return None if row is None else Account(*tuple(row))

    def _now(self) -> str:
        return _moment(self._clock())


def _row(connection: Connection, name: str) -> Any:
    return connection.execute(select(account).where(account.c.name == name)).first()


def _keep_an_admin(connection: Connection, name: str) -> None:
    query = select(account.c.name).where(account.c.role == "admin")
    if list(connection.execute(query).scalars()) == [name]:
        raise UsageError(f"{name} is the last admin; make another one first")


def _check_role(role: str) -> str:
    if role not in ROLES:
        raise UsageError(f"{role!r} is no role; there are {', '.join(ROLES)}")
    return role


def _hash(password: str) -> str:
    if not SHORTEST <= len(password) <= 1_000:
        raise UsageError(f"a password needs {SHORTEST} characters at least")
    return _hasher.hash(password)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password[:1_000])
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
