"""What the desk keeps of somebody, for herself to take along."""

from alongside.desk.models import Hours
from alongside.desk.notices import wants_none
from alongside.people.export import exports
from alongside.people.models import User


@exports("desk")
def export(user: User) -> dict[str, object]:
    """Give the hours that she logged, as JSON has it, the oldest first, and whether she stopped the desk's letters."""
    hours = Hours.objects.filter(leader=user).order_by("day", "logged_at", "pk")
    kept = ("day", "minutes", "what", "note", "logged_at", "paid_at", "expires_at")
    return {"hours": list(hours.values(*kept)), "wants_no_letters": wants_none(user)}
