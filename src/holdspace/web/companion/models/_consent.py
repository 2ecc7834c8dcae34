"""One row a stretch of time in which the client's words may go to a language model on another machine."""

from __future__ import annotations

from django.db import models

from holdspace.web.care.models import Client


class ModelConsent(models.Model):
    """The client's consent; ended, it stays as a record. Without an open one nothing leaves this machine."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="model_consents")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(withdrawn_at=None), name="model_one_open_consent"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("granted_at")),
                name="model_consent_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"model consent of {self.client_id}"
