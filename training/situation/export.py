"""Export the network: `python -m training.situation.export --weights build/situation.pt --id situation.v1`.

Writes `src/holdspace/models/situation`: ONNX with int8 weights, as `training.export` does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch

from training.export import fuse, quantise, write_onnx
from training.network import encoder_folder
from training.situation.examples import NONE, TONES
from training.situation.network import SituationNetwork


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", choices=["minilm", "e5"], default="minilm")
    parser.add_argument("--out", type=Path, default=Path("src/holdspace/models/situation"))
    parser.add_argument("--id", default="situation.v1")
    args = parser.parse_args()
    stored = torch.load(args.weights)
    themes = len(stored["themes"]) + 1
    network = SituationNetwork(len(stored["ids"]), tones=len(TONES), themes=themes, encoder=args.encoder)
    network.load_state_dict(stored["weights"])
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        write_onnx(network.eval(), raw)
        model = quantise(fuse(raw, network.encoder.config))
    onnx.save(model, str(args.out / "model.onnx"))
    shutil.copy(encoder_folder(args.encoder) / "tokenizer.json", args.out / "tokenizer.json")
    described = {
        "id": args.id,
        "sha256": hashlib.sha256((args.out / "model.onnx").read_bytes()).hexdigest(),
        "columns": [
            *stored["ids"],
            NONE,
            *(f"tone:{name}" for name in TONES),
            *(f"theme:{name}" for name in [*stored["themes"], NONE]),
        ],
        "calibration": {},
        "error": {},
    }
    (args.out / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
