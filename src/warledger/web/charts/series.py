"""Figures over time: nights with what was launched and intercepted, rates, and single figures as points.

Enters: rows of plain values. Leaves: Altair charts. Does not belong here: which rows, in which language their labels are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

WIDTH = 860
DAYS = alt.Axis(format="%d.%m.%y", tickMinStep=86_400_000, labelOverlap=True)
"""Days by number, the same in every language; a tick is never closer than a day."""
Row = Mapping[str, Any]


def inline(rows: Sequence[Row]) -> Any:
    """Rows as a chart's own data: nothing is fetched."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def nights(rows: Sequence[Row], labels: Mapping[str, str], weapons: Sequence[str]) -> Any:
    """Launched and intercepted by night, a row a weapon, and a strip below to choose a span by brushing.

    Rows: `day`, `weapon`, `what`, `figure`, `url`. A night that nobody told of has no bar and no zero.
    """
    data = inline(rows)
    brush = alt.selection_interval(encodings=["x"], name="span")
    days = len({row["day"] for row in rows})
    wide = max(2.0, min(40.0, WIDTH / max(1, days) * 0.6))
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
                .mark_bar(width=width)
                .encode(
                    x=alt.X("day:T", title=None, axis=DAYS, scale=alt.Scale(domain=brush)),
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
        .mark_rule(strokeWidth=2)
        .encode(
            x=alt.X("day:T", title=labels["brush"], axis=DAYS),
            y=alt.Y("sum(figure):Q", title=None, axis=None),
        )
        .properties(width=WIDTH, height=50)
        .add_params(brush)
    )
    return alt.vconcat(*detail, strip).resolve_scale(color="shared")


def rates(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """The share intercepted, night by night, a line a weapon; a night without both figures breaks the line.

    Rows: `day`, `weapon`, `rate` (percent, null for a gap), `url`.
    """
    return (
        alt.Chart(inline(rows))
        .mark_line(point=True, invalid="break-paths-filter-domains", strokeWidth=1.5)
        .encode(
            x=alt.X("day:T", title=None, axis=DAYS),
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


def points(rows: Sequence[Row], labels: Mapping[str, str], *, unit: str) -> Any:
    """Single figures as they were told, a row a series, a shape and colour a speaker's side; nothing is added up.

    Rows: `day`, `series`, `side`, `low`, `high`, `told`, `who`, `url`. A range is a line from its low to its high.
    """
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("day:T", title=None, axis=DAYS),
        color=alt.Color("side:N", title=labels["side"]),
        href="url:N",
        tooltip=[
            alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
            alt.Tooltip("told:N", title=labels["figure"]),
            alt.Tooltip("series:N", title=labels["what"]),
            alt.Tooltip("who:N", title=labels["who"]),
        ],
    )
    scale = alt.Scale(type="symlog")
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
                header=alt.Header(labelAngle=0, labelAlign="left", labelOrient="top"),
            )
        )
        .resolve_scale(y="independent")
    )


def states(rows: Sequence[Row], labels: Mapping[str, str]) -> Any:
    """What was said of each plant's power on which day: a row a plant, a shape and colour a state.

    Rows: `day`, `plant`, `state`, `told`, `who`, `url`. Nothing is drawn between two reports.
    """
    return (
        alt.Chart(inline(rows))
        .mark_point(filled=True, size=90, opacity=0.85)
        .encode(
            x=alt.X("day:T", title=None, axis=DAYS),
            y=alt.Y("plant:N", title=None),
            color=alt.Color("state:N", title=labels["state"]),
            shape=alt.Shape("state:N", title=labels["state"]),
            href="url:N",
            tooltip=[
                alt.Tooltip("day:T", title=labels["day"], format="%d.%m.%Y"),
                alt.Tooltip("plant:N", title=" "),
                alt.Tooltip("told:N", title=labels["what"]),
                alt.Tooltip("who:N", title=labels["who"]),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(44))
    )
