"""How the editor names the settings of a definition."""

from django.utils.translation import gettext_lazy

KEYWORDS = {
    "minLength": gettext_lazy("Longueur minimale"),
    "maxLength": gettext_lazy("Longueur maximale"),
    "pattern": gettext_lazy("Modèle (expression rationnelle)"),
    "minimum": gettext_lazy("Au moins"),
    "maximum": gettext_lazy("Au plus"),
    "exclusiveMinimum": gettext_lazy("Plus de"),
    "exclusiveMaximum": gettext_lazy("Moins de"),
    "multipleOf": gettext_lazy("Multiple de"),
    "minItems": gettext_lazy("Nombre minimal"),
    "maxItems": gettext_lazy("Nombre maximal"),
}
ITEMS = {
    ("group", "minItems"): gettext_lazy("Lignes au moins"),
    ("group", "maxItems"): gettext_lazy("Lignes au plus"),
    ("multiple_choice", "minItems"): gettext_lazy("Réponses au moins"),
    ("multiple_choice", "maxItems"): gettext_lazy("Réponses au plus"),
} | {
    (kind, key): label
    for kind in ("document", "identity_document")
    for key, label in (
        ("minItems", gettext_lazy("Fichiers au moins")),
        ("maxItems", gettext_lazy("Fichiers au plus")),
    )
}
"""What the bounds of a list count, by type."""
OPTIONS = {
    "message": gettext_lazy("Message quand la forme n’est pas la bonne"),
    "inputmode": gettext_lazy("Clavier du téléphone"),
    "width": gettext_lazy("Largeur du champ, en caractères"),
    "statement": gettext_lazy("Engagement à certifier"),
    "as": gettext_lazy("Présentation"),
    "accept": gettext_lazy("Formats acceptés"),
    "max_mb": gettext_lazy("Taille maximale d’un fichier, en Mo"),
    "min": gettext_lazy("À partir de"),
    "max": gettext_lazy("Jusqu’à"),
    "unit": gettext_lazy("Unité"),
    "places": gettext_lazy("Décimales"),
    "row_title": gettext_lazy("Nom d’une ligne"),
    "workbook": gettext_lazy("Classeur à remplir"),
    "add_label": gettext_lazy("Bouton qui ajoute une ligne"),
}
VALUES = {
    "radio": gettext_lazy("Boutons"),
    "select": gettext_lazy("Liste"),
    "pdf": "PDF",
    "image": gettext_lazy("Image (PNG ou JPEG)"),
    "text": gettext_lazy("Texte"),
    "numeric": gettext_lazy("Chiffres"),
    "decimal": gettext_lazy("Nombre à virgule"),
    "tel": gettext_lazy("Téléphone"),
    "email": gettext_lazy("Adresse e-mail"),
    "url": gettext_lazy("Adresse web"),
    "identity": gettext_lazy("Identité"),
    "contact": gettext_lazy("Coordonnées"),
    "finance": gettext_lazy("Données bancaires ou financières"),
    "family": gettext_lazy("Vie familiale"),
    "health": gettext_lazy("Santé"),
    "other": gettext_lazy("Autre donnée personnelle"),
    "organisation.name": gettext_lazy("Organisme : nom"),
    "organisation.siret": gettext_lazy("Organisme : SIRET"),
    "organisation.finess": gettext_lazy("Organisme : FINESS"),
    "organisation.type": gettext_lazy("Organisme : type"),
    "organisation.region": gettext_lazy("Organisme : région"),
    "organisation.id": gettext_lazy("Organisme"),
    "applicant.first_name": gettext_lazy("Compte du demandeur : prénom"),
    "applicant.last_name": gettext_lazy("Compte du demandeur : nom"),
    "applicant.email": gettext_lazy("Compte du demandeur : adresse e-mail"),
    "person": gettext_lazy("Particuliers"),
    "organisation": gettext_lazy("Organismes"),
    "on_behalf": gettext_lazy("Personnes agissant pour autrui"),
    "required": gettext_lazy("Obligatoire"),
    "optional": gettext_lazy("Facultatif"),
    "assignee_only": gettext_lazy("Le dossier reste à qui le remplit"),
    "colleagues_read": gettext_lazy("Ses collègues peuvent le lire"),
    "accept": gettext_lazy("Accepter"),
    "request_changes": gettext_lazy("Demander des modifications"),
    "refuse": gettext_lazy("Refuser"),
    "dismiss": gettext_lazy("Classer sans suite"),
    "m": gettext_lazy("Masculin"),
    "f": gettext_lazy("Féminin"),
}
COMMON = {
    "title": gettext_lazy("Intitulé"),
    "help": gettext_lazy("Aide"),
    "required": gettext_lazy("Obligatoire quand elle est visible"),
    "prefill": gettext_lazy("Préremplie depuis"),
    "autocomplete": gettext_lazy("Remplissage par le navigateur"),
    "personal": gettext_lazy("Donnée personnelle"),
    "internal": gettext_lazy("Réservée à l’instruction"),
    "confidential": gettext_lazy("Confidentielle"),
    "choices": gettext_lazy("Réponses possibles, une par ligne"),
    "intro": gettext_lazy("Texte d’introduction"),
}


def label_of(key: str) -> str:
    """What a setting is called."""
    for names in (COMMON, KEYWORDS, OPTIONS):
        if key in names:
            return str(names[key])
    return key.replace("_", " ").capitalize()


def value_label(value: object) -> str:
    """What one of the values of a setting is called."""
    return str(VALUES.get(str(value), value))
