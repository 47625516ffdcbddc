"""Doors of Wagtail and allauth that must stay shut."""

from typing import Any

import pytest
from django.contrib.auth.views import LoginView
from django.urls import URLPattern, get_resolver, reverse

from alongside.people.models import COORDINATOR
from conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("db")


def test_the_editor_is_not_there_for_a_learner_and_for_nobody(as_, ruth):
    for client in (as_(None), as_(ruth)):
        for path in ("/edit/", "/edit/pages/", "/edit/reports/", "/edit/anything/"):
            answer = client.get(path)
            assert answer.status_code == 404, path
            assert "There is nothing here" in answer.content.decode()


def test_staff_without_a_second_factor_is_led_to_set_it(as_, make_account):
    new = make_account("new", COORDINATOR, second_factor=False)
    assert as_(new).get("/edit/").url == reverse("people:second_factor")
    assert as_(new).get(reverse("desk:start")).url == reverse("people:second_factor")


@pytest.mark.parametrize("who", ["cora", "marisol"])
def test_staff_with_a_second_factor_comes_in(request, as_, who):
    assert as_(request.getfixturevalue(who)).get("/edit/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/edit/password_reset/", "/edit/users/", "/edit/groups/", "/edit/users/add/", "/edit/groups/new/"]
)
def test_wagtail_manages_no_people(as_, cora, ruth, path):
    for client in (as_(None), as_(ruth), as_(cora)):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_wagtails_own_sign_in_is_shut(client, as_, cora):
    password = {"username": cora.email, "password": PASSWORD}
    for path in ("/edit/login/", "/_util/login/"):
        assert client.get(path).status_code == 404
        assert client.post(path, password).status_code == 404
        assert "_auth_user_id" not in client.session
    assert as_(cora).get("/edit/login/").url == reverse("account_login")


def test_no_other_page_signs_in_by_a_password_alone(client, cora):
    """Every view of Django's own sign-in, wherever a library puts it, answers 404."""
    found = [pattern for pattern in _patterns(get_resolver()) if _is_sign_in(pattern[1])]
    assert {"edit/login/", "_util/login/"} <= {path for path, _pattern in found}
    for path, _pattern in found:
        assert client.post(f"/{path}", {"username": cora.email, "password": PASSWORD}).status_code == 404, path
        assert "_auth_user_id" not in client.session


def _patterns(resolver, prefix=""):
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLPattern):
            yield path, each
        else:
            yield from _patterns(each, path)


def _is_sign_in(pattern: URLPattern) -> bool:
    view: Any = pattern.callback
    while view is not None:
        if issubclass(getattr(view, "view_class", object), LoginView):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_email_verification_sent",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "account_set_password",
        "account_confirm_login_code",
    ],
)
def test_pages_of_allauth_that_need_mail_or_are_not_used_are_not_there(as_, ruth, name):
    for client in (as_(None), as_(ruth)):
        assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    "path", ["3rdparty/", "login/code/", "signup/passkey/", "second-factor/webauthn/", "sessions/"]
)
def test_other_pages_of_allauth_are_not_there(client, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_every_open_page_of_an_account_looks_like_ours(as_, sign_in, ruth):
    outside = ("account_login", "account_signup", "account_reset_password", "account_inactive")
    inside = ("account_logout", "account_change_password", "account_reauthenticate", "mfa_index")
    client = sign_in(ruth)
    pages = [as_(None).get(reverse(name)) for name in outside] + [client.get(reverse(name)) for name in inside]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pages.append(client.get(reverse("mfa_activate_totp")))
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert text.count("<h1>") == 1
        assert 'class="brand"' in text
        assert "placeholder=" not in text
        assert "<script" not in text
        assert "style=" not in text
