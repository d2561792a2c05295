"""A rule as a formula: what is not known shows as nothing, decimals are those of the rule."""

from __future__ import annotations

from typing import Any

import pytest

from formdefs.expressions import ExpressionFlaw, phase_names, read
from formdefs.expressions.excel import Cell, formula
from formdefs.expressions.operators import COLLECTORS, OPERATORS
from formdefs.reference.operators import example_questions

QUESTIONS = example_questions()
NAMES = phase_names(QUESTIONS.values())
REFS = {
    **{name: Cell(f"B{line}") for line, name in enumerate(QUESTIONS, 2)},
    "statut": Cell("B3", {"public": "Public", "prive": "Privé"}),
    "themes": Cell("F$2:F$9"),
    "depenses": Cell("D$2:D$9"),
    "depenses.objet": Cell("D$2:D$9"),
    "depenses.montant": Cell("E$2:E$9"),
}
AMOUNTS = {"map": [{"var": "depenses"}, {"var": "montant"}]}
WRITTEN = [
    ({"+": [{"var": "aide"}, 5_000]}, '=IF(B8<>"",ROUND(B8+50.00,2),"")'),
    ({"*": [{"var": "places"}, {"var": "aide"}]}, '=IF(AND(B6<>"",B8<>""),ROUND(B6*B8,2),"")'),
    ({"round": [{"/": [{"*": [{"var": "aide"}, 15]}, {"var": "places"}]}, 2]},
     '=IF(AND(B8<>"",B6<>"",B6<>0),ROUND((B8*15)/B6,2),"")'),
    ({"sum": AMOUNTS}, "=SUM(E$2:E$9)"),
    ({"round": [{"average": AMOUNTS}, 2]}, '=IF(COUNT(E$2:E$9)>0,ROUND(AVERAGE(E$2:E$9),2),"")'),
    ({"-": [{"sum": AMOUNTS}, {"var": "aide"}]}, '=IF(B8<>"",ROUND(SUM(E$2:E$9)-B8,2),"")'),
    ({"+": [{"var": "taux"}, {"var": "places"}]}, '=IF(AND(B7<>"",B6<>""),ROUND(B7+B6,2),"")'),
    ({"count": {"filter": [{"var": "depenses"}, {"in": [{"var": "objet"}, ["a", 'b"']]}]}},
     '=SUMPRODUCT(--((D$2:D$9<>"")*(((EXACT(D$2:D$9,"a"))+(EXACT(D$2:D$9,"b""")))>0)))'),
    ({"sum": {"map": [{"filter": [{"var": "depenses"}, {">": [{"var": "montant"}, 1_00]}]},
                      {"var": "montant"}]}},
     '=SUMPRODUCT(--((E$2:E$9<>"")*(E$2:E$9>1.00=TRUE)),E$2:E$9)'),
    ({"if": [{"==": [{"var": "statut"}, "public"]}, 1, 2]}, '=IF(AND(B3<>"",EXACT(B3,"Public")),1,2)'),
    ({"if": [{"!": {"var": "groupe"}}, 1]}, '=IF(AND(B2<>"",OR(B2=FALSE,B2="Non")),1,"")'),
    ({"??": [{"var": "sans_reponse"}, 0]}, '=IF(B13<>"",B13,0)'),
    ({"add_months": [{"var": "debut"}, 1]}, '=IF(B10<>"",EDATE(B10,1),"")'),
    ({"<": [{"var": "debut"}, "2026-03-01"]},
     '=IF(AND(B10<>"",B10<DATE(2026,3,1)),TRUE,IF(AND(B10<>"",NOT(B10<DATE(2026,3,1))),FALSE,""))'),
    ({"cat": [{"var": "prenom"}, " ", {"var": "nom"}]}, '=IF(AND(B5<>"",B4<>""),B5&" "&B4,"")'),
    ({"%": [{"var": "places"}, 5]}, '=IF(B6<>"",(B6-5*TRUNC(B6/5)),"")'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "written"), WRITTEN)
def test_a_rule_is_written_as_a_formula(rule: Any, written: str) -> None:
    assert formula(read(rule, NAMES), REFS) == written


@pytest.mark.parametrize("described", [*OPERATORS.values(), *COLLECTORS.values()], ids=lambda each: each.name)
def test_every_operator_has_a_formula_with_its_brackets_paired(described: Any) -> None:
    written = formula(read(described.example, NAMES), REFS)
    assert written.startswith("=") and written.count("(") == written.count(")")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"sum": {"map": [{"var": "depenses"}, {"+": [{"var": "montant"}, 1]}]}}, "excel.operator"),
        ({"some": [{"var": "depenses"}, {"<": [1, {"var": "montant"}, 9]}]}, "excel.operator"),
        ({"substr": [{"var": "nom"}, {"var": "places"}]}, "excel.operator"),
        ({"var": "organisation.region"}, "excel.name"),
    ],
)
def test_what_has_no_formula_is_refused_with_a_reason(rule: Any, code: str) -> None:
    with pytest.raises(ExpressionFlaw) as caught:
        formula(read(rule, NAMES), REFS)
    assert caught.value.code == code
