"""The sealing keys on paper: what is printed once, and read again when everything else is lost.

A key is written in sixteen groups of four, then eight figures and letters of a SHA-256 over its name and itself: a slip
is found, and in which key it is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from alongside.core.sealing import KEY_SIZE, ServerKeys

HANDLE = 0
"""The number under which the handle key stands here; the others have their own."""

_GROUP = r"\s*[0-9a-f]{4}"
_GROUPS = KEY_SIZE // 2
_TYPED = re.compile(
    rf"(?:(?P<handle>handle\s+key)|key\s+(?P<number>[1-9][0-9]{{0,4}})):?(?P<key>(?:{_GROUP}){{{_GROUPS}}})"
    rf"\s+check:?(?P<check>(?:{_GROUP}){{2}})(?=\s|$)"
)
_BEGINS = re.compile(r"\b(?:handle\s+key|key\s+[0-9]+)")


class PaperError(Exception):
    """What was typed is not what was printed; the message is a sentence that says where."""


def write_down(keys: ServerKeys) -> str:
    """Give ``keys`` as they are printed: some lines for each, and what they are for."""
    return "\n".join(
        [
            "The sealing keys of this Alongside. Keep this paper where no copy of the server and no backup lies.",
            "",
            "They close what the server itself must be able to read, and stand around everybody's own keys. If the",
            "folder of keys is lost, a backup is worth nothing without this paper: everybody's conversations stay",
            "closed. By themselves the keys open nobody's messages; with a copy of the database they open the rest.",
            "To type them in again: alongside sealing-key restore-from-paper",
            "",
            *(line for number, key in _named(keys) for line in _lines(number, key)),
        ]
    )


def read_back(text: str) -> dict[int, bytes]:
    """Give the keys that stand in what was typed, by number, the handle key's being ``HANDLE``.

    Neither case nor line ends count, nor what stands before the first key. Raises ``PaperError``.
    """
    lowered = text.lower()
    begins = _BEGINS.search(lowered)
    from_the_first = lowered[begins.start() :] if begins else ""
    typed = {_number_of(match): match for match in _TYPED.finditer(from_the_first)}
    if not typed or len(typed) != len(_BEGINS.findall(from_the_first)) or _TYPED.sub("", from_the_first).strip():
        raise PaperError(
            "What was typed is not whole. Each key is its name (“handle key” or “key 1”), sixteen groups of four "
            "figures or letters from a to f, then “check” and two groups."
        )
    keys = {number: bytes.fromhex("".join(match["key"].split())) for number, match in typed.items()}
    for number, match in typed.items():
        if "".join(match["check"].split()) != _check(number, keys[number]):
            raise PaperError(f"There is a slip in the {name_of(number)}. Please compare it with the paper once more.")
    return keys


def name_of(number: int) -> str:
    """Give what a key is called on paper."""
    return f"key {number}" if number != HANDLE else "handle key"


def keys_of(numbered: Mapping[int, bytes]) -> ServerKeys:
    """Make the server's keys of what was read. Raises ``PaperError`` when one is missing."""
    if HANDLE not in numbered or len(numbered) < 2:
        raise PaperError("Both the handle key and at least one key with a number are needed.")
    try:
        return ServerKeys({number: key for number, key in numbered.items() if number != HANDLE}, numbered[HANDLE])
    except ValueError:
        raise PaperError("No key has such a number.") from None


def by_number(keys: ServerKeys) -> dict[int, bytes]:
    """Give ``keys`` as ``read_back`` gives them."""
    return dict(_named(keys))


def _named(keys: ServerKeys) -> Iterator[tuple[int, bytes]]:
    yield HANDLE, keys.handle_key
    yield from sorted(keys.keys.items())


def _lines(number: int, key: bytes) -> list[str]:
    groups = _in_fours(key.hex())
    check = " ".join(_in_fours(_check(number, key)))
    return [f"{name_of(number)}:", f"  {' '.join(groups[:8])}", f"  {' '.join(groups[8:])}", f"  check: {check}", ""]


def _in_fours(text: str) -> list[str]:
    return [text[place : place + 4] for place in range(0, len(text), 4)]


def _check(number: int, key: bytes) -> str:
    return hashlib.sha256(name_of(number).encode() + b":" + key).hexdigest()[:8]


def _number_of(match: re.Match[str]) -> int:
    return HANDLE if match["handle"] else int(match["number"])
