"""The front page comes into being with the database: what a fresh site shows, before anybody has edited anything."""

from typing import Any

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from alongside.review.shape import Data
from alongside.review.workflow import tables_stand
from alongside.workshop import first_words
from alongside.workshop.models import FrontPage
from alongside.workshop.permissions import give_staff_permissions

_EMPTY_AT_FIRST = ("help_near_you", "seo_title", "search_description")
_WAGTAILS_WELCOME = {"depth": 2, "slug": "home", "title": "Welcome to your new Wagtail site!"}


def ensure_front_page(apps: Apps = installed_apps, **kwargs: Any) -> None:
    """Make the front page unless there is one, and give staff their rights to it. Called after each migration.

    Also after a flush, as between tests: then Wagtail's own root page and site are gone, and are made anew. ``apps``
    are those whose tables stand: while there is none for the front page or its review, nothing is done.
    """
    if not tables_stand(apps, "workshop.FrontPage"):
        return
    with transaction.atomic():
        page = FrontPage.objects.first() or _make_front_page()
        give_staff_permissions(page)


def words_of(page: FrontPage) -> Data:
    """Give all that the front page says, and says of itself to search engines: what survivors review."""
    return {name: getattr(page, name) for name in (*_first_words(), *_EMPTY_AT_FIRST)}


def words_at_first() -> Data:
    """Give what the front page says as it ships."""
    return words_of(FrontPage(**_first_words()))


def _first_words() -> Data:
    return {
        "title": first_words.TITLE,
        "lead": first_words.LEAD,
        "body": first_words.BODY,
        "what_happens": first_words.WHAT_HAPPENS,
        "honest": first_words.HONEST,
        "for_survivors": first_words.FOR_SURVIVORS,
    }


def _make_front_page() -> FrontPage:
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    page = FrontPage(slug="front", locale=locale, **_first_words())
    root.add_child(instance=page)
    page.save_revision().publish()
    _lead_to(page)
    for welcome in Page.objects.filter(**_WAGTAILS_WELCOME):
        welcome.delete()
    return page


def _lead_to(page: FrontPage) -> None:
    """Let the site open with this page. Signals stay silent: they ask a cache whose table may not be there yet."""
    site = {"root_page": page, "site_name": "Alongside"}
    if not Site.objects.filter(is_default_site=True).update(**site):
        Site.objects.bulk_create([Site(hostname="localhost", is_default_site=True, **site)])
