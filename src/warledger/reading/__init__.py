"""Reading: paths in, reports out, each with the exact bytes that it came from.

Enters: files, folders, JSON lines, standard input. Leaves: `Source` records, and a `Failure` for every
source that could not be read, in the order found. Does not belong here: claims, storage, printing.
"""

from warledger.reading.files import SIZE_LIMIT
from warledger.reading.records import Failure, ReadOptions, Source
from warledger.reading.sources import fetched, read, whole

__all__ = ["SIZE_LIMIT", "Failure", "ReadOptions", "Source", "fetched", "read", "whole"]
