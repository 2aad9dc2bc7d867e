"""Exports read back by real readers or held against their rules; nothing that was recorded is changed on the way."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import feedparser
import hxl
import pyogrio
import pytest
import rdflib
import shapely
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pyarrow import parquet
from tests.web_site import samples

from warledger.cli import commands
from warledger.cli.exporting import FORMATS as OFFERED
from warledger.exports import FORMATS
from warledger.exports.acled import COLUMNS as ACLED
from warledger.exports.columns import COLUMNS, HXL
from warledger.exports.parquet import SCHEMA
from warledger.ledger import Ledger
from warledger.model import StoredClaim

TAG = re.compile(r"#[a-z]+(\+[a-z]+)*")
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {
                                        "type": "array",
                                        "prefixItems": [
                                            {"type": "number", "minimum": -180, "maximum": 180},
                                            {"type": "number", "minimum": -90, "maximum": 90},
                                        ],
                                        "minItems": 2,
                                        "maxItems": 2,
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with samples(tmp_path_factory.mktemp("exports")) as made:
        yield made


@pytest.fixture(scope="module")
def claims(ledger: Ledger) -> list[StoredClaim]:
    return ledger.claims()


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def test_the_command_offers_every_format() -> None:
    assert set(OFFERED) == set(FORMATS)


def test_csv_has_a_line_a_claim(claims: list[StoredClaim]) -> None:
    head, *rest = lines(FORMATS["csv"].write(claims))
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rest] == [stored.id for stored in claims]


def test_hxl_tags_stand_under_their_names(claims: list[StoredClaim]) -> None:
    head, tags, *rest = lines(FORMATS["hxl"].write(claims))
    assert dict(zip(head, tags, strict=True)) == HXL
    assert all(TAG.fullmatch(tag) for tag in tags)
    assert len(set(tags)) == len(tags)
    assert len(rest) == len(claims)


def test_geojson_follows_its_schema_and_draws_no_area_as_a_point(claims: list[StoredClaim]) -> None:
    made = json.loads(FORMATS["geojson"].write(claims))
    Draft202012Validator(GEOJSON).validate(made)
    by_place = {f["properties"].get("place"): f["geometry"] for f in made["features"]}
    assert by_place["Odesa Oblast"] is None
    assert by_place["Fastiv"]["type"] == "Point"
    assert {f["properties"]["claim"] for f in made["features"]} == {c.id for c in claims}


def test_gdal_reads_the_points_where_they_are(claims: list[StoredClaim]) -> None:
    told, _, shapes, fields = pyogrio.raw.read(io.BytesIO(FORMATS["geojson"].write(claims)))
    assert told["crs"] == "EPSG:4326"
    assert told["geometry_type"] == "Point"
    names = dict(zip(told["fields"], fields, strict=True))
    known = {
        place.name: (place.lon, place.lat) for c in claims for place in c.claim.places if place.lat
    }
    placed = [
        (name, shapely.from_wkb(shape))
        for name, shape in zip(names["place"], shapes, strict=True)
        if shape is not None
    ]
    assert placed
    assert all((point.x, point.y) == known[name] for name, point in placed)
    assert set(names["claim"]) == {c.id for c in claims}


def test_libhxl_reads_the_tags_and_finds_every_date_and_degree_in_order(
    claims: list[StoredClaim], tmp_path: Path
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(FORMATS["hxl"].write(claims))
    table = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    assert table.display_tags == list(HXL.values())
    assert [row.get("#meta+id+claim") for row in table] == [c.id for c in claims]
    faults: list[str] = []
    hxl.data(str(path), hxl.InputOptions(allow_local=True)).validate(
        callback=lambda fault: faults.append(str(fault))
    )
    assert faults == []


def test_duckdb_adds_up_the_same_figures_from_parquet(
    claims: list[StoredClaim], tmp_path: Path
) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(FORMATS["parquet"].write(claims))
    told = duckdb.execute(
        "SELECT kind, count(*), count(high), sum(high) FROM read_parquet(?) GROUP BY kind ORDER BY kind",
        [str(path)],
    ).fetchall()
    for kind, count, known, total in told:
        mine = [c.claim.quantity for c in claims if c.claim.kind == kind]
        high = [q.high for q in mine if q and q.high is not None]
        assert (count, known, total or 0) == (len(mine), len(high), sum(high)), kind
    assert sum(row[1] for row in told) == len(claims)


SAID = """
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?claim ?version ?words ?start ?end WHERE {
  ?claim prov:wasDerivedFrom ?version ; oa:hasTarget ?target .
  ?version prov:generatedAtTime ?when .
  ?target oa:hasSource ?version ; oa:hasSelector ?quote, ?place .
  ?quote oa:exact ?words .
  ?place oa:start ?start ; oa:end ?end .
  # Asked last: among the patterns above rdflib would begin with these, and pair every quote with every place.
  FILTER EXISTS { ?claim a oa:Annotation } FILTER EXISTS { ?version a prov:Entity }
  FILTER EXISTS { ?quote a oa:TextQuoteSelector } FILTER EXISTS { ?place a oa:TextPositionSelector }
}
"""


def test_a_reader_of_linked_data_asks_for_words_at_their_place(claims: list[StoredClaim]) -> None:
    graph = rdflib.Graph().parse(data=FORMATS["jsonld"].write(claims), format="json-ld")
    found = {tuple(map(str, row)) for row in graph.query(SAID) if isinstance(row, tuple)}
    assert found == {
        (
            f"urn:warledger:claim:{c.id}", f"urn:warledger:version:{c.source.version}",
            piece.quote, str(piece.start), str(piece.end),
        )
        for c in claims
        for piece in c.claim.evidence
    }  # fmt: skip


def test_jsonld_selectors_find_their_words(claims: list[StoredClaim]) -> None:
    made = json.loads(FORMATS["jsonld"].write(claims))
    texts = {f"urn:warledger:version:{c.source.version}": c.source.report.text for c in claims}
    entities = {node["id"] for node in made["@graph"] if node["type"] == "prov:Entity"}
    notes = [node for node in made["@graph"] if "oa:Annotation" in node["type"]]
    assert len(notes) == len(claims)
    for note in notes:
        assert note["wasDerivedFrom"] in entities
        for target in note["target"]:
            quote, position = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    used = {key for node in made["@graph"] for key in node}
    assert used <= set(made["@context"])


def test_acled_columns_and_dead_only_where_dead_are_counted(claims: list[StoredClaim]) -> None:
    head, *rest = lines(FORMATS["acled"].write(claims))
    assert tuple(head) == ACLED
    kinds = {stored.id: stored.claim.kind for stored in claims}
    assert rest
    for row in rest:
        made = dict(zip(head, row, strict=True))
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", made["event_date"])
        assert made["geo_precision"] in ("", "1", "3")
        assert not made["fatalities"] or kinds[made["event_id_cnty"]] == "killed"


def test_parquet_is_typed_and_keeps_unknown_apart_from_zero(claims: list[StoredClaim]) -> None:
    table = parquet.read_table(io.BytesIO(FORMATS["parquet"].write(claims)))
    assert table.schema.equals(SCHEMA)
    low = dict(zip(table["claim"].to_pylist(), table["low"].to_pylist(), strict=True))
    for stored in claims:
        quantity = stored.claim.quantity
        assert low[stored.id] == (quantity.low if quantity else None)


def test_a_feed_reader_reads_the_feed(claims: list[StoredClaim]) -> None:
    data = FORMATS["atom"].write(claims)
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == len(claims)
    root = ElementTree.fromstring(data)
    for entry in root.iter("{http://www.w3.org/2005/Atom}entry"):
        names = {child.tag.split("}")[1] for child in entry}
        assert {"id", "title", "updated", "author"} <= names


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_to_export_is_still_a_file(name: str) -> None:
    assert FORMATS[name].write([])


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_claims_give_the_same_bytes(name: str, claims: list[StoredClaim]) -> None:
    assert FORMATS[name].write(claims) == FORMATS[name].write(claims)


def test_the_command_writes_and_refuses(
    ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = str(tmp_path_factory.getbasetemp() / "exports0" / "w.db")
    call = ["export", "--format", "geojson", "--kind", "damaged", "--ledger", place]
    made = CliRunner().invoke(commands, call)
    kinds = {f["properties"]["kind"] for f in json.loads(made.output)["features"]}
    assert kinds == {"damaged"}
    wrong = [*call[:4], "nonsense", *call[5:]]
    assert CliRunner().invoke(commands, wrong).exit_code != 0
