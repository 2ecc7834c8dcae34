"""Train the reading model: `python -m training.train --encoder minilm --out build/reading.pt`.

With `--teacher FILE` (a larger network trained by the same command) its probabilities are mixed into the
emotion targets and it labels further unlabelled ship text: knowledge distillation (Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import random
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses

from training import sources
from training.columns import NAMES, span
from training.network import ReadingNetwork, collate, encode, tokenizer
from training.sources import Example

PAD = {"minilm": 0, "mpnet": 1, "e5": 1}
WEIGHT = {"emotion": 1.0, "affect": 8.0, "symptom": 1.0, "assertion": 1.0, "brighter": 0.5, "edos": 0.5}


def column_weights() -> torch.Tensor:
    weights = torch.ones(len(NAMES))
    for group, weight in WEIGHT.items():
        weights[span(group)] = weight
    return weights


def loss_of(scores: torch.Tensor, target: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross entropy on every known column (squared error on valence and arousal), mean a text."""
    known = ~torch.isnan(target)
    filled = torch.where(known, target, torch.zeros_like(target))
    each = F.binary_cross_entropy_with_logits(scores, filled.clamp(0, 1), reduction="none")
    affect = span("affect")
    each[:, affect] = (scores[:, affect] - filled[:, affect]) ** 2
    return (each * known * weights).sum() / len(scores)


def batches(lengths: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Random batches of texts of nearly equal length: shuffle, sort within pools, shuffle batches."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    pool = size * 64
    out = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda i: lengths[i])
        out += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(out)
    return out


@torch.no_grad()
def predict(network: ReadingNetwork, texts: list[tuple[str, str]], *, encoder: str, bf16: bool) -> np.ndarray:
    """Return raw scores, (texts, columns)."""
    network.eval()
    encoded = encode(tokenizer(encoder), texts)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    out = np.zeros((len(texts), len(NAMES)), dtype=np.float32)
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            scores = network(*collate([encoded[i] for i in rows], pad=PAD[encoder]))
        out[rows] = scores.float().numpy()
    network.train()
    return out


def best_f1(scores: np.ndarray, gold: np.ndarray) -> float:
    """Macro F1 with the best threshold a label, chosen on the same rows: for watching only."""
    out = []
    for column in range(gold.shape[1]):
        order = np.argsort(-scores[:, column])
        hits = np.cumsum(gold[order, column])
        out.append(np.max(2 * hits / (np.arange(1, len(hits) + 1) + gold[:, column].sum())))
    return float(np.mean(out))


def distil(examples: list[Example], args: argparse.Namespace) -> list[Example]:
    """Mix the teachers' mean probabilities into the emotion targets and add text that only they label."""
    further = [
        Example(text, before, sources.blank(), "teacher") for text, before in sources.unlabelled(args.data)
    ]
    extra = random.Random(args.seed).sample(further, min(args.extra, len(further)))
    known = [i for i, e in enumerate(examples) if e.source in {"goemotions", "voiced", "edos", "brighter"}]
    pool = [examples[i] for i in known] + extra
    total = np.zeros((len(pool), 28), dtype=np.float64)
    for path in args.teacher:
        network = ReadingNetwork(args.teacher_encoder)
        network.load_state_dict(torch.load(path))
        texts = [(e.text, e.before) for e in pool]
        scores = predict(network, texts, encoder=args.teacher_encoder, bf16=args.bf16)
        total += 1 / (1 + np.exp(-scores[:, span("emotion")]))
    soft = (total / len(args.teacher)).astype(np.float32)
    for example, probabilities in zip(pool, soft, strict=True):
        gold = example.target[span("emotion")]
        mixed = (1 - args.soft) * gold + args.soft * probabilities
        example.target[span("emotion")] = np.where(np.isnan(gold), probabilities, mixed)
    return examples + extra


def gather(args: argparse.Namespace, rng: random.Random) -> list[Example]:
    examples = sources.goemotions(args.data, "train", rng=rng)
    if args.goemotions:
        examples = rng.sample(examples, args.goemotions)
    examples += (
        sources.emobank(args.data, "train") + sources.brighter(args.data, "train") + sources.edos(args.data)
    )
    synthetic = sources.synsym(args.data)
    rng.shuffle(synthetic)
    examples += synthetic[: args.synsym]
    if args.voiced:
        examples += sources.voiced(args.corpus, parts=tuple(args.voiced)) * args.voiced_times
        examples += sources.ordinary_talk(args.data, count=args.ordinary)
    return distil(examples, args) if args.teacher else examples


def optimiser(network: ReadingNetwork, rate: float) -> torch.optim.AdamW:
    """AdamW; the embeddings stay as they are, lower layers learn more slowly (Howard and Ruder 2018)."""
    network.encoder.embeddings.requires_grad_(False)
    layers = network.encoder.encoder.layer
    groups = [{"params": list(network.head.parameters()), "lr": rate * 10}]
    for depth, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(layers) - 1 - depth)})
    return torch.optim.AdamW(groups, weight_decay=0.01)


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    network = ReadingNetwork(args.encoder)
    if args.start:
        network.load_state_dict(torch.load(args.start))
    examples = gather(args, rng)
    encoded = encode(tokenizer(args.encoder), [(e.text, e.before) for e in examples])
    targets = torch.from_numpy(np.stack([e.target for e in examples]))
    weights = column_weights()
    dev = sources.goemotions(args.data, "dev")
    gold = np.stack([e.target for e in dev])[:, span("emotion")]
    adam = optimiser(network, args.rate)
    steps = args.epochs * len(batches([len(ids) for ids, _ in encoded], args.batch, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average = deepcopy(network)
    step, began = 0, time.monotonic()
    print(f"{len(examples)} examples, {steps} steps", flush=True)
    for epoch in range(args.epochs):
        for rows in batches([len(ids) for ids, _ in encoded], args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                scores = network(*collate([encoded[i] for i in rows], pad=PAD[args.encoder]))
            loss = loss_of(scores.float(), targets[rows], weights)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad()
            step += 1
            if step % 10 == 0:
                blend(average, network, keep=min(0.99, step / (step + 100)))
            if step % 200 == 0:
                took = time.monotonic() - began
                print(f"epoch {epoch} step {step}/{steps} loss {loss.item():.3f} {took:.0f} s", flush=True)
        for name, candidate in (("last", network), ("average", average)):
            scores = predict(candidate, [(e.text, "") for e in dev], encoder=args.encoder, bf16=args.bf16)
            reached = best_f1(scores[:, span("emotion")], gold)
            print(f"epoch {epoch} {name}: dev macro-F1 (own thresholds) {reached:.4f}", flush=True)
        torch.save(average.state_dict(), args.out)
        if epoch + 1 == args.stop_after:
            return


@torch.no_grad()
def blend(average: ReadingNetwork, network: ReadingNetwork, *, keep: float) -> None:
    """Move the running average of the weights (Polyak and Juditsky 1992) towards the network."""
    for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
        if theirs.requires_grad:
            mine.lerp_(theirs, 1 - keep)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", choices=["minilm", "mpnet"], default="minilm")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpora/symptom"))
    parser.add_argument("--voiced", nargs="*", default=[])
    parser.add_argument("--voiced-times", type=int, default=2)
    parser.add_argument("--synsym", type=int, default=8000)
    parser.add_argument("--ordinary", type=int, default=4000)
    parser.add_argument("--teacher", nargs="*", type=Path, default=[])
    parser.add_argument("--extra", type=int, default=8000, help="texts that only the teacher labels")
    parser.add_argument("--teacher-encoder", choices=["minilm", "mpnet"], default="minilm")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--soft", type=float, default=0.5)
    parser.add_argument("--goemotions", type=int, default=0, help="so many of its texts; 0 is all")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--stop-after", type=int, default=0, help="stop after so many of the --epochs")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--bf16", action="store_true", help="compute in bfloat16 (processors with AVX512-BF16 or AMX)"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
