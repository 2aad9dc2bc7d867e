"""Incidents for a person to read: in the terminal and as Markdown.

Enters: incidents. Leaves: text. Does not belong here: grouping, and any choice between figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from warledger.model import (
    Figure,
    Finding,
    Incident,
    Line,
    Measure,
    MissingVoice,
    Number,
    Speaker,
    Spread,
)
from warledger.rendering import words
from warledger.rendering.findings import NAMES

_KINDS = {
    "air_attack": "Air attack",
    "strike": "Strike",
    "outage": "Outage",
    "meeting": "Meeting",
    "plant_power": "Nuclear plant",
    "exchange": "Exchange",
    "control": "Control of a place",
    "area": "Area",
    "losses": "Losses",
    "tally": "Figures of a period",
}
_QUOTED = 60


class Row(msgspec.Struct, frozen=True):
    """One line of an incident in words."""

    what: str
    who: str
    latest: str
    earlier: str
    beside: str
    carriers: int
    reports: tuple[str, ...]
    claims: tuple[str, ...]


Findings = Mapping[str, Sequence[Finding]]
"""What the checks found that concerns a claim, by the claim's id."""


def heading(incident: Incident) -> str:
    """What the incident is, of whom or where, and when: "Air attack: UA, night of 5-6 December 2025"."""
    parts = [*incident.subject]
    if incident.kind in ("strike", "outage", "control", "area", "plant_power") or not parts:
        parts += [p.name for p in incident.places]
    if incident.kind == "meeting" and incident.places:
        parts += [p.name for p in incident.places]
    named = ", ".join(dict.fromkeys(parts))
    when = words.when(incident.time) if incident.time else ""
    told = ", ".join(p for p in (named, when) if p)
    return f"{_KINDS[incident.kind]}: {told}" if told else _KINDS[incident.kind]


def rows(incident: Incident) -> list[Row]:
    """The incident's lines in words, in their order."""
    return [_row(line) for line in incident.lines]


def _row(line: Line) -> Row:
    figures = (line.latest, *line.beside, *line.earlier)
    time = f", {words.when(line.time)}" if line.time else ""
    return Row(
        what=measure(line.measure),
        who=who(line.speaker) + (time if line.time and line.time.precision != "night" else ""),
        latest=_told(line.latest),
        earlier="; ".join(_told(f) for f in line.earlier),
        beside="; ".join(figure(f) for f in line.beside),
        carriers=line.carriers,
        reports=tuple(dict.fromkeys(r for f in figures for r in f.reports)),
        claims=tuple(dict.fromkeys(c for f in figures for c in f.claims)),
    )


def measure(what: Measure) -> str:
    """A measure in words: "intercepted drone (Shahed), Odesa Oblast"."""
    name = " ".join(
        p for p in (what.kind.replace("_", " "), (what.class_ or "").replace("_", " ")) if p
    )
    inner = ", ".join(p for p in (what.model, what.state) if p)
    basis = "" if what.basis == "event" else f" [{what.basis}]"
    where = f", {', '.join(what.where)}" if what.where else ""
    return f"{name}{f' ({inner})' if inner else ''}{basis}{where}"


def who(speaker: Speaker) -> str:
    """Who says it: the body with its side, or whose own words they are."""
    if speaker.name is None:
        return f"own words of {speaker.via or 'a publisher not given'}"
    return f"{speaker.name} ({speaker.side})" if speaker.side else speaker.name


def figure(told: Figure) -> str:
    """A figure with its bound, or its words where it has no number."""
    quantity = told.quantity
    marks = "" if told.modality == "asserted" else f" ({told.modality})"
    if quantity is None or (quantity.low is None and quantity.high is None):
        quote = " ".join(told.quote.split())
        return f"“{quote[:_QUOTED]}{'…' if len(quote) > _QUOTED else ''}”{marks}"
    return words.figure(quantity) + marks


def _told(told: Figure) -> str:
    """A figure with when it was first published and when the ledger came to know it."""
    published = f"published {told.published}" if told.published else "no date of publication"
    gone = ", edited away since" if told.edited_away else ""
    return f"{figure(told)} ({published}, known {told.known_at_utc}{gone})"


def spread(told: Spread) -> str:
    """How far speakers lie apart on one measure."""
    verdict = "cannot all hold" if told.apart else "can all hold"
    return (
        f"{measure(told.measure)}: {_number(told.low)} to {_number(told.high)}, "
        f"{len(told.speakers)} speakers, {verdict}"
    )


def _number(value: Number | None) -> str:
    return "?" if value is None else f"{value:,}"


def missing(voice: MissingVoice) -> str:
    """A side that is silent here though it speaks elsewhere in the period."""
    named = f": {', '.join(voice.speakers)}" if voice.speakers else ""
    return f"{voice.side} says nothing here; it speaks of {voice.spoke_in} other incident{'' if voice.spoke_in == 1 else 's'}{named}"


def _found(row: Row, findings: Findings) -> list[str]:
    """What the checks found of a line's figures, each finding once, in words."""
    found = {f.id: f for claim in row.claims for f in findings.get(claim, ())}
    return [f"{NAMES[f.result]}: {f.sentence}" for f in found.values()]


def to_markdown(incidents: Iterable[Incident], findings: Findings | None = None) -> str:
    """Incidents as Markdown, a table each; `findings` stand beside the figures that they concern."""
    return "\n".join(line for incident in incidents for line in _markdown(incident, findings))


def _markdown(incident: Incident, findings: Findings | None) -> list[str]:
    lines = [
        f"## {_plain(heading(incident))}",
        "",
        f"Incident `{incident.id}`: {_plain(incident.reason)}.",
        "",
    ]
    lines += [f"Decided: {_plain(reason)}." for reason in incident.regrouped]
    lines += [
        "| What | Who says | Latest | Beside it | Earlier | Carriers | Reports |"
        + (" Checks |" if findings else ""),
        "|" + " --- |" * (8 if findings else 7),
    ]
    for row in rows(incident):
        cells = (
            row.what,
            row.who,
            row.latest,
            row.beside or "—",
            row.earlier or "—",
            str(row.carriers),
        )
        lines.append(
            f"| {' | '.join(_plain(c) for c in cells)} | {', '.join(f'`{r}`' for r in row.reports)} |"
            + (f" {_plain(' '.join(_found(row, findings)) or '—')} |" if findings else "")
        )
    lines.append("")
    lines += [f"- Spread: {_plain(spread(s))}" for s in incident.spreads]
    lines += [f"- {_plain(missing(m))}" for m in incident.missing]
    lines += [f"- Left out: {_plain(reason)}" for reason in incident.rejected]
    return [*lines, ""]


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def show(incidents: Sequence[Incident], console: Console, findings: Findings | None = None) -> None:
    """Write incidents so that they read at 80 columns: a heading, the reason, a figure a line, its findings under it."""
    for incident in incidents:
        console.print(
            Text(heading(incident), style="bold").append(f"  {incident.id}", style="not bold dim")
        )
        console.print(Padding(Text(incident.reason, style="dim italic"), (0, 0, 0, 2)))
        for reason in incident.regrouped:
            console.print(Padding(Text(reason, style="italic"), (0, 0, 0, 2)))
        for row in rows(incident):
            console.print(Padding(_line(row), (0, 0, 0, 4)))
            for told in _found(row, findings or {}):
                console.print(Padding(Text(f"check: {told}", style="italic"), (0, 0, 0, 8)))
        for apart in incident.spreads:
            console.print(
                Padding(
                    Text(f"spread: {spread(apart)}", style="yellow" if apart.apart else ""),
                    (0, 0, 0, 2),
                )
            )
        for voice in incident.missing:
            console.print(Padding(Text(missing(voice), style="dim"), (0, 0, 0, 2)))
        for reason in incident.rejected:
            console.print(Padding(Text(f"left out: {reason}", style="dim"), (0, 0, 0, 2)))
        console.print()


def _line(row: Row) -> Text:
    text = Text(f"{row.what}: ")
    text.append(row.latest, style="bold")
    text.append(f" — {row.who}", style="cyan")
    if row.carriers > 1:
        text.append(f", {row.carriers} independent carriers", style="dim")
    if row.beside:
        text.append(f"; beside it {row.beside}")
    if row.earlier:
        text.append(f"; earlier {row.earlier}")
    text.append(f" [{', '.join(row.reports)}]", style="dim")
    return text


def brief_list(incidents: Sequence[Incident], console: Console) -> None:
    """Write a list: id, heading, how many claims and speakers, and whether figures lie apart."""
    for incident in incidents:
        speakers = len({line.speaker for line in incident.lines})
        text = Text(f"{incident.id}  ", style="dim").append(heading(incident), style="not dim bold")
        told = f"{len(incident.claims)} claim{'' if len(incident.claims) == 1 else 's'}, {speakers} speaker{'' if speakers == 1 else 's'}"
        apart = sum(s.apart for s in incident.spreads)
        text.append(
            f"  {told}" + (f", {apart} figure{'' if apart == 1 else 's'} apart" if apart else ""),
            style="not bold",
        )
        console.print(text)
