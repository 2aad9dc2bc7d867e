"""Charts and maps, each declared once in Altair.

Enters: plain rows, claims. Leaves: charts. Does not belong here: where claims come from, how a page holds a chart.
"""
