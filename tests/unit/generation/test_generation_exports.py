"""The public names of the package."""

from __future__ import annotations

import pytest

from holdspace import generation

pytestmark = pytest.mark.unit


def test_public_names_are_sorted_and_there():
    assert generation.__all__ == sorted(generation.__all__)
    assert all(hasattr(generation, name) for name in generation.__all__)
