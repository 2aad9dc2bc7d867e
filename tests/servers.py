"""A PostgreSQL server of the tests' own, where the machine has one: started in a folder, stopped at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest version first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if found:
        return found[0].parent
    return Path(on_path).parent if on_path else None


class Server:
    """A running server, reached by a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def new(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of the one at the address `template`."""
        self._made += 1
        name = f"ledger{self._made}"
        like = f" TEMPLATE {self._name(template)}" if template else ""
        self._say(f"CREATE DATABASE {name}{like}")
        return self.address(name)

    def drop(self, address: str) -> None:
        """Removes the database at that address."""
        self._say(f"DROP DATABASE {self._name(address)} WITH (FORCE)")

    def _name(self, address: str) -> str:
        return address.partition("@/")[2].partition("?")[0]

    def _say(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(folder: Path, **settings: str) -> Iterator[Server | None]:
    """Starts a server in an empty folder, which has to be short to name; None where PostgreSQL is not installed."""
    place = programs()
    if place is None:
        yield None
        return
    root = os.geteuid() == 0  # PostgreSQL refuses to run as root; its Debian package brings a user
    if root:
        folder.chmod(0o755)
        shutil.chown(folder, USER)
    data, log = folder / "data", folder / "log"
    as_user = {"user": USER, "group": USER} if root else {}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    options += f" -c listen_addresses= -c unix_socket_directories={folder}"

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(place / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **as_user,  # type: ignore[call-overload]
        )

    call("initdb", "-D", str(data), "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    call("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
    try:
        yield Server(folder)
    finally:
        call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
