"""Fine-tunes the network on the training split."""

import copy
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

from training.examples import Example, shuffled_batches, stack
from training.network import MoveReader


@dataclass(frozen=True)
class Recipe:
    """How the network is trained. Rates are peaks; they rise over the first 6 % of the steps and fall linearly to 0."""

    layers: int = 3
    epochs: int = 4
    batch: int = 32
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    weight_of_presence: float = 2.0
    smoothing: float = 0.02
    averaging: float = 0.01
    seed: int = 1


def fit(examples: Sequence[Example], recipe: Recipe) -> MoveReader:
    """Train, and give the running average of the weights: steadier than the last step."""
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    network = MoveReader(recipe.layers)
    average = copy.deepcopy(network)
    optimiser = _optimiser(network, recipe)
    peaks = [group["lr"] for group in optimiser.param_groups]
    steps = recipe.epochs * math.ceil(len(examples) / recipe.batch)
    presence = torch.tensor(recipe.weight_of_presence)
    step, began = 0, time.monotonic()
    for epoch in range(recipe.epochs):
        network.train()
        total = 0.0
        for batch in shuffled_batches(examples, recipe.batch, dice):
            rate = min((step + 1) / (0.06 * steps), (steps - step) / steps)
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * rate
            ids, types, mask, wanted = stack(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_has_bfloat16()):
                outputs = network(ids, types, mask)
            soft = wanted * (1 - 2 * recipe.smoothing) + recipe.smoothing / 2
            loss = nn.functional.binary_cross_entropy_with_logits(outputs.float(), soft, pos_weight=presence)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            _move_towards(average, network, recipe.averaging if step > 100 else 0.1)
            step += 1
            total += loss.item() * len(batch)
        minutes = (time.monotonic() - began) / 60
        print(f"epoch {epoch + 1}/{recipe.epochs}  loss {total / len(examples):.4f}  {minutes:.1f} min", flush=True)
    return average.eval()


def _optimiser(network: MoveReader, recipe: Recipe) -> torch.optim.AdamW:
    decayed, undecayed = [], []
    for name, weights in network.encoder.named_parameters():
        if not weights.requires_grad:
            continue
        (undecayed if "bias" in name or "LayerNorm" in name else decayed).append(weights)
    return torch.optim.AdamW(
        [
            {"params": decayed, "lr": recipe.encoder_rate, "weight_decay": 0.01},
            {"params": undecayed, "lr": recipe.encoder_rate, "weight_decay": 0.0},
            {"params": list(network.head.parameters()), "lr": recipe.head_rate, "weight_decay": 0.01},
        ]
    )


@torch.no_grad()
def _move_towards(average: nn.Module, network: nn.Module, share: float) -> None:
    for slow, fast in zip(average.parameters(), network.parameters(), strict=True):
        if fast.requires_grad:
            slow.lerp_(fast, share)


def _has_bfloat16() -> bool:
    """Whether this processor multiplies in bfloat16: half the time, where it does."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
