"""From bytes to text: byte order marks, UTF-8, UTF-16, legacy code pages, and files that mix them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from holdspace.conversation._errors import NotATranscript
from holdspace.conversation._model import Skipped

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TRANSCRIBE = "Transcribe the recording first and give the transcript."
_COPY_OUT = "Copy the text out and save it as a .txt or .docx file."
# First bytes (at an offset) of what people pick by mistake, and what to do then.
_KINDS = (
    (0, b"\xff\xd8\xff", "a JPEG picture", _COPY_OUT),
    (0, b"\x89PNG", "a PNG picture", _COPY_OUT),
    (0, b"GIF8", "a GIF picture", _COPY_OUT),
    (0, b"%PDF", "a PDF document", _COPY_OUT),
    (0, b"{\\rtf", "an RTF document", _COPY_OUT),
    (0, b"\xd0\xcf\x11\xe0", "an old Word or Office document", "Save it as .docx."),
    (0, b"RIFF", "a recording or a picture", _TRANSCRIBE),
    (0, b"ID3", "an MP3 recording", _TRANSCRIBE),
    (0, b"OggS", "an Ogg recording", _TRANSCRIBE),
    (0, b"fLaC", "a FLAC recording", _TRANSCRIBE),
    (0, b"\x1a\x45\xdf\xa3", "a Matroska or WebM recording", _TRANSCRIBE),
    (4, b"ftyp", "an MP4 recording", _TRANSCRIBE),
    (0, b"\x1f\x8b", "a gzip archive", "Unpack it and give one transcript."),
    (0, b"7z\xbc\xaf", "a 7z archive", "Unpack it and give one transcript."),
    (
        0,
        b"PK\x03\x04",
        "an archive or Office file, but not a Word document",
        "Unpack it and give one transcript.",
    ),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|tt[\s>])", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"
_NOISE_SHARE, _NOISE_COUNT = 0.05, 8
_LEGACY = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "mac_roman"),
)
_LEGACY_SAMPLE = 32_768
_PLACES_TO_SEE_SPACES = 64


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with "\\n" as its only line end, no NUL and no lone surrogate, and what was odd by line."""

    text: str
    encoding: str
    notices: tuple[Skipped, ...]


def decode(raw: bytes, *, file: str) -> Decoded:
    """Return the text of `raw`. Lines that are not in the encoding of the rest are decoded on their own.

    Raises: NotATranscript: the bytes are those of a picture, a recording, an archive, markup, or noise.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _finish(raw[len(mark) :].decode(encoding, errors="replace"), encoding, ())
    refuse_other_kinds(raw, file=file)
    if encoding := _guess_utf16(raw):
        return _finish(raw.decode(encoding, errors="replace"), encoding, ())
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > _NOISE_COUNT and controls > _NOISE_SHARE * len(raw):
        raise NotATranscript(file=file, kind="binary data, not text", way_out=_COPY_OUT)
    try:
        return _finish(raw.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        return _finish(*_decode_lines(raw))


def refuse_other_kinds(raw: bytes, *, file: str) -> None:
    """Raise NotATranscript when the first bytes are those of a well-known kind of file without a reader."""
    for offset, magic, kind, way_out in _KINDS:
        if raw.startswith(magic, offset):
            raise NotATranscript(file=file, kind=kind, way_out=way_out)
    if _MARKUP.match(raw[:1024]):
        raise NotATranscript(file=file, kind="an HTML or XML page", way_out=_COPY_OUT)


def _guess_utf16(raw: bytes) -> str:
    """Return the UTF-16 without a mark that the places of NUL bytes tell of, or ""."""
    sample = raw[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    places = len(sample) // 2
    # Latin letters have a NUL each; of other scripts, spaces and line ends alone, which takes more to see.
    least = 0.3 if places < _PLACES_TO_SEE_SPACES else 0.1
    if max(even, odd) > least * places and min(even, odd) < 0.02 * places:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _decode_lines(raw: bytes) -> tuple[str, str, tuple[Skipped, ...]]:
    """Decode line by line: UTF-8 where a line is valid UTF-8, the legacy code page where it is not."""
    lines = raw.split(b"\n")
    decoded: list[str] = []
    foreign: list[int] = []
    utf8_numbers: list[int] = []
    for number, line in enumerate(lines, start=1):
        try:
            decoded.append(line.decode("utf-8"))
            if not line.isascii():
                utf8_numbers.append(number)
        except UnicodeDecodeError:
            decoded.append("")
            foreign.append(number)
    legacy = _guess_legacy(lines, foreign)
    for number in foreign:
        decoded[number - 1] = lines[number - 1].decode(legacy, errors="replace")
    main, minority, other = (
        (legacy, utf8_numbers, "utf-8") if len(utf8_numbers) < len(foreign) else ("utf-8", foreign, legacy)
    )
    reason = f"The rest of the file is {main}; this was read as {other}. Check it for odd characters."
    return "\n".join(decoded), main, tuple(group_lines(minority, reason=reason))


def _guess_legacy(lines: list[bytes], foreign: list[int]) -> str:
    """Return the likeliest code page of these lines; cp1252 wherever it fits as well as the best."""
    from charset_normalizer import from_bytes  # costs 30 ms, and most files are UTF-8

    sample = bytearray()
    for number in foreign:
        sample += lines[number - 1][:_LEGACY_SAMPLE] + b"\n"
        if len(sample) >= _LEGACY_SAMPLE:
            break
    matches = from_bytes(bytes(sample), cp_isolation=list(_LEGACY))
    best = matches.best()
    if best is None:
        return "cp1252"
    equals = [match for match in matches if match.chaos <= best.chaos]
    if any("cp1252" in (match.encoding, *match.could_be_from_charset) for match in equals):
        return "cp1252"
    return best.encoding


def group_lines(numbers: list[int], *, reason: str) -> list[Skipped]:
    """Return one notice for each run of consecutive lines, at its first line."""
    notices = []
    first = previous = 0
    for number in [*numbers, 0]:
        if previous and number != previous + 1:
            run = reason if first == previous else f"Lines {first} to {previous}: {reason}"
            notices.append(Skipped(first, run))
            first = 0
        first = first or number
        previous = number
    return notices


def _finish(text: str, encoding: str, notices: tuple[Skipped, ...]) -> Decoded:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character, name in (("\0", "NUL characters"), ("\ufffd", "characters that could not be decoded")):
        if count := text.count(character):
            line = text.count("\n", 0, text.index(character)) + 1
            notices += (Skipped(line, f"{count} {name} from here on stand as \ufffd."),)
    return Decoded(text.replace("\0", "\ufffd"), encoding, notices)
