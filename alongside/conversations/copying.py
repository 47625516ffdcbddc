"""A copy of a conversation for the survivor to take along: plain text."""

from django.utils import formats
from django.utils.translation import gettext

from alongside.conversations.models import Conversation
from alongside.conversations.reading import read
from alongside.conversations.showing import name_of_ally
from alongside.people.opening import Opener

NAME_OF_A_COPY = "notes.txt"


def copy_of(opener: Opener, conversation: Conversation) -> str:
    """Give the whole conversation as text, each message under its side and its time in UTC.

    What was said is set in, so that nobody writes what looks like a message of somebody else.
    """
    name = name_of_ally(conversation)
    parts = []
    for each in read(opener, conversation):
        who = gettext("You") if each.is_own else name
        at = formats.date_format(each.at, "DATETIME_FORMAT")
        text = gettext("(This does not open with your code.)") if each.text is None else each.text
        parts.append(f"{who}, {at} UTC\n{_set_in(text)}\n")
    return "\n".join(parts)


def _set_in(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
