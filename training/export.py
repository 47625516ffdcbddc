"""Writes the model's folder: ONNX in 8-bit whole numbers, the tokenizer, and the description with its checksums."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import onnxscript  # noqa: F401 - torch.onnx needs it, and would say so only after the training
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from alongside.core.rating.model import Scale
from alongside.core.rating.moves import Move
from training.network import MoveReader, pretrained_folder


class _OneSentence(nn.Module):
    """The network as it runs: one sentence at a time, so nothing is masked."""

    def __init__(self, network: MoveReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.read(ids, types, torch.ones_like(ids))


def export_network(network: MoveReader, folder: Path) -> None:
    """Write ``model.onnx`` (dynamic 8-bit) and ``tokenizer.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(pretrained_folder() / "tokenizer.json", folder / "tokenizer.json")
    example = (torch.tensor([[101, 2023, 102, 102, 102, 2003, 102]]), torch.tensor([[0, 0, 0, 1, 1, 1, 1]]))
    length = torch.export.Dim("length", min=4, max=511)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _OneSentence(network).eval(),
            example,
            str(whole),
            input_names=["ids", "types"],
            output_names=["moves", "vector"],
            dynamic_shapes={"ids": {1: length}, "types": {1: length}},
            external_data=False,
        )
        onnx.checker.check_model(str(whole))
        quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    _forget_origin(folder / "model.onnx")


def _forget_origin(file: Path) -> None:
    """Drop what PyTorch notes beside every node: lines of our code, and the paths of the machine that trained."""
    model = onnx.load(file)
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del part.metadata_props[:]
    onnx.save(model, file)


def describe(folder: Path, version: str, scales: dict[Move, Scale]) -> None:
    """Write ``model.json``: version, checksums, and each move's calibration and threshold."""
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    moves = {
        move.value: {key: round(value, 6) for key, value in asdict(scale).items()} for move, scale in scales.items()
    }
    description = {"version": version, "files": files, "moves": moves}
    (folder / "model.json").write_text(json.dumps(description, indent=1) + "\n", "utf-8")
