"""A text to begin with, for an organisation that has not written its agreement yet."""

from django.utils.translation import gettext_lazy as _

_PARAGRAPHS = (
    _("What I promise"),
    _(
        "I listen before I answer. I do not judge what she has done, does or is going to do, and I do not ask for what "
        "she has not offered to tell."
    ),
    _(
        "What she tells me stays with me. I write it down nowhere else, I show it to nobody and I tell nobody who she "
        "is. The one exception is what our organisation has to pass on when a life or a child is at risk; I know what "
        "that is, and I tell her before she needs to know it."
    ),
    _("Her life is hers. I do not decide for her, and I do not press her to leave, to stay, to report or to believe."),
    _(
        "I give no money and take none, I promise nothing that I cannot keep, and I do not meet her or look for her "
        "anywhere outside our conversations."
    ),
    _("There is no romance and no sex between us, now or later."),
    _("I am no therapist and no lawyer. When something is beyond me I say so, and we look for somebody together."),
    _(
        "I tell her and the organisation in good time when I cannot go on. In the first three months I have one "
        "conversation at a time, and a talk about how it goes in weeks 1, 4 and 8."
    ),
    _("What I can count on"),
    _(
        "Somebody of the desk is there for me when something weighs on me. I can pause when I like, and nobody asks me "
        "why."
    ),
    _(
        "The organisation can suspend my role at once when it has to, to keep people safe. It then talks with me, and "
        "I am heard."
    ),
    _("I can lay down this role whenever I like."),
)


def starting_text() -> str:
    """Give a whole agreement, to be read and changed before it is published: paragraphs with an empty line between.

    It was written for this project. No lawyer has read it, and the page that offers it says so.
    """
    return "\n\n".join(str(paragraph) for paragraph in _PARAGRAPHS)
