"""All words that a person reads go through gettext: where every translated text is marked, none stands unmarked."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup, Comment, Doctype
from django.test import Client
from django.utils import translation

from alongside.core.rating import Move
from alongside.desk.models import Hours
from alongside.desk.notices import SOMETHING_WAITS
from alongside.desk.whole_text import whole_text
from alongside.people import acts as people
from alongside.people import letters
from alongside.practice import acts
from alongside.practice.drill_page import Side
from alongside.practice.models import Attempt, Drill, Scenario
from alongside.records import clock
from alongside.review.approving import approve_live
from alongside.review.correcting import LeadersView
from alongside.review.hashing import all_live
from alongside.workshop import acts as workshop
from alongside.workshop.models import Certificate, Enrolment, FrontPage, Lesson, Occasion, Reflection, Sitting
from conftest import PASSWORD
from tests.pages import pages_left_out

REPLY = "I am glad you told me. You should get another job. Qui sait."
OWN_WORDS = "The bittern sings."
READ_ALOUD = ("aria-label", "alt", "title", "placeholder")
NAMES = ("Alongside", "Ruth", "Cora", "Marisol")


@pytest.fixture
def marked(monkeypatch):
    """Put ⟦ ⟧ around everything that gettext gives."""
    real = translation._trans
    real.gettext("")  # makes the module behind it load before it is replaced

    def mark(text: str) -> str:
        return f"⟦{text}⟧" if text.strip() else text

    monkeypatch.setattr(real, "gettext", mark)
    monkeypatch.setattr(real, "pgettext", lambda _context, text: mark(text))
    monkeypatch.setattr(real, "ngettext", lambda one, many, number: mark(one if number == 1 else many))
    monkeypatch.setattr(real, "npgettext", lambda _context, one, many, number: mark(one if number == 1 else many))


def unmarked(html: str, content: list[str]) -> list[str]:
    """Give every text of a page that neither gettext gave nor is content that somebody wrote."""
    page = BeautifulSoup(_without_marked(html), "html.parser")
    for hidden in page(["script", "style"]):
        hidden.decompose()
    texts = [str(text) for text in page.find_all(string=True) if not isinstance(text, Comment | Doctype)]
    texts += [tag[name] for tag in page.find_all(True) for name in READ_ALOUD if tag.has_attr(name)]
    return [text.strip() for text in texts if _has_words_beside(content, " ".join(text.split()))]


def _without_marked(html: str) -> str:
    """Take out what gettext gave, the tags in it too: from the innermost outwards."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", html)) != html:
        html = shorter
    return html


def _has_words_beside(content: list[str], text: str) -> bool:
    for words in content:
        text = text.replace(words, "")
    return bool(re.search(r"[^\W\d_]", text))


@pytest.fixture
def some_content(some_content_for_all, db, settings):
    settings.CONTENT = some_content_for_all


@pytest.fixture
def conversation(some_content, ruth):
    attempt = acts.begin(ruth, Scenario.objects.get(source_id="the-rent"))
    acts.answer(ruth, attempt.id, 1, REPLY)
    acts.choose(ruth, Drill.objects.get(source_id="help-or-fix-2"), 1, Side.FIRST)
    acts.choose(ruth, Drill.objects.get(source_id="help-or-fix-3"), 1, Side.FIRST)
    workshop.keep_reflection(ruth, "words", "words-you-grew-up-with", OWN_WORDS, None)
    return attempt


def written(attempt) -> list[str]:
    """What somebody wrote, the longest first: scenarios, the reply, names, the pages that staff edit."""
    texts = [REPLY, *(sentence.strip() + "." for sentence in REPLY.split(".")), *NAMES]
    texts += ["ruth@alongside.example", "cora@alongside.example"]
    for row in Scenario.objects.all():
        story = row.story
        texts += [story.title, story.person, story.content_note, story.about]
        for beat in story.beats:
            texts += [beat.says, *beat.says.splitlines()]
            for reaction in (*beat.rules, beat.otherwise, beat.worn):
                if reaction is not None:
                    texts += [reaction.thought, reaction.says, *reaction.says.splitlines()]
    for drill in Drill.objects.all():
        texts += [drill.title, drill.person, *drill.disclosure.splitlines()]
        texts += [drill.leans_in_reply, drill.leans_in_why, drill.pulls_back_reply, drill.pulls_back_why]
    for lesson in Lesson.objects.all():
        texts += lesson_texts(lesson)
    return sorted((" ".join(text.split()) for text in texts if text.strip()), key=len, reverse=True)


def lesson_texts(lesson) -> list[str]:
    data = lesson.as_data()
    html = "".join(piece.get("text", "") for piece in data["body"])
    asks = [piece["reflection"]["asks"] for piece in data["body"] if "reflection" in piece]
    sources = [text for source in data["sources"] for text in source.values()]
    return [data["title"], data["summary"], *BeautifulSoup(html, "html.parser").strings, *asks, *sources, OWN_WORDS]


PAGES = [
    ("nobody", "/account/signup/"),
    ("nobody", "/account/login/"),
    ("nobody", "/account/inactive/"),
    ("nobody", "/account/password/reset/"),
    ("nobody", "/nothing-here/"),
    ("nobody", "/talk/nothing-here/"),
    ("nobody", "/talk/"),
    ("nobody", "/talk/open/"),
    ("nobody", "/talk/gone/"),
    ("nobody", "/talk/promises/"),
    ("nobody", "/promises/"),
    ("nobody", "/talk/leave/"),
    ("nobody", "/talk/quiet/"),
    ("ruth", "/account/logout/"),
    ("ruth", "/account/password/change/"),
    ("ruth", "/account/second-factor/"),
    ("ruth", "/me/"),
    ("ruth", "/me/leave/"),
    ("ruth", "/me/email/"),
    ("ruth", "/me/ready/"),
    ("ruth", "/me/ready/agreement/"),
    ("ruth", "/practice/"),
    ("ruth", "/practice/scenarios/the-rent/"),
    ("ruth", "/practice/drills/"),
    ("ruth", "/practice/drills/help-or-fix-1/"),
    ("ruth", "/practice/drills/help-or-fix-2/"),
    ("nobody", "/workshop/"),
    ("ruth", "/workshop/"),
    ("ruth", "/workshop/lessons/words/"),
    ("marisol", "/workshop/lessons/words/"),
    ("marisol", "/workshop/lessons/safety-and-limits/"),
    ("ruth", "/workshop/reflections/"),
    ("ruth", "/workshop/reflections/{reflection}/delete/"),
    ("ruth", "/workshop/assessment/"),
    ("ruth", "/workshop/assessment/first/"),
    ("ruth", "/workshop/assessment/last/"),
    ("ruth", "/workshop/certificate/"),
    ("ruth", "/workshop/again/"),
    ("nobody", "/certificates/"),
    ("nobody", "/certificates/nonsense/"),
    ("ruth", "/practice/{attempt}/"),
    ("ruth", "/practice/{attempt}/debrief/"),
    ("ruth", "/practice/{attempt}/delete/"),
    ("ruth", "/practice/{attempt}/differently/1/0/"),
    ("cora", "/desk/"),
    ("cora", "/desk/help-sign-in/"),
    ("cora", "/desk/agreement/"),
    ("cora", "/desk/group/"),
    ("cora", "/desk/learners/"),
    ("cora", "/desk/learners/?stage=ready"),
    ("cora", "/desk/mail/"),
    ("cora", "/desk/settings/"),
    ("cora", "/desk/team/"),
    ("cora", "/desk/team/invite/coordinator/"),
    ("cora", "/desk/team/invite/survivor-leader/"),
    ("cora", "/desk/lost-codes/"),
    ("cora", "/desk/trail/"),
    ("cora", "/desk/hours/all/"),
    ("marisol", "/desk/seen-differently/"),
    ("marisol", "/desk/corrections/"),
    ("marisol", "/desk/corrections/new/"),
    ("marisol", "/desk/hours/"),
]
ELSEWHERE = {
    "test_every_word_of_what_she_tells_the_care_team_can_be_translated": (
        "/talk/c/{conversation}/report/",
        "/talk/c/{conversation}/uneasy/",
        "/talk/care/",
        "/talk/care/{report}/",
    ),
    "test_every_word_of_reports_at_the_desk_can_be_translated": ("/desk/reports/", "/desk/reports/{report}/"),
    "test_every_word_of_the_front_page_can_be_translated": ("/",),
    "test_every_word_on_an_allys_pages_can_be_translated": ("/me/ready/lay-down/",),
    "test_every_word_about_passkeys_can_be_translated": (
        "/account/second-factor/passkeys/add/",
        "/account/second-factor/passkeys/{passkey}/remove/",
        "/account/second-factor/passkeys/reauthenticate/",
    ),
    "test_every_word_of_second_factors_can_be_translated": (
        "/me/second-factor/",
        "/account/reauthenticate/",
        "/account/second-factor/authenticate/",
        "/account/second-factor/reauthenticate/",
        "/account/second-factor/totp/activate/",
        "/account/second-factor/totp/deactivate/",
        "/account/second-factor/recovery-codes/",
        "/account/second-factor/recovery-codes/generate/",
    ),
    "test_every_word_where_a_code_comes_by_mail_can_be_translated": (
        "/account/email/",
        "/account/confirm-email/",
        "/account/password/reset/confirm/",
        "/account/password/reset/complete/",
        "/account/password/reset/done/",
    ),
    "test_every_word_from_the_door_to_a_code_can_be_translated": (
        "/talk/topics/",
        "/talk/with/",
        "/talk/people/",
        "/talk/words/",
        "/talk/code/",
        "/talk/code/prove/",
        "/talk/again/",
    ),
    "test_every_word_about_a_code_of_hers_can_be_translated": ("/talk/code/change/", "/talk/delete/"),
    "test_every_word_about_an_own_code_can_be_translated": (
        "/me/code/",
        "/me/code/new/",
        "/me/care/leave/",
        "/desk/team/{cora}/care/remove/",
    ),
    "test_every_word_of_what_she_chooses_can_be_translated": ("/talk/settings/", "/talk/look/", "/talk/notice/"),
    "test_every_word_about_the_door_and_the_topics_can_be_translated": (
        "/desk/door/",
        "/desk/topics/",
        "/desk/topics/money/",
    ),
    "test_every_word_about_introductions_can_be_translated": (
        "/desk/introductions/",
        "/desk/presentations/",
        "/desk/presentations/{presentation}/",
    ),
    "test_every_word_of_how_an_ally_presents_herself_can_be_translated": (
        "/ally/profile/",
        "/ally/profile/words/",
        "/ally/profile/times/",
        "/ally/profile/matching/",
        "/letters/{token}/stop/",
    ),
    "test_every_word_of_her_conversations_can_be_translated": (
        "/talk/home/",
        "/talk/c/{conversation}/",
        "/talk/c/{conversation}/end/",
        "/talk/c/{conversation}/block/",
        "/talk/c/{conversation}/copy/",
        "/talk/c/{conversation}/delete/",
    ),
    "test_every_word_of_an_allys_conversations_can_be_translated": (
        "/ally/",
        "/ally/waiting/{introduction}/",
        "/ally/c/{conversation}/",
    ),
    "test_every_word_of_what_an_ally_can_do_can_be_translated": (
        "/ally/c/{conversation}/check/",
        "/ally/c/{conversation}/hand-back/",
        "/ally/c/{conversation}/block/",
        "/ally/c/{conversation}/worry/",
        "/ally/c/{conversation}/report/",
        "/ally/care/",
        "/ally/care/{report}/",
    ),
    "test_every_word_behind_a_one_time_link_can_be_translated": (
        "/me/welcome/{link}/",
        "/me/new-password/{link}/",
        "/workshop/reminders/{token}/stop/",
    ),
    "test_every_word_about_a_learner_can_be_translated": (
        "/desk/learners/{ruth}/",
        "/desk/learners/{ruth}/practice/",
        "/desk/learners/{ruth}/suspend/",
        "/desk/learners/{ruth}/reinstate/",
    ),
    "test_every_word_about_what_a_coordinator_takes_back_can_be_translated": (
        "/desk/learners/{ruth}/certificate/",
        "/desk/team/{marisol}/",
    ),
    "test_every_word_of_what_survivor_leaders_decide_can_be_translated": (
        "/desk/seen-differently/{view}/",
        "/desk/review/",
        "/desk/review/en/drills/help-or-fix-2/",
        "/desk/review/en/drills/help-or-fix-2/withdraw/",
        "/desk/corrections/{decision}/",
        "/desk/corrections/{decision}/withdraw/",
        "/desk/corrections/{decision}/delete/",
        "/desk/hours/{hours}/",
        "/desk/hours/all/{marisol}/{year}/{month}/",
        "/desk/letters/{token}/stop/",
    ),
}
"""What only shows when something has taken place before, by the test that does it."""


def test_no_page_is_left_out():
    elsewhere = [address for addresses in ELSEWHERE.values() for address in addresses]
    assert pages_left_out([*(address for _role, address in PAGES), *elsewhere]) == []
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_words*.py"))
    assert [name for name in ELSEWHERE if f"def {name}(" not in tests] == []


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_every_word_on_the_page_can_be_translated(role, address, conversation, request, as_, marked):
    person = None if role == "nobody" else request.getfixturevalue(role)
    answer = as_(person).get(address.format(attempt=conversation.id, reflection=Reflection.objects.get().pk))
    assert answer.status_code in (200, 404)
    assert unmarked(answer.content.decode(), written(conversation)) == []


def test_every_word_of_the_front_page_can_be_translated(as_, cora, marked):
    page = FrontPage.objects.get()
    html = f"{page.body}{page.what_happens}{page.honest}{page.for_survivors}{page.help_near_you}"
    texts = [page.title, *page.lead.splitlines(), *BeautifulSoup(html, "html.parser").strings, *NAMES]
    written = sorted((" ".join(text.split()) for text in texts if text.strip()), key=len, reverse=True)
    pages = [as_(person).get("/") for person in (None, cora)]
    assert [unmarked(page.text, written) for page in pages] == [[]] * 2


def test_every_word_on_an_allys_pages_can_be_translated(prepare, ruth, cora, marisol, as_, marked):
    prepare(ruth, marisol)
    browser = as_(ruth)
    pages = [browser.get(address).content.decode() for address in ("/me/ready/", "/me/ready/agreement/")]
    people.declare_not_yet(ruth, by=cora, what_would_help="Rest.")
    pages.append(browser.get("/me/ready/").content.decode())
    people.declare_ready(ruth, by=cora)
    people.declare_ready(ruth, by=marisol)
    pages += [browser.get(address).content.decode() for address in ("/me/ready/", "/me/ready/lay-down/")]
    people.pause(ruth)
    pages.append(browser.get("/me/ready/").content.decode())
    people.suspend(ruth, by=cora)
    pages.append(as_(ruth).get("/me/ready/").content.decode())
    written = ["I listen, and I keep it.", "Rest.", "Workshop", "Assessment", "A practice", *NAMES]
    assert [unmarked(page, written) for page in pages] == [[]] * len(pages)


def test_every_word_about_passkeys_can_be_translated(ruth, marked, monkeypatch):
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _user: [])  # this one is empty
    client = Client()
    client.post("/account/login/", {"login": ruth.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    passkey = Authenticator.objects.create(user=ruth, type="webauthn", data={"name": "", "credential": {}})
    addresses = ["", f"passkeys/{passkey.pk}/remove/", "passkeys/reauthenticate/"]
    pages = [client.get(f"/account/second-factor/{address}") for address in addresses]
    passkey.delete()
    pages.append(client.get("/account/second-factor/passkeys/add/"))
    assert [unmarked(page.content.decode(), [*NAMES]) for page in pages] == [[]] * 4


def test_every_word_of_the_assessment_and_the_certificate_can_be_translated(conversation, ruth, as_, marked):
    told, names, browser = [], [*NAMES, "Ruth"], as_(ruth)
    sitting = workshop.sit(ruth, Occasion.FIRST, "en")
    pages = [browser.get("/workshop/assessment/first/").content.decode()]
    for asked in sitting.asked:
        told += [asked.disclosure.person, " ".join(asked.disclosure.about.split()), *asked.disclosure.says.splitlines()]
        workshop.reply_to(asked, REPLY)
    workshop.read_replies(Sitting.objects.get())
    pages.append(browser.get("/workshop/assessment/first/").content.decode())
    Enrolment.objects.update_or_create(learner=ruth, defaults={"finished_at": clock.now()})
    pages.append(browser.get("/workshop/certificate/").content.decode())
    # Not fetched: the marks are no letters that could be printed.
    certificate = Certificate.objects.create(learner=ruth, name_on_it="Ruth", lessons=10, practices=1, minutes=190)
    addresses = ["/workshop/certificate/", f"/certificates/{certificate.code}/"]
    pages += [browser.get(address).content.decode() for address in addresses]
    told += [certificate.code, "127.0.0.1", "localhost", "http", "certificates"]
    written_here = sorted([*told, *written(conversation), *names], key=len, reverse=True)
    assert [unmarked(page, written_here) for page in pages] == [[]] * len(pages)


def test_every_word_about_a_learner_can_be_translated(conversation, prepare, ruth, cora, marisol, as_, marked):
    """As she comes along: nothing noted, a practice read, not yet, decided by one, an ally, suspended."""
    hers, browser = f"/desk/learners/{ruth.pk}/", as_(cora)
    pages = [browser.get(hers)]
    prepare(ruth, marisol)
    Attempt.objects.filter(pk=conversation.pk).update(shown_at=clock.now(), length=3)
    pages.append(browser.get(f"{hers}practice/"))
    pages.append(browser.post(f"{hers}practice/", follow=True))
    pages.append(browser.post(f"{hers}declare/", {"what_would_help": "Rest."}, follow=True))
    pages.append(browser.post(f"{hers}declare/", {"ready": "1"}, follow=True))
    people.declare_ready(ruth, by=marisol)
    pages += [browser.get(address) for address in (hers, f"{hers}suspend/", "/desk/", "/desk/team/", "/desk/mail/")]
    browser.post(f"{hers}supervision/1/")
    browser.post(f"{hers}suspend/")
    pages += [browser.get(address) for address in (hers, f"{hers}reinstate/", "/desk/learners/", "/desk/trail/")]
    pages.append(as_(marisol).get(f"/desk/learners/{ruth.pk}/"))
    addresses = [f"{name}@alongside.example" for name in ("cora", "marisol")]
    texts = [*written(conversation), *addresses, "Rest.", "Workshop", "Assessment", "A practice"]
    assert {page.status_code for page in pages} == {200}
    assert [unmarked(page.text, sorted(texts, key=len, reverse=True)) for page in pages] == [[]] * len(pages)


def words_in(parts) -> list[str]:
    """Give what somebody wrote of a whole text, without what its parts are called."""
    return [line for part in parts for line in (*part.words.splitlines(), *words_in(part.parts))]


def test_every_word_of_what_survivor_leaders_decide_can_be_translated(
    conversation, ruth, cora, marisol, as_, marked, settings
):
    settings.MAIL_WORKS = True
    day, browser = clock.now().date(), as_(marisol)
    hours = Hours.objects.create(leader=marisol, day=day, minutes=90, what=Hours.What.REVIEW, note=OWN_WORDS)
    sentences = [acts.find_sentence(ruth, conversation.id, 1, index) for index in (0, 1)]
    views = [acts.see_differently(ruth, sentence, OWN_WORDS, [Move.WARMTH]) for sentence in sentences]
    pages = [browser.get(address) for address in ("/desk/seen-differently/", f"/desk/seen-differently/{views[0].pk}/")]
    decided = acts.decide(views[0].pk, marisol, LeadersView([], OWN_WORDS, named=True))
    acts.decline(views[1].pk, marisol, OWN_WORDS)
    approve_live(Drill.objects.get(source_id="help-or-fix-2"), marisol)
    hers = f"/desk/corrections/{decided.pk}/"
    addresses = [
        "/desk/",
        "/desk/seen-differently/?show=decided",
        "/desk/seen-differently/?show=declined",
        f"/desk/seen-differently/{views[0].pk}/",
        hers,
        f"{hers}withdraw/",
        f"{hers}delete/",
        "/desk/corrections/",
        "/desk/corrections/?move=fix",
        "/desk/review/",
        "/desk/review/en/drills/help-or-fix-2/",
        "/desk/review/en/drills/help-or-fix-2/withdraw/",
        "/desk/review/en/scenarios/the-rent/",
        "/desk/hours/",
        f"/desk/hours/{hours.pk}/",
        f"/desk/letters/{letters.stop_token(marisol, SOMETHING_WAITS)}/stop/",
    ]
    pages += [browser.get(address) for address in addresses]
    pages.append(browser.post("/desk/corrections/new/", {"text": "You should get another job."}))
    pages += [as_(cora).get(f"/desk/hours/all/{address}") for address in ("", f"{marisol.pk}/{day.year}/{day.month}/")]
    assert {page.status_code for page in pages} == {200}
    told = [words for row in all_live() if not isinstance(row, Lesson) for words in words_in(whole_text(row))]
    kinds = ["cora@alongside.example", f"{day:%B}", f"{day:%b}"]
    texts = sorted((" ".join(text.split()) for text in [*written(conversation), *told, *kinds] if text), key=len)[::-1]
    assert [unmarked(page.text, texts) for page in pages] == [[]] * len(pages)


def test_a_bare_word_would_be_found(marked):
    assert unmarked("<p>⟦Hello ⟦you⟧⟧ 3 <b>there</b></p><img alt='a tree'>", []) == ["there", "a tree"]
