"""What the house promises, to whom, and what no software can promise: the promise page is made of this list.

Each promise has a test of its name among ``tests/test_promises*.py``: no promise without a test that could fail.
"""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Promise:
    """One promise: ``name`` is that of its test, without ``test_``; ``sentence`` is what somebody reads."""

    name: str
    sentence: str | Lazy


@dataclass(frozen=True)
class Promises:
    """What is promised to one kind of people: ``slug`` for an anchor, ``title`` as a heading."""

    slug: str
    title: str | Lazy
    promises: tuple[Promise, ...]


TO_WHO_COMES_TO_TALK = Promises(
    "you-who-come-to-talk",
    _("To you who come to talk"),
    (
        Promise(
            "you_need_no_name_no_mail_and_no_phone",
            _("You need no name, no mail and no phone, and nobody asks how old you are."),
        ),
        Promise(
            "your_code_is_kept_nowhere",
            _(
                "Once you have copied your code, its words are kept nowhere. Nobody can look them up, and we cannot "
                "either."
            ),
        ),
        Promise(
            "only_the_two_of_you_can_open_what_you_write",
            _(
                "What you write to somebody is sealed to the two of you. Unless one of you shows it to the care team, "
                "nobody else can open it: nobody of the organisation, and nobody who steals the database."
            ),
        ),
        Promise(
            "whom_you_ask_reads_your_words_only_after_saying_yes",
            _("Whom you ask to talk with you sees topics first, and reads your words only after saying yes."),
        ),
        Promise(
            "a_stolen_database_does_not_tell_what_you_chose",
            _(
                "A stolen database does not tell what you chose to talk about, with whom you would rather talk, what "
                "you are called here, or where you get mail."
            ),
        ),
        Promise(
            "nobody_sees_whether_you_have_read",
            _("Nobody sees whether you have read something, whether you are here, or that you are writing."),
        ),
        Promise(
            "leaving_closes_everything_in_that_browser",
            _("When you leave, everything that was open in that browser is closed, on the server as well."),
        ),
        Promise(
            "no_title_and_no_address_says_what_this_is",
            _("No title and no icon of a page says what this is, and no address has a word of yours in it."),
        ),
        Promise("nothing_is_sent_to_you_unless_you_want_it", _("Nothing is sent to you unless you ask for it.")),
        Promise(
            "you_can_delete_everything_alone_at_once_and_for_good",
            _(
                "You can delete everything, alone and at once, and it is gone from our files. Only what you told the "
                "care team stays until its day, and you are told so before."
            ),
        ),
        Promise(
            "what_you_leave_behind_goes_by_itself",
            _("What you leave behind goes by itself when its time is over, also if you never come back."),
        ),
        Promise(
            "what_you_report_opens_only_for_whom_you_let_in",
            _(
                "What you tell the care team opens only for those whom you did not leave out, and never for the one "
                "whom it is about."
            ),
        ),
        Promise(
            "whether_you_felt_judged_is_shown_as_numbers_of_five_people",
            _("Whether you felt judged is shown to the organisation only as numbers, of five people or more."),
        ),
        Promise(
            "your_words_are_in_no_log_mail_or_task_even_when_the_server_fails",
            _("Your words are in no log, no mail and no list of tasks, even when the server fails in the middle."),
        ),
        Promise(
            "no_page_of_yours_calls_anybody_else",
            _("No page of yours asks anything of anybody else: no other company learns that you were here."),
        ),
    ),
)

TO_ALLIES = Promises(
    "allies",
    _("To allies"),
    (
        Promise(
            "nobody_sees_what_you_let_count",
            _(
                "Whether you let it count that you have been there stands on no page of the desk, in no reason, no "
                "export and no list of what was done. Whoever asks for somebody who has been there may still learn it."
            ),
        ),
        Promise("a_letter_to_you_tells_nothing", _("A letter to you says that something waits, and nothing else.")),
        Promise(
            "the_check_before_you_send_keeps_nothing",
            _("When you let your words be checked before you send them, the check keeps nothing of them."),
        ),
        Promise(
            "when_you_leave_your_name_and_your_keys_go",
            _(
                "When you leave, your name and your keys go at once. What you wrote stays with whom you wrote it to, "
                "without your name, until its time is over."
            ),
        ),
    ),
)

TO_LEARNERS = Promises(
    "learners",
    _("To learners"),
    (
        Promise("what_you_delete_is_gone_from_the_file", _("What you delete is gone from our files, at once.")),
        Promise(
            "after_180_days_it_is_gone_from_the_file_by_itself",
            _("What you write in a practice goes by itself after 180 days."),
        ),
        Promise("leaving_takes_everything_of_yours_along", _("When you leave, everything of yours goes.")),
        Promise("no_page_calls_anybody_else", _("No page asks anything of anybody else.")),
        Promise(
            "what_you_write_is_in_no_log_even_when_the_server_fails",
            _("What you write is in no log, even when the server fails."),
        ),
        Promise("what_you_write_is_in_no_address", _("What you write is in no address.")),
    ),
)

PROMISES = (TO_WHO_COMES_TO_TALK, TO_ALLIES, TO_LEARNERS)

NO_SOFTWARE_CAN_PROMISE: tuple[str | Lazy, ...] = (
    _(
        "Whoever runs the machine could change this software so that it keeps what people type. Ask who that is, and "
        "whether you trust them."
    ),
    _("The other one could photograph a screen, or tell somebody."),
    _(
        "Whoever can look at your screen, has your phone, or has put something on it that watches, sees what you see. "
        "The history of a browser stays until you clear it."
    ),
    _("Whoever knows your code can open everything that it opens."),
    _("Who provides the internet, or runs the network, can see that this address was visited, and when; not what."),
    _(
        "People can be made by law to pass something on. What the organisation has in clear is who listens here, that "
        "conversations exist, and when something was written. What it passes on by itself, it says before you write."
    ),
    _(
        "What is deleted may lie in a sealed backup for 14 days more. No backup can be read without a key that is kept "
        "elsewhere, no message in it without somebody's code, and none brings back what was deleted."
    ),
    _(
        "Where the organisation keeps its data in PostgreSQL, that program alone decides when deleted bytes are "
        "overwritten."
    ),
)
