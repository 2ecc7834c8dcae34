"""The reading of one session by the detectors, while it runs and when it is done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.web.care.models._session import Session
from holdspace.web.encrypted_fields import EncryptedBlobField


class State(models.TextChoices):
    """Where an analysis stands."""

    QUEUED = "queued", _("waiting to be read")
    RUNNING = "running", _("being read")
    DONE = "done", _("read")
    FAILED = "failed", _("not read")


class Analysis(models.Model):
    """One analysis a session. `attempt` counts all starts: only the latest attempt may write its result."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="analysis")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.FloatField(default=0.0)  # share done, in [0, 1]
    attempt = models.PositiveIntegerField(default=0)
    interruptions = models.PositiveIntegerField(default=0)  # since it was last asked for
    queued_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)  # a sign of life of the worker
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=8, blank=True)  # never a message: it may quote words
    reading = EncryptedBlobField(null=True)  # JSON, schema holdspace.reading/1
    figures = EncryptedBlobField(null=True)  # JSON, see care.figures

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="analysis_progress_is_a_share"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(reading__isnull=False, figures__isnull=False),
                name="analysis_done_has_a_reading",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(error_code=""),
                name="analysis_failed_has_a_code",
            ),
        )

    def __str__(self) -> str:
        return f"analysis of session {self.session_id}"
