"""What the desk does with the topics that people choose from: add, rename, order, take away.

None is ever deleted: allies have written about it, people have chosen it, and the numbers of each month name it.
"""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.one_line import one_line
from alongside.introductions.models import Topic
from alongside.people.acts import Refused
from alongside.people.acts.deciding import for_the_desk
from alongside.people.models import User
from alongside.records.models import Verb, append

LONGEST_TOPIC = 60
_LONGEST_SLUG = 40

_IS_THERE = _("There is a topic of this name already, perhaps among those that were taken away.")
_MEANWHILE = _("The topics have changed meanwhile, perhaps by somebody else of the desk. Here they are now.")


def add_topic(by: User, name: str) -> Topic:
    """Offer one more topic, as the last. Raises ``Refused``."""
    name = _checked(name)
    try:
        with transaction.atomic():
            for_the_desk(by)
            _refuse_twice(name)
            topic = Topic.objects.create(slug=_slug_for(name), name=name, order=_last() + 1)
            append(Verb.TOPIC_ADDED, actor=by.pk)
            return topic
    except IntegrityError:
        raise Refused(_IS_THERE) from None


def rename_topic(by: User, slug: str, name: str) -> None:
    """Give a topic another name. It means the same: what was written to it stays with it. Raises ``Refused``."""
    name = _checked(name)
    with transaction.atomic():
        for_the_desk(by)
        _refuse_twice(name, but=slug)
        if not Topic.objects.filter(slug=slug).update(name=name):
            raise Refused(_MEANWHILE)
        append(Verb.TOPIC_CHANGED, actor=by.pk)


def move_topic(by: User, slug: str, *, up: bool) -> None:
    """Let a topic change places with the one before it, or after it; at the end of the list it stays where it is.

    Raises ``Refused`` for one that is not offered.
    """
    with transaction.atomic():
        for_the_desk(by)
        slugs = list(Topic.objects.select_for_update().filter(is_offered=True).values_list("slug", flat=True))
        if slug not in slugs:
            raise Refused(_MEANWHILE)
        here = slugs.index(slug)
        there = min(max(here + (-1 if up else 1), 0), len(slugs) - 1)
        slugs[here], slugs[there] = slugs[there], slugs[here]
        for order, each in enumerate(slugs, 1):
            Topic.objects.filter(slug=each).exclude(order=order).update(order=order)
        append(Verb.TOPIC_CHANGED, actor=by.pk)


def take_topic_away(by: User, slug: str) -> None:
    """Offer a topic to nobody new; who has chosen it, or written to it, keeps it. Raises ``Refused`` for the last."""
    with transaction.atomic():
        for_the_desk(by)
        offered = set(Topic.objects.select_for_update().filter(is_offered=True).values_list("slug", flat=True))
        if offered == {slug}:
            raise Refused(_("This is the last topic. Add another first: allies present themselves by topics."))
        if not Topic.objects.filter(slug=slug, is_offered=True).update(is_offered=False):
            raise Refused(_MEANWHILE)
        append(Verb.TOPIC_TAKEN_AWAY, actor=by.pk)


def offer_topic_again(by: User, slug: str) -> None:
    """Offer a topic again that was taken away, as the last. Raises ``Refused``."""
    with transaction.atomic():
        for_the_desk(by)
        if not Topic.objects.filter(slug=slug, is_offered=False).update(is_offered=True, order=_last() + 1):
            raise Refused(_MEANWHILE)
        append(Verb.TOPIC_OFFERED_AGAIN, actor=by.pk)


def _checked(name: str) -> str:
    name = one_line(name)
    if not name:
        raise Refused(_("Give the topic a name: a word or two that anybody understands."))
    if len(name) > LONGEST_TOPIC:
        raise Refused(gettext("This is longer than fits. Shorten it to %(most)d characters.") % {"most": LONGEST_TOPIC})
    return name


def _refuse_twice(name: str, but: str = "") -> None:
    if Topic.objects.filter(name__iexact=name).exclude(slug=but).exists():
        raise Refused(_IS_THERE)


def _slug_for(name: str) -> str:
    """Give a slug by which a topic is kept: of its name, if that can be written so and is free."""
    slug = slugify(name)[:_LONGEST_SLUG].strip("-")
    is_free = slug and not Topic.objects.filter(slug=slug).exists()
    return slug if is_free else f"topic-{uuid.uuid4().hex[:12]}"


def _last() -> int:
    last: int | None = Topic.objects.aggregate(last=Max("order"))["last"]
    return last or 0
