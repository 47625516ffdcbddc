"""A scenario as a picture and as a list: its beats, what leads from one to another, and by which replies.

Made on the server; it holds no script, and a page writes its texts as texts.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from alongside.core.rating import Family, Kind, Move, Stance
from alongside.core.story import TRUST_HIGHEST, TRUST_LOWEST, Beat, Change, Condition, Ending, Scenario
from alongside.core.story.map import Box, Road, Stop, draw
from alongside.core.story.ways import Passage, Way, stays, ways
from alongside.practice.trust import written

_LINE, _LETTER, _PAD = 18, 6.7, 12
_CODES: tuple[StrEnum, ...] = (*Stance, *Family, *Kind, *Move)
_NO_BREAK = "\N{NO-BREAK SPACE}"
_STOP_LETTERS, _LABEL_LETTERS = 28, 26
_SAYS_LINES, _STAYS_LINES = 2, 3


@dataclass(frozen=True)
class Line:
    """A line of text in a box, and where it stands on the sheet. ``look``: a class of the style sheet."""

    words: str
    x: int
    y: int
    look: str


@dataclass(frozen=True)
class Drawn:
    """A box with its lines. ``look``: classes of the style sheet."""

    box: Box
    look: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class DrawnRoad:
    """A road: its path as SVG writes it, its label, and whether it ends in an arrow."""

    path: str
    look: str
    label: Drawn
    arrives: bool


@dataclass(frozen=True)
class WayInWords:
    """One reaction for the list: which replies bring it about, what she does, and where it leads (empty: nowhere)."""

    replies: str
    change: str
    target: str


@dataclass(frozen=True)
class StopInWords:
    """A beat or an ending for the list. ``how``: what she does at an ending; ``ways``: what can happen in a beat."""

    key: str
    says: str
    how: str
    ways: tuple[WayInWords, ...]


@dataclass(frozen=True)
class ScenarioMap:
    """All that a page needs to show a map; sizes in pixels."""

    title: str
    width: int
    height: int
    stops: tuple[Drawn, ...]
    roads: tuple[DrawnRoad, ...]
    listed: tuple[StopInWords, ...]


def scenario_map(scenario: Scenario) -> ScenarioMap:
    """Give the map of a scenario, which may be a draft with dead ends."""
    drawn = draw(
        scenario,
        stop_size=lambda key: _size(_stop_lines(scenario, key), _STOP_LETTERS),
        label_size=lambda passage: _size(_label_lines(passage)),
    )
    return ScenarioMap(
        title=scenario.title,
        width=drawn.width,
        height=drawn.height,
        stops=tuple(_stop(stop, _stop_lines(scenario, stop.key)) for stop in drawn.stops),
        roads=tuple(map(_road, drawn.roads)),
        listed=(*map(_beat_in_words, scenario.beats), *map(_ending_in_words, scenario.endings)),
    )


def replies_in_words(way: Way) -> str:
    """Say which replies bring a reaction about, with the codes that rules are written in."""
    if way.when is not None:
        return _condition(way.when)
    return gettext("patience used up") if way.place == ("worn",) else gettext("every other reply")


def _condition(when: Condition) -> str:
    parts = [_either(codes) for codes in (when.move, when.kind, when.stance) if codes]
    if when.lacks:
        parts.append(gettext("without %(codes)s") % {"codes": _either(when.lacks)})
    if when.trust_at_least != TRUST_LOWEST:
        parts.append(gettext("trust %(trust)s or more") % {"trust": written(when.trust_at_least)})
    if when.trust_at_most != TRUST_HIGHEST:
        parts.append(gettext("trust %(trust)s or less") % {"trust": written(when.trust_at_most)})
    return ", ".join(parts) or gettext("any move")


def _either(codes: Iterable[StrEnum]) -> str:
    in_order = sorted(codes, key=lambda code: next(at for at, each in enumerate(_CODES) if each is code))
    return gettext(" or ").join(map(_as_one_word, in_order))


def _as_one_word(code: StrEnum) -> str:
    return code.value.replace(" ", _NO_BREAK)


# --- The picture ----------------------------------------------------------------------------------------------------


def _stop_lines(scenario: Scenario, key: str) -> list[tuple[str, str]]:
    """Give the lines in the box of a beat or ending, each with its look."""
    beat, ending = scenario.beat(key), scenario.ending(key)
    if beat is None and ending is None:
        return [("key", key), ("soft", gettext("There is nothing of this key."))]
    lines = [("key", key)]
    if beat is not None:
        lines += [("says", line) for line in _wrapped(_first_message(beat.says), _STOP_LETTERS, _SAYS_LINES)]
        lines += [("soft", line) for line in _wrapped(_stays_in_words(beat), _STOP_LETTERS, _STAYS_LINES)]
    elif ending is not None:
        lines.append((f"then {_look(ending.how)}", ending.how.value))
        lines += [("says", line) for line in _wrapped(_first_message(ending.says), _STOP_LETTERS, _SAYS_LINES)]
    return lines


def _stays_in_words(beat: Beat) -> str:
    """Say in a few words how many ways leave her on the beat, and how often."""
    number = len(stays(beat))
    if not number:
        return ""
    sentence = ngettext(
        "stays %(times)d× at most (%(number)d way)", "stays %(times)d× at most (%(number)d ways)", number
    )
    return sentence % {"times": beat.patience, "number": number}


def _label_lines(passage: Passage) -> list[tuple[str, str]]:
    """Give the lines of a label: what she does, and the replies that bring it about, one after the other."""
    by_change: dict[Change, list[str]] = {}
    for way in passage.ways:
        replies = by_change.setdefault(way.reaction.then, [])
        if (words := replies_in_words(way)) not in replies:
            replies.append(words)
    lines = []
    for change, replies in by_change.items():
        text = f"{_as_one_word(change)}: {f'{_NO_BREAK}· '.join(replies)}"
        lines += [(f"then {_look(change)}", line) for line in _wrapped(text, _LABEL_LETTERS)]
    return lines


def _look(change: Change) -> str:
    """Give the class for what she does; the words beside it say the same."""
    return {Change.OPENS_UP: "in", Change.STAYS: "stay"}.get(change, "back")


def _size(lines: Sequence[tuple[str, str]], letters: int = 0) -> tuple[int, int]:
    """Give the size of a box for these lines, at least so many letters broad."""
    broadest = max(letters, *(_breadth(words) for _look, words in lines))
    return round(broadest * _LETTER) + 2 * _PAD, len(lines) * _LINE + 2 * _PAD


def _placed(box: Box, x: int, lines: Iterable[tuple[str, str]], look: str) -> Drawn:
    placed = (
        Line(words, x, box.y + _PAD + number * _LINE - 4, name) for number, (name, words) in enumerate(lines, start=1)
    )
    return Drawn(box, look, tuple(placed))


def _stop(stop: Stop, lines: Iterable[tuple[str, str]]) -> Drawn:
    look = f"stop {stop.sort}" if stop.is_reached else f"stop {stop.sort} unreached"
    return _placed(stop.box, stop.box.x + _PAD, lines, look)


def _road(road: Road) -> DrawnRoad:
    looks = {_look(way.reaction.then) for way in road.passage.ways}
    look = looks.pop() if len(looks) == 1 else "stay"
    return DrawnRoad(
        path=_path(road.line),
        look=look,
        label=_placed(road.label, road.label.middle, _label_lines(road.passage), "label"),
        arrives=road.arrives,
    )


def _path(line: Sequence[tuple[int, int]]) -> str:
    """Give a line as SVG writes it: it bends between the rows and runs straight through them."""
    (x, y), *rest = line
    path = [f"M{x} {y}"]
    for number, (to_x, to_y) in enumerate(rest):
        bend = (y + to_y) // 2
        path.append(f"L{to_x} {to_y}" if number % 2 else f"C{x} {bend} {to_x} {bend} {to_x} {to_y}")
        x, y = to_x, to_y
    return "".join(path)


def _wrapped(text: str, letters: int, most_lines: int | None = None) -> list[str]:
    """Break a text into lines that fit; what goes beyond ``most_lines`` is left out, and the last says so."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _breadth(joined) <= letters:
            lines[-1] = joined
        else:
            lines += _broken(word, letters)
    if most_lines is not None and len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], f"{lines[most_lines - 1][: letters - 1]}…"]
    return lines


def _broken(word: str, letters: int) -> list[str]:
    """Break a word that is too long for a line."""
    parts = [""]
    for letter in word:
        if _breadth(parts[-1] + letter) > letters:
            parts.append("")
        parts[-1] += letter
    return parts


def _breadth(text: str) -> int:
    """Give how broad a text is, in letters; those of East Asia are as broad as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _first_message(says: str) -> str:
    first, *more = says.splitlines() or [""]
    return f"{first} …" if more else first


# --- The list -------------------------------------------------------------------------------------------------------


def _beat_in_words(beat: Beat) -> StopInWords:
    return StopInWords(beat.key, beat.says, "", tuple(_way_in_words(way) for way in ways(beat)))


def _ending_in_words(ending: Ending) -> StopInWords:
    return StopInWords(ending.key, ending.says, ending.how.value, ())


def _way_in_words(way: Way) -> WayInWords:
    trust = way.reaction.trust
    change = way.reaction.then.value
    if trust:
        signed = f"+{trust}" if trust > 0 else written(trust)
        change = gettext("%(change)s, trust %(trust)s") % {"change": change, "trust": signed}
    return WayInWords(replies_in_words(way), change, way.reaction.goto or "")
