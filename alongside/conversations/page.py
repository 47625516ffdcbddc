"""What the pages of both people show of a conversation; whose page it is, the open code says."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest

from alongside.conversations import acts
from alongside.conversations.asking import question_for
from alongside.conversations.models import Conversation
from alongside.conversations.posting import number_in
from alongside.conversations.reading import leaf, read
from alongside.conversations.showing import Line, lines_of, name_of_ally, name_of_survivor
from alongside.introductions.door import under_the_box
from alongside.people.opening import Opener, opener_of
from alongside.records.expiry import is_soon


def page_of(request: HttpRequest, found: Conversation, *, trouble: object = "", typed: str = "") -> dict[str, Any]:
    """Give what a conversation's page shows: the newest messages, or those before ``?before=``, and what is in the box.

    What is shown is read then. ``trouble``: why what she ``typed`` was not taken.
    """
    opener = opener_of(request)
    shown = leaf(opener, found, before=number_in(request.GET, "before"))
    name, read_to = name_of_other(opener, found), acts.marked(opener, found)
    if shown.is_newest and shown.last > read_to:
        acts.mark(opener, found, shown.last)
    return {
        "conversation": found,
        "name": name,
        "lines": lines_of(shown.said, name, read_to=read_to, watches_boundaries=_is_hers(opener)),
        "leaf": shown,
        "nonce": uuid4(),
        "text": typed or acts.draft(opener, found),
        "trouble": trouble,
        "goes_on": found.ended_at is None and found.ally_id is not None,
        "goes_soon": is_soon(found.expires_at),
        "question": question_for(found) if _is_hers(opener) else None,
        "under_the_box": under_the_box(),
    }


def news_of(request: HttpRequest, found: Conversation) -> list[Line]:
    """Give what came after the number (``after``) that a page names; it shows it, so it is read then."""
    opener = opener_of(request)
    said = read(opener, found, number_in(request.POST or request.GET, "after"))
    if said:
        acts.mark(opener, found, said[-1].number)
    return lines_of(said, name_of_other(opener, found), read_to=0, watches_boundaries=_is_hers(opener))


def name_of_other(opener: Opener, found: Conversation) -> str:
    """Give what the other one is called on the page of ``opener``."""
    return name_of_ally(found) if _is_hers(opener) else name_of_survivor(found.survivor)


def _is_hers(opener: Opener) -> bool:
    return opener.pair.survivor_id is not None
