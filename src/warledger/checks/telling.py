"""Telling: the sentences of findings and of their workings, by id, and the making of a finding.

Enters: a message's id and values. Leaves: findings with their sentences in English; another language needs only
another table under the same ids. Does not belong here: any decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from warledger.checks.intervals import Interval
from warledger.checks.messages import MESSAGES
from warledger.model import Finding, Number, Passage, Result, Step

Row = tuple[str, dict[str, Any]]


def sentence(message: str, values: dict[str, Any]) -> str:
    """The English sentence of a message. Raises KeyError for an unknown id or a value that is missing."""
    return MESSAGES[message].format(**{k: told(v) for k, v in values.items()})


def told(value: Any) -> str:
    """A value as it is written in a sentence: numbers with thin spaces, intervals by their ends, lists by commas."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dict):
        return span(Interval(value["low"], value["high"]))
    if isinstance(value, list | tuple):
        return ", ".join(told(v) for v in value)
    return str(value)


def number(value: Number) -> str:
    """A number with thin spaces between thousands, at most two decimals."""
    rounded = round(float(value), 2)
    if rounded.is_integer():
        return f"{int(rounded):,}".replace(",", "\u202f")
    return f"{rounded:,}".replace(",", "\u202f")


def span(interval: Interval) -> str:
    """An interval in words: "585", "9 or more", "26 to 34", "at most 8"."""
    if interval.exact is not None:
        return number(interval.exact)
    if interval.high is None:
        return f"{number(interval.low or 0)} or more"
    if not interval.low:
        return f"at most {number(interval.high)}"
    return f"{number(interval.low)} to {number(interval.high)}"


def bounds(interval: Interval) -> dict[str, float | None]:
    """An interval as the value of a message."""
    return {"low": interval.low, "high": interval.high}


def finding(
    check: str,
    result: Result,
    message: str,
    values: dict[str, Any],
    passages: Iterable[Passage],
    working: Iterable[Row] = (),
) -> Finding:
    """A finding with its sentence and the sentences of its working."""
    return Finding(
        check=check,
        result=result,
        message=message,
        values=values,
        sentence=sentence(message, values),
        working=tuple(Step(m, v, sentence(m, v)) for m, v in working),
        passages=tuple(dict.fromkeys(passages)),
    )
