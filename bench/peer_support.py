"""How far the rater's readings go with people's codings of real peer support (EPITOME's Reddit part).

Run: ``python -m bench.peer_support FOLDER``, where FOLDER holds the three CSV files of that data set (Sharma and others
2020, arXiv 2009.08441). The data is for measuring only: it is not in this project, and nothing that ships learnt from
it.

EPITOME codes whole replies with other questions than ours, so what can be compared is order, not codes: the area
under the ROC curve of a reply's strongest related probability against EPITOME's “at all” (level 1 or 2). Chance gives
0.5.
"""

import csv
import random
import sys
from pathlib import Path

from sklearn.metrics import roc_auc_score

from alongside.core.rating import Move, Verdict, rate

RELATED = {
    "emotional-reactions": (Move.WARMTH, Move.UNBLAME, Move.AFFIRM, Move.FEELING),
    "interpretations": (Move.FEELING, Move.MEANING, Move.SELF),
    "explorations": (Move.INVITE, Move.PROBE),
}
SAMPLE = 600


def main(folder: Path) -> None:
    """Rate a fixed sample of replies for each mechanism, and print one table."""
    print(f"| mechanism | replies | present | moves compared | area under the curve |\n{'|---' * 5}|")
    for mechanism, moves in RELATED.items():
        with (folder / f"{mechanism}-reddit.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows = random.Random(1).sample(rows, SAMPLE)
        present, strength = [], []
        for row in rows:
            rating = rate(row["seeker_post"], row["response_post"])
            found = [s.probabilities for s in rating.sentences if s.verdict is not Verdict.UNRATED]
            if found:
                present.append(row["level"] != "0")
                strength.append(max(max(one[move] for move in moves) for one in found))
        area = roc_auc_score(present, strength)
        names = ", ".join(move.value for move in moves)
        print(
            f"| {mechanism} | {len(present)} | {sum(present) / len(present):.0%} | {names} | {area:.3f} |", flush=True
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
