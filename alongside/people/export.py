"""Everything that is kept about a person, for herself. Higher rooms add their part."""

from collections.abc import Callable
from typing import TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from alongside.people.models import CareMember, IdentitySeen, LostCode, Reference, Signature, Supervision, Talk, User
from alongside.people.readiness import ally_of, declarations_of
from alongside.records import clock

Exporter = Callable[[User], object]
E = TypeVar("E", bound=Exporter)
_exporters: dict[str, Exporter] = {}


def exports(name: str) -> Callable[[E], E]:
    """Register a function that gives what a room keeps of a person, as JSON can carry it, under ``name``."""

    def register(exporter: E) -> E:
        _exporters[name] = exporter
        return exporter

    return register


def export(user: User) -> dict[str, object]:
    """Give all that is kept of ``user``: a mapping with one entry for each room that keeps something."""
    return {"made_at": clock.now(), **{name: exporter(user) for name, exporter in sorted(_exporters.items())}}


@exports("account")
def _account(user: User) -> object:
    return {
        "name": user.name,
        "email": user.email,
        "joined_at": user.joined_at,
        "last_signed_in_at": user.last_login,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "second_factor_is_set": is_mfa_enabled(user),
        "passkeys": [
            {"name": passkey.wrap().name, "set_at": passkey.created_at, "last_used_at": passkey.last_used_at}
            for passkey in Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
        ],
    }


@exports("code")
def _code(user: User) -> object:
    return {
        "key_pairs": list(
            user.key_pairs.values("made_at", "code_changed_at", "used_at", "used_before_at", "retired_at")
        ),
        "said_to_be_lost_at": list(LostCode.objects.filter(user=user).values_list("asked_at", flat=True)),
        "care_member_since": list(CareMember.objects.filter(user=user).values_list("since", flat=True)),
    }


@exports("readiness")
def _readiness(user: User) -> object:
    return {
        "agreement_signed": list(Signature.objects.filter(user=user).values("agreement__version", "at")),
        "talks": list(Talk.objects.filter(learner=user).values_list("at", flat=True)),
        "identity_seen": list(IdentitySeen.objects.filter(learner=user).values_list("at", flat=True)),
        "references_heard": list(Reference.objects.filter(learner=user).values_list("at", flat=True)),
        "declarations": list(declarations_of(user).values("is_ready", "what_would_help", "at", "expires_at")),
        "ally": _ally(user),
    }


def _ally(user: User) -> object:
    ally = ally_of(user)
    if ally is None:
        return None
    return {
        "state": ally.state.value,
        "ready_at": ally.ready_at,
        "paused_at": ally.paused_at,
        "suspended_at": ally.suspended_at,
        "ended_at": ally.ended_at,
        "supervisions": list(Supervision.objects.filter(ally=ally).values("week", "due_at", "done_at")),
    }
