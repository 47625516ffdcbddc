"""What of a text is words: tags, control characters and broken characters set aside."""

import re

EMOTICON = r"(?:(?<!\S)(?:[:;=]['’]?-?[()DPpOo/\\|\[\]3*]|[xX]D|<+/?3+)(?!\w))"
"""A face or a heart typed with punctuation, standing alone, as a regular expression."""

_EMOTICON = re.compile(EMOTICON)
_TAG = re.compile(r"<[A-Za-z/!?][^<>\n]{0,500}>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACE = re.compile(r"\s+")


def level(text: str) -> str:
    """Give ``text`` with tags, control characters and lone surrogates turned to spaces, in exactly the same length.

    Line breaks and tabs stay. A position in the result is the same position in ``text``.
    """
    for pattern in (_SURROGATE, _CONTROL, _TAG):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def plain(text: str, longest: int) -> str:
    """Give what a model reads of ``text``: levelled, with single spaces, at most about ``longest`` characters.

    Of a longer text the first three quarters and the end stay: a model that looks only so far looks there.
    """
    if _SURROGATE.search(text):  # two that form a pair are joined into the character that they stand for
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", " ")
    flat = _SPACE.sub(" ", level(text)).strip()
    if len(flat) <= longest:
        return flat
    tail = longest // 4
    return f"{flat[: longest - tail]} {flat[-tail:]}"


def has_words(text: str) -> bool:
    """Whether ``text`` holds a letter or a digit, of any script, that is not part of a tag or an emoticon."""
    return any(map(str.isalnum, _EMOTICON.sub(" ", level(text))))
