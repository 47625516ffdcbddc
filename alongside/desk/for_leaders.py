"""What the desk's first page says to a survivor leader: how much is hers to decide."""

from dataclasses import dataclass

from alongside.people.models import User
from alongside.practice.models import DifferentView
from alongside.review.waiting import unapproved_live, waiting


@dataclass(frozen=True)
class Hers:
    """How many wait for her: versions handed in, learners' views, texts that are live and nobody has reviewed."""

    reviews: int
    views: int
    unreviewed: int

    @property
    def anything(self) -> bool:
        """Whether anything waits at all."""
        return bool(self.reviews or self.views or self.unreviewed)


def what_is_hers(leader: User) -> Hers:
    """Count what is ``leader``'s to decide; her own work is another's."""
    return Hers(
        reviews=sum(each.may_be_decided_by(leader) for each in waiting()),
        views=DifferentView.objects.waiting().count(),
        unreviewed=len(unapproved_live()),
    )
