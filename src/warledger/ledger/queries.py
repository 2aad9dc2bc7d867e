"""Asking: claims, reports and versions as they were known at a moment.

Enters: what is asked for, and the last entry that counts. Leaves: recorded claims and reports, read from the entries.
Does not belong here: writing, the search for words (`search`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from warledger.errors import LedgerError
from warledger.ledger import changes, schema
from warledger.ledger.changes import Compared
from warledger.ledger.deriving import SPANS
from warledger.ledger.records import ExtractionBody, ReportBody, Shown, Version
from warledger.model import Claim, Refusal, StoredClaim, StoredReport

AT_ONCE = 500
"""How many entries are fetched with one statement."""
MONTHS = SPANS.index(31)
"""The class of length of claims of up to a month."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims: of days that touch `start` to `end`, of a report, of kinds, up to entry `last`.

    `ending` keeps of claims longer than a month only those that end in the span; `former` asks for claims of versions
    that their source has edited since, instead of those of the latest.
    """

    last: int
    start: str | None = None
    end: str | None = None
    report: str | None = None
    kinds: tuple[str, ...] = ()
    ending: bool = False
    former: bool = False


class _Bodies(msgspec.Struct, frozen=True):
    claims: tuple[msgspec.Raw, ...]


_report_body = msgspec.json.Decoder(ReportBody)
_bodies = msgspec.json.Decoder(_Bodies)
_claim = msgspec.json.Decoder(Claim)


def claims(connection: Connection, asked: Asked) -> Iterator[StoredClaim]:
    """The claims asked for of the latest reading of the latest version of each source, in the order of recording."""
    if asked.former and asked.start is not None and not _any_former(connection, asked):
        return
    rows = connection.execute(_wanted(asked, _PLACED)).all()
    for start in range(0, len(rows), AT_ONCE * 10):
        yield from load(connection, rows[start : start + AT_ONCE * 10])


_PLACED = (
    schema.claim.c.claim_id,
    schema.claim.c.position,
    schema.claim.c.sequence,
    schema.report.c.sequence.label("report"),
)
_WEIGHED = ("kind", "item_class", "model", "place", "speaker", "low", "high", "bound", "modality")
_DATED = ("rule", "first_day", "last_day")


def rows(connection: Connection, asked: Asked) -> Sequence[Any]:
    """The rows of the claims asked for, with what can be asked of a claim without reading its body."""
    reading = schema.extraction.c
    columns = [schema.claim.c[name] for name in (*_WEIGHED, *_DATED)]
    return connection.execute(
        _wanted(asked, (*_PLACED, *columns, reading.claims, reading.refusals))
    ).all()


def _wanted(asked: Asked, columns: Sequence[Any]) -> Select[Any]:
    claim, reading, source = schema.claim.c, schema.extraction.c, schema.report.c
    query = (
        select(*columns)
        .select_from(schema.claim)
        .join(schema.extraction, claim.sequence == reading.sequence)
        .join(schema.report, reading.version == source.version)
        .where(former(asked.last) if asked.former else current(asked.last))
        .order_by(reading.sequence, claim.position)
    )
    if asked.start is not None or asked.end is not None:
        days = _touching(asked).subquery()
        query = query.join(
            days, and_(claim.sequence == days.c.sequence, claim.position == days.c.position)
        )
    if asked.report is not None:
        query = query.where(source.report_id == asked.report)
    if asked.kinds:
        query = query.where(claim.kind.in_(asked.kinds))
    return query


def _any_former(connection: Connection, asked: Asked) -> bool:
    """Whether an edited version tells of the days: asked of each reading, of which there are fewer than claims."""
    reading, source = schema.extraction.c, schema.report.c
    touching = _touching(asked).subquery().c
    query = (
        select(reading.sequence)
        .join(schema.report, reading.version == source.version)
        .where(reading.sequence.in_(select(touching.sequence)), former(asked.last))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _touching(asked: Asked) -> Any:
    """The claims whose days touch the span: one range of the index for each class of length."""
    claim, start, end = schema.claim.c, asked.start, asked.end
    parts = []
    for span in range(len(SPANS) + 1):
        wanted = [claim.span == span]
        if end is not None:
            wanted.append(claim.first_day <= end)
        if start is not None:
            wanted.append(claim.last_day >= start)
            if span < len(SPANS):
                earliest = _days_before(start, SPANS[span])
                wanted.append(claim.first_day >= earliest)
        if end is not None and asked.ending and span > MONTHS:
            wanted.append(claim.last_day <= end)
        parts.append(select(claim.sequence, claim.position).where(*wanted))
    return union_all(*parts)


def _days_before(day: str, days: int) -> str:
    first = date.fromisoformat(day)
    return (first - timedelta(days=min(days, first.toordinal() - 1))).isoformat()


def current(last: int) -> Any:
    """That an extraction is the latest of its version, and the version the latest of its source and not taken back."""
    return and_(_last_reading(last), latest(last))


def former(last: int) -> Any:
    """That an extraction is the latest of its version, and the version one that its source has edited since."""
    source = schema.report.c
    return and_(
        _last_reading(last),
        exists().where(*_newer(source, last)),
        ~exists().where(*_withdrawn(source, last)),
    )


def _last_reading(last: int) -> Any:
    later = schema.extraction.alias("later_extraction").c
    reading = schema.extraction.c
    return and_(
        reading.sequence <= last,
        ~exists().where(
            later.version == reading.version,
            later.sequence > reading.sequence,
            later.sequence <= last,
        ),
    )


def latest(last: int) -> Any:
    """That a version is the latest of its source and not taken back."""
    source = schema.report.c
    return and_(
        source.sequence <= last,
        ~exists().where(*_newer(source, last)),
        ~exists().where(*_withdrawn(source, last)),
    )


def _newer(source: Any, last: int) -> tuple[Any, ...]:
    newer = schema.report.alias("newer_report").c
    return (
        newer.source == source.source,
        newer.sequence <= last,
        tuple_(newer.effective_at_utc, newer.sequence)
        > tuple_(source.effective_at_utc, source.sequence),
    )


def _withdrawn(source: Any, last: int) -> tuple[Any, ...]:
    taken = schema.withdrawal.c
    return (taken.source == source.source, taken.sequence > source.sequence, taken.sequence <= last)


def load(connection: Connection, rows: Sequence[Any]) -> Iterator[StoredClaim]:
    """The claims at rows with `claim_id`, `position`, the `sequence` of their extraction and of their `report`."""
    readings = bodies(connection, {row.sequence for row in rows})
    drawn = {n: _bodies.decode(body).claims for n, (_, body) in readings.items()}
    reports = {
        n: stored_report(body, moment)
        for n, (moment, body) in bodies(connection, {row.report for row in rows}).items()
    }
    for row in rows:
        decoded = _claim.decode(drawn[row.sequence][row.position])
        yield StoredClaim(row.claim_id, decoded, reports[row.report])


def bodies(connection: Connection, sequences: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The time and the body of entries, by their sequence numbers."""
    wanted = sorted(sequences)
    table = schema.entry.c
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        query = select(table.sequence, table.recorded_at_utc, table.body).where(
            table.sequence.in_(wanted[start : start + AT_ONCE])
        )
        found.update(
            (row.sequence, (row.recorded_at_utc, row.body)) for row in connection.execute(query)
        )
    return found


def stored_report(body: str, recorded_at_utc: str) -> StoredReport:
    """The report of an entry's body."""
    read = _report_body.decode(body)
    original = read.original if isinstance(read.original, str) else read.original.sha256
    return StoredReport(read.report, read.version, original, recorded_at_utc, read.retrieval)


def named(connection: Connection, name: str, last: int) -> tuple[int, str | None]:
    """The report entry that an id, or the start of one, stands for, and the claim where it is a claim's id.

    Raises LedgerError for none or several.
    """
    reports = _starting(connection, schema.report, schema.report.c.report_id, name, last)
    ids = _starting(connection, schema.claim, schema.claim.c.claim_id, name, last)
    if name in reports:
        reports, ids = [name], []
    if len(reports) + len(ids) > 1:
        found = ", ".join([*reports, *ids][:4])
        raise LedgerError(f"{name!r} is the start of several ids ({found} …); give more of it")
    if reports:
        return _latest_with(connection, schema.report.c.report_id == reports[0], last), None
    if ids:
        return _report_of(connection, ids[0], last), ids[0]
    raise LedgerError(
        f"no report or claim has an id that starts with {name!r}; find it with: warledger search WORDS"
    )


def _starting(connection: Connection, table: Any, column: Any, name: str, last: int) -> list[str]:
    # A range serves from the index on both databases; LIKE would not.
    query = (
        select(column)
        .distinct()
        .where(column >= name, column < name + "\U0010ffff", table.c.sequence <= last)
        .order_by(column)
        .limit(5)
    )
    return [str(value) for value in connection.execute(query).scalars()]


def _latest_with(connection: Connection, condition: Any, last: int) -> int:
    table = schema.report.c
    query = (
        select(table.sequence)
        .where(condition, table.sequence <= last)
        .order_by(table.effective_at_utc.desc(), table.sequence.desc())
    )
    return int(connection.execute(query).scalars().first() or 0)


def _report_of(connection: Connection, claim_id: str, last: int) -> int:
    """The report that a claim was drawn from: the latest version whose latest reading has it, else the last that had it."""
    claim, reading, source = schema.claim.c, schema.extraction.c, schema.report.c
    query = (
        select(source.sequence)
        .select_from(schema.claim)
        .join(schema.extraction, claim.sequence == reading.sequence)
        .join(schema.report, reading.version == source.version)
        .where(claim.claim_id == claim_id, reading.sequence <= last)
        .order_by(reading.sequence.desc())
    )
    best = connection.execute(query.where(current(last))).scalars().first()
    return int(best or connection.execute(query).scalars().first() or 0)


def shown(connection: Connection, report: int, only: str | None, last: int) -> Shown:
    """A report entry's version with its latest reading that has the claim `only`, where one is asked for."""
    claim, reading, source = schema.claim.c, schema.extraction.c, schema.report.c
    query = (
        select(reading.sequence, reading.engine_version, reading.rules_version)
        .join(schema.report, reading.version == source.version)
        .where(source.sequence == report, reading.sequence <= last)
        .order_by(reading.sequence.desc())
    )
    if only is not None:
        query = query.where(
            exists().where(claim.sequence == reading.sequence, claim.claim_id == only)
        )
    row = connection.execute(query).first()
    if row is None:
        raise LedgerError("the ledger holds a report without a reading; run: warledger verify")
    (moment, written), (_, drawn) = (bodies(connection, [n])[n] for n in (report, row.sequence))
    stored = stored_report(written, moment)
    body = msgspec.json.decode(drawn, type=ExtractionBody)
    unique = {c.id: c for c in body.claims if only in (None, c.id)}
    refusals: tuple[Refusal, ...] = body.refusals if only is None else ()
    return Shown(
        stored,
        tuple(StoredClaim(i, c, stored) for i, c in unique.items()),
        refusals,
        row.engine_version,
        row.rules_version,
        superseded=_holds(connection, report, _newer, last),
        withdrawn=_holds(connection, report, _withdrawn, last),
    )


def _holds(connection: Connection, report: int, condition: Any, last: int) -> bool:
    source = schema.report.c
    query = select(literal(1)).where(
        source.sequence == report, exists().where(*condition(source, last))
    )
    return connection.execute(query).first() is not None


def source_named(connection: Connection, name: str, last: int) -> str:
    """The source of the report or claim of that id. Raises LedgerError for none or several."""
    sequence, _ = named(connection, name, last)
    query = select(schema.report.c.source).where(schema.report.c.sequence == sequence)
    return str(connection.execute(query).scalar_one())


def versions(connection: Connection, source: str, last: int) -> list[Version]:
    """Every version of a source, the latest last."""
    table = schema.report.c
    query = (
        select(schema.report)
        .where(table.source == source, table.sequence <= last)
        .order_by(table.effective_at_utc, table.sequence)
    )
    rows = connection.execute(query).all()
    written = bodies(connection, [row.sequence for row in rows])
    return [_version(connection, row, written, rows[-1].sequence, last) for row in rows]


def _version(
    connection: Connection, row: Any, written: dict[int, tuple[str, str]], latest: int, last: int
) -> Version:
    reading = schema.extraction.c
    query = (
        select(schema.extraction)
        .where(reading.version == row.version, reading.sequence <= last)
        .order_by(reading.sequence.desc())
    )
    read = connection.execute(query).first()
    moment, body = written[row.sequence]
    return Version(
        stored=stored_report(body, moment),
        source=row.source,
        effective_at_utc=row.effective_at_utc,
        updated_at_utc=row.updated_at_utc,
        engine_version=read.engine_version if read else "",
        rules_version=read.rules_version if read else "",
        claims=read.claims if read else 0,
        refusals=read.refusals if read else 0,
        latest=row.sequence == latest,
        withdrawn=_holds(connection, row.sequence, _withdrawn, last),
    )


def compared(
    connection: Connection,
    known: Sequence[Version],
    wanted: tuple[str | None, str | None],
    last: int,
) -> Compared:
    """Two versions of one source, by the beginnings of their hashes; the latest and the one before where not named."""
    new = _picked(known, wanted[1]) if wanted[1] else known[-1]
    at = [v.stored.version for v in known].index(new.stored.version)
    if wanted[0] is None and at == 0:
        report = new.stored.report.id
        raise LedgerError(f"{report}: nothing earlier is known; there is no difference to show")
    old = _picked(known, wanted[0]) if wanted[0] else known[at - 1]
    before, after = (v.stored.report for v in (old, new))
    return Compared(
        old,
        new,
        changes.words(before.title or "", after.title or ""),
        changes.words(before.text, after.text),
        changes.differences(*(_claims_of(connection, v, last) for v in (old, new))),
    )


def _picked(known: Sequence[Version], beginning: str) -> Version:
    found = [v for v in known if v.stored.version.startswith(beginning)]
    if len(found) != 1:
        there = ", ".join(v.stored.version[:12] for v in known[-4:])
        raise LedgerError(f"{beginning!r} names {len(found)} versions of it; they are: {there}")
    return found[0]


def _claims_of(connection: Connection, version: Version, last: int) -> list[Claim]:
    sequence = schema.report.c.sequence
    query = select(sequence).where(schema.report.c.version == version.stored.version)
    entry = int(connection.execute(query).scalar_one())
    return [stored.claim for stored in shown(connection, entry, None, last).claims]


def counts(connection: Connection, last: int) -> dict[str, int]:
    """How many reports (versions), claims and refusals were recorded up to an entry."""
    reading = schema.extraction.c
    reports = (
        select(func.count()).select_from(schema.report).where(schema.report.c.sequence <= last)
    )
    drawn = select(func.sum(reading.claims), func.sum(reading.refusals)).where(
        reading.sequence <= last
    )
    kept, refused = connection.execute(drawn).one()
    return {
        "reports": int(connection.execute(reports).scalar_one()),
        "claims": int(kept or 0),
        "refusals": int(refused or 0),
    }


def days(connection: Connection, asked: Asked) -> list[tuple[str, str, int]]:
    """How many claims of each kind begin on each day of the span, by day and kind."""
    claim, reading, source = schema.claim.c, schema.extraction.c, schema.report.c
    query = (
        select(claim.first_day, claim.kind, func.count())
        .select_from(schema.claim)
        .join(schema.extraction, claim.sequence == reading.sequence)
        .join(schema.report, reading.version == source.version)
        .where(current(asked.last))
        .group_by(claim.first_day, claim.kind)
        .order_by(claim.first_day, claim.kind)
    )
    inside = [claim.span == n for n in range(len(SPANS) + 1)]
    for bound in (
        claim.first_day >= asked.start if asked.start else None,
        claim.first_day <= asked.end if asked.end else None,
    ):
        if bound is not None:
            inside = [and_(part, bound) for part in inside]
    query = query.where(or_(*inside))
    if asked.kinds:
        query = query.where(claim.kind.in_(asked.kinds))
    return [(row[0], row[1], int(row[2])) for row in connection.execute(query)]


def unread(connection: Connection, engine: str, rules: str) -> list[int]:
    """The report entries of latest versions that this engine has not read with these rules, in order."""
    reading, source = schema.extraction.c, schema.report.c
    done = schema.extraction.alias("done").c
    last = int(connection.execute(select(func.max(schema.entry.c.sequence))).scalar() or 0)
    query = (
        select(source.sequence)
        .join(schema.extraction, reading.version == source.version)
        .where(
            current(last),
            ~reading.engine_version.startswith("import/"),
            ~exists().where(
                done.version == source.version,
                done.engine_version == engine,
                done.rules_version == rules,
            ),
        )
        .order_by(source.sequence)
    )
    return [int(n) for n in connection.execute(query).scalars()]


def concerned(connection: Connection, versions: Sequence[str], claims: Sequence[str]) -> list[int]:
    """The entries of these versions of reports, their readings, decisions on the claims, withdrawals of the sources."""
    report, reading = schema.report.c, schema.extraction.c
    decision, withdrawal = schema.decision.c, schema.withdrawal.c
    found: set[int] = set()
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        sources = select(report.source).where(report.version.in_(some))
        found |= set(
            connection.execute(select(report.sequence).where(report.version.in_(some))).scalars()
        )
        found |= set(
            connection.execute(select(reading.sequence).where(reading.version.in_(some))).scalars()
        )
        found |= set(
            connection.execute(
                select(withdrawal.sequence).where(withdrawal.source.in_(sources))
            ).scalars()
        )
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        found |= set(
            connection.execute(
                select(decision.sequence).where(decision.claim_id.in_(some))
            ).scalars()
        )
    return sorted(found)
