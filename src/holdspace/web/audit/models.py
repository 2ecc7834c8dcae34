"""The audit trail."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One act on one record. Holds ids, never words; a trigger refuses change and deletion."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)
    # Plain numbers: the trail outlives the records it speaks of.
    client_id = models.BigIntegerField(null=True)
    session_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=["client_id", "at"], name="audit_by_client"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action}"
