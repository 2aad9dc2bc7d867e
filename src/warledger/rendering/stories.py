"""Stories that several outlets carry, for a person to read: in the terminal and as Markdown.

Enters: copies. Leaves: text. Does not belong here: finding them, and choosing an original.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from warledger.model import Copies, Copy


def to_markdown(stories: Iterable[Copies]) -> str:
    """Stories as Markdown lists."""
    return "\n".join(line for story in stories for line in _markdown(story))


def _markdown(story: Copies) -> list[str]:
    lines = [f"## Story {story.id}", "", *(f"- {_escaped(sign)}" for sign in story.origin), ""]
    lines += [f"1. {_escaped(line)}" for member in story.members for line in _lines(member)]
    return [*lines, ""]


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("<", "&lt;").replace("*", "\\*")


def _lines(member: Copy) -> list[str]:
    told = ", ".join(p for p in (member.publisher, member.published) if p) or "publisher not given"
    lines = [f"{member.report_id}: {told}, {member.similarity:.0%} of the first's words"]
    lines += [
        f"{member.report_id} altered “{a.was}” to “{a.became}” at {a.start}-{a.end}"
        for a in member.altered
    ]
    return lines


def show(stories: Sequence[Copies], console: Console) -> None:
    """Write each story: what speaks for its origin, then its carriers, the earliest first."""
    for story in stories:
        console.print(Text(f"Story {story.id}", style="bold"))
        for sign in story.origin:
            console.print(Padding(Text(sign, style="italic"), (0, 0, 0, 2)))
        for member in story.members:
            first, *altered = _lines(member)
            console.print(Padding(Text(first), (0, 0, 0, 4)))
            for line in altered:
                console.print(Padding(Text(line, style="yellow"), (0, 0, 0, 6)))
        console.print()
