"""Numbers that tell of nobody: who answered something is counted in crowds of five different people.

A crowd is closed once, and stays as it is. So two looks at all that is closed differ by nothing or by whole crowds: no
look, and no two looks, tell what one person answered.
"""

from collections.abc import Hashable, Iterable
from typing import TypeVar

from alongside.core.change import FEWEST_PEOPLE

Who = TypeVar("Who", bound=Hashable)
What = TypeVar("What")


def crowds(waiting: Iterable[tuple[Who, What]]) -> list[tuple[What, ...]]:
    """Give the crowds that can be closed: five entries (``what``) of five different people (``who``) each.

    They are taken in the order in which they wait. Who is in a crowd already waits for the next with what else is hers.
    One entry more at the end closes one crowd more, in which it is, or none; those before stay the same.
    """
    rest, closed = list(waiting), []
    while len(crowd := _first_of_each(rest)) == FEWEST_PEOPLE:
        closed.append(tuple(rest[place][1] for place in crowd))
        rest = [each for place, each in enumerate(rest) if place not in crowd]
    return closed


def said_by_enough(said: Iterable[tuple[Who, Hashable]]) -> set[Who]:
    """Give everybody of whom (the first of each pair) five different people (the second) say something."""
    people: dict[Who, set[Hashable]] = {}
    for about, by in said:
        people.setdefault(about, set()).add(by)
    return {about for about, by in people.items() if len(by) >= FEWEST_PEOPLE}


def _first_of_each(entries: list[tuple[Who, What]]) -> list[int]:
    """Give the places of the first entries of the first people, of five at most."""
    places: dict[Who, int] = {}
    for place, (who, _what) in enumerate(entries):
        places.setdefault(who, place)
        if len(places) == FEWEST_PEOPLE:
            break
    return list(places.values())
