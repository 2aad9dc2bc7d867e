"""`python -m warledger`: the same as the `warledger` command."""

from warledger.cli import main

main()
