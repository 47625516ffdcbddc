"""The settings in plain words, the check-list of the first day, the test letter, and the agreement."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from alongside.config.backups.folder import name_for
from alongside.config.backups.keys import PUBLIC_FILE
from alongside.desk import first_day
from alongside.people import acts
from alongside.people.agreement import starting_text
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, AgreementText, Letter, Organisation
from alongside.records import clock
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")
SETTINGS, AGREEMENT = "/desk/settings/", "/desk/agreement/"
FILLED_IN = {
    "name": "The Lantern",
    "contact": "Ask at the door.",
    "numbers": "Night line 000 000",
    "minimum_age": "18",
    "duties": "Tell Cora.",
    "safeguarding_lead": "Cora",
    "asks_for_references": "on",
}


def done() -> dict[str, bool]:
    return {str(step.title): step.is_done for step in first_day.steps()}


def test_a_coordinator_fills_in_who_they_are(as_, cora):
    answer = as_(cora).post(SETTINGS, FILLED_IN, follow=True)
    assert "Kept." in answer.text
    organisation = Organisation.current()
    assert (organisation.name, organisation.minimum_age, organisation.asks_for_references) == ("The Lantern", 18, True)
    for title in ("Who you are", "Help near you", "Keeping people safe", "On the way to being an ally"):
        assert f"<legend>{title}</legend>" in answer.text


def test_what_cannot_be_kept_says_why_and_stays_in_the_form(as_, cora):
    refused = as_(cora).post(SETTINGS, FILLED_IN | {"minimum_age": "3", "duties": "Half a <thought>"})
    assert refused.status_code == 422
    assert "Something below needs another look." in refused.text
    assert "Write an age of 13 or more, or leave it empty." in refused.text
    assert "Half a &lt;thought&gt;" in refused.text
    assert Organisation.current().name == ""


def test_to_ask_for_no_references_any_more_is_noted(as_, cora):
    page = as_(cora).get(SETTINGS).text
    assert "noted in the audit trail" in page
    as_(cora).post(SETTINGS, {name: value for name, value in FILLED_IN.items() if name != "asks_for_references"})
    assert not Organisation.current().asks_for_references
    assert Entry.objects.filter(verb=Verb.REFERENCES_NOT_ASKED_FOR, actor=cora.pk).count() == 1


def test_the_check_list_is_done_step_by_step(as_, cora, marisol, make_account, settings):
    assert not any(done().values())
    acts.change_organisation(cora, {name: value for name, value in FILLED_IN.items() if name in ("name", "contact")})
    assert [title for title, is_done in done().items() if is_done] == ["Your name and how learners reach you"]
    acts.change_organisation(cora, {"numbers": "Night line"})
    acts.change_organisation(cora, {"minimum_age": 18, "duties": "Tell Cora.", "safeguarding_lead": "Cora"})
    acts.publish_agreement(cora, "I listen.", replaces=0)
    settings.MAIL_WORKS = True
    make_account("dana", COORDINATOR, second_factor=False)
    assert not done()["A second coordinator, so that you can be ill"], "her role rests"
    make_account("esra", COORDINATOR)
    make_account("fay", SURVIVOR_LEADER)
    left = [title for title, is_done in done().items() if not is_done]
    assert left == [
        "An address that learners can reach, with TLS",
        "A backup each day, sealed to a key that you keep elsewhere",
    ]
    assert as_(cora).get(SETTINGS).text.count('<li class="done">') == len(done()) - 2


def test_the_check_list_knows_of_backups(settings, tmp_path):
    def backups() -> first_day.Step:
        return next(step for step in first_day.steps() if "backup" in str(step.title))

    settings.ENVIRONMENT = SimpleNamespace(keys=tmp_path, is_public=False)
    settings.BACKUPS = tmp_path
    assert "alongside backup-key" in str(backups().what_to_do)
    (tmp_path / PUBLIC_FILE).touch()
    assert "None has been taken yet." in str(backups().what_to_do)
    old = clock.now() - timedelta(days=3)
    (tmp_path / name_for(old)).touch()
    assert f"The last one is of {old:%Y-%m-%d}." in str(backups().what_to_do)
    assert not backups().is_done
    (tmp_path / name_for(clock.now())).touch()
    assert backups().is_done


@pytest.mark.parametrize(
    ("is_public", "has_tls", "is_done"), [(False, False, False), (True, False, False), (True, True, True)]
)
def test_the_check_list_knows_of_the_address(settings, tmp_path, is_public, has_tls, is_done):
    settings.ENVIRONMENT = SimpleNamespace(keys=tmp_path, is_public=is_public)
    settings.BEHIND_TLS = has_tls
    step = next(step for step in first_day.steps() if "TLS" in str(step.title))
    assert step.is_done == is_done
    assert ("without TLS" in str(step.what_to_do)) == is_public


def test_a_test_letter_goes_to_whoever_asks(as_, cora, settings):
    settings.MAIL_WORKS = True
    answer = as_(cora).post(reverse("desk:test_letter"), follow=True)
    assert "A test letter is on its way to you." in answer.text
    letter = Letter.objects.get()
    assert (letter.user, letter.kind) == (cora, "test")
    assert first_day._test_letter(letter).link == SETTINGS


def test_whoever_has_not_confirmed_her_address_is_told_how_before_she_tests(as_, cora, settings):
    settings.MAIL_WORKS = True
    cora.emailaddress_set.update(verified=False)
    answer = as_(cora).post(reverse("desk:test_letter"), follow=True)
    assert "You have not confirmed your own address yet." in answer.text
    assert not Letter.objects.exists()


def test_without_mail_there_is_nothing_to_test(as_, cora):
    answer = as_(cora).post(reverse("desk:test_letter"), follow=True)
    assert "This server sends no mail, so there is nothing to test yet." in answer.text
    assert not Letter.objects.exists()


# --- The agreement ----------------------------------------------------------------------------------------------------


def test_the_first_text_is_there_and_no_lawyer_has_read_it(as_, cora):
    page = as_(cora).get(AGREEMENT).text
    assert "No lawyer has read it" in page
    assert "What I promise" in page
    assert not AgreementText.objects.exists(), "a coordinator publishes it herself"


def test_an_agreement_is_looked_at_before_it_is_published(as_, cora, ruth):
    browser = as_(cora)
    typed = {"text": "I <listen>.\n\nI stay.", "replaces": "0"}
    looked = browser.post(AGREEMENT, typed).text
    assert "This is how it will be read." in looked
    assert "<p>I &lt;listen&gt;.</p>" in looked
    assert not AgreementText.objects.exists()
    changed = browser.post(AGREEMENT, typed | {"change": "1"}).text
    assert "This is how it will be read." not in changed
    assert "I &lt;listen&gt;." in changed
    published = browser.post(AGREEMENT, typed | {"publish": "1"}, follow=True).text
    assert "Version 1 is in force since" in published
    assert "No lawyer" not in published
    assert AgreementText.objects.get().by == cora
    assert "<p>I &lt;listen&gt;.</p>" in as_(ruth).get("/me/ready/agreement/").text


def test_a_new_version_is_signed_anew_and_the_old_one_stays_to_be_read(as_, cora, ruth):
    acts.publish_agreement(cora, "I listen.", replaces=0)
    acts.sign_agreement(ruth, 1)
    looked = as_(cora).post(AGREEMENT, {"text": "I listen more.", "replaces": "1"}).text
    assert "Everybody who signed an older version is asked to sign this one." in looked
    page = as_(cora).post(AGREEMENT, {"text": "I listen more.", "replaces": "1", "publish": "1"}, follow=True).text
    assert "Version 2 is in force" in page
    assert "I listen.</p>" in page
    assert "It has changed since you signed it." in as_(ruth).get("/me/ready/").text


@pytest.mark.parametrize(
    ("text", "replaces", "sentence"),
    [
        ("", "1", "This field is required."),
        ("I listen.", "1", "This is what stands already."),
        ("I listen more.", "0", "Somebody published another version in the meantime."),
    ],
)
def test_what_cannot_be_published_says_why_and_keeps_the_text(as_, cora, text, replaces, sentence):
    acts.publish_agreement(cora, "I listen.", replaces=0)
    refused = as_(cora).post(AGREEMENT, {"text": text, "replaces": replaces, "publish": "1"})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f">\n{text}</textarea>" in refused.text
    assert AgreementText.objects.count() == 1


def test_the_first_text_can_be_published_as_it_is(cora):
    assert acts.publish_agreement(cora, starting_text(), replaces=0).version == 1
