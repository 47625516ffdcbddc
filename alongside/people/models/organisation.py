"""The organisation that runs this house: what it has filled in about itself."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models.account import SURVIVOR_LEADER, User

THE_ONE = 1  # the key of the one row
YOUNGEST, OLDEST = 13, 99  # what can be a minimum age


class Organisation(models.Model):
    """What pages and letters say of the organisation. There is one row, or none while nothing is filled in."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    contact = models.CharField(_("how learners reach you"), max_length=200, blank=True)
    numbers = models.TextField(_("helplines and their hours, a line each"), max_length=4000, blank=True)
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"), null=True, blank=True, validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )
    duties = models.TextField(_("what must be passed on, and to whom"), max_length=4000, blank=True)
    safeguarding_lead = models.CharField(_("who answers for safeguarding"), max_length=200, blank=True)
    lead = models.ForeignKey(
        User,
        verbose_name=_("who of the care team hears first"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asks_for_references = models.BooleanField(_("asks for two references"), default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("organisation")
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_ONE), name="there_is_one_organisation")]

    def __str__(self) -> str:
        return self.name or str(_("your workshop"))

    @classmethod
    def current(cls) -> "Organisation":
        """Give what is filled in; an unsaved row with nothing in it while nothing is."""
        return cls.objects.filter(pk=THE_ONE).first() or cls()

    @property
    def lines_of_numbers(self) -> list[str]:
        """The helplines, one for each line that says something."""
        return [line.strip() for line in self.numbers.splitlines() if line.strip()]

    @property
    def reviewers(self) -> "models.QuerySet[User]":
        """The survivor leaders whose role has taken effect, by a second factor."""
        leaders = User.objects.filter(groups__name=SURVIVOR_LEADER, is_active=True)
        return leaders.filter(authenticator__isnull=False).distinct()
