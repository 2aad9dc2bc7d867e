"""`language`: a language folder loaded strictly, before it is used.

Enters: a folder. Leaves: what it holds, or everything in it that does not hold. Does not belong here: the load itself.
"""

from __future__ import annotations

from pathlib import Path

import click

from warledger.cli.frame import OK, commands


@commands.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def language(folder: Path) -> int:
    """Load a language from a folder and try its rules and its cases.

    FOLDER holds the files of docs/adding-a-language.md. Refused are collisions, rules that do not match their own
    sentence, and cases that fail; each is a line.
    """
    from warledger.extraction.strict import load_strictly

    made = load_strictly(folder)
    rules = {t.id for t in made.terms if t.type == "predicate"}
    click.echo(f"{made.code}: {len(made.terms)} terms, {len(rules)} rules hold")
    return OK
