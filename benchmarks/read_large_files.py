"""How long `holdspace.conversation.read` takes for 50 MB in each format and for hostile shapes.

Run: python benchmarks/read_large_files.py [--megabytes 50] [shape ...]
Prints seconds (wall and CPU) and the peak memory of a fresh process for each file.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

SAYINGS = (
    "I feel so tired these days and I cannot sleep.",
    "How was that for you?",
    "Well, I said: no, and then he left, really.",
    "Mm.",
    "So what happened next, if I may ask?",
)


def _clock(second: int, mark: str = ".") -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}{mark}000"


def _said(i: int) -> str:
    return SAYINGS[i % len(SAYINGS)]


def _name(i: int) -> str:
    return ("Anna Lee", "Dr. Ben Müller")[i % 2]


# name: (what stands first, what is repeated, encoding)
SHAPES: dict[str, tuple[str, Callable[[int], str], str]] = {
    "labels.txt": ("", lambda i: f"{'TC'[i % 2]}: {_said(i)}\n", "utf-8"),
    "label-lines.txt": ("", lambda i: f"{'TC'[i % 2]}:\n{_said(i)}\n\n", "utf-8"),
    "timed-names.txt": ("", lambda i: f"[{_clock(i % 90_000)}] {_name(i)}: {_said(i)}\n", "utf-8"),
    "10000-speakers.txt": ("", lambda i: f"Person {i % 10_000}: {_said(i)}\n", "utf-8"),
    "log.txt": ("", lambda i: f"2024-01-01 12:00:{i % 60:02d},123 INFO a.b: {_said(i)} id={i}\n", "utf-8"),
    "paragraphs.txt": ("", lambda i: f"{_said(i)}\n\n", "utf-8"),
    "one-line.txt": ("", lambda i: f"{_said(i)} ", "utf-8"),
    "colons.txt": ("", lambda _: ":" * 1000, "utf-8"),
    "brackets.txt": ("", lambda _: "[00:00:0 (((((Anna A A A A A A A A ((((( [[ (00:0 x\n", "utf-8"),
    "short-lines.txt": ("", lambda _: "a\n", "utf-8"),
    "cp1252.txt": ("", lambda i: f"{'TC'[i % 2]}: très fatigué, {_said(i)}\n", "cp1252"),
    "utf16.txt": ("", lambda i: f"{'TC'[i % 2]}: {_said(i)}\n", "utf-16-le"),
    "teams.vtt": (
        "WEBVTT\n\n",
        lambda i: f"{_clock(i % 90_000)} --> {_clock(i % 90_000 + 1)}\n<v {_name(i)}>{_said(i)}</v>\n\n",
        "utf-8",
    ),
    "zoom.vtt": (
        "WEBVTT\n\n",
        lambda i: f"{_clock(i % 90_000)} --> {_clock(i % 90_000 + 1)}\n{_name(i)}: {_said(i)}\n\n",
        "utf-8",
    ),
    "broken-times.vtt": ("WEBVTT\n\n", lambda i: f"00:xx --> 00:yy\n{_said(i)}\n\n", "utf-8"),
    "open-voices.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", lambda _: "<v a", "utf-8"),
    "plain.srt": (
        "",
        lambda i: f"{i}\n{_clock(i % 90_000, ',')} --> {_clock(i % 90_000 + 1, ',')}\n{_said(i)}\n\n",
        "utf-8",
    ),
    "table.csv": ("speaker,text,start\n", lambda i: f'{"TC"[i % 2]},"{_said(i)}",{i}.5\n', "utf-8"),
    "open-quote.csv": ('speaker,text\nT,"abc\n', lambda i: f"C,hello {i}\n", "utf-8"),
    "no-header.tsv": ("", lambda i: f"{_clock(i)}\t{'TC'[i % 2]}\t{_said(i)}\n", "utf-8"),
    "utterances.jsonl": (
        "",
        lambda i: json.dumps({"id": f"a{i}", "root": "c", "speaker": "ab"[i % 2], "text": _said(i)}) + "\n",
        "utf-8",
    ),
    "nested.json": ("", lambda _: "[" * 1000, "utf-8"),
    "lists.json": ("[", lambda _: "[]," * 1000, "utf-8"),
}


def _repeat(shape: tuple[str, Callable[[int], str], str], size: int) -> Iterator[bytes]:
    first, item, encoding = shape
    yield first.encode(encoding)
    written = 0
    for i in count():
        chunk = item(i).encode(encoding)
        written += len(chunk)
        yield chunk
        if written >= size:
            return


def _whisper(size: int) -> bytes:
    segments = [
        {
            "id": i,
            "start": i * 2.0,
            "end": i * 2.0 + 1.9,
            "text": f" {_said(i)}",
            "speaker": f"SPEAKER_0{i % 2}",
        }
        for i in range(size // 105)
    ]
    return json.dumps({"segments": segments}).encode()


def _docx(size: int) -> bytes:
    """A document whose XML has this size; the file itself is much smaller."""
    import docx  # a dependency of this shape alone

    document = docx.Document()
    document.add_paragraph("T: begin")
    buffer = io.BytesIO()
    document.save(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for part in read.infolist():
            data = read.read(part.filename)
            if part.filename == "word/document.xml":
                paragraph = (
                    b"<w:p><w:r><w:t>C: I feel so tired these days and I cannot sleep.</w:t></w:r></w:p>"
                )
                data = data.replace(b"<w:sectPr", paragraph * (size // len(paragraph)) + b"<w:sectPr", 1)
            write.writestr(part.filename, data)
    return out.getvalue()


WHOLE: dict[str, Callable[[int], bytes]] = {
    "whisperx.json": _whisper,
    "paragraphs.docx": _docx,
    "noise.vtt": lambda size: random.Random(1).randbytes(size),
    "high-noise.txt": lambda size: (
        bytes(random.Random(1).choices(range(128, 256), k=10_000)) * (size // 10_000)
    ),
}


def read_one(path: str) -> None:
    """Read one file in this process and print what it took."""
    import resource

    from holdspace.conversation import ConversationError, read

    wall, cpu = time.perf_counter(), time.process_time()
    try:
        conversation = read(path)
        outcome = f"{len(conversation.utterances):,} utterances, {len(conversation.skipped):,} notices"
    except ConversationError as error:
        outcome = f"{type(error).__name__}"
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{Path(path).name:20s} {wall:6.2f} s wall {cpu:6.2f} s CPU {peak_mb:5d} MB  {outcome}", flush=True)


def main() -> None:
    """Write each file, read it in a fresh process, and print a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", default=[*SHAPES, *WHOLE])
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--read", metavar="FILE")
    options = parser.parse_args()
    if options.read:
        read_one(options.read)
        return
    size = options.megabytes * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        for name in options.shapes:
            path = Path(folder) / name
            with path.open("wb") as file:
                file.writelines(_repeat(SHAPES[name], size) if name in SHAPES else [WHOLE[name](size)])
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)
            path.unlink()


if __name__ == "__main__":
    main()
