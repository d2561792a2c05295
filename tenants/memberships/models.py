"""Who belongs to which organisation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """A person may act for an organisation."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.CASCADE, related_name="memberships"
    )
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("depuis"), auto_now_add=True)

    class Meta:
        verbose_name = _("rattachement")
        constraints = (
            models.UniqueConstraint(fields=("portal", "user", "organisation"), name="membership_once"),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
