"""The whole story of two survivors and two allies, told by the acts themselves, in words that stand nowhere else.

What a test finds of these words, or of their bytes, in some place, it has found there because this story was told.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from alongside.conversations import acts as talking
from alongside.conversations.acts import ToTell
from alongside.conversations.models import Conversation, Felt, Report
from alongside.core.codes import Code
from alongside.core.matching import Wish
from alongside.introductions import acts as meeting
from alongside.introductions.models import Ask, Introduction
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.people.hers import Wording
from alongside.people.models import CareMember, User
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.workshop.models import Reflection
from alongside.workshop.models.reflection import boxed
from conftest import MakesAccounts
from tests.cast import make_ally_of

OF_WREN_AND_AMAL = {
    "first words": "The bittern sings at night.",
    "message": "A merlin sat on the barn.",
    "answer": "The goshawk was there before it.",
}
OF_LARK_AND_BEA = {"lark's first words": "An avocet waits by the door.", "bea's answer": "Let the lapwing in."}
TO_BEA = {"words of another ask": "The sandpiper has gone."}
DRAFTS = {"wren": "Nobody tells the wryneck.", "amal": "Perhaps the dotterel knows."}
TOLD = {"report": "The shrike frightened me.", "answer of care": "The ouzel looks after it."}
SEALED = [*OF_WREN_AND_AMAL.values(), *OF_LARK_AND_BEA.values(), *TO_BEA.values(), *DRAFTS.values(), *TOLD.values()]

BOXED = {
    "name": "Kestrel of the marsh",
    "look": "weather",
    "address": "dunlin@alongside.example",
    "subject": "Whimbrel on Thursday",
    "text": "Bring the godwit folder.",
    "topic": "curlew-and-sand",
    "reflection": "The nightjar is mine alone.",
}
"""What is under the server's key. Beside it: a preference, an answer, and what an ally lets count."""

CODES = {
    "wren": Code("kettle willow", "lantern olive thimble harbor"),
    "lark": Code("ribbon cactus", "walnut scarf pebble candle"),
    "amal": Code("", "granite onion wagon bonsai"),
    "bea": Code("", "velvet acorn ladle tulip"),
    "marisol": Code("", "granola anchor bonnet quill"),
    "cora": Code("", "graffiti gravel graded cedar"),
}
A_WHILE = timedelta(days=20)


@dataclass(frozen=True)
class Story:
    """Who is in it, and what has come of it."""

    wren: Opener
    lark: Opener
    amal: Opener
    bea: Opener
    marisol: Opener
    cora: Opener
    talk: Conversation
    other_talk: Conversation
    offered: Introduction
    report: Report
    codes: dict[str, Code] = field(default_factory=lambda: dict(CODES), repr=False)

    @property
    def openers(self) -> dict[str, Opener]:
        """Everybody who has a code, by name."""
        return {name: getattr(self, name) for name in self.codes}


@pytest.fixture
def story(
    make_account: MakesAccounts,
    ruth: User,
    marisol: User,
    cora: User,
    open_in: Callable[[Client, Opener], Client],
    as_: Callable[[User], Client],
) -> Story:
    """Tell all of it, up to a few weeks after it began."""
    amal, bea = _an_ally(make_account("amal"), been_there=True), _an_ally(make_account("bea"), been_there=False)
    care = [_a_care_member(user) for user in (marisol, cora)]
    wren = people.come(CODES["wren"], name=BOXED["name"])
    lark = people.come(CODES["lark"])
    people.choose_look(wren.survivor, BOXED["look"])
    wren.survivor.refresh_from_db()
    people.choose_notice(wren.survivor, Wording(BOXED["address"], BOXED["subject"], BOXED["text"]))
    wishes = Wishes((BOXED["topic"],), ("en",), been_there=Wish.RATHER)
    first = _offer(wren, amal, wishes, OF_WREN_AND_AMAL["first words"])
    talk = talking.begin(amal, first.pk)
    other_offer = _offer(lark, bea, Wishes(languages=("en",)), OF_LARK_AND_BEA["lark's first words"])
    other_talk = talking.begin(bea, other_offer.pk)
    talking.send(wren, talk, OF_WREN_AND_AMAL["message"], uuid4())
    talking.send(amal, talk, OF_WREN_AND_AMAL["answer"], uuid4())
    talking.send(bea, other_talk, OF_LARK_AND_BEA["bea's answer"], uuid4())
    talking.keep_draft(wren, talk, DRAFTS["wren"])
    talking.keep_draft(amal, talk, DRAFTS["amal"])
    with clock.moved_to(clock.now() + A_WHILE):
        assert talking.say_judged(wren, talk, Felt.YES)
        assert talking.say_judged(lark, other_talk, Felt.NO)
    report = talking.tell_care(wren, ToTell(Report.Kind.REPORT, TOLD["report"], talk, messages=[3]))
    talking.answer_report(care[0], report, TOLD["answer of care"], uuid4())
    offered = _offer(wren, bea, wishes, TO_BEA["words of another ask"])
    Reflection.objects.create(learner=ruth, lesson="words", prompt="p", boxed=boxed(BOXED["reflection"], ruth))
    for opener in (wren, lark):
        open_in(Client(), opener)
    open_in(as_(amal.user), amal)
    return Story(wren, lark, amal, bea, *care, talk, other_talk, offered, report)


def _an_ally(user: User, *, been_there: bool) -> Opener:
    make_ally_of(user, "money", been_there=been_there)
    return people.make_own_code(user, CODES[user.name.lower()])


def _a_care_member(user: User) -> Opener:
    CareMember.objects.create(user=user)
    return people.make_own_code(user, CODES[user.name.lower()])


def _offer(her: Opener, ally: Opener, wishes: Wishes, words: str) -> Introduction:
    ask: Ask = meeting.begin_ask(her, wishes, words)
    return meeting.offer(her, ask, ally.user)
