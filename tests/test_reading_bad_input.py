"""Reading: what cannot be read is one clear line, never an exception, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.reading import SIZE_LIMIT, Failure, Source, read

GOOD = "The air force shot down 25 of the 30 drones over the city."


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return stream.getvalue()


BAD_FILES = {
    "empty": ("a.txt", b"", "empty"),
    "only-blanks": ("a.txt", b" \r\n\t\n", "empty"),
    "only-a-mark": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "png": ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
    "jpeg-named-txt": ("a.txt", b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
    "pdf": ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    "docx": ("a.docx", zipped(), "office document"),
    "rtf": ("a.rtf", b"{\\rtf1\\ansi Text}", "RTF"),
    "sqlite": ("a.db", b"SQLite format 3\0\x10\0\x01\x01", "SQLite database"),
    "gzip-named-jsonl": ("a.jsonl", b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
    "nul-in-text": ("a.txt", b"The air force\0 shot down 25 drones", "NUL at byte 13"),
    "noise": ("a.bin", bytes(range(1, 256)) * 4, "control characters|no encoding"),
    "broken-utf8": (
        "a.txt",
        ("Збито 25 дронів. " * 9).encode()[:-4] + b" \xd0",
        "broken UTF-8 at byte",
    ),
    "gbk": ("a.txt", "俄罗斯向乌克兰发射了无人机和导弹".encode("gbk"), "no encoding that is known"),
    "german": ("a.txt", "Die Luftwaffe hat in der Nacht 25 von 30 Drohnen abgeschossen.", "German"),
    "polish": ("a.txt", "Siły powietrzne zestrzeliły w nocy 25 z 30 dronów.", "Polish"),
    "no-words": ("a.txt", "653 / 51", "no words"),
    "only-a-comment-form": ("a.txt", "Share this:\nFacebook\n", "no text"),
    "empty-page": (
        "a.html",
        "<html><body><div id='app'></div><script>x()</script></body></html>",
        "no text",
    ),
    "page-of-nothing": ("a.html", "<!doctype html>", "no text"),
    "empty-jsonl": ("a.jsonl", b"\n", "no reports"),
    "empty-list": ("a.json", b"[]", "no reports"),
    "broken-json": ("a.json", b'{"id": "1", ', "broken JSON"),
    "json-of-another-kind": ("a.json", b"[{}]", "not a report"),
    "json-nested": ("a.json", b"[" * 100_000, "nested too deep"),
    "utf16-jsonl": ("a.jsonl", json.dumps({"id": "1", "text": GOOD}).encode("utf-16"), "UTF-16"),
}


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_one_line_and_the_rest_of_the_folder_goes_on(
    tmp_path: Path, name: str, content: bytes | str, reason: str
) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "z.txt").write_text(GOOD)
    bad, good = read([str(tmp_path)])
    assert isinstance(bad, Failure)
    assert bad.path == str(tmp_path / name)
    assert "\n" not in bad.reason
    assert any(part in bad.reason for part in reason.split("|")), bad.reason
    assert isinstance(good, Source)


BAD_LINES = {
    "no-json": (b"nothing", "broken JSON"),
    "cut-short": (b'{"id": "2", "text": "abc', "broken JSON"),
    "no-id": (b'{"text": "abc"}', '"id"'),
    "no-text": (b'{"id": "2"}', '"text"'),
    "text-is-a-number": (b'{"id": "2", "text": 5}', "not a report"),
    "id-is-a-number": (b'{"id": 2, "text": "abc"}', "not a report"),
    "a-list": (b'["2", "abc"]', "not a report"),
    "empty-text": (b'{"id": "2", "text": "  "}', '"text" is empty'),
    "empty-id": (b'{"id": " ", "text": "abc"}', '"id" is empty'),
    "half-a-surrogate": (
        b'{"id": "2", "text": "drones \\ud83d and more"}',
        "broken JSON|not UTF-8",
    ),
    "nul": (b'{"id": "2", "text": "25\\u0000 drones"}', "NUL"),
    "cp1251": ('{"id": "2", "text": "Сбито 25"}'.encode("cp1251"), "not UTF-8"),
    "other-language": (b'{"id": "2", "text": "abc", "lang": "de"}', '"lang"'),
    "twice": (json.dumps({"id": "1", "text": GOOD}).encode(), "stands twice"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_by_its_number_and_the_rest_goes_on(
    tmp_path: Path, bad: bytes, reason: str
) -> None:
    good = [json.dumps({"id": name, "text": GOOD}).encode() for name in ("1", "3")]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([good[0], b"", bad, good[1]]))
    first, failure, last = read([str(tmp_path / "a.jsonl")])
    assert isinstance(first, Source)
    assert isinstance(failure, Failure)
    assert failure.position == "line 3"
    assert "\n" not in failure.reason
    assert any(part in failure.reason for part in reason.split("|")), failure.reason
    assert isinstance(last, Source)


def failure_of(path: str) -> Failure:
    (failure,) = read([path])
    assert isinstance(failure, Failure)
    return failure


def test_a_missing_path_says_so(tmp_path: Path) -> None:
    assert "no such file" in failure_of(str(tmp_path / "none.txt")).reason


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(GOOD)
    (tmp_path / "sub").mkdir()
    assert "nothing to read" in failure_of(str(tmp_path)).reason


def test_a_broken_link_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "link to a file that is gone" in failure_of(str(tmp_path)).reason


def test_a_folder_that_links_back_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    good, loop = read([str(tmp_path)])
    assert isinstance(good, Source)
    assert isinstance(loop, Failure)
    assert "link back" in loop.reason


def test_a_link_that_points_at_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    assert "cannot be opened" in failure_of(str(tmp_path / "a.txt")).reason


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe, socket or device" in failure_of(str(tmp_path)).reason


def test_a_device_is_refused() -> None:
    assert "a pipe, socket or device" in failure_of(os.devnull).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_read_says_so(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    path.write_text(GOOD) if kind == "file" else path.mkdir()
    path.chmod(0)
    try:
        assert "no permission" in failure_of(str(path)).reason
    finally:
        path.chmod(0o700)


def test_a_path_with_a_nul_says_so() -> None:
    assert "NUL" in failure_of("a\0b").reason


def test_a_name_that_is_no_utf8_is_shown_all_the_same(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(name, "wb") as stream:
        stream.write(GOOD.encode())
    (source,) = read([str(tmp_path)])
    assert isinstance(source, Source)
    source.path.encode()
    source.report.id.encode()


def test_a_source_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)
    assert "larger than 64 MB" in failure_of(str(path)).reason


def test_a_line_above_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "1", "text": "')
        stream.seek(SIZE_LIMIT + 10)
        stream.write(b'"}\n' + json.dumps({"id": "2", "text": GOOD}).encode())
    bad, good = read([str(path)])
    assert isinstance(bad, Failure)
    assert (bad.position, "larger than" in bad.reason) == ("line 1", True)
    assert isinstance(good, Source)


def test_a_deeply_nested_page_is_read_or_refused_but_ends() -> None:
    page = "<html><body>" + "<div>" * 50_000 + GOOD
    (result,) = read(["-"], stdin=io.BytesIO(page.encode()))
    assert isinstance(result, Source | Failure)


def test_a_page_of_one_very_long_paragraph_is_read_whole() -> None:
    page = "<html><body><p>" + GOOD * 200_000 + " The end.</p></body></html>"
    (result,) = read(["-"], stdin=io.BytesIO(page.encode()))
    assert isinstance(result, Source)
    assert result.report.text.endswith("The end.")
    assert len(result.report.text) > 200_000 * len(GOOD)


BEGINNINGS = st.sampled_from(
    [
        b"",
        b"<html>",
        b"<!doctype html><body>",
        b"{",
        b"[",
        b'{"id":"1","text":"',
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ]
)


@settings(deadline=None)  # the first page or odd text loads a library
@given(BEGINNINGS, st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(beginning: bytes, rest: bytes) -> None:
    for result in read(["-"], stdin=io.BytesIO(beginning + rest)):
        if isinstance(result, Failure):
            assert "\n" not in result.reason
        else:
            assert result.report.text.strip()
            result.report.text.encode()


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "<b",
            "<!--",
            "-->",
            "&",
            "&amp;",
            "&#0;",
            "&#xd800;",
            "<![CDATA[",
            "]]>",
            "<table>",
            "<td>",
            "<li>",
            "<form>",
            "</form>",
            "<h1>",
            "<main>",
            "<br>",
            "<script>",
            "<time",
            "datetime=2025>",
            "<meta",
            "charset=x>",
            "<",
            ">",
            "'",
            '"',
            "=",
            "drones",
            "wounded",
        ]
    ),
    max_size=30,
)


@settings(deadline=None)  # the first page or odd text loads a library
@given(PIECES)
def test_arbitrary_markup_is_read_or_refused(pieces: list[str]) -> None:
    page = "<html><body>The drones were shot down over the city " + " ".join(pieces)
    for result in read(["-"], stdin=io.BytesIO(page.encode())):
        if isinstance(result, Source):
            result.report.text.encode()
