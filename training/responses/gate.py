"""Teach the English gate's network which answers fit: `python -m training.responses.gate --write`.

Its encoder reads each message of a talk anyway. Linear columns on its output tell what a crisis reply takes
up ("move:..."), from `corpora/talks/moves.tsv`; the encoder and all other columns stay as they are. Prints
how often the likeliest had been chosen on lines of writers left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from holdspace.models import SafetyNetwork, SafetyPassage, english_safety_package
from holdspace.models._packed import EXTERNAL_FILE
from holdspace.models._safety_network import _END, _START, MAX_TOKENS
from training.crisis.talks import Script, played, scripts
from training.responses.examples import Example, examples
from training.responses.train import columns, targets, watch

POOLED = "/Div_output_0"  # the encoder's output, in the graph
SCORES = "scores"
PENALTY = 1e-2
STEPS = 300
ADDED = "move"  # the group of its columns


class GateEncoder(SafetyNetwork):
    """The shipped network, read for what its encoder makes of a message."""

    def pooled(self, passages: list[SafetyPassage]) -> np.ndarray:
        """Return the encoder's output of each passage, (passages, width); of a long one, its first window."""
        import onnxruntime as ort
        from tokenizers import Tokenizer

        model = onnx.load(str(self.package.folder / "model.onnx"), load_external_data=False)
        model.graph.output.append(helper.make_tensor_value_info(POOLED, onnx.TensorProto.FLOAT, None))
        options = ort.SessionOptions()
        unpacked = self.package.unpacked()
        assert unpacked is not None
        options.add_external_initializers_from_files_in_memory([EXTERNAL_FILE], [unpacked], [len(unpacked)])
        self._session = ort.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(self.package.folder / "tokenizer.json"))
        out, began = [], time.monotonic()
        for number, passage in enumerate(passages):
            said = self._tokenizer.encode(passage.text, add_special_tokens=False)
            lead = self._lead(passage, own=len(said.ids))
            ids = np.array([[_START, *lead, *said.ids[:MAX_TOKENS], _END]], dtype=np.int64)
            read = np.ones_like(ids)
            read[0, : 1 + len(lead) if lead else 0] = 0
            fed = {"ids": ids, "mask": np.ones_like(ids), "read": read}
            out.append(self._session.run([POOLED], fed)[0][0])
            if number % 1000 == 0:
                print(f"{number}/{len(passages)} {time.monotonic() - began:.0f} s", flush=True)
        return np.stack(out)


def heard(script: Script) -> list[SafetyPassage]:
    """Return each message of a talk as the gate hears it."""
    return [SafetyPassage(message, before) for _, message, before in played(script)]


def contexts(folder: Path, found: list[Example]) -> list[SafetyPassage]:
    """Return each line as the gate hears it in its talk."""
    known: dict[tuple[str, int], SafetyPassage] = {}
    for writer in sorted({one.writer for one in found}):
        for script in scripts(folder / f"{writer}.txt"):
            known |= {(writer, n): one for n, one in zip(script.numbers, heard(script), strict=True)}
    return [known[one.writer, one.number] for one in found]


def fit(found: np.ndarray, gold: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (answers, width) and biases of one logistic regression for each answer."""
    mean, spread = found.mean(0), found.std(0) + 1e-6
    scaled = torch.from_numpy((found - mean) / spread).float()
    known = ~gold.isnan()
    filled = gold.nan_to_num()
    share = gold.nanmean(0).clamp(1e-4, 1 - 1e-4)
    weight = torch.zeros(gold.shape[1], found.shape[1], requires_grad=True)
    bias = torch.log(share / (1 - share)).clone().requires_grad_()
    adam = torch.optim.Adam([weight, bias], lr=1e-2)
    for _ in range(STEPS):
        each = torch.nn.functional.binary_cross_entropy_with_logits(
            scaled @ weight.T + bias, filled, reduction="none"
        )
        loss = (each * known).sum(1).mean() + PENALTY * (weight**2).sum()
        adam.zero_grad()
        loss.backward()
        adam.step()
    plain = weight.detach().numpy() / spread
    return plain, bias.detach().numpy() - plain @ mean


def append(folder: Path, names: list[str], weight: np.ndarray, bias: np.ndarray) -> None:
    """Put the columns behind those of the network in `folder`; such columns that it had are replaced."""
    path = folder / "model.onnx"
    model = onnx.load(str(path), load_external_data=False)
    graph = model.graph
    added = [node for node in graph.node if node.name.startswith("added/")]
    for node in added:
        graph.node.remove(node)
    for tensor in [tensor for tensor in graph.initializer if tensor.name.startswith("added/")]:
        graph.initializer.remove(tensor)
    own = next(node for node in graph.node if {SCORES, "added/own"} & set(node.output))
    own.output[0] = "added/own"
    graph.initializer.extend(
        [
            numpy_helper.from_array(weight.astype(np.float16), "added/weight"),
            numpy_helper.from_array(bias.astype(np.float32), "added/bias"),
        ]
    )
    graph.node.extend(
        [
            helper.make_node(
                "Cast", ["added/weight"], ["added/weight32"], name="added/cast", to=onnx.TensorProto.FLOAT
            ),
            helper.make_node(
                "Gemm",
                [POOLED, "added/weight32", "added/bias"],
                ["added/scores"],
                name="added/gemm",
                transB=1,
            ),
            helper.make_node("Concat", ["added/own", "added/scores"], [SCORES], name="added/concat", axis=1),
        ]
    )
    onnx.save(model, str(path))
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    described["columns"] = [c for c in described["columns"] if not c.startswith(f"{ADDED}:")] + names
    described["calibration"] = {c: described["calibration"].get(c, [1.0, 0.0]) for c in described["columns"]}
    described["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def lines(folder: Path, out_of_it: Sequence[str]) -> list[Example]:
    """Return the lines of dangerous talks for which it was chosen what to take up."""
    found = [one for one in examples(folder) if "move" in one.chosen and one.writer not in out_of_it]
    for one in found:
        one.chosen.pop("shape")
    return found


def readings(folder: Path, found: list[Example], kept: Path) -> np.ndarray:
    """Return what the encoder makes of each line, (lines, width); from `kept` where that is there."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, GateEncoder(english_safety_package()).pooled(contexts(folder, found)))
    return np.load(kept)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--kept", type=Path, default=Path("build/responses/read.npy"))
    parser.add_argument("--held", nargs="*", default=["days_d", "days_f", "lives_h", "lives_q", "turning_a"])
    parser.add_argument("--out-of-it", nargs="*", default=["days_h"], help="writers left out")
    parser.add_argument("--write", action="store_true", help="put the columns into the package")
    args = parser.parse_args()
    folder = args.corpora / "talks"
    found = lines(folder, args.out_of_it)
    read = readings(folder, found, args.kept)
    names = columns(found)
    gold = targets(found, names)
    held = np.array([one.writer in args.held for one in found])
    weight, bias = fit(read[~held], gold[torch.from_numpy(~held)])
    shown = 1 / (1 + np.exp(-(read[held] @ weight.T + bias)))
    print(f"{len(found)} lines, {held.sum()} held{watch(shown, gold.numpy()[held], names)}", flush=True)
    if args.write:
        append(english_safety_package().folder, names, *fit(read, gold))


if __name__ == "__main__":
    main()
