"""Letters to care members: a report waits. Never what it is, nor of whom."""

from collections.abc import Iterable

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models import Report, ReportOpening
from alongside.people import letters
from alongside.people.models import Letter, User

A_REPORT_WAITS = "a report waits"
AT_ONCE = "a report waits, and is urgent"
URGENT = frozenset({Report.Kind.WORRY_CHILD, Report.Kind.WORRY_LIFE})


def tell_members(report: Report, members: Iterable[User], *, what: object) -> None:
    """Let care members know, in this order, that a report waits, in the caller's transaction.

    ``what``: the id of what is new, of which nobody is told twice.
    """
    kind = AT_ONCE if report.kind in URGENT else A_REPORT_WAITS
    for member in members:
        letters.post(member, kind, subject=report.pk, key=f"{A_REPORT_WAITS} {what} {member.pk}")


def is_new_to(report: Report, member: User) -> bool:
    """Say whether something of a report waits for this care member that she has not seen, and nobody has settled."""
    openings = ReportOpening.objects.filter(report=report, by=member)
    seen = openings.aggregate(last=Max("at"))["last"]
    if report.settled_at:
        return False
    return seen is None or report.replies.filter(is_of_care=False, at__gt=seen).exists()


def new_to(member: User) -> int:
    """Give how many reports wait for this care member with something that she has not seen."""
    unsettled = Report.objects.for_care(member).filter(settled_at=None).order_by()
    told = unsettled.annotate(
        seen=Max("openings__at", filter=Q(openings__by=member)),
        said=Coalesce(Max("replies__at", filter=Q(replies__is_of_care=False)), "at"),
    )
    return told.filter(Q(seen=None) | Q(said__gt=F("seen"))).count()


@letters.kind(A_REPORT_WAITS, title=_("That something waits for a care member"))
def write_that_a_report_waits(letter: Letter) -> letters.Words | None:
    """Write a letter that does not say what waits; none once she has seen it, or it is settled or taken back."""
    return _words(letter, letters.Subject.NOTE, _("Something waits for you at the desk. Please look today."))


@letters.kind(AT_ONCE, title=_("That something urgent waits for a care member"))
def write_that_it_is_urgent(letter: Letter) -> letters.Words | None:
    """Write a letter that says that it cannot wait, and no more."""
    return _words(letter, letters.Subject.TODAY, _("Something at the desk cannot wait. Please sign in now."))


def _words(letter: Letter, subject: letters.Subject, sentence: object) -> letters.Words | None:
    report = Report.objects.for_care(letter.user).filter(pk__in=[letter.subject_id]).first()
    if report is None or not is_new_to(report, letter.user):
        return None
    return letters.Words(subject, [str(sentence)], reverse("desk:start"))
