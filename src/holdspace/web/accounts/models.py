"""Accounts."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who may sign in. `display_name` is how they are addressed on screen."""

    display_name = models.CharField(_("name on screen"), max_length=120, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username
