"""A package whose matrices are stored apart is read only when they are the published ones."""

from __future__ import annotations

import shutil

import pytest

from holdspace.models import PackageDamaged, SafetyNetwork, SafetyPassage, english_safety_package
from holdspace.models._package import read_package

pytestmark = pytest.mark.unit


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(english_safety_package().folder, folder)
    return folder


@pytest.mark.parametrize("content", [b"", b"not a file of ours", None], ids=["empty", "other", "missing"])
def test_matrices_that_are_not_the_published_ones_are_refused(copy, content):
    packed = copy / "packed.npz"
    packed.unlink()
    if content is not None:
        packed.write_bytes(content)

    with pytest.raises(PackageDamaged) as damaged:
        SafetyNetwork(read_package(copy)).read([SafetyPassage("hello")])

    assert damaged.value.file == "packed.npz"
