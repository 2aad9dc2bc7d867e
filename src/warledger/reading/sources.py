"""The way from a path to reports: find, open, tell the kind, decode, draft, name.

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

from warledger.errors import ReadingError, UsageError
from warledger.model import Report
from warledger.reading import encoding, jsonlines, language, markdown, pages, plain
from warledger.reading.files import SIZE_LIMIT, check_size, find, shown, why
from warledger.reading.magic import binary_kind
from warledger.reading.plain import Draft
from warledger.reading.records import (
    LANGUAGES,
    Failure,
    ReadOptions,
    Source,
    check_options,
)

STDIN = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).){0,2000}-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
}
_LINES = (".jsonl", ".ndjson")
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
        yield from _stream(stream, path, options)
    except ReadingError as error:
        yield Failure(shown(path), None, str(error))
    except OSError as error:
        yield Failure(shown(path), None, why(error))


def _stream(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Source | Failure]:
    """Tell the kind of source by its name and first line, and read it."""
    suffix = os.path.splitext(path)[1].lower()
    first = stream.readline(SIZE_LIMIT + 1)
    _refuse_binary(first)
    if suffix in _LINES or (suffix not in _SUFFIXES and jsonlines.looks_like_report(first)):
        yield from _reports(jsonlines.each_line(first, stream), path, options)
        return
    data = first + stream.read(SIZE_LIMIT + 1 - len(first))
    check_size(len(data))
    _refuse_binary(data)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ReadingError("empty: there is nothing to read in it")
    if suffix == ".json" or (
        suffix not in _SUFFIXES and data.lstrip()[:1] == b"{" and b'"text"' in data
    ):
        yield from _reports(jsonlines.whole(data), path, options)
        return
    yield _one(data, path, options, _SUFFIXES.get(suffix))


def _refuse_binary(head: bytes) -> None:
    if kind := binary_kind(head):
        raise ReadingError(f"{kind}, not text: save its text and give that")


def _reports(
    items: Iterator[jsonlines.Item], path: str, options: ReadOptions
) -> Iterator[Source | Failure]:
    """Reports given as JSON: the text as it stands, the options over what the report says."""
    seen: set[str] = set()
    empty = True
    for position, original, found in items:
        empty = False
        try:
            if isinstance(found, ReadingError):
                raise found
            if found.id in seen:
                raise ReadingError(
                    f"the id {found.id[:80]!r} stands twice in this file: give each report its own"
                )
            seen.add(found.id)
            yield _given(found, original, path, options)
        except ReadingError as error:
            yield Failure(shown(path), position or None, str(error))
    if empty:
        raise ReadingError("empty: there are no reports in it")


def _given(found: jsonlines.Given, original: bytes, path: str, options: ReadOptions) -> Source:
    published, notes = jsonlines.date_or_note(found.published)
    report = Report(
        id=found.id,
        text=found.text,
        published=options.published or published,
        publisher=options.publisher or found.publisher or None,
        url=found.url or None,
        title=found.title or None,
        lang=options.lang or found.lang or language.detect(found.text),
    )
    return Source(
        report=report,
        original=original,
        sha256=hashlib.sha256(original).hexdigest(),
        media_type=jsonlines.MEDIA_TYPE,
        path=shown(path),
        notes=notes,
    )


def _one(data: bytes, path: str, options: ReadOptions, media_type: str | None) -> Source:
    """One report a file: text, Markdown or a page, told by the name and else by how it begins."""
    if media_type != "text/markdown" and _HTML.match(data[:8192].lstrip(b"\xef\xbb\xbf\xff\xfe")):
        media_type = "text/html"
    media_type = media_type or "text/plain"
    drafted = _draft(data, media_type)
    if not drafted.text.strip():
        raise ReadingError(
            "there is no text in it once the site's furniture is left out: check the file"
        )
    digest = hashlib.sha256(data).hexdigest()
    own_lang = drafted.lang if drafted.lang in LANGUAGES else None
    report = Report(
        id=f"{_slug(path)}-{digest[:8]}",
        text=drafted.text,
        published=options.published or drafted.published,
        publisher=options.publisher or drafted.publisher or None,
        url=drafted.url or None,
        title=drafted.title or None,
        lang=options.lang or own_lang or language.detect(drafted.text),
    )
    return Source(
        report=report, original=data, sha256=digest, media_type=media_type, path=shown(path)
    )


def _draft(data: bytes, media_type: str) -> Draft:
    if media_type == "text/html":
        return pages.draft(encoding.decode(data, declared=pages.declared_encoding(data)))
    text = encoding.decode(data)
    return markdown.draft(text) if media_type == "text/markdown" else plain.draft(text)


def _slug(path: str) -> str:
    """The file's name without its ending, as lower-case words joined by hyphens."""
    stem = "stdin" if path == STDIN else os.path.splitext(os.path.basename(path))[0]
    name = unicodedata.normalize("NFC", shown(stem)).lower()
    return _NOT_A_NAME.sub("-", name)[:48].strip("-") or "report"
