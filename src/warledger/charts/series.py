"""Figures over time: nights with what was launched and intercepted, rates, and single figures as points.

Enters: rows of plain values. Leaves: Altair charts. Does not belong here: which rows, in which language their labels are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from warledger.charts.drawing import STRIP

WIDTH = 1180
"""Of a chart on a wide screen, in pixels; `drawing.narrowed` makes a phone's of it."""
Row = Mapping[str, Any]
PART = alt.Header(labelAngle=0, labelAnchor="start", labelOrient="top", labelFontSize=12)
"""The head of one part of a chart."""


def inline(rows: Sequence[Row]) -> Any:
    """Rows as a chart's own data: nothing is fetched."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def over(rows: Sequence[Row]) -> tuple[Any, list[Any]]:
    """The axis of the rows' days, and the days that it begins and ends with, one more on either side.

    Few days are ticked one by one; over years a tick is a month.
    """
    days = sorted({date.fromisoformat(row["day"]) for row in rows})
    first, last = days[0] - timedelta(days=1), days[-1] + timedelta(days=1)
    length = (last - first).days
    ends = [_moment(first), _moment(last)]
    if length <= 16:
        ticks = [_moment(first + timedelta(days=n)) for n in range(1, length)]
        return alt.Axis(format="%d.%m.%y", values=ticks, labelOverlap=True), ends
    form = "%m.%Y" if length > 400 else "%d.%m.%y"
    return alt.Axis(format=form, labelOverlap=True), ends


def _moment(day: date) -> Any:
    return alt.DateTime(year=day.year, month=day.month, date=day.day)


def nights(rows: Sequence[Row], labels: Mapping[str, str], weapons: Sequence[str]) -> Any:
    """Launched and intercepted by night, a row a weapon, all over the same days, and a strip below to choose a span of.

    Rows: `day`, `weapon`, `what`, `figure`, `url`. A night that nobody told of has no bar and no zero.
    """
    data = inline(rows)
    axis, ends = over(rows)
    brush = alt.selection_interval(
        encodings=["x"], name="span", value={"x": ends}, clear=False, translate=False, zoom=False
    )
    wide = max(1.2, min(40.0, WIDTH / _length(rows) * 0.6))
    colour = alt.Color("what:N", title=None, sort=[labels["launched"], labels["intercepted"]])
    base = alt.Chart(data).encode(color=colour, href="url:N")
    tip = [
        alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
        alt.Tooltip("weapon:N", title=labels["weapon"]),
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("figure:Q", title=labels["figure"]),
    ]
    detail = [
        alt.layer(
            *(
                base.transform_filter(
                    (alt.datum.weapon == weapon) & (alt.datum.what == labels[what])
                )
                .mark_bar(width=width, clip=True)
                .encode(
                    x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=brush)),
                    y=alt.Y("figure:Q", title=weapon, stack=False),
                    tooltip=tip,
                )
                # The narrow bar stands before the wide one: what was intercepted, of what was launched.
                for what, width in (("launched", wide), ("intercepted", wide / 2))
            )
        ).properties(width=WIDTH, height=130)
        for weapon in weapons
    ]
    strip = (
        alt.Chart(data)
        .transform_filter(alt.datum.what == labels["launched"])
        .mark_rule(strokeWidth=1.5, color="#7a7a7a")
        .encode(
            x=alt.X(
                "day:T", title=labels["brush"], axis=axis, scale=alt.Scale(domain=ends, nice=False)
            ),
            y=alt.Y("sum(figure):Q", title=None, axis=None),
        )
        .properties(width=WIDTH, height=50, name=STRIP)
        .add_params(brush)
    )
    return alt.vconcat(*detail, strip).resolve_scale(color="shared")


def attack(
    rows: Sequence[Row], labels: Mapping[str, str], *, weapons: Sequence[str], whats: Sequence[str]
) -> Any:
    """What each speaker gave for the weapons of a night, a bar a figure, each with its number; a part a speaker.

    Rows: `day`, `who`, `weapon`, `what`, `figure`, `numbers`, `url`. Different figures of one speaker stand over one another,
    with all their numbers. Nothing is drawn for what was not told. `weapons` and `whats` give the order.
    """
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("weapon:N", title=None, sort=list(weapons), axis=alt.Axis(labelLimit=150)),
        yOffset=alt.YOffset("what:N", sort=list(whats)),
        x=alt.X("figure:Q", title=None, stack=False, axis=alt.Axis(tickCount=5, format="d")),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("what:N", title=None, sort=list(whats)),
        href="url:N",
        tooltip=[
            alt.Tooltip("who:N", title=labels["who"]),
            alt.Tooltip("weapon:N", title=labels["weapon"]),
            alt.Tooltip("what:N", title=" "),
            alt.Tooltip("figure:Q", title=labels["figure"]),
        ],
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=12).encode(text="numbers:N")
    return (
        alt.layer(bars, numbers)
        .properties(width=WIDTH // 2, height=alt.Step(18))
        .facet(row=alt.Row("who:N", title=None, header=PART))
        .resolve_scale(y="independent")
    )


def _length(rows: Sequence[Row]) -> int:
    """How many days lie between the first and the last."""
    days = [date.fromisoformat(row["day"]) for row in rows]
    return (max(days) - min(days)).days + 2


def rates(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """The share intercepted, night by night, a line a weapon; a night without both figures breaks the line.

    Over a hundred days and more there are points alone: lines between them would hide one another.

    Rows: `day`, `weapon`, `rate` (percent, null for a gap), `url`.
    """
    axis, ends = over(rows)
    base = alt.Chart(inline(rows))
    short = _length(rows) < 100
    gaps: Any = "break-paths-filter-domains"
    return (
        (
            base.mark_line(point=True, invalid=gaps, strokeWidth=1.5)
            if short
            else base.mark_point(filled=True, size=14, opacity=0.8)
        )
        .encode(
            x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False)),
            y=alt.Y("rate:Q", title=labels["rate"], scale=alt.Scale(domain=[0, 100])),
            color=alt.Color("weapon:N", title=None),
            href="url:N",
            tooltip=[
                alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
                alt.Tooltip("weapon:N", title=labels["weapon"]),
                alt.Tooltip("rate:Q", title=labels["rate"], format=".1f"),
            ],
        )
        .properties(width=WIDTH, height=180)
    )


def points(rows: Sequence[Row], labels: Mapping[str, str], *, unit: str, wide: bool = False) -> Any:
    """Single figures as they were told, a row a series, a shape and colour a speaker's side; nothing is added up.

    `wide` spreads small figures beside very large ones (a logarithmic axis that holds zero).

    Rows: `day`, `series`, `side`, `low`, `high`, `told`, `who`, `url`. A range is a line from its low to its high.
    """
    axis, ends = over(rows)
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False)),
        color=alt.Color("side:N", title=labels["side"]),
        href="url:N",
        tooltip=[
            alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
            alt.Tooltip("told:N", title=labels["figure"]),
            alt.Tooltip("series:N", title=labels["what"]),
            alt.Tooltip("who:N", title=labels["who"]),
        ],
    )
    scale = alt.Scale(type="symlog") if wide else alt.Scale(zero=True)
    spans = base.mark_rule(strokeWidth=2).encode(
        y=alt.Y("low:Q", title=unit, scale=scale), y2="high:Q"
    )
    marks = base.mark_point(filled=True, size=70, opacity=0.85).encode(
        y=alt.Y("high:Q", title=unit, scale=scale), shape=alt.Shape("side:N", legend=None)
    )
    series = sorted({str(row["series"]) for row in rows})
    return (
        alt.layer(spans, marks)
        .properties(width=WIDTH, height=150)
        .facet(
            row=alt.Row(
                "series:N",
                title=None,
                sort=series,
                header=PART,
            )
        )
        .resolve_scale(y="independent")
    )


def spans(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """From when to when each voice tells a state of a plant's power; an arrow where no end was told; a part a plant.

    Rows: `day`, `until`, `open`, `plant`, `who`, `state`, `told`, `url`. A span's last day is drawn whole; between spans
    nothing was told, and nothing is drawn.
    """
    whole = [{**row, "ends": _after(row["until"])} for row in rows]
    axis, ends = over([*rows, *({"day": row["until"]} for row in rows)])
    base = alt.Chart(inline(whole)).encode(
        y=alt.Y("who:N", title=None, axis=alt.Axis(labelLimit=170, grid=True)),
        color=alt.Color("state:N", title=None),
        href="url:N",
        tooltip=[
            alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
            alt.Tooltip("until:T", title="→", format="%d.%m.%Y"),
            alt.Tooltip("state:N", title=labels["state"]),
            alt.Tooltip("told:N", title=labels["what"]),
            alt.Tooltip("who:N", title=labels["who"]),
        ],
    )
    scale = alt.Scale(domain=ends, nice=False)
    bars = base.mark_bar(height=12, opacity=0.85, clip=True).encode(
        x=alt.X("day:T", title=None, axis=axis, scale=scale), x2="ends:T"
    )
    arrows = (
        base.transform_filter(alt.datum.open)
        .mark_point(shape="triangle-right", filled=True, size=160, clip=True)
        .encode(x=alt.X("ends:T", title=None, axis=axis, scale=scale))
    )
    return (
        alt.layer(bars, arrows)
        .properties(width=WIDTH - 180, height=alt.Step(26))
        .facet(row=alt.Row("plant:N", title=None, header=PART))
        .resolve_scale(y="independent")
    )


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def coverage(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """How many claims of a source are of each day or month, a bar each; where there are none there is no bar.

    Rows: `day` (a month's first), `count`, `months`.
    """
    axis, ends = over(rows)
    months = rows[0]["months"]
    wide = min(40.0, WIDTH / _length(rows) * (24 if months else 0.7))
    return (
        alt.Chart(inline(rows))
        .mark_bar(width=max(1.5, wide), clip=True, color="#0072b2")
        .encode(
            x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False)),
            y=alt.Y("count:Q", title=labels["claims"], axis=alt.Axis(tickMinStep=1)),
            tooltip=[
                alt.Tooltip("day:T", title=labels["day"], format="%m.%Y" if months else "%d.%m.%Y"),
                alt.Tooltip("count:Q", title=labels["claims"]),
            ],
        )
        .properties(width=WIDTH, height=110)
    )


def states(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """What was said of each plant's power on which day: a row a plant and state, a shape and colour a state.

    Rows: `day`, `plant`, `state`, `told`, `who`, `url`. Nothing is drawn between two reports.
    """
    axis, ends = over(rows)
    return (
        alt.Chart(inline(rows))
        .mark_point(filled=True, size=90, opacity=0.85)
        .encode(
            x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False)),
            y=alt.Y("state:N", title=None, axis=alt.Axis(grid=True)),
            color=alt.Color("state:N", legend=None),
            shape=alt.Shape("state:N", legend=None),
            href="url:N",
            tooltip=[
                alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
                alt.Tooltip("plant:N", title=" "),
                alt.Tooltip("told:N", title=labels["what"]),
                alt.Tooltip("who:N", title=labels["who"]),
            ],
        )
        .properties(width=WIDTH - 120, height=alt.Step(28))
        .facet(
            row=alt.Row(
                "plant:N",
                title=None,
                header=PART,
            )
        )
        .resolve_scale(y="independent")
    )
