"""Settings for the tests: as in production, with keys of their own and nothing kept."""

from __future__ import annotations

import os
import tempfile

os.environ["HOLDSPACE_HOME"] = tempfile.mkdtemp(prefix="holdspace-test-")

from holdspace.web.settings import *  # noqa: F403

# Slow hashing of passwords is right for people and wasted on tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
