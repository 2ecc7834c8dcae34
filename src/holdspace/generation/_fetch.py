"""A model file from the hub, an address or a disk into a folder: whole and checked, or not there at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx

from holdspace.generation._errors import NotFetched

HUB = "https://huggingface.co"
HUB_ID = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+):(?P<file>[\w.-]+(?:/[\w.-]+)*)")
MAGIC = b"GGUF"
BLOCK_BYTES = 1 << 20
TIMEOUT_S = 30.0
NEEDS_AGREEMENT = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

Progress = Callable[[int, int | None], None]  # bytes so far, bytes in all where that is known


def fetch_model_file(
    source: str,
    *,
    folder: Path,
    sha256: str = "",
    on_progress: Progress | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Path:
    """Return the path of the model file in `folder`, after bringing it there if it is not there yet.

    Args:    source: "owner/name:file.gguf" on the Hugging Face hub, an https address, or a local file.
             sha256: what the file must be; "" where it is not known.
             transport: what carries the requests, for tests.
    Raises:  NotFetched; what came so far stays beside it as `.part` and the next call goes on from there.
    """
    origin = _origin(source)
    name = origin.name if isinstance(origin, Path) else Path(unquote(urlsplit(origin).path)).name
    if not name.lower().endswith(".gguf"):
        raise NotFetched(f"{name!r} is no model file. Its name must end with .gguf.")
    target, part = folder / name, folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists():
            _check(target, sha256=sha256)
            return target
        if isinstance(origin, Path):
            _copy(origin, part, on_progress=on_progress)
        else:
            _download(origin, part, on_progress=on_progress, transport=transport)
        try:
            _check(part, sha256=sha256)
        except NotFetched:
            _forget(part)
            raise
        part.replace(target)
        _stamp_of(part).unlink(missing_ok=True)
    except OSError as exc:
        raise NotFetched(
            f"{name!r} cannot be read or written: {exc.strerror}. Check the rights and the free space."
        ) from None
    return target


def _origin(source: str) -> str | Path:
    if source.startswith("https://"):
        return source
    if (path := Path(source)).is_file():
        return path
    if found := HUB_ID.fullmatch(source):
        return f"{HUB}/{found['repo']}/resolve/main/{quote(found['file'])}"
    raise NotFetched(
        f"{source!r} is no file here, no https address and not written like owner/name:file.gguf."
    )


def _copy(origin: Path, part: Path, *, on_progress: Progress | None) -> None:
    total = origin.stat().st_size
    with origin.open("rb") as source:
        _write(part, iter(lambda: source.read(BLOCK_BYTES), b""), "wb", 0, total, on_progress)


def _download(
    address: str, part: Path, *, on_progress: Progress | None, transport: httpx.BaseTransport | None
) -> None:
    client = httpx.Client(transport=transport, timeout=TIMEOUT_S, follow_redirects=True)
    try:
        with client, client.stream("GET", address, headers=_asking_for_the_rest(part)) as response:
            if response.url.scheme != "https":
                raise NotFetched("The address leads to one without encryption. Give another.")
            _receive(response, part, on_progress=on_progress)
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise NotFetched(
            f"The line broke ({type(exc).__name__}). Run the command again: it goes on where it stopped.",
            retryable=True,
        ) from None


def _asking_for_the_rest(part: Path) -> dict[str, str]:
    # `identity`: the sizes told are then those of the file.
    asked = {"Accept-Encoding": "identity"}
    stamp = _stamp_of(part)
    if part.exists() and part.stat().st_size and stamp.exists():
        # If-Range: the rest only if the file there is still the same, else the whole.
        asked |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": stamp.read_text("utf-8")}
    return asked


def _receive(response: httpx.Response, part: Path, *, on_progress: Progress | None) -> None:
    status, have = response.status_code, part.stat().st_size if part.exists() else 0
    goes_on = status == HTTPStatus.PARTIAL_CONTENT
    rest = response.headers.get("content-range", "")
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and rest == f"bytes */{have}":
        return  # nothing was left
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or (
        goes_on and not rest.startswith(f"bytes {have}-")
    ):
        _forget(part)
        raise NotFetched("What came before does not fit any more. Run the command again.", retryable=True)
    if status in NEEDS_AGREEMENT:
        raise NotFetched(
            f"The server answered {status}: the model may need an agreement. Download it in a browser, "
            "then give the command the file."
        )
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise NotFetched(
            f"The server answered {status}. Check the name of the model and of the file.",
            retryable=status >= HTTPStatus.INTERNAL_SERVER_ERROR,
        )
    if not goes_on:
        _forget(part)
        have = 0
        _remember(response, part)
    size = response.headers.get("content-length", "")
    total = have + int(size) if size.isdecimal() else None
    came = _write(part, response.iter_bytes(), "ab", have, total, on_progress)
    if total is not None and came != total:
        raise NotFetched("The file broke off. Run the command again: it goes on there.", retryable=True)


def _remember(response: httpx.Response, part: Path) -> None:
    """Keep by what the server knows this version of the file; a weak tag is not enough to join two halves."""
    stamp = response.headers.get("etag", "")
    if not stamp or stamp.startswith("W/"):
        stamp = response.headers.get("last-modified", "")
    if stamp:
        _stamp_of(part).write_text(stamp, "utf-8")


def _write(
    part: Path, blocks: Iterator[bytes], mode: str, have: int, total: int | None, on_progress: Progress | None
) -> int:
    done = have
    with part.open(mode) as out:
        for block in blocks:
            out.write(block)
            done += len(block)
            if on_progress is not None:
                on_progress(done, total)
    return done


def _check(file: Path, *, sha256: str) -> None:
    with file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise NotFetched(f"{_name(file)!r} is no model file of the kind GGUF, whatever its name says.")
        opened.seek(0)
        if sha256 and hashlib.file_digest(opened, "sha256").hexdigest() != sha256.strip().lower():
            raise NotFetched(
                f"{_name(file)!r} is not the file that --sha256 names. Check both; "
                "remove the file if it is damaged."
            )


def _name(file: Path) -> str:
    return file.name.removesuffix(".part")


def _stamp_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.version")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _stamp_of(part).unlink(missing_ok=True)
