"""ZIP and tar archives in, what their files hold out. Nothing is ever unpacked to the disk.

Enters: an open archive. Leaves: the pieces of its files, in its order; a problem for each that is not read.
Does not belong here: what is inside a file.

Bombs are met while reading, not by the sizes that an archive claims: what comes out is counted against what it
was packed into, against a total shared by all archives inside one another, and against their depth.
"""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO

import msgspec

from warledger.errors import ReadingError
from warledger.reading import documents
from warledger.reading.files import SIZE_LIMIT, check_size
from warledger.reading.pieces import Piece, Problem

DEPTH_LIMIT = 3
TOTAL_LIMIT = 32 * 2**30
RATIO_LIMIT = 200
_UNCOUNTED = 16 * 2**20
"""Bytes that a file may unfold to whatever its ratio: a page of blanks is no bomb."""
_SPOOLED = 64 * 2**20
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, OSError)


class Inside:
    """How deep inside archives a file lies, and how many bytes may still come out of all of them."""

    def __init__(self, depth: int = 0, left: list[int] | None = None) -> None:
        self.depth = depth
        self.left = left if left is not None else [TOTAL_LIMIT]

    def deeper(self) -> Inside:
        """The count for a file inside this one. Raises `ReadingError` where that is too deep."""
        if self.depth >= DEPTH_LIMIT:
            raise ReadingError(f"packed more than {DEPTH_LIMIT} times over: unpack it first")
        return Inside(self.depth + 1, self.left)


Reader = Callable[[BinaryIO, str, Inside], Iterator[Piece | Problem]]


class _Metered(io.RawIOBase):
    def __init__(self, source: IO[bytes], packed: Callable[[], int], inside: Inside) -> None:
        self._source, self._packed, self._inside = source, packed, inside
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        self._out += len(data)
        self._inside.left[0] -= len(data)
        if self._inside.left[0] < 0:
            raise ReadingError(f"unfolds to more than {TOTAL_LIMIT // 2**30} GB: unpack it first")
        if self._out > max(_UNCOUNTED, RATIO_LIMIT * self._packed()):
            raise ReadingError(
                f"unfolds to more than {RATIO_LIMIT} times its size, as a bomb does: it was not read"
            )
        buffer[: len(data)] = data
        return len(data)


def zipped(stream: BinaryIO, inside: Inside, read: Reader) -> Iterator[Piece | Problem]:
    """The files of a ZIP archive, or the one report of an office document, which is a ZIP too."""
    with tempfile.SpooledTemporaryFile(_SPOOLED) as file:
        _copy(stream, file)
        try:
            archive = zipfile.ZipFile(file)
        except (*_BROKEN, ValueError) as error:
            raise ReadingError(
                f"a ZIP archive or an office document that is broken ({error}): save it again"
            ) from error
        with archive:
            names = set(archive.namelist())
            kind = documents.office_kind(names)
            if kind is not None:
                file.seek(0)
                data = file.read(SIZE_LIMIT + 1)
                check_size(len(data))
                _check_office(archive)
                yield documents.office(data, kind)
                return
            if not names:
                raise ReadingError("an empty ZIP archive: there is nothing to read in it")
            web = "datapackage.json" in names
            for entry in archive.infolist():
                if entry.is_dir() or (web and not entry.filename.startswith("archive/")):
                    continue
                yield from _zip_entry(archive, entry, inside, read)


def _copy(stream: BinaryIO, file: IO[bytes]) -> None:
    size = 0
    while chunk := stream.read(1 << 20):
        size += len(chunk)
        if size > TOTAL_LIMIT:
            raise ReadingError(f"larger than {TOTAL_LIMIT // 2**30} GB: unpack it first")
        file.write(chunk)
    file.seek(0)


def _check_office(archive: zipfile.ZipFile) -> None:
    """The libraries unfold a document whole: what its list of files claims is the bound that zipfile keeps to."""
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            raise ReadingError("an office document with a password: save it without one")
    if sum(entry.file_size for entry in archive.infolist()) > 4 * SIZE_LIMIT:
        raise ReadingError("an office document that unfolds to more than 256 MB: save its text")


def _zip_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, inside: Inside, read: Reader
) -> Iterator[Piece | Problem]:
    if entry.flag_bits & 1:
        yield Problem(entry.filename, "locked with a password: unpack it and give the files")
        return
    try:
        with archive.open(entry) as source:
            metered = io.BufferedReader(
                _Metered(source, lambda: entry.compress_size, inside), 1 << 16
            )
            yield from member(metered, entry.filename, inside, read)
    except _BROKEN as error:
        yield Problem(entry.filename, f"broken inside the archive ({error}): pack it again")


def looks_like_tar(head: bytes, name: str) -> bool:
    """Whether a file is a tar archive, plain or compressed."""
    packed_name = name.lower().endswith(
        (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
    )
    return head.startswith(b"ustar", 257) or packed_name


def tarred(stream: BinaryIO, inside: Inside, read: Reader) -> Iterator[Piece | Problem]:
    """The files of a tar archive, streamed; links and devices are told and not followed."""
    counted = _Counted(stream)
    found = False
    try:
        with tarfile.open(fileobj=counted, mode="r|*") as archive:
            for entry in archive:
                if entry.isdir():
                    continue
                found = True
                source = archive.extractfile(entry) if entry.isfile() else None
                if source is None:
                    yield Problem(entry.name, "a link or device in the archive: it was not read")
                    continue
                meter = _Metered(source, lambda: counted.size, inside)
                yield from member(io.BufferedReader(meter, 1 << 16), entry.name, inside, read)
    except _BROKEN as error:
        raise ReadingError(f"a tar archive that is broken ({error}): pack it again") from error
    if not found:
        raise ReadingError("an empty tar archive: there is nothing to read in it")


class _Counted(io.RawIOBase):
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.size = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.size += len(data)
        return data


def member(stream: BinaryIO, name: str, inside: Inside, read: Reader) -> Iterator[Piece | Problem]:
    """What one file inside an archive or a letter holds, each piece and problem with the file's name."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts:
        yield Problem(name, "a path that leads out of the archive: it was not read")
        return
    if parts[-1].startswith(".") or "__MACOSX" in parts:
        return
    try:
        for found in read(stream, name, inside.deeper()):
            place = f"{name}, {found.position}" if found.position else name
            if isinstance(found, Problem):
                yield Problem(place, found.reason, found.passed_over)
            else:
                base = found.name or os.path.basename(name)
                yield msgspec.structs.replace(found, position=place, name=base)
    except ReadingError as error:
        yield Problem(name, str(error))
