"""Web archives (WARC) in, the pages that they hold out, streamed.

Enters: an open WARC, compressed or not (a WACZ is a ZIP of them, see `packed`). Leaves: a piece for each page or
document that was answered with 200, with its address and when it was retrieved. Does not belong here: the network.

Each record is read by itself, so that gigabytes need the memory of one page; ids come from content, so that a second
run of `add` finds what is recorded already.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from typing import Any, BinaryIO

import msgspec

from warledger.errors import ReadingError
from warledger.model import Retrieval
from warledger.reading.files import SIZE_LIMIT, TOO_LARGE
from warledger.reading.packed import Inside, Reader
from warledger.reading.pieces import Piece, Problem

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}


class _Forward(io.RawIOBase):
    """A stream that knows its position and seeks forwards, which is all that the iterator asks for."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        wanted = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or wanted < self._at:
            raise io.UnsupportedOperation("a web archive is read forwards only")
        while self._at < wanted and self.read(min(1 << 20, wanted - self._at)):
            pass
        return self._at


def looks_like_archive(head: bytes, name: str) -> bool:
    """Whether a file is a WARC: by its first line, or by its name where it is compressed."""
    return head.startswith(b"WARC/") or (
        head.startswith((b"\x1f\x8b", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd"))
        and ".warc" in name.lower()
    )


def read(stream: BinaryIO, inside: Inside, pieces: Reader) -> Iterator[Piece | Problem]:
    """The pages of the archive in its order; at the end a line that says what was passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    passed: Counter[str] = Counter()
    found = False
    try:
        for record in ArchiveIterator(_Forward(stream), record_types=WarcRecordType.response):
            found = True
            yield from _record(record, inside, pieces, passed)
    except (ValueError, OSError, EOFError, RuntimeError) as error:
        raise ReadingError(
            f"a web archive that is broken ({error}): what stands before was read"
        ) from error
    if not found:
        raise ReadingError("a web archive that holds no page: check the file")
    if passed:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(passed.items()))
        yield Problem(None, f"passed over: {told}", passed_over=True)


def _record(
    record: Any, inside: Inside, pieces: Reader, passed: Counter[str]
) -> Iterator[Piece | Problem]:
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    answer = record.http_headers
    status = getattr(answer, "status_code", None)
    kind = (record.http_content_type or "").lower()
    if status != 200 or kind not in _SUFFIXES:
        passed["records that are no page, text or PDF answered with 200"] += 1
        return
    length = record.content_length
    sent = record.reader.read(SIZE_LIMIT + 1)
    if len(sent) < min(length, SIZE_LIMIT):
        yield Problem(url, "the web archive was cut off inside of this page: it was not read")
        return
    data = _decoded(sent, answer)
    if max(len(sent), len(data)) > SIZE_LIMIT:
        yield Problem(url, TOO_LARGE)
        return
    moment = record.record_date.astimezone(UTC) if record.record_date else None
    retrieval = Retrieval(
        retrieved_at_utc=moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "",
        addresses=(url,),
        status=status,
        headers=tuple((str(k), str(v)) for k, v in answer.astuples()),
    )
    try:
        for piece in pieces(io.BytesIO(data), f"page{_SUFFIXES[kind]}", inside.deeper()):
            if isinstance(piece, Problem):
                yield Problem(url, piece.reason, piece.passed_over)
                continue
            draft = msgspec.structs.replace(piece.draft, url=piece.draft.url or url)
            name = url.rstrip("/").rpartition("/")[2] or "page"
            yield msgspec.structs.replace(
                piece, draft=draft, position=url, name=name, retrieval=retrieval
            )
    except ReadingError as error:
        yield Problem(url, str(error))


def _decoded(sent: bytes, answer: Any) -> bytes:
    """The payload as a browser shows it; as it is where its headers lie of an encoding that was taken off already."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415

    wanted = ("content-encoding", "transfer-encoding")
    headers = [f"{k}: {v}" for k, v in answer.astuples() if str(k).lower() in wanted]
    if not headers:
        return sent
    message = "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode("latin-1", "replace") + sent
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(message)}\r\n\r\n"
    )
    record = head.encode() + message + b"\r\n\r\n"
    try:
        unpacked = next(iter(ArchiveIterator(io.BytesIO(record), auto_decode="all")))
        return bytes(unpacked.reader.read(SIZE_LIMIT + 1))
    except (OSError, ValueError):
        return sent
