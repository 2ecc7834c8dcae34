from __future__ import annotations

import logging

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from holdspace.web.care.domain import add_client
from holdspace.web.encrypted_fields import CannotDecrypt, decrypt, encrypt
from holdspace.web.logs import WordlessFormatter

pytestmark = pytest.mark.db

CANARY = "marmalade-zeppelin"


def test_database_holds_no_words(add, therapist):
    words = f"T: How was it?\nC: The {CANARY} of it all, every night.\nT: And then?\nC: {CANARY} again.\n"
    add_client(therapist=therapist, name=f"{CANARY} Smith", about=CANARY)
    add(words.encode(), title=f"About the {CANARY}")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = [row for table in tables for row in cursor.execute(f'SELECT * FROM "{table}"').fetchall()]

    held = b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )
    assert len(held) > 1000
    assert CANARY.encode() not in held


def test_old_key_still_opens_and_new_key_encrypts(settings):
    stored = encrypt(b"words")
    old = settings.ENCRYPTION_KEYS

    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *old]
    assert decrypt(stored) == b"words"
    stored_anew = encrypt(b"words")

    settings.ENCRYPTION_KEYS = old
    with pytest.raises(CannotDecrypt):
        decrypt(stored_anew)


@pytest.mark.parametrize("place", [0, 30, -1])
def test_changed_content_does_not_open(place):
    stored = bytearray(encrypt(b"words" * 20))
    stored[place] ^= 1

    with pytest.raises(CannotDecrypt):
        decrypt(bytes(stored))


def test_log_of_a_fault_says_where_and_not_what():
    try:
        raise ValueError(CANARY)
    except ValueError as fault:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "failed", (), (ValueError, fault, fault.__traceback__)
        )

    line = WordlessFormatter().format(record)

    assert CANARY not in line
    assert "test_encryption.py" in line
    assert "ValueError" in line
