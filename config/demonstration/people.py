"""The people and organisations of the demonstration; all names are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A demonstration account: what it is for, in the words printed at the start."""

    username: str
    first_name: str
    last_name: str
    purpose: str

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"{self.username}@demonstration.example"


ADMINISTRATOR = Person("camille.berger", "Camille", "Berger", "administre les démarches")
EDITOR = Person("louis.arnaud", "Louis", "Arnaud", "rédige le portail")
CONTACT = Person("claire.fontaine", "Claire", "Fontaine", "dépose pour la Clinique des Trois-Rivières")
COLLEAGUE = Person("nadia.benali", "Nadia", "Benali", "collègue à la Clinique des Trois-Rivières")
NEIGHBOUR = Person("hugo.mercier", "Hugo", "Mercier", "dépose pour l’Hôpital privé de la Haute-Combe")
VERIFIER = Person("ines.marchand", "Inès", "Marchand", "vérificatrice ARS, Bretagne")
ELSEWHERE = Person("paul.rivoire", "Paul", "Rivoire", "vérificateur ARS, Occitanie")
CITIZEN = Person("jeanne.morel", "Jeanne", "Morel", "particulière")
CLERK = Person("sofia.lemoine", "Sofia", "Lemoine", "instruit les demandes des particuliers")

PEOPLE = (ADMINISTRATOR, EDITOR, CONTACT, COLLEAGUE, NEIGHBOUR, VERIFIER, ELSEWHERE, CITIZEN, CLERK)


@dataclass(frozen=True)
class Establishment:
    """An invented organisation with the entities attached to it, as (name, FINESS)."""

    reference: str
    name: str
    type: str
    type_label: str
    region: str
    region_label: str
    finess: str
    entities: tuple[tuple[str, str], ...]
    members: tuple[Person, ...]


CLINIC = Establishment(
    "clinique-3r",
    "Clinique des Trois-Rivières",
    "ej_privee",
    "Entité juridique privée",
    "53",
    "Bretagne",
    "990001232",
    (
        ("Clinique du Pont-de-Lierre", "990001240"),
        ("Centre de soins du Val-Clair", "990001257"),
        ("Hôpital de jour des Tilleuls", "990001265"),
    ),
    (CONTACT, COLLEAGUE),
)
HOSPITAL = Establishment(
    "hopital-hc",
    "Hôpital privé de la Haute-Combe",
    "ej_privee",
    "Entité juridique privée",
    "76",
    "Occitanie",
    "990002149",
    (("Site de la Combe", "990002156"),),
    (NEIGHBOUR,),
)
ESTABLISHMENTS = (CLINIC, HOSPITAL)
