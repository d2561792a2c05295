"""Files given by applicants."""

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.utils.translation import gettext_lazy as _


def attachments_storage() -> Storage:
    """The storage of attachments, never served from a public address."""
    return storages["attachments"]


class Attachment(models.Model):
    """A supporting document given for one question of a dossier, judged by its content."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("runtime.Dossier", on_delete=models.PROTECT, related_name="attachments")
    reference = models.CharField(max_length=16)
    question = models.CharField(max_length=200)
    file = models.FileField(_("fichier"), storage=attachments_storage, max_length=200)
    name = models.CharField(_("nom"), max_length=200)
    size = models.PositiveBigIntegerField(_("taille, en octets"))
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    reading = models.JSONField(_("relecture"), default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pièce jointe")
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("portal", "reference"), name="attachment_reference"),)
        indexes = (models.Index(fields=("portal", "dossier"), name="attachment_of_dossier"),)

    def __str__(self) -> str:
        return self.name
