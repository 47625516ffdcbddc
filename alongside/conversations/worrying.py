"""When an ally is worried: what it may be about, and honest words that she can say to the survivor first."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.conversations import acts
from alongside.conversations.models import Conversation, Report
from alongside.people.opening import Opener

Kind = Report.Kind


@dataclass(frozen=True)
class Worry:
    """What a worry is about. ``name``: as a form has it; ``words``: what she can say to her first, or nothing."""

    name: str
    kind: Report.Kind
    title: Promise
    words: Promise | str = ""


WORRIES = (
    Worry(
        "child",
        Kind.WORRY_CHILD,
        _("Somebody may be a child"),
        _(
            "Before you tell me more, I want to be honest with you. I wonder whether you, or somebody you tell me "
            "about, may be very young. If that is so, I have to let the people here know whose task is safety, so that "
            "somebody can help who is able to. I do not do it behind your back: you hear it from me first. Is there "
            "something that you would want them to know, or that frightens you about it? I am still here."
        ),
    ),
    Worry(
        "life",
        Kind.WORRY_LIFE,
        _("A life is at risk"),
        _(
            "What you write worries me, and I want to be honest with you. When I think that a life is at risk, yours "
            "or somebody else's, I let the people here know whose task is safety, and you hear it from me first. Are "
            "you safe right now? If you are not, please call one of the numbers under the box on your page: they are "
            "there for just this. I am glad that you told me. What would help you through the next hour?"
        ),
    ),
    Worry("other", Kind.WORRY, _("Something else")),
)


def worry_named(name: str) -> Worry | None:
    """Give what a form has chosen; ``None`` for what is none."""
    return next((each for each in WORRIES if each.name == name), None)


def put_into_the_box(opener: Opener, conversation: Conversation, worry: Worry) -> None:
    """Add the honest words to what an ally has in her box: to be changed there, and sent only by her."""
    kept, words = acts.draft(opener, conversation), str(worry.words)
    if words and words not in kept:
        acts.keep_draft(opener, conversation, f"{kept.rstrip()}\n\n{words}".lstrip())
