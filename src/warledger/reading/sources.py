"""The way from a path to reports: find, open, read by kind, name.

Enters: the paths a person gave. Leaves: `Source` and `Failure` records, one at a time.
Does not belong here: how any one kind of source is read (a file each), the network.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from warledger.canonical import canonical_url
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

if TYPE_CHECKING:
    from warledger.reading.fetching import Fetched, Fetcher

STDIN = "-"
_MEDIA_NAMES = {"text/html": "page.html", "application/pdf": "page.pdf", "text/plain": "page.txt"}
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
    fetcher: Fetcher | None = None
    for path in paths:
        if _ADDRESS.match(path):
            fetcher = fetcher or _fetcher()
            yield from _address(path, options, fetcher)
        elif path == STDIN and stdin is not None:
            yield from _guarded(stdin, STDIN, options)
        else:
            yield from _files(path, options)


def _fetcher() -> Fetcher:
    from warledger.reading.fetching import Fetcher  # noqa: PLC0415 (0.1 s that files need not wait for)

    return Fetcher()


def _address(url: str, options: ReadOptions, fetcher: Fetcher) -> Iterator[Source | Failure]:
    try:
        for found in fetched(fetcher.fetch(url), options):
            if isinstance(found, Source) and found.teaser:
                yield whole(found, options, fetcher)
            else:
                yield found
    except ReadingError as error:
        yield Failure(shown(url), None, str(error))


def fetched(found: Fetched, options: ReadOptions) -> Iterator[Source | Failure]:
    """The reports in what an address gave, each with how it was retrieved. Raises `ReadingError`.

    A page's id is its address, for its bytes are others with every request.
    """
    name = _MEDIA_NAMES.get(found.media_type, os.path.basename(urlsplit(found.url).path))
    for piece in kinds.pieces(io.BytesIO(found.data), name):
        if isinstance(piece, Piece):
            draft = msgspec.structs.replace(piece.draft, url=piece.draft.url or found.url)
            own = piece.id or (None if piece.part else canonical_url(draft.url or ""))
            piece = msgspec.structs.replace(  # noqa: PLW2901
                piece, draft=draft, id=own, retrieval=found.retrieval
            )
        yield finished(piece, found.url, options)


def whole(teaser: Source, options: ReadOptions, fetcher: Fetcher) -> Source:
    """The whole text behind the address of a feed's entry; the entry itself, with a note, where it cannot be had.

    What the page does not say of itself is the entry's word.
    """
    address = teaser.report.url or ""
    try:
        found = list(fetched(fetcher.fetch(address), options))
    except ReadingError as error:
        return _noted(teaser, str(error))
    reports = [source for source in found if isinstance(source, Source)]
    if len(reports) != 1 or len(reports[0].report.text) <= len(teaser.report.text):
        return _noted(teaser, "its page gives no more")
    (page,) = reports
    entry, own = teaser.report, page.report
    told = {
        name: getattr(own, name) or getattr(entry, name)
        for name in ("published", "publisher", "title", "author", "credit")
    }
    report = msgspec.structs.replace(own, id=entry.id, **told)
    return msgspec.structs.replace(page, report=report, updated=page.updated or teaser.updated)


def _noted(teaser: Source, reason: str) -> Source:
    note = f"the feed gives only the beginning, and the whole text could not be had: {reason}"
    return msgspec.structs.replace(teaser, notes=(*teaser.notes, note))


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
        id=found.id or _id(found, path, digest),
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
        teaser=found.teaser,
    )


def _id(found: Piece, path: str, digest: str) -> str:
    """An id made up of the file's name and the bytes' hash; of a part of a page, of the page's address and the part."""
    name = f"{_slug(found.name or path)}-{digest[:8]}"
    if found.part is None:
        return name
    return f"{canonical_url(found.draft.url or '') or name}#{found.part}"


def _slug(path: str) -> str:
    """The file's name without its ending, as lower-case words joined by hyphens."""
    stem = "stdin" if path == STDIN else os.path.splitext(os.path.basename(path))[0]
    name = unicodedata.normalize("NFC", shown(stem)).lower()
    return _NOT_A_NAME.sub("-", name)[:48].strip("-") or "report"
