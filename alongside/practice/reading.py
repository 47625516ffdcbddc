"""A rating as plain data, to be kept with a turn, and back."""

from typing import Any

from alongside.core.rating import Move, Rating, Sentence, Stance, Verdict

Data = dict[str, Any]


def reading_to_data(rating: Rating) -> Data:
    """Give a rating as JSON has it: codes for moves, probabilities rounded to four places.

    A sentence has a ``decision`` only where it follows one.
    """
    return {
        "model": rating.model,
        "stance": rating.stance.value,
        "sentences": [
            {
                "text": sentence.text,
                "start": sentence.start,
                "end": sentence.end,
                "moves": [move.value for move in sentence.moves],
                "probabilities": {move.value: round(float(p), 4) for move, p in sentence.probabilities.items()},
                "verdict": sentence.verdict.value,
                **({"decision": sentence.decision} if sentence.decision else {}),
            }
            for sentence in rating.sentences
        ],
    }


def reading_from_data(data: Data) -> Rating:
    """Give the rating that ``reading_to_data`` was given."""
    return Rating(
        sentences=tuple(
            Sentence(
                text=each["text"],
                start=each["start"],
                end=each["end"],
                moves=tuple(Move(code) for code in each["moves"]),
                probabilities={Move(code): p for code, p in each["probabilities"].items()},
                verdict=Verdict(each["verdict"]),
                decision=each.get("decision", ""),
            )
            for each in data["sentences"]
        ),
        stance=Stance(data["stance"]),
        model=data["model"],
    )
