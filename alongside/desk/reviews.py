"""What a survivor leader reviews: what was handed in, what nobody has reviewed yet, what stands approved."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import reverse
from wagtail.models import Page

from alongside.people.models import User
from alongside.review.hashing import all_live, content_hash
from alongside.review.kinds import kind_of, kinds
from alongside.review.models import Approval
from alongside.review.shape import DataError
from alongside.review.waiting import Unapproved, Waiting, unapproved_live, waiting

PAGES = "pages"


@dataclass(frozen=True)
class HandedIn:
    """What was handed in, who wrote it (empty when she has left), and whether the one who looks may decide."""

    waiting: Waiting
    author: str
    may_decide: bool


@dataclass(frozen=True)
class Group:
    """What of one kind (in the plural) is live and not reviewed yet; each with the address where it is read."""

    kind: str
    items: list[tuple[Unapproved, str]]


@dataclass(frozen=True)
class Reviewed:
    """What stands approved: by whom (``None`` when she has left), when, and where it is read.

    ``goes_live_at``: its date, while it is approved and not live yet.
    """

    title: str
    kind: str
    approval: Approval
    url: str
    goes_live_at: datetime | None


def address_of(row: models.Model, name: str = "reading") -> str:
    """Give the address where the whole text of ``row`` is read, or the one called ``name``."""
    return reverse(f"desk:{name}", args=_place_of(row))


def find_live(language: str, kind: str, source_id: str) -> Any:
    """Give what is live there: content, or a page under ``PAGES`` by its slug; ``None`` where nothing is."""
    if kind == PAGES:
        place = (language, PAGES, source_id)
        return next((row for row in all_live() if isinstance(row, Page) and _place_of(row) == place), None)
    model = next((each.model for each in kinds() if each.folder == kind), None)
    return model and model.objects.filter(live=True, locale__language_code=language, source_id=source_id).first()


def handed_in(leader: User) -> list[HandedIn]:
    """Give what was handed in for review, the oldest first, as ``leader`` sees it."""
    found = waiting()
    names: dict[UUID | None, str] = {
        user.pk: str(user) for user in User.objects.filter(pk__in=[each.author_id for each in found])
    }
    return [HandedIn(each, names.get(each.author_id, ""), each.may_be_decided_by(leader)) for each in found]


def not_reviewed_yet() -> list[Group]:
    """Give what is live without an approval, by kind."""
    groups = defaultdict(list)
    for each in unapproved_live():
        groups[_plural(each.row)].append((each, address_of(each.row)))
    return [Group(kind, items) for kind, items in groups.items()]


def next_after(row: models.Model) -> str:
    """Give where the next text of the same kind is read that nobody reviewed; empty when there is none."""
    same = [each.row for each in unapproved_live() if type(each.row) is type(row)]
    later = [each for each in same if str(each) > str(row)]
    return address_of((later or same)[0]) if same else ""


def reviewed() -> list[Reviewed]:
    """Give what stands approved and is live, or has a date; the newest approval first."""
    found = Approval.objects.standing().select_related("leader", "revision").prefetch_related("content")
    return [each for approval in found if (each := _reviewed(approval))]


def edit_address(row: models.Model) -> str:
    """Give the address where ``row`` is edited."""
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:edit", args=[row.pk])
    name = row.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
    return reverse(name, args=[quote(row.pk)])


def as_a_learner_sees(row: models.Model) -> str:
    """Give the address where the live version of ``row`` is shown as a learner sees it."""
    if isinstance(row, Page):
        return str(row.url or "/")
    name = row.snippet_viewset.get_url_name("revisions_view")  # type: ignore[attr-defined]
    return reverse(name, args=[quote(row.pk), row.live_revision_id])  # type: ignore[attr-defined]


def _place_of(row: Any) -> tuple[str, str, str]:
    language = row.locale.language_code
    if isinstance(row, Page):
        return language, PAGES, row.slug
    return language, kind_of(row).folder, row.source_id


def _plural(row: models.Model) -> str:
    names = row._meta
    return str(names.verbose_name if isinstance(row, Page) else names.verbose_name_plural)  # a page is the only one


def _reviewed(approval: Approval) -> Reviewed | None:
    row = approval.content
    if row is None:
        return None
    revision = approval.revision
    goes_live_at = revision.approved_go_live_at if revision else None
    if not goes_live_at and not _says_it_still(row, approval):
        return None
    return Reviewed(str(row), str(row._meta.verbose_name), approval, address_of(row), goes_live_at)


def _says_it_still(row: Any, approval: Approval) -> bool:
    try:
        return bool(row.live) and content_hash(row) == approval.content_hash
    except DataError:
        return False
