"""The menu of the desk: what there is, in three groups, as far as it is for whoever looks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.access import STAFF, groups_of, is_care_member
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER


@dataclass(frozen=True)
class Entry:
    """A page of the menu. ``views``: names of views, its own first, then those of the pages that belong to it."""

    title: str | Promise
    views: tuple[str, ...]
    roles: frozenset[str] = STAFF


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    title: str | Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as it is shown; ``is_here``: the page that is shown, ``is_within``: it belongs to this one."""

    title: str | Promise
    url: str
    is_here: bool
    is_within: bool


@dataclass(frozen=True)
class Menu:
    """The groups as links, each to its first page, and the pages of the one that is open; none on the first page."""

    groups: tuple[Link, ...]
    open_group: str | Promise
    pages: tuple[Link, ...]


CARE = "care"
"""Stands beside the roles for who is on the care team: no group of its own."""
_COORDINATORS, _LEADERS, _CARE = frozenset({COORDINATOR}), frozenset({SURVIVOR_LEADER}), frozenset({CARE})

TODAY = Entry(_("Today"), ("desk:start",))
GROUPS = (
    Group(
        _("Learning"),
        (
            Entry(
                _("Learners"),
                (
                    "desk:learners",
                    "desk:learner",
                    "desk:practice_shown",
                    "desk:declare",
                    "desk:suspend",
                    "desk:reinstate",
                    "desk:withdraw_certificate",
                ),
            ),
            Entry(_("The group"), ("desk:group",)),
            Entry(_("Review"), ("desk:review", "desk:reading", "desk:withdraw_approval"), _LEADERS),
            Entry(_("Seen differently"), ("desk:seen_differently", "desk:decide"), _LEADERS),
            Entry(
                _("Decisions"),
                (
                    "desk:corrections",
                    "desk:new_correction",
                    "desk:correction",
                    "desk:agree_after_all",
                    "desk:withdraw_correction",
                    "desk:delete_correction",
                ),
                _LEADERS,
            ),
            Entry(_("Editor"), ("wagtailadmin_home",)),
        ),
    ),
    Group(
        _("Introductions"),
        (
            Entry(_("How it stands"), ("desk:introductions",)),
            Entry(_("Reports"), ("desk:reports", "desk:report"), _CARE),
            Entry(_("Presentations"), ("desk:presentations", "desk:presentation")),
            Entry(_("Topics"), ("desk:topics", "desk:topic")),
            Entry(_("The door"), ("desk:door",), _COORDINATORS),
        ),
    ),
    Group(
        _("House"),
        (
            Entry(_("Settings"), ("desk:settings", "desk:agreement"), _COORDINATORS),
            Entry(
                _("Team"),
                ("desk:team", "desk:invite", "desk:take_role_away", "desk:help_sign_in", "desk:lost_codes"),
                _COORDINATORS,
            ),
            Entry(_("My hours"), ("desk:hours", "desk:change_hours"), _LEADERS),
            Entry(_("Hours"), ("desk:all_hours", "desk:month"), _COORDINATORS),
            Entry(_("Mail"), ("desk:mail",), _COORDINATORS),
            Entry(_("Audit trail"), ("desk:trail",), _COORDINATORS),
        ),
    ),
)


def menu_of(request: HttpRequest) -> Menu:
    """Give the menu for whoever asks, on the page that she asks for."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    roles = groups_of(request.user) | (_CARE if is_care_member(request.user) else frozenset())
    shown = [(group.title, _links(group, roles, here)) for group in GROUPS]
    shown = [(title, pages) for title, pages in shown if pages]
    title, pages = next(((title, pages) for title, pages in shown if any(page.is_within for page in pages)), ("", ()))
    return Menu(tuple(_heads(shown, here)), title, pages)


def _heads(shown: list[tuple[str | Promise, tuple[Link, ...]]], here: str) -> Iterator[Link]:
    yield _link(TODAY, here)
    for title, pages in shown:
        yield Link(title, pages[0].url, is_here=False, is_within=any(page.is_within for page in pages))


def _links(group: Group, roles: frozenset[str], here: str) -> tuple[Link, ...]:
    return tuple(_link(entry, here) for entry in group.entries if not entry.roles.isdisjoint(roles))


def _link(entry: Entry, here: str) -> Link:
    return Link(entry.title, reverse(entry.views[0]), is_here=here == entry.views[0], is_within=here in entry.views)
