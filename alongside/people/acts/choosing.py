"""What a survivor chooses for herself. What it replaces is erased, here and in a restored backup."""

from django.db import transaction

from alongside.people.hers import Wording, boxed_look, boxed_name, boxed_wording
from alongside.people.models import Notice, Survivor
from alongside.records.erasure import sweep_after_commit
from alongside.records.tombstones import erased_fields


def choose_name(survivor: Survivor, name: str) -> None:
    """Keep what she wants to be called; an empty name takes it away."""
    _replace(survivor, "name", boxed_name(survivor, name))


def choose_look(survivor: Survivor, look: str) -> None:
    """Keep which title and icon her pages show. Raises ``ValueError`` for a look that there is not."""
    _replace(survivor, "look", boxed_look(survivor, look))


def choose_notice(survivor: Survivor, wording: Wording | None) -> None:
    """Keep where and in which words she is told that something waits; with ``None`` she is told nothing any more."""
    with transaction.atomic():
        _replace(survivor, "notice_address", boxed_wording(survivor, wording) if wording else None)
        if wording is None:
            Notice.objects.filter(survivor=survivor, claimed_at=None).delete()


def _replace(survivor: Survivor, field: str, boxed: bytes | None) -> None:
    with transaction.atomic():
        Survivor.objects.filter(pk=survivor.pk).update(**{field: boxed})
        if getattr(survivor, field) is not None:
            erased_fields(Survivor, survivor.pk, field)
            sweep_after_commit()
