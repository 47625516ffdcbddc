"""Words in, handle and secret out: the codes that open people's conversations.

A survivor's code is six words: two, the *handle*, find what is hers, and four, the *secret*, open it. An ally's or a
care member's is four words, all secret. Four words chosen at random of 7,772 are 51.7 bits, two are 25.8.

The words are the EFF large list without its four hyphenated entries (CC BY 3.0 US; ``words/SOURCE.md``). They are typed
on small screens in a hurry, so neither case nor accents count, nor what stands between the words; and a word that is
not on the list is answered with those on it that look most like it. No text or repr of what is here holds such a word.
"""

import difflib
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from string import ascii_lowercase

from alongside.core import gettext_noop

HANDLE_WORDS = 2
ALLY_WORDS = 4
SURVIVOR_WORDS = HANDLE_WORDS + ALLY_WORDS

_FILE = Path(__file__).parent / "words" / "eff_large.txt"
_COUNT = 7_772
_SHA256 = "18586c092f641ecd1a471dd6ab35618ab69f0aa7483486424f7caf0996d06259"
_WORD = re.compile(r"[^\W\d_]+")
_ZERO_WIDTH_SPACE = "\u200b"
_ALIKE = 0.7
"""From this ratio of difflib on, a word of the list looks like one that is more than a slip away from all of them."""


class Fault(StrEnum):
    """What is wrong with a code that somebody typed."""

    NOT_ON_LIST = "not_on_list"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class CodeProblem:
    """Why what was typed is no code.

    ``found``, ``needed``: how many words it has, and should have. ``position``: of the first word that is not on the
    list, from 1; 0 when the number is wrong. ``nearest``: up to two words of the list that look most like it, the most
    alike first.
    """

    fault: Fault
    found: int
    needed: int
    position: int = 0
    nearest: tuple[str, ...] = field(default=(), repr=False)

    @property
    def sentence(self) -> str:
        """A message id for gettext that says what to do, with ``params`` for its ``%(name)s`` marks."""
        if self.fault is Fault.WRONG_NUMBER:
            return _SOME_MISSING if self.found else _NOTHING_TYPED
        return _NOT_ON_LIST[len(self.nearest)]

    @property
    def params(self) -> dict[str, str | int]:
        """What goes into the sentence. It may hold words that are nearly hers: show it to her and keep it nowhere."""
        names = zip(("first", "second"), self.nearest, strict=False)
        return {"found": self.found, "needed": self.needed, "position": self.position, **dict(names)}


class CodeError(ValueError):
    """What was typed is no code. Its text says what kind of fault it is, and never a word."""

    def __init__(self, problem: CodeProblem) -> None:
        super().__init__(str(problem.fault))
        self.problem = problem


_NOTHING_TYPED = gettext_noop("Please type the %(needed)d words of your code.")
_SOME_MISSING = gettext_noop("Your code has %(needed)d words, and here we count %(found)d. Please look once more.")
_NOT_ON_LIST = (
    gettext_noop("Word %(position)d is none that we use in codes. Please look at it once more."),
    gettext_noop("Word %(position)d is none that we use in codes. Is it “%(first)s”?"),
    gettext_noop("Word %(position)d is none that we use in codes. Is it “%(first)s” or “%(second)s”?"),
)


@dataclass(frozen=True)
class Code:
    """A code as it is compared: words of the list in lower case, one space between them.

    ``handle``: the two words that find her, none (``""``) in an ally's code. ``secret``: the four that open. Raises
    ``ValueError`` for anything else.
    """

    handle: str = field(repr=False)
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        handle, secret = self.handle.split(" ") if self.handle else [], self.secret.split(" ")
        if len(handle) not in (0, HANDLE_WORDS) or len(secret) != ALLY_WORDS or not _SET.issuperset(handle + secret):
            raise ValueError("a code has two words or none that find, and four that open, of the list")

    @property
    def words(self) -> tuple[str, ...]:
        """All its words in order, as they are shown and typed."""
        return tuple(f"{self.handle} {self.secret}".split())


def new_survivor_code() -> Code:
    """Choose six words at random: a code that nobody can guess. Whether its handle is taken is the caller's to see."""
    return _code(_choose(SURVIVOR_WORDS))


def new_ally_code() -> Code:
    """Choose four words at random: a code for who has an account that finds her."""
    return _code(_choose(ALLY_WORDS))


def read_survivor_code(text: str) -> Code:
    """Read the six words that somebody typed. Raises ``CodeError``, whose ``problem`` says what to do.

    Case, accents and whatever is no letter (spaces, lines, numbers, commas, hyphens) do not count.
    """
    return _code(_read(text, SURVIVOR_WORDS))


def read_ally_code(text: str) -> Code:
    """Read the four words that somebody typed, as ``read_survivor_code`` does. Raises ``CodeError``."""
    return _code(_read(text, ALLY_WORDS))


def ask_two(code: Code) -> tuple[int, int]:
    """Choose two of the secret words at random for her to type back: their positions in ``code.words``, from 1."""
    first, second = sorted(secrets.SystemRandom().sample(_secret_positions(code), 2))
    return first, second


def proves(code: Code, positions: tuple[int, int], typed: tuple[str, str]) -> bool:
    """Say whether ``typed`` are the words at ``positions`` (from 1), read as ``read_survivor_code`` reads.

    False as well unless the positions are of two secret words. It takes the same time whichever word is wrong.
    """
    if positions[0] == positions[1] or not set(_secret_positions(code)).issuperset(positions):
        return False
    fit = [
        hmac.compare_digest(code.words[position - 1].encode(), " ".join(_split(text)).encode())
        for position, text in zip(positions, typed, strict=True)
    ]
    return all(fit)


def _read_list(raw: bytes) -> tuple[str, ...]:
    """Read the list of words. Raises ``RuntimeError`` when it is another: the codes that people hold would be lost."""
    words = tuple(raw.decode("ascii", "replace").splitlines())
    if (
        hashlib.sha256(raw).hexdigest() != _SHA256
        or len(words) != _COUNT
        or list(words) != sorted(set(words))
        or not all(re.fullmatch("[a-z]+", word) for word in words)
    ):
        raise RuntimeError(f"The list of words in {_FILE} is damaged. Put the one that ships back.")
    return words


def _choose(number: int) -> list[str]:
    return [secrets.choice(_LIST) for _ in range(number)]


def _code(words: list[str]) -> Code:
    return Code(" ".join(words[:-ALLY_WORDS]), " ".join(words[-ALLY_WORDS:]))


def _read(text: str, needed: int) -> list[str]:
    words = _split(text)
    if len(words) != needed:
        raise CodeError(CodeProblem(Fault.WRONG_NUMBER, len(words), needed))
    for position, word in enumerate(words, 1):
        if word not in _SET:
            raise CodeError(CodeProblem(Fault.NOT_ON_LIST, len(words), needed, position, _nearest(word)))
    return words


def _split(text: str) -> list[str]:
    """Give the words of ``text`` without case, accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    shown = (" " if sign == _ZERO_WIDTH_SPACE else sign for sign in plain)
    return _WORD.findall("".join(sign for sign in shown if unicodedata.category(sign) not in ("Mn", "Cf")))


def _nearest(word: str) -> tuple[str, ...]:
    """Give up to two words of the list: those that one slip of a finger makes of ``word``, or else what looks alike."""
    if len(word) > 2 * _LONGEST:
        return ()
    slips = sorted(_SET.intersection(_one_slip_from(word)))
    return tuple(difflib.get_close_matches(word, slips or _LIST, n=2, cutoff=0 if slips else _ALIKE))


def _one_slip_from(word: str) -> Iterator[str]:
    """Give ``word`` with one letter left out, put in or another, or two neighbours swapped."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield before + after[1::-1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def _secret_positions(code: Code) -> range:
    return range(len(code.words) - ALLY_WORDS + 1, len(code.words) + 1)


_LIST = _read_list(_FILE.read_bytes())
_SET = frozenset(_LIST)
_LONGEST = max(map(len, _LIST))
