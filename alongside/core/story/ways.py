"""What leads where in a scenario: for each beat the replies that keep her there, and those that lead on.

For whoever looks at a story as a whole. It reads what is written and walks nothing, so a draft with dead ends can be
looked at as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.core.problem import Place
from alongside.core.story.scenario import Beat, Condition, Reaction, Scenario


@dataclass(frozen=True)
class Way:
    """One reaction of a beat. ``place``: where it stands in the beat; ``when``: ``None`` for one without condition."""

    place: Place
    reaction: Reaction
    when: Condition | None = None


@dataclass(frozen=True)
class Passage:
    """All ways from the beat ``source`` to the beat or ending ``target``, by key; there may be nothing of that key."""

    source: str
    target: str
    ways: tuple[Way, ...]


def ways(beat: Beat) -> Iterator[Way]:
    """Give the reactions of a beat in the order of its text."""
    for index, rule in enumerate(beat.rules):
        yield Way(("rules", index), rule, rule.when)
    yield Way(("otherwise",), beat.otherwise)
    if beat.worn is not None:
        yield Way(("worn",), beat.worn)


def stays(beat: Beat) -> tuple[Way, ...]:
    """Give the ways that leave her on the beat."""
    return tuple(way for way in ways(beat) if not _leads_on(beat, way))


def passages(scenario: Scenario) -> tuple[Passage, ...]:
    """Give what leads from each beat to each place, in the order of the text. Of beats with one key, the first counts.

    A beat that goes to itself, which is refused elsewhere, has no passage for it.
    """
    found: dict[tuple[str, str], list[Way]] = {}
    for beat in first_of_each_key(scenario):
        for way in ways(beat):
            if _leads_on(beat, way):
                found.setdefault((beat.key, way.reaction.goto or ""), []).append(way)
    return tuple(Passage(source, target, tuple(each)) for (source, target), each in found.items())


def first_of_each_key(scenario: Scenario) -> list[Beat]:
    """Give the beats, each key once."""
    return list({beat.key: beat for beat in reversed(scenario.beats)}.values())[::-1]


def _leads_on(beat: Beat, way: Way) -> bool:
    return way.reaction.goto not in (None, beat.key)
