"""Reading: a channel's posts from an export in HTML and from its public preview, the same reports as from JSON."""

from __future__ import annotations

import io
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from warledger.ledger import Ledger
from warledger.model import Report
from warledger.pipeline import Reading, record
from warledger.pipeline import read as readings
from warledger.reading import Failure, Source, read

TITLE = "Повітряні Сили ЗС України"
WORDS = "Уночі збито <strong>12</strong> дронів.<br>Ще два &amp; ракета впали."
TEXT = "Уночі збито 12 дронів.\nЩе два & ракета впали."


def exported(*messages: str, title: str = TITLE) -> bytes:
    head = f'<div class="page_header"><div class="content"><div class="text bold">\n{title}\n</div></div></div>'
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"/><title>Exported Data</title></head>\n<body>'
        f'<div class="page_wrap">{head}<div class="page_body chat_page"><div class="history">'
        f"{''.join(messages)}</div></div></div></body></html>"
    ).encode()


def message(number: int, inside: str, *, name: str | None = TITLE, zone: str = " UTC+02:00") -> str:
    sender = f'<div class="from_name">\n{name} \n</div>' if name else ""
    joined = "" if name else " joined"
    return (
        f'\n<div class="message default clearfix{joined}" id="message{number}">\n <div class="body">\n'
        f'  <div class="pull_right date details" title="06.12.2025 09:12:33{zone}">\n09:12\n  </div>{sender}{inside}\n'
        " </div>\n</div>"
    )


def words(text: str = WORDS) -> str:
    return f'\n  <div class="text">\n{text}\n  </div>'


SERVICE = '<div class="message service" id="message-1"><div class="body details">6 December 2025</div></div>'


def previewed(*posts: str) -> bytes:
    return (
        '<!DOCTYPE html><html><head><title>X – Telegram</title></head><body><main class="tgme_main">'
        f'<section class="tgme_channel_history">{"".join(posts)}</section></main></body></html>'
    ).encode()


def post(number: int, inside: str = "", *, text: str = WORDS, mark: str = "") -> str:
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message '
        f'js-widget_message" data-post="kpszsu/{number}"><div class="tgme_widget_message_bubble">'
        '<a class="tgme_widget_message_owner_name" href="https://t.me/kpszsu"><span>Повітряні Сили</span></a>'
        f'{inside}<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
        f'<div class="tgme_widget_message_info"><span class="tgme_widget_message_meta">{mark}'
        f'<a class="tgme_widget_message_date" href="https://t.me/kpszsu/{number}">'
        '<time datetime="2025-12-06T07:12:33+00:00" class="time">09:12</time></a></span></div></div></div></div>'
    )


def in_json(**changed: object) -> bytes:
    parts = ["Уночі збито ", {"type": "bold", "text": "12"}, " дронів.\nЩе два & ракета впали."]
    own = {"id": 7, "type": "message", "date_unixtime": "1765005153", "from": TITLE, "text": parts}
    about = {"name": TITLE, "type": "public_channel", "id": 1}
    return json.dumps(
        {**about, "messages": [{**own, **changed}]}, ensure_ascii=False, indent=1
    ).encode()


def results(data: bytes) -> list[Source | Failure]:
    return list(read(["-"], stdin=io.BytesIO(data)))


def reports(data: bytes) -> list[Report]:
    return [found.report for found in results(data) if isinstance(found, Source)]


def test_a_post_is_the_same_report_in_every_form() -> None:
    (first,) = reports(in_json())
    assert first.text == TEXT
    assert reports(exported(SERVICE, message(7, words()))) == [first]
    assert reports(previewed(post(7))) == [first]


def test_a_forwarded_post_is_the_same_report_in_every_form() -> None:
    (first,) = reports(in_json(forwarded_from="Минобороны России"))
    assert first.credit == ("Минобороны России",)
    inner = (
        '<div class="forwarded body"><div class="from_name">\nМинобороны России '
        f'<span class="date details" title="05.12.2025 09:00:00 UTC+02:00">05.12.2025</span></div>{words()}</div>'
    )
    assert reports(exported(message(6, words("Ніч.")), message(7, inner)))[1] == first
    source = (
        '<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" '
        'href="https://t.me/mod_russia/5"><span>Another name of it</span></a></div>'
    )
    assert reports(previewed(post(7, source))) == [first]


def test_an_edited_post_is_a_version_of_the_one_in_another_form(file: Path) -> None:
    later = previewed(post(7, text=WORDS.replace("12", "13"), mark="edited &nbsp;"))
    notes: tuple[str, ...] = ()
    with Ledger.open(file) as ledger:
        for data in (exported(message(7, words())), later):
            (found,) = readings(["-"], stdin=io.BytesIO(data))
            assert isinstance(found, Reading)
            done, notes = record(found, ledger), found.source.notes
        assert done.status == "new_version"
        assert len(ledger.versions("kpszsu/7")) == 2
    assert "does not say when" in notes[0]


def test_an_album_gives_the_post_with_words_and_counts_its_pictures() -> None:
    picture = '<div class="media_wrap"><a class="photo_wrap" href="photos/1.jpg"></a></div>'
    page = exported(
        message(7, picture + words()),
        message(8, picture, name=None),
        message(9, picture, name=None),
    )
    found = results(page)
    assert [r.id for r in reports(page)] == ["kpszsu/7"]
    assert isinstance(found[-1], Failure)
    assert found[-1].passed_over
    assert "2 without text" in found[-1].reason


def test_the_post_that_a_post_answers_is_not_its_text() -> None:
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/kpszsu/5">'
        '<div class="tgme_widget_message_text js-message_text">Раніше збито 99 дронів.</div></a>'
    )
    assert [r.text for r in reports(previewed(post(7, reply)))] == [TEXT]


def test_a_group_that_bears_a_channels_name_is_not_the_channel() -> None:
    page = exported(message(7, words(), name="Олена"), message(8, words(), name=None))
    first, second = reports(page)
    assert first.url is None
    assert (first.author, second.author) == ("Олена", "Олена")
    assert first.id.startswith("chat-")


def test_local_time_without_a_zone_gives_the_day_and_a_note() -> None:
    (found,) = results(exported(message(7, words(), zone="")))
    assert isinstance(found, Source)
    assert found.report.published == "2025-12-06"
    assert "without a zone" in found.notes[0]


def test_a_channel_that_the_user_names_is_known_by_its_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "channels.toml"
    own.write_text(
        '[[channel]]\nhandle = "district_news"\ntitles = ["Район"]\npublisher = "Район"\nlang = "uk"\n'
    )
    monkeypatch.setenv("WARLEDGER_CHANNELS", str(own))
    (report,) = reports(exported(message(3, words(), name="Район"), title="Район"))
    assert (report.id, report.url) == ("district_news/3", "https://t.me/district_news/3")


def test_a_preview_saved_as_one_file_gives_its_posts() -> None:
    page = EmailMessage()
    page["Snapshot-Content-Location"] = "https://t.me/s/kpszsu"
    page.make_related()
    part = EmailMessage()
    part.set_content(previewed(post(7), post(8)).decode(), subtype="html")
    page.attach(part)
    assert [r.id for r in reports(page.as_bytes())] == ["kpszsu/7", "kpszsu/8"]


def test_a_folder_of_an_export_is_read_without_its_pictures_and_styles(tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_bytes(exported(message(7, words())))
    (tmp_path / "messages2.html").write_bytes(exported(message(1007, words())))
    for name, data in (("css/style.css", b"a{}"), ("photos/photo_1.jpg", b"\xff\xd8\xff\xe0")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(data)
    found = list(read([str(tmp_path)]))
    assert [f.report.id for f in found if isinstance(f, Source)] == ["kpszsu/7", "kpszsu/1007"]
    assert len(found) == 2
