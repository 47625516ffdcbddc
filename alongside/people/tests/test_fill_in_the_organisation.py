"""What the organisation fills in about itself, where it shows, and what is said where nothing is filled in."""

import pytest
from django.db import IntegrityError
from django.template import RequestContext, Template

from alongside.people import acts
from alongside.people.models import Organisation
from alongside.records.models import Entry, Verb

BANNER = "This is a demonstration: everybody in it is made up."
pytestmark = pytest.mark.usefixtures("db")


def trail() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def shown(rf, user, shows: str) -> str:
    request = rf.get("/")
    request.user = user
    template = Template('{% include "people/_organisation.html" with shows=shows %}')
    return template.render(RequestContext(request, {"shows": shows}))


def test_a_coordinator_fills_it_in_bit_by_bit(cora):
    assert Organisation.current().asks_for_references
    assert str(Organisation.current()) == "your workshop"
    acts.change_organisation(cora, {"name": "The Lantern", "minimum_age": 21})
    acts.change_organisation(cora, {"numbers": "Night line 000 000\n\n  Day line 111 111, 9 to 5 "})
    organisation = Organisation.current()
    assert (str(organisation), organisation.minimum_age) == ("The Lantern", 21)
    assert organisation.lines_of_numbers == ["Night line 000 000", "Day line 111 111, 9 to 5"]
    assert trail() == [Verb.ORGANISATION_CHANGED] * 2
    assert set(Entry.objects.values_list("actor", flat=True)) == {cora.pk}


def test_no_longer_asking_for_references_is_written_down_once(cora):
    acts.change_organisation(cora, {"asks_for_references": False})
    acts.change_organisation(cora, {"asks_for_references": False})
    acts.change_organisation(cora, {"asks_for_references": True})
    told = [verb for verb in trail() if verb != Verb.ORGANISATION_CHANGED]
    assert told == [Verb.REFERENCES_NOT_ASKED_FOR, Verb.REFERENCES_ASKED_FOR]
    assert Organisation.current().asks_for_references


def test_a_demonstration_cannot_be_made_real_by_filling_it_in(cora):
    acts.mark_as_demonstration()
    with pytest.raises(ValueError, match="is_demonstration"):
        acts.change_organisation(cora, {"is_demonstration": False})
    acts.change_organisation(cora, {"name": "The Lantern"})
    assert Organisation.current().is_demonstration


def test_there_is_one_organisation(cora):
    acts.change_organisation(cora, {"name": "The Lantern"})
    with pytest.raises(IntegrityError):
        Organisation.objects.create(pk=2)


def test_reviewers_are_the_survivor_leaders_whose_role_has_taken_effect(marisol, cora, make_account):
    make_account("new", "survivor leader", second_factor=False)
    assert list(Organisation.current().reviewers) == [marisol]


@pytest.mark.parametrize("who", [None, "ruth", "cora"])
def test_every_page_of_a_demonstration_says_so(who, request, as_):
    client = as_(request.getfixturevalue(who) if who else None)
    address = "/me/" if who else "/account/login/"
    assert BANNER not in client.get(address).content.decode()
    acts.mark_as_demonstration()
    assert BANNER in client.get(address).content.decode()


@pytest.mark.parametrize("shows", ["numbers", "duties", "minimum age"])
def test_where_nothing_is_filled_in_a_learner_is_told_so_and_a_coordinator_where_to(rf, ruth, cora, shows):
    learner, coordinator = shown(rf, ruth, shows), shown(rf, cora, shows)
    assert "written down here yet" in learner or "is not written down yet" in learner
    assert "not filled in yet" not in learner
    assert "Coordinators see this: it is not filled in yet." in coordinator


def test_what_is_filled_in_stands_on_the_page_as_it_was_written(rf, ruth, cora):
    acts.change_organisation(
        cora,
        {
            "numbers": "Night line <000 000>\nDay line 111 111",
            "duties": "When a child is in danger, tell Cora.",
            "safeguarding_lead": "Cora",
            "minimum_age": 18,
        },
    )
    assert "<li>Night line &lt;000 000&gt;</li><li>Day line 111 111</li>" in shown(rf, ruth, "numbers")
    assert "When a child is in danger, tell Cora." in shown(rf, ruth, "duties")
    assert "Who answers for safeguarding here: Cora" in shown(rf, ruth, "duties")
    assert "The minimum age here is 18." in shown(rf, ruth, "minimum age")
    for shows in ("numbers", "duties", "minimum age"):
        assert "not written down yet" not in shown(rf, ruth, shows)
