"""One question of each type: filled in, got wrong, deposited, and read again by all who read answers."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from config.installation import ROOT
from tests.browser import People
from tests.walks.demonstration import Demonstration, look

AGENT, PASSWORD = "odile.agent", "un mot de passe de guichet"
PREPARATION = f"""
from runtime.procedures.services import appoint_team
from tenants.accounts.models import User
from tenants.portals.current import portal_context
from tenants.portals.models import Portal
from tests.fixtures import make_organisation, make_procedure
from tenants.memberships.models import Membership

portal = Portal.objects.get(slug="vallee-claire")
with portal_context(portal.pk):
    camille = User.objects.get(username="camille.berger")
    text = open("{ROOT}/tests/vectors/every_type.json", encoding="utf-8").read()
    procedure = make_procedure(portal, camille, "tous-les-types", text)
    agent = User.objects.create_user("{AGENT}", "odile@demonstration.example", "{PASSWORD}")
    appoint_team(procedure=procedure, role="agent", scope="", name="Guichet", members=[agent], by=camille)
    for place in ("atelier", "lavoir"):
        person = User.objects.create_user(place, place + "@demonstration.example", "{PASSWORD}")
        organisation = make_organisation(portal, place, "Association du " + place, "53", entities=2)
        Membership.objects.create(portal=portal, user=person, organisation=organisation)
"""
TYPED = {
    "texte": "Toiture de l’école",
    "texte_long": "Refaire la toiture.\nPuis l’isoler.",
    "texte_formate": "2026-ABC",
    "entier": "12",
    "decimal": "123,45",
    "montant": "1 234,56",
    "pourcentage": "12,5",
    "jour": "17/05/2001",
    "heure": "14h30",
    "rendez_vous.date": "27/03/2027",
    "rendez_vous.time": "9h15",
    "periode.start": "01012027",
    "periode.end": "30/06/2027",
    "mois": "mars 2027",
    "liste": "rennes metropole",
    "metier": "metier n 12",
    "identite.first_names": "Nadia",
    "identite.last_name": "Benali",
    "tresorier.nom": "Paul Cordier",
    "tresorier.depuis": "3/9/2024",
    "tresorier.caisse": "812,4",
    "tresorier.mots": "Deux comptes.",
    "courriel": "nadia@exemple.fr",
    "telephone": "0465712014",
    "site": "www.exemple.fr",
    "siren": "130025265",
    "siret": "13002526500013",
    "rna": "w751123456",
    "finess": "750804940",
    "uai": "0750655e",
    "nir": "295109912611193",
    "iban": "FR7630006000011234567890189",
    "bic": "agrifrpp",
    "compte.holder": "Association de l’Atelier",
    "compte.iban": "FR76 3000 6000 0112 3456 7890 189",
    "compte.bic": "AGRIFRPP",
    "code_postal": "35000",
    "commune": "rennes",
    "pays": "cote d'ivoire",
    "adresse.street": "18 quai des Tanneurs",
    "adresse.postcode": "35000",
    "adresse.commune": "Rennes",
}
TICKED = {
    "oui_non": "true",
    "certification": "true",
    "choix": "travaux",
    "choix_autre": "__other__",
    "civilite": "madame",
    "identite.civility": "monsieur",
    "tresorier.double": "true",
    "objectif.reached": "true",
}
SAID = (
    "Toiture de l’école", "Puis l’isoler.", "2026-ABC", "12 ETP", "123,45 m²", "1 234,56 €", "12,5 %",
    "17 mai 2001", "14 h 30", "27 mars 2027 à 9 h 15", "du 1er janvier 2027 au 30 juin 2027",
    "mars 2027", "Oui", "Travaux", "La radio locale", "Enfants", "Rennes Métropole", "Métier n° 12",
    "Madame", "Monsieur Nadia Benali",
    "Nom du trésorier : Paul Cordier ; Élu le : 3 septembre 2024 ; En caisse : 812,40 € ; Banque : Nef",
    "Double signature : Oui ; Précisions : Deux comptes.",
    "nadia@exemple.fr", "04 65 71 20 14", "https://www.exemple.fr",
    "130 025 265", "130 025 265 00013", "W751123456", "750 804 940", "0750655E",
    "2 95 10 99 126 111 93", "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP",
    "Association de l’Atelier", "35000", "Rennes (35)", "Ille-et-Vilaine (35)", "Bretagne",
    "Côte d’Ivoire", "18 quai des Tanneurs, 35000 Rennes", "devis.png", "passeport.png", "plan.png",
    "Je certifie que le plan est à jour.", "Charpente", "du 1er mars 2027 au 2 mars 2027",
)  # fmt: skip
UNSAID = ("Gardez les factures", "Les lignes du budget")
FILES = {"piece": "devis.png", "identite_piece": "passeport.png", "objectif.evidence": "plan.png"}


@pytest.fixture(scope="module")
def counter(demonstration: Demonstration) -> Demonstration:
    """The demonstration with a démarche of every type, its agent and two applicants."""
    demonstration.site.manage("shell", "--no-imports", "-c", PREPARATION)
    for name in (AGENT, "atelier", "lavoir"):
        demonstration.passwords[name] = PASSWORD
    return demonstration


def begin(page: Page) -> str:
    page.goto("/demarches/tous-les-types/commencer/")
    page.get_by_label(re.compile("Association du")).check()
    page.get_by_role("button", name="Commencer").click()
    expect(page).to_have_url(re.compile("/formulaire/reponses/"))
    return page.url.split("/mes-dossiers/")[1].split("/")[0]


def fill(page: Page, counter: Demonstration, *, add_row: Callable[[], None]) -> None:
    """Answer everything; `add_row` waits for what the page does by itself."""
    for name, text in TYPED.items():
        page.locator(f"[name='{name}']").first.fill(text)
    for name, value in TICKED.items():
        page.locator(f"[name='{name}'][value='{value}']").check()
    page.locator("[name='choix_autre.other']").fill("La radio locale")
    page.locator("[name=plusieurs]").first.check()
    for entity in page.locator("select[name^='statuts.']").all():
        entity.select_option("ouvert")
    page.locator("[name=departement]").select_option("35")
    page.locator("[name=region]").select_option("53")
    page.locator("[name='tresorier.banque']").select_option("Nef")
    add_row()
    page.locator("[name^='lignes.'][name$='.objet']").fill("Charpente")
    page.locator("[name^='lignes.'][name$='.cout']").fill("500")
    page.locator("[name^='lignes.'][name$='.quand.start']").fill("01/03/2027")
    page.locator("[name^='lignes.'][name$='.quand.end']").fill("02/03/2027")
    page.locator("[name^='lignes.'][name$='.ou']").fill("Saint-Malo")


def saved(page: Page, act: Callable[[], object]) -> None:
    """Do what makes the page save by itself, and wait until it has."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        act()


def text_of(page: Page) -> str:
    return " ".join(
        page.get_by_role("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def holds_all(text: str) -> None:
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert [said for said in SAID if said not in plain] == []
    assert [said for said in UNSAID if said in plain] == []


def test_every_type_is_filled_in_deposited_and_read_again(browser: People, counter: Demonstration) -> None:
    page = browser.person()
    counter.sign_in(page, "atelier")
    reference = begin(page)
    look(page, "types-vide-1280")
    fill(
        page,
        counter,
        add_row=lambda: page.get_by_role("button", name=re.compile("Ajouter une dépense")).click(),
    )
    for path, name in FILES.items():
        saved(
            page,
            lambda path=path, name=name: page.set_input_files(f"input[name='{path}']", counter.file(name)),
        )
    expect(page.locator(".file__name")).to_have_count(3)
    page.locator("[name=texte]").focus()
    expect(page.locator("[name=siret]")).to_have_value("130 025 265 00013")
    page.get_by_role("button", name="Suivant").click()
    expect(page).to_have_url(re.compile("/recapitulatif/"))
    holds_all(text_of(page))
    look(page, "types-recapitulatif")
    page.get_by_role("button", name=re.compile("Transmettre")).click()
    expect(page).to_have_url(re.compile("/transmis/"))
    answer = page.request.get(f"/depots/{reference}/1/recapitulatif.pdf")
    holds_all("\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages))
    agent = browser.person()
    counter.sign_in(agent, AGENT)
    agent.goto(f"/instruction/{reference}/")
    holds_all(text_of(agent))
    look(agent, "types-instruction")


WRONG = {
    "texte_formate": ("abc", "Quatre chiffres"),
    "pourcentage": ("120", "entre 0 et 100"),
    "heure": ("25:00", "heures et minutes"),
    "mois": ("13/2026", "03/2026"),
    "rendez_vous.time": ("midi", "heures et minutes"),
    "periode.end": ("31/02/2027", "n’existe pas dans le calendrier"),
    "liste": ("Atlantis", "n’est pas dans la liste"),
    "commune": ("Saint-Denis", "ressemblent"),
    "siren": ("130025266", "contient une erreur"),
    "rna": ("751", "commence par W"),
    "uai": ("0750655F", "contient une erreur"),
    "nir": ("123", "15 caractères"),
    "tresorier.depuis": ("31/02/2024", "Élu le : Le 31/02/2024 n’existe pas"),
    "tresorier.caisse": ("beaucoup", "En caisse : "),
    "compte.iban": ("FR76 3000", "il en manque"),
    "compte.bic": ("AGRI", "8 ou 11"),
    "adresse.postcode": ("3500", "5 chiffres"),
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_wrong_is_said_beside_its_input(browser: People, counter: Demonstration, dark: bool) -> None:
    """At a phone's width, then at a desk's."""
    page = browser.person(width=375, dark=dark)
    counter.sign_in(page, "lavoir")
    begin(page)
    for name, (text, _said) in WRONG.items():
        page.locator(f"[name='{name}']").fill(text)
    page.get_by_role("button", name="Suivant").click()
    expect(page.locator(".errors")).to_be_visible()
    for name, (_text, said) in WRONG.items():
        question = name.partition(".")[0]
        expect(page.locator(f"#e-{question}")).to_contain_text(said)
        assert page.locator(f"[name='{name}']").get_attribute("aria-invalid") == "true", name
    # Only the wrong parts of an answer are marked.
    assert page.locator("[name='compte.holder']").get_attribute("aria-invalid") is None
    page.locator(".errors a[href='#f-compte']").click()
    expect(page.locator("[name='compte.iban']")).to_be_focused()
    shade = "sombre" if dark else "clair"
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"types-erreurs-{width}-{shade}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("[name='compte.iban']").fill("FR7630006000011234567890189")
    saved(page, lambda: page.locator("[name='compte.holder']").focus())
    expect(page.locator("[name='compte.iban']")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='compte.bic']")).to_have_attribute("aria-invalid", "true")


def waits_for_nobody(page: Page, counter: Demonstration) -> None:
    """What is typed and chosen before the scripts arrive is searched and sent when they do."""
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    scripts = re.compile(r"/js/(lookup|files)[.\w]*\.js")
    page.route(scripts, hold)
    page.reload(wait_until="commit")
    page.locator("[name=commune]").press_sequentially("st malo")
    page.set_input_files("input[name=piece]", counter.file("devis.png"))
    page.locator("[name=commune]").focus()
    expect(page.locator("#o-commune [role=option]")).to_have_count(0)
    while late:
        late.pop().continue_()
    expect(page.locator("#o-commune [role=option]").first).to_have_text("Saint-Malo (35)")
    expect(page.locator("#files-piece")).to_contain_text("devis.png")
    page.unroute(scripts, hold)
    page.reload()


def test_a_list_is_searched_with_the_keyboard_alone(browser: People, counter: Demonstration) -> None:
    page = browser.person(width=375)
    counter.sign_in(page, "lavoir")
    begin(page)
    waits_for_nobody(page, counter)
    for name, typed, label in (
        ("commune", "st malo", "Saint-Malo (35)"),
        ("metier", "metier n 15", "Métier n° 15"),
    ):
        box = page.locator(f"[name={name}]")
        box.focus()
        # What was typed before may have been kept when the page was left: it is typed over.
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        options = page.locator(f"#o-{name} [role=option]")
        expect(options.first).to_have_text(label)
        expect(box).to_have_attribute("aria-expanded", "true")
        look(page, f"types-liste-{name}")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        saved(page, lambda: page.keyboard.press("Enter"))
        expect(box).to_have_value(label)
        expect(page.locator(f"#e-{name}")).to_be_empty()


def test_a_line_is_added_once_though_the_page_saves_before_it_leaves(
    browser: People, counter: Demonstration
) -> None:
    """What was just typed still leaves by itself; and the button is pressed twice."""
    page = browser.person()
    counter.sign_in(page, "lavoir")
    begin(page)
    leaving: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.is_navigation_request() and route.request.method == "POST":
            leaving.append(route)
        else:
            route.continue_()

    page.route("**/formulaire/**", hold)
    page.locator("[name=texte]").fill("Toiture")
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        page.get_by_role("button", name=re.compile("Ajouter une dépense")).click(no_wait_after=True)
    assert len(leaving) == 1
    with page.expect_navigation():
        leaving[0].continue_()
    page.unroute("**/formulaire/**", hold)
    expect(page.locator("[name='lignes#']")).to_have_count(1)
    page.get_by_role("button", name=re.compile("Ajouter une dépense")).dblclick()
    expect(page.locator("[name='lignes#']")).to_have_count(2)
    page.reload()
    expect(page.locator("[name='lignes#']")).to_have_count(2)


def test_everything_can_be_answered_without_a_script(browser: People, counter: Demonstration) -> None:
    page = browser.person(javascript=False)
    counter.sign_in(page, "lavoir")
    begin(page)
    page.locator("[name=commune]").fill("saint malo")
    page.get_by_role("button", name="Chercher Commune du projet").click()
    expect(page.locator("#e-commune")).to_be_empty()
    expect(page.locator("[name=commune]")).to_have_value("Saint-Malo (35)")
    page.locator("[name=commune]").fill("saint denis")
    page.get_by_role("button", name="Chercher Commune du projet").click()
    page.get_by_label("Saint-Denis (93)").check()
    page.get_by_role("button", name=re.compile("Ajouter une dépense")).click()
    expect(page.locator("[name=commune]")).to_have_value("Saint-Denis (93)")
    fill(page, counter, add_row=lambda: None)
    for path, name in FILES.items():
        page.set_input_files(f"input[name='{path}']", counter.file(name))
    page.get_by_role("button", name="Suivant").click()
    expect(page).to_have_url(re.compile("/recapitulatif/"))
    holds_all(text_of(page))
