"""Letters: the e-mails that the house sends by itself.

Plain, short, with one link; neither subject nor preview says what they are about, for somebody may look over her
shoulder. A row is the queue (``people.models.Letter``); the task that sends it carries its id and no word.

A room registers what it writes when it is ready, and posts inside its own transaction::

    @letters.kind("practise again", title=_("To practise again"))
    def practise_again(letter: Letter) -> letters.Words | None:
        return letters.Words(letters.Subject.NOTE, [_("It is a month since …")], reverse("practice:start"))

    letters.post(user, "practise again", key=f"practise again 1 {user.pk}")
"""

from alongside.people.letters.kinds import Subject, Words, kind, title_of
from alongside.people.letters.posting import failed, post, post_again
from alongside.people.letters.sending import send
from alongside.people.letters.stopping import stop_page, stop_token

__all__ = ["Subject", "Words", "failed", "kind", "post", "post_again", "send", "stop_page", "stop_token", "title_of"]
