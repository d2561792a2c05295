"""What a dossier's state is called, in the démarche's own words: « Votre candidature est acceptée »."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formdefs import Words
from runtime.dates import date_in_full
from runtime.dossiers.models import Dossier
from runtime.procedures.definitions import definition_of

LABELS = {
    "draft": gettext_lazy("Brouillon"),
    "submitted": gettext_lazy("Déposé{e}"),
    "under_review": gettext_lazy("En instruction"),
    "changes_requested": gettext_lazy("À corriger"),
    "accepted": gettext_lazy("Accepté{e}"),
    "refused": gettext_lazy("Refusé{e}"),
    "dismissed": gettext_lazy("Classé{e} sans suite"),
}
HEADLINES = {
    "draft": gettext_lazy("{Yours} n’est pas encore transmis{e}"),
    "submitted": gettext_lazy("{Yours} est transmis{e}"),
    "under_review": gettext_lazy("{Yours} est en cours d’instruction"),
    "changes_requested": gettext_lazy("Une modification vous est demandée"),
    "accepted": gettext_lazy("{Yours} est accepté{e}"),
    "refused": gettext_lazy("{Yours} est refusé{e}"),
    "dismissed": gettext_lazy("{Yours} est classé{e} sans suite"),
}
NEXT = {
    "draft": gettext_lazy("À compléter, puis à transmettre."),
    "submitted": gettext_lazy("Le service va étudier {yours}. Un e-mail vous prévient à chaque étape."),
    "under_review": gettext_lazy("Le service étudie {yours}. Un e-mail vous prévient à chaque étape."),
    "changes_requested": gettext_lazy("Modifiez vos réponses, puis transmettez de nouveau."),
}


def words_of(dossier: Dossier) -> Words:
    """The words of the dossier's démarche."""
    return definition_of(dossier.version).words


def agreed(text: object, words: Words) -> str:
    """A sentence with the démarche's word in it, and what agrees with the word."""
    yours = words.your_dossier
    return str(text).format(
        yours=yours,
        Yours=yours[:1].upper() + yours[1:],
        word=words.Dossier,
        e="e" if words.dossier_gender == "f" else "",
    )


def status_label(dossier: Dossier) -> str:
    """The state in a word or two: « Acceptée »."""
    return agreed(LABELS[dossier.status], words_of(dossier))


def headline(dossier: Dossier) -> str:
    """The state as a sentence to the applicant."""
    return agreed(HEADLINES[dossier.status], words_of(dossier))


def next_text(dossier: Dossier) -> str:
    """What comes, or what is expected of the applicant; nothing once it is decided."""
    if is_filled(dossier):
        return _("Tout est rempli : relisez, puis transmettez.")
    return agreed(NEXT.get(dossier.status, ""), words_of(dossier))


def is_filled(dossier: Dossier) -> bool:
    """Whether a draft has all its answers and only awaits its deposit."""
    return dossier.status == Dossier.Status.DRAFT and 0 < dossier.required <= dossier.answered


def dated(dossier: Dossier) -> str:
    """The date that counts in this state: « transmise le 4 décembre 2026 »."""
    if dossier.decided_at:
        return _("décision du {day}").format(day=date_in_full(dossier.decided_at))
    words = words_of(dossier)
    if dossier.submitted_at:
        return agreed(_("transmis{e} le "), words) + date_in_full(dossier.submitted_at)
    return agreed(_("modifié{e} le "), words) + date_in_full(dossier.updated_at)
