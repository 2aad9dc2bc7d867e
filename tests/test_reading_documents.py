"""Reading: documents, letters, archives and web archives, and what makes them bad."""

from __future__ import annotations

import io
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from warledger.reading import Failure, Source, read

GOOD = "The air force shot down 25 of the 30 drones over the city.\n"


def files(tmp_path: Path, name: str, data: bytes) -> list[Source | Failure]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read([str(path)]))


def text_of(found: list[Source | Failure]) -> str:
    (source,) = found
    assert isinstance(source, Source), source
    return source.report.text


def reason_of(found: list[Source | Failure]) -> str:
    (failure,) = found
    assert isinstance(failure, Failure)
    return failure.reason


def zip_of(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf_of(lines: list[str]) -> bytes:
    """A PDF with one page for each line."""
    count = len(lines)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
    font = 3 + 2 * count
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
    for number, line in enumerate(lines):
        content = f"BT /F1 12 Tf 20 700 Td ({line}) Tj ET" if line else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {4 + 2 * number} 0 R"
            f"/Resources<</Font<</F1 {font} 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return f"{out}startxref\n{out.rindex('xref')}\n%%EOF".encode()


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    assert "shot down 25 of the 30" in text_of(files(tmp_path, "a.pdf", pdf_of([GOOD.strip()])))


def test_a_pdf_of_5000_pages_is_read_whole(tmp_path: Path) -> None:
    text = text_of(
        files(tmp_path, "a.pdf", pdf_of([f"Page {n}: {GOOD.strip()}" for n in range(5000)]))
    )
    assert "Page 0:" in text
    assert "Page 4999:" in text


def test_a_scan_is_told_as_one(tmp_path: Path) -> None:
    assert "a scan" in reason_of(files(tmp_path, "a.pdf", pdf_of([""])))


def test_word_gives_paragraphs_lists_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The air force told of the night.")
    document.add_paragraph("585 drones shot down;", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Missiles", "30"
    document.add_paragraph("Nobody was killed.")
    stream = io.BytesIO()
    document.save(stream)
    lines = text_of(files(tmp_path, "a.docx", stream.getvalue())).split("\n")
    assert lines == [
        "The air force told of the night.",
        "• 585 drones shot down;",
        "Missiles | 30",
        "Nobody was killed.",
    ]


def odt(body: str, manifest: str = "") -> bytes:
    """An OpenDocument text with that body."""
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "text", "table")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f'<office:document-meta{names} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:title>The night</dc:title></office:meta></office:document-meta>"
    )
    return zip_of(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "meta.xml": meta.encode(),
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
        }
    )


def test_an_opendocument_text_gives_paragraphs_lists_and_tables_in_order(tmp_path: Path) -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:h>Harm</text:h><text:p>The air force told of<text:s/>the night.</text:p><text:list><text:list-item>"
        "<text:p>585 drones shot down;</text:p></text:list-item></text:list><table:table><table:table-row>"
        f"{cell.format('Missiles')}{cell.format('30')}</table:table-row></table:table><text:p>Nobody was killed.</text:p>"
    )
    (found,) = files(tmp_path, "a.odt", odt(body))
    assert isinstance(found, Source), found
    assert found.report.title == "The night"
    assert found.report.text.split("\n") == [
        "Harm",
        "The air force told of the night.",
        "• 585 drones shot down;",
        "Missiles | 30",
        "Nobody was killed.",
    ]


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its entries for that are of no password that anybody knows."""
    data = pdf_of([GOOD.strip()]).decode()
    number = data.count(" 0 obj") + 1
    key = "<" + "5a" * 32 + ">"
    entry = f"{number} 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O {key}/U {key}>>endobj\n"
    body, _, rest = data.partition("xref\n")
    end = rest.replace(
        "trailer<<", f"trailer<</Encrypt {number} 0 R/ID[<{'00' * 16}><{'00' * 16}>]"
    )
    end = end.replace(f"0 {number}\n", f"0 {number + 1}\n", 1)
    end = end.replace("trailer", f"{len(body):010} 00000 n \ntrailer", 1).replace(
        f"/Size {number}", f"/Size {number + 1}"
    )
    text = f"{body}{entry}xref\n{end}"
    return f"{text[: text.index('startxref')]}startxref\n{len(body) + len(entry)}\n%%EOF".encode()


LOCKED = {
    "pdf": ("a.pdf", locked_pdf()),
    "opendocument": ("a.odt", odt("<text:p>x</text:p>", "<manifest:encryption-data/>")),
    "word": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\n"
        + b"\0" * 900
        + "EncryptedPackage".encode("utf-16-le"),
    ),
}


@pytest.mark.parametrize(("name", "data"), LOCKED.values(), ids=LOCKED.keys())
def test_a_locked_document_is_told_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(GOOD)
    bad, good = read([str(tmp_path)])
    assert isinstance(bad, Failure)
    assert "with a password" in bad.reason
    assert isinstance(good, Source)


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "The night"
    message["From"] = "Desk <desk@example.org>"
    message["Date"] = "Sat, 06 Dec 2025 09:00:00 +0200"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(GOOD)
    message.add_attachment(GOOD.encode(), maintype="text", subtype="plain", filename="note.txt")
    return message


def test_a_letter_gives_its_text_and_then_its_attachments(tmp_path: Path) -> None:
    own, attached = files(tmp_path, "a.eml", letter().as_bytes())
    assert isinstance(own, Source)
    assert (own.report.id, own.report.title) == ("1@example.org", "The night")
    assert own.report.published == "2025-12-06T07:00:00Z"
    assert isinstance(attached, Source)
    assert attached.report.text == GOOD.strip()


def test_a_mailbox_gives_each_letter(tmp_path: Path) -> None:
    one = b"From desk@example.org Sat Dec  6 09:00:00 2025\n" + letter().as_bytes() + b"\n"
    assert len(files(tmp_path, "a.mbox", one * 3)) == 6


def test_archives_inside_one_another_are_read(tmp_path: Path) -> None:
    data = zip_of(**{"in.zip": zip_of(**{"a.txt": GOOD.encode()}), "b.txt": GOOD.encode()})
    assert len([f for f in files(tmp_path, "a.zip", data) if isinstance(f, Source)]) == 2


def test_a_tar_gives_its_files_and_no_path_that_escapes(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name in ("../evil.txt", "good.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(GOOD)
            archive.addfile(entry, io.BytesIO(GOOD.encode()))
    bad, good = files(tmp_path, "a.tar.gz", stream.getvalue())
    assert isinstance(bad, Failure)
    assert "leads out" in bad.reason
    assert isinstance(good, Source)


def test_a_bomb_is_left_unread_and_the_rest_goes_on(tmp_path: Path) -> None:
    data = zip_of(**{"bomb.txt": b"0" * 40_000_000, "good.txt": GOOD.encode()})
    bad, good = files(tmp_path, "a.zip", data)
    assert isinstance(bad, Failure)
    assert "as a bomb does" in bad.reason
    assert isinstance(good, Source)


def test_archives_too_deep_are_refused(tmp_path: Path) -> None:
    data = zip_of(**{"a.txt": GOOD.encode()})
    for _ in range(4):
        data = zip_of(**{"in.zip": data})
    assert "packed more than" in reason_of(files(tmp_path, "a.zip", data))


def test_a_locked_file_in_an_archive_is_told(tmp_path: Path) -> None:
    data = bytearray(zip_of(**{"a.txt": GOOD.encode()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in reason_of(files(tmp_path, "a.zip", bytes(data)))


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    page = f"<!doctype html><html><body><article><p>{GOOD}</p></article></body></html>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Target-URI: https://news.example/night\r\nWARC-Date: 2025-12-06T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    (found,) = files(tmp_path, "a.warc", head.encode() + answer + b"\r\n\r\n")
    assert isinstance(found, Source), found
    assert found.report.text == GOOD.strip()
    assert found.report.url == "https://news.example/night"
    assert found.retrieval
    assert found.retrieval.retrieved_at_utc == "2025-12-06T08:00:00Z"
    assert found.original == page
