"""``alongside audit verify``: whether anybody changed what the audit trail says."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.records.trail.chain import Fault, FaultKind
from alongside.records.trail.verifying import Findings, Found, Note, find, look_through

_WHAT = {
    FaultKind.CHANGED: "Batch {batch} was changed: an entry in it, their order, or what stands on the batch.",
    FaultKind.ENTRY_MISSING: "An entry of batch {batch} is missing.",
    FaultKind.ENTRY_ADDED: "An entry was added to batch {batch}.",
    FaultKind.BATCH_MISSING: "Batch {batch} is missing.",
    FaultKind.BEGINNING_CHANGED: "Where the trail begins was changed: it is not batch {batch} that expired last.",
}
_OF_OTHER_KEYS = (FaultKind.CHANGED, FaultKind.BEGINNING_CHANGED)
_OTHER_KEYS = (
    "It is the first that there is: either it was changed, or the keys here are not those of the server that wrote it."
)
_NOT_THERE = (
    "The batch of this note, {note}, is not in the trail. Either the newest batches were taken away or made anew, or a "
    "backup was restored that is older than the note."
)


class Command(BaseCommand):
    """Follow the chain from its beginning, and say how far it holds."""

    help = (
        "Says whether the audit trail is as it was written: each minute its new entries are closed into a batch, which "
        "is chained to the one before. Ends with status 1 at the first fault. It cannot tell that the newest batches "
        "were taken away, nor what somebody did who has the server's keys: for that, note on paper what it prints, and "
        "give it with --newest the next time."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and a note from an earlier time."""
        parser.add_argument("action", choices=["verify"], help="what to do")
        parser.add_argument("--newest", metavar="NOTE", help="what an earlier verification printed as its newest batch")

    def handle(self, *args: Any, newest: str | None, **options: Any) -> None:
        """Print what holds; fail with a sentence for what does not."""
        note = _read(newest)
        findings = look_through()
        self._say_what_holds(findings)
        if findings.verdict.fault is not None:
            raise CommandError(_sentence(findings.verdict.fault, is_first=findings.verdict.newest is None))
        if note is not None:
            self._compare(note)

    def _say_what_holds(self, findings: Findings) -> None:
        verdict = findings.verdict
        until = "up to the first fault" if verdict.fault else "from the first to the last"
        self.stdout.write(f"Batches that hold, {until}: {verdict.batches}, with entries: {verdict.entries}.")
        self.stdout.write(f"Entries that no batch has yet, of which nothing can be said: {findings.unclosed}.")
        if verdict.fault is None and verdict.newest is not None:
            self.stdout.write(f"The newest batch, to be noted on paper: {Note.of(verdict.newest)}")

    def _compare(self, note: Note) -> None:
        match find(note):
            case Found.UNCHANGED:
                self.stdout.write(f"Everything up to the batch of your note, {note}, is as it was.")
            case Found.EXPIRED:
                self.stdout.write(f"The batch of your note, {note}, has expired. Take a newer note.")
            case Found.NOT_THERE:
                raise CommandError(_NOT_THERE.format(note=note))


def _read(text: str | None) -> Note | None:
    try:
        return None if text is None else Note.read(text)
    except ValueError:
        raise CommandError(
            "That is no note of a batch. It is a number and 16 letters and digits, such as 96-3f9a-22c1-d0e4-b7a6.",
            returncode=2,
        ) from None


def _sentence(fault: Fault, *, is_first: bool) -> str:
    what = _WHAT[fault.kind].format(batch=fault.batch)
    return f"{what} {_OTHER_KEYS}" if is_first and fault.kind in _OF_OTHER_KEYS else what
