"""The steps from each earlier schema to the next, run by Alembic within one transaction (`migrating`).

Enters: a ledger of an older schema. Leaves: its entries as the next schema keeps them. Does not belong here: the
derived tables, which are made anew from the entries after the last step.
"""
