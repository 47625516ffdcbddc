"""A passkey as a second factor: set, used, removed, with a virtual authenticator; and what is said without one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from alongside.people.models import COORDINATOR
from conftest import PASSWORD
from tests.browser.accessibility import check_accessible, check_fits

ON_THIS_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def have_authenticator(page: Page) -> None:
    """Give this browser something that keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": ON_THIS_DEVICE})


def give_password(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()


def set_passkey(page: Page, name: str) -> None:
    page.goto("/account/second-factor/passkeys/add/")
    if page.get_by_role("heading", name="Is it still you?").is_visible():
        give_password(page)
    page.get_by_label("What do you call it?").fill(name)
    page.get_by_role("button", name="Set it").click()


def sign_in_with_password(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_coordinator_sets_a_passkey_signs_in_with_it_and_removes_it(open_page, make_account):
    new = make_account("new", COORDINATOR, second_factor=False)
    page = open_page()
    have_authenticator(page)
    sign_in_with_password(page, new.email)
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing before the desk opens")
    page.get_by_role("link", name="Set a passkey").click()
    give_password(page)
    check_accessible(page)
    check_fits(page)
    page.get_by_label("What do you call it?").fill("The blue phone")
    page.get_by_role("button", name="Set it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.get_by_text(re.compile(r"^\d{8}$"))).to_have_count(10)
    page.goto("/desk/")
    expect(page).to_have_url("/desk/")
    kept = Authenticator.objects.get(user=new, type="webauthn").data
    assert set(kept["credential"]["response"]) >= {"attestationObject", "clientDataJSON"}
    assert "privateKey" not in str(kept)

    page.context.clear_cookies()
    sign_in_with_password(page, new.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("And now your second factor")
    page.goto("/desk/")
    expect(page).to_have_url("/account/second-factor/authenticate/")  # the password alone opens nothing
    check_accessible(page)
    check_fits(page)
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url("**/workshop/")
    page.goto("/desk/")
    expect(page).to_have_url("/desk/")

    page.goto("/account/second-factor/")
    expect(page.get_by_text("The blue phone, last used on")).to_be_visible()
    check_accessible(page)
    check_fits(page)
    page.get_by_role("link", name=re.compile("Remove.*The blue phone")).click()
    page.get_by_role("link", name="Use a passkey instead").click()
    check_accessible(page)
    check_fits(page)
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove “The blue phone”?")
    check_accessible(page)
    check_fits(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert not Authenticator.objects.filter(user=new).exists()  # the recovery codes go with the last factor
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing before the desk opens")


def test_a_passkey_of_somebody_else_opens_nothing(open_page, ruth, noor):
    page = open_page()
    have_authenticator(page)
    for person in (ruth, noor):
        sign_in_with_password(page, person.email)
        set_passkey(page, "Ours")
        expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
        page.context.clear_cookies()
    sign_in_with_password(page, ruth.email)
    # The browser is asked for Ruth's passkey and answers with it; but by now Noor's is the one that is set.
    of_noor = Authenticator.objects.get(user=noor, type="webauthn")
    Authenticator.objects.filter(user=ruth, type="webauthn").update(data=of_noor.data)
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("use the code from your app")
    page.goto("/me/")
    expect(page).to_have_url("/account/second-factor/authenticate/")


def test_whoever_stops_it_is_told_so_and_can_try_again(open_page, ruth):
    page = open_page()
    page.add_init_script("navigator.credentials.create = () => Promise.reject(new Error('stopped'))")
    sign_in_with_password(page, ruth.email)
    set_passkey(page, "Mine")
    expect(page.get_by_role("alert")).to_contain_text("That did not work: it was stopped")
    expect(page.get_by_label("What do you call it?")).to_have_value("Mine")
    expect(page.get_by_role("button", name="Set it")).to_be_enabled()
    check_accessible(page)


def test_a_browser_without_passkeys_is_told_what_works(open_page, ruth):
    page = open_page()
    page.add_init_script("delete window.PublicKeyCredential")
    sign_in_with_password(page, ruth.email)
    page.goto("/account/second-factor/passkeys/add/")
    give_password(page)
    expect(page.get_by_text("This browser cannot use passkeys here")).to_be_visible()
    expect(page.get_by_role("button", name="Set it")).to_be_hidden()
    check_accessible(page)


def test_without_javascript_the_page_leads_to_the_app(no_js_page: Page, ruth):
    sign_in_with_password(no_js_page, ruth.email)
    no_js_page.goto("/account/second-factor/passkeys/add/")
    give_password(no_js_page)
    expect(no_js_page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(no_js_page.get_by_role("button", name="Set it")).to_be_hidden()
    no_js_page.get_by_role("link", name="Use the app instead").click()
    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("Set a second factor")


@pytest.mark.parametrize("script", [True, False])
def test_with_a_passkey_and_no_way_to_use_it_a_recovery_code_opens_the_door(open_page, ruth, script):
    page = open_page()
    have_authenticator(page)
    sign_in_with_password(page, ruth.email)
    set_passkey(page, "Mine")
    code = page.get_by_text(re.compile(r"^\d{8}$")).first.inner_text()
    elsewhere = open_page(320, 640, java_script_enabled=script)
    sign_in_with_password(elsewhere, ruth.email)
    elsewhere.get_by_label("Code").fill(code)
    elsewhere.get_by_role("button", name="Sign in").click()
    expect(elsewhere).to_have_url(re.compile("/workshop/$"))
