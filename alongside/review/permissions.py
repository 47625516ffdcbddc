"""Who of the staff may do what in the editor: all of them draft, and nobody makes anything live by a permission."""

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER

EDITORS = (COORDINATOR, SURVIVOR_LEADER)
EDIT = ("add", "change")
LOOK = "view"


def let_staff_edit(*kinds: type[models.Model]) -> None:
    """Let coordinators and survivor leaders add and change ``kinds``, and nobody do anything else with them.

    Whatever else was granted to anybody, such as to publish, is taken away. Safe to run twice, and after a flush.
    """
    groups = _editors()
    for kind in kinds:
        edit = [_permission(kind, verb) for verb in EDIT]
        for group in groups:
            group.permissions.add(*edit)
        _take_away_all_but(kind, (*EDIT, LOOK))


def let_staff_change_page(page: Page) -> None:
    """Let coordinators and survivor leaders change one page, and nobody do anything else with any page.

    Safe to run twice, and after a flush.
    """
    change = _permission(Page, "change")
    for group in _editors():
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=change)
    GroupPagePermission.objects.exclude(permission=change, group__name__in=EDITORS).delete()
    _take_away_all_but(Page, ())


def let_staff_add_files() -> None:
    """Let coordinators and survivor leaders add, change and choose documents and images for lessons.

    Safe to run twice, and after a flush, when Wagtail's own collection is gone.
    """
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for kind in (get_document_model(), get_image_model()):
        for verb in (*EDIT, "choose"):
            permission = _permission(kind, verb)
            for group in _editors():
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _editors() -> list[Group]:
    """Give the groups of the staff, with the key to the editor's door."""
    door_kind, _created = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    door, _created = Permission.objects.get_or_create(
        content_type=door_kind, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    groups = [Group.objects.get_or_create(name=name)[0] for name in EDITORS]
    for group in groups:
        group.permissions.add(door)
    return groups


def _permission(kind: type[models.Model], verb: str) -> Permission:
    """Give a permission. Django and Wagtail make these themselves, but only after this has run for the first time."""
    permission, _created = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(kind),
        codename=get_permission_codename(verb, kind._meta),
        defaults={"name": f"Can {verb} {kind._meta.verbose_name_raw}"},
    )
    return permission


def _take_away_all_but(kind: type[models.Model], verbs: tuple[str, ...]) -> None:
    kept = [get_permission_codename(verb, kind._meta) for verb in verbs]
    of_kind = Permission.objects.filter(content_type=ContentType.objects.get_for_model(kind))
    for permission in of_kind.exclude(codename__in=kept):
        permission.group_set.clear()
        permission.user_set.clear()
