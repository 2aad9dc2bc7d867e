"""warledger keeps a sourced, checkable record of what is published about a war."""

__version__ = "0.1.0"
