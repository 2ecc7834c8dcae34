"""One row a version of a plan, and one a stretch of time in which the therapist may read it."""

from __future__ import annotations

from django.db import models

from holdspace.web.care.models import Client
from holdspace.web.encrypted_fields import EncryptedTextField


class PlanVersion(models.Model):
    """A version; it is never changed. `entries` is JSON, see holdspace.safety.safety_plan.to_dict."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="plan_versions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    entries = EncryptedTextField()

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=["client", "version"], name="plan_one_row_a_version"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="plan_version_from_one"),
        )

    def __str__(self) -> str:
        return f"safety plan {self.client_id}.{self.version}"


class PlanSharing(models.Model):
    """The client's consent that their therapist reads the plan; ended, it stays as a record."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="plan_sharings")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(withdrawn_at=None), name="plan_one_open_sharing"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("granted_at")),
                name="plan_sharing_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"sharing of safety plan {self.client_id}"
