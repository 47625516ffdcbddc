"""What Alongside promises to somebody who comes to talk, each promise with a test of its name."""

import re
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alongside.conversations import acts as talking
from alongside.conversations import judged
from alongside.conversations.acts import ToTell
from alongside.conversations.keys import NoSeal, keys_for
from alongside.conversations.models import Answer, Conversation, Felt, Message, Report
from alongside.conversations.reading import read
from alongside.conversations.reports import read_report
from alongside.core import codes
from alongside.introductions.models import THE_DOOR, Door
from alongside.introductions.tests.coming import choose, code_shown, page_of, prove
from alongside.people import acts as people
from alongside.people import notices
from alongside.people.hers import Wording
from alongside.people.looks import LOOKS
from alongside.people.models import Notice, Opened, Organisation, Survivor
from alongside.people.models.code import UNUSED_CODES_ARE_KEPT
from alongside.records import clock
from tests.story import (
    BOXED,
    CODES,
    OF_LARK_AND_BEA,
    OF_WREN_AND_AMAL,
    TO_BEA,
    TOLD,
    story,  # noqa: F401 - a fixture
)
from tests.thief import everything_stored, found_in, log_of_the_house, stands_in

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "A bullfinch in the hawthorn."
ITS_BIRD = "bullfinch"
ANSWERED_WITHIN = timedelta(hours=2)


@pytest.fixture
def open_house(story) -> Door:  # noqa: F811
    """The house of the story, with its door open."""
    said = {"minimum_age": 18, "numbers": "Night line: 0800 000 000", "duties": "None.", "safeguarding_lead": "Cora"}
    lead = story.cora.user
    Organisation.objects.update_or_create(pk=1, defaults={"name": "The Green House", "lead": lead, **said})
    return Door.objects.create(
        pk=THE_DOOR, is_wanted=True, under_age="The youth line: 0800 111 111", answers_take="a day or two"
    )


@pytest.fixture
def hers(story, open_in) -> Client:  # noqa: F811
    """Wren's browser, in which her code is open."""
    return open_in(Client(), story.wren)


@pytest.fixture
def allys(story, open_in, as_) -> Client:  # noqa: F811
    """Amal's browser, in which her own code is open."""
    return open_in(as_(story.amal.user), story.amal)


def conversation(talk: Conversation, what: str = "conversation", whose: str = "talk") -> str:
    return reverse(f"{whose}:{what}", args=[talk.pk])


def text_of(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def without_token(answer) -> str:
    """A page without what differs each time: the token of its forms and the number of its message."""
    return re.sub(r'name="(?:csrfmiddlewaretoken|nonce)" value="[\w-]+"', "", answer.text)


# --- Coming and going -------------------------------------------------------------------------------------------------


def test_you_need_no_name_no_mail_and_no_phone(open_house, story):  # noqa: F811
    browser, fields = Client(), []
    for page in ("/talk/", "/talk/topics/", "/talk/with/", "/talk/people/"):
        fields += page_of(browser.get(page)).select("input, textarea")
    choose(browser, story.amal.user, words="")
    fields += page_of(browser.get("/talk/words/")).select("input, textarea")
    asked = {(field.get("name"), field.get("type")) for field in fields}
    code = code_shown(browser)
    assert prove(browser)["Location"] == "/talk/home/"
    assert browser.get("/talk/home/").status_code == 200
    assert len(code) == 6
    assert not {kind for _name, kind in asked} & {"email", "tel", "date", "url", "file"}
    assert not [name for name, _kind in asked if re.search("mail|phone|age$|birth|address", name or "")]
    assert Survivor.objects.latest("came_at").name is None


def test_your_code_is_kept_nowhere(story, hers, settings):  # noqa: F811
    hers.get("/talk/home/")
    Client().post("/talk/open/", {"code": " ".join(CODES["lark"].words)})
    words = [*(CODES[name].secret for name in CODES), *(" ".join(code.words) for code in CODES.values())]
    assert found_in(everything_stored(), words) == []
    pair = bytes(story.wren.pair.wrapped_private)
    assert not [
        word
        for word in CODES["wren"].words
        if word.encode() in settings.SEALING_KEYS.unbox("private key", pair, whose=story.wren.pair.pk)
    ]
    assert len(CODES["wren"].words) == codes.SURVIVOR_WORDS


def test_leaving_closes_everything_in_that_browser(story, hers, open_in):  # noqa: F811
    elsewhere = open_in(Client(), story.wren)
    assert hers.get("/talk/home/").status_code == 200
    rows = Opened.objects.filter(pair=story.wren.pair).count()
    kept = {name: cookie.value for name, cookie in hers.cookies.items()}
    hers.post("/talk/leave/")
    assert Opened.objects.filter(pair=story.wren.pair).count() == rows - 1
    thief = Client()
    thief.cookies.load(kept)
    assert thief.get("/talk/home/")["Location"] == "/talk/open/", "the cookie itself opens nothing any more"
    assert elsewhere.get("/talk/home/").status_code == 200


def test_no_title_and_no_address_says_what_this_is(open_house, story, hers):  # noqa: F811
    talk, report = story.talk, story.report
    addresses = ["/talk/home/", "/talk/settings/", "/talk/look/", "/talk/care/", f"/talk/care/{report.pk}/"]
    addresses += [conversation(talk, what) for what in ("conversation", "end", "block", "copy", "delete", "report")]
    for address in addresses:
        answer = hers.get(address)
        assert answer.status_code == 200, address
        page = BeautifulSoup(answer.content, "html.parser")
        look = LOOKS[BOXED["look"]]
        assert page.title is not None
        assert page.title.text == str(look.title)
        (icon,) = page.select('link[rel="icon"]')
        assert PurePosixPath(str(icon["href"])).name == PurePosixPath(look.icon).name
    sent = hers.post(conversation(talk, "send"), {"text": WORDS, "nonce": str(uuid4())}, follow=True)
    assert all(ITS_BIRD not in address for address, _status in sent.redirect_chain)
    strangers = [Client().get(address) for address in ("/talk/", "/talk/open/", "/talk/promises/", "/talk/nothing/")]
    titles = {BeautifulSoup(each.content, "html.parser").title.text for each in strangers}  # type: ignore[union-attr]
    assert titles == {"Notes"}


def test_no_page_of_yours_calls_anybody_else(open_house, story, hers):  # noqa: F811
    talk = story.talk
    for address in ("/talk/", "/talk/home/", "/talk/settings/", "/talk/care/", conversation(talk)):
        answer = hers.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"https?:", policy)
        assert not re.search(rb"(?:src|action|data|poster|href)=[\"'](?:https?:)?//", answer.content), address
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_nothing_is_sent_to_you_unless_you_want_it(story, mail_server):  # noqa: F811
    people.choose_notice(story.wren.survivor, None)
    talking.send(story.amal, story.talk, WORDS, uuid4())
    talking.send(story.bea, story.other_talk, WORDS, uuid4())
    assert not Notice.objects.exists()
    people.choose_notice(story.wren.survivor, Wording(BOXED["address"], BOXED["subject"], BOXED["text"]))
    talking.send(story.amal, story.talk, WORDS, uuid4())
    with clock.moved_to(clock.now() + ANSWERED_WITHIN):
        notices.send(Notice.objects.get().pk)
    (mail,) = mail_server.mails
    assert (mail["To"], mail["Subject"]) == (BOXED["address"], BOXED["subject"])
    assert mail.get_content().strip() == BOXED["text"]


# --- Talking ----------------------------------------------------------------------------------------------------------


def test_only_the_two_of_you_can_open_what_you_write(story, open_in, as_, ruth, noor):  # noqa: F811
    talk = story.talk
    assert [each.text for each in read(story.wren, talk)] == list(OF_WREN_AND_AMAL.values())
    assert [each.text for each in read(story.amal, talk)] == list(OF_WREN_AND_AMAL.values())
    for other in (story.lark, story.bea, story.marisol, story.cora):
        assert keys_for(other, talk) == {}
    browsers = [open_in(as_(each.user), each) for each in (story.bea, story.marisol, story.cora)]
    for browser in (*browsers, as_(ruth), as_(noor), Client()):
        assert browser.get(conversation(talk, whose="conversations")).status_code in (302, 404)
    assert open_in(Client(), story.lark).get(conversation(talk)).status_code == 404
    assert found_in(everything_stored(), [*OF_WREN_AND_AMAL.values(), *OF_LARK_AND_BEA.values()]) == []


def test_whom_you_ask_reads_your_words_only_after_saying_yes(story, open_in, as_):  # noqa: F811
    browser, words = open_in(as_(story.bea.user), story.bea), TO_BEA["words of another ask"]
    address = reverse("conversations:waiting", args=[story.offered.pk])
    waiting = browser.get(address)
    assert waiting.status_code == 200
    assert words not in text_of(waiting)
    accepted = browser.post(reverse("conversations:accept", args=[story.offered.pk]), follow=True)
    assert words in text_of(accepted)


def test_a_stolen_database_does_not_tell_what_you_chose(story):  # noqa: F811
    chosen = [words for kind, words in BOXED.items() if kind not in ("look", "reflection")]
    assert found_in(everything_stored(), chosen) == []
    assert stands_in(everything_stored(), bytes(story.wren.pair.public_key)), "what is kept in clear would be found"


def test_nobody_sees_whether_you_have_read(story, hers, allys):  # noqa: F811
    talk = story.talk
    before = without_token(allys.get(conversation(talk, whose="conversations")))
    talking.mark(story.wren, talk, 3)
    assert hers.get(conversation(talk)).status_code == 200
    assert hers.post(conversation(talk, "draft"), {"text": WORDS}).status_code < 400
    assert without_token(allys.get(conversation(talk, whose="conversations"))) == before


def test_your_words_are_in_no_log_mail_or_task_even_when_the_server_fails(
    story,  # noqa: F811
    hers,
    mail_server,
    monkeypatch,
    settings,
):
    """In the middle of sending something breaks, and its complaint quotes the words, as a database's does."""
    settings.ADMINS = [("Cora", "cora@alongside.example")]
    logged = log_of_the_house(monkeypatch)
    hers.raise_request_exception = False
    failures = {OperationalError: 503, RuntimeError: 500}
    for kind, status in failures.items():

        def fail(*_args, kind=kind, **_kwargs):
            raise kind(f"this could not be kept: {WORDS}")

        with monkeypatch.context() as broken:
            broken.setattr("alongside.conversations.acts.sending.tell_the_other", fail)
            answer = hers.post(conversation(story.talk, "send"), {"text": WORDS, "nonce": str(uuid4())})
        assert answer.status_code == status
    assert "RuntimeError" in logged.getvalue(), "the failure itself is in the log"
    assert ITS_BIRD not in logged.getvalue()
    assert not Message.objects.filter(number=4).exists()
    assert not stands_in(everything_stored(), WORDS), "not in a table of tasks, sessions or the cache either"
    assert not [task for task in DBTaskResult.objects.values() if ITS_BIRD in str(task)]
    assert mail_server.mails == []


# --- Telling the care team --------------------------------------------------------------------------------------------


def test_what_you_report_opens_only_for_whom_you_let_in(story):  # noqa: F811
    told = ToTell(Report.Kind.REPORT, WORDS, story.talk, messages=[1], leave_out=[story.cora.user.pk])
    report = talking.tell_care(story.wren, told)
    assert read_report(story.marisol, report).body.words == WORDS
    for other in (story.cora, story.amal, story.bea, story.lark):
        with pytest.raises(NoSeal):
            read_report(other, report)
    assert found_in(everything_stored(), [WORDS, *TOLD.values()]) == []


def test_whether_you_felt_judged_is_shown_as_numbers_of_five_people(story):  # noqa: F811
    Answer.objects.all().delete()
    month, later = judged.month_of(clock.now()), clock.now() + timedelta(days=40)

    def answers(number: int) -> None:
        for at in range(number):
            her = people.come(codes.new_survivor_code())
            talk = Conversation.objects.create(
                introduction=_another(story, her), survivor=her.survivor, ally=story.amal.user, expires_at=later
            )
            felt = Felt.YES if at % 2 else Felt.NO
            Answer.objects.create(conversation=talk, boxed=judged.boxed(talk, felt), month=month)
        judged.count_what_was_answered(later)

    answers(4)
    assert judged.for_the_desk().months == ()
    answers(1)
    (shown,) = judged.for_the_desk().months
    assert shown.people == 5


def _another(story, her):  # noqa: F811
    ask = story.offered.ask
    ask.pk, ask.survivor, ask.state = uuid4(), her.survivor, "met"
    ask.save(force_insert=True)
    offered = story.offered
    offered.pk, offered.ask, offered.ally, offered.state = uuid4(), ask, story.amal.user, "closed"
    offered.save(force_insert=True)
    return offered


# --- Going for good ---------------------------------------------------------------------------------------------------


def test_you_can_delete_everything_alone_at_once_and_for_good(story, hers):  # noqa: F811
    talk = story.talk
    traces = [bytes(story.wren.survivor.handle), bytes(story.wren.pair.public_key)]
    traces += [bytes(each.closed) for each in talk.messages.all()]
    assert found_in(everything_stored(), traces) == traces
    assert "care team" in text_of(hers.get("/talk/delete/"))
    assert hers.post("/talk/delete/")["Location"] == "/talk/gone/"
    assert found_in(everything_stored(), traces) == []
    assert not Survivor.objects.filter(pk=story.wren.survivor.pk).exists()
    assert Report.objects.get().survivor is None


def test_what_you_leave_behind_goes_by_itself(story):  # noqa: F811
    closed = [bytes(each.closed) for each in Message.objects.all()]
    traces = [*closed, bytes(story.wren.survivor.handle)]
    assert found_in(everything_stored(), traces) == traces

    def tick_in(delay: timedelta) -> None:
        call_command("tick", at=(clock.now() + delay).isoformat(), verbosity=0)

    tick_in(timedelta(days=Door.current().keep_days + 1))
    assert found_in(everything_stored(), traces) == [bytes(story.wren.survivor.handle)]
    tick_in(UNUSED_CODES_ARE_KEPT + timedelta(days=1))
    assert found_in(everything_stored(), traces) == []
