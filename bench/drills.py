"""How the rater reads the drills that ship: pairs of replies that are nearly the same. None is in the corpus.

Run: ``python -m bench.drills``; seconds on one core. Of each drill, its first reply leans in by the move that the drill
names, its second pulls back by the other; both are rated in answer to the whole disclosure. Prints one table.
"""

import os
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

from alongside.core.rating import PULL_BACK, rate
from alongside.practice.drill_data import drill_from_data
from alongside.review.files import read_file
from alongside.review.shape import Data

DRILLS = Path(__file__).resolve().parents[1] / "content/en/drills"


class Read(NamedTuple):
    """What was read in the two replies of one drill."""

    accuses_nobody: bool
    finds_the_lean_in: bool
    sees_it_pull_back: bool
    finds_the_pull_back: bool


def main() -> None:
    """Measure and print."""
    drills = [read_file(path.read_text("utf-8"), path.name, drill_from_data) for path in sorted(DRILLS.glob("*.yaml"))]
    table = list(map(_read, drills))
    print(f"| of {len(table)} pairs | number |\n|---|---|")
    for name in Read._fields:
        print(f"| {name.replace('_', ' ')} | {sum(getattr(read, name) for read in table)} |")


def _read(drill: Data) -> Read:
    leans_in, pulls_back = (
        rate(drill["disclosure"], drill[side]["reply"]).moves for side in ("leans_in", "pulls_back")
    )
    return Read(
        accuses_nobody=leans_in.isdisjoint(PULL_BACK),
        finds_the_lean_in=drill["leans_in"]["move"] in leans_in,
        sees_it_pull_back=not pulls_back.isdisjoint(PULL_BACK),
        finds_the_pull_back=drill["pulls_back"]["move"] in pulls_back,
    )


if __name__ == "__main__":
    main()
