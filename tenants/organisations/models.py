"""The organisations that file dossiers, and the entities attached to them."""

import unicodedata
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def sort_key(name: str) -> str:
    """The name as it is sorted and searched: lower case, « œ » as two letters, no accents nor hyphens."""
    written = name.casefold().replace("œ", "oe").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


class Organisation(models.Model):
    """A legal entity, an establishment, an association: who a dossier is filed for."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="organisations")
    reference = models.CharField(_("référence publique"), max_length=16)
    name = models.CharField(_("nom"), max_length=200)
    type = models.SlugField(_("type"))
    type_label = models.CharField(_("type, en clair"), max_length=120)
    region = models.CharField(_("code de la région"), max_length=3, blank=True)
    region_label = models.CharField(_("région"), max_length=80, blank=True)
    finess = models.CharField("FINESS", max_length=9, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entities",
        verbose_name=_("entité de rattachement"),
    )
    sort_key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("organisme")
        constraints = (
            models.UniqueConstraint(fields=("portal", "reference"), name="organisation_reference"),
        )
        indexes = (models.Index(fields=("portal", "sort_key")),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)[:200]
        super().save(*args, **kwargs)
