"""Documents in, a draft of a report out: PDF, Word, OpenDocument.

Enters: a document's bytes. Leaves: its text, a paragraph or a table's row a line, in the document's order.
Does not belong here: letters (`mail`), archives (`packed`), pictures of text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from warledger.errors import ReadingError
from warledger.reading import plain
from warledger.reading.files import SIZE_LIMIT, TOO_LARGE
from warledger.reading.pieces import Piece
from warledger.reading.plain import Draft

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN = "application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at a line's end that parts a word."""


def pdf(data: bytes) -> Draft:
    """The text of a PDF, page by page. Raises `ReadingError` for one with a password, a scan, or broken."""
    import pypdfium2  # noqa: PLC0415 (only where a PDF comes)

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError("a PDF with a password: save it without one") from error
        raise ReadingError(f"a PDF that is broken ({error}): save it again") from error
    try:
        lines, size = [], 0
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            text = words.get_text_range().replace(_HYPHEN, "").replace("\0", "")
            words.close()
            page.close()
            size += len(text)
            if size > SIZE_LIMIT:
                raise ReadingError(TOO_LARGE)
            lines.append(text)
        told = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"a PDF that is broken ({error}): save it again") from error
    finally:
        document.close()
    text = plain.unix_lines("\n".join(lines))
    if not any(ch.isalpha() for ch in text):
        raise ReadingError("a PDF without text, a scan: give it to a text recogniser first")
    found = plain.draft(text)
    title = (told.get("Title") or "").strip()
    return Draft(text=found.text, title=title or found.title, author=told.get("Author") or None)


def office_kind(names: set[str]) -> str | None:
    """The media type of the office document whose files are so named; None for a mere archive."""
    if "word/document.xml" in names:
        return _WORD
    if "content.xml" in names and "mimetype" in names:
        return _OPEN
    return None


def office(data: bytes, kind: str) -> Piece:
    """The one report of a Word or OpenDocument text. Raises `ReadingError` where it is broken or empty."""
    draft = _word(data) if kind == _WORD else _open(data)
    if not draft.text.strip():
        raise ReadingError("an office document without text: check the file")
    return Piece(draft=draft, original=data, media_type=kind)


def _word(data: bytes) -> Draft:
    import docx  # noqa: PLC0415 (only where a document comes)

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_blocks(document))
        told = document.core_properties
        title, author = told.title, told.author
    except Exception as error:  # python-docx gives whatever lxml, zipfile or its own lookups raise
        raise ReadingError(
            f"an office document (docx) that is broken ({error}): save it again"
        ) from error
    found = plain.draft("\n".join(lines))
    return Draft(text=found.text, title=title or found.title, author=author or None)


def _blocks(holder: Any) -> Iterator[str]:
    """Paragraphs, list items and table rows in the document's order."""
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells: list[str] = []
                for cell in {id(c._tc): c for c in row.cells}.values():
                    cells.append(" ".join(" ".join(_blocks(cell)).split()))
                yield " | ".join(filter(None, cells))
            continue
        text = block.text
        style = (block.style.name or "") if block.style is not None else ""
        properties = block._p.pPr
        listed = style.startswith("List") or (
            properties is not None and properties.numPr is not None
        )
        yield f"• {text}" if listed and text.strip() else text


def _open(data: bytes) -> Draft:
    from lxml import etree  # noqa: PLC0415 (only where a document comes)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"opendocument.text" not in archive.read("mimetype"):
                raise ReadingError("an OpenDocument file that is no text: save its text")
            manifest = (
                archive.read("META-INF/manifest.xml")
                if ("META-INF/manifest.xml" in archive.namelist())
                else b""
            )
            if b"encryption-data" in manifest:
                raise ReadingError("an OpenDocument text with a password: save it without one")
            tree = etree.fromstring(archive.read("content.xml"), parser)
            meta = (
                etree.fromstring(archive.read("meta.xml"), parser)
                if "meta.xml" in archive.namelist()
                else None
            )
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, OSError) as error:
        raise ReadingError(
            f"an OpenDocument text that is broken ({error}): save it again"
        ) from error
    body = tree.find(f".//{_OFFICE}text")
    lines = [] if body is None else list(_lines(body, ""))
    told = (
        {}
        if meta is None
        else {
            node.tag.rpartition("}")[2]: node.text
            for node in meta.iter()
            if isinstance(node.tag, str)
        }
    )
    found = plain.draft("\n".join(lines))
    return Draft(
        text=found.text,
        title=told.get("title") or found.title,
        author=told.get("creator") or told.get("initial-creator"),
    )


def _lines(node: Any, mark: str) -> Iterator[str]:
    for child in node:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield mark + _words(child)
            mark = ""
        elif child.tag == f"{_TEXT}list-item":
            yield from _lines(child, "• ")
        elif child.tag == f"{_TABLE}table-row":
            yield " | ".join(" ".join(_lines(cell, "")) for cell in child)
        elif child.tag != f"{_TEXT}tracked-changes":
            yield from _lines(child, mark)


def _words(node: Any) -> str:
    pieces = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            pieces.append(" ")
        elif child.tag != f"{_TEXT}note" and isinstance(child.tag, str):
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
