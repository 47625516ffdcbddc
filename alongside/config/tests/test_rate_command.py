"""``alongside rate``, run as a person or a program runs it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.config.rate import LONGEST_LINE

ROOT = Path(__file__).parents[3]
TOLD = "i went back to him last night"
WITH_WORDS_FOR_A_MODEL = (
    "import sys; from alongside.config.rate import main; from alongside.core.rating.tests.fakes import WordModel; "
    "sys.exit(main(sys.argv[1:], model=WordModel()))"
)
AS_IT_SHIPS = "import sys; from alongside.config.rate import main; sys.exit(main(sys.argv[1:]))"


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **more}


def run(*arguments, given=b"", code=WITH_WORDS_FOR_A_MODEL, **more):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], input=given, capture_output=True, env=environment(**more), timeout=60
    )


def start(*arguments, **pipes):
    command = [sys.executable, "-c", WITH_WORDS_FOR_A_MODEL, *arguments]
    return subprocess.Popen(command, env=environment(), **pipes)


def line(**task) -> bytes:
    return json.dumps({"id": 1, "disclosure": TOLD, "sentences": ["warmth"], **task}).encode() + b"\n"


def answers(done):
    return [json.loads(answer) for answer in done.stdout.decode().splitlines()]


def test_a_person_reads_what_each_sentence_does_and_what_to_try_instead():
    done = run(TOLD, "There is warmth in this. Why this blame? It is a day.")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "  1  There is warmth in this." in text
    assert "→ leans in: believes and stays" in text
    assert "← pulls back: blames or doubts" in text
    assert "Instead: “That makes sense" in text
    assert "Because: " in text
    assert "Stance: mixed." in text
    assert "Survivors have not yet reviewed this reading." in text
    assert "\x1b" not in text
    assert done.stderr == b""


def test_a_terminal_shows_colour_unless_it_is_not_wanted():
    for more, has_colour in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
        ours, its = pty.openpty()
        command = [sys.executable, "-c", WITH_WORDS_FOR_A_MODEL, TOLD, "There is warmth in this."]
        subprocess.run(command, stdout=its, env=environment(NO_COLOR="") | more, timeout=60, check=True)
        os.close(its)
        text = everything_on(ours).decode()
        assert ("\x1b[36m→ leans in" in text) is has_colour
        assert "→ leans in: believes and stays" in text


def test_a_reply_cannot_give_orders_to_the_terminal():
    text = run(TOLD, "There is \x1b[2Jwarmth\x07 in this.").stdout
    assert b"\x1b" not in text
    assert b"\x07" not in text


@pytest.mark.parametrize("reply", ["", "   ", "😢", "No tienes la culpa de nada de lo que pasó", b"\xff\xfe stay"])
def test_a_reply_that_cannot_be_rated_is_answered_all_the_same(reply):
    done = run(TOLD, reply)
    assert done.returncode == 0
    assert b"Survivors have not yet reviewed" in done.stdout


def test_a_terminal_that_knows_only_ascii_gets_signs_too():
    text = run(TOLD, "There is warmth in this 😢", PYTHONIOENCODING="ascii").stdout
    assert b"> leans in: believes and stays" in text


def test_lines_are_answered_in_order():
    given = b"".join(
        [
            line(id="a", sentences=["  There is warmth. And blame. ", "It is a day."]),
            b"\n  \r\n",
            line(id=2, sentences=[]),
            json.dumps({"id": 2.5, "disclosure": "", "reply": "There is warmth. Why blame?", "more": 1}).encode(),
        ]
    )
    done = run("--jsonl", given=b"\xef\xbb\xbf" + given)
    first, second, third = answers(done)
    assert done.returncode == 0
    assert done.stderr == b""
    assert list(first) == ["id", "stance", "sentences"]
    assert first["id"] == "a"
    assert first["stance"] == "mixed"
    assert [sentence["text"] for sentence in first["sentences"]] == ["  There is warmth. And blame. ", "It is a day."]
    assert first["sentences"][0]["moves"] == ["warmth", "blame"]
    assert first["sentences"][0]["verdict"] == "rated"
    assert first["sentences"][0]["probabilities"]["warmth"] == 0.9
    assert len(first["sentences"][0]["probabilities"]) == 18
    assert second == {"id": 2, "stance": "neutral", "sentences": []}
    assert [sentence["text"] for sentence in third["sentences"]] == ["There is warmth.", "Why blame?"]


@pytest.mark.parametrize(
    ("bad", "because"),
    [
        (b"{", "not valid JSON"),
        (b'{"id": NaN, "disclosure": "", "reply": ""}', "not valid JSON"),
        (b'{"id": 1e999, "disclosure": "", "reply": ""}', "neither a string nor a number"),
        (b"[1]", "not a JSON object"),
        (b'"words"', "not a JSON object"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe", "not valid UTF-8"),
        (b"{}", "lacks “id” and “disclosure” and “sentences” or “reply”"),
        (b'{"id": 1, "disclosure": "x"}', "lacks “sentences” or “reply”"),
        (line(id=None), "neither a string nor a number"),
        (line(id=True), "neither a string nor a number"),
        (line(id=["x"]), "neither a string nor a number"),
        (line(id="\ud800"), "lone surrogate"),
        (line(disclosure=5), "“disclosure” is not a string"),
        (line(disclosure="\udfff"), "lone surrogate"),
        (line(sentences="warmth"), "not a list of strings"),
        (line(sentences=["warmth", None]), "not a list of strings"),
        (line(sentences=["warmth \ud83d"]), "lone surrogate"),
        (b'{"id": 1, "disclosure": "x", "reply": ["a"]}', "“reply” is not a string"),
        (b'{"id": "' + b"x" * LONGEST_LINE, "longer than"),
        (b'{"id": "' + b"x" * 3 * LONGEST_LINE + b'"}', "longer than"),
    ],
)
def test_a_bad_line_is_answered_with_its_number_and_the_run_goes_on(bad, because):
    done = run("--jsonl", given=line(id="before") + b"\n" + bad.rstrip(b"\n") + b"\n" + line(id="after"))
    before, wrong, after = answers(done)
    assert done.returncode == 1
    assert done.stderr == b""
    assert (before["id"], after["id"]) == ("before", "after")
    assert list(wrong) == ["line", "error"]
    assert wrong["line"] == 3
    assert because in wrong["error"]
    assert wrong["error"].endswith(".")


def test_each_line_is_answered_while_the_input_is_still_open():
    with start("--jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for name in ("first", "second"):
            process.stdin.write(line(id=name))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_a_reader_that_goes_away_is_no_crash():
    with start("--jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        process.stdin.write(line() * 3)
        process.stdin.close()
        assert process.wait(timeout=30) == 1
        assert process.stderr.read() == b""


def test_a_bar_moves_when_a_terminal_watches():
    ours, its = pty.openpty()
    with start("--jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=its) as process:
        os.close(its)
        out, _ = process.communicate(line() * 3, timeout=60)
    assert len(out.splitlines()) == 3
    assert b"3 replies" in everything_on(ours)


def everything_on(terminal: int) -> bytes:
    """Read what was written to a terminal whose other end is closed."""
    text = b""
    try:
        while part := os.read(terminal, 4096):
            text += part
    except OSError:  # Linux's way of saying that nothing more will come
        pass
    finally:
        os.close(terminal)
    return text


@pytest.mark.parametrize("arguments", [(TOLD, "reply"), ("--jsonl",)])
def test_a_missing_model_is_said_in_one_sentence(arguments, tmp_path):
    done = run(*arguments, given=line(), code=AS_IT_SHIPS, ALONGSIDE_MODEL=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Alongside cannot rate. " in done.stderr
    assert str(tmp_path).encode() in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [(), (TOLD,), ("--jsonl", TOLD), (TOLD, "reply", "more"), ("--wrong",)])
def test_wrong_arguments_are_said(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert b"usage: alongside rate" in done.stderr


def test_the_help_explains_the_lines_and_the_exit_status():
    done = run("--help", code=AS_IT_SHIPS)
    assert done.returncode == 0
    assert b'"disclosure"' in done.stdout
    assert b"Exit status" in done.stdout


def test_it_starts_without_the_web_framework():
    code = "import sys, alongside.config.rate; sys.exit(bool({'django', 'onnxruntime'} & set(sys.modules)))"
    assert run(code=code).returncode == 0
