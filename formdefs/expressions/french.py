"""A rule said in French: a clause for a condition, a noun phrase for a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from formdefs.definition import Expression, Question, ValueType
from formdefs.expressions.nodes import Call, Literal, Node, Over, Scale, Var
from formdefs.figures import amount, long_date, number

_OUTSIDE = {
    "organisation.id": "l’identifiant de l’organisme",
    "organisation.name": "le nom de l’organisme",
    "organisation.type": "le type de l’organisme",
    "organisation.type_label": "le type de l’organisme",
    "organisation.region": "la région de l’organisme",
    "organisation.region_label": "la région de l’organisme",
    "organisation.finess": "le FINESS de l’organisme",
    "organisation.siret": "le SIRET de l’organisme",
    "organisation.entities": "les entités rattachées",
    "applicant.kind": "la qualité du demandeur",
    "applicant.first_name": "le prénom du demandeur",
    "applicant.last_name": "le nom du demandeur",
    "applicant.email": "l’adresse électronique du demandeur",
    "dossier.reference": "le numéro du dossier",
    "today": "la date du jour",
}
_OF_AN_ENTITY = {"id": "l’identifiant", "name": "le nom", "finess": "le FINESS"}
_VALUES = {
    "applicant.kind": {
        "person": "un particulier",
        "organisation": "un organisme",
        "on_behalf": "un mandataire",
    }
}


@dataclass(frozen=True)
class Titles:
    """The questions that a rule may name where it stands, and those of the level around it.

    `facts` says the values of what is known besides answers, by its name:
    `{"organisation.type": {"ght": "Groupement"}}`.
    """

    questions: Mapping[str, Question] = field(default_factory=dict)
    parent: Titles | None = None
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def inside(self, group: Question | None) -> Titles:
        """The questions of the rows of a group, from within it."""
        return Titles({each.name: each for each in group.rows} if group else {}, self, self.facts)


def say(expression: Expression, titles: Titles | Mapping[str, Question]) -> str:
    """The rule in French, for those who read no syntax: « « Type » est « Public » ».

    `titles` are the questions it may name, by name when it stands in no row. A condition gives a
    clause to put after « si », a value a noun phrase; neither has a capital or a full stop.
    """
    where = titles if isinstance(titles, Titles) else Titles(titles)
    speaker = _Speaker(where)
    if expression.type.kind == "boolean":
        return speaker.clause(expression.node)
    return speaker.phrase(expression.node)


class _Speaker:
    """What says the parts of a rule that stand at one level."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles

    # -- Conditions ------------------------------------------------------------------------------

    def clause(self, node: Node) -> str:
        """A condition."""
        if isinstance(node, Literal):
            return "toujours" if node.value is True else "jamais"
        if isinstance(node, Var):
            return f"la réponse à {self.phrase(node)} est «\u00a0Oui\u00a0»"
        if isinstance(node, Over):
            return self._rows(node)
        if isinstance(node, Call) and node.operator in _CLAUSES:
            return _CLAUSES[node.operator](self, node)
        return f"{self.phrase(node)} est vrai"

    def joined(self, node: Call) -> str:
        word = " et " if node.operator == "and" else " ou "
        return word.join(self._enclosed(each, len(node.arguments)) for each in node.arguments)

    def _enclosed(self, node: Node, among: int) -> str:
        said = self.clause(node)
        return f"({said})" if among > 1 and _is_joined(node) else said

    def negated(self, node: Call) -> str:
        (inner,) = node.arguments
        if isinstance(inner, Var):
            return f"la réponse à {self.phrase(inner)} est «\u00a0Non\u00a0»"
        if isinstance(inner, Call) and inner.operator == "answered" and len(inner.arguments) == 1:
            return f"{self.phrase(inner.arguments[0])} est sans réponse"
        if isinstance(inner, Call) and inner.operator == "!!":
            return f"{self.phrase(inner.arguments[0])} est vide"
        return f"il est faux que ({self.clause(inner)})"

    def filled(self, node: Call) -> str:
        return f"{self.phrase(node.arguments[0])} n’est pas vide"

    def answered(self, node: Call) -> str:
        names = [self.phrase(each) for each in node.arguments]
        return f"{_listing(names)} {'ont chacun' if len(names) > 1 else 'a'} une réponse"

    def equal(self, node: Call) -> str:
        left, right = node.arguments
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right = right, left
        same = node.operator == "=="
        if isinstance(right, Literal) and right.value is None:
            return f"{self.phrase(left)} {'est sans réponse' if same else 'a une réponse'}"
        if right.type.kind == "boolean" and isinstance(right, Literal):
            answer = "Oui" if right.value is same else "Non"
            return f"la réponse à {self.phrase(left)} est «\u00a0{answer}\u00a0»"
        verb = "est" if same else "n’est pas"
        if right.type.kind == "number":
            verb += " égal à"
        elif right.type.kind == "date" and isinstance(right, Literal):
            verb += " le"
        return f"{self.phrase(left)} {verb} {self.phrase(right, near=left)}"

    def ordered(self, node: Call) -> str:
        dates = any(each.type.kind == "date" for each in node.arguments)
        if len(node.arguments) == 3:
            low, value, high = node.arguments
            strictly = " strictement" if node.operator == "<" else ""
            return (
                f"{self.phrase(value)} est{strictly} compris entre {self._bound(low)} et {self._bound(high)}"
            )
        left, right = node.arguments
        operator = node.operator
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, _TURNED[operator]
        words = (_BEFORE if dates else _COMPARED)[operator]
        return f"{self.phrase(left)} est {words} {self._bound(right)}"

    def _bound(self, node: Node) -> str:
        said = self.phrase(node)
        return f"le {said}" if node.type.kind == "date" and isinstance(node, Literal) else said

    def member(self, node: Call) -> str:
        needle, haystack = node.arguments
        if haystack.type.kind == "list" and isinstance(haystack, Literal):
            values = [self._constant(value, haystack.type.item, needle) for value in haystack.value]
            return f"{self.phrase(needle)} est parmi {_listing(values, ' ou ')}"
        return f"{self.phrase(haystack)} contient {self.phrase(needle, near=haystack)}"

    def held(self, node: Call) -> str:
        haystack, needle = node.arguments
        return f"{self.phrase(haystack)} contient {self.phrase(needle, near=haystack)}"

    def edge(self, node: Call) -> str:
        verb = "commence par" if node.operator == "starts_with" else "finit par"
        return f"{self.phrase(node.arguments[0])} {verb} {self.phrase(node.arguments[1])}"

    def _rows(self, node: Over) -> str:
        lines, inside = self._lines(node.items)
        return _QUANTIFIERS[node.operator].format(lines, inside.clause(node.body))

    # -- Values ----------------------------------------------------------------------------------

    def phrase(self, node: Node, *, near: Node | None = None) -> str:
        """A value; a constant is said as an answer to the question that it stands `near`."""
        if isinstance(node, Literal):
            if isinstance(node.value, tuple):
                return _listing([self._constant(each, node.type.item, near) for each in node.value])
            return self._constant(node.value, node.type, near)
        if isinstance(node, Var):
            return self._name(node)
        if isinstance(node, Scale):
            return self.phrase(node.number)
        if isinstance(node, Over):
            return self._list(node)
        if node.operator in _PHRASES:
            return _PHRASES[node.operator](self, node)
        return f"le fait que ({self.clause(node)})"

    def _constant(self, value: object, kind: ValueType | None, near: Node | None) -> str:
        if value is None:
            return "rien"
        if isinstance(value, bool):
            return "«\u00a0Oui\u00a0»" if value else "«\u00a0Non\u00a0»"
        if isinstance(value, int):
            places = (kind.places if kind else 0) or 0
            return amount(value, places) if kind and kind.money else number(value, places)
        if kind is not None and kind.kind == "date":
            return long_date(str(value))
        if isinstance(value, str) and not value.strip():
            return "un espace" if value else "un texte vide"
        return f"«\u00a0{self._label(str(value), near)}\u00a0»"

    def _label(self, value: str, near: Node | None) -> str:
        if not isinstance(near, Var):
            return value
        if near.root:
            return {**_VALUES, **self.titles.facts}.get(".".join(near.path), {}).get(value, value)
        question = self._question(near)
        labels = {choice.value: choice.label for choice in question.choices} if question else {}
        return labels.get(value, value)

    def _name(self, node: Var) -> str:
        if node.root:
            return _OUTSIDE.get(".".join(node.path), ".".join(node.path))
        question = self._question(node)
        if question is not None:
            rest = "".join(f" ({part})" for part in node.path[1:])
            return f"«\u00a0{question.title}\u00a0»{rest}"
        if not node.path:
            return "l’élément"
        return _OF_AN_ENTITY.get(node.path[0], f"«\u00a0{node.path[0]}\u00a0»")

    def _question(self, node: Var) -> Question | None:
        titles: Titles | None = self.titles
        for _ in range(node.up):
            titles = titles.parent if titles else None
        return titles.questions.get(node.path[0]) if titles and node.path else None

    def _lines(self, items: Node) -> tuple[str, _Speaker]:
        """« lignes de « Dépenses » », and who speaks within."""
        if isinstance(items, Over) and items.operator == "filter":
            lines, inside = self._lines(items.items)
            return f"{lines} où {inside.clause(items.body)}", inside
        group = self._question(items) if isinstance(items, Var) and not items.root else None
        inside = _Speaker(self.titles.inside(group))
        if group is not None and group.rows:
            return f"lignes de {self.phrase(items)}", inside
        if isinstance(items, Var) and items.path[-1:] == ("entities",):
            return "entités rattachées", inside
        return f"valeurs de {self.phrase(items)}", inside

    def _list(self, node: Over) -> str:
        lines, inside = self._lines(node if node.operator == "filter" else node.items)
        if node.operator == "filter":
            return f"les {lines}"
        if isinstance(node.items, Var):
            return f"{inside.phrase(node.body)} dans {self.phrase(node.items)}"
        return f"{inside.phrase(node.body)} dans les {lines}"

    def summed(self, node: Call) -> str:
        (items,) = node.arguments
        return f"{_AGGREGATES[node.operator]} {self.phrase(items)}"

    def counted(self, node: Call) -> str:
        (items,) = node.arguments
        if isinstance(items, Over) and items.operator == "map":
            return f"le nombre de réponses à {self.phrase(items)}"
        lines = self._lines(items)[0]
        return f"le nombre {'d’' if lines[0] in 'aeiouéh' else 'de '}{lines}"

    def extreme(self, node: Call) -> str:
        if len(node.arguments) == 1 and node.arguments[0].type.kind == "list":
            return self.summed(node)
        return f"{_AGGREGATES[node.operator]} {_listing([self.phrase(each) for each in node.arguments])}"

    def computed(self, node: Call) -> str:
        signs = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "%": " modulo "}
        parts = [self._factor(each) for each in node.arguments]
        if node.operator == "-" and len(parts) == 1:
            return f"−{parts[0]}"
        return signs[node.operator].join(parts)

    def _factor(self, node: Node) -> str:
        said = self.phrase(node)
        inner = node.number if isinstance(node, Scale) else node
        return f"({said})" if isinstance(inner, Call) and inner.operator in _ENCLOSED else said

    def rounded(self, node: Call) -> str:
        value, digits = node.arguments
        places = digits.value if isinstance(digits, Literal) else 0
        how = "à l’unité" if not places else f"à {places} décimale{'s' if places > 1 else ''}"
        return f"{self.phrase(value)}, arrondi {how}"

    def alternative(self, node: Call) -> str:
        said = [self.phrase(each) for each in node.arguments]
        return " ou, à défaut, ".join(said)

    def chosen(self, node: Call) -> str:
        arguments = node.arguments
        parts = [
            f"{self.phrase(arguments[place + 1])} si {self.clause(arguments[place])}"
            for place in range(0, len(arguments) - 1, 2)
        ]
        otherwise = self.phrase(arguments[-1]) if len(arguments) % 2 else "rien"
        return f"{', '.join(parts)}, sinon {otherwise}"

    def text(self, node: Call) -> str:
        if node.operator == "cat":
            return " suivi de ".join(self.phrase(each) for each in node.arguments)
        said = [self._factor(each) for each in node.arguments]
        if node.operator == "substr":
            size = f", puis {said[2]} au plus" if len(said) > 2 else ""
            return f"une partie de {said[0]} (caractères sautés : {said[1]}{size})"
        return _OF_ONE[node.operator].format(*said)

    def duration(self, node: Call) -> str:
        if node.operator == "age":
            born, day = node.arguments
            when = "" if isinstance(day, Var) and day.root else f", {self._bound(day)}"
            return f"l’âge calculé sur {self.phrase(born)}{when}"
        return _OF_DAYS[node.operator].format(*(self._bound(each) for each in node.arguments))

    def later(self, node: Call) -> str:
        day, count = node.arguments
        return f"{self._bound(day)} + {self._factor(count)} {_UNITS[node.operator]}"


def _is_joined(node: Node) -> bool:
    """Whether a condition needs brackets beside another."""
    several = isinstance(node, Call) and node.operator in ("and", "or") and len(node.arguments) > 1
    return several or isinstance(node, Over)


def _listing(said: list[str], last: str = " et ") -> str:
    return last.join(filter(None, (", ".join(said[:-1]), *said[-1:])))


_SIGNS = frozenset("+-*/%")
# What is put between brackets inside of a computation.
_ENCLOSED = _SIGNS | {"round", "if", "??"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_COMPARED = {
    "<": "inférieur à",
    "<=": "inférieur ou égal à",
    ">": "supérieur à",
    ">=": "supérieur ou égal à",
}
_BEFORE = {"<": "avant", "<=": "au plus tard", ">": "après", ">=": "au plus tôt"}
_QUANTIFIERS = {
    "some": "au moins une des {0} vérifie : {1}",
    "all": "toutes les {0} vérifient : {1}",
    "none": "aucune des {0} ne vérifie : {1}",
}
_AGGREGATES = {
    "sum": "le total de",
    "average": "la moyenne de",
    "min": "le plus petit de",
    "max": "le plus grand de",
}
_OF_ONE = {
    "lower": "{0} en minuscules",
    "upper": "{0} en majuscules",
    "length": "le nombre de caractères de {0}",
    "abs": "la valeur absolue de {0}",
}
_OF_DAYS = {
    "days_between": "le nombre de jours entre {0} et {1}",
    "months_between": "le nombre de mois entre {0} et {1}",
    "years_between": "le nombre d’années entre {0} et {1}",
    "year": "l’année de {0}",
    "month": "le mois de {0}",
}
_UNITS = {"add_days": "jours", "add_months": "mois", "add_years": "ans"}
_Say = Callable[[_Speaker, Call], str]
_CLAUSES: Mapping[str, _Say] = {
    "and": _Speaker.joined,
    "or": _Speaker.joined,
    "!": _Speaker.negated,
    "!!": _Speaker.filled,
    "answered": _Speaker.answered,
    **dict.fromkeys(("==", "!="), _Speaker.equal),
    **dict.fromkeys(("<", "<=", ">", ">="), _Speaker.ordered),
    "in": _Speaker.member,
    "contains": _Speaker.held,
    **dict.fromkeys(("starts_with", "ends_with"), _Speaker.edge),
}
_PHRASES: Mapping[str, _Say] = {
    **dict.fromkeys(("sum", "average"), _Speaker.summed),
    "count": _Speaker.counted,
    **dict.fromkeys(("min", "max"), _Speaker.extreme),
    **dict.fromkeys(_SIGNS, _Speaker.computed),
    "round": _Speaker.rounded,
    "??": _Speaker.alternative,
    "if": _Speaker.chosen,
    **dict.fromkeys(("cat", "substr", *_OF_ONE), _Speaker.text),
    **dict.fromkeys(("age", *_OF_DAYS), _Speaker.duration),
    **dict.fromkeys(_UNITS, _Speaker.later),
}
