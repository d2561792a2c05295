"""In the editor nothing typed is lost and nothing is done twice, however slowly the server answers."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import People
from tests.walks.test_composing import administrator, begin, head, holding, row, saved

__all__ = ["administrator"]


def paste(page: Page, questions: str) -> None:
    """Questions to work on."""
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Coller une liste de questions").click()
    dialog = page.get_by_role("dialog", name="Coller une liste de questions")
    dialog.get_by_role("textbox").fill(questions)
    dialog.get_by_role("button", name="Ajouter").click()
    expect(dialog).to_be_hidden()


def title(page: Page) -> Locator:
    return page.locator("#q-title")


def titles(page: Page) -> list[str]:
    """The questions of the outline, in their order."""
    return page.locator("[data-tree] [data-id^='q/'] .row__name").all_inner_texts()


def back_online(page: Page) -> None:
    """What waits for the network leaves at once."""
    expect(page.locator("[data-saved]")).to_contain_text("Hors ligne")
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_double_click_does_a_thing_once(administrator: Page) -> None:
    page = administrator
    page.goto("/administration/nouvelle-demarche/")
    page.get_by_label("Titre", exact=True).fill("Double clic")
    page.get_by_role("button", name="Créer la démarche").dblclick()
    page.wait_for_url("**/composer/")
    expect(page.locator("[data-ready]")).to_be_attached()
    page.get_by_role("button", name="Ajouter", exact=True).dblclick()
    picker = page.locator("[data-picker]")
    expect(picker).to_be_visible()
    page.get_by_role("combobox", name="Intitulé ou type").fill("Longueur du pont")
    page.get_by_role("option", name="Créer « Longueur du pont »").dblclick()
    saved(page, "« Longueur du pont » ajoutée")
    expect(picker).to_be_hidden()
    expect(row(page, "Longueur du pont")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-tree] input")).to_have_count(0)
    assert titles(page).count("Longueur du pont") == 1

    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Coller une liste de questions").click()
    dialog = page.get_by_role("dialog", name="Coller une liste de questions")
    dialog.get_by_role("textbox").fill("Largeur\nHauteur\nPortée")
    with holding(page, "**/composer/acte/") as release:
        add = dialog.get_by_role("button", name="Ajouter")
        add.dblclick()
        # Pressed again, since nothing seems to happen.
        add.click()
        release()
    saved(page, "3 questions ajoutées")
    expect(dialog).to_be_hidden()
    assert titles(page)[-3:] == ["Largeur", "Hauteur", "Portée"]

    panel = page.locator("[data-panel]")
    row(page, "Largeur").click()
    expect(title(page)).to_have_value("Largeur")
    panel.get_by_role("button", name="Dupliquer").dblclick()
    saved(page, "copie de « Largeur »")
    expect(page.locator("[data-panel-title]")).to_contain_text("copie")
    panel.get_by_role("button", name="Supprimer").dblclick()
    saved(page, "supprimée")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert titles(page)[-3:] == ["Largeur", "Hauteur", "Portée"]

    page.get_by_role("link", name="Processus").click()
    page.get_by_label("Nouvelle étape").fill("Avis du maire")
    page.get_by_role("button", name="Ajouter").first.dblclick()
    expect(page.get_by_role("link", name="Avis du maire")).to_have_count(1)
    page.get_by_label("Nouveau rôle").fill("Architecte")
    page.get_by_label("Nouveau rôle").evaluate(
        "field => { const button = field.form.querySelector('button'); button.click(); button.click(); }"
    )
    expect(page.get_by_role("link", name="Architecte")).to_have_count(1)


def test_the_hand_stays_where_it_is_when_an_answer_comes(administrator: Page) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Main posée")
    paste(page, "Longueur du pont\nLargeur du pont\nSurface du pont")

    # Down, Enter, and one writes: in the question that is selected, however late its panel comes.
    row(page, "Longueur du pont").click()
    expect(title(page)).to_have_value("Longueur du pont")
    row(page, "Longueur du pont").focus()
    with holding(page, "**/composer/q/*/", everything=True) as release:
        with page.expect_request("**/composer/q/*/"):
            keys.press("ArrowDown")
            keys.press("Enter")
        keys.type("zzz")
        expect(title(page)).to_have_value("Longueur du pont")
        release()
    expect(title(page)).to_be_focused()
    expect(title(page)).to_have_value("Largeur du pont")
    expect(row(page, "Largeur du pont")).to_have_attribute("aria-selected", "true")

    # An act that is answered late does not take back who has gone on, nor what they write.
    row(page, "Longueur du pont").focus()
    with holding(page, "**/composer/acte/") as release:
        keys.press("Control+d")
        row(page, "Surface du pont").click()
        expect(title(page)).to_have_value("Surface du pont")
        title(page).press("End")
        keys.type(" neuf")
        release()
    saved(page, "intitulé")
    expect(row(page, "Surface du pont neuf")).to_have_attribute("aria-selected", "true")
    expect(title(page)).to_have_value("Surface du pont neuf")
    expect(title(page)).to_be_focused()

    # Nor does an undo, though it is about another question.
    row(page, "Longueur du pont").click()
    expect(title(page)).to_have_value("Longueur du pont")
    row(page, "Longueur du pont").focus()
    with holding(page, "**/composer/acte/") as release:
        keys.press("Control+z")
        title(page).press("End")
        keys.type(" ancien")
        release()
    expect(row(page, "Longueur du pont ancien")).to_have_attribute("aria-selected", "true")
    expect(title(page)).to_have_value("Longueur du pont ancien")
    expect(row(page, "Surface du pont")).to_be_visible()

    # A title that is being written in the outline is not cut short by an answer.
    row(page, "Longueur du pont ancien").focus()
    with holding(page, "**/composer/acte/") as release:
        keys.press("Control+z")
        keys.press("F2")
        keys.type("Long")
        with page.expect_response("**/composer/acte/"):
            release()
        keys.type("ueur totale")
        keys.press("Enter")
    saved(page, "intitulé de « Longueur totale »")
    expect(row(page, "Longueur totale")).to_be_focused()


def test_what_was_done_without_its_answer_is_not_done_again(administrator: Page) -> None:
    page = administrator
    begin(page, "Réponse perdue")
    paste(page, "Longueur du pont\nLargeur du pont")
    row(page, "Largeur du pont").click()
    expect(title(page)).to_have_value("Largeur du pont")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    page.route("**/composer/acte/", lose)
    page.locator("[data-panel]").get_by_role("button", name="Dupliquer").click()
    back_online(page)
    saved(page, "copie de « Largeur du pont »")
    assert lost == [200]
    assert len([each for each in titles(page) if each.startswith("Largeur du pont")]) == 2
    lost.clear()
    title(page).fill("Hauteur du pont")
    back_online(page)
    saved(page, "intitulé de « Hauteur du pont »")
    expect(row(page, "Hauteur du pont")).to_have_attribute("aria-selected", "true")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_rule_of_one_question_never_takes_anothers_answer(administrator: Page, browser: People) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Règles lentes")
    paste(page, "A-t-il un tablier ?\nNom du tablier\nNom du pont")
    row(page, "Nom du tablier").click()
    condition = page.locator("[data-panel]").get_by_role("link", name="Condition")
    expect(title(page)).to_have_value("Nom du tablier")

    # The rule that was asked for opens once, though its link is pressed twice and its answer is late.
    dialog = page.locator("[data-rule-dialog]")
    with holding(page, "**/regle/", everything=True) as release:
        with page.expect_request("**/regle/"):
            condition.dblclick()
        release()
    expect(dialog.get_by_role("heading", name="Afficher « Nom du tablier » si…")).to_be_visible()

    # A condition that is added is there, and what is written meanwhile waits for it.
    add = dialog.get_by_role("button", name="Condition", exact=True)
    with holding(page, "**/regle/", everything=True) as release:
        with page.expect_request("**/regle/"):
            add.click()
        expect(dialog.locator(".rule__body")).to_have_attribute("inert", "")
        release()
    expect(dialog.locator(".condition")).to_have_count(2)

    # The server fails: nothing of what was written is replaced by its page of error.
    dialog.get_by_role("button", name="En formule").click()
    formula = dialog.get_by_label("Formule")
    page.route("**/regle/", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    formula.fill("a_t_il_un_tablier")
    expect(page.locator("[data-saved]")).to_contain_text("n’a pas abouti")
    expect(formula).to_have_value("a_t_il_un_tablier")
    page.unroute("**/regle/")
    browser.problems = [each for each in browser.problems if not each.startswith("502")]

    # Applied, left by Échap before it was answered: the next rule is not closed by that answer.
    with holding(page, "**/regle/") as release:
        with page.expect_request("**/regle/"):
            dialog.get_by_role("button", name="Appliquer la règle").click()
        keys.press("Escape")
        expect(dialog).to_be_hidden()
        row(page, "Nom du pont").click()
        expect(title(page)).to_have_value("Nom du pont")
        release()
    saved(page, "Règle appliquée")
    expect(row(page, "Nom du tablier")).to_have_accessible_name(re.compile("1 règle"))
    expect(row(page, "Nom du pont")).to_have_attribute("aria-selected", "true")
    expect(title(page)).to_have_value("Nom du pont")


def test_a_list_is_read_as_it_was_last_written(administrator: Page) -> None:
    page = administrator
    begin(page, "Liste lente")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Coller une liste de questions").click()
    dialog = page.get_by_role("dialog", name="Coller une liste de questions")
    area = dialog.get_by_role("textbox")
    with holding(page, "**/composer/liste/", everything=True) as release:
        with page.expect_request("**/composer/liste/"):
            area.fill("Date")
        with page.expect_request("**/composer/liste/"):
            area.fill("Nom\nPrénom\nTéléphone")
        release()
    expect(dialog.get_by_text("3 questions prêtes")).to_be_visible()
    # A type that is chosen while a longer list is read stays; those that were guessed are guessed again.
    with holding(page, "**/composer/liste/", everything=True) as release:
        with page.expect_request("**/composer/liste/"):
            area.fill("Nom\nPrénom\nDate de naissance")
        dialog.get_by_label("Prénom").select_option(label="Texte long")
        release()
    expect(dialog.get_by_label("Date de naissance")).to_have_value("date")
    expect(dialog.get_by_label("Prénom")).to_have_value("long_text")
    dialog.get_by_role("button", name="Ajouter").click()
    saved(page, "3 questions ajoutées")
    expect(row(page, "Prénom")).to_have_accessible_name(re.compile("texte long", re.I))


def test_the_grid_keeps_what_is_written_while_it_is_drawn_again(administrator: Page) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Grille lente")
    page.locator(".composer__tabs").get_by_role("link", name="Documents").click()
    page.get_by_label("Nouveau classeur").fill("Budget")
    page.get_by_role("button", name="Ajouter", exact=True).first.click()
    page.get_by_role("gridcell", name=re.compile("^A1,")).click()
    adder = page.get_by_label("Nouvelle colonne ou ligne")

    # Pressed twice, a column is added once; the next title is written meanwhile, and the hand stays there.
    with holding(page, "**/composer/acte/") as release:
        adder.fill("Prix")
        page.get_by_role("button", name="Ajouter la colonne").dblclick()
        adder.fill("Quan")
        release()
    expect(head(page, "Prix")).to_have_count(1)
    expect(adder).to_have_value("Quan")
    expect(adder).to_be_focused()
    keys.type("tité")
    keys.press("Enter")
    expect(head(page, "Quantité")).to_be_focused()

    # A title is begun in a cell while the grid is on its way: it is not cut short.
    with holding(page, "**/grille/", everything=True) as release:
        with page.expect_request("**/grille/"):
            keys.press("Alt+ArrowLeft")
        keys.press("F2")
        keys.press("End")
        keys.type(" livr")
        with page.expect_response("**/grille/"):
            release()
        keys.type("ée")
        keys.press("Enter")
    expect(head(page, "Quantité livrée")).to_be_focused()

    # Enter goes to the properties of the cell that is active, not of the one before.
    with holding(page, "**/composer/c/*/", everything=True) as release:
        keys.press("ArrowRight")
        expect(head(page, "Prix")).to_be_focused()
        with page.expect_request("**/composer/c/*/"):
            keys.press("Enter")
        release()
    expect(title(page)).to_be_focused()
    expect(title(page)).to_have_value("Prix")

    # Who goes to another column before a move is answered stays there.
    head(page, "Prix").focus()
    with holding(page, "**/composer/acte/") as release:
        keys.press("Alt+ArrowLeft")
        head(page, "Intitulé").click()
        with page.expect_response("**/grille/"):
            release()
    expect(head(page, "Intitulé")).to_be_focused()
    expect(title(page)).to_have_value("Intitulé")


def test_what_is_typed_leaves_before_the_page_does(administrator: Page) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Page quittée")
    paste(page, "Longueur du pont\nLargeur du pont")

    # The scripts come late: what was typed before counts as well.
    with holding(page, "**/composer/main*.js", everything=True) as release:
        page.get_by_role("treeitem", name=re.compile("^Longueur du pont,")).click()
        expect(title(page)).to_have_value("Longueur du pont")
        page.goto(page.url, wait_until="commit")
        title(page).fill("Longueur totale")
        release()
    expect(row(page, "Longueur totale")).to_be_visible()

    # A link is followed once what was just typed has left.
    title(page).fill("Longueur utile")
    with holding(page, "**/composer/acte/") as release:
        page.get_by_role("link", name="Processus").click(no_wait_after=True)
        expect(page.locator("[data-saved]")).to_have_text("Enregistrement…")
        release()
    expect(page.get_by_role("heading", name="Étapes")).to_be_visible()
    page.get_by_label("Nouvelle étape").fill("Avis du maire")
    page.get_by_role("button", name="Ajouter").first.click()
    expect(title(page)).to_have_value("Avis du maire")

    # The cards are drawn again: what is being written among them stays, with the hand.
    step = page.get_by_label("Nouvelle étape")
    with holding(page, "**/composer/e/*/", everything=True) as release:
        with page.expect_request("**/composer/e/*/"):
            title(page).fill("Avis du conseil")
        step.fill("Avis du pré")
        release()
    expect(page.get_by_role("link", name="Avis du conseil")).to_be_visible()
    expect(step).to_be_focused()
    keys.type("fet")
    expect(step).to_have_value("Avis du préfet")

    # So does a form that leaves the page, where something else was just typed.
    title(page).fill("Avis du conseil municipal")
    step.press("Enter")
    expect(title(page)).to_have_value("Avis du préfet")
    expect(page.get_by_role("link", name="Avis du conseil municipal")).to_be_visible()


def test_a_definition_written_before_the_scripts_come_is_judged_when_they_do(administrator: Page) -> None:
    page = administrator
    area = page.locator("#id_text")
    with holding(page, "**/builder/editor*.js", everything=True) as release:
        page.goto("/administration/demarches/care-domaine-2/definition/", wait_until="commit")
        area.fill(area.input_value().replace('"type": "iban"', '"type": "ibann"'))
        release()
    expect(page.locator("[data-problems-list]")).to_contain_text("Le type « ibann » n’existe pas")


def test_what_is_refused_is_said_where_it_was_written(administrator: Page) -> None:
    page, keys = administrator, administrator.keyboard
    begin(page, "Refus tardif")
    paste(page, "Nombre de travées\nNombre de piles")
    row(page, "Nombre de travées").click()
    expect(title(page)).to_have_value("Nombre de travées")
    with holding(page, "**/composer/acte/") as release:
        title(page).fill("")
        row(page, "Nombre de piles").click()
        expect(title(page)).to_have_value("Nombre de piles")
        release()
    told = page.get_by_role("dialog", name=re.compile("Nombre de travées"))
    expect(told).to_contain_text("n’est pas enregistré")
    expect(page.locator("#e-title")).to_be_empty()
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    told.get_by_role("button", name="Voir").click()
    expect(page.locator("[data-panel-title]")).to_have_text("Nombre de travées")
    expect(title(page)).to_have_value("")
    expect(page.locator("#e-title")).not_to_be_empty()
    title(page).fill("Nombre d’arches")
    saved(page, "intitulé de « Nombre d’arches »")
    expect(page.locator("#e-title")).to_be_empty()

    # A panel that was asked for before an act shows what was before it: it is asked for again.
    row(page, "Nombre de piles").click()
    expect(title(page)).to_have_value("Nombre de piles")
    with holding(page, "**/composer/q/*/", everything=True) as release:
        with page.expect_request("**/composer/q/*/"):
            keys.press("ArrowUp")
        keys.press("F2")
        keys.type("Nombre de voûtes")
        keys.press("Enter")
        saved(page, "intitulé de « Nombre de voûtes »")
        release()
    expect(title(page)).to_have_value("Nombre de voûtes")
    expect(page.locator("[data-panel]")).not_to_have_attribute("aria-busy", "true")
