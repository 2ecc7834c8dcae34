"""The English encoder: first layers and commonest pieces of all-mpnet-base-v2 (Song et al. 2020; Apache-2.0).

The lower layers keep most of what an encoder can do (Sajjad et al. 2023, doi 10.1016/j.csl.2022.101429).
"""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from training import sources as reading
from training.crisis.sources import counsel_file
from training.network import encoder_folder

LAYERS = 8


def write_folder(out: Path, *, data: Path, corpora: Path, count: int) -> None:
    """Write config, weights and tokenizer with `LAYERS` layers and `count` pieces to `out`."""
    source = encoder_folder("mpnet")
    tokens = Tokenizer.from_file(str(source / "tokenizer.json"))
    described = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    kept = _kept(tokens, described["model"]["vocab"], texts=_texts(data, corpora), count=count)
    described["model"]["vocab"] = {piece: number for number, (piece, _) in enumerate(kept)}
    for added in described["added_tokens"]:
        added["id"] = described["model"]["vocab"][added["content"]]
    described.update(truncation=None, padding=None)
    model = AutoModel.from_pretrained(source, add_pooling_layer=False)
    model.encoder.layer = model.encoder.layer[:LAYERS]
    rows = model.embeddings.word_embeddings.weight[torch.tensor([old for _, old in kept])]
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(rows.detach().clone(), freeze=False)
    model.config.num_hidden_layers = LAYERS
    model.config.vocab_size = len(kept)
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    (out / "tokenizer.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


def _texts(data: Path, corpora: Path) -> list[str]:
    """Return texts whose words are to stay whole: our own corpora, questions to counsellors, comments."""
    out = [example.text for example in reading.goemotions(data, "train", rng=random.Random(1))]
    out += [example.text for example in reading.synsym(data)]
    for row in reading.rows(counsel_file(data)):
        out += [row["questionText"] or "", row["answerText"] or ""]
    out += [row["sentence"] for row in reading.rows(data / "ship/sad_stressors/sad_v1.csv.gz")]
    for path in sorted(corpora.glob("*/*.jsonl")):
        out += [path.read_text(encoding="utf-8")]
    return out


def _kept(
    tokens: Tokenizer, vocabulary: dict[str, int], *, texts: list[str], count: int
) -> list[tuple[str, int]]:
    """Return (piece, old number) in the old order: specials, single signs, then the commonest in `texts`."""
    tokens.no_truncation()
    used: Counter[str] = Counter()
    for encoded in tokens.encode_batch(texts, add_special_tokens=False):
        used.update(encoded.tokens)
    names = {number: piece for piece, number in vocabulary.items()}
    first = [piece for number, piece in sorted(names.items()) if number < 5 or piece in ("<mask>", "[UNK]")]
    letters = [p for p in vocabulary if len(p.removeprefix("##")) == 1 and (p.isascii() or used[p])]
    ranked = sorted(vocabulary, key=lambda piece: (-used[piece], vocabulary[piece]))
    chosen = list(dict.fromkeys([*first, *letters, *ranked]))[:count]
    return sorted(((piece, vocabulary[piece]) for piece in chosen), key=lambda pair: pair[1])
