"""``make train``: fine-tunes, calibrates and exports the rating model, and writes its figures into the model card.

Reads ``corpus/``; writes ``alongside/core/rating/data/`` (or ``--into``). About a quarter of an hour on two cores.
"""

import argparse
import logging
import random
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alongside.core.rating.encoding import Encoder
from alongside.core.rating.model import SHIPPED, Model, Scale
from alongside.core.rating.moves import Move
from training.calibrate import calibrate
from training.card import write_figures
from training.corpus import LabelledReply, read_corpus
from training.examples import encode_examples, join_neighbours, targets
from training.export import describe, export_network
from training.fit import Recipe, fit
from training.network import pretrained_folder

VERSION = "1"


def main() -> None:
    """Make the model anew."""
    parser = argparse.ArgumentParser(prog="make train", description=__doc__)
    parser.add_argument("--into", type=Path, default=SHIPPED, help="the folder to write")
    parser.add_argument("--layers", type=int, default=Recipe.layers)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)

    replies = read_corpus()
    encoder = Encoder(pretrained_folder() / "tokenizer.json")
    recipe = Recipe(layers=given.layers, epochs=given.epochs)
    train = [reply for reply in replies if reply.split == "train"]
    joined = join_neighbours(train, encoder, share=0.4, dice=random.Random(recipe.seed))
    network = fit([*encode_examples(train, encoder), *joined], recipe)
    export_network(network, given.into)

    # What runs is the exported model, so the development split is read by that, not by the network it came from.
    describe(given.into, VERSION, {move: Scale(1.0, 0.0, 0.5, 0.25) for move in Move})
    dev = [reply for reply in replies if reply.split == "dev"]
    examples = encode_examples(dev, encoder)
    scales = calibrate(_outputs(Model(given.into), dev), targets(examples), [example.reply for example in examples])
    describe(given.into, VERSION, scales)
    write_figures(Model(given.into), replies, given.into / "MODEL_CARD.md")


def _outputs(model: Model, replies: list[LabelledReply]) -> NDArray[np.float64]:
    """Give the raw outputs for every clear sentence: with slope 1 and offset 0, the logits of the probabilities."""
    rows = []
    for reply in replies:
        seen = model.read(reply.disclosure, [sentence.text for sentence in reply.sentences])
        rows += [
            [np.log(p / (1 - p)) for p in found.probabilities.values()]
            for found, sentence in zip(seen, reply.sentences, strict=True)
            if not sentence.unclear
        ]
    return np.clip(np.array(rows), -30, 30)


if __name__ == "__main__":
    main()
