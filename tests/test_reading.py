"""Reading: each kind of source becomes a report whose bytes, text, id and metadata are right."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from warledger.errors import UsageError
from warledger.reading import Failure, ReadOptions, Source, read

NIGHT = (
    "The air force shot down 25 of the 30 drones over Odesa on Friday.\n\nNobody was hurt, it said."
)


def sources(results: Iterable[Source | Failure]) -> list[Source]:
    found = list(results)
    assert [item for item in found if isinstance(item, Failure)] == []
    return [item for item in found if isinstance(item, Source)]


def only(results: Iterable[Source | Failure]) -> Source:
    (source,) = sources(results)
    return source


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def line(**report: object) -> str:
    return json.dumps({"id": "r1", "text": NIGHT} | report, ensure_ascii=False)


def test_a_text_file_becomes_a_report_with_its_exact_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "Night of 5-6.txt", NIGHT)
    source = only(read([path]))
    digest = hashlib.sha256(NIGHT.encode()).hexdigest()
    assert source.original == NIGHT.encode()
    assert source.sha256 == digest
    assert source.media_type == "text/plain"
    assert source.path == path
    assert source.report.id == f"night-of-5-6-{digest[:8]}"
    assert source.report.text == NIGHT
    assert source.report.lang == "en"
    assert source.report.published is None


def test_line_ends_become_newlines_and_the_bytes_stay(tmp_path: Path) -> None:
    raw = NIGHT.replace("\n", "\r\n").encode()
    source = only(read([write(tmp_path, "a.txt", raw)]))
    assert source.report.text == NIGHT
    assert source.original == raw


def test_a_short_first_line_above_a_blank_one_is_the_title_and_stays(tmp_path: Path) -> None:
    text = "Night over Odesa\n\n" + NIGHT
    report = only(read([write(tmp_path, "a.txt", text)])).report
    assert report.title == "Night over Odesa"
    assert report.text == text


@pytest.mark.parametrize(
    "text", [NIGHT.replace("\n\n", "\n"), "One line about the drones that were shot."]
)
def test_text_without_a_headline_has_no_title(tmp_path: Path, text: str) -> None:
    assert only(read([write(tmp_path, "a.txt", text)])).report.title is None


WRAPPED = """\
Night over the coast

The air force said on its channel in the morning that it had shot down
25 of the 30 drones which were sent at the city in the night, and that
the others did not reach their targets. All slept.
Weapons:
- 20 drones of the one kind, which came from the sea in the evening of
- 10 drones of the other
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_lines_wrapped_at_a_width_are_joined_without_moving_a_character(
    tmp_path: Path, name: str
) -> None:
    text = only(read([write(tmp_path, name, WRAPPED)])).report.text
    assert text.replace("\n", " ") == WRAPPED.rstrip().replace("\n", " ")
    lines = text.split("\n")
    assert lines[2].endswith("All slept.")
    assert lines[3:] == WRAPPED.rstrip().split("\n")[5:]


def test_short_lines_of_a_post_stay_lines(tmp_path: Path) -> None:
    text = "Shot down in the night by the air force:\n25 drones\n3 missiles\nNobody was hurt\nGlory to all"
    assert only(read([write(tmp_path, "a.txt", text)])).report.text == text


def test_zero_width_marks_are_kept(tmp_path: Path) -> None:
    text = "The air force shot down 2\u200b5 of the dro\u00adnes over the city."
    assert only(read([write(tmp_path, "a.txt", text)])).report.text == text


def test_the_options_win_over_the_source(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", line(published="2025-12-05", publisher="A", lang="uk"))
    options = ReadOptions(published="2025-12-06T08:00Z", publisher="B", lang="en")
    report = only(read([path], options=options)).report
    assert (report.published, report.publisher, report.lang) == ("2025-12-06T08:00Z", "B", "en")


@pytest.mark.parametrize(
    "published",
    ["2025-12-06", "2025-12-06T08:00Z", "2025-12-06 08:00", "2025-12-06T08:00:30+02:00"],
)
def test_iso_dates_and_moments_are_taken(tmp_path: Path, published: str) -> None:
    path = write(tmp_path, "a.txt", NIGHT)
    assert (
        only(read([path], options=ReadOptions(published=published))).report.published == published
    )


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(published="6 December 2025"),
        ReadOptions(published="2025-13-01"),
        ReadOptions(published="20251206"),
        ReadOptions(published="2025-12-06T25:00"),
        ReadOptions(published=""),
        ReadOptions(lang="de"),
        ReadOptions(publisher="a\udcff"),
    ],
    ids=repr,
)
def test_an_option_that_cannot_be_meant_is_a_usage_error_at_once(options: ReadOptions) -> None:
    with pytest.raises(UsageError):
        read(["anything"], options=options)


def test_no_path_or_no_standard_input_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        read([])
    with pytest.raises(UsageError):
        read(["-"], stdin=None)
    with pytest.raises(UsageError):
        read(["-", "-"], stdin=io.BytesIO())


def test_standard_input_may_be_text() -> None:
    source = only(read(["-"], stdin=io.BytesIO(NIGHT.encode())))
    assert source.report.id.startswith("stdin-")
    assert source.path == "-"
    assert source.report.text == NIGHT


def test_standard_input_may_be_a_page() -> None:
    source = only(read(["-"], stdin=io.BytesIO(f"<!DOCTYPE html><p>{NIGHT}</p>".encode())))
    assert source.media_type == "text/html"


def test_standard_input_may_be_json_lines() -> None:
    stream = io.BytesIO((line() + "\n" + line(id="r2") + "\n").encode())
    assert [source.report.id for source in sources(read(["-"], stdin=stream))] == ["r1", "r2"]


def test_markdown_marks_go_and_the_words_stay(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Front matter's title\ndate: 2025-12-06\nsource: The ministry\n---\n"
        "# Night over *Odesa*\n\n"
        "The **air force** said on [its channel](https://t.me/x_(y)) that it had\\* shot down:\n"
        "- 25 __drones__;\n* 2 missiles;\n1. _one_ `Kh-101`.\n\n"
        "> “We hold,” he said.\n\n---\n\n![map](map.png)\n<!-- 99 drones -->\n"
        "| Weapon | Number |\n|---|---:|\n| Drones | 25 |\n\n"
        "A file_name_with marks, 2 * 3 * 4 &amp; more.\n\n[1]: https://example.org\n"
    )
    source = only(read([write(tmp_path, "a.md", text)]))
    assert source.media_type == "text/markdown"
    assert [part for part in source.report.text.split("\n") if part] == [
        "Night over Odesa",
        "The air force said on its channel that it had* shot down:",
        "- 25 drones;",
        "* 2 missiles;",
        "1. one Kh-101.",
        "“We hold,” he said.",
        "| Weapon | Number |",
        "| Drones | 25 |",
        "A file_name_with marks, 2 * 3 * 4 & more.",
    ]
    assert source.report.title == "Front matter's title"
    assert source.report.published == "2025-12-06"
    assert source.report.publisher == "The ministry"


def test_the_first_heading_is_the_title_of_markdown(tmp_path: Path) -> None:
    text = f"## Small\n\n# Great heading #\n\n# Later\n\n{NIGHT}"
    assert only(read([write(tmp_path, "a.md", text)])).report.title == "Great heading"


def test_json_lines_keep_the_text_character_for_character(tmp_path: Path) -> None:
    text = "  **Night**\r\n\u200bThe air force shot down 25 drones. \r\n\nLeave a Reply\n "
    first = line(text=text, extra={"a": [1]}, title="T", url="https://example.org/1")
    raw = first.encode() + b"\r\n\n" + line(id="r2").encode()
    found = sources(read([write(tmp_path, "a.jsonl", raw)]))
    assert [source.report.id for source in found] == ["r1", "r2"]
    assert found[0].report.text == text
    assert found[0].report.title == "T"
    assert found[0].report.url == "https://example.org/1"
    assert found[0].original == first.encode()
    assert found[0].sha256 == hashlib.sha256(first.encode()).hexdigest()
    assert found[0].media_type == "application/json"


def test_a_json_file_may_hold_one_report_or_a_list(tmp_path: Path) -> None:
    one = json.dumps({"id": "r1", "text": NIGHT}, indent=2)
    assert only(read([write(tmp_path, "one.json", one)])).original == one.encode()
    items = [line(), line(id="r2")]
    found = sources(read([write(tmp_path, "many.json", f"[{items[0]},\n {items[1]}]")]))
    assert [source.original.decode() for source in found] == items


def test_json_lines_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + line().encode())
    assert only(read([path])).original == line().encode()


def test_a_date_that_is_none_is_left_out_and_noted(tmp_path: Path) -> None:
    source = only(read([write(tmp_path, "a.jsonl", line(published="in December"))]))
    assert source.report.published is None
    assert "in December" in source.notes[0]


def test_a_folder_is_walked_in_order_and_hidden_names_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "b/2.txt", "b/1.txt", "a.md", ".hidden.txt", ".git/x.txt"):
        write(tmp_path, name, f"{NIGHT} {name}")
    found = sources(read([str(tmp_path)]))
    assert [os.path.relpath(source.path, tmp_path) for source in found] == [
        "a.md",
        "b/1.txt",
        "b/2.txt",
        "c.txt",
    ]


def test_reading_is_lazy(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, NIGHT)
    results = read([str(tmp_path)])
    first = next(results)
    (tmp_path / "b.txt").unlink()
    assert isinstance(first, Source)
    assert isinstance(next(results), Failure)


def test_the_same_bytes_under_the_same_name_have_the_same_id(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    paths = [write(tmp_path, "a.txt", NIGHT), write(tmp_path, "x/a.txt", NIGHT)]
    assert len({source.report.id for source in sources(read(paths))}) == 1
    changed = only(read([write(tmp_path, "a.txt", NIGHT + " Two fell.")]))
    assert changed.report.id != only(read([paths[1]])).report.id


def test_a_cyrillic_file_name_gives_a_cyrillic_id(tmp_path: Path) -> None:
    path = write(tmp_path, "Звіт за 6 грудня.txt", "Сили оборони збили 25 із 30 безпілотників.")
    assert only(read([path])).report.id.startswith("звіт-за-6-грудня-")


def test_two_thousand_posts_are_read_as_they_stand() -> None:
    shared = Path(os.environ.get("WARLEDGER_SHARED", Path(__file__).parents[2] / "shared"))
    posts = shared / "data" / "mod_russia_posts.jsonl"
    if not posts.exists():
        pytest.skip(f"the posts are not at {posts}: set WARLEDGER_SHARED")
    expected = [json.loads(row) for row in posts.read_text("utf-8").split("\n") if row]
    found = sources(read([str(posts)]))
    assert [(s.report.id, s.report.text) for s in found] == [(e["id"], e["text"]) for e in expected]
