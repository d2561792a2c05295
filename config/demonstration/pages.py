"""The pages of the demonstration portal."""

from typing import Any

from wagtail.models import Page

from themes.pages.models import ContentPage, HomePage

Block = dict[str, Any]


def make_home(root: Page, title: str) -> HomePage:
    """The home page, published, with the pages that its footer and entries lead to."""
    home: HomePage = root.add_child(instance=HomePage(title=title, slug="vallee-claire", body=HOME))
    for page_title, slug, intro, text in PAGES:
        home.add_child(
            instance=ContentPage(
                title=page_title,
                slug=slug,
                intro=intro,
                body=[{"type": "text", "value": {"heading": page_title, "text": text}}],
                show_in_menus=True,
            )
        )
    return home


def _link(label: str, address: str) -> Block:
    return {"label": label, "page": None, "address": address}


def _audience(icon: str, title: str, links: list[Block], entries: list[Block]) -> Block:
    return {"icon": icon, "title": title, "links": links, "entries": entries}


SIGN_IN = "/compte/connexion/"
CARE, GRANT, ROADS = (
    "/demarches/care-domaine-2/",
    "/demarches/bourse-departementale/",
    "/demarches/signalement-voirie/",
)

HOME: list[Block] = [
    {
        "type": "search",
        "value": {
            "title": "Que souhaitez-vous faire ?",
            "lead": "Demander une aide, financer un projet, suivre une réponse : tout commence ici.",
            "links": [_link("Continuité d’activité", CARE), _link("Bourse", GRANT), _link("Voirie", ROADS)],
        },
    },
    {"type": "highlights", "value": {"heading": "Démarches à la Une"}},
    {
        "type": "audiences",
        "value": {
            "heading": "Vous êtes…",
            "cards": [
                _audience(
                    "hospital",
                    "Un établissement de santé ou médico-social",
                    [_link("Financer votre continuité d’activité", CARE)],
                    [_link("Connexion", SIGN_IN)],
                ),
                _audience(
                    "user",
                    "Un particulier",
                    [_link("Demander une bourse", GRANT), _link("Signaler un problème de voirie", ROADS)],
                    [_link("Connexion", SIGN_IN)],
                ),
                _audience(
                    "landmark",
                    "Une association, une collectivité",
                    [_link("Voir toutes les démarches", "/demarches/")],
                    [_link("Connexion", SIGN_IN)],
                ),
            ],
        },
    },
    {
        "type": "steps",
        "value": {
            "heading": "Comment ça se passe",
            "steps": [
                {
                    "title": "Vous choisissez",
                    "text": (
                        "La page de la démarche dit à qui elle s’adresse, jusqu’à quand, et ce "
                        "qu’il faut préparer."
                    ),
                },
                {
                    "title": "Vous remplissez à votre rythme",
                    "text": "Chaque réponse est enregistrée. Vous pouvez reprendre sur un autre appareil.",
                },
                {
                    "title": "Vous suivez la réponse",
                    "text": "Vous savez où en est votre dossier. Un e-mail vous prévient à chaque étape.",
                },
            ],
        },
    },
    {
        "type": "faq",
        "value": {
            "heading": "Questions fréquentes",
            "lead": "Vous ne trouvez pas ? Une personne vous répond.",
            "questions": [
                {
                    "question": "J’ai commencé un formulaire : où le retrouver ?",
                    "answer": (
                        "<p>Dans votre tableau de bord, une fois connecté. Rien de ce que "
                        "vous avez saisi n’est perdu.</p>"
                    ),
                },
                {
                    "question": "Quels fichiers puis-je joindre ?",
                    "answer": (
                        "<p>Des PDF et des images PNG ou JPEG. La taille permise est écrite "
                        "à côté de chaque question.</p>"
                    ),
                },
                {
                    "question": "On me demande de modifier mon dossier : que faire ?",
                    "answer": (
                        "<p>La demande et sa date limite sont en haut de votre formulaire. "
                        "Modifiez, puis transmettez de nouveau.</p>"
                    ),
                },
                {
                    "question": "Qui peut lire mes réponses ?",
                    "answer": (
                        "<p>Vous, et les personnes chargées d’instruire votre dossier. Personne d’autre.</p>"
                    ),
                },
            ],
        },
    },
]

PAGES = (
    (
        "Accessibilité",
        "accessibilite",
        "Ce portail veut être utilisable par chacun.",
        "<p>Chaque page s’utilise au clavier, avec un lecteur d’écran, agrandie quatre fois, et "
        "sans JavaScript. "
        "Si quelque chose vous bloque, écrivez-nous : une personne vous répond et nous corrigeons.</p>",
    ),
    (
        "Données personnelles",
        "donnees-personnelles",
        "Vos réponses servent à instruire votre dossier, et à rien d’autre.",
        "<p>Seules les personnes chargées de votre dossier peuvent lire vos réponses et vos fichiers. "
        "Vous pouvez demander à les consulter ou à les corriger en nous écrivant.</p>",
    ),
    (
        "Mentions légales",
        "mentions-legales",
        "Vallée-Claire est un organisme imaginé pour montrer ce portail.",
        "<p>Toute ressemblance avec un organisme, une personne ou un établissement réels serait "
        "fortuite.</p>",
    ),
)
