"""What can go wrong with a backup."""


class BackupError(Exception):
    """A backup was not taken, or not restored; the message is a sentence or two that say why, and what to do."""


def with_the_disk(error: OSError) -> BackupError:
    """Give the sentence for what the disk said."""
    place = f" at {error.filename}" if error.filename else ""
    return BackupError(f"The disk did not take part{place}: {error.strerror or error}.")
