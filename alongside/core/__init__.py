"""What the project exists for, in pure Python: no Django, no file but its own data."""


def gettext_noop(message: str) -> str:
    """Mark ``message`` for translation and return it as it is; the caller translates when it shows it."""
    return message
