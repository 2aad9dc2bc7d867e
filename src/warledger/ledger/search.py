"""Full-text search over reports: SQLite's FTS5, or PostgreSQL's text search over the same words.

Enters: words. Leaves: passages of reports. Does not belong here: the tables themselves (`schema`).

Both fold case in Cyrillic as in Latin and cut words in the same way: runs of letters and digits. The newest thousand
reports that match are ranked; the passage is cut here, so that both databases show the same.
"""

from __future__ import annotations

import re

import msgspec
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from warledger.ledger.records import Hit, ReportBody
from warledger.model import Report

MARK_OPEN, MARK_CLOSE = "\x02", "\x03"
RANKED = 1000
PASSAGE = 24
"""How many words a passage has."""

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r"[\w'’ʼ-]+\*?")
_POSTGRES_LIMIT = 400_000
"""Characters of words that PostgreSQL is given of one report; its index takes up to a megabyte."""

_VIEW = (
    "CREATE VIEW report_text AS SELECT sequence, coalesce(json_extract(body, '$.report.title'), '') AS title,"
    " json_extract(body, '$.report.text') AS text FROM entry WHERE kind = 'report'"
)
_FTS = (
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content = 'report_text',"
    " content_rowid = 'sequence', tokenize = 'unicode61 remove_diacritics 0')"
)
_POSTGRES = (
    "CREATE TABLE report_words (sequence INTEGER PRIMARY KEY REFERENCES entry, words TEXT NOT NULL)",
    "CREATE INDEX report_words_index ON report_words USING gin (to_tsvector('simple', words))",
)
_SUPERSEDED = (
    "EXISTS (SELECT 1 FROM report n WHERE n.source = r.source AND n.sequence <= :last AND"
    " (n.effective_at_utc, n.sequence) > (r.effective_at_utc, r.sequence))"
)
_SQLITE_FIND = (
    "WITH newest AS (SELECT rowid AS sequence, rank AS score FROM report_words"
    " WHERE report_words MATCH :query AND rowid <= :last ORDER BY rowid DESC LIMIT :ranked)"
)
_POSTGRES_FIND = (
    "WITH newest AS (SELECT sequence, -ts_rank(to_tsvector('simple', words), to_tsquery('simple', :query)) AS score"
    " FROM (SELECT sequence, words FROM report_words WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :query)"
    " AND sequence <= :last ORDER BY sequence DESC LIMIT :ranked) AS m)"
)
HELD = 1000
_SQLITE_HOLDING = (
    "SELECT rowid FROM report_words WHERE report_words MATCH :query ORDER BY rowid DESC LIMIT :most"
)
_POSTGRES_HOLDING = (
    "SELECT sequence FROM report_words WHERE to_tsvector('simple', words) @@ to_tsquery('simple', :query)"
    " ORDER BY sequence DESC LIMIT :most"
)
_FIND = (
    f" SELECT report_id, version, r.title, publisher, published, body, {_SUPERSEDED} AS superseded"
    " FROM newest JOIN report r ON r.sequence = newest.sequence JOIN entry e ON e.sequence = r.sequence"
    " ORDER BY score, r.sequence LIMIT :limit"
)


def make(connection: Connection) -> None:
    """Makes the index."""
    statements = (_VIEW, _FTS) if connection.dialect.name == "sqlite" else _POSTGRES
    for statement in statements:
        connection.execute(text(statement))


def add(connection: Connection, sequence: int, body: object) -> None:
    """Adds a report's title and text to the index; a body of another kind has none."""
    if not isinstance(body, ReportBody):
        return
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO report_words (rowid, title, text) VALUES (:sequence, :title, :text)"),
            {"sequence": sequence, "title": body.report.title or "", "text": body.report.text},
        )
    else:
        connection.execute(
            text("INSERT INTO report_words VALUES (:sequence, :words)"),
            {"sequence": sequence, "words": folded(body.report)},
        )


def folded(report: Report) -> str:
    """The words of a report as PostgreSQL is given them: cut and lower-cased here, whatever the server's locale."""
    words = " ".join(_WORD.findall(f"{report.title or ''} {report.text}".lower()))
    return words if len(words) <= _POSTGRES_LIMIT else words[:_POSTGRES_LIMIT].rpartition(" ")[0]


def find(connection: Connection, words: str, limit: int, last: int) -> list[Hit]:
    """The reports up to entry `last` that hold all the words, the best match first; a word may end in `*`."""
    terms = _terms(words)
    if not terms:
        return []
    sqlite = connection.dialect.name == "sqlite"
    query = _match(terms) if sqlite else _tsquery(terms)
    rows = connection.execute(
        text((_SQLITE_FIND if sqlite else _POSTGRES_FIND) + _FIND),
        {"query": query, "limit": limit, "last": last, "ranked": max(RANKED, limit)},
    )
    return [_hit(row, terms) for row in rows.mappings()]


def holding(connection: Connection, words: str) -> list[int]:
    """The entries of the newest reports that hold all the words, `HELD` at most."""
    terms = _terms(words)
    if not terms:
        return []
    sqlite = connection.dialect.name == "sqlite"
    query = _match(terms) if sqlite else _tsquery(terms)
    rows = connection.execute(
        text(_SQLITE_HOLDING if sqlite else _POSTGRES_HOLDING), {"query": query, "most": HELD}
    )
    return [int(row[0]) for row in rows]


Term = tuple[list[str], bool]


def _terms(words: str) -> list[Term]:
    return [
        (parts, term.endswith("*"))
        for term in _TERM.findall(words)
        if (parts := [p.lower() for p in _WORD.findall(term)])
    ]


def _match(terms: list[Term]) -> str:
    return " ".join(f'"{" ".join(parts)}"' + ("*" if cut else "") for parts, cut in terms)


def _tsquery(terms: list[Term]) -> str:
    return " & ".join(
        "(" + " <-> ".join(f"'{p}'" for p in parts) + (":*" if cut else "") + ")"
        for parts, cut in terms
    )


def _hit(row: object, terms: list[Term]) -> Hit:
    fields = dict(row)  # type: ignore[call-overload]
    report = msgspec.json.decode(fields.pop("body"), type=ReportBody).report
    superseded = bool(fields.pop("superseded"))
    return Hit(**fields, passage=passage(report.text, terms), superseded=superseded)


def passage(words: str, terms: list[Term]) -> str:
    """The stretch of the text with the most of the terms, each marked; its beginning where only the title has them."""
    spans = [(m.start(), m.end()) for m in _WORD.finditer(words)]
    lower = [words[a:b].lower() for a, b in spans]
    found = [
        (n, len(parts), t)
        for t, (parts, cut) in enumerate(terms)
        for n in range(len(lower) - len(parts) + 1)
        if _stands(lower, n, parts, cut)
    ]
    best, first = 0, 0
    for n, _, _ in sorted(found):
        start = max(0, n - PASSAGE // 4)
        count = len({t for m, _, t in found if start <= m < start + PASSAGE})
        if count > best:
            best, first = count, start
        if best == len(terms):
            break
    return _marked(words, spans, (first, min(len(spans), first + PASSAGE)), found)


def _stands(lower: list[str], n: int, parts: list[str], cut: bool) -> bool:
    if lower[n : n + len(parts) - 1] != parts[:-1]:
        return False
    last = lower[n + len(parts) - 1]
    return last.startswith(parts[-1]) if cut else last == parts[-1]


def _marked(
    words: str,
    spans: list[tuple[int, int]],
    window: tuple[int, int],
    found: list[tuple[int, int, int]],
) -> str:
    first, past = window
    if first >= past:
        return words
    pieces, at = [], 0 if first == 0 else spans[first][0]
    end = len(words) if past == len(spans) else spans[past - 1][1]
    pieces.append("…" if at else "")
    for n, length, _ in sorted(found):
        if n < first or n + length > past or spans[n][0] < at:
            continue
        a, b = spans[n][0], spans[n + length - 1][1]
        pieces += [words[at:a], MARK_OPEN, words[a:b], MARK_CLOSE]
        at = b
    return "".join([*pieces, words[at:end], "…" if end < len(words) else ""])


def words_between(connection: Connection, first: int, last: int) -> dict[int, str]:
    """The words that PostgreSQL's index was given, by entry."""
    rows = connection.execute(
        text("SELECT sequence, words FROM report_words WHERE sequence BETWEEN :first AND :last"),
        {"first": first, "last": last},
    )
    return {int(row.sequence): str(row.words) for row in rows}


def agrees(connection: Connection) -> bool:
    """Whether SQLite's index holds the words of the reports and no others. It asks for the right to write."""
    check = "INSERT INTO report_words (report_words, rank) VALUES ('integrity-check', 1)"
    try:
        connection.execute(text(check))
    except DatabaseError:
        return False
    return True
