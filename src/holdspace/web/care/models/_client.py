"""A client of one therapist."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from holdspace.web.encrypted_fields import EncryptedTextField


class Client(models.Model):
    """Somebody who comes to therapy. Words about them are encrypted; `slug` marks a demo client."""

    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="clients")
    # The client's own account; none until they were invited.
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="own_care"
    )
    name = EncryptedTextField()
    about = EncryptedTextField(default="")
    is_fictional = models.BooleanField(default=False)
    slug = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["therapist", "slug"], condition=~models.Q(slug=""), name="one_client_a_demo_slug"
            ),
        )

    def __str__(self) -> str:
        return f"client {self.pk}"
