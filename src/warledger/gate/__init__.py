"""The gate: proves each slot of a claim from the report's own text, sharing no code with extraction.

Enters: a report and a claim. Leaves: None, or a `Refusal` that names the slot at fault and why; how near a proved claim
was to it, and where its slots stand. Does not belong here: drawing claims, recording them.
"""

from warledger.gate.margin import borrowed
from warledger.gate.prover import Prover, prove, settle
from warledger.gate.standing import standing

__all__ = ["Prover", "borrowed", "prove", "settle", "standing"]
