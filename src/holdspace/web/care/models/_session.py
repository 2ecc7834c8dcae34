"""One session: what was uploaded and the conversation read from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from holdspace.web.care.models._client import Client
from holdspace.web.encrypted_fields import EncryptedBlobField, EncryptedTextField


class Session(models.Model):
    """A conversation with a client. `original` is the upload byte for byte; nothing of it is lost."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sessions")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    held_on = models.DateField()
    started_at = models.TimeField(null=True, blank=True)
    title = EncryptedTextField(default="")
    source_name = EncryptedTextField(default="")
    original = EncryptedBlobField()
    content_hash = models.CharField(max_length=64)  # keyed, see encrypted_fields.keyed_hash
    conversation = EncryptedBlobField()  # JSON, schema holdspace.conversation/1
    utterance_count = models.PositiveIntegerField()
    duration_s = models.FloatField(null=True)
    roles_set_at = models.DateTimeField(null=True)  # None: nobody has said yet who is who
    deleted_at = models.DateTimeField(null=True)  # hidden at once, erased some days later

    class Meta:
        ordering = ("held_on", "started_at", "id")
        indexes = (
            models.Index(fields=["client", "held_on"], name="session_by_client"),
            models.Index(fields=["content_hash"], name="session_by_content"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(duration_s__isnull=True) | models.Q(duration_s__gte=0),
                name="session_duration_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"session {self.pk}"
