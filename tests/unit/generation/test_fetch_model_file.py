"""A model file comes whole or not at all, and goes on where it stopped."""

from __future__ import annotations

import hashlib

import httpx
import pytest

from holdspace.generation import NotFetched, fetch_model_file

pytestmark = pytest.mark.unit

WEIGHTS = b"GGUF" + bytes(range(256)) * 20
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
ADDRESS = "https://files.example/m.gguf"


class Files:
    """A file server that keeps to ranges, and breaks off after `breaks_after` bytes once."""

    def __init__(self, content=WEIGHTS, *, breaks_after=None, etag='"v1"'):
        self.content, self.breaks_after, self.etag, self.asked = content, breaks_after, etag, []

    def __call__(self, request):
        self.asked.append(request)
        start, status, headers = 0, 200, {"ETag": self.etag} if self.etag else {}
        if request.headers.get("If-Range") == self.etag and "Range" in request.headers:
            start, status = int(request.headers["Range"][6:-1]), 206
            if start == len(self.content):
                return httpx.Response(416, headers={"Content-Range": f"bytes */{start}"})
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        headers["Content-Length"] = str(len(self.content) - start)
        return httpx.Response(status, headers=headers, stream=Body(self.content[start:], self.taken()))

    def taken(self):
        breaks_after, self.breaks_after = self.breaks_after, None
        return breaks_after


class Body(httpx.SyncByteStream):
    def __init__(self, content, breaks_after):
        self.content, self.breaks_after = content, breaks_after

    def __iter__(self):
        yield self.content[: self.breaks_after]
        if self.breaks_after is not None:
            raise httpx.ReadError("gone")


def fetch(source, files, folder, **keywords):
    return fetch_model_file(source, folder=folder, transport=httpx.MockTransport(files), **keywords)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_address_is_fetched_with_progress(tmp_path):
    seen = []

    path = fetch(
        ADDRESS, Files(), tmp_path / "models", sha256=SHA256.upper(), on_progress=lambda *n: seen.append(n)
    )

    assert path == tmp_path / "models" / "m.gguf"
    assert path.read_bytes() == WEIGHTS
    assert seen[-1] == (len(WEIGHTS), len(WEIGHTS))
    assert names(path.parent) == ["m.gguf"]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("org/small-GGUF:small.Q4.gguf", "https://huggingface.co/org/small-GGUF/resolve/main/small.Q4.gguf"),
        ("org/small:q4/m.gguf", "https://huggingface.co/org/small/resolve/main/q4/m.gguf"),
        (ADDRESS, ADDRESS),
    ],
)
def test_hub_id_becomes_its_address(source, address, tmp_path):
    files = Files()

    fetch(source, files, tmp_path)

    assert [str(request.url) for request in files.asked] == [address]


def test_local_file_is_copied(tmp_path):
    source = tmp_path / "here.gguf"
    source.write_bytes(WEIGHTS)

    path = fetch(str(source), None, tmp_path / "models", sha256=SHA256)

    assert path.read_bytes() == WEIGHTS
    assert names(path.parent) == ["here.gguf"]


def test_broken_download_goes_on_where_it_stopped(tmp_path):
    files = Files(breaks_after=1000)
    with pytest.raises(NotFetched) as caught:
        fetch(ADDRESS, files, tmp_path)
    assert caught.value.retryable
    assert "m.gguf" not in names(tmp_path)

    path = fetch(ADDRESS, files, tmp_path, sha256=SHA256)

    assert path.read_bytes() == WEIGHTS
    assert files.asked[1].headers["Range"] == "bytes=1000-"
    assert names(tmp_path) == ["m.gguf"]


@pytest.mark.parametrize("etag", ['"v2"', 'W/"v1"', ""])
def test_download_begins_again_when_the_halves_may_not_fit(tmp_path, etag):
    files = Files(breaks_after=1000, etag='"v1"' if etag == '"v2"' else etag)
    with pytest.raises(NotFetched):
        fetch(ADDRESS, files, tmp_path)
    files.etag, files.content = etag, b"GGUF another"

    assert fetch(ADDRESS, files, tmp_path).read_bytes() == b"GGUF another"


def test_download_that_only_lacked_its_name_is_finished(tmp_path):
    (tmp_path / "m.gguf.part").write_bytes(WEIGHTS)
    (tmp_path / "m.gguf.part.version").write_text('"v1"', encoding="utf-8")

    assert fetch(ADDRESS, Files(), tmp_path, sha256=SHA256).read_bytes() == WEIGHTS


def test_half_that_does_not_fit_is_forgotten(tmp_path):
    (tmp_path / "m.gguf.part").write_bytes(WEIGHTS[:9])
    (tmp_path / "m.gguf.part.version").write_text('"v1"', encoding="utf-8")

    with pytest.raises(NotFetched, match="does not fit"):
        fetch(ADDRESS, lambda request: httpx.Response(206, content=b"x"), tmp_path)

    assert names(tmp_path) == []


def test_file_that_is_here_is_not_fetched_again(tmp_path):
    (tmp_path / "m.gguf").write_bytes(WEIGHTS)
    files = Files()

    assert fetch(ADDRESS, files, tmp_path, sha256=SHA256) == tmp_path / "m.gguf"
    assert files.asked == []


@pytest.mark.parametrize("content", [b"<html>Sign in</html>", b"", WEIGHTS[:-1]])
def test_wrong_file_gets_no_name(tmp_path, content):
    with pytest.raises(NotFetched):
        fetch(ADDRESS, Files(content), tmp_path, sha256=SHA256)

    assert names(tmp_path) == []


def test_other_file_under_the_same_name_stays(tmp_path):
    (tmp_path / "m.gguf").write_bytes(b"GGUF mine")

    with pytest.raises(NotFetched, match="sha256"):
        fetch(ADDRESS, Files(), tmp_path, sha256=SHA256)

    assert (tmp_path / "m.gguf").read_bytes() == b"GGUF mine"


def test_short_file_is_noticed(tmp_path):
    def short(request):
        return httpx.Response(200, headers={"Content-Length": "99"}, stream=Body(WEIGHTS[:50], None))

    with pytest.raises(NotFetched, match="broke off"):
        fetch(ADDRESS, short, tmp_path)

    assert "m.gguf" not in names(tmp_path)


@pytest.mark.parametrize(
    ("status", "says", "retryable"),
    [(401, "agreement", False), (403, "agreement", False), (404, "name", False), (503, "503", True)],
)
def test_status_is_told(tmp_path, status, says, retryable):
    with pytest.raises(NotFetched, match=says) as caught:
        fetch(ADDRESS, lambda request: httpx.Response(status), tmp_path)

    assert caught.value.retryable is retryable


def test_redirect_without_encryption_is_refused(tmp_path):
    def elsewhere(request):
        return httpx.Response(302, headers={"Location": "http://files.example/m.gguf"})

    def files(request):
        return elsewhere(request) if request.url.scheme == "https" else Files()(request)

    with pytest.raises(NotFetched, match="encryption"):
        fetch(ADDRESS, files, tmp_path)


@pytest.mark.parametrize(
    "source", ["", "nothing", "http://files.example/m.gguf", "a/b", "a/b:c.bin", "a:b.gguf", "https://x/"]
)
def test_source_that_is_none_is_refused(tmp_path, source):
    with pytest.raises(NotFetched):
        fetch(source, Files(), tmp_path)


def test_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "models").write_bytes(b"a file")

    with pytest.raises(NotFetched, match="rights"):
        fetch(ADDRESS, Files(), tmp_path / "models")
