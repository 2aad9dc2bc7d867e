"""The gate under attack: right claims with one slot made wrong must not pass.

Right claims are those that extraction draws of the annotated reports and the annotations confirm; each slot is
made wrong in turn (`gate_mutants.py`). `script/mutate` prints the whole table.
"""

from __future__ import annotations

import pytest
from tests.gate_gold import gold_files
from tests.gate_measure import Tally, measure, right_claims

LANGUAGES = ("en", "ru", "uk")
# Slots in which no value that stands nowhere in the report has passed; the others are measured by `script/mutate`.
PROOF = (
    "bound", "class", "date", "digit", "kind", "magnitude", "model", "negation added", "place", "side", "speaker", "unit",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    not gold_files(),
    reason="no annotated reports: set WARLEDGER_SHARED to the folder that holds gold/",
)


@pytest.fixture(scope="module")
def tally() -> Tally:
    made = Tally()
    for report in right_claims(gold_files(), "extraction"):
        measure(report, made)
    return made


@pytest.mark.parametrize("slot", PROOF)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_that_stands_nowhere_never_passes(tally: Tally, lang: str, slot: str) -> None:
    accepted, asked = tally.share(lang, elsewhere=False, slot=slot)
    assert asked > 50
    assert accepted == 0, "\n".join(tally.examples(5))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_right_claims_pass(tally: Tally, lang: str) -> None:
    assert tally.acceptance(lang) >= 0.98, "\n".join(tally.examples(5))


def test_a_value_that_stands_elsewhere_rarely_passes(tally: Tally) -> None:
    accepted, asked = tally.share("", elsewhere=True)
    assert asked > 10_000
    assert accepted / asked <= 0.02, "\n".join(tally.examples(5))


def test_the_attack_is_wide(tally: Tally) -> None:
    assert tally.mutants >= 10_000
