"""The reference in docs is the table of the operators, nothing else."""

from formdefs import reference
from tests.formdefs.material import ROOT


def test_the_reference_of_the_operators_is_up_to_date() -> None:
    written = (ROOT / "docs" / "reference" / "expressions.md").read_text("utf-8")
    assert written == reference.page(), "python -m formdefs.reference > docs/reference/expressions.md"
