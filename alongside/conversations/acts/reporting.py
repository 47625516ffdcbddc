"""To tell the care team something, and to take it back while nobody has opened it.

Each report is sealed to the care members of that moment, without those who are left out. The server copies the messages
that were chosen, with their times and sides, as they open for who tells it: so nobody can make one up.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alongside.conversations.acts.sending import LONGEST_MESSAGE, as_kept
from alongside.conversations.care_letters import tell_members
from alongside.conversations.care_team import may_read, pairs_of
from alongside.conversations.models import Conversation, Report, ReportSeal
from alongside.conversations.reading import picked
from alongside.conversations.reports import Body, Copied, close_body, copied, seal
from alongside.core.sealing import new_key
from alongside.introductions.models import Door
from alongside.people.acts import Refused
from alongside.people.erasing import keeps_after_deletion
from alongside.people.models import Organisation, Survivor, User
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.limits import Limit, take
from alongside.records.models import Verb, append

MOST_MESSAGES = 50
"""The most messages of a conversation that one report holds."""
REPORTS = Limit("reports", 20, timedelta(hours=1))

NOTHING_TOLD = _("Write a few words, or choose a message. One is enough.")
NOT_ALL = _("You have left everybody out, so nobody could read it. Please leave one of them in.")
TOO_MANY_CHOSEN = _(
    "You have chosen %(number)d messages, and %(most)d fit. Please choose fewer, or tell it in two parts."
)
TOO_OFTEN = _("Very much was told within an hour, so this was not sent. Please try again later.")
TOLD_BEFORE = _("Something was already sent from this page, perhaps in another tab. It stands under “The care team”.")
GONE = _("This conversation is not here any more.")
OPENED_BEFORE = _("Somebody of the care team has opened it already, so it cannot be taken back any more.")


@dataclass(frozen=True)
class ToTell:
    """What somebody wants the care team to know.

    ``messages``: numbers of messages of ``conversation``, which the server copies. ``leave_out``: care members who are
    not to read it. ``tells_openings``: she wants to see when it is opened. ``nonce`` is the form's: the same form sent
    twice is one report.
    """

    kind: Report.Kind
    words: str = field(repr=False)
    conversation: Conversation | None = None
    messages: Collection[int] = ()
    leave_out: Collection[UUID] = ()
    tells_openings: bool = False
    nonce: UUID = field(default_factory=uuid4)


def tell_care(by: Opener, telling: ToTell) -> Report:
    """Tell the care team something, sealed to each member who may read it, and to ``by``; they hear of it at once.

    What a survivor tells of a conversation is about its ally; what an ally tells is about nobody, and has a line in the
    audit trail. Raises ``Refused`` with a sentence; the words are then the caller's to give back.
    """
    _check(telling)
    if told := _told_before(by, telling.nonce):
        return told
    if not take(REPORTS, by.pair.pk.bytes):
        raise Refused(TOO_OFTEN)
    members = _members(by, telling)
    body = Body(as_kept(telling.words), _copies(by, telling), frozenset(telling.leave_out))
    if not body.words.strip() and not body.messages:
        raise Refused(NOTHING_TOLD)
    report, key = _closed(by, telling, body)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            ReportSeal.objects.bulk_create(seal(report, pair, key) for pair in [*pairs_of(members), by.pair])
            if by.pair.user_id:
                append(Verb.REPORT_MADE, actor=by.pair.user_id, subject=report.pk)
            if telling.conversation and telling.kind == Report.Kind.UNEASY:
                Conversation.objects.filter(pk=telling.conversation.pk).update(is_asked_uneasy=True)
            tell_members(report, members, what=report.pk)
    except IntegrityError:  # the same form, a moment ago
        told = _told_before(by, telling.nonce)
        if told is None:
            raise Refused(TOLD_BEFORE) from None
        return told
    return report


def take_back(opener: Opener, report: Report) -> None:
    """Delete what was told, while nobody has opened it. Raises ``Refused`` once somebody has."""
    with transaction.atomic():
        unopened = Report.objects.told_by(opener.pair).filter(pk=report.pk, opened_at=None)
        if not unopened.update(expires_at=clock.now()):  # holds the row: an opening waits, and finds nothing
            raise Refused(OPENED_BEFORE)
        Report.objects.filter(pk=report.pk).delete()
        sweep_after_commit()


@erases_expired
def erase_expired_reports(moment: datetime) -> int:
    """Delete the reports whose term has run out, with their replies; give how many."""
    expired = Report.objects.filter(expires_at__lte=moment)
    number = expired.count()
    expired.delete()
    return number


@keeps_after_deletion
def reports_stay(survivor: Survivor) -> Iterable[str]:
    """Say which reports of hers stay, and until when."""
    for report in Report.objects.kept().filter(survivor=survivor).order_by("expires_at"):
        if report.opened_at:
            yield _sentence(
                gettext("What you told the care team on %(day)s stays sealed to them until %(until)s."), report
            )
        else:
            yield _sentence(
                gettext(
                    "What you told the care team on %(day)s stays sealed to them until %(until)s. Nobody has opened it "
                    "yet: you can still take it back, under “Care team”."
                ),
                report,
            )


def keeps_until() -> datetime:
    """Give until when a report is kept that is told now."""
    return clock.now() + timedelta(days=Door.current().keep_reports_days)


def nobody_is_there() -> str:
    """Give the sentence for when nobody of the care team can read anything, with the organisation's numbers."""
    numbers = "; ".join(Organisation.current().lines_of_numbers)
    if not numbers:
        return gettext("Nobody of the care team can be reached here at the moment, so nothing was sent.")
    sentence = gettext("Nobody of the care team can be reached here at the moment. Please call instead: %(numbers)s")
    return sentence % {"numbers": numbers}


def _check(telling: ToTell) -> None:
    over = len(as_kept(telling.words)) - LONGEST_MESSAGE
    if over > 0:
        sentence = ngettext(
            "This is %(over)d character longer than fits. Please tell it in two parts.",
            "This is %(over)d characters longer than fits. Please tell it in two parts.",
            over,
        )
        raise Refused(sentence % {"over": over})
    if len(telling.messages) > MOST_MESSAGES:
        raise Refused(str(TOO_MANY_CHOSEN) % {"number": len(telling.messages), "most": MOST_MESSAGES})
    if not as_kept(telling.words).strip() and not telling.messages:
        raise Refused(NOTHING_TOLD)


def _told_before(by: Opener, nonce: UUID) -> Report | None:
    return Report.objects.told_by(by.pair).filter(nonce=nonce).first()


def _members(by: Opener, telling: ToTell) -> list[User]:
    members = may_read(by, telling.conversation)
    if not members:
        raise Refused(nobody_is_there())
    chosen = [member for member in members if member.pk not in telling.leave_out]
    if not chosen:
        raise Refused(NOT_ALL)
    return chosen


def _copies(by: Opener, telling: ToTell) -> tuple[Copied, ...]:
    conversation = telling.conversation
    if conversation is None:
        return ()
    if not Conversation.objects.of(by.pair).filter(pk=conversation.pk).exists():
        raise Refused(GONE)
    return copied(picked(by, conversation, telling.messages))


def _closed(by: Opener, telling: ToTell, body: Body) -> tuple[Report, bytes]:
    """Give the report, not yet saved, and its key."""
    key, conversation = new_key(), telling.conversation
    report = Report(
        kind=telling.kind,
        survivor_id=by.pair.survivor_id,
        ally_id=by.pair.user_id,
        about_id=conversation.ally_id if conversation and by.pair.survivor_id else None,
        conversation=conversation,
        tells_openings=telling.tells_openings,
        nonce=telling.nonce,
        expires_at=keeps_until(),
    )
    report.closed = close_body(report.pk, key, body)
    return report, key


def _sentence(sentence: str, report: Report) -> str:
    day, until = (formats.date_format(moment, "DATE_FORMAT") for moment in (report.at, report.expires_at))
    return sentence % {"day": day, "until": until}
