"""What nobody can do to the house from outside, whichever page she tries it at."""

import logging

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.config.logs import WordlessFormatter

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def film() -> SimpleUploadedFile:
    """A file that is larger than any words."""
    return SimpleUploadedFile("film.mp4", b"\0" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))


@pytest.mark.parametrize("page", ["account_login", "account_signup", "certificates:start"])
def test_nobody_fills_the_disk_with_files_that_no_page_asks_for(film, page):
    assert Client().post(reverse(page), {"film": film}).status_code == 400


def test_a_learner_sends_no_files_either(film, as_, ruth):
    assert as_(ruth).post(reverse("people:name"), {"name": "Ruth", "film": film}).status_code == 400


def test_the_editor_takes_files_and_only_from_staff(film, as_, ruth, cora):
    address = reverse("wagtaildocs:add")
    assert [as_(who).post(address, {"file": film}).status_code for who in (None, ruth, cora)] == [404, 404, 200]


@pytest.mark.parametrize(
    "address",
    [
        "/certificates/{}/",
        "/workshop/reminders/{}/stop/",
        "/desk/letters/{}/stop/",
        "/letters/{}/stop/",
        "/me/new-password/{}/",
        "/me/welcome/{}/",
    ],
)
def test_nobody_finds_a_key_in_the_logs(address):
    record = logging.LogRecord(
        "django", logging.ERROR, "", 0, "Forbidden: %s", (address.format("ASEC:RET-k_ey"),), None
    )
    assert WordlessFormatter("%(message)s").format(record) == f"Forbidden: {address.format('…')}"
