"""What is owed to the outside world, written in the transaction that owes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """An effect to carry out after the commit, at least once, under a stable key."""

    portal = models.ForeignKey("tenants.Portal", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("effet à produire")
        indexes = (
            models.Index(
                fields=("portal", "next_attempt_at"), condition=models.Q(done_at=None), name="outbox_owed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
