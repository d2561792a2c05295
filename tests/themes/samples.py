"""A typical, an empty and an extreme context for every template the runtime fills."""

from dataclasses import dataclass, field, make_dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from runtime.wizard.contexts import SectionProgress

NAUGHTY = """"><script>alert('x')</script><b onclick=1>&amp; {{ secret }} {% now %} œuf ’ 🜁"""
LONG = "Anticonstitutionnellement" * 8
AT = datetime(2027, 1, 31, 22, 59, tzinfo=UTC)


def thing(**facts: Any) -> SimpleNamespace:
    return SimpleNamespace(**facts)


WORDS = thing(
    dossier="candidature",
    your_dossier="votre candidature",
    the_dossier="la candidature",
    submit="Transmettre votre candidature",
)


@dataclass(frozen=True)
class Sample:
    """One template with what fills it."""

    template: str
    context: dict[str, Any]
    name: str = "typical"
    anonymous: bool = field(default=False)


def link(label: str, url: str = "/x/", current: bool = False) -> SimpleNamespace:
    return thing(label=label, url=url, current=current)


def page_context(anonymous: bool, text: str = "") -> dict[str, Any]:
    portal = thing(
        name=text or "Vallée-Claire",
        tagline="Démarches en ligne",
        contact_email="aide@vallee.example",
        contact_phone="04 65 71 00 30",
        slug="vallee",
    )
    user = thing(is_authenticated=not anonymous, get_full_name=text or "Claire Fontaine")
    menu = () if anonymous else (link("Votre compte"), link("Se déconnecter"))
    return {
        "portal": portal,
        "user": user,
        "nav": (link("Tableau de bord", current=True), link("Les démarches")),
        "account_menu": menu,
        "is_reviewer": False,
    }


def card(text: str = "", tone: str = "warning", action: bool = True) -> SimpleNamespace:
    return thing(
        reference="K7QX4M2",
        title=text or "Stratégie de continuité et de reprise d’activité",
        words=WORDS,
        organisation=text or "Clinique des Trois-Rivières",
        status="changes_requested",
        status_label=text or "Modification demandée",
        headline=text or "Une modification vous est demandée",
        dated="transmise le 4 décembre 2026",
        tone=tone,
        next_action=link("Modifier mes réponses") if action else None,
        next_text="Relisez la demande, puis transmettez de nouveau.",
        deadline=AT,
        updated_at=AT,
        answered=12,
        required=29,
        url="/mes-dossiers/K7QX4M2/",
    )


def correction(text: str = "") -> SimpleNamespace:
    message = text or "Il me manque la signature du plan.\n\nMerci de déposer la version signée."
    return thing(message=message, due_at=AT, requested_at=AT, by=text or "Inès Marchand, ARS")


def timeline(text: str = "") -> tuple[SimpleNamespace, ...]:
    return (
        thing(title=text or "Dossier commencé", detail="", at=AT, by="Claire Fontaine", state="done"),
        thing(
            title="Une modification est demandée", detail=text or "Relisez.", at=AT, by="ARS", state="current"
        ),
        thing(title="L’ARS relit votre dossier", detail="", at=None, by="ARS", state="next"),
    )


def attached(text: str = "") -> SimpleNamespace:
    return thing(
        name=text or "plan-de-reprise-2026.pdf",
        size=3_200_000,
        url="/f/1/",
        sha256="ab" * 32,
        detail="",
        id="1",
    )


def deposit() -> SimpleNamespace:
    return thing(
        number=1, deposited_at=AT, url="/d/1/", pdf_url="/d/1.pdf", sha256="cd" * 32, by="Claire Fontaine"
    )


def line(kind: str = "text", title: str = "Prénom", **facts: Any) -> SimpleNamespace:
    empty = {"text": "", "files": (), "table": (), "rows": (), "answered": True, "required": True}
    return thing(kind=kind, title=title, path=f"q.{kind}", **{**empty, **facts})


def sections(text: str = "", edit: bool = True) -> tuple[SimpleNamespace, ...]:
    row = thing(
        title="Dépense 1", lines=(line(title="Objet", text="Serveur"), line(title="Montant", text="12,50 €"))
    )
    lines = (
        line(title=text or "Votre rôle", text=text or "Responsable de projet"),
        line("files", "Preuves", files=(attached(text), attached())),
        line(
            "table",
            "Entités rattachées",
            table=(("Clinique du Pont", "atteints"), ("Centre", text or "en cours")),
        ),
        line("rows", "Dépenses", rows=(row,)),
        line(title="Commune", answered=False),
        line(title="Complément", answered=False, required=False),
    )
    found = (thing(title=text or "Engagement", lines=lines), thing(title="DSI", lines=lines[:1]))
    for section in found:
        section.edit_url = "/form/#s" if edit else ""
    return found


def progress(text: str = "") -> SimpleNamespace:
    def section(title: str, state: str, answered: int) -> SectionProgress:
        questions = (
            ("Prénom", "#f-prenom", "done"),
            (text or "Nom", "#f-nom", "todo"),
            ("RIB", "#f-rib", "error"),
        )
        return SectionProgress(title, "#s", state, answered, 3, questions)

    page = thing(
        title="Formulaire",
        url="/form/",
        sections=(
            section("Engagement", "done", 3),
            section(text or "DSI", "doing", 1),
            section("RSSI", "todo", 0),
        ),
    )
    return thing(
        step_title="Formulaire de candidature",
        percent=41,
        answered=12,
        required=29,
        saved_at=AT,
        pages=(page,),
    )


def procedure(text: str = "", **facts: Any) -> SimpleNamespace:
    base = {
        "title": text or "Stratégie de continuité et de reprise d’activité",
        "summary": text or "Un financement pour continuer à soigner.",
        "description": text or "Ce programme finance la préparation.",
        "audience": "Établissements de santé",
        "state": "open",
        "opens": AT,
        "closes": AT,
        "first_deposit_by": AT,
        "questions": 29,
        "minutes": 40,
        "url": "/demarches/care/",
        "to_prepare": (("Un RIB", "De moins de trois mois."), (text or "Les preuves", "")),
        "entry_rules": ("Être un établissement de la région.",),
        "steps": (thing(title="Vérification", who="ARS", within="30 jours ouvrés"),),
        "decider": "L’ARS",
        "words": WORDS,
        "start_url": "/s/",
        "can_start": True,
        "why_not": "",
    }
    return thing(**{**base, **facts})


def tile(text: str, state: str) -> SimpleNamespace:
    return thing(
        title=text or "Aide au répit",
        summary=text or "Un relais.",
        url="/d/",
        audience="Aidants",
        until=AT,
        state=state,
        opens=AT,
    )


class SignIn(forms.Form):
    login = forms.CharField(label="Adresse e-mail ou nom d’utilisateur", help_text="Celle de votre compte.")
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    remember = forms.BooleanField(label="Rester connecté", required=False)


def wrong_form(text: str) -> SignIn:
    form = SignIn({"login": text, "password": ""})
    form.add_error(None, "Le mot de passe ne convient pas.")
    return form


def inbox(text: str = "", rows: int = 3) -> dict[str, Any]:
    row = thing(
        reference="H4VT9C2",
        url="/i/1/",
        title=text or "CaRE, domaine 2",
        applicant=text or "Claire Fontaine",
        organisation=text or "Hôpital local de Saint-Aubin",
        region="Vallée-Claire",
        status_label="En cours",
        tone="brand",
        submitted_at=AT,
    )
    return {
        "rows": (row,) * rows,
        "query": text,
        "status": "open",
        "statuses": (("open", "Ouverts", rows), ("accepted", "Acceptés", 0)),
        "sort": "within",
        "sort_links": (
            thing(label="Demandeur", url="?sort=applicant", direction="ascending"),
            thing(label="Démarche", url="", direction=""),
            thing(label="Région", url="", direction=""),
            thing(label="Reçu le", url="?sort=oldest", direction=""),
            thing(label="État", url="", direction=""),
        ),
        "page": Paginator(range(90), 30).page(2),
        "count": rows,
    }


def review(text: str = "", **facts: Any) -> dict[str, Any]:
    Action = make_dataclass(
        "Action", ["id", "title", "help", "needs_reason", "needs_message", "needs_due", "tone"]
    )
    base = {
        "dossier": card(text),
        "sections": sections(text, edit=False),
        "timeline": timeline(text),
        "attachments": (attached(text),),
        "actions": (
            Action(
                "request_changes",
                "Demander des modifications",
                "Le délai est suspendu",
                False,
                True,
                True,
                "warning",
            ),
            Action("accept", "Accepter", text, False, False, False, "success"),
            Action("refuse", "Refuser", "Un motif est obligatoire", True, False, False, "error"),
        ),
        "form_values": {"action": "request_changes", "message": text, "due": "32/13/2027"},
        "form_errors": {
            "message": "Écrivez ce qui manque.",
            "errors": (("#message-request_changes", text or "Écrivez ce qui manque."),),
        },
        "decision": None,
        "deposits": (deposit(),),
        "correction": None,
        "facts": (("Région", text or "Vallée-Claire"),),
        "seen": 1,
        "inbox_url": "/instruction/",
        "applicant": text or "Claire Fontaine",
        "position": thing(previous_url="", next_url="/i/2/", place=1, count=42),
        "changes": (("Fichier RIB", "rib-1.pdf", text or "rib-2.pdf"),),
    }
    return {**base, **facts}


def wizard(text: str = "", body: str = "", **facts: Any) -> dict[str, Any]:
    form = thing(
        title=text or "Formulaire de candidature",
        intro=text or "Il faut environ 40 minutes.",
        body=mark_safe(body),
        errors=(("#f-iban", text or "IBAN : il manque 2 caractères."),),
        notices=(text or "Une réponse a changé ailleurs.",),
        revision=7,
        action_url="/form/",
        attach_url="/form/fichiers/",
        previous_url="",
        shown="a b",
        current_step="formulaire",
        is_last=True,
    )
    base = {
        "dossier": card(text),
        "form": form,
        "facts": (("Région", text or "Vallée-Claire"),),
        "steps": (
            thing(title=text or "Formulaire", note="En cours", state="current", url="/form/"),
            thing(title="Décision", note="Après le dépôt", state="todo", url=""),
        ),
        "progress": progress(text),
        "contacts": (
            thing(label="DSI", name="Nadia Benali", url="/form/#s-dsi"),
            thing(label="RSSI", name="", url="/form/#s-rssi"),
        ),
        "correction": correction(text),
        "newly_visible": (("#f-groupe", text or "Nom du groupe"),),
    }
    return {**base, **facts}


def pages(text: str, name: str) -> list[Sample]:
    """Every page of the runtime, its texts replaced by `text` when given."""
    nothing = name == "empty"
    cards = () if nothing else (card(text), card(text, "success", action=False))
    account = {
        "form": wrong_form(text) if text else SignIn(),
        "redirect_field_value": "/x/",
        "redirect_field_name": "next",
    }
    tiles = () if nothing else tuple(tile(text, state) for state in ("open", "soon", "closed"))
    lines = () if nothing else sections(text)
    mail = thing(id=1, to="a@b.example", subject=text or "Accusé de réception", at=AT, url="/m/1/")
    problems = (("#f-nom", text or "Indiquez votre nom."),)
    made: list[tuple[str, dict[str, Any]]] = [
        ("runtime/procedures/list.html", {"procedures": tiles, "query": text, "count": len(tiles)}),
        (
            "runtime/procedures/detail.html",
            {"procedure": procedure(text, can_start=not nothing, why_not="Fermée.")},
        ),
        (
            "runtime/dossiers/start.html",
            {
                "procedure": procedure(text),
                "choices": ()
                if nothing
                else (
                    thing(value="1", label=text or "Clinique", detail="FINESS 990001232", problems=()),
                    thing(value="2", label="Maison", detail="", problems=(text or "Déjà déposé.",)),
                ),
                "chosen": "1",
                "errors": (text,) if text else (),
            },
        ),
        (
            "runtime/dossiers/dashboard.html",
            {
                "dossiers": cards,
                "to_do": cards[:1],
                "waiting": cards[:1],
                "done": cards[1:],
            },
        ),
        (
            "runtime/dossiers/detail.html",
            {
                "dossier": card(text),
                "timeline": timeline(text),
                "correction": None if nothing else correction(text),
                "deposits": () if nothing else (deposit(),),
                "attachments": () if nothing else (attached(text),),
                "decision": ("Refusé", text or "Hors délai.", AT) if text else None,
                "next_text": text or "Attendez.",
            },
        ),
        (
            "runtime/wizard/recap.html",
            {
                "dossier": card(text),
                "sections": lines,
                "problems": problems if text or nothing else (),
                "can_submit": not nothing,
                "submit_label": "Transmettre votre candidature",
                "facts": (("Région", text or "Vallée-Claire"),),
                "doubled": () if nothing else (("#f-nom", text or "Nom"), ("#f-prenom", "Prénom")),
                "tried": bool(text),
                "correction": correction(text) if text else None,
            },
        ),
        ("runtime/wizard/submitted.html", {"dossier": card(text), "deposit": deposit(), "next_text": text}),
        (
            "runtime/documents/summary.html",
            {
                "dossier": card(text),
                "deposit": deposit(),
                "sections": lines,
                "pdf_url": "/p.pdf",
                "facts": (("Région", "X"),),
                "files": () if nothing else (attached(text),),
            },
        ),
        ("runtime/review/inbox.html", inbox(text, rows=0 if nothing else 3)),
        (
            "runtime/review/dossier.html",
            review(text)
            if not nothing
            else review(
                form_values={},
                form_errors={},
                actions=(),
                changes=(),
                attachments=(),
                deposits=(),
                sections=(),
            ),
        ),
        ("demonstration/mailbox.html", {"mails": () if nothing else (mail,)}),
        (
            "demonstration/mail.html",
            {
                "mail": mail,
                "body_text": text or "Bonjour,\n\nhttps://x.example/",
                "attachments": (attached(text),),
            },
        ),
        *(
            (f"account/{one}.html", account)
            for one in (
                "login",
                "password_reset",
                "password_reset_done",
                "password_reset_from_key",
                "password_reset_from_key_done",
                "logout",
                "password_change",
            )
        ),
        *((f"{code}.html", {}) for code in ("400", "403", "403_csrf", "404", "429")),
    ]
    anonymous = ("account/", "runtime/procedures/")
    return [Sample(template, context, name, template.startswith(anonymous)) for template, context in made]


def mails() -> list[Sample]:
    context = {
        "dossier": card(),
        "title": "Aide au répit",
        "words": WORDS,
        "person": "Claire Fontaine",
        "organisation": "Clinique",
        "url": "https://x.example/",
        "portal": thing(name="Vallée-Claire"),
        "correction": correction(),
        "reason": "Hors délai.",
        "deposit": deposit(),
        "next_text": "Réponse sous 30 jours.",
    }
    kinds = ("receipt", "changes_requested", "accepted", "refused", "dismissed", "submitted_to_reviewers")
    return [
        Sample(f"runtime/notifications/{kind}{end}", context)
        for kind in kinds
        for end in (".txt", ".subject.txt")
    ]
