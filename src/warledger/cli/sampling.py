"""`demo`: sample reports read, recorded, and told back.

Enters: the sample reports of the package. Leaves: a brief on the terminal. Does not belong here: anything else.
"""

from __future__ import annotations

import os

import click

from warledger.cli.asking import show_brief
from warledger.cli.frame import commands
from warledger.terminal import Tally


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
            made = pipeline.brief(ledger, start="2025-11-01", end="2025-12-07")
    show_brief(made, "md")
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
    checkout = Path(__file__).parents[3] / "examples" / "december-2025.jsonl"
    return str(packaged if packaged.exists() else checkout)
