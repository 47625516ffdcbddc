"""What stays when a survivor deletes everything: she is told before.

A room that keeps something of hers afterwards registers who says what and until when::

    @keeps_after_deletion
    def reports(survivor: Survivor) -> list[str]: ...
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.functional import Promise

from alongside.people.models import Survivor

Keeps = Callable[[Survivor], Iterable[str | Promise]]
K = TypeVar("K", bound=Keeps)
_keeps: dict[str, Keeps] = {}


def keeps_after_deletion(says: K) -> K:
    """Register what gives sentences to her: what of hers is kept, by whom and until when; none where nothing is."""
    _keeps[f"{says.__module__}.{says.__name__}"] = says
    return says


def kept_after_deletion(survivor: Survivor) -> list[str]:
    """Give the sentences of every room, in its order of name."""
    return [str(sentence) for _name, says in sorted(_keeps.items()) for sentence in says(survivor)]
