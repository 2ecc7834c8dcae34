"""Write the figures into the card and the data sheets: `python -m training.crisis.card GATE.json GUARD.json`.

The files are what `holdspace evaluate gate --json` and `... guard --json` wrote; the output of
`training.crisis.seeds`, `.agreement` and `.realism` comes from the files named.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

CARD = Path("docs/models/safety.md")
SHEET = Path("corpora/crisis/README.md")


def rows(metrics: dict[str, dict[str, float]], *, begins: str) -> list[str]:
    """Return table rows of the metrics whose name begins so."""
    out = []
    for name, value in metrics.items():
        if name.startswith(begins):
            interval = (
                "" if value["low"] == value["high"] else f" ({value['low']:.2f} to {value['high']:.2f})"
            )
            shown = f"{value['value']:.1f}" if name.endswith("_ms") else f"{value['value']:.3f}"
            out.append(f"| {name.removeprefix(begins)} | {shown}{interval} |")
    return out


def table(title: str, head: str, lines: list[str]) -> str:
    return "\n".join([f"### {title}", "", f"| {head} | value (95 % interval) |", "|---|---|", *lines, ""])


def filled(text: str, mark: str, content: str) -> str:
    pattern = rf"<!-- {mark} -->.*?<!-- /{mark} -->"
    return re.sub(pattern, lambda _: f"<!-- {mark} -->\n{content}\n<!-- /{mark} -->", text, flags=re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gate", type=Path)
    parser.add_argument("guard", type=Path)
    for name in ("seeds", "agreement", "realism"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    gate = json.loads(args.gate.read_text(encoding="utf-8"))["metrics"]
    guard = json.loads(args.guard.read_text(encoding="utf-8"))["metrics"]
    peers = sorted({name.split("/")[0] for name in gate} - {"gate", "signal", "met", "shape", "speed"})
    parts = [
        "## Gate",
        "",
        "The whole gate. *Sensitivity*: crises given level crisis; *asked*: at least concern; *specificity*:",
        "others not given crisis. `held_out` is our own, mostly hard negatives and masked crises,",
        "`held_plain` as people write, `held_chats` whole talks, `held_languages` fourteen languages other",
        "than English; `held_people` English posts, messages and talks and `held_six` six other languages,",
        "`held_dangers` first messages of every danger, `held_medical_languages` bodily emergencies in six",
        "languages, `held_checker` and `held_tongues` English and six languages as somebody who tests a gate",
        "would choose, each by writers who wrote nothing else; the others are from elsewhere, only measured.",
        "",
        table("All sets", "figure", rows(gate, begins="gate/")),
        table("Held-out crises by signal: found", "signal", rows(gate, begins="signal/")),
        table("First messages of a danger: met with help", "danger", rows(gate, begins="met/")),
        table("First messages of a danger: the reply fits", "danger", rows(gate, begins="shape/")),
        table("Time of one answer, model warm", "figure", rows(gate, begins="speed/")),
        *(table(f"Beside it: {peer} (keywords)", "figure", rows(gate, begins=f"{peer}/")) for peer in peers),
        "### Networks alone, by file of weights",
        "",
        "The English network that ships, the last of nine rounds of one run, on the plain part; not five",
        "seeds.",
        "",
        "```",
        args.seeds.read_text(encoding="utf-8").strip(),
        "```",
        "",
        "## Guard",
        "",
        "`unsafe_caught`: replies with a fault that are not let pass; `safe_stopped`: replies without one",
        "that are stopped (limits on form aside). `held_more` is by a writer who had seen none of the rest.",
        "`moore`: graded by Moore et al. 2025; three rules were loosened after it had been counted which of",
        "them stop its good replies, so its `safe_stopped` is no blind figure.",
        "",
        table("Replies", "figure", rows(guard, begins="guard/")),
        table("Held-out replies by rule: caught", "rule", rows(guard, begins="rule/")),
        table("Time of one sentence, model warm", "figure", rows(guard, begins="speed/")),
    ]
    CARD.write_text(filled(CARD.read_text(encoding="utf-8"), "figures", "\n".join(parts)), encoding="utf-8")
    sheet = SHEET.read_text(encoding="utf-8")
    for name in ("agreement", "realism"):
        printed = getattr(args, name).read_text(encoding="utf-8").strip()
        sheet = filled(sheet, name, f"```\n{printed}\n```")
    SHEET.write_text(sheet, encoding="utf-8")


if __name__ == "__main__":
    main()
