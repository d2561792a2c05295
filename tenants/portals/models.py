"""A portal: one public body's site, with its own staff, pages, démarches and look."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Portal(models.Model):
    """The public body's place on the installation; its host is Wagtail's `Site`."""

    slug = models.SlugField(_("identifiant"), unique=True)
    name = models.CharField(_("nom"), max_length=120)
    tagline = models.CharField(_("devise"), max_length=120, blank=True)
    site = models.OneToOneField("wagtailcore.Site", on_delete=models.PROTECT, related_name="portal")
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        on_delete=models.PROTECT,
        related_name="portal",
        verbose_name=_("collection"),
    )
    contact_email = models.EmailField(_("adresse de contact"), blank=True)
    contact_phone = models.CharField(_("téléphone de contact"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("portail")
        verbose_name_plural = _("portails")

    def __str__(self) -> str:
        return self.name


class PortalRole(models.Model):
    """What a member of the staff does on a portal."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administration des démarches")
        EDITOR = "editor", _("Rédaction du portail")

    portal = models.ForeignKey(Portal, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portal_roles")
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("rôle sur un portail")
        constraints = (models.UniqueConstraint(fields=("portal", "user", "role"), name="portal_role_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
