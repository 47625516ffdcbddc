"""``alongside rate``: what a reply does, in the terminal or as JSON lines. It imports no Django, to start at once."""

import argparse
import contextlib
import json
import math
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from alongside.config.environment import SettingError, read_environment
from alongside.core.rating import (
    NOT_YET_REVIEWED,
    Family,
    Mark,
    ModelOfMoves,
    ModelUnavailableError,
    Rating,
    Verdict,
    feedback_on,
    one_thing_to_try,
    rate,
)

LONGEST_LINE = 1_000_000
"""Bytes of one line of input; a longer one is refused, not read into memory."""

DONE, SOME_LINES_BAD, CANNOT_START, INTERRUPTED = 0, 1, 2, 130

_DESCRIPTION = """\
Say what a reply to a disclosure does, sentence by sentence: where it leans in and where it pulls back.
Nothing leaves this machine."""

_EPILOG = """\
Put -- before a text that begins with a dash.

JSON lines (--jsonl). Each line of standard input is an object
  {"id": "a1", "disclosure": "…", "sentences": ["…", "…"]}
or, to have the reply split into sentences,
  {"id": "a2", "disclosure": "…", "reply": "…"}
"id" is a string or a number; where both are given, "sentences" is read; other keys are ignored. Each gives one line,
in order and at once:
  {"id": "a1", "stance": "mixed", "sentences": [{"text": "…", "verdict": "rated", "moves": ["warmth"],
   "probabilities": {"warmth": 0.97, …}}]}
stance: leans in, mixed, pulls back, neutral. verdict: rated, not sure, not rated (then without probabilities).
A line that cannot be read gives {"line": 3, "error": "…"}, and the run goes on.

Exit status: 0 done, 1 a line could not be read (or the reader of the output went away), 2 cannot start.
ALONGSIDE_MODEL names a folder with another rating model."""


class _Task(NamedTuple):
    """One line of input, checked."""

    id: str | int | float
    disclosure: str
    reply: str | list[str]


class _BadLineError(Exception):
    """A line of input that cannot be rated; the message is a sentence that says why."""


def main(argv: Sequence[str], *, model: ModelOfMoves | None = None) -> int:
    """Run ``alongside rate`` with the arguments after "rate" and give its exit status.

    ``model``: the one that ``ALONGSIDE_MODEL`` names, or the shipped one, when ``None``.
    """
    parser = _parser()
    given = parser.parse_args(argv)
    if given.jsonl and given.disclosure is not None:
        parser.error("--jsonl reads from standard input: give no disclosure and no reply.")
    if not given.jsonl and given.reply is None:
        parser.error("give a disclosure and a reply, each in quotation marks, or --jsonl.")
    try:
        model = model or _model_of_the_settings()
        if given.jsonl:
            return _rate_lines(sys.stdin.buffer, sys.stdout.buffer, model)
        _show(rate(given.disclosure, given.reply, model=model))
    except (ModelUnavailableError, SettingError) as error:
        sys.stderr.write(f"Alongside cannot rate. {error}\n")
        return CANNOT_START
    except BrokenPipeError:
        # Whoever read the output has gone. What is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_LINES_BAD
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside rate",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("disclosure", nargs="?", metavar="DISCLOSURE", help="what someone told you")
    parser.add_argument("reply", nargs="?", metavar="REPLY", help="what you would answer")
    parser.add_argument("--jsonl", action="store_true", help="rate JSON lines from standard input")
    return parser


def _model_of_the_settings() -> ModelOfMoves:
    from alongside.core.rating.model import load_model  # the run time takes a moment: not for --help

    return load_model(read_environment().model)


# JSON lines


def _rate_lines(source: BinaryIO, target: BinaryIO, model: ModelOfMoves) -> int:
    status = DONE
    with _progress() as count:
        for number, line in enumerate(_lines(source), start=1):
            if line is not None and not line.strip():
                continue
            try:
                task = _task(line, is_first=number == 1)
                answer = _answer(task, rate(task.disclosure, task.reply, model=model))
            except _BadLineError as error:
                answer = {"line": number, "error": str(error)}
                status = SOME_LINES_BAD
            target.write(json.dumps(answer).encode("ascii") + b"\n")
            target.flush()
            count()
    return status


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Give each line as soon as it is there; ``None`` for one that is too long."""
    while line := source.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE)
        yield None


def _task(line: bytes | None, *, is_first: bool) -> _Task:
    if line is None:
        raise _BadLineError(f"The line is longer than {LONGEST_LINE} bytes.")
    task = _parsed(line, "utf-8-sig" if is_first else "utf-8")
    if not isinstance(task, dict):
        raise _BadLineError("The line is not a JSON object.")
    missing = [key for key in ("id", "disclosure") if key not in task]
    if "sentences" not in task and "reply" not in task:
        missing.append("sentences” or “reply")
    if missing:
        raise _BadLineError("The line lacks " + " and ".join(f"“{key}”" for key in missing) + ".")
    name = task["id"]
    if isinstance(name, str):
        _check_text("id", name)
    elif isinstance(name, bool) or not isinstance(name, int | float) or not math.isfinite(name):
        raise _BadLineError("“id” is neither a string nor a number.")
    return _Task(name, _check_text("disclosure", task["disclosure"]), _reply(task))


def _parsed(line: bytes, encoding: str) -> Any:
    try:
        return json.loads(line.decode(encoding), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise _BadLineError("The line is not valid UTF-8.") from None
    except RecursionError:
        raise _BadLineError("The line is nested too deeply.") from None
    except ValueError:
        raise _BadLineError("The line is not valid JSON.") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _reply(task: Mapping[str, Any]) -> str | list[str]:
    if "sentences" not in task:
        return _check_text("reply", task["reply"])
    sentences = task["sentences"]
    if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
        raise _BadLineError("“sentences” is not a list of strings.")
    return [_check_text("sentences", sentence) for sentence in sentences]


def _check_text(key: str, text: object) -> str:
    if not isinstance(text, str):
        raise _BadLineError(f"“{key}” is not a string.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _BadLineError(f"“{key}” holds half of a character (a lone surrogate).") from None
    return text


def _answer(task: _Task, rating: Rating) -> dict[str, object]:
    return {
        "id": task.id,
        "stance": rating.stance,
        "sentences": [
            {
                "text": sentence.text,
                "verdict": sentence.verdict,
                "moves": list(sentence.moves),
                "probabilities": {move: round(p, 4) for move, p in sentence.probabilities.items()},
            }
            for sentence in rating.sentences
        ],
    }


@contextlib.contextmanager
def _progress() -> Iterator[Any]:
    """Give a function to call after each reply; it moves a bar when a terminal watches."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm  # type: ignore[import-untyped]

    columns, rows = shutil.get_terminal_size()  # never 0, as a terminal may say of itself
    # Where the lines themselves run over the terminal, a bar would only break them up.
    with tqdm(unit=" replies", ncols=columns, nrows=rows, disable=sys.stdout.isatty()) as bar:
        yield bar.update


# In the terminal


def _show(rating: Rating) -> None:
    """Write the reply, sentence by sentence, to the terminal or wherever the output goes."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    width = max(40, min(88, shutil.get_terminal_size().columns - 1))
    sys.stdout.writelines(f"{line}\n" for line in _page(rating, width, has_colour=_has_colour()))
    sys.stdout.flush()


def _has_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _page(rating: Rating, width: int, *, has_colour: bool) -> Iterator[str]:
    feedback = feedback_on(rating)
    yield ""
    for number, sentence in enumerate(feedback.sentences, start=1):
        yield from _lines_of(_harmless(sentence.text), width, f"{number:>3}  ", "     ")
        for mark in sentence.marks:
            yield from _lines_of_mark(mark, width, has_colour=has_colour)
        yield from _lines_of(sentence.note, width, "     · ", "       ")
        yield ""
    is_rated = any(sentence.verdict is not Verdict.UNRATED for sentence in feedback.sentences)
    yield from _lines_of(f"Stance: {feedback.stance}. {feedback.overall}" if is_rated else feedback.overall, width)
    yield from _lines_of(feedback.reservation, width)
    yield ""
    if is_rated:
        suggestion = one_thing_to_try(move for sentence in rating.sentences for move in sentence.moves)
        yield from _lines_of(f"One thing to try: {suggestion.how}", width)
        yield from _lines_of(suggestion.because, width)
        yield ""
    yield from _lines_of(NOT_YET_REVIEWED, width)


def _lines_of_mark(mark: Mark, width: int, *, has_colour: bool) -> Iterator[str]:
    """Give a sign and words for the move; colour only on top of them."""
    leans_in = mark.family is Family.LEAN_IN
    heading = f"{_sign('→', '>') if leans_in else _sign('←', '<')} {mark.family}: {mark.name}"
    yield "     " + (f"\x1b[{36 if leans_in else 33}m{heading}\x1b[0m" if has_colour else heading)
    yield from _lines_of(mark.did, width, "       ")
    yield from _lines_of(mark.lands, width, "       ")
    if mark.instead:
        yield from _lines_of(f"Instead: {mark.instead}", width, "       ", "         ")
        yield from _lines_of(f"Because: {mark.because}", width, "       ", "         ")


def _lines_of(text: str, width: int, first: str = "", then: str | None = None) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=first if then is None else then)


def _harmless(text: str) -> str:
    """Give ``text`` with nothing in it that a terminal would obey."""
    joiner = "\u200d"  # holds the parts of an emoji together
    return "".join(character if character.isprintable() or character == joiner else " " for character in text)


def _sign(preferred: str, otherwise: str) -> str:
    try:
        preferred.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return otherwise
    return preferred
