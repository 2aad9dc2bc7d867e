"""Full-text search over reports, by SQLite's FTS5, which folds case in Cyrillic as in Latin.

Enters: words. Leaves: passages of reports. Does not belong here: the tables themselves (`schema`).
"""

from __future__ import annotations

import re

import msgspec
from sqlalchemy import Connection, text

MARK_OPEN, MARK_CLOSE = "\x02", "\x03"


class Hit(msgspec.Struct, frozen=True):
    """A report that holds the words: its ids, title, publisher, date, and the passage around them.

    In `passage` the words found stand between the characters U+0002 and U+0003.
    """

    report_id: str
    version: str
    title: str | None
    publisher: str | None
    published: str | None
    passage: str


def make(connection: Connection) -> None:
    """Makes the index."""
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE IF NOT EXISTS report_words USING fts5("
            "version UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 0')"
        )
    )


def add(connection: Connection, version: str, title: str | None, words: str) -> None:
    """Adds a report's title and text to the index."""
    connection.execute(
        text("INSERT INTO report_words (version, title, text) VALUES (:version, :title, :text)"),
        {"version": version, "title": title or "", "text": words},
    )


def find(connection: Connection, words: str, limit: int) -> list[Hit]:
    """The reports that hold all the words, the best match first; a word may end in `*`."""
    terms = re.findall(r"[\w'’ʼ-]+\*?", words)
    if not terms:
        return []
    query = " ".join(f'"{t.rstrip("*")}"' + ("*" if t.endswith("*") else "") for t in terms)
    rows = connection.execute(
        text(
            "SELECT r.report_id, r.version, r.title, r.publisher, r.published,"
            " snippet(report_words, 2, :open, :close, '…', 24) AS passage"
            " FROM report_words JOIN report r ON r.version = report_words.version"
            " WHERE report_words MATCH :query ORDER BY rank, r.sequence LIMIT :limit"
        ),
        {"query": query, "limit": limit, "open": MARK_OPEN, "close": MARK_CLOSE},
    )
    return [Hit(*row) for row in rows]
