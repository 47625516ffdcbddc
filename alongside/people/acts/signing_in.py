"""Coming back in: a lost password, a lost second factor."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.people import letters
from alongside.people.access import is_staff
from alongside.people.acts.deciding import is_vouched_for
from alongside.people.acts.refusing import LINK_IS_CLOSED, Refused
from alongside.people.models import Letter, OneTimeLink, Organisation, User
from alongside.people.sessions import end_sessions
from alongside.records.models import Verb, append

Purpose = OneTimeLink.Purpose

PASSWORD_LINK_LASTS = timedelta(hours=24)
LINK_WAS_MADE = "link to a new password"


@letters.kind(LINK_WAS_MADE, title=_("That somebody of the desk made a link to a new password"))
def link_was_made(letter: Letter) -> letters.Words:
    """Tell somebody that a coordinator made a link to her account, whether or not it was for her."""
    contact = Organisation.current().contact
    lines = [
        _("Somebody of your workshop made a link with which you can choose a new password."),
        _("If you did not ask for it, tell us, and choose a new password yourself: then the link stops working."),
    ]
    return letters.Words(letters.Subject.NOTE, [*lines, *([contact] if contact else [])], reverse("people:me"))


def make_password_link(email: str, by: User | None) -> str:
    """Make a link by which the owner of this account chooses a new password; give its token. It lasts 24 hours.

    An older one that was not used stops working. ``by`` is the coordinator who helps; ``None`` is whoever runs the
    server, who alone may help staff: or else one coordinator could become another. When a coordinator makes one, a
    letter tells its owner, for whoever holds it comes in as her. Raises ``Refused`` when nobody has this e-mail, or
    when it is not the coordinator's to help.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise Refused(_("Nobody here has this e-mail address. Check its spelling together, or let them sign up anew."))
    if by is not None and is_staff(user):
        raise Refused(
            _(
                "This account has a role at the desk, and only whoever runs the server can help with that: "
                "“alongside signin-link”, followed by the e-mail address."
            )
        )
    with transaction.atomic():
        OneTimeLink.withdraw(Purpose.PASSWORD, user)
        append(Verb.SIGN_IN_LINK_MADE, actor=by.pk if by else None, subject=user.pk)
        if by is not None:
            letters.post(user, LINK_WAS_MADE)
        return OneTimeLink.make(Purpose.PASSWORD, PASSWORD_LINK_LASTS, user=user, made_by=by)


def remove_second_factor(email: str) -> None:
    """Remove the second factor of somebody who lost it. Only for whoever runs the server.

    Her roles rest until she sets a new one. Does nothing when she has none.
    """
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is not None and Authenticator.objects.filter(user=user).delete()[0]:
            end_sessions(user)
            append(Verb.SECOND_FACTOR_REMOVED, subject=user.pk)


def find_password_link(token: str) -> OneTimeLink | None:
    """Give the open link to a new password that has this token.

    Not one by which a coordinator would reach staff, nor one by somebody who is a coordinator no more.
    """
    link = OneTimeLink.find_open(token, Purpose.PASSWORD)
    if link is None or link.user is None or (link.made_by_id and is_staff(link.user)) or not is_vouched_for(link):
        return None
    return link


def choose_password(token: str, password: str) -> User:
    """Set a new password by a link, end all sessions of its owner, and give her account.

    ``password`` has passed the validators. Raises ``Refused`` when the link is closed.
    """
    with transaction.atomic():
        link = find_password_link(token)
        if link is None or link.user is None or not link.use():
            raise Refused(LINK_IS_CLOSED)
        user = link.user
        user.set_password(password)
        user.save(update_fields=["password"])
        OneTimeLink.withdraw(Purpose.PASSWORD, user)
        end_sessions(user)
        append(Verb.SIGN_IN_LINK_USED, actor=user.pk, subject=user.pk)
        return user
