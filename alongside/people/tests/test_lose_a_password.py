"""A lost password, without and with a mail server."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from alongside.people import acts, letters
from alongside.people.acts import signing_in
from alongside.people.models import COORDINATOR, Letter, OneTimeLink, Organisation, Session
from alongside.people.tests.conftest import find
from alongside.records import clock
from alongside.records.models import Entry, Verb
from conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("db")

NEW = "another walk by the sea"


def address(token: str) -> str:
    return reverse("people:new_password", args=[token])


def choose(client, token, password=NEW, again=None):
    return client.post(address(token), {"password1": password, "password2": again or password})


def test_without_mail_the_page_says_to_ask_a_coordinator(client):
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "Ask a coordinator" in page


def test_a_coordinator_makes_a_link_and_sees_it_once(as_proved, cora, ruth):
    desk = as_proved(cora)
    page = desk.post(reverse("desk:help_sign_in"), {"email": "Ruth@alongside.example"}).content.decode()
    link = find(r'value="(http://testserver/me/new-password/[^"]+)"', page)
    assert link not in desk.get(reverse("desk:help_sign_in")).content.decode()
    assert link.split("/")[-2] not in str(OneTimeLink.objects.values())
    entry = Entry.objects.get(verb=Verb.SIGN_IN_LINK_MADE)
    assert (entry.actor, entry.subject) == (cora.pk, ruth.pk)


def test_a_learner_chooses_a_new_password_and_is_signed_in_here_alone(client, sign_in, cora, ruth):
    elsewhere = sign_in(ruth)
    token = acts.make_password_link(ruth.email, by=cora)
    assert "Choose a new password" in client.get(address(token)).content.decode()
    assert choose(client, token).url == reverse("workshop:start")
    assert client.get(reverse("people:me")).status_code == 200
    assert elsewhere.get(reverse("people:me")).status_code == 302
    assert Session.objects.filter(user=ruth).count() == 1
    assert sign_in(ruth, NEW).get(reverse("people:me")).status_code == 200
    assert sign_in(ruth, PASSWORD).get(reverse("people:me")).status_code == 302
    assert Entry.objects.filter(verb=Verb.SIGN_IN_LINK_USED, subject=ruth.pk).exists()


def test_a_link_works_once(client, cora, ruth):
    token = acts.make_password_link(ruth.email, by=cora)
    choose(client, token)
    again = choose(client, token, "a third walk in the wood")
    assert again.status_code == 404
    assert "has been used or has run out" in again.content.decode()
    ruth.refresh_from_db()
    assert ruth.check_password(NEW)


def test_of_two_who_use_a_link_at_once_one_gets_in(cora, ruth):
    token = acts.make_password_link(ruth.email, by=cora)
    both = [OneTimeLink.find_open(token, OneTimeLink.Purpose.PASSWORD) for _ in range(2)]
    assert [link.use() for link in both if link] == [True, False]


def test_a_link_lasts_a_day(client, cora, ruth, monkeypatch):
    token = acts.make_password_link(ruth.email, by=cora)
    tomorrow = clock.now() + timedelta(hours=24, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert client.get(address(token)).status_code == 404
    assert acts.erase_closed_links(tomorrow) == 1


def test_a_new_link_closes_the_one_before(client, cora, ruth):
    first = acts.make_password_link(ruth.email, by=cora)
    acts.make_password_link(ruth.email, by=cora)
    assert client.get(address(first)).status_code == 404


def test_a_weak_or_mistyped_password_leaves_the_link_open(client, cora, ruth):
    token = acts.make_password_link(ruth.email, by=cora)
    assert "too short" in choose(client, token, "short").content.decode()
    assert "not the same" in choose(client, token, NEW, "a walk by the see").content.decode()
    assert choose(client, token).status_code == 302


def test_a_second_factor_is_still_asked_for(client, cora, ruth, make_account, code_of):
    careful = make_account("careful")
    phone = Authenticator.objects.get(user=cora)
    Authenticator.objects.create(user=careful, type=phone.type, data=phone.data)
    answer = choose(client, acts.make_password_link(careful.email, by=cora))
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("people:me")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(careful)})
    assert client.get(reverse("people:me")).status_code == 200


def test_whoever_else_is_signed_in_on_this_screen_is_signed_out(as_, cora, ruth):
    client = as_(cora)
    choose(client, acts.make_password_link(ruth.email, by=cora))
    assert ruth.email in client.get(reverse("people:me")).content.decode()


def test_nobody_by_that_address(as_proved, cora):
    page = as_proved(cora).post(reverse("desk:help_sign_in"), {"email": "who@alongside.example"}).content.decode()
    assert "Nobody here has this e-mail address" in page
    assert not OneTimeLink.objects.exists()


def test_a_coordinator_cannot_open_the_account_of_staff(as_proved, cora, marisol):
    page = as_proved(cora).post(reverse("desk:help_sign_in"), {"email": marisol.email}).content.decode()
    assert "alongside signin-link" in page
    assert not OneTimeLink.objects.exists()


def test_a_link_for_a_learner_who_has_become_staff_is_closed(client, cora, ruth):
    token = acts.make_password_link(ruth.email, by=cora)
    acts.take_role(ruth, acts.make_coordinator_link().split("/")[-2])
    assert client.get(address(token)).status_code == 404


@pytest.mark.parametrize("who", ["ruth", "marisol", None])
def test_nobody_else_makes_links(request, as_, who):
    client = as_(request.getfixturevalue(who) if who else None)
    expected = 404 if who else 302
    assert client.get(reverse("desk:help_sign_in")).status_code == expected
    assert client.post(reverse("desk:help_sign_in"), {"email": "ruth@alongside.example"}).status_code == expected
    assert not OneTimeLink.objects.exists()


def test_whoever_runs_the_server_helps_staff(client, cora, capsys, code_of):
    call_command("signin-link", cora.email)
    printed = capsys.readouterr().out.strip()
    assert printed.startswith("http")
    assert choose(client, printed.split("/")[-2]).url == reverse("mfa_authenticate")
    entry = Entry.objects.get(verb=Verb.SIGN_IN_LINK_MADE)
    assert (entry.actor, entry.subject) == (None, cora.pk)


def test_whoever_runs_the_server_removes_a_lost_second_factor_and_the_role_rests(client, cora, capsys):
    call_command("signin-link", cora.email, "--remove-second-factor")
    choose(client, capsys.readouterr().out.strip().split("/")[-2])
    assert client.get(reverse("desk:start")).url == reverse("people:second_factor")
    assert Entry.objects.filter(verb=Verb.SECOND_FACTOR_REMOVED, subject=cora.pk).exists()
    assert cora.groups.filter(name=COORDINATOR).exists()


def test_the_command_says_when_nobody_has_the_address(db):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("signin-link", "who@alongside.example")


def test_with_mail_a_code_opens_the_way_to_a_new_password(client, ruth, with_mail):
    client.post(reverse("account_reset_password"), {"email": ruth.email})
    code = _code_in_mail()
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    done = client.post(reverse("account_complete_password_reset"), {"password1": NEW, "password2": NEW}, follow=True)
    assert "You can sign in with it now" in done.content.decode()
    ruth.refresh_from_db()
    assert ruth.check_password(NEW)


def test_with_mail_sign_up_asks_for_the_code_in_the_mail(client, with_mail):
    answer = client.post(
        reverse("account_signup"), {"name": "", "email": "ines@alongside.example", "password1": PASSWORD}
    )
    assert answer.url == reverse("account_email_verification_sent")
    page = client.get(answer.url).content.decode()
    assert "ines@alongside.example" in page
    assert client.get(reverse("people:me")).status_code == 302
    client.post(answer.url, {"code": _code_in_mail()})
    assert client.get(reverse("people:me")).status_code == 200


def test_with_mail_whoever_came_before_there_was_any_confirms_her_address_when_she_signs_in(sign_in, ruth, with_mail):
    ruth.emailaddress_set.update(verified=False)
    assert letters.post(ruth, signing_in.LINK_WAS_MADE) is None, "nobody knows yet whose address it is"
    here = sign_in(ruth)
    assert here.get(reverse("people:me")).status_code == 302
    here.post(reverse("account_email_verification_sent"), {"code": _code_in_mail()})
    assert here.get(reverse("people:me")).status_code == 200
    assert letters.post(ruth, signing_in.LINK_WAS_MADE) is not None


def test_with_mail_a_learner_is_told_of_a_link_that_the_desk_made(cora, ruth, mail_server):
    Organisation.objects.create(name="The Lantern", contact="Ring at the green door.")
    acts.make_password_link(ruth.email, by=None)
    assert not Letter.objects.exists(), "whoever runs the server needs no link to come in"
    token = acts.make_password_link(ruth.email, by=cora)
    letters.send(Letter.objects.get(user=ruth).pk)
    (told,) = mail_server.mails
    assert told["To"] == ruth.email
    assert told["Subject"] == "A note from your workshop"
    text = told.get_body(("plain",)).get_content()
    assert "If you did not ask for it, tell us" in " ".join(text.split())
    assert "Ring at the green door." in text
    assert token not in told.as_string()


def test_without_mail_a_link_is_made_and_nobody_can_be_told(cora, ruth):
    assert acts.make_password_link(ruth.email, by=cora)
    assert not Letter.objects.exists()


def test_with_mail_a_learner_changes_her_address(sign_in, client, ruth, with_mail):
    here = sign_in(ruth)
    new = {"email": "ruth.new@alongside.example", "action_add": ""}
    asked = here.post(reverse("account_email"), new)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    here.post(asked.url, {"password": PASSWORD})
    here.post(reverse("account_email"), new)
    here.post(reverse("account_email_verification_sent"), {"code": _code_in_mail()})
    ruth.refresh_from_db()
    assert ruth.email == "ruth.new@alongside.example"


def _code_in_mail() -> str:
    lines = mail.outbox[-1].body.splitlines()
    return next(line for line in lines if re.fullmatch(r"[A-Z0-9-]{6,12}", line))
