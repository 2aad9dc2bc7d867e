"""The way from a path to reports: find, open, read by kind, name.

Enters: the paths a person gave. Leaves: `Source` and `Failure` records, one at a time.
Does not belong here: how any one kind of source is read (a file each), the network.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec import UNSET

from warledger.errors import ReadingError, UsageError
from warledger.model import Report
from warledger.reading import kinds, language
from warledger.reading.files import find, shown, why
from warledger.reading.pieces import Piece, Problem
from warledger.reading.records import (
    LANGUAGES,
    Failure,
    ReadOptions,
    Source,
    check_options,
)

STDIN = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[\W_]+")


def read(
    paths: Sequence[str], *, stdin: BinaryIO | None = None, options: ReadOptions | None = None
) -> Iterator[Source | Failure]:
    """Read every report that `paths` stand for, in order, holding one source in memory at a time.

    A path is a file, a folder (walked in sorted order, hidden names skipped), `-` for `stdin`, or a
    JSON or JSON-lines file of reports. What cannot be read becomes a `Failure` and the rest goes on.
    Raises `UsageError` at once when an option cannot be meant, no path is given, or `-` has no `stdin`.
    """
    options = options or ReadOptions()
    check_options(options)
    if not paths:
        raise UsageError("nothing to read: give a file, a folder, or - for standard input")
    if paths.count(STDIN) > 1:
        raise UsageError("standard input can be read once: give - one time")
    if STDIN in paths and stdin is None:
        raise UsageError("there is no standard input to read: give a file or a folder")
    return _each(paths, stdin, options)


def _each(
    paths: Sequence[str], stdin: BinaryIO | None, options: ReadOptions
) -> Iterator[Source | Failure]:
    for path in paths:
        if _ADDRESS.match(path):
            reason = "reading from addresses is not built in yet; save the page and give the file"
            yield Failure(shown(path), None, reason)
        elif path == STDIN and stdin is not None:
            yield from _guarded(stdin, STDIN, options)
        else:
            yield from _files(path, options)


def _files(path: str, options: ReadOptions) -> Iterator[Source | Failure]:
    for found in find(path):
        if isinstance(found, Failure):
            yield found
            continue
        try:
            stream = open(found, "rb")  # noqa: SIM115 (closed below; only the opening is guarded here)
        except OSError as error:
            yield Failure(shown(found), None, why(error))
            continue
        with stream:
            yield from _guarded(stream, found, options)


def _guarded(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Source | Failure]:
    try:
        for found in kinds.pieces(stream, path):
            yield finished(found, path, options)
    except ReadingError as error:
        yield Failure(shown(path), None, str(error))
    except OSError as error:
        yield Failure(shown(path), None, why(error))


def finished(found: Piece | Problem, path: str, options: ReadOptions) -> Source | Failure:
    """The source of a piece, the options over what it says itself; a failure where its language is not read."""
    if isinstance(found, Problem):
        return Failure(shown(path), found.position, found.reason, found.passed_over)
    try:
        return _source(found, path, options)
    except ReadingError as error:
        return Failure(shown(path), found.position, str(error))


def _source(found: Piece, path: str, options: ReadOptions) -> Source:
    draft = found.draft
    digest = hashlib.sha256(found.original).hexdigest()
    own_lang = draft.lang if draft.lang in LANGUAGES else None
    report = Report(
        id=found.id or f"{_slug(found.name or path)}-{digest[:8]}",
        text=draft.text,
        published=options.published or draft.published,
        publisher=options.publisher or draft.publisher or None,
        url=draft.url or None,
        title=draft.title or None,
        lang=options.lang or own_lang or language.detect(draft.text),
        author=draft.author or UNSET,
        credit=draft.credit or UNSET,
    )
    return Source(
        report=report,
        original=found.original,
        sha256=digest,
        media_type=found.media_type,
        path=shown(path),
        notes=found.notes,
        updated=draft.updated,
        retrieval=found.retrieval,
    )


def _slug(path: str) -> str:
    """The file's name without its ending, as lower-case words joined by hyphens."""
    stem = "stdin" if path == STDIN else os.path.splitext(os.path.basename(path))[0]
    name = unicodedata.normalize("NFC", shown(stem)).lower()
    return _NOT_A_NAME.sub("-", name)[:48].strip("-") or "report"
