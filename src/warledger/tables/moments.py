"""When a row's event was: from the cells of a table to a period.

Enters: cells and a mapping. Leaves: a `Period`; `Wrong` for a cell that cannot be meant. Does not belong here: figures.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from warledger.model import Period
from warledger.tables.mapping import Mapping

EVENING, NOON = 15, 14
"""An attack that starts from 15:00 on and ends by 14:59 of the next day is a night's."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?)?")


class Wrong(Exception):
    """A cell that cannot be meant."""


def period(cells: dict[str, str], mapping: Mapping) -> Period:
    """The time that a row tells. Raises `Wrong`."""
    start, end = cells[mapping.start], cells[mapping.end]
    (first, hour), (last, until) = _moment(start, mapping), _moment(end, mapping)
    if first > last:
        raise Wrong(f"it ends, {end}, before it starts, {start}")
    words = start if mapping.start == mapping.end else f"{start} to {end}"
    if mapping.date_precision:
        return _widened(first, last, words, cells, mapping)
    if first == last:
        return Period(first, last, "day", words)
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if days == 1 and until is not None and until <= NOON and (hour is None or hour >= EVENING):
        return Period(first, last, "night", words)
    return Period(first, last, "range", words)


def _widened(first: str, last: str, words: str, cells: dict[str, str], mapping: Mapping) -> Period:
    """A day that stands for a week, a month or a year, as the table's column for that says."""
    code = cells.get(mapping.date_precision or "", "")
    if code not in mapping.precisions:
        raise Wrong(f"{mapping.date_precision} cannot be {code!r}")
    told = mapping.precisions[code]
    day = date.fromisoformat(first)
    if told == "day" or first != last:
        return Period(first, last, "day" if first == last else "range", words)
    if told == "week":
        around = timedelta(days=3)
        return Period((day - around).isoformat(), (day + around).isoformat(), "range", words)
    if told == "month":
        end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return Period(day.replace(day=1).isoformat(), end.isoformat(), "month", words)
    return Period(f"{day.year}-01-01", f"{day.year}-12-31", "year", words)


def _moment(value: str, mapping: Mapping) -> tuple[str, int | None]:
    match = _MOMENT.fullmatch(value)
    try:
        if match is None and mapping.date_form:
            return datetime.strptime(value, mapping.date_form).date().isoformat(), None
        if match is None:
            raise ValueError
        day, hour, minute = match.groups()
        date.fromisoformat(day)
        if hour is not None:
            datetime(2000, 1, 1, int(hour), int(minute))
    except ValueError:
        raise Wrong(f"{value!r} is no time; write 2025-12-06 or 2025-12-06 18:00") from None
    return day, None if hour is None else int(hour)


def changed(cells: dict[str, str], mapping: Mapping) -> str | None:
    """When the table's maker last changed the row: ISO, from seconds since 1970 or a moment; None where untold."""
    value = cells.get(mapping.updated or "")
    if value is None:
        return None
    try:
        if value.replace(".", "", 1).isdecimal():
            moment = datetime.fromtimestamp(float(value), UTC)
        else:
            moment = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        raise Wrong(f"{mapping.updated} is no moment: {value!r}") from None
    return moment.isoformat(timespec="seconds")
