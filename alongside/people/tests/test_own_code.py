"""An ally or a care member makes a code of her own, opens with it, changes it; and loses it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse

from alongside.core.codes import Code, new_ally_code, read_ally_code
from alongside.people import acts
from alongside.people.acts import Refused, TooOften, WrongCode
from alongside.people.export import export
from alongside.people.models import KeyPair, LostCode, Opened, User
from alongside.people.opening import opened
from alongside.people.signals import key_pair_replaced
from alongside.people.tests.conftest import at_once
from alongside.people.tests.test_change_a_code import drawn_on, positions_on
from alongside.records import clock, turnstile
from alongside.records.models import Entry, Tombstone, Verb

pytestmark = pytest.mark.usefixtures("db")

CODE = Code("", "cinnamon hammock garden velvet")
TYPED = "cinnamon hammock garden velvet"
OTHER = Code("", "velvet garden hammock cinnamon")


@pytest.fixture
def ally(prepare, ruth, cora, marisol):
    """Ruth, who is an ally."""
    prepare(ruth, marisol)
    acts.declare_ready(ruth, by=cora)
    acts.declare_ready(ruth, by=marisol)
    return ruth


@pytest.fixture
def lost(ally):
    """Ruth, who has said that she lost her code."""
    acts.make_own_code(ally, CODE)
    acts.ask_for_new_code(ally)
    return ally


@pytest.fixture
def replaced():
    """What was said of codes that were replaced."""
    said: list[tuple[User, KeyPair, KeyPair]] = []

    def listen(user, old, new, **kwargs):
        said.append((user, old, new))

    key_pair_replaced.connect(listen)
    yield said
    key_pair_replaced.disconnect(listen)


def shown_on(page: str) -> Code:
    words = BeautifulSoup(page, "html.parser").select("ol.code li")
    return read_ally_code(" ".join(word.get_text() for word in words))


def prove(browser, page: str):
    """Write down the words on the page, and type the two that are asked for."""
    code, address = shown_on(page), reverse("people:new_code")
    asked = browser.post(address, {"drawn": drawn_on(page), "step": "ask"}).text
    first, second = (code.words[position - 1] for position in positions_on(asked))
    return browser.post(address, {"drawn": drawn_on(asked), "first": first, "second": second})


def entries() -> list[tuple[str, object, object]]:
    return list(Entry.objects.order_by("pk").values_list("verb", "actor", "subject"))


# --- Making and opening ---------------------------------------------------------------------------------------------


def test_an_ally_makes_a_code_and_opens_with_it(ally):
    made = acts.make_own_code(ally, CODE)
    assert acts.open_own_code(ally, CODE).private == made.private
    assert made.user == ally
    with pytest.raises(WrongCode):
        acts.open_own_code(ally, OTHER)


def test_her_words_open_nothing_for_somebody_else(ally, cora):
    acts.name_care_member(cora, by=cora)
    acts.make_own_code(ally, CODE)
    acts.make_own_code(cora, OTHER)
    with pytest.raises(WrongCode):
        acts.open_own_code(cora, CODE)


def test_who_is_neither_ally_nor_care_member_gets_none(noor, cora):
    for person in (noor, cora):
        with pytest.raises(Refused, match="allies and care members"):
            acts.make_own_code(person, CODE)


def test_an_ally_who_is_suspended_or_has_no_second_factor_opens_nothing(ally, cora):
    acts.make_own_code(ally, CODE)
    acts.suspend(ally, by=cora)
    with pytest.raises(Refused):
        acts.open_own_code(ally, CODE)
    acts.reinstate(ally, by=cora)
    Authenticator.objects.filter(user=ally).delete()
    with pytest.raises(Refused):
        acts.open_own_code(ally, CODE)


def test_she_has_one_code_and_no_other_beside_it(ally):
    acts.make_own_code(ally, CODE)
    with pytest.raises(Refused, match="You have a code already"):
        acts.make_own_code(ally, OTHER)


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_make_one_at_once_one_does(ally):
    results = at_once(lambda: acts.make_own_code(ally, CODE), lambda: acts.make_own_code(ally, OTHER))
    assert sorted(type(result).__name__ for result in results) == ["Opener", "Refused"]
    assert KeyPair.objects.count() == 1


def test_she_changes_it_and_sees_when_it_was_used_before(ally):
    acts.make_own_code(ally, CODE)
    opener = acts.open_own_code(ally, CODE)
    changed = acts.change_code(opener, OTHER)
    assert changed.private == opener.private
    with clock.moved_to(clock.now() + timedelta(days=2)):
        later = acts.open_own_code(ally, OTHER)
    assert later.pair.used_before_at == opener.pair.used_at
    with pytest.raises(WrongCode):
        acts.open_own_code(ally, CODE)


def test_after_very_many_tries_she_is_held_back_for_a_while_and_nobody_else(ally, cora, monkeypatch):
    limit = acts.own_codes.TRIES_OF_AN_ACCOUNT
    few = type(limit)(limit.name, 2, limit.per)
    monkeypatch.setattr("alongside.people.acts.own_codes.TRIES_OF_AN_ACCOUNT", few)
    acts.name_care_member(cora, by=cora)
    acts.make_own_code(ally, CODE)
    acts.make_own_code(cora, OTHER)
    for _ in range(2):
        with pytest.raises(WrongCode):
            acts.open_own_code(ally, OTHER)
    with pytest.raises(TooOften):
        acts.open_own_code(ally, CODE)
    assert acts.open_own_code(cora, OTHER)
    with clock.moved_to(clock.now() + limit.per):
        assert acts.open_own_code(ally, CODE)


def test_what_is_kept_of_her_code_she_takes_along_and_no_word_or_key_of_it(ally):
    made = acts.make_own_code(ally, CODE)
    acts.ask_for_new_code(ally)
    kept = export(ally)["code"]
    assert isinstance(kept, dict)
    assert [pair["made_at"] for pair in kept["key_pairs"]] == [made.pair.made_at]
    assert len(kept["said_to_be_lost_at"]) == 1
    assert set(kept["key_pairs"][0]) == {"made_at", "code_changed_at", "used_at", "used_before_at", "retired_at"}


# --- The pages ------------------------------------------------------------------------------------------------------


def test_she_is_shown_her_words_types_two_and_has_a_code_that_is_open_here(ally, as_proved):
    browser = as_proved(ally)
    assert "You have none yet" in browser.get(reverse("people:code")).text
    page = browser.get(reverse("people:new_code"))
    code = shown_on(page.text)
    done = prove(browser, page.text)
    assert done["Location"] == reverse("people:code")
    assert "It is open in this browser" in browser.get(reverse("people:code")).text
    assert browser.cookies["o"]["path"] == "/"
    assert acts.open_own_code(ally, code)


def test_before_she_sees_the_words_she_gives_her_password_and_no_word_waits_in_the_session(ally, as_, as_proved):
    browser = as_(ally)
    asked = browser.get(reverse("people:new_code"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    page = as_proved(ally).get(reverse("people:new_code")).text
    sent = browser.post(reverse("people:new_code"), {"drawn": drawn_on(page), "first": "velvet", "second": "garden"})
    assert sent["Location"] == reverse("people:new_code")
    assert "velvet" not in str(dict(browser.session.items()))


def test_she_enters_it_and_is_led_to_where_she_wanted_to_go(ally, as_):
    acts.make_own_code(ally, CODE)
    browser = as_(ally)
    address = f"{reverse('people:code')}?next=/me/ready/"
    assert "What you were about to open needs it." in browser.get(address).text
    assert browser.post(address, {"code": TYPED})["Location"] == "/me/ready/"
    assert Opened.objects.get().pair.user == ally


@pytest.mark.parametrize(
    "elsewhere", ["https://heron.example/", "//heron.example/", "/\\heron.example", "javascript:1"]
)
def test_nobody_is_led_to_another_site(ally, as_, elsewhere):
    acts.make_own_code(ally, CODE)
    answer = as_(ally).post(reverse("people:code") + f"?next={elsewhere}", {"code": TYPED})
    assert answer["Location"] == reverse("people:code")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("cinamon hammock garden velvet", "Is it “cinnamon”"),
        ("velvet garden hammock cinnamon", str(WrongCode().sentence)),
        ("velvet", "4 words, and here we count 1"),
    ],
)
def test_she_is_told_what_to_do_and_nothing_that_she_typed_is_lost(ally, as_, typed, said):
    acts.make_own_code(ally, CODE)
    answer = as_(ally).post(reverse("people:code"), {"code": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert typed in answer.text
    assert not Opened.objects.exists()


def test_where_others_are_before_her_she_keeps_her_place(ally, as_, monkeypatch):
    acts.make_own_code(ally, CODE)
    monkeypatch.setattr(turnstile, "PATIENCE", 0.01)
    with turnstile.passing(), turnstile.passing():
        busy = as_(ally).post(reverse("people:code"), {"code": TYPED})
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert TYPED in busy.text


def test_she_changes_it_while_it_is_open_and_not_otherwise(ally, as_proved, open_in):
    opener = acts.make_own_code(ally, CODE)
    browser = as_proved(ally)
    assert browser.get(reverse("people:new_code"))["Location"] == reverse("people:code")
    open_in(browser, opener)
    page = browser.get(reverse("people:new_code")).text
    new = shown_on(page)
    prove(browser, page)
    assert acts.open_own_code(ally, new).private == opener.private
    with pytest.raises(WrongCode):
        acts.open_own_code(ally, CODE)


def test_she_closes_it_and_signing_out_closes_it_too(ally, as_, open_in):
    for address in (reverse("people:close_code"), reverse("account_logout")):
        opener = acts.open_own_code(ally, CODE) if KeyPair.objects.exists() else acts.make_own_code(ally, CODE)
        open_in(as_(ally), opener)
        browser = open_in(as_(ally), opener)
        assert Opened.objects.count() == 2
        browser.post(address)
        assert Opened.objects.count() == 1
        Opened.objects.all().delete()


def test_what_one_account_opened_is_not_open_for_another_in_the_same_browser(ally, cora, as_, open_in):
    acts.name_care_member(cora, by=cora)
    acts.make_own_code(cora, OTHER)
    browser = open_in(as_(cora), acts.make_own_code(ally, CODE))
    page = browser.get(reverse("people:code")).text
    assert "It is open in this browser" not in page
    assert browser.get(reverse("people:new_code"))["Location"] == reverse("people:code")


def test_the_pages_are_not_there_for_anybody_else(noor, cora, as_):
    for name in ("code", "new_code", "leave_care_team"):
        assert [as_(person).get(reverse(f"people:{name}")).status_code for person in (noor, cora)] == [404, 404]
    for name in ("close_code", "lost_code"):
        assert [as_(person).post(reverse(f"people:{name}")).status_code for person in (noor, cora)] == [404, 404]


# --- A lost code ----------------------------------------------------------------------------------------------------


def test_two_of_the_desk_speak_with_her_and_then_she_makes_a_new_code(lost, cora, marisol, replaced):
    old = KeyPair.of(lost)
    assert old is not None
    assert acts.confirm_new_code(lost, by=cora) is False
    with pytest.raises(Refused):
        acts.make_own_code(lost, OTHER)
    assert acts.confirm_new_code(lost, by=marisol) is True
    made = acts.make_own_code(lost, OTHER)
    assert [(user, was.pk, now) for user, was, now in replaced] == [(lost, old.pk, made.pair)]
    old.refresh_from_db()
    assert old.retired_at is not None
    assert old.wrapped_private is None, "whoever finds the old words opens nothing with them"
    assert Tombstone.objects.filter(row=str(old.pk), fields="wrapped_private").exists(), "nor with an older backup"
    assert acts.open_own_code(lost, OTHER).private == made.private
    with pytest.raises(WrongCode):
        acts.open_own_code(lost, CODE)
    assert entries()[-4:] == [
        (Verb.CODE_LOST, lost.pk, lost.pk),
        (Verb.CODE_TALK_NOTED, cora.pk, lost.pk),
        (Verb.CODE_TALK_NOTED, marisol.pk, lost.pk),
        (Verb.CODE_REPLACED, lost.pk, lost.pk),
    ]


def test_what_two_noted_serves_once(lost, cora, marisol):
    for by in (cora, marisol):
        acts.confirm_new_code(lost, by=by)
    acts.make_own_code(lost, OTHER)
    with pytest.raises(Refused):
        acts.make_own_code(lost, new_ally_code())


def test_one_person_is_not_two_and_nobody_speaks_with_herself(lost, cora, ruth, make_account):
    acts.confirm_new_code(lost, by=cora)
    with pytest.raises(Refused, match="second person"):
        acts.confirm_new_code(lost, by=cora)
    with pytest.raises(Refused):
        acts.confirm_new_code(lost, by=lost)
    with pytest.raises(Refused):
        acts.confirm_new_code(lost, by=make_account("vera"))
    assert not acts.may_make_new_code(lost)


def test_a_coordinator_who_is_a_care_member_needs_two_others(cora, marisol):
    acts.name_care_member(cora, by=cora)
    acts.make_own_code(cora, CODE)
    acts.ask_for_new_code(cora)
    with pytest.raises(Refused, match="about yourself"):
        acts.confirm_new_code(cora, by=cora)
    acts.confirm_new_code(cora, by=marisol)
    assert not acts.may_make_new_code(cora)


def test_who_is_of_the_desk_no_more_counts_no_more(lost, cora, marisol):
    for by in (cora, marisol):
        acts.confirm_new_code(lost, by=by)
    acts.take_roles_away(marisol, by=cora)
    with pytest.raises(Refused):
        acts.make_own_code(lost, OTHER)


@pytest.mark.django_db(transaction=True)
def test_the_same_person_noting_twice_at_once_is_noted_once(lost, cora):
    results = at_once(lambda: acts.confirm_new_code(lost, by=cora), lambda: acts.confirm_new_code(lost, by=cora))
    assert sorted(type(result).__name__ for result in results) == ["Refused", "bool"]
    assert not acts.may_make_new_code(lost)


def test_a_code_that_is_found_again_ends_it(lost, cora):
    acts.confirm_new_code(lost, by=cora)
    acts.open_own_code(lost, CODE)
    assert acts.lost_code_of(lost) is None
    with pytest.raises(Refused, match="Nobody waits for this"):
        acts.confirm_new_code(lost, by=cora)


def test_it_lapses_after_two_weeks(lost, cora, marisol):
    for by in (cora, marisol):
        acts.confirm_new_code(lost, by=by)
    later = clock.now() + timedelta(days=15)
    with clock.moved_to(later), pytest.raises(Refused):
        acts.make_own_code(lost, OTHER)
    call_command("tick", "--at", later.isoformat(), verbosity=0)
    assert not LostCode.objects.exists()


def test_it_is_said_once_and_only_of_a_code_that_there_is(lost, cora):
    with pytest.raises(Refused, match="said so already"):
        acts.ask_for_new_code(lost)
    acts.name_care_member(cora, by=cora)
    with pytest.raises(Refused, match="no code yet"):
        acts.ask_for_new_code(cora)


def test_she_says_so_on_her_page_the_desk_sees_it_and_notes_two_talks(ally, cora, marisol, as_, as_proved):
    acts.make_own_code(ally, CODE)
    hers = as_(ally)
    assert "The desk sees it now" in hers.post(reverse("people:lost_code"), follow=True).text
    for number, of_the_desk in enumerate((cora, marisol)):
        desk = as_proved(of_the_desk)
        assert "1 person has lost their code" in desk.get(reverse("desk:start")).text
        noted = desk.post(reverse("desk:note_talk_about_code", args=[ally.pk]), follow=True).text
        assert ("You are the second" in noted) is bool(number)
        assert "It takes a second person" in noted
    assert "You can make a new code now" in hers.get(reverse("people:code")).text


def test_for_a_new_code_her_second_factor_is_asked_and_a_password_is_not_enough(
    lost, cora, marisol, as_proved, code_of
):
    for by in (cora, marisol):
        acts.confirm_new_code(lost, by=by)
    browser = as_proved(lost)
    asked = browser.get(reverse("people:new_code"))
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fme%2Fcode%2Fnew%2F"
    browser.post(asked["Location"], {"code": code_of(lost)})
    page = browser.get(reverse("people:new_code")).text
    new = shown_on(page)
    prove(browser, page)
    assert acts.open_own_code(lost, new)
    assert KeyPair.objects.filter(user=lost, retired_at__isnull=False).count() == 1


def test_what_is_open_with_the_old_code_is_closed_by_the_new_one(lost, cora, marisol, as_, open_in, rf):
    browser = open_in(as_(lost), acts.open_own_code(lost, CODE))
    acts.ask_for_new_code(lost)
    for by in (cora, marisol):
        acts.confirm_new_code(lost, by=by)
    acts.make_own_code(lost, OTHER)
    request = rf.get("/me/code/")
    request.COOKIES = {"o": browser.cookies["o"].value}
    assert opened(request) is None
