import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from holdspace.models import PackageDamaged, Passage, ReadingNetwork, reading_package
from holdspace.models._package import read_package

pytestmark = pytest.mark.model

TEXTS = [
    "I could not sleep.",
    "We won, I am so happy!",
    "The bus leaves at nine.",
    "I'm scared of what comes next " * 8,
]


@pytest.fixture(scope="module")
def network() -> ReadingNetwork:
    return ReadingNetwork(reading_package())


def test_scores_do_not_depend_on_company_or_order(network: ReadingNetwork) -> None:
    passages = [Passage(text) for text in TEXTS]

    together = network.scores(passages)
    alone = np.concatenate([network.scores([passage]) for passage in passages])
    reversed_back = network.scores(passages[::-1])[::-1]

    np.testing.assert_allclose(together, alone, atol=1e-4)
    np.testing.assert_allclose(together, reversed_back, atol=1e-4)


def test_scores_use_the_words_before(network: ReadingNetwork) -> None:
    alone, after = network.scores(
        [Passage("No, not at all."), Passage("No, not at all.", "Are you sleeping?")]
    )

    assert np.abs(alone - after).max() > 0.1


def test_scores_of_nothing_are_empty(network: ReadingNetwork) -> None:
    assert network.scores([]).shape == (0, len(network.package.columns))


def test_scores_report_progress_to_the_end(network: ReadingNetwork) -> None:
    seen: list[float] = []

    network.scores([Passage(f"Passage number {n}") for n in range(300)], on_progress=seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "\x00", "🙂" * 500, "ا" * 300, "word " * 2000])
def test_scores_survive_odd_texts(network: ReadingNetwork, text: str) -> None:
    assert np.isfinite(network.scores([Passage(text)])).all()


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    for file in reading_package().folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "model.onnx").open("r+b") as weights:
        weights.seek(1000)
        weights.write(b"\x00\x01\x02")

    with pytest.raises(PackageDamaged, match=r"model\.onnx"):
        ReadingNetwork(read_package(tmp_path)).open()


def test_missing_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageDamaged, match=r"model\.json"):
        read_package(tmp_path)


def test_loading_writes_no_file_into_the_home_folder(tmp_path: Path) -> None:
    code = "from holdspace.models import *; ReadingNetwork(reading_package()).scores([Passage('hello')])"
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")}

    subprocess.run([sys.executable, "-B", "-c", code], env=environment, check=True)

    assert list(tmp_path.rglob("*")) == []


def test_weights_are_small_enough_to_ship() -> None:
    assert (reading_package().folder / "model.onnx").stat().st_size < 40_000_000
