"""« Démarches à la Une »: what a portal shows first, in which order and when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HighlightQuerySet(models.QuerySet["Highlight"]):
    """Highlights by place and time."""

    def current(self, now: datetime) -> "HighlightQuerySet":
        """Those whose period holds `now`."""
        begun = Q(starts_at=None) | Q(starts_at__lte=now)
        not_over = Q(ends_at=None) | Q(ends_at__gt=now)
        return self.filter(begun, not_over)


class Highlight(models.Model):
    """One démarche à la Une of a portal."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.CASCADE, related_name="highlights")
    procedure = models.ForeignKey(
        "runtime.Procedure", on_delete=models.CASCADE, related_name="highlights", verbose_name=_("démarche")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        blank=True,
        help_text=_("Ce que l’image apprend à qui ne la voit pas. Vide si elle ne fait que décorer."),
    )
    position = models.PositiveIntegerField(_("place"))
    starts_at = models.DateTimeField(_("visible à partir du"), null=True, blank=True)
    ends_at = models.DateTimeField(_("visible jusqu’au"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = HighlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("démarche à la Une")
        verbose_name_plural = _("démarches à la Une")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("portal", "procedure"), name="highlight_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(starts_at__lt=models.F("ends_at")),
                name="highlight_period",
                violation_error_message=_("La fin vient après le début."),
            ),
        )

    def __str__(self) -> str:
        return str(self.procedure)
