"""What the commands say to whoever started them."""

import sys


def say(sentence: str) -> None:
    """Write one line at once, also when the output is a file or a journal."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def warn(sentence: str) -> None:
    """Write one line to the error output at once."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
