"""Reading a conversation from a file, a ConvoKit folder or bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from holdspace.conversation._assemble import assemble
from holdspace.conversation._decode import Decoded, decode
from holdspace.conversation._draft import Document
from holdspace.conversation._errors import NothingSaid, SourceTooLarge, SourceUnavailable
from holdspace.conversation._model import Conversation, Role
from holdspace.conversation.readers import choose_reader

BYTES_LIMIT = 200_000_000
LINES_LIMIT = 6_000_000
_ZIP = b"PK\x03\x04"


def read(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    roles: Mapping[str, Role] | None = None,
    conversation_id: str | None = None,
) -> Conversation:
    """Return the conversation in a file, in the bytes of one, or in a ConvoKit corpus folder.

    The format is told by the content, and by the extension where the content leaves it open: WebVTT, SRT,
    plain text, CSV or TSV, DOCX, JSON of Whisper, WhisperX, ConvoKit, or our own (`to_json`).

    Args:
        source: a path, or the bytes themselves.
        name: the file name to report, and to take the extension from, when `source` is bytes.
        roles: set by a person, by speaker id or name; the others are proposed with a reason.
        conversation_id: which conversation, where a source holds several; by default the first.

    Returns: utterances in the order of the source, never without words; what is not in them, and what was
        odd, is in `skipped` by line. No text holds a lone surrogate. Our own format comes back as it was
        written, source included.

    Raises: ConversationError, with file, line, what was expected and what to do: see its subclasses.
    """
    raw, beside, name = _load(source, name)
    if not raw.strip():
        raise NothingSaid("The file is empty.", file=name)
    decoded = Decoded("", "", ()) if raw.startswith(_ZIP) else decode(raw, file=name)
    if (lines := decoded.text.count("\n")) > LINES_LIMIT:
        raise SourceTooLarge(file=name, found=lines, limit=LINES_LIMIT, unit="lines")
    document = Document(name, raw, decoded.text, decoded.encoding, beside)
    reader = choose_reader(document)
    parsed = reader.parse(document)
    if isinstance(parsed, Conversation):
        conversation = parsed
    else:
        parsed.skipped.extend(decoded.notices)
        source_read = document.source(reader.format)
        conversation = assemble(parsed, source=source_read, conversation_id=conversation_id)
    return conversation.with_roles(roles) if roles else conversation


def _load(source: str | Path | bytes, name: str | None) -> tuple[bytes, bytes, str]:
    """Return the bytes, those of speakers.json beside them ("" if none), and the name to report."""
    path = Path("conversation" if isinstance(source, bytes) else source)
    name = (name or path.name).encode("utf-8", errors="replace").decode()
    if isinstance(source, bytes):
        _check_size(len(source), file=name)
        return source, b"", name
    try:
        if path.is_dir():
            return _load_corpus(path, name=name)
        if not path.is_file():
            raise SourceUnavailable("There is no such file.", file=name)
        _check_size(path.stat().st_size, file=name)
        return path.read_bytes(), b"", name
    except (OSError, ValueError) as error:
        raise SourceUnavailable("The file cannot be opened.", file=name) from error


def _load_corpus(folder: Path, *, name: str) -> tuple[bytes, bytes, str]:
    utterances, speakers = folder / "utterances.jsonl", folder / "speakers.json"
    if not utterances.is_file():
        raise SourceUnavailable("This is a folder without utterances.jsonl.", file=name)
    _check_size(utterances.stat().st_size, file=name)
    return utterances.read_bytes(), speakers.read_bytes() if speakers.is_file() else b"", name


def _check_size(size: int, *, file: str) -> None:
    if size > BYTES_LIMIT:
        raise SourceTooLarge(file=file, found=size, limit=BYTES_LIMIT, unit="bytes")
