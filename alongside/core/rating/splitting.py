"""A reply into its sentences, as a person would see them in a message.

sentencex (Wikimedia's) finds the ends that punctuation marks, and knows abbreviations and quotations. What phone typing
does beyond it is added here: line breaks, emoji and dots that stand for a full stop, "?!", a missing space, numbered
lists, and the lone "lol" that belongs to what it follows. Words without any mark between them stay together, unless
they are so many that a reader would have to stop for breath.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sentencex import get_sentence_boundaries

from alongside.core.rating.plain import EMOTICON, has_words, level

MOST_WORDS = 50
MOST_CHARACTERS = 320
"""A longer sentence is cut at a pause, so that all of it is read: not much more fits the model's window."""


class _InAscii(dict[int, str]):
    """Stands one ASCII character of the same kind for each other one, so that lengths stay.

    sentencex 1.0.32 counts bytes where it means characters, and panics at "J.", a no-break space and more.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kinds = (
            (character.isspace(), " "),
            (character.isdigit(), "1"),
            (character.isupper(), "A"),
            (character.isalpha(), "a"),
        )
        self[code] = next((stand_in for is_kind, stand_in in kinds if is_kind), ",")
        return self[code]


_IN_ASCII = _InAscii(
    {code: chr(code) for code in range(128)} | {ord(a): b for a, b in zip("“”„‘’–—。！？", '"""\'\'--.!?', strict=True)}
)


class Span(NamedTuple):
    """Where a sentence stands: ``reply[start:end]``, in Python's characters, without white space around it."""

    start: int
    end: int


_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\w[\w'’]*")
_TOKEN = re.compile(r"\S+")
_EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u203c\u2049\u20e3\ufe0f\u200d\U000e0020-\U000e007f]"
_FACES = rf"(?:(?:{_EMOJI}|{EMOTICON})\s*)+"
_CLOSERS = r"[)\]”’\"'»*_]*"
_QUOTATION = re.compile(r"\"[^\"]{0,300}\"|“[^”]{0,300}”")

_TRAILING = re.compile(rf"(?:(?<=\S){_CLOSERS}(?=\s|$)\s*)?(?:{_FACES})?")
"""What still belongs to the sentence before a cut: a closing bracket or quotation mark, and emoji."""

_STARTERS = "i|im|i'm|i’m|you|youre|it|its|that|thats|do|are|what|how|we|he|she|they"
_PAUSE = re.compile(
    rf"(?<![.?!…])(?P<marks>[.?!…]+)(?P<closers>{_CLOSERS})\s+"  # "sorry... that", "what?! no", "no ! are"
    rf"|(?<=[^\W\d_]{{2}})(?P<crammed>[?!]+)(?=[^\W\d_])"  # "what happened?are you ok"
    rf"|(?<=[^\W\d_]{{3}})(?P<stop>\.{{1,4}})(?=(?:{_STARTERS})\s)"  # "so sorry.do you want"
    rf"|(?P<faces>{_FACES})",  # "thats awful 😢 do you want"
    re.IGNORECASE,
)
_GOING_ON = frozenset(
    _WORD.findall(
        "and or but because cuz cos bc so if to of for from with at in on by as than then who which while like about"
    )
)
"""After dots or an emoji, such a word goes on with the sentence: "I just wish... to help", "my heart 💔 for you"."""

_BEFORE_NUMBER = re.compile(r"\b(?:approx|apt|ext|tel|nr|min|max)\.\s*$", re.IGNORECASE)
_LIST_MARK = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]")
_LAUGH = re.compile(r"l+o+l+(?:ol+)*|lmf?ao+|rofl|(?:ha|he)(?:ha|he)+h?|x+(?:ox*)*|xd", re.IGNORECASE)
_BREATH = re.compile(
    r"(?P<pause>[,;:—–]\s+|\s[-–—]\s+)"
    r"|\s+(?=(?:and|but|so|because|cuz|bc|then|also|plus|anyway|i|im|i'm|you|do|are|what)\s)",
    re.IGNORECASE,
)


def split(reply: str) -> list[Span]:
    """Give the sentences of ``reply`` in order, disjoint, with only white space before, between and after them.

    Never raises for a string. A line break ends a sentence. What holds no word (an emoji, "!!"), or only a laugh or a
    kiss, joins the sentence before it, across a line break too; what holds no word at the very beginning, and the
    number or letter of a list, joins the sentence after it. A sentence of more than ``MOST_WORDS`` words or
    ``MOST_CHARACTERS`` characters is cut at a pause.
    """
    flat = level(reply)
    pieces = [
        piece
        for line in _LINE.finditer(reply)
        for start, end in _pieces(flat[line.start() : line.end()], line.start())
        if (piece := _trimmed(reply, start, end))
    ]
    return [part for span in _joined(flat, pieces) for part in _cut_to_length(reply, span)]


def _trimmed(reply: str, start: int, end: int) -> Span | None:
    text = reply[start:end]
    if not text.strip():
        return None
    return Span(start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))


def _pieces(line: str, offset: int) -> Iterator[tuple[int, int]]:
    """Cut one line at every end of a sentence; positions count from ``offset``."""
    start = 0
    for end in [*_full_stops(line), len(line)]:
        for cut in [*_pauses(line, start, end), end]:
            yield offset + start, offset + cut
            start = cut


def _full_stops(line: str) -> list[int]:
    """Where sentencex ends a sentence inside ``line``, in order."""
    cuts = []
    for boundary in get_sentence_boundaries("en", line.translate(_IN_ASCII)):
        end = int(boundary["end_index"])
        if 0 < end < len(line) and not (line[end].isdigit() and _BEFORE_NUMBER.search(line[max(0, end - 12) : end])):
            cuts.append(_past_what_trails(line, end))
    return sorted({cut for cut in cuts if cut < len(line)})


def _pauses(line: str, start: int, end: int) -> list[int]:
    """Where phone typing ends a sentence inside ``line[start:end]``, in order."""
    quoted = [found.span() for found in _QUOTATION.finditer(line, start, end)]
    cuts = []
    for pause in _PAUSE.finditer(line, start, end):
        cut = _past_what_trails(line, pause.end())
        if start < cut < end and _ends_a_sentence(line, start, pause, cut) and not _is_within(pause.start(), quoted):
            cuts.append(cut)
            start = cut
    return cuts


def _past_what_trails(line: str, cut: int) -> int:
    trailing = _TRAILING.match(line, cut)
    return trailing.end() if trailing else cut


def _is_within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    following = bisect_left(spans, (place + 1, 0))
    return following > 0 and place < spans[following - 1][1] - 1


def _ends_a_sentence(line: str, start: int, pause: re.Match[str], cut: int) -> bool:
    """Whether ``pause`` ends the sentence that began at ``start`` and, if so, would end at ``cut``."""
    before, after = line[max(start, pause.start() - 120) : pause.start()], line[cut : cut + 80]
    if pause["crammed"] or pause["stop"]:
        return _is_between_words(before, after, bool(pause["stop"]))
    if pause["faces"]:
        return _is_at_a_turn(before, after, least_before=2, least_after=2)
    marks = pause["marks"]
    if "?" in marks or "!" in marks:
        return not (pause["closers"] and after[:1].islower())
    if marks == ".":
        return before[-1:].isspace() or (before.strip().lower() == "no" and not after[:1].isdigit())
    return _starts_anew(after) or _is_at_a_turn(before, after, least_before=4, least_after=3)


def _is_between_words(before: str, after: str, by_stop: bool) -> bool:
    """Whether a mark without a space stands between two words, and not within an address."""
    left, right = before.split()[-1:], after.split()[:1]
    return not set("/@=&" + ("." if by_stop else "")) & set("".join(left)) and not set("/@=&") & set("".join(right))


def _is_at_a_turn(before: str, after: str, least_before: int, least_after: int) -> bool:
    left, right = _WORD.findall(before), _WORD.findall(after)
    return len(left) >= least_before and len(right) >= least_after and right[0].lower() not in _GOING_ON


def _starts_anew(after: str) -> bool:
    """Whether a capital letter begins a sentence; "I" is one wherever it stands."""
    word = _WORD.match(after)
    return bool(word and word[0][0].isupper() and re.split("['’]", word[0])[0] not in ("I", "Im", "Ive", "Id", "Ill"))


def _joined(flat: str, pieces: Sequence[Span]) -> list[Span]:
    """Join what cannot stand alone to the sentence that it belongs to."""
    joined: list[Span] = []
    waiting: Span | None = None
    for piece in pieces:
        text = flat[piece.start : piece.end]
        if joined and waiting is None and (not has_words(text) or _is_laughter(text)):
            joined[-1] = Span(joined[-1].start, piece.end)
            continue
        whole = Span(waiting.start if waiting else piece.start, piece.end)
        if not has_words(text) or _LIST_MARK.fullmatch(text):
            waiting = whole
        else:
            joined.append(whole)
            waiting = None
    if waiting and joined:
        joined[-1] = Span(joined[-1].start, waiting.end)
    elif waiting:
        joined.append(waiting)
    return joined


def _is_laughter(text: str) -> bool:
    words = re.findall(r"\w+", text[:80])
    return len(text) <= 80 and bool(words) and all(map(_LAUGH.fullmatch, words))


def _cut_to_length(reply: str, span: Span) -> Iterator[Span]:
    """Cut a sentence that is too long into parts, each as long as may be, the last no mere stump."""
    words = [found.start() for found in _TOKEN.finditer(reply, *span)]
    start, end = span
    while len(words) > MOST_WORDS or end - start > MOST_CHARACTERS:
        most = max(1, min(MOST_WORDS, len(words) * 2 // 3))
        limit = min(
            start + MOST_CHARACTERS, words[most] if most < len(words) else end, start + (end - start) * 2 // 3 + 1
        )
        cut = _breath(reply, start, limit)
        yield Span(start, start + len(reply[start:cut].rstrip()))
        words = words[bisect_left(words, cut) :]
        start = words[0] if words and words[0] >= cut and not reply[cut].strip() else cut
    yield Span(start, end)


def _breath(reply: str, start: int, limit: int) -> int:
    """Give the best place to cut after ``start``, at ``limit`` at the latest: a pause, a joining word, any space."""
    earliest = start + (limit - start) // 3
    breaths = list(_BREATH.finditer(reply, earliest, limit))
    pauses = [found.end() for found in breaths if found["pause"]]
    if pauses or breaths:
        return pauses[-1] if pauses else breaths[-1].end()
    spaces = [found.end() for found in re.finditer(r"\s+", reply[earliest:limit])]
    return earliest + spaces[-1] if spaces else limit
