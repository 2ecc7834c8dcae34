"""Export the safety model: `python -m training.crisis.export --weights build/crisis/1.pt --out FOLDER`.

With several weight files their mean is exported (Wortsman et al. 2022). Matrices and arithmetic are in
int8 (dynamic quantisation, 7 bits so that no processor overflows): three times faster on one core. With
`--four-bit` the matrices are stored at 4 bits (`packed.npz`).
Two outputs: `scores` (batch, columns) and `shares` (batch, tokens), each token's part of the alarm's score.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import Tensor, nn

from training.crisis.columns import GROUPS, INDEX, SERVED, span
from training.crisis.network import MAX_CONTEXT_TOKENS, CrisisNetwork, mean_weights
from training.crisis.packing import round_to_4_bits, take_out


class Served(nn.Module):
    """The network with the columns that are served, and each token's share in `alarm`."""

    def __init__(self, network: CrisisNetwork, *, groups: Sequence[str], alarm: str) -> None:
        super().__init__()
        self.network = network
        self.alarm = INDEX[alarm]
        self.columns = torch.cat([torch.arange(span(g).start, span(g).stop) for g in groups])

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.network.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = read.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weight).sum(1) / weight.sum(1)
        alarm = self.network.head.weight[self.alarm]
        return self.network.head(pooled)[:, self.columns], (hidden * weight * alarm).sum(-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--encoder", type=Path, default=Path("build/crisis/e5"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--id", default="safety.v2")
    parser.add_argument("--four-bit", action="store_true")
    parser.add_argument("--groups", nargs="+", default=SERVED, help="of columns that are served")
    parser.add_argument("--alarm", default="level:crisis")
    parser.add_argument("--context-tokens", type=int, default=MAX_CONTEXT_TOKENS)
    parser.add_argument("--room-tokens", type=int, help="of a message and the words before it; no bound else")
    args = parser.parse_args()
    network = CrisisNetwork(args.encoder)
    network.load_state_dict(mean_weights(args.weights))
    network.eval()
    rounded = round_to_4_bits(network.encoder) if args.four_bit else {}
    args.out.mkdir(parents=True, exist_ok=True)
    example = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "read")}
    with tempfile.TemporaryDirectory() as folder:
        raw = str(Path(folder) / "raw.onnx")
        torch.onnx.export(
            Served(network, groups=args.groups, alarm=args.alarm),
            (example, example, example),
            raw,
            input_names=list(axes),
            output_names=["scores", "shares"],
            dynamic_axes={**axes, "scores": {0: "batch"}, "shares": {0: "batch", 1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        config = network.encoder.config
        fused = optimizer.optimize_model(
            raw, model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
        )
        fused.save_model_to_file(raw)
        quantize_dynamic(
            raw,
            str(args.out / "model.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"] if args.four_bit else None,
            extra_options={"DefaultTensorType": 1},
        )
    shutil.copy(args.encoder / "tokenizer.json", args.out / "tokenizer.json")
    packed = take_out(args.out / "model.onnx", rounded=rounded) if args.four_bit else b""
    if packed:
        (args.out / "packed.npz").write_bytes(packed)
    columns = [f"{group}:{name}" for group in args.groups for name in GROUPS[group]]
    described = {
        "id": args.id,
        "sha256": hashlib.sha256((args.out / "model.onnx").read_bytes()).hexdigest(),
        "packed_sha256": hashlib.sha256(packed).hexdigest() if packed else None,
        "columns": columns,
        "alarm": args.alarm,
        "context_tokens": args.context_tokens,
        "room_tokens": args.room_tokens,
        "calibration": {name: [1.0, 0.0] for name in columns},
        "error": {},
    }
    (args.out / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
