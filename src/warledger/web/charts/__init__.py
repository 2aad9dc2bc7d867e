"""Charts and maps, each declared once in Altair.

Enters: plain rows. Leaves: charts. Does not belong here: where the rows come from, how a page holds a chart.
"""
