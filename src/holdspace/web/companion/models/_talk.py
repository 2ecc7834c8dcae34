"""A talk and its exchanges. What the client wrote is there before anything is answered."""

from __future__ import annotations

from django.db import models

from holdspace.web.care.models import Client
from holdspace.web.encrypted_fields import EncryptedTextField


class StoredTalk(models.Model):
    """One talk; it goes on as long as the last message is not older than `domain.GOES_ON_FOR`."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="talks")
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("began_at",)

    def __str__(self) -> str:
        return f"talk {self.pk}"


class StoredExchange(models.Model):
    """A message and its reply. `verdict` is the gate's, stored before the reply is made; both are JSON."""

    talk = models.ForeignKey(StoredTalk, on_delete=models.CASCADE, related_name="exchanges")
    number = models.PositiveIntegerField()
    key = models.UUIDField()  # from the form: sent twice, it is stored once
    at = models.DateTimeField()
    message = EncryptedTextField()
    level = models.CharField(max_length=8, blank=True)
    verdict = EncryptedTextField(null=True)
    claimed_at = models.DateTimeField(null=True)
    reply = EncryptedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["talk", "number"], name="exchange_one_row_a_number"),
            models.UniqueConstraint(fields=["talk", "key"], name="exchange_sent_once"),
            models.CheckConstraint(
                condition=models.Q(reply=None) | models.Q(verdict__isnull=False),
                name="exchange_no_reply_without_verdict",
            ),
        )

    def __str__(self) -> str:
        return f"exchange {self.talk_id}.{self.number}"
