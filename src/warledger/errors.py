"""The one tree of errors; each names the stage, and its message says in one line what to do.

Enters: nothing. Leaves: exception classes. Does not belong here: printing, exit codes (see `cli`).
"""


class WarledgerError(Exception):
    """Anything that warledger refuses or cannot do; `str()` is one line fit for a terminal."""


class UsageError(WarledgerError):
    """The call itself is off: a wrong option, a missing path, two that exclude each other."""


class ReadingError(WarledgerError):
    """A source could not be turned into a report."""


class BusyError(ReadingError):
    """A server asks to come back later; `seconds` is how much later, where it says."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class LanguageDataError(WarledgerError):
    """A file of a language's data is wrong: a collision, an unknown type, a missing feature."""


class ExtractionError(WarledgerError):
    """A report could not be read for claims."""


class LedgerError(WarledgerError):
    """The ledger could not be opened, read or written."""


class TableError(WarledgerError):
    """A table could not be read, or its mapping is wrong."""
