"""What the care team does with a report, and what is written back and forth about it.

Whoever opens a report leaves a line in the audit trail, and who told it sees that it was opened, if she wished to: not
by whom. Each act first moves the report's own row by a conditional update, and so waits for the one before.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alongside.conversations.acts.sending import as_kept, check_words
from alongside.conversations.care_letters import tell_members
from alongside.conversations.care_team import may_be_given, pairs_of, who_can_open
from alongside.conversations.keys import NoSeal
from alongside.conversations.models import Report, ReportOpening, ReportReply, ReportSeal
from alongside.conversations.models.report import ReportQuerySet
from alongside.conversations.reports import Told, close_reply, key_of, open_body, read_report, seal
from alongside.introductions.notices import something_waits
from alongside.people.acts import Refused
from alongside.people.models import User
from alongside.people.notices import something_for
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.limits import Limit, take
from alongside.records.models import Verb, append

OPENING_LASTS = timedelta(minutes=30)
"""How long a report stays shown to the care member who has opened it; after that she opens it again."""
REPLIES = Limit("replies to reports", 60, timedelta(hours=1))

GONE = _("This is not here any more.")
TOO_OFTEN = _("Very much was sent within an hour, so this was not. It is kept below. Please try again later.")
NOBODY_THERE = _("Who told this has left or deleted everything, so nobody would read an answer.")
NOBODY_OPENS = _("Nobody of the care team can open this any more. Please tell it again, as something new.")
NOT_TO_HER = _("This cannot be passed on to them. Choose somebody else of the care team.")
SETTLED_BEFORE = _("This was settled already.")


def open_report(opener: Opener, report: Report) -> None:
    """Open a report, as a care member: noted in the audit trail, and told to who wished to know. Raises ``Refused``."""
    member = _care_member(opener, report)
    with transaction.atomic():
        if not _held(report).update(opened_at=Coalesce("opened_at", clock.now())):
            raise Refused(GONE)
        _key(opener, report)
        ReportOpening.objects.create(report=report, by=member)
        append(Verb.REPORT_OPENED, actor=member.pk, subject=report.pk)
        if report.tells_openings:
            _tell_teller(report)


def opened_lately(opener: Opener, report: Report) -> Told | None:
    """Give a report as this care member reads it; ``None`` unless she opened it within ``OPENING_LASTS``."""
    since = clock.now() - OPENING_LASTS
    if not ReportOpening.objects.filter(report=report, by=opener.user, at__gt=since).exists():
        return None
    try:
        return read_report(opener, report)
    except NoSeal:
        return None


def look_at_own(opener: Opener, report: Report) -> Told | None:
    """Give a report as who told it reads it, and note that she has seen the replies; ``None`` if it does not open."""
    try:
        told = read_report(opener, report)
    except NoSeal:
        return None
    if told.replies:
        last = told.replies[-1].number
        Report.objects.told_by(opener.pair).filter(pk=report.pk, read_to__lt=last).update(read_to=last)
    return told


def answer_report(opener: Opener, report: Report, text: str, nonce: UUID) -> ReportReply:
    """Write about a report, from either side. What its teller adds opens it anew when it was settled.

    ``nonce`` is the form's: the same form sent twice is one reply. Raises ``Refused``; the words are the caller's to
    give back.
    """
    words, of_care = as_kept(text), not _is_tellers(opener, report)
    check_words(words)
    if of_care:
        _care_member(opener, report)
        if not (report.survivor_id or report.ally_id):
            raise Refused(NOBODY_THERE)
    elif not who_can_open(report):
        raise Refused(NOBODY_OPENS)
    if not take(REPLIES, opener.pair.pk.bytes):
        raise Refused(TOO_OFTEN)
    with transaction.atomic():
        changes = {"opened_at": Coalesce("opened_at", clock.now())} if of_care else {"settled_at": None}
        if not _held(report).update(**changes):
            raise Refused(GONE)
        before = report.replies.filter(is_of_care=of_care, nonce=nonce).first()
        return before or _write(opener, report, words, nonce, of_care=of_care)


def settle_report(opener: Opener, report: Report) -> None:
    """Note that a report was seen to. Raises ``Refused`` when it was already."""
    member = _care_member(opener, report)
    with transaction.atomic():
        if not _held(report).filter(settled_at=None).update(settled_at=clock.now()):
            raise Refused(SETTLED_BEFORE)
        append(Verb.REPORT_SETTLED, actor=member.pk, subject=report.pk)


def pass_on(opener: Opener, report: Report, to: User) -> None:
    """Let another care member open a report too. Never whom its teller has left out. Raises ``Refused``."""
    member = _care_member(opener, report)
    with transaction.atomic():
        if not _held(report).update(opened_at=Coalesce("opened_at", clock.now())):
            raise Refused(GONE)
        key = _key(opener, report)
        if to not in may_be_given(report, open_body(report, key).left_out):
            raise Refused(NOT_TO_HER)
        ReportSeal.objects.bulk_create((seal(report, pair, key) for pair in pairs_of([to])), ignore_conflicts=True)
        append(Verb.REPORT_PASSED_ON, actor=member.pk, subject=report.pk)
        tell_members(report, [to], what=f"{report.pk} passed on")


def _write(opener: Opener, report: Report, words: str, nonce: UUID, *, of_care: bool) -> ReportReply:
    last: int = report.replies.aggregate(last=Max("number"))["last"] or 0
    closed = close_reply(report, _key(opener, report), last + 1, words, of_care=of_care)
    reply = ReportReply.objects.create(report=report, number=last + 1, is_of_care=of_care, closed=closed, nonce=nonce)
    if of_care:
        append(Verb.REPORT_ANSWERED, actor=opener.pair.user_id, subject=report.pk)
        _tell_teller(report)
    else:
        tell_members(report, who_can_open(report), what=reply.pk)
    return reply


def _held(report: Report) -> ReportQuerySet:
    return Report.objects.kept().filter(pk=report.pk)


def _is_tellers(opener: Opener, report: Report) -> bool:
    return Report.objects.told_by(opener.pair).filter(pk=report.pk).exists()


def _care_member(opener: Opener, report: Report) -> User:
    """Give the care member whose code is open. Raises ``Refused`` when this report is not hers to see."""
    member = opener.user
    if not Report.objects.for_care(member).filter(pk=report.pk).exists():
        raise Refused(GONE)
    return member


def _key(opener: Opener, report: Report) -> bytes:
    try:
        return key_of(opener, report)
    except NoSeal:
        raise Refused(GONE) from None


def _tell_teller(report: Report) -> None:
    if report.survivor:
        something_for(report.survivor)
    elif report.ally:
        something_waits(report.ally)
