"""What happened to an ally's role, to a care member's, or to a code. Higher rooms listen: offers move on, seals go.

Each is sent inside the transaction of the act, those of an ally's role with ``ally`` (``people.models.Ally``, as it is
now): what a receiver changes stands or falls with the act.
"""

from django.dispatch import Signal

ally_ready = Signal()
"""Two people of the desk have declared her ready, for the first time or again."""
ally_paused = Signal()
"""She takes nobody new for now."""
ally_resumed = Signal()
"""She takes new people again."""
ally_suspended = Signal()
"""The desk has stopped her. Her sessions have ended."""
ally_reinstated = Signal()
"""The desk lets her go on. A pause from before still stands."""
ally_ended = Signal()
"""She has laid the role down. Who leaves with her account sends nothing: her rows go with it."""
care_left = Signal()
"""Somebody receives no reports any more; with ``user``. Who leaves with her account sends nothing."""
key_pair_replaced = Signal()
"""An account's code was lost, and a new one has been made: with ``user``, ``old`` and ``new`` (``KeyPair``)."""
