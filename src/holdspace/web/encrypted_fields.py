"""Model fields whose values are compressed and encrypted before they reach the database.

Fernet (AES-128-CBC with HMAC-SHA256, authenticated) with the keys of settings.ENCRYPTION_KEYS.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Field = models.Field[Any, Any]
else:
    _Field = models.Field

COMPRESSION = 6


class CannotDecrypt(Exception):
    """E001: stored content does not open with the keys at hand, or was changed."""

    code = "E001"
    retryable = False


def encrypt(content: bytes) -> bytes:
    """Return `content` compressed and encrypted with the first key."""
    return base64.urlsafe_b64decode(_cipher().encrypt(zlib.compress(content, COMPRESSION)))


def decrypt(stored: bytes) -> bytes:
    """Return what `encrypt` was given. Raises: CannotDecrypt."""
    try:
        return zlib.decompress(_cipher().decrypt(base64.urlsafe_b64encode(stored)))
    except InvalidToken:
        raise CannotDecrypt(
            "E001 Stored content does not open. "
            "Put the key it was stored with into HOLDSPACE_ENCRYPTION_KEYS."
        ) from None


def keyed_hash(content: bytes) -> str:
    """Return a hash by which equal content is recognised, and which tells nothing without the key."""
    return hmac.new(settings.SECRET_KEY.encode(), content, hashlib.sha256).hexdigest()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


class EncryptedBlobField(_Field):
    """Bytes, compressed and encrypted at rest. Cannot be searched or sorted by the database."""

    empty_values = (None,)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        if value is None:
            return None
        stored = encrypt(self.to_bytes(value))
        return connection.Database.Binary(stored)  # type: ignore[attr-defined]  # the stubs lack it

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        return None if value is None else self.from_bytes(decrypt(bytes(value)))

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, content: bytes) -> Any:
        return content


class EncryptedTextField(EncryptedBlobField):
    """Text, encrypted at rest. Cannot be searched or sorted by the database."""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, content: bytes) -> Any:
        return content.decode()
