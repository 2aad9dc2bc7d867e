"""The web app: a skin over the ledger's and the pipeline's functions for people who look rather than read.

Enters: HTTP requests. Leaves: pages, their data as JSON and CSV, charts, an API. Does not belong here: SQL,
any outside request, anything that decides what a claim is.
"""

from __future__ import annotations

from warledger.web.app import create_app
from warledger.web.settings import Settings, permit

__all__ = ["Settings", "create_app", "permit"]
