"""`python -m warledger.gazetteer.building [FOLDER]`: builds the gazetteer's data."""

from __future__ import annotations

import sys
from pathlib import Path

from warledger.gazetteer.building import ukraine, world, writing
from warledger.gazetteer.building.draft import Gathering


def main() -> None:
    """Gathers every source and writes the files, into the package or the folder that is given."""
    gathering = Gathering()
    ukraine.gather(gathering)
    world.gather(gathering)
    writing.write(gathering, Path(sys.argv[1]) if len(sys.argv) > 1 else writing.DATA)
    print(f"{len(gathering.drafts)} places", file=sys.stderr)


main()
