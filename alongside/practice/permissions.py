"""Who of the staff may do what with scenarios in the editor."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.practice.models import Scenario

MAY: dict[str, tuple[str, ...]] = {
    COORDINATOR: ("add", "change"),
    SURVIVOR_LEADER: ("add", "change", "publish"),
}


def give_staff_permissions(**kwargs: Any) -> None:
    """Give the two staff groups their permissions, after each migration; safe to run twice."""
    scenarios = ContentType.objects.get_for_model(Scenario)
    editor, _created = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    door, _created = Permission.objects.get_or_create(
        content_type=editor, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for name, verbs in MAY.items():
        group, _created = Group.objects.get_or_create(name=name)
        for verb in verbs:
            # Django and Wagtail make these themselves, but only after this has run for the first time.
            permission, _created = Permission.objects.get_or_create(
                content_type=scenarios, codename=f"{verb}_scenario", defaults={"name": f"Can {verb} scenario"}
            )
            group.permissions.add(permission)
        group.permissions.add(door)
