"""Dossiers, their deposits, corrections, grants and journal."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.permissions.grants import GroupGrant, UserGrant

REVIEW = "review_dossier"


class Dossier(models.Model):
    """One applicant's answers to one published version of a démarche, and where they stand.

    `arrived_at` is the database's clock when the request arrived; `dossiers_for` reads it.
    """

    arrived_at: datetime

    class Status(models.TextChoices):
        DRAFT = "draft", _("Brouillon")
        SUBMITTED = "submitted", _("Déposé")
        UNDER_REVIEW = "under_review", _("En instruction")
        CHANGES_REQUESTED = "changes_requested", _("À corriger")
        ACCEPTED = "accepted", _("Accepté")
        REFUSED = "refused", _("Refusé")
        DISMISSED = "dismissed", _("Classé sans suite")

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="dossiers")
    reference = models.CharField(_("numéro"), max_length=12)
    procedure = models.ForeignKey("runtime.Procedure", on_delete=models.PROTECT, related_name="dossiers")
    version = models.ForeignKey("runtime.ProcedureVersion", on_delete=models.PROTECT, related_name="dossiers")
    phase = models.CharField(max_length=63)
    status = models.CharField(_("état"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    step = models.CharField(max_length=63, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name=_("référent"),
    )
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    facts = models.JSONField(default=dict, help_text=_("Ce que l’on savait de l’organisme à la création."))
    raw = models.JSONField(default=dict, help_text=_("Ce qui a été saisi, tel quel."))
    answers = models.JSONField(default=dict, help_text=_("Ce qui a été jugé valable et visible."))
    conflicts = models.JSONField(default=dict, help_text=_("Réponses écartées par une autre fenêtre."))
    revision = models.PositiveIntegerField(default=0)
    required = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    search_text = models.CharField(max_length=400, editable=False, default="")
    last_event = models.CharField(max_length=64, blank=True)
    events_count = models.PositiveIntegerField(default=0)
    deposits_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    submitted_at = models.DateTimeField(_("déposé le"), null=True, blank=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("dossier")
        permissions = ((REVIEW, _("Instruire le dossier")),)
        constraints = (models.UniqueConstraint(fields=("portal", "reference"), name="dossier_reference"),)
        indexes = (
            models.Index(fields=("portal", "assignee", "-updated_at"), name="dossier_of_assignee"),
            models.Index(fields=("portal", "status", "-submitted_at"), name="dossier_by_status"),
        )

    def __str__(self) -> str:
        return self.reference


class DossierUserGrant(UserGrant):
    """A person may do one thing to one dossier."""

    content_object = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="user_grants")


class DossierGroupGrant(GroupGrant):
    """A reviewer team may do one thing to one dossier."""

    content_object = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="group_grants")


class Deposit(models.Model):
    """What was transmitted, frozen: answers, files with their SHA-256, and the applicant's facts."""

    append_only = True

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="deposits")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("runtime.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=63)
    answers = models.JSONField()
    facts = models.JSONField()
    files = models.JSONField(default=list)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deposited_at = models.DateTimeField(_("transmis le"))

    class Meta:
        verbose_name = _("dépôt")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("portal", "dossier", "number"), name="deposit_number"),
        )

    def __str__(self) -> str:
        return f"{self.dossier}, {self.number}"


class CorrectionRequest(models.Model):
    """A reviewer asks the applicant to change the dossier before a date."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="corrections")
    message = models.TextField(_("message"))
    due_at = models.DateTimeField(_("réponse attendue avant le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("demande de modification")
        ordering = ("-requested_at",)
        indexes = (models.Index(fields=("portal", "dossier", "answered_at"), name="correction_open"),)

    def __str__(self) -> str:
        return f"{self.dossier}: {self.message[:40]}"


class Event(models.Model):
    """What happened to a dossier, chained: each carries the hash of the one before.

    `before` keeps the replaced values of a save, so that a stale page can be merged; it is outside
    the chain (which keeps its salted digest), so that personal data can be erased without breaking it.
    """

    append_only = True
    erasable = ("before",)

    portal = models.ForeignKey("tenants.Portal", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    before = models.JSONField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("événement")
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("portal", "dossier", "number"), name="event_number"),)

    def __str__(self) -> str:
        return f"{self.dossier} {self.number}: {self.kind}"
