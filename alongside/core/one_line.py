"""A short text as it stands inside other people's sentences, such as a name."""

import unicodedata


def one_line(text: str) -> str:
    """Give a text as it is kept: on one line, with plain spaces, without signs that cannot be seen.

    Among those are the ones that turn round what stands beside them: a name changes nothing but itself.
    """
    plain = unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign for sign in plain if sign.isspace() or _is_seen(sign)).split())


def _is_seen(sign: str) -> bool:
    return not unicodedata.category(sign).startswith("C")
