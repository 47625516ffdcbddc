"""What follows for offers when an ally takes nobody new any more, is stopped, or leaves."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from alongside.introductions.acts.offering import take_back_offers
from alongside.introductions.counting import box_of
from alongside.introductions.models import Profile
from alongside.people.models import Ally, User
from alongside.people.signals import ally_ended, ally_paused, ally_suspended, key_pair_replaced
from alongside.records.erasure import sweep_after_commit
from alongside.records.tombstones import erased_fields


@receiver([ally_paused, ally_suspended, ally_ended])
def let_survivors_choose_again(ally: Ally, **kwargs: Any) -> None:
    """Take back what waits for her answer: the survivors choose somebody else."""
    take_back_offers(ally.user)


@receiver(key_pair_replaced)
def let_survivors_offer_words_again(user: User, **kwargs: Any) -> None:
    """Take back what waits for her answer: its words are sealed to the key of the code that she lost."""
    take_back_offers(user)


@receiver(ally_ended)
def let_nothing_count(ally: Ally, **kwargs: Any) -> None:
    """Erase what she lets count in matching: nobody is matched with her any more."""
    for profile in Profile.objects.filter(ally=ally):
        Profile.objects.filter(pk=profile.pk).update(been_there=box_of(False, ally.pk))
        erased_fields(Profile, profile.pk, "been_there")
        sweep_after_commit()


@receiver(pre_delete, sender=User)
def let_survivors_choose_again_when_she_leaves(instance: User, **kwargs: Any) -> None:
    """Take back what waits for her answer before her account goes. Whoever offers her something now, waits first."""
    Ally.objects.select_for_update().filter(pk=instance.pk).exists()
    take_back_offers(instance)
