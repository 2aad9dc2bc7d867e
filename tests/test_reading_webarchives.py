"""Reading: web archives in their forms, and pages saved as one MIME file."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from warledger.reading import Failure, Source, read

WORDS = "The air force shot down 25 of the 30 drones over the city, it wrote at number"


def page(number: int) -> bytes:
    return f"<!doctype html><html><body><article><p>{WORDS} {number}.</p></article></body></html>".encode()


def record(
    number: int, *, kind: str = "text/html", status: int = 200, encoded: str = "", sent: bytes = b""
) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n{encoded}\r\n"
    answer = head.encode() + (sent or page(number))
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2025-12-06T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc(count: int) -> bytes:
    """Compressed as archives are: each record by itself."""
    return b"".join(gzip.compress(record(n)) for n in range(count))


def wacz(*members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        archive.writestr("pages/pages.jsonl", '{"id": "1", "url": "https://news.example/0"}\n')
        archive.writestr("indexes/index.cdx.gz", gzip.compress(b"example,news)/0"))
        for number, data in enumerate(members):
            archive.writestr(f"archive/data-{number}.warc.gz", data)
    return stream.getvalue()


def results(tmp_path: Path, name: str, data: bytes) -> list[Source | Failure]:
    (tmp_path / name).write_bytes(data)
    return list(read([str(tmp_path / name)]))


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.warc.gz", warc(3)), ("a.wacz", wacz(warc(3))), ("named-otherwise.zip", wacz(warc(3)))],
)
def test_an_archive_gives_its_pages_with_address_and_time(
    tmp_path: Path, name: str, data: bytes
) -> None:
    found = results(tmp_path, name, data)
    assert [f.report.url for f in found if isinstance(f, Source)] == [
        f"https://news.example/{n}" for n in range(3)
    ]
    assert len(found) == 3
    first = found[0]
    assert isinstance(first, Source)
    assert first.original == page(0)
    assert first.retrieval
    assert first.retrieval.retrieved_at_utc == "2025-12-06T08:00:00Z"
    assert ("Content-Type", "text/html") in first.retrieval.headers


def test_a_collection_of_several_archives_is_read_through(tmp_path: Path) -> None:
    found = results(tmp_path, "a.wacz", wacz(warc(2), warc(3)))
    assert sum(isinstance(f, Source) for f in found) == 5


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    data = record(1) + record(2, status=404) + record(3, kind="image/png")
    source, told = results(tmp_path, "a.warc", data)
    assert isinstance(source, Source)
    assert isinstance(told, Failure)
    assert told.passed_over
    assert told.reason.startswith("passed over: 2 ")


@pytest.mark.parametrize("share", [0.5, 0.7, 0.93, 0.99])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_an_archive_that_was_cut_off_no_page_is_read_by_half(
    tmp_path: Path, name: str, share: float
) -> None:
    data = warc(20) if name.endswith(".gz") else b"".join(record(n) for n in range(20))
    pages = [
        found.report.text
        for found in results(tmp_path, name, data[: int(len(data) * share)])
        if isinstance(found, Source)
    ]
    assert len(pages) >= int(20 * share) - 1
    assert pages == [f"{WORDS} {n}." for n in range(len(pages))]


def test_a_page_that_the_archive_breaks_off_is_told(tmp_path: Path) -> None:
    *_, told = results(tmp_path, "a.warc", (record(1) + record(2))[:-20])
    assert isinstance(told, Failure)
    assert told.position == "https://news.example/2"
    assert "cut off" in told.reason


PACKED = gzip.compress(page(1))
SENT = {
    "gzip": ("Content-Encoding: gzip\r\n", PACKED),
    "chunks": ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(1)), page(1))),
    "an-encoding-taken-off": ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", page(1)),
}  # fmt: skip


@pytest.mark.parametrize(("encoded", "sent"), SENT.values(), ids=SENT.keys())
def test_a_page_is_unpacked_as_it_was_sent(tmp_path: Path, encoded: str, sent: bytes) -> None:
    (found,) = results(tmp_path, "a.warc", record(1, encoded=encoded, sent=sent))
    assert isinstance(found, Source), found
    assert found.original == page(1)


class Long:
    """An archive of many records, made while it is read."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._data = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._data) < size and self._left:
            self._left -= 1
            self._data += record(self._left)
        data, self._data = self._data[:size], self._data[size:]
        return data


def test_a_long_archive_needs_the_memory_of_a_page() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        stream: io.BufferedReader = Long(count)  # type: ignore[assignment]
        assert sum(isinstance(f, Source) for f in read(["-"], stdin=stream)) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(20)  # loads what pages need
    assert peak(300) < peak(60) + 2_000_000


def saved(charset: str, declared: str) -> bytes:
    letter = EmailMessage()
    letter["From"] = "<Saved by a browser>"
    letter["Snapshot-Content-Location"] = "https://news.example/saved"
    letter["Date"] = "Sat, 06 Dec 2025 08:00:00 +0000"
    letter.make_related()
    part = EmailMessage()
    body = "<!doctype html><html><body><p>За ночь над областью сбито 25 беспилотников.</p></body></html>"
    part.set_content(body.encode(charset), "text", "html", cte="quoted-printable")
    part.set_param("charset", declared)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", "image", "png")
    letter.attach(part)
    letter.attach(picture)
    return letter.as_bytes()


@pytest.mark.parametrize(
    ("charset", "declared"), [("utf-8", "utf-8"), ("cp1251", "windows-1251"), ("cp1251", "utf-8")]
)
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "nameless"])
def test_a_page_saved_as_one_file_gives_its_article(
    tmp_path: Path, charset: str, declared: str, name: str
) -> None:
    data = saved(charset, declared)
    (found,) = results(tmp_path, name, data)
    assert isinstance(found, Source), found
    assert found.report.text == "За ночь над областью сбито 25 беспилотников."
    assert found.report.url == "https://news.example/saved"
    assert found.original == data
