"""Controls as the runtime fills them: compiled once, then given their slots."""

from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from .samples import thing


class Slots:
    """Any slot asked for and not given is empty, as the runtime leaves it."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return ""


def question(title: str, **facts: Any) -> SimpleNamespace:
    base = {"title": title, "help": "", "required": True, "autocomplete": "", "options": {}, "schema": {}}
    return thing(**{**base, **facts})


def control(
    kind: str,
    path: str,
    asked: SimpleNamespace,
    choices: tuple[Any, ...] = (),
    more: dict[str, Any] | None = None,
    **slots: Any,
) -> str:
    context = {
        **(more or {}),
        "q": asked,
        "id": f"q-{path}",
        "name": path,
        "path": path,
        "slot": Slots(**slots),
        "choices": choices,
    }
    return render_to_string(f"runtime/controls/{kind}.html", context)


def choices(
    path: str, *labels: str, chosen: int = -1, mark: str = " checked"
) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "value": str(n),
            "label": label,
            "help": "",
            "id": f"q-{path}-{n}",
            "slot": mark_safe(mark if n == chosen else ""),
        }
        for n, label in enumerate(labels)
    )


def error(message: str) -> str:
    return mark_safe(render_to_string("runtime/controls/error.html", {"slot": Slots(message=message)}))


def conflict(other: str, path: str) -> str:
    slot = Slots(other=other, at="31 janvier", path=path)
    return mark_safe(render_to_string("runtime/controls/conflict.html", {"slot": slot}))


def file(name: str, path: str) -> str:
    slot = Slots(name=name, size="3,2 Mo", url="/f/1/", path=path, id="f1", detail="Accepté")
    return mark_safe(render_to_string("runtime/controls/file.html", {"slot": slot}))


def matches(label: str, path: str) -> str:
    one = Slots(id=f"q-{path}-0", path=path, value="93066", label=label)
    match = mark_safe(render_to_string("runtime/controls/match.html", {"slot": one}))
    slot = Slots(path=path, typed="saint denis", body=match)
    return mark_safe(render_to_string("runtime/controls/matches.html", {"slot": slot}))


def prefilled(source: str) -> str:
    return mark_safe(render_to_string("runtime/controls/prefilled.html", {"slot": Slots(source=source)}))


def part(path: str, name: str, text: str) -> dict[str, Any]:
    """One input of a compound answer."""
    asked = question(text or name.title(), name=name, control="date", required=name == "debut")
    whole = f"{path}-{name}"
    return {
        "q": asked,
        "path": whole,
        "name": f"{path}.{name}",
        "id": f"q-{whole}",
        "value": text,
        "state": "",
    }


def entity_row(name: str, number: int) -> str:
    statuses = choices(f"e{number}", "Atteints", "En cours")
    slot = Slots(entity=name, finess="990002107", name=f"entites.{number}", id=f"q-entites-{number}")
    return render_to_string("runtime/controls/entity_row.html", {"slot": slot, "choices": statuses})


def section(title: str, body: str, state: str = "doing") -> str:
    name = "".join(letter for letter in title.lower() if letter.isalpha())[:8]
    mark = mark_safe(render_to_string(f"runtime/controls/state_{state}.html"))
    context = {
        "section": thing(id=name, title=title, intro="Vérifiez bien."),
        "number": 1,
        "slot": Slots(state=mark, body=mark_safe(body)),
    }
    return render_to_string("runtime/controls/section.html", context)


def every_control(text: str = "") -> str:
    """Two sections with each control once, `text` in every value."""
    iban = question("IBAN", help=text or "27 caractères.", options={"width": 34})
    mail = question("Adresse e-mail", autocomplete="email", options={"type": "email", "width": 40})
    files = question("Preuves", help="Plan daté et signé.", options={"accept": ["pdf", "image"], "max_mb": 5})
    group = question("Dépenses")
    row = render_to_string(
        "runtime/controls/row.html",
        {
            "q": group,
            "slot": Slots(
                path="depenses.r1",
                number="1",
                row="r1",
                body=mark_safe(
                    control("text", "depenses.r1.objet", question("Objet"), value=text)
                    + control("money", "depenses.r1.montant", question("Montant"), value="12,50")
                ),
            ),
        },
    )
    rows = "".join(entity_row(text or f"Clinique {n}", n) for n in range(2))
    first = (
        control(
            "checkbox", "engagement", question("Je certifie pouvoir engager."), value=mark_safe(" checked")
        )
        + control(
            "select", "role", question("Votre rôle"), choices("role", "Direction", "DSI", mark=" selected")
        )
        + control("text", "email", mail, value=text)
        + control(
            "text",
            "iban",
            iban,
            value=text or "FR76 3000",
            tone=" field--error",
            state=mark_safe(' aria-invalid="true"'),
            error=error(text or "Cet IBAN compte 25 caractères."),
            notice=conflict(text or "FR14", "iban"),
        )
        + control(
            "textarea",
            "precisions",
            question("Précisions", required=False, schema={"maxLength": 1000}),
            value=text,
        )
        + control("number", "effectif", question("Effectif"), value="12")
        + control("date", "debut", question("Début"), value="31/01/2027")
        + control(
            "yesno",
            "groupe",
            question("Fait partie d’un groupe ?"),
            choices("groupe", "Oui", "Non", chosen=1),
        )
    )
    second = (
        control(
            "radio",
            "statut",
            question("Où en êtes-vous ?"),
            choices("statut", "Atteints", text or "En cours", chosen=0),
        )
        + control("checkboxes", "aides", question("Aides"), choices("aides", "Une", "Deux", chosen=0))
        + control("entity_statuses", "entites", question("Vos entités"), rows=mark_safe(rows))
        + control("document", "preuves", files, files=file(text or "plan.pdf", "preuves"))
        + control("group", "depenses", group, rows=mark_safe(row))
        + control("note", "note", question("Bon à savoir", help="Gardez les factures."))
        + control("heading", "intertitre", question(text or "Les lignes du budget"))
        + control(
            "lookup",
            "commune",
            question("Commune", type=thing(format_hint="")),
            value=text or "Rennes (35)",
            matches=matches(text or "Saint-Denis (93)", "commune"),
        )
        + control(
            "radio",
            "connu",
            question("Comment nous avez-vous connus ?", prefill="query:connu"),
            choices("connu", "Presse", "Mairie"),
            more={"other": {"title": text or "Autre"}},
            other_value=text,
            prefilled=prefilled(text or "votre compte"),
        )
        + control(
            "parts",
            "periode",
            question("Période", help=text),
            more={"parts": [part("periode", name, text) for name in ("debut", "fin")]},
        )
    )
    return section("Engagement", first) + section("Prérequis", second, "todo")
