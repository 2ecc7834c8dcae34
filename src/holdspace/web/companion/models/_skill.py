"""A skill that a client does or has done."""

from __future__ import annotations

from django.db import models

from holdspace.web.care.models import Client
from holdspace.web.encrypted_fields import EncryptedTextField


class SkillDone(models.Model):
    """One time of doing a skill, at any step. `state` is JSON, see `domain`; `change` is in points."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="skills")
    skill_id = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    step_count = models.PositiveIntegerField(default=0)  # steps behind; a second tab cannot take one twice
    state = EncryptedTextField()
    change = models.SmallIntegerField(null=True)

    class Meta:
        ordering = ("-last_at",)

    def __str__(self) -> str:
        return f"skill {self.pk}"
