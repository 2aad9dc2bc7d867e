"""Which kind of binary file some bytes are, by their first bytes.

Enters: the head of a file. Leaves: a name for people, or nothing when the bytes may be text.
Does not belong here: decoding text.

The signatures are the published ones of each format (the list of `file(1)` names them all).
"""

from __future__ import annotations

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"RIFF", "a RIFF image, sound or video"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"%PDF-", "a PDF"),
    (0, b"{\\rtf", "a rich-text (RTF) document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document (docx, xlsx, odt)"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls)"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (4, b"1AY&SY", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\0", "a Windows program"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (4, b"ftypisom", "an MP4 video"),
    (4, b"ftypmp4", "an MP4 video"),
    (4, b"ftypM4A", "an MPEG-4 sound file"),
    (4, b"ftypqt", "a QuickTime video"),
    (4, b"ftypheic", "a HEIC image"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (0, b"OggS", "an Ogg sound file"),
    (0, b"ID3\x03", "an MP3 sound file"),
    (0, b"ID3\x04", "an MP3 sound file"),
)


def binary_kind(head: bytes) -> str | None:
    """Name the binary format that `head` (512 bytes or more, where there are so many) begins, such as "a PDF"."""
    for offset, signature, name in _SIGNATURES:
        if head.startswith(signature, offset):
            return name
    return None
