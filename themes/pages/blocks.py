"""What an editor composes pages of."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ICONS = (
    ("building-2", _("Établissement")),
    ("hospital", _("Hôpital")),
    ("users", _("Association, groupe")),
    ("user", _("Personne")),
    ("stethoscope", _("Professionnel de santé")),
    ("heart", _("Aidant, solidarité")),
    ("landmark", _("Collectivité")),
    ("graduation-cap", _("Études")),
    ("briefcase", _("Entreprise, emploi")),
    ("accessibility", _("Handicap, accessibilité")),
    ("handshake", _("Partenariat")),
    ("house", _("Logement")),
)
TEXT_FEATURES = ("h3", "bold", "italic", "ol", "ul", "link", "document-link")
ADDRESS = re.compile(r"^(https://|mailto:|tel:|/(?!/)|#)\S+$|^/$")


class LinkBlock(blocks.StructBlock):
    """A link to a page of the portal, or to an address."""

    label = blocks.CharBlock(label=_("Texte du lien"), max_length=120)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("ou adresse"),
        required=False,
        max_length=500,
        help_text=_("Par exemple /demarches/ ou https://www.exemple.fr/."),
    )

    class Meta:
        icon = "link"
        label = _("Lien")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        page, address = cleaned.get("page"), cleaned.get("address")
        if bool(page) == bool(address):
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Choisissez une page, ou écrivez une adresse : l’une des deux."))}
            )
        if address and not ADDRESS.match(address):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Une adresse commence par /, https://, mailto:, tel: ou #."))}
            )
        return cleaned


class SearchBlock(blocks.StructBlock):
    """The head of the home page: what do you want to do?"""

    title = blocks.CharBlock(label=_("Titre de la page"), max_length=120)
    lead = blocks.CharBlock(label=_("Phrase d’accueil"), required=False, max_length=250)
    links = blocks.ListBlock(LinkBlock(), label=_("Souvent recherché"), default=[], max_num=6)

    class Meta:
        icon = "search"
        label = _("Recherche d’une démarche")
        template = "pages/blocks/search.html"


class HighlightsBlock(blocks.StructBlock):
    """The place of « Démarches à la Une », arranged on a screen of their own."""

    heading = blocks.CharBlock(label=_("Titre"), max_length=120)

    class Meta:
        icon = "pick"
        label = _("Démarches à la Une")
        help_text = _("Leur choix et leur ordre se règlent dans le menu « À la Une ».")
        template = "pages/blocks/highlights.html"


class AudienceBlock(blocks.StructBlock):
    """One audience: its links, and its ways in."""

    icon = blocks.ChoiceBlock(label=_("Icône"), choices=ICONS)
    title = blocks.CharBlock(label=_("Public"), max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Liens"), default=[], max_num=6)
    entries = blocks.ListBlock(LinkBlock(), label=_("Boutons d’entrée"), default=[], max_num=2)

    class Meta:
        icon = "group"
        label = _("Public")


class AudiencesBlock(blocks.StructBlock):
    """Entries by audience."""

    heading = blocks.CharBlock(label=_("Titre"), max_length=120)
    cards = blocks.ListBlock(AudienceBlock(), label=_("Publics"), min_num=1, max_num=8)

    class Meta:
        icon = "group"
        label = _("Entrées par public")
        template = "pages/blocks/audiences.html"


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    text = blocks.TextBlock(label=_("Texte"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Étape")


class StepsBlock(blocks.StructBlock):
    """How it works, in a few steps."""

    heading = blocks.CharBlock(label=_("Titre"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Étapes"), min_num=1, max_num=5)

    class Meta:
        icon = "list-ol"
        label = _("Comment ça se passe")
        template = "pages/blocks/steps.html"


class TextBlock(blocks.StructBlock):
    """A heading and running text."""

    heading = blocks.CharBlock(label=_("Titre"), max_length=120)
    text = blocks.RichTextBlock(label=_("Texte"), features=TEXT_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Texte")
        template = "pages/blocks/text.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Réponse"), features=TEXT_FEATURES[1:])

    class Meta:
        icon = "help"
        label = _("Question")


class FaqBlock(blocks.StructBlock):
    """Frequent questions, with the portal's contacts beside them."""

    heading = blocks.CharBlock(label=_("Titre"), max_length=120)
    lead = blocks.CharBlock(label=_("Phrase sous le titre"), required=False, max_length=250)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions fréquentes et contact")
        template = "pages/blocks/faq.html"


class HomeBlocks(blocks.StreamBlock):
    """What a home page may hold."""

    search = SearchBlock()
    highlights = HighlightsBlock()
    audiences = AudiencesBlock()
    steps = StepsBlock()
    text = TextBlock()
    faq = FaqBlock()

    class Meta:
        block_counts = {"search": {"min_num": 1, "max_num": 1}, "highlights": {"max_num": 1}}


class ContentBlocks(blocks.StreamBlock):
    """What a content page may hold."""

    text = TextBlock()
    steps = StepsBlock()
    faq = FaqBlock()
