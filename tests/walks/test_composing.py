"""Composing a démarche by mouse and keyboard, never touching JSON; another by keyboard alone."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect
from pypdf import PdfReader

from tests.browser import PATIENCE, People, accessibility_problems
from tests.walks.demonstration import Demonstration, look

QUESTIONS = """Nom de l’association
Numéro SIRET
E-mail
Téléphone
Forme : Association / Fondation / Syndicat
Site web (facultatif)
Le projet :
Titre du projet
Description du projet
Date de début
Date de fin
Avez-vous un partenaire ?
Nombre de bénéficiaires
Montant demandé
Le budget :
Budget total
IBAN
RIB
Statuts signés
Fin de la demande :
Commentaire (facultatif)
Je certifie l’exactitude de ces réponses
"""


@pytest.fixture
def administrator(browser: People, demonstration: Demonstration) -> Iterator[Page]:
    """The administrator at their browser."""
    page = browser.person(width=1440)
    demonstration.sign_in(page, "camille.berger")
    yield page


def begin(page: Page, title: str) -> None:
    """Begin a démarche from nothing but its title."""
    page.goto("/administration/nouvelle-demarche/")
    page.get_by_label("Titre", exact=True).fill(title)
    page.get_by_role("button", name="Créer la démarche").click()
    page.wait_for_url("**/composer/")
    expect(page.locator("[data-ready]")).to_be_attached()


def row(page: Page, title: str) -> "Page":
    return page.get_by_role("treeitem", name=re.compile(f"^{re.escape(title)},")).first  # type: ignore[return-value]


def saved(page: Page, said: str) -> None:
    """An act was kept, and said."""
    expect(page.locator("[data-say]")).to_contain_text(said)
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")


@contextmanager
def holding(page: Page, url: str, *, everything: bool = False) -> Iterator[Callable[[], None]]:
    """Within the block the answers to what is posted there wait, until they are released.

    What arrives afterwards goes its way. `everything` holds what is not posted as well.
    """
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released or not (everything or route.request.method == "POST"):
            route.continue_()
        else:
            held.append(route)

    def release() -> None:
        patience = time.monotonic() + PATIENCE / 1000
        while not held:
            assert time.monotonic() < patience, f"nothing was asked for at {url}"
            page.wait_for_timeout(10)
        released.append(True)
        for route in held:
            # What the page itself gave up waits no longer.
            with suppress(Error):
                route.continue_()

    page.route(url, hold)
    yield release
    page.unroute(url, hold)


def test_a_demarche_is_composed_by_mouse_published_and_filed(
    administrator: Page, browser: People, demonstration: Demonstration
) -> None:
    page = administrator
    begin(page, "Aide aux projets associatifs")

    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Coller une liste de questions").click()
    dialog = page.get_by_role("dialog", name="Coller une liste de questions")
    dialog.get_by_role("textbox").fill(QUESTIONS)
    expect(dialog.get_by_text("19 questions prêtes")).to_be_visible()
    assert accessibility_problems(page) == []
    dialog.get_by_role("button", name="Ajouter").click()
    saved(page, "19 questions ajoutées")

    # A condition: the nearest earlier yes or no is proposed.
    row(page, "Avez-vous un partenaire ?").click()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("combobox", name="Intitulé ou type").fill("Nom du partenaire")
    page.get_by_role("option", name="Créer « Nom du partenaire »").click()
    saved(page, "« Nom du partenaire » ajoutée")
    page.get_by_role("link", name="Condition").click()
    rule = page.get_by_role("dialog", name="Afficher « Nom du partenaire » si…")
    phrase = rule.locator("[data-phrase]")
    expect(phrase).to_contain_text("la réponse à « Avez-vous un partenaire ? » est « Oui »")
    assert accessibility_problems(page) == []
    rule.get_by_role("button", name="Appliquer la règle").click()
    expect(row(page, "Nom du partenaire")).to_have_accessible_name(re.compile("1 règle"))

    # With no answer it is hidden: a line says so, and shows it all the same.
    answers = page.get_by_label("Réponses", exact=True)
    answers.select_option(label="Aucune réponse")
    preview = page.frame_locator("iframe")
    hidden = preview.locator("[data-builder-ghost='q/nom_du_partenaire']")
    expect(hidden).to_contain_text("masquée avec ces réponses")
    hidden.get_by_role("button", name="Voir quand même").click()
    expect(preview.locator("[name=nom_du_partenaire]")).to_be_visible()
    answers.select_option(label="Exemples")

    # A table: a repeated group with two columns.
    row(page, "Titre du projet").click()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("combobox", name="Intitulé ou type").fill("bloc répétable")
    page.get_by_role("option", name=re.compile("^Bloc répétable")).first.click()
    expect(page.locator("#q-title")).to_be_focused()
    page.keyboard.type("Dépenses")
    page.keyboard.press("Tab")
    expect(row(page, "Dépenses")).to_be_visible()
    row(page, "Dépenses").click()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("combobox", name="Intitulé ou type").fill("Montant de la dépense")
    page.get_by_role("option", name="Créer « Montant de la dépense »").click()
    saved(page, "« Montant de la dépense » ajoutée")

    # Its total, by a formula whose names are completed.
    row(page, "Budget total").click()
    expect(page.locator("[data-panel-title]")).to_have_text("Budget total")
    page.get_by_role("link", name="Formule", exact=True).click()
    formula = page.get_by_role("dialog", name="Calculer « Budget total »")
    formula.get_by_label("Formule").press_sequentially("somme(dépen")
    formula.get_by_role("option", name=re.compile("Dépenses")).click()
    formula.get_by_label("Formule").press_sequentially(".montant_de_la_depense)")
    expect(formula.get_by_text("Résultat :")).to_be_visible()
    formula.get_by_role("button", name="Appliquer la formule").click()
    saved(page, "calcul de « Budget total »")

    # The two-step review, by its model.
    page.get_by_role("link", name="Processus").click()
    page.get_by_label("Modèle").select_option(label="ARS, puis ANS (deux niveaux)")
    page.get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("heading", name="Vérification ARS")).to_be_visible()
    look(page, "composer-processus")
    page.get_by_role("link", name="Formulaire", exact=True).click()
    expect(page.locator("[data-ready]")).to_be_attached()
    expect(page.locator("[data-view='']")).to_contain_text("24")
    look(page, "composer")

    page.get_by_role("link", name="Publier…").click()
    page.get_by_label("Ce qui change").fill("Première version")
    page.get_by_role("button", name="Publier la version 1").click()
    page.wait_for_url("**/aide-aux-projets-associatifs/")

    person = browser.person()
    demonstration.sign_in(person, "jeanne.morel")
    person.goto("/demarches/aide-aux-projets-associatifs/")
    person.get_by_role("link", name=re.compile("Commencer")).first.click()
    person.get_by_role("button", name=re.compile("Commencer")).first.click()
    file_it(person, demonstration)


ANSWERS = {
    "nom": "Morel",
    "nom_de_l_association": "Les Amis du lavoir",
    "numero_siret": "13002526500013",
    "e_mail": "amis@exemple.fr",
    "telephone": "0465712014",
    "titre_du_projet": "Un lavoir pour tous",
    "description_du_projet": "Rouvrir le lavoir au public.",
    "date_de_debut": "01/03/2027",
    "date_de_fin": "30/06/2027",
    "nombre_de_beneficiaires": "120",
    "montant_demande": "1 500",
    "iban": "FR7630006000011234567890189",
}


def file_it(person: Page, demonstration: Demonstration) -> None:
    """Answer everything that the composed démarche asks, and transmit: its rules work meanwhile."""
    for name, text in ANSWERS.items():
        person.locator(f"[name={name}]").fill(text)
    person.get_by_label("Association", exact=True).check()
    expect(person.get_by_label("Nom du partenaire")).to_have_count(0)
    person.locator("[name=avez_vous_un_partenaire][value=true]").check()
    person.get_by_label("Nom du partenaire").fill("Mairie de Rennes")
    for cost in ("400", "600"):
        person.get_by_role("button", name=re.compile("^Ajouter une ligne")).click()
        row = person.locator("[name^='depenses.'][name$='.montant_de_la_depense']")
        expect(row).to_have_count(1 if cost == "400" else 2)
        person.locator("[name^='depenses.'][name$='.intitule']").last.fill("Travaux")
        row.last.fill(cost)
    expect(person.locator("#f-budget_total")).to_contain_text(re.compile("1.000,00"))
    for name in ("rib", "statuts_signes"):
        person.locator(f"input[type=file][name={name}]").set_input_files(demonstration.file(f"{name}.png"))
        expect(person.locator(f"#files-{name}")).to_contain_text(f"{name}.png")
    person.get_by_label(re.compile("Je certifie")).check()
    person.get_by_role("button", name="Suivant").click()
    expect(person).to_have_url(re.compile("recapitulatif"))
    expect(person.get_by_role("main")).to_contain_text("Mairie de Rennes")
    person.get_by_role("button", name=re.compile("^Transmettre")).click()
    expect(person).to_have_url(re.compile("transmis"))
    reference = person.url.split("/mes-dossiers/")[1].split("/")[0]
    (receipt,) = demonstration.site.wait_for_mail("jeanne.morel@demonstration.example", reference)
    pdf = PdfReader(BytesIO(next(receipt.iter_attachments()).get_payload(decode=True)))  # type: ignore[arg-type]
    said = "".join(page.extract_text() for page in pdf.pages)
    assert "Les Amis du lavoir" in said
    assert re.search("1.000,00", said)


def head(page: Page, title: str) -> Locator:
    """The head of a column of the grid."""
    return page.get_by_role(
        "gridcell", name=re.compile(rf"^[A-Z]+\d+, {re.escape(title)}, .*intitulé de colonne")
    )


PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""


def by_keyboard(page: Page) -> None:
    """Walk the grid, rename, move, add, paste and remove columns with keys alone; undo it."""
    keys = page.keyboard
    head(page, "Intitulé").click()
    keys.press("ArrowRight")
    expect(head(page, "Prix")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/c/budget-du-lavoir\.lignes\.prix/#B3"))
    expect(page.locator("[data-panel-title]")).to_have_text("Prix")
    keys.type("Prix HT")
    keys.press("Enter")
    saved(page, "intitulé de « Prix HT »")
    expect(head(page, "Prix HT")).to_be_focused()
    keys.press("Alt+ArrowLeft")
    saved(page, "« Prix HT » déplacée")
    expect(page.get_by_role("gridcell", name=re.compile("^A3, Prix HT,"))).to_be_focused()
    keys.press("Control++")
    keys.type("Date de paiement")
    keys.press("Enter")
    expect(page.get_by_role("gridcell", name=re.compile("^B3, Date de paiement, date,"))).to_be_focused()
    page.evaluate(PASTE, "Fournisseur\tTaux\nKervella\t20 %")
    dialog = page.get_by_role("dialog", name="Coller des colonnes")
    expect(dialog.get_by_role("button", name="Ajouter")).to_be_focused()
    expect(dialog.get_by_label("Taux")).to_have_value("percentage")
    assert accessibility_problems(page) == []
    keys.press("Enter")
    expect(head(page, "Taux")).to_be_focused()
    keys.press("Control+z")
    saved(page, "Annulé : 2 colonnes ajoutées")
    expect(head(page, "Taux")).to_have_count(0)
    expect(head(page, "Date de paiement")).to_be_focused()
    keys.press("Control+-")
    saved(page, "« Date de paiement » supprimée")
    keys.press("Control+End")
    expect(page.get_by_role("gridcell", name=re.compile("^C204, Total Prix TTC, calculée"))).to_be_focused()
    look(page, "composer-classeur")


def test_a_workbook_is_composed_its_file_tried_and_a_check_written(
    administrator: Page, demonstration: Demonstration
) -> None:
    page = administrator
    begin(page, "Aide aux lavoirs")
    page.locator(".composer__tabs").get_by_role("link", name="Documents").click()
    page.get_by_label("Nouveau classeur").fill("Budget du lavoir")
    page.get_by_role("button", name="Ajouter", exact=True).first.click()
    expect(page.locator("#q-title")).to_have_value("Budget du lavoir")
    page.get_by_role("gridcell", name=re.compile("^A1,")).click()
    expect(page.locator("[data-panel-title]")).to_have_text("Feuille 1")
    for title in ("Prix", "Prix TTC"):
        page.get_by_label("Nouvelle colonne ou ligne").fill(title)
        page.locator("#type-cellule").select_option(label="Montant en euros")
        page.get_by_role("button", name="Ajouter la colonne").click()
        expect(head(page, title)).to_be_focused()
    page.get_by_label("Somme en bas de colonne").check()
    saved(page, "de « Prix TTC »")
    page.get_by_role("link", name="Formule", exact=True).click()
    formula = page.get_by_role("dialog", name="Calculer « Prix TTC »")
    formula.get_by_label("Formule").fill("prix * 2")
    expect(formula.get_by_text("Résultat :")).to_be_visible()
    formula.get_by_role("button", name="Appliquer la formule").click()
    expect(page.get_by_role("gridcell", name=re.compile("^C4, Prix TTC, calculée, 2.469,12"))).to_be_visible()
    by_keyboard(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Fichier réel (.xlsx)").click()
    path = demonstration.files / "budget.xlsx"
    download.value.save_as(path)
    page.get_by_text("Essayer un fichier rempli").click()
    page.get_by_label("Classeur rempli").set_input_files(path)
    page.get_by_role("button", name="Essayer", exact=True).click()
    expect(page.get_by_role("heading", name="Ce classeur serait accepté")).to_be_visible()
    look(page, "composer-documents")

    page.get_by_role("link", name="Processus").click()
    page.get_by_label(re.compile("^Nouveau contrôle")).fill("Écrivez votre nom en entier.")
    page.get_by_label(re.compile("^Nouveau contrôle")).press("Enter")
    page.wait_for_url("**/k/**")
    expect(page.locator("[data-ready]")).to_be_attached()
    page.get_by_role("link", name="Condition").click()
    rule = page.get_by_role("dialog", name=re.compile("^Ce qui doit être vrai"))
    rule.get_by_role("button", name="En formule").click()
    rule.get_by_label("Formule").fill('nom ≠ "X"')
    rule.get_by_role("button", name="Appliquer la règle").click()
    expect(page.get_by_role("main")).to_contain_text("Dit à « Nom »")
    expect(page.get_by_role("main")).not_to_contain_text("écrivez sa règle")
    look(page, "composer-controles")


def test_what_is_typed_while_the_server_answers_is_kept(administrator: Page) -> None:
    page = administrator
    begin(page, "Aide aux passerelles")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Coller une liste de questions").click()
    dialog = page.get_by_role("dialog", name="Coller une liste de questions")
    dialog.get_by_role("textbox").fill("Longueur du pont\nLargeur du pont\nSurface du pont")
    dialog.get_by_role("button", name="Ajouter").click()
    saved(page, "3 questions ajoutées")
    title = page.locator("#q-title")

    # Another question is chosen before a property left: it left, and the choice stays.
    row(page, "Longueur du pont").click()
    expect(title).to_have_value("Longueur du pont")
    title.press("End")
    title.press_sequentially(" neuf")
    row(page, "Largeur du pont").click()
    saved(page, "intitulé")
    expect(row(page, "Longueur du pont neuf")).to_be_visible()
    expect(title).to_have_value("Largeur du pont")
    expect(row(page, "Largeur du pont")).to_have_attribute("aria-selected", "true")

    # The panel is drawn again while somebody types in it.
    with holding(page, "**/composer/acte/") as release:
        page.locator("[data-panel]").get_by_role("button", name="Descendre").click()
        title.press("End")
        title.press_sequentially(" ancien")
        release()
    expect(row(page, "Largeur du pont ancien")).to_be_visible()
    expect(title).to_have_value("Largeur du pont ancien")

    # So is a formula, and the rule of a question that takes another identity meanwhile opens.
    title.press_sequentially(" !")
    page.get_by_role("link", name="Condition").click()
    rule = page.get_by_role("dialog")
    rule.get_by_role("button", name=re.compile("formule")).click()
    formula = rule.get_by_label("Formule")
    formula.fill("longueur_du")
    expect(rule.get_by_role("alert")).to_contain_text("longueur_du")
    with holding(page, "**/regle/") as release:
        with page.expect_request("**/regle/"):
            formula.press_sequentially("_pont")
        formula.press_sequentially("_neuf")
        release()
    expect(rule.get_by_role("alert")).to_contain_text("longueur_du_pont_neuf")
    expect(formula).to_have_value("longueur_du_pont_neuf")


COLLEAGUE = """
from tenants.accounts.models import User
from tenants.portals.current import across_portals, portal_context
from tenants.portals.models import Portal
from tenants.portals.services import appoint_staff
with across_portals("walk"):
    portal = Portal.objects.get(slug="vallee-claire")
with portal_context(portal.pk):
    lucie = User.objects.create_user("lucie.martin", "lucie@exemple.fr", "mot-de-passe-de-lucie")
    User.objects.filter(pk=lucie.pk).update(first_name="Lucie", last_name="Martin")
    appoint_staff(portal=portal, user=lucie, role="administrator")
"""


def test_two_administrators_see_one_another_and_what_waits_is_not_lost(
    administrator: Page, browser: People, demonstration: Demonstration
) -> None:
    demonstration.site.manage("shell", "-c", COLLEAGUE)
    demonstration.passwords["lucie.martin"] = "mot-de-passe-de-lucie"
    lucie = browser.person()
    demonstration.sign_in(lucie, "lucie.martin")
    begin(lucie, "Aide aux fontaines")
    lucie.get_by_role("button", name="Ajouter", exact=True).click()
    lucie.get_by_role("combobox", name="Intitulé ou type").fill("Débit de la fontaine")
    lucie.get_by_role("option", name="Créer « Débit de la fontaine »").click()
    saved(lucie, "« Débit de la fontaine » ajoutée")

    page = administrator
    page.goto(lucie.url)
    expect(page.locator("[data-faces]")).to_contain_text("Lucie Martin, sur « Débit de la fontaine »")
    expect(row(page, "Débit de la fontaine")).to_have_accessible_name(re.compile("choisie par Lucie Martin"))
    assert accessibility_problems(page) == []

    # What was added since the page was told of its outline is drawn with the answer to the next act.
    third = page.context.new_page()
    third.goto(page.url)
    expect(third.locator("[data-ready]")).to_be_attached()
    third.route("**/composer/presence/", lambda route: route.abort())
    row(lucie, "Débit de la fontaine").click()
    lucie.keyboard.press("Control+d")
    saved(lucie, "copie")
    row(third, "Nom").click()
    expect(third.locator("#q-title")).to_have_value("Nom")
    third.locator("#q-title").fill("Nom du lieu")
    expect(row(third, "Nom du lieu")).to_be_visible()
    expect(third.get_by_role("treeitem", name=re.compile("^Débit de la fontaine"))).to_have_count(2)
    third.close()
    lucie.keyboard.press("Control+z")
    saved(lucie, "Annulé")

    # What one deletes while the other has it open says so there, and comes back.
    row(lucie, "Débit de la fontaine").focus()
    lucie.keyboard.press("Delete")
    saved(lucie, "supprimée")
    gone = page.locator("[data-gone]")
    expect(gone).to_contain_text("Supprimée par Lucie Martin à")
    page.get_by_role("button", name="La rétablir").click()
    expect(gone).to_have_count(0)
    saved(page, "rétablissement")

    # What one renames while the other writes in it goes on under its new identity.
    lucie.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    row(lucie, "Débit de la fontaine").click()
    expect(lucie.locator("#q-title")).to_have_value("Débit de la fontaine")
    with holding(page, "**/composer/acte/") as release:
        page.locator("#q-help").fill("En litres par minute")
        lucie.locator("#q-title").fill("Débit")
        saved(lucie, "intitulé de « Débit »")
        release()
    saved(page, "aide de « Débit »")
    expect(page).to_have_url(re.compile("/q/debit/"))
    expect(page.locator("#q-title")).to_have_value("Débit")
    expect(page.locator("#q-help")).to_have_value("En litres par minute")
    expect(gone).to_have_count(0)

    # The same property: the second sees both, and what they choose is known to their panel.
    with holding(page, "**/composer/acte/") as release:
        page.locator("#q-title").fill("Débit mesuré")
        lucie.locator("#q-title").fill("Débit annoncé")
        saved(lucie, "intitulé de « Débit annoncé »")
        release()
    clash = page.get_by_role("dialog", name=re.compile("choisissez laquelle garder"))
    expect(clash).to_contain_text("Débit annoncé")
    clash.get_by_role("button", name="Garder la mienne").click()
    saved(page, "intitulé de « Débit mesuré »")
    expect(page.locator("#q-title")).to_have_value("Débit mesuré")
    page.locator("#q-title").fill("Débit de la fontaine")
    saved(page, "intitulé de « Débit de la fontaine »")
    expect(row(page, "Débit de la fontaine")).to_be_visible()

    # Without a network, then signed out: acts wait in the page and leave in their order.
    page.context.set_offline(True)
    row(page, "Débit de la fontaine").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-saved]")).to_have_text("Hors ligne : 1 acte en attente")
    page.context.set_offline(False)
    saved(page, "« Débit de la fontaine » déplacée")
    page.context.clear_cookies()
    page.keyboard.press("Alt+ArrowDown")
    session = page.get_by_role("dialog", name="Vous n’êtes plus connecté")
    expect(session).to_be_visible()
    again = page.context.new_page()
    demonstration.sign_in(again, "camille.berger")
    again.close()
    expect(session).to_be_hidden()
    saved(page, "« Débit de la fontaine » déplacée")


def test_a_demarche_is_composed_by_keyboard_alone(administrator: Page) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Prêt de matériel")
    for _ in range(40):
        keys.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "treeitem":
            break
    keys.press("End")
    keys.press("Control+Enter")
    keys.type("Matériel souhaité")
    keys.press("Control+Enter")
    saved(page, "« Matériel souhaité » ajoutée")
    keys.type("Date de retrait")
    keys.press("Enter")
    saved(page, "« Date de retrait » ajoutée")
    assert page.evaluate("document.activeElement.dataset.id") == "q/date_de_retrait"
    expect(page.get_by_role("treeitem").last).to_have_accessible_name(re.compile("^Date de retrait"))

    keys.press("Alt+ArrowUp")
    saved(page, "« Date de retrait » déplacée")
    keys.press("F2")
    keys.type("Jour du retrait")
    keys.press("Enter")
    saved(page, "intitulé de « Jour du retrait »")
    expect(page).to_have_url(re.compile("/q/jour_du_retrait/"))

    keys.press("Control+d")
    saved(page, "copie de « Jour du retrait »")
    keys.press("Delete")
    saved(page, "supprimée")
    keys.press("Control+z")
    saved(page, "Annulé")
    keys.press("Control+Shift+Z")
    saved(page, "Rétabli")

    row(page, "Jour du retrait").focus()
    keys.press("Shift+ArrowDown")
    expect(page.locator("[data-say]")).to_have_text("2 questions sélectionnées")
    keys.press("Alt+ArrowUp")
    saved(page, "2 questions déplacées")
    keys.press("Control+z")
    saved(page, "Annulé : 2 questions déplacées")
    keys.press("Escape")

    row(page, "Matériel souhaité").focus()
    keys.press("Alt+Enter")
    keys.type("choix multiple")
    keys.press("Enter")
    saved(page, "type de « Matériel souhaité »")
    keys.press("Enter")
    expect(page.locator("#q-title")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Control+a")
    keys.type("Tente\nVidéoprojecteur")
    keys.press("Tab")
    saved(page, "réponses possibles")
    expect(page.frame_locator("iframe").get_by_text("Vidéoprojecteur")).to_be_visible()
    keys.press("Escape")
    keys.press("Control+k")
    keys.type("nom")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/q/nom/"))
    assert accessibility_problems(page) == []


def test_on_a_phone_one_pane_shows_at_a_time(browser: People, demonstration: Demonstration) -> None:
    page = browser.person(width=375)
    demonstration.sign_in(page, "camille.berger")
    page.goto("/administration/demarches/care-domaine-2/composer/q/iban/")
    expect(page.locator("[data-ready]")).to_be_attached()
    page.get_by_role("button", name="Propriétés").click()
    expect(page.get_by_role("heading", name="IBAN")).to_be_visible()
    look(page, "composer-phone")
    page.get_by_role("button", name="Aperçu").click()
    expect(page.locator("iframe")).to_be_visible()


def test_in_the_dark_nothing_is_hard_to_read(browser: People, demonstration: Demonstration) -> None:
    page = browser.person(width=1280, dark=True)
    demonstration.sign_in(page, "camille.berger")
    for part in (
        "",
        "q/nom_groupe/",
        "processus/",
        "documents/",
        "justificatifs/",
        "textes/",
        "ouverture/",
        "q/nom_groupe/regle/",
    ):
        page.goto(f"/administration/demarches/care-domaine-2/composer/{part}")
        look(page, f"composer-dark-{part.replace('/', '-')}")


def test_each_row_is_checked_and_what_has_no_row_is_found_by_name(administrator: Page) -> None:
    page = administrator
    begin(page, "Contrôles des lignes")

    # At the edge a move is said, and the hand stays where it is.
    row(page, "Nom").click()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-say]")).to_have_text("Cette question est déjà au bord du formulaire.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(row(page, "Nom")).to_be_focused()

    page.keyboard.press("Control+Enter")
    page.get_by_role("combobox", name="Intitulé ou type").fill("bloc répétable")
    page.get_by_role("option", name=re.compile("^Bloc répétable")).first.click()
    saved(page, "« Bloc répétable » ajoutée")
    for title in ("Date de début", "Date de fin"):
        row(page, "Bloc répétable").click()
        page.keyboard.press("Control+Enter")
        page.get_by_role("combobox", name="Intitulé ou type").fill(title)
        page.get_by_role("option", name=f"Créer « {title} »").click()
        saved(page, f"« {title} » ajoutée")

    # The check of each row: its sentence, then its rule, one answer compared with another.
    row(page, "Bloc répétable").click()
    page.get_by_label("Ce qui est dit à la ligne où il n’est pas vrai").fill("La fin suit le début.")
    page.get_by_role("button", name="Ajouter le contrôle").click()
    page.wait_for_url("**/g/bloc_repetable.controle/")
    page.get_by_role("link", name="Condition").click()
    rule = page.get_by_role("dialog", name="Ce qui doit être vrai, sinon : La fin suit le début.")
    rule.get_by_label("Question", exact=True).select_option(label="Date de fin")
    rule.get_by_label("Comparaison").select_option(label="est à partir du")
    rule.get_by_label("Comparée à").select_option(label="Date de début")
    expect(rule.locator("[data-phrase]")).to_contain_text("« Date de fin » est au plus tôt « Date de début »")
    assert accessibility_problems(page) == []
    rule.get_by_role("button", name="Appliquer la règle").click()
    # The screen comes back with the rule on its card, told at the last question that it reads.
    card = page.locator(".card").filter(has_text="est au plus tôt")
    expect(card).to_contain_text(re.compile("dit à .*Date de fin"))
    look(page, "composer-controle-de-ligne")

    # What no outline shows is found from any screen.
    for typed, where in (
        ("instructeur", "**/r/instructeur/"),
        ("premier dépôt", "**/ouverture/#q-first_deposit_by"),
    ):
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Chercher").fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(where)
        expect(page.locator("[data-ready]")).to_be_attached()
    expect(page.get_by_label("Premier dépôt avant")).to_be_focused()

    # Types of organisation are ticked by their names; undone, one is still on this screen.
    page.get_by_label("Entité juridique privée").check()
    saved(page, "types d’organisme admis de « Contrôles des lignes »")
    look(page, "composer-acces")
    new_rule = page.get_by_label(re.compile("^Nouvelle règle"))
    new_rule.fill("Réservé aux entités")
    page.get_by_label("Entité juridique privée").focus()
    with page.expect_response("**/composer/ouverture/"):
        page.keyboard.press("Control+z")
    saved(page, "Annulé")
    expect(page.get_by_label("Entité juridique privée")).not_to_be_checked()

    # What was begun beside is still there. A condition on the type offers the same names, and is said so.
    expect(new_rule).to_have_value("Réservé aux entités")
    new_rule.fill("Réservé aux entités juridiques.")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.wait_for_url("**/x/*/")
    page.get_by_role("link", name="Condition").click()
    rule = page.get_by_role("dialog", name="Admettre si…")
    rule.get_by_label("Question", exact=True).select_option(label="Organisme › Type")
    rule.locator("select[name='v.0']").select_option(label="Entité juridique privée")
    expect(rule.locator("[data-phrase]")).to_contain_text("est « Entité juridique privée »")
    rule.get_by_label("Organisme › Type").select_option(label="Entité juridique privée")
    expect(rule.get_by_text("Avec ces réponses, la règle est vraie.")).to_be_visible()
    look(page, "composer-regle-sur-le-type")

    # Who reviews is missing: the process says it, with where to name a team.
    page.goto(re.sub("/composer/.*", "/composer/processus/", page.url))
    expect(page.get_by_role("note")).to_contain_text("Personne ne tient encore le rôle « Instructeur »")
    assert accessibility_problems(page) == []
    page.get_by_role("link", name="Nommer une équipe").click()
    page.wait_for_url("**/equipes/")
