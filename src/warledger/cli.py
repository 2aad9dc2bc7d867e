"""The skin on the terminal: options in, the pipeline's results out.

Results go to standard output, progress and reasons to standard error. Exit status: 0; 1 with a one-line
reason; 2 for usage; 130 when interrupted. Does not belong here: anything that decides what a claim is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from warledger.errors import UsageError, WarledgerError
from warledger.terminal import Tally, complain, console

if TYPE_CHECKING:
    from warledger.brief import Brief
    from warledger.pipeline import Reading
    from warledger.reading import ReadOptions
    from warledger.rendering import Sheet

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and give its exit status; reasons go to standard error."""
    try:
        status = commands.main(arguments, prog_name="warledger", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except WarledgerError as error:
        return complain(str(error), USAGE if isinstance(error, UsageError) else FAILED)
    except click.Abort:
        return complain("interrupted", INTERRUPTED)
    except OSError as error:
        return _unwritten(error)
    return status if isinstance(status, int) else OK


def _unwritten(error: OSError) -> int:
    """Standard output is gone or full: say so once, unless a reader such as `head` just left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return FAILED
    return complain(f"{error.strerror or error}: the output is not complete", FAILED)


def main() -> NoReturn:
    """The `warledger` command."""
    sys.exit(run())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="warledger")
def commands() -> None:
    """Keep a sourced, checkable record of what is published about a war.

    Start with: warledger demo
    """


def _reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the caller knows of the sources."""
    for option in (
        click.option(
            "--lang", metavar="en|uk|ru", help="Language, where it should not be detected."
        ),
        click.option("--publisher", metavar="NAME", help="Who published the reports."),
        click.option("--published", metavar="DATE", help="When: 2025-12-06 or 2025-12-06T08:00Z."),
    ):
        command = option(command)
    return command


def _stdin() -> BinaryIO | None:
    """Standard input as bytes, or None where the caller closed it."""
    return sys.stdin.buffer if sys.stdin is not None else None


def _known(published: str | None, publisher: str | None, lang: str | None) -> ReadOptions:
    from warledger.reading import ReadOptions

    return ReadOptions(published=published, publisher=publisher, lang=lang)


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "html"]),
    default="table",
    show_default=True,
    help="A table for the terminal, one claim a line as JSON, or one HTML page.",
)
@_reading_options
@click.option("--explain", is_flag=True, help="Show rules, refused claims and numbers left aside.")
def read(paths: tuple[str, ...], form: str, explain: bool, **known: str | None) -> int:
    """Show the claims of reports without recording them.

    PATH is a file, a folder, - for standard input, or a JSON-lines file of reports.
    """
    from warledger import pipeline

    readings = pipeline.read(paths, stdin=_stdin(), options=_known(**known))
    with Tally("read") as tally:
        _FORMS[form](tally.passing(readings), explain)
    return tally.status


def _as_table(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering import table

    screen = console()
    for reading in readings:
        table.show(_sheet(reading), screen, explain=explain)


def _as_jsonl(readings: Iterable[Reading], explain: bool) -> None:
    import msgspec

    for reading in readings:
        for claim in reading.claims:
            click.echo(msgspec.json.encode(claim))
        if explain:
            for refusal in reading.refusals:
                click.echo(b"refused " + msgspec.json.encode(refusal), err=True)
            for note in reading.notes:
                click.echo(b"note " + msgspec.json.encode(note), err=True)


def _as_html(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering.page import page

    sheets = [_sheet(reading) for reading in readings]
    if sheets:
        click.echo(page(sheets, explain=explain).encode(), nl=False)


def _sheet(reading: Reading) -> Sheet:
    from warledger.rendering import Sheet

    return Sheet(
        report=reading.report,
        claims=reading.claims,
        refusals=reading.refusals,
        notes=reading.notes,
    )


_FORMS: dict[str, Callable[[Iterable[Reading], bool], None]] = {
    "table": _as_table,
    "jsonl": _as_jsonl,
    "html": _as_html,
}


def _ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--ledger",
        "ledger_path",
        metavar="FILE",
        help="The ledger; else $WARLEDGER_DB, else warledger.db in your data folder.",
    )(command)


def _ledger_path(given: str | None) -> str:
    """Where the ledger is: the option, the environment, or the user's data folder (XDG)."""
    if given:
        return given
    if from_environment := os.environ.get("WARLEDGER_DB"):
        return from_environment
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(
        os.path.expanduser("~"), ".local", "share"
    )
    return os.path.join(data, "warledger", "warledger.db")


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_reading_options
@_ledger_option
def add(paths: tuple[str, ...], ledger_path: str | None, **known: str | None) -> int:
    """Record reports and their claims in the ledger.

    What is recorded stays: adding the same thing again changes nothing, an edited report is kept as a new
    version. When interrupted, run the same command again; what is recorded is passed over.
    """
    from warledger import pipeline
    from warledger.ledger import Ledger

    place = _ledger_path(ledger_path)
    readings = pipeline.read(paths, stdin=_stdin(), options=_known(**known))
    counts: dict[str, int] = {}
    claims = refused = 0
    with Ledger.open(place) as ledger, Tally("recorded") as tally:
        try:
            for reading in tally.passing(readings):
                done = pipeline.record(reading, ledger)
                counts[done.status] = counts.get(done.status, 0) + 1
                if done.status != "unchanged":
                    claims, refused = claims + done.claims, refused + done.refused
        except KeyboardInterrupt:
            done_so_far = sum(counts.values())
            click.echo(_added(counts, claims, refused))
            return complain(
                f"interrupted after {done_so_far} reports, which stay recorded; run the same command to go on",
                INTERRUPTED,
            )
    click.echo(_added(counts, claims, refused))
    return tally.status


def _added(counts: dict[str, int], claims: int, refused: int) -> str:
    names = {
        "added": "added",
        "new_version": "added as a new version",
        "reread": "read again by newer rules",
        "unchanged": "already there, unchanged",
    }
    told = [f"{counts[status]} {name}" for status, name in names.items() if status in counts]
    if not told:
        return "Nothing recorded."
    return f"Reports: {', '.join(told)}. New claims: {claims}; refused by the gate: {refused}."


@commands.command()
@click.option("--on", "day", metavar="DATE", help="One day, such as 2025-12-06.")
@click.option("--from", "start", metavar="DATE", help="The first day of a period.")
@click.option("--to", "end", metavar="DATE", help="The last day of a period.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json"]),
    default="md",
    show_default=True,
    help="Markdown (drawn on a terminal), one HTML page, or JSON.",
)
@_ledger_option
def brief(
    day: str | None, start: str | None, end: str | None, form: str, ledger_path: str | None
) -> int:
    """Tell a day or a period back, every figure with a numbered citation."""
    from warledger import pipeline
    from warledger.ledger import Ledger

    first, last = _span(day, start, end)
    with Ledger.open(_ledger_path(ledger_path), create=False) as ledger:
        made = pipeline.brief(ledger, start=first, end=last)
    _show_brief(made, form)
    return OK


def _show_brief(made: Brief, form: str) -> None:
    from warledger.brief import to_html, to_json, to_markdown

    if form == "md" and sys.stdout.isatty():
        from warledger.brief import terminal

        terminal.show(made, console())
        return
    drawn = {"md": to_markdown, "html": to_html, "json": to_json}[form](made)
    click.echo(drawn.encode(), nl=False)


def _span(day: str | None, start: str | None, end: str | None) -> tuple[str, str]:
    """The first and last day asked for. Raises UsageError for none, both forms, or no date."""
    if day and (start or end):
        raise UsageError("give --on DATE or --from DATE --to DATE, not both")
    first, last = (day, day) if day else (start or end, end or start)
    if first is None or last is None:
        raise UsageError("say which day: --on 2025-12-06, or --from 2025-12-01 --to 2025-12-07")
    for text in (first, last):
        try:
            if date.fromisoformat(text).isoformat() != text:
                raise ValueError
        except ValueError:
            raise UsageError(f"{text!r} is no date; write it as 2025-12-06") from None
    if first > last:
        raise UsageError(f"--from {first} is after --to {last}")
    return first, last


@commands.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@_ledger_option
def search(words: tuple[str, ...], limit: int, ledger_path: str | None) -> int:
    """Find recorded reports that hold all the words; a word may end in *."""
    from warledger.ledger import Ledger
    from warledger.rendering import found

    with Ledger.open(_ledger_path(ledger_path), create=False) as ledger:
        hits = ledger.search(" ".join(words), limit)
    if not hits:
        return complain(f"no recorded report holds: {' '.join(words)}", FAILED)
    found.show(
        [(h.report_id, h.title, h.publisher, h.published, h.passage) for h in hits], console()
    )
    return OK


@commands.command()
@click.argument("name", metavar="ID")
@_ledger_option
def show(name: str, ledger_path: str | None) -> int:
    """Show a recorded report, its claims and those refused, or one claim; ID may be cut short."""
    from warledger.ledger import Ledger
    from warledger.rendering import Sheet, table

    with Ledger.open(_ledger_path(ledger_path), create=False) as ledger:
        shown = ledger.show(name)
    sheet = Sheet(
        report=shown.source.report,
        claims=tuple(c.claim for c in shown.claims),
        refusals=shown.refusals,
    )
    screen = console()
    table.show(sheet, screen, explain=True)
    screen.print(
        f"recorded {shown.source.recorded_at_utc}, version {shown.source.version[:12]}, "
        f"original sha256 {shown.source.original_sha256[:12]}, engine {shown.engine_version}, "
        f"rules {shown.rules_version}"
    )
    return OK


@commands.command()
@click.option(
    "--ledger", "ledger_path", metavar="FILE", help="Keep the demo's ledger in this file."
)
def demo(ledger_path: str | None) -> int:
    """Read a dozen sample reports of December 2025, record them, and show the brief."""
    import tempfile

    from warledger import pipeline
    from warledger.ledger import Ledger

    with tempfile.TemporaryDirectory(prefix="warledger-demo-") as folder:
        place = ledger_path or os.path.join(folder, "demo.db")
        with Ledger.open(place) as ledger, Tally("recorded") as tally:
            for reading in tally.passing(pipeline.read([_samples()])):
                pipeline.record(reading, ledger)
            counts = ledger.counts()
            click.echo(
                f"Read and recorded {tally.done} sample reports: {counts['claims']} claims proved, "
                f"{counts['refusals']} refused by the gate.\n"
            )
            made = pipeline.brief(ledger, start="2025-12-05", end="2025-12-06")
    _show_brief(made, "md")
    click.echo(
        "\nTry next: warledger read YOUR-REPORT.txt --published 2025-12-06\n"
        "          warledger add YOUR-FOLDER, then: warledger brief --on 2025-12-06 --format html"
    )
    return tally.status


def _samples() -> str:
    """The sample reports: beside the package when installed, in examples/ in a checkout."""
    from importlib import resources
    from pathlib import Path

    packaged = Path(str(resources.files("warledger"))) / "examples" / "december-2025.jsonl"
    checkout = Path(__file__).parents[2] / "examples" / "december-2025.jsonl"
    return str(packaged if packaged.exists() else checkout)
