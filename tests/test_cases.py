"""Every case of every language holds: exactly the claims that it names, gate included."""

from __future__ import annotations

import pytest
from tests.case_files import families, faults

from warledger.languages import CODES


@pytest.mark.parametrize(
    ("code", "family"), [(code, family) for code in CODES for family in families(code)]
)
def test_a_family_s_cases_hold(code: str, family: str) -> None:
    assert [f"{case.text}: {why}" for case, why in faults(code, family)] == []
