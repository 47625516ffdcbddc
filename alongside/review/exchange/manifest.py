"""The manifest of a shared workshop: what it is, under which licence, and what belongs to it.

``manifest.json`` names the size and the SHA-256 of every other file. A folder needs none; where there is one, all must
be as it says.
"""

import json
from collections.abc import Iterator, Mapping

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.files import LineError

NAME = "manifest.json"
FORMAT = 1
LICENCE = "CC-BY-4.0"
Sizes = Mapping[str, tuple[int, str]]
"""By the path of a file: its size in bytes and its SHA-256, in hex."""

NOT_A_MANIFEST = _("This is no manifest that can be read. Have the workshop exported again.")
NEWER = _("This was made by a newer version of Alongside. Update this one first (docs/hosting.md).")
CHANGED = _("This is not the file that was exported. If it was changed on purpose, take “%(name)s” out of the folder.")
MISSING = _("This file stands in the manifest and is not here.")
NOT_NAMED = _("This file does not stand in the manifest.")


def write_manifest(files: Sizes) -> bytes:
    """Write down what belongs to a workshop; always the same for the same files."""
    told = {
        "what": "A workshop for Alongside, without anything about people",
        "format": FORMAT,
        "licence": LICENCE,
        "files": {name: {"size": size, "sha256": digest} for name, (size, digest) in sorted(files.items())},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def faults_against(manifest: bytes, found: Sizes) -> Iterator[LineError]:
    """Give what is wrong with a manifest, or with the files that were found (itself not among them)."""
    try:
        told = json.loads(manifest)
        if told["format"] != FORMAT:
            newer = isinstance(told["format"], int) and told["format"] > FORMAT
            yield LineError(NAME, 1, Problem((), NEWER if newer else NOT_A_MANIFEST))
            return
        named = {str(name): (each["size"], each["sha256"]) for name, each in told["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        yield LineError(NAME, 1, Problem((), NOT_A_MANIFEST))
        return
    for name in sorted(named.keys() | found.keys()):
        if name not in found:
            yield LineError(name, 1, Problem((), MISSING))
        elif name not in named:
            yield LineError(name, 1, Problem((), NOT_NAMED))
        elif named[name] != found[name]:
            yield LineError(name, 1, Problem((), CHANGED, {"name": NAME}))
