"""Paths in, open files out: folders walked, devices refused, sizes limited.

Enters: the paths a person gave. Leaves: names of regular files, and `Failure` records for the rest.
Does not belong here: what is inside a file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from warledger.errors import ReadingError
from warledger.reading.records import Failure

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes: one report's source above this is refused. A JSON-lines file may be larger, a line not."""

_EXPORTS = ("result.json", "messages.html")
_BESIDE_EXPORTS = frozenset(
    "css images js lists photos profile_pictures round_video_messages stickers video_files voice_messages".split()  # noqa: SIM905
)
"""Folders that Telegram Desktop puts beside an export: styles, pictures and film, no posts."""

TOO_LARGE = f"larger than {SIZE_LIMIT // 2**20} MB: split it into reports"


def shown(path: str) -> str:
    """The path as text that any encoder takes: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def why(error: OSError) -> str:
    """The operating system's reason, in one line that says what to do."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it: change its permissions or copy it"
    return (
        f"cannot be opened ({os.strerror(error.errno) if error.errno else error}): check the path"
    )


def find(path: str) -> Iterator[str | Failure]:
    """Give the files that `path` stands for: itself, or a folder's files in sorted order.

    Folders are walked depth first, one listing in memory a level; names that begin with a full stop
    are skipped unless `path` itself is one, and so are the pictures and styles of a Telegram export. A link back to a folder being walked is a `Failure`.
    """
    try:
        status = os.stat(path)
    except ValueError:
        yield Failure(shown(path), None, "the path holds a NUL character: check the path")
    except OSError as error:
        broken = isinstance(error, FileNotFoundError) and os.path.islink(path)
        reason = "a link to a file that is gone: mend or remove the link" if broken else why(error)
        yield Failure(shown(path), None, reason)
    else:
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(path)
        elif stat.S_ISREG(status.st_mode):
            yield path
        else:
            reason = (
                "a pipe, socket or device, not a file: save its content, or pipe it in and give -"
            )
            yield Failure(shown(path), None, reason)


def _walk(top: str) -> Iterator[str | Failure]:
    stack: list[tuple[tuple[int, int], Iterator[str]]] = []
    found = False
    for failure in _enter(top, stack):
        found = True
        yield failure
    while stack:
        for path in stack[-1][1]:
            deeper = os.path.isdir(path)
            for step in _enter(path, stack) if deeper else find(path):
                found = True
                yield step
            if deeper:
                break
        else:
            stack.pop()
    if not found:
        yield Failure(shown(top), None, "the folder holds nothing to read: check the path")


def _enter(path: str, stack: list[tuple[tuple[int, int], Iterator[str]]]) -> Iterator[Failure]:
    try:
        status = os.stat(path)
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        if any(name in names for name in _EXPORTS):
            names = [name for name in names if name not in _BESIDE_EXPORTS]
    except OSError as error:
        yield Failure(shown(path), None, why(error))
        return
    identity = (status.st_dev, status.st_ino)
    if any(identity == known for known, _ in stack):
        yield Failure(shown(path), None, "a link back to a folder that holds it: remove the link")
        return
    stack.append((identity, iter([os.path.join(path, name) for name in names])))


def check_size(size: int) -> None:
    """Raise `ReadingError` when a source of `size` bytes is above the limit."""
    if size > SIZE_LIMIT:
        raise ReadingError(TOO_LARGE)
