"""Reading: Telegram exports, streamed, with what is broken told and what has no words counted."""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

import pytest

from warledger import pipeline
from warledger.reading import Failure, Source, read

POST = {
    "id": 7,
    "type": "message",
    "date": "2025-12-06T09:12:33",
    "date_unixtime": "1765005153",
    "text": ["Уночі збито ", {"type": "bold", "text": "12"}, " ударних дронів над Одесою."],
}


def export(*messages: Any, **chat: Any) -> bytes:
    about = {"name": "Повітряні Сили ЗС України", "type": "public_channel", "id": 1} | chat
    return json.dumps({**about, "messages": messages}, ensure_ascii=False, indent=1).encode()


def results(data: bytes) -> list[Source | Failure]:
    return list(read(["-"], stdin=io.BytesIO(data)))


def one(data: bytes) -> Source:
    (found,) = results(data)
    assert isinstance(found, Source), found
    return found


def test_a_post_has_its_words_moment_and_address() -> None:
    found = one(export(POST))
    report = found.report
    assert report.text == "Уночі збито 12 ударних дронів над Одесою."
    assert report.published == "2025-12-06T07:12:33Z"
    assert report.url == "https://t.me/kpszsu/7"
    assert (report.id, report.lang, report.publisher) == ("kpszsu/7", "uk", "Повітряні сили")
    assert json.loads(found.original) == POST


def test_a_channel_that_is_known_speaks_for_its_side() -> None:
    (reading,) = pipeline.read(["-"], stdin=io.BytesIO(export(POST)))
    assert isinstance(reading, pipeline.Reading)
    assert reading.claims
    assert {claim.speaker.side for claim in reading.claims} == {"UA"}


def test_a_group_that_only_takes_a_channels_name_is_not_the_channel() -> None:
    report = one(export(POST, type="private_group")).report
    assert report.url is None
    assert report.id == "chat1/7"


def test_an_edited_post_says_when_and_keeps_its_id() -> None:
    edited = {**POST, "edited_unixtime": "1765008753", "text": "Уночі збито 13 дронів над Одесою."}
    found = one(export(edited))
    assert found.report.id == one(export(POST)).report.id
    assert found.updated == "2025-12-06T08:12:33Z"


def test_a_forwarded_post_names_whose_words_it_holds() -> None:
    forwarded = {**POST, "forwarded_from": "Минобороны России"}
    assert one(export(forwarded)).report.credit == ("Минобороны России",)


def test_local_time_without_a_zone_gives_the_day_and_a_note() -> None:
    found = one(export({k: v for k, v in POST.items() if k != "date_unixtime"}))
    assert found.report.published == "2025-12-06"
    assert "without a zone" in found.notes[0]


def test_what_has_no_words_is_counted_and_no_failure() -> None:
    silent = [{**POST, "id": 1, "text": ""}, {"id": 2, "type": "service", "text": ""}]
    post, told = results(export(POST, *silent))
    assert isinstance(post, Source)
    assert isinstance(told, Failure)
    assert told.passed_over
    assert "1 service messages, 1 without text" in told.reason


def test_a_whole_account_gives_the_posts_of_every_chat() -> None:
    chats = [{"name": "A", "type": "x", "id": n, "messages": [POST]} for n in (1, 2)]
    account = {"about": "x", "contacts": {"list": [1]}, "chats": {"about": "y", "list": chats}}
    found = results(json.dumps(account, ensure_ascii=False).encode())
    assert [f.report.id for f in found if isinstance(f, Source)] == ["chat1/7", "chat2/7"]


def test_a_broken_message_is_told_and_the_rest_goes_on() -> None:
    bad, good = results(export({"id": "seven", "text": 1}, POST))
    assert isinstance(bad, Failure)
    assert bad.position == "message 1"
    assert isinstance(good, Source)


@pytest.mark.parametrize("kept", [0.6, 0.8, 0.99])
def test_a_file_that_was_cut_off_gives_what_stands_before(kept: float) -> None:
    data = export(*({**POST, "id": n} for n in range(50)))
    *posts, end = results(data[: int(len(data) * kept)])
    assert len(posts) >= 25
    assert all(isinstance(post, Source) for post in posts)
    assert isinstance(end, Failure)
    assert "cut off" in end.reason


class Endless:
    """An export that never ends and counts what was read of it."""

    def __init__(self) -> None:
        self.given = 0
        self._rest = export()[: -len("]\n}")].rstrip()
        self._message = json.dumps(POST, ensure_ascii=False).encode() + b",\n"

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size:
            self._rest += self._message * 1000
        data, self._rest = self._rest[:size], self._rest[size:]
        self.given += len(data)
        return data


def test_posts_come_before_the_file_has_been_read() -> None:
    stream = Endless()
    stdin: BinaryIO = stream  # type: ignore[assignment]
    posts = read(["-"], stdin=stdin)
    for _ in range(100):
        assert isinstance(next(posts), Source)
    assert stream.given < 4_000_000
