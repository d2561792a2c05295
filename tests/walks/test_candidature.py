"""A référent files a candidature, the region's verifier asks for changes, then accepts it."""

import re
from datetime import date, timedelta
from io import BytesIO

from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from tests.browser import People
from tests.walks.demonstration import Demonstration, fill_candidature, look
from tests.walks.test_composing import holding

CARE = "/demarches/care-domaine-2/"
OLD_HELP = "Plan de reprise daté et signé, compte rendu du dernier exercice."
NEW_HELP = "Plan de reprise daté et signé, et compte rendu de l’exercice de l’année."


def begin(page: Page, establishment: str) -> str:
    """Choose the démarche and the organisation; gives the reference."""
    page.goto(CARE)
    page.get_by_role("link", name=re.compile("Commencer")).first.click()
    page.get_by_label(re.compile(establishment)).check()
    page.get_by_role("button", name="Commencer").click()
    expect(page).to_have_url(re.compile("/formulaire/formulaire/"))
    found = re.search(r"/mes-dossiers/(\w{7})/", page.url)
    assert found
    return found[1]


def compose_and_publish(camille: Page, demonstration: Demonstration) -> None:
    """The administrator breaks the definition, is told where, mends it, looks at it and publishes it."""
    demonstration.sign_in(camille, "camille.berger")
    camille.goto("/administration/")
    camille.get_by_role("link", name="Démarches", exact=True).click()
    look(camille, "admin-liste")
    camille.get_by_role("link", name=re.compile("Stratégie de continuité")).click()
    expect(camille.locator("[data-ready]")).to_be_attached()
    look(camille, "admin-composer")
    camille.get_by_role("link", name="Présentation", exact=True).click()
    expect(camille.get_by_role("main")).to_contain_text("FINESS")
    look(camille, "admin-demarche")
    camille.get_by_role("link", name="Expert", exact=True).click()
    # What CodeMirror stands over: it writes there, and follows it.
    text = camille.locator("#id_text")
    written = text.input_value()
    text.fill(written.replace('"type": "iban"', '"type": "ibann"'))
    expect(camille.locator("[data-problems-list]")).to_contain_text("Le type « ibann » n’existe pas")
    camille.get_by_role("button", name="Enregistrer").click()
    look(camille, "admin-definition")
    camille.goto("/administration/demarches/care-domaine-2/publication/")
    expect(camille.get_by_role("main")).to_contain_text("Ce brouillon ne peut pas être publié")
    camille.goto("/administration/demarches/care-domaine-2/definition/")
    text.fill(written.replace(OLD_HELP, NEW_HELP))
    expect(camille.get_by_role("main")).to_contain_text("La définition est valable")
    camille.get_by_role("button", name="Enregistrer").click()
    camille.get_by_role("link", name="Aperçu", exact=True).click()
    expect(camille.frame_locator("iframe").locator("main")).to_contain_text(NEW_HELP)
    look(camille, "admin-apercu")
    camille.get_by_role("link", name="Publication", exact=True).click()
    expect(camille.get_by_role("main")).to_contain_text("1 changement")
    camille.get_by_label(re.compile("Ce qui change|Note")).last.fill("Une aide plus claire")
    look(camille, "admin-publication")
    camille.get_by_role("button", name="Publier la version 2").click()
    expect(camille.get_by_role("main")).to_contain_text("version 2")


def arrange_the_une(louis: Page, demonstration: Demonstration) -> None:
    """The editor takes the démarche off the Une, is offered it again, and puts it first."""
    demonstration.sign_in(louis, "louis.arnaud")
    louis.goto("/administration/a-la-une/")
    louis.get_by_role("button", name=re.compile("Retirer Stratégie")).click()
    louis.get_by_role("button", name=re.compile("Mettre à la Une Stratégie")).click()
    for _ in range(2):
        louis.goto("/administration/a-la-une/")
        louis.get_by_role("button", name=re.compile("Monter Stratégie")).click()
    louis.goto("/administration/a-la-une/")
    expect(louis.locator("tbody tr").first).to_contain_text("Stratégie de continuité")
    look(louis, "admin-a-la-une")


def test_the_whole_way_of_a_candidature(browser: People, demonstration: Demonstration) -> None:
    compose_and_publish(browser.person(), demonstration)
    arrange_the_une(browser.person(), demonstration)

    claire = browser.person()
    claire.goto("/")
    expect(claire.locator("main")).to_contain_text("Démarches à la Une")
    look(claire, "accueil")
    claire.goto("/demarches/?q=continuite")
    look(claire, "liste")
    claire.goto(CARE)
    expect(claire.locator("main")).to_contain_text(NEW_HELP)
    look(claire, "demarche")
    demonstration.sign_in(claire, "claire.fontaine")
    look(claire, "tableau-de-bord-vide")
    reference = begin(claire, "Clinique des Trois-Rivières")
    expect(claire.locator("#progress")).to_contain_text("0/29")
    look(claire, "formulaire-vide")

    claire.get_by_role("button", name="Suivant").click()
    expect(claire.get_by_role("alert")).to_contain_text("29 réponses")
    look(claire, "formulaire-erreurs")

    fill_candidature(claire)
    claire.locator("[name=dans_un_groupe][value=true]").check()
    expect(claire.locator("[name=nom_groupe]")).to_be_visible()
    claire.locator("[name=dans_un_groupe][value=false]").check()
    expect(claire.locator("[name=nom_groupe]")).to_have_count(0)
    expect(claire.locator("#progress")).to_contain_text("27/29")

    text = demonstration.files / "notes.pdf"
    text.write_text("pas un PDF")
    claire.locator("input[type=file][name=rib]").set_input_files(text)
    expect(claire.locator("#files-rib")).to_contain_text("n’est pas du bon type")
    claire.locator("input[type=file][name=rib]").set_input_files(demonstration.file("rib.png"))
    claire.locator("input[type=file][name=preuves]").set_input_files(
        [demonstration.file("plan.png"), demonstration.file("exercice.png")]
    )
    expect(claire.locator("#progress")).to_contain_text("29/29")
    expect(claire.locator("#saved")).to_contain_text("Enregistré à")
    look(claire, "formulaire-complet")
    claire.get_by_role("button", name="Suivant").click()

    expect(claire).to_have_url(re.compile("recapitulatif"))
    look(claire, "recapitulatif")
    claire.get_by_role("button", name="Transmettre votre candidature").click()
    expect(claire).to_have_url(re.compile("transmis"))
    look(claire, "transmis")

    (receipt,) = demonstration.site.wait_for_mail("claire.fontaine@demonstration.example", reference)
    pdf = next(receipt.iter_attachments())
    text_of_pdf = "".join(
        page.extract_text() for page in PdfReader(BytesIO(pdf.get_payload(decode=True))).pages
    )
    assert "exercice.png" in text_of_pdf

    ines = browser.person()
    demonstration.sign_in(ines, "ines.marchand")
    ines.goto("/instruction/?q=trois+rivieres")
    look(ines, "instruction-liste")
    # The clinic may have filed other demandes: this is the one of this reference.
    found = ines.get_by_role("row").filter(has_text=reference)
    found.get_by_role("link", name="Clinique des Trois-Rivières").click()
    expect(ines).to_have_url(re.compile(rf"/instruction/{reference}/"))
    look(ines, "instruction-dossier")
    ines.get_by_role("button", name="Prendre en charge").click()
    ines.locator("summary", has_text="Demander des modifications").click()
    form = ines.locator("form", has=ines.locator("input[name=action][value=request_changes]"))
    form.get_by_role("button", name="Demander des modifications").click()
    expect(ines.get_by_role("alert")).to_contain_text("Écrivez ce qu’il faut modifier")
    look(ines, "instruction-erreur")
    form.get_by_label(re.compile("Message")).fill("Le RIB est illisible, merci de le déposer de nouveau.")
    form.get_by_label(re.compile("Réponse attendue")).fill(
        (date.today() + timedelta(days=15)).strftime("%d/%m/%Y")
    )
    form.get_by_role("button", name="Demander des modifications").click()
    expect(ines.get_by_role("main")).to_contain_text("À corriger")

    demonstration.site.wait_for_mail("claire.fontaine@demonstration.example", reference, 2)
    claire.goto("/mes-dossiers/")
    look(claire, "tableau-de-bord")
    claire.goto(f"/mes-dossiers/{reference}/")
    look(claire, "dossier-a-corriger")
    claire.get_by_role("link", name=re.compile("Modifier et transmettre")).first.click()
    expect(claire.get_by_role("main")).to_contain_text("Le RIB est illisible")
    look(claire, "formulaire-correction")
    claire.locator("#files-rib").get_by_role("button", name=re.compile("Retirer")).click()
    claire.locator("input[type=file][name=rib]").set_input_files(demonstration.file("rib-lisible.png"))
    expect(claire.locator("#files-rib")).to_contain_text("rib-lisible.png")
    claire.get_by_role("button", name="Suivant").click()
    claire.get_by_role("button", name="Transmettre votre candidature").click()
    expect(claire).to_have_url(re.compile("transmis"))

    ines.goto(f"/instruction/{reference}/")
    expect(ines.get_by_role("main")).to_contain_text("rib-lisible.png")
    look(ines, "instruction-changements")
    ines.get_by_role("button", name="Prendre en charge").click()
    ines.locator("summary", has_text="Accepter").click()
    ines.locator("form", has=ines.locator("input[name=action][value=accept]")).get_by_role("button").click()
    expect(ines.get_by_role("main")).to_contain_text("Accepté")
    accepted = demonstration.site.wait_for_mail("claire.fontaine@demonstration.example", reference, 4)[-1]
    assert "acceptée" in str(accepted["Subject"])
    claire.goto(f"/mes-dossiers/{reference}/")
    expect(claire.get_by_role("main")).to_contain_text("Accepté")
    look(claire, "dossier-accepte")
    claire.goto(f"/depots/{reference}/1/")
    look(claire, "depot")

    paul = browser.person()
    demonstration.sign_in(paul, "paul.rivoire")
    attachment = claire.locator("a[href^='/pieces/']").first.get_attribute("href")
    for address in (
        f"/instruction/{reference}/",
        f"/mes-dossiers/{reference}/",
        f"/depots/{reference}/1/",
        f"/depots/{reference}/1/recapitulatif.pdf",
        attachment,
    ):
        answer = paul.request.get(f"{demonstration.site.url}{address}")
        assert answer.status == 404, address
    paul.goto("/instruction/")
    expect(paul.get_by_role("main")).not_to_contain_text("Trois-Rivières")


def test_a_file_still_leaving_is_kept_by_whoever_goes_on_at_once(
    browser: People, demonstration: Demonstration
) -> None:
    jeanne = browser.person()
    demonstration.sign_in(jeanne, "jeanne.morel")
    jeanne.goto("/demarches/bourse-departementale/commencer/")
    jeanne.get_by_role("button", name="Commencer").click()
    expect(jeanne).to_have_url(re.compile("/formulaire/"))
    jeanne.goto(re.sub(r"/formulaire/.*", "/formulaire/foyer/", jeanne.url))

    leaving: list[Route] = []

    def hold(route: Route) -> None:
        leaving.append(route)

    jeanne.route("**/pieces/", hold)
    jeanne.locator("input[type=file][name=avis_impot]").set_input_files(demonstration.file("avis.png"))
    jeanne.get_by_role("button", name="Enregistrer comme brouillon").last.click()
    expect(jeanne.locator("#saved")).to_contain_text("Vos fichiers finissent de partir")
    for route in leaving:
        route.continue_()
    jeanne.unroute("**/pieces/", hold)
    expect(jeanne.get_by_role("main")).to_contain_text("Votre brouillon est enregistré")
    expect(jeanne.locator("#files-avis_impot")).to_contain_text("avis.png")

    jeanne.locator("#files-avis_impot").get_by_role("button", name=re.compile("Retirer")).click()
    jeanne.locator("input[type=file][name=avis_impot]").set_input_files(
        demonstration.file("avis-lisible.png")
    )
    expect(jeanne.locator("#files-avis_impot")).to_contain_text("avis-lisible.png")
    expect(jeanne.locator("#files-avis_impot .file")).to_have_count(1)

    # What is refused stays said: neither a file that follows nor a button that waited takes it away.
    false = demonstration.files / "avis.pdf"
    false.write_text("pas un PDF")
    listed = jeanne.locator("#files-avis_impot")
    jeanne.locator("input[type=file][name=avis_impot]").set_input_files(
        [false, demonstration.file("suite.png")]
    )
    expect(listed).to_contain_text("suite.png")
    expect(listed.locator(".file--no")).to_contain_text("n’est pas du bon type")
    jeanne.route("**/pieces/", hold)
    leaving.clear()
    jeanne.locator("input[type=file][name=avis_impot]").set_input_files(false)
    jeanne.get_by_role("button", name="Enregistrer comme brouillon").last.click()
    expect(jeanne.locator("#saved")).to_contain_text("Vos fichiers finissent de partir")
    leaving[0].continue_()
    jeanne.unroute("**/pieces/", hold)
    expect(jeanne.locator("#late")).to_contain_text("Un fichier n’a pas été pris")
    expect(listed.locator(".file--no")).to_have_count(1)


def test_what_was_just_typed_is_kept_when_the_page_is_left_and_when_the_network_is(
    browser: People, demonstration: Demonstration
) -> None:
    nadia = browser.person(width=375)
    demonstration.sign_in(nadia, "nadia.benali")
    nadia.goto("/demarches/signalement-voirie/commencer/")
    nadia.get_by_label(re.compile("Nadia Benali")).check()
    nadia.get_by_role("button", name="Commencer").dblclick()
    expect(nadia).to_have_url(re.compile("/formulaire/"))
    form, place = nadia.url, nadia.locator("[name=lieu]")
    reference = form.split("/mes-dossiers/")[1].split("/")[0]
    place.fill("Rue du Lavoir")
    nadia.get_by_role("link", name="Retour au tableau de bord").click()
    expect(nadia.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    demonstration.site.wait_for_rows(
        [("Rue du Lavoir",)], "select raw->>'lieu' from runtime_dossier where reference = %s", reference
    )
    nadia.goto(form)
    expect(place).to_have_value("Rue du Lavoir")

    nadia.context.set_offline(True)
    place.fill("Rue du Lavoir, devant l’école")
    nadia.get_by_role("button", name="Suivant").click()
    expect(nadia.locator("#late")).to_be_in_viewport()
    expect(nadia.locator("#late")).to_contain_text("Pas de réseau")
    assert nadia.url == form
    nadia.context.set_offline(False)
    expect(nadia.locator("#late")).to_be_hidden()
    expect(nadia.locator("#saved")).to_contain_text("Enregistré à")
    nadia.reload()
    expect(place).to_have_value("Rue du Lavoir, devant l’école")
    # htmx itself writes in the console what could not leave.
    browser.problems[:] = [each for each in browser.problems if not each.startswith("console: htmx:")]


def test_what_is_typed_while_another_window_is_told_of_is_kept(
    browser: People, demonstration: Demonstration
) -> None:
    here = browser.person()
    demonstration.sign_in(here, "nadia.benali")
    here.goto("/demarches/signalement-voirie/commencer/")
    here.get_by_label(re.compile("Nadia Benali")).check()
    here.get_by_role("button", name="Commencer").click()
    expect(here).to_have_url(re.compile("/formulaire/"))
    there = here.context.new_page()
    there.goto(here.url)
    there.locator("[name=lieu]").fill("Rue du Port")
    expect(there.locator("#saved")).to_contain_text("Enregistré à")

    # The answer that tells of « Rue du Port » comes while one goes on typing.
    place = here.locator("[name=lieu]")
    with holding(here, "**/formulaire/**") as release:
        with here.expect_request("**/formulaire/**"):
            place.fill("Rue du Lavoir")
        place.press("End")
        here.keyboard.type(", devant l’école")
        with here.expect_response("**/formulaire/**"):
            release()
        here.keyboard.type(" et le pont")
    expect(here.locator("#f-lieu .conflict")).to_contain_text("Rue du Lavoir, devant l’école et le pont")
    expect(place).to_have_value("Rue du Port")
    expect(place).to_be_focused()
    here.get_by_role("button", name="Reprendre cette réponse").click()
    expect(place).to_have_value("Rue du Lavoir, devant l’école et le pont")
    expect(here.locator(".conflict")).to_have_count(0)


def test_the_applicant_s_part_without_javascript_on_a_phone(
    browser: People, demonstration: Demonstration
) -> None:
    hugo = browser.person(javascript=False, width=375)
    demonstration.sign_in(hugo, "hugo.mercier")
    reference = begin(hugo, "Haute-Combe")
    fill_candidature(hugo)
    hugo.locator("[name=dans_un_groupe][value=true]").check()
    hugo.get_by_role("button", name="Suivant").click()
    expect(hugo.get_by_role("alert")).to_contain_text("3 réponses sont à revoir")
    hugo.locator("input[type=file][name=rib]").set_input_files(demonstration.file("rib.png"))
    hugo.locator("input[type=file][name=preuves]").set_input_files(demonstration.file("plan.png"))
    hugo.get_by_role("button", name="Enregistrer comme brouillon").last.click()
    expect(hugo.locator("#files-rib")).to_contain_text("rib.png")
    hugo.locator("[name=nom_groupe]").fill("Groupe des vallées")
    hugo.locator("#files-preuves").get_by_role("button", name=re.compile("Retirer")).click()
    expect(hugo.locator("#files-preuves")).not_to_contain_text("plan.png")
    hugo.locator("input[type=file][name=preuves]").set_input_files(demonstration.file("plan-signe.png"))
    hugo.get_by_role("button", name="Suivant").click()
    expect(hugo).to_have_url(re.compile("recapitulatif"))
    hugo.get_by_role("button", name="Transmettre votre candidature").click()
    expect(hugo).to_have_url(re.compile("transmis"))
    demonstration.site.wait_for_mail("hugo.mercier@demonstration.example", reference)
    assert demonstration.site.rows("select status from runtime_dossier where reference = %s", reference) == [
        ("submitted",)
    ]
