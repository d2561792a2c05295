"""Démarches, their published versions, their dates and the teams that review them."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Procedure(models.Model):
    """A démarche: a draft definition that administrators compose, and the versions published from it.

    `now` is the database's clock, where the selector that read the démarche asked for it.
    """

    now: datetime

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="procedures")
    slug = models.SlugField(_("adresse"), max_length=80)
    title = models.CharField(_("titre"), max_length=250)
    draft_text = models.TextField(_("définition en préparation"))
    draft_revision = models.PositiveIntegerField(default=1)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    draft_at = models.DateTimeField(_("modifiée le"), auto_now=True)
    current_version = models.ForeignKey(
        "runtime.ProcedureVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("démarche")
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("portal", "slug"), name="procedure_slug"),)

    def __str__(self) -> str:
        return self.title

    @property
    def in_force(self) -> "ProcedureVersion":
        """The version that new dossiers take. Raises DoesNotExist before the first publication."""
        if self.current_version is None:
            raise ProcedureVersion.DoesNotExist(self.slug)
        return self.current_version


class DraftAct(models.Model):
    """One act on a draft: who did what to which part, as a patch that can be undone.

    `patch` is a text, since the order of keys is part of it. `at` and `then` are the parts selected before
    and after. A text is kept whole where it was not canonical, so that it comes back byte for byte.
    """

    class Kind(models.TextChoices):
        ACT = "act", _("acte")
        UNDO = "undo", _("annulation")
        REDO = "redo", _("rétablissement")

    class State(models.TextChoices):
        DONE = "done", _("fait")
        UNDONE = "undone", _("annulé")
        DROPPED = "dropped", _("abandonné")

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveIntegerField(_("révision du brouillon"))
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ACT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("acte"), max_length=40)
    at = models.CharField(max_length=200)
    then = models.CharField(max_length=200)
    said = models.CharField(_("ce qui a été fait"), max_length=700)
    patch = models.TextField()
    text_before = models.TextField(null=True, blank=True)
    text_after = models.TextField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    time = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("acte sur un brouillon")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("portal", "procedure", "number"), name="draft_act_number"),
        )

    def __str__(self) -> str:
        return self.said


class ProcedureVersion(models.Model):
    """A published definition: numbered, dated, and never changed again."""

    append_only = True

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=250)
    text = models.TextField(_("définition"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    colleagues_read = models.BooleanField(default=False)
    note = models.CharField(_("ce qui change"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("publiée le"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version publiée")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("portal", "procedure", "number"), name="procedure_version_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Opening(models.Model):
    """When a démarche may be filed; it changes without a new version, and each change is journalled."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="opening")
    opens = models.DateTimeField(_("ouvre le"), null=True, blank=True)
    closes = models.DateTimeField(_("ferme le"), null=True, blank=True)
    first_deposit_by = models.DateTimeField(_("premier dépôt avant le"), null=True, blank=True)
    per_applicant = models.PositiveIntegerField(_("dossiers par demandeur"), null=True, blank=True)

    class Meta:
        verbose_name = _("ouverture")

    def __str__(self) -> str:
        return str(self.procedure)


class OpeningChange(models.Model):
    """One change of a démarche's dates: what it was, what it became, by whom and why."""

    append_only = True

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(_("motif"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("changement de dates")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.opening}: {self.reason}"


class ReviewTeam(models.Model):
    """The people who hold a role of a démarche, for one value of the role's scope (a region, say)."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="review_teams")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="teams")
    role = models.SlugField(_("rôle"))
    scope = models.CharField(_("périmètre"), max_length=80, blank=True)
    name = models.CharField(_("nom"), max_length=150)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="review_team")

    class Meta:
        verbose_name = _("équipe d’instruction")
        constraints = (
            models.UniqueConstraint(fields=("portal", "procedure", "role", "scope"), name="review_team_once"),
        )

    def __str__(self) -> str:
        return self.name
